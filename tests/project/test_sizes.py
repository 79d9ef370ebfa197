"""the code -> small modules, small functions, few parameters, words that say what comes back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULE_LINES = 400
FUNCTION_LINES = 40
PARAMETERS = 5
NO_MODULE = {"utils", "util", "helpers", "helper", "common", "manager", "process", "misc", "base"}

FILES = [path for top in ("src", "training", "benchmarks", "scripts") for path in (ROOT / top).rglob("*.py")]
FILES = sorted(path for path in FILES if "__pycache__" not in path.parts)
SOURCE = [path for path in FILES if "src" in path.relative_to(ROOT).parts]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Public functions and classes of a module, and public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    each for each in node.body if isinstance(each, Function) and not each.name.startswith("_")
                )


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_modules_are_short_and_named_for_what_they_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < MODULE_LINES
    assert path.stem not in NO_MODULE


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_functions_are_short(path: Path) -> None:
    sizes = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in _functions(_parse(path))}
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_parameters_beyond_five_are_named(path: Path) -> None:
    counts = {
        node.name: len(
            [each for each in node.args.posonlyargs + node.args.args if each.arg not in ("self", "cls")]
        )
        for node in _functions(_parse(path))
        if not any(
            isinstance(each, ast.Call) and "command" in ast.unparse(each) for each in node.decorator_list
        )
    }
    assert {name: count for name, count in counts.items() if count > PARAMETERS} == {}


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_a_module_says_what_goes_in_and_what_comes_out(path: Path) -> None:
    first = (ast.get_docstring(_parse(path)) or "").split("\n")[0]
    package_root = path.name == "__init__.py" and path.parent.name in ("onrecord", "training", "benchmarks")
    assert first and ("->" in first or package_root), first


@pytest.mark.parametrize("path", SOURCE, ids=_id)
def test_public_things_say_what_comes_back(path: Path) -> None:
    bare = [node.name for node in _public(_parse(path)) if not ast.get_docstring(node)]
    assert bare == []


@pytest.mark.parametrize("path", SOURCE, ids=_id)
def test_no_globals_are_changed_and_nothing_is_random(path: Path) -> None:
    tree = _parse(path)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"random", "secrets", "uuid"}


def test_the_median_module_is_short() -> None:
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE)
    assert sizes[len(sizes) // 2] < 200
