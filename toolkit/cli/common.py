"""What all commands share: the one place where errors become exit codes, and the options of several commands."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar, cast

import typer

from toolkit.errors import ToolkitError, UsageError
from toolkit.files import remedied
from toolkit.languages import Direction, Language

if TYPE_CHECKING:
    from toolkit.glossary import Glossary

Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")

ERROR, USAGE, UNRESOLVED, INTERRUPTED, CLOSED = 1, 2, 3, 130, 141
OVERRIDES_SHOWN = 3
GLOSSARY_FOLDER = Path("glossaries")

From = Annotated[
    str | None,
    typer.Option("--from", help="Language of the source. Default: hi, unless --to is.", metavar="hi|en"),
]
To = Annotated[
    str | None, typer.Option("--to", help="Language of the translation. Default: the other one.", metavar="en|hi")
]


def examples(*lines: str) -> str:
    r"""The examples below a command's help, one a line; `\b` is what keeps Typer from filling them into a paragraph."""
    return "\b\n" + "\n".join(("Examples:", *(f"  {line}" for line in lines)))


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


def put(text: str) -> None:
    """A result on stdout: in UTF-8 and with the line ends it has, whatever the terminal's own encoding.

    Raises:
        DocumentError: it cannot be written.
        typer.Exit: nobody reads it any more, as after `| head`; there is nothing to say about that.
    """
    try:
        with remedied("standard output"):
            # A lone surrogate, as in the name of a file that is not UTF-8, has no UTF-8 form.
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
            sys.stdout.buffer.flush()
    except ToolkitError as error:
        if not isinstance(error.__cause__, BrokenPipeError):
            raise
        # What is still in the buffer would be tried again, and complained about, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED) from None


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 row, 2 rows."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def direction_of(source: str | None, target: str | None) -> Direction:
    """The direction of `--from` and `--to`; what one leaves open follows from the other.

    Raises:
        UsageError: an unknown language, or twice the same.
    """
    other: dict[str, Language] = {"hi": "en", "en": "hi"}
    begin = source or other.get(target or "en", "hi")
    end = target or other.get(begin, "en")
    return Direction(cast(Language, begin), cast(Language, end))  # which refuses what is neither


def glossary_paths(named: list[Path] | None) -> list[Path]:
    """The glossaries named, else the folder `glossaries/` here, else those that ship with hien."""
    from toolkit.glossary import shipped_glossaries

    if named:
        return named
    return [GLOSSARY_FOLDER] if GLOSSARY_FOLDER.is_dir() else [shipped_glossaries()]


def load_glossary(named: list[Path] | None, off: bool, direction: Direction) -> "Glossary":
    """The glossary that the options ask for.

    Raises:
        UsageError: both named and switched off.
        GlossaryError: a file is missing or a row cannot be used.
    """
    from toolkit.glossary import Glossary

    if named and off:
        raise UsageError("--glossary and --no-glossary contradict each other: leave one out.")
    if off:
        return Glossary(direction=direction)
    glossary = Glossary.load(*glossary_paths(named), direction=direction)
    for holds, loses in glossary.overridden[:OVERRIDES_SHOWN]:
        say(f"Notice: {holds.row} ({holds.target}) goes before {loses.row} ({loses.target}) for {loses.source}.")
    if (more := len(glossary.overridden) - OVERRIDES_SHOWN) > 0:
        say(f"Notice: {more} more rows lose to others; `hien glossary check` with the same paths lists them.")
    return glossary
