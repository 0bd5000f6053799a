"""Enforce: every term occurrence is in the translation in an approved form, or is listed as unresolved.

Translate plainly, verify, repair only the misses: masking every term up front hurts (a Marian model given tagged terms
fell from 48.8 to 17.5 % success at WMT25), while repair won WMT23. The ladder, first success wins:

1. assembly: a sentence that is nothing but terms, figures and signs is put together from their targets
2. rendering: a known rendering of the term is replaced in place
3. phonetic: for names, the words that sound like it are replaced in place
4. n-best: another hypothesis of the engine holds the term
5. injection: the sentence is translated again with plain-letter targets placed in the source, whole or in ever shorter
   clauses, their marks restored
6. attention: the words that the engine wrote while it looked at the term are replaced in place, for engines whose
   attention is an aligner
7. otherwise the occurrence is unresolved, and the translation stays as it is

Engine calls are gathered over all sentences, so that a batch costs one or two of them however many terms it misses.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from toolkit.glossary.attention import repair_by_attention
from toolkit.glossary.injection import inject
from toolkit.glossary.repair import Case, shifted
from toolkit.glossary.workshop import Workshop
from toolkit.segment import Segment, Sentence, TermHit, TermOutcome

__all__ = ["Workshop", "enforce"]


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
    workshop.repair(open_cases, {})
    open_cases = _still_open(open_cases)
    # Of every term of these sentences, not only the missing ones: a new translation may miss others.
    known = workshop.renderings(hit.surface for case in open_cases for hit in case.hits)
    workshop.repair(open_cases, known)
    inject(_still_open(open_cases), known, workshop)
    _repair_by_attention(_still_open(open_cases), workshop)
    return [_finished(segment, where, cases) for where, segment in enumerate(segments)]


def _hits_in(segment: Segment, sentence: Sentence) -> tuple[TermHit, ...]:
    first = bisect_left(segment.hits, sentence.start, key=lambda hit: hit.start)
    last = bisect_left(segment.hits, sentence.start + len(sentence.source), key=lambda hit: hit.start)
    return tuple(shifted(hit, -sentence.start) for hit in segment.hits[first:last])


def _still_open(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.missing]


def _repair_by_attention(cases: Sequence[Case], workshop: Workshop) -> None:
    alignments = workshop.align([(case.source, case.text) for case in cases])
    for case, alignment in zip(cases, alignments, strict=True):
        repair_by_attention(case, alignment, workshop.accept)


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
