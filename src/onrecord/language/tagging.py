"""tag scores -> best valid BIO tags and their spans.

Tags are numbered as in `labels.json`: 0 is O, 2k + 1 opens class k (B), 2k + 2 continues it (I).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Tags = NDArray[np.int16]

IMPOSSIBLE = np.float32(-1e4)


class TagSpan(NamedTuple):
    """A run of one class: half-open word range."""

    start: int
    end: int
    kind: int
    """Class k of the tags 2k + 1 and 2k + 2."""


def find_tags(scores: Scores) -> Tags:
    """Return the best tags [m, n] of m sequences scored [m, n, tags] in which I-k follows B-k or I-k only.

    The greedy tags are the best ones wherever they are valid; the others go through Viterbi. Pad short
    sequences with words whose O scores 0 and whose other tags score IMPOSSIBLE.
    """
    tags: Tags = scores.argmax(2).astype(np.int16)
    if not tags.size:
        return tags
    continues = (tags > 0) & (tags % 2 == 0)
    before = np.zeros_like(tags)
    before[:, 1:] = tags[:, :-1]
    broken = np.flatnonzero((continues & (before != tags) & (before != tags - 1)).any(1))
    if broken.size:
        tags[broken] = _run_viterbi(scores[broken])
    return tags


def _run_viterbi(scores: Scores) -> Tags:
    sequences, length, size = scores.shape
    opens, goes_on = slice(1, size, 2), slice(2, size, 2)
    back = np.empty((length, sequences, size), np.int16)
    best = scores[:, 0].copy()
    best[:, goes_on] = IMPOSSIBLE
    within = np.arange(2, size, 2, dtype=np.int16)
    for step in range(1, length):
        top = best.argmax(1)
        reach = np.repeat(best[np.arange(sequences), top][:, None], size, 1)
        back[step] = top[:, None]
        opened, gone_on = best[:, opens], best[:, goes_on]
        reach[:, goes_on] = np.maximum(opened, gone_on)
        back[step][:, goes_on] = np.where(opened >= gone_on, within - 1, within)
        best = reach + scores[:, step]
    tags = np.empty((sequences, length), np.int16)
    tags[:, -1] = best.argmax(1)
    rows = np.arange(sequences)
    for step in range(length - 1, 0, -1):
        tags[:, step - 1] = back[step, rows, tags[:, step]]
    return tags


def read_spans(tags: Tags) -> list[TagSpan]:
    """Return the spans of one sequence of valid tags, in order."""
    spans = []
    values = tags.tolist()
    index, length = 0, len(values)
    while index < length:
        tag = values[index]
        if not tag:
            index += 1
            continue
        kind, start = (tag - 1) // 2, index
        index += 1
        while index < length and values[index] == 2 * kind + 2:
            index += 1
        spans.append(TagSpan(start, index, kind))
    return spans


def read_probabilities(scores: Scores) -> Scores:
    """Return the softmax over the last axis."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), np.float32)
