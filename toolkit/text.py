"""Normal forms with an offset map back to the raw text.

Texts are compared, never altered: a `View` is the normal form of a text in which every character knows where it
came from. The normal form folds what two writers of the same word may do differently without meaning anything by it:

- canonical decomposition and order (NFD), so that NFC and NFD input look alike; क़ as one or two code points too
- joiners, zero-width spaces, soft hyphens and byte order marks are dropped
- every white space becomes a plain space
- Devanagari digits become ASCII digits, typographic apostrophes and hyphens their plain forms

Nukta, anusvara and the like are spelling, not encoding: `toolkit.devanagari` folds them.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

LETTER = r"[\p{L}\p{M}\p{N}]"
NOT_BEFORE = rf"(?<!{LETTER})"
NOT_AFTER = rf"(?!{LETTER})"

_DROPPED = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # ZWSP, ZWNJ, ZWJ, word joiner, BOM, soft hyphen
_FOLDED = {
    **dict.fromkeys(_DROPPED, ""),
    **{chr(0x0966 + digit): str(digit) for digit in range(10)},  # Devanagari digits
    **dict.fromkeys("\u2018\u2019\u02bc\u02b9\u00b4\u2032", "'"),  # quotes and primes used as an apostrophe
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),  # hyphens, figure and en dash, minus
}
# Anything that may change: all but ASCII and those Devanagari letters that are their own normal form.
_SPECIAL = regex.compile(
    r"[^\x20-\x7e\u0900-\u0928\u092a-\u0930\u0932\u0933\u0935-\u0957\u0964\u0965\u0970-\u097f]|\u093c"
)


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
        return self.starts[start], max(self.ends[start:end])


def normal_view(text: str) -> View:
    """The normal form of a text with its map to the raw offsets."""
    if _SPECIAL.search(text) is None:
        return View(text)
    characters: list[tuple[str, int]] = []
    for offset, raw in enumerate(text):
        for character in unicodedata.normalize("NFD", raw):
            folded = " " if character.isspace() else _FOLDED.get(character, character)
            if folded:
                characters.append((folded, offset))
    _reorder(characters)
    joined = "".join(character for character, _ in characters)
    starts = [offset for _, offset in characters]
    return View(joined, starts, [offset + 1 for offset in starts])


def normal(text: str) -> str:
    """The normal form alone: equal for two texts that differ in encoding only."""
    return normal_view(text).text


def _reorder(characters: list[tuple[str, int]]) -> None:
    """Canonical order: runs of combining marks sorted by class, stably, each keeping its offset."""
    run = 0
    while run < len(characters):
        if not unicodedata.combining(characters[run][0]):
            run += 1
            continue
        end = run
        while end < len(characters) and unicodedata.combining(characters[end][0]):
            end += 1
        characters[run:end] = sorted(characters[run:end], key=lambda pair: unicodedata.combining(pair[0]))
        run = end


def strip_marks(text: str) -> str:
    """The plain letters of a Latin text: Đắk Song → Dak Song, Điểu K'ré → Dieu K're."""
    decomposed = unicodedata.normalize("NFD", text.translate(_BARRED))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))


_BARRED = str.maketrans("ĐđÐðƉɖŁłØøƠơƯư", "DdDdDdLlOoOoUu")  # letters whose stroke or horn is no combining mark


def plain_view(text: str) -> View:
    """A Latin text without marks and in lower case, with its map: what a machine that lost both would write."""
    characters = [
        (plain, offset) for offset, raw in enumerate(text) for plain in strip_marks(_FOLDED.get(raw, raw)).lower()
    ]
    starts = [offset for _, offset in characters]
    return View("".join(plain for plain, _ in characters), starts, [offset + 1 for offset in starts])
