"""the packages -> each says what is public, and every public name is there."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "src" / "onrecord"
PACKAGES = sorted(path.parent for path in SOURCE.rglob("__init__.py") if path.parent != SOURCE)


def _name(package: Path) -> str:
    return ".".join(("onrecord", *package.relative_to(SOURCE).parts))


@pytest.mark.parametrize("package", PACKAGES, ids=_name)
def test_a_package_lists_its_public_names(package: Path) -> None:
    module = importlib.import_module(_name(package))
    names = getattr(module, "__all__", None)
    assert names, f"{_name(package)} has no __all__"
    assert sorted(set(names)) == sorted(names)
    assert [name for name in names if not hasattr(module, name)] == []


def test_the_top_says_the_version_and_little_else() -> None:
    module = importlib.import_module("onrecord")
    assert module.__version__.count(".") == 2
    defined = [
        node
        for node in ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    assert len(defined) <= 1  # a lazy __getattr__ at most: importing onrecord does no work
