"""`hien` as people meet it: results, one-line errors, exit codes."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from toolkit import __version__
from toolkit.cli import app
from toolkit.cli.common import direction_of
from toolkit.engines import scripted
from toolkit.errors import UsageError
from toolkit.segment import Hypothesis

HINDI = "डाक सोंग जिला।\n\nसंकल्प ३५ लागू।\n"
ENGLISH = "Đắk Song jila.\n\nResolution 35 lagu.\n"
REVIEW = ["ledger.csv", "report.json", "review.xlsx", "segments.jsonl"]
SCRIPTED = ("--engine", "scripted", "--glossary", "names.csv")
Hien = Callable[..., Result]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and terminals are those of POSIX")


@pytest.fixture
def hien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hien:
    """Runs `hien` in a folder that holds a document and a glossary."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(HINDI, encoding="utf-8")
    Path("names.csv").write_text("source,target\nडाक सोंग,Đắk Song\nसंकल्प {n},Resolution {n}\n", encoding="utf-8")

    def run(*arguments: str, given: str | bytes = "") -> Result:
        return CliRunner().invoke(app, arguments, input=given)

    return run


def process(
    *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs `hien` as a program of its own in the current folder."""
    command = [sys.executable, "-m", "toolkit", *arguments]
    return subprocess.run(command, input=given, capture_output=True, env={**os.environ, **(environment or {})})


def below(folder: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


# ---- what comes out


def test_files_are_translated_and_accounted_for(hien: Hien) -> None:
    done = hien("translate", "a.txt", *SCRIPTED)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert below("out") == sorted(["a.en.txt", *REVIEW])
    assert Path("out/a.en.txt").read_text(encoding="utf-8") == ENGLISH
    lines = done.stderr.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["Documents", "1"], ["Paragraphs", "2"]]
    assert "Terms repaired            2  2 by rendering" in lines
    assert f"Translations:     {Path('out/a.en.txt')}" in lines
    assert "failed" not in done.stderr


def test_translations_passed_over_are_mentioned(hien: Hien) -> None:
    Path("b.en.txt").write_text("English\n", encoding="utf-8")
    done = hien("translate", ".", *SCRIPTED)
    assert done.exit_code == 0
    assert done.stderr.startswith("Passed over 1 file named like translations, such as b.en.txt; name a file to take")
    assert below("out") == sorted(["a.en.txt", *REVIEW])
    assert "Passed over 2 files" in hien("translate", ".", *SCRIPTED).stderr
    assert hien("translate", ".", "-q", *SCRIPTED).stderr == ""


def test_quiet_says_nothing(hien: Hien) -> None:
    done = hien("translate", "a.txt", "--quiet", *SCRIPTED)
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_json_is_all_there_is_on_stdout(hien: Hien, quiet: tuple[str, ...]) -> None:
    done = hien("translate", "a.txt", "--json", *quiet, *SCRIPTED)
    report = json.loads(done.stdout)
    assert report == json.loads(Path("out/report.json").read_text(encoding="utf-8"))
    assert report["totals"]["terms"]["repaired"] == 2
    assert bool(done.stderr) is not bool(quiet)


def test_standard_input_goes_to_standard_output_and_nowhere_else(hien: Hien) -> None:
    before = below(".")
    for given in (HINDI, b"\xef\xbb\xbf" + HINDI.encode()):  # without and with a byte order mark
        done = hien("translate", "-", *SCRIPTED, given=given)
        assert (done.exit_code, done.stdout, done.stderr) == (0, ENGLISH, "")
    assert hien("translate", "-", *SCRIPTED, given="").stdout == ""
    windows = hien("translate", "-", *SCRIPTED, given=HINDI.replace("\n", "\r\n").encode())
    assert windows.stdout_bytes == ENGLISH.replace("\n", "\r\n").encode()
    assert below(".") == before


def test_json_of_standard_input_holds_the_translation(hien: Hien) -> None:
    done = hien("translate", "-", "--json", *SCRIPTED, given=HINDI)
    report = json.loads(done.stdout)
    assert report["translation"] == ENGLISH
    assert report["totals"]["terms"]["hits"] == 2


def test_a_glossary_here_is_taken_unless_told_otherwise(hien: Hien) -> None:
    Path("glossaries").mkdir()
    Path("glossaries/mine.csv").write_text("source,target\nडाक सोंग,Mine\n", encoding="utf-8")
    engine = ("--engine", "scripted")
    assert hien("translate", "-", *engine, given="डाक सोंग").stdout == "Mine"
    assert hien("translate", "-", *engine, "--no-glossary", given="डाक सोंग").stdout == "dak song"
    assert hien("translate", "-", *SCRIPTED, given="डाक सोंग").stdout == "Đắk Song"
    Path("glossaries/mine.csv").unlink()
    Path("glossaries").rmdir()
    assert hien("translate", "-", *engine, given="डाक सोंग").stdout == "Đắk Song"  # the glossaries that ship


def unhelpful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the scripted engine say nothing of use, so that terms stay unresolved."""

    def say(self: object, sentence: str, n_best: int) -> tuple[Hypothesis, ...]:
        return (Hypothesis("Alone." if len(sentence) < 12 else "Nothing of the kind."),)

    monkeypatch.setattr(scripted.ScriptedEngine, "_say", say)


@pytest.mark.parametrize("source", ["a.txt", "-"])
def test_strict_fails_where_a_term_is_unresolved(hien: Hien, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    assert hien("translate", source, "--strict", "--quiet", *SCRIPTED, given=HINDI).exit_code == 0
    unhelpful(monkeypatch)
    done = hien("translate", source, "--strict", "--quiet", *SCRIPTED, given=HINDI)
    assert (done.exit_code, done.stderr) == (3, "Strict: 2 terms unresolved.\n")
    assert hien("translate", source, *SCRIPTED, given=HINDI).exit_code == 0


def test_unresolved_terms_of_standard_input_are_named(hien: Hien, monkeypatch: pytest.MonkeyPatch) -> None:
    unhelpful(monkeypatch)
    done = hien("translate", "-", *SCRIPTED, given=HINDI)
    assert done.stderr == "Unresolved: डाक सोंग → Đắk Song, संकल्प ३५ → Resolution 35.\n"
    many = hien("translate", "-", *SCRIPTED, given="\n".join(f"संकल्प {n} लागू।" for n in range(1, 9)))
    assert many.stderr.endswith("संकल्प 5 → Resolution 5 and 3 more.\n")


def test_the_summary_names_the_rows_that_are_unresolved_most(hien: Hien, monkeypatch: pytest.MonkeyPatch) -> None:
    unhelpful(monkeypatch)
    Path("a.txt").write_text("संकल्प ३५ लागू।\nसंकल्प ३६ लागू।\nडाक सोंग जिला।\n", encoding="utf-8")
    lines = hien("translate", "a.txt", *SCRIPTED).stderr.splitlines()
    at = lines.index("Terms unresolved          3  listed in report.json and ledger.csv")
    assert [line.split(maxsplit=3) for line in lines[at + 1 : at + 3]] == [
        ["2", "of", "2", "संकल्प {n} → Resolution 35 (names.csv:3)"],
        ["1", "of", "1", "डाक सोंग → Đắk Song (names.csv:2)"],
    ]
    assert lines[at + 3].startswith("Issues")
    rows = "".join(f"क{letter},x{letter}\n" for letter in "चछजझटठड")
    Path("names.csv").write_text(f"source,target\n{rows}", encoding="utf-8")
    Path("a.txt").write_text(" ".join(f"क{letter}" for letter in "चछजझटठड") + " है।", encoding="utf-8")
    lines = hien("translate", "a.txt", *SCRIPTED).stderr.splitlines()
    assert sum(" of 1  क" in line for line in lines) == 5


# ---- what goes wrong: one line that names the file and the remedy, and an exit code


def fails(done: Result, code: int, *parts: str) -> None:
    """One line on stderr with all these parts, nothing on stdout."""
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: ")
    for part in parts:
        assert part in line


def test_paths_that_lead_nowhere(hien: Hien) -> None:
    Path("empty").mkdir()
    Path("picture.png").touch()
    fails(hien("translate", "a.txt", "nope.txt", *SCRIPTED), 1, "nope.txt: No such file", "check the path")
    fails(hien("translate", "empty", *SCRIPTED), 1, "No document in empty", ".txt")
    fails(hien("translate", "picture.png", *SCRIPTED), 1, "picture.png: files ending in .png", "convert it")
    fails(hien("translate", "a.txt", "-o", "a.txt", *SCRIPTED), 2, "--output a.txt: is a file; name a folder")
    fails(hien("translate", "a.txt", "-o", "a.txt/b", *SCRIPTED), 1, "cannot be written", "choose another path")
    assert not Path("out").exists()


DAMAGED: dict[str, tuple[bytes, str]] = {
    "binary.txt": (bytes(range(256)) * 9, "a binary file, not text"),
    "latin1.txt": ("Le préfet a été reçu à l'hôtel. Ça va bien, merci. ".encode("latin-1") * 5, "`iconv -f "),
    "iscii.txt": (bytes([0xB3, 0xDA, 0xCF, 0x20, 0xD4, 0xD7, 0xE1, 0x20]) * 30, "export it as UTF-8|`iconv -f "),
    "utf16.txt": ("डाक सोंग जिला बड़ा है।\n".encode("utf-16-le"), "`iconv -f UTF-16LE -t UTF-8 "),
    "long.txt": ("जिला बड़ा है। ".encode() * 80_000, "line 1 is longer than 1,000,000 characters; put one paragraph"),
}


def test_good_files_are_done_beside_bad_ones(hien: Hien) -> None:
    Path("in").mkdir()
    for name in ("a.txt", "z.txt"):
        Path("in", name).write_text(HINDI, encoding="utf-8")
    Path("in/empty.txt").touch()
    for name, (content, _) in DAMAGED.items():
        Path("in", name).write_bytes(content)
    done = hien("translate", "in", *SCRIPTED)
    assert done.exit_code == 1
    assert below("out") == sorted(["a.en.txt", "z.en.txt", "empty.en.txt", *REVIEW])
    assert Path("out/z.en.txt").read_text(encoding="utf-8") == ENGLISH
    errors = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == len(DAMAGED)
    for line, (name, (_, remedy)) in zip(errors, sorted(DAMAGED.items()), strict=True):
        assert line.startswith(f"Error: {Path('in', name)}: ")
        assert any(part in line for part in remedy.split("|"))
    assert "Documents                 3  5 failed" in done.stderr
    report = json.loads(Path("out/report.json").read_text(encoding="utf-8"))
    assert [failure["error"] for failure in report["failed"]] == [line[7:] for line in errors]


def test_when_all_fail_the_summary_names_no_translation(hien: Hien) -> None:
    Path("a.txt").write_bytes(DAMAGED["binary.txt"][0])
    done = hien("translate", "a.txt", *SCRIPTED)
    assert done.exit_code == 1
    assert below("out") == REVIEW
    assert "Translations:" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Error: a.txt: a binary file")


def test_a_line_of_two_megabytes_is_translated(hien: Hien) -> None:
    line = " ".join(f"{'यह गाँव हमारा है और ' * 45}{number}।" for number in range(1_000))
    assert len(line.encode()) > 2_000_000
    Path("a.txt").write_text(line, encoding="utf-8")
    assert hien("translate", "a.txt", "--quiet", "--no-second-look", *SCRIPTED).exit_code == 0
    assert Path("out/a.en.txt").read_text(encoding="utf-8").count(".") == 1_000


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ('source,target\n"डाक सोंग,Đắk Song\n', ("g.csv:2", "close every")),
        ("source,trget\nडाक सोंग,Đắk Song\n", ("g.csv:1", "rename 'trget' to 'target'")),
        ("source,target,status\nडाक सोंग,Đắk Song,approved\n", ("g.csv:2", "status", "preferred, admitted, forbidden")),
        ("", ("g.csv", "is empty", "source,target")),
    ],
)
def test_broken_glossaries(hien: Hien, content: str, parts: tuple[str, ...]) -> None:
    Path("g.csv").write_text(content, encoding="utf-8")
    fails(hien("translate", "a.txt", "--engine", "scripted", "--glossary", "g.csv"), 1, *parts)
    fails(hien("glossary", "check", "g.csv"), 1, *parts)
    assert not Path("out").exists()


