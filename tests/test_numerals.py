"""Figures are read by value in both languages, and compared."""

import unicodedata
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.languages import NAMES, Language
from toolkit.numerals import compare, figures, same_figures
from toolkit.numerals.words import _HINDI, Role, read_word

Values = list[int | float | Fraction]


def written(text: str, language: Language) -> Values:
    return [figure.value for figure in figures(text, language) if not figure.spelled]


def spelled(text: str, language: Language) -> Values:
    return [figure.value for figure in figures(text, language) if figure.spelled]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("273 परिवारों", [273]),
        ("२७३ परिवारों", [273]),
        ("1,25,000 और 1,25,00,000", [125_000, 12_500_000]),
        ("05 जुलाई", [5]),
        ("1,100 अरब वीएनडी", [1_100 * 10**9]),
        ("90 करोड़ वीएनडी", [900_000_000]),
        ("९० करोड़", [900_000_000]),
        (unicodedata.normalize("NFD", "90 करोड़ 5 हज़ार"), [900_005_000]),
        ("90 करोड और 5 हजार", [900_000_000, 5_000]),
        ("2 लाख करोड़", [2 * 10**12]),
        ("2 करोड़ 30 लाख", [23_000_000]),
        ("2 करोड़, 30 लाख", [20_000_000, 3_000_000]),
        ("1 लाख 76 हज़ार करोड़", [176_000 * 10**7]),
        ("2 करोड़ 30 लाख 5 हज़ार 200", [23_005_200]),
        ("5 हज़ार 200 रुपये", [5_200]),
        ("30 लाख 2 करोड़", [3_000_000, 20_000_000]),
        ("4 सौ 20", [420]),
        ("साढ़े 3 करोड़", [35_000_000]),
        ("सवा 2 लाख", [225_000]),
        ("3.5 लाख 20", [350_000, 20]),
        ("90-मिलियन डॉलर", [90_000_000]),
        ("5 million लोग", [5_000_000]),
        ("35वाँ, 35वें और 10वीं", [35, 35, 10]),
        ("10-12 सदस्य", [10, 12]),
        ("10–12 सदस्य", [10, 12]),
        ("10-12 लाख", [1_000_000, 1_200_000]),
        ("10 से 12 हज़ार", [10_000, 12_000]),
        ("2019 से 50 लाख", [2019, 5_000_000]),
        ("COVID-19 से 50 लाख", [19, 5_000_000]),
        ("5-5 लाख रुपये", [500_000]),
        ("7/7 और 12/12", [7, 7, 12, 12]),
        ("35-NQ/TW", [35]),
        ("10 जुलाई, 10/07/2023", [10, 10, 7, 2023]),
        ("सुबह 10:30 बजे", [10, 30]),
        ("सुबह 5.30 बजे", [5, 30]),
        ("सुबह 8:00 बजे", [8]),
        ("[विज्ञापन_2]", [2]),
        ("एच1एन1", [1, 1]),
        ("22 अरब देश", [22]),
        ("5 लाखों", [5]),
        ("डा० संकर्षण, कि०मी०", []),
        ("सेक्टर 4, 5,6 और 14", [4, 5, 6, 14]),
        ("12 दर्जन", [144]),
    ],
)
def test_figures_in_hindi(text: str, expected: Values) -> None:
    assert written(text, "hi") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,100 billion VND", [1_100 * 10**9]),
        ("1.1 trillion VND", [1_100 * 10**9]),
        ("125,000", [125_000]),
        ("10\u00a0000 and 1\u2009234\u2009567,5", [10_000, Fraction("1234567.5")]),  # no-break and thin spaces
        ("10 000", [10, 0]),
        ("1.234.567", [1_234_567]),
        ("3.5, 3.50 and .05", [Fraction(7, 2), Fraction(7, 2), Fraction(1, 20)]),
        ("up 3,5 % or 3,25 %", [Fraction(7, 2), Fraction(13, 4)]),
        ("ranges of 40,45 and 55", [40, 45, 55]),
        ("2½ million, ¾", [2_500_000, Fraction(3, 4)]),
        ("10.07.2023 and 1.2.3", [10, 7, 2023, 1, 2, 3]),
        ("2 and a half million", [2_500_000]),
        ("100 thousand and 5", [100_000, 5]),
        ("5 million 300 thousand", [5_300_000]),
        ("5 million 200 people", [5_000_000, 200]),
        ("10 millions", [10_000_000]),
        ("1.5 million 3 thousand", [1_500_000, 3_000]),
        ("between 10 and 12 million", [10_000_000, 12_000_000]),
        ("10 and 12 million", [10, 12_000_000]),
        ("$5 to $10 million", [5_000_000, 10_000_000]),
        ("10 to 5 million", [10, 5_000_000]),
        ("$5m, Rs 5k, £3 bn and 5bn", [5_000_000, 5_000, 3 * 10**9, 5 * 10**9]),
        ("5m, 5 k, 10 bn and 7 km", [5, 5, 10, 7]),
        ("2.2 million km2, 4 m3", [2_200_000, 4]),
        ("1st, 2nd, 35th, 1990s", [1, 2, 35, 1990]),
        ("COVID-19, G20, H1N1, CO2", [19, 20, 1, 1, 2]),
        ("5.30 pm, 6.45 a.m. and 8:00", [5, 30, 6, 45, 8]),
        ("10:00:05", [10, 0, 5]),
        ("-5 and 5%", [5, 5]),
        ("no figures, hundreds of millions", []),
    ],
)
def test_figures_in_english(text: str, expected: Values) -> None:
    assert written(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("पाँच पार्टी सदस्य", [5]),
        ("पांच पार्टी सदस्य", [5]),
        ("पन्द्रह, पंद्रह", [15, 15]),
        ("डेढ़ लाख, ढाई सौ, सवा लाख", [150_000, 250, 125_000]),
        ("साढ़े तीन सौ, पौने दो लाख, साढ़े-आठ", [350, 175_000, Fraction(17, 2)]),
        ("दो सौ पाँच हज़ार दस", [205_010]),
        ("दो करोड़ तीस लाख", [23_000_000]),
        ("दो-तीन लाख", [200_000, 300_000]),
        ("पाँचवाँ, बीसवीं, सौवें, तीसरे, सप्तम", [5, 20, 100, 3, 7]),
        ("दोनों आधा लाखों अरब", []),
    ],
)
def test_spelled_out_in_hindi(text: str, expected: Values) -> None:
    assert (spelled(text, "hi"), written(text, "hi")) == (expected, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty-one, Twenty one, ninety-ninth", [21, 21, 99]),
        ("a hundred and five", [105]),
        ("two hundred five thousand", [205_000]),
        ("one thousand two hundred and five", [1_205]),
        ("one hundred and two hundred", [100, 200]),
        ("half a million, half million, half of it", [500_000, 500_000]),
        ("one and a half million", [1_500_000]),
        ("two to three hundred", [200, 300]),
        ("the hundred and first, first million", [101, 1, 1_000_000]),
        ("a man, twenty hundredths", [20]),
        ("twenty ten", [20, 10]),
    ],
)
def test_spelled_out_in_english(text: str, expected: Values) -> None:
    assert (spelled(text, "en"), written(text, "en")) == (expected, [])


