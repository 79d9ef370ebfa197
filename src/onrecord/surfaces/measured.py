"""the figures shipped with the package -> the lines about accuracy that screens and pages carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.evaluation.counts import Figures, Measure
from onrecord.evaluation.report import read_figures
from onrecord.records import Run

SHOWN: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "statements": (
        ("found", "found of those a careful reader lists"),
        ("right speaker", "found with the right speaker"),
        ("wrong rows", "of the rows are wrong"),
        ("wrong person", "of the rows name a wrong person"),
    ),
    "attribution": (("relation recall", "recall"), ("relation precision", "precision")),
    "lines": (("word F1", "F1 of words kept as the article"),),
    "dates": (("wrong among sure", "wrong among the days marked sure"),),
}
"""Task -> its measures that a reader of statements needs, in our words; most telling first."""

FAIREST: Final = "own/fresh"
"""The own gold that was written last, and looked at least while rules and thresholds were chosen (README)."""


def describe_measured() -> list[str]:
    """One line a task and gold file, for the shipped weights; none before the first measurement."""
    lines = []
    for figures in _find_figures():
        parts = [f"{_describe_value(one)} {words}" for one, words in _pick_measures(figures)]
        if parts:
            lines.append(f"{figures.task}: {'; '.join(parts)}. Measured on {figures.data}.")
    return lines


def describe_recall() -> str:
    """How many of the statements that are there are found, by measurement: "measured recall …"."""
    for figures in _find_figures():
        for one, _ in _pick_measures(figures):
            if one.name in ("found", "relation recall"):
                return f"measured recall {_describe_value(one)} on {figures.data}"
    return "recall not measured"


def describe_runs(runs: Sequence[Run]) -> list[str]:
    """What read the articles: version, weights, settings."""
    return [
        f"onrecord {run.code_version}, weights {run.model_digest[:12]}, settings {run.settings_digest[:12]}, "
        f"run {run.id[:12]}"
        for run in runs
    ]


def _find_figures() -> list[Figures]:
    _, shipped = read_figures()
    order = list(SHOWN)
    ours = [one for one in shipped if one.system == "model" and one.task in order]
    return sorted(ours, key=lambda one: (order.index(one.task), one.data != FAIREST, one.data))


def _pick_measures(figures: Figures) -> list[tuple[Measure, str]]:
    by_name = {one.name: one for one in figures.measures}
    return [(by_name[name], words) for name, words in SHOWN[figures.task] if name in by_name]


def _describe_value(measure: Measure) -> str:
    value = f"{100 * measure.value:.0f} %"
    if measure.low is None or measure.high is None or measure.low == measure.high:
        return value
    return f"{value} ({100 * measure.low:.0f} to {100 * measure.high:.0f})"
