"""`hien glossary` as curators meet it: what they read, what programs read, and how it ends."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from toolkit.cli import app
from toolkit.cli.findings import rendered
from toolkit.cli.impact import measured
from toolkit.cli.table import aligned
from toolkit.glossary.findings import Finding
from toolkit.languages import Direction

Hien = Callable[..., Result]

NAMES = """\
# names of the day
source,target,status,kind,match,variants,domain
डाक सोंग,Đắk Song,,,,"डक सोंग|डाक सांग",place
डाक नोंग,Đắk Nông,,,,,place
संकल्प {n},Resolution {n},,,,,
राज,rule,draft,term,,,
"""
# with LATIN CAPITAL LETTER ETH for D WITH STROKE
BAD = 'target,source\nDak Song,डाक सोंग\n"\u00d0ắk, x",कू जट\n'
TEXT = "डाक सोंग में संकल्प ३५ लागू।\n\nडाक सोंगली और राजा।\n"


@pytest.fixture
def hien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hien:
    """Runs `hien glossary` in a folder that holds a glossary and documents."""
    monkeypatch.chdir(tmp_path)
    Path("names.csv").write_text(NAMES, encoding="utf-8")
    Path("bad.csv").write_text(BAD, encoding="utf-8")
    Path("texts").mkdir()
    Path("texts/a.txt").write_text(TEXT, encoding="utf-8")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["glossary", *arguments])

    return run


# ---- check


def test_notices_are_counted_and_listed_when_asked_for(hien: Hien) -> None:
    done = hien("check", "names.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == ("4 rows in 1 file: 0 errors, 0 warnings, 1 notice (1 neighbour; --notices lists them).\n")
    done = hien("check", "names.csv", "--notices")
    head, line = done.stdout.splitlines()
    assert head.startswith("notice: neighbour (1): where both stand in a sentence, ")
    assert line == "  names.csv:4: target: 'Đắk Nông' sounds like 'Đắk Song' (0.83, line 3)"
    assert done.stderr.endswith("1 notice (1 neighbour).\n")


def test_notices_come_after_errors(hien: Hien) -> None:
    lines = hien("check", "names.csv", "bad.csv", "--notices").stdout.splitlines()
    assert lines[0].startswith("bad.csv:2: error: source: 'डाक सोंग' is 'Dak Song' here and 'Đắk Song' in names.csv:3")
    assert lines[1].startswith("bad.csv:3: error: target: '\u00d0ắk, x' has LATIN CAPITAL LETTER ETH (U+00D0)")
    assert lines[2] == ""
    assert lines[3].startswith("notice: ")


def test_rows_that_a_folder_does_not_have(hien: Hien) -> None:
    done = hien("check", "names.csv", "--over", "texts", "--notices")
    assert done.exit_code == 0
    assert "notice: dead (1): fine if other texts have it" in done.stdout
    assert "  names.csv:4: source: 'डाक नोंग' ('Đắk Nông') has no hit in texts" in done.stdout
    assert "(1 neighbour, 1 dead)" in done.stderr or "(1 dead, 1 neighbour)" in done.stderr
    Path("texts/b.txt").write_bytes(b"\xff\xfe\xfd" * 9)
    done = hien("check", "names.csv", "--over", "texts")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {Path('texts/b.txt')}: ")


def test_json_holds_everything(hien: Hien) -> None:
    done = hien("check", "names.csv", "bad.csv", "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["totals"] == {"errors": 2, "warnings": 0, "notices": 1}
    assert [one["rule"] for one in found["findings"]] == ["conflict", "look-alike", "neighbour"]
    assert set(found["findings"][0]) == {"rule", "severity", "file", "line", "column", "message", "remedy"}


def test_annotations_for_github(hien: Hien) -> None:
    done = hien("check", "names.csv", "bad.csv", "--format", "github")
    first, second = done.stdout.splitlines()
    assert first.startswith("::error file=bad.csv,line=2,col=10,title=conflict (source)::")
    assert second.startswith("::error file=bad.csv,line=3,col=1,title=look-alike (target)::'\u00d0ắk, x' has LATIN")
    Path("quoted.csv").write_text('target,note,source\n"a ""b"", c",x,में\n', encoding="utf-8")
    done = hien("check", "quoted.csv", "--format", "github", "--notices")
    assert done.stdout.startswith("::error file=quoted.csv,line=2,col=16,title=common-word (source)::")


def test_annotations_escape_what_github_would_read() -> None:
    finding = Finding("rule", "warning", "a,b:c%.xlsx", 2, "source", "100 %\nof", "x\ry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.cli.findings._character", lambda one: 0)
        text = rendered([finding], "github", notices=False)
    assert text == (
        "::warning file=a%2Cb%3Ac%25.xlsx,line=2,title=rule (source)::100 %25%0Aof \u2014 x%0Dy\n"  # em dash
    )


def test_a_workbook_has_no_characters(hien: Hien) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["source", "target"])
    book.active.append(["में", "in"])
    book.save("w.xlsx")
    done = hien("check", "w.xlsx", "--format", "github")
    assert done.stdout.startswith("::error file=w.xlsx,line=2,title=common-word (source)::")


def test_strict_takes_warnings_for_errors(hien: Hien) -> None:
    Path("w.csv").write_text("source,target,kind\nसरकार,government,term\n", encoding="utf-8")
    assert hien("check", "w.csv").exit_code == 0
    assert hien("check", "w.csv", "--strict").exit_code == 1
    assert hien("check", "names.csv", "--strict").exit_code == 0  # notices are none


def test_unknown_formats_are_refused(hien: Hien) -> None:
    for command in (("check", "names.csv"), ("impact", "names.csv", "texts")):
        done = hien(*command, "--format", "xml")
        assert done.exit_code == 2
        assert done.stderr.startswith("Error: --format xml: choose from text, json, ")


# ---- impact


def test_impact_shows_hits_and_what_is_missed(hien: Hien) -> None:
    done = hien("impact", "names.csv", "texts")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "2 hits of 2 rows in 1 document, 2 paragraphs.\n"
        "\n"
        "HITS, the most frequent rows first\n"
        "     1  डाक सोंग → Đắk Song (names.csv:3)\n"
        "        a.txt:1  [डाक सोंग] में संकल्प ३५ लागू।\n"
        "     1  संकल्प {n} → Resolution {n} (names.csv:5)\n"
        "        a.txt:1  डाक सोंग में [संकल्प ३५] लागू।\n"
        "\n"
        "WITHIN OTHER WORDS: not found there; if the word is a form of the term, set match to inflect\n"
        "     1  डाक सोंग → Đắk Song (names.csv:3)\n"
        "        डाक सोंगली ×1\n"
        "\n"
        "WITHOUT A HIT: 1 of 3 rows; --dead lists them\n"
        "     1  of 3 in names.csv\n"
    )


def test_impact_lists_dead_rows_and_counts_drafts_when_asked_to(hien: Hien) -> None:
    assert hien("impact", "names.csv", "texts", "--dead").stdout.endswith(
        "     1  of 3 in names.csv\n        डाक नोंग → Đắk Nông (names.csv:4)\n"
    )
    done = hien("impact", "names.csv", "texts", "--drafts")
    assert "     1  राज → rule (names.csv:6)\n        राजा ×1" in done.stdout
    everything = Path("all.txt")
    everything.write_text("डाक सोंग, डाक नोंग, संकल्प 1", encoding="utf-8")
    assert "WITHOUT" not in hien("impact", "names.csv", "all.txt").stdout


def test_impact_shows_collisions(hien: Hien) -> None:
    Path("more.csv").write_text("source,target\nडाक सोंग जिला,Song District\n", encoding="utf-8")
    Path("texts/a.txt").write_text("डाक सोंग जिला", encoding="utf-8")
    lines = hien("impact", "names.csv", "texts", "--glossary", "more.csv").stdout.splitlines()
    at = lines.index("COLLISIONS: the form stands there, but another row's hit takes its place")
    assert lines[at + 1] == "     1  डाक सोंग → Đắk Song (names.csv:3) within डाक सोंग जिला → Song District (more.csv:2)"
    assert lines[at + 2] == "        a.txt:1  [डाक सोंग जिला]"
    found = json.loads(hien("impact", "names.csv", "texts", "--glossary", "more.csv", "--format", "json").stdout)
    (collision,) = found["collisions"]
    assert (collision["hidden"]["row"], collision["by"]["row"], collision["relation"], collision["count"]) == (
        "names.csv:3",
        "more.csv:2",
        "within",
        1,
    )


def test_impact_says_where_a_term_is_spoken_for(hien: Hien) -> None:
    Path("more.csv").write_text("source,target\nडाक सोंग जिला,Đắk Song District\n", encoding="utf-8")
    Path("texts/a.txt").write_text("डाक सोंग जिला", encoding="utf-8")
    done = hien("impact", "names.csv", "texts", "--glossary", "more.csv")
    assert "     0  डाक सोंग → Đắk Song (names.csv:3), and 1 within longer rows that say it too\n" in done.stdout
    assert "COLLISIONS" not in done.stdout


def test_impact_as_json(hien: Hien) -> None:
    found = json.loads(hien("impact", "names.csv", "texts", "--format", "json").stdout)
    assert (found["documents"], found["paragraphs"], found["hits"], found["failed"]) == (1, 2, 2, [])
    song = found["rows"][0]
    assert (song["row"], song["hits"], song["inside"], song["words"]) == ("names.csv:3", 1, 1, {"डाक सोंगली": 1})
    assert song["contexts"] == [{"where": "a.txt:1", "before": "", "hit": "डाक सोंग", "after": " में संकल्प ३५ लागू।"}]
    assert found["dead"] == ["names.csv:4"]


def test_impact_as_csv_opens_in_a_spreadsheet(hien: Hien) -> None:
    Path("formula.csv").write_text("source,target\nलागू,'=x\n", encoding="utf-8")
    done = hien("impact", "names.csv", "texts", "--glossary", "formula.csv", "--format", "csv", "-o", "new/i.csv")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "Written to new/i.csv.\n")
    content = Path("new/i.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbffile,line,source,target,hits,within,hidden,inside,words,context 1,")
    with Path("new/i.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["source"]: row for row in csv.DictReader(file)}
    assert rows["डाक सोंग"]["context 1"] == "a.txt:1  [डाक सोंग] में संकल्प ३५ लागू।"
    assert rows["डाक सोंग"]["words"] == "डाक सोंगली ×1"
    assert rows["डाक नोंग"]["hits"] == "0"
    assert rows["लागू"]["target"] == "'=x"


def test_impact_goes_on_past_a_document_that_cannot_be_read(hien: Hien) -> None:
    Path("texts/b.txt").write_bytes(bytes(range(256)) * 9)
    Path("texts/c.txt").write_text("डाक सोंग", encoding="utf-8")
    done = hien("impact", "names.csv", "texts")
    assert done.exit_code == 1
    assert done.stdout.startswith("3 hits of 2 rows in 2 documents, 3 paragraphs.\n")
    assert done.stderr.startswith(f"Error: {Path('texts/b.txt')}: a binary file")
    assert hien("impact", "names.csv", "nowhere").stderr.startswith("Error: nowhere: No such file")
    assert hien("impact", "nothing.csv", "texts").exit_code == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is(hien: Hien, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    found = measured([Path("names.csv")], [Path("texts")], Direction(), drafts=False)
    assert found.documents == 1
    assert "reading" in terminal.getvalue()


# ---- list


def test_list_counts_rows_and_says_what_they_are(hien: Hien) -> None:
    done = hien("list", "names.csv", "bad.csv")
    assert done.stdout.splitlines() == [
        "FILE       ROWS  DRAFTS  PATTERNS  APPLIED  WHAT",
        "names.csv     3       1         1  yes      names of the day",
        "bad.csv       2       0         0  yes",
    ]
    assert done.stderr == "4 rows in 2 files are applied if these are named with --glossary.\n"


def test_list_shows_the_default_and_what_is_had_by_name(hien: Hien) -> None:
    for folder in ("glossaries", "glossaries/more"):
        Path(folder).mkdir()
        Path(folder, "x.csv").write_text("source,target\nडाक सोंग,Đắk Song\n", encoding="utf-8")
    table = "| file | rows | what it holds |\n|---|---|---|\n| `x.csv` | 1 | places |\n| `more/x.csv` | 1 | others |\n"
    Path("glossaries/README.md").write_text(table, encoding="utf-8")
    done = hien("list")
    assert [line.split() for line in done.stdout.splitlines()[1:]] == [
        ["glossaries/x.csv", "1", "0", "0", "yes", "places"],
        ["glossaries/more/x.csv", "1", "0", "0", "by", "name", "others"],
    ]
    assert done.stderr == "1 rows in 1 file are the default; --glossary names others.\n"


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert aligned([("a", "10", "x"), ("bcd", "2", "")], right=(1,)) == "a    10  x\nbcd   2\n"
