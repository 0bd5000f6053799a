"""The command line: each command gathers its options and makes one call.

Exit codes: 0 fine, 1 an error, 2 wrong usage, 3 `--strict` and a term is unresolved, 130 interrupted, 141 the reader of
the output went away, 143 told to stop.
"""

import signal
import sys
from typing import Annotated

import typer

from toolkit import __version__
from toolkit.cli import evaluate, glossary, model
from toolkit.cli.common import examples
from toolkit.cli.explain import EXAMPLES as EXPLAIN_EXAMPLES
from toolkit.cli.explain import explain
from toolkit.cli.translate import EXAMPLES as TRANSLATE_EXAMPLES
from toolkit.cli.translate import translate

TOLD_TO_STOP = 143

app = typer.Typer(
    name="hien",
    help="Translate Hindi documents into English, offline, and account for every glossary term.",
    epilog=examples("hien translate seeds/ --output out/", "hien glossary check", "hien translate --help"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("translate", epilog=TRANSLATE_EXAMPLES)(translate)
app.command("explain", epilog=EXPLAIN_EXAMPLES)(explain)
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(glossary.app, name="glossary")
app.add_typer(model.app, name="model")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"hien {__version__}")
        raise typer.Exit


@app.callback()
def _hien(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Translate Hindi documents into English, offline, and account for every glossary term."""


def main() -> None:
    """The entry point of `hien`."""
    # As an exception, so that temporary files are removed on the way out.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(TOLD_TO_STOP))
    app()
