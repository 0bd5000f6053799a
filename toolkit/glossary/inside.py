"""Forms that stand within other words, where the boundary test stops them: `राज` in `राजा`, `ला हू` in `फैला हुआ`.

What a word holds is worked out once for each word, so that a long text costs little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from toolkit.glossary.overlaps import SLOT, Form, Forms, Words

LONGEST_WORD = 60  # letters; what is longer is no word
WORDS_CACHED = 262_144

Standing = tuple[str, int, int]  # row, first and last word


@dataclass(slots=True)
class Held:
    """What a word may hold a part of.

    Attributes:
        rows: Rows with a form that is a part of the word.
        ending: Forms of several words whose last one begins the word, by the word before it.
        pairs: Forms of two words whose first one ends the word.
        beginning: Longer ones whose first word ends the word, by their second word.
    """

    rows: list[str] = field(default_factory=list)
    ending: dict[str, list[Form]] = field(default_factory=dict)
    pairs: list[Form] = field(default_factory=list)
    beginning: dict[str, list[Form]] = field(default_factory=dict)

    def standing(self, words: Sequence[str], place: int) -> Iterator[Standing]:
        """The rows with a form that stands there in a part of a word, each row once.

        Args:
            words: A paragraph's words, folded.
            place: Which of them this is.
        """
        found = dict.fromkeys(self.rows, (place, place))
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        for form in _under(self.ending, before):
            first = place - len(form.words) + 1
            if first >= 0 and _same(words, first, form.words[:-1]):
                found.setdefault(form.entry.row, (first, place))
        for form in self.pairs:
            if _starts(after, form.words[1]):
                found.setdefault(form.entry.row, (place, place + 1))
        for form in _under(self.beginning, after):
            last = place + len(form.words) - 1
            if last < len(words) and _same(words, place + 1, form.words[1:-1]) and _starts(words[last], form.words[-1]):
                found.setdefault(form.entry.row, (place, last))
        for row, (first, last) in found.items():
            yield row, first, last


class Inside:
    """Finds the forms that begin or end within a word, by that word.

    Args:
        forms: The forms to look for.
    """

    def __init__(self, forms: Forms) -> None:
        self._whole: dict[str, list[Form]] = {}
        self._first: dict[str, list[Form]] = {}
        self._last: dict[str, list[Form]] = {}
        for form in forms.all:
            if len(form.words) == 1:
                self._whole.setdefault(form.words[0], []).append(form)
            else:
                self._first.setdefault(form.words[0], []).append(form)
                self._last.setdefault(form.words[-1], []).append(form)
        self._lengths: dict[str, set[int]] = {}
        for word in self._whole:
            self._lengths.setdefault(word[0], set()).add(len(word))
        self.of = lru_cache(maxsize=WORDS_CACHED)(self._of)
        """What a word, folded, may hold a part of; None for nothing."""

    def _of(self, word: str) -> Held | None:
        if len(word) > LONGEST_WORD:
            return None
        held = Held()
        rows = (form.entry.row for part in self._parts(word) for form in self._whole.get(part, ()))
        held.rows.extend(dict.fromkeys(rows))
        for cut in range(1, len(word)):
            for form in self._last.get(word[:cut], ()):
                held.ending.setdefault(form.words[-2], []).append(form)
            for form in self._first.get(word[cut:], ()):
                if len(form.words) == 2:
                    held.pairs.append(form)
                else:
                    held.beginning.setdefault(form.words[1], []).append(form)
        return held if held != Held() else None

    def _parts(self, word: str) -> Iterator[str]:
        """All within a word that may be a form, itself excluded."""
        for start, letter in enumerate(word):
            for length in self._lengths.get(letter, ()):
                if start + length <= len(word) and length < len(word):
                    yield word[start : start + length]


def _under(forms: dict[str, list[Form]], word: str) -> Sequence[Form]:
    """The forms under a word, a figure under the slot too."""
    found = forms.get(word, [])
    return found + forms.get(SLOT, []) if word.isdecimal() else found


def _same(words: Sequence[str], start: int, wanted: Words) -> bool:
    return all(_equal(words[start + place], word) for place, word in enumerate(wanted))


def _starts(word: str, wanted: str) -> bool:
    return word.startswith(wanted) or _equal(word, wanted)


def _equal(word: str, wanted: str) -> bool:
    return word == wanted or (wanted == SLOT and word.isdecimal())
