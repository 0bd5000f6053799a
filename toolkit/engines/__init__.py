"""Translate: sentences become hypotheses.

An engine translates one direction with one set of decoding options; both are fixed when it is loaded, and its
signature names them with the revision of the weights, so that a result can be traced to what made it. Engines are
named by string and imported when they are used: the base commands import neither torch nor transformers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from toolkit.errors import UsageError
from toolkit.languages import Direction
from toolkit.segment import Alignment, Hypothesis

if TYPE_CHECKING:
    from pathlib import Path

Progress = Callable[[int], None]

ENGINES: Mapping[str, str] = {
    "ctranslate2": "toolkit.engines.ctranslate",
    "transformers": "toolkit.engines.marian",
    "scripted": "toolkit.engines.scripted",
}
DEFAULT_ENGINE = "ctranslate2"
DEFAULT_MODEL = "mini"


@dataclass(frozen=True, slots=True)
class Decoding:
    """How hypotheses are searched for.

    Attributes:
        beam: Width of the beam; 1 is greedy.
        quantization: Precision of the weights, int8 or float32; only CTranslate2 can do int8.

    Raises:
        UsageError: a beam below 1, or an unknown precision.
    """

    beam: int = 4
    quantization: str = "int8"

    def __post_init__(self) -> None:
        if self.beam < 1:
            raise UsageError(f"--beam {self.beam} is too small: 1 is greedy, 4 the default.")
        if self.quantization not in ("int8", "float32"):
            raise UsageError(f"Unknown precision {self.quantization!r}: choose int8 or float32.")


class Engine(Protocol):
    """What translates: sentences in, for each sentence its hypotheses out."""

    @property
    def direction(self) -> Direction:
        """From which language into which."""
        ...

    @property
    def signature(self) -> Mapping[str, str]:
        """Engine, model, revision of the weights and decoding options: all that the output depends on."""
        ...

    def fits(self, text: str) -> bool:
        """Whether a text is short enough to be translated whole, counted in the model's pieces."""
        ...

    def comfortable(self, text: str) -> bool:
        """Whether a text is short enough to be translated well; longer ones are better cut into clauses."""
        ...

    def usual_case(self, word: str) -> str:
        """A capitalised word as the model mostly writes it within a sentence: The → the, Party → Party."""
        ...

    def translate(
        self, sentences: Sequence[str], *, n_best: int = 1, progress: Progress | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        """For each sentence its best hypotheses, best first.

        Args:
            sentences: Texts that fit; none is ever cut.
            n_best: How many hypotheses at most for each sentence; no more than the beam is wide.
            progress: Called with the number of sentences just finished.

        Raises:
            EngineError: a sentence does not fit.
        """
        ...

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """For each source and translation, which part of the source each part of the translation looks at.

        What the model's last decoder layer attends to while it is made to write the translation; worth something only
        for models whose attention was trained as an aligner. Empty for a pair that does not fit.
        """
        ...


def load_engine(
    model: "str | Path" = DEFAULT_MODEL,
    *,
    engine: str = DEFAULT_ENGINE,
    direction: Direction | None = None,
    decoding: Decoding | None = None,
) -> Engine:
    """Load an engine with a model.

    Args:
        model: An alias (`hien model list`), a hub id already fetched, or a folder with a Marian model.
        engine: ctranslate2 (fast, default), transformers (the reference) or scripted (no weights).
        direction: Hindi to English unless given.
        decoding: Beam 4, int8 unless given.

    Raises:
        UsageError: no such engine.
        ModelNotFoundError: the weights are not on this machine; the message says how to fetch them.
        EngineError: the folder holds no model that this engine can read.
    """
    if engine not in ENGINES:
        raise UsageError(f"Unknown engine {engine!r}: choose from {', '.join(ENGINES)}.")
    module = import_module(ENGINES[engine])
    loaded: Engine = module.load(str(model), direction or Direction(), decoding or Decoding())
    return loaded
