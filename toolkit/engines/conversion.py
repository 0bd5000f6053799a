"""Conversion of a Marian folder to CTranslate2, once, kept in the user's cache.

The folder in the cache is named by the content of the weights and the precision, so a changed model is converted
anew and a moved one is not. It is built beside its place and renamed into it: two processes that start at once each
build their own and the second one's is dropped; a killed one leaves nothing that could be taken for a model.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from toolkit.engines.loading import reading
from toolkit.engines.pieces import Pieces
from toolkit.errors import EngineError
from toolkit.languages import Direction

LAYOUT = 2  # raise it when what a converted folder holds changes
VOCABULARY_MAP = "vmap.txt"  # the name under which CTranslate2 keeps it
_BUILDING = ".building-"
_LEFTOVER_AGE = 24 * 60 * 60  # seconds; a conversion takes seconds, at most minutes


def cache_folder() -> Path:
    """Where converted models lie: `HIEN_CACHE`, or the platform's cache folder."""
    if named := os.environ.get("HIEN_CACHE"):
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("hien", appauthor=False)


def converted(folder: Path, revision: str, direction: Direction, quantization: str) -> Path:
    """The CTranslate2 folder made from a Marian folder, built now if it is not there yet.

    Args:
        folder: The Marian folder.
        revision: The hash of what it holds.
        direction: Decides which pieces a translation may be made of.
        quantization: int8 or float32.

    Raises:
        EngineError: the cache cannot be written, or the weights cannot be read.
    """
    place = cache_folder() / "models" / f"{revision}-{direction}-{quantization}-v{LAYOUT}"
    if place.is_dir():
        return _whole(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(place.parent)
        with tempfile.TemporaryDirectory(prefix=_BUILDING, dir=place.parent, ignore_cleanup_errors=True) as building:
            _convert(folder, Path(building) / "model", direction, quantization)
            _rename(Path(building) / "model", place)
    except OSError as error:
        raise EngineError(
            f"{place.parent}: cannot be written ({error.strerror}); set HIEN_CACHE to a folder that can."
        ) from error
    return place


def _whole(place: Path) -> Path:
    """The folder itself; CTranslate2 finds all other damage, but takes a missing map for no restriction."""
    try:
        whole = (place / VOCABULARY_MAP).read_bytes().endswith(b"\n")
    except OSError:
        whole = False
    if not whole:
        raise EngineError(f"{place}: cannot be loaded ({VOCABULARY_MAP} is damaged); delete that folder and try again.")
    return place


def _remove_leftovers(models: Path) -> None:
    """Removes what killed conversions have left, but nothing that may still be at work."""
    for left in models.glob(f"{_BUILDING}*"):
        if time.time() - left.stat().st_mtime > _LEFTOVER_AGE:
            shutil.rmtree(left, ignore_errors=True)


def _rename(built: Path, place: Path) -> None:
    try:
        built.rename(place)
    except OSError:
        if not place.is_dir():  # otherwise another process was first, with the same content
            raise


def _convert(folder: Path, output: Path, direction: Direction, quantization: str) -> None:
    import torch
    import transformers
    from ctranslate2.converters import TransformersConverter

    def load_model(kind: Any, path: str, **_: object) -> object:
        # At float32: loaded at half precision, its position signals would be rounded too.
        return kind.from_pretrained(path, dtype=torch.float32, weights_only=True, local_files_only=True)

    def load_tokenizer(_: object, path: str) -> object:
        return transformers.MarianTokenizer.from_pretrained(path, local_files_only=True)

    vocabulary_map = output.parent / VOCABULARY_MAP
    # An empty source n-gram maps to pieces that are candidates for every sentence: all of the target's script.
    vocabulary_map.write_text("\t" + " ".join(Pieces(folder).allowed(direction.target)) + "\n", encoding="utf-8")
    precision = None if quantization == "float32" else quantization
    converter = TransformersConverter(str(folder))
    converter.load_model, converter.load_tokenizer = load_model, load_tokenizer
    with reading(folder):
        converter.convert(str(output), vmap=str(vocabulary_map), quantization=precision)
