"""Bytes into text and back: UTF-8 and UTF-16, with the byte order mark remembered; anything else is named, not guessed.

Hindi in a wrong encoding looks like other text, not like an error, so nothing but Unicode is read.
"""

import codecs
import shlex
from collections.abc import Mapping
from pathlib import Path

import regex

from toolkit.errors import DocumentError

_MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
_SAMPLE = 65_536  # bytes shown to the guesser, which reads some 1 MB/s
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f]")  # all but tab, line ends, form feed and the four separators
_MOST_CONTROLS = 0.01  # of the characters; text copied from a PDF holds a stray one, a binary file many
_LINE_END = regex.compile(rb"\r\n|\r|\n")


def decode(content: bytes, path: Path) -> tuple[str, dict[str, str]]:
    """The text of a file, and what `encode` needs to write it alike: `encoding` and `mark` (yes or no).

    Args:
        content: The file's bytes.
        path: The file, for messages.

    Raises:
        DocumentError: it is not text, or in another encoding; the message names the command that converts it.
    """
    encoding, mark = next(((name, mark) for name, mark in _MARKS.items() if content.startswith(mark)), ("utf-8", b""))
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _other(path, "UTF-32")
    if encoding == "utf-8" and b"\0" in content:
        raise _zero_bytes(content, path)
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(content, len(mark) + error.start, encoding, path) from error
    control = _CONTROL.search(text)
    if control and len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise DocumentError(
            f"{path}: a binary file, not text (control character U+{ord(control[0]):04X} at offset {control.start()}); "
            "export it as plain text."
        )
    return text, {"encoding": encoding, "mark": "yes" if mark else "no"}


def encode(text: str, meta: Mapping[str, str], path: Path) -> bytes:
    """The bytes of a text in the encoding that `decode` found; UTF-8 without a mark if there is none.

    Raises:
        DocumentError: the text holds half a character (a lone surrogate).
    """
    encoding = meta.get("encoding", "utf-8")
    try:
        return (_MARKS[encoding] if meta.get("mark") == "yes" else b"") + text.encode(encoding)
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"{path}: cannot be written: half a character (U+{ord(text[error.start]):04X}) at offset {error.start}; "
            "correct that translation."
        ) from error


def _zero_bytes(content: bytes, path: Path) -> DocumentError:
    """What a file with zero bytes is: UTF-16 without its mark if most of its characters then are letters or spaces."""
    sample = content[: _SAMPLE - _SAMPLE % 2]
    for encoding in ("UTF-16LE", "UTF-16BE"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        if len(regex.findall(r"[\p{Latin}\p{Devanagari}\p{P}\p{Nd}\s]", text)) > 0.9 * len(text):
            return _other(path, encoding, " without a byte order mark")
    offset = content.index(b"\0")
    return DocumentError(f"{path}: a binary file, not text (zero byte at offset {offset}); export it as plain text.")


def _undecodable(content: bytes, offset: int, encoding: str, path: Path) -> DocumentError:
    """UTF-8 with some damage if most of its non-ASCII characters are whole, else another encoding."""
    line = 1 + len(_LINE_END.findall(content, 0, offset)) if encoding == "utf-8" else 0
    where = f"line {line}, byte offset {offset}" if line else f"byte offset {offset}"
    text = content.decode(encoding, "replace")
    damaged = text.count("\ufffd")  # replacement character
    whole = len(regex.findall(r"[^\x00-\x7f\ufffd]", text))
    if encoding != "utf-8" or whole > 4 * damaged:
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        return DocumentError(
            f"{path}: damaged {name} text at {where}; correct it there, or drop the damaged bytes with "
            f"`{_conversion(path, name, '-c ')}`."
        )
    guess = _guess(content[:_SAMPLE] if offset < _SAMPLE else content[offset - _SAMPLE // 2 : offset + _SAMPLE // 2])
    if guess is None:
        return DocumentError(f"{path}: not UTF-8 text ({where}) and no encoding fits; export it as UTF-8 text.")
    return _other(path, guess, f" ({where} is not UTF-8)")


def _guess(sample: bytes) -> str | None:
    """The most likely encoding, by the name that iconv knows."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        return None
    return codecs.lookup(best.encoding).name.upper().replace("_", "-").replace("ISO8859-", "ISO-8859-")


def _other(path: Path, encoding: str, detail: str = "") -> DocumentError:
    return DocumentError(f"{path}: looks like {encoding}{detail}; convert it with `{_conversion(path, encoding)}`.")


def _conversion(path: Path, encoding: str, option: str = "") -> str:
    old, new = shlex.quote(str(path)), shlex.quote(f"{path.stem}.utf8{path.suffix}")
    return f"iconv {option}-f {encoding} -t UTF-8 {old} > {new}"
