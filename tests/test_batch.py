"""A folder in, everything that belongs to the result out, whatever the folder holds."""

import errno
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from toolkit import batch, translate_files
from toolkit.batch import find_sources, signature, target_name, translate_sources
from toolkit.engines.scripted import ScriptedEngine
from toolkit.errors import DocumentError, UsageError
from toolkit.glossary import Entry, Glossary
from toolkit.languages import Direction
from toolkit.pipeline import Pipeline, Watcher
from toolkit.review.report import Report
from toolkit.segment import Document

HI_EN, EN_HI = Direction("hi", "en"), Direction("en", "hi")
GLOSSARY = Glossary((Entry("डाक सोंग", "Đắk Song", file="names.csv", line=2),))


@pytest.fixture
def pipeline() -> Pipeline:
    return Pipeline(ScriptedEngine(), GLOSSARY)


def tree(folder: Path, *names: str, text: str = "डाक सोंग\n") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def without_timing(report: Report) -> Report:
    return {name: value for name, value in report.items() if name != "timing"}


@pytest.mark.parametrize(
    ("name", "direction", "expected"),
    [
        ("a.txt", HI_EN, "a.en.txt"),
        ("a.txt", EN_HI, "a.hi.txt"),
        ("जिला/समाचार.TXT", HI_EN, "जिला/समाचार.en.TXT"),
        ("a.en.txt", HI_EN, "a.en.en.txt"),
        ("a.b.txt", HI_EN, "a.b.en.txt"),
    ],
)
def test_a_translation_is_named_after_its_source(name: str, direction: Direction, expected: str) -> None:
    assert target_name(name, direction) == expected


BINARY = bytes(range(256))
REVIEW = ["ledger.csv", "report.json", "review.xlsx", "segments.jsonl"]


@pytest.mark.parametrize(
    ("sources", "output", "written"),
    [
        (("in/a.txt", "in/b/a.txt"), "out", ["a.en.txt", "b/a.en.txt"]),
        (("in/a.txt",), "in/out", ["a.en.txt"]),
        (("in/a.txt",), "in", ["a.en.txt", "a.txt"]),
        (("in/a.txt",), ".", ["a.en.txt", "in/a.txt"]),
        (("in/a.txt",), "new/folders", ["a.en.txt"]),
    ],
)
def test_a_second_run_takes_the_same_sources_and_writes_the_same(
    tmp_path: Path, pipeline: Pipeline, sources: Sequence[str], output: str, written: list[str]
) -> None:
    tree(tmp_path, *sources)
    place = tmp_path / output
    first = translate_files([tmp_path / "in"], place, pipeline)
    after = {name: (place / name).read_bytes() for name in below(place)}
    assert sorted(after) == sorted([*written, *REVIEW])
    second = translate_files([tmp_path / "in"], place, pipeline)
    assert without_timing(second) == without_timing(first)
    for name in below(place):
        if name not in ("report.json", "review.xlsx"):  # the two say how long it took and when they were made
            assert (place / name).read_bytes() == after[name]
    assert below(place) == sorted(after)


def test_results_of_another_run_are_no_sources_unless_they_are_named(tmp_path: Path) -> None:
    folder = tree(tmp_path, "a.txt", "old/a.en.txt", "old/b.hi.txt")
    found = find_sources([folder], tmp_path / "out", HI_EN)
    assert [name for _, name in found.files] == ["a.txt", "old/b.hi.txt"]
    assert found.passed_over == (folder / "old/a.en.txt",)
    assert [name for _, name in find_sources([folder], tmp_path / "out", EN_HI).files] == ["a.txt", "old/a.en.txt"]
    named = find_sources([folder, folder / "old/a.en.txt"], tmp_path / "out", HI_EN)
    assert [name for _, name in named.files] == ["a.txt", "old/a.en.txt", "old/b.hi.txt"]
    assert not named.passed_over


def test_nothing_but_translations_is_said(tmp_path: Path) -> None:
    tree(tmp_path, "a.en.txt")
    with pytest.raises(DocumentError, match=r"No document in .* named like translations: a\.en\.txt; .*name the file"):
        find_sources([tmp_path], tmp_path / "out", HI_EN)


def test_a_translation_never_replaces_a_source(tmp_path: Path, pipeline: Pipeline) -> None:
    tree(tmp_path, "a.txt", "a.en.txt")
    paths = [tmp_path / "a.txt", tmp_path / "a.en.txt"]
    with pytest.raises(UsageError, match=r"a\.en\.txt: is to be translated itself .* translation of .*a\.txt; choose"):
        translate_files(paths, tmp_path, pipeline)
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(UsageError, match="would be overwritten"):
        translate_files(paths, tmp_path / "link", pipeline)
    assert below(tmp_path) == ["a.en.txt", "a.txt"]
    translate_files(paths, tmp_path / "out", pipeline)
    assert [name for name in below(tmp_path / "out") if name.endswith("txt")] == ["a.en.en.txt", "a.en.txt"]


