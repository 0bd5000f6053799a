"""The review workbook shows every paragraph as it is, colours its terms, and opens whatever the text holds."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import DocumentError
from toolkit.languages import Direction
from toolkit.review import LEDGER_COLUMNS, REVIEW_COLUMNS, ReportBuilder, Signature, WorkbookWriter, sheets, summary
from toolkit.review.cells import fitting, printable
from toolkit.segment import Document, Issue, Segment, Sentence, Status, TermHit, TermOutcome, segment_id

SIGNATURE = Signature("0.1.0", "ctranslate2", "hi-en-mini", "1a2b3c4d", "hi-en", {"beam": 4}, "9f8e", ("places.csv",))
COLOURS = {"FF1B6E2E": "right", "FF1F4FBF": "repaired", "FFC00000": "unresolved"}
COLUMN = {name: index for index, name in enumerate(REVIEW_COLUMNS)}


def outcome(source: str, target: str, surface: str, form: str, status: Status, why: str = "") -> TermOutcome:
    start = source.index(surface)
    hit = TermHit("places.csv:12", start, start + len(surface), surface, surface, form)
    if status == "unresolved":
        return TermOutcome(hit, status, evidence=why)
    at = target.index(form)
    return TermOutcome(hit, status, at, at + len(form), why)


def segment(
    source: str, target: str, *outcomes: TermOutcome, issues: Sequence[Issue] = (), position: int = 1
) -> Segment:
    name = segment_id("a.txt", position, printable(source))
    hits = tuple(o.hit for o in outcomes)
    sentence = Sentence(0, source, target, target)
    return Segment(name, source, hits, (sentence,), target, target, outcomes, tuple(issues))


def document(*segments: Segment, name: str = "a.txt") -> Document:
    return Document(name, segments, ("",) * (len(segments) + 1))


def write(path: Path, *documents: Document, direction: Direction | None = None) -> None:
    report = ReportBuilder(SIGNATURE)
    with WorkbookWriter(path, direction) as book:
        for each in documents:
            book.add(each, "a.en.txt")
            report.add(each, "a.en.txt")
        report.fail("b.docx", "Cannot read b.docx: save it again in Word.")
        book.finish(report.finish(2.0))


def read(path: Path, sheet: str = "Review") -> list[list[Any]]:
    """The cells below the header; rich cells as openpyxl's rich text."""
    import openpyxl

    book = openpyxl.load_workbook(path, rich_text=True)
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    book.close()
    return rows[1:] if sheet != "Summary" else rows


def coloured(cell: Any) -> list[tuple[str, str]]:
    """The coloured runs of a rich cell as (text, status)."""
    blocks = [block for block in cell if not isinstance(block, str)]
    return [(b.text, COLOURS[b.font.color.rgb]) for b in blocks if b.font.b and b.font.color.rgb in COLOURS]


SOURCE = "डाक सोंग ने संकल्प ३५ के तहत फ़सल बेची।"
TARGET = "Đắk Song sold the harvest under Resolution 35."
TERMS = (
    outcome(SOURCE, TARGET, "डाक सोंग", "Đắk Song", "repaired", "phonetic"),
    outcome(SOURCE, TARGET, "संकल्प ३५", "Resolution 35", "right"),
    outcome(SOURCE, TARGET, "फ़सल", "crop", "unresolved", "no span sounds like it"),
)
ISSUES = (Issue("numbers", "३५ is missing", "error"), Issue("length", "short"))


def test_a_row_shows_the_paragraph_its_terms_and_its_issues(tmp_path: Path) -> None:
    path = tmp_path / "out" / "review.xlsx"
    write(path, document(segment(SOURCE, TARGET, *TERMS, issues=ISSUES), segment("[१]", "[1]", position=2)))
    first, second = read(path)
    assert first[:3] == [segment_id("a.txt", 1, SOURCE), "a.txt", 1]
    assert (str(first[COLUMN["source"]]), str(first[COLUMN["translation"]])) == (SOURCE, TARGET)
    assert coloured(first[COLUMN["source"]]) == [
        ("डाक सोंग", "repaired"),
        ("संकल्प ३५", "right"),
        ("फ़सल", "unresolved"),
    ]
    assert coloured(first[COLUMN["translation"]]) == [("Đắk Song", "repaired"), ("Resolution 35", "right")]
    assert first[COLUMN["terms"]].split("\n") == [
        "डाक सोंग → Đắk Song (repaired: phonetic)",
        "संकल्प ३५ → Resolution 35 (right)",
        "फ़सल → crop (unresolved)",
    ]
    assert first[COLUMN["issues"]] == "error: ३५ is missing [numbers]\nwarning: short [length]"
    assert second[:5] == [segment_id("a.txt", 2, "[१]"), "a.txt", 2, "[१]", "[1]"]
    assert first[7:] == [None] * 3
    assert second[5:] == [None] * 5
    assert list(path.parent.iterdir()) == [path]


