import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.glossary.entry import Entry
from toolkit.glossary.keys import key, similarity
from toolkit.glossary.lint import Finding, lint
from toolkit.glossary.lint_pairs import NEIGHBOURS, lint_pairs


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
        ({"source": "सूर्य", "target": "Surya"}, [("common-word", "error", "source")]),
        ({"source": "सरकार", "target": "Government", "kind": "term"}, [("common-word", "warning", "source")]),
        ({"variants": "सा पा|को हो"}, [("common-word", "warning", "variants")]),
        # columns
        ({"varients": "डक सोंग"}, [("unknown-column", "warning", "varients")]),
        ({"region": "south"}, []),
        ({"forbidden": "D.C.", "target": "Washington D.C."}, [("forbids-itself", "error", "forbidden")]),
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


def test_thousands_of_rows_take_seconds() -> None:
    hindi = ("डा", "क", "सों", "ग", "मा", "ली", "नु", "था", "रि", "वा")
    english = ("da", "ka", "so", "ga", "ma", "li", "nu", "tha", "ri", "va")
    rows = []
    for number in range(5_000):
        digits = [int(digit) for digit in f"{number:04d}"]
        source, target = ("".join(syllables[digit] for digit in digits) for syllables in (hindi, english))
        rows.append(_row(number + 2, source=f"{source} जी", target=target.title()))
    started = time.process_time()
    lint([*rows])
    lint_pairs([*rows])
    assert time.process_time() - started < 10  # some 2 s; all with all in Python would take minutes


# ---- rows beside each other


def _pairs(*rows: dict[str, str]) -> list[tuple[str, str, int, str]]:
    entries = [_row(line, **cells) for line, cells in enumerate(rows, 2)]
    return [(one.rule, one.severity, one.line, one.column) for one in lint_pairs(entries)]


SONG = {"source": "डाक सोंग", "target": "Đắk Song"}
DISTRICT = {"kind": "term", "domain": "x"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # nested
        ([SONG, {"source": "डाक सोंग जिला", "target": "Đắk Song District", **DISTRICT}], []),
        (
            [SONG, {"source": "डाक सोंग जिला", "target": "Dak Song District", **DISTRICT}],
            [("nested", "notice", 3, "source")],
        ),
        (
            [SONG, {"source": "जिला", "variants": "डाक\u200c-सोंग ज़िला", "target": "district", **DISTRICT}],
            [("nested", "notice", 3, "variants")],
        ),  # zero width non-joiner, hyphen and nukta fold
        ([{**SONG, "accepted": "Dak Song"}, {"source": "डाक सोंग जिला", "target": "Dak Song", **DISTRICT}], []),
        ([{**SONG, "status": "draft"}, {"source": "डाक सोंग जिला", "target": "Dak Song", **DISTRICT}], []),
        (
            [
                {"source": "संकल्प {n}", "target": "Resolution {n}"},
                {"source": "पार्टी संकल्प ३५", "target": "Decree 35", **DISTRICT},
            ],
            [],
        ),  # a figure is no slot
        (
            [{"source": "कांग्रेस {n}", "target": "C {n}"}, {"source": "पार्टी कांग्रेस {n}", "target": "P {n}"}],
            [("nested", "notice", 3, "source")],
        ),
        # straddling
        (
            [
                {"source": "नए ग्रामीण कम्यून", "target": "new rural commune", **DISTRICT},
                {"source": "ग्रामीण कम्यून समिति", "target": "rural commune committee", **DISTRICT},
            ],
            [("straddling", "notice", 2, "source")],
        ),
        (
            [
                {"source": "नए ग्रामीण कम्यून", "target": "new rural commune", **DISTRICT},
                {"source": "ग्रामीण कम्यून समिति", "target": "rural commune committee", **DISTRICT},
                {
                    "source": "नए ग्रामीण कम्यून समिति",
                    "target": "new rural commune of the rural commune committee",
                    **DISTRICT,
                },
            ],
            [],
        ),  # the whole is a row
        (
            [
                {"source": "नए कम्यून", "target": "new commune", **DISTRICT},
                {"source": "कम्यून समिति", "target": "committee", **DISTRICT},
            ],
            [],
        ),  # one word that is no term
        (
            [
                {"source": "नए कम्यून", "target": "new commune", **DISTRICT},
                {"source": "कम्यून", "target": "commune", **DISTRICT},
                {"source": "कम्यून समिति", "target": "commune committee", **DISTRICT},
                {"source": "कम्यून पुलिस", "target": "commune police", **DISTRICT},
            ],
            [("straddling", "notice", 2, "source")],
        ),
        # spelling
        (
            [{"source": "ज़ालो", "target": "Zalo"}, {"source": "जालो", "target": "net"}],
            [("spelling", "warning", 3, "source")],
        ),
        ([{"source": "ज़ालो", "target": "Zalo"}, {"source": "जालो", "target": "Zalo"}], []),
        ([{"source": "ज़ालो", "target": "Zalo", "variants": "जालो"}], []),
        # neighbours
        ([SONG, {"source": "डाक नोंग", "target": "Đắk Nông"}], [("neighbour", "notice", 3, "target")]),
        ([SONG, {"source": "डाक नोंग", "target": "Đắk Nông", "domain": "person"}], []),
        ([SONG, {"source": "डाक नोंग", "target": "Đắk Nông", "kind": "term"}], []),
        ([SONG, {"source": "डक सोंग", "target": "Đắk Song"}], []),
        ([SONG, {"source": "हनोई", "target": "Hanoi"}], []),
    ],
)
def test_rows_beside_each_other(rows: list[dict[str, str]], expected: list[tuple[str, str, int, str]]) -> None:
    assert _pairs(*rows) == expected


