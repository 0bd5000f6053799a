"""Test sets: sources, references, and the term occurrences that a translation must hold.

Two forms are read:

- JSONL, one segment a line: `id`, `hi`, `en`, and `terms`, each with `src`, `span` (offsets in `hi`), `tgt` (approved
  forms; the first one without an article is preferred), `attested` (those that stand in `en`), and perhaps `kind`
  (term unless given)
- a source and a reference, line by line, and a glossary that finds the terms

An occurrence is attested where an approved form stands in the reference in a span of its own. The others show how often
a term is enforced where the reference's translator chose another word.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import regex

from toolkit.documents.encodings import decode
from toolkit.errors import DocumentError, GlossaryError, UsageError
from toolkit.files import read_bytes
from toolkit.glossary import Entry, Glossary
from toolkit.glossary.entry import KINDS
from toolkit.glossary.spans import place
from toolkit.segment import TermHit
from toolkit.text import normal

Scope = Literal["attested", "all"]
Value = TypeVar("Value")

_ARTICLE = regex.compile(r"(?:an?|the) ", regex.IGNORECASE)  # lists are often in alphabetical order
_SLOTS = regex.compile(r"\{n[2-9]?\}")


@dataclass(frozen=True, slots=True)
class Item:
    """One segment of a test set.

    Attributes:
        id: Its name.
        source: The text to translate.
        reference: How a person translated it, in NFC.
        hits: The term occurrences in the source, in order; none overlaps another.
        attested: For each of them, whether an approved form stands in the reference.
    """

    id: str
    source: str
    reference: str
    hits: tuple[TermHit, ...] = ()
    attested: tuple[bool, ...] = ()

    def required(self, scope: Scope) -> tuple[TermHit, ...]:
        """The occurrences that count: the attested ones, or all."""
        return tuple(hit for hit, attested in zip(self.hits, self.attested, strict=True) if attested or scope == "all")


@dataclass(frozen=True, slots=True)
class TermSet:
    """A test set for terms.

    Attributes:
        name: What it is called in reports.
        items: Its segments in order.
        entries: The glossary rows that its hits belong to: those an engine is given.
    """

    name: str
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]

    @property
    def glossary(self) -> Glossary:
        """The glossary of the set's own terms."""
        return Glossary(self.entries)

    def spread(self, count: int | None) -> "TermSet":
        """At most so many segments, evenly over the set, since sets are often ordered by origin; all if None."""
        return replace(self, items=tuple(spread(self.items, count)))

    def decoy(self) -> "TermSet":
        """The same occurrences with wrong targets: each term gets that of another term of its kind.

        Terms of a kind, sorted by source, take the target of the next one that is wrong for them; where there is none,
        their own with "Decoy" before it. An engine that obeys its glossary obeys this one just as well.
        """
        entries = _decoys(self.entries)
        rows = {entry.row: entry for entry in entries}
        glossary = Glossary(entries)
        return replace(self, items=tuple(_retargeted(item, rows, glossary) for item in self.items), entries=entries)


def read_jsonl(path: Path) -> TermSet:
    """Read a set in which the occurrences are marked.

    Occurrences of the set's terms that are not marked are added as unattested ones.

    Raises:
        DocumentError: the file is missing or a line is not of that form; names file and line.
        UsageError: the file is empty.
    """
    rows = [(number, _record(path, number, line)) for number, line in _numbered(path) if line.strip()]
    if not rows:
        raise UsageError(f"{path}: is empty; there is nothing to score.")
    entries: dict[str, Entry] = {}
    for number, row in rows:
        _add_entries(entries, path, number, row)
    glossary = Glossary(tuple(entries.values()))
    marked = (_marked(path, number, row, entries) for number, row in rows)
    return TermSet(path.name, tuple(_completed(item, glossary) for item in marked), glossary.entries)


def read_parallel(source: Path, reference: Path, glossary: Glossary) -> TermSet:
    """Make a set of two files, line by line, with the terms that a glossary finds.

    Raises:
        DocumentError: a file is missing or no text.
        UsageError: the files differ in length, or are empty.
    """
    sources, references = read_lines(source), read_lines(reference)
    require_equal_length(source, sources, reference, references)
    pairs = zip(sources, references, strict=True)
    items = (_found(str(number), *pair, glossary) for number, pair in enumerate(pairs, start=1))
    return TermSet(source.name, tuple(items), glossary.applied)


def read_lines(path: Path) -> list[str]:
    """The lines of a file in NFC, blank ones included.

    Raises:
        DocumentError: the file is missing or no text.
    """
    return [unicodedata.normalize("NFC", line) for _, line in _numbered(path)]


