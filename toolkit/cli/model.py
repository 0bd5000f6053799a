"""`hien model`: which models there are, where they lie, and fetching them."""

from typing import Annotated

import typer

from toolkit.cli.common import From, To, direction_of, one_line_errors, say

app = typer.Typer(help="List, describe and fetch models.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="Alias, hub id or folder.", metavar="MODEL")]


@app.command("list", epilog="Example:  hien model list")
@one_line_errors
def list_models() -> None:
    """Show the known models, their directions, and whether they are on this machine."""
    from toolkit.engines.registry import MODELS

    lines = [("MODEL", "DIRECTION", "HERE", "LICENCE", "WHAT")]
    for model in MODELS.values():
        for name in model.directions:
            lines.append((model.alias, name, _presence(model.alias, name), model.licence, model.summary))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    say("Any other Marian model: --model with a hub id (fetch it first) or a folder.")


@app.command("info", epilog="Example:  hien model info mini")
@one_line_errors
def info(model: Name = "mini", source: From = "hi", target: To = "en") -> None:
    """Show where a model lies, its revision, and its model card."""
    from toolkit.engines.registry import MODELS, resolve, revision

    folder = resolve(model, direction_of(source, target))
    typer.echo(f"folder    {folder}\nrevision  {revision(folder)}")
    if model in MODELS:
        typer.echo(f"licence   {MODELS[model].licence}")
    for name in ("MODEL_CARD.md", "README.md"):
        if (folder / name).is_file():
            typer.echo("\n" + (folder / name).read_text(encoding="utf-8", errors="replace").rstrip())
            break


@app.command("fetch", epilog="Examples:  hien model fetch opus-mt  |  hien model fetch opus-mt --from en --to hi")
@one_line_errors
def fetch(model: Name, source: From = "hi", target: To = "en") -> None:
    """Download a model once; afterwards it works offline. Needs a network."""
    from toolkit.engines import registry

    folder = registry.fetch(model, direction_of(source, target))
    say(f"{model} is in {folder}; use it with --model {model}.")


def _presence(alias: str, direction: str) -> str:
    from toolkit.engines.registry import MODELS, resolve
    from toolkit.errors import ModelNotFoundError

    if direction in MODELS[alias].folders:
        return "bundled"
    source, target = direction.split("-")
    try:
        resolve(alias, direction_of(source, target))
    except ModelNotFoundError:
        return "no"
    return "yes"
