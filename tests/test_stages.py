"""The map in `toolkit/__init__.py` is true: the stages it numbers are the calls that the pipeline makes, in order."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import toolkit
from toolkit import pipeline

# What each stage's name in the docstring stands for in the code.
CALLS = {
    "documents.read": "read",
    "glossary.find": "find",
    "segmentation.split": "split",
    "self.translator.translate": "translate",
    "enforce": "enforce",
    "checks.check": "check",
    "documents.write": "write",
}
STAGES = re.findall(r"^ +(\d+) (\w+) +.*?((?:toolkit\.[\w.]+(?:, )?)+)$", toolkit.__doc__ or "", re.MULTILINE)


def test_the_stages_are_numbered() -> None:
    assert [int(number) for number, _, _ in STAGES] == list(range(1, len(CALLS) + 1))


def test_the_pipeline_calls_the_stages_in_the_order_of_the_map() -> None:
    tree = ast.parse(Path(pipeline.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    made = [CALLS[name] for call in calls if (name := ast.unparse(call.func)) in CALLS]
    assert made == [name for _, name, _ in STAGES]


@pytest.mark.parametrize("module", sorted({module for _, _, modules in STAGES for module in modules.split(", ")}))
def test_the_modules_of_the_map_exist(module: str) -> None:
    assert import_module(module).__doc__
