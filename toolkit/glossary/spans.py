"""Verify: which term occurrences stand in a translation, each in a span of its own.

A form stands where it is written out, cased and with its marks, anchored at word borders. An occurrence that is
required three times needs three spans, and no two may overlap (exclusive maximal matching, as WMT26's terminology
evaluation defines it).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from toolkit.segment import TermHit
from toolkit.text import View

SEARCH_LIMIT = 20_000  # placements tried before the best one so far is taken

_LETTER = regex.compile(r"[\p{L}\p{M}\p{N}]")
_SENTENCE_START = regex.compile(r"(?:^|[.?!:…।॥]|\n)[\s\"'“‘«(\[•*–—-]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a form stands in a text, and the form."""

    start: int
    end: int
    form: str

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with another span."""
        return self.start < end and start < self.end


def occurrences(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Where a form stands in a text, anchored at word borders where the form itself begins or ends with a letter."""
    if not form:
        return
    left, right = _LETTER.match(form[0]) is not None, _LETTER.match(form[-1]) is not None
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        inside = left and start > 0 and _LETTER.match(text[start - 1])
        if not inside and not (right and end < len(text) and _LETTER.match(text[end])):
            yield start, end
        start = text.find(form, start + 1)


def view_occurrences(view: View, form: str) -> Iterator[tuple[int, int]]:
    """Raw spans of a form in a view."""
    for start, end in occurrences(view.text, form):
        yield view.raw(start, end)


def at_sentence_start(text: str, start: int) -> bool:
    """Whether a sentence or list item begins at an offset; opening quotes, brackets and bullets aside."""
    return _SENTENCE_START.search(text, 0, start) is not None


def capitalised(form: str) -> str:
    """A form as it stands at the start of a sentence."""
    return form[:1].upper() + form[1:]


def approved(hit: TermHit) -> tuple[str, ...]:
    """The forms that count as right, the target first."""
    return tuple(dict.fromkeys((hit.target, *hit.accepted)))


def place(text: str, hits: Sequence[TermHit]) -> dict[int, Span]:
    """A largest placement of term occurrences on disjoint spans of a text: hit number to span.

    Text and forms are compared as they are, so both must be in NFC. Equal hits take their spans in the order of the
    text. Among largest placements the first found wins; the search is exact up to `SEARCH_LIMIT` steps and
    deterministic beyond.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, hit in enumerate(hits):
        groups.setdefault(approved(hit), []).append(number)
    options = {forms: _options(text, forms) for forms in groups}
    found = _largest([_Demand(forms, len(groups[forms]), options[forms]) for forms in groups if options[forms]])
    placed = {
        number: span
        for forms, spans in found.items()
        for number, span in zip(groups[forms], sorted(spans, key=lambda span: span.start), strict=False)
    }
    return dict(sorted(placed.items()))


def _options(text: str, forms: Sequence[str]) -> tuple[Span, ...]:
    """Where one of the forms stands, each place once: those that no other contains from the left, then the rest."""
    spans = {(start, end): Span(start, end, form) for form in forms for start, end in occurrences(text, form)}
    for form in forms:
        for start, end in occurrences(text, capitalised(form)):
            if at_sentence_start(text, start):
                spans.setdefault((start, end), Span(start, end, form))
    longest: dict[int, Span] = {}
    for _, span in sorted(spans.items()):
        longest[span.start] = span
    rest = (span for _, span in sorted(spans.items()) if longest[span.start] is not span)
    return (*longest.values(), *rest)


@dataclass(frozen=True, slots=True)
class _Demand:
    """Equal hits: their forms, how many there are, and the spans that would do for any of them."""

    forms: tuple[str, ...]
    count: int
    options: tuple[Span, ...]

    @property
    def most(self) -> int:
        """How many could be placed if there were no other hits: disjoint spans, the earliest ends first."""
        taken, end = 0, -1
        for span in sorted(self.options, key=lambda span: span.end):
            if span.start >= end:
                taken, end = taken + 1, span.end
        return min(self.count, taken)


@dataclass(frozen=True, slots=True)
class _State:
    """A placement so far: the demand in hand, its first option that is still to be looked at, and the spans taken."""

    demand: int
    option: int
    taken: tuple[tuple[int, Span], ...]


def _largest(demands: Sequence[_Demand]) -> dict[tuple[str, ...], list[Span]]:
    """Depth first over the options of each demand in turn, the scarcest first, cut off by what is still possible.

    The hits of a demand are alike, so its options are taken or passed over in one order only.
    """
    demands = sorted(demands, key=lambda demand: len(demand.options))
    beyond = [sum(demand.most for demand in demands[place:]) for place in range(len(demands) + 1)]
    best: tuple[tuple[int, Span], ...] = ()
    stack = [_State(0, 0, ())]
    for _ in range(SEARCH_LIMIT):
        if not stack or len(best) == beyond[0]:
            break
        state = stack.pop()
        best = max(best, state.taken, key=len)
        if state.demand == len(demands):
            continue
        demand = demands[state.demand]
        mine = sum(1 for number, _ in state.taken if number == state.demand)
        open_here = min(demand.most - mine, len(demand.options) - state.option)
        if len(state.taken) + open_here + beyond[state.demand + 1] <= len(best):
            continue
        if open_here == 0:
            stack.append(_State(state.demand + 1, 0, state.taken))
            continue
        span = demand.options[state.option]
        stack.append(_State(state.demand, state.option + 1, state.taken))
        if not any(span.overlaps(other.start, other.end) for _, other in state.taken):
            stack.append(_State(state.demand, state.option + 1, (*state.taken, (state.demand, span))))
    found: dict[tuple[str, ...], list[Span]] = {}
    for number, span in best:
        found.setdefault(demands[number].forms, []).append(span)
    return found