def test_pandas_reads_the_same_texts(tmp_path: Path) -> None:
    import pandas

    write(tmp_path / "r.xlsx", document(segment(SOURCE, TARGET, *TERMS)))
    frame = pandas.read_excel(tmp_path / "r.xlsx", sheet_name="Review")
    assert tuple(frame.columns) == REVIEW_COLUMNS
    assert (frame["source"][0], frame["translation"][0], frame["№"][0]) == (SOURCE, TARGET, 1)
    terms = pandas.read_excel(tmp_path / "r.xlsx", sheet_name="Terms")
    assert tuple(terms.columns) == LEDGER_COLUMNS
    assert list(terms["status"]) == ["repaired", "right", "unresolved"]
    assert list(terms["target_end"].isna()) == [False, False, True]


def test_reviewers_can_only_change_their_columns(tmp_path: Path) -> None:
    import openpyxl

    write(tmp_path / "r.xlsx", document(segment(SOURCE, TARGET), segment("दो", "two", position=2)))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Review"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not any((sheet.protection.autoFilter, sheet.protection.sort, sheet.protection.formatRows))  # 0: allowed
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J3"
    unlocked = [
        n for n, c in zip(REVIEW_COLUMNS, "ABCDEFGHIJ", strict=True) if not sheet.column_dimensions[c].protection.locked
    ]
    assert unlocked == ["correction", "accept", "comment"]
    assert sheet["D2"].protection.locked
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1, rule.type) == ("I2:I3", '"yes,no"', "list")
    assert sheet.column_dimensions["H"].number_format == "@"  # a typed 3/4 stays 3/4


@pytest.mark.parametrize(
    ("direction", "fonts"),
    [(Direction(), ("Nirmala UI", "Calibri")), (Direction("en", "hi"), ("Calibri", "Nirmala UI"))],
)
def test_fonts_follow_the_direction(tmp_path: Path, direction: Direction, fonts: tuple[str, str]) -> None:
    import openpyxl

    write(tmp_path / "r.xlsx", document(segment(SOURCE, TARGET, *TERMS)), direction=direction)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx", rich_text=True)["Review"]
    assert (sheet["D2"].font.name, sheet["E2"].font.name) == fonts
    for cell, font in zip(("D2", "E2"), fonts, strict=True):
        assert {block.font.rFont for block in sheet[cell].value} == {font}
        assert sheet[cell].alignment.wrap_text
        assert sheet[cell].alignment.vertical == "top"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "=1+1"),
        ("-५ डिग्री", "-५ डिग्री"),
        ("http://example.org/क", "http://example.org/क"),
        ("35", "35"),
        ("3/4", "3/4"),
        ("  दो  ", "  दो  "),
        ("पंक्ति\r\nदो\rतीन\nचार\tपाँच", "पंक्ति\nदो\nतीन\nचार\tपाँच"),
        ("क्\u200dष और क्\u200cष", "क्\u200dष और क्\u200cष"),  # ZERO WIDTH JOINER, ZERO WIDTH NON-JOINER
        ("फ\u093cसल", "फ\u093cसल"),  # NUKTA as its own code point
        ("a\x00b\x0bc\x1bd", "a␀b␋c␛d"),
        ("a\ufffeb\uffffc", "a\ufffdb\ufffdc"),  # noncharacters become REPLACEMENT CHARACTER
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),  # lone surrogates
        ("x_x0041_y", "x_x0041_y"),
        ("_x0041__x005F_", "_x0041__x005F_"),
        ("<r>क</r>", "<r>क</r>"),
        ("<r><t>&amp;</t></r>", "<r><t>&amp;</t></r>"),
        ('क & ख < ग > "घ"', 'क & ख < ग > "घ"'),
        ("\U0001f33e फ़सल", "\U0001f33e फ़सल"),  # SHEAF OF RICE, beyond 16 bits
    ],
)
def test_any_text_stands_as_it_is(tmp_path: Path, text: str, shown: str) -> None:
    import openpyxl

    hit = TermHit(text, 0, 1, text, text, text)
    missed = TermOutcome(hit, "unresolved", evidence=text)
    write(tmp_path / "r.xlsx", document(segment(text, text, missed, issues=[Issue("c", text)]), name=text))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    row = list(book["Review"][2])
    assert [row[COLUMN[name]].value for name in ("document", "source", "translation")] == [shown] * 3
    assert row[COLUMN["terms"]].value == f"{shown} → {shown} (unresolved)"
    assert row[COLUMN["issues"]].value == f"warning: {shown} [c]"
    assert {cell.value for cell in book["Terms"][2]} >= {shown}
    assert "f" not in {cell.data_type for sheet in book for cells in sheet.iter_rows() for cell in cells}
    assert not any(cell.hyperlink for cell in row)


TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("डाकि़ंĐắ \n\r\t=_x04<r>\x00\ufffe\u200d")), max_size=30)


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    """A paragraph of any characters with outcomes at any places, overlapping ones too."""
    source, target = draw(TEXTS), draw(TEXTS)
    outcomes = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(source))] * 2)))
        hit = TermHit("t.csv:2", start, end, source[start:end], "क", "k")
        if draw(st.booleans()):
            outcomes.append(TermOutcome(hit, "unresolved"))
        else:
            at, until = sorted(draw(st.tuples(*[st.integers(0, len(target))] * 2)))
            outcomes.append(TermOutcome(hit, draw(st.sampled_from(("right", "repaired"))), at, until, "known"))
    return segment(source, target, *outcomes)


@settings(max_examples=15, deadline=None)
@given(st.lists(segments(), min_size=1, max_size=8))
def test_no_text_breaks_the_file_or_is_changed(paragraphs: list[Segment]) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "r.xlsx", document(*paragraphs))
        rows = read(Path(folder) / "r.xlsx")
    assert len(rows) == len(paragraphs)
    for row, paragraph in zip(rows, paragraphs, strict=True):
        # Line ends at the seam of two runs may become two line feeds; all else stands as it is.
        for cell, text in ((row[COLUMN["source"]], paragraph.source), (row[COLUMN["translation"]], paragraph.target)):
            assert str(cell or "").replace("\n", "") == printable(text).replace("\n", "")


def test_a_long_paragraph_is_cut_with_a_note(tmp_path: Path) -> None:
    source = "डाक सोंग " + "ग" * 40_000 + " डाक सोंग"
    first = outcome(source, "", "डाक सोंग", "Đắk Song", "unresolved", "long")
    last_hit = TermHit("places.csv:12", len(source) - 8, len(source), "डाक सोंग", "डाक सोंग", "Đắk Song")
    write(
        tmp_path / "r.xlsx",
        document(segment(source, "g" * 50_000, first, TermOutcome(last_hit, "unresolved"), issues=ISSUES[1:])),
    )
    ((*_, issues, _, _, _),) = rows = read(tmp_path / "r.xlsx")
    shown, target = (str(rows[0][COLUMN[name]]) for name in ("source", "translation"))
    kept = fitting(source, "a.txt")[1]
    assert shown.endswith(f"ग … ({len(source) - kept:,} more characters, see a.txt)")
    assert target.endswith("more characters, see a.en.txt)")
    assert coloured(rows[0][COLUMN["source"]]) == [("डाक सोंग", "unresolved")]  # the one that is shown
    notes = issues.split("\n")
    assert notes[0] == (
        f"warning: the source is cut here after {kept:,} of {len(source):,} characters; all of it is in a.txt"
    )
    assert notes[1].startswith("warning: the translation is cut here after 32,")
    assert notes[1].endswith("of 50,000 characters; all of it is in a.en.txt")
    assert notes[2] == "warning: short [length]"


def test_long_lists_in_a_cell_say_what_they_leave_out(tmp_path: Path) -> None:
    source = "गाँव " * 150
    hits = [TermHit("t.csv:2", at, at + 4, "गाँव", "गाँव", "village") for at in range(0, len(source), 5)]
    write(tmp_path / "r.xlsx", document(segment(source, "v", *(TermOutcome(hit, "unresolved") for hit in hits))))
    lines = read(tmp_path / "r.xlsx")[0][COLUMN["terms"]].split("\n")
    assert (len(lines), lines[0], lines[-1]) == (101, "गाँव → village (unresolved)", "… 50 more, see the sheet Terms")
    assert len(read(tmp_path / "r.xlsx", "Terms")) == 150


