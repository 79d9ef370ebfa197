"""the documentation -> every command, setting, table, column, field and word stands in it; its commands run."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import sqlite3
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from onrecord import vocabulary
from onrecord.exports.tables import KINDS
from onrecord.settings import Settings
from onrecord.surfaces.cli import app

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
EXAMPLES = ROOT / "src" / "onrecord" / "examples"
PAGES = [ROOT / "README.md", DOCS / "tutorial.md", *sorted((DOCS / "reference").glob("*.md"))]
WEIGHTS = ROOT / "src" / "onrecord" / "language" / "en" / "model.int8.onnx"


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _load_script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def _commands(page: Path) -> list[str]:
    """The `onrecord …` lines of a page's sh blocks, without comments; lines with … are sketches."""
    lines = [line.split("  #")[0].strip() for block in _blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("onrecord ") and "…" not in line]


def test_the_command_page_is_the_command_line() -> None:
    written = _read("docs/reference/commands.md")
    assert written == _load_script("command_page").write_page(), "run: python scripts/command_page.py"


def test_the_readmes_figures_are_the_shipped_ones() -> None:
    table = _load_script("figures_table")
    found = table.BLOCK.search(_read("README.md"))
    assert found is not None and found.group() == table.write_block(), "run: python scripts/figures_table.py"


def test_every_command_stands_in_the_changelog_and_every_setting_in_its_page() -> None:
    page = _read("docs/reference/settings.md")
    for each in fields(Settings):
        assert f"`{each.name}`" in page and f"`ONRECORD_{each.name.upper()}`" in page
        if isinstance(each.default, int | float):
            assert re.search(rf"`{each.name}`.*\| {each.default:g} \|", page), each.name
    commands = set(re.findall(r"^## onrecord (\w+)", _read("docs/reference/commands.md"), re.MULTILINE))
    assert [name for name in commands if name not in _read("CHANGELOG.md")] == []


def test_every_table_and_column_stands_in_the_schema_page() -> None:
    page = _read("docs/reference/ledger.md")
    with sqlite3.connect(":memory:") as base:
        base.executescript(_read("src/onrecord/stores/schema.sql"))
        base.executescript(_read("src/onrecord/stores/actors.sql"))
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in tables if not name.startswith(("statement_words_", "sqlite_"))]
        for table in tables:
            row = re.search(rf"^\| `{table}` \|.*$", page, re.MULTILINE)
            assert row, table
            columns = [name for _, name, *_ in base.execute(f"PRAGMA table_info({table})") if name != "id"]
            assert [name for name in columns if f"`{name}`" not in row.group()] == [], table
        for query in _blocks(DOCS / "reference" / "ledger.md", "sql"):
            base.execute(query)


def test_every_closed_word_stands_in_its_page() -> None:
    page = _read("docs/reference/words.md")
    for act in vocabulary.ACTS:
        assert re.search(rf"^\| {act} \| {vocabulary.FOLDED_ACTS[act]} \|", page, re.MULTILINE), act
    for words in (vocabulary.KINDS, vocabulary.CERTAINTIES, vocabulary.QUOTATIONS, vocabulary.DECISION_KINDS):
        assert re.search(r" · ".join(words), " ".join(page.split())), words


def test_every_kind_of_export_has_its_section() -> None:
    page = _read("docs/reference/exports.md")
    assert [kind for kind in KINDS if f"\n## {kind}\n" not in page] == []


def test_pages_point_at_files_that_are_there() -> None:
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "tests" / "gold" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readmes_scripts_are_there_and_can_be_run() -> None:
    named = set(re.findall(r"^(scripts/\w+)", _read("README.md") + _read("CONTRIBUTING.md"), re.MULTILINE))
    assert {"scripts/demo", "scripts/test", "scripts/check", "scripts/bench"} <= named
    for name in named:
        assert (ROOT / name).read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n")
        if os.name == "posix":
            assert os.access(ROOT / name, os.X_OK), name


@pytest.mark.skipif(not WEIGHTS.is_file(), reason="no weights")
@pytest.mark.parametrize("page", [page for page in PAGES if _commands(page)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "my-articles"
    folder.mkdir()
    for path in EXAMPLES.glob("tolmeran-herald-[bc]*.txt"):
        shutil.copy(path, folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_LEDGER", raising=False)
    for line in _commands(page):
        words = ["tolmeran-herald-belim-dam.txt" if word == "ARTICLE" else word for word in shlex.split(line)]
        done = CliRunner().invoke(app, words[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}"
    for block in _blocks(page, "python"):
        exec(compile(block, page.name, "exec"), {})


def test_the_glossary_has_the_words_of_the_records() -> None:
    page = _read("docs/glossary.md")
    words = (
        "statement",
        "speaker, cue, content",
        "litter",
        "credits",
        "evidence",
        "decision",
        "metonym",
        "channel",
        "actor",
        "alias",
        "suggestion",
        "cannot-link",
    )
    assert [word for word in words if f"| {word}" not in page] == []


def test_decisions_about_the_design_are_numbered_and_listed() -> None:
    pages = sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    listed = _read("docs/adr/README.md")
    for name in pages:
        text = _read(f"docs/adr/{name}")
        assert f"]({name})" in listed and "## Rejected" in text
        assert len(text.splitlines()) <= 60
