"""Conversion of a Marian folder to CTranslate2, once, kept in the user's cache.

The folder in the cache is named by the content of the weights and the precision, so a changed model is converted
anew and a moved one is not. It is built beside its place and renamed into it: two processes that start at once each
build their own and the second one's is dropped; a killed one leaves nothing that could be taken for a model.
"""

import json
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from toolkit.engines.pieces import Pieces
from toolkit.engines.registry import read_config, revision
from toolkit.errors import EngineError
from toolkit.languages import Direction

LAYOUT = 2  # raise it when what a converted folder holds changes


def cache_folder() -> Path:
    """Where converted models lie: `HIEN_CACHE`, or the platform's cache folder."""
    if named := os.environ.get("HIEN_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("hien", appauthor=False)


def converted(folder: Path, direction: Direction, quantization: str) -> Path:
    """The CTranslate2 folder made from a Marian folder, built now if it is not there yet.

    Raises:
        EngineError: the cache cannot be written, or the weights cannot be read.
    """
    place = cache_folder() / "models" / f"{revision(folder)}-{direction}-{quantization}-v{LAYOUT}"
    if place.is_dir():
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".building-", dir=place.parent))
    except OSError as error:
        raise EngineError(
            f"{place.parent}: cannot be written ({error.strerror}); set HIEN_CACHE to a folder that can."
        ) from error
    try:
        _convert(folder, building / "model", direction, quantization)
        _rename(building / "model", place)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return place


def _rename(built: Path, place: Path) -> None:
    try:
        built.rename(place)
    except OSError:
        if not place.is_dir():  # otherwise another process was first, with the same content
            raise


def _convert(folder: Path, output: Path, direction: Direction, quantization: str) -> None:
    import transformers
    from ctranslate2.converters import TransformersConverter

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    vocabulary_map = output.parent / "vmap.txt"
    # An empty source n-gram maps to pieces that are candidates for every sentence: all of the target's script.
    vocabulary_map.write_text("\t" + " ".join(Pieces(folder).allowed(direction.target)) + "\n", encoding="utf-8")
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            TransformersConverter(str(_as_float32(folder, output.parent / "source"))).convert(
                str(output), vmap=str(vocabulary_map), quantization=None if quantization == "float32" else quantization
            )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EngineError(f"{folder}: cannot be converted ({error}); is the model complete?") from error


def _as_float32(folder: Path, staged: Path) -> Path:
    """The same model, to be loaded at float32: a half-precision load would round its position signals too."""
    staged.mkdir()
    for path in folder.iterdir():
        if path.is_file() and path.name != "config.json":
            shutil.copy(path, staged / path.name)
    config = {key: value for key, value in read_config(folder).items() if key != "torch_dtype"}
    (staged / "config.json").write_text(json.dumps(config | {"dtype": "float32"}), encoding="utf-8")
    return staged
