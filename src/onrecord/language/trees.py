"""arc scores -> one dependency tree a sentence.

Greedy heads where they form a tree with one root (nine sentences in ten), else Chu-Liu-Edmonds (McDonald et
al. 2005) under the most promising roots.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
    bounds = [*starts.tolist(), count]
    # Words of a sentence look for their heads in it or at the root: all other arcs are blotted out.
    inside = np.full(arcs.shape, _NEVER, np.float32)
    inside[:, 0] = arcs[:, 0]
    for first, last in pairwise(bounds):
        here = slice(first + 1, last + 1)
        inside[here, here] = arcs[here, here]
    inside.ravel()[:: count + 2] = _NEVER
    heads = inside.argmax(1)
    heads[0] = 0
    for first, last in _find_broken(heads, bounds):
        words = np.arange(first, last + 1)
        words[0] = 0
        heads[first + 1 : last + 1] = words[_span_tree(inside[words[:, None], words])[1:]]
    return np.asarray(heads[1:] - 1, np.int32)


def _find_broken(heads: NDArray[np.int64], bounds: Sequence[int]) -> list[tuple[int, int]]:
    """Return the word ranges of the sentences whose greedy heads hold a cycle or not exactly one root."""
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    # A word that leads to no root counts as two roots do.
    faults = ((heads == 0) + 2 * (reached != 0))[1:]
    roots = np.add.reduceat(faults, bounds[:-1]).tolist()
    return [here for here, found in zip(pairwise(bounds), roots, strict=True) if found != 1]


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
    greedy = scores.max(1)
    hopes, most = to_root - greedy, greedy[1:].sum()
    best: tuple[float, NDArray[np.int64]] | None = None
    for root in (1 + np.argsort(-hopes[1:], kind="stable")[:MOST_ROOTS]).tolist():
        if best is not None and best[0] >= most + hopes[root]:
            break
        rooted = scores.copy()
        rooted[root] = _NEVER
        rooted[root, 0] = to_root[root]
        heads = _open_cycles(rooted)
        value = float(rooted[words, heads][1:].sum())
        if best is None or value > best[0]:
            best = value, heads
    return best[1] if best is not None else np.zeros(1, np.int64)


def _open_cycles(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the best heads: the greedy ones, every cycle opened where it costs least.

    That is the best tree wherever it is one: each cycle drawn together to one word takes its best head then.
    Elsewhere new cycles hold old ones, and these are drawn together for good.
    """
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    cycles = _find_cycles(heads)
    for cycle in cycles:
        # Entering a cycle at a word gives up the arc that the cycle has into that word.
        entering = scores[cycle] - scores[cycle, heads[cycle]][:, None]
        entering[:, cycle] = -np.inf
        word, head = divmod(int(entering.argmax()), len(scores))
        heads[cycle[word]] = head
    return _contract(scores) if cycles and _find_cycles(heads) else heads


def _contract(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the best heads: all cycles of the greedy ones are drawn together at once, until none is left."""
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    cycles = _find_cycles(heads)
    if not cycles:
        return heads
    group = _number_groups(len(heads), cycles)
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


def _find_cycles(heads: NDArray[np.int64]) -> list[list[int]]:
    """Return the words of each cycle."""
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    # So many steps on, each word that leads to no root stands in a cycle, and no word of one is left out.
    looped = set(reached.tolist()) - {0}
    cycles: list[list[int]] = []
    steps = heads.tolist() if looped else []
    while looped:
        word = min(looped)
        cycles.append([])
        while word in looped:
            looped.remove(word)
            cycles[-1].append(word)
            word = steps[word]
    return cycles


def _number_groups(count: int, cycles: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Return each word's group number, which the words of a cycle share (root: 0)."""
    firsts = np.arange(count)
    for cycle in cycles:
        firsts[cycle] = cycle[0]
    numbers = np.cumsum(firsts == np.arange(count)) - 1
    return np.asarray(numbers[firsts], np.int64)
