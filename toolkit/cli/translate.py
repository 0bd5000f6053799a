"""`hien translate`: files, folders or standard input."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.common import ERROR, UNRESOLVED, From, To, direction_of, load_glossary, one_line_errors, say
from toolkit.errors import UsageError

EXAMPLES = (
    "Examples:  hien translate seeds/ --output out/  |  hien translate news.txt --glossary names.csv --strict  |  "
    "echo 'डाक सोंग जिला' | hien translate -  |  hien translate english/ --from en --to hi --model opus-mt"
)
STDIN = Path("-")


@one_line_errors
def translate(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders, or - for standard input.", metavar="PATHS…")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for translations and review files.")] = Path(
        "out"
    ),
    model: Annotated[str, typer.Option(help="Alias (see `hien model list`), hub id or folder.")] = "mini",
    engine: Annotated[str, typer.Option(help="ctranslate2, transformers or scripted.")] = "ctranslate2",
    glossary: Annotated[
        list[Path] | None,
        typer.Option(help="Glossary file or folder, repeatable. Default: glossaries/ here, else those that ship."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Enforce no terms.")] = False,
    beam: Annotated[int, typer.Option(min=1, help="Beam width; 1 is fastest.")] = 4,
    source: From = "hi",
    target: To = "en",
    second_look: Annotated[
        bool, typer.Option(help="Try sentences again that lost figures or fell into a loop.")
    ] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if a term is unresolved.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON on standard output.")] = False,
) -> None:
    """Translate documents and write review files beside the translations.

    Writes <name>.en.txt for each document, and review.xlsx, ledger.csv and report.json for all of them.
    """
    from toolkit.cli import run

    direction = direction_of(source, target)
    terms = load_glossary(glossary, no_glossary, direction)
    if STDIN in paths and len(paths) > 1:
        raise UsageError("- (standard input) cannot be mixed with files: translate them in two runs.")
    pipeline = run.load_pipeline(model, engine, beam, terms, second_look=second_look, quiet=quiet)
    if STDIN in paths:
        report = run.translate_stdin(pipeline, as_json=as_json)
    else:
        report = run.translate_paths(paths, output, pipeline, quiet=quiet)
    if as_json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    for failure in report["failed"]:
        say(f"Error: {failure['error']}")
    if report["failed"]:
        raise typer.Exit(ERROR)
    if strict and (unresolved := report["totals"]["terms"]["unresolved"]):
        say(f"Strict: {unresolved} terms are unresolved; see ledger.csv or the report.")
        raise typer.Exit(UNRESOLVED)
