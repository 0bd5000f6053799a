import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.engines import load_engine
from toolkit.engines.scripted import LIMIT, ScriptedEngine
from toolkit.languages import Direction


def test_it_says_what_the_script_says() -> None:
    engine = ScriptedEngine({"यह किताब है।": "This is a book.", "नमस्ते": ["Hello", "Hi", "Greetings"]})
    counted: list[int] = []
    book, hello = engine.translate(["यह किताब है।", "नमस्ते"], n_best=2, progress=counted.append)
    assert [hypothesis.text for hypothesis in book] == ["This is a book."]
    assert [hypothesis.text for hypothesis in hello] == ["Hello", "Hi"]
    assert hello[0].score > hello[1].score
    assert counted == [2]
    assert engine.asked == ["यह किताब है।", "नमस्ते"]


def test_what_the_script_lacks_is_written_in_latin_letters() -> None:
    assert ScriptedEngine().translate(["दक सोंग"])[0][0].text == "dak song"


@given(st.lists(st.text(), max_size=5))
def test_every_sentence_gets_an_answer_and_always_the_same(texts: list[str]) -> None:
    engine = ScriptedEngine()
    answers = engine.translate(texts)
    assert [len(answer) for answer in answers] == [1] * len(texts)
    assert engine.translate(texts) == answers


@pytest.mark.parametrize(("length", "fits"), [(0, True), (LIMIT, True), (LIMIT + 1, False)])
def test_a_text_fits_by_its_characters(length: int, fits: bool) -> None:
    engine = ScriptedEngine()
    assert engine.fits("क" * length) is fits
    assert engine.comfortable("क" * length) is fits


def test_it_is_loaded_by_name_and_needs_no_model() -> None:
    engine = load_engine("nothing", engine="scripted", direction=Direction("en", "hi"))
    assert str(engine.direction) == "en-hi"
    assert engine.signature["engine"] == "scripted"
    assert engine.usual_case("The") == "The"
