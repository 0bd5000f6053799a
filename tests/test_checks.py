"""Every check finds what it is for and leaves good translations alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.checks import CHECKS, check, issues_of
from toolkit.languages import Direction
from toolkit.segment import Segment, TermHit, TermOutcome

HI_EN = Direction("hi", "en")
EN_HI = Direction("en", "hi")
GOOD = [
    ("पूरे ज़िले ने 273 परिवारों को गरीबी से मुक्ति दिलाई।", "The whole district lifted 273 families out of poverty."),
    ("कुल लागत 1,100 अरब वीएनडी से अधिक है।", "The total cost is over 1.1 trillion VND."),
    ("बैठक (10 जुलाई को) हुई; क्या वे आए?", "The meeting (on 10 July) took place; did they come?"),
    ("टिप्पणी (0)", "Comment (0)"),
    ("2020", "2020"),
    ("", ""),
    ("  ", " "),
]


def found(source: str, target: str, direction: Direction = HI_EN) -> list[str]:
    return [issue.check for issue in issues_of(source, target, direction)]


def message(source: str, target: str, direction: Direction = HI_EN) -> str:
    (issue,) = issues_of(source, target, direction)
    return issue.message


@pytest.mark.parametrize(("hindi", "english"), GOOD)
def test_good_translations_have_no_issue(hindi: str, english: str) -> None:
    assert found(hindi, english) == []
    assert found(english, hindi, EN_HI) == []


@pytest.mark.parametrize(
    ("source", "target", "direction", "expected"),
    [
        ("गाँव में बिजली है।", "", HI_EN, ["empty"]),
        ("गाँव में बिजली है।", " \n", HI_EN, ["empty"]),
        ("गाँव में बिजली है।", "गाँव में बिजली है।", HI_EN, ["copied", "script"]),
        ("गाँव में बिजली है।", "गाँव में power है.", HI_EN, ["copied", "script"]),
        ("गाँव में बिजली और पानी है।", "The village has power and पानी.", HI_EN, ["script"]),
        ("गाँव में बिजली है।", "The village has power।", HI_EN, ["script"]),
        ("गाँव में 3 नल हैं।", "The village has ३ taps.", HI_EN, ["script"]),
        ("गाँव में बिजली है।", "The village has сила.", HI_EN, ["script"]),
        ("WHO", "WHO", EN_HI, ["copied"]),
        ("The village has electric power.", "The village has बिजली।", EN_HI, ["copied"]),
        ("WHO and SARS are known here.", "WHO और SARS यहाँ जाने जाते हैं।", EN_HI, []),
        ("The village has power now.", "गाँव में ab बिजली आ गई है।", EN_HI, ["script"]),
        ("The village has power now.", "गाँव में अब бы बिजली आ गई है।", EN_HI, ["script"]),
        ("Slope α is known to all.", "ढलान α सबको मालूम है।", EN_HI, []),
        ("यह बात है?", "That is it.", HI_EN, ["punctuation"]),
        ("यह बात है।", "Is that it?", HI_EN, ["punctuation"]),
        ("यह बात है।", "That is it", HI_EN, ["punctuation"]),
        ("उसने कहा, “यह बात है।”", "He said, “That is it”.", HI_EN, []),
        ("उसने कहा, “यह बात है।”", "He said, “That is it", HI_EN, ["pairs", "punctuation"]),
        ("यह बात (वहाँ की) है।", "That is (of there it.", HI_EN, ["pairs"]),
        ("यह बात [वहाँ की है।", "That is [of there.", HI_EN, []),
        ("उसने कहा, 'यह बात पुरानी है।", 'He said, "That is old.', HI_EN, []),
        ("उसने कहा, «यह बात पुरानी है»।", 'He said, "That is old".', HI_EN, []),
        ("गाँव में बिजली है।", "The the village has power.", HI_EN, ["doubled"]),
        ("उसके पास बिजली थी।", "He had had power there.", HI_EN, []),
        ("पागो पागो में बिजली है।", "There is power in Pago Pago.", HI_EN, []),
        ("He walks slowly to the river.", "वह धीरे धीरे नदी तक जाता है।", EN_HI, []),
        ("गाँव में बिजली है।", "The [X1X] has power.", HI_EN, ["numbers", "residue"]),
        ("गाँव में बिजली है।", "The <ID1> has power.", HI_EN, ["numbers", "residue"]),
        ("गाँव में बिजली है।", "The \u2581village has power.", HI_EN, ["residue"]),
        ("गाँव में बिजली है।", "The <unk> has power.", HI_EN, ["residue"]),
        ("The place 1 has power.", "आईडी 1 में बिजली है।", EN_HI, ["residue"]),
        ("ID 1 has power.", "आईडी 1 में बिजली है।", EN_HI, []),
    ],
)
def test_findings(source: str, target: str, direction: Direction, expected: list[str]) -> None:
    assert found(source, target, direction) == expected


@pytest.mark.parametrize(
    ("source", "target", "direction", "expected"),
    [
        (
            "लागत 1,100 अरब है।",
            "The cost is it.",
            HI_EN,
            "Figure 1.1 trillion (1,100 अरब) is missing in the translation.",
        ),
        ("लागत ३५ है।", "The cost is.", HI_EN, "Figure 35 (३५) is missing in the translation."),
        ("लागत साढ़े 3 है।", "The cost is.", HI_EN, "Figure 3.5 (साढ़े 3) is missing in the translation."),
        ("यह है।", "It is 1,000.", HI_EN, "Figure 1,000 is not in the source."),
        ("2 crore it is.", "यह बात है।", EN_HI, "Figure 2 crore is missing in the translation."),
    ],
)
def test_figures_are_named_as_written(source: str, target: str, direction: Direction, expected: str) -> None:
    assert message(source, target, direction) == expected


def test_a_changed_figure_is_missing_and_extra() -> None:
    issues = issues_of("संकल्प 35 लागू है।", "Resolution 36 applies.", HI_EN)
    assert [(issue.check, issue.severity) for issue in issues] == [("numbers", "error"), ("numbers", "warning")]


@pytest.mark.parametrize(
    ("size", "target", "expected"),
    [
        (100, 59, "short"),
        (100, 60, ""),
        (100, 145, ""),
        (100, 146, "long"),
        (99, 55, ""),
        (40, 21, "short"),
        (40, 63, "long"),
        (20, 10, ""),
        (20, 37, "long"),
        (19, 190, ""),
    ],
)
def test_length_by_class(size: int, target: int, expected: str) -> None:
    issues = issues_of("क" * size, "k" * target, HI_EN)
    assert [issue.check for issue in issues] == (["length"] if expected else [])
    assert all(f"Very {expected}" in issue.message for issue in issues)


@pytest.mark.parametrize(("target", "expected"), [(68, True), (69, False), (166, False), (167, True)])
def test_length_into_hindi_is_the_inverse(target: int, expected: bool) -> None:
    assert (found("k" * 100, "क" * target, EN_HI) == ["length"]) is expected


LOOP = "the party of the people and "


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("well well well", "well"),
        ("in the house in the house in the house", "in the house"),
        (LOOP * 3, "the party of the"),
        ("the red car, the red hat, the red hen, the red cow", None),
        ("on the way to Rome, on the way to Hue, on the way to Huế and on the way", "on the way to"),
        ("a map of it a pot of it a jar of it", None),
        ("as it is here as it is there as it is now as it is", "as it is"),
        ("0 0 0 0 0 0", None),
    ],
)
def test_repetition(target: str, expected: str | None) -> None:
    issues = list(CHECKS["repetition"](Segment("", "यह बात है", target=target), HI_EN))
    assert [issue.message for issue in issues] == ([f"Repeated over and over: “{expected}”."] if expected else [])


def test_repetition_of_the_source_is_no_issue() -> None:
    repeated = Segment("", "हाँ हाँ हाँ", target="yes yes yes")
    assert list(CHECKS["repetition"](repeated, HI_EN)) == []


def test_repetition_counts_near_by_only() -> None:
    far = " ".join(
        f"on the way to {'abcdef'[turn] * 2} " + " ".join(f"{turn}w{n}" for n in range(20)) for turn in range(6)
    )
    assert list(CHECKS["repetition"](Segment("", "यह", target=far), HI_EN)) == []


def hit(source: str, target: str, accepted: tuple[str, ...] = (), forbidden: tuple[str, ...] = ()) -> TermHit:
    return TermHit("names.csv:2", 0, len(source), source, source, target, accepted, forbidden)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Duck Song is here.", True),
        ("duck song is here.", True),
        ("Duck Songs are here.", False),
        ("Đắk Song is here.", False),
        ("Old Duck Song is here.", False),
        ("Old Duck Song and Duck Song are here.", True),
        ("Da\u0323k Song is here.", False),
    ],
)
def test_forbidden_forms(target: str, expected: bool) -> None:
    term = hit("डाक सोंग", "Đắk Song", accepted=("Old Duck Song",), forbidden=("Duck Song",))
    segment = check(Segment("", "डाक सोंग यहाँ है।", hits=(term,), target=target), HI_EN)
    assert ("forbidden" in [issue.check for issue in segment.issues]) is expected


def test_unresolved_terms_are_errors() -> None:
    term = hit("डाक सोंग", "Đắk Song")
    outcomes = (
        TermOutcome(term, "unresolved", evidence="no span is near enough"),
        TermOutcome(term, "unresolved"),
        TermOutcome(term, "right", 0, 8),
    )
    segment = Segment("", "डाक सोंग यहाँ है।", hits=(term,) * 3, outcomes=outcomes, target="Đắk Song is here.")
    issues = check(segment, HI_EN).issues
    assert [(issue.check, issue.severity, issue.message) for issue in issues] == [
        ("terms", "error", "Term डाक सोंग should be “Đắk Song” but is not there (no span is near enough)."),
        ("terms", "error", "Term डाक सोंग should be “Đắk Song” but is not there."),
    ]
    assert [issue.check for issue in check(replace(segment, target=""), HI_EN).issues] == ["empty", "terms", "terms"]


def test_approved_terms_may_be_in_the_source_script() -> None:
    term = hit("संस्था", "संस्था")
    segment = Segment("", "संस्था यहाँ है।", hits=(term,), target="The संस्था is here.")
    assert [issue.check for issue in check(segment, HI_EN).issues] == ["script"]
    kept = replace(segment, outcomes=(TermOutcome(term, "right", 4, 10),))
    assert check(kept, HI_EN).issues == ()


def test_many_findings_are_shortened() -> None:
    words = "एक दो तीन चार छह सात आठ"
    (issue,) = CHECKS["script"](Segment("", "", target=words), HI_EN)
    assert issue.message == "Left in Hindi: “एक”, “दो”, “तीन”, “चार”, “छह”, …."


def test_checks_are_named_after_their_issues() -> None:
    issues = issues_of("क्या 5 (गाँव) में बिजली है?", "the the the गाँव <unk> (", HI_EN)
    names = [issue.check for issue in issues]
    assert set(names) <= set(CHECKS)
    assert names == sorted(names, key=list(CHECKS).index)
    assert {"script", "numbers", "repetition", "doubled", "pairs", "punctuation", "residue"} <= set(names)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([HI_EN, EN_HI]))
def test_checks_never_fail_and_change_only_issues(source: str, target: str, direction: Direction) -> None:
    segment = Segment("", source, target=target)
    checked = check(segment, direction)
    assert replace(checked, issues=()) == segment
    assert check(checked, direction) == checked
