"""`hien evaluate` as people meet it, and the runs of an engine over a test set."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from toolkit.cli import app
from toolkit.engines.scripted import ScriptedEngine
from toolkit.evaluation.report import table
from toolkit.evaluation.run import MODES, changed_without_terms, run
from toolkit.evaluation.sets import TermSet, read_jsonl

SCRIPTED = ("--engine", "scripted")
TERM = {"src": "डाक सोंग", "span": [0, 8], "tgt": ["Đắk Song"], "attested": ["Đắk Song"], "kind": "name"}
OTHER = {"src": "हनोई", "span": [0, 4], "tgt": ["Hà Nội"], "attested": [], "kind": "name"}
ROWS: list[dict[str, Any]] = [
    {"id": "1", "hi": "डाक सोंग जिला।", "en": "Đắk Song district.", "terms": [TERM]},
    {"id": "2", "hi": "हनोई नगर।\nनगर।", "en": "The capital.", "terms": [OTHER]},
    {"id": "3", "hi": "", "en": "", "terms": []},
    {"id": "4", "hi": "नगर।", "en": "A town.", "terms": []},
]
Hien = Callable[..., Result]


@pytest.fixture
def hien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hien:
    """Runs `hien evaluate` in a folder that holds a test set in both forms and two translations."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    files = {
        "set.jsonl": [json.dumps(row, ensure_ascii=False) for row in ROWS],
        "a.hi": ["डाक सोंग जिला।", "हनोई नगर।"],
        "a.en": ["Đắk Song district.", "The city of Hà Nội."],
        "names.csv": ["source,target", "डाक सोंग,Đắk Song", "हनोई,Hà Nội"],
        "old.en": ["Dak Song district.", "Town.", "", "A town."],
        "new.en": ["Đắk Song district.", "The capital.", "", "A town."],
        "short.en": ["Đắk Song district."],
    }
    for name, lines in files.items():
        Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(app, ["evaluate", *arguments])


def figures(done: Result) -> dict[str, Any]:
    assert done.exit_code == 0, done.output
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_an_engine_is_run_in_three_modes(hien: Hien) -> None:
    report = figures(hien("terms", "set.jsonl", "--json", *SCRIPTED))
    success = {name: row["success"] for name, row in report["terms"]["attested"].items()}
    assert success == {"reference": 1.0, "none": 0.0, "proper": 1.0, "decoy": 1.0}
    assert report["terms"]["all"]["reference"]["success"] == 1 / 2
    assert report["terms"]["all"]["proper"]["success"] == 1.0
    assert [report["terms"]["all"][name]["p"] is None for name in ("reference", *MODES)] == [True, True, False, True]
    assert {*report["quality"]} == {*MODES}
    assert report["runs"]["none"]["steps"] == {"right": 0, "unresolved": 0}
    assert sum(report["runs"]["proper"]["steps"].values()) == 2
    for one in report["runs"].values():
        assert one["outside_edits"] == one["changed_without_terms"] == 0
        assert one["seconds"] > 0


def test_tables_are_the_same_in_every_run_but_for_the_time(hien: Hien) -> None:
    first, second = (hien("terms", "set.jsonl", *SCRIPTED, "--mode", "none", "--mode", "proper") for _ in range(2))
    assert first.exit_code == 0, first.output
    assert "none: 4 segments in" in first.stderr
    rows = first.stdout.splitlines()
    assert rows[0] == "## set.jsonl: 4 segments"
    assert "Terms that the reference attests: 1 occurrences of 1 terms" in rows
    starts = [row[2:].split(" |")[0] for row in rows if row.startswith("| ")]
    assert starts.count("proper") == 4
    assert "decoy" not in starts
    untimed = [[row.rsplit("|", 3)[0] for row in done.stdout.splitlines()] for done in (first, second)]
    assert untimed[0] == untimed[1]


def test_quiet_says_nothing_on_stderr(hien: Hien) -> None:
    done = hien("terms", "set.jsonl", *SCRIPTED, "--mode", "none", "-q", "--lines", "2")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("## set.jsonl: 2 segments")


