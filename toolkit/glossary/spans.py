"""Verify: which term occurrences stand in a translation, each in a span of its own.

A form stands where it is written out, cased and with its marks, anchored at word borders. An occurrence that is
required three times needs three spans, and no two may overlap (exclusive maximal matching, as WMT26's terminology
evaluation defines it).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from toolkit.segment import TermHit
from toolkit.text import View, occurrences

SEARCH_LIMIT = 20_000  # placements tried before the best one so far is taken

_BEFORE_A_SENTENCE = ".?!:…।॥\n\r"
_OPENING = " \t\xa0\u202f\"'“‘«([•*–—-"  # white space (plain, tab, no-break, narrow), quotes, brackets, bullets


@dataclass(frozen=True, slots=True)
class Span:
    """Where a form stands in a text, and the form."""

    start: int
    end: int
    form: str

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with another span."""
        return self.start < end and start < self.end


def view_occurrences(view: View, form: str) -> Iterator[tuple[int, int]]:
    """Raw spans of a form in a view."""
    for start, end in occurrences(view.text, form):
        yield view.raw(start, end)


def at_sentence_start(text: str, start: int) -> bool:
    """Whether a sentence or list item begins at an offset; opening quotes, brackets and bullets aside."""
    before = text[:start].rstrip(_OPENING)
    return not before or before[-1] in _BEFORE_A_SENTENCE


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
    for form in (form for form in forms if capitalised(form) != form):
        for start, end in occurrences(text, capitalised(form)):
            if at_sentence_start(text, start):
                spans.setdefault((start, end), Span(start, end, form))
    longest: dict[int, Span] = {}
    for _, span in sorted(spans.items()):
        longest[span.start] = span
    rest = (span for _, span in sorted(spans.items()) if longest[span.start] is not span)
    return (*longest.values(), *rest)


@dataclass(frozen=True)
class _Demand:
    """Equal hits: their forms, how many there are, and the spans that would do for any of them."""

    forms: tuple[str, ...]
    count: int
    options: tuple[Span, ...]

    @cached_property
    def most(self) -> int:
        """How many could be placed if there were no other hits: disjoint spans, the earliest ends first."""
        taken, end = 0, -1
        for span in sorted(self.options, key=lambda span: span.end):
            if span.start >= end:
                taken, end = taken + 1, span.end
        return min(self.count, taken)


class _State(NamedTuple):
    """A placement so far.

    Attributes:
        demand: The demand in hand.
        option: Its first option that is still to be looked at.
        mine: How many of its hits are placed.
        placed: How many hits are placed in all.
        taken: The characters of the text that are taken, as bits.
        last: The span placed last, its demand, and the same for the placement before it; None at the start.
    """

    demand: int = 0
    option: int = 0
    mine: int = 0
    placed: int = 0
    taken: int = 0
    last: "tuple[int, Span, Any] | None" = None


def _largest(demands: Sequence[_Demand]) -> dict[tuple[str, ...], list[Span]]:
    """Depth first over the options of each demand in turn, the scarcest first, cut off by what is still possible.

    The hits of a demand are alike, so its options are taken or passed over in one order only.
    """
    demands = sorted(demands, key=lambda demand: len(demand.options))
    beyond = [sum(demand.most for demand in demands[place:]) for place in range(len(demands) + 1)]
    best = _State()
    stack = [best]
    for _ in range(SEARCH_LIMIT):
        if not stack or best.placed == beyond[0]:
            break
        state = stack.pop()
        best = max(best, state, key=lambda state: state.placed)
        if state.demand < len(demands):
            demand = demands[state.demand]
            still = min(demand.most - state.mine, len(demand.options) - state.option)
            if state.placed + still + beyond[state.demand + 1] > best.placed:
                stack += _next(state, demand, still)
    found: dict[tuple[str, ...], list[Span]] = {}
    last = best.last
    while last is not None:
        number, span, last = last
        found.setdefault(demands[number].forms, []).append(span)
    return found


def _next(state: _State, demand: _Demand, still: int) -> Iterator[_State]:
    """What may follow a placement, the most promising last."""
    if still == 0:
        yield _State(state.demand + 1, 0, 0, *state[3:])
        return
    span = demand.options[state.option]
    yield state._replace(option=state.option + 1)
    bits = ((1 << (span.end - span.start)) - 1) << span.start
    if not bits & state.taken:
        last = (state.demand, span, state.last)
        yield _State(state.demand, state.option + 1, state.mine + 1, state.placed + 1, state.taken | bits, last)
