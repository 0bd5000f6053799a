"""Repair by sound: misspelt names are found by their phonetic key and replaced, all names of a sentence together."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import regex

from toolkit.glossary.keys import MARGIN, THRESHOLD, best_similarity, key, name_keys
from toolkit.glossary.repair import WORD, Accept, Case, replacing
from toolkit.glossary.spans import SEARCH_LIMIT, approved
from toolkit.segment import Kind, TermHit

PHONETIC = "phonetic"
NAMES_ONLY: tuple[Kind, ...] = ("name",)
SHORT = 5  # letters of a key; a single lower-case word needs STRICT to count as a name
STRICT = 0.85

_POSSESSIVE = regex.compile(r"['’]s?$")


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


def repair_names(case: Case, names: Names, accept: Accept, kinds: Collection[Kind] = NAMES_ONLY) -> None:
    """Step 3: find misspelt names by their sound, all names of the sentence solved together.

    A window of words stands for a name where its key is at least `THRESHOLD` like the name's and at least `MARGIN`
    more like it than like any other name's.

    Args:
        case: The sentence.
        names: The glossary's names, to keep near neighbours apart.
        accept: The acceptance test of the checks.
        kinds: Kinds of rows to look for; after an injection, misspelt copies of any kind.
    """
    wanted = [number for number in case.missing if case.hits[number].kind in kinds]
    windows = [window for number in wanted for window in _windows(case, number, names)]
    for window in sorted(_assign(windows, wanted), key=lambda w: -w.start):
        hit, found = case.hits[window.number], case.text[window.start : window.end]
        evidence = f"“{found}” sounds like it ({window.score:.2f})"
        case.attempt(window.number, replacing(case, (window.start, window.end), hit, PHONETIC, evidence), accept)


def _windows(case: Case, number: int, names: Names) -> Iterator[_Window]:
    """The spans that may be a misspelt copy of a missing name and of no other name."""
    hit = case.hits[number]
    for score, start, end in sounding_like(case, number, THRESHOLD):
        window = key(case.text[start:end])
        weak = WORD.fullmatch(case.text, start, end) and len(window) < SHORT and not case.text[start].isupper()
        if not (weak and score < STRICT) and score - names.rival(window, hit) >= MARGIN:
            yield _Window(score, number, start, end)


def sounding_like(case: Case, number: int, at_least: float) -> Iterator[tuple[float, int, int]]:
    """Free spans of a text that sound like a term: similarity, start, end.

    Args:
        case: The sentence.
        number: The term, placed or missing.
        at_least: The similarity from which a span counts.
    """
    hit = case.hits[number]
    keys = name_keys(hit.surface, approved(hit)) if hit.kind == "name" else tuple(map(key, approved(hit)))
    words = [match.span() for match in WORD.finditer(case.text)]
    longest = max(len(text.split()) for text in (hit.surface, *approved(hit))) + 1
    for first in range(len(words)):
        for last in range(first, min(first + longest, len(words))):
            start, end = words[first][0], words[last][1]
            text = case.text[start:end]
            if (possessive := _POSSESSIVE.search(text)) is not None:
                end, text = start + possessive.start(), text[: possessive.start()]
            if not case.free(start, end) or any(c.isdigit() for c in text) or not _joined(text):
                continue
            if score := best_similarity(key(text), keys, at_least):
                yield score, start, end


def _joined(text: str) -> bool:
    """Whether only spaces and hyphens part the words of a window."""
    return not set(WORD.sub("", text)) - {" ", "-"}


def _assign(windows: Sequence[_Window], wanted: Sequence[int]) -> tuple[_Window, ...]:
    """Disjoint windows, at most one a name: as many names as possible, then the best sum of scores.

    Exact up to `SEARCH_LIMIT` steps; beyond, which takes many names that contend for the same words, the best so far.
    """
    ranked = [sorted((w for w in windows if w.number == one), key=lambda w: (-w.score, w.start)) for one in wanted]
    # What the names from a depth on can add at most: how many of them, and their best scores.
    most = [(0.0, 0.0)]
    for mine in reversed(ranked):
        count, total = most[-1]
        most.append((count + bool(mine), total + (mine[0].score if mine else 0.0)))
    most.reverse()
    best: tuple[tuple[float, float], tuple[_Window, ...]] = ((0.0, 0.0), ())
    steps = 0

    def go(depth: int, value: tuple[float, float], taken: tuple[_Window, ...]) -> None:
        nonlocal best, steps
        steps += 1
        if value > best[0]:
            best = (value, taken)
        possible = (value[0] + most[depth][0], value[1] + most[depth][1])
        if depth == len(wanted) or possible <= best[0] or steps > SEARCH_LIMIT:
            return
        for window in ranked[depth]:
            if not any(window.start < other.end and other.start < window.end for other in taken):
                go(depth + 1, (value[0] + 1, value[1] + window.score), (*taken, window))
        go(depth + 1, value, taken)

    go(0, (0.0, 0.0), ())
    return best[1]
