"""the project's own gold statements + a model -> figures, through a ledger as a user would make it.

Gold files are `tests/gold/*.jsonl`, written by people who did not write the reader; their format is that of
`onrecord.evaluation.statements`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.gate import Measured, digest_files
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.readings import evaluate_readings, explain_readings
from onrecord.seams import Model
from onrecord.surfaces.gold import read_exported

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
                return read_exported(files, model)

            figures = evaluate_readings(path, read, system=system)
            measured += [Measured(each, digest, False) for each in figures]
    return measured


def explain_own(paths: Sequence[Path], model: Model) -> list[str]:
    """What a model gets wrong on each gold file, in lines (the articles are the project's own)."""

    def read(files: Sequence[Path]) -> dict[str, list[Row]]:
        return read_exported(files, model)

    return [line for path in paths for line in explain_readings(path, read)]
