"""the project's own gold + a model -> figures: statements through a ledger as a user would make it.

Gold files are `tests/gold/*.jsonl`, written by people who did not write the reader; their format is that of
`onrecord.evaluation.statements`. `tests/gold/language/nested.jsonl` holds attributions within attributions,
in the format of `onrecord.evaluation.nesting`; the language layer alone is measured on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.gate import Measured, digest_files
from benchmarks.suite import MODEL_ALONE
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.readings import evaluate_readings, explain_readings
from onrecord.evaluation.tasks import evaluate_calibration, evaluate_nesting
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
            measured += [
                Measured(each, digest, False)
                for each in figures
                if system == "model" or each.task not in MODEL_ALONE
            ]
    return measured


def measure_nested(path: Path, systems: dict[str, Model]) -> list[Measured]:
    """Each system's figures of nested attributions, and how far the model's scores hold, part by part."""
    digest = digest_files([path])
    figures = []
    for part in sorted({row["part"] for row in read_lines(path)}):
        data = f"own/{path.stem} {part}"
        for system, model in systems.items():
            found = evaluate_nesting(path, model, system=system, part=part)
            figures.append(replace(found, data=data))
        found = evaluate_calibration(path, systems["model"], part=part)
        figures.append(replace(found, data=data))
    return [Measured(each, digest, False) for each in figures]


def explain_own(paths: Sequence[Path], model: Model) -> list[str]:
    """What a model gets wrong on each gold file, in lines (the articles are the project's own)."""

    def read(files: Sequence[Path]) -> dict[str, list[Row]]:
        return read_exported(files, model)

    return [line for path in paths for line in explain_readings(path, read)]
