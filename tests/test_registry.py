import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from toolkit.engines import DEFAULT_ENGINE, DEFAULT_MODEL, load_engine
from toolkit.engines.registry import BUNDLED, MODELS, WEIGHTS, check_folder, fetch, read_advice, resolve, revision
from toolkit.errors import EngineError, ModelNotFoundError
from toolkit.languages import Direction

MakeModel = Callable[..., Path]
HI_EN, EN_HI = Direction(), Direction("en", "hi")
MINI = BUNDLED / "hi-en-mini"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
ENGINES = ("ctranslate2", "transformers")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty hub cache."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection or asks for an address fails."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the network was touched")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def safe(make_model: MakeModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("safe"))


def copy_of(folder: Path, to: Path) -> Path:
    to.mkdir(parents=True)
    for path in folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    return to


def test_the_default_is_bundled() -> None:
    assert resolve(DEFAULT_MODEL, HI_EN) == MINI
    assert DEFAULT_ENGINE == "ctranslate2"
    assert (MINI / "MODEL_CARD.md").is_file()
    assert MODELS["mini"].directions == ("hi-en",)
    assert MODELS["opus-mt"].directions == ("hi-en", "en-hi")


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.alias)
def test_every_known_model_says_what_people_need(model: object) -> None:
    known = MODELS[model.alias]  # type: ignore[attr-defined]
    assert known.summary and known.licence and known.directions
    assert (known.size > 0) is bool(known.hub)


def test_a_folder_is_a_model(safe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve(str(safe), HI_EN) == safe
    monkeypatch.setenv("HOME", str(safe.parent))
    assert resolve(f"~/{safe.name}", HI_EN) == safe


@pytest.mark.parametrize("name", ["config.json", "source.spm", "target.spm", "vocab.json", "model.safetensors"])
def test_a_missing_file_is_named(name: str, safe: Path, tmp_path: Path) -> None:
    folder = copy_of(safe, tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(EngineError, match=rf"model: no Marian model, {name}.* missing; name a folder") as error:
        load_engine(folder)
    assert str(folder) in str(error.value)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ('{"model_type": "t5"}', "config.json says model_type 't5'; name a 'marian' model"),
        ("{}", "config.json says model_type None; name a 'marian' model"),
        ('{"model_type": "marian", ', r"config\.json: not readable as JSON"),
        ("[1]", r"config\.json: holds no JSON object; copy the model again"),
        ("\udcff", r"config\.json: not readable as JSON"),
        (
            '{"model_type": "marian", "share_encoder_decoder_embeddings": false}',
            "have separate vocabularies; name a model",
        ),
    ],
)
def test_a_wrong_configuration_is_explained(config: str, message: str, safe: Path, tmp_path: Path) -> None:
    folder = copy_of(safe, tmp_path / "model")
    (folder / "config.json").write_bytes(config.encode("utf-8", "surrogateescape"))
    with pytest.raises(EngineError, match=message) as error:
        load_engine(folder)
    assert str(folder) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("source.spm", b""),
        ("target.spm", b"\x00\xff"),
        ("vocab.json", b"{"),
        ("vocab.json", b"[1, 2]"),
        ("vocab.json", b"{}"),
        ("model.safetensors", b""),
        ("model.safetensors", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n"),
        ("model.safetensors", b"\xff" * 64),
        ("config.json", b'{"model_type": "marian", "d_model": "wide"}'),
        ("config.json", b'{"model_type": "marian", "d_model": 32}'),  # not what the weights have
    ],
)
def test_a_damaged_file_is_explained(engine: str, name: str, content: bytes, safe: Path, tmp_path: Path) -> None:
    folder = copy_of(safe, tmp_path / "model")
    (folder / name).write_bytes(content)
    with pytest.raises(EngineError) as error:
        load_engine(folder, engine=engine)
    assert str(error.value).startswith(str(folder))
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(("again.", "mend it."))


