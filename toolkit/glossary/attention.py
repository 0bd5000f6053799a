"""Repair by attention: the words that the engine wrote while it looked at the term are replaced.

Only models whose attention was trained as a word aligner can be trusted with this (Marian's guided alignment, after
Chen et al. 2016); whether one was is measured, see `toolkit.calibration`. The words must stand together, hold no figure
and no other term, and look at the term with most of their weight; the acceptance test has the last word.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from toolkit.glossary.repair import WORD, Accept, Case, replacing
from toolkit.segment import Alignment, TermHit

ATTENTION = "attention"
WEIGHT = 0.6  # of a word's attention that must lie on the term; the bundled models reach 0.9 on names and figures
GLANCE = 0.3  # of a word's attention that makes it look at one of the term's words
COVERED = {"name": 0.3, "term": 0.6, "pattern": 0.6}  # share of the term's words that the run must look at
LONGER = 2  # words by which the replaced span may be longer than the longest approved form

_SMALL = frozenset({"the", "a", "an", "of", "for", "in", "on", "and", "to", "by", "with", "at"})


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    weight: float


def repair_by_attention(case: Case, alignment: Alignment, accept: Accept) -> None:
    """Step 6: replace the words that look at a missing term.

    Args:
        case: The sentence; `alignment` is between its source and its text as they stand.
        alignment: Which source span each span of the text looks at.
        accept: The acceptance test of the checks.
    """
    found = [(number, run) for number in case.missing if (run := _run(case, case.hits[number], alignment))]
    for number, run in sorted(found, key=lambda one: -one[1][0].start):  # the last first: offsets before it stay true
        start, end = run[0].start, run[-1].end
        if case.free(start, end):
            weight = sum(word.weight for word in run) / len(run)
            evidence = f"“{case.text[start:end]}” was written while looking at it ({weight:.2f})"
            case.attempt(number, replacing(case, (start, end), case.hits[number], ATTENTION, evidence), accept)


def words_looking_at(source: tuple[int, int], text: str, alignment: Alignment) -> str:
    """The one run of words of a translation that looks at a span of its source; empty where there is none."""
    words = [
        _Word(match.start(), match.end(), match[0], alignment.weight(match.span(), source))
        for match in WORD.finditer(text)
    ]
    runs = _runs(words)
    return text[runs[0][0].start : runs[0][-1].end] if len(runs) == 1 else ""


def _run(case: Case, hit: TermHit, alignment: Alignment) -> list[_Word] | None:
    """The one run of words that looks at a term; None where there is none, or several, or it is too long."""
    runs = _runs(list(_looking(case, hit, alignment)))
    if len(runs) != 1:
        return None
    longest = max(len(form.split()) for form in (hit.target, *hit.accepted, hit.surface))
    too_long = len(runs[0]) > longest + LONGER
    figures = any(c.isdigit() for word in runs[0] for c in word.text)
    return None if too_long or figures or _covered(runs[0], hit, alignment) < COVERED[hit.kind] else runs[0]


def _covered(run: list[_Word], hit: TermHit, alignment: Alignment) -> float:
    """The share of the term's words that some word of the run looks at: half a rendering is none."""
    spans = [(hit.start + word.start(), hit.start + word.end()) for word in WORD.finditer(hit.surface)]
    seen = [any(alignment.weight((word.start, word.end), span) >= GLANCE for word in run) for span in spans]
    return sum(seen) / len(seen) if seen else 0.0


def _looking(case: Case, hit: TermHit, alignment: Alignment) -> Iterator[_Word]:
    """Every word of the text with the share of its attention that lies on a term; 0 where another term holds it."""
    for match in WORD.finditer(case.text):
        start, end = match.span()
        weight = alignment.weight((start, end), (hit.start, hit.end)) if case.free(start, end) else 0.0
        yield _Word(start, end, match[0], weight)


def _runs(words: list[_Word]) -> list[list[_Word]]:
    """The runs of words that look at the term, without the small words at their ends."""
    runs = (_trimmed(list(group)) for looks, group in groupby(words, _looks(words)) if looks)
    return [run for run in runs if run]


def _looks(words: list[_Word]) -> Callable[[_Word], bool]:
    """Whether a word belongs to a run: it looks at the term, or it is a small word between two that do."""
    looks = [word.weight >= WEIGHT for word in words]
    between = [
        word.text.lower() in _SMALL and 0 < place < len(words) - 1 and looks[place - 1] and looks[place + 1]
        for place, word in enumerate(words)
    ]
    return {word: one or other for word, one, other in zip(words, looks, between, strict=True)}.__getitem__


def _trimmed(run: list[_Word]) -> list[_Word]:
    """A run without the small words at its ends, which belong to the sentence."""
    while run and run[0].text.lower() in _SMALL:
        run = run[1:]
    while run and run[-1].text.lower() in _SMALL:
        run = run[:-1]
    return run
