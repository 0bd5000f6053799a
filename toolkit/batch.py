"""A folder in, its translations and review files out."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from toolkit import __version__, documents
from toolkit.errors import DocumentError, UsageError
from toolkit.languages import Direction
from toolkit.pipeline import Pipeline, Watcher
from toolkit.review import LedgerWriter, ReportBuilder, SegmentsWriter, Signature, WorkbookWriter, write_report
from toolkit.review.report import Report
from toolkit.review.segments import NAME as SEGMENTS
from toolkit.segment import Document

WORKBOOK = "review.xlsx"
LEDGER = "ledger.csv"
REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a run.

    Attributes:
        files: Each file to translate, with its name within the run.
        passed_over: Files found in folders that are named as translations are, such as `a.en.txt`.
    """

    files: tuple[tuple[Path, str], ...]
    passed_over: tuple[Path, ...] = ()


def find_sources(paths: Sequence[Path], output: Path, direction: Direction) -> Sources:
    """Find the files to translate.

    What lies in a folder and is named as a translation (`a.en.txt`) is passed over, so that a run never takes its own
    results, or those of an earlier one, for sources. A file that is itself named in `paths` is always taken.

    Args:
        paths: Files and folders.
        output: The folder for the translations.
        direction: Decides how translations are named.

    Raises:
        DocumentError: a path does not exist, or there is nothing to translate.
        UsageError: `output` is a file, or a translation would take the place of one of the sources.
    """
    if output.exists() and not output.is_dir():
        raise UsageError(f"--output {output}: is a file; name a folder.")
    named = {os.path.abspath(path) for path in paths}  # noqa: PTH100  # the way `documents.find` tells paths apart
    files: list[tuple[Path, str]] = []
    passed_over: list[Path] = []
    for path, name in documents.find(paths):
        if path.stem.endswith(f".{direction.target}") and os.path.abspath(path) not in named:  # noqa: PTH100
            passed_over.append(path)
        else:
            files.append((path, name))
    if not files:
        raise DocumentError(
            f"No document in {', '.join(map(str, paths))} but such as are named like translations: "
            f"{passed_over[0].name}; to translate one of them, name the file itself."
        )
    _require_safe(files, output, direction)
    return Sources(tuple(files), tuple(passed_over))


def _require_safe(files: Sequence[tuple[Path, str]], output: Path, direction: Direction) -> None:
    sources = {os.path.realpath(path) for path, _ in files}
    for path, name in files:
        place = output / target_name(name, direction)
        if os.path.realpath(place) in sources:
            raise UsageError(
                f"{place}: is to be translated itself and would be overwritten by the translation of {path}; "
                "choose another folder with --output."
            )


def translate_files(paths: Sequence[Path], output: Path, pipeline: Pipeline, watcher: Watcher | None = None) -> Report:
    """Translate files and folders and write all that belongs to the result.

    A document that cannot be read or written does not stop the others; the report names it.

    Args:
        paths: Files and folders.
        output: A folder; gets `<name>.en.txt` for each document, review.xlsx, ledger.csv, segments.jsonl and
            report.json.
        pipeline: The engine and the glossary.
        watcher: Is told how far it is.

    Returns:
        The report, as it stands in report.json.

    Raises:
        DocumentError: no document was found, or the review files cannot be written.
        UsageError: `output` is a file, or a translation would take the place of one of the sources.
    """
    return translate_sources(find_sources(paths, output, pipeline.direction), output, pipeline, watcher)


def translate_sources(sources: Sources, output: Path, pipeline: Pipeline, watcher: Watcher | None = None) -> Report:
    """Translate what `find_sources` found; see `translate_files`.

    Documents are read when it is their turn and let go when they are written.

    Raises:
        DocumentError: the review files cannot be written.
    """
    started = time.monotonic()
    watcher = watcher or Watcher()
    report = ReportBuilder(signature(pipeline))
    with WorkbookWriter(output / WORKBOOK, pipeline.direction) as workbook:
        with SegmentsWriter(output / SEGMENTS) as segments, LedgerWriter(output / LEDGER) as ledger:
            for document, name in _translated(sources, output, pipeline, watcher, report):
                segments.add(document)
                ledger.add(document)
                workbook.add(document, name)
                report.add(document, name)
        finished = report.finish(time.monotonic() - started)
        write_report(finished, output / REPORT)
        # Last, because it is the file that a spreadsheet may hold open: the others are there whatever comes of it.
        workbook.finish(finished)
    return finished


def _translated(
    sources: Sources, output: Path, pipeline: Pipeline, watcher: Watcher, report: ReportBuilder
) -> Iterator[tuple[Document, str]]:
    """The translated documents with the names of the files they were written to."""
    for document in pipeline.translate(_read(sources, pipeline, watcher, report), watcher):
        name = target_name(document.name, pipeline.direction)
        try:
            pipeline.write(document, output / name)
        except DocumentError as error:
            report.fail(document.path or document.name, error)
            continue
        yield document, name


def _read(sources: Sources, pipeline: Pipeline, watcher: Watcher, report: ReportBuilder) -> Iterator[Document]:
    """The documents that can be read; the watcher hears how many sentences there will be, as far as can be told."""
    sizes = [_size(path) for path, _ in sources.files]
    to_come, done, sentences = sum(sizes), 0, 0
    for (path, name), size in zip(sources.files, sizes, strict=True):
        watcher.stage("reading")
        to_come -= size
        try:
            document = pipeline.read(path, name)
        except DocumentError as error:
            report.fail(path, error)
            continue
        done += size
        sentences += sum(len(segment.sentences) for segment in document.segments)
        watcher.expect(sentences + round(sentences * to_come / max(done, 1)))
        yield document


def _size(path: Path) -> int:
    """Bytes of a file, 0 if it is gone: reading it will say so."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def target_name(name: str, direction: Direction) -> str:
    """The name of a translation: a/b.txt → a/b.en.txt."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{direction.target}{path.suffix}"))


def signature(pipeline: Pipeline) -> Signature:
    """Everything that decides what a pipeline's translations are."""
    engine = pipeline.engine.signature
    return Signature(
        toolkit_version=__version__,
        engine=engine["engine"],
        model=engine["model"],
        model_revision=engine["revision"],
        direction=str(pipeline.direction),
        decoding={"decoding": engine["decoding"], "second_look": pipeline.translator.second_look},
        glossary_hash=pipeline.glossary.hash if pipeline.glossary.entries else "",
        glossary_files=pipeline.glossary.files,
    )
