from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.engines import Decoding, Engine, load_engine
from toolkit.engines.pieces import Pieces
from toolkit.engines.registry import BUNDLED
from toolkit.errors import EngineError, UsageError
from toolkit.languages import LETTERS
from toolkit.segment import Alignment

MakeModel = Callable[..., Path]
ENGINES = ("ctranslate2", "transformers")
FLOAT32 = Decoding(quantization="float32")
HELLO = "नमस्ते, यह एक किताब है।"
ODD = (
    "😀 नमस्ते 🇮🇳",
    "वह 中文 और தமிழ் लिखता है।",
    "தமிழ்",
    "𑀅𑀲𑁄𑀓 ꣲ ᳵ ॐ ऽ ॲ ॳ",
    "ज़िला १२३ — “उद्धरण” … ₹५००",
    "ज\u093cिला और ज़िला",  # nukta after the letter, and as one letter
    "क्\u200dष और क्\u200cष",  # ZWJ, ZWNJ
    "\u200b\ufeff\u2060",  # ZWSP, byte order mark, word joiner
    "\x00\x07 नमस्ते",
    "\ue000 \ufffd",  # private use, replacement character
    "<unk> </s> <pad> ▁",
    "।",
)


@pytest.fixture(scope="module")
def pair(one_thread: None) -> tuple[Engine, Engine]:
    """CTranslate2 and the reference, both with beam 4 at float32."""
    return load_engine(decoding=FLOAT32), load_engine(engine="transformers", decoding=FLOAT32)


@pytest.mark.parametrize("beam", [1, 4])
def test_both_engines_say_the_same(beam: int, sentences: list[str], one_thread: None) -> None:
    decoding = Decoding(beam=beam, quantization="float32")
    assert len(sentences) == 200
    fast, reference = (load_engine(engine=name, decoding=decoding).translate(sentences) for name in ENGINES)
    assert [best.pieces for (best,) in fast] == [best.pieces for (best,) in reference]
    assert [best.text for (best,) in fast] == [best.text for (best,) in reference]
    assert [best.source_pieces for (best,) in fast] == [best.source_pieces for (best,) in reference]
    assert [best.score for (best,) in fast] == pytest.approx([best.score for (best,) in reference], abs=2e-3)


def test_both_engines_find_the_same_four_best(pair: tuple[Engine, Engine], sentences: list[str]) -> None:
    fast, reference = (engine.translate(sentences[:20], n_best=4) for engine in pair)
    for ours, theirs in zip(fast, reference, strict=True):
        assert [hypothesis.pieces for hypothesis in ours] == [hypothesis.pieces for hypothesis in theirs]
        assert [hypothesis.score for hypothesis in ours] == pytest.approx([h.score for h in theirs], abs=2e-3)


def test_both_engines_align_alike(pair: tuple[Engine, Engine], sentences: list[str]) -> None:
    """Also for translations that are not the engine's own, and for many sentences of equal length at once."""
    said = [best.text for (best,) in pair[0].translate(sentences[:40])]
    pairs = [*zip(sentences, said, strict=False), (sentences[0], "Something else: Đắk Song, 1,100 km² (½).")]
    fast, reference = (engine.align(pairs) for engine in pair)
    for (source, target), ours, theirs in zip(pairs, fast, reference, strict=True):
        assert (ours.source, ours.target) == (theirs.source, theirs.target)
        assert len(ours.weights) == len(ours.target)
        assert "".join(target[start:end] for start, end in ours.target if end > start).replace(" ", "")
        assert max(end for _, end in ours.source) == len(source.rstrip())
        for row, expected in zip(ours.weights, theirs.weights, strict=True):
            assert len(row) == len(ours.source)
            assert 0 <= sum(row) <= 1 + 1e-5
            assert row == pytest.approx(expected, abs=1e-4)


