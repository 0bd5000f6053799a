"""Files that are written row by row and appear whole or not at all.

A reviewer may have yesterday's file open, and a run may be stopped at any moment: so a file grows in a folder of its
own beside its place and moves there when it is complete. Whoever reads the place sees the old file or the new one.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from toolkit.errors import DocumentError

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


@contextmanager
def remedied(path: Path) -> Iterator[None]:
    """Turns what the operating system refuses into an error that names the file and the remedy.

    Raises:
        DocumentError: an `OSError` was raised in the block.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError):
            remedy = "close it where it is open, or choose a folder you may write to"
        elif error.errno in _FULL:
            remedy = "free some space on that disk and run again"
        else:
            remedy = "choose another place for it"
        raise DocumentError(f"Cannot write {path}: {error.strerror or error}; {remedy}.") from error


class Staging:
    """A folder beside `path` in which the file is prepared.

    Attributes:
        path: Where the file will stand; the folders above it are made if need be.
        folder: Where it is prepared; also for other temporary files of the writer.
        file: The file to write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        # The same file system as the target, so that the move is one step and the space is where it is needed.
        self._temporary = TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent)
        self.folder = Path(self._temporary.name)
        self.file = self.folder / path.name

    def place(self) -> None:
        """Moves the finished file to its place, over an older one."""
        self.file.replace(self.path)

    def discard(self) -> None:
        """Removes the folder with all that is still in it; safe after `place`."""
        self._temporary.cleanup()
