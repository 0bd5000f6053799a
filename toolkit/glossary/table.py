"""Glossary files in and out: checked entries of a spreadsheet's rows, and every byte that did not change kept.

Lines that begin with `# ` and blank rows stay, unknown columns and the order of columns too. New files are written
`utf-8-sig`, because Excel reads plain UTF-8 as the local code page.
"""

import csv
import difflib
import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.errors import GlossaryError
from toolkit.files import Staging
from toolkit.glossary.entry import COLUMNS, LIST_SEPARATOR, LISTS, Entry
from toolkit.glossary.sheet import (
    BOMS,
    COMMENT,
    NEEDED,
    Record,
    is_aside,
    names_of,
    read_sheet,
    sheet_error,
)
from toolkit.spreadsheet import guard, unguard

SUFFIXES = (".csv", ".tsv", ".xlsx")
CELL_LIMIT = 32_767  # characters; Excel cuts longer cells without a word

_NEW_COLUMNS = COLUMNS[: COLUMNS.index("note") + 1]  # a new file has the rest where a row fills it


@dataclass(frozen=True, slots=True)
class Table:
    """A glossary file: its rows and all that writing it back unchanged takes.

    Attributes:
        entries: The rows. Replace them to change the file: `dataclasses.replace(table, entries=…)`. Rows that were
            read keep their place, rows that are gone are dropped, new ones come last.
        columns: The columns in order; known ones by their name in lower case.
        delimiter: What stands between cells.
        encoding: utf-8, utf-8-sig, utf-16-le or utf-16-be (the latter three with a byte order mark).
        newline: The line end of the header.
        records: What was read, header, comments and blank rows included; empty for a new table or a workbook.
        originals: The rows as they were read.
    """

    entries: tuple[Entry, ...]
    columns: tuple[str, ...] = _NEW_COLUMNS
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    newline: str = "\n"
    records: tuple[Record, ...] = ()
    originals: tuple[Entry, ...] = ()


def read_table(path: Path) -> Table:
    """Read one glossary file.

    Raises:
        GlossaryError: the file is missing, no table, in another encoding or broken, a column is missing, or a row
            cannot be used; names file, line, column and remedy.
    """
    sheet = read_sheet(path)
    header = next((number for number, record in enumerate(sheet.records) if not is_aside(record)), None)
    if header is None:
        raise sheet_error(path, "is empty", "begin it with the header source,target")
    columns = _columns(path, sheet.records[header])
    rows = (record for record in sheet.records[header + 1 :] if not is_aside(record))
    entries = tuple(_entry(path, columns, record) for record in rows)
    records = sheet.records if sheet.records[header].raw else ()
    newline = _line_end(sheet.records[header].raw) or "\n"
    return Table(entries, columns, sheet.delimiter, sheet.encoding, newline, records, entries)


