"""Files that nobody ever sees half of: read whole, prepared aside and moved into place when they are complete.

A reader may have yesterday's file open, and a run may be stopped at any moment: so a file grows in a folder of its own
beside its place. Whoever looks at the place sees the old file or the new one.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from toolkit.errors import DocumentError

_ACCESS = "ask for access, close it in other programs, or choose another folder"
_NO_FOLDER = "a part of the path is a file, not a folder; choose another path"
_REMEDIES = {
    errno.ENOENT: "check the path",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.EACCES: _ACCESS,
    errno.EPERM: _ACCESS,
    errno.EROFS: "the folder is read-only; choose another",
    errno.ENOSPC: "the disk is full; free some space or choose another",
    errno.EDQUOT: "your share of the disk is used up; free some space or choose another",
    errno.ENAMETOOLONG: "choose a shorter name",
}


@contextmanager
def remedied(path: Path | str, what: str = "cannot be written") -> Iterator[None]:
    """Turns what the operating system refuses into an error that names the file and the remedy.

    Args:
        path: The file as the user named it.
        what: What could not be done with it.

    Raises:
        DocumentError: an `OSError` was raised in the block.
    """
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "check the disk and the path")
        raise DocumentError(f"{path}: {what} ({error.strerror or error}); {remedy}.") from error


def read_bytes(path: Path) -> bytes:
    """Reads a file whole.

    Raises:
        DocumentError: it is missing, a folder, or may not be read.
    """
    with remedied(path, "cannot be read"):
        return path.read_bytes()


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file so that at any moment either the old content or the new one is there, never a part.

    Missing folders are made.

    Raises:
        DocumentError: the file cannot be written; the old one is untouched and no temporary file is left.
    """
    with remedied(path), Staging(path) as staging:
        staging.file.write_bytes(content)
        staging.place()


class Staging:
    """A folder beside a file's place in which the file is prepared; a block left without `place` leaves nothing.

    Missing folders are made; a link is followed.

    Args:
        path: Where the file is to stand.

    Attributes:
        folder: Where it is prepared; also for other temporary files of the writer.
        file: The file to write.

    Raises:
        OSError: as the operating system says it.
    """

    def __init__(self, path: Path) -> None:
        self._place = Path(os.path.realpath(path))
        if self._place.is_dir():  # `replace` finds it out too, but only in the end, and differently on every system
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        self._place.parent.mkdir(parents=True, exist_ok=True)
        # The same file system as the place, so that the move is one step and the space is where it is needed.
        self._temporary = TemporaryDirectory(prefix=".hien-", dir=self._place.parent)
        self.folder = Path(self._temporary.name)
        self.file = self.folder / self._place.name

    def __enter__(self) -> "Staging":
        return self

    def place(self) -> None:
        """Moves the finished file to its place, over an older one, whose permissions it keeps."""
        with self.file.open("rb+") as file:
            os.fsync(file.fileno())  # else a power cut may leave the new name with nothing in it
        if self._place.exists():
            self.file.chmod(self._place.stat().st_mode & 0o777)
        self.file.replace(self._place)

    def discard(self) -> None:
        """Removes the folder with all that is still in it; safe after `place`."""
        self._temporary.cleanup()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()
