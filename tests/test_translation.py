"""The second look and the joining of clauses, with an engine that says what the test tells it to."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import segmentation
from toolkit.engines import Progress
from toolkit.engines.scripted import ScriptedEngine
from toolkit.languages import Direction
from toolkit.segment import Hypothesis, Segment, Sentence
from toolkit.translation import Translator, acceptable, serious, trouble

HI_EN = Direction()


class ShortEngine(ScriptedEngine):
    """A scripted engine that is comfortable with a few characters only, and knows common words."""

    def __init__(self, script: Mapping[str, str | Sequence[str]], comfort: int) -> None:
        super().__init__(script)
        self.comfort = comfort

    def comfortable(self, text: str) -> bool:
        return len(text) <= self.comfort

    def usual_case(self, word: str) -> str:
        return word.lower() if word in ("The", "They", "People") else word


def test_equal_texts_are_translated_once_and_texts_without_letters_are_copied() -> None:
    engine = ScriptedEngine({"नमस्ते।": "Hello."})
    said = Translator(engine).translate_texts(["नमस्ते।", "***", "नमस्ते।", "12/12", "VND", ""])
    assert said == ["Hello.", "***", "Hello.", "12/12", "VND", ""]
    assert engine.asked == ["नमस्ते।"]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("273 परिवार आए।", "273 families came.", False),
        ("273 परिवार आए।", "Families came.", True),
        ("273 परिवार आए।", "273 and 12 families came.", True),
        ("२७३ परिवार आए।", "273 families came.", False),
        ("परिवार आए।", "", True),
        ("परिवार आए।", "The the families came.", False),  # a warning that another try need not mend
        ("परिवार आए।", "परिवार came.", True),
    ],
)
def test_what_is_serious(source: str, target: str, expected: bool) -> None:
    assert serious(source, target, HI_EN) is expected


def test_trouble_counts_errors_ten_times() -> None:
    assert trouble("273 परिवार आए।", "273 families came.", HI_EN) == 0
    assert trouble("परिवार आए।", "The the families came.", HI_EN) == 1
    assert trouble("273 परिवार आए।", "Families came.", HI_EN) == 10


def test_a_lost_figure_is_found_among_the_other_hypotheses() -> None:
    source = "पूरे ज़िले में 273 परिवार आए।"
    engine = ScriptedEngine(
        {source: ["Families came in the whole district.", "In the whole district 273 families came."]}
    )
    assert Translator(engine).translate_texts([source]) == ["In the whole district 273 families came."]
    assert Translator(engine, second_look=False).translate_texts([source]) == ["Families came in the whole district."]


def test_the_first_translation_stays_where_nothing_is_better() -> None:
    source = "पूरे ज़िले में 273 परिवार आए।"
    engine = ScriptedEngine({source: ["Families came.", "They came.", "Some came."]})
    assert Translator(engine).translate_texts([source]) == ["Families came."]


def test_a_lost_figure_is_found_clause_by_clause() -> None:
    first = "लोगों ने स्वयं घरों और आवासीय क्षेत्रों का निर्माण और नवीनीकरण किया और 367 किलोमीटर सड़कें बनाईं;"
    second = "36 किलोमीटर नहरों का कंक्रीटीकरण किया और 586 अस्थायी और जीर्ण-शीर्ण घरों को हटाया।"
    assert segmentation.pieces(f"{first} {second}", lambda text: len(text) <= 160) == (f"{first} ", second)
    engine = ScriptedEngine(
        {
            f"{first} {second}": "People built houses and roads.",
            first: "People built and renewed houses and residential areas and 367 kilometres of roads.",
            second: "36 kilometres of canals were concreted and 586 dilapidated houses were removed.",
        }
    )
    said = Translator(engine).translate_texts([f"{first} {second}"])[0]
    assert said == (
        "People built and renewed houses and residential areas and 367 kilometres of roads; "
        "36 kilometres of canals were concreted and 586 dilapidated houses were removed."
    )


def test_an_uncomfortable_sentence_is_translated_in_clauses() -> None:
    engine = ShortEngine({"लोग आए,": "People came.", "वे चले गए।": "They went."}, comfort=10)
    assert Translator(engine).translate_texts(["लोग आए, वे चले गए।"]) == ["People came, they went."]


def test_a_name_keeps_its_capital_between_clauses() -> None:
    engine = ShortEngine({"लोग आए,": "People came.", "हनोई में।": "Hanoi it was."}, comfort=10)
    assert Translator(engine).translate_texts(["लोग आए, हनोई में।"]) == ["People came, Hanoi it was."]


def test_hypotheses_are_joined_by_the_gaps_of_the_source() -> None:
    engine = ScriptedEngine({"एक।": "One.", "दो।": "Two."})
    parts = (Sentence(0, "एक। \u00a0"), Sentence(5, "दो।"))
    segment = Translator(engine).translate([Segment("s", "एक। \u00a0दो।", sentences=parts)])[0]
    assert segment.hypothesis == "One. \u00a0Two."
    assert segment.origin == "engine"


def test_a_segment_without_letters_is_copied() -> None:
    segment = Translator(ScriptedEngine()).translate([Segment("s", "* * *", sentences=(Sentence(0, "* * *"),))])[0]
    assert (segment.hypothesis, segment.origin) == ("* * *", "copied")


@given(st.lists(st.sampled_from(["एक दो तीन।", "चार पाँच, छह सात।", "***", "", "7/7"]), max_size=12))
def test_progress_adds_up_to_the_number_of_sentences(texts: list[str]) -> None:
    told: list[int] = []
    Translator(ShortEngine({}, comfort=10)).translate_texts(texts, told.append)
    assert sum(told) == len(texts)
    assert all(count >= 0 for count in told)


class LoopingEngine(ScriptedEngine):
    """Says the same word over and over for whole sentences, as small models do, and is sane on clauses."""

    def translate(
        self, sentences: Sequence[str], *, n_best: int = 1, progress: Progress | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        said = super().translate(sentences, n_best=n_best, progress=progress)
        return [(Hypothesis("go " * 40),) if len(s) > 90 else found for s, found in zip(sentences, said, strict=True)]


def test_a_loop_is_left_for_clauses() -> None:
    source = "प्रांत के लोग आए और सबने मिलकर काम किया, फिर सरकार ने नई सड़कें बनाईं, गाँव में स्कूल खुले और बच्चे पढ़ने गए।"
    said = Translator(LoopingEngine()).translate_texts([source.strip()])[0]
    assert "go go" not in said


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Dak Song has 35.", "Đắk Song has 35.", True),
        ("Dak Song has 35.", "Đắk Song has 36.", False),
        ("Dak Song has.", "Đắk Song has 35.", True),
        ("Dak Song has 35 and 36.", "Đắk Song has some.", False),  # one figure too many is better than one too few
        ("Dak Song has the 35.", "Đắk Song has the the 35.", False),
        ("Dak Song has 35.", "Đắk Song (has 35.", False),
        ("Dak Song has 35.", "", False),
    ],
)
def test_acceptance(before: str, after: str, expected: bool) -> None:
    assert acceptable(HI_EN)("डाक सोंग में 35 हैं।", before, after) is expected


def test_a_source_that_does_not_fit_has_candidates_in_clauses_only() -> None:
    """A term placed in a source can make it longer than the model reads."""

    class TinyEngine(ShortEngine):
        def fits(self, text: str) -> bool:
            return len(text) <= self.comfort

    engine = TinyEngine({"लोग आए,": "People came.", "वे चले गए।": "They went."}, comfort=10)
    assert Translator(engine).candidates(["लोग आए, वे चले गए।"]) == [("People came, they went.",)]
    assert "लोग आए, वे चले गए।" not in engine.asked


def test_of_a_clause_the_hypothesis_is_taken_that_copies_its_figures_and_latin_words() -> None:
    first, second = "लोग Dak Song आए और उन्होंने सब कुछ देखा और फिर वे अपने घर चले गए,", "वे २७३ थे और सब खुश थे।"
    engine = ScriptedEngine(
        {
            first: ["People came to the duck.", "People came to Dak Song."],
            second: ["They were many.", "They were 273."],
        }
    )
    assert "People came to Dak Song, They were 273." in Translator(engine).clause_candidates([f"{first} {second}"])[0]
