import ast
import io
import json
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import toolkit

ROOT = Path(toolkit.__file__).parent
FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
HEAVY = {
    *("torch", "transformers", "pandas", "numpy", "ctranslate2", "sentencepiece", "openpyxl", "xlsxwriter", "rich"),
    *("huggingface_hub", "rapidfuzz", "charset_normalizer"),
}
LONGEST_FILE, LONGEST_FUNCTION = 350, 40  # lines
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(name: str) -> Iterator[Function]:
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return (node.end_lineno or node.lineno) - first + 1


def code_of(text: str) -> str:
    """A source text without its comments and strings."""
    prose = {tokenize.COMMENT, tokenize.STRING}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return " ".join(token.string for token in tokens if token.type not in prose)


def without_docstring(nodes: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    """Names of public classes, functions and methods that have no docstring."""
    for node in nodes:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from without_docstring(node.body, f"{prefix}{node.name}.")


def test_the_contracts_of_the_layers_are_kept() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache"], cwd=ROOT.parent, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_short(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    assert {f"{f.name}, line {f.lineno}": length(f) for f in functions(name) if length(f) > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("name", FILES)
def test_what_is_public_is_documented(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    assert [*without_docstring(tree.body)] == []


@pytest.mark.parametrize("name", FILES)
def test_code_of_others_is_never_trusted(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "trust_remote_code" not in code_of(text)
    strings = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert "trust_remote_code" not in [node.value for node in strings]  # as a key of options


def test_the_checks_above_can_fail() -> None:
    assert "trust_remote_code" in code_of('load(path, trust_remote_code=True)  # "no"\n')
    assert "trust_remote_code" not in code_of('"""trust_remote_code"""  # trust_remote_code\n')
    tree = ast.parse(
        "@a\n@b\ndef f():\n    pass\nclass C:\n    def m(self):\n        pass\n    def _p(self):\n        pass\n"
    )
    assert [*without_docstring(tree.body)] == ["f", "C", "C.m"]
    assert [length(node) for node in tree.body if isinstance(node, Function)] == [4]


@pytest.mark.parametrize(
    "module",
    ["toolkit", "toolkit.engines", "toolkit.engines.registry", "toolkit.glossary", "toolkit.pipeline", "toolkit.cli"],
)
def test_importing_costs_little(module: str) -> None:
    code = f"import json, sys; import {module}; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT.parent, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    loaded = set(json.loads(done.stdout))
    assert "toolkit" in loaded
    assert loaded & HEAVY == set()


def test_the_public_names_are_sorted_and_there() -> None:
    assert toolkit.__all__ == sorted(toolkit.__all__)
    assert len({*toolkit.__all__}) == len(toolkit.__all__)
    for name in toolkit.__all__:
        assert getattr(toolkit, name).__doc__
    assert {*toolkit.__all__} == {*toolkit._HOMES}
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = toolkit.nothing


@pytest.mark.parametrize("name", [*toolkit.__all__])
def test_a_public_name_is_the_same_wherever_it_is_taken_from(name: str) -> None:
    assert getattr(toolkit, name) is getattr(import_module(toolkit._HOMES[name]), name)


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "py.typed").is_file()
