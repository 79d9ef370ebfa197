"""arc scores -> one dependency tree a sentence.

Greedy heads where they form a tree with one root (nine sentences in ten), else Chu-Liu-Edmonds (McDonald et
al. 2005) under the most promising roots.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Indices = NDArray[np.int32]

_NEVER = -1e9
MOST_ROOTS = 6
"""Roots tried in a sentence; text of one word over and over would else have every word tried."""


def find_heads(arcs: Scores, starts: Indices) -> Indices:
    """Return the head of each of n words, -1 for a root; every sentence is one tree with one root.

    `arcs[dependent, head]` is [n + 1, n + 1] with the root word at 0; `starts` are the sorted 0-based word
    indices where sentences start, the first one 0.
    """
    count = arcs.shape[0] - 1
    if count == 0:
        return np.zeros(0, np.int32)
    sentence = np.zeros(count + 1, np.int32)
    sentence[1 + starts] = 1
    sentence = np.cumsum(sentence, dtype=np.int32)
    masked = np.where(sentence[:, None] == sentence[None, :], arcs, np.float32(_NEVER))
    masked[:, 0] = arcs[:, 0]
    np.fill_diagonal(masked, _NEVER)
    heads = masked.argmax(1)
    heads[0] = 0
    for first, last in _find_broken(heads, sentence, starts, count):
        words = np.r_[0, np.arange(first + 1, last + 1)]
        heads[words[1:]] = words[_span_tree(masked[np.ix_(words, words)])[1:]]
    return np.asarray(heads[1:] - 1, np.int32)


def _find_broken(
    heads: NDArray[np.int64], sentence: Indices, starts: Indices, count: int
) -> list[tuple[int, int]]:
    """Return the word ranges of the sentences whose greedy heads hold a cycle or not exactly one root."""
    reached = heads
    for _ in range(int(count).bit_length()):
        reached = reached[reached]
    bad = np.bincount(sentence[1:], weights=heads[1:] == 0, minlength=len(starts) + 1) != 1
    bad[sentence[1:][reached[1:] != 0]] = True
    bounds = np.r_[starts, count]
    return [(int(bounds[i]), int(bounds[i + 1])) for i in range(len(starts)) if bad[i + 1]]


def _span_tree(arcs: Scores) -> NDArray[np.int64]:
    """Return the heads of the best tree with one root; index 0 is the root word.

    Roots are tried in the order of what their greedy heads score, which no tree with that root can beat,
    until the next one's greedy score is below the best tree or MOST_ROOTS have been tried.
    """
    scores = arcs.astype(np.float64)
    scores[0, :] = _NEVER
    np.fill_diagonal(scores, 2 * _NEVER)
    words = np.arange(len(scores))
    to_root = scores[:, 0].copy()
    scores[1:, 0] = _NEVER
    hopes = to_root - scores.max(1)
    best: tuple[float, NDArray[np.int64]] | None = None
    for root in (1 + np.argsort(-hopes[1:], kind="stable")[:MOST_ROOTS]).tolist():
        if best is not None and best[0] >= scores[1:].max(1).sum() + hopes[root]:
            break
        rooted = scores.copy()
        rooted[root] = _NEVER
        rooted[root, 0] = to_root[root]
        heads = _contract(rooted)
        value = float(rooted[words, heads][1:].sum())
        if best is None or value > best[0]:
            best = value, heads
    return best[1] if best is not None else np.zeros(1, np.int64)


def _contract(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the best heads: all cycles of the greedy ones are drawn together at once, until none is left."""
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    group = _group_cycles(heads)
    if group is None:
        return heads
    cyclic = np.bincount(group)[group] > 1
    # Entering a cycle at a word gives up the arc that the cycle has into that word.
    costs = np.where(cyclic, scores[np.arange(len(heads)), heads], 0)
    entering = scores - costs[:, None]
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(group.max() + 1))
    from_group = np.maximum.reduceat(entering[:, order], bounds, axis=1)
    between = np.maximum.reduceat(from_group[order], bounds, axis=0)
    between[0] = _NEVER
    np.fill_diagonal(between, 4 * _NEVER)
    outer = _contract(between)
    # The word of each group that the arc from outside enters, and that arc's head inside its own group.
    value = from_group[np.arange(len(heads)), outer[group]]
    entered = order[bounds]
    for number in np.flatnonzero(np.bincount(group) > 1).tolist():
        members = np.flatnonzero(group == number)
        entered[number] = members[value[members].argmax()]
    inside = group[None, :] == outer[1:, None]
    result = heads.copy()
    result[entered[1:]] = np.where(inside, entering[entered[1:]], -np.inf).argmax(1)
    return result


def _group_cycles(heads: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return each word's group number, which the words of a cycle share (root: 0), or None without cycles."""
    seen = [0] * len(heads)
    group = [-1] * len(heads)
    found = False
    steps = heads.tolist()
    for start in range(1, len(steps)):
        word = start
        while word != 0 and seen[word] == 0:
            seen[word] = start
            word = steps[word]
        if word != 0 and seen[word] == start and group[word] < 0:
            found = True
            while group[word] < 0:
                group[word] = start
                word = steps[word]
    if not found:
        return None
    numbers = [start if start >= 0 else word for word, start in enumerate(group)]
    # A cycle found from `start` may not hold `start` itself: its number must not be that word's.
    numbers = [number if group[word] < 0 else number + len(steps) for word, number in enumerate(numbers)]
    return np.asarray(np.unique(numbers, return_inverse=True)[1], np.int64)
