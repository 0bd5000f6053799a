"""What an engine does with terms, measured on the engine itself and remembered.

- whether its attention is a word aligner: figures are copied, so the figure of a translation should look at the same
  figure of the source; a model with guided alignment gets nearly all of them right, an untrained head few
- what it makes of a term alone and in carrier sentences: a missing term is often there under that name
- whether plain-letter targets placed in a source survive: what the ladder's injection step lives on

Results are kept in the user's cache under the revision of the weights and the decoding options, so that each question
is asked once. They depend on nothing else; a lost or unreadable file only costs asking again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from toolkit.engines import Engine
from toolkit.engines.conversion import cache_folder
from toolkit.errors import DocumentError
from toolkit.files import write_atomically
from toolkit.glossary.attention import words_looking_at
from toolkit.glossary.entry import Entry
from toolkit.languages import Language
from toolkit.numerals import figures
from toolkit.text import occurrences, plain_view, strip_marks

LAYOUT = 2  # raise it when other things are measured, or in another way: results of an older way are not used
TRUSTED = 0.9  # share of the figures that look at themselves
HALF = 0.5  # of a figure's attention must lie on its source
N_BEST = 4

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
_CARRIERS: dict[Language, tuple[str, ...]] = {
    "hi": ("{} के बारे में बात हुई।", "आज {} की बैठक हुई।"),
    "en": ("They talked about {}.", "The meeting of {} was held today."),
}


def probes(language: Language) -> tuple[str, ...]:
    """The sentences that an engine's attention is probed with: short, plain, and full of figures."""
    return tuple(frame.format(a=a, b=b, c=c) for frame in _FRAMES[language] for a, b, c in _FIGURES)


def attention_trust(engine: Engine) -> float:
    """The share of figures whose attention lies on the same figure of the source, from 0 to 1.

    Costs two small batches. A figure that the engine loses is not right.
    """
    sources = probes(engine.direction.source)
    targets = [found[0].text for found in engine.translate(sources)]
    alignments = engine.align(list(zip(sources, targets, strict=True)))
    right = wanted = 0
    for source, target, alignment in zip(sources, targets, alignments, strict=True):
        there = {figure.value: (figure.start, figure.end) for figure in figures(target, engine.direction.target)}
        for ours in figures(source, engine.direction.source):
            wanted += 1
            span = there.get(ours.value)
            right += span is not None and alignment.weight(span, (ours.start, ours.end)) >= HALF
    return right / wanted


class Calibration:
    """What is known of an engine; asks the engine for what is not.

    Args:
        engine: Whose behaviour it is.
        folder: Where results are kept; the user's cache folder unless given.
    """

    def __init__(self, engine: Engine, folder: Path | None = None) -> None:
        self._engine = engine
        signature = engine.signature
        name = f"{signature['revision']}-{engine.direction}-{signature['decoding']}-v{LAYOUT}.json"
        self._path = (folder if folder is not None else cache_folder()) / "calibration" / name
        self._attention: float | None = None
        self._renderings: dict[str, tuple[str, ...]] = {}
        self._read = False

    @property
    def attention(self) -> float:
        """How far the engine's attention is a word aligner, from 0 to 1."""
        self._load()
        if self._attention is None:
            self._attention = attention_trust(self._engine)
            self._save()
        return self._attention

    def renderings(self, surfaces: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """What the engine makes of terms: its hypotheses for each alone, and its words for it in carrier sentences."""
        self._load()
        asked = list(dict.fromkeys(surfaces))
        if new := [surface for surface in asked if surface not in self._renderings]:
            alone, carried = self._alone(new), self._carried(new)
            self._renderings |= {one: tuple(dict.fromkeys(filter(None, (*alone[one], *carried[one])))) for one in new}
            self._save()
        return {surface: self._renderings[surface] for surface in asked}

    def survival(self, entries: Sequence[Entry]) -> dict[str, float]:
        """For each row, the share of carrier sentences in which its plain-letter target survives, by `Entry.row`."""
        carriers = _CARRIERS[self._engine.direction.source]
        plain = {entry.row: strip_marks(entry.target) for entry in entries}
        sources = [carrier.format(target) for target in plain.values() for carrier in carriers]
        said = iter([found[0].text for found in self._engine.translate(sources)])
        return {
            row: sum(_stands(target, next(said)) for _ in carriers) / len(carriers) for row, target in plain.items()
        }

    def _alone(self, surfaces: Sequence[str]) -> dict[str, list[str]]:
        said = self._engine.translate(surfaces, n_best=N_BEST)
        return {
            surface: [_bare(hypothesis.text) for hypothesis in found]
            for surface, found in zip(surfaces, said, strict=True)
        }

    def _carried(self, surfaces: Sequence[str]) -> dict[str, list[str]]:
        """The words that look at the term in carrier sentences; none where the attention is no aligner."""
        if self.attention < TRUSTED:
            return {surface: [] for surface in surfaces}
        carriers = _CARRIERS[self._engine.direction.source]
        sources = [(carrier.format(one), carrier.index("{}"), one) for one in surfaces for carrier in carriers]
        targets = [found[0].text for found in self._engine.translate([source for source, _, _ in sources])]
        pairs = [(source, target) for (source, _, _), target in zip(sources, targets, strict=True)]
        carried: dict[str, list[str]] = {surface: [] for surface in surfaces}
        for (_, start, one), target, alignment in zip(sources, targets, self._engine.align(pairs), strict=True):
            carried[one].append(_bare(words_looking_at((start, start + len(one)), target, alignment)))
        return carried

    def _load(self) -> None:
        if self._read:
            return
        self._read = True
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            self._attention = float(kept["attention"]) if kept["attention"] is not None else None
            self._renderings = {str(one): tuple(map(str, found)) for one, found in kept["renderings"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            self._attention, self._renderings = None, {}  # not measured yet, or not readable: measured again

    def _save(self) -> None:
        if self._engine.signature["engine"] == "scripted":
            return  # it has no weights that could be told apart
        kept = {"attention": self._attention, "renderings": self._renderings}
        with suppress(DocumentError):  # a cache that cannot be written costs asking again, not the translation
            write_atomically(self._path, json.dumps(kept, ensure_ascii=False).encode())


def _bare(text: str) -> str:
    return text.strip(" .,;:!?\"'“”।")


def _stands(plain: str, text: str) -> bool:
    return any(True for _ in occurrences(plain_view(text).text, plain_view(plain).text))
