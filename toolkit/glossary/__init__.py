"""The glossary: rows that people curate, compiled for finding and enforcing terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from toolkit.errors import GlossaryError
from toolkit.glossary.entry import Entry
from toolkit.glossary.matcher import Matcher
from toolkit.glossary.phonetic import Names
from toolkit.glossary.sheet import sheet_error
from toolkit.glossary.table import SUFFIXES, read_glossaries
from toolkit.languages import Direction
from toolkit.segment import Segment, TermHit
from toolkit.text import normal

__all__ = ["Entry", "Glossary", "find", "shipped_glossaries"]


@dataclass(frozen=True)
class Glossary:
    """Curated rows, ready to be applied in one direction.

    Attributes:
        entries: All rows, drafts included, in order of precedence: where two have a form, the first one's holds.
        direction: Rows are written Hindi to English; for the other direction they are turned around.
    """

    entries: tuple[Entry, ...] = ()
    direction: Direction = field(default_factory=Direction)

    @classmethod
    def load(cls, *paths: str | Path, direction: Direction | None = None) -> "Glossary":
        """Read glossary files and folders; without any, the default set that ships with the toolkit.

        A later path wins over an earlier one where both have a form; `overridden` says where. Of a folder only the
        files in it are read, not those of its folders: name these to have them too.

        Raises:
            GlossaryError: a file is missing or a row cannot be used; names file, line and column.
        """
        places = [Path(path) for path in paths] or [shipped_glossaries()]
        files = [file for place in reversed(places) for file in _files_of(place)]
        return cls(read_glossaries(files), direction or Direction())

    @cached_property
    def applied(self) -> tuple[Entry, ...]:
        """The rows that are applied: drafts left out, admitted and forbidden rows folded into the preferred one."""
        rows = _merge(entry for entry in self.entries if entry.status != "draft")
        return rows if self.direction.source == "hi" else _turned(rows)

    @cached_property
    def overridden(self) -> tuple[tuple[Entry, Entry], ...]:
        """Rows that lose a form to a row with another target: (the row that holds, the row that loses), once a pair.

        Only rows that would be applied count; forms are compared as the exact tier does. Across files this is what a
        later glossary changes in an earlier one; within a folder the check calls it a conflict.
        """
        holds: dict[str, Entry] = {}
        pairs: dict[tuple[str, str], tuple[Entry, Entry]] = {}
        for entry in (entry for entry in self.entries if entry.status in ("preferred", "dnt")):
            for form in entry.forms:
                first = holds.setdefault(normal(form), entry)
                if first.target != entry.target:
                    pairs.setdefault((first.row, entry.row), (first, entry))
        return tuple(pairs.values())

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.applied)

    @cached_property
    def names(self) -> Names:
        """The names among the applied rows, by sound."""
        return Names([(entry.source, entry.target) for entry in self.applied if entry.kind == "name"])

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files that the rows come from."""
        return tuple(dict.fromkeys(entry.file for entry in self.entries if entry.file))

    @cached_property
    def hash(self) -> str:
        """12 hex digits over what the applied rows say, whatever their order and file."""
        digest = sha256()
        for content in sorted(entry.content_hash() for entry in self.applied):
            digest.update(content.encode())
        return digest.hexdigest()[:12]

    def find(self, source: str) -> tuple[TermHit, ...]:
        """All term occurrences in a source, in order, none overlapping another."""
        return self._matcher.find(source)

    def inside(self, hit: TermHit) -> tuple[TermHit, ...]:
        """The occurrences within a longer one that it speaks for: see `Matcher.inside`."""
        return self._matcher.inside(hit)


def find(segment: Segment, glossary: Glossary) -> Segment:
    """Fill in a segment's hits: the second stage."""
    return replace(segment, hits=glossary.find(segment.source))


def _files_of(path: Path) -> list[Path]:
    """The glossary files right in a folder, sorted; a path that is no folder as it is."""
    if not path.is_dir():
        return [path]
    files = (file for file in sorted(path.iterdir()) if file.suffix.lower() in SUFFIXES and file.is_file())
    if found := [file for file in files if not file.name.startswith((".", "~$"))]:  # spreadsheets' lock files
        return found
    raise sheet_error(path, f"holds no {', '.join(SUFFIXES)} file", "name the folder that the glossaries are right in")


def shipped_glossaries() -> Path:
    """The folder of the glossaries that ship with the toolkit: in the package, or beside it in a checkout.

    The files right in it are the default set. Its folder `more` holds sets for other fields, to be named.

    Raises:
        GlossaryError: neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data" / "glossaries", package.parent / "glossaries"):
        if folder.is_dir():
            return folder
    raise GlossaryError("The shipped glossaries are missing: install the toolkit again, or name files with --glossary.")


def _merge(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One row per source form: what admitted rows say becomes accepted, what forbidden rows say forbidden."""
    rows: dict[str, Entry] = {}
    lesser: list[Entry] = []
    for entry in entries:
        if entry.status in ("preferred", "dnt"):
            rows.setdefault(normal(entry.source), entry)
        else:
            lesser.append(entry)
    for entry in sorted(lesser, key=lambda entry: entry.status):  # admitted before forbidden
        place = normal(entry.source)
        main = rows.get(place)
        if main is None:
            if entry.status == "admitted":
                rows[place] = entry
        elif entry.status == "admitted":
            accepted = _with(main.accepted, entry.target, *entry.accepted)
            rows[place] = replace(main, accepted=accepted, variants=_with(main.variants, *entry.variants))
        else:
            rows[place] = replace(main, forbidden=_with(main.forbidden, entry.target))
    return tuple(rows.values())


def _with(forms: Sequence[str], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*forms, *more)))


def _turned(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The rows for the other direction: what counts as right in English is found, the Hindi form is put in place.

    Where several rows have the same target, the Hindi forms of each count as right for all.
    """
    hindi: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        hindi[entry.target] = _with(hindi.get(entry.target, ()), *entry.forms)
    return tuple(
        replace(
            entry,
            source=entry.target,
            target=entry.source,
            variants=entry.accepted,
            accepted=tuple(form for form in hindi[entry.target] if form != entry.source),
            forbidden=(),
            match="exact",
        )
        for entry in entries
    )