def test_documents_of_one_name_and_documents_named_twice(tmp_path: Path, pipeline: Pipeline) -> None:
    tree(tmp_path, "x/a.txt", "y/a.txt")
    paths = [tmp_path / "x/a.txt", tmp_path / "y/a.txt", tmp_path / "x", tmp_path / "x/../x/a.txt"]
    report = translate_files(paths, tmp_path / "out", pipeline)
    assert [document["output"] for document in report["documents"]] == ["x/a.en.txt", "y/a.en.txt"]
    assert below(tmp_path / "out") == sorted([*REVIEW, "x/a.en.txt", "y/a.en.txt"])


def test_what_cannot_be_read_or_written_does_not_stop_the_others(tmp_path: Path, pipeline: Pipeline) -> None:
    tree(tmp_path, "in/a.txt", "in/b.txt", "in/d.txt")
    (tmp_path / "in/c.txt").write_bytes(BINARY)
    (tmp_path / "out/b.en.txt").mkdir(parents=True)
    report = translate_files([tmp_path / "in"], tmp_path / "out", pipeline)
    assert [document["name"] for document in report["documents"]] == ["a.txt", "d.txt"]
    failed = {Path(failure["path"]).name: failure["error"] for failure in report["failed"]}
    assert failed.keys() == {"b.txt", "c.txt"}
    assert "b.en.txt: cannot be written" in failed["b.txt"]
    assert "c.txt: a binary file" in failed["c.txt"]
    ledger = (tmp_path / "out/ledger.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in ledger[1:]] == ["a.txt", "d.txt"]  # as the report has it


def test_when_all_fail_the_review_files_still_say_so(tmp_path: Path, pipeline: Pipeline) -> None:
    (tmp_path / "a.txt").write_bytes(BINARY)
    report = translate_files([tmp_path / "a.txt"], tmp_path / "out", pipeline)
    assert below(tmp_path / "out") == REVIEW
    assert json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8")) == report
    assert (report["totals"]["documents"], report["totals"]["failed"]) == (0, 1)
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "out/review.xlsx")
    assert book["Review"].max_row == 1
    cells = [cell for row in book["Summary"].iter_rows(values_only=True) for cell in row if cell]
    assert "Not translated" in cells
    assert str(tmp_path / "a.txt") in cells


def test_a_blank_document_is_translated_into_a_blank_one(tmp_path: Path, pipeline: Pipeline) -> None:
    tree(tmp_path, "a.txt", text="")
    tree(tmp_path, "b.txt", text=" \r\n\r\n")
    report = translate_files([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out", pipeline)
    assert report["totals"]["failed"] == 0
    assert (tmp_path / "out/a.en.txt").read_bytes() == b""
    assert (tmp_path / "out/b.en.txt").read_bytes() == b" \r\n\r\n"


def test_a_file_that_vanishes_before_its_turn_is_named(tmp_path: Path, pipeline: Pipeline) -> None:
    tree(tmp_path, "a.txt", "b.txt")
    sources = find_sources([tmp_path], tmp_path / "out", HI_EN)
    (tmp_path / "a.txt").unlink()
    report = translate_sources(sources, tmp_path / "out", pipeline)
    assert [document["name"] for document in report["documents"]] == ["b.txt"]
    assert "a.txt: No such file" in report["failed"][0]["error"]


def test_a_workbook_that_is_open_elsewhere_costs_nothing_else(
    tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, "a.txt")
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == batch.WORKBOOK:
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DocumentError, match=r"review\.xlsx: cannot be written .*close it in other programs"):
        translate_files([tmp_path], tmp_path / "out", pipeline)
    assert below(tmp_path / "out") == ["a.en.txt", "ledger.csv", "report.json", "segments.jsonl"]


def test_the_watcher_hears_how_far_it_is(tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.pipeline.BATCH_SENTENCES", 4)
    tree(tmp_path, *(f"{number}.txt" for number in range(6)), text="वह आया। वे गए। हाँ।\n")
    done: list[int] = []
    expected: list[int] = []
    stages: list[str] = []
    translate_files([tmp_path], tmp_path / "out", pipeline, Watcher(done.append, stages.append, expected.append))
    assert sum(done) == 18
    assert expected == [18] * 6  # files of one size: the first tells of all
    assert list(dict.fromkeys(stages)) == ["reading", "translating", "enforcing terms", "checking"]


def test_documents_are_read_when_it_is_their_turn(
    tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.pipeline.BATCH_SENTENCES", 2)
    tree(tmp_path, *(f"{number}.txt" for number in range(6)))
    at_once = 0
    waiting: list[str] = []
    read, write = pipeline.read, pipeline.write

    def reading(path: Path, name: str | None = None) -> Document:
        nonlocal at_once
        waiting.append(path.name)
        at_once = max(at_once, len(waiting))
        return read(path, name)

    def writing(document: Document, path: Path) -> None:
        waiting.remove(document.name)
        write(document, path)

    monkeypatch.setattr(pipeline, "read", reading)
    monkeypatch.setattr(pipeline, "write", writing)
    translate_files([tmp_path], tmp_path / "out", pipeline)
    assert at_once == 2
    assert not waiting


def test_the_signature_names_what_decides_the_result(pipeline: Pipeline) -> None:
    made = signature(pipeline)
    assert (made.engine, made.direction, made.glossary_files) == ("scripted", "hi-en", ("names.csv",))
    assert made.glossary_hash == GLOSSARY.hash
    assert signature(Pipeline(ScriptedEngine())).glossary_hash == ""