def test_figures_and_names_look_at_their_source(mini: Engine) -> None:
    source, target = "डाक सोंग जिले में 273 परिवार हैं।", "There are 273 families in Dak Song district."
    (alignment,) = mini.align([(source, target)])
    for ours, theirs in (("273", "273"), ("Dak Song", "डाक सोंग"), ("families", "परिवार"), ("district", "जिले")):
        here, there = target.index(ours), source.index(theirs)
        assert alignment.weight((here, here + len(ours)), (there, there + len(theirs))) > 0.6
    assert alignment.weight((10, 13), (0, 8)) < 0.1


@pytest.mark.parametrize(
    "pair_of_texts", [("", "x"), ("नमस्ते", ""), (" ", " "), ("नमस्ते " * 600, "x"), ("नमस्ते", "x " * 600)]
)
def test_what_cannot_be_aligned_is_empty(pair: tuple[Engine, Engine], pair_of_texts: tuple[str, str]) -> None:
    for engine in pair:
        assert engine.align([pair_of_texts, (HELLO, "Hello.")])[0] == Alignment()


def test_a_sentence_is_translated_alike_in_any_company(mini: Engine, sentences: list[str]) -> None:
    together = mini.translate(sentences, n_best=4)
    assert mini.translate(sentences, n_best=4) == together
    assert mini.translate(sentences[::-1], n_best=4)[::-1] == together
    assert mini.translate(sentences[:64], n_best=4) == together[:64]
    assert [mini.translate([text], n_best=4)[0] for text in sentences[:64]] == together[:64]


def test_a_long_neighbour_does_not_give_a_loop_more_room(mini: Engine) -> None:
    loop = "SARS, MERS, HIV, RSV, " * 12
    long = HELLO * 40
    (alone,) = mini.translate([loop])
    assert len(alone[0].pieces) > 60
    assert mini.translate([loop, long])[0] == alone


def test_hypotheses_come_best_first(mini: Engine, sentences: list[str]) -> None:
    best = mini.translate(sentences[:50])
    for hypotheses, (first,) in zip(mini.translate(sentences[:50], n_best=9), best, strict=True):
        scores = [hypothesis.score for hypothesis in hypotheses]
        assert scores == sorted(scores, reverse=True)
        assert len({hypothesis.pieces for hypothesis in hypotheses}) == 4  # no more than the beam is wide
        assert hypotheses[0] == first


@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_comes_in_no_unknown_sign_comes_out(engine: str, one_thread: None) -> None:
    for hypotheses in load_engine(engine=engine).translate(ODD, n_best=4):
        for hypothesis in hypotheses:
            assert not {"<unk>", "<pad>", "</s>"} & {*hypothesis.pieces}
            assert not set("\u2047\ufffd") & {*hypothesis.text}  # what SentencePiece and decoders write for unknown
            assert LETTERS["hi"].search(hypothesis.text) is None


def test_english_is_written_without_devanagari(mini: Engine, sentences: list[str]) -> None:
    texts = [hypothesis.text for hypotheses in mini.translate(sentences, n_best=4) for hypothesis in hypotheses]
    assert len(texts) == 800
    assert [text for text in texts if LETTERS["hi"].search(text) or text != text.strip() or not text] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_white_space_is_not_given_to_the_model(engine: str, one_thread: None) -> None:
    counted: list[int] = []
    loaded = load_engine(engine=engine)
    blank = ["", " ", "\t\n", "\u00a0", "\u3000"]  # the last two: no-break space, ideographic space
    found = loaded.translate([*blank, HELLO, f" \n{HELLO}\t "], n_best=3, progress=counted.append)
    assert [[hypothesis.text for hypothesis in hypotheses] for hypotheses in found[:5]] == [[""]] * 5
    assert found[5] == found[6]
    assert len(found[5]) == 3
    assert sum(counted) == 7
    assert loaded.translate([], progress=counted.append) == []
    assert sum(counted) == 7


