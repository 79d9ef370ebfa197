"""figures and floors -> what fell below its floor; new floors, never lower by accident.

`floors.json`:

    {"model_digest": "...",                       the weights that the floors were measured with
     "tasks": {"attribution polnear/dev": {"data_digest": "...",
                                           "floors": {"relation": {"floor": 0.71, "margin": 0.005}}}},
     "lowered": [{"task", "measure", "from", "to", "reason"}]}

For figures where less is better (wrong rows, wrong days) the "floor" is a ceiling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.errors import StopRun
from onrecord.evaluation.counts import Figures

Floors = dict[str, Any]

MARGIN = 0.005
"""How far a figure may fall without notice, since other processors round int8 products otherwise. Chosen, not
measured: as much as quantisation itself is allowed to cost.
"""
MARGINS = {
    "statements": 0.01, "calibration": 0.02, "nesting": 0.02, "speakers": 0.03,
    "stories": 0.015, "identities": 0.015,
}  # fmt: skip
"""Where one item weighs near half a point (of statements; one to two points of the others, and of the great
clusters of stories and identities that one link joins or parts), two of them."""

GATED: Mapping[str, Sequence[str]] = {
    "attribution": ("exact source", "exact cue", "exact content", "relation", "content tokens"),
    "syntax": ("words", "sentences", "UPOS", "LAS"),
    "entities": ("F1, 9 classes", "F1, 4 classes", "F1, 3 classes"),
    "lines": ("line F1", "word F1"),
    "text": ("shingle F1", "segment F1"),
    "dates": ("dates right", "wrongly sure"),
    "statements": ("found", "right speaker", "wrong rows", "wrong person"),
    "coreference": ("CoNLL F1", "CoNLL F1 with singletons"),
    "stories": (
        "CoNLL F1 in topic",
        "CoNLL F1 in subtopic",
        "CoNLL F1 whole corpus",
        "CoNLL F1 in topic as filed",
    ),
    "identities": ("CoNLL F1",),
    "aliases": ("precision", "recall"),
    "nesting": ("nested pairs", "nested recall", "false pairs in flat texts"),
    "speakers": ("right cluster", "wrong person", "majority right", "majority another person"),
    "calibration": ("error of scores", "error of speaker scores"),
}
LESS_IS_BETTER = frozenset(
    {"wrong rows", "wrong person", "majority another person", "wrongly sure", "false pairs in flat texts"}
    | {"error of scores", "error of speaker scores"}
)
FIXED = {"wrongly sure": 0.0}
"""What is promised is no matter of measuring: no wrong day is ever called sure."""
GATED_SYSTEMS = frozenset({"model", "intake", "names"})
"""The rule floor is printed beside the model, never gated."""


class Measured(NamedTuple):
    """Figures of one task, what they were measured on, and whether that was a sample."""

    figures: Figures
    data_digest: str
    quick: bool

    @property
    def key(self) -> str:
        """The task's name in `floors.json`; a sample has floors of its own."""
        return f"{self.figures.task} {self.figures.data}{' quick' if self.quick else ''}"


def digest_files(paths: Iterable[Path]) -> str:
    """SHA-256 over the bytes of some files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def list_gated(measured: Iterable[Measured]) -> list[tuple[Measured, str, float]]:
    """The figures that have a floor: where, which, and its value."""
    return [
        (each, measure.name, measure.value)
        for each in measured
        if each.figures.system in GATED_SYSTEMS
        for measure in each.figures.measures
        if measure.name in GATED.get(each.figures.task, ())
    ]


def check_floors(floors: Mapping[str, Any], measured: Sequence[Measured], *, model_digest: str) -> list[str]:
    """What is wrong, one line each: other weights than the floors were measured with, other data, a figure
    without a floor, a figure below its floor (or above its ceiling) by more than the margin.
    """
    misses = []
    if floors.get("model_digest") != model_digest:
        misses.append(
            f"the weights are {model_digest[:12]}, the floors are of {str(floors.get('model_digest'))[:12]}:"
            " measure them with --update"
        )
    for each, name, value in list_gated(measured):
        task = floors.get("tasks", {}).get(each.key)
        if task is None or name not in task["floors"]:
            misses.append(f"{each.key}: {name} has no floor: measure it with --update")
        elif task["data_digest"] != each.data_digest:
            misses.append(f"{each.key}: the data are not those of the floor of {name}")
        elif _is_worse(name, value, **task["floors"][name]):
            misses.append(f"{each.key}: {name} is {value:.4f}, its floor {task['floors'][name]['floor']:.4f}")
    return misses


def _is_worse(name: str, value: float, floor: float, margin: float) -> bool:
    return value > floor + margin if name in LESS_IS_BETTER else value < floor - margin


def raise_floors(
    floors: Mapping[str, Any], measured: Sequence[Measured], *, model_digest: str, reason: str | None = None
) -> Floors:
    """New floors at what was measured; floors of tasks that were not measured stay.

    Raises StopRun when a floor would get worse by more than its margin and no reason is given; with a
    reason the change is written down under "lowered". Floors of other data are replaced: they cannot be
    compared.
    """
    tasks = {key: {**task, "floors": dict(task["floors"])} for key, task in floors.get("tasks", {}).items()}
    lowered = list(floors.get("lowered", []))
    refused = []
    for each, name, value in list_gated(measured):
        task = tasks.setdefault(each.key, {"data_digest": each.data_digest, "floors": {}})
        if task["data_digest"] != each.data_digest:
            task.update(data_digest=each.data_digest, floors={})
        if name in FIXED:
            task["floors"][name] = {"floor": FIXED[name], "margin": 0.0}
            continue
        old = task["floors"].get(name)
        if old and _is_worse(name, value, **old):
            refused.append(f"{each.key}: {name} from {old['floor']:.4f} to {value:.4f}")
            change = {"task": each.key, "measure": name, "from": old["floor"], "to": round(value, 4)}
            lowered.append({**change, "reason": reason})
        elif old and _is_worse(name, value, floor=old["floor"], margin=0.0):
            continue  # within the margin the old floor stays, or floors would sink bit by bit
        margin = old["margin"] if old else MARGINS.get(each.figures.task, MARGIN)
        task["floors"][name] = {"floor": round(value, 4), "margin": margin}
    if refused and not reason:
        raise StopRun("floors would fall: " + "; ".join(refused) + ". Give --lower REASON to lower them")
    return {"model_digest": model_digest, "tasks": tasks, "lowered": lowered}
