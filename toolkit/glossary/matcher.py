r"""Finds term occurrences in a source.

A text is cut into tokens on its normal view: runs of letters, marks and digits, and single signs. A form matches whole
tokens, so the boundary test `(?<![\p{L}\p{M}\p{N}])…(?![\p{L}\p{M}\p{N}])` holds by construction, for Devanagari
too, where `\b` fails (27 % misses, 27 % false hits on TICO-19). White space and joining hyphens do not matter.

A form is looked up by its first token; what follows it is a trie that is built when the token first occurs, so that a
large glossary costs little before it is used. Three tiers, the stricter one first:

- exact: the normal forms are equal
- loose: free spelling variation folded (`toolkit.devanagari.loose`), case too, a number with an ordinal ending; a form
  written with ॉ is found with ा and ो too (कॉमरेड, कामरेड, कोमरेड)
- inflected: the last word carries a case ending; only for rows with `match=inflect`

`{n}` matches a number in ASCII or Devanagari digits, an ordinal ending included; `{n}वीं` one with just that ending.
Where a form ends in a slot, each number of a list or range that follows is one more hit: see `toolkit.glossary.series`.
Terms are found in any case; names and patterns as they are cased in the row, in capitals throughout, or with a capital
at the start of a sentence. Among matches the earliest wins, then the longest, then the stricter tier, then the one with
fewer slots, then the order of the rows; a shorter form is kept where the longer one fails. `Matcher.inside` says which
rows a longer one speaks for.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

import regex

from toolkit.devanagari import loose, stems
from toolkit.glossary.entry import Entry
from toolkit.glossary.series import FIGURE, numbers_after, plural_head
from toolkit.glossary.spans import approved, at_sentence_start, capitalised
from toolkit.segment import TermHit, Tier
from toolkit.text import LETTER, View, normal, normal_view, occurrences

NUMBER = "{n}"  # stands for a figure in the keys of the trie; no token of a text reads so

_SLOT = regex.compile(r"\{n[2-9]?\}")
_STAND_IN = "\U0001d7ce"  # mathematical bold zero: while a form is cut into tokens, a slot is a figure like any other
_FIGURES = regex.compile(FIGURE)
_ORDINAL = regex.compile(rf"({FIGURE})(?:वां|वें|वीं|वी|वे|ला|ली|ले|रा|री|रे|था|थी|थे|ठा|ठी|ठे|st|nd|rd|th)", regex.IGNORECASE)
_JOINING = rf"(?<={LETTER})-(?=\s?{LETTER})|(?<={LETTER}\s)-(?=\p{{L}})"  # hyphens within a compound, typed as may be
_TOKEN = regex.compile(
    rf"{FIGURE}(?:{LETTER}+|[ -](?:वां|वाँ|वें|वीं)(?!{LETTER}))?|{LETTER}+|(?!{_JOINING})[^\s\p{{L}}\p{{M}}\p{{N}}]"
)
_PLAIN_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097f]+(?![^ ])")  # a first word that ends at a space
_CANDRA = {"ॉ": "ो", "ऑ": "ओ"}  # candra o, which loan words are written with, and what is typed for it
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


def _rank(match: _Match) -> tuple[int, int, int, int]:
    """Smaller is better."""
    return -match.end, _TIERS[match.tier], len(match.figures), match.form.order


class Matcher:
    """The source forms of a glossary, ready to be looked up.

    Args:
        entries: Rows to apply, in order of precedence.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        self._waiting: dict[str, list[int]] = defaultdict(list)
        self._tries: dict[str, _Node] = {}
        self._starting = lru_cache(maxsize=65536)(self._starting_keys)
        for order, entry in enumerate(self._entries):
            for form in entry.forms:
                for spelling in _spellings(form):
                    self._waiting[_first_key(spelling)].append(order)
        self._waiting.pop("", None)

    def find(self, source: str) -> tuple[TermHit, ...]:
        """All term occurrences in a source, in order, none overlapping another."""
        view = normal_view(source)
        spans = list(_TOKEN.finditer(view.text))
        tokens = [span[0] for span in spans]
        hits: list[TermHit] = []
        used = 0
        for place, token in enumerate(tokens):
            if spans[place].start() < used or not (keys := self._starting(token)):
                continue
            if matches := self._matches(_Here(tokens, place, view.text, spans[place].start()), keys):
                match = min(matches, key=_rank)
                start, used = spans[place].start(), spans[match.end - 1].end()
                more = numbers_after(view.text, used, match.figures[-1]) if match.form.tokens[-1] == NUMBER else []
                hits.append(_hit(match, source, *view.raw(start, used), listed=bool(more)))
                if more:
                    hits += _members(match, source, view, more)
                    used = more[-1][1]
        return tuple(hits)

    def inside(self, hit: TermHit) -> tuple[TermHit, ...]:
        """The occurrences within a longer one that it speaks for, in order; they may overlap.

        The longest row is what is enforced. A row within it applies too where one of its approved forms stands in the
        longer one's target, whatever the case for terms: `उप सचिव` within `स्थायी उप सचिव`, "Deputy Secretary" within
        "Standing Deputy Secretary". The span that holds the longer target holds the shorter too, which needs no other.
        """
        view = normal_view(hit.surface)
        spans = list(_TOKEN.finditer(view.text))
        tokens = [span[0] for span in spans]
        found: list[TermHit] = []
        for place, token in enumerate(tokens):
            here = _Here(tokens, place, view.text, spans[place].start())
            for match in _best_by_end(self._matches(here, self._starting(token))):
                if match.end - place < len(tokens):
                    start, end = view.raw(here.start, spans[match.end - 1].end())
                    inner = _hit(match, hit.surface, start, end)
                    if _speaks_for(hit.target, inner):
                        found.append(replace(inner, start=hit.start + start, end=hit.start + end))
        return tuple(found)

    def _starting_keys(self, token: str) -> tuple[_Key, ...]:
        """The keys of a token under which forms begin."""
        return tuple(key for key in _keys(token) if key.text in self._waiting)

    def _matches(self, here: _Here, keys: Sequence[_Key]) -> list[_Match]:
        """All that matches at a place."""
        found = []
        for key in keys:
            for form, end, figures, inflected in _walk(self._trie(key.text), here.tokens, here.first + 1, key):
                written = here.tokens[here.first : end]
                match = _Match(form, _tier(form, written, inflected), end, figures)
                if _fits(match, written, here):
                    found.append(match)
        return found

    def _trie(self, key: str) -> _Node:
        """The trie of all forms that begin with a token, built when first asked for."""
        if (root := self._tries.get(key)) is not None:
            return root
        root = self._tries[key] = _Node()
        for order in dict.fromkeys(self._waiting[key]):
            entry = self._entries[order]
            for form in entry.forms:
                written = tuple(map(_with_slots, _TOKEN.findall(_readable(form))))
                for spelling in (spelling for spelling in _spellings(form) if _first_key(spelling) == key):
                    node = root
                    for token in _TOKEN.findall(_readable(spelling))[1:]:
                        node = node.children.setdefault(_form_key(token), _Node())
                    node.forms.append(_Form(entry, order, form, written))
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


