import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.glossary.entry import Entry
from toolkit.glossary.lint import Finding, lint


def _row(line: int = 1, /, **cells: str) -> Entry:
    return Entry.from_cells({"source": "डाक सोंग", "target": "Đắk Song", **cells}, file="g.csv", line=line)


def _found(*entries: Entry) -> list[tuple[str, str, int, str]]:
    return [(finding.rule, finding.severity, finding.line, finding.column) for finding in lint(entries)]


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"forbidden": "Dak Song|Dak Sông"},
        {"source": "दियु के'रे", "target": "Điểu K'ré", "variants": "डियु के'रे"},
        {"source": "संकल्प {n}", "target": "Resolution {n}", "accepted": "Resolution No. {n}"},
        {"source": "क्\u200dयांग", "target": "Kyang"},  # zero width joiner after a virama is spelling
        {"source": "लड़ाई", "target": "battle", "kind": "term", "accepted": "Battle"},
        {"source": "टी20", "target": "T20"},
        {"source": "VTV24", "target": "", "status": "dnt"},
        {"source": "में", "target": "in", "status": "draft"},
        {"source": "डेल्टा विमान", "target": "Δ wing", "status": "draft"},
    ],
)
def test_good_rows_pass(cells: dict[str, str]) -> None:
    severe = [finding for finding in lint([_row(**cells)]) if finding.rule != "foreign-script"]
    assert severe == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # look-alike letters
        ({"target": "\u00d0ắk Song"}, [("look-alike", "error", "target")]),  # eth
        ({"accepted": "\u0189ắk Song"}, [("look-alike", "error", "accepted")]),  # African D
        ({"forbidden": "\u0256ak Song"}, [("look-alike", "error", "forbidden")]),  # d with tail
        ({"target": "Đắk S\u043eng"}, [("mixed-script", "error", "target")]),  # Cyrillic o
        ({"target": "Đắk S\u03bfng"}, [("mixed-script", "error", "target")]),  # Greek omicron
        ({"accepted": "Донг"}, [("foreign-script", "warning", "accepted")]),
        ({"variants": "डाकsong"}, [("mixed-script", "error", "variants")]),
        # normal form
        ({"target": unicodedata.normalize("NFD", "Đắk Song")}, [("not-nfc", "error", "target")]),
        ({"source": "पेड़ सोंग".replace("ड़", "\u095c")}, [("not-nfc", "warning", "source")]),
        ({"forbidden": "Da\u0306k Song"}, [("not-nfc", "warning", "forbidden")]),
        # stray characters
        ({"target": "Đắk\xa0Song"}, [("stray", "error", "target")]),
        ({"target": "Đắk \u200bSong"}, [("stray", "error", "target")]),
        ({"accepted": "Dak\u200d Song"}, [("stray", "error", "accepted")]),
        ({"source": "डाक\ufeff सोंग"}, [("stray", "warning", "source")]),
        ({"variants": "डक \u200cसोंग"}, [("stray", "warning", "variants")]),
        ({"source": "डाक  सोंग"}, [("stray", "error", "source")]),
        ({"target": "Đắk\tSong"}, [("stray", "error", "target")]),
        # the row against itself
        ({"forbidden": "Đắk Song"}, [("forbids-itself", "error", "forbidden")]),
        ({"forbidden": "Song"}, [("forbids-itself", "error", "forbidden")]),
        ({"accepted": "Dak Song district", "forbidden": "Dak Song"}, [("forbids-itself", "error", "forbidden")]),
        ({"forbidden": "song|Son"}, []),
        ({"accepted": "Đắk Song"}, [("idle-form", "warning", "accepted")]),
        ({"variants": "डाक\u00a0सोंग"}, [("stray", "error", "variants"), ("idle-form", "warning", "variants")]),
        ({"variants": "डाक सोंग"}, [("idle-form", "warning", "variants")]),
        # languages
        ({"source": "Đắk Song", "target": "डाक सोंग"}, [("swapped", "error", "source")]),
        ({"source": "Zalo", "target": "Zalo"}, [("not-hindi", "warning", "source")]),
        ({"target": "Đắk सोंग"}, [("not-english", "error", "target")]),
        ({"accepted": "डाक Song"}, [("not-english", "error", "accepted")]),
        # ordinary words
        ({"source": "ले"}, [("common-word", "error", "source")]),
        ({"source": "सरकार", "target": "Government", "kind": "term"}, [("common-word", "warning", "source")]),
        ({"variants": "सा पा|को हो"}, [("common-word", "warning", "variants")]),
        # columns
        ({"varients": "डक सोंग"}, [("unknown-column", "warning", "varients")]),
        ({"region": "south"}, []),
    ],
)
def test_a_bad_row_is_found(cells: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert _found(_row(7, **cells)) == [(rule, severity, 7, column) for rule, severity, column in expected]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"target": "Dak Song"}, [("conflict", "error", 2, "source")]),
        ({"source": "डक सोंग", "target": "x", "variants": "डाक\u200c सोंग"}, [("conflict", "error", 2, "variants")]),
        ({"note": "again"}, [("duplicate", "warning", 2, "source")]),
        ({"accepted": "Dak Song"}, [("repeated-form", "warning", 2, "source")]),
        ({"target": "Dak Song", "status": "admitted"}, []),
        ({"target": "Duck Song", "status": "forbidden"}, []),
        ({"target": "Dak Song", "status": "draft"}, []),
        (
            {"source": "कू जट", "target": "Cư Jút", "forbidden": "Đắk Song"},
            [("forbidden-elsewhere", "warning", 2, "forbidden")],
        ),
        ({"source": "कू जट", "target": "Cư Jút"}, []),
    ],
)
def test_rows_against_each_other(second: dict[str, str], expected: list[tuple[str, str, int, str]]) -> None:
    found = _found(_row(), _row(2, **second))
    assert [finding for finding in found if finding[0] != "stray"] == expected


def test_a_finding_reads_as_one_line() -> None:
    (finding,) = lint([_row(), _row(2, target="Dak Song")])
    assert str(finding) == (
        "g.csv:2: error: source: 'डाक सोंग' is 'Dak Song' here and 'Đắk Song' in g.csv:1 \u2014 "
        "keep one, or make one admitted or draft"
    )


def test_findings_come_in_the_order_of_the_file() -> None:
    rows = [_row(9, target="Dak Song "), _row(2), _row(5, source="ले", target="\u00d0x")]
    lines = [finding.line for finding in lint(rows)]
    assert lines == sorted(lines)
    assert set(lines) == {2, 5}


@given(
    st.lists(
        st.builds(
            Entry,
            source=st.text("कखग\u093c\u200d {}n", min_size=1, max_size=6).filter(
                lambda t: t.strip() and "{" not in t and "}" not in t
            ),
            target=st.sampled_from(["x", "Đắk", "\u00d0ắk", "y "]),
            status=st.sampled_from(["preferred", "admitted", "draft"]),
            line=st.integers(1, 50),
        ),
        max_size=6,
    )
)
def test_linting_is_repeatable_and_never_fails(entries: list[Entry]) -> None:
    first = lint(entries)
    assert first == lint(entries)
    assert all(isinstance(finding, Finding) and finding.message and finding.remedy for finding in first)
