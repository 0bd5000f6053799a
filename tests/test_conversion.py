import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.engines import Decoding, load_engine
from toolkit.engines.conversion import cache_folder
from toolkit.errors import EngineError

MakeModel = Callable[..., Path]
DAY = 24 * 60 * 60
HELLO = "यह एक किताब है।"

# A process that loads the bundled model, offline by every setting there is. Before its conversion takes its place, it
# waits until the other one is as far; a doomed one is stopped halfway through writing.
CHILD = """
import pathlib, socket, sys, time
from toolkit.engines import conversion, load_engine

def refuse(*_):
    raise SystemExit("the network was touched")

socket.socket.connect = refuse
kind, mine, other = sys.argv[1:]
rename = conversion._rename

def meet(built, place):
    pathlib.Path(mine).touch()
    while not pathlib.Path(other).exists():
        time.sleep(0.01)
    rename(built, place)

def stop_halfway(folder, output, *_):
    output.mkdir()
    (output / "model.bin").write_bytes(b"half a model")
    meet(output, output)

conversion._rename = meet
if kind == "doomed":
    conversion._convert = stop_halfway
engine = load_engine()
assert engine.translate(["यह एक किताब है।"])[0][0].text
"""


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; its folder of models does not exist yet."""
    monkeypatch.setenv("HIEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


@pytest.fixture(scope="module")
def model(make_model: MakeModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("marian"))


def start(kind: str, mine: Path, other: Path) -> "subprocess.Popen[str]":
    home = str(mine.parent)
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HOME": home, "HOME": home}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", CHILD, kind, str(mine), str(other)],
        env=os.environ | offline,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def wait_for(path: Path, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 120
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_two_at_once_both_succeed(own_cache: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for process in [start("racing", one, two), start("racing", two, one)]:
        assert process.communicate(timeout=120) == ("", "")  # silent, and no warning
        assert process.returncode == 0
    assert one.exists() and two.exists()  # both have built
    (place,) = entries(own_cache)
    assert place.endswith("-hi-en-int8-v2")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_killed_one_leaves_no_model(own_cache: Path, tmp_path: Path) -> None:
    doomed = start("doomed", tmp_path / "doomed", tmp_path / "never")
    wait_for(tmp_path / "doomed", doomed)
    doomed.send_signal(signal.SIGKILL)
    doomed.communicate()
    (left,) = entries(own_cache)
    assert left.startswith(".building-")
    assert load_engine().translate([HELLO])[0][0].text
    assert [name for name in entries(own_cache) if name.endswith("-hi-en-int8-v2")] == entries(own_cache)[1:]
    os.utime(own_cache / left, (time.time() - 2 * DAY,) * 2)
    load_engine(decoding=Decoding(quantization="float32"))
    assert [name.split("-hi-en-")[1] for name in entries(own_cache)] == ["float32-v2", "int8-v2"]


def test_only_old_leftovers_are_removed(own_cache: Path, model: Path) -> None:
    for name, age in {".building-old": DAY + 60, ".building-new": DAY - 60, "other": 9 * DAY}.items():
        (own_cache / name).mkdir(parents=True)
        (own_cache / name / "vmap.txt").touch()
        os.utime(own_cache / name, (time.time() - age,) * 2)
    load_engine(model)
    assert entries(own_cache)[0] == ".building-new"
    assert entries(own_cache)[2] == "other"
    assert len(entries(own_cache)) == 3


def test_a_conversion_is_silent_and_made_once(
    own_cache: Path, model: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    from transformers.utils import logging

    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    first = load_engine(model).translate([HELLO])
    (place,) = own_cache.iterdir()
    before = place.stat().st_mtime_ns
    assert load_engine(model).translate([HELLO]) == first
    assert [*own_cache.iterdir()] == [place]
    assert place.stat().st_mtime_ns == before
    assert capfd.readouterr() == ("", "")
    assert [*recwarn] == []
    assert (logging.get_verbosity(), logging.is_progress_bar_enabled()) == (verbosity, bars)


def test_progress_bars_that_are_off_stay_off(own_cache: Path, model: Path) -> None:
    from transformers.utils import logging

    bars = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        load_engine(model)
        assert not logging.is_progress_bar_enabled()
    finally:
        if bars:
            logging.enable_progress_bar()


def test_changed_weights_are_converted_anew(own_cache: Path, make_model: MakeModel, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model", seed=1)
    old = load_engine(folder)
    make_model(folder, seed=2)
    new = load_engine(folder)
    assert len(entries(own_cache)) == 2
    assert old.signature["revision"] != new.signature["revision"]
    assert old.translate([HELLO])[0][0].pieces != new.translate([HELLO])[0][0].pieces


def test_a_moved_model_is_not_converted_again(own_cache: Path, make_model: MakeModel, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    load_engine(folder)
    load_engine(folder.rename(tmp_path / "moved"))
    assert len(entries(own_cache)) == 1


def test_cache_that_cannot_be_written(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("HIEN_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(
        EngineError, match=r"cannot be written \(Not a directory\); set HIEN_CACHE to a folder that can"
    ):
        load_engine(model)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_read_only_cache(own_cache: Path, model: Path) -> None:
    own_cache.mkdir(parents=True)
    own_cache.chmod(0o500)
    try:
        with pytest.raises(EngineError, match=r"cannot be written \(Permission denied\); set HIEN_CACHE"):
            load_engine(model)
    finally:
        own_cache.chmod(0o700)


def test_read_only_disk(own_cache: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(EngineError, match=r"cache/models: cannot be written \(Read-only file system\); set HIEN_CACHE"):
        load_engine(model)


def test_full_disk_leaves_nothing(own_cache: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ctranslate2.specs.model_spec import ModelSpec

    serialize = ModelSpec._serialize

    def fill(spec: object, path: str) -> None:
        serialize(spec, path)
        os.truncate(path, 1000)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(ModelSpec, "_serialize", fill)
        with pytest.raises(EngineError, match=r"models: cannot be written \(No space left on device\); set HIEN_CACHE"):
            load_engine(model)
    assert entries(own_cache) == []
    assert load_engine(model).translate([HELLO])


def test_a_move_that_fails_leaves_nothing(own_cache: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(EngineError, match=r"models: cannot be written \(Permission denied\); set HIEN_CACHE"):
        load_engine(model)
    assert entries(own_cache) == []


@pytest.mark.parametrize("name", ["model.bin", "shared_vocabulary.json", "config.json", "vmap.txt"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: os.truncate(path, path.stat().st_size // 2)])
def test_a_damaged_conversion_is_named(damage: Callable[[Path], None], name: str, own_cache: Path, model: Path) -> None:
    load_engine(model)
    (place,) = own_cache.iterdir()
    damage(place / name)
    with pytest.raises(EngineError, match=r"cannot be loaded .*; delete that folder and try again") as error:
        load_engine(model)
    assert str(error.value).startswith(str(place))
    assert "\n" not in str(error.value)


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HIEN_CACHE", "~/mine")
    assert cache_folder() == tmp_path / "mine"
    monkeypatch.delenv("HIEN_CACHE")
    assert cache_folder().name == "hien"
