"""Settings from the file, the environment and flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import StopRun
from onrecord.settings import Settings, load_settings


def test_flags_outrank_the_environment_and_that_the_file(tmp_path: Path) -> None:
    (tmp_path / "onrecord.toml").write_text('workers = 3\ntime_limit = 9.5\n[columns]\ntext = "body"\n')
    environment = {"ONRECORD_WORKERS": "4", "ONRECORD_LEDGER": "x.db", "ONRECORD_CORPORA": "elsewhere"}
    settings = load_settings(folder=tmp_path, environment=environment, flags={"workers": 5, "ledger": None})
    assert settings.workers == 5
    assert settings.time_limit == 9.5
    assert settings.ledger == Path("x.db")
    assert dict(settings.columns) == {"text": "body"}
    assert load_settings(folder=tmp_path, environment=environment).workers == 4
    assert load_settings(folder=tmp_path, environment={}).workers == 3


def test_defaults() -> None:
    assert load_settings(folder=Path("nowhere"), environment={}) == Settings()


def test_the_digest_leaves_out_workers_and_paths() -> None:
    one, other = Settings(workers=1), Settings(workers=8, ledger=Path("b.db"), time_limit=1.0, memory_limit=9)
    assert one.digest() == other.digest()
    assert one.digest() != Settings(columns={"text": "body"}).digest()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"worker": 2}, "did you mean workers"),
        ({"workers": "many"}, "must be a number"),
        ({"workers": -1}, "too small"),
        ({"columns": "text"}, "text=body"),
    ],
)
def test_what_makes_no_sense_is_refused(flags: dict[str, object], words: str) -> None:
    with pytest.raises(StopRun, match=words):
        load_settings(folder=Path("nowhere"), environment={}, flags=flags)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "onrecord.toml").write_text("workers = ")
    with pytest.raises(StopRun, match=r"onrecord\.toml"):
        load_settings(folder=tmp_path, environment={})