def spread(values: Sequence[Value], count: int | None) -> Sequence[Value]:
    """At most so many of some values, evenly over all; all if None."""
    if count is None or count >= len(values):
        return values
    return [values[place * len(values) // count] for place in range(count)]


def require_equal_length(one: Path, lines: Sequence[object], other: Path | str, more: Sequence[object]) -> None:
    """Require that two files go line by line.

    Raises:
        UsageError: they differ in length, or are empty.
    """
    if len(lines) != len(more):
        raise UsageError(f"{one}: {len(lines)} lines, but {other} has {len(more)}; give files that go line by line.")
    if not lines:
        raise UsageError(f"{one}: is empty; there is nothing to score.")


def _numbered(path: Path) -> list[tuple[int, str]]:
    text, _ = decode(read_bytes(path), path)
    lines = text.split("\n")  # not splitlines(), which also cuts at separators that may stand within a line
    if not lines[-1]:
        lines.pop()
    return [(number, line.removesuffix("\r")) for number, line in enumerate(lines, start=1)]


def _record(path: Path, number: int, line: str) -> Mapping[str, Any]:
    """The object that a line spells, of the right shape."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise _malformed(path, number, f"is no JSON ({error})") from error
    if not isinstance(record, dict) or not all(isinstance(record.get(key), str) for key in ("id", "hi", "en")):
        raise _malformed(path, number, "lacks id, hi or en")
    if not isinstance(record.get("terms"), list) or not all(map(_well_formed, record["terms"])):
        raise _malformed(path, number, "has a term without src, span, tgt or attested, or of an unknown kind")
    return record


def _well_formed(term: Any) -> bool:
    return (
        isinstance(term, dict)
        and isinstance(term.get("src"), str)
        and isinstance(term.get("span"), list)
        and [*map(type, term["span"])] == [int, int]
        and isinstance(term.get("tgt"), list)
        and bool(term["tgt"])
        and all(isinstance(form, str) and form.strip() for form in term["tgt"])
        and isinstance(term.get("attested"), list)
        and term.get("kind", "term") in KINDS
    )


def _malformed(path: Path, number: int, problem: str) -> DocumentError:
    return DocumentError(f"{path}:{number}: {problem}; each line is an object with id, hi, en and terms.")


def _add_entries(entries: dict[str, Entry], path: Path, number: int, record: Mapping[str, Any]) -> None:
    """Add the terms of a line as rows, under the normal form of their source; a row's line is its number in the set."""
    for term in record["terms"]:
        place_of_term, kind = normal(term["src"]), term.get("kind", "term")
        forms = [unicodedata.normalize("NFC", form) for form in term["tgt"]]
        target = next((form for form in forms if _ARTICLE.match(form) is None), forms[0])
        known = entries.get(place_of_term)
        try:
            if known is None:
                row = len(entries) + 1
                known = Entry(term["src"], target, "preferred", kind, file=path.name, line=row)
            accepted = dict.fromkeys(form for form in (*known.accepted, *forms) if form != known.target)
            entries[place_of_term] = replace(known, accepted=tuple(accepted))
        except GlossaryError as error:
            raise _malformed(path, number, f"has a term that is no glossary row ({error})") from error


def _marked(path: Path, number: int, record: Mapping[str, Any], entries: Mapping[str, Entry]) -> Item:
    """A line as a segment with the occurrences that it marks."""
    hits: list[TermHit] = []
    terms = sorted(record["terms"], key=lambda term: int(term["span"][0]))
    for term in terms:
        start, end = term["span"]
        if record["hi"][start:end] != term["src"] or not term["src"] or (hits and hits[-1].end > start):
            raise _malformed(path, number, f"span {start}–{end} overlaps another or is not {term['src']!r}")
        hits.append(_hit(entries[normal(term["src"])], start, end, term["src"]))
    reference = unicodedata.normalize("NFC", record["en"])
    return Item(record["id"], record["hi"], reference, tuple(hits), tuple(bool(term["attested"]) for term in terms))


def _hit(entry: Entry, start: int, end: int, surface: str) -> TermHit:
    return TermHit(
        row=entry.row,
        start=start,
        end=end,
        surface=surface,
        form=entry.source,
        target=entry.target,
        accepted=entry.accepted,
        kind=entry.kind,
    )


def _completed(item: Item, glossary: Glossary) -> Item:
    """The segment with the occurrences that the glossary finds and that no marked one overlaps."""
    found = [hit for hit in glossary.find(item.source) if not any(_overlap(hit, marked) for marked in item.hits)]
    together = [*zip(item.hits, item.attested, strict=True), *((hit, False) for hit in found)]
    together.sort(key=lambda pair: pair[0].start)
    return replace(item, hits=tuple(hit for hit, _ in together), attested=tuple(marked for _, marked in together))


def _overlap(one: TermHit, other: TermHit) -> bool:
    return one.start < other.end and other.start < one.end


def _found(name: str, source: str, reference: str, glossary: Glossary) -> Item:
    hits = glossary.find(source)
    standing = place(reference.casefold(), [folded(hit) for hit in hits])
    return Item(name, source, reference, hits, tuple(number in standing for number in range(len(hits))))


def folded(hit: TermHit) -> TermHit:
    """An occurrence whose approved forms are compared regardless of case."""
    return replace(hit, target=hit.target.casefold(), accepted=tuple(form.casefold() for form in hit.accepted))


def _decoys(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.source, entry.row)):
        groups.setdefault((entry.kind, *sorted(_SLOTS.findall(entry.source))), []).append(entry)
    wrong = {entry.row: _wrong(place, group) for group in groups.values() for place, entry in enumerate(group)}
    return tuple(replace(entry, target=wrong[entry.row], accepted=(), forbidden=()) for entry in entries)


def _wrong(place: int, group: Sequence[Entry]) -> str:
    own = {form.casefold() for form in (group[place].target, *group[place].accepted)}
    others = (entry.target for entry in (*group[place + 1 :], *group[:place]))
    return next((target for target in others if target.casefold() not in own), f"Decoy {group[place].target}")


def _retargeted(item: Item, rows: Mapping[str, Entry], glossary: Glossary) -> Item:
    """The segment with the same occurrences, and the targets of other rows."""
    found = {(hit.start, hit.end): hit for hit in glossary.find(item.source)}
    hits = (
        found.get((hit.start, hit.end)) or replace(hit, target=rows[hit.row].target, accepted=(), forbidden=())
        for hit in item.hits
    )
    return replace(item, hits=tuple(hits))
