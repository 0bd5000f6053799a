"""`hien model`: which models there are, where they lie, and fetching them."""

from typing import Annotated

import typer

from toolkit.cli.common import From, To, direction_of, examples, one_line_errors, put, say

app = typer.Typer(help="List, describe and fetch models.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="Alias, hub id or folder.", metavar="MODEL")]


@app.command("list", epilog=examples("hien model list"))
@one_line_errors
def list_models() -> None:
    """Show the known models and whether they are here."""
    from toolkit.engines.registry import MODELS

    lines = [("MODEL", "DIRECTION", "HERE", "LICENCE", "WHAT")]
    for model in MODELS.values():
        for name in model.directions:
            lines.append((model.alias, name, _presence(model.alias, name), model.licence, model.summary))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rows = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    put("".join(f"{row.rstrip()}\n" for row in rows))
    say("Any other Marian model: --model with a hub id (fetch it first) or a folder.")


@app.command("info", epilog=examples("hien model info", "hien model info opus-mt --from en --to hi"))
@one_line_errors
def info(model: Name = "mini", source: From = None, target: To = None) -> None:
    """Show where a model lies, its revision, and its model card."""
    from toolkit.engines.registry import MODELS, resolve, revision

    folder = resolve(model, direction_of(source, target))
    put(f"folder    {folder}\nrevision  {revision(folder)}\n")
    if model in MODELS:
        put(f"licence   {MODELS[model].licence}\n")
    for name in ("MODEL_CARD.md", "README.md"):
        if (folder / name).is_file():
            put(f"\n{(folder / name).read_text(encoding='utf-8', errors='replace').rstrip()}\n")
            break


@app.command("fetch", epilog=examples("hien model fetch opus-mt", "hien model fetch opus-mt --from en --to hi"))
@one_line_errors
def fetch(model: Name, source: From = None, target: To = None) -> None:
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
