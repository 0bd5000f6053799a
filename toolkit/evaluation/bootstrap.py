"""Paired bootstrap: how sure a figure is, and whether the difference of two systems could be chance.

The method is sacrebleu's (`sacrebleu.significance`, after Koehn 2004): segments are drawn with replacement, the same
ones for all systems and all measures; the half-width of the middle 95 % of the resampled scores is the figure's
uncertainty. With d the absolute difference of two systems in a resample, p is (1 + the number of resamples in which d
less the mean of d exceeds the observed difference) / (1 + resamples). Where no resample shows any difference p is 1;
sacrebleu would call that significant.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.errors import UsageError

SAMPLES = 1000
SEED = 12345

_BLOCK = 100  # resamples in memory at a time

Score = Callable[[Any], float]
"""A measure: from the sums of the segments' statistics, a vector, to the score of the whole."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score and how sure it is.

    Attributes:
        score: The score on the whole set.
        half_width: Half the width of its 95 % interval.
        p: How likely such a difference to the first system is by chance; None for the first system.
    """

    score: float
    half_width: float
    p: float | None = None


def seed_of_environment() -> int:
    """The seed: that of `SACREBLEU_SEED`, or sacrebleu's default.

    Raises:
        UsageError: the variable is no whole number of at least 0.
    """
    word = os.environ.get("SACREBLEU_SEED", str(SEED))
    if not word.isdecimal():
        raise UsageError(f"SACREBLEU_SEED is {word!r}; set it to a whole number, or unset it.")
    return int(word)


def bootstrap(systems: Sequence[Any], score: Score, *, samples: int = SAMPLES, seed: int = SEED) -> list[Estimate]:
    """Estimate the scores of some systems and hold the later ones against the first.

    Args:
        systems: For each system its statistics, one row of numbers a segment; all have the same segments.
        score: Makes a score of the sums of the rows.
        samples: How many resamples.
        seed: Where the draw begins; equal seeds draw equal segments for sets of equal length.
    """
    import numpy as np

    tables = [np.asarray(rows, dtype="float64") for rows in systems]
    whole = [score(table.sum(0)) for table in tables]
    drawn: list[list[float]] = [[] for _ in tables]
    for weights in _weights(len(tables[0]), samples, seed):
        for scores, table in zip(drawn, tables, strict=True):
            scores += [score(sums) for sums in weights @ table]
    first = np.array(drawn[0])
    estimates = [Estimate(whole[0], _half_width(first))]
    for total, scores in zip(whole[1:], drawn[1:], strict=True):
        resampled = np.array(scores)
        estimates.append(Estimate(total, _half_width(resampled), _p(first, resampled, abs(total - whole[0]))))
    return estimates


def _weights(segments: int, samples: int, seed: int) -> Iterator[Any]:
    """How often each segment is drawn in each resample, a block of resamples at a time."""
    import numpy as np

    dice = np.random.default_rng(seed)
    for begin in range(0, samples, _BLOCK):
        drawn = dice.choice(segments, size=(min(_BLOCK, samples - begin), segments), replace=True)
        yield np.stack([np.bincount(one, minlength=segments) for one in drawn]).astype("float64")


def _half_width(scores: Any) -> float:
    ordered = sorted(scores)
    left = len(ordered) // 40
    return float(0.5 * (ordered[len(ordered) - left - 1] - ordered[left]))


def _p(first: Any, other: Any, difference: float) -> float:
    differences = abs(other - first)
    if not differences.any():
        return 1.0
    above = int((differences - differences.mean() > difference).sum())
    return (above + 1) / (len(differences) + 1)
