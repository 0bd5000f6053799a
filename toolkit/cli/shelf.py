"""What `hien glossary list` shows of each glossary file."""

from collections.abc import Sequence
from pathlib import Path

import regex

from toolkit.cli.common import counted
from toolkit.glossary import Entry, Glossary
from toolkit.glossary.sheet import COMMENT, read_sheet
from toolkit.glossary.table import read_glossaries

HEAD = ("FILE", "ROWS", "DRAFTS", "PATTERNS", "APPLIED", "WHAT")
NUMBERS = (1, 2, 3)  # columns of the above


def described(places: Sequence[Path], *, named: bool) -> tuple[list[tuple[str, ...]], str]:
    """A line for each file under a head, and a closing sentence.

    Args:
        places: Files and folders; what lies in folders of a folder is listed too.
        named: Whether the user named them, so that they are not the default.

    Raises:
        GlossaryError: a file cannot be read.
    """
    by_file: dict[str, list[Entry]] = {}
    for entry in read_glossaries(places):
        by_file.setdefault(entry.file, []).append(entry)
    together = Glossary.load(*places)
    with_place = sorted(by_file, key=lambda file: file not in together.files)
    lines = [_line(file, by_file[file], "yes" if file in together.files else "by name") for file in with_place]
    total = f"{len(together.applied):,} rows in {counted(len(together.files), 'file')}"
    if named:
        return [HEAD, *lines], f"{total} are applied if these are named with --glossary."
    return [HEAD, *lines], f"{total} are the default; --glossary names others."


def _line(file: str, entries: Sequence[Entry], applied: str) -> tuple[str, ...]:
    rows = Glossary(tuple(entries)).applied
    counts = (
        len(rows),
        sum(entry.status == "draft" for entry in entries),
        sum(entry.kind == "pattern" for entry in rows),
    )
    return (file, *(f"{count:,}" for count in counts), applied, _what(Path(file)))


def _what(path: Path) -> str:
    """What a file holds: its first comment, else its line in the table of a README in its folder or the one above."""
    for record in read_sheet(path).records:
        if record.raw and COMMENT.match(record.raw):
            if text := record.raw.lstrip("#").strip(" \t\r\n,;|"):
                return text
        elif record.raw.strip():
            break  # the header
    for readme, name in ((path.parent, path.name), (path.parent.parent, f"{path.parent.name}/{path.name}")):
        if (readme / "README.md").is_file():
            table = (readme / "README.md").read_text(encoding="utf-8", errors="replace")
            if line := regex.search(rf"^\| *`{regex.escape(name)}` *\|(.+)\|[ \t]*$", table, regex.M):
                return str(line[1]).rpartition("|")[2].strip()
    return ""
