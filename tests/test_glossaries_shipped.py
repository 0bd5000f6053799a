from pathlib import Path

import pytest

from toolkit.glossary.entry import COLUMNS, Entry
from toolkit.glossary.lint import lint
from toolkit.glossary.table import read_glossaries, read_table, write_table
from toolkit.text import strip_marks

FOLDER = Path(__file__).parent.parent / "glossaries"
FILES = sorted(FOLDER.glob("*.csv"))
ENTRIES = read_glossaries([FOLDER])
APPLIED = {form: entry for entry in ENTRIES if entry.status == "preferred" for form in entry.forms}


def test_the_files_are_the_ones_the_readme_describes() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in FILES} == {line.split("`")[1] for line in readme.splitlines() if ".csv` |" in line}
    assert "CC0 1.0" in readme
    assert "written by hand for this project" in readme


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_opens_in_a_spreadsheet_and_is_written_back_unchanged(path: Path, tmp_path: Path) -> None:
    table = read_table(path)
    assert table.encoding == "utf-8-sig"
    assert table.columns == COLUMNS[:10]
    write_table(table, tmp_path / path.name)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_no_row_is_wrong() -> None:
    findings = [str(finding) for finding in lint(ENTRIES)]
    assert len(ENTRIES) > 900
    assert [finding for finding in findings if ": warning: " not in finding] == []
    assert [finding for finding in findings if "डाक मिल" not in finding] == []  # the one known ambiguity, noted there


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("डाक सोंग", "Đắk Song"),
        ("कू जट", "Cư Jút"),
        ("डाक ग्लोंग", "Đắk Glong"),
        ("डाक माम", "Đắk Mâm"),
        ("क्रोंग नो", "Krông Nô"),
        ("दियु के'रे", "Điểu K'ré"),
        ("गुयेन थी थू", "Nguyen Thi Thu"),
        ("होआंग वान टैम", "Hoang Van Tam"),
        ("संकल्प {n}", "Resolution {n}"),
        ("संचालन समिति {n}", "Steering Committee {n}"),
        ("वीएनडी", "VND"),
        ("ज़ालो", "Zalo"),
        ("फेसबुक", "Facebook"),
        ("पार्टी केंद्रीय समिति", "Party Central Committee"),
        ("प्रांतीय पार्टी समिति", "Provincial Party Committee"),
        ("जिला पार्टी समिति", "District Party Committee"),
        ("स्थायी उप सचिव", "Standing Deputy Secretary"),
        ("जिला पीपुल्स प्रोक्यूरेसी", "District People's Procuracy"),
        ("प्रांतीय सीमा रक्षक", "Provincial Border Guard"),
        ("प्रचार विभाग", "Propaganda Department"),
        ("राज्य और जनता मिलकर काम करें", "the State and the people work together"),
        ("विज्ञापन_{n}", "Advertisement_{n}"),
        ("स्रोत", "Source"),
        ("टिप्पणी ({n})", "Comments ({n})"),
    ],
)
def test_terms_of_the_desk_are_covered(source: str, target: str) -> None:
    assert APPLIED[source].target == target


def test_names_with_diacritics_forbid_their_plain_letters() -> None:
    bare = [
        f"{entry.row} {entry.target}"
        for entry in ENTRIES
        if entry.domain == "place" and strip_marks(entry.target) != entry.target and not _forbids_plain(entry)
    ]
    assert bare == []


def _forbids_plain(entry: Entry) -> bool:
    return strip_marks(entry.target) in (*entry.forbidden, *entry.accepted)


def test_drafts_say_why() -> None:
    silent = [entry.row for entry in ENTRIES if entry.status == "draft" and not entry.note]
    assert silent == []
