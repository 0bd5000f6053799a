"""An engine without weights: for tests, documentation and notebooks.

It says what a script tells it to say and, for sentences that the script lacks, writes the source's words in a fixed
transliteration, so that every output is deterministic and can be told from a translation.
"""

from collections.abc import Mapping, Sequence

import regex

from toolkit.devanagari import romanise
from toolkit.engines import Decoding, Progress
from toolkit.languages import Direction
from toolkit.segment import Alignment, Hypothesis

LIMIT = 1000  # characters
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def load(model: str, direction: Direction, decoding: Decoding) -> "ScriptedEngine":
    """A scripted engine with an empty script; `model` and `decoding` do not matter."""
    return ScriptedEngine({}, direction)


class ScriptedEngine:
    """Says what its script says.

    Args:
        script: For each sentence the hypothesis, or several, best first.
        direction: From which language into which.
    """

    def __init__(
        self, script: Mapping[str, str | Sequence[str]] | None = None, direction: Direction | None = None
    ) -> None:
        self.direction = direction or Direction()
        self._script = dict(script or {})
        self.asked: list[str] = []

    @property
    def signature(self) -> Mapping[str, str]:
        """Engine and model; there are no weights and no decoding options."""
        return {"engine": "scripted", "model": "script", "revision": "0", "decoding": "none"}

    def fits(self, text: str) -> bool:
        """Whether a text has at most `LIMIT` characters."""
        return len(text) <= LIMIT

    def comfortable(self, text: str) -> bool:
        """Whether a text fits."""
        return self.fits(text)

    def usual_case(self, word: str) -> str:
        """The word as it is."""
        return word

    def translate(
        self, sentences: Sequence[str], *, n_best: int = 1, progress: Progress | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        """The scripted hypotheses, or the source in Latin letters."""
        self.asked.extend(sentences)
        if progress is not None:
            progress(len(sentences))
        return [self._say(sentence, n_best) for sentence in sentences]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """A word of the translation looks at the words of the source that sound like it."""
        return [_align(source, target) for source, target in pairs]

    def _say(self, sentence: str, n_best: int) -> tuple[Hypothesis, ...]:
        said = self._script.get(sentence, romanise(sentence))
        texts = [said] if isinstance(said, str) else list(said)
        return tuple(Hypothesis(text, score=-float(rank)) for rank, text in enumerate(texts[:n_best]))


def _align(source: str, target: str) -> Alignment:
    ours, theirs = (list(_WORD.finditer(text)) for text in (source, target))
    rows = []
    for word in theirs:
        like = [romanise(other[0]).lower() == romanise(word[0]).lower() for other in ours]
        rows.append(tuple(float(same) / max(sum(like), 1) for same in like))
    return Alignment(tuple(word.span() for word in ours), tuple(word.span() for word in theirs), tuple(rows))
