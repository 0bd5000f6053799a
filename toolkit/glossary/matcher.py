r"""Finds term occurrences in a source.

A text is cut into tokens on its normal view: runs of letters, marks and digits, and single signs. A form matches whole
tokens, so the boundary test `(?<![\p{L}\p{M}\p{N}])…(?![\p{L}\p{M}\p{N}])` holds by construction, for Devanagari
too, where `\b` fails (27 % misses, 27 % false hits on TICO-19). White space and joining hyphens do not matter.

A form is looked up by its first token; what follows it is a trie that is built when the token first occurs, so that a
large glossary costs little before it is used. Three tiers, the stricter one first:

- exact: the normal forms are equal
- loose: free spelling variation folded (`toolkit.devanagari.loose`), case too, a number with an ordinal ending
- inflected: the last word carries a case ending; only for rows with `match=inflect`

`{n}` matches a number in ASCII or Devanagari digits, an ordinal ending included; `{n}वीं` one with just that ending.
Terms are found in any case; names and patterns as they are cased in the row, in capitals throughout, or with a capital
at the start of a sentence. Among matches the earliest wins, then the longest, then the stricter tier, then the one with
fewer slots, then the order of the rows; a shorter form is kept where the longer one fails.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import regex

from toolkit.devanagari import loose, stems
from toolkit.glossary.entry import Entry
from toolkit.glossary.spans import at_sentence_start, capitalised
from toolkit.segment import TermHit, Tier
from toolkit.text import LETTER, normal, normal_view

NUMBER = "{n}"  # stands for a figure in the keys of the trie; no token of a text reads so

_SLOT = regex.compile(r"\{n[2-9]?\}")
_STAND_IN = "\U0001d7ce"  # mathematical bold zero: while a form is cut into tokens, a slot is a figure like any other
_FIGURE = r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d+)(?:\.\d+)*"
_FIGURES = regex.compile(_FIGURE)
_ORDINAL = regex.compile(rf"({_FIGURE})(?:वां|वें|वीं|वी|वे|ला|ली|ले|रा|री|रे|था|थी|थे|ठा|ठी|ठे|st|nd|rd|th)", regex.IGNORECASE)
_JOINING = rf"(?<={LETTER})-(?=\s?{LETTER})|(?<={LETTER}\s)-(?=\p{{L}})"  # hyphens within a compound, typed as may be
_TOKEN = regex.compile(
    rf"{_FIGURE}(?:{LETTER}+|[ -](?:वां|वाँ|वें|वीं)(?!{LETTER}))?|{LETTER}+|(?!{_JOINING})[^\s\p{{L}}\p{{M}}\p{{N}}]"
)
_PLAIN_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097f]+(?![^ ])")  # a first word that ends at a space
_TIERS: dict[Tier, int] = {"exact": 0, "loose": 1, "inflected": 2}


class _Key(NamedTuple):
    """One way to look up a token: the figures it fills slots with, and whether a case ending was taken off."""

    text: str
    figures: tuple[str, ...] = ()
    inflected: bool = False


@dataclass(slots=True)
class _Form:
    entry: Entry
    order: int
    form: str
    tokens: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    children: "dict[str, _Node]" = field(default_factory=dict)
    forms: list[_Form] = field(default_factory=list)


class _Here(NamedTuple):
    """Where forms are sought: the tokens of a normal view, the first one to match, the view, where the token stands."""

    tokens: Sequence[str]
    first: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Match:
    form: _Form
    tier: Tier
    end: int
    figures: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Smaller is better."""
        return -self.end, _TIERS[self.tier], len(self.figures), self.form.order


