import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from toolkit.segment import Segment, TermHit
from toolkit.segmentation import pieces, sentences, split

SEEDS = Path(__file__).parent.parent / "seeds"
# What decides about boundaries, so that random texts are full of near misses.
TOKENS = regex.split(
    " ",
    "। ॥ ? ! . ... … , ; : | \" ' “ ” ’ ( ) [ ] - – है था आई पी ए. डॉ. रु. U.S. Inc. etc. No. 3.5 35 १२ 1. The he क़ कि "
    "और उसने कहा का \u200d \u00a0 \n \u2028 \x1c \t 😀 Đắk http://a.in/x?y=1 a@b.in",
)
texts = st.lists(st.sampled_from([*TOKENS, " ", "  "]), max_size=60).map("".join) | st.text(max_size=80)
spans = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair))), max_size=4)


@pytest.mark.parametrize(
    "marked",
    [
        # Danda, double danda, question, exclamation
        "वह आया। |फिर गया।",
        "वह आया । |फिर गया ।",
        "…है।|उन्होंने कहा।",
        "यह संकल्प 35। |अगला वाक्य",
        "यह संकल्प ३५।|अगला वाक्य",
        "श्लोक पढ़ें ॥ १२ ॥ |अगला श्लोक ॥१३॥ |और एक।",
        "क्या हुआ? |कुछ नहीं! |ठीक है।",
        "क्या हुआ?|उन्होंने पूछा।",
        "क्या?! |सच में?? |हाँ।",
        "वह आया।। |फिर गया।",
        "वह आया।\u200b |फिर गया।",
        "वह आया।\u00a0|फिर गया।",
        "यह स्वर्णिम काल कहलाया‖ |भारत महान है ‖ |वह गया।",
        # Full stop as in Hindi without danda
        "वह आया. |फिर वह गया. |ठीक है.",
        "यह सही है.|उन्होंने कहा.",
        "पंजीकरण 2014. |फिर नया नियम आया.",
        "उसने चाय पी. |फिर वह गया. |बिल्ली आई. |सब हँसे.",
        # Closing quotes and brackets stay with the sentence
        "“आओ।” |फिर वह गया।",
        '"आओ।" |फिर वह गया।',
        'वह बोला "मैं जाता हूँ। " |फिर वह चला गया।',
        'वह आया।|"चलो," राम ने कहा।',
        "‘ठीक है।’ |सब चले गए।",
        "(वह आया। |फिर गया।) |अगला वाक्य।",
        "यह सच है।[1] |अगला वाक्य।[क] |और एक।",
        "“वह आया। |फिर वह गया। |सब ठीक है,” कॉमरेड ने कहा। |अगला।",
        '"मैं आया। |भूमिका महत्वपूर्ण है," कॉमरेड होआंग वान टैम ने कहा।',
        # The sentence goes on after the quotation
        "“क्या हुआ?” उसने पूछा। |फिर चला गया।",
        '"आओ।" कहकर वह चला गया।',
        '"क्या करें?" का जवाब नहीं मिला। |ठीक।',
        '"क्यों?" और "कैसे?" पूछना चाहिए।',
        "“जय हो!” – नारा यही था।",
        "वह (जो बीमार है।) घर गया। |ठीक।",
        "वह (क्या? क्यों?) घर गया।",
        '"Really?" she asked. |He left.',
        '"Really?" the old man said. |He left.',
        # Ellipsis
        "मैं... नहीं जानता। |तुम… कौन हो?",
        "वह गया... और लौट आया।",
        "आंदोलन (ज़िला)... |प्रत्येक मॉडल अलग है।",
        "घर, स्कूल आदि… |सब बने।",
        "Well... maybe... |The end.",
        "So... I think… I do.",
        # Abbreviations, initials, initialisms
        "डॉ. राम ने रु. 500 दिए। |श्री. गणेश और श्रीमती. सीता आए।",
        "प्रो. वर्मा, पं. नेहरू, सं. 5 और क्र. 7 देखें।",
        "ए. पी. जे. अब्दुल कलाम राष्ट्रपति थे। |बी. आर. अंबेडकर भी।",
        "आई. के. गुजराल आए. |सब गए.",
        "वैज्ञानिक जी. माधवन नायर ने कहा। |ठीक।",
        "एफ़. डब्ल्यू. हेस्टिंग्स आए।",
        "यू.एस. में ई.यू. की बैठक हुई। |एन.एस.ए. चुप है।",
        "वह 500 ई.पू. की बात है। |दूरी 5 कि.मी. है।",
        "म. प्र. और उ. प्र. में वर्षा हुई।",
        "A. P. J. Abdul Kalam came. |He left.",
        "Dr. Rao met Mr. Sen, Mrs. Das and Gen. Roy. |St. Mary won.",
        "The U.S. Senate met. |He lives in the U.S. |He works at Acme Inc. |The firm is big.",
        "Acme Inc. Chairman Roy spoke of No. 5, Fig. 3, etc. Then he left.".replace("etc. ", "etc. |"),
        "He said no. |Rule no. 72. |Then he left.",
        "At 10.30 a.m. on Monday. |It rained.",
        "U.S. में जाँच हुई। |ठीक।",
        # Enumerators
        "1. पाठ पढ़ें। |2. प्रश्न लिखें।",
        "१। पाठ पढ़ें। |(2) लिखें।",
        "1.2. पाठ पढ़ें।",
        "क. पाठ पढ़ें। |iv. Read it.",
        "1. सेब 2. केला 3. आम",
        "ये हैं: 1. सेब, 2. केला",
        # Not ends at all
        "दाम 3.5 रुपये, समय 10.30 बजे, 1,100 अरब।",
        "https://a.in/x.html?y=1 और a.b@c.co.in तथा config.txt देखें।",
        "नाम ‖ पता ‖ शहर",
        "स्रोत‖लक्ष्य",
        "एक; दो; तीन: चार।",
        "क्या?, क्यों?; कैसे?",
        "कैपिटलएफएम. की संचालक कंपनी",
        "Yahoo! is big. |Why? |because it is.",
        "रात थी। 😀",
        "… है। ? |नमस्ते",
    ],
)
def test_sentences(marked: str) -> None:
    expected = tuple(part.replace("‖", "|") for part in marked.split("|"))
    assert sentences("".join(expected)) == expected


