"""tag scores -> best valid BIO tags and their spans.

Tags are numbered as in `labels.json`: 0 is O, 2k + 1 opens class k (B), 2k + 2 continues it (I).
"""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Tags = NDArray[np.int16]

_Path = tuple[float, tuple[Any, ...]]
"""The score of some tags in a row, and the tags: the last one and those before it, one in the other."""

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
    paths: dict[int, _Path] = {int(tags[start - 1]) if start else 0: (0.0, ())}
    choices: list[list[int]] = [[] for _ in range(end - start)]
    for place, tag in zip(*(axis.tolist() for axis in open_tags.nonzero()), strict=True):
        choices[place].append(tag)
    for row, allowed in zip(scores.tolist(), choices, strict=True):
        stepped: dict[int, _Path] = {}
        best = _find_best(paths, 0)
        for tag in allowed:
            found = best if tag % 2 or not tag else _find_best(paths, tag)
            if found is not None:
                stepped[tag] = (found[0] + row[tag], (tag, found[1]))
        paths = stepped
    last = _find_best(paths, int(tags[end]) if end < len(tags) else 0)
    words: list[int] = []
    path: tuple[Any, ...] = last[1] if last is not None else ()
    while path:
        words.append(path[0])
        path = path[1]
    tags[start:end] = words[::-1]


def _find_best(paths: dict[int, _Path], tag: int) -> _Path | None:
    """Return the path of the greatest score that the tag may follow: I-k follows B-k or I-k only."""
    if tag % 2 or not tag:
        return max(paths.values(), key=itemgetter(0), default=None)
    reach = [paths[left] for left in (tag - 1, tag) if left in paths]
    return max(reach, key=itemgetter(0), default=None)


def read_spans(tags: Tags) -> list[TagSpan]:
    """Return the spans of one sequence of valid tags, in order."""
    return split_spans(tags[None])[0]


def split_spans(tags: Tags) -> list[list[TagSpan]]:
    """Return the spans of each of m sequences of valid tags [m, n], in order."""
    spans: list[list[TagSpan]] = [[] for _ in tags]
    if not tags.size:
        return spans
    flat = tags.ravel()
    words = np.flatnonzero(flat)
    opens = np.flatnonzero(flat[words] % 2)
    # What follows a B up to the next one are the words of its span.
    counts = [*opens.tolist(), len(words)]
    firsts = words[opens]
    kinds = (flat[firsts] // 2).tolist()
    for first, kind, (before, after) in zip(firsts.tolist(), kinds, pairwise(counts), strict=True):
        row, start = divmod(first, tags.shape[1])
        spans[row].append(TagSpan(start, start + after - before, kind))
    return spans


def read_probabilities(scores: Scores) -> Scores:
    """Return the softmax over the last axis."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), np.float32)
