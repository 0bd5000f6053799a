"""The dry run of a glossary over documents: reading them, and its results as text, JSON or CSV."""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from toolkit import documents
from toolkit.cli.common import counted, put, say
from toolkit.errors import DocumentError
from toolkit.files import write_atomically
from toolkit.glossary import Entry, Glossary
from toolkit.glossary.findings import Finding, finding
from toolkit.glossary.impact import Collision, Impact, RowImpact, measure
from toolkit.languages import Direction
from toolkit.spreadsheet import guard

if TYPE_CHECKING:
    from collections.abc import Callable

Format = Literal["text", "json", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
WORDS_SHOWN = 3


@dataclass(slots=True)
class Measured:
    """A dry run.

    Attributes:
        impact: What the glossary would do.
        texts: The files and folders that were read, as named.
        documents: How many were read.
        failed: Why others could not be.
    """

    impact: Impact
    texts: Sequence[Path]
    documents: int = 0
    failed: list[str] = field(default_factory=list)


def measured(glossaries: Sequence[Path], texts: Sequence[Path], direction: Direction, *, drafts: bool) -> Measured:
    """Measures glossaries over documents; a document that cannot be read does not stop the others.

    Args:
        glossaries: Files and folders; a later one wins.
        texts: Files and folders.
        direction: In which the rows are read.
        drafts: Whether to count drafts as if they were preferred.

    Raises:
        GlossaryError: a glossary cannot be read.
        DocumentError: a path does not exist, or there is no document.
    """
    glossary = Glossary.load(*glossaries, direction=direction)
    if drafts:
        applied = (
            replace(entry, status="preferred") if entry.status == "draft" else entry for entry in glossary.entries
        )
        glossary = replace(glossary, entries=tuple(applied))
    return _measured(glossary, texts)


def dead_rows(entries: Sequence[Entry], texts: Sequence[Path]) -> list[Finding]:
    """A notice for each row that is applied and has no hit in some documents.

    Raises:
        DocumentError: a path does not exist, or a document cannot be read.
    """
    found = _measured(Glossary(tuple(entries)), texts)
    if found.failed:
        raise DocumentError(found.failed[0])
    where = ", ".join(map(str, texts))
    remedy = "fine if other texts have it; else look how they spell it"
    return [
        finding(entry, "dead", "notice", "source", f"{entry.source!r} ({entry.target!r}) has no hit in {where}", remedy)
        for entry in found.impact.dead
    ]


def deliver(found: Measured, form: Format, output: Path | None, *, dead: bool) -> None:
    """Prints the dry run, or writes it to a file.

    Args:
        found: The dry run.
        form: text, json or csv.
        output: The file; None for standard output.
        dead: Whether the text lists the rows without a hit, which are counted otherwise.

    Raises:
        DocumentError: it cannot be written.
    """
    text = _rendered(found, form, dead=dead)
    if output is None:
        put(text)
        return
    # The mark tells Excel that a CSV file is UTF-8.
    write_atomically(output, text.encode("utf-8-sig" if form == "csv" else "utf-8", "backslashreplace"))
    say(f"Written to {output}.")


def _measured(glossary: Glossary, texts: Sequence[Path]) -> Measured:
    found = Measured(Impact(), texts)
    files = documents.find(texts)
    with _progress(sum(path.stat().st_size for path, _ in files if path.exists())) as advance:
        found.impact = measure(_paragraphs(files, found, advance), glossary)
    return found


def _paragraphs(
    files: Sequence[tuple[Path, str]], found: Measured, advance: "Callable[[int], None]"
) -> Iterator[tuple[str, str]]:
    for path, name in files:
        try:
            for number, text in enumerate(documents.paragraphs(path), 1):
                yield f"{name}:{number}", text
                advance(len(text.encode("utf-8", "surrogatepass")))
        except DocumentError as error:
            found.failed.append(str(error))
        else:
            found.documents += 1


@contextmanager
def _progress(size: int) -> Iterator["Callable[[int], None]"]:
    """A progress bar on stderr in bytes, gone when the block ends; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn(elapsed_when_finished=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=size)
        yield lambda count: progress.update(task, advance=count)


def _rendered(found: Measured, form: Format, *, dead: bool) -> str:
    if form == "json":
        return json.dumps(_as_dict(found), ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _as_csv(found.impact)
    return "".join(f"{line}\n" for line in _lines(found, dead=dead))


def _lines(found: Measured, *, dead: bool) -> Iterator[str]:
    impact = found.impact
    read = f"{counted(found.documents, 'document')}, {impact.paragraphs:,} paragraphs"
    alive = len(impact.rows) - len(impact.dead)
    yield f"{impact.hits:,} hits of {alive:,} rows in {read}."
    if impact.hits:
        yield "\nHITS, the most frequent rows first"
        for row in sorted(impact.rows, key=lambda row: -row.hits):
            yield from _row_lines(row)
    if impact.collisions:
        yield "\nCOLLISIONS: the form stands there, but another row's hit takes its place"
        for collision in impact.collisions:
            yield from _collision_lines(collision)
    if inside := sorted((row for row in impact.rows if row.inside), key=lambda row: -row.inside):
        yield "\nWITHIN OTHER WORDS: not found there; if the word is a form of the term, set match to inflect"
        for row in inside:
            yield f"{row.inside:6,}  {_named(row.entry)}"
            yield f"        {_words(row)}"
    yield from _dead_lines(impact, dead=dead)


def _row_lines(row: RowImpact) -> Iterator[str]:
    if row.hits or row.within:
        within = f", and {row.within:,} within longer rows that say it too" if row.within else ""
        yield f"{row.hits:6,}  {_named(row.entry)}{within}"
        yield from (f"        {context.where}  {context}" for context in row.contexts)


def _collision_lines(collision: Collision) -> Iterator[str]:
    verb = "within" if collision.relation == "within" else "cut off by"
    yield f"{collision.count:6,}  {_named(collision.hidden)} {verb} {_named(collision.by)}"
    yield f"        {collision.example.where}  {collision.example}"


def _dead_lines(impact: Impact, *, dead: bool) -> Iterator[str]:
    if not impact.dead:
        return
    yield f"\nWITHOUT A HIT: {len(impact.dead):,} of {len(impact.rows):,} rows{'' if dead else '; --dead lists them'}"
    rows = Counter(row.entry.file for row in impact.rows)
    for file, count in Counter(entry.file for entry in impact.dead).items():
        yield f"{count:6,}  of {rows[file]:,} in {file}"
        if dead:
            yield from (f"        {_named(entry)}" for entry in impact.dead if entry.file == file)


def _named(entry: Entry) -> str:
    draft = ", draft" if entry.status == "draft" else ""
    return f"{entry.source} \u2192 {entry.target} ({entry.row}{draft})"  # rightwards arrow


def _words(row: RowImpact) -> str:
    return ", ".join(f"{word} \u00d7{count}" for word, count in row.words.most_common(WORDS_SHOWN))  # times sign


def _as_dict(found: Measured) -> dict[str, Any]:
    impact = found.impact
    return {
        "texts": [str(path) for path in found.texts],
        "documents": found.documents,
        "failed": found.failed,
        "paragraphs": impact.paragraphs,
        "characters": impact.characters,
        "hits": impact.hits,
        "rows": [
            {
                **_entry(row.entry),
                "hits": row.hits,
                "within": row.within,
                "inside": row.inside,
                "contexts": [context._asdict() for context in row.contexts],
                "words": dict(row.words.most_common(WORDS_SHOWN)),
            }
            for row in impact.rows
        ],
        "collisions": [
            {
                "hidden": _entry(collision.hidden),
                "by": _entry(collision.by),
                "relation": collision.relation,
                "count": collision.count,
                "example": collision.example._asdict(),
            }
            for collision in impact.collisions
        ],
        "dead": [entry.row for entry in impact.dead],
    }


def _entry(entry: Entry) -> dict[str, str]:
    return {"row": entry.row, "source": entry.source, "target": entry.target, "kind": entry.kind, "match": entry.match}


def _as_csv(impact: Impact) -> str:
    """One line for each row of the glossary, dead ones too."""
    hidden = Counter[str]()
    for collision in impact.collisions:
        hidden[collision.hidden.row] += collision.count
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    contexts = [f"context {number}" for number in (1, 2, 3)]
    writer.writerow(["file", "line", *("source", "target", "hits", "within", "hidden", "inside", "words"), *contexts])
    for row in impact.rows:
        entry = row.entry
        counts = (row.hits, row.within, hidden[entry.row], row.inside)
        shown = [f"{context.where}  {context}" for context in row.contexts]
        cells = (entry.source, entry.target, *counts, _words(row), *shown, *([""] * (3 - len(shown))))
        cells = (entry.file, entry.line, *cells)
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in cells])
    return lines.getvalue()
