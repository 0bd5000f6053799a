"""Translate with a second look: a sentence that visibly went wrong is tried in other ways before it is believed.

Small models drop figures and fall into loops on long sentences. Where the checks see that, the engine's other
hypotheses and a translation clause by clause compete with the first hypothesis; the one with the least trouble wins,
the first where they tie. What comes out is the engine's own wording, whichever way it was asked.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import regex

from toolkit import checks, segmentation
from toolkit.engines import Engine, Progress
from toolkit.languages import Direction, needs_translation
from toolkit.segment import Segment

N_BEST = 4
CLAUSE_LENGTHS = (160, 90)  # characters: two ways of cutting a sentence into clauses

_ENDS = regex.compile(r"[.?!।॥…:;,][\s\"'”’)\]]*$")
_FUNCTION_WORD = regex.compile(
    r"(?:A|An|And|As|At|But|By|For|From|He|In|Is|It|Of|On|Or|She|So|The|They|This|To|We|With)\b"
)
_WEIGHTS = {"error": 10, "warning": 1}


def trouble(source: str, target: str, direction: Direction) -> int:
    """How much the checks find wrong with a translation: 0 is nothing, an error weighs ten warnings."""
    return sum(_WEIGHTS[issue.severity] for issue in checks.issues_of(source, target, direction))


def acceptable(direction: Direction) -> Callable[[str, str, str], bool]:
    """The acceptance test for repairs: (source, before, after) → nothing is wrong after that was not before."""

    def accept(source: str, before: str, after: str) -> bool:
        return not _new_issues(source, before, after, direction)

    return accept


def _new_issues(source: str, before: str, after: str, direction: Direction) -> set[str]:
    old = [issue.check for issue in checks.issues_of(source, before, direction)]
    new = [issue.check for issue in checks.issues_of(source, after, direction)]
    return {check for check in new if new.count(check) > old.count(check)}


class Translator:
    """An engine and the second look.

    Args:
        engine: What translates.
        second_look: Whether sentences in trouble are tried in other ways.
    """

    def __init__(self, engine: Engine, *, second_look: bool = True) -> None:
        self.engine = engine
        self.direction = engine.direction
        self.second_look = second_look

    def translate(self, segments: Sequence[Segment], advance: Progress | None = None) -> list[Segment]:
        """Fill in the hypotheses of the segments' sentences.

        Args:
            segments: Split into sentences.
            advance: Called with the number of sentences just finished, over all calls that of the segments.
        """
        bodies = [sentence.body for segment in segments for sentence in segment.sentences]
        said = iter(self.translate_texts(bodies, advance))
        return [_with_hypotheses(segment, said) for segment in segments]

    def translate_texts(self, texts: Sequence[str], advance: Progress | None = None) -> list[str]:
        """One translation per text; equal texts are translated once, those without letters to translate are copied."""
        asked = [text for text in dict.fromkeys(texts) if needs_translation(text, self.direction.source)]
        first = [found[0].text for found in self.engine.translate(asked, progress=advance)]
        if advance is not None:
            advance(len(texts) - len(asked))
        known = dict(zip(asked, first, strict=True))
        if self.second_look:
            known |= self._reconsidered(known)
        return [known.get(text, text) for text in texts]

    def _reconsidered(self, known: dict[str, str]) -> dict[str, str]:
        errors = {source: trouble(source, target, self.direction) for source, target in known.items()}
        wrong = [source for source, found in errors.items() if found >= _WEIGHTS["error"]]
        better = {}
        for source, texts in zip(wrong, self.candidates(wrong), strict=True):
            best = min((known[source], *texts), key=lambda text: trouble(source, text, self.direction))
            better[source] = best
        return better

    def candidates(self, sources: Sequence[str]) -> list[tuple[str, ...]]:
        """Several translations of each source, the most trusted first: n-best whole, then clause by clause."""
        whole = self.engine.translate(sources, n_best=N_BEST)
        cuts = [_clause_cuts(source) for source in sources]
        clauses = list(dict.fromkeys(clause.strip() for ways in cuts for way in ways for clause in way))
        said = dict(zip(clauses, (found[0].text for found in self.engine.translate(clauses)), strict=True))
        return [
            tuple(dict.fromkeys((*(h.text for h in hypotheses), *(_joined(way, said) for way in ways))))
            for hypotheses, ways in zip(whole, cuts, strict=True)
        ]


def _with_hypotheses(segment: Segment, said: Iterator[str]) -> Segment:
    sentences = tuple(replace(sentence, hypothesis=next(said)) for sentence in segment.sentences)
    return replace(
        segment,
        sentences=sentences,
        hypothesis="".join(sentence.hypothesis + sentence.gap for sentence in sentences),
        origin="copied" if all(sentence.hypothesis == sentence.body for sentence in sentences) else "engine",
    )


def _clause_cuts(source: str) -> list[tuple[str, ...]]:
    ways = (segmentation.pieces(source, lambda text: len(text) <= length) for length in CLAUSE_LENGTHS)  # noqa: B023
    return [way for way in dict.fromkeys(ways) if len(way) > 1]


def _joined(clauses: Sequence[str], said: dict[str, str]) -> str:
    return " ".join(_fitted(clauses, said))


def _fitted(clauses: Sequence[str], said: dict[str, str]) -> Iterator[str]:
    """Translated clauses made parts of one sentence: no capital within it, the clause mark of the source."""
    for place, clause in enumerate(clauses):
        text = said[clause.strip()]
        if place and _FUNCTION_WORD.match(text):
            text = text[0].lower() + text[1:]
        if place < len(clauses) - 1:
            mark = _ENDS.search(clause.rstrip())
            text = text.rstrip(" .,;:") + (mark[0].strip() if mark else "")
        if text:
            yield text
