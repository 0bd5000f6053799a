"""The transformers engine: the reference that CTranslate2 is held against.

Same weights at float32, `early_stopping=True` as CTranslate2 does, and the same pieces forbidden by a bias on the
logits, give the same sentences greedy and with a beam. It is slow: use it to check, or where CTranslate2 has no build.
"""

import os
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.engines import Decoding, Progress
from toolkit.engines.pieces import Pieces
from toolkit.engines.registry import resolve, revision
from toolkit.errors import EngineError
from toolkit.languages import Direction
from toolkit.segment import Hypothesis

BATCH = 32


def load(model: str, direction: Direction, decoding: Decoding) -> "MarianEngine":
    """Load a model by alias, hub id or folder."""
    return MarianEngine(model, resolve(model, direction), direction, decoding)


class MarianEngine:
    """A Marian model run by transformers on torch, float32.

    Raises:
        EngineError: the weights cannot be loaded.
    """

    def __init__(self, model: str, folder: Path, direction: Direction, decoding: Decoding) -> None:
        import torch
        import transformers

        transformers.utils.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        self.direction = direction
        self._decoding = decoding
        self._pieces = Pieces(folder)
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
                self._tokenizer = transformers.MarianTokenizer.from_pretrained(folder)
                self._model = transformers.MarianMTModel.from_pretrained(
                    folder, dtype=torch.float32, attn_implementation="eager"
                ).eval()
        except (OSError, ValueError, RuntimeError) as error:
            raise EngineError(f"{folder}: cannot be loaded ({error}); is the model complete?") from error
        torch.set_num_threads(os.cpu_count() or 1)
        self._forbid()
        self._signature = {
            "engine": f"transformers-{transformers.__version__}",
            "model": model,
            "revision": revision(folder),
            "decoding": f"beam{decoding.beam}-float32",
        }

    def _forbid(self) -> None:
        """Rule out, before the softmax, every piece that is not of the target's script."""
        vocabulary = self._pieces.vocabulary
        allowed = {vocabulary[piece] for piece in self._pieces.allowed(self.direction.target)}
        forbidden = [number for number in vocabulary.values() if number not in allowed]
        self._model.final_logits_bias[0, forbidden] = float("-inf")

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
        """For each sentence its best hypotheses; see `Engine.translate`. Batches are sorted by length."""
        limit = self._pieces.output_limit(self._pieces.encode(sentences)) if sentences else 0
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        hypotheses: list[tuple[Hypothesis, ...]] = [()] * len(sentences)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            results = self._translate_batch([sentences[index] for index in batch], n_best, limit, attention)
            for index, found in zip(batch, results, strict=True):
                hypotheses[index] = found
            if progress is not None:
                progress(len(batch))
        return hypotheses

    def _translate_batch(
        self, batch: list[str], n_best: int, limit: int, attention: bool
    ) -> list[tuple[Hypothesis, ...]]:
        import torch

        count = min(n_best, self._decoding.beam)
        inputs = self._tokenizer(batch, return_tensors="pt", padding=True)
        with torch.inference_mode():
            output = self._model.generate(
                **inputs,
                num_beams=self._decoding.beam,
                num_return_sequences=count,
                early_stopping=self._decoding.beam > 1,
                do_sample=False,
                max_length=None,
                max_new_tokens=limit,
                min_new_tokens=1,  # CTranslate2 never ends a translation before its first piece
                forced_eos_token_id=None,
                return_dict_in_generate=True,
                output_scores=True,
            )
        rows = [self._read(inputs, output, row, row // count, attention) for row in range(len(batch) * count)]
        return [tuple(rows[start : start + count]) for start in range(0, len(rows), count)]

    def _read(self, inputs: Any, output: Any, row: int, source_row: int, attention: bool) -> Hypothesis:
        end = self._model.config.eos_token_id
        tokens = output.sequences[row, 1:].tolist()
        tokens = tokens[: tokens.index(end)] if end in tokens else tokens
        pieces = tuple(self._tokenizer.convert_ids_to_tokens(tokens))
        source = inputs["input_ids"][source_row][inputs["attention_mask"][source_row].bool()]
        score = float(output.sequences_scores[row]) if "sequences_scores" in output else 0.0
        looked: tuple[tuple[float, ...], ...] = ()
        if attention:
            looked = self._attention(source, output.sequences[row, : len(tokens)])
        return Hypothesis(
            text=self._pieces.decode(pieces),
            score=score,
            pieces=pieces,
            source_pieces=tuple(self._tokenizer.convert_ids_to_tokens(source.tolist())),
            attention=looked,
        )

    def _attention(self, source: Any, prefix: Any) -> tuple[tuple[float, ...], ...]:
        """Head 0 of the last decoder layer, the one that Marian's guided alignment trains."""
        import torch

        with torch.inference_mode():
            forward = self._model(
                input_ids=source[None], decoder_input_ids=prefix[None], output_attentions=True, use_cache=False
            )
        rows = forward.cross_attentions[-1][0, 0]
        return tuple(tuple(row) for row in rows.tolist())
