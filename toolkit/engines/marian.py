"""The transformers engine: the reference that CTranslate2 is held against.

Same weights at float32, `early_stopping=True` as CTranslate2 does, and the same pieces forbidden by a bias on the
logits, give the same sentences greedy and with a beam. It is slow: use it to check, or where CTranslate2 has no build.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolkit.engines import Decoding, Progress
from toolkit.engines.loading import reading
from toolkit.engines.model import MarianModel
from toolkit.engines.pieces import STEP, UNKNOWN, Pair, batches
from toolkit.engines.registry import resolve, revision
from toolkit.languages import Direction
from toolkit.segment import Alignment, Hypothesis


def load(model: str, direction: Direction, decoding: Decoding) -> "MarianEngine":
    """Load a model by alias, hub id or folder."""
    return MarianEngine(model, resolve(model, direction), direction, decoding)


class MarianEngine(MarianModel):
    """A Marian model run by transformers on torch, float32.

    Raises:
        EngineError: the weights cannot be loaded.
    """

    def __init__(self, model: str, folder: Path, direction: Direction, decoding: Decoding) -> None:
        import torch
        import transformers

        super().__init__(folder, direction, decoding)
        fingerprint = revision(folder)
        with reading(folder):
            self._model = transformers.MarianMTModel.from_pretrained(
                folder,
                dtype=torch.float32,
                attn_implementation="eager",  # the only one that shows what it looks at
                weights_only=True,
                local_files_only=True,
            ).eval()
        self._forbid()
        self._sign(f"transformers-{transformers.__version__}", model, fingerprint, "float32")

    def _forbid(self) -> None:
        """Rule out, before the softmax, every piece that is not of the target's script."""
        vocabulary = self._pieces.vocabulary
        self._piece_of = {number: piece for piece, number in vocabulary.items()}
        allowed = {vocabulary[piece] for piece in self._pieces.allowed(self.direction.target)}
        forbidden = [number for number in vocabulary.values() if number not in allowed]
        self._model.final_logits_bias[0, forbidden] = float("-inf")

    def translate(
        self, sentences: Sequence[str], *, n_best: int = 1, progress: Progress | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        """For each sentence its best hypotheses; see `Engine.translate`. Batches hold sentences of like length."""
        sources, hypotheses = self._begun(sentences, progress)
        for places in batches(sources, STEP):
            found = self._translate_batch([sources[place] for place in places], n_best)
            for place, best in zip(places, found, strict=True):
                hypotheses[place] = best
            if progress is not None:
                progress(len(places))
        return hypotheses

    def _translate_batch(self, sources: list[list[str]], n_best: int) -> list[tuple[Hypothesis, ...]]:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        count = min(n_best, self._decoding.beam)
        vocabulary, unknown = self._pieces.vocabulary, self._pieces.vocabulary[UNKNOWN]
        inputs = [torch.tensor([vocabulary.get(piece, unknown) for piece in source]) for source in sources]
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=pad_sequence(inputs, batch_first=True, padding_value=self._model.config.pad_token_id),
                attention_mask=pad_sequence([torch.ones_like(row) for row in inputs], batch_first=True),
                num_beams=self._decoding.beam,
                num_return_sequences=count,
                early_stopping=self._decoding.beam > 1,
                do_sample=False,
                max_length=None,
                max_new_tokens=self._pieces.output_limit(max(map(len, sources))),
                min_new_tokens=1,  # CTranslate2 never ends a translation before its first piece
                forced_eos_token_id=None,
            )
            rows = [
                self._read(sources[row // count], inputs[row // count], sequence) for row, sequence in enumerate(output)
            ]
        return [tuple(rows[start : start + count]) for start in range(0, len(rows), count)]

    def _read(self, source: list[str], inputs: Any, sequence: Any) -> Hypothesis:
        """A hypothesis from its numbers; one more look at the whole of it gives its score."""
        end = self._model.config.eos_token_id
        numbers = sequence.tolist()
        closed = numbers[1:].index(end) + 2 if end in numbers[1:] else len(numbers)
        numbers = numbers[1:closed]
        looked = self._model(
            input_ids=inputs[None],
            decoder_input_ids=sequence[None, : len(numbers)],
            use_cache=False,
        )
        chosen = looked.logits[0].log_softmax(-1)[range(len(numbers)), numbers]
        pieces = tuple(self._piece_of[number] for number in numbers if number != end)
        return Hypothesis(self._pieces.decode(pieces), float(chosen.mean()), pieces, tuple(source))

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """Which part of each source its translation looks at; see `Engine.align`."""
        ready = (self._pieces.pair(source, target) for source, target in pairs)
        return [self._looked(pair) if pair is not None else Alignment() for pair in ready]

    def _looked(self, pair: Pair) -> Alignment:
        import torch

        vocabulary, unknown = self._pieces.vocabulary, self._pieces.vocabulary[UNKNOWN]
        known = [vocabulary.get(piece, unknown) for piece in pair.target_pieces]
        start = self._model.config.decoder_start_token_id
        with torch.inference_mode():
            looked = self._model(
                input_ids=torch.tensor([[vocabulary.get(piece, unknown) for piece in pair.source_pieces]]),
                decoder_input_ids=torch.tensor([[start, *known[:-1]]]),
                output_attentions=True,
                use_cache=False,
            )
        # Head 0 of the last decoder layer, the one that Marian's guided alignment trains.
        return pair.aligned(looked.cross_attentions[-1][0, 0].tolist())