def _spellings(form: str) -> tuple[str, ...]:
    """A form and, where it has ॉ or ऑ, it with ो or ओ for all of them, the first, the last; ा is folded anyway."""
    if "ॉ" not in form and "ऑ" not in form:
        return (form,)
    places = [place for place, letter in enumerate(form) if letter in _CANDRA]
    changed = (
        "".join(_CANDRA[letter] if place in some else letter for place, letter in enumerate(form))
        for some in (places, places[:1], places[-1:])
    )
    return (form, *dict.fromkeys(changed))


def _best_by_end(matches: Sequence[_Match]) -> Iterator[_Match]:
    """Of the matches at a place the best for each end, the longest first."""
    end = 0
    for match in sorted(matches, key=_rank):
        if match.end != end:
            yield match
        end = match.end


def _speaks_for(target: str, inner: TermHit) -> bool:
    fold = str.lower if inner.kind == "term" else str
    return any(any(occurrences(fold(target), fold(form))) for form in approved(inner))


def _members(match: _Match, source: str, view: View, spans: Sequence[tuple[int, int]]) -> Iterator[TermHit]:
    """The further numbers of a list as occurrences; English names the head once, so the bare number is right too.

    A bare number proves little by itself. What keeps it honest is that every occurrence needs a span of its own.
    """
    for start, end in spans:
        number = view.text[start:end]
        hit = _hit(replace(match, figures=(*match.figures[:-1], number)), source, *view.raw(start, end))
        yield replace(hit, accepted=tuple(dict.fromkeys((*hit.accepted, number))))


def _hit(match: _Match, source: str, start: int, end: int, listed: bool = False) -> TermHit:
    entry, form = match.form.entry, match.form.form
    target, accepted, forbidden = entry.target, entry.accepted, entry.forbidden
    if listed:
        accepted = tuple(dict.fromkeys((*accepted, *map(plural_head, (target, *accepted)))))
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
