"""scores of pairs -> groups: the best pair first, as long as groups are above a mean score on average."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
NEVER: Final = -1e9
"""The score of a pair that must not be joined."""
BARRED: Final = -1e5
"""A mean below this has such a pair in it."""


BEST: Final = 0.3
"""How much the best pair of two groups counts beside the mean of all; tried on train parts: 0, 0.3, 0.5."""


def join_groups(scores: Scores, least: float) -> list[list[int]]:
    """The groups of n things by agglomeration, each in order, by first member.

    `scores` is [n, n] and symmetric; its diagonal is not read. Two groups are as close as the mean of their
    pairs and the best of them (`BEST`). The same scores give the same groups; ties go to the earliest pair.
    n^3 steps at worst: n is the mentions of one document, or the groups of one story.
    """
    count = len(scores)
    mean: Scores = np.array(scores, dtype=np.float64)
    np.fill_diagonal(mean, NEVER)
    best, close = mean.copy(), mean.copy()
    sizes = np.ones(count)
    members = [[each] for each in range(count)]
    while count:
        one, other = divmod(int(close.argmax()), count)
        if close[one, other] <= least:
            break
        total = sizes[one] + sizes[other]
        average = (mean[one] * sizes[one] + mean[other] * sizes[other]) / total
        highest = np.maximum(best[one], best[other])
        both = np.where(average < BARRED, NEVER, (1 - BEST) * average + BEST * highest)
        for table, row in ((mean, average), (best, highest), (close, both)):
            row[one] = NEVER
            table[one], table[:, one] = row, row
            table[other], table[:, other] = NEVER, NEVER
        sizes[one] = total
        members[one] += members[other]
        members[other] = []
    return sorted(sorted(each) for each in members if each)
