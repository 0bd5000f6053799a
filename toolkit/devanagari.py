"""What Devanagari spelling lets vary, and how a Hindi word sounds in Latin letters.

Two foldings, both for comparison only:

- `loose` makes spellings alike that writers choose between freely: nukta or none (ज़ालो, जालो), chandrabindu or
  anusvara, a half nasal or anusvara (केन्द्रीय, केंद्रीय), candra vowels of loan words or plain ones (कॉमरेड, कामरेड).
- `stems` takes case endings off a noun's last word, so that a term is found in the oblique or plural too.

`romanise` writes Hindi in Latin letters as a reader would say it, schwas dropped where Hindi drops them. It serves
comparison keys; it is no transliteration standard.
"""

import re
from functools import lru_cache

import regex

from toolkit.text import normal

NUKTA = "\u093c"
VIRAMA = "\u094d"
ANUSVARA = "\u0902"
CHANDRABINDU = "\u0901"
VISARGA = "\u0903"

_NASALS = {"ङ": "कखगघ", "ञ": "चछजझ", "ण": "टठडढ", "न": "तथदध", "म": "पफबभ"}
_HALF_NASAL = regex.compile("|".join(f"{nasal}{VIRAMA}(?=[{stops}])" for nasal, stops in _NASALS.items()))
_FREE = ((NUKTA, ""), (CHANDRABINDU, ANUSVARA), ("ॉ", "ा"), ("ॅ", "े"), ("ऑ", "आ"), ("ऍ", "ए"), ("ॲ", "ए"))
_VARIES = re.compile(f"[{VIRAMA}{''.join(written for written, _ in _FREE)}]")


def loose(word: str) -> str:
    """A word's spelling with free variation folded; the word must be in `toolkit.text.normal` form."""
    if _VARIES.search(word) is None:
        return word
    for written, folded in _FREE:
        word = word.replace(written, folded)
    return str(_HALF_NASAL.sub(ANUSVARA, word)) if VIRAMA in word else word


# Case and number endings of Hindi nouns, longest first: what is written, and what the dictionary form may end in.
# After the paradigms in terminology references: masculine in consonant, masculine in -ā, feminine in -ī, feminine in
# consonant or -iyā, nouns in -u and -ū; glued postpositions are bad spelling that does occur.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ियां", ("ी", "ि", "िया")),
    ("ियों", ("ी", "ि", "िया")),
    ("ियो", ("ी", "ि")),
    ("ुओं", ("ु", "ू")),
    ("ुएं", ("ु", "ू")),
    ("ाओं", ("ा",)),
    ("ाएं", ("ा",)),
    ("ओं", ("",)),
    ("एं", ("",)),
    ("ों", ("", "ा")),
    ("ें", ("",)),
    ("े", ("ा",)),
    ("ो", ("", "ा")),
)
_POSTPOSITIONS = ("में", "का", "की", "के", "को", "से", "पर", "ने")
_LAST = tuple("ंेोाीर")  # what all these end in


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """The dictionary forms that an inflected word may have, itself excluded; `word` must be in `loose` form.

    An ending is taken off only where at least two letters stay, vowel signs not counted.
    """
    if not word.endswith(_LAST):
        return ()
    found = [
        stem + rest
        for ending, rests in _ENDINGS
        if word.endswith(ending) and _long(stem := word[: -len(ending)])
        for rest in rests
    ]
    glued = [stem for post in _POSTPOSITIONS if word.endswith(post) and _long(stem := word[: -len(post)])]
    return tuple(dict.fromkeys(found + glued))


def _long(stem: str) -> bool:
    return sum(character.isalpha() for character in stem) >= 2


def _table(letters: str, sounds: str) -> dict[str, str]:
    return dict(zip(letters.split(), sounds.split(), strict=True))


_CONSONANTS = {
    **_table("क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण", "k kh g gh n ch chh j jh n t th d dh n"),
    **_table("त थ द ध न प फ ब भ म य र ल व श ष स ह ळ", "t th d dh n p ph b bh m y r l v sh sh s h l"),
    **{
        letter + NUKTA: sound
        for letter, sound in _table("क ख ग ज झ ड ढ फ य न र ळ", "q kh gh z zh r rh f y n r l").items()
    },
}
_VOWELS = _table("अ आ इ ई उ ऊ ऋ ए ऐ ओ औ ऑ ऍ ऎ ऒ ॲ", "a a i i u u ri e ai o au o e e o e")
_SIGNS = _table("ा ि ी ु ू ृ े ै ो ौ ॉ ॅ ॆ ॊ", "a i i u u ri e ai o au o e e o")
_OTHER = {ANUSVARA: "n", CHANDRABINDU: "n", VISARGA: "h", "ऽ": "", "ॐ": "om"}
_SYLLABLE = regex.compile(rf"([क-हळ]{NUKTA}?)([ािीुूृेैोौॉॅॆॊ]|{VIRAMA})?|.", regex.DOTALL)
_NASAL_M = regex.compile(f"{ANUSVARA}(?=[पफबभम])")
_RUN = regex.compile(r"[\p{Devanagari}--[।॥०-९]]+", regex.V1)
_SCHWA = "\0"


def romanise(text: str) -> str:
    """A Hindi text in Latin letters as it is said; what is not Devanagari stays.

    The schwa is dropped at the end of a word and in the middle between vowelled consonants, right to left
    (the rule of Ohala 1983, as used in Hindi text to speech): डाक सोंग → dak song, संकल्प → sankalp.
    """
    latin = str(_RUN.sub(lambda run: _romanise_word(run[0]), normal(text)))
    return latin.replace("।", ".").replace("॥", ".")


@lru_cache(maxsize=65536)
def _romanise_word(word: str) -> str:
    parts: list[str] = []
    word = _NASAL_M.sub("म" + VIRAMA, word).replace("ज" + VIRAMA + "ञ", "ग" + VIRAMA + "य")  # मुंबई, विज्ञापन
    for syllable in _SYLLABLE.finditer(word):
        consonant, sign = syllable[1], syllable[2]
        if consonant is None:
            other = syllable[0]
            parts.append(_VOWELS.get(other) or _SIGNS.get(other) or _OTHER.get(other, ""))
            continue
        parts.append(_CONSONANTS.get(consonant) or _CONSONANTS[consonant[0]])  # a nukta that means nothing is no news
        if sign != VIRAMA:
            parts.append(_SIGNS[sign] if sign else _SCHWA)
    return "".join(part if part != _SCHWA else "a" for part in _drop_schwas([p for p in parts if p]))


def _drop_schwas(parts: list[str]) -> list[str]:
    """Delete the schwa at the end, and those in V C _ C V, from right to left."""
    vowel = {_SCHWA, *_VOWELS.values(), *_SIGNS.values()}
    if len(parts) > 2 and parts[-1] == _SCHWA:
        parts = parts[:-1]
    for place in range(len(parts) - 3, 1, -1):
        if parts[place] != _SCHWA:
            continue
        before, after = parts[place - 1], parts[place + 1]
        if before in vowel or after in vowel:
            continue
        if parts[place - 2] in vowel and parts[place + 2] in vowel:
            del parts[place]
    return parts
