"""A large text is read piece by piece, into the paragraphs that it has when it is read whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import documents
from toolkit.documents import stream
from toolkit.documents.stream import stream_text
from toolkit.errors import DocumentError


@given(
    text=st.text(st.sampled_from("कख \n\r\t\u2028\x0b\u00a0"), max_size=30),  # LINE SEPARATOR, VT, NO-BREAK SPACE
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_paragraphs_are_those_of_the_document(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    path = tmp_path_factory.mktemp("texts") / "a.txt"
    path.write_bytes(text.encode(encoding))
    whole = [segment.source for segment in documents.read(path).segments]
    assert list(stream_text(path)) == whole
    assert list(documents.paragraphs(path)) == whole


def test_only_a_large_text_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("क\n\nख\n", encoding="utf-8")
    monkeypatch.setattr(documents, "read", lambda path: pytest.fail("was read whole"))
    monkeypatch.setattr(stream, "LARGE", 5)
    assert list(documents.paragraphs(path)) == ["क", "ख"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_head_may_end_within_a_character(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    path = tmp_path / "a.txt"
    text = "क\U0001f600" * 20  # an emoji is two code units of UTF-16
    mark = "\ufeff" if encoding != "utf-8" else ""
    path.write_bytes((mark + text).encode(encoding))
    for head in range(20, 30):
        monkeypatch.setattr(stream, "_HEAD", head)
        assert list(stream_text(path)) == [text]


def test_a_long_line_is_read_and_an_empty_file_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("क" * 1_000_000 + "\r\n", encoding="utf-8", newline="")
    (tmp_path / "b.txt").touch()
    assert list(stream_text(tmp_path / "a.txt")) == ["क" * 1_000_000]
    assert list(stream_text(tmp_path / "b.txt")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ok\n" + b"x" * 1_000_001, "line 2 is longer than 1,000,000 characters; put one paragraph on a line."),
        (b"\xff\xfe\xfd" * 9, "text"),
        (b"a\nb\n" * 300_000 + b"\xff\xff", "damaged text near line"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"a\.txt: ") as raised:
        list(stream_text(path))
    assert said in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for read in (stream_text, documents.paragraphs):
        with pytest.raises(DocumentError, match=r"no\.txt: "):
            list(read(tmp_path / "no.txt"))
