"""arc scores -> one dependency tree a sentence.

Greedy heads where they form a tree with one root (nine sentences in ten), else Chu-Liu-Edmonds (McDonald et
al. 2005), with roots made so dear that exactly one is taken.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Indices = NDArray[np.int32]

_NEVER = -1e9
_DEAR_ROOT = 1e4
"""Added to the cost of every root arc: a second root is then never worth it (logits stay far below)."""


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
    """Return the heads of the best tree with one root; index 0 is the root word."""
    scores = arcs.astype(np.float64)
    scores[0, :] = _NEVER
    scores[1:, 0] -= _DEAR_ROOT
    np.fill_diagonal(scores, 2 * _NEVER)
    return _contract(scores)


def _contract(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    size = len(rest)
    smaller = np.full((size + 1, size + 1), 2 * _NEVER)
    smaller[:size, :size] = scores[np.ix_(rest, rest)]
    leaving = scores[np.ix_(rest, cycle)]
    smaller[:size, size] = leaving.max(1)
    # Entering the cycle at a word gives up the arc that the cycle has into that word.
    entering = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    smaller[size, :size] = entering.max(0)
    smaller[0, :] = 2 * _NEVER
    outer = _contract(smaller)
    result = heads.copy()
    for position in range(1, size):
        head = outer[position]
        result[rest[position]] = rest[head] if head < size else cycle[leaving[position].argmax()]
    entry = outer[size]
    result[cycle[entering[:, entry].argmax()]] = rest[entry]
    return result


def _find_cycle(heads: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return the words of one cycle, or None when all words lead to the root."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        word = start
        while word != 0 and seen[word] == 0:
            seen[word] = start
            word = int(heads[word])
        if word != 0 and seen[word] == start:
            cycle = [word]
            while heads[cycle[-1]] != word:
                cycle.append(int(heads[cycle[-1]]))
            return np.array(cycle)
    return None
