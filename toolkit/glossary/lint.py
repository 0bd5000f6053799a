"""What is wrong with a glossary, row by row and between rows: findings a curator can act on.

An error is a row that would do harm or nothing: two rows that contradict each other, a look-alike letter that no
search finds, a row that forbids its own target. A warning is a row to look at again.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

import regex

from toolkit.glossary.entry import COLUMNS, Entry
from toolkit.glossary.findings import Finding, Level, finding
from toolkit.text import normal, occurrences

_LOOKALIKES = {
    "\u00d0": "\u0110",  # Latin capital eth for D with stroke
    "\u0189": "\u0110",  # African D for D with stroke
    "\u0256": "\u0111",  # d with tail for d with stroke
}
_DEVANAGARI = regex.compile(r"\p{Devanagari}")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_SCRIPTS = {name: regex.compile(rf"\p{{{name}}}") for name in ("Latin", "Devanagari", "Cyrillic", "Greek")}
_STRAY = {
    "a no-break space": regex.compile(r"[\xa0\u2007\u202f]"),  # no-break, figure and narrow no-break space
    "an invisible character": regex.compile(r"[\u200b\u2060\ufeff\xad\u200e\u200f]"),  # ZWSP, WJ, BOM, SHY, LRM, RLM
    "a joiner": regex.compile(r"(?<!\u094d)[\u200c\u200d]"),  # ZWNJ, ZWJ; after a virama they are spelling
    "a line break or control character": regex.compile(r"[\p{Cc}\u2028\u2029]"),  # and line, paragraph separator
    "two spaces in a row": regex.compile(r"\s\s"),
    "a space at its edge": regex.compile(r"^\s|\s$"),
}
_ANY_STRAY = regex.compile("|".join(pattern.pattern for pattern in _STRAY.values()))

__all__ = ["Finding", "lint"]


def lint(entries: Sequence[Entry]) -> list[Finding]:
    """Everything wrong with some rows, in the order of file and line.

    Rows of several files are looked at together: two files can contradict each other.
    """
    rules: tuple[Callable[[Entry], Iterator[Finding]], ...] = (
        *(_scripts, _lookalikes, _encoding, _stray),
        *(_forbids_itself, _idle_forms, _common_words),
    )
    found = [one for entry in entries for rule in rules for one in rule(entry)]
    found += [*_between(entries), *_forbidden_elsewhere(entries), *_columns(entries)]
    return sorted(found, key=lambda one: (one.file, one.line))


def _sources(entry: Entry) -> Iterator[tuple[str, str]]:
    """Column and form of every source form."""
    yield "source", entry.source
    yield from (("variants", form) for form in entry.variants)


def _right(entry: Entry) -> Iterator[tuple[str, str]]:
    """Column and form of every target form that counts as right."""
    yield "target", entry.target
    yield from (("accepted", form) for form in entry.accepted)


def _targets(entry: Entry) -> Iterator[tuple[str, str]]:
    """Column and form of every target form, forbidden ones included."""
    yield from _right(entry)
    yield from (("forbidden", form) for form in entry.forbidden)


def _scripts(entry: Entry) -> Iterator[Finding]:
    """Devanagari where it belongs and nowhere else; rows that are not translated may be anything."""
    if entry.status == "dnt":
        return
    if not _DEVANAGARI.search(entry.source):
        if _DEVANAGARI.search(entry.target):
            remedy = "exchange source and target"
            yield finding(entry, "swapped", "error", "source", "the Hindi stands in the target", remedy)
            return
        message = f"{entry.source!r} has no Devanagari letter"
        yield finding(
            entry, "not-hindi", "warning", "source", message, "write the Hindi form, or set the status to dnt"
        )
    for column, form in _targets(entry):
        if _DEVANAGARI.search(form):
            message = f"{form!r} holds Devanagari"
            yield finding(entry, "not-english", "error", column, message, "write it in Latin letters")


def _lookalikes(entry: Entry) -> Iterator[Finding]:
    """Letters that look right and are not: no search and no check would find the form."""
    for column, form in _targets(entry):
        for wrong, right in _LOOKALIKES.items():
            if wrong in form:
                message = f"{form!r} has {unicodedata.name(wrong)} (U+{ord(wrong):04X})"
                yield finding(entry, "look-alike", "error", column, message, f"write {right} (U+{ord(right):04X})")
    for column, form in (*_sources(entry), *_targets(entry)):
        for word in _WORD.findall(form):
            scripts = _scripts_of(word)
            if len(scripts) > 1:
                message = f"{word!r} mixes {' and '.join(scripts)} letters"
                yield finding(entry, "mixed-script", "error", column, message, "type the word anew in one script")
            elif set(scripts) & {"Cyrillic", "Greek"}:
                message = f"{word!r} is written in {scripts[0]} letters"
                yield finding(entry, "foreign-script", "warning", column, message, "check that it is meant")


@lru_cache(maxsize=65536)
def _scripts_of(word: str) -> tuple[str, ...]:
    return tuple(name for name, letter in _SCRIPTS.items() if letter.search(word))


def _encoding(entry: Entry) -> Iterator[Finding]:
    """NFC, which documents are written in; for nukta letters such as ड़ that is letter and nukta, not U+095C."""
    for column, form in (*_sources(entry), *_targets(entry)):
        if not unicodedata.is_normalized("NFC", form):
            severity: Level = "error" if column in {"target", "accepted"} else "warning"
            message = f"{form!r} is not in Unicode normal form C"
            yield finding(entry, "not-nfc", severity, column, message, "save the glossary through this program")


def _stray(entry: Entry) -> Iterator[Finding]:
    """Characters nobody sees."""
    for column, form in (*_sources(entry), *_targets(entry)):
        if _ANY_STRAY.search(form) is None:
            continue
        for name, pattern in _STRAY.items():
            if pattern.search(form):
                # Matching drops joiners and folds white space of a source; a target is written as it stands.
                harmless = column in {"source", "variants"} and "space" not in name and "control" not in name
                message = f"{form!r} holds {name}"
                severity: Level = "warning" if harmless else "error"
                yield finding(entry, "stray", severity, column, message, "type the form anew")


def _forbids_itself(entry: Entry) -> Iterator[Finding]:
    """A forbidden form that stands as words in a right one would be replaced for ever."""
    for bad in entry.forbidden:
        sought = unicodedata.normalize("NFC", bad)
        for column, good in _right(entry):
            if next(occurrences(unicodedata.normalize("NFC", good), sought), None) is not None:
                message = f"{bad!r} is part of the {'target' if column == 'target' else 'accepted form'} {good!r}"
                yield finding(entry, "forbids-itself", "error", "forbidden", message, "drop one of the two")
                break


def _idle_forms(entry: Entry) -> Iterator[Finding]:
    """Forms that say again what the row says already."""
    for forms, fold in ((_sources(entry), normal), (_right(entry), str)):
        seen: dict[str, str] = {}
        for column, form in forms:
            if (key := fold(form)) in seen:
                message = f"{form!r} counts as {seen[key]!r}, which the row has"
                yield finding(entry, "idle-form", "warning", column, message, "delete it")
            seen.setdefault(key, form)


def _common_words(entry: Entry) -> Iterator[Finding]:
    """Forms made of the commonest Hindi words: a preferred row would change sentences that are not meant."""
    if entry.status != "preferred":
        return
    for column, form in _sources(entry):
        words = normal(form).split()
        if words and _common() >= set(words):
            alone = len(words) == 1
            message = f"{form!r} is {'an ordinary Hindi word' if alone else 'made of ordinary Hindi words'}"
            severity: Level = "error" if alone and entry.kind == "name" else "warning"
            yield finding(entry, "common-word", severity, column, message, "set the status to draft, or drop the form")


@cache
def _common() -> frozenset[str]:
    lines = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(normal(word) for line in lines if not line.startswith("#") for word in line.split())


def _between(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Rows that repeat or contradict each other; drafts are not applied and forbidden rows add to others."""
    rows: dict[str, Entry] = {}
    forms: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first = rows.setdefault(entry.content_hash(), entry)
        if first is not entry:
            yield finding(entry, "duplicate", "warning", "source", f"repeats {first.row}", "delete one of the two")
            continue
        if entry.status in {"draft", "forbidden"}:
            continue
        role = "admitted" if entry.status == "admitted" else "preferred"
        for column, form in _sources(entry):
            first = forms.setdefault((role, normal(form)), entry)
            if first is entry:
                continue
            if first.target == entry.target:
                message = f"{form!r} is in {first.row} too"
                yield finding(entry, "repeated-form", "warning", column, message, "join the two rows")
            elif role == "preferred":
                message = f"{form!r} is {entry.target!r} here and {first.target!r} in {first.row}"
                remedy = "keep one, or make one admitted or draft"
                yield finding(entry, "conflict", "error", column, message, remedy)


def _forbidden_elsewhere(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A form that one row forbids and another writes: where both terms stand in a sentence, one may spoil the other."""
    applied = [entry for entry in entries if entry.status in {"preferred", "admitted", "dnt"}]
    written = {form: entry for entry in reversed(applied) for _, form in _right(entry)}
    for entry in applied:
        for form in entry.forbidden:
            if form in written and written[form] is not entry:
                message = f"{form!r} is right in {written[form].row}"
                remedy = "make sure that it is never right for this source"
                yield finding(entry, "forbidden-elsewhere", "warning", "forbidden", message, remedy)


def _columns(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Unknown columns whose name is nearly a known one: their cells would be ignored."""
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        for name, _ in entry.extra:
            if (entry.file, name) in seen:
                continue
            seen.add((entry.file, name))
            if near := get_close_matches(name.lower(), COLUMNS, 1, 0.8):
                message = f"the column {name!r} is not used"
                yield finding(
                    entry, "unknown-column", "warning", name, message, f"rename it to {near[0]!r} if it is meant"
                )
