"""scores and whether each was right -> reliability table and expected calibration error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Bin(NamedTuple):
    """Scores in [low, high): how many, their mean, and the share that was right."""

    low: float
    high: float
    size: int
    score: float
    right: float


def build_reliability(answers: Sequence[tuple[float, bool]], *, bins: int = 10) -> list[Bin]:
    """The reliability table of `(score, right)` answers in equal bins of 0-1 (a score of 1 is in the last
    one); empty bins are left out.

    Raises ValueError for a score outside 0-1.
    """
    filled: dict[int, list[tuple[float, bool]]] = {}
    for score, right in answers:
        if not 0 <= score <= 1:
            raise ValueError(f"a score of {score} is no probability")
        filled.setdefault(min(int(score * bins), bins - 1), []).append((score, right))
    return [
        Bin(
            index / bins,
            (index + 1) / bins,
            len(members),
            sum(score for score, _ in members) / len(members),
            sum(right for _, right in members) / len(members),
        )
        for index, members in sorted(filled.items())
    ]


def measure_miscalibration(answers: Sequence[tuple[float, bool]], *, bins: int = 10) -> float:
    """Expected calibration error: the mean distance of score and share right, weighted by the bins' sizes
    (Naeini et al. 2015); 0 for no answers.
    """
    table = build_reliability(answers, bins=bins)
    total = sum(each.size for each in table)
    return sum(each.size * abs(each.score - each.right) for each in table) / total if total else 0.0
