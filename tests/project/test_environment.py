"""scripts/environment.py -> which Python is taken, when it installs, and what it says when it cannot."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "environment.py"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module over an empty checkout that holds the two locks only."""
    spec = importlib.util.spec_from_file_location("environment", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in (*module.LOCKS.values(), "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "FOLDER", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.txt")
    return module


@pytest.fixture
def calls(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would have been run: making the environment leaves a python in it, nothing is installed."""
    made: list[tuple[str, ...]] = []

    def call(remedy: str, *command: str) -> None:
        made.append(command)
        if "venv" in command:
            for name in ("bin/python", "Scripts/python.exe"):
                (environment.FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
                (environment.FOLDER / name).touch()

    monkeypatch.setattr(environment, "_call", call)
    return made


def test_it_installs_once(environment: ModuleType, calls: list[tuple[str, ...]]) -> None:
    environment.prepare("run")
    assert len(calls) == 3
    assert calls[1][-1] == "requirements-run.lock" and "--require-hashes" in calls[1]
    assert {"--no-deps", "--no-build-isolation"} <= set(calls[2])
    environment.prepare("run")
    assert len(calls) == 3


def test_everything_holds_what_running_needs(environment: ModuleType, calls: list[tuple[str, ...]]) -> None:
    environment.prepare("all")
    environment.prepare("run")
    assert len(calls) == 3
    assert calls[1][-1] == "requirements.lock"


def test_tests_after_a_demo_add_to_the_environment(
    environment: ModuleType, calls: list[tuple[str, ...]]
) -> None:
    environment.prepare("run")
    environment.prepare("all")
    assert [each for each in calls if "venv" in each] == calls[:1]
    assert calls[3][-1] == "requirements.lock"


def test_a_changed_lock_makes_it_anew(environment: ModuleType, calls: list[tuple[str, ...]]) -> None:
    environment.prepare("run")
    for name in environment.LOCKS.values():
        (environment.ROOT / name).write_text("# other\n", encoding="utf-8")
    environment.prepare("run")
    assert len([each for each in calls if "venv" in each]) == 2


def test_a_good_python_is_taken_as_it_is(environment: ModuleType) -> None:
    path, version = environment.find_python()
    assert Path(path).exists() and version == f"3.{sys.version_info[1]}"


def test_without_a_good_python_it_says_which_are_good(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "OLDEST", (3, 98))
    monkeypatch.setattr(environment, "NEWEST", (3, 99))
    with pytest.raises(SystemExit, match=r"needs Python 3\.98 to 3\.99"):
        environment.find_python()
