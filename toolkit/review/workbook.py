"""The review workbook: source and translation side by side in one XLSX file, terms coloured, room for corrections.

Sheet "Review" has one row per paragraph; its id holds a hash of the source, so that a correction can only ever return
to the text it was made for. Sheet "Terms" is the ledger, sheet "Summary" the report for people. Rows are written as
the documents come in and never kept: memory does not grow with the text.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from toolkit.files import Staging, remedied
from toolkit.languages import Direction, Language
from toolkit.review.cells import fitting, plain, runs
from toolkit.review.ledger import LEDGER_COLUMNS, ledger_rows
from toolkit.review.report import Report
from toolkit.review.sheets import Cell, Column, Palette, Table
from toolkit.review.summary import SummarySheet
from toolkit.segment import Document, Segment, TermOutcome

REVIEW_COLUMNS = (
    "id", "document", "№", "source", "translation", "terms", "issues", "correction", "accept", "comment"
)  # fmt: skip
ACCEPT = ("yes", "no")
LINES_SHOWN = 100  # outcomes or issues listed in one cell; the sheet Terms and report.json go on

# Fonts that Excel brings along and that draw the script well; other programs fall back to one of their own.
FONTS: dict[Language, str] = {"hi": "Nirmala UI", "en": "Calibri"}
_TEXT: dict[str, Any] = {
    "text_wrap": True,
    "valign": "top",
    "num_format": "@",
}  # "@": Excel must not read 3/4 as a date
_LABEL: dict[str, Any] = {"valign": "top", "font_color": "#5F6B76", "font_size": 9}
_BOX = {"bg_color": "#FFF9EF", "border": 1, "border_color": "#E8D9BF"}
_OPEN: dict[str, Any] = {**_TEXT, **_BOX, "locked": False, "num_format": "@"}  # "@": a typed 3/4 must stay 3/4


class WorkbookWriter:
    """Writes `review.xlsx` document by document; `finish` completes it and puts it in place.

    A block left without `finish` leaves nothing behind, and an older file as it was.

    Args:
        path: The file.
        direction: Decides the fonts of the source and the translation.

    Raises:
        DocumentError: the file cannot be written, or is open in Excel.
    """

    def __init__(self, path: Path, direction: Direction | None = None) -> None:
        self.path = path
        self.direction = direction or Direction()

    def __enter__(self) -> "WorkbookWriter":
        import xlsxwriter

        with remedied(self.path):
            self._staging = Staging(self.path)
            options = {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "tmpdir": str(self._staging.folder),
            }
            self._book = xlsxwriter.Workbook(self._staging.file, options)
            self._book.use_zip64()  # only takes effect beyond 4 GiB, where a plain ZIP file ends
            palette = Palette(self._book)
            self._review = Table(self._book, palette, "Review", _review_columns(self.direction), protected=True)
            self._summary = SummarySheet(self._book, palette)
            self._terms = Table(self._book, palette, "Terms", _term_columns(self.direction), protected=False)
        return self

    def add(self, document: Document, output_name: str = "") -> None:
        """Writes a row for each paragraph and each term occurrence of a document.

        Args:
            document: The document, translated and checked.
            output_name: The file with its translation, for the note in a cell that cannot hold all of a paragraph.
        """
        places = document.name, output_name or "the translated file"
        with remedied(self.path):
            for position, segment in enumerate(document.segments, start=1):
                self._review.add(_review_row(document.name, position, segment, places), "report.json")
            for row in ledger_rows(document):
                self._terms.add(row, "ledger.csv")

    def finish(self, report: Report) -> None:
        """Writes the summary, closes the workbook and puts it in place.

        Args:
            report: What `ReportBuilder.finish` gave.
        """
        from xlsxwriter.exceptions import FileCreateError

        with remedied(self.path):
            self._summary.write(report)
            self._review.close()
            self._terms.close()
            self._book.set_properties({"title": "Translation review", "comments": report["signature"]["text"]})
            try:
                self._book.close()
            except FileCreateError as error:  # XlsxWriter wraps the OSError, which is what `remedied` explains
                raise error.args[0] from error
            self._staging.place()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with remedied(self.path):
            try:
                # Without Workbook.close() the rows' temporary files stay open; this is how it closes them itself.
                for sheet in self._book.worksheets():
                    sheet._opt_close()
            finally:
                self._staging.discard()


def _review_columns(direction: Direction) -> list[Column]:
    source = {**_TEXT, "font_name": FONTS[direction.source]}
    target = {**_TEXT, "font_name": FONTS[direction.target]}
    hindi = {**_TEXT, "font_name": FONTS["hi"], "font_size": 10}
    looks: dict[str, tuple[float, dict[str, Any]]] = {
        "id": (12, _LABEL),
        "document": (18, _LABEL | {"text_wrap": True}),
        "№": (6, _LABEL | {"align": "center"}),
        "source": (60, source),
        "translation": (60, target),
        "terms": (38, hindi),
        "issues": (34, hindi),
        "correction": (50, _OPEN | {"font_name": FONTS[direction.target]}),
        "accept": (9, _OPEN | {"align": "center"}),
        "comment": (30, _OPEN | {"font_name": FONTS["hi"]}),
    }
    return [Column(name, *looks[name], ACCEPT if name == "accept" else ()) for name in REVIEW_COLUMNS]


def _term_columns(direction: Direction) -> list[Column]:
    source = {"valign": "top", "font_name": FONTS[direction.source]}
    target = {"valign": "top", "font_name": FONTS[direction.target]}
    looks: dict[str, tuple[float, dict[str, Any]]] = {
        "document": (18, _LABEL),
        "segment": (12, _LABEL),
        "row": (24, _LABEL),
        "source_form": (24, source),
        "source_text": (24, source),
        "target": (24, target),
        "target_text": (24, target),
        "evidence": (60, {"valign": "top", "font_name": FONTS["hi"], "font_size": 10}),
    }
    return [Column(name, *looks.get(name, (12, {"valign": "top"}))) for name in LEDGER_COLUMNS]


def _review_row(
    document: str, position: int, segment: Segment, places: tuple[str, str]
) -> Sequence[str | int | Cell | None]:
    outcomes = segment.outcomes
    in_source = [(outcome.hit.start, outcome.hit.end, outcome.status) for outcome in outcomes]
    in_target = [
        (outcome.start, outcome.end, outcome.status)
        for outcome in outcomes
        if outcome.start is not None and outcome.end is not None
    ]
    source, source_note = _coloured(segment.source, in_source, "source", places[0])
    target, target_note = _coloured(segment.target, in_target, "translation", places[1])
    issues = [f"{issue.severity}: {issue.message} [{issue.check}]" for issue in segment.issues]
    notes = [note for note in (source_note, target_note) if note]
    severities = {issue.severity for issue in segment.issues} | ({"warning"} if notes else set())
    worst = "error" if "error" in severities else "warning" if severities else ""
    terms = [_in_words(outcome) for outcome in outcomes]
    return (
        segment.id,
        document,
        position,
        source,
        target,
        _lines(terms, "the sheet Terms", "warning" if any(o.status == "unresolved" for o in outcomes) else ""),
        _lines(notes + issues, "report.json", worst),
        None,
        None,
        None,
    )


def _coloured(text: str, spans: Iterable[tuple[int, int, str]], what: str, where: str) -> tuple[Cell, str]:
    """A paragraph with its terms coloured, and a note for the reviewer where a cell cannot hold all of it."""
    shown, kept = fitting(text, where)
    note = f"warning: the {what} is cut here after {kept:,} of {len(text):,} characters; all of it is in {where}"
    inside = (span for span in spans if span[1] <= kept)
    return Cell(list(runs(shown, inside))), "" if kept == len(text) else note


def _in_words(outcome: TermOutcome) -> str:
    how = f": {outcome.step}" if outcome.status == "repaired" else ""  # why one is unresolved stands under "issues"
    return f"{outcome.hit.surface} → {outcome.hit.target} ({outcome.status}{how})"


def _lines(lines: list[str], where: str, style: str) -> Cell:
    """One line each; the style shows only where there is a line."""
    shown = lines[:LINES_SHOWN]
    if len(lines) > LINES_SHOWN:
        shown.append(f"… {len(lines) - LINES_SHOWN:,} more, see {where}")
    text = plain(fitting("\n".join(shown), where)[0])
    return Cell(text, style if text else "")
