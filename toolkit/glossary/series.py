"""Lists and ranges of numbers after a term: संकल्प 35, 36 और 37 names three resolutions.

A number may as well count what comes next (`संकल्प 35 और 50 पेज`), so a list is believed only where its last number
is followed by a sign, the end, or a word before which it counts nothing (में, के …; not से अधिक), where it ends in और, तथा,
एवं, व, या, अथवा or & (a comma alone also joins `संकल्प 35, 50 पृष्ठ`), where a range goes up by no more than 100, and
where no number may be a year. A list that fails in any of this is none at all.

Measured on 259,000 sentence pairs with 60 heads that take numbers (धारा, अध्याय, चरण, स्तर …): 107 places look like a
list, 67 are taken for one, of which the English side bears out 65 (97 %; the two others say "from 15 to 22").
"""

import regex

from toolkit.text import LETTER

FIGURE = r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d+)(?:\.\d+)*"

_COMMA = r"\s*(?P<join>,)\s*"
_AND = r",?\s+(?P<join>और|तथा|एवं|एवम्|व|या|अथवा|and|or)\s+|\s*(?P<join>&)\s*"
_TO = r"\s?(?P<join>-)\s?|\s+(?P<join>से|to)\s+"
_RANGES = {"-", "से", "to"}
_NUMBER = rf"(?P<number>(?>{FIGURE}))"
_SIGN = r"\s*(?:$|[\n।॥.,;:?!…)\]\"'”’(—])"
_HINDI = "में का की के को से पर ने तक भी ही तो है हैं था थी थे दोनों तीनों सहित द्वारा लागू पारित जारी और तथा एवं व या अथवा"
_ENGLISH = "of in on to for from by with under as at and or is are was were has have had will shall which that both"
_WORD = "|".join((_HINDI + " " + _ENGLISH).split())  # what a number does not count; most are postpositions and verbs
_NUKTA, _VIRAMA = "\u093c", "\u094d"
_AMOUNT = rf"अधिक|ज{_NUKTA}?{_VIRAMA}यादा|कम|ऊपर|क{_NUKTA}?रीब|आसपास|लगभग|more"  # as in 50 से अधिक
_COUNTED = rf"\s+(?:(?:{_AMOUNT})(?!{LETTER})|\d)"  # a figure after और: the list goes on
_SERIES = regex.compile(
    rf"(?:(?:{_COMMA}|{_AND}|{_TO}){_NUMBER})*(?:{_AND}|{_TO}){_NUMBER}"
    rf"(?={_SIGN}|\s+(?:-\s|(?:{_WORD})(?!{LETTER})(?!{_COUNTED})))"
)
_YEARS = range(1900, 2100)
_REACH = 100  # numbers that a range may span; श्रेणी 2 - 11,000 is a price
_HEAD = regex.compile(r"(No\.|\p{L}+)(?= \{n[2-9]?\}$)")


def numbers_after(text: str, end: int, number: str) -> list[tuple[int, int]]:
    """Where the further numbers of a list or range stand.

    Args:
        text: A normal view.
        end: Where the term with the first number ends.
        number: The first number.
    """
    found = _SERIES.match(text, end)
    if found is None:
        return []
    before = _value(number)
    for join, figure in zip(found.captures("join"), found.captures("number"), strict=True):
        value = _value(figure)
        if value in _YEARS or (join in _RANGES and not before < value <= before + _REACH):
            return []
        before = value
    return list(found.spans("number"))


def _value(figure: str) -> float:
    whole, _, rest = figure.replace(",", "").partition(".")
    return float(f"{whole}.{rest.replace('.', '')}")


def plural_head(form: str) -> str:
    """A target form as it heads a list: Resolutions {n}, Resolution Nos. {n}; as it is where no slot ends it."""
    return str(_HEAD.sub(lambda head: _plural(head[1]), form))


def _plural(word: str) -> str:
    if word.endswith("."):
        return f"{word[:-1]}s."
    if word.endswith("s"):
        return f"{word}es" if word.endswith("ss") else word
    if regex.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if regex.search("(?:[xz]|[cs]h)$", word) else f"{word}s"
