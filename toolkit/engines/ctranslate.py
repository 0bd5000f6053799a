"""CTranslate2: the default engine, 8-bit weights on all cores.

Settings after measurements on two cores: one thread per batch and as many batches at once as there are cores, 1,024
tokens a batch. A third of transformers' processor time in sorted batches, a twelfth of it one by one, a fifth of
the memory. The target vocabulary is restricted to the target's script when the model is converted, and the unknown
sign is never generated.

A batch holds sentences with equally many pieces. Nothing is padded then, so a sentence is translated to the last bit
alike in whatever company it comes: a run that is resumed, or spread over machines, gives what a single run gives.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit.engines import Decoding, Progress
from toolkit.engines.conversion import converted
from toolkit.engines.loading import reason
from toolkit.engines.model import MarianModel
from toolkit.engines.pieces import batches
from toolkit.engines.registry import resolve, revision
from toolkit.errors import EngineError
from toolkit.languages import Direction
from toolkit.segment import Alignment, Hypothesis

AHEAD = 4  # batches waiting per thread: enough to keep it busy, few enough to stop soon when interrupted


def load(model: str, direction: Direction, decoding: Decoding) -> "CTranslateEngine":
    """Load a model by alias, hub id or folder; convert it if this is the first time."""
    return CTranslateEngine(model, resolve(model, direction), direction, decoding)


class CTranslateEngine(MarianModel):
    """A Marian model run by CTranslate2.

    Raises:
        EngineError: the converted model cannot be loaded.
    """

    def __init__(self, model: str, folder: Path, direction: Direction, decoding: Decoding) -> None:
        import ctranslate2

        super().__init__(folder, direction, decoding)
        self._threads = os.cpu_count() or 1
        fingerprint = revision(folder)
        place = converted(folder, fingerprint, direction, decoding.quantization)
        try:
            self._translator = ctranslate2.Translator(
                str(place),
                compute_type=decoding.quantization,
                inter_threads=self._threads,
                intra_threads=1,
                max_queued_batches=-1,  # all may wait: handing over a batch never blocks
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                f"{place}: cannot be loaded ({reason(error)}); delete that folder and try again."
            ) from error
        self._sign(f"ctranslate2-{ctranslate2.__version__}", model, fingerprint, decoding.quantization)

    def translate(
        self, sentences: Sequence[str], *, n_best: int = 1, progress: Progress | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        """For each sentence its best hypotheses; see `Engine.translate`."""
        sources, hypotheses = self._begun(sentences, progress)
        for places, pending in self._in_turn(sources, n_best):
            for place, future in zip(places, pending, strict=True):
                hypotheses[place] = self._read(sources[place], future.result())
            if progress is not None:
                progress(len(places))
        return hypotheses

    def _in_turn(self, sources: list[list[str]], n_best: int) -> Iterator[tuple[list[int], list[Any]]]:
        """Batches being translated: their places in `sources`, and their results to be waited for."""
        waiting: deque[tuple[list[int], list[Any]]] = deque()
        for places in batches(sources):
            waiting.append((places, self._submit([sources[place] for place in places], n_best)))
            if len(waiting) > AHEAD * self._threads:
                yield waiting.popleft()
        yield from waiting

    def _submit(self, sources: list[list[str]], n_best: int) -> list[Any]:
        """Hands over sentences with equally many pieces."""
        beam = self._decoding.beam
        pending: list[Any] = self._translator.translate_batch(
            sources,
            beam_size=beam,
            num_hypotheses=min(n_best, beam),
            max_batch_size=len(sources),
            max_input_length=0,
            max_decoding_length=self._pieces.output_limit(len(sources[0])),
            use_vmap=True,
            disable_unk=True,
            return_scores=True,
            asynchronous=True,
        )
        return pending

    def _read(self, source: list[str], result: Any) -> tuple[Hypothesis, ...]:
        return tuple(
            Hypothesis(self._pieces.decode(pieces), score, tuple(pieces), tuple(source))
            for pieces, score in zip(result.hypotheses, result.scores, strict=True)
        )

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """Which part of each source its translation looks at; see `Engine.align`."""
        ready = [self._pieces.pair(source, target) for source, target in pairs]
        fitting = [pair for pair in ready if pair is not None]
        looked = self._translator.translate_batch(
            [pair.source_pieces for pair in fitting],
            target_prefix=[pair.target_pieces for pair in fitting],
            beam_size=1,  # with a beam, CTranslate2 mixes up the attention of the sentences of a batch
            max_batch_size=1,
            max_input_length=0,
            max_decoding_length=self._pieces.limit,
            return_attention=True,
        )
        results = iter(looked)
        return [pair.aligned(next(results).attention[0]) if pair is not None else Alignment() for pair in ready]
