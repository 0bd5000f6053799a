"""What the glossary does to terms and to quality: the TICO-19 terms and a set of names, in three modes.

    python benchmarks/terms.py [--lines 600] [--model mini] [--beam 4] [SET.jsonl …]

Without sets it takes the TICO-19 terms beside the checkout and makes the name set of newstest2014
(`benchmarks/make_name_set.py`). For each set: term success without and with its glossary and with wrong targets, how
many occurrences each step of the ladder repaired, BLEU and chrF with paired bootstrap against the run without a
glossary, changes outside the logged edits, approved forms where nothing asked for them, and time. Prints Markdown.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.engines import Decoding, Engine, load_engine
from toolkit.evaluation.report import Output, terms_markdown, terms_report
from toolkit.evaluation.run import MODES, Run, run
from toolkit.evaluation.sets import TermSet, read_jsonl

EVAL = Path(__file__).resolve().parent.parent.parent / "shared" / "eval"
TICO = EVAL / "tico19.hi-en.terms.jsonl"
NAMES = "newstest2014.names.jsonl"


def main() -> None:
    options = _options()
    engine = load_engine(options.model, decoding=Decoding(options.beam))
    with tempfile.TemporaryDirectory() as folder:
        for path in options.sets or default_sets(Path(folder)):
            terms = read_jsonl(path).spread(options.lines)
            runs = list(translated(terms, engine))
            print(terms_markdown(terms_report([Output(one.mode, one.texts, one.terms, one) for one in runs])))
            print(f"{costs(runs)}\n")
            if options.show:
                print("\n".join(shown(runs[1], options.show)), end="\n\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what the glossary does to terms and to quality.")
    parser.add_argument("sets", type=Path, nargs="*", help="test sets with marked terms, as JSONL")
    parser.add_argument("--lines", type=int, help="segments of each set, evenly over it (default all)")
    parser.add_argument("--model", default="mini", help="alias, hub id or folder (default mini)")
    parser.add_argument("--beam", type=int, default=4, help="beam width (default 4)")
    parser.add_argument("--show", type=int, default=0, help="repaired and unresolved occurrences to print, each")
    return parser.parse_args()


def default_sets(folder: Path) -> list[Path]:
    names = folder / NAMES
    maker = Path(__file__).with_name("make_name_set.py")
    subprocess.run([sys.executable, maker, names], check=True, stdout=sys.stderr)
    return [TICO, names]


def translated(terms: TermSet, engine: Engine) -> Iterator[Run]:
    for mode in MODES:
        one = run(terms, mode, engine)
        print(f"{terms.name}, {mode}: {one.seconds:.1f} s", file=sys.stderr)
        yield one


def costs(runs: Sequence[Run]) -> str:
    plain = runs[0]
    more = (
        f"{one.mode} {one.seconds / plain.seconds - 1:+.1%} (processor {one.cpu_seconds / plain.cpu_seconds - 1:+.1%})"
        for one in runs[1:]
    )
    return f"Time beside the run without a glossary: {', '.join(more)}."


def shown(one: Run, count: int) -> Iterator[str]:
    """Occurrences that were repaired and that are unresolved, evenly over the set, with all that led there."""
    for status in ("repaired", "unresolved"):
        found = [
            (outcome, segment, item)
            for segment, item in zip(one.segments, one.terms.items, strict=True)
            for outcome in segment.outcomes
            if outcome.status == status
        ]
        step = max(1, len(found) // count)
        for outcome, segment, item in found[::step][:count]:
            yield f"### {status} {outcome.step}: {outcome.hit.surface} → {outcome.hit.target} ({outcome.evidence})"
            yield f"- source: {segment.source}"
            yield f"- engine: {segment.hypothesis}"
            yield f"- target: {segment.target}"
            yield f"- reference: {item.reference}"


if __name__ == "__main__":
    main()
