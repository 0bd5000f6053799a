"""Over-application: approved forms that stand in a translation where nothing asked for them.

A form is too much in a segment beyond what its source requires and beyond what the reference has of it, whichever is
more. Rows that share a form are one concept. Forms are found longest first, whatever the case, so "virus" in "virus
infection" counts for the longer one alone. Forms with number slots are left out: they cannot be told from text.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import regex

from toolkit.evaluation.sets import Item
from toolkit.glossary.entry import Entry
from toolkit.text import LETTER, occurrences

_WORD = regex.compile(rf"{LETTER}+")


class Concepts:
    """The approved forms of a glossary, told apart by what they stand for.

    Args:
        entries: The rows that are applied.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._of: dict[str, int] = {}
        self._starting: dict[str, list[str]] = defaultdict(list)
        for number, entry in enumerate(entries):
            forms = {form.casefold() for form in (entry.target, *entry.accepted) if "{" not in form}
            self._join(number, forms)
        for form in self._of:
            if (first := _WORD.search(form)) is not None:
                self._starting[first[0]].append(form)

    def _join(self, number: int, forms: set[str]) -> None:
        shared = {self._of[form] for form in forms if form in self._of}
        self._of.update(dict.fromkeys(forms, number))
        if shared:
            self._of = {form: number if concept in shared else concept for form, concept in self._of.items()}

    def standing(self, text: str) -> Counter[int]:
        """How often each concept stands in a text."""
        low = text.casefold()
        forms = [form for word in dict.fromkeys(_WORD.findall(low)) for form in self._starting.get(word, ())]
        spans = [(start, -end, form) for form in forms for start, end in occurrences(low, form)]
        found: Counter[int] = Counter()
        used = 0
        for start, end, form in sorted(spans):
            if start >= used:
                used = -end
                found[self._of[form]] += 1
        return found

    def too_many(self, item: Item, text: str) -> int:
        """How many approved forms stand in a translation beyond what source and reference call for."""
        required = Counter(self._of.get(hit.target.casefold(), -1) for hit in item.hits)
        reference = self.standing(item.reference)
        found = self.standing(text)
        return sum(max(0, count - max(required[one], reference[one])) for one, count in found.items())
