"""Reads the numbers of a text: tokens first, then a small grammar over them.

    number      part (part)*                     2 करोड़ 30 लाख: parts that fall in size add up
    part        coefficient multiplier*          2 लाख करोड़: multipliers side by side multiply
    coefficient digits | words | सवा/साढ़े/पौने and one of them | half a | a

A coefficient may hold a hundred of its own: "two hundred five thousand".
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction
from math import prod

import regex

from toolkit.languages import Language
from toolkit.numerals.words import CLEAR, Role, Word, read_word


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text.

    Attributes:
        value: What it is worth, exactly.
        start: Raw offset in the text.
        end: Raw offset, exclusive.
        surface: The text between the two, as written there: `1,100 अरब`.
        spelled: Written in words alone, without a digit.
    """

    value: Fraction
    start: int
    end: int
    surface: str
    spelled: bool = False


class _Link(Enum):
    """How a token hangs on the one before it."""

    NONE = auto()
    JOINED = auto()  # touching, or a single space between
    HYPHEN = auto()  # twenty-one, 90-million, and also 10-12
    AND = auto()
    RANGE = auto()  # 10 – 12, 10 से 12, $10 to $12


@dataclass(frozen=True, slots=True)
class _Token:
    word: Word
    start: int
    end: int
    link: _Link

    @property
    def role(self) -> Role:
        return self.word.role

    @property
    def value(self) -> Fraction:
        return self.word.value


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as far as it has been read: `base + coefficient × multipliers`."""

    coefficient: Fraction
    after: int  # index of the first token behind it
    digits: bool = False
    closed: bool = False  # an ordinal: no multiplier may follow
    multipliers: tuple[Fraction, ...] = ()
    base: Fraction = Fraction(0)

    @property
    def scale(self) -> Fraction:
        return prod(self.multipliers, start=Fraction(1))

    @property
    def value(self) -> Fraction:
        return self.base + self.coefficient * self.scale


_D = r"[0-9\u0966-\u096f]"  # ASCII and Devanagari digits
_S = r"[\u00a0\u2007\u2009\u202f]"  # no-break, figure, thin and narrow no-break space
_TOKEN = regex.compile(
    rf"""
      (?P<word>[\p{{L}}\p{{M}}\u200c\u200d]+)
    | (?=[.½¼¾]|{_D})(?:
        (?<=\b[kcm]?m)[23]\b | (?<=[\u0900-\u0963])\u0966(?!{_D})  # no figures: km2, and the zero that abbreviates डा०
      | (?P<hour>(?<![{_D}:]){_D}{{1,2}}:00(?![:{_D}]))
      | (?P<comma>{_D}{{1,3}}(?:,{_D}{{2,3}}){{1,99}}+(?<=,{_D}{{3}})(?:\.{_D}{{1,300}})?(?!,?{_D}))
      | (?P<space>{_D}{{1,3}}(?:{_S}{_D}{{3}}){{1,99}}+(?:[.,]{_D}{{1,300}})?(?!{_D}))
      | (?P<dots>{_D}{{1,3}}(?:\.{_D}{{3}}){{2,99}}+(?:,{_D}{{1,300}})?(?!\.?{_D}))
      | (?P<point>(?<!{_D}\.){_D}{{1,300}}\.{_D}{{1,300}}(?!\.?{_D}))
      | (?P<decimal_comma>(?<!{_D},\s?){_D}{{1,300}},
          (?:{_D}(?!,?{_D})(?!\s*(?:and|or|&|और|या|व|एवं)\b) | {_D}{{2}}(?=\s?(?:%|प्रतिशत|per\ ?cent))))
      | (?P<fraction>(?<![\p{{L}}\p{{M}}\p{{N}}.)\]])\.{_D}{{1,300}}(?!\.?{_D}))
      | (?P<whole>{_D}{{1,300}}[½¼¾]?|[½¼¾])
    )
    """,
    regex.VERBOSE | regex.V1,
)
_SPACES = "\u00a0\u2007\u2009\u202f"
_JOINED = ("", " ", *_SPACES)
_HYPHENS = ("-", "\u2010", "\u2011")  # also hyphen and non-breaking hyphen
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_MONEY = r"[$£€₹¥₫]"
_AFTER_MONEY = regex.compile(rf"(?:{_MONEY}|\b(?:Rs\.?|INR|USD|VND))\s?$")
_RANGE = regex.compile(rf"\s?[-–—]\s?{_MONEY}?|\s(?:से|to)\s{_MONEY}?")
_CLOCK = regex.compile(r"\s?(?:बजे|बजकर|[ap]\.?m\b)", regex.IGNORECASE)
_IN_WORD = regex.compile(r"[\p{L}\p{M}][-–]?$")  # COVID-19 से 50 लाख: not a range
_ARAB = regex.compile(r"\s(?:देश|राष्ट्र|लीग|जगत|अमीरात)")  # 22 अरब देश: Arab countries, not billions
_LONGEST_GAP = 6  # characters
_HUNDRED = Fraction(100)


def read_figures(text: str, language: Language) -> Iterator[Figure]:
    """All numbers of a text in order; they never overlap."""
    tokens = _tokens(text, language)
    tokens += [_Token(Word(Role.END), len(text), len(text), _Link.NONE)] * 3
    index = 0
    while tokens[index].role is not Role.END:
        number = _number(tokens, index, language)
        if number is None:
            index += 1
            continue
        yield from _figures(text, tokens, index, number)
        index = number.after


def _figures(text: str, tokens: list[_Token], index: int, number: _Number) -> Iterator[Figure]:
    """The number as a figure; a time of day as hours and minutes, however it is written."""
    start, end = tokens[index].start, tokens[number.after - 1].end
    value, surface = number.value, text[start:end]
    if value.denominator > 1 and value < 25 and _CLOCK.match(text, end):
        hours = Fraction(int(value))
        minutes = (value - hours) * (100 if "." in surface else 60)  # 5.30 बजे, साढ़े पाँच बजे
        yield Figure(hours, start, end, surface, not number.digits)
        yield Figure(minutes, start, end, surface, "." not in surface)
        return
    scale = _shared_scale(text, tokens, index, number)
    if scale:
        yield Figure(value * scale, start, end, surface, not number.digits)


def _shared_scale(text: str, tokens: list[_Token], index: int, number: _Number) -> Fraction:
    """What the lower end of a range takes over from the upper one: 10-12 लाख, between 10 and 12 million.

    0 where the number is said twice to mean "each", as in 5-5 लाख; 1 where there is no range.
    """
    link, before = tokens[number.after].link, text[max(0, tokens[index].start - 12) : tokens[index].start]
    ranged = link in (_Link.HYPHEN, _Link.RANGE) or (link is _Link.AND and "between" in before.casefold())
    if number.multipliers or number.closed or not ranged or _IN_WORD.search(before):
        return Fraction(1)
    upper = _part(tokens, number.after)
    if upper is None or not upper.multipliers or not 0 < number.value <= upper.coefficient:
        return Fraction(1)
    return Fraction(0) if number.value == upper.coefficient and link is _Link.HYPHEN else upper.scale


def _number(tokens: list[_Token], index: int, language: Language) -> _Number | None:
    """A part and all smaller parts that follow it directly."""
    number = _part(tokens, index)
    while number is not None and number.multipliers and not number.closed:
        part = _next_part(tokens, number)
        if part is None:
            return number
        inner = part.coefficient * part.multipliers[0] if part.multipliers else part.coefficient
        if (
            inner >= number.scale
            or number.coefficient.denominator > 1
            or not (part.multipliers or _may_end(number, part, language))
        ):
            return number
        if len(part.multipliers) > 1:  # 1 लाख 76 हज़ार करोड़: the last multiplier counts for all
            outer = prod(part.multipliers[1:], start=Fraction(1))
            number = replace(part, coefficient=number.value + inner, multipliers=(outer,), digits=number.digits)
        else:
            number = replace(part, base=number.value, digits=number.digits or part.digits)
    return number


def _next_part(tokens: list[_Token], number: _Number) -> _Number | None:
    link = tokens[number.after].link
    part = _part(tokens, number.after) if link in (_Link.JOINED, _Link.AND) else None
    if part is not None and link is _Link.AND and (part.digits or number.digits):
        return None  # "100 thousand and 5" are two figures, "two thousand and five" is one
    return part


def _may_end(number: _Number, part: _Number, language: Language) -> bool:
    """Whether a part without multiplier may close a number: 5 हज़ार 200, five thousand two; not 5 million 200."""
    return part.coefficient.denominator == 1 and number.digits == part.digits and (language == "hi" or not part.digits)


def _part(tokens: list[_Token], index: int) -> _Number | None:
    """A coefficient with its multipliers."""
    part = _coefficient(tokens, index)
    if part is None or part.closed:
        return part
    part = _multiplied(tokens, part)
    if part.multipliers != (_HUNDRED,):
        return part
    rest = _next_part(tokens, part)
    if rest is None or rest.coefficient >= _HUNDRED or rest.digits != part.digits or _HUNDRED in rest.multipliers:
        return part
    return replace(rest, coefficient=part.value + rest.coefficient)


def _multiplied(tokens: list[_Token], part: _Number) -> _Number:
    after = part.after
    while tokens[after].role in (Role.MULTIPLIER, Role.BOUND) and tokens[after].link in (_Link.JOINED, _Link.HYPHEN):
        after += 1
    more = tuple(token.value for token in tokens[part.after : after])
    return replace(part, after=after, multipliers=part.multipliers + more)


def _coefficient(tokens: list[_Token], index: int) -> _Number | None:
    """The number that is multiplied; a bare "million" counts as one of them."""
    role = tokens[index].role
    if role is Role.MULTIPLIER:
        return _Number(Fraction(1), index + 1, multipliers=(tokens[index].value,))
    if role in (Role.ARTICLE, Role.HALF):
        return _counted(tokens, index)
    number = _simple(tokens, index)
    if number is None and role is Role.ADDED:
        base = _simple(tokens, index + 1) if tokens[index + 1].link in (_Link.JOINED, _Link.HYPHEN) else None
        base = base or _Number(Fraction(1), index + 1)  # सवा लाख: one and a quarter
        number = replace(base, coefficient=base.coefficient + tokens[index].value)
    if number is not None and _is_and_a_half(tokens[number.after : number.after + 2]):
        return replace(number, coefficient=number.coefficient + Fraction(1, 2), after=number.after + 2)
    return number


def _simple(tokens: list[_Token], index: int) -> _Number | None:
    """Digits, a number word, or tens and units."""
    token = tokens[index]
    if token.role is Role.TENS:
        unit = tokens[index + 1]
        joined = unit.link in (_Link.JOINED, _Link.HYPHEN) and unit.role in (Role.SMALL, Role.ORDINAL)
        if joined and 0 < unit.value < 10:
            return _Number(token.value + unit.value, index + 2, closed=unit.role is Role.ORDINAL)
    if token.role in (Role.DIGITS, Role.SMALL, Role.TENS, Role.ORDINAL):
        return _Number(token.value, index + 1, token.role is Role.DIGITS, token.role is Role.ORDINAL)
    return None


def _counted(tokens: list[_Token], index: int) -> _Number | None:
    """What "a", "half" and "half a" before a multiplier are worth; nothing elsewhere."""
    value = Fraction(1, 2) if tokens[index].role is Role.HALF else Fraction(1)
    after = index + 1
    if value < 1 and tokens[after].role is Role.ARTICLE and tokens[after].link is _Link.JOINED:
        after += 1
    if tokens[after].role is Role.MULTIPLIER and tokens[after].link is _Link.JOINED:
        return _Number(value, after)
    return None


def _is_and_a_half(pair: list[_Token]) -> bool:
    return [(token.role, token.link) for token in pair] == [(Role.ARTICLE, _Link.AND), (Role.HALF, _Link.JOINED)]


def _tokens(text: str, language: Language) -> list[_Token]:
    """The digits and number words of a text, each with its link to the one before."""
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word":
            word = read_word(match.group(), language)
            if word is not None and word.role in (Role.MONEY, Role.BOUND):
                word = _in_context(text, match, word, tokens)
        elif match.lastgroup is not None:
            word = Word(Role.DIGITS, _value(match.lastgroup, match.group()))
        else:
            word = None
        if word is not None:
            start, end = match.span()
            tokens.append(_Token(word, start, end, _link(text[tokens[-1].end : start]) if tokens else _Link.NONE))
    return tokens


def _in_context(text: str, match: "regex.Match[str]", word: Word, tokens: list[_Token]) -> Word | None:
    """What a word means that is a number word in some places only."""
    start, end = match.span()
    if word.role is Role.BOUND:
        return None if _ARAB.match(text, end) else word
    before = tokens[-1] if tokens else None
    if before is None or before.role is not Role.DIGITS or text[before.end : start] not in ("", " "):
        return None
    attached = before.end == start and match.group().casefold() in CLEAR
    if attached or _AFTER_MONEY.search(text[max(0, before.start - 5) : before.start]):
        return Word(Role.MULTIPLIER, word.value)
    return None


def _link(gap: str) -> _Link:
    if len(gap) > _LONGEST_GAP:
        return _Link.NONE
    if gap in _JOINED:
        return _Link.JOINED
    if gap in _HYPHENS:
        return _Link.HYPHEN
    if gap.casefold() == " and ":
        return _Link.AND
    return _Link.RANGE if _RANGE.fullmatch(gap) else _Link.NONE


def _value(form: str, written: str) -> Fraction:
    """The value of a run of digits, by the form of writing that the token pattern found."""
    if form == "hour":
        return Fraction(int(written[:-3]))
    vulgar = _VULGAR.get(written[-1])
    if vulgar is not None:
        return vulgar + int(written[:-1] or "0")
    if form in ("comma", "point", "fraction"):
        written = written.replace(",", "")
    elif form in ("dots", "space", "decimal_comma"):
        grouping = "." if form == "dots" else _SPACES
        written = written.translate(dict.fromkeys(map(ord, grouping))).replace(",", ".")
    whole, _, decimals = written.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))
