"""The number words of both languages: what each one means and which part it plays in a number.

Hindi has its own word for each number up to 99, written in several ways; all common spellings are listed. Words are
looked up in a folded form (case, nukta, joiners, chandrabindu and class nasals), so पाँच and पांच, हज़ार and हजार,
पन्द्रह and पंद्रह need one entry only.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache

import regex

from toolkit.languages import Language


class Role(Enum):
    """The part a token plays in a number."""

    DIGITS = auto()  # 1,25,000
    SMALL = auto()  # पाँच, five, and the fixed ढाई (2½)
    TENS = auto()  # twenty: a unit may follow
    ORDINAL = auto()  # पाँचवाँ, fifth: nothing can be multiplied after it
    MULTIPLIER = auto()  # सौ, लाख, million
    BOUND = auto()  # a multiplier that is no number by itself: millions, अरब (also "Arab")
    ADDED = auto()  # सवा, साढ़े, पौने: changes the number after it by a fraction
    HALF = auto()  # half (a million)
    ARTICLE = auto()  # a (million)
    MONEY = auto()  # m, bn: a multiplier after an amount of money only
    END = auto()  # after the last token


@dataclass(frozen=True, slots=True)
class Word:
    """What a number word means.

    Attributes:
        role: Its part in a number.
        value: Its value, what it multiplies by, or what it adds; 0 where it has none.
    """

    role: Role
    value: Fraction = Fraction(0)


# Ten numbers a line from 0 to 99, spellings separated by a slash.
_HINDI = """
शून्य/ज़ीरो एक दो तीन चार पाँच छह/छः/छ/छै/छे सात आठ नौ
दस ग्यारह बारह तेरह चौदह पंद्रह/पंदरह सोलह सत्रह/सतरह अठारह/अट्ठारह/अठ्ठारह उन्नीस
बीस इक्कीस बाईस/बाइस तेईस/तेइस चौबीस पच्चीस/पचीस छब्बीस सत्ताईस/सत्ताइस अट्ठाईस/अट्ठाइस/अठ्ठाईस/अठ्ठाइस/अठाईस/अठाइस उनतीस/उंतीस
तीस इकतीस/इकत्तीस/इक्तीस बत्तीस तैंतीस/तेंतीस/तैतीस चौंतीस/चौतीस पैंतीस/पैतीस छत्तीस सैंतीस/सैतीस अड़तीस उनतालीस/उंतालीस/उनतालिस
चालीस/चालिस इकतालीस/इकतालिस बयालीस/बयालिस/ब्यालीस तैंतालीस/तैंतालिस/तिरालीस चौवालीस/चवालीस/चौंवालीस/चौवालिस/चव्वालीस \
पैंतालीस/पैंतालिस छियालीस/छियालिस/छयालीस सैंतालीस/सैंतालिस अड़तालीस/अड़तालिस उनचास/उंचास/उनंचास
पचास इक्यावन/इकावन बावन तिरपन/तिरेपन चौवन/चौअन पचपन छप्पन सत्तावन अट्ठावन/अठ्ठावन/अठावन उनसठ
साठ इकसठ बासठ तिरसठ/तिरेसठ चौंसठ/चौसठ पैंसठ/पैसठ छियासठ/छयासठ सड़सठ/सरसठ अड़सठ उनहत्तर/उनहतर
सत्तर इकहत्तर/इकहतर बहत्तर/बहतर तिहत्तर/तिहतर चौहत्तर/चौहतर पचहत्तर/पिचहत्तर/पचहतर छिहत्तर/छियत्तर/छिहतर सतहत्तर/सतत्तर \
अठहत्तर/अठहतर उन्यासी/उनासी/उन्नासी
अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी/सतासी अट्ठासी/अठ्ठासी/अठासी नवासी
नब्बे इक्यानवे/इक्यानबे बानवे/बानबे तिरानवे/तिरानबे चौरानवे/चौरानबे पचानवे/पंचानवे/पंचानबे छियानवे/छियानबे \
सत्तानवे/सत्तानबे अट्ठानवे/अठ्ठानवे/अठानवे/अट्ठानबे निन्यानवे/निन्यानबे
"""
_HINDI_ENDINGS = ("वां", "वीं", "वें", "वा", "वी", "वे")
_HINDI_ORDINALS = {
    "पहला": 1, "पहली": 1, "पहले": 1, "प्रथम": 1, "दूसरा": 2, "दूसरी": 2, "दूसरे": 2, "द्वितीय": 2,
    "तीसरा": 3, "तीसरी": 3, "तीसरे": 3, "तृतीय": 3, "चौथा": 4, "चौथी": 4, "चौथे": 4, "चतुर्थ": 4,
    "पंचम": 5, "षष्ठ": 6, "सप्तम": 7, "अष्टम": 8, "नवम": 9, "नवां": 9, "नवीं": 9, "नवें": 9, "दशम": 10,
    "छठा": 6, "छठी": 6, "छठे": 6, "छठवां": 6, "छठवीं": 6, "छठवें": 6,
}  # fmt: skip

_SMALL_EN = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS_EN = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth
"""