class Matcher:
    """The source forms of a glossary, ready to be looked up.

    Args:
        entries: Rows to apply, in order of precedence.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        self._entries = tuple(entries)
        self._waiting: dict[str, list[int]] = defaultdict(list)
        self._tries: dict[str, _Node] = {}
        self._starting = lru_cache(maxsize=65536)(self._starting_keys)
        for order, entry in enumerate(self._entries):
            for form in entry.forms:
                self._waiting[_first_key(form)].append(order)
        self._waiting.pop("", None)

    def find(self, source: str) -> tuple[TermHit, ...]:
        """All term occurrences in a source, in order, none overlapping another."""
        view = normal_view(source)
        spans = list(_TOKEN.finditer(view.text))
        tokens = [span[0] for span in spans]
        hits: list[TermHit] = []
        used = 0
        for place, token in enumerate(tokens):
            if place < used or not (keys := self._starting(token)):
                continue
            match = self._longest(_Here(tokens, place, view.text, spans[place].start()), keys)
            if match is not None:
                used = match.end
                hits.append(_hit(match, source, *view.raw(spans[place].start(), spans[used - 1].end())))
        return tuple(hits)

    def _starting_keys(self, token: str) -> tuple[_Key, ...]:
        """The keys of a token under which forms begin."""
        return tuple(key for key in _keys(token) if key.text in self._waiting)

    def _longest(self, here: "_Here", keys: Sequence[_Key]) -> _Match | None:
        best: _Match | None = None
        for key in keys:
            for form, end, figures, inflected in _walk(self._trie(key.text), here.tokens, here.first + 1, key):
                written = here.tokens[here.first : end]
                match = _Match(form, _tier(form, written, inflected), end, figures)
                if (best is None or match.rank < best.rank) and _fits(match, written, here):
                    best = match
        return best

    def _trie(self, key: str) -> _Node:
        """The trie of all forms that begin with a token, built when first asked for."""
        if (root := self._tries.get(key)) is not None:
            return root
        root = self._tries[key] = _Node()
        for order in dict.fromkeys(self._waiting[key]):
            entry = self._entries[order]
            for form in (form for form in entry.forms if _first_key(form) == key):
                tokens = _TOKEN.findall(_readable(form))
                node = root
                for token in tokens[1:]:
                    node = node.children.setdefault(_form_key(token), _Node())
                node.forms.append(_Form(entry, order, form, tuple(map(_with_slots, tokens))))
        return root


def _walk(
    node: _Node, tokens: Sequence[str], place: int, key: _Key
) -> Iterator[tuple[_Form, int, tuple[str, ...], bool]]:
    """The forms at and below a node that `key` and the tokens from `place` on spell: form, end, figures, inflected."""
    for form in node.forms:
        yield form, place, key.figures, key.inflected
    if key.inflected or not node.children or place == len(tokens):
        return  # only the last word carries an ending
    for more in _keys(tokens[place]):
        if (child := node.children.get(more.text)) is not None:
            yield from _walk(child, tokens, place + 1, more._replace(figures=key.figures + more.figures))


@lru_cache(maxsize=65536)
def _keys(token: str) -> tuple[_Key, ...]:
    """The keys under which a form may hold a token of a text."""
    plain = _plain(token)
    if not (figures := tuple(_FIGURES.findall(token))):
        return _Key(plain), *(_Key(stem, (), True) for stem in stems(plain))
    keys = [_Key(plain), _Key(_FIGURES.sub(NUMBER, plain), figures)]
    if _ORDINAL.fullmatch(plain) is not None:
        keys += [_Key(figures[0]), _Key(NUMBER, figures)]
    return tuple(keys)


def _first_key(form: str) -> str:
    """The key of a form's first token; empty where it has none."""
    plain = _PLAIN_WORD.match(form)
    if plain is not None and unicodedata.is_normalized("NFD", plain[0]):
        return loose(plain[0])  # as most forms begin: four times faster than cutting all of the form into tokens
    first = _TOKEN.search(_readable(form))
    return _form_key(first[0]) if first is not None else ""


def _readable(form: str) -> str:
    """The normal form of a glossary form, a figure standing in for each slot."""
    text = normal(form).replace(_STAND_IN, "0")
    return str(_SLOT.sub(_STAND_IN, text)) if "{" in text else text


def _with_slots(token: str) -> str:
    return token.replace(_STAND_IN, NUMBER)


def _form_key(token: str) -> str:
    return _with_slots(_plain(token))


def _plain(token: str) -> str:
    """A token's spelling with all folded that varies; what joins an ordinal ending to its figure too."""
    folded = loose(token).lower()
    return folded if len(folded) == 1 else folded.replace(" ", "").replace("-", "")


def _tier(form: _Form, tokens: Sequence[str], inflected: bool) -> Tier:
    if inflected:
        return "inflected"
    return "exact" if all(map(_same, form.tokens, tokens)) else "loose"


def _same(ours: str, written: str) -> bool:
    """Whether a written token is a form's, letter for letter; figures are slots where the form has slots."""
    return ours == (_FIGURES.sub(NUMBER, written) if NUMBER in ours else written)


def _fits(match: _Match, tokens: Sequence[str], here: _Here) -> bool:
    """Whether the row allows the ending and the letter case; the words themselves are known to match."""
    form = match.form
    if match.tier != "loose":
        return match.tier == "exact" or form.entry.match == "inflect"
    if form.entry.kind == "term":
        return True
    cased = [(o, w) for o, w in zip(form.tokens, tokens, strict=True) if o != NUMBER and w.lower() != w.upper()]
    if all(_same(ours, written) for ours, written in cased) or all(written.isupper() for _, written in cased):
        return True
    return (
        tokens[0] == capitalised(form.tokens[0])
        and all(_same(ours, written) for ours, written in cased[1:])
        and at_sentence_start(here.text, here.start)
    )


def _hit(match: _Match, source: str, start: int, end: int) -> TermHit:
    entry, form = match.form.entry, match.form.form
    target, accepted, forbidden = entry.target, entry.accepted, entry.forbidden
    if match.figures:
        values = dict(zip(_SLOT.findall(form), match.figures, strict=True))
        (target,), accepted, forbidden = (_filled(forms, values) for forms in ((target,), accepted, forbidden))
    return TermHit(
        row=entry.row,
        start=start,
        end=end,
        surface=source[start:end],
        form=form,
        target=target,
        accepted=accepted,
        forbidden=forbidden,
        kind=entry.kind,
        tier=match.tier,
    )


def _filled(forms: Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(str(_SLOT.sub(lambda slot: values[slot[0]], form)) for form in forms)
