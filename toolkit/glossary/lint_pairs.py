"""What a curator should know about rows beside each other: forms within forms, forms that meet, names that sound alike.

These are notices: nothing is wrong with either row, but together they may surprise.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.glossary.entry import Entry
from toolkit.glossary.findings import Finding, finding
from toolkit.glossary.keys import key, similarity
from toolkit.glossary.overlaps import Form, Forms, Words, speaks_for
from toolkit.text import normal

NEIGHBOURS = 0.75
"""Key similarity from which two names are told to the curator: a little below `keys.THRESHOLD`, so that a machine
spelling between the two is still nearer to one of them than the phonetic step asks for."""
SHOWN = 3  # names or pairs in one message

_VOWELS = frozenset("aeiou")  # as `similarity` has them
_BLOCK = 500  # names compared with all others at a time; bounds memory to some 20 MB with 10,000 names


def lint_pairs(entries: Sequence[Entry]) -> list[Finding]:
    """Notices on rows beside each other, in the order of file and line; drafts and forbidden rows are left out.

    Rules: `nested` (a form within another row's form, whose target does not hold its target), `straddling` (a form
    begins with what another one ends with: where they meet, the later is lost), `spelling` (two rows whose forms
    differ in free spelling variation only, a warning) and `neighbour` (names of one domain that sound alike).
    """
    applied = [entry for entry in entries if entry.status in {"preferred", "admitted", "dnt"}]
    forms = Forms(applied)
    found = [*_spelling(forms), *_nested(forms), *_straddling(forms), *_neighbours(applied)]
    return sorted(found, key=lambda one: (one.file, one.line))


def _column(form: Form) -> str:
    return "source" if form.text == form.entry.source else "variants"


def _place(entry: Entry, beside: Entry) -> str:
    """Where a row stands, seen from another one."""
    return f"line {entry.line}" if entry.file == beside.file else entry.row


def _named(form: Form, beside: Entry) -> str:
    return f"{form.text!r} ({form.entry.target!r}, {_place(form.entry, beside)})"


def _spelling(forms: Forms) -> Iterator[Finding]:
    """Forms that only spelling tells apart: a third spelling would be found as the first of them."""
    for alike in forms.by_words.values():
        first = alike[0]
        for form in alike[1:]:
            if form.entry.target != first.entry.target and normal(form.text) != normal(first.text):
                message = f"{form.text!r} differs from {_named(first, form.entry)} in free spelling variation only"
                yield finding(form.entry, "spelling", "warning", _column(form), message, "drop one, or join the rows")


def _nested(forms: Forms) -> Iterator[Finding]:
    """Forms within a longer one that is translated otherwise: the longer hides them."""
    seen: set[tuple[str, str]] = set()
    for form in forms.all:
        for inner in forms.within(form.words):
            pair = (inner.entry.row, form.entry.row)
            if inner.entry is form.entry or pair in seen:
                continue
            if not speaks_for(form.entry, inner.entry):
                seen.add(pair)
                held = _named(inner, form.entry)
                message = f"{form.text!r} holds {held}, but {form.entry.target!r} does not hold its target"
                remedy = "check that it means something else here"
                yield finding(form.entry, "nested", "notice", _column(form), message, remedy)


def _straddling(forms: Forms) -> Iterator[Finding]:
    """One notice for each run of words with which some forms end and others begin."""
    ending: dict[Words, dict[str, Form]] = {}
    beginning: dict[Words, dict[str, Form]] = {}
    for form in forms.all:
        for shared in forms.shared_ends(form.words):
            if len(shared) > 1 or shared in forms.by_words:  # one common syllable says nothing
                ending.setdefault(shared, {}).setdefault(form.entry.row, form)
    for form in forms.all:
        for end in range(1, len(form.words)):
            if form.words[:end] in ending:
                beginning.setdefault(form.words[:end], {}).setdefault(form.entry.row, form)
    for shared, left in ending.items():
        pair = _unjoined(forms, shared, left, beginning[shared])
        if pair is not None:
            before, after = pair
            met = f"{before.text!r} and {_named(after, before.entry)} share {' '.join(shared)!r}"
            message = f"{met}: where they meet, the second is lost"
            if (others := len(left) * len(beginning[shared]) - 1) > 0:
                message += f"; {others} more such {'pair' if others == 1 else 'pairs'}"
            remedy = "add the whole as a row if it occurs"
            yield finding(before.entry, "straddling", "notice", _column(before), message, remedy)


def _unjoined(
    forms: Forms, shared: Words, left: Mapping[str, Form], right: Mapping[str, Form]
) -> tuple[Form, Form] | None:
    """The first pair of two rows whose forms run together into none that the glossary has."""
    for before in left.values():
        for after in right.values():
            if before.entry is not after.entry and before.words + after.words[len(shared) :] not in forms.by_words:
                return before, after
    return None


def _neighbours(entries: Sequence[Entry]) -> Iterator[Finding]:
    """One notice for each name that sounds like earlier ones of its domain, the most alike first."""
    names: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.kind == "name" and key(entry.target):
            names.setdefault((entry.domain, entry.target), entry)
    domains: dict[str, list[Entry]] = {}
    for (domain, _), entry in names.items():
        domains.setdefault(domain, []).append(entry)
    for group in domains.values():
        for place, alike in _alike(group):
            entry = group[place]
            others = ((group[other], score) for score, other in alike[:SHOWN])
            shown = ", ".join(f"{other.target!r} ({score:.2f}, {_place(other, entry)})" for other, score in others)
            message = f"{entry.target!r} sounds like {shown}{' and more' if len(alike) > SHOWN else ''}"
            remedy = (
                "where both stand in a sentence, look at repairs by sound; forbid the spellings the machine gives it"
            )
            yield finding(entry, "neighbour", "notice", "target", message, remedy)


def _alike(names: Sequence[Entry]) -> Iterator[tuple[int, list[tuple[float, int]]]]:
    """Names that sound like earlier ones, each with the most alike of them, at most `SHOWN` and one more.

    With two letters for each, the first of them the same for all vowels, the edit distance is at most twice the
    weighted one of `similarity`, and fast: it picks the few pairs that are worth the slow comparison.
    """
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    keys = [key(entry.target) for entry in names]
    doubled = ["".join(f"{'V' if letter in _VOWELS else letter}{letter}" for letter in text) for text in keys]
    for start in range(0, len(keys), _BLOCK):
        block = doubled[start : start + _BLOCK]
        earlier = doubled[: start + len(block)]
        # A little below, because the matrix holds single precision.
        bounds = cdist(block, earlier, scorer=Levenshtein.normalized_similarity, score_cutoff=NEIGHBOURS - 0.001)
        for row, bound in enumerate(bounds):
            this = start + row
            if alike := _nearest(this, keys, bound[:this]):
                yield this, alike


def _nearest(this: int, keys: Sequence[str], bound: Any) -> list[tuple[float, int]]:
    """The earlier keys most like one, most alike first; none of them is more alike than `bound` says."""
    candidates = bound.nonzero()[0]
    found: list[tuple[float, int]] = []
    for that in candidates[(-bound[candidates]).argsort(kind="stable")].tolist():
        if len(found) > SHOWN and bound[that] < found[SHOWN][0]:
            break
        if (score := similarity(keys[this], keys[that])) >= NEIGHBOURS:
            found.append((score, that))
            found.sort(key=lambda pair: (-pair[0], pair[1]))
    return found[: SHOWN + 1]
