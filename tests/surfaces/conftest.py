"""words -> a ledger of hand-made readings on disk, and a way to type commands at it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Appearance, Failure, Run
from onrecord.stores import SqliteStore
from onrecord.surfaces.cli import main
from tests.surfaces.samples import TEXT, find_span, make_document, make_reading

RUN = Run(id="a" * 24, code_version="0", model_digest="b" * 64, settings_digest="c" * 24)


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with no settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in ("ONRECORD_LEDGER", "ONRECORD_BY", "ONRECORD_DEBUG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def ledger(place: Path) -> Path:
    """`onrecord.db` with one article, four statements and one failure."""
    document = make_document(
        title="Bridge closed after flood, ministry says",
        title_span=find_span(TEXT, "Bridge closed after flood, ministry says"),
        litter=(find_span(TEXT, "Menu | News | Sport"),),
        credits=(find_span(TEXT, "Reporting by Coastwire"),),
    )
    store = SqliteStore(place / "onrecord.db", create=True)
    appearance = Appearance(document_id=document.id, path="news/flood.txt", outlet="Quay Courier")
    store.put_reading(make_reading(document), appearance, RUN)
    store.put_failure(Failure(path="news/scan.pdf", stage="intake", error="no text layer"))
    store.close()
    return place / "onrecord.db"


@pytest.fixture
def run(place: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Types a command: `run("said", "--json")`."""

    def type_command(*words: str) -> Answer:
        capsys.readouterr()
        code = main(list(words))
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return type_command
