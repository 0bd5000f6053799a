"""What a spreadsheet cell can hold, and how any text is made to fit without losing a word silently."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

import regex

CELL_LIMIT = 32_767  # UTF-16 units; "Excel specifications and limits", Microsoft

# Characters outside "Char" of XML 1.0, section 2.2: some become pictures of themselves, the rest U+FFFD.
_FORBIDDEN = regex.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_PICTURES = 0x2400  # U+2400 SYMBOL FOR NULL and the 31 after it

# Excel reads `_x0041_` as "A" (ECMA-376, ST_Xstring); cut in two it stays as written, in every reader.
_ESCAPE = regex.compile(r"_(?=x[0-9a-fA-F]{4}_)")


def printable(text: str) -> str:
    """The text with what XML forbids made visible: control characters as ␀ …, the others as U+FFFD.

    Line ends of any kind become a line feed.
    """
    if _FORBIDDEN.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return str(_FORBIDDEN.sub(lambda match: _visible(match[0]), text))


def _visible(character: str) -> str:
    return chr(_PICTURES + ord(character)) if character < " " else "\N{REPLACEMENT CHARACTER}"


def fitting(text: str, where: str) -> tuple[str, int]:
    """The text, cut where it is too long for a cell, and how many of its characters are left.

    A cut text ends with a note that counts what is missing and says where all of it stands; the number of characters
    left does not count the note.

    Args:
        text: Any text.
        where: Where the reader finds the whole text.
    """
    if len(text) * 2 <= CELL_LIMIT or _units(text) <= CELL_LIMIT:
        return text, len(text)
    room = CELL_LIMIT - _units(_cut_note(len(text), where))
    kept = sum(1 for units in accumulate(map(_units, text)) if units <= room)
    while kept and unicodedata.category(text[kept])[0] in "MC":  # not between a letter and its vowel sign or joiner
        kept -= 1
    return text[:kept] + _cut_note(len(text) - kept, where), kept


def _cut_note(missing: int, where: str) -> str:
    return f" … ({missing:,} more characters, see {where})"


def _units(text: str) -> int:
    """Length in UTF-16 units, which is how Excel counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def runs(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    """Cuts a text into runs of one style each: `(text, style)`, none of them empty, style "" between the spans.

    Args:
        text: What a cell is to show.
        spans: `(start, end, style)`; of two that overlap the earlier is kept, then the longer.
    """
    done = 0
    for start, end, style in sorted(spans, key=lambda span: (span[0], -span[1])):
        if done <= start < end <= len(text):
            yield from _pieces(text[done:start], "")
            yield from _pieces(text[start:end], style)
            done = end
    yield from _pieces(text[done:], "")


def plain(text: str) -> list[tuple[str, str]]:
    """A text without any styled span as runs: one as a rule, none where there is no text."""
    return list(_pieces(text, ""))


def _pieces(text: str, style: str) -> Iterator[tuple[str, str]]:
    """A stretch as one run, or as several where a reader would take a part of it for an escape or for markup."""
    start = 0
    text = printable(text)
    for match in _ESCAPE.finditer(text):
        yield text[start : match.end()], style
        start = match.end()
    if text.startswith("<r>", start):  # XlsxWriter passes a cell `<r>…</r>` through as finished XML
        yield "<", style
        start += 1
    if start < len(text):
        yield text[start:], style
