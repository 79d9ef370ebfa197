"""what the language layer says of pairs of words -> a record that reading looks them up in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Links:
    """Coreference scores of some words of a text."""

    words: tuple[int, ...]
    """Token indices, ascending; one row and column each."""
    scores: NDArray[np.float32]
    """[n, n] score of each word (row) for each one before it (column) as its antecedent; none scores 0."""
    shares: NDArray[np.float32]
    """[n, n] the same as probabilities over all the antecedents and none."""


def make_links(words: tuple[int, ...], scores: NDArray[np.float32]) -> Links:
    """Links with the probabilities that follow from the scores; only what is below the diagonal is read."""
    count = len(words)
    before = np.tri(count, k=-1, dtype=np.bool_)
    known = np.where(before, scores, -np.inf)
    top = np.maximum(known.max(1, initial=0.0), 0.0)[:, None]
    weights = np.exp(known - top)
    shares = weights / (weights.sum(1, keepdims=True) + np.exp(-top))
    return Links(words, np.where(before, scores, 0).astype(np.float32), shares.astype(np.float32))
