"""What the engines for Marian models have in common: pieces, limits, a signature."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.engines import Decoding, Progress
from toolkit.engines.pieces import EMPTY, Pieces
from toolkit.languages import Direction
from toolkit.segment import Hypothesis


class MarianModel:
    """A Marian folder with its pieces; engines say how it is run.

    Args:
        folder: Where it lies.
        direction: From which language into which it translates.
        decoding: How hypotheses are searched for.

    Raises:
        EngineError: the vocabulary is damaged.
    """

    def __init__(self, folder: Path, direction: Direction, decoding: Decoding) -> None:
        self.direction = direction
        self._decoding = decoding
        self._pieces = Pieces(folder)
        self._signature: dict[str, str] = {}

    def _sign(self, engine: str, model: str, revision: str, precision: str) -> None:
        decoding = f"beam{self._decoding.beam}-{precision}"
        self._signature = {"engine": engine, "model": model, "revision": revision, "decoding": decoding}

    @property
    def signature(self) -> Mapping[str, str]:
        """Engine with version, model, revision of its weights, decoding options."""
        return self._signature

    def fits(self, text: str) -> bool:
        """Whether a text's pieces are within the model's positions."""
        return self._pieces.count(text) <= self._pieces.limit

    def comfortable(self, text: str) -> bool:
        """Whether a text is short enough to be translated well, as the model's maker found."""
        return self._pieces.count(text) <= self._pieces.comfortable

    def usual_case(self, word: str) -> str:
        """A capitalised word as the model mostly writes it within a sentence."""
        return self._pieces.usual_case(word)

    def _begun(
        self, sentences: Sequence[str], progress: Progress | None
    ) -> tuple[list[list[str]], list[tuple[Hypothesis, ...]]]:
        """The pieces of the sentences, and their hypotheses as far as they need no model: those of blank ones."""
        sources = self._pieces.encode(sentences)
        if progress is not None and (blank := sum(len(source) == 1 for source in sources)):
            progress(blank)
        return sources, [(EMPTY,)] * len(sources)
