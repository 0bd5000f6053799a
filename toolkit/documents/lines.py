"""Text as lines: every line with something on it is a paragraph, all the rest is a gap."""

import regex

from toolkit.errors import DocumentError
from toolkit.segment import Document, Segment, segment_id

LONGEST_LINE = 1_000_000
"""Code points in a line. A paragraph that long is no prose but a file without line ends, such as a data dump."""

_LINE = regex.compile(r"[^\r\n]+")
_LINE_END = regex.compile(r"\r\n|\r|\n")
_SURROGATE = regex.compile(r"[\ud800-\udfff]")


def from_text(text: str, name: str, *, shown: str | None = None) -> Document:
    r"""Makes a document of a text: one paragraph for each line that holds more than white space.

    Lines end at \n, \r\n and \r. White space around a line and blank lines go into the gaps.

    Args:
        text: The text.
        name: The document's name.
        shown: What an error message calls it; the name if None.

    Raises:
        DocumentError: a line is longer than `LONGEST_LINE`, or the text holds half a character (a lone surrogate).
    """
    _check(text, name if shown is None else shown)
    segments: list[Segment] = []
    gaps: list[str] = []
    end = 0
    for line in _LINE.finditer(text):
        source = line[0].strip()
        if source:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            segments.append(Segment(segment_id(name, len(segments) + 1, source), source))
            gaps.append(text[end:start])
            end = start + len(source)
    return Document(name, tuple(segments), (*gaps, text[end:]))


def to_text(document: Document, *, source: bool = False) -> str:
    """The document as text: its targets in the places of the sources.

    Args:
        document: The document.
        source: Put the sources there instead: the text as it was read.

    Returns:
        A text with as many paragraphs as the document; a line end within a target becomes a space.
    """
    parts = [document.gaps[0]]
    for segment, gap in zip(document.segments, document.gaps[1:], strict=True):
        parts += (segment.source if source else _LINE_END.sub(" ", segment.target), gap)
    return "".join(parts)


def _check(text: str, shown: str) -> None:
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = max(text.rfind(mark, start, start + LONGEST_LINE + 1) for mark in "\r\n")
        if end < 0:
            line = 1 + sum(1 for _ in _LINE_END.finditer(text, 0, start))
            raise DocumentError(
                f"{shown}: line {line} is longer than {LONGEST_LINE:,} characters; put one paragraph on a line."
            )
        start = end + 1
    half = _SURROGATE.search(text)
    if half:
        raise DocumentError(
            f"{shown}: half a character (U+{ord(half[0]):04X}) at offset {half.start()}; read the text as UTF-8 again."
        )
