"""The sheet "Summary" of the review workbook: how to use it, what made it, and what is in it."""

from collections.abc import Iterable
from typing import Any

from toolkit.review.cells import fitting, plain
from toolkit.review.report import Report
from toolkit.review.sheets import STYLES, Palette, put

HOW_TO = (
    "1. Sheet Review has one row per paragraph. Glossary terms are coloured: green was right, blue was repaired, "
    "red is unresolved and needs you.",
    "2. Where a translation is wrong, write the whole corrected paragraph under “correction”. Leave it empty where "
    "the translation is good.",
    "3. Under “accept” choose yes or no; “comment” is free. These three columns are yours, the others are locked.",
    "4. Filter with the arrows in the header: “issues” shows what the checks found, “terms” what became of each term.",
    "5. Keep the column “id” and the file format (.xlsx): the id ties a row to its paragraph. To sort, lift the "
    "protection first (Review ▸ Unprotect Sheet; no password).",
)
DOCUMENTS_SHOWN = 10_000  # lines of the document table; report.json has them all

_TITLE = {"bold": True, "font_size": 16, "font_color": "#33475B"}
_SECTION = {"bold": True, "font_size": 12, "font_color": "#33475B", "bottom": 1}
_HEAD = {"bold": True, "bg_color": "#E6EBF0"}
_NUMBER = {"num_format": "#,##0", "align": "right"}
_TOTAL = {"num_format": "#,##0", "align": "left"}
_DOCUMENT_COLUMNS = (
    "document", "translation", "paragraphs", "sentences", "terms", "right", "repaired", "unresolved", "issues"
)  # fmt: skip


class SummarySheet:
    """Writes the sheet from a finished report, top to bottom."""

    def __init__(self, book: Any, palette: Palette) -> None:
        self._palette = palette
        self._row = 0
        self._sheet = book.add_worksheet("Summary")
        self._sheet.set_column(0, 1, 42)
        self._sheet.set_column(2, len(_DOCUMENT_COLUMNS) - 1, 12)
        self._sheet.hide_gridlines(2)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)

    def write(self, report: Report) -> None:
        """Fills the sheet."""
        self._line([("Translation review", _TITLE)])
        self._section("How to use this file")
        for step in HOW_TO:
            self._line([(step, {})])
        self._section("In total")
        for label, number, style in _totals(report["totals"]):
            self._line([(label, {}), (number, _TOTAL | (STYLES[style] if number else {}))])
        self._documents(report["documents"])
        if report["failed"]:
            self._section("Not translated")
            for failure in report["failed"]:
                self._line([(failure["path"], {}), (failure["error"], STYLES["unresolved"])])
        self._section("What made these translations")
        for name, value in _signature(report["signature"]):
            self._line([(name, {}), (value, {})])

    def _documents(self, documents: list[dict[str, Any]]) -> None:
        self._section("Documents")
        self._line(
            [(name, _HEAD if index < 2 else _HEAD | {"align": "right"}) for index, name in enumerate(_DOCUMENT_COLUMNS)]
        )
        for document in documents[:DOCUMENTS_SHOWN]:
            terms = document["terms"]
            numbers = [document["paragraphs"], document["sentences"], terms["hits"], terms["right"], terms["repaired"]]
            unresolved = terms["unresolved"]
            self._line(
                [(document["name"], {}), (document["output"], {})]
                + [(number, _NUMBER) for number in numbers]
                + [(unresolved, _NUMBER | (STYLES["unresolved"] if unresolved else {}))]
                + [(sum(document["issues"].values()), _NUMBER)]
            )
        if len(documents) > DOCUMENTS_SHOWN:
            self._line([(f"… {len(documents) - DOCUMENTS_SHOWN:,} more, see report.json", {})])

    def _section(self, title: str) -> None:
        self._row += 1
        self._line([(title, _SECTION)] + [("", _SECTION)] * (len(_DOCUMENT_COLUMNS) - 1))

    def _line(self, cells: Iterable[tuple[str | int, dict[str, Any]]]) -> None:
        for column, (value, look) in enumerate(cells):
            if isinstance(value, int):
                self._sheet.write_number(self._row, column, value, self._palette.one(look))
            elif value:
                put(self._sheet, self._row, column, plain(fitting(value, "report.json")[0]), self._palette.of(look))
            else:
                self._sheet.write_blank(self._row, column, None, self._palette.one(look))
        self._row += 1


def _totals(totals: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Label, number and style of each line."""
    terms = totals["terms"]
    return [
        ("Documents", totals["documents"], ""),
        ("Documents not translated", totals["failed"], "unresolved"),
        ("Paragraphs", totals["paragraphs"], ""),
        ("Sentences", totals["sentences"], ""),
        ("Glossary terms found", terms["hits"], ""),
        ("    already right", terms["right"], "right"),
        ("    repaired", terms["repaired"], "repaired"),
        *((f"        by {step}", number, "") for step, number in terms["steps"].items()),
        ("    unresolved", terms["unresolved"], "unresolved"),
        ("Changes to the engine's output", totals["edits"], ""),
        ("Issues found by the checks", sum(totals["issues"].values()), ""),
        *((f"        {check}", number, "") for check, number in totals["issues"].items()),
    ]


def _signature(signature: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and value of each line; the one-line form first, for copying."""
    decoding = ", ".join(f"{name} {value}" for name, value in signature["decoding"].items())
    return [
        ("Signature", signature["text"]),
        ("Toolkit version", signature["toolkit_version"]),
        ("Engine", signature["engine"]),
        ("Model", signature["model"]),
        ("Model revision", signature["model_revision"]),
        ("Decoding", decoding),
        ("Direction", signature["direction"]),
        ("Glossary hash", signature["glossary_hash"]),
        *(("Glossary file", name) for name in signature["glossary_files"]),
    ]
