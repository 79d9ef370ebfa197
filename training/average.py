"""Weights of several places of a run -> their mean, which errs less than any of them.

Weights of one run, or of a run and its start, lie in one valley: their mean scores better than its parts
where the last ones have begun to learn their texts by heart (Izmailov et al. 2018; Wortsman et al. 2022).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.shipped import read_shipped

Weights = dict[str, Tensor]


def average_run(config: dict[str, Any], folder: Path) -> Path:
    """Write the mean that the `average` table asks for into the run's folder; return the file.

    The table gives a share to `start` and to numbers of epochs.
    """
    parts: list[tuple[Weights, float]] = []
    relations: list[str] = []
    for name, share in config["average"].items():
        path = Path(config["fit"]["start"]) if name == "start" else folder / f"epoch{name}.pt"
        weights, relations = read_weights(path)
        parts.append((weights, float(share)))
    target = folder / "average.pt"
    torch.save({"weights": average(parts), "relations": relations}, target)
    return target


def read_weights(path: Path) -> tuple[Weights, list[str]]:
    """Return weights and relations of a file of a run, or of a folder of shipped weights."""
    if path.is_dir():
        return read_shipped(path)
    state = torch.load(path, map_location="cpu", weights_only=True)
    return state["weights"], state["relations"]


def average(parts: list[tuple[Weights, float]]) -> Weights:
    """Return the mean of each weight over the parts that have it, by their shares."""
    names = {name: None for weights, _ in parts for name in weights}
    mean: Weights = {}
    for name in names:
        having = [(weights[name].float(), share) for weights, share in parts if name in weights]
        total = sum(share for _, share in having)
        mean[name] = torch.stack([weight * (share / total) for weight, share in having]).sum(0)
    return mean