def test_half_past_is_hours_and_minutes() -> None:
    read = [(int(figure.value), figure.spelled) for figure in figures("साढ़े 5 बजे, डेढ़ बजे", "hi")]
    assert read == [(5, False), (30, True), (1, True), (30, True)]


def test_every_hindi_number_has_its_word() -> None:
    lists = [spellings.split("/") for spellings in _HINDI.split()]
    assert len(lists) == 100
    for number, spellings in enumerate(lists):
        for spelling in spellings:
            word = read_word(unicodedata.normalize("NFD", spelling), "hi")
            assert word is not None, spelling
            assert (word.role, int(word.value)) == (Role.SMALL, number), spelling


def test_offsets_are_raw() -> None:
    text = "लागत \u200d1,100 अरब वीएनडी, साढ़े 3 करोड़।"  # a joiner before the figure
    assert [(text[f.start : f.end], f.surface) for f in figures(text, "hi")] == [
        ("1,100 अरब", "1,100 अरब"),
        ("साढ़े 3 करोड़", "साढ़े 3 करोड़"),
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("1,100 अरब वीएनडी", "1.1 trillion VND"),
        ("90 करोड़ वीएनडी", "900 million VND"),
        ("१२ वर्षों में ७/७ लक्ष्य", "7/7 goals in 12 years"),
        ("पाँच सदस्य 3 बैठकों में", "5 members in three meetings"),
        ("एक सदस्य", "a member"),
        ("साढ़े पाँच बजे", "at 5:30"),
        ("13वीं कांग्रेस", "the thirteenth congress"),
        ("10 से 12 मिलियन के बीच", "between 10 and 12 million"),
        ("3.50 प्रतिशत", "3.5 percent"),
        ("", ""),
    ],
)
def test_equal_by_value(source: str, target: str) -> None:
    assert not compare(source, "hi", target, "en")
    assert not compare(target, "en", source, "hi")


