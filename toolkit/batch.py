"""A folder in, its translations and review files out."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from toolkit import __version__, documents
from toolkit.errors import DocumentError
from toolkit.languages import Direction
from toolkit.pipeline import Pipeline, Watcher
from toolkit.review import LedgerWriter, ReportBuilder, Signature, WorkbookWriter, write_report
from toolkit.review.report import Report
from toolkit.segment import Document

WORKBOOK = "review.xlsx"
LEDGER = "ledger.csv"
REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class Files:
    """The documents of a run, read and prepared.

    Attributes:
        documents: Those that could be read, in order.
        failed: Those that could not, with the reason.
    """

    documents: tuple[Document, ...]
    failed: Mapping[Path, DocumentError]

    @property
    def sentences(self) -> int:
        """How many sentences there are to translate."""
        return sum(len(segment.sentences) for document in self.documents for segment in document.segments)


def read_files(paths: Sequence[Path], output: Path, pipeline: Pipeline) -> Files:
    """Find and read documents; one that cannot be read does not stop the others.

    Args:
        paths: Files and folders.
        output: Where translations go; what lies in there is no source.
        pipeline: Finds terms and splits.

    Raises:
        DocumentError: a path does not exist, or no document was found.
    """
    prepared: list[Document] = []
    failed: dict[Path, DocumentError] = {}
    inside = output.resolve()
    for path, name in documents.find(paths):
        if inside in path.resolve().parents:
            continue
        try:
            prepared.append(pipeline.read(path, name))
        except DocumentError as error:
            failed[path] = error
    return Files(tuple(prepared), failed)


def translate_files(
    paths: Sequence[Path],
    output: Path,
    pipeline: Pipeline,
    watcher: Watcher | None = None,
    *,
    files: Files | None = None,
) -> Report:
    """Translate files and folders and write all that belongs to the result.

    Args:
        paths: Files and folders.
        output: A folder; gets `<name>.en.txt` for each document, review.xlsx, ledger.csv and report.json.
        pipeline: The engine and the glossary.
        watcher: Is told how far it is.
        files: What `read_files` returned, if it was called before.

    Returns:
        The report, as it stands in report.json.

    Raises:
        DocumentError: no document was found, or the review files cannot be written.
    """
    started = time.monotonic()
    files = files if files is not None else read_files(paths, output, pipeline)
    report = ReportBuilder(signature(pipeline))
    for path, error in files.failed.items():
        report.fail(path, error)
    with ExitStack() as writers:
        ledger = writers.enter_context(LedgerWriter(output / LEDGER))
        workbook = writers.enter_context(WorkbookWriter(output / WORKBOOK, pipeline.direction))
        for document, name in _written(files, output, pipeline, watcher, report):
            ledger.add(document)
            workbook.add(document, name)
            report.add(document, name)
        finished = report.finish(time.monotonic() - started)
        workbook.finish(finished)
    write_report(finished, output / REPORT)
    return finished


def _written(
    files: Files, output: Path, pipeline: Pipeline, watcher: Watcher | None, report: ReportBuilder
) -> Iterator[tuple[Document, str]]:
    """The translated documents with the names of the files they were written to."""
    for document in pipeline.translate(files.documents, watcher):
        name = target_name(document.name, pipeline.direction)
        try:
            pipeline.write(document, output / name)
        except DocumentError as error:
            report.fail(output / name, error)
            continue
        yield document, name


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
