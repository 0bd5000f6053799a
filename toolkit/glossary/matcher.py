r"""Finds term occurrences in a source.

A text is cut into tokens on its normal view: runs of letters, marks and digits, and single signs. A form matches whole
tokens, so the boundary test `(?<![\p{L}\p{M}\p{N}])…(?![\p{L}\p{M}\p{N}])` holds by construction, for Devanagari
too, where `\b` fails (27 % misses, 27 % false hits on TICO-19). White space and joining hyphens do not matter.

A form is looked up by its first token; what follows it is a trie that is built when the token first occurs, so that a
large glossary costs little before it is used. Three tiers, the stricter one first:

- exact: the normal forms are equal
- loose: free spelling variation folded (`toolkit.devanagari.loose`)
- inflected: the last word carries a case ending; only for rows with `match=inflect`

`{n}` matches a number in ASCII or Devanagari digits, an ordinal ending included. Among matches the earliest wins, then
the longest, then the stricter tier, then the order of the rows; a shorter form is kept where the longer one fails.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from toolkit.devanagari import loose, stems
from toolkit.glossary.entry import Entry
from toolkit.segment import TermHit, Tier
from toolkit.text import LETTER, normal, normal_view

NUMBER = "{n}"  # key of a number slot in the trie
_TOKEN = regex.compile(rf"\{{n[2-9]?\}}|\d+(?:[.,]\d+)+(?!{LETTER})|{LETTER}+|[^\s\p{{L}}\p{{M}}\p{{N}}]")
_SLOT = regex.compile(r"\{n[2-9]?\}")
_NUMERAL = regex.compile(r"(\d+(?:[.,]\d+)*)(?:-?(?:वां|वाँ|वें|वीं|वी|वे|ला|ली|ले|रा|री|रे|था|थी|थे|ठा|ठी|ठे|st|nd|rd|th))?")
_TIERS: dict[Tier, int] = {"exact": 0, "loose": 1, "inflected": 2}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a normal view: its text, its loose spelling, its span in the view."""

    text: str
    loose: str
    start: int
    end: int


@dataclass(slots=True)
class _Form:
    entry: Entry
    order: int
    form: str
    exact: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    children: "dict[str, _Node]" = field(default_factory=dict)
    forms: list[_Form] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Match:
    form: _Form
    tier: Tier
    end: int
    numbers: tuple[str, ...]


class Matcher:
    """The source forms of a glossary, ready to be looked up.

    Args:
        entries: Rows to apply, in order of precedence.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._waiting: dict[str, list[tuple[Entry, int, str]]] = defaultdict(list)
        self._tries: dict[str, _Node] = {}
        for order, entry in enumerate(entries):
            for form in entry.forms:
                if (first := _TOKEN.search(normal(form))) is not None:
                    key = NUMBER if _SLOT.fullmatch(first[0]) else loose(first[0])
                    self._waiting[key].append((entry, order, form))

    def find(self, source: str) -> tuple[TermHit, ...]:
        """All term occurrences in a source, in order, none overlapping another."""
        view = normal_view(source)
        tokens = tuple(tokenise(view.text))
        hits: list[TermHit] = []
        place = 0
        while place < len(tokens):
            match = self._longest(tokens, place)
            if match is None:
                place += 1
                continue
            start, end = view.raw(tokens[place].start, tokens[match.end - 1].end)
            hits.append(_hit(match, source, start, end))
            place = match.end
        return tuple(hits)

    def _longest(self, tokens: Sequence[Token], place: int) -> _Match | None:
        token = tokens[place]
        best: _Match | None = None
        keys: list[tuple[str, bool, tuple[str, ...]]] = [
            (token.loose, False, ()),
            *((stem, True, ()) for stem in stems(token.loose)),
        ]
        if (numeral := _NUMERAL.fullmatch(token.text)) is not None:
            keys.append((NUMBER, False, (numeral[1],)))
        for key, inflected, numbers in keys:
            if key not in self._waiting:
                continue
            found = self._walk(self._trie(key), tokens, place, place + 1, numbers, inflected)
            for match in found:
                if best is None or _rank(match) < _rank(best):
                    best = match
        return best

    def _walk(
        self, node: _Node, tokens: Sequence[Token], first: int, place: int, numbers: tuple[str, ...], inflected: bool
    ) -> Iterator[_Match]:
        """Matches that begin at `first` and have used the tokens before `place`, the last one inflected or not."""
        for form in node.forms:
            if inflected and form.entry.match != "inflect":
                continue
            yield _Match(form, _tier(form, tokens[first:place], inflected), place, numbers)
        if inflected or place == len(tokens) or not node.children:
            return
        token = tokens[place]
        if (child := node.children.get(token.loose)) is not None:
            yield from self._walk(child, tokens, first, place + 1, numbers, False)
        for stem in stems(token.loose):
            if (child := node.children.get(stem)) is not None:
                yield from self._walk(child, tokens, first, place + 1, numbers, True)
        if (child := node.children.get(NUMBER)) is not None and (found := _NUMERAL.fullmatch(token.text)):
            yield from self._walk(child, tokens, first, place + 1, (*numbers, found[1]), False)

    def _trie(self, key: str) -> _Node:
        """The trie of all forms that begin with a token, built when first asked for."""
        if (root := self._tries.get(key)) is not None:
            return root
        root = self._tries[key] = _Node()
        for entry, order, form in self._waiting[key]:
            tokens = tuple(tokenise(normal(form)))
            node = root
            for token in tokens[1:]:
                name = NUMBER if _SLOT.fullmatch(token.text) else token.loose
                node = node.children.setdefault(name, _Node())
            node.forms.append(_Form(entry, order, form, tuple(token.text for token in tokens)))
        return root


def tokenise(view: str) -> Iterator[Token]:
    """The tokens of a normal view; hyphens that join words are left out."""
    for match in _TOKEN.finditer(view):
        start, end = match.span()
        if match[0] == "-" and not (view[start - 1 : start].isspace() and view[end : end + 1].isspace()):
            continue
        yield Token(match[0], loose(match[0]), start, end)


def _tier(form: _Form, tokens: Sequence[Token], inflected: bool) -> Tier:
    if inflected:
        return "inflected"
    written = (token.text for token in tokens)
    same = all(ours == theirs or _SLOT.fullmatch(ours) for ours, theirs in zip(form.exact, written, strict=True))
    return "exact" if same else "loose"


def _rank(match: _Match) -> tuple[int, int, int]:
    return -match.end, _TIERS[match.tier], match.form.order


def _hit(match: _Match, source: str, start: int, end: int) -> TermHit:
    entry = match.form.entry
    values = dict(zip(_SLOT.findall(normal(match.form.form)), match.numbers, strict=True))

    def fill(text: str) -> str:
        return str(_SLOT.sub(lambda slot: values[slot[0]], text)) if values else text

    return TermHit(
        row=entry.row,
        start=start,
        end=end,
        surface=source[start:end],
        form=match.form.form,
        target=fill(entry.target),
        accepted=tuple(map(fill, entry.accepted)),
        forbidden=tuple(map(fill, entry.forbidden)),
        kind=entry.kind,
        tier=match.tier,
    )
