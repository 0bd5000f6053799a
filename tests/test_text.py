import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.text import View, normal, normal_view, plain_view, strip_marks

# Pieces of real text and what makes normal forms hard: nukta letters, marks in and out of order, joiners, spaces.
PIECES = [
    *("डाक सोंग", "ज़ालो", "के'रे", "के\u2019रे", "संकल्प ३५", "Đắk Nông", "Điểu K'ré", "वी.एन.डी.", "“गाँव”", "।"),
    *("क", "\u0958", "\u095c", "\u0929", "\u0931", "\u0934", "\u093c", "\u094d", "\u0951", "\u0952", "\u0902"),
    *("\u200d", "\u200c", "\u200b", "\ufeff", "\xad", "\u200e", "\xa0", "\t", "\n", "\u2028", " ", "-", "\u2013"),
    *("e", "\u0301", "\u0323", "\u031b", "ế", "\u1ee3", "٣", "한", "\U0001f600", "\u0340", "\u1ffd"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)

VIETNAMESE = (
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ",
    "AAAAAAAAAAAAAAAAAABCDDEEEEEEEEEEEEGHIIIIIIKLMNOOOOOOOOOOOOOOOOOOPQRSTUUUUUUUUUUUUVXYYYYYY",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("डाक सोंग", "डाक सोंग"),
        ("\u0958लम", "क\u093cलम"),
        ("सड\u093cक", "सड\u093cक"),
        ("स\u095cक", "सड\u093cक"),
        ("क्\u200dयांग", "क्यांग"),
        ("डाक\u200c\u200b सोंग\ufeff", "डाक सोंग"),
        ("डाक\xa0सोंग", "डाक सोंग"),
        ("डाक\tसोंग\n", "डाक सोंग "),
        ("संकल्प ३५", "संकल्प 35"),
        ("१,२३४", "1,234"),
        ("के\u2019रे के\u2018रे के\u02bcरे के\u00b4रे", "के'रे के'रे के'रे के'रे"),
        ("उप\u2010सचिव उप\u2011सचिव उप–सचिव", "उप-सचिव उप-सचिव उप-सचिव"),
        ("उप — सचिव", "उप — सचिव"),
        ("क\u094d\u093cत", "क\u093c\u094dत"),  # virama before nukta is out of canonical order
        ("क\u0951\u0952", "क\u0952\u0951"),
        ("e\u0301\u200d\u0323", "e\u0323\u0301"),  # a joiner between two marks
        ("\u200d", ""),
        ("", ""),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normal(text) == expected
    assert normal_view(text).text == expected


@given(TEXTS)
@example("क\u094d\u200d\u093c")
def test_encodings_of_a_text_have_one_normal_form(text: str) -> None:
    expected = normal(text)
    for form in ("NFC", "NFD"):
        assert normal(unicodedata.normalize(form, text)) == expected
    assert normal("\u200d".join(text)) == expected
    assert normal(expected) == expected
    assert unicodedata.is_normalized("NFD", expected)


@given(TEXTS)
def test_view_and_normal_agree_and_every_character_has_a_place(text: str) -> None:
    view = normal_view(text)
    assert view.text == normal(text)
    assert all(text[slice(*view.raw(place, place + 1))] for place in range(len(view.text)))


@given(TEXTS)
def test_a_text_in_normal_form_is_its_own_view(text: str) -> None:
    settled = normal(text)
    slow = normal_view(settled + "\u200d")
    fast = normal_view(settled)
    assert slow.text == fast.text == settled
    for place in range(len(settled)):
        assert slow.raw(place, place + 1) == fast.raw(place, place + 1) == (place, place + 1)


@given(TEXTS, st.data())
def test_a_span_of_whole_characters_maps_back_to_its_raw_text(text: str, data: st.DataObject) -> None:
    view = normal_view(text)
    starts = [i for i, c in enumerate(view.text) if not unicodedata.combining(c) and _first_of_raw(view, i)]
    cuts = [*starts, len(view.text)]
    if len(cuts) < 2:
        return
    start, end = sorted(data.draw(st.lists(st.sampled_from(cuts), min_size=2, max_size=2, unique=True)))
    begin, stop = view.raw(start, end)
    assert normal(text[begin:stop]) == view.text[start:end]


def _first_of_raw(view: View, place: int) -> bool:
    """Whether a view character is the first that its raw character became."""
    return place == 0 or view.raw(place - 1, place)[0] != view.raw(place, place + 1)[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("वह डाक\xa0सों\u200dग गया", "डाक\xa0सों\u200dग"),
        ("वह डा\u200dक सोंग\u200d गया", "डा\u200dक सोंग"),
        ("\ufeffडाक सोंग", "डाक सोंग"),
    ],
)
def test_a_found_name_maps_back(text: str, found: str) -> None:
    view = normal_view(text)
    start = view.text.index("डाक सोंग")
    begin, end = view.raw(start, start + len("डाक सोंग"))
    assert text[begin:end] == found


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_of_every_vietnamese_letter_go(form: Literal["NFC", "NFD"]) -> None:
    letters, plain = VIETNAMESE
    assert len(letters) == len(plain) == 89  # 29 letters, their 12 vowels in five more tones each
    for marked, bare in zip(letters + letters.lower(), plain + plain.lower(), strict=True):
        assert strip_marks(unicodedata.normalize(form, marked)) == bare
        assert plain_view(unicodedata.normalize(form, marked)).text == bare.lower()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đắk Song", "Dak Song"),
        ("\u00d0ắk \u0189ắk", "Dak Dak"),  # eth and African D, typed for D with stroke
        ("Điểu K'ré", "Dieu K're"),
        ("Łódź, Tromsø, \u01fe", "Lodz, Tromso, O"),
        ("plain", "plain"),
        ("ज\u093cालो", "ज\u093cालो"),
    ],
)
def test_strip_marks(text: str, expected: str) -> None:
    assert strip_marks(text) == expected
    assert strip_marks(unicodedata.normalize("NFD", text)) == expected


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("in ĐẮK\xa0SONG.", "dak song", "ĐẮK\xa0SONG"),
        (unicodedata.normalize("NFD", "by Điểu K’ré."), "dieu k're", unicodedata.normalize("NFD", "Điểu K’ré")),
        ("\u0301 Cư Jút", "cu jut", "Cư Jút"),
        ("İzmir", "izmir", "İzmir"),
    ],
)
def test_plain_view_maps_back_with_the_marks(text: str, form: str, found: str) -> None:
    view = plain_view(text)
    start = view.text.index(form)
    begin, end = view.raw(start, start + len(form))
    assert text[begin:end] == found


@given(st.lists(st.sampled_from([*VIETNAMESE[0], "đ", "ế", " ", "'", "’", "\u0301", "\xa0"]), max_size=10).map("".join))
def test_plain_view_is_the_plain_text(text: str) -> None:
    assert plain_view(text).text == strip_marks(normal(text)).lower()
    assert plain_view(unicodedata.normalize("NFD", text)).text == plain_view(text).text
    view = plain_view(text)
    for place in range(len(view.text)):
        begin, end = view.raw(place, place + 1)
        assert plain_view(text[begin:end]).text == view.text[place]
