"""Enforce: every term occurrence is in the translation in an approved form, or is listed as unresolved.

Translate plainly, verify, repair only the misses: masking every term up front hurts (a Marian model given tagged terms
fell from 48.8 to 17.5 % success at WMT25), while repair won WMT23. The ladder, first success wins:

1. rendering: a known rendering of the term is replaced in place
2. phonetic: for names, the words that sound like it are replaced in place
3. injection: the sentence is translated again with the plain-letter target placed in the source, its marks restored
4. otherwise the occurrence is unresolved, and the translation stays as it is

Engine calls are gathered over all sentences, so that a batch costs one or two of them however many terms it misses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from toolkit.glossary.repair import Accept, Case, Names, repair_names, repair_renderings, shifted
from toolkit.segment import Edit, Segment, Sentence, TermHit, TermOutcome
from toolkit.text import strip_marks

INJECTION = "injection"

Candidates = Callable[[Sequence[str]], Sequence[Sequence[str]]]
"""For each source several translations, the most trusted first."""


@dataclass(slots=True)
class Workshop:
    """What the ladder needs from outside.

    Attributes:
        names: The glossary's names, to keep near neighbours apart.
        candidates: Translates sources, several ways each.
        accept: The acceptance test of the checks: nothing new is wrong.
        renderings: What the engine makes of a term alone, as far as it was asked.
    """

    names: Names
    candidates: Candidates
    accept: Accept
    renderings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def known(self, hit: TermHit) -> Sequence[str]:
        """The engine's renderings of a term alone that were asked for."""
        return self.renderings.get(hit.surface, ())


def enforce(segments: Sequence[Segment], workshop: Workshop) -> list[Segment]:
    """Bring every term occurrence of the segments into their targets, or say why not.

    Args:
        segments: With hits, and sentences that have hypotheses.
        workshop: The engine and the checks.

    Returns:
        The segments with targets, edits and one outcome per hit. A sentence without hits is untouched.
    """
    cases = {
        (where, place): Case(sentence.body, _hits_in(segment, sentence), sentence.hypothesis)
        for where, segment in enumerate(segments)
        for place, sentence in enumerate(segment.sentences)
        if segment.hits
    }
    open_cases = _still_open(list(cases.values()))
    _repair(open_cases, workshop)
    open_cases = _still_open(open_cases)
    _ask_alone(open_cases, workshop)
    _repair(open_cases, workshop)
    _inject(_still_open(open_cases), workshop)
    return [_finished(segment, where, cases) for where, segment in enumerate(segments)]


def _hits_in(segment: Segment, sentence: Sentence) -> tuple[TermHit, ...]:
    end = sentence.start + len(sentence.source)
    inside = (hit for hit in segment.hits if sentence.start <= hit.start < end)
    return tuple(shifted(hit, -sentence.start) for hit in inside)


def _still_open(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.missing]


def _repair(cases: Sequence[Case], workshop: Workshop) -> None:
    for case in cases:
        repair_renderings(case, workshop.known, workshop.accept)
        repair_names(case, workshop.names, workshop.accept)


def _ask_alone(cases: Sequence[Case], workshop: Workshop) -> None:
    """Ask the engine once what it makes of each missing term alone."""
    asked = dict.fromkeys(case.hits[number].surface for case in cases for number in case.missing)
    new = [surface for surface in asked if surface not in workshop.renderings]
    for surface, texts in zip(new, workshop.candidates(new), strict=True):
        found = (text.strip(" .,;:!?\"'") for text in texts)
        workshop.renderings[surface] = tuple(dict.fromkeys(text for text in found if text))


@dataclass(frozen=True, slots=True)
class _Injection:
    case: Case
    numbers: tuple[int, ...]
    source: str


def _inject(cases: Sequence[Case], workshop: Workshop) -> None:
    """Step 3, for all sentences at once: the missing terms placed, then all terms, then one missing term at a time."""
    tries = [_Injection(case, numbers, _injected(case, numbers)) for case in cases for numbers in _choices(case)]
    answers = workshop.candidates([attempt.source for attempt in tries])
    for attempt, texts in zip(tries, answers, strict=True):
        if attempt.case.missing:
            _take_best(attempt, texts, workshop)


def _choices(case: Case) -> list[tuple[int, ...]]:
    missing = tuple(case.missing)
    choices = [missing, tuple(range(len(case.hits))), *((number,) for number in missing)]
    return list(dict.fromkeys(choices))


def _injected(case: Case, numbers: Sequence[int]) -> str:
    """The source with plain-letter targets in place of some terms."""
    source = case.source
    for hit in sorted((case.hits[number] for number in numbers), key=lambda hit: -hit.start):
        before, after = source[: hit.start], source[hit.end :]
        space = " " if after[:1].isalnum() else ""
        source = f"{before}{strip_marks(hit.target)}{space}{after}"
    return source


def _take_best(attempt: _Injection, texts: Sequence[str], workshop: Workshop) -> None:
    """Take the first candidate that gains the most terms and passes the acceptance test."""
    case, best = attempt.case, None
    for text in dict.fromkeys(texts):
        trial = Case(case.source, case.hits, text)
        repair_renderings(trial, workshop.known, workshop.accept)
        repair_names(trial, workshop.names, workshop.accept)
        gains = case.placed.keys() < trial.placed.keys() and (best is None or len(trial.placed) > len(best.placed))
        if gains and workshop.accept(case.source, case.text, trial.text):
            best = trial
    if best is None:
        return
    placed = ", ".join(strip_marks(case.hits[number].target) for number in attempt.numbers)
    evidence = f"translated again with {placed} in the source"
    row = case.hits[case.missing[0]].row
    for number in case.missing:
        if number in best.placed:
            case.how[number] = (INJECTION, evidence)
    case.edits += [Edit(0, case.text, best.hypothesis, INJECTION, row, evidence), *best.edits]
    case.text, case.placed = best.text, best.placed


def _finished(segment: Segment, where: int, cases: dict[tuple[int, int], Case]) -> Segment:
    """The segment with what its cases came to, offsets counted in the paragraph again."""
    sentences: list[Sentence] = []
    outcomes: list[TermOutcome] = []
    target = ""
    for place, sentence in enumerate(segment.sentences):
        case = cases.get((where, place))
        text = case.text if case is not None else sentence.hypothesis
        if case is not None:
            outcomes += [_outcome(case, number, sentence.start, len(target)) for number in range(len(case.hits))]
        sentences.append(replace(sentence, target=text, edits=tuple(case.edits) if case else ()))
        target += text + sentence.gap
    return replace(segment, sentences=tuple(sentences), outcomes=tuple(outcomes), target=target)


def _outcome(case: Case, number: int, source_start: int, target_start: int) -> TermOutcome:
    hit = shifted(case.hits[number], source_start)
    span = case.placed.get(number)
    if span is None:
        return TermOutcome(hit, "unresolved", evidence=_reason(case, number))
    start, end = span.start + target_start, span.end + target_start
    step, evidence = case.how.get(number, ("", ""))
    if step:
        return TermOutcome(hit, "repaired", start, end, step, evidence)
    return TermOutcome(hit, "right", start, end, "", f"the engine wrote “{span.form}”")


def _reason(case: Case, number: int) -> str:
    hit = case.hits[number]
    if not case.text:
        return "the translation is empty"
    same = sum(1 for other in case.hits if other.target == hit.target)
    held = sum(1 for place in case.placed if case.hits[place].target == hit.target)
    if held:
        return f"{same} are required, only {held} could be placed"
    return "no rendering was recognised, and no new translation with the term in its source passed the checks"
