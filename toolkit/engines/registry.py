"""Model aliases, where weights lie, and the rule that nothing touches the network unless asked to fetch.

A model is named by an alias, by a hub id (`organisation/name`) or by a folder. The bundled model is part of the
package; hub models are read from the hub's own cache and only `hien model fetch` downloads into it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from toolkit.engines.loading import reason
from toolkit.errors import EngineError, ModelNotFoundError
from toolkit.languages import Direction

BUNDLED = Path(__file__).resolve().parent.parent / "models"
MARIAN_FILES = ("config.json", "source.spm", "target.spm", "vocab.json")
WEIGHTS = ("model.safetensors", "pytorch_model.bin")  # in order of preference; the second only with weights_only
ADVICE = "hien.json"  # what the maker of a model advises; optional
EXTRA_FILES = ("generation_config.json", "tokenizer_config.json", "README.md", "MODEL_CARD.md", ADVICE)


@dataclass(frozen=True, slots=True)
class Model:
    """A known model.

    Attributes:
        alias: Its short name.
        summary: One line for `hien model list`.
        licence: SPDX name of the weights' licence.
        folders: Bundled folders by direction, relative to the package's `models/`.
        hub: Hub ids by direction.
        size: Download size in MB, for people; 0 when bundled.
    """

    alias: str
    summary: str
    licence: str
    folders: Mapping[str, str] = field(default_factory=dict)
    hub: Mapping[str, str] = field(default_factory=dict)
    size: int = 0

    @property
    def directions(self) -> tuple[str, ...]:
        """The directions it translates, such as `hi-en`."""
        return tuple(sorted({*self.folders, *self.hub}, reverse=True))


MODELS: Mapping[str, Model] = {
    model.alias: model
    for model in (
        Model("mini", "small, bundled, offline; for the gist", "CC-BY-SA-4.0", folders={"hi-en": "hi-en-mini"}),
        Model(
            "opus-mt",
            "OPUS-MT by Helsinki-NLP, general text",
            "Apache-2.0",
            hub={"hi-en": "Helsinki-NLP/opus-mt-hi-en", "en-hi": "Helsinki-NLP/opus-mt-en-hi"},
            size=305,
        ),
    )
}


def resolve(model: str, direction: Direction) -> Path:
    """The folder of a model's weights on this machine.

    Raises:
        ModelNotFoundError: not here, or not for this direction; the message says what to do.
        EngineError: the folder lacks files of a Marian model.
    """
    if (known := MODELS.get(model)) is not None:
        return _resolve_known(known, direction)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return check_folder(folder)
    if model.count("/") == 1 and not model.startswith((".", "/", "~")):
        return _resolve_hub(model, f"hien model fetch {model}")
    raise _unknown(model)


def _unknown(model: str) -> ModelNotFoundError:
    return ModelNotFoundError(
        f"No model {model!r}: it is neither an alias ({', '.join(MODELS)}), nor a folder, nor a hub id such as "
        "Helsinki-NLP/opus-mt-hi-en. `hien model list` shows what is there."
    )


def _resolve_known(model: Model, direction: Direction) -> Path:
    key = str(direction)
    if key in model.folders:
        return check_folder(BUNDLED / model.folders[key])
    if key in model.hub:
        options = "" if key == "hi-en" else f" --from {direction.source} --to {direction.target}"
        return _resolve_hub(model.hub[key], f"hien model fetch {model.alias}{options}")
    others = [other.alias for other in MODELS.values() if key in other.directions]
    raise ModelNotFoundError(
        f"Model {model.alias!r} does not translate {key}; "
        + (f"try --model {others[0]}." if others else "name a folder with a model that does.")
    )


def _resolve_hub(repository: str, command: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        # Naming the files keeps the hub's library from missing those that `fetch` leaves out.
        folder = Path(snapshot_download(repository, local_files_only=True, allow_patterns=list(MARIAN_FILES)))
    except HFValidationError:
        raise _unknown(repository) from None
    except LocalEntryNotFoundError:
        folder = None
    if folder is None or missing_files(folder):
        raise ModelNotFoundError(f"Model {repository} is not on this machine. Fetch it once, with a network: {command}")
    return check_folder(folder)


def missing_files(folder: Path) -> list[str]:
    """The names of the files that a Marian model needs and a folder lacks."""
    missing = [name for name in MARIAN_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in WEIGHTS):
        missing.append(" or ".join(WEIGHTS))
    return missing


def check_folder(folder: Path) -> Path:
    """The folder itself, if it holds a Marian model.

    Raises:
        EngineError: a file is missing, or the configuration is of another architecture or vocabulary.
    """
    if missing := missing_files(folder):
        raise EngineError(f"{folder}: no Marian model, {', '.join(missing)} missing; name a folder that holds one.")
    config = read_config(folder)
    if config.get("model_type") != "marian":
        raise EngineError(
            f"{folder}: config.json says model_type {config.get('model_type')!r}; name a 'marian' model, only these "
            "are read."
        )
    if config.get("share_encoder_decoder_embeddings") is False:
        raise EngineError(f"{folder}: source and target have separate vocabularies; name a model with a joint one.")
    return folder


def read_config(folder: Path) -> dict[str, object]:
    """The model's config.json.

    Raises:
        EngineError: it cannot be read or is no JSON object.
    """
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"{path}: not readable as JSON ({error}); copy the model again.") from error
    if not isinstance(config, dict):
        raise EngineError(f"{path}: holds no JSON object; copy the model again.")
    return config


def read_advice(folder: Path, limit: int) -> int:
    """Up to how many pieces a model translates well: `comfortable_pieces` of its hien.json, else all that fit.

    Raises:
        EngineError: hien.json is there but does not say a number.
    """
    path = folder / ADVICE
    if not path.is_file():
        return limit
    try:
        return min(int(json.loads(path.read_text(encoding="utf-8"))["comfortable_pieces"]), limit)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EngineError(f'{path}: wants {{"comfortable_pieces": NUMBER}} ({error}); mend or delete it.') from error


def weights_file(folder: Path) -> Path:
    """The file that holds the weights, safetensors before pickled ones."""
    return next(folder / name for name in WEIGHTS if (folder / name).is_file())


def revision(folder: Path) -> str:
    """The first 16 hex digits of a hash over all files that the translations depend on.

    Raises:
        EngineError: a file cannot be read.
    """
    paths = [*(folder / name for name in MARIAN_FILES), weights_file(folder)]
    if (folder / ADVICE).is_file():
        paths.append(folder / ADVICE)
    digest = sha256()
    try:
        for path in paths:
            digest.update(path.name.encode() + b"\0")
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    except OSError as error:
        raise EngineError(f"{error.filename}: cannot be read ({error.strerror}); check the permissions.") from error
    return digest.hexdigest()[:16]


def fetch(model: str, direction: Direction) -> Path:
    """Download a hub model into the hub's cache: configuration, vocabulary and one file of weights, no code.

    Raises:
        EngineError: the network or the hub refuses, or the repository holds no Marian model; the message says why.
    """
    known = MODELS.get(model)
    if known is not None and str(direction) not in known.hub:
        return _resolve_known(known, direction)
    repository = known.hub[str(direction)] if known is not None else model
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HTTPError  # of httpx or its successor, whichever the hub's library uses

    try:
        files = {sibling.rfilename for sibling in HfApi().model_info(repository).siblings or ()}
        weights = next((name for name in WEIGHTS if name in files), WEIGHTS[0])
        if missing := [name for name in (*MARIAN_FILES, weights) if name not in files]:
            raise EngineError(f"{repository}: no Marian model, {', '.join(missing)} missing; choose another.")
        return check_folder(Path(snapshot_download(repository, allow_patterns=[*MARIAN_FILES, weights, *EXTRA_FILES])))
    except (OSError, ValueError, RuntimeError, HTTPError) as error:
        raise EngineError(
            f"Cannot fetch {repository}: {reason(error)}. Check the name and the network, then try again."
        ) from error
