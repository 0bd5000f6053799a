import codecs
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import GlossaryError
from toolkit.glossary.entry import COLUMNS, Entry
from toolkit.glossary.table import Table, read_glossaries, read_table, write_table

ROWS = "source,target,note\nडाक सोंग,Đắk Song,district\nसंकल्प {n},Resolution {n},\n"


def _file(folder: Path, content: str | bytes, name: str = "g.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _bare(entry: Entry) -> Entry:
    """The entry without where it stands and without empty extra cells."""
    return replace(entry, file="", line=0, extra=tuple(sorted(pair for pair in entry.extra if pair[1])))


# ---- entries


def test_entry_defaults() -> None:
    entry = Entry.from_cells(
        {"source": " डाक सोंग ", "target": "Đắk Song", "status": "", "kind": ""}, file="g.csv", line=7
    )
    assert (entry.source, entry.target, entry.status, entry.kind, entry.match) == (
        *("डाक सोंग", "Đắk Song"),
        *("preferred", "name", "exact"),
    )
    assert entry.row == "g.csv:7"


def test_entry_lists_and_extra_columns() -> None:
    cells = {"source": "ज़ालो", "target": "Zalo", "variants": "जालो | ज़ालो||जालो", "Status": "x", "region": " south "}
    entry = Entry.from_cells(cells)
    assert entry.variants == ("जालो", "ज़ालो")
    assert entry.forms == ("ज़ालो", "जालो")
    assert entry.extra == (("Status", "x"), ("region", " south "))


def test_entry_words_in_any_case_and_pattern_implied() -> None:
    entry = Entry.from_cells({"source": "संकल्प {n}", "target": "Resolution {n}", "status": "Draft", "kind": "Term"})
    assert (entry.status, entry.kind) == ("draft", "pattern")


def test_dnt_row_keeps_its_source() -> None:
    assert Entry.from_cells({"source": "VTV24", "target": "", "status": "dnt"}).target == "VTV24"


def test_content_hash_ignores_place_and_notes_only() -> None:
    entry = Entry("डाक सोंग", "Đắk Song")
    assert entry.content_hash() == replace(entry, file="a.csv", line=3, note="district", owner="x").content_hash()
    changes = [
        replace(entry, target="Dak Song"),
        replace(entry, status="draft"),
        replace(entry, kind="term"),
        replace(entry, match="inflect"),
        replace(entry, variants=("डक सोंग",)),
        replace(entry, accepted=("डक सोंग",)),
        replace(entry, forbidden=("डक सोंग",)),
        replace(entry, forbidden=("डक", "सोंग")),
    ]
    assert len({entry.content_hash(), *(change.content_hash() for change in changes)}) == len(changes) + 1


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"source": "", "target": "x"}, "source", "is empty"),
        ({"source": "क", "target": " "}, "target", "is empty"),
        ({"source": "क", "target": "x", "status": "approved"}, "status", "preferred, admitted, forbidden, draft, dnt"),
        ({"source": "क", "target": "x", "kind": "place"}, "kind", "name, term, pattern"),
        ({"source": "क", "target": "x", "match": "fuzzy"}, "match", "exact, inflect"),
        ({"source": "क", "target": "x", "kind": "pattern"}, "kind", "no slot"),
        ({"source": "संकल्प {n}", "target": "Resolution"}, "target", "same slots"),
        ({"source": "संकल्प", "target": "Resolution {n}"}, "target", "same slots"),
        ({"source": "संकल्प {n}", "target": "Resolution {n}", "variants": "प्रस्ताव"}, "variants", "same slots"),
        ({"source": "संकल्प {n}", "target": "Resolution {n}", "accepted": "Res. {n2}"}, "accepted", "same slots"),
        ({"source": "संकल्प {n}", "target": "Resolution {n}", "forbidden": "Res. {n2}"}, "forbidden", "source lacks"),
        ({"source": "{n} से {n}", "target": "{n} to {n}"}, "source", "each once"),
        ({"source": "अनुच्छेद {n2}", "target": "Article {n2}"}, "source", "each once"),
        ({"source": "संकल्प {N}", "target": "Resolution {N}"}, "source", "brace"),
    ],
)
def test_entry_errors_name_row_and_column(cells: dict[str, str], column: str, words: str) -> None:
    with pytest.raises(GlossaryError, match=rf"^g\.csv:4: column {column} .*{words}"):
        Entry.from_cells(cells, file="g.csv", line=4)


