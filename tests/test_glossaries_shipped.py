import re
from collections import Counter
from pathlib import Path

import pytest

from toolkit.devanagari import loose
from toolkit.glossary import Glossary
from toolkit.glossary.entry import COLUMNS, Entry
from toolkit.glossary.lint import lint
from toolkit.glossary.table import read_glossaries, read_table, write_table
from toolkit.text import normal, strip_marks

FOLDER = Path(__file__).parent.parent / "glossaries"
FILES = sorted(FOLDER.rglob("*.csv"))
ENTRIES = read_glossaries([FOLDER])  # the sets to be named included
DEFAULT = Glossary.load(FOLDER)
APPLIED = {form: entry for entry in DEFAULT.entries if entry.status == "preferred" for form in entry.forms}
KNOWN = ("डाक मिल", "लाल सागर")  # names made of ordinary words that mean nothing else in our texts


def _named(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def test_the_readme_describes_the_files_and_counts_their_rows() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\S+\.csv)` \| (\d+) \| (\d+) \|", readme, re.M)
    counted = []
    for path in FILES:
        drafts = Counter(entry.status == "draft" for entry in read_table(path).entries)
        counted.append((_named(path), str(drafts[False]), str(drafts[True])))
    assert sorted(listed) == sorted(counted)
    assert "CC0 1.0" in readme
    assert "written by hand for this project" in readme


def test_the_default_set_is_what_the_readme_says() -> None:
    assert [Path(file).parent for file in DEFAULT.files] == [FOLDER] * 6
    assert DEFAULT.overridden == ()
    assert Glossary.load(FOLDER, FOLDER / "more").overridden == ()


@pytest.mark.parametrize("path", FILES, ids=_named)
def test_a_file_opens_in_a_spreadsheet_and_is_written_back_unchanged(path: Path, tmp_path: Path) -> None:
    table = read_table(path)
    assert table.encoding == "utf-8-sig"
    assert table.columns == COLUMNS[:10]
    write_table(table, tmp_path / path.name)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_no_row_is_wrong() -> None:
    findings = [str(finding) for finding in lint(ENTRIES)]
    assert len(ENTRIES) > 4000
    assert [finding for finding in findings if ": error: " in finding] == []
    warnings = [finding for finding in findings if ": warning: " in finding]
    assert [finding for finding in warnings if not any(name in finding for name in KNOWN)] == []


def test_no_two_spellings_that_count_as_one_have_two_targets() -> None:
    targets: dict[str, set[str]] = {}
    for entry in ENTRIES:
        if entry.status != "draft":
            for form in entry.forms:
                targets.setdefault(loose(normal(form)).lower().replace("-", " "), set()).add(entry.target)
    assert {form: found for form, found in targets.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    "form", ["गया", "गुना", "हवाई", "पुरी", "बाली", "माली", "चाड", "कान", "मक्का", "सहारा", "किलोमीटर", "डॉलर"]
)
def test_ordinary_words_are_not_applied(form: str) -> None:
    assert [entry.row for entry in ENTRIES if entry.status != "draft" and form in entry.forms] == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("गया जिला जापान गया", ["Japan"]),
        ("अमेरिका और वियतनाम के प्रधानमंत्री", ["United States", "Vietnam", "Prime Minister"]),
        ("धारा 35 और 36 के अंतर्गत", ["Section 35", "Section 36"]),
        ("ऑस्ट्रेलिया, ओस्ट्रेलिया, आस्ट्रेलिया", ["Australia"] * 3),
        ("उच्चतम न्यायालय ने 25 मेगावाट के", ["Supreme Court", "megawatts"]),
    ],
)
def test_the_sets_by_name(source: str, target: list[str]) -> None:
    assert [hit.target for hit in Glossary.load(FOLDER, FOLDER / "more").find(source)] == target


def test_the_examples_of_the_page_on_writing_rows_are_rows() -> None:
    page = (FOLDER / "WRITING.md").read_text(encoding="utf-8")
    header = ",".join(COLUMNS[:10])
    rows = re.findall(rf"```csv\n{header}\n(.+)\n```", page)
    assert len(rows) == 3
    shipped = {entry.source: entry for entry in ENTRIES}
    for row in rows:
        source, target, status = row.split(",")[:3]
        assert (shipped[source].target, shipped[source].status) == (target, status)


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