def test_a_truncated_file_of_weights_is_explained(safe: Path, tmp_path: Path) -> None:
    folder = copy_of(safe, tmp_path / "model")
    weights = (safe / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[: len(weights) // 2])
    for engine in ENGINES:
        with pytest.raises(EngineError, match=r"the model cannot be read .*; copy it again\."):
            load_engine(folder, engine=engine)


def test_a_file_that_may_not_be_read_is_named(safe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(EngineError, match=r"config\.json: cannot be read \(Permission denied\); check the permissions"):
        revision(safe)


@pytest.mark.parametrize(
    ("advice", "pieces"), [(None, 64), ('{"comfortable_pieces": 48}', 48), ('{"comfortable_pieces": 100}', 64)]
)
def test_advice(advice: str | None, pieces: int, tmp_path: Path) -> None:
    if advice is not None:
        (tmp_path / "hien.json").write_text(advice, encoding="utf-8")
    assert read_advice(tmp_path, 64) == pieces


@pytest.mark.parametrize("advice", ["", "{}", "[]", '{"comfortable_pieces": "many"}', '{"comfortable_pieces": null}'])
def test_advice_that_says_no_number_is_an_error(advice: str, tmp_path: Path) -> None:
    (tmp_path / "hien.json").write_text(advice, encoding="utf-8")
    with pytest.raises(EngineError, match=r"hien\.json: wants .*; mend or delete it\."):
        read_advice(tmp_path, 64)


def test_revision_follows_every_file_that_matters(safe: Path, tmp_path: Path) -> None:
    folder = copy_of(safe, tmp_path / "model")
    seen = {revision(folder)}
    assert seen == {revision(safe)}  # where it lies does not matter
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert revision(folder) in seen
    for number, name in enumerate(["config.json", "source.spm", "target.spm", "vocab.json", WEIGHTS[0], "hien.json"]):
        with (folder / name).open("ab") as file:
            file.write(b" ")
        seen.add(revision(folder))
        assert len(seen) == number + 2


# --- Models that are not here ---------------------------------------------------------------------------------------


def test_mini_has_no_way_back_but_another_model_has() -> None:
    with pytest.raises(ModelNotFoundError, match="'mini' does not translate en-hi; try --model opus-mt"):
        resolve("mini", EN_HI)
    with pytest.raises(ModelNotFoundError, match="'mini' does not translate en-hi; try --model opus-mt"):
        fetch("mini", EN_HI)


@pytest.mark.parametrize(
    ("model", "direction", "command"),
    [
        ("opus-mt", HI_EN, "hien model fetch opus-mt"),
        ("opus-mt", EN_HI, "hien model fetch opus-mt --from en --to hi"),
        ("Organisation/name", HI_EN, "hien model fetch Organisation/name"),
    ],
)
def test_an_absent_hub_model_names_the_command(
    model: str, direction: Direction, command: str, hub: Path, no_network: None
) -> None:
    with pytest.raises(ModelNotFoundError) as error:
        load_engine(model, direction=direction)
    assert str(error.value).endswith(f"is not on this machine. Fetch it once, with a network: {command}")


@pytest.mark.parametrize("model", ["opus", "no/such/folder", "./nowhere", "/nowhere", "~/nowhere", "a b/c d", "a/.."])
def test_an_unknown_name_is_explained(model: str, hub: Path, no_network: None) -> None:
    with pytest.raises(ModelNotFoundError, match=r"neither an alias \(mini, opus-mt\), nor a folder, nor a hub id"):
        resolve(model, HI_EN)


def cached(hub: Path, repository: str, files: Path) -> Path:
    """Puts files into the hub's cache as if they had been fetched."""
    place = hub / f"models--{repository.replace('/', '--')}"
    (place / "refs").mkdir(parents=True)
    (place / "refs" / "main").write_text(COMMIT, encoding="utf-8")
    return copy_of(files, place / "snapshots" / COMMIT)


@pytest.mark.parametrize(
    ("model", "direction", "repository"),
    [
        ("opus-mt", HI_EN, "Helsinki-NLP/opus-mt-hi-en"),
        ("opus-mt", EN_HI, "Helsinki-NLP/opus-mt-en-hi"),
        ("Organisation/name", HI_EN, "Organisation/name"),
    ],
)
def test_a_fetched_model_is_found_offline(
    model: str, direction: Direction, repository: str, safe: Path, hub: Path, no_network: None
) -> None:
    snapshot = cached(hub, repository, safe)
    assert resolve(model, direction) == snapshot


@pytest.mark.parametrize("name", ["vocab.json", "model.safetensors"])
def test_a_half_fetched_model_is_not_there(name: str, safe: Path, hub: Path, no_network: None) -> None:
    snapshot = cached(hub, "Helsinki-NLP/opus-mt-hi-en", safe)
    (snapshot / name).unlink()
    with pytest.raises(ModelNotFoundError, match=r"with a network: hien model fetch opus-mt$"):
        resolve("opus-mt", HI_EN)


@pytest.mark.parametrize("engine", ENGINES)
def test_loading_and_translating_touch_no_network(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_network: None, one_thread: None
) -> None:
    monkeypatch.setenv("HIEN_CACHE", str(tmp_path))  # so that the conversion is part of it
    assert load_engine(engine=engine).translate(["यह एक किताब है।"])[0][0].text


# --- Pickled weights ------------------------------------------------------------------------------------------------


def test_pickled_weights_are_read_as_weights(make_model: MakeModel, safe: Path, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model", weights="pytorch_model.bin")
    assert not (folder / "model.safetensors").exists()
    expected = load_engine(safe, engine="transformers").translate(["यह एक किताब है।", "नमस्ते"])
    assert load_engine(folder, engine="transformers").translate(["यह एक किताब है।", "नमस्ते"]) == expected
    fast = load_engine(folder).translate(["यह एक किताब है।", "नमस्ते"])
    assert fast == load_engine(safe).translate(["यह एक किताब है।", "नमस्ते"])


class Attack:
    """Runs a command when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.marker}",)


@pytest.mark.parametrize("engine", ENGINES)
def test_code_in_pickled_weights_is_refused(engine: str, safe: Path, tmp_path: Path, one_thread: None) -> None:
    import torch

    folder = copy_of(safe, tmp_path / "model")
    (folder / "model.safetensors").unlink()
    torch.save({"weights": Attack(tmp_path / "marker")}, folder / "pytorch_model.bin")
    with pytest.raises(EngineError, match=r"pytorch_model\.bin is refused, .*code instead of weights; ask") as error:
        load_engine(folder, engine=engine)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "marker").exists()
    torch.load(folder / "pytorch_model.bin", weights_only=False)  # what a reader that trusts the file would do
    assert (tmp_path / "marker").exists()


# --- Fetching -------------------------------------------------------------------------------------------------------


class Hub(BaseHTTPRequestHandler):
    """As much of the hub as a download needs: what a repository holds, and its files."""

    def __init__(self, *args: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written to stderr."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        names = sorted(file.name for file in self.folder.iterdir())
        if path.startswith("/api/models/Organisation/name/tree/"):
            sizes = {name: (self.folder / name).stat().st_size for name in names}
            self._send([{"type": "file", "path": name, "size": sizes[name], "oid": name} for name in names])
        elif path.startswith("/api/models/Organisation/name"):
            self._send({"id": "Organisation/name", "sha": COMMIT, "siblings": [{"rfilename": name} for name in names]})
        elif path.startswith("/Organisation/name/resolve/") and (name := path.rsplit("/", 1)[1]) in names:
            self._send((self.folder / name).read_bytes(), name)
        else:
            self.send_error(404)

    def _send(self, content: object, tag: str = "answer") -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(200)
        for key, value in {"Content-Length": len(body), "ETag": f'"{tag}"', "X-Repo-Commit": COMMIT}.items():
            self.send_header(key, str(value))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@pytest.fixture
def served(safe: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a hub, and the folder whose files it serves as Organisation/name."""
    folder = copy_of(safe, tmp_path / "served")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Hub, folder=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()
        thread.join()


FETCH = """
import sys
from toolkit.engines.registry import fetch
from toolkit.errors import ToolkitError
from toolkit.languages import Direction
try:
    print(fetch(sys.argv[1], Direction()))
except ToolkitError as error:
    print(type(error).__name__, error)
"""


def fetched(endpoint: str, home: Path, model: str, **options: str) -> str:
    """What `fetch` returns or raises in a process of its own: the hub's library reads its settings once."""
    settings = {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_HUB_DISABLE_PROGRESS_BARS": "1", **options}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FETCH, model],
        env=os.environ | settings,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.removesuffix("\n")


def test_what_is_fetched_is_found_and_translates(
    served: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    endpoint, source = served
    for name in ("tf_model.h5", "modeling_marian.py", "pytorch_model.bin", "README.md"):
        (source / name).write_text("print('not to be fetched')", encoding="utf-8")
    folder = Path(fetched(endpoint, tmp_path / "home", "Organisation/name"))
    wanted = {"config.json", "source.spm", "target.spm", "vocab.json", "model.safetensors", "README.md"}
    assert {path.name for path in folder.iterdir()} == wanted
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "home" / "hub"))
    with monkeypatch.context() as offline:
        offline.setattr(socket.socket, "connect", lambda *_: pytest.fail("the network was touched"))
        engine = load_engine("Organisation/name")
        assert len(engine.translate(["यह एक किताब है।"])) == 1
    assert engine.signature["revision"] == revision(source)


def test_fetching_again_without_a_network_keeps_what_is_there(served: tuple[str, Path], tmp_path: Path) -> None:
    endpoint, _ = served
    folder = fetched(endpoint, tmp_path / "home", "Organisation/name")
    answer = fetched(endpoint, tmp_path / "home", "Organisation/name", HF_HUB_OFFLINE="1")
    assert answer.startswith("EngineError Cannot fetch Organisation/name: ")
    check_folder(Path(folder))


@pytest.mark.parametrize("removed", ["vocab.json", "model.safetensors"])
def test_a_repository_of_another_kind_is_refused_before_the_download(
    removed: str, served: tuple[str, Path], tmp_path: Path
) -> None:
    endpoint, source = served
    (source / removed).unlink()
    answer = fetched(endpoint, tmp_path / "home", "Organisation/name")
    assert answer == f"EngineError Organisation/name: no Marian model, {removed} missing; choose another."
    assert not list((tmp_path / "home").rglob("config.json"))


@pytest.mark.parametrize("model", ["Organisation/other", "not a name/x", "../etc"])
def test_what_the_hub_does_not_have_is_one_line(model: str, served: tuple[str, Path], tmp_path: Path) -> None:
    answer = fetched(served[0], tmp_path / "home", model)
    assert answer.startswith(f"EngineError Cannot fetch {model}: ")
    assert answer.endswith("Check the name and the network, then try again.")
    assert "\n" not in answer


def test_a_refused_connection_is_one_line(tmp_path: Path) -> None:
    answer = fetched("http://127.0.0.1:9", tmp_path, "opus-mt")
    assert answer.startswith("EngineError Cannot fetch Helsinki-NLP/opus-mt-hi-en: ")
    assert "\n" not in answer


def test_the_bundled_model_needs_no_fetching(no_network: None) -> None:
    assert fetch("mini", HI_EN) == MINI
