"""What an engine can be trusted with, measured on the engine itself.

The glossary's ladder may follow an engine's attention only if it is a word aligner. Figures tell: they are copied, so
the figure of a translation should look at the same figure of the source. A model with guided alignment gets nearly all
of them right, an untrained head few.
"""

from toolkit.engines import Engine
from toolkit.languages import Language
from toolkit.numerals import figures

TRUSTED = 0.9  # share of the figures that look at themselves
HALF = 0.5  # of a figure's attention must lie on its source

_FRAMES: dict[Language, tuple[str, ...]] = {
    "hi": (
        "जिले में {a} परिवार और {b} स्कूल हैं।",
        "{a} लोगों ने {b} दिन में {c} पेड़ लगाए।",
        "सरकार ने {a} सड़कें और {b} पुल बनाए।",
        "बैठक में {a} देशों के {b} मंत्री आए।",
    ),
    "en": (
        "There are {a} families and {b} schools in the district.",
        "{a} people planted {c} trees in {b} days.",
        "The government built {a} roads and {b} bridges.",
        "{b} ministers from {a} countries came to the meeting.",
    ),
}
_FIGURES = ((273, 41, 5862), (36, 19, 4170), (128, 57, 3905))


def probes(language: Language) -> tuple[str, ...]:
    """The sentences that an engine is probed with: short, plain, and full of figures."""
    return tuple(frame.format(a=a, b=b, c=c) for frame in _FRAMES[language] for a, b, c in _FIGURES)


def attention_trust(engine: Engine) -> float:
    """The share of figures whose attention lies on the same figure of the source, from 0 to 1.

    Costs two small batches. An engine that loses the figures has no share of them right.
    """
    sources = probes(engine.direction.source)
    targets = [found[0].text for found in engine.translate(sources)]
    right = wanted = 0
    for source, target, alignment in zip(
        sources, targets, engine.align(list(zip(sources, targets, strict=True))), strict=True
    ):
        theirs = {figure.value: figure for figure in figures(target, engine.direction.target) if not figure.spelled}
        for ours in figures(source, engine.direction.source):
            if ours.spelled:
                continue
            wanted += 1
            same = theirs.get(ours.value)
            if same is not None:
                weight = alignment.weight((same.start, same.end), (ours.start, ours.end))
                right += weight >= HALF
    return right / wanted if wanted else 0.0
