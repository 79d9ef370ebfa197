"""Heads from arc scores, against every tree there is."""

from itertools import product

import numpy as np
import pytest

from onrecord.language.trees import find_heads


def list_trees(count: int) -> list[tuple[int, ...]]:
    """All head tuples (0 = root) of single-rooted trees over `count` words."""
    trees = []
    for heads in product(range(count + 1), repeat=count):
        if sum(head == 0 for head in heads) != 1:
            continue
        reached = True
        for word in range(1, count + 1):
            at, steps = word, 0
            while at and steps <= count:
                at, steps = heads[at - 1], steps + 1
            reached = reached and at == 0
        if reached:
            trees.append(heads)
    return trees


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_heads_are_the_best_tree(count: int) -> None:
    trees = list_trees(count)
    assert len(trees) == count ** (count - 1)
    random = np.random.default_rng(count)
    for _ in range(60):
        arcs = random.normal(scale=3, size=(count + 1, count + 1)).astype(np.float32)
        best = max(trees, key=lambda heads: sum(arcs[d + 1, h] for d, h in enumerate(heads)))
        found = find_heads(arcs, np.array([0], np.int32))
        score = sum(arcs[d + 1, h + 1] for d, h in enumerate(found))
        assert tuple(found + 1) in trees
        assert score == pytest.approx(sum(arcs[d + 1, h] for d, h in enumerate(best)), abs=1e-4)


def test_sentences_do_not_share_arcs() -> None:
    random = np.random.default_rng(7)
    starts = np.array([0, 3, 4, 9], np.int32)
    for _ in range(40):
        arcs = random.normal(scale=4, size=(13, 13)).astype(np.float32)
        heads = find_heads(arcs, starts)
        for first, last in ((0, 3), (3, 4), (4, 9), (9, 12)):
            inside = heads[first:last]
            assert (inside == -1).sum() == 1
            assert all(head == -1 or first <= head < last for head in inside)
            for word in range(first, last):
                at, steps = word, 0
                while at != -1:
                    at, steps = heads[at], steps + 1
                    assert steps < 13


def test_a_long_chain_of_cycles_is_undone() -> None:
    size = 200
    arcs = np.zeros((size + 1, size + 1), np.float32)
    for word in range(1, size, 2):
        arcs[word, word + 1] = arcs[word + 1, word] = 9
    heads = find_heads(arcs, np.array([0], np.int32))
    assert (heads == -1).sum() == 1


def test_no_words_no_heads() -> None:
    assert find_heads(np.zeros((1, 1), np.float32), np.zeros(0, np.int32)).shape == (0,)
