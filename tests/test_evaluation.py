"""Term success, consistency and over-application, by hand-computed values and by what must hold for any text."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DocumentError, UsageError
from toolkit.evaluation.overuse import Concepts
from toolkit.evaluation.sets import Item, TermSet, read_jsonl, read_lines, read_parallel
from toolkit.evaluation.terms import judge, success_of, term_scores
from toolkit.glossary import Entry, Glossary
from toolkit.segment import TermHit


def hit(target: str, *accepted: str, row: str = "") -> TermHit:
    return TermHit(row or target, 0, 1, "x", "x", target, accepted)


def item(*hits: TermHit, attested: Sequence[bool] | None = None, reference: str = "") -> Item:
    return Item("1", "x", reference, hits, tuple(attested or (True,) * len(hits)))


@pytest.mark.parametrize(
    ("text", "hits", "cased", "uncased", "standing", "lenient"),
    [
        ("the virus spreads", [hit("virus")], [1], [1], [1], [1]),
        ("the Virus spreads", [hit("virus")], [0], [1], [0], [1]),
        ("Virus spreads", [hit("virus")], [1], [1], [1], [1]),  # a capital at the start of a sentence is no other form
        ("the viruses spread", [hit("virus")], [0], [0], [0], [1]),
        ("the viruses spread", [hit("virus", "viruses")], [1], [1], [1], [1]),
        ("a virus", [hit("virus"), hit("virus")], [1, 0], [1, 0], [1, 1], [1, 1]),  # two need two spans
        ("virus infection", [hit("virus infection"), hit("virus")], [1, 0], [1, 0], [1, 1], [1, 1]),
        ("virus of a virus infection", [hit("virus infection"), hit("virus")], [1, 1], [1, 1], [1, 1], [1, 1]),
        ("in hanoi", [hit("Hanoi")], [0], [1], [0], [1]),
        ("in Dak Song", [hit("Đắk Song")], [0], [0], [0], [0]),  # marks are no matter of case
        ("", [hit("Hanoi")], [0], [0], [0], [0]),
        ("Hanoi", [], [], [], [], []),
    ],
)
def test_an_occurrence_is_judged_by_each_definition(
    text: str, hits: list[TermHit], cased: list[int], uncased: list[int], standing: list[int], lenient: list[int]
) -> None:
    verdicts = judge(text, hits)
    assert [verdict.cased for verdict in verdicts] == [*map(bool, cased)]
    assert [verdict.uncased is not None for verdict in verdicts] == [*map(bool, uncased)]
    assert [verdict.standing for verdict in verdicts] == [*map(bool, standing)]
    assert [verdict.lenient for verdict in verdicts] == [*map(bool, lenient)]


MASK, FEVER, HANOI = hit("mask", "masks", row="r1"), hit("fever", row="r2"), hit("Hanoi", row="r3")
ITEMS = [item(MASK, MASK), item(MASK, FEVER), item(HANOI, attested=[False]), item()]
TEXTS = ["masks and a mask", "masks, no temperature", "in hanoi", "anything"]


def test_scores_are_those_computed_by_hand() -> None:
    scores = term_scores(ITEMS, TEXTS)
    assert (scores.occurrences, scores.terms) == (4, 2)
    assert scores.success == scores.success_uncased == scores.upper == 3 / 4
    assert scores.macro == (1 + 0) / 2
    assert scores.lenient == 2 / 3  # mask, mask, fever: once a term and segment
    assert scores.consistency == 2 / 4  # masks, masks, mask and none
    assert scores.consistency_predefined == 1 / 4  # one "mask"
    assert scores.segments == ((2, 2), (1, 2), (0, 0), (0, 0))


def test_the_scope_all_takes_the_unattested_ones_too() -> None:
    scores = term_scores(ITEMS, TEXTS, "all")
    assert (scores.occurrences, scores.terms) == (5, 3)
    assert (scores.success, scores.success_uncased) == (3 / 5, 4 / 5)
    assert scores.macro_uncased == pytest.approx((1 + 0 + 1) / 3)


def test_a_rendering_with_slots_is_the_same_whatever_the_figure() -> None:
    rows = [hit(f"Resolution {n}", f"Res. {n}", row="r") for n in (35, 36, 37)]
    scores = term_scores([item(*rows)], ["Resolution 35, Resolution 36 and Res. 37"])
    assert scores.consistency == scores.consistency_predefined == pytest.approx(2 / 3)


def test_nothing_required_is_nothing_missing() -> None:
    scores = term_scores([item()], [""])
    assert scores.success == scores.macro == scores.lenient == scores.consistency == success_of((0, 0)) == 1.0


FORMS = ["mask", "masks", "Hanoi", "Ha", "face mask", "Đắk Song"]
forms = st.sampled_from(FORMS)
required = st.lists(st.builds(lambda target, more: hit(target, *more), forms, st.lists(forms, max_size=2)), max_size=4)
texts = st.lists(st.sampled_from([*FORMS, *map(str.upper, FORMS), "and", ".", "unmasked", "hanoi"]), max_size=8)


@given(st.lists(st.tuples(required, texts.map(" ".join)), min_size=1, max_size=5), st.randoms())
def test_definitions_are_ordered_and_the_order_of_segments_does_not_matter(
    segments: list[tuple[list[TermHit], str]], dice: random.Random
) -> None:
    items = [item(*hits) for hits, _ in segments]
    scores = term_scores(items, [text for _, text in segments])
    assert scores.success <= scores.upper
    assert scores.success <= scores.success_uncased
    assert scores.macro <= scores.macro_uncased
    assert scores.consistency <= scores.success_uncased
    assert scores.consistency_predefined <= scores.success_uncased
    for value in (scores.success, scores.macro, scores.upper, scores.lenient, scores.consistency):
        assert 0 <= value <= 1
    assert scores.success == success_of([sum(column) for column in zip(*scores.segments, strict=True)])
    order = [*range(len(segments))]
    dice.shuffle(order)
    shuffled = term_scores([items[place] for place in order], [segments[place][1] for place in order])
    assert shuffled.success == scores.success
    assert shuffled.macro == pytest.approx(scores.macro)
    assert shuffled.consistency == scores.consistency
    assert shuffled.lenient == scores.lenient


@given(st.lists(required, min_size=1, max_size=4))
def test_all_that_is_required_scores_one_and_nothing_scores_zero(segments: list[list[TermHit]]) -> None:
    items = [item(*hits) for hits in segments]
    perfect = term_scores(items, [" | ".join(one.target for one in hits) for hits in segments])
    assert perfect.success == perfect.success_uncased == perfect.macro == perfect.upper == perfect.lenient == 1.0
    if any(segments):
        empty = term_scores(items, [""] * len(items))
        assert empty.success == empty.success_uncased == empty.macro == empty.lenient == empty.consistency == 0.0


# ---- over-application

ENTRIES = (
    Entry("वायरस", "virus", accepted=("viruses",)),
    Entry("विषाणु", "virus"),
    Entry("वायरस संक्रमण", "virus infection"),
    Entry("संकल्प {n}", "Resolution {n}"),
    Entry("!", "!"),
)


@pytest.mark.parametrize(
    ("hits", "reference", "text", "too_many"),
    [
        ([], "", "nothing of it", 0),
        ([], "", "a virus", 1),
        ([], "a virus", "a virus", 0),
        ([], "a Virus", "viruses and a virus", 1),  # forms of a concept count together, whatever the case
        ([hit("virus")], "", "a virus", 0),
        ([hit("virus")], "", "a virus and a virus and viruses", 2),
        ([hit("virus"), hit("virus")], "", "a virus", 0),  # too few is no over-application
        ([hit("virus infection")], "", "a virus infection", 0),  # the virus in it is no virus of its own
        ([], "", "the antivirus", 0),
        ([], "", "Resolution 35!", 0),  # forms with slots, and without a word, are left out
    ],
)
def test_what_nothing_asked_for_is_too_much(hits: list[TermHit], reference: str, text: str, too_many: int) -> None:
    assert Concepts(ENTRIES).too_many(item(*hits, reference=reference), text) == too_many


@given(texts.map(" ".join))
def test_the_reference_is_never_too_much(text: str) -> None:
    concepts = Concepts([Entry("x", form) for form in FORMS])
    assert concepts.too_many(item(reference=text), text) == 0


# ---- sets


def line(**changes: Any) -> str:
    term = {"src": "डाक सोंग", "span": [0, 8], "tgt": ["Đắk Song"], "attested": ["Đắk Song"]}
    row = {"id": "a:1", "hi": "डाक सोंग और डाक सोंग", "en": "Đắk Song and there", "terms": [term]}
    row |= {name: value for name, value in changes.items() if name in row}
    term |= {name: value for name, value in changes.items() if name not in row}
    return json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False)


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_marked_occurrences_are_read_and_the_others_found(tmp_path: Path) -> None:
    terms = read_jsonl(write(tmp_path / "set.jsonl", line(), "", line(terms=[], hi="कुछ नहीं")))
    (one, other) = terms.items
    assert terms.name == "set.jsonl"
    assert [(hit.start, hit.end, hit.target, hit.kind) for hit in one.hits] == [
        (0, 8, "Đắk Song", "term"),
        (12, 20, "Đắk Song", "term"),
    ]
    assert one.attested == (True, False)
    assert len({hit.row for hit in one.hits}) == 1
    assert [len(one.required(scope)) for scope in ("attested", "all")] == [1, 2]
    assert other.hits == ()
    assert [entry.source for entry in terms.entries] == ["डाक सोंग"]


def test_forms_are_compared_in_nfc_and_gathered_over_the_set(tmp_path: Path) -> None:
    decomposed = "Đa\u0306\u0301k Song"  # a with combining breve and acute
    terms = read_jsonl(
        write(tmp_path / "s", line(en=decomposed, tgt=[decomposed]), line(tgt=["Dak Song"], kind="name"))
    )
    assert terms.items[0].reference == "Đắk Song"
    assert [(entry.target, entry.accepted, entry.kind) for entry in terms.entries] == [
        ("Đắk Song", ("Dak Song",), "term")
    ]
    assert {hit.accepted for each in terms.items for hit in each.hits} == {("Dak Song",)}


@pytest.mark.parametrize(
    ("forms", "target", "accepted"),
    [
        (["an epidemic", "epidemic"], "epidemic", ("an epidemic",)),
        (["the incubation period"], "the incubation period", ()),
        (["anthrax", "another"], "anthrax", ("another",)),
    ],
)
def test_a_form_without_an_article_is_preferred(
    tmp_path: Path, forms: list[str], target: str, accepted: tuple[str, ...]
) -> None:
    (entry,) = read_jsonl(write(tmp_path / "s", line(tgt=forms))).entries
    assert (entry.target, entry.accepted) == (target, accepted)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "lacks id, hi or en"),
        (line(en=None), "lacks id, hi or en"),
        (line(hi=3), "lacks id, hi or en"),
        (line(terms=None), "has a term without"),
        (line(terms=["x"]), "has a term without"),
        (line(src=3), "has a term without"),
        (line(span=[0]), "has a term without"),
        (line(span=["0", "8"]), "has a term without"),
        (line(tgt=[]), "has a term without"),
        (line(tgt=[" "]), "has a term without"),
        (line(attested=True), "has a term without"),
        (line(kind="verb"), "has a term without"),
        (line(span=[1, 9]), "span 1–9 overlaps another or is not"),
        (line(src="", span=[0, 0]), "no glossary row"),
        (line(src="{n", span=[0, 2]), "no glossary row"),
        (line(terms=[json.loads(line())["terms"][0]] * 2), "span 0–8 overlaps another"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path / "set.jsonl", line(), text)
    with pytest.raises(DocumentError, match=message) as caught:
        read_jsonl(path)
    assert str(caught.value).startswith(f"{path}:2: ")


def test_an_empty_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is empty"):
        read_jsonl(write(tmp_path / "set.jsonl"))


def test_lines_stay_in_step(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("e\u0301\r\n\r\nनी\u2028ला".encode())  # a line separator is no line end
    assert read_lines(path) == ["é", "", "नी\u2028ला"]


def test_a_glossary_finds_the_terms_of_parallel_lines(tmp_path: Path) -> None:
    source = write(tmp_path / "a.hi", "डाक सोंग और डाक सोंग", "संकल्प ३५")
    reference = write(tmp_path / "a.en", "đắk song, once", "Resolution 36")
    glossary = Glossary((Entry("डाक सोंग", "Đắk Song"), Entry("संकल्प {n}", "Resolution {n}")))
    terms = read_parallel(source, reference, glossary)
    assert [item.attested for item in terms.items] == [(True, False), (False,)]  # once each, whatever the case
    assert terms.items[1].hits[0].target == "Resolution 35"


@pytest.mark.parametrize(("lines", "message"), [([], "0 lines, but"), (["a", "b"], "2 lines, but")])
def test_files_of_other_lengths_are_refused(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_parallel(write(tmp_path / "a", *lines), write(tmp_path / "b", "x"), Glossary())


def test_empty_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is empty"):
        read_parallel(write(tmp_path / "a"), write(tmp_path / "b"), Glossary())


def test_a_part_is_spread_over_the_set() -> None:
    terms = TermSet("s", tuple(Item(str(number), "", "") for number in range(10)), ())
    assert [item.id for item in terms.spread(4).items] == ["0", "2", "5", "7"]
    assert terms.spread(10) == terms.spread(None) == terms.spread(99) == terms


def test_decoys_are_wrong_targets_of_the_same_kind() -> None:
    rows = (
        Entry("क", "A", accepted=("a1",), file="f", line=1),
        Entry("ख", "B", forbidden=("C",), file="f", line=2),
        Entry("ग", "a", file="f", line=3),
        Entry("घ", "fever", kind="term", file="f", line=4),
        Entry("सं {n}", "Res. {n}", file="f", line=5),
        Entry("नि {n}", "Dir. {n}", file="f", line=6),
    )
    glossary = Glossary(rows)
    hits = glossary.find("क ख ग घ सं ३५")
    terms = TermSet("s", (Item("1", "क ख ग घ सं ३५", "", hits, (True,) * len(hits)),), rows).decoy()
    assert [entry.target for entry in terms.entries] == ["B", "a", "B", "Decoy fever", "Dir. {n}", "Res. {n}"]
    assert all(entry.accepted == entry.forbidden == () for entry in terms.entries)
    assert [hit.target for hit in terms.items[0].hits] == ["B", "a", "B", "Decoy fever", "Dir. 35"]
    assert [(hit.start, hit.end) for hit in terms.items[0].hits] == [(hit.start, hit.end) for hit in hits]
    shuffled = TermSet("s", (), rows[::-1]).decoy()
    assert {*shuffled.entries} == {*terms.entries}


def test_a_marked_occurrence_that_the_glossary_does_not_find_has_a_decoy_too(tmp_path: Path) -> None:
    inside = line(hi="डाक सोंगों", span=[0, 8])  # a span that ends within a word
    terms = read_jsonl(write(tmp_path / "s", inside)).decoy()
    assert [hit.target for hit in terms.items[0].hits] == ["Decoy Đắk Song"]
