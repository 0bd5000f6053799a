"""All figures of some translations of a test set, as data and as Markdown tables."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from toolkit.evaluation.bootstrap import SAMPLES, bootstrap, seed_of_environment
from toolkit.evaluation.overuse import Concepts
from toolkit.evaluation.quality import Quality, quality
from toolkit.evaluation.run import Run, changed_without_terms
from toolkit.evaluation.sets import Scope, TermSet
from toolkit.evaluation.terms import TermScores, success_of, term_scores

REFERENCE = "reference"

_TERM_COLUMNS = (
    ("success", "success"),
    ("± 95 %", "half_width"),
    ("p", "p"),
    ("uncased", "success_uncased"),
    ("macro", "macro"),
    ("macro uncased", "macro_uncased"),
    ("upper bound", "upper"),
    ("lenient", "lenient"),
    ("consistent", "consistency"),
    ("like target", "consistency_predefined"),
)
DEFINITIONS = (
    "Success: an approved form stands, cased, between word borders, in a span of its own (exclusive maximal matching); "
    "uncased: whatever the case; upper bound: spans may be shared; lenient: lower-cased substring, once a term and "
    "segment (WMT25). Micro over occurrences, macro over terms. Consistent: rendered like the term's most frequent "
    "rendering; like target: like the glossary's target (WMT25). Shares in %. ± and p: paired bootstrap over segments, "
    "p against the first system."
)


@dataclass(frozen=True, slots=True)
class Output:
    """Translations of a test set.

    Attributes:
        name: The system.
        texts: Its translations, one a segment.
        terms: The set with the targets that it was asked for.
        run: How they came about, if here.
    """

    name: str
    texts: Sequence[str]
    terms: TermSet
    run: Run | None = None


def terms_report(outputs: Sequence[Output], *, samples: int = SAMPLES) -> dict[str, Any]:
    """Score translations of one test set; the reference comes first as the oracle, p is against the first output.

    Term success is compared only where both were asked for the same targets.

    Raises:
        UsageError: the variable SACREBLEU_SEED is no number.
    """
    first = outputs[0]
    reference = [item.reference for item in first.terms.items]
    everything = [
        Output(REFERENCE, reference, first.terms),
        *(Output(o.name, [unicodedata.normalize("NFC", text) for text in o.texts], o.terms, o.run) for o in outputs),
    ]
    measured = quality([output.texts for output in everything[1:]], reference, samples=samples)
    return {
        "set": first.terms.name,
        "segments": len(reference),
        "definitions": DEFINITIONS,
        "terms": {scope: _scored(everything, scope, samples) for scope in ("attested", "all")},
        "over_applied": {output.name: _over_applied(output) for output in everything},
        **quality_report([output.name for output in outputs], measured),
        "runs": {output.name: _run(output.run, first.run) for output in outputs if output.run is not None},
    }


def quality_report(names: Sequence[str], measured: Quality) -> dict[str, Any]:
    """BLEU and chrF of some systems as data."""
    estimates = measured.estimates.items()
    return {
        "quality": {
            name: {measure: asdict(each[place]) for measure, each in estimates} for place, name in enumerate(names)
        },
        "signatures": dict(measured.signatures),
    }


def _scored(outputs: Sequence[Output], scope: Scope, samples: int) -> dict[str, dict[str, Any]]:
    scores = {output.name: term_scores(output.terms.items, output.texts, scope) for output in outputs}
    first = outputs[1]
    return {
        output.name: _figures(scores[output.name])
        | _estimated(_tables(output, first, scores), samples, compared=output not in outputs[:2])
        for output in outputs
    }


def _tables(output: Output, first: Output, scores: Mapping[str, TermScores]) -> list[Any]:
    """The statistics to resample: the first system's and this one's, or this one's alone where they do not compare."""
    mine = scores[output.name].segments
    comparable = output.terms is first.terms and output.name not in (first.name, REFERENCE)
    return [scores[first.name].segments, mine] if comparable else [mine]


