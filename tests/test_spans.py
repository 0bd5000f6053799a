from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.glossary.spans import Span, approved, at_sentence_start, capitalised, place, view_occurrences
from toolkit.segment import TermHit
from toolkit.text import occurrences, plain_view


def _hit(*forms: str, start: int = 0) -> TermHit:
    return TermHit("g.csv:1", start, start + 1, "क", "क", forms[0], forms[1:])


def _placed(text: str, *hits: TermHit) -> dict[int, tuple[int, str]]:
    return {number: (span.start, text[span.start : span.end]) for number, span in place(text, hits).items()}


@pytest.mark.parametrize(
    ("text", "form", "starts"),
    [
        ("Đắk Song, Đắk Song.", "Đắk Song", [0, 10]),
        ("Đắk Songs aĐắk Song", "Đắk Song", []),
        ("Đắk Song's", "Đắk Song", [0]),
        ("đắk song Dak Song", "Đắk Song", []),
        ("Resolution 350, Resolution 35", "Resolution 35", [16]),
        ("Resolution 35\u0301", "Resolution 35", []),
        ("संकल्पों संकल्प।", "संकल्प", [9]),
        ("(0)(0)", "(0)", [0, 3]),  # a form with no letter at its border needs none
        ("Comments (0)s", "Comments (0)", [0]),
        ("aa aa aa", "aa aa", [0, 3]),
        ("anything", "", []),
        ("", "Song", []),
    ],
)
def test_occurrences(text: str, form: str, starts: list[int]) -> None:
    assert list(occurrences(text, form)) == [(start, start + len(form)) for start in starts]


def test_occurrences_in_a_view_are_raw_spans() -> None:
    text = "in D\u0323ak\xa0Song."
    assert list(view_occurrences(plain_view(text), "dak song")) == [(3, 12)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|x", True),
        ("End. |x", True),
        ("End? “|x", True),
        ("Line\n|x", True),
        ("- |x", True),
        ("• |x", True),
        ("वह गया। |x", True),
        ("Title: |x", True),
        ("the |x", False),
        ("a, |x", False),
        ("well - |x", False),
        ("35 |x", False),
    ],
)
def test_sentence_starts(text: str, expected: bool) -> None:
    assert at_sentence_start(text.replace("|", ""), text.index("|")) is expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [("new rural", "New rural"), ("đồng", "Đồng"), ("VND", "VND"), ("", ""), ("35 villages", "35 villages")],
)
def test_capitalised(form: str, expected: str) -> None:
    assert capitalised(form) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 2, False), (0, 3, True), (3, 4, True), (4, 9, True), (5, 9, False)]
)
def test_overlaps(start: int, end: int, expected: bool) -> None:
    assert Span(2, 5, "abc").overlaps(start, end) is expected


def test_approved_forms_begin_with_the_target() -> None:
    assert approved(_hit("Party", "party", "Party", "parties")) == ("Party", "party", "parties")


@pytest.mark.parametrize(
    ("text", "hits", "expected"),
    [
        ("no term", [_hit("Party")], {}),
        ("the Party", [], {}),
        ("Party, Party", [_hit("Party")] * 3, {0: (0, "Party"), 1: (7, "Party")}),  # three required, two present
        ("Party", [_hit("Party"), _hit("Party", "party")], {0: (0, "Party")}),
        # a form inside another: the longer one where it is wanted, the shorter one elsewhere
        (
            "Party Committee of the Party",
            [_hit("Party"), _hit("Party Committee")],
            {0: (23, "Party"), 1: (0, "Party Committee")},
        ),
        ("Party Committee", [_hit("Party"), _hit("Committee")], {0: (0, "Party"), 1: (6, "Committee")}),
        (
            "Party Committee",
            [_hit("Party Committee", "Party"), _hit("Committee")],
            {0: (0, "Party"), 1: (6, "Committee")},
        ),
        ("Party Committee", [_hit("Party", "Party Committee")], {0: (0, "Party Committee")}),
        ("a a a", [_hit("a a")] * 2, {0: (0, "a a")}),
        # capitals
        ("New rural areas", [_hit("new rural areas")], {0: (0, "New rural areas")}),
        ("It ended. New rural areas", [_hit("new rural areas")], {0: (10, "New rural areas")}),
        ("the New rural areas", [_hit("new rural areas")], {}),
        ("dak song", [_hit("Đắk Song")], {}),
        # equal hits in the order of the text
        (
            "x Song y Song",
            [_hit("Song", start=5), _hit("Đắk"), _hit("Song", start=1)],
            {0: (2, "Song"), 2: (9, "Song")},
        ),
    ],
)
def test_place(text: str, hits: list[TermHit], expected: dict[int, tuple[int, str]]) -> None:
    assert _placed(text, *hits) == expected


def test_the_form_of_a_span_is_as_the_row_has_it() -> None:
    assert place("New areas", [_hit("areas", "new areas")]) == {0: Span(0, 9, "new areas")}


def test_many_equal_hits_are_placed_at_once() -> None:
    text = "Party Committee, Party. " * 400
    placed = place(text, [_hit("Party"), _hit("Party Committee")] * 400)
    assert len(placed) == 800
    assert len(place(text, [_hit("Party"), _hit("Party Committee")] * 500)) == 800


def test_a_hopeless_search_ends_with_what_it_has() -> None:
    text = "Party Committee, Party. " * 400
    hits = [_hit("Party"), _hit("Party Committee"), _hit("Committee", "Party")] * 400
    placed = place(text, hits)
    assert len(placed) >= 800
    assert placed == place(text, hits)
    spans = sorted(placed.values(), key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in pairwise(spans))


FORMS = st.lists(st.sampled_from(["a", "b", "a b", "b a", "a a", "A", "b."]), min_size=1, max_size=2, unique=True)
HITS = st.lists(FORMS.map(lambda forms: _hit(*forms)), max_size=4)
TEXTS = st.lists(st.sampled_from(["a", "b", "A", "B", "c", "b."]), max_size=6).map(" ".join)


def _right(text: str, hit: TermHit, start: int, end: int) -> bool:
    written = text[start:end]
    bordered = not text[start - 1 : start].isalnum() and not (written[-1].isalnum() and text[end : end + 1].isalnum())
    starting = text[:start].rstrip() == "" or text[:start].rstrip().endswith(".")
    return bordered and any(written == f or (starting and written == f[0].upper() + f[1:]) for f in approved(hit))


def _most(text: str, hits: list[TermHit]) -> int:
    spans = [(start, end) for start in range(len(text)) for end in range(start + 1, min(start + 4, len(text) + 1))]
    choices = [[None, *(span for span in spans if _right(text, hit, *span))] for hit in hits]
    best = 0
    for chosen in product(*choices):
        taken = sorted(span for span in chosen if span is not None)
        if all(one[1] <= other[0] for one, other in pairwise(taken)):
            best = max(best, len(taken))
    return best


@given(TEXTS, HITS)
def test_a_placement_is_right_disjoint_and_as_large_as_can_be(text: str, hits: list[TermHit]) -> None:
    placed = place(text, hits)
    assert all(_right(text, hits[number], span.start, span.end) for number, span in placed.items())
    spans = sorted(placed.values(), key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert len(placed) == _most(text, hits)
    assert list(placed) == sorted(placed)
    assert place(text, hits) == placed
