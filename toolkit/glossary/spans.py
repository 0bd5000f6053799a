"""Verify: which term occurrences stand in a translation, each in a span of its own.

A form stands where it is written out, cased and with its marks, anchored at word borders. An occurrence that is
required three times needs three spans, and no two may overlap (exclusive maximal matching, as WMT26's terminology
evaluation defines it).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from toolkit.segment import TermHit
from toolkit.text import View

SEARCH_LIMIT = 20_000  # placements tried before the best one so far is taken

_LETTER = regex.compile(r"[\p{L}\p{M}\p{N}]")
_SENTENCE_START = regex.compile(r"(?:^|[.?!:…।]|\n)[\s\"'“‘(\[]*$")


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
    """Whether a sentence begins at an offset, opening quotes and brackets aside."""
    return _SENTENCE_START.search(text, 0, start) is not None


def capitalised(form: str) -> str:
    """A form as it stands at the start of a sentence."""
    return form[:1].upper() + form[1:]


def approved(hit: TermHit) -> tuple[str, ...]:
    """The forms that count as right, the target first."""
    return tuple(dict.fromkeys((hit.target, *hit.accepted)))


def place(text: str, hits: Sequence[TermHit]) -> dict[int, Span]:
    """A largest placement of term occurrences on disjoint spans of a text: hit number to span.

    Equal hits take their spans in the order of the text. Among largest placements the first found wins; the search is
    exact up to `SEARCH_LIMIT` steps and deterministic beyond.
    """
    options = {number: found for number, hit in enumerate(hits) if (found := _options(text, hit))}
    order = sorted(options, key=lambda number: (len(options[number]), number))
    return dict(sorted(_in_text_order(_Search(options, order).run(), hits).items()))


def _options(text: str, hit: TermHit) -> tuple[Span, ...]:
    spans = [Span(start, end, form) for form in approved(hit) for start, end in occurrences(text, form)]
    for form in approved(hit):
        upper = capitalised(form)
        if upper != form:
            starts = (found for found in occurrences(text, upper) if at_sentence_start(text, found[0]))
            spans += [Span(start, end, form) for start, end in starts]
    longest: dict[int, Span] = {}
    for span in spans:
        if span.start not in longest or span.end > longest[span.start].end:
            longest[span.start] = span
    inside = (s for s in spans if longest[s.start] is not s)
    return (*sorted(longest.values(), key=lambda s: s.start), *inside)


class _Search:
    """Depth first over the hits, those with the fewest options first, cut off by what is still possible."""

    def __init__(self, options: Mapping[int, Sequence[Span]], order: Sequence[int]) -> None:
        self.options, self.order = options, order
        self.best: dict[int, Span] = {}
        self.steps = 0

    def run(self) -> dict[int, Span]:
        self._go(0, {})
        return self.best

    def _go(self, depth: int, taken: dict[int, Span]) -> None:
        self.steps += 1
        if len(taken) > len(self.best):
            self.best = dict(taken)
        possible = len(taken) + len(self.order) - depth
        if depth == len(self.order) or possible <= len(self.best) or self.steps > SEARCH_LIMIT:
            return
        number = self.order[depth]
        for span in self.options[number]:
            if not any(span.overlaps(other.start, other.end) for other in taken.values()):
                self._go(depth + 1, taken | {number: span})
        self._go(depth + 1, taken)


def _in_text_order(placed: dict[int, Span], hits: Sequence[TermHit]) -> dict[int, Span]:
    """The same spans, those of equal hits handed out in the order of the text."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number in sorted(placed):
        groups.setdefault(approved(hits[number]), []).append(number)
    ordered: dict[int, Span] = {}
    for numbers in groups.values():
        spans = sorted((placed[number] for number in numbers), key=lambda span: span.start)
        ordered.update(zip(numbers, spans, strict=True))
    return ordered
