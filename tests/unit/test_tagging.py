"""Best valid tags, against every sequence there is."""

from itertools import product

import numpy as np
import pytest

from onrecord.language.tagging import IMPOSSIBLE, TagSpan, find_tags, read_probabilities, read_spans


def is_valid(tags: tuple[int, ...]) -> bool:
    """I-k stands after B-k or I-k only."""
    before = (0, *tags[:-1])
    return all(tag == 0 or tag % 2 or left in (tag, tag - 1) for left, tag in zip(before, tags, strict=True))


@pytest.mark.parametrize("size", [3, 5, 7])
def test_tags_are_the_best_valid_ones(size: int) -> None:
    length = 4
    valid = [tags for tags in product(range(size), repeat=length) if is_valid(tags)]
    scores = np.random.default_rng(size).normal(size=(50, length, size)).astype(np.float32)
    found = find_tags(scores)
    for sequence, tags in zip(scores, found, strict=True):
        best = max(sum(sequence[i, t] for i, t in enumerate(path)) for path in valid)
        assert is_valid(tuple(tags))
        assert sum(sequence[i, t] for i, t in enumerate(tags)) == pytest.approx(best, abs=1e-5)


def test_impossible_tags_are_never_taken() -> None:
    random = np.random.default_rng(3)
    scores = random.normal(scale=3, size=(80, 5, 5)).astype(np.float32)
    scores[:, 1:, 1] = IMPOSSIBLE
    valid = [tags for tags in product(range(5), repeat=5) if is_valid(tags) and 1 not in tags[1:]]
    for sequence, tags in zip(scores, find_tags(scores), strict=True):
        best = max(sum(sequence[i, t] for i, t in enumerate(path)) for path in valid)
        assert sum(sequence[i, t] for i, t in enumerate(tags)) == pytest.approx(best, abs=1e-4)


def test_spans_are_read_off_tags() -> None:
    tags = np.array([1, 2, 1, 0, 3, 4, 4, 1], np.int16)
    assert read_spans(tags) == [TagSpan(0, 2, 0), TagSpan(2, 3, 0), TagSpan(4, 7, 1), TagSpan(7, 8, 0)]
    assert read_spans(np.zeros(0, np.int16)) == []


def test_probabilities_sum_to_one() -> None:
    scores = np.array([[1000.0, 0.0, -1000.0], [0.0, 0.0, 0.0]], np.float32)
    assert read_probabilities(scores).sum(-1) == pytest.approx([1, 1])


def test_nothing_in_nothing_out() -> None:
    assert find_tags(np.zeros((0, 5, 7), np.float32)).shape == (0, 5)
    assert find_tags(np.zeros((2, 0, 7), np.float32)).shape == (2, 0)
