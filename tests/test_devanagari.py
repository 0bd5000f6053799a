import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.devanagari import loose, romanise, stems
from toolkit.text import normal

WORDS = st.text("कखगचजटडतदनपबमयरलवशसहअआइईउएओािीुूेैोौॉॅंँः़्ऽळ", max_size=9)


@pytest.mark.parametrize(
    ("hindi", "latin"),
    [
        ("डाक सोंग", "dak song"),
        ("डाक नोंग", "dak nong"),
        ("डाक ग्लोंग", "dak glong"),
        ("कू जट", "ku jat"),
        ("चू जुत", "chu jut"),
        ("क्रोंग नो", "krong no"),
        ("दियु के'रे", "diyu ke're"),
        ("गुयेन थी थू", "guyen thi thu"),
        ("होआंग वान टैम", "hoang van taim"),
        ("बुओन मा थुओट", "buon ma thuot"),
        ("वियतनाम", "viyatnam"),
        ("हनोई", "hanoi"),
        ("संकल्प ३५", "sankalp 35"),
        ("समिति", "samiti"),
        ("सचिव", "sachiv"),
        ("प्रांतीय", "prantiy"),
        ("जिला", "jila"),
        ("ज़िला", "zila"),
        ("सड़क", "sarak"),
        ("लड़का", "larka"),
        ("पढ़ाई", "parhai"),
        ("राजनीति", "rajniti"),
        ("जनता", "janta"),
        ("अपना", "apna"),
        ("कमल", "kamal"),
        ("नगर", "nagar"),
        ("समाचार", "samachar"),
        ("समझना", "samajhna"),
        ("भारत", "bharat"),
        ("न", "na"),
        ("अब", "ab"),
        ("कृषि", "krishi"),
        ("लक्ष्य", "lakshy"),
        ("विज्ञापन", "vigyapan"),
        ("मुंबई", "mumbai"),
        ("कंबोडिया", "kambodiya"),
        ("संबंध", "sambandh"),
        ("चाँद", "chand"),
        ("दुःख", "duhkh"),
        ("फ़ेसबुक", "fesbuk"),
        ("टिकटॉक", "tiktok"),
        ("क़लम", "qalam"),
        ("ऑफ़िस", "ofis"),
        ("ॲप", "ep"),
        ("ॐ", "om"),
        ("शिवोऽहम्", "shivoham"),
        ("स\u093cब", "sab"),  # a nukta where none belongs
        ("वह गया। क्या?", "vah gaya. kya?"),
        ("Zalo पर", "Zalo par"),
        ("", ""),
    ],
)
def test_romanise(hindi: str, latin: str) -> None:
    assert romanise(hindi) == latin


@given(WORDS)
def test_any_word_can_be_romanised(word: str) -> None:
    assert romanise(word).isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("केन्द्रीय", "केंद्रीय"),
        ("सम्बन्ध", "संबंध"),
        ("कम्पनी", "कंपनी"),
        ("पञ्चायत", "पंचायत"),
        ("ठण्डा", "ठंडा"),
        ("गङ्गा", "गंगा"),
        ("ज़ालो", "जालो"),
        ("ज़ालो", "\u095bालो"),
        ("चाँद", "चांद"),
        ("कॉमरेड", "कामरेड"),
        ("ऑफ़िस", "आफिस"),
        ("इन्ज़ाम", "इन्जाम"),
        ("मॅनेजर", "मेनेजर"),
        ("ऍप", "एप"),
    ],
)
def test_free_variants_are_alike(one: str, other: str) -> None:
    assert loose(normal(one)) == loose(normal(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("डाक नोंग", "डाक नांग"),
        ("कमल", "कमाल"),
        ("दिन", "दीन"),
        ("कम", "काम"),
        ("सम्मान", "संमान"),  # म before म is no half nasal before a stop
        ("जन्म", "जंम"),
        ("बल", "बाल"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert loose(normal(one)) != loose(normal(other))


@given(WORDS.map(normal))
def test_loose_is_idempotent(word: str) -> None:
    assert loose(loose(word)) == loose(word)


@pytest.mark.parametrize(
    ("inflected", "dictionary_form"),
    [
        ("संकल्पों", "संकल्प"),  # masculine in a consonant
        ("सदस्यों", "सदस्य"),
        ("सदस्यो", "सदस्य"),
        ("दृष्टिकोणों", "दृष्टिकोण"),
        ("जिले", "जिला"),  # masculine in -ā
        ("जिलों", "जिला"),
        ("ज़िलों", "ज़िला"),
        ("कार्यकर्ताओं", "कार्यकर्ता"),
        ("समितियों", "समिति"),  # feminine in -ī or -i
        ("नीतियाँ", "नीति"),
        ("नदियाँ", "नदी"),
        ("कर्मियों", "कर्मी"),
        ("चिड़ियाँ", "चिड़िया"),
        ("किताबें", "किताब"),  # feminine in a consonant
        ("किताबों", "किताब"),
        ("सभाएँ", "सभा"),  # feminine in -ā
        ("सभाओं", "सभा"),
        ("साधुओं", "साधु"),  # in -u and -ū
        ("बहुओं", "बहू"),
        ("बहुएँ", "बहू"),
        ("सोंगमें", "सोंग"),  # a glued postposition
        ("समितिने", "समिति"),
    ],
)
def test_stems(inflected: str, dictionary_form: str) -> None:
    assert loose(normal(dictionary_form)) in stems(loose(normal(inflected)))


@pytest.mark.parametrize("word", ["संकल्प", "समिति", "में", "के", "से", "को", "वे", "माओं", "दो", "ये", "पर", ""])
def test_no_ending_is_taken_off(word: str) -> None:
    assert stems(word) == ()


@given(WORDS.map(normal).map(loose))
def test_a_stem_has_two_letters_and_differs(word: str) -> None:
    for stem in stems(word):
        assert sum(character.isalpha() for character in stem) >= 2
        assert stem != word
    assert len(set(stems(word))) == len(stems(word))
