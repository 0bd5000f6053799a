"""BLEU, chrF2 and chrF2++ as sacrebleu computes them, with its signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.evaluation.bootstrap import SAMPLES, Estimate, bootstrap, seed_of_environment


@dataclass(frozen=True, slots=True)
class Quality:
    """What some systems score against one reference.

    Attributes:
        estimates: By the measure's name, one estimate a system (0 to 100); p compares with the first system.
        signatures: By the measure's name, sacrebleu's account of how it was computed.
    """

    estimates: Mapping[str, Sequence[Estimate]]
    signatures: Mapping[str, str]


def metrics() -> dict[str, Any]:
    """The measures by name: new sacrebleu objects with its defaults, chrF2++ with word pairs."""
    from sacrebleu.metrics import BLEU, CHRF

    # `force` only silences a remark about tokenised text; scores and signature stay the same.
    return {"BLEU": BLEU(force=True), "chrF2": CHRF(), "chrF2++": CHRF(word_order=2)}


def quality(systems: Sequence[Sequence[str]], reference: Sequence[str], *, samples: int = SAMPLES) -> Quality:
    """Score translations of the same segments against a reference.

    Args:
        systems: The translations of each system, line by line; at least one segment.
        reference: The reference translations.
        samples: How many resamples the bootstrap takes.

    Raises:
        UsageError: the variable SACREBLEU_SEED is no number.
    """
    seed = seed_of_environment()
    estimates, signatures = {}, {}
    for name, metric in metrics().items():
        tables = [metric._extract_corpus_statistics(list(texts), [list(reference)]) for texts in systems]

        def score(sums: Any, metric: Any = metric) -> float:
            return float(metric._compute_score_from_stats(sums).score)

        estimates[name] = bootstrap(tables, score, samples=samples, seed=seed)
        signatures[name] = f"{metric.get_signature().format(short=False)}|bs:{samples}|seed:{seed}"
    return Quality(estimates, signatures)