@pytest.mark.parametrize("engine", ENGINES)
def test_progress_counts_every_sentence_once(engine: str, sentences: list[str], one_thread: None) -> None:
    counted: list[int] = []
    some = sentences[:40]
    load_engine(engine=engine).translate([*some, "", some[0]], progress=counted.append)
    assert sum(counted) == 42
    assert len(counted) > 2
    assert all(step > 0 for step in counted)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_too_long_is_refused_not_cut(engine: str, make_model: MakeModel, tmp_path: Path) -> None:
    loaded = load_engine(make_model(tmp_path / "model"), engine=engine)  # 64 positions
    longest = ", ".join(["है"] * 31)  # 62 pieces and the end sign
    while loaded.fits(longest + ","):
        longest += ","
    assert len(loaded.translate([longest])[0][0].source_pieces) == 64
    with pytest.raises(
        EngineError, match="A sentence of 65 pieces is longer than the 64 that the model reads: है, है"
    ) as error:
        loaded.translate([HELLO, longest + ","])
    assert "\n" not in str(error.value)


def test_translations_stay_within_the_models_positions(make_model: MakeModel, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    for name in ENGINES:  # random weights rarely say the end sign
        (best,) = load_engine(folder, engine=name).translate(["है, " * 25])[0]
        assert 0 < len(best.pieces) <= 63


def test_the_reference_reads_pieces_as_transformers_does(sentences: list[str]) -> None:
    from toolkit.engines.loading import reading

    folder = BUNDLED / "hi-en-mini"
    with reading(folder):
        from transformers import MarianTokenizer

        expected = MarianTokenizer.from_pretrained(folder)(sentences)["input_ids"]
    pieces = Pieces(folder)
    unknown = pieces.vocabulary["<unk>"]
    assert [[pieces.vocabulary.get(piece, unknown) for piece in s] for s in pieces.encode(sentences)] == expected


@pytest.mark.parametrize(("length", "limit"), [(2, 64), (16, 64), (17, 96), (200, 448), (240, 511), (512, 511)])
def test_output_limit_depends_on_the_sentence_alone(length: int, limit: int) -> None:
    assert Pieces(BUNDLED / "hi-en-mini").output_limit(length) == limit


@pytest.mark.parametrize("engine", ENGINES)
def test_signature_says_what_the_output_depends_on(engine: str, mini: Engine, one_thread: None) -> None:
    signature = load_engine(engine=engine, decoding=Decoding(beam=2)).signature
    assert signature["engine"].startswith(f"{engine}-")
    assert signature["model"] == "mini"
    assert signature["revision"] == mini.signature["revision"]
    assert len(signature["revision"]) == 16
    assert signature["decoding"] == {"ctranslate2": "beam2-int8", "transformers": "beam2-float32"}[engine]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("word", "usual"), [("The", "the"), ("India", "India"), ("Qwxz", "Qwxz"), ("", "")])
def test_usual_case(engine: str, word: str, usual: str, one_thread: None) -> None:
    assert load_engine(engine=engine).usual_case(word) == usual


@pytest.mark.parametrize("engine", ENGINES)
def test_comfortable_is_shorter_than_fitting(engine: str, one_thread: None) -> None:
    loaded = load_engine(engine=engine)
    text = "यह एक किताब है। " * 20
    assert loaded.fits(text)
    assert not loaded.comfortable(text)
    assert loaded.comfortable(HELLO)


def test_into_hindi_latin_letters_are_allowed() -> None:
    pieces = Pieces(BUNDLED / "hi-en-mini")
    hindi, english = set(pieces.allowed("hi")), set(pieces.allowed("en"))
    assert english < hindi
    assert {"▁the", "0", "▁", "</s>"} <= english
    assert {"▁के", "▁the", "।"} <= hindi
    assert "▁के" not in english
    assert not {"<unk>", "<pad>"} & hindi


def test_unknown_engine() -> None:
    with pytest.raises(UsageError, match="Unknown engine 'google': choose from ctranslate2, transformers, scripted"):
        load_engine(engine="google")


@pytest.mark.parametrize(
    ("beam", "quantization", "message"), [(0, "int8", "--beam 0 is too small"), (4, "int4", "Unknown precision 'int4'")]
)
def test_impossible_decoding(beam: int, quantization: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Decoding(beam=beam, quantization=quantization)
