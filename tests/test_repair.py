"""Repairs in place: what is replaced, what is left alone."""

import pytest

from toolkit.glossary.phonetic import Names, repair_names
from toolkit.glossary.repair import Case, repair_assembly, repair_renderings
from toolkit.segment import TermHit

NAMES = [
    ("डाक सोंग", "Đắk Song"),
    ("डाक नोंग", "Đắk Nông"),
    ("कू जट", "Cư Jút"),
    ("हनोई", "Hanoi"),
    ("क्रोंग नो", "Krông Nô"),
]


def yes(source: str, before: str, after: str) -> bool:
    return True


def no(source: str, before: str, after: str) -> bool:
    return False


def hit(surface: str, target: str, **more: object) -> TermHit:
    return TermHit("t.csv:2", 0, len(surface), surface, surface, target, **more)  # type: ignore[arg-type]


def case(hypothesis: str, *hits: TermHit) -> Case:
    return Case(" ".join(h.surface for h in hits), hits, hypothesis)


SONG = hit("डाक सोंग", "Đắk Song", forbidden=("Dak Song",))
MEMBER = hit("पार्टी सदस्य", "Party member", accepted=("Party members",), kind="term")


@pytest.mark.parametrize(
    ("hypothesis", "term", "expected"),
    [
        ("People of Dak Song came.", SONG, "People of Đắk Song came."),
        ("People of dak song came.", SONG, "People of Đắk Song came."),
        ("People of Ðak Song came.", SONG, "People of Đắk Song came."),
        ("Dak Song's people came.", SONG, "Đắk Song's people came."),
        ("PARTY MEMBER", MEMBER, "Party member"),
        ("All party members came.", MEMBER, "All Party members came."),
        ("party members came.", MEMBER, "Party members came."),
        ("a PARTY MEMBER came.", MEMBER, "a Party member came."),
        ("infected People", hit("x", "infect", accepted=("infected",), kind="term"), "infected People"),
        ("INFECTED people", hit("x", "infect", accepted=("infected",), kind="term"), "Infected people"),
        (
            "on a jab now",
            hit("x", "vaccines", accepted=("vaccine",), forbidden=("jab",), kind="term"),
            "on a vaccine now",
        ),
        (
            "the jabs now",
            hit("x", "vaccine", accepted=("vaccines",), forbidden=("jabs",), kind="term"),
            "the vaccines now",
        ),
        ("in the Dak Song.", SONG, "in Đắk Song."),
        ("The Dak Song, yes.", SONG, "Đắk Song, yes."),
        ("in the Dak Song district", SONG, "in the Đắk Song district"),
        ("a dak song man", hit("x", "Hanoi", forbidden=("Dak Song",)), "a Hanoi man"),
        ("a dak song man", hit("x", "Ea Kar", forbidden=("Dak Song",)), "an Ea Kar man"),
        ("An old town", hit("x", "Hanoi", forbidden=("old",)), "A Hanoi town"),
        (
            "in the People Party work",
            hit("x", "the People's Party", forbidden=("People Party",)),
            "in the People's Party work",
        ),
        ("The people party works", hit("x", "the Party", forbidden=("people party",)), "The Party works"),
        ("people party works", hit("x", "the Party", forbidden=("people party",)), "The Party works"),
    ],
)
def test_known_renderings_are_replaced(hypothesis: str, term: TermHit, expected: str) -> None:
    one = case(hypothesis, term)
    repair_renderings(one, {}, yes)
    assert one.text == expected
    assert not one.missing


@pytest.mark.parametrize(
    "hypothesis",
    ["Dak Songs came.", "PreDak Song came.", "People came.", "Dak-Songa", ""],
)
def test_other_words_are_left_alone(hypothesis: str) -> None:
    one = case(hypothesis, SONG)
    repair_renderings(one, {}, yes)
    assert (one.text, one.edits, one.missing) == (hypothesis, [], [0])


def test_what_the_engine_says_for_the_term_alone_is_replaced() -> None:
    one = case("The mass committee met.", hit("जन समिति", "People's Committee", kind="term"))
    repair_renderings(one, {"जन समिति": ("mass committee",)}, yes)
    assert one.text == "The People's Committee met."
    assert one.how == {0: ("rendering", "the engine's word for the term, “mass committee”")}


