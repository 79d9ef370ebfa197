"""hits, predicted, gold -> precision, recall, F1, and how far they would move on other articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np

Unit = TypeVar("Unit")

RESAMPLES = 1000
SEED = 7


class Counts(NamedTuple):
    """Pooled counts of one decision: what was right, what was said, what is true."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both counts pooled."""
        return Counts(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 1 when nothing was said and nothing is true, else 0."""
        return self.hits / self.predicted if self.predicted else float(self.gold == 0)

    @property
    def recall(self) -> float:
        """Share of what is true that was said; 1 when nothing is true and nothing was said, else 0."""
        return self.hits / self.gold if self.gold else float(self.predicted == 0)

    @property
    def f1(self) -> float:
        """2 * hits / (predicted + gold), which is 2PR/(P+R); 1 when both are empty."""
        total = self.predicted + self.gold
        return 2 * self.hits / total if total else 1.0


def count_sets(predicted: Iterable[object], gold: Iterable[object]) -> Counts:
    """Counts of two sets: hits are the members of both."""
    said, true = set(predicted), set(gold)
    return Counts(len(said & true), len(said), len(true))


def pool_counts(counts: Iterable[Counts]) -> Counts:
    """The sum of many counts."""
    total = Counts()
    for each in counts:
        total = total.plus(each)
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure: its name, its value (0-1 unless the unit says else) and its 95 % interval."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    gold: int | None = None
    """How many gold items the figure rests on."""
    counted: bool = False
    """The value is a number of things, not a share."""


Cell = int | float | None
"""A number of things, a share, or nothing to have a share of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures that are read row by row: a reliability table, a curve."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one task gave on one gold file."""

    task: str
    data: str
    """Name of the gold file or set."""
    system: str
    """What was measured: "model", "rules" or a name of the caller's."""
    measures: tuple[Measure, ...]
    notes: tuple[str, ...] = field(default=())
    tables: tuple[Table, ...] = field(default=())

    def value(self, name: str) -> float:
        """The value of one measure; raises KeyError when there is none of that name."""
        return self.measure(name).value

    def measure(self, name: str) -> Measure:
        """One measure by name; raises KeyError when there is none."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise KeyError(name)


def bootstrap_interval(
    units: Sequence[Unit],
    statistic: Callable[[Sequence[Unit]], float],
    *,
    resamples: int = RESAMPLES,
    level: float = 0.95,
) -> tuple[float, float]:
    """The percentile interval of a statistic over resampled units (Efron 1979), seeded: same in, same out.

    Returns the plain value twice when there are fewer than two units.
    """
    if len(units) < 2:
        value = statistic(units)
        return value, value
    draws = np.random.default_rng(SEED).integers(0, len(units), (resamples, len(units)))
    values = [statistic([units[i] for i in draw]) for draw in draws]
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def measure_counts(name: str, units: Sequence[Counts], *, score: str = "f1") -> Measure:
    """One pooled figure (`f1`, `precision` or `recall`) with its bootstrap interval over the units."""
    total = pool_counts(units)
    if len(units) < 2:
        low = high = float(getattr(total, score))
    else:
        low, high = _resample_counts(np.array(units, dtype=np.int64), score)
    return Measure(name=name, value=float(getattr(total, score)), low=low, high=high, gold=total.gold)


def _resample_counts(units: np.ndarray, score: str) -> tuple[float, float]:
    draws = np.random.default_rng(SEED).integers(0, len(units), (RESAMPLES, len(units)))
    sums = units[draws].sum(axis=1)
    values = [getattr(Counts(*(int(v) for v in row)), score) for row in sums]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