def test_decomposed_hindi_is_split_alike() -> None:
    text = "ज़िला बड़ा है। क़लम कहाँ है? ज़ेड. ए. भुट्टो आए।"
    counts = {form: len(sentences(unicodedata.normalize(form, text))) for form in ("NFC", "NFD")}
    assert counts == {"NFC": 3, "NFD": 3}
    assert len(sentences(text.replace("ज़", "\u095b").replace("क़", "\u0958"))) == 3


@pytest.mark.parametrize("text", ["", " ", "।", "... ", "? !", "\n\n"])
def test_text_without_a_word_is_one_part(text: str) -> None:
    assert sentences(text) == ((text,) if text else ())


def test_no_boundary_inside_a_kept_span() -> None:
    text = "संस्था चलो! आगे बढ़ो ने कहा। फिर गया।"
    assert sentences(text)[0] == "संस्था चलो! "
    start = text.index("चलो")
    assert sentences(text, [(start, text.index(" ने"))]) == ("संस्था चलो! आगे बढ़ो ने कहा। ", "फिर गया।")
    assert sentences(text, [(start, start + 4)])[0] == "संस्था चलो! ", "a span that ends at the mark is not torn"


@given(texts, spans)
def test_nothing_is_lost_and_no_part_is_blank(text: str, keep: list[tuple[int, int]]) -> None:
    parts = sentences(text, keep)
    assert "".join(parts) == text
    assert all(part and (not part.isspace() or text.isspace()) for part in parts)
    end = 0
    for part in parts[:-1]:
        end += len(part)
        assert part[-1].isspace() or not text[end].isspace(), "white space goes with the sentence before"
        assert not any(start < end < stop for start, stop in keep)


@pytest.mark.parametrize("unit", ["।,", "क.", "a.", "A. ", "( क।)", '" ', "है|", "॥1", "(", "[ "])
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit)) + " क"
        start = time.process_time()
        assert "".join(sentences(text)) == text
        return time.process_time() - start

    assert seconds(24_000) < 40 * max(seconds(2_400), 0.005), "ten times the text must not cost a hundred times"


def test_the_seed_documents_split_between_sentences() -> None:
    for path in SEEDS.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = sentences(line)
            assert "".join(parts) == line
            # Every danda ends a sentence there, unless a closing quote follows or the line ends.
            assert len(parts) == 1 + line.count("। ") + line.count("... ")


