"""Normal forms with an offset map back to the raw text.

Texts are compared, never altered: a `View` is the normal form of a text in which every character knows where it
came from. The normal form folds what two writers of the same word may do differently without meaning anything by it:

- canonical decomposition and order (NFD), so that NFC and NFD input look alike; क़ as one or two code points too
- joiners, zero-width spaces, soft hyphens, direction and byte order marks are dropped
- every white space becomes a plain space
- Devanagari digits become ASCII digits, typographic apostrophes and hyphens their plain forms

Nukta, anusvara and the like are spelling, not encoding: `toolkit.devanagari` folds them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

LETTER = r"[\p{L}\p{M}\p{N}]"
NOT_BEFORE = rf"(?<!{LETTER})"
NOT_AFTER = rf"(?!{LETTER})"
_LETTER = regex.compile(LETTER)

_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"  # all that str.isspace() calls white
)
_DROPPED = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # ZWSP, ZWNJ, ZWJ, word joiner, BOM, soft hyphen
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # direction marks, embeddings and isolates
)
_FOLDED = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_DROPPED, ""),
        **{chr(0x0966 + digit): str(digit) for digit in range(10)},  # Devanagari digits
        **dict.fromkeys(
            "\u2018\u2019\u201b\u02bb\u02bc\u02b9\u00b4\u2032\uff07", "'"
        ),  # what is typed for an apostrophe
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),  # hyphens, figure and en dash, minus
    }
)
# What folding may change: all but ASCII and those Devanagari characters that are their own normal form.
_SPECIAL = re.compile(r"[^\x20-\x7e\u0900-\u0928\u092a-\u0930\u0932\u0933\u0935-\u0957\u0960-\u0965\u0970-\u097f]")


@dataclass(frozen=True, slots=True)
class View:
    """A text's normal form and, for each of its characters, the raw span it came from.

    Attributes:
        text: The normal form.
        starts: Raw offset of each character of `text`; None where the view is the raw text itself.
        ends: Raw end of each, exclusive; None likewise.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the view's span `start:end`, which must not be empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return min(self.starts[start:end]), max(self.ends[start:end])


def normal_view(text: str) -> View:
    """The normal form of a text with its map to the raw offsets."""
    parts: list[str] = []
    starts: list[int] = []
    done = 0
    for match in _SPECIAL.finditer(text):
        at = match.start()
        folded = _folded(match[0])
        parts += (text[done:at], folded)
        starts += range(done, at)
        starts += [at] * len(folded)
        done = at + 1
    if not done and unicodedata.is_normalized("NFD", text):
        return View(text)
    joined = "".join((*parts, text[done:]))
    starts += range(done, len(text))
    if not unicodedata.is_normalized("NFD", joined):
        joined, starts = _reordered(joined, starts)
    return View(joined, starts, [start + 1 for start in starts])


def normal(text: str) -> str:
    """The normal form alone: equal for two texts that differ in encoding only."""
    if _SPECIAL.search(text) is not None:
        text = unicodedata.normalize("NFD", text).translate(_FOLDED)
    return unicodedata.normalize("NFD", text)  # again: a dropped joiner may have stood between two marks


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    return unicodedata.normalize("NFD", character).translate(_FOLDED)


def _reordered(text: str, starts: list[int]) -> tuple[str, list[int]]:
    """Canonical order: runs of combining marks sorted by class, stably, each keeping its offset."""
    base, order = 0, []
    for place, character in enumerate(text):
        weight = unicodedata.combining(character)
        base = base if weight else place
        order.append((base, weight, place))
    places = [place for _, _, place in sorted(order)]
    return "".join(text[place] for place in places), [starts[place] for place in places]


def strip_marks(text: str) -> str:
    """The plain letters of a Latin text in NFC: Đắk Song → Dak Song, Điểu K'ré → Dieu K're."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _MARK.sub("", decomposed).translate(_BARRED))


_MARK = re.compile(r"[\u0300-\u036f]")  # the marks of Latin letters; those of Devanagari are parts of letters
_BARRED = str.maketrans("ĐđÐðƉɖŁłØø", "DdDdDdLlOo")  # letters whose stroke is no combining mark


def plain_view(text: str) -> View:
    """A Latin text in normal form without marks and in lower case, with its map: what a machine that lost both writes.

    A letter's raw span takes in the marks that follow it.
    """
    view = normal_view(text)
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(view.text):
        start, end = view.raw(place, place + 1)
        if _MARK.match(character) is None:
            plain.append(character.translate(_BARRED).lower())
            starts.append(start)
            ends.append(end)
        elif ends:
            ends[-1] = max(ends[-1], end)
    return View("".join(plain), starts, ends)


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
