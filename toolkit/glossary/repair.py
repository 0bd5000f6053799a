"""Repair in place: a known or recognisable rendering of a missing term is replaced by its approved form.

Both steps look only at spans that no other term holds, and every replacement is undone that fails the acceptance
test: all terms that held still hold, one more does, and the checks find nothing new.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from toolkit.glossary.keys import MARGIN, THRESHOLD, best_similarity, key, name_keys
from toolkit.glossary.spans import Span, approved, at_sentence_start, capitalised, place, view_occurrences
from toolkit.segment import Edit, TermHit
from toolkit.text import plain_view

Accept = Callable[[str, str, str], bool]
"""Whether the checks find nothing in (source, after) that they do not find in (source, before)."""

Known = Mapping[str, Sequence[str]]
"""What the engine makes of terms, by their source."""

ASSEMBLY = "assembly"
RENDERING = "rendering"
PHONETIC = "phonetic"
SHORT = 5  # letters of a key; a single lower-case word needs STRICT to count as a name
STRICT = 0.85

_plain = lru_cache(maxsize=4096)(plain_view)  # one text is searched for many forms
_LETTERS = regex.compile(r"[\p{L}\p{M}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_ARTICLE = regex.compile(r"(?<![\p{L}\p{M}\p{N}])(the|an?) $", regex.IGNORECASE)
_POSSESSIVE = regex.compile(r"['’]s?$")


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
        after = self.text[: edit.start] + edit.after + self.text[edit.start + len(edit.before) :]
        placed = place(after, self.hits)
        if number not in placed or not self.placed.keys() < placed.keys() or not accept(self.source, self.text, after):
            return False
        gained = placed.keys() - self.placed.keys()
        self.how = self.how | dict.fromkeys(gained, (edit.step, edit.evidence))
        self.text, self.placed, self.edits = after, placed, [*self.edits, edit]
        return True


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
        for written, why in _other_forms(hit, known.get(hit.surface, ())):
            spans = [s for s in view_occurrences(_plain(case.text), _plain(written).text) if case.free(*s)]
            if any(
                case.attempt(number, replacing(case, s, hit, RENDERING, f"{why} “{written}”"), accept) for s in spans
            ):
                break


def _other_forms(hit: TermHit, renderings: Sequence[str]) -> Iterator[tuple[str, str]]:
    for form in hit.forbidden:
        yield form, "forbidden form"
    for form in approved(hit):
        yield form, "without marks or case"
    for form in renderings:
        yield form, "the engine's word for the term,"


def replacing(case: Case, span: tuple[int, int], hit: TermHit, step: str, evidence: str) -> Edit:
    """The edit that puts a hit's target in place of a span, article and capital seen to."""
    start, end = span
    old, new = case.text[start:end], agreeing(case.text[start:end], hit)
    if at_sentence_start(case.text, start):
        new = capitalised(new)
    article = _ARTICLE.search(case.text, 0, start)
    if article is not None:
        fitting = _fitting(article[1], old, new)
        if fitting != article[1]:
            start = article.start()
            new = f"{fitting} {new}" if fitting else capitalised(new) if article[1][0].isupper() else new
    return Edit(start, case.text[start:end], new, step, hit.row, evidence)


def _fitting(article: str, old: str, new: str) -> str:
    """The article before a replaced span: none before "the …", a or an after the first letter where that changed."""
    if article.lower() == "the" or new.lower().startswith("the "):
        return "" if new.lower().startswith("the ") else article
    before, after = (plain_view(text).text[:1] in "aeiou" for text in (old, new))
    return article if before == after else article[0] + ("n" if after else "")


def agreeing(old: str, hit: TermHit) -> str:
    """The approved form that stands in for a span: the plural where the span is plural and the row approves one."""
    last = plain_view(old).text
    if last.endswith("s") and not last.endswith("ss") and not hit.target.endswith("s"):
        plural = [form for form in approved(hit) if form in (f"{hit.target}s", f"{hit.target}es")]
        return plural[0] if plural else hit.target
    return hit.target