def shorter(limit: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= limit


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("छोटा वाक्य।", 20, ("छोटा वाक्य।",)),
        ("", 5, ()),
        ("पहला भाग यहाँ; दूसरा भाग वहाँ है।", 24, ("पहला भाग यहाँ; ", "दूसरा भाग वहाँ है।")),
        ("पहला, भाग यहाँ; दूसरा भाग, वहाँ है।", 24, ("पहला, भाग यहाँ; ", "दूसरा भाग, वहाँ है।")),
        ("राम घर गया था और सीता वन में रही", 22, ("राम घर गया था ", "और सीता वन में रही")),
        ("the dog ran home but the cat stayed", 24, ("the dog ran home ", "but the cat stayed")),
        ("एक दो तीन चार पाँच छह सात", 18, ("एक दो तीन चार ", "पाँच छह सात")),
        ("aaaaaaaaaa", 4, ("aaaa", "aaa", "aaa")),
        ("क bbbbbbbbbbbb", 10, ("क ", "bbbbbb", "bbbbbb")),
        ("दाम 1,100 अरब है कुल 3.5", 14, ("दाम 1,100 अरब ", "है कुल 3.5")),
        ("किकिकिकि", 3, ("कि", "कि", "कि", "कि")),
        ("क्षत्रिय", 2, ("क्ष", "त्रि", "य")),  # single graphemes that do not fit
    ],
)
def test_pieces(text: str, limit: int, expected: tuple[str, ...]) -> None:
    assert pieces(text, shorter(limit)) == expected


def test_pieces_keep_terms_whole_where_they_fit() -> None:
    text = "यह डाक सोंग जिला पार्टी है"
    start, end = text.index("डाक"), text.index(" पार्टी")
    assert pieces(text, shorter(16), [(start, end)]) == ("यह ", "डाक सोंग जिला ", "पार्टी है")
    assert all(len(piece) <= 8 for piece in pieces(text, shorter(8), [(start, end)]))


@given(st.lists(st.sampled_from(TOKENS), max_size=60).map(" ".join) | st.text(max_size=200), st.integers(1, 40), spans)
def test_pieces_fit_and_nothing_is_lost(text: str, limit: int, keep: list[tuple[int, int]]) -> None:
    parts = pieces(text, shorter(limit), keep)
    assert "".join(parts) == text
    assert all(len(part) <= limit or len(pieces(part, shorter(1))) == 1 for part in parts)


@given(st.text("अ क", max_size=60), st.integers(1, 20))
def test_pieces_fit_though_a_shorter_text_may_not(text: str, limit: int) -> None:
    def fits(part: str) -> bool:
        return len(part) <= 1 or (len(part) <= limit and len(part) % 3 != 1)

    parts = pieces(text, fits)
    assert "".join(parts) == text
    assert all(fits(part) for part in parts)


def test_twenty_thousand_characters_without_a_stop() -> None:
    calls = 0

    def fits(text: str) -> bool:
        nonlocal calls
        calls += 1
        return len(text) <= 400

    text = "पार्टी समिति के सदस्य " * 910
    assert len(text) > 20_000
    assert sentences(text) == (text,)
    parts = pieces(text, fits)
    assert "".join(parts) == text
    assert max(map(len, parts)) <= 400
    assert min(map(len, parts)) >= 200, "balanced"
    assert len(parts) <= 56
    assert calls <= 15 * len(parts)
    assert all(part.endswith(" ") for part in parts)


def test_split_fills_the_sentences_of_a_segment() -> None:
    source = "संस्था चलो! आगे बढ़ो यहाँ है। यह वाक्य बहुत लंबा है, इसलिए   इसे काटना होगा।"
    start, end = source.index("चलो"), source.index(" यहाँ")
    hit = TermHit("names.csv:2", start, end, source[start:end], source[start:end], "Go On")
    asked: list[str] = []

    def fits(text: str) -> bool:
        asked.append(text)
        return len(text) <= 30

    segment = split(Segment("a:1:0", source, hits=(hit,)), fits)
    assert [sentence.body for sentence in segment.sentences] == [
        "संस्था चलो! आगे बढ़ो यहाँ है।",
        "यह वाक्य बहुत लंबा है,",
        "इसलिए   इसे काटना होगा।",
    ]
    assert "".join(sentence.source for sentence in segment.sentences) == source
    assert all(source.startswith(sentence.source, sentence.start) for sentence in segment.sentences)
    assert all(text == text.strip() for text in asked)
    assert segment.hits == (hit,)
