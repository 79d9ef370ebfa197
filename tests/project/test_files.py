"""the repository's files -> no trace of a workplace, no index address, every data source named."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TABLES = ROOT / "src" / "onrecord" / "names" / "tables"
LOCKS = ("requirements.lock", "requirements-run.lock")
CORPORA_DEFAULT = re.compile(r"\.\./shared/corpora|\"shared\" / \"corpora\"")
FOREIGN = re.compile(r"/(?:w[o]rk|ro[o]t|o[p]t)/[a-z]|pythonh[o]sted")


def _tracked() -> list[Path]:
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = found.stdout.decode("utf-8").split("\0") if found.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


TEXTS = [
    path for path in _tracked()
    if path.suffix in {".py", ".md", ".toml", ".txt", ".in", ".lock", ".sql", ".json", ".tsv", ".cff", ".html", ""}
    and path.stat().st_size < 2_000_000
]  # fmt: skip


@pytest.mark.skipif(not TEXTS, reason="not a git checkout")
def test_no_file_names_a_workplace() -> None:
    own = Path(__file__)
    found = {
        path.relative_to(ROOT).as_posix(): match.group()
        for path in TEXTS
        if path != own and (match := FOREIGN.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.skipif(not TEXTS, reason="not a git checkout")
def test_only_training_benchmarks_and_ci_know_where_corpora_may_lie() -> None:
    allowed = (".ci/", "benchmarks/", "training/", "scripts/", "tests/", "CONTRIBUTING.md", "docs/")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in TEXTS
        if CORPORA_DEFAULT.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert [name for name in found if not name.startswith(allowed)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|file://|--(?:extra-)?index-url|--find-links|^-[if] ", text, re.MULTILINE)
    pins = re.findall(r"^[a-z0-9].*?==.*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(pins) > 30
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert not re.search(r"^torch==", text, re.MULTILINE)


def test_the_run_lock_is_a_part_of_the_lock() -> None:
    whole, part = (
        set(
            re.findall(
                r"^([a-z0-9][\w.-]*==[\w.+]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        for name in LOCKS
    )
    assert part <= whole
    assert any(pin.startswith("hatchling==") for pin in part)
    assert not any(pin.startswith(("pytest==", "mypy==", "ruff==", "scipy==")) for pin in part)


def test_the_lock_pins_every_dependency() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = {name.lower() for name in re.findall(r'"([A-Za-z][\w-]*)[><=]=', project)}
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE))
    assert wanted - pinned == set()


def test_the_notice_names_every_table_and_source() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert [path.name for path in sorted(TABLES.glob("*.tsv")) if path.name not in notice] == []
    for words in (
        "CC0",
        "PDDL",
        "GeoNames",
        "Creative Commons Attribution 4.0",
        "Open Event Data",
        "MIT License",
    ):
        assert words in notice
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_every_table_says_where_it_is_from() -> None:
    for path in sorted(TABLES.glob("*.tsv")):
        first = path.read_text(encoding="utf-8").split("\n")[0]
        assert first.startswith(("# compiled by scripts/compile_", "# kept by hand")), path.name


def test_weights_come_with_a_card() -> None:
    folder = ROOT / "src" / "onrecord" / "language" / "en"
    if list(folder.glob("*.onnx")):
        card = (folder / "CARD.md").read_text(encoding="utf-8")
        for name in ("PolNeAR", "EWT", "licence"):
            assert name.lower() in card.lower()


def test_json_files_parse() -> None:
    for path in [path for path in TEXTS if path.suffix == ".json"]:
        json.loads(path.read_text(encoding="utf-8"))
