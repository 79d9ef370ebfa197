"""the project's own gold statements + a model -> figures, through a ledger as a user would make it.

Gold files are `tests/gold/*.jsonl`, written by people who did not write the reader; their format is that of
`onrecord.evaluation.statements`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.gate import Measured, digest_files
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.readings import evaluate_readings, explain_readings
from onrecord.ledger import Ledger
from onrecord.seams import Model
from onrecord.settings import Settings

Row = dict[str, Any]


def find_gold(folder: Path) -> list[Path]:
    """The project's own gold files, by name."""
    return sorted(folder.glob("*.jsonl"))


def measure_own(paths: Sequence[Path], systems: dict[str, Model]) -> list[Measured]:
    """Each system's figures on each gold file; the digest covers the articles too."""
    measured = []
    for path in paths:
        articles = {path.parent / row["file"] for row in read_lines(path) if "file" in row}
        digest = digest_files([path, *articles])
        for system, model in systems.items():

            def read(files: Sequence[Path], model: Model = model) -> dict[str, list[Row]]:
                return read_files(files, model)

            figures = evaluate_readings(path, read, system=system)
            measured += [Measured(each, digest, False) for each in figures]
    return measured


def explain_own(paths: Sequence[Path], model: Model) -> list[str]:
    """What a model gets wrong on each gold file, in lines (the articles are the project's own)."""

    def read(files: Sequence[Path]) -> dict[str, list[Row]]:
        return read_files(files, model)

    return [line for path in paths for line in explain_readings(path, read)]


def read_files(files: Sequence[Path], model: Model) -> dict[str, list[Row]]:
    """`{file name: documents}` as a fresh ledger exports them, each with its `statements` and the `kinds` of
    mentions.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with Ledger.open(folder / "gold.db") as ledger:
            ledger.read(files, settings=Settings(workers=0), load_model=lambda: model)
            ledger.export(["jsonl"], folder / "export")
        documents, mentions, statements = (
            _load(folder / "export" / f"{kind}.jsonl") for kind in ("documents", "mentions", "statements")
        )
    kinds = {row["id"]: row["kind"] for row in mentions}
    found: dict[str, list[Row]] = {}
    for row in documents:
        own = [each for each in statements if each["document_id"] == row["id"]]
        place = Path(row["path"].partition("#")[0]).name
        found.setdefault(place, []).append({**row, "statements": own, "kinds": kinds})
    return found


def _load(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
