"""Findings on a glossary as text for people, JSON for programs, or annotations for GitHub."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import regex

from toolkit.cli.common import counted
from toolkit.glossary import Entry
from toolkit.glossary.findings import Finding
from toolkit.glossary.lint import lint
from toolkit.glossary.lint_pairs import lint_pairs
from toolkit.glossary.table import Table, read_table

Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = get_args(Format)

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def found_in(entries: Sequence[Entry], over: Sequence[Path]) -> list[Finding]:
    """All findings on some rows, in the order of file and line.

    Args:
        entries: The rows.
        over: Documents in which rows without a hit are looked for; none for not at all.

    Raises:
        DocumentError: a document cannot be read.
    """
    from toolkit.cli.impact import dead_rows

    findings = [*lint(entries), *lint_pairs(entries), *(dead_rows(entries, over) if over else ())]
    return sorted(findings, key=lambda one: (one.file, one.line))


def rendered(findings: Sequence[Finding], form: Format, *, notices: bool) -> str:
    """The findings in a format.

    Args:
        findings: In the order of file and line.
        form: text, json or github.
        notices: Whether text and annotations show notices too; JSON always does.
    """
    shown = [one for one in findings if notices or one.severity != "notice"]
    if form == "json":
        whole = {"totals": totals(findings), "findings": [_fields(one) for one in findings]}
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_annotation(one)}\n" for one in shown)
    return "".join(f"{line}\n" for line in _lines(shown)).lstrip("\n")


def totals(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    count = Counter(one.severity for one in findings)
    return {"errors": count["error"], "warnings": count["warning"], "notices": count["notice"]}


def summary(findings: Sequence[Finding], *, notices: bool) -> str:
    """The totals in words; of notices only where there are some."""
    count = totals(findings)
    text = f"{counted(count['errors'], 'error')}, {counted(count['warnings'], 'warning')}"
    if not count["notices"]:
        return text
    rules = Counter(one.rule for one in findings if one.severity == "notice")
    detail = ", ".join(f"{number} {rule}" for rule, number in rules.most_common())
    listed = "" if notices else "; --notices lists them"
    return f"{text}, {counted(count['notices'], 'notice')} ({detail}{listed})"


def _fields(finding: Finding) -> dict[str, str | int]:
    return {name: getattr(finding, name) for name in Finding.__slots__}


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Errors and warnings one a line in the order of the files, then the notices of each rule under their remedy."""
    yield from (str(one) for one in findings if one.severity != "notice")
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.severity == "notice":
            by_rule.setdefault((one.rule, one.remedy), []).append(one)
    for (rule, remedy), group in sorted(by_rule.items(), key=lambda one: len(one[1])):
        yield f"\nnotice: {rule} ({len(group)}): {remedy}"
        yield from (f"  {one.file}:{one.line}: {one.column}: {one.message}" for one in group)


def _annotation(finding: Finding) -> str:
    """A workflow command as GitHub defines it: `::error file=…,line=…,col=…,title=…::message`."""
    places: dict[str, str | int] = {"file": finding.file, "line": finding.line}
    if column := _character(finding):
        places["col"] = column
    places["title"] = f"{finding.rule} ({finding.column})"
    properties = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in places.items())
    message = f"{finding.message} \u2014 {finding.remedy}".translate(_DATA)  # em dash
    return f"::{finding.severity} {properties}::{message}"


_table = cache(read_table)


def _character(finding: Finding) -> int:
    """The character of its line where the cell begins, from 1; 0 where there is none, as in a workbook."""
    table: Table = _table(Path(finding.file))
    record = next((record for record in table.records if record.line == finding.line), None)
    if record is None or finding.column not in table.columns:
        return 0
    cell = rf'(?:"(?:[^"]|"")*"|[^{regex.escape(table.delimiter)}]*){regex.escape(table.delimiter)}'
    before = regex.match(rf"(?:{cell}){{{table.columns.index(finding.column)}}}", record.raw)
    return before.end() + 1 if before is not None and "\n" not in before[0] else 0