@dataclass(frozen=True, slots=True)
class _Window:
    score: float
    number: int
    start: int
    end: int


class Names:
    """The names of a glossary by phonetic key, to tell near neighbours apart.

    Args:
        names: Source and target of each name.
    """

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self._targets: list[str] = []
        self._keys: list[str] = []
        for source, target in dict.fromkeys(names):
            for one in name_keys(source, [target]):
                self._targets.append(target)
                self._keys.append(one)

    def rival(self, window: str, hit: TermHit) -> float:
        """How well a window's key fits the best-fitting other name."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        near = extract(window, self._keys, scorer=Levenshtein.normalized_similarity, score_cutoff=0.4, limit=20)
        others = [other for other, _, place in near if self._targets[place] != hit.target]
        return best_similarity(window, others)


def repair_names(case: Case, names: Names, accept: Accept) -> None:
    """Step 3: find misspelt names by their sound, all names of the sentence solved together.

    A window of words stands for a name where its key is at least `THRESHOLD` like the name's and at least `MARGIN`
    more like it than like any other name's.
    """
    wanted = [number for number in case.missing if case.hits[number].kind == "name"]
    windows = [window for number in wanted for window in _windows(case, number, names)]
    for window in sorted(_assign(windows, wanted), key=lambda w: -w.start):
        hit, found = case.hits[window.number], case.text[window.start : window.end]
        evidence = f"“{found}” sounds like it ({window.score:.2f})"
        case.attempt(window.number, replacing(case, (window.start, window.end), hit, PHONETIC, evidence), accept)


def _windows(case: Case, number: int, names: Names) -> Iterator[_Window]:
    hit = case.hits[number]
    keys = name_keys(hit.surface, approved(hit))
    words = [match.span() for match in _WORD.finditer(case.text)]
    longest = max(len(text.split()) for text in (hit.surface, *approved(hit))) + 1
    for first in range(len(words)):
        for last in range(first, min(first + longest, len(words))):
            start, end = words[first][0], words[last][1]
            text = case.text[start:end]
            if (possessive := _POSSESSIVE.search(text)) is not None:
                end, text = start + possessive.start(), text[: possessive.start()]
            if not case.free(start, end) or any(c.isdigit() for c in text) or not _joined(text):
                continue
            window = key(text)
            score = best_similarity(window, keys, THRESHOLD)
            weak = last == first and len(window) < SHORT and not text[:1].isupper() and score < STRICT
            if score and not weak and score - names.rival(window, hit) >= MARGIN:
                yield _Window(score, number, start, end)


def _joined(text: str) -> bool:
    """Whether only spaces and hyphens part the words of a window."""
    return not set(_WORD.sub("", text)) - {" ", "-"}


def _assign(windows: Sequence[_Window], wanted: Sequence[int]) -> tuple[_Window, ...]:
    """Disjoint windows, at most one a name: as many names as possible, then the best sum of scores."""
    best: tuple[tuple[float, ...], tuple[_Window, ...]] = ((0.0, 0.0), ())

    def go(depth: int, taken: tuple[_Window, ...]) -> None:
        nonlocal best
        value = (float(len(taken)), sum(window.score for window in taken))
        if value > best[0]:
            best = (value, taken)
        if depth == len(wanted) or len(taken) + len(wanted) - depth < best[0][0]:
            return
        mine = sorted((w for w in windows if w.number == wanted[depth]), key=lambda w: (-w.score, w.start))[:4]
        for window in mine:
            if not any(window.start < other.end and other.start < window.end for other in taken):
                go(depth + 1, (*taken, window))
        go(depth + 1, taken)

    go(0, ())
    return best[1]


def shifted(hit: TermHit, by: int) -> TermHit:
    """A hit with its offsets counted from another place."""
    return replace(hit, start=hit.start + by, end=hit.end + by)
