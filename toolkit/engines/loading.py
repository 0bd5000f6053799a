"""Reading weights with transformers: in silence, offline, and with errors that name the folder."""

import pickle
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toolkit.errors import EngineError


def reason(error: BaseException) -> str:
    """The first line of what an error says, without its full stop; its kind if it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Silences transformers for the block and gives an error about damaged weights a name and a remedy.

    Raises:
        EngineError: the weights cannot be read, or hold code instead of weights.
        OSError: the operating system refuses something (an error with a number).
    """
    try:
        with _silence():
            yield
    except Exception as error:  # transformers, torch, safetensors and CTranslate2 each have their own kinds
        if isinstance(error, OSError) and error.errno is not None:
            raise
        if isinstance(error, pickle.UnpicklingError) or isinstance(error.__cause__, pickle.UnpicklingError):
            raise EngineError(
                f"{folder}: pytorch_model.bin is refused, it is damaged or holds code instead of weights; "
                "ask its maker for model.safetensors."
            ) from error
        raise EngineError(f"{folder}: the model cannot be read ({reason(error)}); copy it again.") from error


@contextmanager
def _silence() -> Iterator[None]:
    """No messages, progress bars or warnings of transformers; what the host program had set comes back after."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing it warns of missing progress bar widgets in a notebook
        from transformers.utils import logging

    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()
