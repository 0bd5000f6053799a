"""What the documents tell people to type works."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import toolkit
from toolkit.cli import app
from toolkit.glossary import enforcer

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ("README.md", "CONTRIBUTING.md")
CHEAP = ("hien glossary check", "hien model list", "hien model info mini")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return [block for name in GUIDES for block in re.findall(rf"^```{language}\n(.*?)^```", text_of(name), re.M | re.S)]


def commands() -> list[str]:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    return [line[2:].partition("#")[0].strip() for line in lines if line.startswith("$ ")]


def hien_commands() -> list[str]:
    """What follows `hien` in each command line that calls it."""
    calls = (re.search(r"(?:^|/|\| )hien (.*)", line) for line in commands())
    return [call[1] for call in calls if call]


def run(*command: str, given: str = "") -> str:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_is_something_to_try() -> None:
    assert len(blocks("python")) >= 1
    assert len(hien_commands()) >= 10


@pytest.mark.parametrize("block", blocks("python"))
def test_python_runs(block: str) -> None:
    assert "Đắk Song" in run(sys.executable, "-X", "utf8", "-c", block)


@pytest.mark.parametrize("arguments", hien_commands())
def test_hien_knows_the_options(arguments: str) -> None:
    # --help is obeyed after the options were read, so that an unknown one still fails.
    assert CliRunner().invoke(app, [*shlex.split(arguments), "--help"]).exit_code == 0


def test_an_unknown_option_would_be_noticed() -> None:
    assert CliRunner().invoke(app, ["translate", "seeds/", "--no-such-option", "--help"]).exit_code == 2


@pytest.mark.parametrize("command", CHEAP)
def test_cheap_commands_run(command: str) -> None:
    assert command in commands()
    run(sys.executable, "-X", "utf8", "-m", "toolkit", *command.split()[1:])


def test_standard_input_gives_what_the_readme_shows() -> None:
    asked = re.search(r"^\$ echo '(.+)' \| hien translate -\n(.+)$", text_of("README.md"), re.M)
    assert asked is not None
    translated = run(sys.executable, "-X", "utf8", "-m", "toolkit", "translate", "-", given=asked[1])
    assert "Đắk Song" in translated
    assert "Đắk Song" in asked[2]


@pytest.mark.parametrize("line", [line for line in commands() if line.startswith("make ")])
def test_make_knows_the_target(line: str) -> None:
    assert re.search(rf"^{line.split()[1]}:", text_of("Makefile"), re.M)


@pytest.mark.parametrize("name", [*GUIDES, "CHANGELOG.md", "glossaries/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(name))
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def test_scores_are_those_of_the_model_card() -> None:
    card = text_of("toolkit/models/hi-en-mini/MODEL_CARD.md")
    scores = dict(re.findall(r"^\| ([\w-]+) \| \d+ \| ([\d.]+ \| [\d.]+) \|", card, re.M))
    shown = dict(re.findall(r"^\| ([\w-]+) \| ([\d.]+ \| [\d.]+) \| [\d.]+ \| [\d.]+ \|$", text_of("README.md"), re.M))
    assert len(shown) == 3
    assert shown == {name: scores.get(name) for name in shown}


def test_the_stages_are_those_of_the_package() -> None:
    named = re.findall(r"^    \d (\w+)", toolkit.__doc__ or "", re.M)
    assert len(named) == 7
    assert named == re.findall(r"^\| (\w+) \| [^|]+ \| `", text_of("CONTRIBUTING.md"), re.M)


def test_the_steps_are_those_of_the_ladder() -> None:
    ladder = re.findall(r"^\d\. ([\w-]+): ", enforcer.__doc__ or "", re.M)
    assert ladder
    assert ladder == re.findall(r"^\d\. \*([\w-]+)\*: ", text_of("README.md"), re.M)


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## \[([\d.]+)\]", text_of("CHANGELOG.md"), re.M)
    assert versions[0] == toolkit.__version__
