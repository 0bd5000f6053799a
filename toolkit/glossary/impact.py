"""What a glossary would do to a folder, without translating anything: the hits of each row, and what it misses.

Besides the hits it counts what a curator cannot see in the rows alone: occurrences that a longer or an earlier form
takes (collisions), and places where a form stands within another word, where the boundary test stops it (`राज` in
`राजा`). Memory grows with the glossary, not with the text: contexts and words are capped.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from toolkit.glossary import Glossary
from toolkit.glossary.entry import Entry
from toolkit.glossary.inside import Held, Inside
from toolkit.glossary.overlaps import TOKEN, Forms, Words, folded, speaks_for, words_of
from toolkit.segment import TermHit
from toolkit.text import normal_view

CONTEXTS = 3  # per row
AROUND = 40  # characters of context on each side of a hit
WORDS_KEPT = 50  # different words counted per row that hold one of its forms

Relation = Literal["within", "overlaps"]


class Context(NamedTuple):
    """A hit as it stands in the text.

    Attributes:
        where: Document and paragraph, as `name:number`.
        before: The text before it in the paragraph, cut.
        hit: The source text of the hit.
        after: The text after it, cut.
    """

    where: str
    before: str
    hit: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}[{self.hit}]{self.after}"


@dataclass(slots=True)
class RowImpact:
    """What one row does.

    Attributes:
        entry: The row.
        hits: Its occurrences.
        within: Occurrences within a longer row's hit whose target says this term too; they are accounted for there.
        contexts: Up to `CONTEXTS` of them, spread over the text: the first, and later ones.
        inside: How often one of its forms stands within another word, where it is not found.
        words: The commonest such words, at most `WORDS_KEPT` different ones counted.
    """

    entry: Entry
    hits: int = 0
    within: int = 0
    contexts: list[Context] = field(default_factory=list)
    inside: int = 0
    words: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Collision:
    """How often a row's form stood in the text and another row's hit took its place.

    Attributes:
        hidden: The row that was not applied.
        by: The row that was.
        relation: within (the form is a part of the other) or overlaps (it begins in the other and goes beyond).
        count: How often.
        example: The first such place.
    """

    hidden: Entry
    by: Entry
    relation: Relation
    count: int
    example: Context


@dataclass(slots=True)
class Impact:
    """What a glossary does to a text.

    Attributes:
        rows: Every row that is applied, in the glossary's order.
        collisions: The most frequent first.
        paragraphs: How many were read.
        characters: Their length, in code points.
    """

    rows: list[RowImpact] = field(default_factory=list)
    collisions: list[Collision] = field(default_factory=list)
    paragraphs: int = 0
    characters: int = 0

    @property
    def dead(self) -> list[Entry]:
        """The rows that occur nowhere, not even within longer ones, in the glossary's order."""
        return [row.entry for row in self.rows if not row.hits and not row.within]

    @property
    def hits(self) -> int:
        """All occurrences of all rows."""
        return sum(row.hits for row in self.rows)


def measure(paragraphs: Iterable[tuple[str, str]], glossary: Glossary) -> Impact:
    """Counts what a glossary would do to some paragraphs.

    Args:
        paragraphs: Where each stands, as `document:number`, and its text; read once, one at a time.
        glossary: Its rows are looked up in its direction.
    """
    counting = _Counting(glossary)
    for where, text in paragraphs:
        counting.add(where, text)
    return counting.finished()


