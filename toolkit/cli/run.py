"""A translation run as the user sees it: progress while it goes on, a table when it is done."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from toolkit import documents
from toolkit.batch import LEDGER, REPORT, WORKBOOK, read_files, signature, translate_files
from toolkit.cli.common import say
from toolkit.engines import Decoding, load_engine
from toolkit.errors import DocumentError
from toolkit.glossary import Glossary
from toolkit.pipeline import Pipeline, Watcher
from toolkit.review import ReportBuilder
from toolkit.review.report import Report


def load_pipeline(
    model: str, engine: str, beam: int, glossary: Glossary, *, second_look: bool, quiet: bool
) -> Pipeline:
    """The engine and the glossary, loaded; says so on stderr where a person waits for it."""
    if not quiet and sys.stderr.isatty():
        say(f"Loading {model} …")
    loaded = load_engine(model, engine=engine, direction=glossary.direction, decoding=Decoding(beam))
    return Pipeline(loaded, glossary, second_look=second_look)


def translate_stdin(pipeline: Pipeline, *, as_json: bool) -> Report:
    """Translate standard input to standard output; with `as_json` only the report is printed, by the caller.

    Raises:
        DocumentError: the input is not UTF-8.
    """
    started = time.monotonic()
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"Standard input is not UTF-8 (byte {error.start}); convert it with iconv -t UTF-8."
        ) from None
    prepared = pipeline.prepare(documents.from_text(text, "stdin"))
    report = ReportBuilder(signature(pipeline))
    for document in pipeline.translate([prepared]):
        report.add(document, "stdout")
        if not as_json:
            sys.stdout.write(document.target)
    return report.finish(time.monotonic() - started)


def translate_paths(paths: Sequence[Path], output: Path, pipeline: Pipeline, *, quiet: bool) -> Report:
    """Translate files with a progress bar and a closing table on stderr.

    Raises:
        DocumentError: no document was found, or the review files cannot be written.
    """
    files = read_files(paths, output, pipeline)
    if quiet:
        return translate_files(paths, output, pipeline, files=files)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:<15}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sentences"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=files.sentences, rate="")

        def advance(count: int) -> None:
            progress.update(task, advance=count)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{speed:.0f}/s" if speed else "")

        def stage(name: str) -> None:
            progress.update(task, description=name)

        report = translate_files(paths, output, pipeline, Watcher(advance, stage), files=files)
    _summarise(console, report, output)
    return report


def _summarise(console: "object", report: Report, output: Path) -> None:
    from rich.table import Table

    totals, terms, timing = report["totals"], report["totals"]["terms"], report["timing"]
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    steps = ", ".join(f"{count} by {step}" for step, count in terms["steps"].items())
    issues = ", ".join(f"{count} {name}" for name, count in totals["issues"].items())
    rows = (
        ("Documents", len(report["documents"]), f"{len(report['failed'])} failed" if report["failed"] else ""),
        ("Paragraphs", totals["paragraphs"], f"{totals['sentences']} sentences"),
        ("Terms right", terms["right"], "the engine had them"),
        ("Terms repaired", terms["repaired"], steps),
        ("Terms unresolved", terms["unresolved"], f"listed in {REPORT} and {LEDGER}" if terms["unresolved"] else ""),
        ("Issues", sum(totals["issues"].values()), issues),
        ("Sentences/s", f"{timing['sentences_per_second']:.1f}", f"{timing['seconds']:.1f} s in all"),
    )
    for name, value, remark in rows:
        table.add_row(name, str(value), remark)
    console.print(table)  # type: ignore[attr-defined]
    first = report["documents"][0]["output"] if report["documents"] else None
    say(f"Translations:  {output / first if first and len(report['documents']) == 1 else output}")
    say(f"For review:    {output / WORKBOOK}")
    say(f"Every term:    {output / LEDGER}")
