"""The ledger holds every occurrence once, in a file that is whole or not there and that no spreadsheet runs."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DocumentError
from toolkit.review import LEDGER_COLUMNS, LedgerSummary, LedgerWriter, ledger_rows, replay
from toolkit.segment import Document, Edit, Segment, Sentence, Status, TermHit, TermOutcome, segment_id

SOURCE = "डाक सोंग में संकल्प ३५ और फ़सल"
TARGET = "Resolution 35 and Đắk Song"


def outcome(surface: str, target: str, status: Status, step: str = "", row: str = "terms.csv:2") -> TermOutcome:
    start = SOURCE.index(surface)
    hit = TermHit(row, start, start + len(surface), surface, surface, target)
    if status == "unresolved":
        return TermOutcome(hit, status, evidence="no span sounds like it")
    at = TARGET.index(target)
    return TermOutcome(hit, status, at, at + len(target), step, "stands there")


OUTCOMES = (
    outcome("डाक सोंग", "Đắk Song", "repaired", "phonetic", "places.csv:10"),
    outcome("संकल्प ३५", "Resolution 35", "right", row="places.csv:9"),
    outcome("फ़सल", "crop", "unresolved", row="terms.csv:2"),
)


def document(name: str = "समाचार/a.txt", outcomes: tuple[TermOutcome, ...] = OUTCOMES) -> Document:
    hits = tuple(o.hit for o in outcomes)
    segment = Segment(segment_id(name, 1, SOURCE), SOURCE, hits, target=TARGET, outcomes=outcomes)
    return Document(name, (segment,), ("", "\n"))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_per_occurrence(tmp_path: Path) -> None:
    path = tmp_path / "out" / "ledger.csv"
    with LedgerWriter(path) as ledger:
        ledger.add(document("a.txt"))
        ledger.add(document("b.txt"))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdocument,segment,row,")  # the mark that Excel needs
    rows = read(path)
    assert [row["document"] for row in rows] == ["a.txt"] * 3 + ["b.txt"] * 3
    assert rows[0] == {
        "document": "a.txt",
        "segment": segment_id("a.txt", 1, SOURCE),
        "row": "places.csv:10",
        "source_form": "डाक सोंग",
        "source_text": "डाक सोंग",
        "source_start": "0",
        "source_end": "8",
        "target": "Đắk Song",
        "target_text": "Đắk Song",
        "target_start": "18",
        "target_end": "26",
        "status": "repaired",
        "step": "phonetic",
        "evidence": "stands there",
        "kind": "name",
        "tier": "exact",
    }
    unresolved = rows[2]
    assert (unresolved["target_text"], unresolved["target_start"], unresolved["target_end"]) == ("", "", "")
    assert unresolved["evidence"] == "no span sounds like it"


def test_offsets_name_the_texts() -> None:
    for row in ledger_rows(document()):
        assert SOURCE[row.source_start : row.source_end] == row.source_text
        if row.target_start is not None:
            assert TARGET[row.target_start : row.target_end] == row.target_text == row.target


def test_a_hit_without_an_outcome_is_a_mistake() -> None:
    segment = Segment("a:1:0", SOURCE, hits=(OUTCOMES[0].hit,))
    with pytest.raises(ValueError, match="1 hits but 0 outcomes"):
        list(ledger_rows(Document("a", (segment,), ("", ""))))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+९१", "'+९१"),
        ("-५ डिग्री", "'-५ डिग्री"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tक", "'\tक"),
        ("\rक", "'\rक"),
        ("\uff1d1", "'\uff1d1"),  # FULLWIDTH EQUALS SIGN
        ("क=ख", "क=ख"),
        ("'क", "'क"),
        ("'=1+1", "''=1+1"),
        ('"पाँच", छह', '"पाँच", छह'),
        ("पंक्ति\nदो", "पंक्ति\nदो"),
    ],
)
def test_no_cell_is_a_formula(tmp_path: Path, text: str, cell: str) -> None:
    hit = TermHit(text, 0, 1, text, text, text)
    segment = Segment("id", "क", (hit,), target="k", outcomes=(TermOutcome(hit, "unresolved", evidence=text),))
    with LedgerWriter(tmp_path / "ledger.csv") as ledger:
        ledger.add(Document(text, (segment,), ("", "")))
    (row,) = read(tmp_path / "ledger.csv")
    assert {row[name] for name in ("document", "row", "source_form", "source_text", "target", "evidence")} == {cell}


def test_a_lone_surrogate_is_spelled_out(tmp_path: Path) -> None:
    with LedgerWriter(tmp_path / "ledger.csv") as ledger:
        ledger.add(document("a.txt", ()))
        ledger.add(Document("क\udcff", document().segments, ("", "")))
    assert read(tmp_path / "ledger.csv")[0]["document"] == "क\\udcff"


def test_an_interrupted_run_leaves_the_old_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), LedgerWriter(path) as ledger:
        ledger.add(document())
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    with LedgerWriter(path) as ledger:
        ledger.add(document())
        assert not path.exists()
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    place = tmp_path / "file" / "ledger.csv"
    with pytest.raises(DocumentError, match=r"ledger\.csv: cannot be written .*; choose another path\."):
        LedgerWriter(place).__enter__()
    (tmp_path / "ledger.csv").mkdir()
    with (
        pytest.raises(DocumentError, match=r"ledger\.csv: cannot be written .*; it is a folder"),
        LedgerWriter(tmp_path / "ledger.csv"),
    ):
        pass
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "ledger.csv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_others_may_read_the_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    with LedgerWriter(tmp_path / "ledger.csv"):
        pass
    assert (tmp_path / "ledger.csv").stat().st_mode == plain.stat().st_mode


def test_summary_counts_in_total_per_document_and_per_row() -> None:
    summary = LedgerSummary()
    own = summary.add(document("a.txt"))
    summary.add(document("b.txt", OUTCOMES[:1]))
    assert own.as_dict() == {"hits": 3, "right": 1, "repaired": 1, "unresolved": 1, "steps": {"phonetic": 1}}
    assert summary.total.as_dict() == {"hits": 4, "right": 1, "repaired": 2, "unresolved": 1, "steps": {"phonetic": 2}}
    assert [(row.row, row.source, row.target, row.counts.hits) for row in summary.rows] == [
        ("places.csv:9", "संकल्प ३५", "Resolution 35", 1),  # line 9 before line 10
        ("places.csv:10", "डाक सोंग", "Đắk Song", 2),
        ("terms.csv:2", "फ़सल", "crop", 1),
    ]


def test_summary_sorts_rows_that_have_no_line() -> None:
    summary = LedgerSummary()
    for row in ("b", "a:x", "a:2"):
        summary.add(document(outcomes=(outcome("फ़सल", "crop", "unresolved", row=row),)))
    assert [row.row for row in summary.rows] == ["a:2", "a:x", "b"]


@given(st.lists(st.sampled_from(OUTCOMES), max_size=20))
def test_every_occurrence_is_counted_once(outcomes: list[TermOutcome]) -> None:
    summary = LedgerSummary()
    summary.add(document(outcomes=tuple(outcomes)))
    total = summary.total
    assert total.hits == len(outcomes) == total.right + total.repaired + total.unresolved
    assert sum(row.counts.hits for row in summary.rows) == len(outcomes)
    assert len(list(ledger_rows(document(outcomes=tuple(outcomes))))) == len(outcomes)


@st.composite
def edited(draw: st.DrawFn) -> Sentence:
    """A sentence with edits that were really made, one after the other."""
    text = hypothesis = draw(st.text(alphabet="abc Đắकि़\u200d", max_size=20))  # U+200D ZERO WIDTH JOINER
    edits = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        after = draw(st.text(alphabet="xyz ắ", max_size=6))
        edits.append(Edit(start, text[start:end], after, "phonetic", "terms.csv:2"))
        text = text[:start] + after + text[end:]
    return Sentence(0, "क", hypothesis, text, tuple(edits))


@given(edited())
def test_edits_lead_from_hypothesis_to_target(sentence: Sentence) -> None:
    assert replay(sentence) == sentence.target


@given(edited(), st.text(min_size=1, max_size=3))
def test_a_target_that_the_edits_do_not_explain_is_refused(sentence: Sentence, more: str) -> None:
    changed = Sentence(0, "क", sentence.hypothesis, sentence.target + more, sentence.edits)
    with pytest.raises(ValueError, match="the edits lead to"):
        replay(changed)


WRONG_EDITS = (
    Edit(0, "Duck", "Đắk", "known", "terms.csv:2"),  # other text there
    Edit(6, "Song", "", "known", "terms.csv:2"),  # reaches past the end
    Edit(-4, "Song", "", "known", "terms.csv:2"),  # counted from the end
    Edit(99, "", "x", "known", "terms.csv:2"),  # nowhere
)


@pytest.mark.parametrize("edit", WRONG_EDITS)
def test_an_edit_that_does_not_find_its_text_is_refused(edit: Edit) -> None:
    with pytest.raises(ValueError, match=r"edit 1 \(known\) expects"):
        replay(Sentence(0, "डाक सोंग", "Dak Song", "Đắk Song", (edit,)))


def test_columns_are_those_of_the_documentation() -> None:
    columns = "document segment row source_form source_text source_start source_end target target_text target_start"
    assert " ".join(LEDGER_COLUMNS) == f"{columns} target_end status step evidence kind tier"
