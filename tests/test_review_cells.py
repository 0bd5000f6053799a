"""Any text fits a cell: cut where it must be and saying so, in runs that lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.review.cells import CELL_LIMIT, fitting, printable, runs
from toolkit.review.sheets import line_count

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("डाकि़ंĐắ \n\r\t=_x04<r>\x00\ufffe\u200d")), max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(-2, 32), st.integers(-2, 32), st.sampled_from("rgb")), max_size=5))
def test_runs_lose_nothing_and_are_never_empty(text: str, spans: list[tuple[int, int, str]]) -> None:
    found = list(runs(text, spans))
    assert "".join(run for run, _ in found).replace("\n", "") == printable(text).replace("\n", "")
    assert all(run for run, _ in found)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 2, "a")], [("कख", "a"), ("गघ", "")]),
        ([(2, 4, "a")], [("कख", ""), ("गघ", "a")]),
        ([(0, 4, "a")], [("कखगघ", "a")]),
        ([(2, 4, "b"), (0, 2, "a")], [("कख", "a"), ("गघ", "b")]),
        ([(0, 2, "a"), (0, 3, "b")], [("कखग", "b"), ("घ", "")]),
        ([(0, 3, "a"), (2, 4, "b")], [("कखग", "a"), ("घ", "")]),
        ([(1, 1, "a"), (3, 9, "b")], [("कखगघ", "")]),
        ([], [("कखगघ", "")]),
    ],
)
def test_overlapping_spans(spans: list[tuple[int, int, str]], expected: list[tuple[str, str]]) -> None:
    assert list(runs("कखगघ", spans)) == expected


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("character", ["क", "\U0001f33e", "कि"])
@pytest.mark.parametrize("over", [-1, 0, 1, 9000])
def test_a_text_is_cut_only_where_it_must_be_and_says_so(character: str, over: int) -> None:
    text = (character * CELL_LIMIT)[: (CELL_LIMIT + over) // (units(character) // len(character))]
    shown, kept = fitting(text, "a.txt")
    assert units(shown) <= CELL_LIMIT
    if units(text) <= CELL_LIMIT:
        assert (shown, kept) == (text, len(text))
    else:
        assert shown == f"{text[:kept]} … ({len(text) - kept:,} more characters, see a.txt)"
        assert units(shown) > CELL_LIMIT - 8  # no more than needed
        assert text[kept] != "ि"  # no vowel sign parted from its letter


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("शब्द", 1), ("a\n\nb", 3), ("a" * 60, 1), ("a" * 80, 2), ("क" * 60, 2), ("कि" * 50, 1)],
)
def test_line_count(text: str, lines: int) -> None:
    assert line_count(text, 60) == lines
