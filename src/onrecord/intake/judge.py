"""features of a page's paragraphs -> the probability that each paragraph is a line of the article.

The weights (`lines.json`) are made by `training/lines.py`: a dilated convolution over the page's paragraphs.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@cache
def load_weights() -> dict[str, Any]:
    """The weights as arrays, by name; read once a process."""
    raw = json.loads(files("onrecord.intake").joinpath("lines.json").read_text(encoding="utf-8"))
    return {
        name: np.array(value, dtype=np.float64) if isinstance(value, list) else value
        for name, value in raw.items()
    }


def judge_paragraphs(features: Array, weights: dict[str, Any] | None = None) -> Array:
    """[paragraphs] probability of "article", from [paragraphs, features]; neighbours have a say."""
    if not len(features):
        return np.zeros(0)
    weights = load_weights() if weights is None else weights
    scaled = np.clip((features - weights["mean"]) / weights["scale"], -6, 6)
    hidden = np.maximum(_apply(weights, "first", scaled), 0)
    for index, step in enumerate(weights["dilations"].astype(int)):
        padded = np.pad(hidden, ((step, step), (0, 0)))
        near = np.concatenate([padded[: len(hidden)], hidden, padded[2 * step :]], axis=1)
        hidden = hidden + np.maximum(_apply(weights, f"layers_{index}", near), 0)
    logits: Array = _apply(weights, "last", hidden)[:, 0]
    return 1 / (1 + np.exp(-np.clip(logits, -40, 40)))


def _apply(weights: dict[str, Any], layer: str, values: Array) -> Array:
    """One dense layer."""
    result: Array = values @ weights[f"{layer}_weight"].T + weights[f"{layer}_bias"]
    return result
