"""One row of a glossary, checked: a source form, its approved target form, and what else counts or must not stand.

| column    | meaning                                                                                       |
|-----------|-----------------------------------------------------------------------------------------------|
| source    | source form; may hold number slots: `संकल्प {n}`, and `{n2}`, `{n3}` … for a second and third    |
| target    | approved form with its diacritics: `Resolution {n}`, `Đắk Song`                               |
| status    | preferred (default), admitted, forbidden, draft (not applied), dnt (do not translate)         |
| kind      | name (default), term, pattern (implied by a slot)                                             |
| match     | exact (default) or inflect (the last word may take a case ending)                             |
| variants  | other source spellings, separated by a vertical bar                                           |
| accepted  | other target forms that also count as right, likewise                                         |
| forbidden | target forms that are replaced on sight, likewise                                             |
| domain, note, example, owner, updated | for people                                                        |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, cast, get_args

import regex

from toolkit.errors import GlossaryError
from toolkit.segment import Kind

Status = Literal["preferred", "admitted", "forbidden", "draft", "dnt"]
Match = Literal["exact", "inflect"]

STATUSES: tuple[Status, ...] = get_args(Status)
KINDS: tuple[Kind, ...] = get_args(Kind)
MATCHES: tuple[Match, ...] = get_args(Match)
COLUMNS = (
    "source",
    "target",
    "status",
    "kind",
    "match",
    "variants",
    "accepted",
    "forbidden",
    "domain",
    "note",
    "example",
    "owner",
    "updated",
)
LISTS = ("variants", "accepted", "forbidden")
LIST_SEPARATOR = "|"

_SLOT = regex.compile(r"\{n([2-9]?)\}")
_BRACE = regex.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One checked glossary row.

    A row whose source holds a number slot is of kind `pattern` whatever was asked for, and a `dnt` row without a
    target has its source as target.

    Attributes:
        source: Source form, with slots if any.
        target: Approved target form.
        status: preferred, admitted, forbidden, draft or dnt.
        kind: name, term or pattern.
        match: exact or inflect.
        variants: Other source spellings.
        accepted: Other target forms that count as right.
        forbidden: Target forms that are replaced on sight.
        domain: Field of use, for people.
        note: Remark, for people.
        example: Example of use, for people.
        owner: Who answers for the row.
        updated: When it was last looked at, as written.
        extra: Columns this program does not know, as (name, cell), in the file's order.
        file: The file the row stands in; empty for a row made in a program.
        line: Physical line where the row starts, from 1; 0 likewise.

    Raises:
        GlossaryError: a cell is empty, unknown or its slots do not fit; names file, line and column.
    """

    source: str
    target: str
    status: Status = "preferred"
    kind: Kind = "name"
    match: Match = "exact"
    variants: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    domain: str = ""
    note: str = ""
    example: str = ""
    owner: str = ""
    updated: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 0

    def __post_init__(self) -> None:
        self._check_word("status", self.status, STATUSES)
        self._check_word("kind", self.kind, KINDS)
        self._check_word("match", self.match, MATCHES)
        if not self.source.strip():
            raise self._error("source", "is empty", "write the source form or delete the row")
        if not self.target.strip() and self.status == "dnt":
            object.__setattr__(self, "target", self.source)
        if not self.target.strip():
            raise self._error("target", "is empty", "write the approved translation or set the status to dnt")
        self._check_slots()

    @property
    def row(self) -> str:
        """Where the row stands, as `file:line`."""
        return f"{self.file}:{self.line}"

    @property
    def forms(self) -> tuple[str, ...]:
        """The source form and its variants, each once."""
        return tuple(dict.fromkeys((self.source, *self.variants)))

    def content_hash(self) -> str:
        """A hash of what matters to translation; moving the row or editing its notes does not change it."""
        parts = (
            *(self.source, self.target, self.status, self.kind, self.match),
            *("\x1e".join(forms) for forms in (self.variants, self.accepted, self.forbidden)),
        )
        return sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    @classmethod
    def from_cells(cls, cells: Mapping[str, str], *, file: str = "", line: int = 0) -> "Entry":
        """The entry that a row of cells spells, white space around cells and list items dropped.

        Args:
            cells: Column name to cell; empty and absent cells have their default. Unknown names go to `extra`.
            file: The file, for messages and for `Entry.row`.
            line: Physical line where the row starts.

        Raises:
            GlossaryError: a cell is empty, unknown or its slots do not fit.
        """
        cell = {name: cells.get(name, "").strip() for name in COLUMNS}
        return cls(
            cell["source"],
            cell["target"],
            cast(Status, cell["status"].lower() or "preferred"),  # the words are checked on construction
            cast(Kind, cell["kind"].lower() or "name"),
            cast(Match, cell["match"].lower() or "exact"),
            variants=_items(cell["variants"]),
            accepted=_items(cell["accepted"]),
            forbidden=_items(cell["forbidden"]),
            domain=cell["domain"],
            note=cell["note"],
            example=cell["example"],
            owner=cell["owner"],
            updated=cell["updated"],
            extra=tuple((name, text) for name, text in cells.items() if name not in cell),
            file=file,
            line=line,
        )

    def _check_word(self, column: str, word: str, known: tuple[str, ...]) -> None:
        if word not in known:
            raise self._error(column, f"has the unknown value {word!r}", f"use one of {', '.join(known)}")

    def _check_slots(self) -> None:
        wanted = self._slots("source", self.source)
        if wanted != [f"{{n{number if number > 1 else ''}}}" for number in range(1, len(wanted) + 1)]:
            raise self._error("source", f"has the slots {' '.join(wanted)}", "name them {n}, {n2}, {n3} …, each once")
        for column, forms in (("target", (self.target,)), ("variants", self.variants), ("accepted", self.accepted)):
            for form in forms:
                if (slots := self._slots(column, form)) != wanted:
                    problem = f"has {' '.join(slots) or 'no slot'} in {form!r}, the source {' '.join(wanted) or 'none'}"
                    raise self._error(column, problem, "give both the same slots")
        for form in self.forbidden:
            if not set(slots := self._slots("forbidden", form)) <= set(wanted):
                problem = f"has {' '.join(slots)} in {form!r}, which the source lacks"
                raise self._error("forbidden", problem, "use the source's slots only")
        if wanted:
            object.__setattr__(self, "kind", "pattern")
        elif self.kind == "pattern":
            raise self._error("kind", "is pattern but the source has no slot", "write {n} in the source, or use term")

    def _slots(self, column: str, form: str) -> list[str]:
        """The slots of a form, sorted."""
        if _BRACE.search(_SLOT.sub("", form)):
            raise self._error(column, f"has a brace that is no slot in {form!r}", "write slots as {n}, {n2} … {n9}")
        return sorted((match.group() for match in _SLOT.finditer(form)), key=lambda slot: slot.replace("}", ""))

    def _error(self, column: str, problem: str, remedy: str) -> GlossaryError:
        where = f"{self.row}: " if self.file else ""
        return GlossaryError(f"{where}column {column} {problem}: {remedy}.")


def _items(cell: str) -> tuple[str, ...]:
    """The items of a list cell, each once."""
    items = (item.strip() for item in cell.split(LIST_SEPARATOR))
    return tuple(dict.fromkeys(item for item in items if item))
