"""Run the notebooks from top to bottom and keep what they show: `make notebooks`.

python notebooks/execute.py [--into FOLDER]
"""

import argparse
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from toolkit import load_engine

HERE = Path(__file__).resolve().parent
SECONDS = 600  # for one cell; the longest takes some ten seconds on two cores


def main() -> None:
    """Execute every notebook beside this file; a cell that fails ends the run with its traceback."""
    parser = argparse.ArgumentParser(description="Run the notebooks and keep what they show.")
    parser.add_argument("--into", type=Path, default=HERE, help="where the results go (default: in place)")
    folder = parser.parse_args().into
    load_engine()  # converts the bundled model where that was not done yet: notebooks shall not show how it went
    for path in sorted(HERE.glob("*.ipynb")):
        nbformat.write(executed(path), folder / path.name)


def executed(path: Path) -> Any:
    """The notebook with fresh outputs; times and the version of Python are left out, so that reruns look the same."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(HERE.parent)}},
    )
    client.execute()
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


if __name__ == "__main__":
    main()
