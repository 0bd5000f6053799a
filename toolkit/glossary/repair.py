"""Repair in place: a known rendering of a missing term is replaced by its approved form.

All repairs in place look only at spans that no other term holds, and an edit is made only if it passes the acceptance
test: all terms that held still hold, one more does, and the checks find nothing new.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from toolkit.glossary.spans import Span, approved, at_sentence_start, capitalised, place, view_occurrences
from toolkit.segment import Edit, TermHit
from toolkit.text import plain_view

Accept = Callable[[str, str, str], bool]
"""Whether the checks find nothing in (source, after) that they do not find in (source, before)."""

Known = Mapping[str, Sequence[str]]
"""What the engine makes of terms, by their source."""

ASSEMBLY = "assembly"
RENDERING = "rendering"

_plain = lru_cache(maxsize=4096)(plain_view)  # one text is searched for many forms
_LETTERS = regex.compile(r"[\p{L}\p{M}]")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_NOUN = regex.compile(r"['’]s\b| \p{Ll}{3,}")  # what an article before a name may belong to
_ARTICLE = regex.compile(r"(?<![\p{L}\p{M}\p{N}])(the|an?) $", regex.IGNORECASE)


@dataclass(slots=True)
class Case:
    """A sentence under repair.

    Attributes:
        source: The sentence without its trailing white space.
        hits: Its term occurrences, offsets in `source`.
        hypothesis: What the engine said.
        text: The translation as it stands now.
        edits: What led from `hypothesis` to `text`.
        placed: Which hits hold, and where in `text`.
        how: For each repaired hit the step and the evidence.
    """

    source: str
    hits: tuple[TermHit, ...]
    hypothesis: str
    text: str = ""
    edits: list[Edit] = field(default_factory=list)
    placed: dict[int, Span] = field(default_factory=dict)
    how: dict[int, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = self.text or self.hypothesis
        self.placed = place(self.text, self.hits)

    @property
    def missing(self) -> list[int]:
        """The hits that do not hold, in order."""
        return [number for number in range(len(self.hits)) if number not in self.placed]

    def free(self, start: int, end: int) -> bool:
        """Whether no placed term shares a character with a span of the text."""
        return not any(span.overlaps(start, end) for span in self.placed.values())

    def attempt(self, number: int, edit: Edit, accept: Accept) -> bool:
        """Make an edit for a missing hit if it passes the acceptance test; say whether it did."""
        after = edited(self.text, edit)
        placed = place(after, self.hits)
        gained = placed.keys() - self.placed.keys()
        forms = approved(self.hits[number])
        # Equal hits take their spans in the order of the text, so it may be another of them that is placed now.
        won = any(approved(self.hits[one]) == forms for one in gained)
        if not won or not self.placed.keys() < placed.keys() or not accept(self.source, self.text, after):
            return False
        self.how = self.how | dict.fromkeys(gained, (edit.step, edit.evidence))
        self.text, self.placed, self.edits = after, placed, [*self.edits, edit]
        return True

    def apply(self, edit: Edit) -> None:
        """Make an edit as it is."""
        self.text = edited(self.text, edit)
        self.placed, self.edits = place(self.text, self.hits), [*self.edits, edit]


def edited(text: str, edit: Edit) -> str:
    """A text with an edit made."""
    return text[: edit.start] + edit.after + text[edit.start + len(edit.before) :]


def repair_assembly(case: Case, accept: Accept) -> None:
    """Step 1: put a sentence together that is nothing but terms, figures and signs, such as a caption or a label."""
    if not case.missing or _LETTERS.search(_filled(case, lambda hit: "")):
        return
    text = _filled(case, lambda hit: hit.target)
    edit = Edit(0, case.text, text, ASSEMBLY, case.hits[case.missing[0]].row, "nothing but terms in the sentence")
    case.attempt(case.missing[0], edit, accept)


def _filled(case: Case, fill: Callable[[TermHit], str]) -> str:
    """The source with something in place of its terms."""
    text = case.source
    for hit in reversed(case.hits):
        text = text[: hit.start] + fill(hit) + text[hit.end :]
    return text


def repair_renderings(case: Case, known: Known, accept: Accept) -> None:
    """Step 2: replace forbidden forms, approved forms without marks or case, and what the engine says for the term.

    Args:
        case: The sentence.
        known: What the engine makes of terms.
        accept: The acceptance test of the checks.
    """
    for number in case.missing:
        hit = case.hits[number]
        for written, form, why in _other_forms(hit, known.get(hit.surface, ())):
            spans = [s for s in view_occurrences(_plain(case.text), _plain(written).text) if case.free(*s)]
            evidence = f"{why} “{written}”"
            if any(case.attempt(number, replacing(case, s, hit, RENDERING, evidence, form), accept) for s in spans):
                break


def _other_forms(hit: TermHit, renderings: Sequence[str]) -> Iterator[tuple[str, str | None, str]]:
    """What may stand for a term: as it is written, the approved form it is a slip of if any, and why."""
    for form in hit.forbidden:
        yield form, None, "forbidden form"
    for form in approved(hit):
        yield form, form, "without marks or case"
    for form in renderings:
        yield form, None, "the engine's word for the term,"


def replacing(
    case: Case, span: tuple[int, int], hit: TermHit, step: str, evidence: str, form: str | None = None
) -> Edit:
    """The edit that puts an approved form in place of a span, article and capital seen to.

    Args:
        case: The sentence.
        span: What is replaced.
        hit: The missing term.
        step: The step of the ladder.
        evidence: Why this span.
        form: The approved form; the one that agrees with the span in number unless given.
    """
    start, end = span
    old = case.text[start:end]
    new = form if form is not None else agreeing(old, hit)
    if at_sentence_start(case.text, start):
        new = capitalised(new)
    article = _ARTICLE.search(case.text, 0, start)
    if article is not None:
        fitting = "" if _needs_no_article(case.text, end, hit) else _fitting(article[1], old, new)
        if fitting != article[1]:
            start = article.start()
            new = f"{fitting} {new}" if fitting else capitalised(new) if article[1][0].isupper() else new
    return Edit(start, case.text[start:end], new, step, hit.row, evidence)


def _needs_no_article(text: str, end: int, hit: TermHit) -> bool:
    """Whether a span is a name that stands by itself: "the Hanoi" is wrong, "the Hanoi office" is not."""
    return hit.kind == "name" and _NOUN.match(text, end) is None


def _fitting(article: str, old: str, new: str) -> str:
    """The article before a replaced span: none before "the …", a or an after the first letter where that changed."""
    if article.lower() == "the" or new.lower().startswith("the "):
        return "" if new.lower().startswith("the ") else article
    before, after = (plain_view(text).text[:1] in "aeiou" for text in (old, new))
    return article if before == after else article[0] + ("n" if after else "")


def agreeing(old: str, hit: TermHit) -> str:
    """The approved form that stands in for a span: the first that is plural or singular like it, else the target."""
    alike = (form for form in approved(hit) if _plural(form) == _plural(old))
    return hit.target if hit.kind == "name" else next(alike, hit.target)


def _plural(text: str) -> bool:
    last = plain_view(text).text
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))


def shifted(hit: TermHit, by: int) -> TermHit:
    """A hit with its offsets counted from another place."""
    return replace(hit, start=hit.start + by, end=hit.end + by)
