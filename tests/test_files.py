"""Files are written whole or not at all, and what goes wrong is named with a remedy."""

import errno
import os
import stat
from pathlib import Path

import pytest

from toolkit.errors import DocumentError
from toolkit.files import Staging, remedied, write_atomically


def test_writing_keeps_permissions_and_follows_links(tmp_path: Path) -> None:
    goal, link = tmp_path / "a.txt", tmp_path / "link.txt"
    write_atomically(goal, b"old")
    goal.chmod(0o640)
    link.symlink_to(goal)
    write_atomically(link, b"new")
    assert goal.read_bytes() == b"new"
    assert link.is_symlink()
    assert stat.S_IMODE(goal.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "link.txt"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EROFS, "the folder is read-only; choose another"),
        (errno.EACCES, "ask for access, close it in other"),
        (errno.EIO, "check the disk and the path"),
    ],
)
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DocumentError, match=rf"a\.txt: cannot be written \({os.strerror(number)}\); {expected}"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.txt", b"new")
    assert not list(tmp_path.iterdir())


def test_places_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for path, expected in {
        tmp_path / "folder": "it is a folder; name a file",
        tmp_path / "file" / "a.txt": "choose another path",
        tmp_path / ("x" * 300): "choose a shorter name",
    }.items():
        with pytest.raises(DocumentError, match=f"cannot be written .*{expected}"):
            write_atomically(path, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            PermissionError(13, "Permission denied"),
            r"\(Permission denied\); ask for access, close it in other programs",
        ),
        (OSError(28, "No space left on device"), r"\(No space left on device\); the disk is full"),
        (OSError("strange"), r"\(strange\); check the disk and the path"),
    ],
)
def test_the_remedy_fits_the_error(error: OSError, message: str) -> None:
    with pytest.raises(DocumentError, match=f"^a/b.csv: cannot be written {message}"), remedied("a/b.csv"):
        raise error


def test_a_file_grows_beside_its_place_and_appears_when_it_is_placed(tmp_path: Path) -> None:
    goal = tmp_path / "new" / "a.csv"
    with Staging(goal) as staging:
        staging.file.write_bytes(b"whole")
        assert staging.folder.parent == goal.parent
        assert not goal.exists()
        staging.place()
        assert goal.read_bytes() == b"whole"
    assert list(goal.parent.iterdir()) == [goal]


def test_what_was_not_placed_is_discarded(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    with Staging(tmp_path / "a.csv") as staging:
        staging.file.write_bytes(b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
