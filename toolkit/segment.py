"""The frozen records that every stage takes and returns.

A `Document` is a file cut into `Segment`s (paragraphs) and the gaps between them; a `Segment` carries all that later
stages need, so nothing waits in an object on the side. Offsets are in code points of the raw text, end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

Kind = Literal["name", "term", "pattern"]
Tier = Literal["exact", "loose", "inflected"]
Status = Literal["right", "repaired", "unresolved"]
Origin = Literal["engine", "memory", "copied"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class TermHit:
    """One occurrence of a glossary row in a source.

    Attributes:
        row: Which row, as `file:line`, for people to find it.
        start: Raw offset in the source.
        end: Raw offset in the source, exclusive.
        surface: The source text between the two, as written there.
        form: The row's source form or variant that matched.
        target: The approved form, number slots filled.
        accepted: Other target forms that count as right, slots filled.
        forbidden: Target forms that are replaced on sight, slots filled.
        kind: name, term or pattern.
        tier: How the form matched: exact, loose (spelling variation folded) or inflected.
    """

    row: str
    start: int
    end: int
    surface: str
    form: str
    target: str
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    kind: Kind = "name"
    tier: Tier = "exact"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change made to an engine's output.

    Edits of a sentence apply in order: `start` counts in the text as the edits before have left it.

    Attributes:
        start: Where `before` stands.
        before: The text that was there.
        after: The text that is there now.
        step: The step of the ladder that made the change.
        row: The glossary row that asked for it, as `file:line`.
        evidence: Why this span, for people.
    """

    start: int
    before: str
    after: str
    step: str
    row: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TermOutcome:
    """What became of one term occurrence: the row it adds to the ledger.

    Attributes:
        hit: The occurrence, with offsets in the segment's source.
        status: right (the engine had it), repaired, or unresolved.
        start: Offset of the approved form in the segment's target; None when unresolved.
        end: Its end, exclusive; None when unresolved.
        step: The ladder step that repaired it; empty otherwise.
        evidence: Why it counts as right, why this span was repaired, or why nothing could be done.
    """

    hit: TermHit
    status: Status
    start: int | None = None
    end: int | None = None
    step: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding of a quality check on one segment.

    Attributes:
        check: The check's name, such as `numbers`.
        message: What is wrong, in a translator's words.
        severity: error (surely wrong) or warning (look at it).
    """

    check: str
    message: str
    severity: Severity = "warning"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation that an engine proposes for one sentence.

    Attributes:
        text: The detokenised translation.
        score: Length-normalised log-probability (natural log); higher is better.
        pieces: Target pieces of the model.
        source_pieces: Source pieces of the model, the closing one included.
    """

    text: str
    score: float = 0.0
    pieces: tuple[str, ...] = ()
    source_pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which part of a source each part of its translation looks at.

    Attributes:
        source: Raw span in the source of each source piece.
        target: Raw span in the translation of each target piece.
        weights: One row per target piece, one column per source piece; a row sums to 1 but for what lies on the end
            sign. Empty where the texts could not be aligned.
    """

    source: tuple[tuple[int, int], ...] = ()
    target: tuple[tuple[int, int], ...] = ()
    weights: tuple[tuple[float, ...], ...] = ()

    def weight(self, target: tuple[int, int], source: tuple[int, int]) -> float:
        """The share of the attention of a span of the translation that lies on a span of the source, from 0 to 1."""
        columns = [place for place, span in enumerate(self.source) if _meet(span, source)]
        rows = [row for span, row in zip(self.target, self.weights, strict=True) if _meet(span, target)]
        return sum(row[place] for row in rows for place in columns) / len(rows) if rows else 0.0


def _meet(ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    return ours[0] < theirs[1] and theirs[0] < ours[1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of a paragraph that is translated in one go.

    Attributes:
        start: Offset in the paragraph.
        source: The text with its trailing white space, so that joining all sources gives the paragraph.
        hypothesis: What the engine said, without trailing white space.
        target: The final translation, without trailing white space.
        edits: The changes that led from `hypothesis` to `target`, in order.
    """

    start: int
    source: str
    hypothesis: str = ""
    target: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def body(self) -> str:
        """The source without its trailing white space: what the engine is given."""
        return self.source.rstrip()

    @property
    def gap(self) -> str:
        """The trailing white space, which the target takes over."""
        return self.source[len(self.source.rstrip()) :]


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph on its way from source to checked target.

    Attributes:
        id: Document, position and a hash of the source; stable over runs.
        source: The paragraph as it stands in the file.
        hits: Term occurrences in it, in order.
        sentences: Its parts; joining their sources gives `source`.
        hypothesis: What the engine said.
        target: The translation after the glossary was enforced.
        outcomes: One per hit, in the order of the hits.
        issues: What the checks found.
        origin: Who made the target: the engine, a memory, or nobody (copied).
    """

    id: str
    source: str
    hits: tuple[TermHit, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    hypothesis: str = ""
    target: str = ""
    outcomes: tuple[TermOutcome, ...] = ()
    issues: tuple[Issue, ...] = ()
    origin: Origin = "engine"

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All changes to the engine's output, sentence by sentence."""
        return tuple(edit for sentence in self.sentences for edit in sentence.edits)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as segments and the text between them.

    Attributes:
        name: Path relative to the folder that was named, with `/`; unique within a run.
        segments: The paragraphs in order.
        gaps: What stands before, between and after them (line ends, blank lines, indentation);
            one more than there are segments. `gaps[0] + segments[0].source + gaps[1] + …` is the file's text.
        path: Where it was read from; None for text that came through a pipe.
        meta: What the reader wants back when it writes (encoding, byte order mark).
    """

    name: str
    segments: tuple[Segment, ...]
    gaps: tuple[str, ...]
    path: Path | None = None
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The translation: the targets of the segments between the gaps of the source."""
        targets = (segment.target for segment in self.segments)
        return self.gaps[0] + "".join(target + gap for target, gap in zip(targets, self.gaps[1:], strict=True))


def segment_id(document: str, position: int, source: str) -> str:
    """The id of a paragraph: `document:position:hash`, position counted from 1."""
    return f"{document}:{position}:{sha256(source.encode()).hexdigest()[:8]}"
