"""The stages called in order, and nothing else."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import checks, documents, glossary, segmentation
from toolkit.engines import Engine, load_engine
from toolkit.glossary import Glossary
from toolkit.glossary.enforcer import Workshop, enforce
from toolkit.segment import Document
from toolkit.translation import Translator, acceptable

BATCH_SENTENCES = 4096  # about what keeps all cores busy; more only costs memory


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to know how far a translation is.

    Attributes:
        advance: Called with the number of sentences just translated.
        stage: Called with the name of what is done now.
        expect: Called with the number of sentences there will be in all, an estimate until the last file is read.
    """

    advance: Callable[[int], None] = lambda count: None
    stage: Callable[[str], None] = lambda name: None
    expect: Callable[[int], None] = lambda count: None


class Pipeline:
    """An engine and a glossary, ready for documents.

    Args:
        engine: What translates; the bundled model unless given.
        glossary: The terms to enforce; none unless given.
        second_look: Whether sentences that visibly went wrong are tried in other ways.
    """

    def __init__(
        self, engine: Engine | None = None, glossary: Glossary | None = None, *, second_look: bool = True
    ) -> None:
        self.engine = engine if engine is not None else load_engine()
        self.direction = self.engine.direction
        self.glossary = glossary if glossary is not None else Glossary(direction=self.direction)
        self.translator = Translator(self.engine, second_look=second_look)
        self._workshop = Workshop(
            names=self.glossary.names,
            candidates=self.translator.candidates,
            clause_candidates=self.translator.clause_candidates,
            align=self.translator.align,
            renderings=self.translator.calibration.renderings,
            accept=acceptable(self.direction),
        )

    def read(self, path: Path, name: str | None = None) -> Document:
        """Read a file, find its terms and split its paragraphs; no engine call.

        Raises:
            DocumentError: the file cannot be read.
        """
        return self.prepare(documents.read(path, name))

    def prepare(self, document: Document) -> Document:
        """Find the terms of a document and split its paragraphs into sentences; no engine call."""
        found = (glossary.find(segment, self.glossary) for segment in document.segments)
        return replace(document, segments=tuple(segmentation.split(segment, self.engine.fits) for segment in found))

    def translate(self, prepared: Iterable[Document], watcher: Watcher | None = None) -> Iterator[Document]:
        """Translate, enforce and check prepared documents, many at a time; they come back in order."""
        watcher = watcher or Watcher()
        for batch in _batches(prepared):
            segments = [segment for document in batch for segment in document.segments]
            watcher.stage("translating")
            translated = self.translator.translate(segments, watcher.advance)
            watcher.stage("enforcing terms")
            enforced = enforce(translated, self._workshop)
            watcher.stage("checking")
            checked = iter([checks.check(segment, self.direction) for segment in enforced])
            for document in batch:
                yield replace(document, segments=tuple(next(checked) for _ in document.segments))

    def write(self, document: Document, path: Path) -> None:
        """Write the translation of a document, in the form of its source.

        Raises:
            DocumentError: the file cannot be written.
        """
        documents.write(document, path)


def translate(text: str, *, glossary: Glossary | None = None, engine: Engine | None = None) -> Document:
    """Translate a text.

    Args:
        text: One paragraph a line.
        glossary: The terms to enforce; none unless given.
        engine: What translates; the bundled model unless given.

    Returns:
        A document: its `target` is the translation, its segments hold hits, outcomes and issues.
    """
    pipeline = Pipeline(engine, glossary)
    prepared = pipeline.prepare(documents.from_text(text, "text"))
    return next(pipeline.translate([prepared]))


def _batches(prepared: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    waiting = 0
    for document in prepared:
        batch.append(document)
        waiting += sum(len(segment.sentences) for segment in document.segments)
        if waiting >= BATCH_SENTENCES:
            yield batch
            batch, waiting = [], 0
    if batch:
        yield batch
