import codecs
import errno
import os
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import documents
from toolkit.documents import find, from_text, read, to_text, write
from toolkit.documents.lines import LONGEST_LINE
from toolkit.errors import DocumentError
from toolkit.segment import Document, segment_id

SEEDS = Path(__file__).parent.parent / "seeds"
HINDI = "वह ज़िला बड़ा है। संकल्प ३५ लागू हुआ।"
pieces = st.sampled_from(
    ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x1c", "\u00a0", " ", "\t", "क़", "है।", "\u200d", "a", "😀"]
)
texts = st.lists(pieces, max_size=40).map("".join) | st.text(st.characters(exclude_categories=["Cs", "Cc"]))


def translated(document: Document, target: str) -> Document:
    return replace(document, segments=tuple(replace(segment, target=target) for segment in document.segments))


@given(texts)
def test_segments_and_gaps_make_up_the_text(text: str) -> None:
    document = from_text(text, "a.txt")
    assert len(document.gaps) == len(document.segments) + 1
    assert to_text(document, source=True) == text
    assert all(segment.source == segment.source.strip() != "" for segment in document.segments)
    assert not any("\n" in segment.source or "\r" in segment.source for segment in document.segments)
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
    assert [segment.source for segment in document.segments] == [line.strip() for line in lines]


@given(texts, st.text(st.characters(exclude_categories=["Cs"])) | st.just("एक\r\nदो\nतीन\rचार"))
def test_targets_never_change_the_number_of_lines(text: str, target: str) -> None:
    document = translated(from_text(text, "a.txt"), target)
    written = to_text(document)
    assert [written.count(mark) for mark in "\r\n"] == [text.count(mark) for mark in "\r\n"]


def test_ids_name_document_and_position() -> None:
    document = from_text("एक\n\n  दो \r\n", "d/a.txt")
    assert [segment.id for segment in document.segments] == [
        segment_id("d/a.txt", 1, "एक"),
        segment_id("d/a.txt", 2, "दो"),
    ]
    assert document.gaps == ("", "\n\n  ", " \r\n")
    assert document.path is None


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\r", "\n\n \n"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_written_in_the_encoding_and_with_the_line_ends_of_the_source(
    tmp_path: Path, encoding: str, mark: bytes, ending: str
) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "out" / "a.en.TXT"
    path.write_bytes(mark + f"\t{HINDI}\r\n\r\n{HINDI} {ending}".encode(encoding))
    document = read(path)
    assert [segment.source for segment in document.segments] == [HINDI, HINDI]
    assert (document.name, document.path) == ("a.txt", path)
    write(translated(document, "Đắk\nSong"), out)
    assert out.read_bytes() == mark + f"\tĐắk Song\r\n\r\nĐắk Song {ending}".encode(encoding)


@pytest.mark.parametrize("content", [b"", b"\n\n", " \u00a0\r\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_a_blank_file_is_a_document_without_segments(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "blank.txt"
    path.write_bytes(content)
    document = read(path, "n.txt")
    assert (document.name, document.segments, len(document.gaps)) == ("n.txt", (), 1)
    write(document, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == content


def test_the_seeds_go_through_unchanged(tmp_path: Path) -> None:
    found = find([SEEDS])
    assert found
    for path, name in found:
        document = read(path, name)
        same = replace(
            document, segments=tuple(replace(segment, target=segment.source) for segment in document.segments)
        )
        write(same, tmp_path / name)
        assert (tmp_path / name).read_bytes() == path.read_bytes()


LATIN_1 = "Le préfet a été reçu à l’hôtel. Où êtes-vous allés, mes frères ? Ça va bien, merci. ".replace("’", "'") * 5
RUSSIAN = "Все люди рождаются свободными и равными в своем достоинстве и правах. " * 5


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary file, not text (zero byte at offset 8); export"),
        (b"\x01\x02\x03abc", "binary file, not text (control character U+0001 at offset 0); export"),
        (
            codecs.BOM_UTF32_LE + HINDI.encode("utf-32-le"),
            "looks like UTF-32; convert it with `iconv -f UTF-32 -t UTF-8",
        ),
        (
            HINDI.encode("utf-16-le"),
            "looks like UTF-16LE without a byte order mark; convert it with `iconv -f UTF-16LE",
        ),
        (HINDI.encode("utf-16-be"), "looks like UTF-16BE without a byte order mark"),
        (f"{HINDI}\r\n{HINDI}".encode() + b"\xff\n", "damaged UTF-8 text at line 2, byte offset 196; correct it there"),
        (f"{HINDI}\r{HINDI}".encode()[:-1], "damaged UTF-8 text at line 2, byte offset 192; correct it"),
        (codecs.BOM_UTF8 + HINDI.encode() + b"\xff", "damaged UTF-8 text at line 1, byte offset 100"),
        (codecs.BOM_UTF16_LE + HINDI.encode("utf-16-le") + b"\x00", "damaged UTF-16 text at byte offset 76"),
        (
            RUSSIAN.encode("cp1251"),
            "looks like CP1251 (line 1, byte offset 0 is not UTF-8); convert it with `iconv -f CP1251",
        ),
        (b"\n" * 90_000 + RUSSIAN.encode("cp1251"), "(line 90001, byte offset 90000 is not UTF-8); convert it"),
        (LATIN_1.encode("latin-1"), "convert it with `iconv -f "),
        (bytes(range(0x80, 0x100)) * 4, "not UTF-8 text (line 1, byte offset 0) and no encoding fits; export it"),
    ],
)
def test_what_is_not_unicode_text_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "my file.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert expected in message
    assert "\n" not in message
    if "`iconv " in message:
        assert f"'{path}' > 'my file.utf8.txt'" in message


def test_a_stray_control_character_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HINDI * 5 + "\x02", encoding="utf-8")
    assert read(path).segments[0].source == HINDI * 5 + "\x02"


