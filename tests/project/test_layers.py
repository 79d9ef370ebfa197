"""the source tree -> imports go downward only, and no room imports another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "src" / "onrecord"
LAYERS = (
    {"vocabulary", "errors"},
    {"names"},
    {"records"},
    {"keys", "times", "threads", "seams", "folding", "views", "wordings"},
    {"summaries"},
    {"intake", "language", "reading", "assembly", "evaluation", "stores", "engines", "exports"},
    {"settings", "corrections", "taking", "actors"},
    {"pipeline", "queries", "choices"},
    {"testing"},
    {"ledger"},
    {"surfaces"},
    {"__main__"},
)
"""Lowest first. A module may import from layers below its own; `onrecord` itself (its version) from anywhere."""

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
DATA_ONLY = {"examples"}


def _module_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imports_of(path: Path) -> Iterator[str]:
    """The onrecord modules (first level) that a file imports, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            full = [node.module or ""]
            if node.module == "onrecord":
                full = [f"onrecord.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            full = [alias.name for alias in node.names]
        else:
            continue
        for name in full:
            parts = name.split(".")
            if parts[0] == "onrecord" and len(parts) > 1 and not parts[1].startswith("__version"):
                yield parts[1]


FILES = sorted(SOURCE.rglob("*.py"))


def test_every_module_has_its_layer() -> None:
    modules = {_module_of(path) for path in FILES} - {"__init__"}
    folders = {
        path.name for path in SOURCE.iterdir() if path.is_dir() and not path.name.startswith(("__", "."))
    }
    assert modules - LEVEL.keys() - DATA_ONLY == set()
    assert folders - LEVEL.keys() - DATA_ONLY == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_downward(path: Path) -> None:
    module = _module_of(path)
    if module == "__init__":
        return
    upward = [name for name in _imports_of(path) if name != module and LEVEL.get(name, 99) >= LEVEL[module]]
    assert upward == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_source_never_imports_training_or_benchmarks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        assert not [
            name for name in names if name.split(".")[0] in {"training", "benchmarks", "torch", "tests"}
        ]
