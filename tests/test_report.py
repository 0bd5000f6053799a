"""The report counts everything, caps only its long lists, and differs between two equal runs in its timing alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import DocumentError
from toolkit.review import ReportBuilder, Signature, write_report
from toolkit.review import report as report_module
from toolkit.segment import Document, Edit, Issue, Segment, Sentence, TermHit, TermOutcome, segment_id

SIGNATURE = Signature(
    toolkit_version="0.1.0",
    engine="ctranslate2",
    model="hi-en-mini",
    model_revision="1a2b3c4d",
    direction="hi-en",
    decoding={"length_penalty": 1.0, "beam": 4},
    glossary_hash="9f8e7d6c",
    glossary_files=("places.csv", "terms.csv"),
)


def document(name: str) -> Document:
    hit = TermHit("places.csv:12", 0, 8, "डाक सोंग", "डाक सोंग", "Đắk Song")
    missed = TermHit("terms.csv:3", 9, 13, "फ़सल", "फ़सल", "crop")
    sentence = Sentence(
        0, "डाक सोंग फ़सल", "Duck Song", "Đắk Song", (Edit(0, "Duck", "Đắk", "known", "places.csv:12", "row"),)
    )
    first = Segment(
        segment_id(name, 1, sentence.source),
        sentence.source,
        (hit, missed),
        (sentence,),
        "Duck Song",
        "Đắk Song",
        (TermOutcome(hit, "repaired", 0, 8, "known", "row"), TermOutcome(missed, "unresolved", evidence="not found")),
        (Issue("numbers", "३५ is missing", "error"), Issue("length", "short")),
    )
    second = Segment(segment_id(name, 2, "स्रोत"), "स्रोत", sentences=(Sentence(0, "स्रोत", "Source", "Source"),))
    return Document(name, (first, second), ("", "\n", "\n"))


def build(*names: str, seconds: float = 2.0) -> dict[str, Any]:
    builder = ReportBuilder(SIGNATURE)
    for name in names:
        builder.add(document(name), name.replace(".txt", ".en.txt"))
    builder.fail(Path("b.docx"), DocumentError("Cannot read b.docx: save it again in Word."))
    return builder.finish(seconds)


def test_totals() -> None:
    report = build("a.txt", "c.txt")
    assert report["totals"] == {
        "documents": 2,
        "failed": 1,
        "paragraphs": 4,
        "sentences": 4,
        "terms": {"hits": 4, "right": 0, "repaired": 2, "unresolved": 2, "steps": {"known": 2}},
        "issues": {"length": 2, "numbers": 2},
        "edits": 2,
    }
    assert report["timing"] == {"seconds": 2.0, "sentences_per_second": 2.0}
    assert report["failed"] == [{"path": "b.docx", "error": "Cannot read b.docx: save it again in Word."}]
    assert report["left_out"] == {"issues": 0, "unresolved": 0}


def test_documents_terms_and_lists() -> None:
    report = build("a.txt")
    assert report["documents"] == [
        {
            "name": "a.txt",
            "output": "a.en.txt",
            "paragraphs": 2,
            "sentences": 2,
            "terms": {"hits": 2, "right": 0, "repaired": 1, "unresolved": 1, "steps": {"known": 1}},
            "issues": {"length": 1, "numbers": 1},
        }
    ]
    assert [(row["row"], row["source"], row["target"], row["hits"], row["repaired"]) for row in report["terms"]] == [
        ("places.csv:12", "डाक सोंग", "Đắk Song", 1, 1),
        ("terms.csv:3", "फ़सल", "crop", 1, 0),
    ]
    segment = segment_id("a.txt", 1, "डाक सोंग फ़सल")
    assert report["issues"][0] == {
        "document": "a.txt",
        "segment": segment,
        "check": "numbers",
        "severity": "error",
        "message": "३५ is missing",
    }
    assert report["unresolved"] == [
        {
            "document": "a.txt",
            "segment": segment,
            "row": "terms.csv:3",
            "source_text": "फ़सल",
            "target": "crop",
            "reason": "not found",
        }
    ]


def test_long_lists_say_what_they_leave_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_module, "LISTED", 3)
    report = build("a.txt", "c.txt", "d.txt", "e.txt")
    assert (len(report["issues"]), report["left_out"]["issues"]) == (3, 5)
    assert (len(report["unresolved"]), report["left_out"]["unresolved"]) == (3, 1)
    assert report["totals"]["issues"] == {"length": 4, "numbers": 4}


def test_two_runs_differ_in_their_timing_alone() -> None:
    one, two = build("a.txt", "c.txt", seconds=1.5), build("a.txt", "c.txt", seconds=2.5)
    assert one != two
    assert json.dumps(one | {"timing": None}) == json.dumps(two | {"timing": None})


def test_a_run_of_no_time_has_no_speed() -> None:
    assert build("a.txt", seconds=0.0)["timing"] == {"seconds": 0.0, "sentences_per_second": None}


def test_terms_are_there_before_the_end() -> None:
    builder = ReportBuilder(SIGNATURE)
    builder.add(document("a.txt"), "a.en.txt")
    assert (builder.terms.repaired, builder.terms.unresolved) == (1, 1)


def test_signature() -> None:
    assert str(SIGNATURE) == (
        "hien:0.1.0|engine:ctranslate2|model:hi-en-mini|revision:1a2b3c4d|beam:4|length_penalty:1.0"
        "|direction:hi-en|glossary:9f8e7d6c"
    )
    assert str(Signature("0.1.0", "scripted", "none", "0", "en-hi")).endswith("|direction:en-hi|glossary:none")
    assert list(SIGNATURE.as_dict()["decoding"]) == ["beam", "length_penalty"]
    assert build()["signature"] == SIGNATURE.as_dict() | {"text": str(SIGNATURE)}


def test_file_is_utf8_for_people(tmp_path: Path) -> None:
    path = tmp_path / "out" / "report.json"
    report = build("a.txt")
    report["failed"].append({"path": "क\udc80.txt", "error": "name is not UTF-8"})  # a lone surrogate
    write_report(report, path)
    text = path.read_text(encoding="utf-8")
    assert '\n  "signature": {\n    "toolkit_version": "0.1.0",' in text
    assert '"source": "डाक सोंग"' in text
    assert text.endswith("}\n")
    assert json.loads(text) == report
    assert list(path.parent.iterdir()) == [path]


def test_an_unwritable_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(DocumentError, match=r"report\.json: cannot be written"):
        write_report(build(), tmp_path / "report.json")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]
