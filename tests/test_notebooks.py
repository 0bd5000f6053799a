import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST = 100_000  # bytes, outputs included


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks, executed just now."""
    folder = tmp_path_factory.mktemp("notebooks")
    command = [sys.executable, str(ROOT / "notebooks" / "execute.py"), "--into", str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == "code"]


def outputs(path: Path) -> Iterator[dict[str, Any]]:
    return (output for cell in cells(path) for output in cell["outputs"])


def tables(path: Path) -> list[str]:
    return ["".join(output["data"]["text/html"]) for output in outputs(path) if "text/html" in output.get("data", {})]


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_without_an_error_or_a_warning(path: Path, folder: Path) -> None:
    fresh = list(outputs(folder / path.name))
    assert fresh
    assert {output["output_type"] for output in fresh} <= {"execute_result", "display_data"}


def test_shows_what_became_of_the_terms(folder: Path) -> None:
    shown = tables(folder / "01_translate_and_review.ipynb")
    ledgers = [table for table in shown if "repaired" in table and "डाक सोंग" in table and "Đắk Song" in table]
    assert ledgers
    assert any("unresolved" in table for table in shown)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestCommitted:
    def test_was_run_from_top_to_bottom(self, path: Path) -> None:
        assert [cell["execution_count"] for cell in cells(path)] == list(range(1, len(cells(path)) + 1))

    def test_shows_the_same_kinds_of_output_as_a_fresh_run(self, path: Path, folder: Path) -> None:
        def kinds(of: Path) -> list[list[str]]:
            return [[output["output_type"] for output in cell["outputs"]] for cell in cells(of)]

        assert kinds(path) == kinds(folder / path.name)

    def test_is_small_and_tells_nothing_of_the_machine(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert len(text.encode()) < LARGEST
        assert not [word for word in (str(ROOT), str(Path.home()), "iopub", "/tmp/") if word in text]
