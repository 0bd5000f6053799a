"""Documents in and out: a file becomes paragraphs and the gaps between them, and goes back with nothing else changed.

One module per family of formats, chosen by the file name's suffix and imported on use:

    .txt    toolkit.documents.text    plain text, one paragraph a line
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from toolkit.documents.lines import from_text, to_text
from toolkit.errors import DocumentError
from toolkit.segment import Document

__all__ = ["Format", "find", "from_text", "paragraphs", "read", "to_text", "write"]


class Format(Protocol):
    """What a module of this package offers for its family of formats."""

    SUFFIXES: tuple[str, ...]

    def read(self, path: Path, name: str) -> Document:
        """Reads a file into a document called `name`."""

    def write(self, document: Document, path: Path) -> None:
        """Writes the targets in the places of the sources."""


_MODULES: Mapping[str, str] = {".txt": "toolkit.documents.text"}
_SKIPPED = (".", "~$")  # how hidden files begin, and the lock files of office programs


def read(path: Path, name: str | None = None) -> Document:
    """Reads a document.

    Args:
        path: The file; its suffix says which format it is.
        name: The document's name within the run; the file's own name if None.

    Raises:
        DocumentError: the file is missing, unreadable, not text in a known encoding, or of an unknown format.
    """
    _require(path)
    if path.is_dir():
        raise DocumentError(f"{path}: is a folder; name a file in it.")
    return _format(path).read(path, path.name if name is None else name)


def paragraphs(path: Path) -> Iterator[str]:
    """The sources of a document's segments, in order; a large text is read piece by piece.

    Raises:
        DocumentError: as `read`.
    """
    from toolkit.documents.stream import LARGE, stream_text

    _require(path)
    if path.is_file() and path.suffix.lower() == ".txt" and path.stat().st_size > LARGE:
        yield from stream_text(path)
    else:
        yield from (segment.source for segment in read(path).segments)


def write(document: Document, path: Path) -> None:
    """Writes a document's targets in the places of its sources; everything between them stays as it was.

    Raises:
        DocumentError: the file cannot be written, or its suffix is not one of a known format.
    """
    _format(path).write(document, path)


def find(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Finds the documents among files and folders, in a stable order, each once.

    Args:
        paths: Files, taken as they are, and folders, searched with all that lies below them; hidden files and files
            of unknown formats in folders are passed over.

    Returns:
        Each file with its name: the path below the folder that was named, with `/`. Names are unique; equal ones are
        told apart by the names of the folders above.

    Raises:
        DocumentError: a path does not exist, a named file is of an unknown format, or nothing was found.
    """
    found: dict[str, tuple[Path, int]] = {}
    for path in paths:
        _require(path)
        for file, depth in _below(path) if path.is_dir() else _named(path):
            found.setdefault(os.path.abspath(file), (file, depth))  # noqa: PTH100  # resolving links would merge names
    if not found:
        folders = ", ".join(map(str, paths)) or "the empty list of paths"
        raise DocumentError(f"No document in {folders}: looked for files ending in {', '.join(_MODULES)}.")
    names = _unique({absolute: depth for absolute, (_, depth) in found.items()})
    return [(file, names[absolute]) for absolute, (file, _) in found.items()]


def _format(path: Path) -> Format:
    module = _MODULES.get(path.suffix.lower())
    if module is None:
        ending = f"files ending in {path.suffix}" if path.suffix else "files without an ending"
        raise DocumentError(f"{path}: {ending} are not supported; convert it to one of {', '.join(_MODULES)}.")
    return cast(Format, import_module(module))


def _require(path: Path) -> None:
    try:
        path.stat()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}; check the path and your access to it.") from error


def _named(path: Path) -> Iterator[tuple[Path, int]]:
    _format(path)
    yield path, 1


def _below(folder: Path) -> Iterator[tuple[Path, int]]:
    """The documents below a folder, each with the number of path parts that stand below the folder."""

    def refuse(error: OSError) -> None:
        raise DocumentError(f"{error.filename}: the folder cannot be read ({error.strerror}); ask for access to it.")

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith(_SKIPPED))
        for name in sorted(files):
            if not name.startswith(_SKIPPED) and Path(name).suffix.lower() in _MODULES:
                file = Path(parent, name)
                yield file, len(file.parts) - len(folder.parts)


def _unique(depths: Mapping[str, int]) -> dict[str, str]:
    """Names of absolute paths: their last `depth` parts, and further ones where names would be equal."""
    wanted = dict(depths)
    while True:
        names = {path: _name(path, depth) for path, depth in wanted.items()}
        count = Counter(names.values())
        clashing = [path for path, name in names.items() if count[name] > 1 and wanted[path] < len(Path(path).parts)]
        if not clashing:
            return names
        for path in clashing:
            wanted[path] += 1


def _name(path: str, depth: int) -> str:
    """The last parts of a path as text; bytes that are no UTF-8 are written as hexadecimal escapes."""
    return os.fsencode("/".join(Path(path).parts[-depth:])).decode("utf-8", "backslashreplace")
