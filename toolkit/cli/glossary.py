"""`hien glossary`: look after the glossary files."""

from pathlib import Path
from typing import Annotated, TypeVar

import typer

from toolkit.cli.calibrate import EXAMPLES as CALIBRATE_EXAMPLES
from toolkit.cli.calibrate import calibrate
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


FindingForm = Annotated[str, typer.Option("--format", help="text, json or github.", metavar="FORMAT")]
ImpactForm = Annotated[str, typer.Option("--format", help="text, json or csv.", metavar="FORMAT")]
More = Annotated[list[Path] | None, typer.Option("--glossary", help="A further glossary, repeatable.", metavar="PATH")]

CHECK_EXAMPLES = examples(
    "hien glossary check",
    "hien glossary check glossaries/ names.csv --notices",
    "hien glossary check --over seeds/ --format json",
)
IMPACT_EXAMPLES = examples(
    "hien glossary impact glossaries/ seeds/",
    "hien glossary impact names.csv news/ --drafts --dead",
    "hien glossary impact glossaries/ news/ --format csv --output impact.csv",
)

_Word = TypeVar("_Word", bound=str)


def one_of(option: str, word: str, known: tuple[_Word, ...]) -> _Word:
    """The one of the known words that an option asks for.

    Raises:
        UsageError: it is none of them.
    """
    for one in known:
        if one == word:
            return one
    raise UsageError(f"--{option} {word}: choose from {', '.join(known)}.")


@app.callback()
def _glossary() -> None:
    """Check glossary files and try them on texts."""


@app.command("check", epilog=CHECK_EXAMPLES)
@one_line_errors
def check(
    paths: Glossaries = None,
    over: Over = None,
    form: FindingForm = "text",
    notices: Notices = False,
    strict: Strict = False,
) -> None:
    """Find rows that need a second look.

    Such as contradict each other, hide look-alike letters or catch ordinary words. Each finding names file, line and
    column and says what to do. Notices tell of rows beside each other: names that sound alike, forms within forms,
    forms that meet. Exits with 1 if there is an error.
    """
    from toolkit.cli.findings import FORMATS, found_in, rendered, summary, totals
    from toolkit.glossary.table import read_glossaries

    kind = one_of("format", form, FORMATS)
    entries = read_glossaries(glossary_paths(paths))
    findings = found_in(entries, over or [])
    put(rendered(findings, kind, notices=notices))
    rows, files = counted(len(entries), "row"), counted(len({entry.file for entry in entries}), "file")
    say(f"{rows} in {files}: {summary(findings, notices=notices)}.")
    count = totals(findings)
    if count["errors"] or (strict and count["warnings"]):
        raise typer.Exit(ERROR)


@app.command("impact", epilog=IMPACT_EXAMPLES)
@one_line_errors
def impact(
    glossary: Annotated[Path, typer.Argument(help="A glossary file or folder.", metavar="GLOSSARIES")],
    texts: Texts,
    more: More = None,
    form: ImpactForm = "text",
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
    from toolkit.cli.impact import FORMATS, deliver, measured

    kind = one_of("format", form, FORMATS)
    found = measured([glossary, *(more or [])], texts, direction_of(source, target), drafts=drafts)
    deliver(found, kind, output, dead=dead)
    for message in found.failed:
        say(f"Error: {message}")
    if found.failed:
        raise typer.Exit(ERROR)


app.command("calibrate", epilog=CALIBRATE_EXAMPLES)(calibrate)


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
