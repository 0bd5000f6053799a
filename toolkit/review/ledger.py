"""The ledger: what became of every single occurrence of a glossary term.

One row per occurrence, written while the documents come in, so that its length costs no memory. The same rows feed
`ledger.csv`, the sheet "Terms" of the review workbook and the frames for notebooks.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.files import remedied
from toolkit.review.staged import StagedText
from toolkit.segment import Document, Segment, Sentence, TermOutcome
from toolkit.spreadsheet import guard


class LedgerRow(NamedTuple):
    """One occurrence of a term; offsets are in code points of the paragraph and of its translation.

    Attributes:
        document: The document's name.
        segment: The paragraph's id.
        row: The glossary row, as `file:line`.
        source_form: The row's form that matched.
        source_text: What stands in the source.
        source_start: Where it starts there.
        source_end: Its end, exclusive.
        target: The approved form.
        target_text: What stands in the translation; empty when unresolved.
        target_start: Where it starts there; None when unresolved.
        target_end: Its end, exclusive; None when unresolved.
        status: right, repaired or unresolved.
        step: The step that repaired it; empty otherwise.
        evidence: Why.
        kind: name, term or pattern.
        tier: exact, loose or inflected.
    """

    document: str
    segment: str
    row: str
    source_form: str
    source_text: str
    source_start: int
    source_end: int
    target: str
    target_text: str
    target_start: int | None
    target_end: int | None
    status: str
    step: str
    evidence: str
    kind: str
    tier: str


LEDGER_COLUMNS = LedgerRow._fields


def ledger_rows(document: Document) -> Iterator[LedgerRow]:
    """The ledger of one document, in the order of its paragraphs and of the terms in them.

    Raises:
        ValueError: a paragraph has not one outcome per hit; a ledger with holes proves nothing.
    """
    for segment in document.segments:
        if len(segment.outcomes) != len(segment.hits):
            raise ValueError(f"{segment.id}: {len(segment.hits)} hits but {len(segment.outcomes)} outcomes")
        for outcome in segment.outcomes:
            yield _row(document.name, segment, outcome)


def _row(document: str, segment: Segment, outcome: TermOutcome) -> LedgerRow:
    hit = outcome.hit
    placed = outcome.start is not None and outcome.end is not None
    return LedgerRow(
        document=document,
        segment=segment.id,
        row=hit.row,
        source_form=hit.form,
        source_text=hit.surface,
        source_start=hit.start,
        source_end=hit.end,
        target=hit.target,
        target_text=segment.target[outcome.start : outcome.end] if placed else "",
        target_start=outcome.start,
        target_end=outcome.end,
        status=outcome.status,
        step=outcome.step,
        evidence=outcome.evidence,
        kind=hit.kind,
        tier=hit.tier,
    )


class LedgerWriter(StagedText):
    """Writes `ledger.csv`, row by row; the file is put in place when the block ends without an error.

    The encoding is UTF-8 with a byte order mark, which Excel needs to tell it from the local code page. A cell that a
    spreadsheet would run as a formula gets a leading apostrophe.

    Raises:
        DocumentError: the file cannot be written.
    """

    encoding = "utf-8-sig"

    def begin(self) -> None:
        """Writes the header."""
        self._csv = csv.writer(self.file)
        self._csv.writerow(LEDGER_COLUMNS)

    def add(self, document: Document) -> None:
        """Writes one row for every term occurrence of a document."""
        with remedied(self.path):
            for row in ledger_rows(document):
                self._csv.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])


@dataclass(slots=True)
class Counts:
    """How many term occurrences ended how.

    Attributes:
        right: The engine had them right.
        unresolved: Left as the engine wrote them.
        steps: Repaired, by the step that did it.
    """

    right: int = 0
    unresolved: int = 0
    steps: Counter[str] = field(default_factory=Counter)

    @property
    def repaired(self) -> int:
        """Repaired by any step."""
        return self.steps.total()

    @property
    def hits(self) -> int:
        """All occurrences."""
        return self.right + self.repaired + self.unresolved

    def add(self, outcome: LedgerRow) -> None:
        """Counts one occurrence."""
        if outcome.status == "right":
            self.right += 1
        elif outcome.status == "repaired":
            self.steps[outcome.step] += 1
        else:
            self.unresolved += 1

    def as_dict(self) -> dict[str, int | dict[str, int]]:
        """The numbers under their names, for a report; `steps` in alphabetical order."""
        return {
            "hits": self.hits,
            "right": self.right,
            "repaired": self.repaired,
            "unresolved": self.unresolved,
            "steps": dict(sorted(self.steps.items())),
        }


@dataclass(slots=True)
class RowCounts:
    """What became of one glossary row in a run.

    Attributes:
        row: The row, as `file:line`.
        source: The form that matched first.
        target: Its approved form there; of a pattern, with the number that stood there.
        counts: How its occurrences ended.
    """

    row: str
    source: str
    target: str
    counts: Counts = field(default_factory=Counts)


class LedgerSummary:
    """Adds up the ledger of a run: in total and for each glossary row; grows with the glossary, not with the text."""

    def __init__(self) -> None:
        self.total = Counts()
        self._rows: dict[str, RowCounts] = {}

    def add(self, document: Document) -> Counts:
        """Counts the term occurrences of a document and gives that document's own counts."""
        own = Counts()
        for outcome in ledger_rows(document):
            row = self._rows.setdefault(outcome.row, RowCounts(outcome.row, outcome.source_form, outcome.target))
            for counts in (own, self.total, row.counts):
                counts.add(outcome)
        return own

    @property
    def rows(self) -> list[RowCounts]:
        """The glossary rows that occurred, in the order of the files and their lines."""
        return sorted(self._rows.values(), key=lambda row: _row_key(row.row))


def _row_key(row: str) -> tuple[str, int, str]:
    """Sorts `terms.csv:9` before `terms.csv:10`."""
    file, _, line = row.rpartition(":")
    return (file, int(line), "") if line.isdecimal() else (row, 0, row)


def replay(sentence: Sentence) -> str:
    """Applies a sentence's edits to what the engine said; the result is its translation, or the record is wrong.

    Raises:
        ValueError: an edit does not find the text it says it replaced, or the result is not `sentence.target`.
    """
    text = sentence.hypothesis
    for number, edit in enumerate(sentence.edits, start=1):
        end = edit.start + len(edit.before)
        if edit.start < 0 or text[edit.start : end] != edit.before or edit.start > len(text):
            raise ValueError(f"edit {number} ({edit.step}) expects {edit.before!r} at {edit.start} of {text!r}")
        text = text[: edit.start] + edit.after + text[end:]
    if text != sentence.target:
        raise ValueError(f"the edits lead to {text!r}, not to the translation {sentence.target!r}")
    return text
