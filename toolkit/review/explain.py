"""One paragraph of a run explained: what the engine said, each change with its reason, what came out."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from toolkit.errors import UsageError
from toolkit.review.segments import Placed
from toolkit.segment import Edit, Segment, TermOutcome
from toolkit.text import normal

NEAREST = 3  # ids named where none fits


@dataclass(slots=True)
class Found:
    """What a name of a segment leads to.

    Attributes:
        placed: The paragraph.
        others: Ids of further ones that fit too, up to `NEAREST`.
        more: How many fit beside it.
    """

    placed: Placed
    others: list[str] = field(default_factory=list)
    more: int = 0


def pick(segments: Iterable[Placed], name: str) -> Found:
    """The paragraph that a name means.

    Args:
        segments: The paragraphs of a run, in order.
        name: An id, `document:position`, a position where there is but one document, or some words of a source.

    Raises:
        UsageError: none fits, or a position alone leaves open which document is meant; says how to name one.
    """
    wanted = normal(name).strip()
    found: Found | None = None
    ends: dict[str, int] = {}
    numbered: Placed | None = None
    for placed in segments:
        ends[placed.document] = placed.position
        if name in (placed.segment.id, f"{placed.document}:{placed.position}"):
            return Found(placed)
        if name.isdecimal() and placed.position == int(name) and numbered is None:
            numbered = placed
        if wanted and wanted in normal(placed.segment.source):
            if found is None:
                found = Found(placed)
                continue
            found.more += 1
            if len(found.others) < NEAREST:
                found.others.append(place_of(placed))
    if name.isdecimal() and len(ends) > 1:
        raise UsageError(f"{name}: there are {len(ends)} documents; name one, such as {_first(ends)}:{name}.")
    if numbered is not None:
        return Found(numbered)
    if found is None:
        raise UsageError(_unknown(name, ends))
    return found


def place_of(placed: Placed) -> str:
    """The short name of a paragraph: `document:position`."""
    return f"{placed.document}:{placed.position}"


def _first(names: Iterable[str]) -> str:
    return next(iter(names))


def _unknown(name: str, ends: dict[str, int]) -> str:
    """What to say where no paragraph fits: the nearest ones, and how one is named."""
    if not ends:
        return f"{name}: the run has no paragraphs."
    document = name.rsplit(":", 2)[0] if name.count(":") > 1 else name.rpartition(":")[0]
    near = [document] if document in ends else difflib.get_close_matches(document or name, list(ends), NEAREST)
    shown = ", ".join(f"{one}:1 to {one}:{ends[one]}" for one in near or list(ends)[:NEAREST])
    return (
        f"{name}: no such segment; name one as document:position ({shown}), by its id in ledger.csv, or by some words "
        "of its source."
    )


def explained(placed: Placed, paint: "Paint") -> Iterator[str]:
    """A paragraph explained, line by line.

    Args:
        placed: The paragraph.
        paint: Marks the terms.
    """
    segment = placed.segment
    numbers = range(1, len(segment.hits) + 1)
    hits = [(hit.start, hit.end, number) for hit, number in zip(segment.hits, numbers, strict=True)]
    held = [
        (outcome.start, outcome.end, number)
        for outcome, number in zip(segment.outcomes, numbers, strict=False)
        if outcome.start is not None and outcome.end is not None
    ]
    yield paint.head(f"{place_of(placed)}  {segment.id.rpartition(':')[2]}")
    yield from _block("Source", paint.marked(segment.source, hits, segment.outcomes), paint)
    if segment.origin == "copied":
        yield from _block("Copied", "There was nothing to translate in it.", paint)
    else:
        yield from _block("Engine", segment.hypothesis, paint)
    yield from _edits(segment, paint)
    yield from _block("Translation", paint.marked(segment.target, held, segment.outcomes), paint)
    yield from _terms(segment.outcomes, paint)
    yield from _issues(segment, paint)


def _block(name: str, text: str, paint: "Paint") -> Iterator[str]:
    yield ""
    yield paint.head(name)
    yield f"  {text}"


def _edits(segment: Segment, paint: "Paint") -> Iterator[str]:
    """Each change of each sentence; a sentence without any is passed over."""
    changed = [(number, sentence) for number, sentence in enumerate(segment.sentences, 1) if sentence.edits]
    yield ""
    yield paint.head(f"Edits ({len(segment.edits)})")
    if not changed:
        yield "  none: the translation is what the engine said"
    for number, sentence in changed:
        if len(segment.sentences) > 1:
            yield f"  in sentence {number} of {len(segment.sentences)}: {sentence.body}"
        text = sentence.hypothesis
        for edit in sentence.edits:
            yield from _edit(edit, whole=edit.before == text)
            text = text[: edit.start] + edit.after + text[edit.start + len(edit.before) :]


def _edit(edit: Edit, *, whole: bool) -> Iterator[str]:
    """An edit; where it replaces all of a sentence, before and after stand below each other to be compared."""
    yield f"  {edit.step}, for {edit.row}" + (": the sentence anew" if whole else "")
    if whole:
        yield f"    before  {edit.before}"
        yield f"    after   {edit.after}"
    else:
        yield f"    {edit.before!r} \u2192 {edit.after!r}"  # rightwards arrow
    if edit.evidence:
        yield f"    because {edit.evidence}"


def _terms(outcomes: Sequence[TermOutcome], paint: "Paint") -> Iterator[str]:
    yield ""
    yield paint.head(f"Terms ({len(outcomes)})")
    if not outcomes:
        yield "  none of the glossary's stands in the source"
    for number, outcome in enumerate(outcomes, 1):
        hit = outcome.hit
        status = f"repaired by {outcome.step}" if outcome.status == "repaired" else outcome.status
        tier = "" if hit.tier == "exact" else f", {hit.tier} match of {hit.form}"
        yield f"  {number:2}  {hit.surface} \u2192 {hit.target}  {paint.status(status, outcome.status)}"
        yield f"      {hit.row}{tier}"
        if outcome.evidence:
            yield f"      {outcome.evidence}"


def _issues(segment: Segment, paint: "Paint") -> Iterator[str]:
    yield ""
    yield paint.head(f"Issues ({len(segment.issues)})")
    if not segment.issues:
        yield "  none"
    for issue in segment.issues:
        yield f"  {issue.severity}: {issue.check}: {issue.message}"


class Paint:
    """Marks terms in a text, with colours on a terminal.

    Args:
        colour: Whether to use the terminal's colours.
    """

    _STYLES: ClassVar = {"head": "1", "right": "32", "repaired": "34", "unresolved": "31"}  # SGR codes of ECMA-48

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def _with(self, text: str, style: str) -> str:
        return f"\x1b[{self._STYLES[style]}m{text}\x1b[0m" if self._colour else text

    def head(self, text: str) -> str:
        """A headline."""
        return self._with(text, "head")

    def status(self, text: str, status: str) -> str:
        """What became of a term."""
        return self._with(text, status)

    def marked(self, text: str, spans: Sequence[tuple[int, int, int]], outcomes: Sequence[TermOutcome]) -> str:
        """A text with the terms in it marked: `[3 term]`, where 3 is the number of the term in the list below."""
        parts: list[str] = []
        done = 0
        for start, end, number in sorted(spans):
            if start < done:
                continue  # within one that is marked already
            style = outcomes[number - 1].status if number <= len(outcomes) else "unresolved"
            parts += (text[done:start], self._with(f"[{number} {text[start:end]}]", style))
            done = end
        return "".join((*parts, text[done:]))
