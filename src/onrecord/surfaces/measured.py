"""the figures shipped with the package -> the lines about accuracy that screens and pages carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.evaluation.counts import Figures, Measure
from onrecord.evaluation.report import read_figures
from onrecord.records import Run

_SHOWN: Final = ("recall", "precision", "f1")


def describe_measured() -> list[str]:
    """One line a task and gold file for the shipped weights; none before the first measurement."""
    _, shipped = read_figures()
    lines = [_describe_figures(one) for one in shipped if one.system == "model"]
    return [line for line in lines if line]


def _describe_figures(figures: Figures) -> str:
    parts = [f"{one.name} {_describe_value(one)}" for one in figures.measures if _is_shown(one)]
    return f"{figures.task}: {', '.join(parts)}, measured on {figures.data}" if parts else ""


def _is_shown(measure: Measure) -> bool:
    return any(word in measure.name.lower() for word in _SHOWN) and ", " not in measure.name


def _describe_value(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return f"{measure.value:.2f}"
    return f"{measure.value:.2f} ({measure.low:.2f} to {measure.high:.2f})"


def describe_runs(runs: Sequence[Run]) -> list[str]:
    """What read the articles: version, weights, settings."""
    return [
        f"onrecord {run.code_version}, weights {run.model_digest[:12]}, settings {run.settings_digest[:12]}, "
        f"run {run.id[:12]}"
        for run in runs
    ]