class _Paragraph:
    """A paragraph cut into words; where they stand is worked out when somebody asks."""

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self.text = text
        self.hits: Sequence[TermHit] = ()
        self.spoken: list[tuple[str, int, int]] = []
        self._view = normal_view(text)
        self.words = [folded(word) for word in TOKEN.findall(self._view.text)]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The raw span of each word."""
        return [self._view.raw(*match.span()) for match in TOKEN.finditer(self._view.text)]

    def place(self, offset: int) -> int:
        """The first word that begins at a raw offset or after it."""
        return bisect_left(self.spans, (offset, 0))

    def taken(self, row: str, start: int, end: int) -> bool:
        """Whether a row has a hit that shares a character with a span, or a longer hit speaks for it there."""
        taken = (*((hit.row, hit.start, hit.end) for hit in self.hits), *self.spoken)
        return any(other == row and first < end and start < last for other, first, last in taken)

    def context(self, start: int, end: int) -> Context:
        before = self.text[max(0, start - AROUND) : start]
        after = self.text[end : end + AROUND]
        if start > AROUND:
            before = "…" + before[before.find(" ") + 1 :]
        if len(self.text) > end + AROUND:
            after = after[: after.rfind(" ")] + "…" if " " in after else after + "…"
        return Context(self.where, before, self.text[start:end], after)


class _Relations(NamedTuple):
    """What one form has to do with others: rows it speaks for, rows it hides, endings with which others begin."""

    spoken: tuple[str, ...]
    hidden: tuple[Entry, ...]
    ends: tuple[Words, ...]
    length: int


class _Counting:
    """Adds paragraph after paragraph to an impact."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._forms = Forms(glossary.applied)
        self._inside = Inside(self._forms)
        self.impact = Impact([RowImpact(entry) for entry in glossary.applied])
        self._rows = {row.entry.row: row for row in self.impact.rows}
        self._collisions: dict[tuple[str, str, Relation], Collision] = {}
        self._relations: dict[tuple[str, str], _Relations] = {}

    def add(self, where: str, text: str) -> None:
        """Counts one paragraph."""
        self.impact.paragraphs += 1
        self.impact.characters += len(text)
        paragraph = _Paragraph(where, text)
        paragraph.hits = self._glossary.find(text)
        for hit in paragraph.hits:
            self._count(paragraph, hit)
            self._collide(paragraph, hit)
        for place, word in enumerate(paragraph.words):
            if (held := self._inside.of(word)) is not None:
                self._count_inside(paragraph, place, held)

    def finished(self) -> Impact:
        """The impact of all paragraphs."""
        self.impact.collisions = sorted(self._collisions.values(), key=lambda collision: -collision.count)
        return self.impact

    def _count(self, paragraph: _Paragraph, hit: TermHit) -> None:
        """One more hit; its context is kept for the first three, then in place of the second and third by turns.

        That happens at the hits 4, 8, 16 and so on, so that the contexts come from all over the text.
        """
        row = self._rows[hit.row]
        row.hits += 1
        if row.hits <= CONTEXTS:
            row.contexts.append(paragraph.context(hit.start, hit.end))
        elif row.hits & (row.hits - 1) == 0:
            del row.contexts[1]
            row.contexts.append(paragraph.context(hit.start, hit.end))

    def _collide(self, paragraph: _Paragraph, hit: TermHit) -> None:
        """What this hit hides: rows within it, and rows that begin in it and go beyond."""
        related = self._related(hit)
        first, after = paragraph.place(hit.start), paragraph.place(hit.end)
        if after - first < related.length:
            return  # a later number of a list: the words of the form stand before the first one
        for row in related.spoken:
            self._rows[row].within += 1
            paragraph.spoken.append((row, hit.start, hit.end))
        for entry in related.hidden:
            if not paragraph.taken(entry.row, hit.start, hit.end):
                self._note(paragraph, hit, entry, "within")
        for shared in related.ends:
            begin = after - len(shared)
            end = self._forms.longest(paragraph.words, begin, len(shared))
            for form in self._forms.by_words[tuple(paragraph.words[begin:end])] if end else ():
                if not paragraph.taken(form.entry.row, paragraph.spans[begin][0], paragraph.spans[end - 1][1]):
                    self._note(paragraph, hit, form.entry, "overlaps")

    def _related(self, hit: TermHit) -> _Relations:
        """How the form of a hit stands to others, worked out once."""
        known = self._relations.get((hit.row, hit.form))
        if known is None:
            own, words = self._rows[hit.row].entry, words_of(hit.form)
            parts = {part.entry.row: part.entry for part in self._forms.within(words) if part.entry is not own}
            spoken = tuple(row for row, entry in parts.items() if speaks_for(own, entry))
            hidden = tuple(entry for row, entry in parts.items() if row not in spoken)
            known = _Relations(spoken, hidden, tuple(self._forms.shared_ends(words)), len(words))
            self._relations[hit.row, hit.form] = known
        return known

    def _note(self, paragraph: _Paragraph, hit: TermHit, hidden: Entry, relation: Relation) -> None:
        key = (hidden.row, hit.row, relation)
        if (known := self._collisions.get(key)) is None:
            context = paragraph.context(hit.start, hit.end)
            self._collisions[key] = Collision(hidden, self._rows[hit.row].entry, relation, 1, context)
        else:
            known.count += 1

    def _count_inside(self, paragraph: _Paragraph, place: int, held: Held) -> None:
        """Counts the forms that stand within other words at a place and are no hits."""
        for row, first, last in held.standing(paragraph.words, place):
            start, end = paragraph.spans[first][0], paragraph.spans[last][1]
            if not paragraph.taken(row, start, end):
                counted = self._rows[row]
                counted.inside += 1
                written = paragraph.text[start:end]
                if written in counted.words or len(counted.words) < WORDS_KEPT:
                    counted.words[written] += 1
