"""Repair by attention: which words stand for a term, and when none do."""

import pytest

from toolkit.engines.scripted import ScriptedEngine
from toolkit.glossary.attention import repair_by_attention
from toolkit.glossary.repair import Case
from toolkit.segment import Alignment, TermHit

Looks = dict[str, tuple[str, float]]


def aligned(source: str, text: str, looks: Looks) -> Alignment:
    """An alignment in which each word of the text looks at one word of the source with some weight."""
    ours, theirs = source.split(), text.split()
    starts = [[sum(len(word) + 1 for word in words[:place]) for place in range(len(words))] for words in (ours, theirs)]
    spans = [
        tuple((start, start + len(word.strip(".,"))) for start, word in zip(begins, words, strict=True))
        for begins, words in zip(starts, (ours, theirs), strict=True)
    ]
    rows = []
    for word in theirs:
        at, weight = looks.get(word.strip(".,"), ("", 0.0))
        rows.append(tuple(weight if other.strip("।,") == at else 0.0 for other in ours))
    return Alignment(spans[0], spans[1], tuple(rows))


def hit(source: str, surface: str, target: str, kind: str = "name") -> TermHit:
    start = source.index(surface)
    return TermHit("t.csv:2", start, start + len(surface), surface, surface, target, kind=kind)  # type: ignore[arg-type]


def yes(source: str, before: str, after: str) -> bool:
    return True


PROCURACY = ("जिला पीपुल्स प्रोक्यूरेसी आई।", "पीपुल्स प्रोक्यूरेसी", "People's Procuracy")


@pytest.mark.parametrize(
    ("text", "looks", "kind", "expected"),
    [
        (
            "The district prosecution pural came.",
            {"prosecution": ("प्रोक्यूरेसी", 0.9), "pural": ("पीपुल्स", 0.8), "district": ("जिला", 0.9)},
            "term",
            "The district People's Procuracy came.",
        ),
        (  # a small word between two that look belongs to them, one at the end does not
            "The office of the pural for came.",
            {"office": ("प्रोक्यूरेसी", 0.9), "of": ("प्रोक्यूरेसी", 0.6), "pural": ("पीपुल्स", 0.8), "for": ("पीपुल्स", 0.8)},
            "term",
            "The People's Procuracy for came.",
        ),
        (
            "The office of pural for came.",
            {"office": ("प्रोक्यूरेसी", 0.9), "pural": ("पीपुल्स", 0.8), "for": ("पीपुल्स", 0.8)},
            "term",
            "The People's Procuracy for came.",
        ),
        ("The district pural came.", {"pural": ("पीपुल्स", 0.9)}, "term", "The district pural came."),  # half of it only
        ("The district pural came.", {"pural": ("पीपुल्स", 0.9)}, "name", "The district People's Procuracy came."),
        (
            "Pural came to the procure.",
            {"Pural": ("पीपुल्स", 0.9), "procure": ("प्रोक्यूरेसी", 0.9)},
            "term",
            "Pural came to the procure.",
        ),
        (
            "The pural 35 came.",
            {"pural": ("पीपुल्स", 0.9), "35": ("प्रोक्यूरेसी", 0.9)},
            "term",
            "The pural 35 came.",
        ),
        ("The pural pro came.", {"pural": ("पीपुल्स", 0.4), "pro": ("प्रोक्यूरेसी", 0.4)}, "term", "The pural pro came."),
        (
            "a b c d e f came.",
            {word: ("पीपुल्स" if word < "d" else "प्रोक्यूरेसी", 0.9) for word in "bcdef"},
            "term",
            "a b c d e f came.",
        ),
        ("They came.", {}, "name", "They came."),
    ],
)
def test_words_that_look_at_the_term(text: str, looks: Looks, kind: str, expected: str) -> None:
    source, surface, target = PROCURACY
    case = Case(source, (hit(source, surface, target, kind),), text)
    repair_by_attention(case, aligned(source, text, looks), yes)
    assert case.text == expected


def test_what_another_term_holds_is_not_replaced() -> None:
    source = "डाक सोंग और कू जट"
    hits = (hit(source, "डाक सोंग", "Đắk Song"), hit(source, "कू जट", "Cư Jút"))
    text = "Đắk Song and cut"
    case = Case(source, hits, text)
    looks = {"Song": ("जट", 0.9), "cut": ("कू", 0.9)}
    repair_by_attention(case, aligned(source, text, looks), yes)
    assert case.text == "Đắk Song and Cư Jút"
    assert case.how == {1: ("attention", "“cut” was written while looking at it (0.90)")}


def test_several_terms_are_replaced_in_one_go() -> None:
    source = "डाक सोंग और कू जट"
    hits = (hit(source, "डाक सोंग", "Đắk Song"), hit(source, "कू जट", "Cư Jút"))
    text = "Post and cut"
    case = Case(source, hits, text)
    repair_by_attention(case, aligned(source, text, {"Post": ("डाक", 0.9), "cut": ("कू", 0.9)}), yes)
    assert case.text == "Đắk Song and Cư Jút"
    assert [edit.start for edit in case.edits] == [9, 0]


def test_without_an_alignment_nothing_is_done() -> None:
    source, surface, target = PROCURACY
    case = Case(source, (hit(source, surface, target),), "They came.")
    repair_by_attention(case, Alignment(), yes)
    assert (case.text, case.missing) == ("They came.", [0])


def test_the_acceptance_test_has_the_last_word() -> None:
    source, surface, target = PROCURACY
    case = Case(source, (hit(source, surface, target),), "The pural came.")
    repair_by_attention(case, aligned(source, case.text, {"pural": ("पीपुल्स", 0.9)}), lambda *_: False)
    assert case.text == "The pural came."


def test_the_scripted_engine_aligns_words_that_sound_alike() -> None:
    (alignment,) = ScriptedEngine().align([("नया काम", "kam naya")])
    assert alignment.weight((0, 3), (4, 7)) == 1.0
    assert alignment.weight((4, 8), (4, 7)) == 0.0
