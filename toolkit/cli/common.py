"""What all commands share: the one place where errors become exit codes, and the options of several commands."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer

from toolkit.errors import ToolkitError, UsageError
from toolkit.glossary import Glossary, shipped_glossaries
from toolkit.languages import Direction, Language

Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")

ERROR, USAGE, UNRESOLVED, INTERRUPTED = 1, 2, 3, 130
GLOSSARY_FOLDER = Path("glossaries")

From = Annotated[str, typer.Option("--from", help="Language of the source: hi or en.", metavar="hi|en")]
To = Annotated[str, typer.Option("--to", help="Language of the translation: en or hi.", metavar="en|hi")]


def one_line_errors(command: Callable[Parameters, Returned]) -> Callable[Parameters, Returned]:
    """Lets a command end in one line and an exit code where the user can do something about it."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Returned:
        try:
            return command(*args, **kwargs)
        except ToolkitError as error:
            say(f"Error: {error}")
            raise typer.Exit(USAGE if isinstance(error, UsageError) else ERROR) from None
        except KeyboardInterrupt:
            say("Interrupted.")
            raise typer.Exit(INTERRUPTED) from None

    return run


def say(message: str) -> None:
    """A line for the user on stderr; stdout is for results."""
    print(message, file=sys.stderr)


def direction_of(source: str, target: str) -> Direction:
    """The direction of `--from` and `--to`.

    Raises:
        UsageError: an unknown language, or twice the same.
    """
    known: dict[str, Language] = {"hi": "hi", "en": "en"}
    for option, name in (("--from", source), ("--to", target)):
        if name not in known:
            raise UsageError(f"{option} {name}: choose hi or en.")
    return Direction(known[source], known[target])


def glossary_paths(named: list[Path] | None) -> list[Path]:
    """The glossaries named, else the folder `glossaries/` here, else those that ship with hien."""
    if named:
        return named
    return [GLOSSARY_FOLDER] if GLOSSARY_FOLDER.is_dir() else [shipped_glossaries()]


def load_glossary(named: list[Path] | None, off: bool, direction: Direction) -> Glossary:
    """The glossary that the options ask for.

    Raises:
        UsageError: both named and switched off.
        GlossaryError: a file is missing or a row cannot be used.
    """
    if named and off:
        raise UsageError("--glossary and --no-glossary contradict each other: leave one out.")
    return Glossary(direction=direction) if off else Glossary.load(*glossary_paths(named), direction=direction)