def test_translations_at_hand_are_scored(hien: Hien) -> None:
    report = figures(hien("terms", "set.jsonl", "--hypothesis", "old.en", "--hypothesis", "new.en", "--json"))
    attested = report["terms"]["attested"]
    assert (attested["old.en"]["success"], attested["new.en"]["success"]) == (0.0, 1.0)
    assert report["quality"]["new.en"]["chrF2++"]["score"] == pytest.approx(100)
    assert report["runs"] == {}
    few = hien("terms", "set.jsonl", "--hypothesis", "old.en", "--lines", "1")
    assert "| old.en | 0.00 |" in few.stdout
    assert "seconds" not in few.stdout


def test_parallel_files_take_the_glossary_s_terms(hien: Hien) -> None:
    files = ("--source", "a.hi", "--reference", "a.en", "--glossary", "names.csv")
    report = figures(hien("terms", *files, "--json", *SCRIPTED))
    assert report["terms"]["attested"]["reference"]["occurrences"] == 2
    assert report["terms"]["attested"]["proper"]["success"] == 1.0


def test_quality_compares_with_the_first(hien: Hien) -> None:
    names = ("--hypothesis", "old.en", "--hypothesis", "new.en", "--hypothesis", "new.en", "--reference", "new.en")
    report = figures(hien("quality", *names, "--json"))
    assert [*report["quality"]] == ["old.en", "new.en (1)", "new.en (2)"]
    assert report["quality"]["new.en (1)"]["BLEU"]["score"] == pytest.approx(100)
    assert report["quality"]["old.en"]["BLEU"]["p"] is None
    rows = hien("quality", *names).stdout.splitlines()
    assert rows[0].startswith("| system | BLEU | ± 95 % | p | chrF2 |")
    assert rows[3].startswith("| new.en (1) | 100.00 | ")
    assert rows[-3].startswith("- BLEU: `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("terms",), 2, "Name a SET, or both --source and --reference."),
        (("terms", "--source", "a.hi"), 2, "Name a SET, or both"),
        (("terms", "set.jsonl", "--source", "a.hi"), 2, "A SET brings its own"),
        (("terms", "set.jsonl", "--hypothesis", "old.en", "--mode", "none"), 2, "--hypothesis and --mode contradict"),
        (("terms", "set.jsonl", "--hypothesis", "short.en"), 2, "short.en: 1 lines, but set.jsonl has 4"),
        (("terms", "no.jsonl"), 1, "no.jsonl: cannot be read"),
        (("terms", "a.hi"), 1, "a.hi:1: is no JSON"),
        (("quality", "--reference", "a.en"), 2, "Nothing to score"),
        (("quality", "--reference", "a.en", "--hypothesis", "new.en"), 2, "new.en: 4 lines, but a.en has 2"),
    ],
)
def test_mistakes_are_told_in_one_line(hien: Hien, arguments: tuple[str, ...], code: int, message: str) -> None:
    done = hien(*arguments)
    assert done.exit_code == code
    assert done.stderr.startswith(f"Error: {message}")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


# ---- runs


@pytest.fixture
def terms(hien: Hien) -> TermSet:
    return read_jsonl(Path("set.jsonl"))


def test_a_run_keeps_the_segments_whatever_stands_in_them(terms: TermSet) -> None:
    done = run(terms, "proper", ScriptedEngine())
    assert [segment.source for segment in done.segments] == [row["hi"] for row in ROWS]
    assert done.texts[0].startswith("Đắk Song")
    assert done.texts[2] == ""
    assert done.steps["unresolved"] == 0
    assert len(done.outcomes) == 2


def test_a_change_that_no_edit_tells_is_counted(terms: TermSet, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit import pipeline

    enforce = vars(pipeline)["enforce"]

    def meddling(*arguments: Any) -> Any:
        segments = enforce(*arguments)
        sentence = replace(segments[3].sentences[0], target="meddled with")
        segments[0] = replace(segments[0], target="meddled with")
        segments[3] = replace(segments[3], sentences=(sentence,), target="meddled with")
        return segments

    plain = run(terms, "none", ScriptedEngine())
    monkeypatch.setattr(pipeline, "enforce", meddling)
    done = run(terms, "proper", ScriptedEngine())
    assert (plain.outside, done.outside) == (0, 2)
    assert changed_without_terms(plain.segments, plain.segments) == 0
    assert changed_without_terms(plain.segments, done.segments) == 1


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [["x|y", "1"]]) == "| a | b |\n| --- | ---: |\n| x\\|y | 1 |"
