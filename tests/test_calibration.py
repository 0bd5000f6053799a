"""Whether an engine's attention is an aligner is measured, not assumed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from toolkit.calibration import TRUSTED, Calibration, attention_trust, probes
from toolkit.engines import Engine
from toolkit.engines.scripted import ScriptedEngine
from toolkit.glossary import Entry
from toolkit.languages import Direction
from toolkit.numerals import figures
from toolkit.segment import Alignment
from toolkit.translation import Translator


class Elsewhere(ScriptedEngine):
    """Every word looks at the first word of the source."""

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        looked = super().align(pairs)
        return [
            Alignment(one.source, one.target, tuple((1.0, *[0.0] * (len(row) - 1)) for row in one.weights))
            for one in looked
        ]


@pytest.mark.parametrize("language", ["hi", "en"])
def test_probes_hold_figures(language: str) -> None:
    sentences = probes("hi" if language == "hi" else "en")
    assert len(set(sentences)) == len(sentences) >= 12
    assert all(len(figures(text, "hi" if language == "hi" else "en")) >= 2 for text in sentences)


def test_an_aligner_is_trusted() -> None:
    assert attention_trust(ScriptedEngine()) == 1.0


def test_a_head_that_looks_elsewhere_is_not_trusted() -> None:
    engine = Elsewhere()
    assert attention_trust(engine) < TRUSTED
    pairs = [("नया काम", "naya kam")]
    assert Translator(engine).align(pairs) == [Alignment()]
    assert Translator(ScriptedEngine()).align(pairs) != [Alignment()]


def test_an_engine_that_loses_the_figures_is_not_trusted() -> None:
    assert attention_trust(ScriptedEngine(dict.fromkeys(probes("hi"), "There are many."))) == 0.0


def test_nothing_is_measured_before_it_is_needed() -> None:
    engine = ScriptedEngine()
    assert Translator(engine).align([]) == []
    assert engine.asked == []


def test_the_bundled_model_is_an_aligner(mini: Engine) -> None:
    assert mini.direction == Direction()
    assert attention_trust(mini) >= TRUSTED


class Counted(ScriptedEngine):
    """A scripted engine with a revision of its own, so that what is measured on it is kept."""

    @property
    def signature(self) -> dict[str, str]:
        return {"engine": "counted", "model": "x", "revision": "abc", "decoding": "none"}


def test_what_was_asked_once_is_remembered(tmp_path: Path) -> None:
    engine = Counted(
        {"जन समिति": ["mass committee.", "People's Committee"], "आज जन समिति की बैठक हुई।": "aj jan samiti met"}
    )
    first = Calibration(engine, tmp_path)
    known = first.renderings(["जन समिति", "जन समिति"])
    assert known == {"जन समिति": ("mass committee", "People's Committee", "jan samiti")}
    asked = len(engine.asked)
    again = Calibration(engine, tmp_path)
    assert again.renderings(["जन समिति"]) == known
    assert again.attention == 1.0
    assert len(engine.asked) == asked


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"attention": "x"}', b'{"attention": 1.0, "renderings": 7}', b"\xff"]
)
def test_a_damaged_memory_is_measured_again(tmp_path: Path, content: bytes) -> None:
    Calibration(Counted(), tmp_path).renderings(["हनोई"])
    (file,) = (tmp_path / "calibration").iterdir()
    file.write_bytes(content)
    assert Calibration(Counted(), tmp_path).renderings(["हनोई"])["हनोई"][0] == "hanoi"


def test_a_memory_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert Calibration(Counted(), tmp_path / "file").renderings(["हनोई"])["हनोई"][0] == "hanoi"


def test_survival_is_the_share_of_carriers_in_which_the_plain_target_stands() -> None:
    entries = [Entry("हनोई", "Hà Nội", file="t.csv", line=2), Entry("डाक सोंग", "Đắk Song", file="t.csv", line=3)]
    engine = ScriptedEngine({"Ha Noi के बारे में बात हुई।": "They talked."})
    assert Calibration(engine).survival(entries) == {"t.csv:2": 0.5, "t.csv:3": 1.0}


def test_the_bundled_model_knows_hanoi(mini: Engine, tmp_path: Path) -> None:
    assert "Hanoi" in Calibration(mini, tmp_path).renderings(["हनोई"])["हनोई"]