def _estimated(tables: Sequence[Any], samples: int, *, compared: bool) -> dict[str, float | None]:
    estimate = bootstrap(tables, success_of, samples=samples, seed=seed_of_environment())[-1]
    return {"half_width": estimate.half_width, "p": estimate.p if compared else None}


def _figures(scores: TermScores) -> dict[str, Any]:
    return {name: value for name, value in asdict(scores).items() if name != "segments"}


def _over_applied(output: Output) -> int:
    concepts = Concepts(output.terms.entries)
    return sum(concepts.too_many(item, text) for item, text in zip(output.terms.items, output.texts, strict=True))


def _run(run: Run, first: Run | None) -> dict[str, Any]:
    return {
        "mode": run.mode,
        "steps": dict(run.steps),
        "outside_edits": run.outside,
        "changed_without_terms": changed_without_terms(first.segments, run.segments) if first is not None else None,
        "seconds": run.seconds,
        "cpu_seconds": run.cpu_seconds,
    }


def terms_markdown(report: Mapping[str, Any]) -> str:
    """A report of `terms_report` as Markdown."""
    parts = [f"## {report['set']}: {report['segments']:,} segments"]
    for scope, title in (("attested", "Terms that the reference attests"), ("all", "All terms")):
        rows = report["terms"][scope]
        some = rows[REFERENCE]
        head = f"{title}: {some['occurrences']:,} occurrences of {some['terms']:,} terms"
        lines = ([name, *(_cell(row[key], key) for _, key in _TERM_COLUMNS)] for name, row in rows.items())
        parts += [head, table(("system", *(title for title, _ in _TERM_COLUMNS)), [*lines])]
    parts += [quality_markdown(report, {"over-applied": report["over_applied"]})]
    if report["runs"]:
        parts += [_runs_markdown(report["runs"])]
    return "\n\n".join((*parts, report["definitions"])) + "\n"


def quality_markdown(report: Mapping[str, Any], more: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """BLEU and chrF as a Markdown table with the signatures below.

    Args:
        report: Of `terms_report` or `quality_report`.
        more: Further columns: by title, by system.
    """
    extra = more or {}
    measures = list(report["signatures"])
    head = ["system", *(title for measure in measures for title in (measure, "± 95 %", "p")), *extra]
    lines = []
    for name in dict.fromkeys((*(name for column in extra.values() for name in column), *report["quality"])):
        estimates = report["quality"].get(name, {})
        cells = [cell for measure in measures for cell in _estimate(estimates.get(measure))]
        lines.append([name, *cells, *(f"{column[name]:,}" for column in extra.values())])
    signatures = "\n".join(f"- {signature}" for signature in _signatures(report["signatures"]))
    return f"{table(head, lines)}\n\n{signatures}"


def _signatures(signatures: Mapping[str, str]) -> Iterator[str]:
    for name, signature in signatures.items():
        yield f"{name}: `{signature}`"


def _estimate(estimate: Mapping[str, Any] | None) -> tuple[str, str, str]:
    if estimate is None:
        return "", "", ""
    return f"{estimate['score']:.2f}", f"{estimate['half_width']:.2f}", _cell(estimate["p"], "p")


def _runs_markdown(runs: Mapping[str, Mapping[str, Any]]) -> str:
    steps = dict.fromkeys(step for run in runs.values() for step in run["steps"] if step != "unresolved")
    head = ("system", *steps, "unresolved", "outside edits", "changed without terms", "seconds", "of processor")
    lines = [
        [
            name,
            *(f"{run['steps'].get(step, 0):,}" for step in (*steps, "unresolved")),
            f"{run['outside_edits']:,}",
            _cell(run["changed_without_terms"], "count"),
            f"{run['seconds']:.1f}",
            f"{run['cpu_seconds']:.1f}",
        ]
        for name, run in runs.items()
    ]
    return table(head, lines)


def _cell(value: float | None, key: str) -> str:
    if value is None:
        return "–"
    if key == "count":
        return f"{value:,}"
    return f"{value:.3f}" if key == "p" else f"{100 * value:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, the others to the right."""
    lines = (head, ["---", *("---:" for _ in head[1:])], *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