@pytest.mark.parametrize(
    ("source", "target", "missing", "extra"),
    [
        ("25 लाख बैरल", "25 million barrels", ["25 लाख"], ["25 million"]),
        ("35 और 35", "35", ["35"], []),
        ("संकल्प 35", "Resolution 350", ["35"], ["350"]),
        ("12 वर्ष", "years", ["12"], []),
        ("वर्ष", "12 years", [], ["12"]),
        ("5 लाख", "five hundred", ["5 लाख"], []),
    ],
)
def test_lost_and_made_up(source: str, target: str, missing: list[str], extra: list[str]) -> None:
    difference = compare(source, "hi", target, "en")
    assert bool(difference)
    assert [figure.surface for figure in difference.missing] == missing
    assert [figure.surface for figure in difference.extra] == extra


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Dak Song in 2023", "Đắk Song in 2023", True),
        ("1,100 billion", "1.1 trillion", True),
        ("thirty-five", "35", True),
        ("35 and 12", "12 and 35", True),
        ("35", "35 35", False),
        ("five members", "members", False),
    ],
)
def test_an_edit_keeps_the_figures(before: str, after: str, same: bool) -> None:
    assert same_figures(before, after, "en") is same
    assert same_figures(before, before, "en")


@given(st.integers(0, 10**15))
def test_all_groupings_have_one_value(number: int) -> None:
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    devanagari = digits.translate({ord(str(digit)): chr(0x0966 + digit) for digit in range(10)})
    for text in (digits, f"{number:,}", ",".join([*pairs, tail]), devanagari, f"{number:,}".replace(",", "\u202f")):
        assert written(f"कुल {text} लोग", "hi") == [number]


@given(st.text(alphabet="0५9,.:½ -–\u00a0 azलाख अरब million and half a twenty से$", max_size=60))
def test_spans_are_ordered_and_never_fail(text: str) -> None:
    for language in NAMES:
        found = figures(text, language)
        assert all(text[figure.start : figure.end] == figure.surface != "" for figure in found)
        starts = [(figure.start, figure.end) for figure in found]
        assert all(a == b or a[1] <= b[0] for a, b in pairwise(starts))


@given(st.text(max_size=80))
def test_a_text_equals_itself(text: str) -> None:
    assert not compare(text, "en", text, "en")


@pytest.mark.parametrize(
    "text", ["9" * 5000, "1," + "000," * 2000 + "000", "1" + "\u00a0000" * 2000, "1" + ".000" * 2000]
)
def test_endless_digits_are_read_in_pieces(text: str) -> None:
    assert figures(text, "en")
    assert same_figures(text, text + " ", "en")
