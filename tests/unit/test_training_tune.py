"""The fitting of calibrations and the choice of the least score."""

import numpy as np
import pytest

from training.tune import choose_keep, fit_logistic


def test_a_known_curve_is_found_again() -> None:
    random = np.random.default_rng(5)
    evidence = np.column_stack([np.ones(20_000), random.normal(size=(20_000, 2))])
    weights = np.array([-0.5, 1.5, 0.0])
    right = (random.random(20_000) < 1 / (1 + np.exp(-evidence @ weights))).astype(float)
    assert fit_logistic(evidence, right) == pytest.approx(weights, abs=0.12)


def test_the_least_score_with_the_best_f1_is_chosen() -> None:
    chance = np.array([0.9, 0.8, 0.6, 0.3, 0.2])
    hits = np.array([1.0, 1.0, 1.0, 0.0, 0.0])
    keep, best = choose_keep(chance, hits, 4)
    assert 0.3 < keep <= 0.6
    assert best == pytest.approx(2 * 3 / (3 + 4), abs=1e-4)
