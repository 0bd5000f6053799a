"""Finished documents as pandas tables, for notebooks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from toolkit.review.ledger import LEDGER_COLUMNS, ledger_rows
from toolkit.segment import Document, Segment

if TYPE_CHECKING:
    import pandas

SEGMENT_COLUMNS = (
    "document",
    "segment",
    "position",
    "source",
    "hypothesis",
    "target",
    "origin",
    "sentences",
    "edits",
    "terms",
    "right",
    "repaired",
    "unresolved",
    "issues",
)


def ledger_frame(documents: Iterable[Document]) -> "pandas.DataFrame":
    """The ledger as a table: one row per term occurrence, columns as in `ledger.csv`.

    Offsets are whole numbers, missing where a term is unresolved; texts stand as they are, without the apostrophes
    that `ledger.csv` needs.
    """
    import pandas

    rows = [row for document in documents for row in ledger_rows(document)]
    frame = pandas.DataFrame(rows, columns=list(LEDGER_COLUMNS))
    offsets = [column for column in LEDGER_COLUMNS if column.endswith(("_start", "_end"))]
    return frame.astype(dict.fromkeys(offsets, "Int64"))


def segments_frame(documents: Iterable[Document]) -> "pandas.DataFrame":
    """The paragraphs as a table: one row each, with source, translation and how many terms ended how.

    `issues` is the tuple of the issues' messages; `position` counts paragraphs of a document from 1.
    """
    import pandas

    rows = [
        _cells(document.name, position, segment)
        for document in documents
        for position, segment in enumerate(document.segments, start=1)
    ]
    return pandas.DataFrame(rows, columns=list(SEGMENT_COLUMNS))


def _cells(document: str, position: int, segment: Segment) -> tuple[object, ...]:
    statuses = [outcome.status for outcome in segment.outcomes]
    return (
        document,
        segment.id,
        position,
        segment.source,
        segment.hypothesis,
        segment.target,
        segment.origin,
        len(segment.sentences),
        len(segment.edits),
        len(statuses),
        statuses.count("right"),
        statuses.count("repaired"),
        statuses.count("unresolved"),
        tuple(issue.message for issue in segment.issues),
    )
