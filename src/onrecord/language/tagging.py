"""tag scores -> best valid BIO tags and their spans.

Tags are numbered as in `labels.json`: 0 is O, 2k + 1 opens class k (B), 2k + 2 continues it (I).
"""

from __future__ import annotations

from operator import itemgetter
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

    The greedy tags are the best ones wherever they are valid. Elsewhere a cheap repair bounds what the best
    valid tags can lose, so only words that could change within that bound are searched (exactly).
    """
    tags: Tags = scores.argmax(2).astype(np.int16)
    if not tags.size:
        return tags
    before = np.zeros_like(tags)
    before[:, 1:] = tags[:, :-1]
    broken = (tags > 0) & (tags % 2 == 0) & (before != tags) & (before != tags - 1)
    for row in np.flatnonzero(broken.any(1)).tolist():
        _repair(tags[row], scores[row], np.flatnonzero(broken[row]).tolist())
    return tags


def _repair(tags: Tags, scores: Scores, broken: list[int]) -> None:
    """Make the greedy tags of one sequence the best valid ones, in place."""
    top = scores[np.arange(len(tags)), tags]
    second = np.partition(scores, -2, axis=1)[:, -2]
    margins = (top - second).tolist()
    blocks: list[tuple[int, int, float]] = []
    for start in broken:
        block = _spread(margins, start, start + 1, _bound_loss(tags, scores, top, start) + 1e-4)
        # Repairs whose reach meets are searched together, with what both may cost.
        while blocks and blocks[-1][1] >= block[0]:
            first, end, bound = blocks.pop()
            block = _spread(margins, first, max(end, block[1]), bound + block[2])
        blocks.append(block)
    for first, end, bound in blocks:
        reach = slice(first, end)
        _search(tags, scores[reach], scores[reach] >= top[reach, None] - np.float32(bound), first, end)


def _spread(margins: list[float], start: int, end: int, bound: float) -> tuple[int, int, float]:
    """Return the range and its bound, widened by the neighbours whose greedy tag might give way within it."""
    while start > 0 and margins[start - 1] <= bound:
        start -= 1
    while end < len(margins) and margins[end] <= bound:
        end += 1
    return start, end, bound


def _bound_loss(tags: Tags, scores: Scores, top: Scores, start: int) -> float:
    """Return what it costs to open the broken run at `start`, or to leave it out, whichever is less."""
    tag, end = int(tags[start]), start
    while end < len(tags) and tags[end] == tag:
        end += 1
    opened = float(top[start] - scores[start, tag - 1])
    return min(opened, float((top[start:end] - scores[start:end, 0]).sum()))


def _search(tags: Tags, scores: Scores, open_tags: NDArray[np.bool_], start: int, end: int) -> None:
    """Set the words `start` to `end`, scored by `scores`, to the best open tags that fit their neighbours."""
    paths: dict[int, tuple[float, tuple[int, ...]]] = {int(tags[start - 1]) if start else 0: (0.0, ())}
    choices: list[list[int]] = [[] for _ in range(end - start)]
    for place, tag in np.argwhere(open_tags).tolist():
        choices[place].append(tag)
    for row, allowed in zip(scores.tolist(), choices, strict=True):
        stepped = {}
        for tag in allowed:
            reach = [item for left, item in paths.items() if _may_follow(left, tag)]
            if reach:
                value, path = max(reach, key=itemgetter(0))
                stepped[tag] = (value + row[tag], (*path, tag))
        paths = stepped
    after = int(tags[end]) if end < len(tags) else 0
    _, best = max((item for left, item in paths.items() if _may_follow(left, after)), key=itemgetter(0))
    tags[start:end] = best


def _may_follow(left: int, tag: int) -> bool:
    return tag == 0 or tag % 2 == 1 or left in (tag, tag - 1)


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
