"""text and day found on web pages + gold -> shingle F1, segment F1, dates right, answered and wrongly
sure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.evaluation.counts import Counts, Figures, Measure, bootstrap_interval, measure_counts

SHINGLE = 4
_WORD = re.compile(r"\w+")


class ShingleScore(NamedTuple):
    """Precision and recall of one page; None where it is not defined (nothing said, or nothing to find)."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float:
        """F1 of the page; 1 when there is nothing to find and nothing was said."""
        if self.precision is None and self.recall is None:
            return 1.0
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class FoundDate(NamedTuple):
    """The gold day of a page, the day that was found (None = no answer), and whether it was called sure."""

    gold: str | None
    found: str | None
    sure: bool


def cut_shingles(text: str) -> Counter[tuple[str, ...]]:
    """The word 4-grams of a text as a multiset; a shorter text is one shingle, one without words none."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    count = max(1, len(words) - SHINGLE + 1)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(count))


def score_shingles(found: str, gold: str) -> ShingleScore:
    """The shingle score of one page (the article-extraction-benchmark's)."""
    ours, theirs = cut_shingles(found), cut_shingles(gold)
    shared = (ours & theirs).total()
    return ShingleScore(shared / ours.total() if ours else None, shared / theirs.total() if theirs else None)


def average_shingles(scores: Sequence[ShingleScore]) -> float:
    """F1 of the averages: precision and recall averaged over the pages where each is defined."""
    precision = _mean([score.precision for score in scores if score.precision is not None])
    recall = _mean([score.recall for score in scores if score.recall is not None])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def count_segments(found: str, *, wanted: Sequence[str], unwanted: Sequence[str]) -> Counts:
    """Segments of one page: a wanted one that is in the text is a hit, an unwanted one a false positive."""
    hits = sum(segment in found for segment in wanted)
    return Counts(hits, hits + sum(segment in found for segment in unwanted), len(wanted))


def score_text(
    bodies: Sequence[tuple[str, str]], segments: Sequence[Counts], *, data: str, system: str = "model"
) -> Figures:
    """Main text: `bodies` are pairs (found, gold text), `segments` the counts of pages with segment gold."""
    measures: list[Measure] = []
    if bodies:
        scores = [score_shingles(found, gold) for found, gold in bodies]
        low, high = bootstrap_interval(scores, average_shingles)
        size = len(scores)
        measures.append(
            Measure(name="shingle F1", value=average_shingles(scores), low=low, high=high, gold=size)
        )
        poor = sum(score.f1 < 0.8 for score in scores) / size
        measures.append(Measure(name="pages below .8", value=poor, gold=size))
    if segments:
        measures.append(measure_counts("segment F1", segments))
    return Figures(task="text", data=data, system=system, measures=tuple(measures))


def score_dates(dates: Sequence[FoundDate], *, data: str, system: str = "model") -> Figures:
    """Share of days right, answered and called sure, and errors among the sure ones, of pages with a gold
    day.

    `wrong among sure` counts in its `gold` how many answers were called sure; `wrongly sure` is their number.
    """
    known = [date for date in dates if date.gold]
    right = [date.found == date.gold for date in known]
    sure = [date for date in known if date.sure and date.found]
    wrong = sum(date.found != date.gold for date in sure)
    size = len(known)
    measures = (
        measure_counts("dates right", [Counts(ok, 1, 1) for ok in right], score="recall"),
        measure_counts(
            "dates answered", [Counts(date.found is not None, 1, 1) for date in known], score="recall"
        ),
        Measure(name="dates sure", value=len(sure) / size if size else 0.0, gold=size),
        Measure(name="wrong among sure", value=wrong / len(sure) if sure else 0.0, gold=len(sure)),
        Measure(name="wrongly sure", value=float(wrong), gold=len(sure), counted=True),
    )
    return Figures(task="dates", data=data, system=system, measures=measures)