# Multipliers of both languages count in both: Hindi news writes "5 million" too.
_MULTIPLIERS = {
    "सौ": 10**2, "हज़ार": 10**3, "लाख": 10**5, "करोड़": 10**7, "मिलियन": 10**6, "मिलीयन": 10**6, "बिलियन": 10**9,
    "बिलीयन": 10**9, "ट्रिलियन": 10**12, "दर्जन": 12,
    "hundred": 10**2, "thousand": 10**3, "lakh": 10**5, "lac": 10**5, "crore": 10**7, "million": 10**6,
    "billion": 10**9, "trillion": 10**12, "dozen": 12,
}  # fmt: skip
_BOUND = {"अरब": 10**9, "खरब": 10**11, "mln": 10**6, "bln": 10**9}
_MIXED = {
    "डेढ़": Word(Role.SMALL, Fraction(3, 2)),
    "ढाई": Word(Role.SMALL, Fraction(5, 2)),
    "अढ़ाई": Word(Role.SMALL, Fraction(5, 2)),
    "सवा": Word(Role.ADDED, Fraction(1, 4)),
    "साढ़े": Word(Role.ADDED, Fraction(1, 2)),
    "पौने": Word(Role.ADDED, Fraction(-1, 4)),
    "पौन": Word(Role.ADDED, Fraction(-1, 4)),
}

# Short for a multiplier after money only ("$5m"); those of CLEAR also where they touch the digits ("5bn").
_MONEY = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12, "cr": 10**7}
CLEAR = frozenset({"mn", "bn", "tn", "trn"})

_NUKTA = "\u093c"
_FOLDED = {ord(_NUKTA): None, 0x200C: None, 0x200D: None, 0x0901: "\u0902"}  # joiners; chandrabindu → anusvara
_CLASS_NASAL = regex.compile(r"[ङञणनम]\u094d(?=[क-धप-भ])")  # न् of पन्द्रह; not of उन्नीस


def fold(word: str) -> str:
    """The form under which a word is looked up."""
    plain = unicodedata.normalize("NFD", word).casefold().translate(_FOLDED)
    folded: str = _CLASS_NASAL.sub("\u0902", plain)
    return folded


@lru_cache(maxsize=1 << 16)
def read_word(word: str, language: Language) -> Word | None:
    """What a word as it stands in a text means; None when it is no number word."""
    return _LEXICON[language].get(fold(word))


def _hindi() -> Iterator[tuple[str, Word]]:
    for number, spellings in enumerate(_HINDI.split()):
        for spelling in spellings.split("/"):
            yield spelling, Word(Role.SMALL, Fraction(number))
            for ending in _HINDI_ENDINGS:
                yield spelling + ending, Word(Role.ORDINAL, Fraction(number))
    for ending in _HINDI_ENDINGS:
        yield "सौ" + ending, Word(Role.ORDINAL, Fraction(100))
    for word, value in _HINDI_ORDINALS.items():
        yield word, Word(Role.ORDINAL, Fraction(value))
    yield from _MIXED.items()


def _english() -> Iterator[tuple[str, Word]]:
    for number, word in enumerate(_SMALL_EN.split()):
        yield word, Word(Role.SMALL, Fraction(number))
    for number, word in enumerate(_ORDINALS_EN.split(), 1):
        yield word, Word(Role.ORDINAL, Fraction(number))
    for ten, word in enumerate(_TENS_EN.split(), 2):
        yield word, Word(Role.TENS, Fraction(10 * ten))
        yield word[:-1] + "ieth", Word(Role.ORDINAL, Fraction(10 * ten))
    yield "hundredth", Word(Role.ORDINAL, Fraction(100))
    yield "half", Word(Role.HALF)
    yield from dict.fromkeys(("a", "an"), Word(Role.ARTICLE)).items()


def _multipliers() -> Iterator[tuple[str, Word]]:
    for word, value in _MULTIPLIERS.items():
        yield word, Word(Role.MULTIPLIER, Fraction(value))
        if word.isascii():
            yield word + "s", Word(Role.BOUND, Fraction(value))
    for word, value in _BOUND.items():
        yield word, Word(Role.BOUND, Fraction(value))
    for word, value in _MONEY.items():
        yield word, Word(Role.MONEY, Fraction(value))


def _folded(*tables: Iterator[tuple[str, Word]]) -> dict[str, Word]:
    return {fold(word): meaning for table in tables for word, meaning in table}


_LEXICON: dict[Language, dict[str, Word]] = {
    "hi": _folded(_hindi(), _multipliers()),
    "en": _folded(_english(), _multipliers()),
}
