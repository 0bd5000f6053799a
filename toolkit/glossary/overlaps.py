"""Which forms of a glossary stand in each other's way: one within another, one beginning where another ends.

Forms are compared word by word, as the matcher compares them: free spelling variation folded, hyphens as spaces, a
number slot for any figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from toolkit.devanagari import loose
from toolkit.glossary.entry import Entry
from toolkit.text import LETTER, normal

SLOT = "{n}"
Words = tuple[str, ...]

TOKEN = regex.compile(rf"\{{n[2-9]?\}}|{LETTER}+|[^\s\p{{L}}\p{{M}}\p{{N}}-]")


class Form(NamedTuple):
    """A source form of a row, and its words."""

    entry: Entry
    text: str
    words: Words


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word of a normal form with all folded that spelling lets vary."""
    return SLOT if word.startswith("{") and word.endswith("}") else loose(word).lower()


def words_of(text: str) -> Words:
    """The words and signs of a form, each folded."""
    return tuple(folded(word) for word in TOKEN.findall(normal(text)))


def speaks_for(longer: Entry, inner: Entry) -> bool:
    """Whether a longer row's target holds a right form of a row within it, so that the inner term is not lost."""
    target = longer.target.lower()
    return any(right.lower() in target for right in (inner.target, *inner.accepted))


class Forms:
    """All source forms of some rows, to be looked up by their words.

    Args:
        entries: The rows, in order of precedence.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.all = tuple(
            Form(entry, text, words) for entry in entries for text in entry.forms if (words := words_of(text))
        )
        self.by_words: dict[Words, list[Form]] = {}
        self._beginnings: set[Words] = set()
        for form in self.all:
            self.by_words.setdefault(form.words, []).append(form)
            self._beginnings.update(form.words[:end] for end in range(1, len(form.words)))

    def within(self, words: Words) -> Iterator[Form]:
        """The forms that are a part of some words, not all of them; each once."""
        parts = dict.fromkeys(
            words[start:end]
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
            if end - start < len(words)
        )
        for part in parts:
            yield from self.by_words.get(part, ())

    def shared_ends(self, words: Words) -> Iterator[Words]:
        """The last words of a form with which some longer form begins."""
        for start in range(1, len(words)):
            if words[start:] in self._beginnings:
                yield words[start:]

    def longest(self, words: Sequence[str], start: int, at_least: int) -> int:
        """Where the longest form ends that begins at a place and has more than `at_least` words; 0 for none."""
        found = 0
        end = start + 1
        while (part := tuple(words[start:end])) in self._beginnings or part in self.by_words:
            if end - start > at_least and part in self.by_words:
                found = end
            if end == len(words):
                break
            end += 1
        return found