def test_a_line_as_long_as_the_limit_passes_and_a_longer_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"\n{'क' * LONGEST_LINE}\r\n{'ख' * LONGEST_LINE}", encoding="utf-8")
    assert len(read(path).segments) == 2
    path.write_text(f"क\nख\r\n{'क' * (LONGEST_LINE + 1)}\n", encoding="utf-8", newline="")
    with pytest.raises(DocumentError, match=r"a\.txt: line 3 is longer than 1,000,000 characters; put one paragraph"):
        read(path)


def test_a_line_of_a_hundred_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_bytes("क ".encode() * 25_000_000)
    start = time.process_time()
    with pytest.raises(DocumentError, match="line 1 is longer"):
        read(path)
    assert time.process_time() - start < 3


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^pipe: half a character \(U\+D800\) at offset 2; read the text"):
        from_text("क \ud800", "pipe")
    with pytest.raises(DocumentError, match=r"a\.txt: cannot be written: half a character \(U\+DC41\) at offset 0"):
        write(translated(from_text("क", "a.txt"), "\udc41"), tmp_path / "a.txt")
    assert not list(tmp_path.iterdir())


def test_a_path_that_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "a.xyz").touch()
    (tmp_path / "bare").touch()
    for name, expected in {
        "none.txt": "No such file or directory; check the path",
        "folder.txt": "is a folder; name a file in it",
        "a.xyz": r"files ending in \.xyz are not supported; convert it to one of \.txt",
        "bare": "files without an ending are not supported",
    }.items():
        with pytest.raises(DocumentError, match=f"{name}: {expected}"):
            read(tmp_path / name)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").touch()

    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DocumentError, match=r"a\.txt: cannot be read \(Permission denied\); ask for access"):
        read(tmp_path / "a.txt")


def test_each_format_names_the_suffixes_it_is_chosen_by() -> None:
    for suffix, module in documents._MODULES.items():
        assert suffix in import_module(module).SUFFIXES


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_find_lists_folders_in_order_and_passes_over_the_rest(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.TXT", "d/c.txt", ".hidden.txt", ".git/x.txt", "~$b.txt", "x.png", "d/e/ज़िला.txt")
    assert find([tmp_path]) == [
        (tmp_path / "a.TXT", "a.TXT"),
        (tmp_path / "b.txt", "b.txt"),
        (tmp_path / "d/c.txt", "d/c.txt"),
        (tmp_path / "d/e/ज़िला.txt", "d/e/ज़िला.txt"),
    ]
    assert find([tmp_path / "b.txt", tmp_path]) == [
        (tmp_path / "b.txt", "b.txt"),
        (tmp_path / "a.TXT", "a.TXT"),
        (tmp_path / "d/c.txt", "d/c.txt"),
        (tmp_path / "d/e/ज़िला.txt", "d/e/ज़िला.txt"),
    ]
    assert [name for _, name in find([tmp_path / ".hidden.txt"])] == [".hidden.txt"], "a named file is taken as it is"


def test_find_works_below_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "d/a.txt")
    monkeypatch.chdir(tmp_path)
    assert find([Path()]) == [(Path("d/a.txt"), "d/a.txt")]
    monkeypatch.chdir(tmp_path / "d")
    assert find([Path("..")]) == [(Path("../d/a.txt"), "d/a.txt")]


def test_equal_names_are_told_apart_by_the_folders_above(tmp_path: Path) -> None:
    make(tmp_path, "p/n/x.txt", "q/n/x.txt", "r/x.txt", "r/only.txt", "s/r/x.txt")
    folders = [tmp_path / "p/n", tmp_path / "q/n", tmp_path / "r", tmp_path / "s"]
    assert [name for _, name in find(folders)] == [
        "p/n/x.txt",
        "q/n/x.txt",
        "only.txt",
        f"{tmp_path.name}/r/x.txt",
        "s/r/x.txt",
    ]
    assert [name for _, name in find([tmp_path / "p/n/x.txt", tmp_path / "r/x.txt"])] == ["n/x.txt", "r/x.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_utf8_become_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))
    try:
        path.touch()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert [name for _, name in find([tmp_path])] == ["a\\xff.txt"]


def test_find_says_what_it_looked_for(tmp_path: Path) -> None:
    make(tmp_path, "x.png")
    with pytest.raises(DocumentError, match=rf"No document in {tmp_path}: looked for files ending in \.txt"):
        find([tmp_path])
    with pytest.raises(DocumentError, match="No document in the empty list of paths"):
        find([])
    with pytest.raises(DocumentError, match=r"none: No such file or directory; check the path"):
        find([tmp_path / "none"])
    with pytest.raises(DocumentError, match=r"x\.png: files ending in \.png are not supported"):
        find([tmp_path / "x.png"])


def test_a_folder_that_cannot_be_searched_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(DocumentError, match=rf"{tmp_path}: the folder cannot be read \(Permission denied\); ask"):
        find([tmp_path])
