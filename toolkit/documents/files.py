"""Files as bytes: reading one whole, and writing one so that nobody ever sees half of it."""

import errno
import os
import secrets
from pathlib import Path

from toolkit.errors import DocumentError

_REMEDIES = {
    errno.ENOENT: "check the path",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENOTDIR: "a part of the path is a file, not a folder; choose another path",
    errno.EACCES: "ask for access, close it in other programs, or choose another folder",
    errno.EPERM: "ask for access, close it in other programs, or choose another folder",
    errno.EROFS: "the folder is read-only; choose another",
    errno.ENOSPC: "the disk is full; free some space or choose another",
    errno.EDQUOT: "your share of the disk is used up; free some space or choose another",
    errno.ENAMETOOLONG: "choose a shorter name",
}


def read_bytes(path: Path) -> bytes:
    """Reads a file whole.

    Raises:
        DocumentError: it is missing, a folder, or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refusal(path, "cannot be read", error) from error


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file so that at any moment either the old content or the new one is there, never a part.

    The content goes to a temporary file in the same folder, is flushed to the disk and then takes the place of the
    old file, whose permissions it keeps. Missing folders are made; a link is followed.

    Raises:
        DocumentError: the file cannot be written; the old one is untouched and no temporary file is left.
    """
    try:
        _replace(Path(os.path.realpath(path)), content)
    except OSError as error:
        raise _refusal(path, "cannot be written", error) from error


def _replace(goal: Path, content: bytes) -> None:
    if goal.is_dir():  # os.replace finds it out too, but calls it something else on every system
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    goal.parent.mkdir(parents=True, exist_ok=True)
    temporary = goal.with_name(f".hien-{secrets.token_hex(8)}.tmp")
    temporary.touch(exist_ok=False)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if goal.exists():
            temporary.chmod(goal.stat().st_mode & 0o777)
        temporary.replace(goal)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _refusal(path: Path, what: str, error: OSError) -> DocumentError:
    remedy = _REMEDIES.get(error.errno or 0, "check the disk and the path")
    return DocumentError(f"{path}: {what} ({error.strerror or error}); {remedy}.")
