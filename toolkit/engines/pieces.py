"""SentencePiece pieces of a Marian model, and which of them a translation may be made of."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.engines.loading import reason
from toolkit.engines.registry import read_advice, read_config
from toolkit.errors import EngineError
from toolkit.languages import LETTERS, Language
from toolkit.segment import Alignment, Hypothesis

END = "</s>"
SPACE = "\u2581"  # the sign that SentencePiece begins a word with
UNKNOWN = "<unk>"
DEFAULT_POSITIONS = 512
SLACK = 32
BATCH_TOKENS = 1024
STEP = 16  # sources whose lengths are equal after rounding up to it have the same output limit
_WORD = re.compile(r"\S+")
EMPTY = Hypothesis("", source_pieces=(END,))  # of a text without a piece: white space is not given to the model


def batches(sources: Sequence[Sequence[str]], step: int = 1) -> Iterator[list[int]]:
    """The places of all sources that hold a piece, batch by batch, the longest first.

    Args:
        sources: Pieces, the end sign included.
        step: A batch holds sources whose lengths are equal after rounding up to a multiple of it.
    """
    groups: dict[int, list[int]] = {}
    for place, source in enumerate(sources):
        if len(source) > 1:  # 1 is the end sign alone
            groups.setdefault(_rounded_up(len(source), step), []).append(place)
    for length in sorted(groups, reverse=True):
        size = max(1, BATCH_TOKENS // length)
        for start in range(0, len(groups[length]), size):
            yield groups[length][start : start + size]


def _rounded_up(length: int, step: int) -> int:
    return -(-length // step) * step


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its translation in pieces with their raw spans.

    Attributes:
        source: Source pieces, without the end sign.
        target: Target pieces, without the end sign.
    """

    source: Sequence[tuple[str, int, int]]
    target: Sequence[tuple[str, int, int]]

    @property
    def source_pieces(self) -> list[str]:
        """The source pieces as the model wants them."""
        return [*(piece for piece, _, _ in self.source), END]

    @property
    def target_pieces(self) -> list[str]:
        """The target pieces as the model is made to write them."""
        return [piece for piece, _, _ in self.target]

    def aligned(self, attention: Sequence[Sequence[float]]) -> Alignment:
        """The alignment that a model's attention makes of it: a row for each target piece at least."""
        rows = (tuple(row[: len(self.source)]) for row in attention[: len(self.target)])
        ours, theirs = (tuple((start, end) for _, start, end in side) for side in (self.source, self.target))
        return Alignment(ours, theirs, tuple(rows))


def _placed(processor: Any, text: str) -> list[tuple[str, int, int]]:
    """The pieces of a text with their raw spans: exact where a word's pieces spell it, else the word's."""
    placed: list[tuple[str, int, int]] = []
    for word in _WORD.finditer(text):
        pieces = processor.encode(word[0], out_type=str)
        start = word.start()
        spelt = "".join(pieces).removeprefix(SPACE) == word[0]
        for place, piece in enumerate(pieces):
            end = start + len(piece) - (place == 0 and piece.startswith(SPACE))
            placed.append((piece, start, end) if spelt else (piece, *word.span()))
            start = end
    return placed


class Pieces:
    """A Marian model's two SentencePiece models and its vocabulary.

    Args:
        folder: A Marian folder: source.spm, target.spm, vocab.json, config.json.

    Raises:
        EngineError: a file is damaged.
    """

    def __init__(self, folder: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        try:
            self._source = SentencePieceProcessor(model_file=str(folder / "source.spm"))
            self._target = SentencePieceProcessor(model_file=str(folder / "target.spm"))
            self.vocabulary: dict[str, int] = dict(json.loads((folder / "vocab.json").read_text(encoding="utf-8")))
            if not {END, UNKNOWN} <= self.vocabulary.keys():
                raise ValueError(f"vocab.json lacks {END} or {UNKNOWN}")
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise EngineError(
                f"{folder}: the vocabulary cannot be read ({reason(error)}); copy the model again."
            ) from error
        positions = read_config(folder).get("max_position_embeddings")
        self.limit = int(positions) if isinstance(positions, int) else DEFAULT_POSITIONS
        self.comfortable = read_advice(folder, self.limit)

    def encode(self, sentences: Sequence[str]) -> list[list[str]]:
        """The source pieces of each sentence, closed by the end sign.

        Raises:
            EngineError: a sentence is longer than the model reads; it would have to be cut.
        """
        sources = [[*pieces, END] for pieces in self._source.encode(list(sentences), out_type=str)]
        for sentence, source in zip(sentences, sources, strict=True):
            if len(source) > self.limit:
                raise EngineError(
                    f"A sentence of {len(source)} pieces is longer than the {self.limit} that the model reads: "
                    f"{' '.join(sentence[:60].split())}… Split it first."
                )
        return sources

    def decode(self, pieces: Sequence[str]) -> str:
        """The text that target pieces spell."""
        text: str = self._target.decode([piece for piece in pieces if piece != END])
        return text.strip()

    def count(self, text: str) -> int:
        """How many source pieces a text has, the end sign included."""
        return len(self._source.encode(text)) + 1

    def pair(self, source: str, target: str) -> "Pair | None":
        """A source and its translation in pieces whose places are known; None where one is empty or does not fit."""
        ours, theirs = _placed(self._source, source), _placed(self._target, target)
        if not ours or not theirs or max(len(ours), len(theirs)) >= self.limit:
            return None
        return Pair(ours, theirs)

    def usual_case(self, word: str) -> str:
        """The word in lower case where that is a commoner piece than the capitalised word, by the pieces' scores."""
        lower = word[:1].lower() + word[1:]
        scores = [self._score(form) for form in (word, lower)]
        return lower if scores[1] > scores[0] else word

    def _score(self, word: str) -> float:
        number = self._target.piece_to_id(SPACE + word)
        return float("-inf") if number == self._target.unk_id() else float(self._target.get_score(number))

    def output_limit(self, length: int) -> int:
        """How many pieces the translation of a source may have: twice the source's and a bit, however it is batched.

        A model that falls into a loop is stopped there; longer true translations were not seen in the test sets.
        """
        return min(self.limit - 1, 2 * _rounded_up(length, STEP) + SLACK)

    def allowed(self, language: Language) -> list[str]:
        """The pieces that a translation into a language may be made of, in vocabulary order.

        English is written without Devanagari letters; Hindi may hold Latin letters (names, units, addresses), so
        for Hindi everything is allowed but the unknown sign.
        """
        other = LETTERS["hi"]
        return [
            piece
            for piece, _ in sorted(self.vocabulary.items(), key=lambda item: item[1])
            if piece not in (UNKNOWN, "<pad>") and not (language == "en" and other.search(piece))
        ]
