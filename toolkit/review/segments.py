"""`segments.jsonl`: all that a run knows of each paragraph, one JSON object a line, to be read back as it was.

An object has the document's name, the paragraph's position from 1 and the fields of `toolkit.segment.Segment`; fields
that have their default are left out, and outcomes stand in the order of the hits that they are about.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from toolkit.errors import DocumentError
from toolkit.files import remedied
from toolkit.review.staged import StagedText
from toolkit.segment import Document, Edit, Issue, Segment, Sentence, TermHit, TermOutcome

NAME = "segments.jsonl"

_Record = TypeVar("_Record")
_HINTS: Mapping[type, Mapping[str, Any]] = {
    kind: get_type_hints(kind) for kind in (Segment, Sentence, TermHit, TermOutcome, Edit, Issue)
}


class Placed(NamedTuple):
    """A paragraph and where it stands.

    Attributes:
        document: The document's name.
        position: Which of its paragraphs, from 1.
        segment: The paragraph.
    """

    document: str
    position: int
    segment: Segment


class SegmentsWriter(StagedText):
    """Writes `segments.jsonl` line by line; the file is put in place when the block ends without an error.

    Raises:
        DocumentError: the file cannot be written.
    """

    def add(self, document: Document) -> None:
        """Writes one line for every paragraph of a document.

        Raises:
            ValueError: the outcomes of a paragraph are not those of its hits.
        """
        with remedied(self.path):
            for position, segment in enumerate(document.segments, 1):
                line = as_dict(Placed(document.name, position, segment))
                self.file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def segments_file(out: Path) -> Path:
    """Where the paragraphs of a run stand.

    Args:
        out: The folder of the run.

    Raises:
        DocumentError: there is none; says what to do.
    """
    path = out / NAME
    if not path.is_file():
        problem = "no such folder" if not out.is_dir() else f"has no {NAME}"
        raise DocumentError(f"{out}: {problem}; name the --output of a finished `hien translate`, or run it again.")
    return path


def read_segments(path: Path) -> Iterator[Placed]:
    """The paragraphs of a run, in order, read line by line.

    Raises:
        DocumentError: the file is missing, cannot be read, or was not written by this version.
    """
    with remedied(path, "cannot be read"), path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                data = json.loads(line)
                yield Placed(data["document"], data["position"], _segment(data))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                problem = f"{path}:{number}: is not a paragraph as this version of hien writes it"
                raise DocumentError(f"{problem}; run `hien translate` again.") from error


def as_dict(placed: Placed) -> dict[str, Any]:
    """A paragraph as a line of `segments.jsonl` has it.

    Raises:
        ValueError: its outcomes are not those of its hits.
    """
    segment = placed.segment
    if segment.outcomes and tuple(outcome.hit for outcome in segment.outcomes) != segment.hits:
        raise ValueError(f"{segment.id}: the outcomes are not those of the hits")
    return {"document": placed.document, "position": placed.position, **_told(segment)}


def _told(record: Any) -> dict[str, Any]:
    """The fields of a record that do not have their default; the hit of an outcome is told by the order."""
    told = {one.name: getattr(record, one.name) for one in fields(record) if getattr(record, one.name) != one.default}
    if isinstance(record, TermOutcome):
        del told["hit"]
    return {name: _json(value) for name, value in told.items()}


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_json(part) for part in value]
    return _told(value) if is_dataclass(value) else value


def _segment(data: Mapping[str, Any]) -> Segment:
    outcomes = data.get("outcomes", [])
    hits = data.get("hits", [])
    with_hits = [{**outcome, "hit": hit} for outcome, hit in zip(outcomes, hits, strict=True)] if outcomes else []
    return _decoded(Segment, {**data, "outcomes": with_hits})


def _decoded(kind: type[_Record], data: Mapping[str, Any]) -> _Record:
    """A record of JSON's making; keys that the record does not know are passed over."""
    known = {name: _value(hint, data[name]) for name, hint in _HINTS[kind].items() if name in data}
    return kind(**known)


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], part) for part in value)
    return _decoded(hint, value) if is_dataclass(hint) and isinstance(hint, type) else value
