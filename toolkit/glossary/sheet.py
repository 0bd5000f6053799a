"""The cells of a glossary file and the text they came from: encodings, delimiters, quotes, workbooks.

CSV and TSV are read in UTF-8 (with or without byte order mark) and UTF-16 (with one); the delimiter is the one of
`, ; TAB |` under which the header makes most sense. XLSX is read through openpyxl.

What a spreadsheet would take for a formula is guarded on the way out and unguarded on the way in
(`toolkit.spreadsheet`).
"""

import codecs
import contextlib
import csv
import difflib
import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import regex

from toolkit.errors import GlossaryError
from toolkit.glossary.entry import COLUMNS
from toolkit.spreadsheet import unguard

NEEDED = ("source", "target")
BOMS = {"utf-8": b"", "utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
COMMENT = regex.compile(r"#(?:[\s#!]|$)")

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a file as it stands there.

    Attributes:
        raw: Its text with the line end; empty for a workbook.
        line: Physical line where it starts, from 1.
        cells: Its cells as written.
    """

    raw: str
    line: int
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file cut into records.

    Attributes:
        records: All of them; joining their `raw` gives the text of a CSV file.
        delimiter: What stands between cells.
        encoding: utf-8, utf-8-sig, utf-16-le or utf-16-be (the latter three with a byte order mark).
    """

    records: tuple[Record, ...]
    delimiter: str = ","
    encoding: str = "utf-8-sig"


def read_sheet(path: Path) -> Sheet:
    """Read the cells of a CSV, TSV or XLSX file.

    Raises:
        GlossaryError: the file is missing, binary, in another encoding or broken, or a cell is a formula.
    """
    data = _read_bytes(path)
    if path.suffix.lower() == ".xlsx":
        return Sheet(tuple(_read_workbook(path, data)))
    encoding, text = _decode(path, data)
    delimiter = _detect_delimiter(path, text)
    return Sheet(tuple(_split(path, text, delimiter)), delimiter, encoding)


def sheet_error(path: Path, problem: str, remedy: str, line: int = 0, column: str = "") -> GlossaryError:
    """An error that names file, line and column, says what is wrong and what to do."""
    where = f"{path.as_posix()}:{line}" if line else path.as_posix()
    end = "" if remedy.endswith(("?", ".")) else "."
    return GlossaryError(f"{where}: {f'column {column} ' if column else ''}{problem}: {remedy}{end}")


def is_aside(record: Record) -> bool:
    """Whether a record is a comment or blank, as typed or as a spreadsheet saves one (`# note,,,`)."""
    filled = [cell for cell in record.cells if cell.strip()]
    return not filled or (len(filled) == 1 and record.cells[0] == filled[0] and filled[0].startswith("#"))


def names_of(cells: Sequence[str]) -> list[str]:
    """Header cells without stray marks, the known columns in lower case."""
    clean = [unguard(cell).strip("\ufeff \t\r\n\xa0") for cell in cells]  # BOM and NBSP come with pasted headers
    return [name.lower() if name.lower() in COLUMNS else name for name in clean]


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        near = difflib.get_close_matches(path.name, [p.name for p in path.parent.glob("*")], 1)
        raise sheet_error(path, "does not exist", f"did you mean {near[0]}?" if near else "check the path") from None
    except OSError as error:
        raise sheet_error(path, f"cannot be read ({error.strerror})", "check the path and its permissions") from error


def _decode(path: Path, data: bytes) -> tuple[str, str]:
    """Encoding and text."""
    if data.startswith(b"PK\x03\x04"):
        raise sheet_error(path, "is a workbook or archive, not text", "rename it to .xlsx, or export it as CSV UTF-8")
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise sheet_error(path, "is UTF-32", "save it as CSV UTF-8")
    encoding = next((name for name, bom in BOMS.items() if bom and data.startswith(bom)), "utf-8")
    body = data[len(BOMS[encoding]) :]
    try:
        text = body.decode(encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        line = body[: error.start].count("\n".encode(encoding.removesuffix("-sig"))) + 1
        problem = f"is not {encoding} (byte 0x{body[error.start]:02X})"
        raise sheet_error(path, problem, "save it as CSV UTF-8", line) from None
    if "\0" in text:
        raise sheet_error(path, "is a binary file, or UTF-16 without a byte order mark", "save it as CSV UTF-8")
    return encoding, text


def _detect_delimiter(path: Path, text: str) -> str:
    def fit(delimiter: str) -> tuple[int, int]:
        with contextlib.suppress(GlossaryError):
            for record in _split(path, text, delimiter):
                if not is_aside(record):
                    names = names_of(record.cells)
                    return sum(name in names for name in NEEDED), len(names)
        return 0, 0

    return max(_DELIMITERS, key=fit)


def _split(path: Path, text: str, delimiter: str) -> Iterator[Record]:
    """The records of a text; joining their `raw` gives the text."""
    lines = io.StringIO(text, newline="")
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    at = 1
    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while True:
        here = lines.tell()
        line = lines.readline()
        if COMMENT.match(line) or (line and not line.strip("\r\n")):
            yield Record(line, at)
            at += 1
            continue
        lines.seek(here)
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise sheet_error(path, f"is broken ({error})", 'close every " and double those inside cells', at) from None
        yield Record("".join(taken), at, tuple(cells))
        at += len(taken)


def _read_workbook(path: Path, data: bytes) -> list[Record]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which hold no text
            book = load_workbook(io.BytesIO(data), read_only=True)
            rows = [(number, list(row)) for number, row in enumerate(book.worksheets[0].iter_rows(), 1)]
    except Exception as error:  # a damaged workbook makes openpyxl raise anything from KeyError to ParseError
        raise sheet_error(
            path, f"is no workbook that can be read ({error})", "save it again as .xlsx or CSV UTF-8"
        ) from error
    return [Record("", number, tuple(_workbook_cell(path, number, cell) for cell in row)) for number, row in rows]


def _workbook_cell(path: Path, line: int, cell: Any) -> str:
    if cell.data_type == "f":
        problem = f"has a formula in cell {cell.coordinate}"
        raise sheet_error(path, problem, "replace it with its value (paste special, values)", line)
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (
        value.isoformat().removesuffix("T00:00:00") if isinstance(value, date) else "" if value is None else str(value)
    )
