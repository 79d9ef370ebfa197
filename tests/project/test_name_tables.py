"""the name lists, where they are -> the compiled tables of the package, to the byte."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TABLES = ROOT / "src" / "onrecord" / "names" / "tables"
COMPILED = ("states.tsv", "cities.tsv", "phoenix_groups.tsv", "phoenix_bodies.tsv")


def test_the_tables_are_what_the_script_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("compile_names", ROOT / "scripts" / "compile_names.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not (module.CORPORA / "names").is_dir():
        pytest.skip("the name lists are not here")
    tables = Path(shutil.copytree(TABLES, tmp_path / "tables"))
    for name in COMPILED:
        (tables / name).unlink()
    monkeypatch.setattr(module, "TABLES", tables)
    assert module.main() == 0
    for name in COMPILED:
        assert (tables / name).read_bytes() == (TABLES / name).read_bytes(), name


def test_tables_are_sorted_and_hold_no_empty_rows() -> None:
    for name in COMPILED:
        lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
        rows = [line for line in lines if not line.startswith("#")]
        assert rows == sorted(rows) and all(line.split("\t")[0] for line in rows), name


def test_every_state_of_the_other_tables_is_a_state() -> None:
    states = {
        line.split("\t")[0] for line in (TABLES / "states.tsv").read_text(encoding="utf-8").splitlines()
    }
    states |= {"European Union", "United Nations", ""}
    for name, column in (("outlets.tsv", 2), ("armed_groups.tsv", 2), ("seats.tsv", 2)):
        lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
        cells = [line.split("\t")[column] for line in lines if line and not line.startswith("#")]
        assert [cell for cell in cells if cell not in states] == [], name