def test_each_occurrence_needs_a_span_of_its_own() -> None:
    one = case("Đắk Song and Dak Song and dak song", SONG, SONG, SONG)
    repair_renderings(one, {}, yes)
    assert one.text == "Đắk Song and Đắk Song and Đắk Song"
    assert not one.missing


def test_no_more_is_replaced_than_is_required() -> None:
    one = case("Dak Song and Dak Song", SONG)
    repair_renderings(one, {}, yes)
    assert one.text == "Đắk Song and Dak Song"


def test_a_repair_that_fails_the_acceptance_test_is_not_made() -> None:
    one = case("People of Dak Song came to cu jat.", SONG, hit("कू जट", "Cư Jút"))
    repair_renderings(one, {}, no)
    repair_names(one, Names(NAMES), no)
    assert (one.text, one.edits, one.missing) == ("People of Dak Song came to cu jat.", [], [0, 1])


def test_a_span_that_another_term_holds_is_not_touched() -> None:
    district = hit("डाक सोंग जिला", "Dak Song District", kind="term")
    one = case("The Dak Song District.", district, SONG)
    repair_renderings(one, {}, yes)
    assert (one.text, one.missing) == ("The Dak Song District.", [1])


@pytest.mark.parametrize(
    ("hypothesis", "terms", "expected"),
    [
        ("People of Dak Soung came.", [SONG], "People of Đắk Song came."),
        ("People of Dac Xong's town came.", [SONG], "People of Đắk Song's town came."),
        ("Cu Jat district", [hit("कू जट", "Cư Jút")], "Cư Jút district"),
        ("In Krung No and Dak Sohng", [SONG, hit("क्रोंग नो", "Krông Nô")], "In Krông Nô and Đắk Song"),
        ("People of Dak Nong came.", [SONG], "People of Dak Nong came."),  # another name, word for word
        ("People of the duck pond came.", [SONG], "People of the duck pond came."),
        ("People of Dak Soung came.", [hit("डाक सोंग", "Đắk Song", kind="term")], "People of Dak Soung came."),
        ("Dak, Song came.", [SONG], "Dak, Song came."),
        ("Dak Song 7 came", [hit("डाक सोंग 7", "Đắk Song 7")], "Dak Song 7 came"),  # figures are never part of a name
    ],
)
def test_names_are_known_by_their_sound(hypothesis: str, terms: list[TermHit], expected: str) -> None:
    one = case(hypothesis, *terms)
    repair_names(one, Names(NAMES), yes)
    assert one.text == expected


def test_names_are_solved_together() -> None:
    """Greedy would give the first name the window that only the second one fits."""
    one = case("From Dak Noung to Dak Soung.", SONG, hit("डाक नोंग", "Đắk Nông"))
    repair_names(one, Names(NAMES), yes)
    assert one.text == "From Đắk Nông to Đắk Song."


def test_edits_lead_from_hypothesis_to_text() -> None:
    one = case("From Dak Noung to dak song.", SONG, hit("डाक नोंग", "Đắk Nông"))
    repair_renderings(one, {}, yes)
    repair_names(one, Names(NAMES), yes)
    text = one.hypothesis
    for edit in one.edits:
        assert text[edit.start : edit.start + len(edit.before)] == edit.before
        text = text[: edit.start] + edit.after + text[edit.start + len(edit.before) :]
    assert text == one.text == "From Đắk Nông to Đắk Song."


def test_a_sentence_of_terms_is_assembled() -> None:
    label = TermHit("t.csv:3", 1, 11, "विज्ञापन_2", "विज्ञापन_{n}", "Advertisement_2", kind="pattern")
    one = Case("[विज्ञापन_2]", (label,), "12 nonsense")
    repair_assembly(one, yes)
    assert (one.text, one.missing) == ("[Advertisement_2]", [])


def test_a_sentence_with_other_words_is_not_assembled() -> None:
    label = TermHit("t.csv:3", 0, 5, "स्रोत", "स्रोत", "Source", kind="term")
    one = Case("स्रोत अच्छा", (label,), "good spring")
    repair_assembly(one, yes)
    assert (one.text, one.missing) == ("good spring", [0])


def test_a_sentence_full_of_misspelt_names_is_solved_in_time() -> None:
    """Every name has several windows that fit; trying all combinations would take forever."""
    many = [SONG] * 30
    one = case(" and ".join(["Dak Soung"] * 30), *many)
    repair_names(one, Names(NAMES), yes)
    assert one.text == " and ".join(["Đắk Song"] * 30)
    assert not one.missing
