"""Phonetic keys: whether an English spelling could be what a machine made of a name.

The key of a text keeps what survives a detour over Devanagari: plain letters, sounds that Hindi and Vietnamese
spelling confuse merged, h and spaces dropped. Two keys are compared by edit distance, a vowel for a vowel at half cost.
Measured on 16 Vietnamese names with 88 machine spellings against 3,000 lines of English: at 0.80, 98.9 % of the
spellings are found and 0.004 % of the capitalised windows are false.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from toolkit.devanagari import romanise
from toolkit.text import strip_marks

THRESHOLD = 0.80
MARGIN = 0.10

_MERGED = (
    ("ngh", "n"), ("nh", "n"), ("ng", "n"), ("gi", "j"), ("gh", "g"), ("kh", "k"), ("ch", "k"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("sh", "s"), ("x", "s"), ("c", "k"), ("q", "k"), ("z", "j"), ("w", "v"),
    ("y", "i"),
)  # fmt: skip
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The phonetic key of a text, Devanagari romanised first: Đắk Glong and डाक ग्लोंग → dakglon."""
    letters = "".join(c for c in strip_marks(romanise(text)).lower() if c.isalpha())
    for written, heard in _MERGED:
        letters = letters.replace(written, heard)
    letters = letters.replace("h", "")
    return "".join(c for place, c in enumerate(letters) if not place or c != letters[place - 1])


def name_keys(source: str, targets: Iterable[str]) -> tuple[str, ...]:
    """The keys a name may have: that of its source, and those of its target forms."""
    return tuple(dict.fromkeys(found for text in (source, *targets) if (found := key(text))))


def similarity(ours: str, theirs: str) -> float:
    """How alike two keys are, from 0 to 1: 1 minus the weighted edit distance over the longer length.

    Two empty keys are not alike: they say nothing.
    """
    longer = max(len(ours), len(theirs))
    return 1.0 - _distance(ours, theirs) / longer if longer else 0.0


def best_similarity(window: str, keys: Sequence[str], at_least: float = 0.0) -> float:
    """The best similarity of a window's key to any of the keys; 0 where none reaches `at_least`."""
    from rapidfuzz.distance import Levenshtein

    best = 0.0
    for other in keys:
        # A vowel for a vowel costs half: the plain distance is at most twice the weighted one.
        plain = Levenshtein.normalized_distance(window, other)
        if 1.0 - plain / 2 >= max(at_least, best):
            best = max(best, similarity(window, other))
    return best if best >= at_least else 0.0


def _distance(ours: str, theirs: str) -> float:
    row = [float(place) for place in range(len(theirs) + 1)]
    for up, a in enumerate(ours, 1):
        before, row[0] = row[0], float(up)
        for left, b in enumerate(theirs, 1):
            swap = 0.0 if a == b else 0.5 if a in _VOWELS and b in _VOWELS else 1.0
            before, row[left] = row[left], min(row[left] + 1.0, row[left - 1] + 1.0, before + swap)
    return row[-1]
