"""CTranslate2: the default engine, 8-bit weights on all cores.

Settings after measurements on two cores: one thread per batch and as many batches at once as there are cores,
1,024 tokens a batch, sorted by length. A third of transformers' processor time in sorted batches, a twelfth of it one
by one, a fifth of the memory. The target vocabulary is restricted to the target's script when the model is converted,
and the unknown sign is never generated.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.engines import Decoding, Progress
from toolkit.engines.conversion import converted
from toolkit.engines.pieces import Pieces
from toolkit.engines.registry import resolve, revision
from toolkit.errors import EngineError
from toolkit.languages import Direction
from toolkit.segment import Hypothesis

BATCH_TOKENS = 1024


def load(model: str, direction: Direction, decoding: Decoding) -> "CTranslateEngine":
    """Load a model by alias, hub id or folder; convert it if this is the first time."""
    return CTranslateEngine(model, resolve(model, direction), direction, decoding)


class CTranslateEngine:
    """A Marian model run by CTranslate2.

    Raises:
        EngineError: the converted model cannot be loaded.
    """

    def __init__(self, model: str, folder: Path, direction: Direction, decoding: Decoding) -> None:
        import ctranslate2

        self.direction = direction
        self._decoding = decoding
        self._pieces = Pieces(folder)
        place = converted(folder, direction, decoding.quantization)
        try:
            self._translator = ctranslate2.Translator(
                str(place), compute_type=decoding.quantization, inter_threads=os.cpu_count() or 1, intra_threads=1
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"{place}: cannot be loaded ({error}); delete that folder and try again.") from error
        self._signature = {
            "engine": f"ctranslate2-{ctranslate2.__version__}",
            "model": model,
            "revision": revision(folder),
            "decoding": f"beam{decoding.beam}-{decoding.quantization}",
        }

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

    def translate(
        self, sentences: Sequence[str], *, n_best: int = 1, attention: bool = False, progress: Progress | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        """For each sentence its best hypotheses; see `Engine.translate`."""
        if not sentences:
            return []
        sources = self._pieces.encode(sentences)
        beam = self._decoding.beam
        pending = self._translator.translate_batch(
            sources,
            beam_size=beam,
            num_hypotheses=min(n_best, beam),
            # With a beam, CTranslate2 mixes up the attention of the sentences of a batch: one at a time then.
            max_batch_size=1 if attention else BATCH_TOKENS,
            batch_type="examples" if attention else "tokens",
            max_input_length=0,
            max_decoding_length=self._pieces.output_limit(sources),
            use_vmap=True,
            disable_unk=True,
            return_scores=True,
            return_attention=attention,
            asynchronous=True,
        )
        hypotheses = []
        for source, future in zip(sources, pending, strict=True):
            hypotheses.append(self._read(source, future.result(), attention))
            if progress is not None:
                progress(1)
        return hypotheses

    def _read(self, source: list[str], result: object, attention: bool) -> tuple[Hypothesis, ...]:
        read = []
        for rank, pieces in enumerate(result.hypotheses):  # type: ignore[attr-defined]
            looked = result.attention[rank] if attention else ()  # type: ignore[attr-defined]
            read.append(
                Hypothesis(
                    text=self._pieces.decode(pieces),
                    score=result.scores[rank],  # type: ignore[attr-defined]
                    pieces=tuple(pieces),
                    source_pieces=tuple(source),
                    attention=tuple(tuple(row) for row in looked),
                )
            )
        return tuple(read)
