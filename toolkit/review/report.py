"""The report of a run: what was translated by what, what became of the terms, what the checks found.

Two runs of the same input with the same engine and glossary give the same report but for the key "timing".
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.files import Staging, remedied
from toolkit.review.ledger import Counts, LedgerSummary
from toolkit.segment import Document, Segment

LISTED = 1000  # entries of a long list; a report is read by people, the ledger and the workbook hold everything

Report = dict[str, Any]  # as it stands in report.json


@dataclass(frozen=True, slots=True)
class Signature:
    """Everything that decides what a translation is, so that another can repeat it.

    Attributes:
        toolkit_version: Version of this package.
        engine: The engine's name.
        model: The model's name or path.
        model_revision: Hash of the weights.
        decoding: Beam size and the like.
        direction: Such as `hi-en`.
        glossary_hash: Hash of all glossary rows; empty without a glossary.
        glossary_files: The glossary files, in the order in which they were read.
    """

    toolkit_version: str
    engine: str
    model: str
    model_revision: str
    direction: str
    decoding: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    glossary_hash: str = ""
    glossary_files: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The fields under their names, for a report."""
        return {
            "toolkit_version": self.toolkit_version,
            "engine": self.engine,
            "model": self.model,
            "model_revision": self.model_revision,
            "decoding": dict(sorted(self.decoding.items())),
            "direction": self.direction,
            "glossary_hash": self.glossary_hash,
            "glossary_files": list(self.glossary_files),
        }

    def __str__(self) -> str:
        """One line in the manner of sacreBLEU (Post 2018): `hien:0.1.0|engine:…|model:…`."""
        parts = {
            "hien": self.toolkit_version,
            "engine": self.engine,
            "model": self.model,
            "revision": self.model_revision,
            **dict(sorted(self.decoding.items())),
            "direction": self.direction,
            "glossary": self.glossary_hash or "none",
        }
        return "|".join(f"{name}:{value}" for name, value in parts.items())


class ReportBuilder:
    """Adds up a run while its documents come in.

    It keeps a few numbers per document and per glossary row and the first `LISTED` issues and unresolved terms; how
    many it left out stands under "left_out".
    """

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self.summary = LedgerSummary()
        self._documents: list[dict[str, Any]] = []
        self._failed: list[dict[str, str]] = []
        self._checks: Counter[str] = Counter()
        self._sentences = self._edits = 0
        self._issues = _Capped()
        self._unresolved = _Capped()

    def add(self, document: Document, output_name: str) -> None:
        """Adds a finished document.

        Args:
            document: The document, translated and checked.
            output_name: The file its translation was written to.
        """
        checks = Counter(issue.check for segment in document.segments for issue in segment.issues)
        sentences = sum(len(segment.sentences) for segment in document.segments)
        self._checks += checks
        self._sentences += sentences
        self._edits += sum(len(segment.edits) for segment in document.segments)
        self._documents.append(
            {
                "name": document.name,
                "output": output_name,
                "paragraphs": len(document.segments),
                "sentences": sentences,
                "terms": self.summary.add(document).as_dict(),
                "issues": dict(sorted(checks.items())),
            }
        )
        for segment in document.segments:
            self._list(document.name, segment)

    def _list(self, document: str, segment: Segment) -> None:
        place = {"document": document, "segment": segment.id}
        for issue in segment.issues:
            self._issues.add(place | {"check": issue.check, "severity": issue.severity, "message": issue.message})
        for outcome in segment.outcomes:
            if outcome.status == "unresolved":
                hit = outcome.hit
                what = {"row": hit.row, "source_text": hit.surface, "target": hit.target, "reason": outcome.evidence}
                self._unresolved.add(place | what)

    def fail(self, path: Path | str, error: Exception | str) -> None:
        """Adds a document that could not be translated, with the reason."""
        self._failed.append({"path": str(path), "error": str(error)})

    @property
    def terms(self) -> Counts:
        """What became of the terms so far."""
        return self.summary.total

    def finish(self, seconds: float) -> Report:
        """The report.

        Args:
            seconds: Wall time of the run.
        """
        return {
            "signature": self.signature.as_dict() | {"text": str(self.signature)},
            "totals": {
                "documents": len(self._documents),
                "failed": len(self._failed),
                "paragraphs": sum(document["paragraphs"] for document in self._documents),
                "sentences": self._sentences,
                "terms": self.summary.total.as_dict(),
                "issues": dict(sorted(self._checks.items())),
                "edits": self._edits,
            },
            "documents": self._documents,
            "terms": [
                {"row": row.row, "source": row.source, "target": row.target, **row.counts.as_dict()}
                for row in self.summary.rows
            ],
            "issues": self._issues.entries,
            "unresolved": self._unresolved.entries,
            "left_out": {"issues": self._issues.left_out, "unresolved": self._unresolved.left_out},
            "failed": self._failed,
            "timing": {
                "seconds": round(seconds, 3),
                "sentences_per_second": round(self._sentences / seconds, 2) if seconds > 0 else None,
            },
        }


class _Capped:
    """A list that stops growing at `LISTED` entries and counts the rest."""

    def __init__(self) -> None:
        self.entries: list[dict[str, str]] = []
        self.left_out = 0

    def add(self, entry: dict[str, str]) -> None:
        if len(self.entries) < LISTED:
            self.entries.append(entry)
        else:
            self.left_out += 1


def write_report(report: Report, path: Path) -> None:
    """Writes `report.json`: UTF-8, indented, put in place when complete.

    Raises:
        DocumentError: the file cannot be written.
    """
    with remedied(path), Staging(path) as staging:
        # A lone surrogate has no UTF-8 form; backslashreplace spells it `\udc80`, which is JSON's own escape.
        with staging.file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            json.dump(report, file, ensure_ascii=False, indent=2)
            file.write("\n")
        staging.place()
