"""A translation run as the user sees it: progress while it goes on, a table when it is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toolkit import documents
from toolkit.batch import LEDGER, REPORT, WORKBOOK, Sources, signature, translate_sources
from toolkit.cli.common import counted, put, say
from toolkit.engines import Decoding, load_engine
from toolkit.errors import DocumentError
from toolkit.glossary import Glossary
from toolkit.pipeline import Pipeline, Watcher
from toolkit.review import ReportBuilder
from toolkit.review.report import Report

STDIN = "standard input"
UNRESOLVED_NAME = "Terms unresolved"
TERMS_SHOWN = 5  # unresolved terms named on stderr


def load_pipeline(
    model: str, engine: str, beam: int, glossary: Glossary, *, second_look: bool, quiet: bool
) -> Pipeline:
    """The engine and the glossary, loaded; says so on stderr where a person waits for it."""
    if not quiet and sys.stderr.isatty():
        say(f"Loading {model} …")
    loaded = load_engine(model, engine=engine, direction=glossary.direction, decoding=Decoding(beam))
    return Pipeline(loaded, glossary, second_look=second_look)


def translate_stdin(pipeline: Pipeline, *, as_json: bool, quiet: bool) -> Report:
    """Translate standard input to standard output.

    With `as_json` nothing is printed; the report holds the translation under the key "translation". Unresolved terms
    are named on stderr, since there is no ledger to name them.

    Raises:
        DocumentError: the input is not UTF-8 text.
    """
    started = time.monotonic()
    if sys.stdin is None:  # as Python has it where the caller closed it
        raise DocumentError(f"{STDIN}: is closed; pipe a text into hien, or name a file.")
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{STDIN}: not UTF-8 (byte {error.start}); convert it with `iconv -t UTF-8`.") from None
    prepared = pipeline.prepare(documents.from_text(text, STDIN))
    report = ReportBuilder(signature(pipeline))
    (document,) = pipeline.translate([prepared])
    report.add(document, "standard output")
    finished = report.finish(time.monotonic() - started)
    translation = documents.to_text(document)
    if as_json:
        return finished | {"translation": translation}
    put(translation)
    if finished["unresolved"] and not quiet:
        _name_unresolved(finished)
    return finished


def _name_unresolved(report: Report) -> None:
    names = dict.fromkeys(f"{term['source_text']} → {term['target']}" for term in report["unresolved"])
    more = f" and {len(names) - TERMS_SHOWN} more" if len(names) > TERMS_SHOWN else ""
    say(f"Unresolved: {', '.join(list(names)[:TERMS_SHOWN])}{more}.")


def translate_paths(sources: Sources, output: Path, pipeline: Pipeline, *, quiet: bool) -> Report:
    """Translate files; shows a progress bar in a terminal, and closes with a table on stderr.

    Raises:
        DocumentError: the review files cannot be written.
    """
    if quiet:
        return translate_sources(sources, output, pipeline)
    if sources.passed_over:
        left = counted(len(sources.passed_over), "file")
        say(f"Passed over {left} named like translations, such as {sources.passed_over[0]}; name a file to take it.")
    with _progress() as watcher:
        report = translate_sources(sources, output, pipeline, watcher)
    _summarise(report, output)
    return report


@contextmanager
def _progress() -> Iterator[Watcher]:
    """A progress bar on stderr, gone when the block ends; nothing where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<15}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sentences"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        yield Watcher(
            advance=lambda count: progress.update(task, advance=count),
            stage=lambda name: progress.update(task, description=name),
            expect=lambda count: progress.update(task, total=count),
        )


def _summarise(report: Report, output: Path) -> None:
    for name, value, remark in _summary(report):
        say(f"{name:<16}  {value:>9}  {remark}".rstrip())
        if name == UNRESOLVED_NAME:
            for line in _unresolved_most(report):
                say(f"{'':<16}  {line}")
    done = report["documents"]
    if done:
        say(f"Translations:     {output / done[0]['output'] if len(done) == 1 else output}")
    say(f"For review:       {output / WORKBOOK}")
    say(f"Every term:       {output / LEDGER}")


def _unresolved_most(report: Report) -> Iterator[str]:
    """The glossary rows that are unresolved most often, each with how often and out of how many occurrences."""
    rows = sorted((row for row in report["terms"] if row["unresolved"]), key=lambda row: -row["unresolved"])
    for row in rows[:TERMS_SHOWN]:
        yield (
            f"{row['unresolved']:,} of {row['hits']:,}".rjust(9) + f"  {row['source']} → {row['target']} ({row['row']})"
        )


def _summary(report: Report) -> Iterator[tuple[str, str, str]]:
    """Name, number and remark of each line."""
    totals, terms, timing = report["totals"], report["totals"]["terms"], report["timing"]
    steps = ", ".join(f"{count:,} by {step}" for step, count in terms["steps"].items())
    issues = ", ".join(f"{count:,} {name}" for name, count in totals["issues"].items())
    listed = f"listed in {REPORT} and {LEDGER}" if terms["unresolved"] else ""
    yield "Documents", f"{totals['documents']:,}", f"{totals['failed']:,} failed" if totals["failed"] else ""
    yield "Paragraphs", f"{totals['paragraphs']:,}", counted(totals["sentences"], "sentence")
    yield "Terms right", f"{terms['right']:,}", "the engine had them" if terms["right"] else ""
    yield "Terms repaired", f"{terms['repaired']:,}", steps
    yield UNRESOLVED_NAME, f"{terms['unresolved']:,}", listed
    yield "Issues", f"{sum(totals['issues'].values()):,}", issues
    yield "Seconds", f"{timing['seconds']:,.1f}", f"{timing['sentences_per_second'] or 0:,.1f} sentences a second"