def read_glossaries(paths: Sequence[Path]) -> tuple[Entry, ...]:
    """Read all rows of some files and folders, in the order given, the files of a folder sorted by path.

    A file that is named twice is read once.

    Raises:
        GlossaryError: as `read_table`, or a folder holds no glossary.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        for file in _glossaries_in(path) if path.is_dir() else [path]:
            files.setdefault(file.resolve(), file)
    return tuple(entry for file in files.values() for entry in read_table(file).entries)


def write_table(table: Table, path: Path) -> None:
    """Write a glossary file at once or not at all; rows that did not change keep their bytes.

    Raises:
        GlossaryError: the file cannot be written, is to be a workbook, or a form holds the list separator.
    """
    if path.suffix.lower() == ".xlsx":
        raise sheet_error(path, "is a workbook, which is only read", "write .csv, which Excel opens")
    data = BOMS[table.encoding] + _render(table).encode(table.encoding.removesuffix("-sig"))
    try:
        with Staging(path) as staging:
            staging.file.write_bytes(data)
            staging.place()
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise sheet_error(path, problem, "check the folder and its permissions") from error


def _glossaries_in(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    found = sorted(path for path in files if not path.name.startswith((".", "~$")))  # spreadsheets' lock files
    if not found:
        raise sheet_error(folder, f"holds no {', '.join(SUFFIXES)} file", "name the folder with the glossaries")
    return found


def _columns(path: Path, record: Record) -> tuple[str, ...]:
    names = names_of(record.cells)
    for needed in NEEDED:
        if needed not in names:
            near = difflib.get_close_matches(needed, [name for name in names if name not in COLUMNS], 1)
            remedy = f"rename {near[0]!r} to {needed!r}" if near else f"add a column {needed!r}"
            found = ", ".join(filter(None, names))
            raise sheet_error(path, f"is missing; the header has {found}", remedy, record.line, needed)
    for name in COLUMNS:
        if names.count(name) > 1:
            raise sheet_error(path, "stands twice in the header", "delete or rename one", record.line, name)
    taken: list[str] = []
    for number, name in enumerate(names, 1):
        taken.append(name if name and name not in taken else f"{name or 'column'} ({number})")
    return tuple(taken)


def _entry(path: Path, columns: Sequence[str], record: Record) -> Entry:
    if any(cell.strip() for cell in record.cells[len(columns) :]):
        problem = f"has {len(record.cells)} cells, the header {len(columns)}"
        raise sheet_error(path, problem, "put quotes around the cell that holds the delimiter", record.line)
    cells = dict.fromkeys(columns, "") | dict(zip(columns, map(unguard, record.cells), strict=False))
    for column, cell in cells.items():
        if len(cell) > CELL_LIMIT:
            problem = f"has {len(cell)} characters, more than {CELL_LIMIT}"
            raise sheet_error(path, problem, "look for a quote that is never closed", record.line, column)
    return Entry.from_cells(cells, file=path.as_posix(), line=record.line)


def _render(table: Table) -> str:
    read = {entry.line: entry for entry in table.originals} if table.records else {}
    kept, fresh = _sort_out(table.entries, read)
    added = _missing(table.columns, [*(entry for line, entry in kept.items() if entry != read[line]), *fresh])
    columns = (*table.columns, *added)
    parts = [] if table.records else [_line(table, table.newline, list(map(guard, columns)))]
    header = next((record for record in table.records if not is_aside(record)), None)
    for record in table.records:
        if record is header and added:
            parts.append(_line(table, table.newline, [*record.cells, *map(guard, added)]))
        elif (entry := kept.get(record.line)) == read.get(record.line):  # both None: header, comment, blank row
            parts.append(record.raw)
        elif entry is not None:
            parts.append(_line(table, _line_end(record.raw), _cells(columns, entry, read[record.line], record.cells)))
    for entry in fresh:
        if parts and not _line_end(parts[-1]):
            parts.append(table.newline)
        parts.append(_line(table, table.newline, _cells(columns, entry)))
    return "".join(parts)


def _sort_out(entries: Sequence[Entry], read: Mapping[int, Entry]) -> tuple[dict[int, Entry], list[Entry]]:
    """The entries that have a place in the file, by line, and those that are new."""
    kept: dict[int, Entry] = {}
    fresh: list[Entry] = []
    for entry in entries:
        if entry.line in read and entry.line not in kept and entry.file == read[entry.line].file:
            kept[entry.line] = entry
        else:
            fresh.append(entry)
    return kept, fresh


def _missing(columns: Sequence[str], entries: Sequence[Entry]) -> list[str]:
    """The columns that some entries fill and the table lacks."""
    plain = Entry(".", ".")
    filled = {c for entry in entries for c in COLUMNS if getattr(entry, c) != getattr(plain, c)}
    if all(entry.kind in {"pattern", plain.kind} for entry in entries):
        filled.discard("kind")  # a slot in the source says it
    extra = dict.fromkeys(name for entry in entries for name, cell in entry.extra if cell)
    return [name for name in (*COLUMNS, *extra) if name not in columns and (name in filled or name in extra)]


def _cells(columns: Sequence[str], entry: Entry, old: Entry | None = None, written: Sequence[str] = ()) -> list[str]:
    """The cells of a row; those that mean what they meant stay as they were written."""
    cells = []
    for name, cell in itertools.zip_longest(columns, written[: len(columns)]):
        value = _value(entry, name)
        cells.append(cell if old and cell is not None and value == _value(old, name) else guard(value))
    return cells


def _value(entry: Entry, column: str) -> str:
    """What a column says of an entry, as a cell."""
    if column not in COLUMNS:
        return dict(entry.extra).get(column, "")
    value = getattr(entry, column)
    if column not in LISTS:
        return str(value)
    if any(LIST_SEPARATOR in form for form in value):
        problem = f"has a form with {LIST_SEPARATOR!r} in the row {entry.source!r}"
        raise GlossaryError(f"{entry.row}: column {column} {problem}: the bar separates forms; rewrite it without.")
    return LIST_SEPARATOR.join(value)


def _line(table: Table, end: str, cells: Sequence[str]) -> str:
    """A row as text; quoted throughout where a bare first cell would read as a comment or a cell breaks the line."""
    plain = not COMMENT.match(cells[0]) and not any("\r" in cell or "\n" in cell for cell in cells)
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL if plain else csv.QUOTE_ALL
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=table.delimiter, lineterminator="\n", quoting=quoting).writerow(cells)
    return stream.getvalue().removesuffix("\n") + end


def _line_end(raw: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if raw.endswith(end)), "")
