"""Plain text, one paragraph a line; written back in the encoding and with the line ends it was read with."""

from dataclasses import replace
from pathlib import Path

from toolkit.documents.encodings import decode, encode
from toolkit.documents.lines import from_text, to_text
from toolkit.files import read_bytes, write_atomically
from toolkit.segment import Document

SUFFIXES = (".txt",)


def read(path: Path, name: str) -> Document:
    """Reads a text file; a blank one is a document without segments.

    Raises:
        DocumentError: it is missing, unreadable, not Unicode text, or has a line longer than `lines.LONGEST_LINE`.
    """
    text, meta = decode(read_bytes(path), path)
    return replace(from_text(text, name, shown=str(path)), path=path, meta=meta)


def write(document: Document, path: Path) -> None:
    """Writes the targets as a text file, in the encoding that the document was read in.

    Raises:
        DocumentError: the file cannot be written.
    """
    write_atomically(path, encode(to_text(document), document.meta, path))
