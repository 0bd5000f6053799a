"""`hien glossary`: look after the glossary files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from toolkit.cli.common import (
    ERROR,
    From,
    To,
    counted,
    direction_of,
    examples,
    glossary_paths,
    one_line_errors,
    put,
    say,
)
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.cli.findings import Format as FindingFormat
    from toolkit.cli.impact import Format as ImpactFormat

app = typer.Typer(help="Check glossary files and try them on texts.", no_args_is_help=True, rich_markup_mode=None)

Glossaries = Annotated[
    list[Path] | None,
    typer.Argument(help="Files and folders. Default: glossaries/ here, else those that ship.", metavar="PATH"),
]
Texts = Annotated[list[Path], typer.Argument(help="Files and folders with documents.", metavar="FOLDER")]
Over = Annotated[
    list[Path] | None, typer.Option(help="Also find rows without a hit in this file or folder.", metavar="FOLDER")
]
Notices = Annotated[bool, typer.Option("--notices", help="Also list what is only good to know.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if there is a warning, too.")]
Drafts = Annotated[bool, typer.Option("--drafts", help="Count drafts as if they were applied.")]
Dead = Annotated[bool, typer.Option("--dead", help="List the rows without a hit.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.", metavar="FILE")]


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UsageError(f"--{name} {value}: choose from {', '.join(known)}.")
    return value


@app.callback()
def _glossary() -> None:
    """Check glossary files and try them on texts."""


@app.command(
    "check",
    epilog=examples(
        "hien glossary check",
        "hien glossary check glossaries/ names.csv --notices",
        "hien glossary check --over seeds/ --format json",
    ),
)
@one_line_errors
def check(
    paths: Glossaries = None,
    over: Over = None,
    form: Annotated[str, typer.Option("--format", help="text, json or github.", metavar="FORMAT")] = "text",
    notices: Notices = False,
    strict: Strict = False,
) -> None:
    """Find rows that need a second look.

    Such as contradict each other, hide look-alike letters or catch ordinary words. Each finding names file, line and
    column and says what to do. Notices tell of rows beside each other: names that sound alike, forms within forms,
    forms that meet. Exits with 1 if there is an error.
    """
    from toolkit.cli.findings import rendered, summary, totals
    from toolkit.glossary.lint import lint
    from toolkit.glossary.lint_pairs import lint_pairs
    from toolkit.glossary.table import read_glossaries

    kind = cast("FindingFormat", _one_of("format", form, ("text", "json", "github")))
    entries = read_glossaries(glossary_paths(paths))
    findings = [*lint(entries), *lint_pairs(entries)]
    if over:
        from toolkit.cli.impact import dead_rows

        findings += dead_rows(entries, over)
    findings.sort(key=lambda one: (one.file, one.line))
    put(rendered(findings, kind, notices=notices))
    rows, files = counted(len(entries), "row"), counted(len({entry.file for entry in entries}), "file")
    say(f"{rows} in {files}: {summary(findings, notices=notices)}.")
    count = totals(findings)
    if count["errors"] or (strict and count["warnings"]):
        raise typer.Exit(ERROR)


@app.command(
    "impact",
    epilog=examples(
        "hien glossary impact glossaries/ seeds/",
        "hien glossary impact names.csv news/ --drafts --dead",
        "hien glossary impact glossaries/ news/ --format csv --output impact.csv",
    ),
)
@one_line_errors
def impact(
    glossary: Annotated[Path, typer.Argument(help="A glossary file or folder.", metavar="GLOSSARIES")],
    texts: Texts,
    more: Annotated[
        list[Path] | None, typer.Option("--glossary", help="A further glossary, repeatable.", metavar="PATH")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, json or csv.", metavar="FORMAT")] = "text",
    output: Output = None,
    dead: Dead = False,
    drafts: Drafts = False,
    source: From = None,
    target: To = None,
) -> None:
    """Show what a glossary would do to texts, before translating them.

    The hits of each row with three of their contexts; terms that another row's hit takes; places where a form stands
    within another word, where it is not found; and rows without a hit. No model is loaded.
    """
    from toolkit.cli.impact import measured, rendered, trouble
    from toolkit.files import write_atomically

    kind = cast("ImpactFormat", _one_of("format", form, ("text", "json", "csv")))
    found = measured([glossary, *(more or [])], texts, direction_of(source, target), drafts=drafts)
    text = rendered(found, kind, dead=dead)
    if output is None:
        put(text)
    else:
        # The mark tells Excel that a CSV file is UTF-8.
        write_atomically(output, text.encode("utf-8-sig" if kind == "csv" else "utf-8", "backslashreplace"))
        say(f"Written to {output}.")
    if trouble(found):
        raise typer.Exit(ERROR)


@app.command("list", epilog=examples("hien glossary list", "hien glossary list glossaries/ names.csv"))
@one_line_errors
def list_glossaries(paths: Glossaries = None) -> None:
    """Show the glossary files and how many rows each has."""
    from toolkit.cli.shelf import NUMBERS, described
    from toolkit.cli.table import aligned

    places = glossary_paths(paths)
    lines, closing = described(places, named=bool(paths))
    put(aligned(lines, right=NUMBERS))
    say(closing)
