"""`hien glossary`: look after the glossary files."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.common import ERROR, counted, examples, glossary_paths, one_line_errors, put, say

app = typer.Typer(help="Check glossary files.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _glossary() -> None:
    """Check glossary files."""


@app.command("check", epilog=examples("hien glossary check", "hien glossary check glossaries/ names.csv"))
@one_line_errors
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders. Default: glossaries/ here, else those that ship.", metavar="PATH"),
    ] = None,
) -> None:
    """Find rows that need a second look.

    Such as contradict each other, hide look-alike letters or catch ordinary words. Each finding names file, line and
    column and says what to do. Exits with 1 if there is an error.
    """
    from toolkit.glossary.lint import lint
    from toolkit.glossary.table import read_glossaries

    entries = read_glossaries(glossary_paths(paths))
    findings = lint(entries)
    put("".join(f"{finding}\n" for finding in findings))
    errors = sum(finding.severity == "error" for finding in findings)
    rows, files = counted(len(entries), "row"), counted(len({entry.file for entry in entries}), "file")
    say(f"{rows} in {files}: {counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}.")
    if errors:
        raise typer.Exit(ERROR)
