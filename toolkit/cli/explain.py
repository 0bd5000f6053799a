"""`hien explain`: one segment of a finished run."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.common import examples, one_line_errors, put, say

EXAMPLES = examples(
    "hien explain out/ 13",
    "hien explain out/ news/a.txt:2",
    "hien explain out/ 'संकल्प 35'",
    "hien explain out/ 13 --json",
)

Out = Annotated[Path, typer.Argument(help="The folder that `hien translate` wrote.", metavar="OUT")]
Name = Annotated[
    str, typer.Argument(help="document:position, a position alone, an id, or words of its source.", metavar="SEGMENT")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print all that is known of it as JSON.")]


@one_line_errors
def explain(out: Out, segment: Name, as_json: AsJson = False) -> None:
    """Show how one paragraph was translated.

    Its source with the terms marked, what the engine said, each change with its step and reason, the translation, what
    became of every term, and what the checks found.
    """
    from toolkit.review.explain import Paint, explained, pick
    from toolkit.review.segments import as_dict, read_segments, segments_file

    found = pick(read_segments(segments_file(out)), segment)
    if found.more:
        others = ", ".join(found.others) + (" …" if found.more > len(found.others) else "")
        say(f"{found.more + 1} segments have it; this is the first, the others are {others}.")
    if as_json:
        put(json.dumps(as_dict(found.placed), ensure_ascii=False, indent=2) + "\n")
        return
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    put("".join(f"{line}\n" for line in explained(found.placed, Paint(colour))))