def test_glossaries_that_are_missing_or_hold_formulas(hien: Hien) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["source", "target"])
    book.active.append(["डाक सोंग", '="Đắk"&" Song"'])
    book.save("g.xlsx")
    engine = ("translate", "a.txt", "--engine", "scripted", "--glossary")
    fails(hien(*engine, "g.xlsx"), 1, "g.xlsx:2", "formula in cell B2", "paste special")
    fails(hien(*engine, "nmes.csv"), 1, "nmes.csv: does not exist: did you mean names.csv?")
    fails(hien(*engine, "nowhere"), 1, "nowhere: does not exist: check the path.")
    Path("folder").mkdir()
    fails(hien(*engine, "folder"), 1, "folder: holds no .csv")
    fails(hien(*engine, "names.csv", "--no-glossary"), 2, "--glossary and --no-glossary contradict each other")


def test_models_and_engines_that_are_not_there(hien: Hien, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    fails(hien("translate", "a.txt", "--model", "opus-mt"), 1, "not on this machine", "hien model fetch opus-mt")
    fails(hien("translate", "a.txt", "--from", "en"), 1, "'mini' does not translate en-hi", "--model opus-mt")
    fails(hien("model", "info", "opus-mt", "--to", "hi"), 1, "hien model fetch opus-mt --from en --to hi")
    fails(hien("translate", "a.txt", "--model", "nowhere"), 1, "No model 'nowhere'", "hien model list")
    fails(hien("translate", "a.txt", "--engine", "magic"), 2, "Unknown engine 'magic'", "ctranslate2")
    assert not Path("out").exists()


def test_options_that_make_no_sense(hien: Hien) -> None:
    fails(hien("translate", "-", "a.txt", *SCRIPTED), 2, "cannot be mixed with files", "two runs")
    fails(hien("translate", "a.txt", "--from", "fr", *SCRIPTED), 2, "'fr'", "hi, en")
    fails(hien("translate", "a.txt", "--from", "hi", "--to", "hi", *SCRIPTED), 2, "both 'hi'")
    for arguments in (("translate", "a.txt", "--beam", "0"), ("translate",), ("translate", "a.txt", "--nope"), ("x",)):
        done = hien(*arguments)
        assert done.exit_code == 2
        assert "Error: " in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (None, None, "hi-en"),
        ("hi", None, "hi-en"),
        (None, "en", "hi-en"),
        ("en", None, "en-hi"),
        (None, "hi", "en-hi"),
        ("en", "hi", "en-hi"),
    ],
)
def test_one_language_names_the_other(source: str | None, target: str | None, expected: str) -> None:
    assert str(direction_of(source, target)) == expected
    with pytest.raises(UsageError):
        direction_of(source, "xx")