def test_two_slots_may_change_places() -> None:
    assert Entry("{n} का अनुच्छेद {n2}", "Article {n2} of {n}", forbidden=("Section {n2}",)).kind == "pattern"


# ---- reading


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        codecs.BOM_UTF8 + ROWS.encode(),
        codecs.BOM_UTF16_LE + ROWS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + ROWS.encode("utf-16-be"),
        ROWS.replace(",", ";").encode(),
        ROWS.replace(",", "\t").encode(),
        ROWS.replace(",", "|").encode(),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace("\n", "\r").encode(),
        ROWS.rstrip("\n").encode(),
        ROWS.replace("source,target", " Source ,\xa0TARGET").encode(),
        ROWS.replace("district\n", "district,,\n").encode(),
        ("# places\n\n" + ROWS).encode(),
        ROWS.replace("district\n", 'district\n\n# documents, mostly "new\n,,\n').encode(),
        ROWS.replace("district\n", 'district\n"# saved, by a spreadsheet",,\n').encode(),
    ],
)
def test_reads_what_spreadsheets_write_and_writes_it_back(content: bytes, tmp_path: Path) -> None:
    path = _file(tmp_path, content)
    table = read_table(path)
    assert [_bare(entry) for entry in table.entries] == [
        Entry("डाक सोंग", "Đắk Song", note="district"),
        Entry("संकल्प {n}", "Resolution {n}"),
    ]
    write_table(table, path)
    assert path.read_bytes() == content


def test_line_is_where_the_row_starts(tmp_path: Path) -> None:
    path = _file(tmp_path, '# a\nsource,target,note\n\nक,x,"one\ntwo\r\nthree"\n# b\nख,y,\n')
    table = read_table(path)
    assert [(entry.line, entry.note) for entry in table.entries] == [(4, "one\ntwo\r\nthree"), (8, "")]
    assert table.entries[1].row == f"{path.as_posix()}:8"


def test_source_that_begins_with_a_hash_is_no_comment(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    entries = (Entry("#वियतनाम", "#Vietnam"), Entry("# चिह्न", "# sign"))
    write_table(Table(entries), path)
    assert [entry.source for entry in read_table(path).entries] == ["#वियतनाम", "# चिह्न"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"g\.csv: is empty: begin it with"),
        (b"# only a note\n\n", r"g\.csv: is empty"),
        (
            "source,tagret,status\nक,x,\n",
            r"g\.csv:1: column target is missing.* source, tagret, status: rename 'tagret'",
        ),
        ("# x\nhindi,english\nक,x\n", r"g\.csv:2: column source is missing.* hindi, english: add a column 'source'"),
        ("source,target,Target\nक,x,y\n", r"g\.csv:1: column target stands twice"),
        ("source,target\nक,x,y\n", r"g\.csv:2: has 3 cells, the header 2: put quotes"),
        ('source,target\nक,"x\nख,y\n', r"g\.csv:2: is broken"),
        ('source,target\nक,"x"y\n', r"g\.csv:2: is broken"),
        ("source,target\nक,\n", r"g\.csv:2: column target is empty"),
        (f"source,target,note\nक,x,{'y' * 40_000}\n", r"g\.csv:2: column note has 40000 characters"),
        (f"source,target,note\nक,x,{'y' * 140_000}\n", r"g\.csv:2: is broken .*limit"),
        (
            "source,target\nख,café\n".encode("latin-1", "replace"),
            r"g\.csv:2: is not utf-8 \(byte 0xE9\): save it as CSV UTF-8",
        ),
        (codecs.BOM_UTF16_LE + b"a", r"g\.csv:1: is not utf-16-le"),
        ("source,target\n".encode("utf-16-le"), r"g\.csv: is a binary file, or UTF-16 without"),
        (codecs.BOM_UTF32_LE + "source".encode("utf-32-le"), r"g\.csv: is UTF-32"),
        (b"PK\x03\x04rest", r"g\.csv: is a workbook or archive.*\.xlsx"),
    ],
)
def test_unreadable_files_say_where_and_what_to_do(content: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=message) as caught:
        read_table(_file(tmp_path, content))
    assert "\n" not in str(caught.value)


def test_missing_file_suggests_its_neighbour(tmp_path: Path) -> None:
    _file(tmp_path, ROWS, "places.csv")
    with pytest.raises(GlossaryError, match=r"plases\.csv: does not exist: did you mean places\.csv\?"):
        read_table(tmp_path / "plases.csv")
    with pytest.raises(GlossaryError, match=r"cannot be read"):
        read_table(tmp_path)


