"""The dry run counts what the matcher finds, and what it does not find and why."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.glossary import Entry, Glossary
from toolkit.glossary.impact import Impact, measure
from toolkit.languages import Direction


def row(source: str, target: str, line: int = 2, **cells: str) -> Entry:
    return Entry.from_cells({"source": source, "target": target, **cells}, file="g.csv", line=line)


def over(text: str | list[str], *entries: Entry) -> Impact:
    texts = [text] if isinstance(text, str) else text
    return measure(((f"a.txt:{number}", one) for number, one in enumerate(texts, 1)), Glossary(entries))


SONG = row("डाक सोंग", "Đắk Song", 2)
COMMITTEE = row("पार्टी समिति", "Party Committee", 3, kind="term", match="inflect")
DISTRICT = row("जिला पार्टी समिति", "District Party Committee", 4, kind="term")


def test_hits_are_counted_with_their_places() -> None:
    impact = over(["डाक सोंग जिला, डाक\u200cसोंग।", "कुछ नहीं", "में डाक सोंग"], SONG, COMMITTEE)  # ZWNJ
    song, committee = impact.rows
    assert (song.hits, committee.hits, impact.hits) == (2, 0, 2)
    assert [(context.where, str(context)) for context in song.contexts] == [
        ("a.txt:1", "[डाक सोंग] जिला, डाक\u200cसोंग।"),
        ("a.txt:3", "में [डाक सोंग]"),
    ]
    assert (impact.paragraphs, impact.characters) == (3, 24 + 9 + 11)
    assert impact.dead == [COMMITTEE]


def test_contexts_are_cut_at_words_and_come_from_all_over() -> None:
    text = "क ख ग " * 20 + "डाक सोंग" + " च छ ज" * 20
    (context,) = over(text, SONG).rows[0].contexts
    assert str(context).startswith("…क") or str(context).startswith("…ख") or str(context).startswith("…ग")
    assert str(context).endswith("…")
    assert len(context.before) <= 41
    assert len(context.after) <= 41
    unbroken = "क" * 100
    (context,) = over(f"{unbroken} डाक सोंग {unbroken}", SONG).rows[0].contexts
    assert context.after.endswith("…")
    many = over([f"डाक सोंग {number}" for number in range(1, 101)], SONG).rows[0]
    assert many.hits == 100
    assert [context.where for context in many.contexts] == ["a.txt:1", "a.txt:32", "a.txt:64"]


def test_a_term_within_a_longer_one_that_says_it_is_alive() -> None:
    impact = over("जिला पार्टी समिति", COMMITTEE, DISTRICT)
    committee, district = impact.rows
    assert (committee.hits, committee.within, district.hits) == (0, 1, 1)
    assert impact.dead == []
    assert impact.collisions == []


def test_a_term_that_a_longer_one_hides_is_a_collision() -> None:
    vinh, province = row("विन्ह", "Vinh", 2), row("विन्ह फुक", "Vĩnh Phúc", 3)
    impact = over(["विन्ह फुक में", "विन्ह और विन्ह फुक"], vinh, province)
    (collision,) = impact.collisions
    assert (collision.hidden, collision.by, collision.relation, collision.count) == (vinh, province, "within", 2)
    assert str(collision.example) == "[विन्ह फुक] में"
    assert impact.rows[0].hits == 1


def test_a_term_that_begins_in_another_is_a_collision() -> None:
    commune = row("नए ग्रामीण कम्यून", "new rural commune", 2, kind="term")
    party = row("कम्यून पार्टी समिति", "Commune Party Committee", 3, kind="term")
    impact = over(["नए ग्रामीण कम्यून पार्टी समिति ने", "कम्यून पार्टी समिति", "नए ग्रामीण कम्यून पार्टी"], commune, party)
    (collision,) = impact.collisions
    assert (collision.hidden, collision.by, collision.relation, collision.count) == (party, commune, "overlaps", 1)


def test_the_most_frequent_collision_comes_first() -> None:
    entries = [row("क", "ka", 2), row("क ख", "x", 3), row("क ग", "y", 4)]
    assert [one.count for one in over("क ख, क ग, क ग", *entries).collisions] == [2, 1]


@pytest.mark.parametrize(
    ("source", "text", "words"),
    [
        ("राज", "राजा और महाराज, राजा", {"राजा": 2, "महाराज": 1}),
        ("राज", "राज है", {}),
        ("डाक सोंग", "डाक सोंगली", {"डाक सोंगली": 1}),
        ("डाक सोंग", "अडाक सोंग", {"अडाक सोंग": 1}),
        ("ला हू", "फैला हुआ", {}),  # हू is no part of हुआ
        ("ला हु", "फैला हुआ", {"फैला हुआ": 1}),
        ("हो ची मिन्ह", "कहो ची मिन्हा", {"कहो ची मिन्हा": 1}),
        ("हो ची मिन्ह", "कहो ची", {}),
        ("हो ची मिन्ह", "कहो ची और", {}),
        ("हो ची मिन्ह", "ची मिन्हा", {}),
        ("हो ची मिन्ह", "हो ची मिन्हा", {"हो ची मिन्हा": 1}),
        ("संकल्प {n}", "महासंकल्प ३५", {"महासंकल्प ३५": 1}),
        ("संकल्प 3", "संकल्प 35", {"संकल्प 35": 1}),
        ("संकल्प {n} लागू", "संकल्प ३५ लागूकरण", {"संकल्प ३५ लागूकरण": 1}),
        ("ज़ालो", "जालोर", {"जालोर": 1}),  # nukta folds
        ("क", "क" * 61, {}),  # no word
    ],
)
def test_forms_within_other_words_are_counted_and_not_found(source: str, text: str, words: dict[str, int]) -> None:
    target = "x {n}" if "{n}" in source else "x"
    (only,) = over(text, row(source, target)).rows
    assert dict(only.words) == words
    assert only.inside == sum(words.values())


def test_what_the_row_finds_is_not_within_another_word() -> None:
    plural = over("पार्टी समितियों", COMMITTEE).rows[0]
    assert (plural.hits, plural.inside) == (1, 0)
    district = row("जिला पार्टी समिति", "District Party Committee", 4, kind="term", match="inflect")
    committee, longer = over("जिला पार्टी समितियों", COMMITTEE, district).rows
    assert (longer.hits, committee.within, committee.inside) == (1, 1, 0)


def test_words_are_capped_and_still_counted() -> None:
    text = " ".join(f"राज{first}{second}" for first in "कखगघचछजझटठ" for second in "कखगघचछजझटठ")
    (only,) = over(text, row("राज", "rule")).rows
    assert only.inside == 100
    assert len(only.words) == 50


def test_a_number_of_a_list_hides_nothing() -> None:
    resolution = row("संकल्प {n}", "Resolution {n}", 2)
    party = row("पार्टी संकल्प {n}", "Decree {n}", 3)
    impact = over("पार्टी संकल्प 35", resolution, party)
    assert [(one.hidden, one.count) for one in impact.collisions] == [(resolution, 1)]
    several = over("पार्टी संकल्प 35 और 36", resolution, party)
    assert [(one.hidden, one.count) for one in several.collisions] == [(resolution, 1)]


def test_english_to_hindi() -> None:
    glossary = Glossary((SONG,), Direction("en", "hi"))
    impact = measure([("a.txt:1", "In Đắk Song district, Đắk Songs")], glossary)
    assert (impact.rows[0].hits, dict(impact.rows[0].words)) == (1, {"Đắk Songs": 1})


def test_nothing_gives_nothing() -> None:
    assert over([], SONG).dead == [SONG]
    assert over("", SONG).hits == 0
    assert over("कुछ").rows == []


SYLLABLES = st.lists(st.sampled_from(("क", "ख", "का", "खा", " ")), min_size=1, max_size=30).map("".join)


@given(SYLLABLES, st.lists(SYLLABLES.filter(str.strip), min_size=1, max_size=4, unique=True))
def test_hits_and_words_agree_with_brute_force(text: str, sources: list[str]) -> None:
    entries = [row(" ".join(source.split()), f"t{line}", line) for line, source in enumerate(sources, 2)]
    glossary = Glossary(tuple(entries))
    impact = measure([("a:1", text)], glossary)
    assert impact.hits == len(glossary.find(text))
    for one in impact.rows:
        if not one.hits and not one.within and " " not in one.entry.source:
            form = one.entry.source
            inside = [word for word in text.split() if form in word and word != form]
            assert one.inside == len(inside)
            assert set(one.words) == set(inside)


def test_a_long_text_takes_little_time() -> None:
    forms = [f"{a}{b} {c}न" for a in "कखगघच" for b in "तथदधन" for c in "पफबभम"]
    entries = [row(form, f"t{line}", line) for line, form in enumerate(forms, 2)]
    paragraph = "यह एक साधारण वाक्य है जिसमें कत पन और बहुत से दूसरे शब्द हैं। " * 5
    started = time.process_time()
    impact = over([paragraph] * 500, *entries)
    assert time.process_time() - started < 5  # some 0.2 s
    assert impact.rows[0].hits == 2500
    assert re.match(r"a\.txt:\d+", impact.rows[0].contexts[-1].where)
