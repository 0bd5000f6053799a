"""An engine over a test set: without terms, with the set's own terms, with wrong ones.

Three modes: `none` shows what the engine does by itself, `proper` what the glossary adds, `decoy` whether the glossary
is obeyed or merely agreed with (`TermSet.decoy`).
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.engines import Engine
from toolkit.evaluation.sets import TermSet
from toolkit.glossary import Glossary
from toolkit.pipeline import Pipeline, Watcher
from toolkit.review import replay
from toolkit.segment import Document, Segment, TermOutcome, segment_id

Mode = Literal["none", "proper", "decoy"]

MODES: tuple[Mode, ...] = ("none", "proper", "decoy")


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a test set in one mode.

    Attributes:
        mode: none, proper or decoy.
        terms: The set with the targets that the glossary asked for.
        segments: The translated segments, in the order of the set.
        seconds: Wall clock time of translation, enforcement and checks.
        cpu_seconds: Processor time of the same, all threads together; steadier on a busy machine.
        outside: Segments whose target differs from the hypothesis in more than what the edits say; always 0, or the
            account is wrong.
    """

    mode: Mode
    terms: TermSet
    segments: tuple[Segment, ...]
    seconds: float
    cpu_seconds: float
    outside: int

    @property
    def texts(self) -> list[str]:
        """The translations."""
        return [segment.target for segment in self.segments]

    @property
    def outcomes(self) -> tuple[TermOutcome, ...]:
        """What became of each term occurrence that the glossary found."""
        return tuple(outcome for segment in self.segments for outcome in segment.outcomes)

    @property
    def steps(self) -> Mapping[str, int]:
        """Occurrences that were right, repaired (by step) and unresolved, most frequent repairs first."""
        outcomes = self.outcomes
        repaired = Counter(outcome.step for outcome in outcomes if outcome.status == "repaired")
        right, missing = (sum(o.status == status for o in outcomes) for status in ("right", "unresolved"))
        return {"right": right, **dict(repaired.most_common()), "unresolved": missing}


def run(terms: TermSet, mode: Mode, engine: Engine, watcher: Watcher | None = None) -> Run:
    """Translate a test set in one mode.

    Args:
        terms: The set.
        mode: none, proper or decoy.
        engine: What translates; nothing it learned in an earlier run is used again.
        watcher: Who wants to know how far it is.
    """
    wanted = terms.decoy() if mode == "decoy" else terms
    pipeline = Pipeline(engine, Glossary() if mode == "none" else wanted.glossary)
    prepared = pipeline.prepare(_document(terms))
    if watcher is not None:
        watcher.expect(sum(len(segment.sentences) for segment in prepared.segments))
    for segment in prepared.segments[:1]:
        engine.translate([segment.sentences[0].body])  # what an engine does once, on its first call, is not counted
    wall, cpu = time.perf_counter(), time.process_time()
    (document,) = pipeline.translate([prepared], watcher)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Run(mode, wanted, document.segments, wall, cpu, sum(map(_outside, document.segments)))


def changed_without_terms(plain: Sequence[Segment], others: Sequence[Segment]) -> int:
    """Segments in which the glossary found nothing and that yet came out otherwise than without it; always 0."""
    pairs = zip(plain, others, strict=True)
    return sum(not other.hits and other.target != segment.target for segment, other in pairs)


def _document(terms: TermSet) -> Document:
    """The set as a document, one paragraph a segment whatever stands in it."""
    sources = [item.source for item in terms.items]
    segments = [Segment(segment_id(terms.name, number, source), source) for number, source in enumerate(sources, 1)]
    return Document(terms.name, tuple(segments), ("", *("\n" for _ in segments)))


def _outside(segment: Segment) -> bool:
    """Whether a segment's target holds a change that its edits do not say."""
    try:
        targets = (replay(sentence) + sentence.gap for sentence in segment.sentences)
        return "".join(targets) != segment.target
    except ValueError:
        return True