def test_folders_are_read_sorted_and_files_once(tmp_path: Path) -> None:
    for name, source in (("b.csv", "ख"), ("a.TSV", "क"), ("sub/c.csv", "ग"), (".hidden.csv", "घ"), ("notes.md", "ङ")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _file(tmp_path, f"source\ttarget\n{source}\tx\n", name)
    paths = [tmp_path / "sub" / "c.csv", tmp_path, tmp_path / "b.csv"]
    assert [entry.source for entry in read_glossaries(paths)] == ["ग", "क", "ख"]
    (tmp_path / "none").mkdir()
    with pytest.raises(GlossaryError, match=r"none: holds no \.csv, \.tsv, \.xlsx file"):
        read_glossaries([tmp_path / "none"])


# ---- workbooks


def _workbook(folder: Path, rows: list[list[object]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "g.xlsx"
    book.save(path)
    return path


def test_workbook_cells_become_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [["# places"], ["source", "target", "note", "rank"], [], ["कू जट", "Cư Jút", 35, 2.0]]
    table = read_table(_workbook(tmp_path, [*rows, ["x{n}", "y{n}", date(2025, 7, 1), None]]))
    assert [(entry.line, entry.source, entry.note, dict(entry.extra)["rank"]) for entry in table.entries] == [
        (4, "कू जट", "35", "2"),
        (5, "x{n}", "2025-07-01", ""),
    ]
    write_table(table, tmp_path / "g.csv")
    assert (tmp_path / "g.csv").read_bytes().startswith(codecs.BOM_UTF8 + b"source,target,note,rank")
    assert [_bare(e) for e in read_table(tmp_path / "g.csv").entries] == [_bare(e) for e in table.entries]


def test_workbook_formula_is_named(tmp_path: Path) -> None:
    path = _workbook(tmp_path, [["source", "target"], ["क", "=A2"]])
    with pytest.raises(GlossaryError, match=r"g\.xlsx:2: has a formula in cell B2"):
        read_table(path)


def test_damaged_workbook(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"g\.xlsx: is no workbook that can be read"):
        read_table(_file(tmp_path, b"PK\x03\x04rest", "g.xlsx"))
    with pytest.raises(GlossaryError, match="only read"):
        write_table(Table(()), tmp_path / "new.xlsx")


# ---- writing


def test_changed_rows_are_written_and_the_others_keep_their_bytes(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        '# keep me\r\ntarget;source;Region;status\r\n"Đắk Song";डाक सोंग;south;Preferred\r\nCư Jút;कू जट;"x;y"\r\n'
        "Zalo;ज़ालो;;draft\r\n\r\nVND;वीएनडी;;",
    )
    table = read_table(path)
    first, second, third, fourth = table.entries
    changed = (fourth, replace(second, target="Cư-Jút"), first, Entry("फेसबुक", "Facebook", extra=(("Region", "=1"),)))
    write_table(replace(table, entries=changed), path)
    assert path.read_bytes().decode() == (
        '# keep me\r\ntarget;source;Region;status\r\n"Đắk Song";डाक सोंग;south;Preferred\r\n'
        'Cư-Jút;कू जट;"x;y";preferred\r\n'
        "\r\nVND;वीएनडी;;\r\nFacebook;फेसबुक;'=1;preferred\r\n"
    )
    assert third not in read_table(path).entries


def test_a_filled_field_without_a_column_adds_the_column(tmp_path: Path) -> None:
    path = _file(tmp_path, "source,target\nक,x\nख,y\n")
    table = read_table(path)
    entries = (table.entries[0], replace(table.entries[1], forbidden=("z",), extra=(("région", "-"),)))
    write_table(replace(table, entries=entries), path)
    assert path.read_text(encoding="utf-8") == "source,target,forbidden,région\nक,x\nख,y,z,'-\n"
    write_table(replace(table, entries=(Entry("क {n}", "x {n}"), Entry("ग", "w", kind="term"))), path)
    assert path.read_text(encoding="utf-8") == "source,target,kind\nक {n},x {n},pattern\nग,w,term\n"


def test_a_row_of_another_file_is_new(tmp_path: Path) -> None:
    mine, other = _file(tmp_path, "source,target\nक,x\n"), _file(tmp_path, "source,target\nख,y\n", "o.csv")
    table = read_table(mine)
    write_table(replace(table, entries=(*table.entries, *read_table(other).entries, table.entries[0])), mine)
    assert mine.read_text(encoding="utf-8") == "source,target\nक,x\nख,y\nक,x\n"


def test_new_files_open_right_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    write_table(Table((Entry("ज़ालो", "Zalo", variants=("जालो", "झालो"), note="-x"),)), path)
    assert (
        path.read_bytes()
        == codecs.BOM_UTF8
        + (
            "source,target,status,kind,match,variants,accepted,forbidden,domain,note\n"
            "ज़ालो,Zalo,preferred,name,exact,जालो|झालो,,,,'-x\n"
        ).encode()
    )


def test_the_list_separator_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"column accepted has a form with '\|'"):
        write_table(Table((Entry("क", "x", accepted=("a|b",)),)), tmp_path / "g.csv")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, ROWS)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(GlossaryError, match=r"g\.csv: cannot be written \(No space left on device\)"):
        write_table(Table(()), path)
    assert path.read_text(encoding="utf-8") == ROWS
    assert list(tmp_path.iterdir()) == [path]


def test_write_keeps_permissions_and_links(tmp_path: Path) -> None:
    path = _file(tmp_path, ROWS)
    path.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    write_table(Table(()), link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_bytes().startswith(codecs.BOM_UTF8)


# ---- properties over generated tables

_CELL = st.text(alphabet=st.sampled_from("कखड़ाि ्\u200dĐắ'\"=+-@|,;\t\r\n#\u2028\ufeffx"), max_size=6)
_FORM = st.text(alphabet=st.sampled_from("कखड़ाĐắ'\"=+-@,;#\u2028x"), min_size=1, max_size=6).filter(str.strip)
_FORMS = st.lists(_FORM.map(str.strip), unique=True, max_size=3).map(tuple)


@st.composite
def _texts(draw: st.DrawFn) -> bytes:
    """A valid glossary file as anyone may have written it."""
    delimiter = draw(st.sampled_from(",;\t|"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    columns = draw(
        st.permutations(["source", "Target", "note", "region", *draw(st.sampled_from([[], [""], ["owner"]]))])
    )

    def cell(text: str) -> str:
        bare = not set(text) & set(f'"\r\n{delimiter}') and not text.startswith("#")
        return text if bare and draw(st.booleans()) else '"' + text.replace('"', '""') + '"'

    lines = [delimiter.join(columns)]
    for _ in range(draw(st.integers(0, 5))):
        aside = draw(st.sampled_from(["", "", "", f'# {delimiter}"', delimiter * 2]))
        row = {name: draw(_FORM if name in {"source", "Target"} else _CELL) for name in columns}
        lines += [aside] if aside else [delimiter.join(cell(row[name]) for name in columns)]
    text = end.join(lines) + draw(st.sampled_from(["", end]))
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))


@given(_texts())
def test_an_unchanged_file_is_written_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = _file(tmp_path_factory.getbasetemp(), content, "unchanged.csv")
    write_table(read_table(path), path)
    assert path.read_bytes() == content


@given(content=_texts(), target=_FORM, note=_CELL, pick=st.integers(0, 4))
def test_a_change_touches_its_row_only(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, target: str, note: str, pick: int
) -> None:
    path = _file(tmp_path_factory.getbasetemp(), content, "changed.csv")
    table = read_table(path)
    if not table.entries:
        return
    entries = list(table.entries)
    pick %= len(entries)
    entries[pick] = replace(entries[pick], target=target.strip(), note=note.strip())
    write_table(replace(table, entries=tuple(entries)), path)
    again = read_table(path)
    assert [_bare(entry) for entry in again.entries] == [_bare(entry) for entry in entries]
    for old, new in zip(table.records, again.records, strict=True):
        assert old.line == entries[pick].line or old.raw == new.raw


@given(
    st.lists(
        st.builds(
            Entry,
            source=_FORM.map(str.strip),
            target=_FORM.map(str.strip),
            status=st.sampled_from(["preferred", "admitted", "forbidden", "draft", "dnt"]),
            kind=st.sampled_from(["name", "term"]),
            match=st.sampled_from(["exact", "inflect"]),
            variants=_FORMS,
            accepted=_FORMS,
            forbidden=_FORMS,
            **{name: _CELL.map(str.strip) for name in COLUMNS[8:]},
            extra=st.one_of(st.just(()), st.just((("région", "=x"),))),
        ),
        max_size=4,
    )
)
def test_new_entries_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    path = tmp_path_factory.getbasetemp() / "new.csv"
    write_table(Table(tuple(entries)), path)
    assert [_bare(entry) for entry in read_table(path).entries] == entries
