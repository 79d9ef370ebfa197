"""scores and whether each was right -> reliability table, calibration error, precision and recall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Case = TypeVar("Case")
Answer = tuple[float, bool]
"""A score, and whether what it was given for is right."""
THRESHOLDS = tuple(tenth / 10 for tenth in range(10))


class Bin(NamedTuple):
    """Scores in [low, high): how many, their mean, and the share that was right."""

    low: float
    high: float
    size: int
    score: float
    right: float


def build_reliability(answers: Sequence[Answer], *, bins: int = 10) -> list[Bin]:
    """The reliability table of `(score, right)` answers in equal bins of 0-1 (a score of 1 is in the last
    one); empty bins are left out.

    Raises ValueError for a score outside 0-1.
    """
    filled: dict[int, list[Answer]] = {}
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


def measure_miscalibration(answers: Sequence[Answer], *, bins: int = 10) -> float:
    """Expected calibration error: the mean distance of score and share right, weighted by the bins' sizes
    (Naeini et al. 2015); 0 for no answers.
    """
    table = build_reliability(answers, bins=bins)
    total = sum(each.size for each in table)
    return sum(each.size * abs(each.score - each.right) for each in table) / total if total else 0.0


def build_curve(
    answers: Sequence[Answer], gold: int
) -> tuple[tuple[float, int, float | None, float | None], ...]:
    """(threshold, how many score at least that, their precision, recall of `gold` things) for 0, .1 … .9;
    None for a share of nothing.
    """
    rows = []
    for threshold in THRESHOLDS:
        kept = [right for score, right in answers if score >= threshold]
        precision = sum(kept) / len(kept) if kept else None
        rows.append((threshold, len(kept), precision, sum(kept) / gold if gold else None))
    return tuple(rows)


def cross_score(
    cases: Sequence[Case],
    articles: Sequence[object],
    fit: Callable[[Sequence[Case]], Callable[[Case], float]],
) -> list[float]:
    """Each case's score by a fit on the other half of the articles: what a calibration that was fitted on all
    of them would be worth elsewhere. With `measure_miscalibration` it gives the cross-fitted error.

    `articles` names each case's article; every other article, in order of first appearance, is one half.
    `fit` makes a scorer from cases; it is called twice.
    """
    order = {name: place for place, name in enumerate(dict.fromkeys(articles))}
    halves = [order[name] % 2 for name in articles]
    scorers = [fit([case for case, half in zip(cases, halves, strict=True) if half != own]) for own in (0, 1)]
    return [scorers[half](case) for case, half in zip(cases, halves, strict=True)]
