"""The stages called in order, and nothing else."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from toolkit import checks, documents, glossary, segmentation
from toolkit.engines import Engine, Progress, load_engine
from toolkit.glossary import Glossary
from toolkit.glossary.enforcer import Workshop, enforce
from toolkit.segment import Document, Segment
from toolkit.translation import Translator, acceptable

BATCH_SENTENCES = 4096  # about what keeps all cores busy; more only costs memory


class Pipeline:
    """An engine and a glossary, ready for documents.

    Args:
        engine: What translates; the bundled model unless given.
        terms: The glossary to enforce; none unless given.
        second_look: Whether sentences that visibly went wrong are tried in other ways.
    """

    def __init__(
        self, engine: Engine | None = None, terms: Glossary | None = None, *, second_look: bool = True
    ) -> None:
        self.engine = engine if engine is not None else load_engine()
        self.terms = terms if terms is not None else Glossary(direction=self.engine.direction)
        self._translator = Translator(self.engine, second_look=second_look)
        self._workshop = Workshop(self.terms.names, self._translator.candidates, acceptable(self.engine.direction))

    def prepare(self, document: Document) -> Document:
        """Find the terms of a document and split its paragraphs into sentences; cheap, needs no engine call."""
        found = (glossary.find(segment, self.terms) for segment in document.segments)
        return replace(document, segments=tuple(segmentation.split(segment, self.engine.fits) for segment in found))

    def translate(self, prepared: Iterable[Document], progress: Progress | None = None) -> Iterator[Document]:
        """Translate, enforce and check prepared documents, many at a time; they come back in order.

        Args:
            prepared: What `prepare` returned.
            progress: Called with the number of sentences just finished.
        """
        for batch in _batches(prepared):
            segments = [segment for document in batch for segment in document.segments]
            translated = self._translated(segments, progress)
            enforced = enforce(translated, self._workshop)
            checked = iter([checks.check(segment, self.engine.direction) for segment in enforced])
            for document in batch:
                yield replace(document, segments=tuple(next(checked) for _ in document.segments))

    def _translated(self, segments: list[Segment], progress: Progress | None) -> list[Segment]:
        bodies = [sentence.body for segment in segments for sentence in segment.sentences]
        counted = _counting(progress, len(bodies))
        hypotheses = iter(self._translator.translate(bodies, counted))
        translated = []
        for segment in segments:
            sentences = tuple(replace(sentence, hypothesis=next(hypotheses)) for sentence in segment.sentences)
            translated.append(
                replace(
                    segment,
                    sentences=sentences,
                    hypothesis="".join(sentence.hypothesis + sentence.gap for sentence in sentences),
                    origin="copied" if all(s.hypothesis == s.body for s in sentences) else "engine",
                )
            )
        return translated


def translate(text: str, *, terms: Glossary | None = None, engine: Engine | None = None) -> Document:
    """Translate a text: read, find, split, translate, enforce, check.

    Args:
        text: One paragraph a line.
        terms: The glossary to enforce; none unless given.
        engine: What translates; the bundled model unless given.

    Returns:
        A document whose `target` is the translation and whose segments hold hits, outcomes and issues.
    """
    pipeline = Pipeline(engine, terms)
    document = pipeline.prepare(documents.from_text(text, "text"))
    return next(pipeline.translate([document]))


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


def _counting(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    """Passes progress on and never counts past the total; what was copied or repeated is counted at the end."""
    return progress
