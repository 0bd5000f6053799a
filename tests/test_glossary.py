from pathlib import Path

import pytest

import toolkit.glossary as package
from toolkit.errors import GlossaryError
from toolkit.glossary import Entry, Glossary, find, shipped_glossaries
from toolkit.glossary.keys import key
from toolkit.languages import Direction
from toolkit.segment import Segment

SONG = Entry("डाक सोंग", "Đắk Song", variants=("डक सोंग",), accepted=("Dak Song",), file="g.csv", line=2)
BACK = Direction("en", "hi")


def test_rows_are_read_from_files_and_folders(tmp_path: Path) -> None:
    one, two = tmp_path / "a" / "one.csv", tmp_path / "two.csv"
    one.parent.mkdir()
    one.write_text("source,target\nडाक सोंग,Đắk Song\n", encoding="utf-8")
    two.write_text("source,target\nज़ालो,Zalo\n", encoding="utf-8")
    glossary = Glossary.load(one.parent, str(two))
    assert [entry.target for entry in glossary.entries] == ["Đắk Song", "Zalo"]
    assert glossary.files == (one.as_posix(), two.as_posix())
    assert glossary.direction == Direction()
    assert [hit.row for hit in glossary.find("ज़ालो")] == [f"{two.as_posix()}:2"]
    with pytest.raises(GlossaryError, match=r"three\.csv"):
        Glossary.load(tmp_path / "three.csv")


def test_the_shipped_rows_are_found_in_the_text_of_the_desk() -> None:
    glossary = Glossary.load()
    assert {Path(file).parent for file in glossary.files} == {shipped_glossaries()}
    hits = glossary.find("डाक सोंग जिला पार्टी समिति ने संकल्प ३५ पर 'पाँच पार्टी सदस्यों' की बात की। [विज्ञापन_2] टिप्पणी (0)")
    assert [hit.target for hit in hits] == [
        *("Đắk Song", "District Party Committee", "Resolution 35", "Party member", "Advertisement_2", "Comments (0)"),
    ]
    back = Glossary.load(direction=BACK)
    assert [hit.target for hit in back.find("Resolution 35 of Đắk Song")] == ["संकल्प 35", "डाक सोंग"]


def test_missing_shipped_glossaries_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "__file__", str(tmp_path / "toolkit" / "glossary" / "__init__.py"))
    with pytest.raises(GlossaryError, match="--glossary"):
        shipped_glossaries()
    (tmp_path / "toolkit" / "data" / "glossaries").mkdir(parents=True)
    assert shipped_glossaries() == tmp_path / "toolkit" / "data" / "glossaries"


ROWS = [
    Entry("संकल्प", "Pledge", status="forbidden"),
    Entry("संकल्प", "resolution", status="admitted", variants=("सङ्कल्प",), accepted=("Resolutions",)),
    Entry("संकल्प", "Resolution", accepted=("resolution",)),
    Entry("संकल्प", "Oath"),  # a second preferred row: the first one holds
    Entry("प्रण", "Vow", status="forbidden"),  # nothing to put in its place
    Entry("वचन", "Promise", status="forbidden"),
    Entry("वचन", "promise", status="admitted"),  # the only form there is
    Entry("मसौदा", "draft", status="draft"),
    Entry("VTV24", "", status="dnt"),
]


@pytest.mark.parametrize("turned", [False, True])
def test_rows_of_one_source_become_one(turned: bool) -> None:
    rows = [row for row in ROWS if row.target != "Oath"][:: -1 if turned else 1] if turned else ROWS
    applied = {entry.source: entry for entry in Glossary(tuple(rows)).applied}
    assert applied.keys() == {"संकल्प", "वचन", "VTV24"}
    main = applied["संकल्प"]
    assert (main.target, main.accepted) == ("Resolution", ("resolution", "Resolutions"))
    assert (main.forbidden, main.variants) == (("Pledge",), ("सङ्कल्प",))
    assert (applied["वचन"].target, applied["वचन"].forbidden) == ("promise", ("Promise",))
    assert applied["VTV24"].target == "VTV24"


def test_a_draft_is_not_found() -> None:
    assert Glossary(tuple(ROWS)).find("मसौदा") == ()


def test_rows_turn_around() -> None:
    other = Entry("डाक सोंग ज़िला", "Đắk Song", match="inflect", forbidden=("Duck Song",))
    first, second = Glossary((SONG, other), BACK).applied
    assert (first.source, first.target) == ("Đắk Song", "डाक सोंग")
    assert first.variants == ("Dak Song",)
    assert first.accepted == ("डक सोंग", "डाक सोंग ज़िला")
    assert (second.target, second.accepted) == ("डाक सोंग ज़िला", ("डाक सोंग", "डक सोंग"))
    assert (second.match, second.forbidden, first.row) == ("exact", (), "g.csv:2")


def test_find_fills_in_the_hits() -> None:
    segment = find(Segment("a:1:0", "यह डाक सोंग है"), Glossary((SONG,)))
    assert [(hit.start, hit.end, hit.target) for hit in segment.hits] == [(3, 11, "Đắk Song")]


def test_only_names_are_known_by_sound() -> None:
    term = Entry("समिति", "committee", kind="term")
    names = Glossary((SONG, term)).names
    (hit,) = Glossary((Entry("x", "y"),)).find("x")
    assert names.rival(key("Dak Song"), hit) == 1.0
    assert names.rival(key("committee"), hit) < 0.8


def test_the_hash_follows_what_rows_say_and_nothing_else() -> None:
    glossary = Glossary((SONG, Entry("ज़ालो", "Zalo")))
    moved = Glossary((Entry("ज़ालो", "Zalo", note="brand", line=9), SONG))
    assert len(glossary.hash) == 12
    assert glossary.hash == moved.hash
    assert glossary.hash != Glossary((SONG, Entry("ज़ालो", "ZALO"))).hash
    assert glossary.hash != Glossary(glossary.entries, BACK).hash
    assert Glossary((SONG, Entry("क", "k", status="draft"))).hash == Glossary((SONG,)).hash
