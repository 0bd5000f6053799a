"""`hien glossary calibrate` through the command line."""

from pathlib import Path

from typer.testing import CliRunner

from toolkit.cli import app


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["glossary", "calibrate", *words])
    return result.exit_code, result.output


def test_what_is_measured_is_shown(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("source,target\nहनोई,hanoi\nडाक सोंग,Đắk Song\nसंकल्प {n},Resolution {n}\n", encoding="utf-8")
    code, output = run(str(table), "--engine", "scripted")
    assert code == 0
    lines = [" ".join(line.split()) for line in output.splitlines()]
    assert lines[0] == "Attention points at its source 100.0% trusted"
    assert lines[1] == "Rendered rightly by itself 50.0% of 2 rows"  # the scripted engine writes dak song
    assert lines[2] == "English form survives injection 100.0% of 2 rows"


def test_the_bundled_model_is_measured(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("source,target\nहनोई,Hanoi\nक्ष्ज्ञ,Xyzzyqwopjklm\n", encoding="utf-8")
    code, output = run(str(table))
    assert code == 0
    assert "trusted" in output
    assert f"{table}:3: Xyzzyqwopjklm; the model says" in output or "t.csv:3" in output


def test_an_empty_glossary_is_no_error(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("source,target\n", encoding="utf-8")
    assert run(str(table), "--engine", "scripted")[0] == 0


def test_a_missing_model_is_one_line(tmp_path: Path) -> None:
    code, output = run("--model", "opus-mt")
    assert code == 1
    assert "hien model fetch opus-mt" in output
