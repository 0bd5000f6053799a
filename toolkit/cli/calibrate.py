"""`hien glossary calibrate`: what a model does with the rows of a glossary, before it translates anything."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.common import From, To, counted, direction_of, examples, glossary_paths, one_line_errors, put, say

if TYPE_CHECKING:
    from toolkit.glossary import Entry

EXAMPLES = examples("hien glossary calibrate", "hien glossary calibrate names.csv --model opus-mt")
LISTED = 20

Glossaries = Annotated[
    list[Path] | None,
    typer.Argument(help="Files and folders. Default: glossaries/ here, else those that ship.", metavar="PATH"),
]
Model = Annotated[str, typer.Option(help="Alias (see `hien model list`), hub id or folder.", metavar="MODEL")]
EngineName = Annotated[str, typer.Option(help="ctranslate2, transformers or scripted.", metavar="ENGINE")]


@one_line_errors
def calibrate(
    paths: Glossaries = None,
    model: Model = "mini",
    engine: EngineName = "ctranslate2",
    source: From = None,
    target: To = None,
) -> None:
    """Ask a model what it makes of each row, and remember it.

    Shows whether the model's attention can be followed, how many rows it renders rightly by itself, and how often the
    English form survives when it is placed in the Hindi. A translation asks for what it needs by itself; this command
    asks for all rows at once.
    """
    from toolkit.calibration import TRUSTED, Calibration
    from toolkit.engines import load_engine
    from toolkit.glossary import Glossary

    direction = direction_of(source, target)
    rows = [row for row in Glossary.load(*glossary_paths(paths), direction=direction).applied if row.kind != "pattern"]
    known = Calibration(load_engine(model, engine=engine, direction=direction))
    trusted = "trusted" if known.attention >= TRUSTED else f"not trusted, that takes {TRUSTED:.0%}"
    put(f"Attention points at its source   {known.attention:7.1%}   {trusted}\n")
    renderings = known.renderings(row.source for row in rows)
    right = sum(_renders(row.target, row.accepted, renderings[row.source]) for row in rows)
    survival = known.survival(rows)
    kept = sum(survival[row.row] for row in rows)
    for what, count in (("Rendered rightly by itself", right), ("English form survives injection", kept)):
        put(f"{what:<32} {count / max(len(rows), 1):7.1%}   of {counted(len(rows), 'row')}\n")
    _list_lost([row for row in rows if not survival[row.row]], renderings)


def _renders(target: str, accepted: Sequence[str], renderings: Sequence[str]) -> bool:
    return any(form in renderings for form in (target, *accepted))


def _list_lost(rows: Sequence["Entry"], renderings: Mapping[str, Sequence[str]]) -> None:
    from toolkit.text import strip_marks

    if rows:
        put("\nNever survives:\n")
    for row in rows[:LISTED]:
        said = (renderings[row.source] or ["nothing"])[0]
        put(f"  {row.row}: {strip_marks(row.target)}; the model says “{said}” for {row.source}\n")
    if len(rows) > LISTED:
        say(f"{len(rows) - LISTED} more.")
