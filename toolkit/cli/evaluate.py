"""`hien evaluate`: how good translations are, and how many of the required terms they hold."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.common import examples, glossary_paths, one_line_errors, put, say
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.evaluation.report import Output
    from toolkit.evaluation.sets import TermSet
    from toolkit.pipeline import Watcher

TERMS_EXAMPLES = examples(
    "hien evaluate terms tico19.hi-en.terms.jsonl --lines 600",
    "hien evaluate terms set.jsonl --hypothesis old.txt --hypothesis new.txt",
    "hien evaluate terms --source a.hi --reference a.en --glossary names.csv --mode none --mode proper",
)

app = typer.Typer(help="Measure translations and terms.", no_args_is_help=True, rich_markup_mode=None)


class ModeName(str, Enum):
    """With which glossary the engine is run."""

    none = "none"
    proper = "proper"
    decoy = "decoy"


@app.callback()
def _evaluate() -> None:
    """Measure translations and terms."""


MarkedSet = Annotated[Path | None, typer.Argument(help="A test set with marked terms, as JSONL.", metavar="SET")]
SourceFile = Annotated[
    Path | None, typer.Option("--source", help="Sources, one a line, in place of SET.", metavar="FILE")
]
ReferenceFile = Annotated[
    Path | None, typer.Option("--reference", help="Their references, line by line.", metavar="FILE")
]
Glossaries = Annotated[
    list[Path] | None,
    typer.Option(
        help="What finds the terms in --source. Default: glossaries/ here, else those that ship.", metavar="PATH"
    ),
]
Modes = Annotated[
    list[ModeName] | None,
    typer.Option(help="Translate without terms, with the set's own, with wrong ones. Default: all three."),
]
Lines = Annotated[int | None, typer.Option(min=1, help="Take so many segments, evenly over the set.", metavar="N")]
Model = Annotated[str, typer.Option(help="Alias, hub id or folder.", metavar="MODEL")]
Engine = Annotated[str, typer.Option(help="ctranslate2, transformers or scripted.", metavar="ENGINE")]
Beam = Annotated[int, typer.Option(min=1, help="Beam width; 1 is fastest.", metavar="N")]
Hypotheses = Annotated[
    list[Path] | None,
    typer.Option(
        help="Translations, one a line; repeatable. The later ones are held against the first.", metavar="FILE"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print all figures as JSON instead of tables.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress; only errors.")]


@app.command("terms", epilog=TERMS_EXAMPLES)
@one_line_errors
def terms(
    marked: MarkedSet = None,
    source: SourceFile = None,
    reference: ReferenceFile = None,
    glossary: Glossaries = None,
    hypothesis: Hypotheses = None,
    mode: Modes = None,
    lines: Lines = None,
    model: Model = "mini",
    engine: Engine = "ctranslate2",
    beam: Beam = 4,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Measure how many of the required terms stand in translations.

    Scores translations of yours (--hypothesis), or runs a model over the set: without a glossary, with the set's own
    terms, and with wrong ones, which shows whether the glossary is obeyed or merely agreed with. The reference's own
    score stands beside them, since no system can be expected to beat it.
    """
    from toolkit.evaluation.report import terms_markdown, terms_report

    if hypothesis and mode:
        raise UsageError("--hypothesis and --mode contradict each other: score translations or make them.")
    everything = _test_set(marked, source, reference, glossary)
    chosen = everything.spread(lines)
    if hypothesis:
        outputs = _read(hypothesis, everything, lines)
    else:
        modes = list(dict.fromkeys(mode or ModeName))
        outputs = _translated(chosen, modes, (model, engine, beam), quiet=quiet)
    report = terms_report(outputs)
    put(json.dumps(report, ensure_ascii=False, indent=2) + "\n" if as_json else terms_markdown(report))


