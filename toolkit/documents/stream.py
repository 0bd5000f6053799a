"""The paragraphs of a file one at a time, so that a text of any length costs little memory."""

from collections.abc import Iterator
from pathlib import Path

from toolkit.documents.encodings import decode
from toolkit.documents.lines import LONGEST_LINE
from toolkit.errors import DocumentError
from toolkit.files import remedied

LARGE = 16_000_000  # bytes; smaller files are read whole, with all that a document checks
_HEAD = 1_000_000  # bytes that tell the encoding
_LONGEST_CHARACTER = 4  # bytes


def stream_text(path: Path) -> Iterator[str]:
    """The paragraphs of a plain text file, as `lines.from_text` cuts them, read piece by piece.

    Raises:
        DocumentError: it is missing, unreadable, not Unicode text, or has a line longer than `lines.LONGEST_LINE`.
    """
    encoding = _encoding(path)
    number = 0
    try:
        with remedied(path, "cannot be read"), path.open(encoding=encoding) as file:
            while line := file.readline(LONGEST_LINE + 2):
                number += 1
                if len(line.rstrip("\n")) > LONGEST_LINE:
                    longer = f"line {number} is longer than {LONGEST_LINE:,} characters"
                    raise DocumentError(f"{path}: {longer}; put one paragraph on a line.")
                if paragraph := line.strip():
                    yield paragraph
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: damaged text near line {number + 1} ({error.reason}); correct it there, or save the file again."
        ) from error


def _encoding(path: Path) -> str:
    """Python's name for the encoding of a text file, from its beginning; the end of that may be half a character."""
    with remedied(path, "cannot be read"), path.open("rb") as file:
        head = file.read(_HEAD)
    for cut in range(_LONGEST_CHARACTER):
        try:
            _, meta = decode(head[: len(head) - cut], path)
            break
        except DocumentError:
            if cut == _LONGEST_CHARACTER - 1 or len(head) < _HEAD:
                raise
    encoding = meta["encoding"]
    return encoding if meta["mark"] == "no" else "utf-8-sig" if encoding == "utf-8" else "utf-16"
