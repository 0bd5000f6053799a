"""No cell is run as a formula, and none is changed for good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.spreadsheet import guard, unguard


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-", "'-"),
        ("@कॉमरेड", "'@कॉमरेड"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("\uff1d1", "'\uff1d1"),  # full-width equals sign
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20x", "'\uff20x"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("K'ré", "K'ré"),
        ("", ""),
    ],
)
def test_formula_cells_are_neutralised(meant: str, written: str) -> None:
    assert guard(meant) == written
    assert unguard(written) == meant


@given(st.text(alphabet="'=+-@\t\r\n\uff1dक", max_size=6))
def test_guard_is_undone_exactly(cell: str) -> None:
    assert unguard(guard(cell)) == cell