def test_standard_input_that_is_no_text(hien: Hien) -> None:
    fails(hien("translate", "-", *SCRIPTED, given="é".encode("latin-1")), 1, "standard input: not UTF-8", "iconv")
    fails(hien("translate", "-", *SCRIPTED, given="क" * 1_000_001), 1, "standard input: line 1 is longer than")


@pytest.mark.parametrize(
    ("broken", "left", "file"),
    [
        ("os.fsync", [], "ledger.csv"),
        ("toolkit.review.ledger.ledger_rows", ["a.en.txt"], "ledger.csv"),
        ("toolkit.review.workbook._review_row", ["a.en.txt"], "review.xlsx"),
        ("json.dump", ["a.en.txt", "ledger.csv", "segments.jsonl"], "report.json"),
    ],
)
def test_a_full_disk_is_said_and_leaves_no_half_file(
    hien: Hien, monkeypatch: pytest.MonkeyPatch, broken: str, left: list[str], file: str
) -> None:
    def fail(*arguments: object, **options: object) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(broken, fail)
    done = hien("translate", "a.txt", "--quiet", *SCRIPTED)
    fails(done, 1, f"{Path('out', file)}: cannot be written (No space left on device); the disk is full; free some")
    assert sorted(path.name for path in Path("out").iterdir()) == left


