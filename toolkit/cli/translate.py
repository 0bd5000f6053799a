"""`hien translate`: files, folders or standard input."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.common import (
    ERROR,
    UNRESOLVED,
    From,
    To,
    counted,
    direction_of,
    examples,
    load_glossary,
    one_line_errors,
    put,
    say,
)
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.review.report import Report

EXAMPLES = examples(
    "hien translate seeds/ --output out/",
    "hien translate news.txt --glossary names.csv --strict",
    "echo 'डाक सोंग जिला' | hien translate -",
    "hien translate english/ --from en --model opus-mt",
)
STDIN = Path("-")


Paths = Annotated[list[Path], typer.Argument(help="Files and folders, or - for standard input.", metavar="PATH")]
Output = Annotated[Path, typer.Option("--output", "-o", help="For translations and review files.", metavar="FOLDER")]
Model = Annotated[str, typer.Option(help="Alias (see `hien model list`), hub id or folder.", metavar="MODEL")]
Engine = Annotated[str, typer.Option(help="ctranslate2, transformers or scripted.", metavar="ENGINE")]
Glossaries = Annotated[
    list[Path] | None,
    typer.Option(
        help="Glossary file or folder, repeatable. Default: glossaries/ here, else those that ship.", metavar="PATH"
    ),
]
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Enforce no terms.")]
Beam = Annotated[int, typer.Option(min=1, help="Beam width; 1 is fastest.", metavar="N")]
SecondLook = Annotated[bool, typer.Option(help="Try sentences again that lost figures or fell into a loop.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 3 if a term is unresolved.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; only errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON on standard output.")]


@one_line_errors
def translate(
    paths: Paths,
    output: Output = Path("out"),
    model: Model = "mini",
    engine: Engine = "ctranslate2",
    glossary: Glossaries = None,
    no_glossary: NoGlossary = False,
    beam: Beam = 4,
    source: From = None,
    target: To = None,
    second_look: SecondLook = True,
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Translate documents and write review files.

    Writes <name>.en.txt for each document, and review.xlsx, ledger.csv and report.json for all of them. Standard input
    is translated to standard output, and no file is written.
    """
    from toolkit.batch import find_sources
    from toolkit.cli import run

    direction = direction_of(source, target)
    piped = STDIN in paths
    if piped and len(paths) > 1:
        raise UsageError("- (standard input) cannot be mixed with files: translate them in two runs.")
    sources = None if piped else find_sources(paths, output, direction)
    terms = load_glossary(glossary, no_glossary, direction)
    pipeline = run.load_pipeline(model, engine, beam, terms, second_look=second_look, quiet=quiet)
    if sources is None:
        report = run.translate_stdin(pipeline, as_json=as_json, quiet=quiet)
    else:
        report = run.translate_paths(sources, output, pipeline, quiet=quiet)
    if as_json:
        put(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    _conclude(report, strict=strict)


def _conclude(report: "Report", *, strict: bool) -> None:
    """Says what failed and ends with the exit code that goes with it."""
    for failure in report["failed"]:
        say(f"Error: {failure['error']}")
    if report["failed"]:
        raise typer.Exit(ERROR)
    if strict and (unresolved := report["totals"]["terms"]["unresolved"]):
        say(f"Strict: {counted(unresolved, 'term')} unresolved.")
        raise typer.Exit(UNRESOLVED)
