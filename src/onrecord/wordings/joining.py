"""scores of pairs -> groups: the best pair first, as long as groups are above a mean score on average."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
NEVER = -1e9
"""The score of a pair that must not be joined; no mean with it is above any threshold."""


def join_groups(scores: Scores, least: float, sizes: Sequence[float] = ()) -> list[list[int]]:
    """The groups of n things by agglomeration with mean links, each in order, by first member.

    `scores` is [n, n] and symmetric; its diagonal is not read. `sizes` weigh the things in the means. The
    same scores give the same groups; ties go to the earliest pair. Works in n^3 steps at worst: n is the
    mentions of one document, or the groups of one story.
    """
    count = len(scores)
    left: Scores = np.array(scores, dtype=np.float64)
    np.fill_diagonal(left, NEVER)
    weights = np.array(sizes or [1.0] * count)
    members = [[each] for each in range(count)]
    while count:
        one, other = divmod(int(left.argmax()), count)
        if left[one, other] <= least:
            break
        row = (left[one] * weights[one] + left[other] * weights[other]) / (weights[one] + weights[other])
        row[one] = NEVER
        left[one], left[:, one] = row, row
        left[other], left[:, other] = NEVER, NEVER
        weights[one] += weights[other]
        members[one] += members[other]
        members[other] = []
    return sorted(sorted(each) for each in members if each)
