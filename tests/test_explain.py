"""Segments are read back as they were written, and each can be named and explained."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from toolkit.cli import app
from toolkit.errors import DocumentError, UsageError
from toolkit.review import Placed, SegmentsWriter, read_segments
from toolkit.review.explain import Paint, explained, pick
from toolkit.review.segments import NAME, segments_file
from toolkit.segment import Document, Edit, Issue, Segment, Sentence, TermHit, TermOutcome, segment_id

SOURCE = "डाक सोंग में बैठक हुई। संकल्प ३५ लागू।"
SONG = TermHit("g.csv:2", 0, 8, "डाक सोंग", "डाक सोंग", "Đắk Song", ("Dak Song District",), ("Dak Song",))
MEETING = TermHit("g.csv:4", 13, 17, "बैठक", "बैठकें", "session", kind="term", tier="inflected")
RESOLUTION = TermHit("g.csv:3", 23, 32, "संकल्प ३५", "संकल्प {n}", "Resolution 35", kind="pattern")
SENTENCES = (
    Sentence(
        0,
        "डाक सोंग में बैठक हुई। ",
        "They met in Dak Song.",
        "A meeting was held in Đắk Song.",
        (
            Edit(0, "They met in Dak Song.", "A meeting was held in Dak Song.", "injection", "g.csv:2", "told again"),
            Edit(22, "Dak Song", "Đắk Song", "rendering", "g.csv:2"),
        ),
    ),
    Sentence(23, "संकल्प ३५ लागू।", "Resolution 35 is in force.", "Resolution 35 is in force."),
)
TARGET = "A meeting was held in Đắk Song. Resolution 35 is in force."
OUTCOMES = (
    TermOutcome(SONG, "repaired", 22, 30, "injection", "told again"),
    TermOutcome(MEETING, "unresolved", evidence="nothing sounded like it"),
    TermOutcome(RESOLUTION, "right", 32, 45, evidence="the engine wrote “Resolution 35”"),
)
ISSUE = Issue("terms", "Term बैठक should be “session”.", "error")


def segment(name: str = "a.txt", position: int = 1, source: str = SOURCE) -> Segment:
    return Segment(
        segment_id(name, position, source),
        source,
        (SONG, MEETING, RESOLUTION),
        SENTENCES,
        "They met in Dak Song. Resolution 35 is in force.",
        TARGET,
        OUTCOMES,
        (ISSUE,),
    )


def plain(name: str, position: int, source: str) -> Segment:
    return Segment(segment_id(name, position, source), source, target=source, origin="copied")


def document(name: str, *sources: str) -> Document:
    segments = [segment(name)]
    segments += [plain(name, position, source) for position, source in enumerate(sources, 2)]
    return Document(name, tuple(segments), ("",) * (len(segments) + 1))


def run(folder: Path, *documents: Document) -> Path:
    with SegmentsWriter(folder / NAME) as writer:
        for one in documents:
            writer.add(one)
    return folder / NAME


# ---- the file


def test_one_line_for_each_paragraph_without_what_goes_without_saying(tmp_path: Path) -> None:
    path = run(tmp_path, document("a.txt", "42"))
    first, second = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert (first["document"], first["position"], first["source"]) == ("a.txt", 1, SOURCE)
    assert first["outcomes"][1] == {"status": "unresolved", "evidence": "nothing sounded like it"}
    assert second == {
        "document": "a.txt",
        "position": 2,
        "id": segment_id("a.txt", 2, "42"),
        "source": "42",
        "target": "42",
        "origin": "copied",
    }


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    documents = [document("a.txt", "42", "क\nख"), document("समाचार/b.txt"), document("\udcff.txt", '"\\udcff"')]
    placed = list(read_segments(run(tmp_path, *documents)))
    assert placed == [
        Placed(one.name, position, each) for one in documents for position, each in enumerate(one.segments, 1)
    ]


texts = st.text(max_size=8)
hits = st.builds(
    TermHit, texts, st.integers(0, 9), st.integers(0, 9), texts, texts, texts, st.lists(texts, max_size=2).map(tuple)
)
edits = st.builds(Edit, st.integers(0, 9), texts, texts, texts, texts, texts)
sentences = st.builds(Sentence, st.integers(0, 9), texts, texts, texts, st.lists(edits, max_size=2).map(tuple))


@st.composite
def any_segment(draw: st.DrawFn) -> Segment:
    found = tuple(draw(st.lists(hits, max_size=3)))
    outcomes = tuple(
        TermOutcome(
            hit, draw(st.sampled_from(("right", "repaired", "unresolved"))), draw(st.none() | st.integers(0, 9))
        )
        for hit in found
    )
    parts = tuple(draw(st.lists(sentences, max_size=2)))
    issues = tuple(draw(st.lists(st.builds(Issue, texts, texts), max_size=2)))
    outcomes = outcomes if draw(st.booleans()) else ()
    return Segment(draw(texts), draw(texts), found, parts, draw(texts), draw(texts), outcomes, issues)


@given(segments=st.lists(any_segment(), max_size=3))
def test_any_segment_is_read_back(tmp_path_factory: pytest.TempPathFactory, segments: list[Segment]) -> None:
    folder = tmp_path_factory.mktemp("run")
    path = run(folder, Document("क:1", tuple(segments), ("",) * (len(segments) + 1)))
    assert [placed.segment for placed in read_segments(path)] == segments


def test_outcomes_that_are_not_those_of_the_hits_are_a_mistake(tmp_path: Path) -> None:
    wrong = replace(segment(), outcomes=OUTCOMES[::-1])
    with pytest.raises(ValueError, match="the outcomes are not those of the hits"):
        run(tmp_path, Document("a.txt", (wrong,), ("", "")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "3",
        '{"document":"a"}',
        '{"document":"a","position":1,"id":"i"}',
        '{"document":"a","position":1,"id":"i","source":"s","hits":[],"outcomes":[{}]}',
        "\udcff",
    ],
)
def test_a_file_of_another_version_is_named(tmp_path: Path, line: str) -> None:
    path = run(tmp_path, document("a.txt"))
    with path.open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(f"{line}\n")
    with pytest.raises(DocumentError, match=rf"{NAME}:2: is not a paragraph as .*; run `hien translate` again\."):
        list(read_segments(path))


def test_fields_of_a_later_version_are_passed_over(tmp_path: Path) -> None:
    path = run(tmp_path, document("a.txt"))
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, "colour": "red"}), encoding="utf-8")
    assert [placed.segment for placed in read_segments(path)] == [segment()]


def test_a_folder_without_the_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=rf"has no {NAME}; name the --output of a finished `hien translate`"):
        segments_file(tmp_path)
    with pytest.raises(DocumentError, match="no such folder; "):
        segments_file(tmp_path / "nope")
    assert segments_file(run(tmp_path, document("a.txt")).parent) == tmp_path / NAME


# ---- naming a segment


def placed() -> Iterator[Placed]:
    for one in (document("a.txt", "पहला", "दूसरा पहला"), document("b/c:d.txt", "पहला", "2024")):
        for position, each in enumerate(one.segments, 1):
            yield Placed(one.name, position, each)


@pytest.mark.parametrize(
    ("name", "document", "position", "others"),
    [
        (segment_id("a.txt", 2, "पहला"), "a.txt", 2, []),
        ("b/c:d.txt:2", "b/c:d.txt", 2, []),
        ("पहला", "a.txt", 2, ["a.txt:3", "b/c:d.txt:2"]),
        ("दूसरा", "a.txt", 3, []),
        (" दूसरा  पहला".replace("  ", "\u00a0"), "a.txt", 3, []),  # no-break space
        ("संकल्प 35", "a.txt", 1, ["b/c:d.txt:1"]),  # digits fold
    ],
)
def test_a_segment_has_several_names(name: str, document: str, position: int, others: list[str]) -> None:
    found = pick(placed(), name)
    assert (found.placed.document, found.placed.position) == (document, position)
    assert (found.others, found.more) == (others, len(others))


def test_a_position_alone_needs_a_single_document() -> None:
    with pytest.raises(UsageError, match=r"^2: there are 2 documents; name one, such as a\.txt:2\.$"):
        pick(placed(), "2")
    alone = [one for one in placed() if one.document == "a.txt"]
    assert pick(alone, "2").placed.position == 2
    numbers = [Placed("a.txt", position, plain("a.txt", position, f"सन {9 - position}")) for position in (1, 2)]
    assert pick(numbers, "8").placed.position == 1  # no such position: a figure of the text


def test_many_segments_that_fit_are_counted_and_some_named() -> None:
    many = [Placed("a", position, plain("a", position, "क")) for position in range(1, 9)]
    found = pick(many, "क")
    assert (found.more, found.others) == (7, ["a:2", "a:3", "a:4"])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.txt:99", "(a.txt:1 to a.txt:3)"),
        ("a.txt:99:1234abcd", "(a.txt:1 to a.txt:3)"),
        ("a.tx:2", "(a.txt:1 to a.txt:3)"),
        ("zzz", "(a.txt:1 to a.txt:3, b/c:d.txt:1 to b/c:d.txt:3)"),
        (" ", "(a.txt:1 to a.txt:3, b/c:d.txt:1 to b/c:d.txt:3)"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_names(name: str, shown: str) -> None:
    with pytest.raises(UsageError) as raised:
        pick(placed(), name)
    assert f"no such segment; name one as document:position {shown}, by its id" in str(raised.value)


def test_an_empty_run_has_no_segments() -> None:
    with pytest.raises(UsageError, match="1: the run has no paragraphs"):
        pick([], "1")


# ---- the explanation


def test_everything_about_a_segment_is_told() -> None:
    lines = list(explained(Placed("a.txt", 1, segment()), Paint(colour=False)))
    assert lines[0] == f"a.txt:1  {segment().id[-8:]}"
    told = "\n".join(lines)
    assert "Source\n  [1 डाक सोंग] में [2 बैठक] हुई। [3 संकल्प ३५] लागू।" in told
    assert "Engine\n  They met in Dak Song. Resolution 35 is in force." in told
    assert told.partition("Edits (2)\n")[2].partition("\n\n")[0].splitlines() == [
        "  in sentence 1 of 2: डाक सोंग में बैठक हुई।",
        "  injection, for g.csv:2: the sentence anew",
        "    before  They met in Dak Song.",
        "    after   A meeting was held in Dak Song.",
        "    because told again",
        "  rendering, for g.csv:2",
        "    'Dak Song' → 'Đắk Song'",
    ]
    assert "Translation\n  A meeting was held in [1 Đắk Song]. [3 Resolution 35] is in force." in told
    assert told.partition("Terms (3)\n")[2].partition("\n\n")[0].splitlines() == [
        "   1  डाक सोंग → Đắk Song  repaired by injection",
        "      g.csv:2",
        "      told again",
        "   2  बैठक → session  unresolved",
        "      g.csv:4, inflected match of बैठकें",
        "      nothing sounded like it",
        "   3  संकल्प ३५ → Resolution 35  right",
        "      g.csv:3",
        "      the engine wrote “Resolution 35”",
    ]
    assert told.endswith("Issues (1)\n  error: terms: Term बैठक should be “session”.")


def test_a_copied_segment_says_so() -> None:
    told = "\n".join(explained(Placed("a.txt", 2, plain("a.txt", 2, "42")), Paint(colour=False)))
    assert "Copied\n  There was nothing to translate in it." in told
    assert "none of the glossary's stands in the source" in told
    assert "Edits (0)\n  none" in told
    assert told.endswith("Issues (0)\n  none")


def test_terms_within_terms_are_marked_once() -> None:
    inner = replace(SONG, start=4, end=8, surface="सोंग")
    both = replace(segment(), hits=(SONG, inner), outcomes=(OUTCOMES[0], replace(OUTCOMES[0], hit=inner)))
    told = "\n".join(explained(Placed("a.txt", 1, both), Paint(colour=False)))
    assert "[1 डाक सोंग] में बैठक" in told
    assert "   2  सोंग → Đắk Song" in told


def test_a_segment_without_outcomes_is_shown_all_the_same() -> None:
    bare = replace(segment(), outcomes=(), sentences=SENTENCES[1:])
    told = "\n".join(explained(Placed("a.txt", 1, bare), Paint(colour=False)))
    assert "[1 डाक सोंग] में [2 बैठक]" in told


def test_colours_show_what_became_of_a_term() -> None:
    paint = Paint(colour=True)
    told = "\n".join(explained(Placed("a.txt", 1, segment()), paint))
    assert "\x1b[34m[1 डाक सोंग]\x1b[0m" in told
    assert "\x1b[31m[2 बैठक]\x1b[0m" in told
    assert "\x1b[32m[3 Resolution 35]\x1b[0m" in told


# ---- the command

Hien = Callable[..., Result]


@pytest.fixture
def hien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hien:
    """Runs `hien` in a folder that holds the results of a run."""
    monkeypatch.chdir(tmp_path)
    Path("names.csv").write_text("source,target\nडाक सोंग,Đắk Song\n", encoding="utf-8")
    Path("a.txt").write_text("डाक सोंग जिला।\nजिला।\n", encoding="utf-8")
    arguments = ["translate", "a.txt", "-q", "--engine", "scripted", "--glossary", "names.csv"]
    assert CliRunner().invoke(app, arguments).exit_code == 0

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["explain", *arguments])

    return invoke


def test_a_finished_run_can_be_explained(hien: Hien) -> None:
    done = hien("out", "1")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("a.txt:1  ")
    assert "[1 डाक सोंग] जिला।" in done.stdout
    assert "repaired by rendering" in done.stdout
    assert "\x1b" not in done.stdout
    done = hien("out", "जिला")
    assert done.stdout.startswith("a.txt:1  ")
    assert done.stderr == "2 segments have it; this is the first, the others are a.txt:2.\n"


def test_a_segment_as_json(hien: Hien) -> None:
    data = json.loads(hien("out", "a.txt:2", "--json").stdout)
    assert (data["document"], data["position"], data["source"]) == ("a.txt", 2, "जिला।")


def test_errors_are_one_line(hien: Hien) -> None:
    done = hien("out", "7")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: 7: no such segment; name one as document:position (a.txt:1 to a.txt:2)")
    done = hien(os.curdir, "1")
    assert done.exit_code == 1
    assert (
        done.stderr == f"Error: .: has no {NAME}; name the --output of a finished `hien translate`, or run it again.\n"
    )
