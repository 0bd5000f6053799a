"""Whether an engine's attention is an aligner is measured, not assumed."""

from collections.abc import Sequence

import pytest

from toolkit.calibration import TRUSTED, attention_trust, probes
from toolkit.engines import Engine
from toolkit.engines.scripted import ScriptedEngine
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
