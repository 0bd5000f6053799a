"""What the ladder needs from outside the glossary: an engine, the checks, and what is known of both."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.glossary.phonetic import Names, repair_names
from toolkit.glossary.repair import Accept, Case, Known, repair_assembly, repair_renderings
from toolkit.segment import Alignment

Candidates = Callable[[Sequence[str]], Sequence[Sequence[str]]]
"""For each source several translations, the most trusted first."""

Align = Callable[[Sequence[tuple[str, str]]], Sequence[Alignment]]
"""For each source and translation their alignment."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the ladder needs from outside.

    Attributes:
        names: The glossary's names, to keep near neighbours apart.
        candidates: Translates sources whole, several hypotheses each.
        clause_candidates: Translates sources clause by clause, several ways each; none where there is one clause.
        align: Aligns sources with translations; an empty alignment where the engine's attention is no aligner.
        accept: The acceptance test of the checks: nothing new is wrong.
        renderings: What the engine makes of terms, by their source.
    """

    names: Names
    candidates: Candidates
    clause_candidates: Candidates
    align: Align
    accept: Accept
    renderings: Callable[[Iterable[str]], Mapping[str, Sequence[str]]]

    def repair(self, cases: Iterable[Case], known: Known) -> None:
        """The steps that replace something in place and ask the engine nothing."""
        for case in cases:
            repair_assembly(case, self.accept)
            repair_renderings(case, known, self.accept)
            repair_names(case, self.names, self.accept)
