"""Term success and consistency: how many of the required term occurrences a translation holds.

| measure     | an occurrence is held where an approved form …                                                |
|-------------|-----------------------------------------------------------------------------------------------|
| success     | stands, cased, between word borders, in a span that no other occurrence holds (exclusive)     |
| uncased     | the same, whatever the case                                                                   |
| upper bound | stands, cased, between word borders; occurrences may share a span                             |
| lenient     | is a substring of the translation, whatever the case; counted once a term and segment         |

Exclusive maximal matching is how WMT26 evaluates terminology; the lenient measure is WMT25's term success rate on its
surface forms and serves comparison with published figures. Micro is over occurrences, macro over terms, which keeps a
few frequent terms from deciding everything.

Consistency follows WMT25: the share of a term's occurrences that are rendered like its pseudo-reference, which is its
most frequent rendering, or the glossary's target ("predefined"). A rendering here is the approved form that stands;
where none does, the occurrence agrees with nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.evaluation.sets import Item, Scope, folded
from toolkit.glossary.spans import approved, place
from toolkit.segment import TermHit
from toolkit.text import occurrences


@dataclass(frozen=True, slots=True)
class TermScores:
    """What a translation of a test set scores on terms; shares from 0 to 1, 1 where nothing is required.

    Attributes:
        occurrences: How many are required.
        terms: Of how many different terms.
        success: Exclusive and cased, micro.
        success_uncased: Exclusive, whatever the case, micro.
        macro: Exclusive and cased, averaged over the terms.
        macro_uncased: Exclusive, whatever the case, averaged over the terms.
        upper: Cased, spans may be shared, micro: no exclusive matching can exceed it.
        lenient: WMT25's term success rate: substrings, whatever the case.
        consistency: Share of occurrences rendered like the term's most frequent rendering.
        consistency_predefined: Share of occurrences rendered like the glossary's target.
        segments: For each segment the held (exclusive, cased) and the required occurrences, for resampling.
    """

    occurrences: int
    terms: int
    success: float
    success_uncased: float
    macro: float
    macro_uncased: float
    upper: float
    lenient: float
    consistency: float
    consistency_predefined: float
    segments: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a translation holds of its required occurrences, one value each.

    Attributes:
        row: The glossary row.
        cased: Exclusive and cased.
        uncased: The number of the approved form that stands, exclusive, whatever the case; None where none does.
        standing: Cased, spans may be shared.
        lenient: A substring, whatever the case.
    """

    row: str
    cased: bool
    uncased: int | None
    standing: bool
    lenient: bool


def judge(text: str, hits: Sequence[TermHit]) -> list[Verdict]:
    """Hold a translation, in NFC, against the occurrences it must hold."""
    low = text.casefold()
    plain = [folded(hit) for hit in hits]
    cased, uncased = place(text, hits), place(low, plain)
    return [
        Verdict(
            row=hit.row,
            cased=number in cased,
            uncased=approved(plain[number]).index(uncased[number].form) if number in uncased else None,
            standing=number in cased or any(_stands(text, form) for form in approved(hit)),
            lenient=any(form in low for form in approved(plain[number])),
        )
        for number, hit in enumerate(hits)
    ]


def _stands(text: str, form: str) -> bool:
    return next(occurrences(text, form), None) is not None


def term_scores(items: Sequence[Item], texts: Sequence[str], scope: Scope = "attested") -> TermScores:
    """Score translations of a test set on terms.

    Args:
        items: The segments.
        texts: Their translations, in NFC, in the same order.
        scope: Which occurrences are required.
    """
    judged = [judge(text, item.required(scope)) for item, text in zip(items, texts, strict=True)]
    verdicts = [verdict for segment in judged for verdict in segment]
    rows: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        rows.setdefault(verdict.row, []).append(verdict)
    return TermScores(
        occurrences=len(verdicts),
        terms=len(rows),
        success=share(verdict.cased for verdict in verdicts),
        success_uncased=share(verdict.uncased is not None for verdict in verdicts),
        macro=_mean([share(verdict.cased for verdict in row) for row in rows.values()]),
        macro_uncased=_mean([share(verdict.uncased is not None for verdict in row) for row in rows.values()]),
        upper=share(verdict.standing for verdict in verdicts),
        lenient=share(lenient for segment in judged for lenient in _by_term(segment)),
        consistency=_consistency(rows),
        consistency_predefined=share(verdict.uncased == 0 for verdict in verdicts),
        segments=tuple((sum(verdict.cased for verdict in segment), len(segment)) for segment in judged),
    )


def share(held: Iterable[bool]) -> float:
    """The share of what holds; 1 where there is nothing."""
    values = list(held)
    return sum(values) / len(values) if values else 1.0


def success_of(held_and_required: Sequence[float]) -> float:
    """Term success from the sums over segments; 1 where nothing is required."""
    held, required = held_and_required
    return float(held / required) if required else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _by_term(segment: Sequence[Verdict]) -> Iterator[bool]:
    """The lenient verdict of each term of a segment, once."""
    yield from {verdict.row: verdict.lenient for verdict in segment}.values()


def _consistency(rows: Mapping[str, Sequence[Verdict]]) -> float:
    renderings = (Counter(verdict.uncased for verdict in row if verdict.uncased is not None) for row in rows.values())
    agreeing = sum(max(counts.values(), default=0) for counts in renderings)
    total = sum(map(len, rows.values()))
    return agreeing / total if total else 1.0
