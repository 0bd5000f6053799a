"""A finding on a glossary row: what is wrong, where, and what to do."""

from dataclasses import dataclass
from typing import Literal

from toolkit.glossary.entry import Entry

Level = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about one row.

    Attributes:
        rule: The rule's name, such as `conflict`.
        severity: error (the row does harm or nothing), warning (look at it) or notice (good to know).
        file: Where the row stands.
        line: Physical line where it starts.
        column: The column to look at.
        message: What is wrong.
        remedy: What to do.
    """

    rule: str
    severity: Level
    file: str
    line: int
    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}: {self.severity}: {self.column}: {self.message} \u2014 {self.remedy}"  # em dash
        )


def finding(entry: Entry, rule: str, severity: Level, column: str, message: str, remedy: str) -> Finding:
    """A finding on a row."""
    return Finding(rule, severity, entry.file, entry.line, column, message, remedy)