def test_a_notice_names_the_other_row_and_how_alike_it_is() -> None:
    (one,) = lint_pairs([_row(2), _row(7, source="डाक नोंग", target="Đắk Nông")])
    assert one.message == "'Đắk Nông' sounds like 'Đắk Song' (0.83, line 2)"
    names = [_row(line, target=f"Đắk {end}") for line, end in enumerate(("Sona", "Sono", "Sonu", "Soni", "Sone"), 2)]
    assert lint_pairs(names)[-1].message.endswith(" and more")
    (nested,) = lint_pairs([_row(2), Entry("डाक सोंग जिला", "x", kind="term", file="other.csv", line=9)])
    assert "'डाक सोंग' ('Đắk Song', g.csv:2)" in nested.message


def test_shared_words_are_told_once_with_the_number_of_pairs() -> None:
    ends = [
        _row(line, source=f"{first} जन परिषद", target=f"a{line}", kind="term") for line, first in ((2, "क"), (3, "ख"))
    ]
    begins = [
        _row(line, source=f"जन परिषद {last}", target=f"b{line}", kind="term") for line, last in ((4, "ग"), (5, "घ"))
    ]
    (one,) = lint_pairs([*ends, *begins])
    assert one.message == (
        "'क जन परिषद' and 'जन परिषद ग' ('b4', line 4) share 'जन परिषद': where they meet, the second is lost; "
        "3 more such pairs"
    )


@given(st.lists(st.text("aeioubdgkmж", min_size=2, max_size=9), min_size=2, max_size=12, unique=True))
def test_the_fast_comparison_finds_all_names_that_sound_alike(targets: list[str]) -> None:
    entries = [_row(line, target=target) for line, target in enumerate(targets, 2)]
    alike = {
        (this.line, that.line)
        for place, this in enumerate(entries)
        for that in entries[:place]
        if similarity(key(this.target), key(that.target)) >= NEIGHBOURS
    }
    found = [one for one in lint_pairs(entries) if one.rule == "neighbour"]
    assert {one.line for one in found} == {this for this, _ in alike}
