import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.glossary.keys import THRESHOLD, best_similarity, key, name_keys, similarity

KEYS = st.text("abdeiknostu", max_size=10)
# Vietnamese names as Hindi news write them, and what translation models make of them.
NAMES = [
    ("डाक सोंग", "Đắk Song", ["Dak Song", "Dac Song", "Duck Song", "Dak Sông", "Dak Soong", "Daksong", "Dek Song"]),
    ("कू जट", "Cư Jút", ["Cu Jut", "Ku Jat", "Cu Jat", "Koo Jut"]),
    ("डाक ग्लोंग", "Đắk Glong", ["Dak Glong", "Duck Glong", "Dak Glang"]),
    ("डाक माम", "Đắk Mâm", ["Dak Mam", "Dak Maam", "Duck Mam"]),
    ("क्रोंग नो", "Krông Nô", ["Krong No", "Crong No", "Krong Noh", "Krong Noo"]),
    ("डाक नोंग", "Đắk Nông", ["Dak Nong", "Dac Nong", "Duck Nong"]),
    ("डाक लाक", "Đắk Lắk", ["Dak Lak", "Dac Lac", "Duck Lack"]),
    ("तुय डुक", "Tuy Đức", ["Tuy Duc", "Tui Duk", "Tuy Duk"]),
    ("जिया न्घिया", "Gia Nghĩa", ["Gia Nghia", "Jia Nghia", "Zia Nghia"]),
    ("बुओन मा थुओट", "Buôn Ma Thuột", ["Buon Ma Thuot", "Buon Ma Thuat", "Bun Ma Thuot"]),
    ("हो ची मिन्ह", "Hồ Chí Minh", ["Ho Chi Minh", "Ho Chi Min", "Hu Chi Minh"]),
    ("हाई फोंग", "Hải Phòng", ["Hai Phong", "Hi Fong", "Hai Fong"]),
    ("दियु के'रे", "Điểu K'ré", ["Dieu K're", "Diyu K're", "Diu Kere"]),
    ("गुयेन थी थू", "Nguyen Thi Thu", ["Guyen Thi Thu", "Nguyen Thi Thoo", "Guyen Thee Thu"]),
    ("होआंग वान टैम", "Hoang Van Tam", ["Hoang Van Taim", "Huang Wan Tam", "Hoang Wan Tam"]),
    ("लाम डोंग", "Lâm Đồng", ["Lam Dong", "Laam Dong", "Lam Dung"]),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đắk Glong", "dakglon"),
        ("डाक ग्लोंग", "dakglon"),
        ("Dac-Glong", "dakglon"),
        ("Nghĩa", "nia"),
        ("Gia", "ja"),
        ("Zia", "jia"),
        ("Phạm Xuân", "famsuan"),
        ("Thạch", "tak"),
        ("Wayne", "vaine"),
        ("Boyy Iyer", "boier"),
        ("Hải", "ai"),
        ("Quỳ Châu", "kuikau"),
        ("35 – ?", ""),
        ("", ""),
    ],
)
def test_key(text: str, expected: str) -> None:
    assert key(text) == expected


def test_a_name_has_a_key_by_sound_and_one_by_spelling() -> None:
    assert name_keys("कू जट", ["Cư Jút", "Cu Jut"]) == ("kujat", "kujut")
    assert name_keys("Cư Jút", ["कू जट"]) == ("kujut", "kujat")
    assert name_keys("३५", ["?"]) == ()


@pytest.mark.parametrize(
    ("source", "target", "written"),
    [(source, target, each) for source, target, spellings in NAMES for each in spellings],
)
def test_a_machine_spelling_is_known_by_its_sound(source: str, target: str, written: str) -> None:
    assert best_similarity(key(written), name_keys(source, [target]), THRESHOLD) >= THRESHOLD


@pytest.mark.parametrize("word", ["London", "Delhi", "District", "the Party", "Committee", "Resolution", "Hanoi"])
def test_other_words_are_not_taken_for_names(word: str) -> None:
    for source, target, _ in NAMES:
        assert best_similarity(key(word), name_keys(source, [target]), THRESHOLD) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Đắk Nông", "Đắk Song", 0.83),  # near neighbours among the place names of Vietnam
        ("Hà Giang", "Hậu Giang", 0.80),
        ("Bình Thuận", "Ninh Thuận", 0.86),
        ("Đắk Song", "Đắk Song", 1.0),
        ("Krông Nô", "Krông Na", 0.90),  # a vowel for a vowel costs half
    ],
)
def test_near_neighbours(one: str, other: str, expected: float) -> None:
    assert similarity(key(one), key(other)) == pytest.approx(expected, abs=0.005)


def test_two_names_that_sound_alike_but_differ_are_below_one() -> None:
    targets = [key(target) for _, target, _ in NAMES]
    assert all(similarity(one, other) < 1 for one in targets for other in targets if one != other)
    assert len(set(targets)) == len(targets)


@given(KEYS, KEYS)
def test_similarity_is_symmetric_bounded_and_one_only_for_equals(one: str, other: str) -> None:
    value = similarity(one, other)
    assert value == similarity(other, one)
    assert 0.0 <= value <= 1.0
    assert (value == 1.0) is (one == other != "")


@given(KEYS, st.lists(KEYS, max_size=6), st.sampled_from([0.0, 0.4, 0.5, THRESHOLD, 1.0]))
def test_the_quick_bound_loses_no_key(window: str, keys: list[str], at_least: float) -> None:
    best = max((similarity(window, other) for other in keys), default=0.0)
    assert best_similarity(window, keys, at_least) == (best if best >= at_least else 0.0)