@pytest.mark.parametrize(
    ("issues", "fill"), [((), "00000000"), (ISSUES[1:], "FFFFF4D6"), (ISSUES, "FFFBE3E1"), (ISSUES[::-1], "FFFBE3E1")]
)
def test_the_worst_issue_colours_the_cell(tmp_path: Path, issues: tuple[Issue, ...], fill: str) -> None:
    import openpyxl

    write(tmp_path / "r.xlsx", document(segment(SOURCE, TARGET, issues=issues)))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Review"]
    assert sheet.cell(2, COLUMN["issues"] + 1).fill.fgColor.rgb == fill


def test_a_full_sheet_goes_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    paragraphs = [segment(SOURCE, TARGET, *TERMS, position=number) for number in range(1, 4)]
    write(tmp_path / "r.xlsx", document(*paragraphs))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames[:4] == ["Review", "Summary", "Terms", "Review 2"]
    assert [book[name].max_row for name in ("Review", "Review 2")] == [3, 2]
    assert [book[name].auto_filter.ref for name in ("Review", "Review 2")] == ["A1:J3", "A1:J2"]
    assert book["Review 2"]["A1"].value == "id"
    assert sum(book[name].max_row - 1 for name in book.sheetnames if name.startswith("Terms")) == 9


def test_rows_on_disk_are_forgotten(tmp_path: Path) -> None:
    with WorkbookWriter(tmp_path / "r.xlsx") as book:
        book.add(document(*(segment(SOURCE, TARGET, *TERMS, position=number) for number in range(1, 100))))
        sheet = book._review._sheet
        assert max(len(sheet.row_info), len(sheet.row_sizes), len(sheet.table)) <= 3


def test_rows_are_as_high_as_their_text(tmp_path: Path) -> None:
    import openpyxl

    texts = ["एक", "शब्द " * 60, "शब्द " * 6000]
    write(tmp_path / "r.xlsx", document(*(segment(text, "x", position=n) for n, text in enumerate(texts, start=1))))
    heights = openpyxl.load_workbook(tmp_path / "r.xlsx")["Review"].row_dimensions
    assert [heights[row].height for row in (2, 3, 4)] == [19.5, pytest.approx(19.5 + 3 * 16.5), 408.75]


def test_summary_says_how_what_and_how_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "DOCUMENTS_SHOWN", 2)
    documents = [document(segment(SOURCE, TARGET, *TERMS, issues=ISSUES), name=f"{letter}.txt") for letter in "abc"]
    write(tmp_path / "r.xlsx", *documents)
    lines = [[value for value in row if value is not None] for row in read(tmp_path / "r.xlsx", "Summary")]
    assert all([step] in lines for step in summary.HOW_TO)
    for line in (
        ["Translation review"],
        ["Documents", 3],
        ["Documents not translated", 1],
        ["Glossary terms found", 9],
        ["    already right", 3],
        ["        by phonetic", 3],
        ["    unresolved", 3],
        ["Issues found by the checks", 6],
        ["        numbers", 3],
        ["a.txt", "a.en.txt", 1, 1, 3, 1, 1, 1, 2],
        ["… 1 more, see report.json"],
        ["b.docx", "Cannot read b.docx: save it again in Word."],
        ["Signature", str(SIGNATURE)],
        ["Glossary file", "places.csv"],
    ):
        assert line in lines


def test_without_finish_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), WorkbookWriter(path) as book:
        book.add(document(segment(SOURCE, TARGET, *TERMS)))
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_open_elsewhere_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "The process cannot access the file", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DocumentError, match=r"review\.xlsx: cannot be written .*; ask for access, close it"):
        write(tmp_path / "review.xlsx", document(segment(SOURCE, TARGET)))
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_while_closing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", fail)
    with pytest.raises(DocumentError, match=r"\(No space left on device\); the disk is full; free some"):
        write(tmp_path / "review.xlsx", document(segment(SOURCE, TARGET)))
    assert list(tmp_path.iterdir()) == []
