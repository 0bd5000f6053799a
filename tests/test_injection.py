"""What a new translation must keep, and which of several is taken."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from toolkit.glossary.injection import inject
from toolkit.glossary.phonetic import Names
from toolkit.glossary.repair import Case, edited
from toolkit.glossary.workshop import Workshop
from toolkit.segment import Alignment, Kind, TermHit

SOURCE = "डाक सोंग के लोग कल नहीं आए"


def hit(surface: str, target: str, kind: Kind = "name", source: str = SOURCE) -> TermHit:
    start = source.index(surface)
    return TermHit("t.csv:2", start, start + len(surface), surface, surface, target, kind=kind)


def workshop(*answers: str) -> Workshop:
    """An engine that has these answers to any source with a term in it, and checks that find nothing wrong."""

    def candidates(sources: Sequence[str]) -> list[tuple[str, ...]]:
        return [() if source == SOURCE else answers for source in sources]

    return Workshop(
        names=Names([("डाक सोंग", "Đắk Song")]),
        candidates=candidates,
        clause_candidates=lambda sources: [()] * len(sources),
        align=lambda pairs: [Alignment()] * len(pairs),
        accept=lambda *_: True,
        renderings=lambda surfaces: dict.fromkeys(surfaces, ()),
    )


def retold(hypothesis: str, *answers: str, hits: Sequence[TermHit] | None = None) -> Case:
    case = Case(SOURCE, tuple(hits or [hit("डाक सोंग", "Đắk Song")]), hypothesis)
    inject([case], {}, workshop(*answers))
    text = hypothesis
    for edit in case.edits:
        assert text[edit.start : edit.start + len(edit.before)] == edit.before
        text = edited(text, edit)
    assert text == case.text
    return case


BEFORE = "People of the duck place did not come yesterday."


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["People of Dak Song did not come yesterday."], "People of Đắk Song did not come yesterday."),
        (["People of Dak Song came yesterday."], BEFORE),  # no longer negated
        (["Dak Song xyzzy qwop jklm vbnm zzz."], BEFORE),  # another sentence altogether
        (  # the second is preferred: the first says the name twice
            ["People of Dak Song Dak Song did not come.", "People of Dak Song did not come yesterday."],
            "People of Đắk Song did not come yesterday.",
        ),
        (  # but a repeated name is better than none
            ["People of Dak Song, Dak Song did not come yesterday."],
            "People of Đắk Song, Dak Song did not come yesterday.",
        ),
        (  # the second is preferred: the first leaves a misspelt copy beside the name
            ["People of Dak Song and Dac Sing did not come.", "The people of Dak Song did not come yesterday."],
            "The people of Đắk Song did not come yesterday.",
        ),
        (["People ofDak Song did not come yesterday."], "People of Đắk Song did not come yesterday."),  # glued
        (["People of Dac Sohng did not come yesterday."], "People of Đắk Song did not come yesterday."),  # misspelt
    ],
)
def test_which_translation_is_taken(answers: list[str], expected: str) -> None:
    assert retold(BEFORE, *answers).text == expected


def test_a_term_of_any_kind_is_known_by_its_sound_after_an_injection() -> None:
    committee = hit("लोग", "grassroots level", "term")
    case = retold("They did not come at the low level.", "They did not come at the grasroots level.", hits=[committee])
    assert case.text == "They did not come at the grassroots level."
    assert case.how == {0: ("injection", "translated again with grassroots level in the source")}


def test_a_term_that_held_is_not_lost_for_another() -> None:
    hits = [hit("डाक सोंग", "Đắk Song"), hit("लोग", "People", "term")]
    case = retold(BEFORE, "The men of Dak Song did not come yesterday.", hits=hits)
    assert (case.text, case.missing) == (BEFORE, [0])


def test_short_sentences_may_change_altogether() -> None:
    assert retold("Not duck.", "Never in Dak Song.").text == "Never in Đắk Song."


def test_the_account_is_of_the_last_translation() -> None:
    """A term that was repaired in place before holds in the new translation for another reason."""
    hits = (hit("डाक सोंग", "Đắk Song"), hit("लोग", "People", "term"))
    case = Case(SOURCE, hits, "People of the duck place did not come.")
    case.how = {1: ("rendering", "forbidden form “men”")}
    inject([case], {}, workshop("People of Dak Song did not come."))
    assert {step for step, _ in case.how.values()} == {"injection"}


def test_another_hypothesis_needs_no_injection() -> None:
    case = Case(SOURCE, (hit("डाक सोंग", "Đắk Song"),), BEFORE)
    asked: list[str] = []

    def candidates(sources: Sequence[str]) -> list[tuple[str, ...]]:
        asked.extend(sources)
        return [(BEFORE, "People of Dak Song did not come yesterday.") for _ in sources]

    inject([case], {}, replace(workshop(), candidates=candidates))
    assert case.text == "People of Đắk Song did not come yesterday."
    assert case.how == {0: ("n-best", "another hypothesis of the engine")}
    assert asked == [SOURCE]
