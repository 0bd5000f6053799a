"""The ladder and its guarantees, each with a property test."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import segmentation
from toolkit.devanagari import romanise
from toolkit.engines.scripted import ScriptedEngine
from toolkit.glossary import Entry, Glossary, find
from toolkit.glossary.enforcer import Workshop, enforce
from toolkit.glossary.spans import approved, capitalised
from toolkit.review import replay
from toolkit.segment import Segment
from toolkit.translation import Translator, acceptable

ROWS = (
    Entry("डाक सोंग", "Đắk Song", variants=("डक सोंग",), forbidden=("Duck Song",), file="t.csv", line=2),
    Entry("डाक नोंग", "Đắk Nông", file="t.csv", line=3),
    Entry("कू जट", "Cư Jút", file="t.csv", line=4),
    Entry("संकल्प {n}", "Resolution {n}", accepted=("Resolution No. {n}",), file="t.csv", line=5),
    Entry(
        "पार्टी सदस्य", "Party member", kind="term", match="inflect", accepted=("Party members",), file="t.csv", line=6
    ),
    Entry("जन समिति", "People's Committee", kind="term", match="inflect", file="t.csv", line=7),
)
WORDS = ("लोग", "ने", "आए", "और", "जिले", "में", "273", "३५", "नया", "काम", "है", "सरकार")
TERMS = ("डाक सोंग", "डक सोंग", "डाक नोंग", "कू जट", "संकल्प 35", "संकल्प ३६", "पार्टी सदस्यों", "जन समिति")
ENGLISH = (
    "people",
    "came",
    "to",
    "Dak Song",
    "dak soung",
    "Đắk Nông",
    "273",
    "35",
    "36",
    "Resolution 35",
    "a",
    "the",
    "Cu Jat",
    "party members",
    "work.",
)


def enforced(source: str, glossary: Glossary, script: dict[str, str | Sequence[str]] | None = None) -> Segment:
    translator = Translator(ScriptedEngine(script or {}))
    workshop = Workshop(
        names=glossary.names,
        candidates=translator.candidates,
        clause_candidates=translator.clause_candidates,
        align=translator.engine.align,
        renderings=translator.calibration.renderings,
        accept=acceptable(translator.direction),
    )
    segment = segmentation.split(find(Segment("s", source), glossary), translator.engine.fits)
    return enforce(translator.translate([segment]), workshop)[0]


@pytest.mark.parametrize(
    ("source", "script", "target", "steps"),
    [
        ("डाक सोंग आए।", {"डाक सोंग आए।": "Đắk Song came."}, "Đắk Song came.", ["right"]),
        ("डाक सोंग आए।", {"डाक सोंग आए।": "Duck Song came."}, "Đắk Song came.", ["rendering"]),
        ("डाक सोंग आए।", {"डाक सोंग आए।": "Dak Soung came."}, "Đắk Song came.", ["phonetic"]),
        (
            "डाक सोंग आए।",
            {"डाक सोंग आए।": "They came.", "डाक सोंग": "Post", "Dak Song आए।": "Dak Song came."},
            "Đắk Song came.",
            ["injection"],
        ),
        (
            "जन समिति बैठी।",
            {"जन समिति बैठी।": "The mass committee sat.", "जन समिति": "mass committee"},
            "The People's Committee sat.",
            ["rendering"],
        ),
        ("डाक सोंग", {"डाक सोंग": "post"}, "Đắk Song", ["assembly"]),
        (
            "डाक सोंग आए।",
            {"डाक सोंग आए।": "They came.", "डाक सोंग": "Post", "Dak Song आए।": "It came."},
            "They came.",
            ["unresolved"],
        ),
        (
            "संकल्प ३५ और संकल्प 36 आए।",
            {"संकल्प ३५ और संकल्प 36 आए।": "Resolution No. 35 and resolution 36 came."},
            "Resolution No. 35 and Resolution 36 came.",
            ["right", "rendering"],
        ),
    ],
)
def test_ladder(source: str, script: dict[str, str | Sequence[str]], target: str, steps: list[str]) -> None:
    segment = enforced(source, Glossary(ROWS), script)
    assert segment.target == target
    assert [outcome.step or outcome.status for outcome in segment.outcomes] == steps


def test_the_best_retelling_wins_over_an_earlier_round() -> None:
    """Round one brings one of two names, the clauses bring both."""
    source = "डाक सोंग के लोग और सरकार के कार्यकर्ता सब साथ मिलकर नए काम के लिए आए हैं, कू जट में बैठक हुई और वे चले गए।"
    translator = Translator(ScriptedEngine())
    cuts = segmentation.pieces(source.replace("डाक सोंग", "Dak Song").replace("कू जट", "Cu Jut"), lambda t: len(t) <= 90)
    script: dict[str, str | Sequence[str]] = {
        source: "All came, they met and went away.",
        source.replace("डाक सोंग", "Dak Song").replace("कू जट", "Cu Jut"): "People of Dak Song came, they met and went.",
        cuts[0].strip(): "People of Dak Song came.",
        cuts[1].strip(): "In Cu Jut they met and went away.",
        "डाक सोंग": "Post",
        "कू जट": "Cut",
    }
    segment = enforced(source, Glossary(ROWS), script)
    assert translator.direction == Glossary(ROWS).direction
    assert [outcome.status for outcome in segment.outcomes] == ["repaired", "repaired"]
    assert "Đắk Song" in segment.target
    assert "Cư Jút" in segment.target


def test_a_new_translation_may_not_lose_a_figure() -> None:
    source = "डाक सोंग के 273 लोग आए।"
    script: dict[str, str | Sequence[str]] = {
        source: "273 people came.",
        "Dak Song के 273 लोग आए।": ["People of Dak Song came.", "273 people of Dak Song came."],
        "डाक सोंग": "Post",
    }
    assert enforced(source, Glossary(ROWS), script).target == "273 people of Đắk Song came."


def test_an_unresolved_term_says_why() -> None:
    script: dict[str, str | Sequence[str]] = {
        "डाक सोंग, डाक सोंग आए।": "Đắk Song came.",
        "डाक सोंग, Dak Song आए।": "Dak Song came.",
        "Dak Song, Dak Song आए।": "Dak Song came.",
        "डाक सोंग": "Post",
    }
    outcomes = enforced("डाक सोंग, डाक सोंग आए।", Glossary(ROWS), script).outcomes
    assert [outcome.status for outcome in outcomes] == ["right", "unresolved"]
    assert outcomes[1].evidence == "2 are required, only 1 could be placed"


def test_an_empty_translation_is_said() -> None:
    outcome = enforced("डाक सोंग आए।", Glossary(ROWS), {"डाक सोंग आए।": "", "Dak Song आए।": "", "डाक सोंग": ""}).outcomes[
        0
    ]
    assert (outcome.status, outcome.evidence) == ("unresolved", "the translation is empty")


@st.composite
def scenes(draw: st.DrawFn) -> tuple[str, dict[str, str | Sequence[str]]]:
    """A Hindi source with terms, and an engine that says random English for it and for everything it is asked again."""
    source = " ".join(draw(st.lists(st.sampled_from(WORDS + TERMS), min_size=1, max_size=12))) + "।"
    english = st.lists(st.sampled_from(ENGLISH), min_size=0, max_size=12).map(" ".join)
    return source, {source: draw(st.lists(english, min_size=1, max_size=3))}


def check_guarantees(segment: Segment) -> None:
    assert "".join(sentence.source for sentence in segment.sentences) == segment.source
    assert [outcome.hit for outcome in segment.outcomes] == list(segment.hits)
    taken: list[tuple[int, int]] = []
    for outcome in segment.outcomes:
        if outcome.status == "unresolved":
            assert outcome.evidence
            assert outcome.start is None
            continue
        assert outcome.start is not None
        assert outcome.end is not None
        stands = segment.target[outcome.start : outcome.end]
        assert stands in {form for one in approved(outcome.hit) for form in (one, capitalised(one))}
        assert all(outcome.end <= start or end <= outcome.start for start, end in taken)
        taken.append((outcome.start, outcome.end))
    for sentence in segment.sentences:
        assert replay(sentence) == sentence.target
    if not segment.hits:
        assert segment.target == segment.hypothesis


@settings(max_examples=150, deadline=None)
@given(scenes())
def test_every_term_is_accounted_for(scene: tuple[str, dict[str, str | Sequence[str]]]) -> None:
    check_guarantees(enforced(scene[0], Glossary(ROWS), scene[1]))


@settings(max_examples=60, deadline=None)
@given(scenes(), st.permutations(ROWS))
def test_the_order_of_rows_changes_nothing(
    scene: tuple[str, dict[str, str | Sequence[str]]], rows: list[Entry]
) -> None:
    ours, theirs = enforced(scene[0], Glossary(ROWS), scene[1]), enforced(scene[0], Glossary(tuple(rows)), scene[1])
    assert (ours.target, ours.outcomes) == (theirs.target, theirs.outcomes)


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_a_decoy_glossary_is_obeyed_as_well(scene: tuple[str, dict[str, str | Sequence[str]]]) -> None:
    """Wrong targets are put in place just as right ones are: the ladder knows nothing but the rows."""
    decoys = tuple(
        replace(row, target=f"Zz{row.line}q" + (" {n}" if "{n}" in row.source else ""), accepted=()) for row in ROWS
    )
    segment = enforced(scene[0], Glossary(decoys), scene[1])
    check_guarantees(segment)


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_the_result_repaired_again_stays_as_it_is(scene: tuple[str, dict[str, str | Sequence[str]]]) -> None:
    first = enforced(scene[0], Glossary(ROWS), scene[1])
    again = enforced(scene[0], Glossary(ROWS), {**scene[1], scene[0]: first.target})
    right = [outcome.status != "unresolved" for outcome in first.outcomes]
    assert [a or b.status != "unresolved" for a, b in zip(right, again.outcomes, strict=True)] == [
        b.status != "unresolved" for b in again.outcomes
    ]
    if all(right) and first.hits:
        assert again.target == first.target
        assert not again.edits


def test_a_scripted_engine_copies_injected_names() -> None:
    """Without a script every injected name survives in Latin letters, so every term is resolved."""
    source = "डाक सोंग और कू जट के पार्टी सदस्यों ने संकल्प 35 पढ़ा।"
    segment = enforced(source, Glossary(ROWS))
    assert {outcome.status for outcome in segment.outcomes} <= {"right", "repaired"}
    assert romanise("पढ़ा") in segment.target