# ---- the other commands


def test_glossary_check_says_where_and_what(hien: Hien) -> None:
    done = hien("glossary", "check", "names.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "2 rows in 1 file: 0 errors, 0 warnings.\n"
    Path("more.csv").write_text("source,target\nडाक सोंग,Dak Song\n", encoding="utf-8")
    done = hien("glossary", "check", "names.csv", "more.csv")
    assert done.exit_code == 1
    findings = done.stdout.splitlines()
    assert findings
    assert all(finding.partition(": ")[0] in ("more.csv:2", "names.csv:2") for finding in findings)
    assert any(": error: " in finding for finding in findings)
    assert done.stderr.startswith("3 rows in 2 files: 1 error, ")


def test_model_list_shows_what_is_here(hien: Hien) -> None:
    done = hien("model", "list")
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["MODEL", "DIRECTION", "HERE", "LICENCE", "WHAT"]
    assert rows[0].split()[:4] == ["mini", "hi-en", "bundled", "CC-BY-SA-4.0"]
    assert {row.split()[0] for row in rows} == {"mini", "opus-mt"}
    assert "hub id" in done.stderr


def test_model_info_shows_the_model_card(hien: Hien) -> None:
    done = hien("model", "info")
    assert done.exit_code == 0
    fields = dict(line.split(maxsplit=1) for line in done.stdout.splitlines()[:3])
    assert fields.keys() == {"folder", "revision", "licence"}
    assert (Path(fields["folder"]) / "MODEL_CARD.md").read_text(encoding="utf-8").rstrip() in done.stdout


def test_model_fetch_has_the_bundled_model_and_says_when_it_cannot_fetch(
    hien: Hien, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = hien("model", "fetch", "mini")
    assert done.exit_code == 0
    assert done.stderr.rstrip().endswith("use it with --model mini.")

    def unreachable(*arguments: object, **options: object) -> Any:
        raise OSError("[Errno -2] Name or service not known")

    monkeypatch.setattr("huggingface_hub.HfApi.model_info", unreachable)
    fails(hien("model", "fetch", "opus-mt"), 1, "Cannot fetch Helsinki-NLP/opus-mt-hi-en", "Check the name and the net")
    fails(hien("model", "fetch", "mini", "--from", "en"), 1, "does not translate en-hi")


# ---- help


@pytest.mark.parametrize(
    "command",
    [
        *((), ("translate",), ("explain",), ("glossary", "check"), ("glossary", "impact"), ("glossary", "list")),
        *(("model", "list"), ("model", "info"), ("model", "fetch")),
    ],
)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_shows_its_examples_one_a_line(hien: Hien, command: tuple[str, ...], option: str) -> None:
    done = hien(*command, option)
    assert done.exit_code == 0
    before, _, examples = done.stdout.partition("  Examples:\n")
    assert before.startswith("Usage: ")
    assert examples
    for line in examples.splitlines():
        assert line.startswith("    ")
        assert "hien " in line


def test_the_list_of_commands_is_not_cut(hien: Hien) -> None:
    for command in ((), ("glossary",), ("model",)):
        assert "..." not in hien(*command, "--help").stdout.partition("Commands:")[2]


def test_version(hien: Hien) -> None:
    assert hien("--version").stdout == f"hien {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from toolkit.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    heavy = "rich torch transformers pandas numpy ctranslate2 sentencepiece openpyxl xlsxwriter huggingface_hub"
    ours = "toolkit.glossary toolkit.engines toolkit.pipeline toolkit.batch"
    assert not {*heavy.split(), *ours.split()} & set(done.stderr.split())
    assert "toolkit.cli" in done.stderr.split()


# ---- as a program of its own


@pytest.mark.parametrize(
    ("arguments", "given", "code", "error"),
    [
        (("translate", "a.txt", "-q", *SCRIPTED), b"", 0, ""),
        (("translate", "nope.txt"), b"", 1, "Error: nope.txt: No such file or directory"),
        (("translate", "-", *SCRIPTED), b"\xff", 1, "Error: standard input: not UTF-8 (byte 0)"),
        (("translate", "a.txt", "--engine", "magic"), b"", 2, "Error: Unknown engine 'magic'"),
        (("translate", "-", "--strict", *SCRIPTED, "--engine", "scripted", "-q"), "संकल्प १".encode(), 0, ""),
        (("glossary", "check", "twice.csv"), b"", 1, "2 rows in 1 file: 1 error"),
    ],
)
def test_exit_codes(hien: Hien, arguments: tuple[str, ...], given: bytes, code: int, error: str) -> None:
    Path("twice.csv").write_text("source,target\nक ख,x\nक ख,y\n", encoding="utf-8")
    done = process(*arguments, given=given)
    assert done.returncode == code
    assert done.stderr.decode().startswith(error)
    assert bool(done.stderr) is bool(error)


def test_strict_exits_with_3(hien: Hien) -> None:
    code = (
        "from toolkit.engines import scripted; from toolkit.segment import Hypothesis; from toolkit.cli import main\n"
        "say = lambda self, text, n_best: (Hypothesis('Alone.' if len(text) < 12 else 'Nothing of the kind.'),)\n"
        "scripted.ScriptedEngine._say = say; main()"
    )
    command = [sys.executable, "-c", code, "translate", "a.txt", "-q", "--strict", *SCRIPTED]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "Strict: 2 terms unresolved.\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_results_are_utf8_whatever_the_terminal_is(hien: Hien, encoding: str) -> None:
    done = process("translate", "-", *SCRIPTED, given=HINDI.encode(), environment={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stdout.decode()) == (0, ENGLISH)


@posix
def test_file_names_that_are_not_utf8(hien: Hien) -> None:
    odd = os.fsencode("in") + b"/\xff.txt"
    Path("in").mkdir()
    try:
        Path(os.fsdecode(odd)).write_text(HINDI, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    done = process("translate", "in", "--json", "-q", *SCRIPTED)
    assert done.returncode == 0
    assert json.loads(done.stdout)["documents"][0]["name"] == r"\xff.txt"


@posix
def test_a_reader_that_goes_away_is_no_error_to_talk_about(hien: Hien) -> None:
    command = [sys.executable, "-m", "toolkit", "model", "info"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_said(hien: Hien) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "toolkit", "model", "list"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: standard output: cannot be written (No space left on device)")
    assert len(done.stderr.splitlines()) == 1


@posix
def test_a_closed_standard_input_is_said(hien: Hien) -> None:
    command = ["sh", "-c", f"exec {sys.executable} -m toolkit translate - {' '.join(SCRIPTED)} <&-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (
        1,
        "Error: standard input: is closed; pipe a text into hien, or name a file.\n",
    )


STALLING = """
import sys, time
from toolkit import pipeline
from toolkit.cli import main
from toolkit.engines.scripted import ScriptedEngine

pipeline.BATCH_SENTENCES = 1
translate = ScriptedEngine.translate

def stall(self, sentences, **options):
    if any("लागू" in sentence for sentence in sentences):
        print("stalling", flush=True)
        time.sleep(60)
    return translate(self, sentences, **options)

ScriptedEngine.translate = stall
main()
"""


@posix
@pytest.mark.parametrize(
    ("number", "code", "said"), [(signal.SIGINT, 130, "Interrupted.\n"), (signal.SIGTERM, 143, "")]
)
def test_stopped_in_the_middle_nothing_half_written_is_left(
    hien: Hien, number: signal.Signals, code: int, said: str
) -> None:
    Path("in").mkdir()
    Path("in/1.txt").write_text("डाक सोंग\n", encoding="utf-8")
    Path("in/2.txt").write_text(HINDI, encoding="utf-8")
    command = [sys.executable, "-c", STALLING, "translate", "in", "-q", *SCRIPTED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "stalling\n"
        running.send_signal(number)
        assert running.stderr.read() == said
        assert running.wait() == code
    assert sorted(path.name for path in Path("out").iterdir()) == ["1.en.txt"]
    assert Path("out/1.en.txt").read_text(encoding="utf-8") == "Đắk Song\n"


@posix
def test_a_terminal_sees_a_bar_that_goes_away(hien: Hien) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "toolkit", "translate", "a.txt", *SCRIPTED]
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "80"}) as running:
        os.close(theirs)
        seen = b""
        try:
            while block := os.read(ours, 65536):
                seen += block
        except OSError:  # how Linux says that the other end is closed
            pass
        finally:
            os.close(ours)
        assert running.wait() == 0
    text = seen.decode()
    assert text.startswith("Loading mini …")
    assert "━" in text
    assert "2/2 sentences" in re.sub(r"\x1b\[[\d;]*m", "", text)
    assert text.index("━") < text.index("Documents")
    assert text.rindex("\x1b[?25h") < text.index("Documents")  # the cursor is back before the summary


def test_a_later_glossary_wins_with_a_notice(tmp_path: Path) -> None:
    for name, target in (("a.csv", "Hanoi"), ("b.csv", "Ha Noi")):
        rows = "".join(f"हनोई{extra},{target}{extra}\n" for extra in ("", "क", "ख", "ग", "घ"))
        (tmp_path / name).write_text(f"source,target\n{rows}", encoding="utf-8")
    (tmp_path / "t.txt").write_text("हनोई आए।\n", encoding="utf-8")
    glossaries = ("--glossary", str(tmp_path / "a.csv"), "--glossary", str(tmp_path / "b.csv"))
    result = CliRunner().invoke(
        app, ["translate", str(tmp_path / "t.txt"), "-o", str(tmp_path / "out"), "--engine", "scripted", *glossaries]
    )
    assert result.exit_code == 0
    assert result.stderr.count("Notice: ") == 4
    assert "b.csv:2 (Ha Noi) goes before" in result.stderr
    assert "Notice: 2 more rows lose" in result.stderr
    assert "Ha Noi" in (tmp_path / "out" / "t.en.txt").read_text(encoding="utf-8")
