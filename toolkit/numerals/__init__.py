"""Reads figures by value in both languages and compares them.

A figure is a number written with digits, ASCII or Devanagari, grouped the Indian (1,25,000), the western (125,000) or
the spaced way, together with the multiplier behind it: `1,100 अरब`, `1,100 billion` and `1.1 trillion` are the same
figure. Signs, percent signs, ordinal endings and letters around the digits do not count: `35वाँ`, `35th` and `COVID-35`
hold 35; `10-12`, `7/7`, `10:30` and `10/07/2023` hold two or three figures each.

Numbers spelled out in words are read too, but they are *optional*: एक and "one" are mostly articles, and translators
write digits for words and back. A spelled-out number may pair with a figure of the other text; it is never required.
A number with any digit in it is never optional (`5 लाख`, `साढ़े 3 करोड़`).

Not read: दोनों, आधा, लाखों, "hundreds of", and a bare "5m" or "5k" without a currency (metres, kilometres).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from toolkit.languages import Language
from toolkit.numerals.grammar import Figure, read_figures

__all__ = ["Figure", "FigureDifference", "compare", "figures", "same_figures"]


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """Where the figures of a source and its translation part.

    Attributes:
        missing: Figures of the source that the target lacks, in order, with offsets in the source.
        extra: Figures of the target that the source lacks, in order, with offsets in the target.
    """

    missing: tuple[Figure, ...] = ()
    extra: tuple[Figure, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)


@lru_cache(maxsize=256)  # the same source meets one candidate translation after the other
def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """All numbers of a text in order: those written with digits, and those spelled out (`Figure.spelled`)."""
    return tuple(read_figures(text, language))


def compare(source: str, source_language: Language, target: str, target_language: Language) -> FigureDifference:
    """The figures that a translation lost and those it made up, by value.

    Every figure written with digits needs its own partner on the other side; a spelled-out number may be that partner
    and needs none itself. Values are compared exactly (3.50 = 3.5).
    """
    ours, theirs = figures(source, source_language), figures(target, target_language)
    return FigureDifference(_unpaired(ours, theirs), _unpaired(theirs, ours))


def same_figures(before: str, after: str, language: Language) -> bool:
    """Whether two texts in one language hold the same values equally often, spelled-out ones included.

    This proves that an edit of a translation kept all its figures.
    """
    if before == after:
        return True
    return _values(figures(before, language)) == _values(figures(after, language))


def _unpaired(required: Iterable[Figure], offered: Iterable[Figure]) -> tuple[Figure, ...]:
    free = _values(offered)
    unpaired = []
    for figure in required:
        if figure.spelled:
            continue
        if free[figure.value]:
            free[figure.value] -= 1
        else:
            unpaired.append(figure)
    return tuple(unpaired)


def _values(found: Iterable[Figure]) -> Counter[Fraction]:
    return Counter(figure.value for figure in found)