@app.command(
    "quality",
    epilog=examples(
        "hien evaluate quality --hypothesis out.en --reference ref.en",
        "hien evaluate quality --hypothesis old.en --hypothesis new.en --reference ref.en",
    ),
)
@one_line_errors
def quality(
    reference: Annotated[Path, typer.Option(help="The reference, one segment a line.", metavar="FILE")],
    hypothesis: Hypotheses = None,
    as_json: AsJson = False,
) -> None:
    """Score translations against a reference: BLEU, chrF2 and chrF2++ as sacrebleu computes them.

    With several translations each later one is held against the first by paired bootstrap.
    """
    from toolkit.evaluation.quality import quality as measure
    from toolkit.evaluation.report import quality_markdown, quality_report
    from toolkit.evaluation.sets import read_lines, require_equal_length

    if not hypothesis:
        raise UsageError("Nothing to score: name translations with --hypothesis.")
    wanted = read_lines(reference)
    systems = [read_lines(path) for path in hypothesis]
    for path, texts in zip(hypothesis, systems, strict=True):
        require_equal_length(path, texts, reference, wanted)
    report = quality_report(_names(hypothesis), measure(systems, wanted))
    put(json.dumps(report, ensure_ascii=False, indent=2) + "\n" if as_json else quality_markdown(report) + "\n")


def _names(paths: list[Path]) -> list[str]:
    """What the systems are called: their paths, numbered where one is named twice."""
    return [
        str(path) if paths.count(path) == 1 else f"{path} ({paths[: place + 1].count(path)})"
        for place, path in enumerate(paths)
    ]


def _test_set(
    marked: Path | None, source: Path | None, reference: Path | None, glossary: list[Path] | None
) -> "TermSet":
    """The test set that the options name.

    Raises:
        UsageError: two forms are mixed, or neither is complete.
        ToolkitError: a file cannot be used.
    """
    from toolkit.evaluation.sets import read_jsonl, read_parallel
    from toolkit.glossary import Glossary

    if marked is not None and (source or reference or glossary):
        raise UsageError("A SET brings its own sources, references and terms: leave the options or the SET out.")
    if marked is not None:
        return read_jsonl(marked)
    if source is None or reference is None:
        raise UsageError("Name a SET, or both --source and --reference.")
    return read_parallel(source, reference, Glossary.load(*glossary_paths(glossary)))


def _read(paths: list[Path], everything: "TermSet", lines: int | None) -> "list[Output]":
    """Translations of the whole set, cut down like it.

    Raises:
        UsageError: they do not go line by line with it.
    """
    from toolkit.evaluation.report import Output
    from toolkit.evaluation.sets import read_lines, require_equal_length, spread

    outputs = []
    for name, path in zip(_names(paths), paths, strict=True):
        texts = read_lines(path)
        require_equal_length(path, texts, everything.name, everything.items)
        outputs.append(Output(name, spread(texts, lines), everything.spread(lines)))
    return outputs


def _translated(chosen: "TermSet", modes: list[ModeName], how: tuple[str, str, int], *, quiet: bool) -> "list[Output]":
    from toolkit.engines import Decoding, load_engine
    from toolkit.evaluation.report import Output
    from toolkit.evaluation.run import run

    model, engine, beam = how
    loaded = load_engine(model, engine=engine, decoding=Decoding(beam))
    outputs = []
    with _progress(off=quiet) as started:
        for mode in modes:
            done = run(chosen, mode.value, loaded, started(mode.value))
            if not quiet:
                say(f"{mode.value}: {len(done.segments):,} segments in {done.seconds:.1f} s")
            outputs.append(Output(mode.value, done.texts, done.terms, done))
    return outputs


@contextmanager
def _progress(*, off: bool) -> Iterator[Any]:
    """Gives what makes a watcher for each mode: a bar on stderr where it is a terminal, gone when the block ends."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from toolkit.pipeline import Watcher

    columns = (TextColumn("{task.description:<26}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    disabled = off or not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=disabled) as progress:

        def started(mode: str) -> "Watcher":
            task = progress.add_task(mode, total=None)
            return Watcher(
                advance=lambda count: progress.update(task, advance=count),
                stage=lambda name: progress.update(task, description=f"{mode}, {name}"),
                expect=lambda count: progress.update(task, total=count),
            )

        yield started
