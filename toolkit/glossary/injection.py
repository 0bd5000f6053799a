"""Retelling: a sentence that misses terms is told by another hypothesis, or translated again with the terms placed.

Placed means that plain-letter targets stand in the source, whole or cut into ever shorter clauses: in a short clause a
model hardly fails to copy a name. A new translation wins terms and may lose something else, so it has to pass more
than the checks: no term that held is lost, what is negated stays negated, and most of the wording stays. Of those that
win as many terms, one is preferred in which no term stands more often than it is required, and beside which no
misspelt copy is left.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass

import regex

from toolkit.glossary.entry import KINDS
from toolkit.glossary.phonetic import repair_names, sounding_like
from toolkit.glossary.repair import Case, Known
from toolkit.glossary.workshop import Candidates, Workshop
from toolkit.segment import Edit, TermHit
from toolkit.text import LETTER, NOT_AFTER, occurrences, strip_marks

N_BEST = "n-best"
INJECTION = "injection"
LIKE = 0.5  # of the characters must stay, in order; of two unrelated sentences about 0.4 do
SHORT = 5  # words; shorter translations may change altogether
COPY = 0.75  # similarity of sound from which a word beside a term counts as a misspelt copy of it

Choice = Callable[[Case], list[tuple[int, ...]]]
"""Which terms of a sentence are placed in its source together."""

_NEGATION = regex.compile(r"\b(?:not?|never|nor|none|without|cannot)\b|n['’]t\b", regex.IGNORECASE)


@dataclass(slots=True)
class _Retelling:
    """A sentence that is translated again.

    Attributes:
        case: How it stands now.
        before: How it stood before: every new translation is held against that.
        clean: Whether what stands now repeats no term and leaves no misspelt copy of one.
    """

    case: Case
    before: Case
    clean: bool = True

    @property
    def open(self) -> bool:
        """Whether another translation could be better."""
        return bool(self.case.missing) or not self.clean


def inject(cases: Sequence[Case], known: Known, workshop: Workshop) -> None:
    """Steps 4 and 5, round by round over the sentences that miss a term, the cheaper and safer rounds first.

    Args:
        cases: Sentences that miss terms.
        known: What the engine makes of their terms.
        workshop: The engine and the checks.
    """
    whole, clauses = workshop.candidates, workshop.clause_candidates
    rounds: tuple[tuple[Choice, Candidates], ...] = (
        (_none, whole),
        (_missing, whole),
        (_all, whole),
        (_missing, clauses),
        (_one_by_one, whole),
        (_one_by_one, clauses),
        (_all, clauses),
    )
    retellings = [_Retelling(case, copy(case)) for case in cases]
    for choice, candidates in rounds:
        tries = [(one, numbers) for one in retellings if one.open for numbers in choice(one.before)]
        answers = candidates([_injected(one.before, numbers) for one, numbers in tries])
        for (one, numbers), texts in zip(tries, answers, strict=True):
            _take_best(one, numbers, texts, known, workshop)


def _none(case: Case) -> list[tuple[int, ...]]:
    return [()]


def _missing(case: Case) -> list[tuple[int, ...]]:
    return [tuple(case.missing)]


def _all(case: Case) -> list[tuple[int, ...]]:
    return [tuple(range(len(case.hits)))]


def _one_by_one(case: Case) -> list[tuple[int, ...]]:
    return [(number,) for number in case.missing if len(case.missing) > 1]


def _injected(case: Case, numbers: Sequence[int]) -> str:
    """The source with plain-letter targets in place of some terms."""
    source = case.source
    for hit in sorted((case.hits[number] for number in numbers), key=lambda hit: -hit.start):
        before, after = source[: hit.start], source[hit.end :]
        space = " " if after[:1].isalnum() else ""
        source = f"{before}{strip_marks(hit.target)}{space}{after}"
    return source


def _take_best(one: _Retelling, numbers: Sequence[int], texts: Sequence[str], known: Known, workshop: Workshop) -> None:
    """Take the candidate that holds the most terms, a clean one before others, if it passes; the first of equals."""
    before, best, clean = one.before, one.case, one.clean
    for text in dict.fromkeys(texts):
        trial = _trial(before, numbers, text, known, workshop)
        if not before.placed.keys() < trial.placed.keys() or len(trial.placed) < len(best.placed):
            continue
        tidy = not _too_often(before, trial) and not _copied(before, trial)
        better = (len(trial.placed), tidy) > (len(best.placed), clean)
        if better and _told_alike(before.text, trial.text) and workshop.accept(before.source, before.text, trial.text):
            best, clean = trial, tidy
    if best is not one.case:
        _take(one, best, numbers)
        one.clean = clean


def _take(one: _Retelling, best: Case, numbers: Sequence[int]) -> None:
    case, before = one.case, one.before
    placed = ", ".join(strip_marks(case.hits[number].target) for number in numbers)
    step = INJECTION if numbers else N_BEST
    evidence = f"translated again with {placed} in the source" if numbers else "another hypothesis of the engine"
    row = case.hits[before.missing[0]].row
    case.how = {number: (step, evidence) for number in best.placed if number in {*before.missing, *before.how}}
    case.edits = [*before.edits, Edit(0, before.text, best.hypothesis, step, row, evidence), *best.edits]
    case.text, case.placed = best.text, best.placed


def _trial(case: Case, numbers: Sequence[int], text: str, known: Known, workshop: Workshop) -> Case:
    """A new translation with all that can be repaired in place: marks restored, copies that came out misspelt too."""
    trial = Case(case.source, case.hits, text)
    for number in numbers:
        _part(trial, case.hits[number])
    workshop.repair([trial], known)
    repair_names(trial, workshop.names, workshop.accept, KINDS)
    return trial


def _part(trial: Case, hit: TermHit) -> None:
    """Part a capitalised target from the word it came out glued to: andSecretariat → and Secretariat."""
    plain = strip_marks(hit.target)
    if plain[:1].isupper():
        glued = regex.search(rf"(?<={LETTER})(?={regex.escape(plain)}{NOT_AFTER})", trial.text)
        if glued is not None:
            trial.apply(Edit(glued.start(), "", " ", INJECTION, hit.row, f"{plain} was glued to the word before"))


def _told_alike(before: str, after: str) -> bool:
    """Whether a new translation says what the old one said: negated or not alike, most of the wording kept."""
    from rapidfuzz.fuzz import ratio

    same = (_NEGATION.search(before) is None) == (_NEGATION.search(after) is None)
    return same and (len(before.split()) < SHORT or ratio(before.lower(), after.lower()) / 100 >= LIKE)


def _too_often(before: Case, trial: Case) -> bool:
    """Whether a target stands more often than it is required and than it stood."""
    required = Counter(hit.target for hit in trial.hits)
    return any(
        sum(1 for _ in occurrences(trial.text, target)) > max(count, sum(1 for _ in occurrences(before.text, target)))
        for target, count in required.items()
    )


def _copied(before: Case, trial: Case) -> bool:
    """Whether words that sound like a term that was won stand beside it and did not stand there before."""
    won = {trial.hits[number].target: number for number in before.missing if number in trial.placed}
    copies = (trial.text[start:end] for number in won.values() for _, start, end in sounding_like(trial, number, COPY))
    return any(copy not in before.text for copy in copies)
