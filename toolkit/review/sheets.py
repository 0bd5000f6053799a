"""Sheets that are written row by row in constant memory, each with its columns, looks and protection."""

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

import regex

from toolkit.review.cells import fitting, plain

MAX_ROWS = 1_048_576  # of a sheet, the header included; "Excel specifications and limits", Microsoft

_MAX_HEIGHT = 409  # points, of a row; likewise
_LINE = 16.5  # points that a line of Devanagari needs at 11 points: vowel signs above and below
_MARK = regex.compile(r"\p{M}")

Run = tuple[str, str]  # text, style

# Dark enough on white for WCAG AA (4.5 : 1), and bold, so that colour is not the only sign.
STYLES: dict[str, dict[str, Any]] = {
    "": {},
    "right": {"bold": True, "font_color": "#1B6E2E"},
    "repaired": {"bold": True, "font_color": "#1F4FBF"},
    "unresolved": {"bold": True, "font_color": "#C00000"},
    "error": {"bg_color": "#FBE3E1"},
    "warning": {"bg_color": "#FFF4D6"},
}
RUN_STYLES = ("", "right", "repaired", "unresolved")
CELL_STYLES = ("", "warning", "error")
Formats = dict[str, Any]  # style of a run → XlsxWriter format

_HEADER = {"bold": True, "font_color": "#FFFFFF", "valign": "vcenter", "text_wrap": True, "border": 1}
_OURS, _THEIRS = {"bg_color": "#33475B"}, {"bg_color": "#B45F06"}  # header fill: locked columns, the reviewer's columns


class Column(NamedTuple):
    """A column of a sheet.

    Attributes:
        name: Its header.
        width: In digits of the default font.
        look: Format properties of its cells, as XlsxWriter names them.
        choices: What a drop-down offers; empty for free text.
    """

    name: str
    width: float
    look: dict[str, Any]
    choices: tuple[str, ...] = ()


class Cell(NamedTuple):
    """A cell of several runs or with a fill.

    Attributes:
        runs: The text in runs of one style each; none for an empty cell.
        style: Style of the whole cell.
    """

    runs: Sequence[Run]
    style: str = ""


class Palette:
    """The formats of a workbook, each made once: a file may hold 64,000 of them and no more."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def one(self, *looks: dict[str, Any]) -> Any:
        """The format with all these properties, a later one winning."""
        merged = {name: value for look in looks for name, value in look.items()}
        key = tuple(sorted(merged.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(merged)
        return self._made[key]

    def of(self, *looks: dict[str, Any]) -> Formats:
        """The formats of the runs in a cell with these properties; that of style "" is the cell's own."""
        return {style: self.one(*looks, STYLES[style]) for style in RUN_STYLES}


def put(sheet: Any, row: int, column: int, text: Sequence[Run], formats: Formats) -> None:
    """Writes a text of any number of runs into a cell; nothing where there is no text."""
    if len(text) == 1:
        ((only, style),) = text
        sheet.write_string(row, column, only, formats[style])
    elif text:
        # Every run names its font: a run without a format would fall back to XlsxWriter's default, not the cell's.
        fragments = [part for run, style in text for part in (formats[style], run)]
        sheet.write_rich_string(row, column, *fragments, formats[""])


def line_count(text: str, width: float) -> int:
    """How many lines a text takes in a column, a little generously.

    LibreOffice does not fit the rows of a new file to wrapped text, so heights have to be in the file. In Noto Sans
    a Latin letter is about 0.8 digits wide, in Noto Sans Devanagari a letter with its signs about one.

    Args:
        text: The cell's text.
        width: Of the column, in digits.
    """
    total = 0
    for line in text.split("\n"):
        narrow = len(line.encode("ascii", "ignore"))
        wide = len(line) - narrow - len(_MARK.findall(line))
        total += max(1, ceil((narrow * 0.85 + wide * 1.05) / width))
    return total


class Table:
    """A table that grows downwards: frozen header, filter, and a further sheet when one is full.

    Args:
        book: The XlsxWriter workbook.
        palette: Its formats.
        name: Of the sheet; further ones are `name 2` and so on.
        columns: From left to right.
        protected: Whether cells without `"locked": False` refuse changes.
    """

    def __init__(self, book: Any, palette: Palette, name: str, columns: Sequence[Column], *, protected: bool) -> None:
        self._book = book
        self._palette = palette
        self._name = name
        self._columns = columns
        self._protected = protected
        self._wrapped = any("text_wrap" in column.look for column in columns)
        self._formats = [{style: palette.of(column.look, STYLES[style]) for style in CELL_STYLES} for column in columns]
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(self._name if self._sheets == 1 else f"{self._name} {self._sheets}")
        self._row = 0
        for index, column in enumerate(self._columns):
            self._sheet.set_column(index, index, column.width, self._formats[index][""][""])
        if self._wrapped:
            self._sheet.set_row(0, 24)
        else:
            self._sheet.set_default_row(18)
        for index, column in enumerate(self._columns):
            fill = _OURS if column.look.get("locked", True) else _THEIRS
            self._sheet.write_string(0, index, column.name, self._palette.one(_HEADER, fill))
        self._sheet.freeze_panes(1, 0)
        self._sheet.hide_gridlines(0)  # none hidden: on paper, too, the rows stay apart
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})  # no green corner on a text `35`
        if self._protected:
            allowed = ("autofilter", "sort", "format_columns", "format_rows")
            self._sheet.protect("", dict.fromkeys(allowed, True))

    def add(self, cells: Sequence[str | int | Cell | None], where: str) -> None:
        """Writes one row.

        Args:
            cells: One for each column; None and "" leave a cell empty.
            where: Where the reader finds the whole of a text that is too long for a cell.
        """
        if self._row + 1 >= MAX_ROWS:
            self.close()
            self._begin()
        self._row += 1
        height = 1
        for index, (cell, column, formats) in enumerate(zip(cells, self._columns, self._formats, strict=True)):
            if isinstance(cell, int):
                self._sheet.write_number(self._row, index, cell, formats[""][""])
            elif cell:
                ready = cell if isinstance(cell, Cell) else Cell(plain(fitting(cell, where)[0]))
                put(self._sheet, self._row, index, ready.runs, formats[ready.style])
                if "text_wrap" in column.look:
                    height = max(height, line_count("".join([text for text, _ in ready.runs]), column.width))
        if self._wrapped:
            self._fit(height)

    def _fit(self, lines: int) -> None:
        """Makes the row as high as its longest cell, and forgets the rows that are on disk already.

        XlsxWriter keeps the height of every row until the end, which would make memory grow with the text.
        """
        self._sheet.set_row(self._row, min(lines * _LINE + 3, _MAX_HEIGHT))
        for kept in (self._sheet.row_info, self._sheet.row_sizes):
            kept.pop(self._row - 1, None)

    def close(self) -> None:
        """Sets what needs to know how many rows there are: the filter and the drop-downs."""
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)
        for index, column in enumerate(self._columns):
            if column.choices and self._row:
                rule = {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_title": column.name,
                    "error_message": f"Choose {' or '.join(column.choices)}, or leave the cell empty.",
                }
                self._sheet.data_validation(1, index, self._row, index, rule)
