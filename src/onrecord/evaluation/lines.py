"""lines of a page, which are the article, which were kept -> line F1 and word-weighted F1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.evaluation.counts import Counts, Figures, measure_counts
from onrecord.evaluation.spans import Chars, count_overlap

MOSTLY = 0.5
"""A line is litter when at least this share of its characters is."""


class PageLines(NamedTuple):
    """The lines of one page: their words, whether they are the article, whether they were kept."""

    words: Sequence[int]
    article: Sequence[bool]
    kept: Sequence[bool]


def build_page(lines: Sequence[tuple[str, bool]], kept: Sequence[bool]) -> PageLines:
    """A page from its lines `(text, is the article)` and the decision on each; words are cut at blanks."""
    return PageLines([len(text.split()) for text, _ in lines], [article for _, article in lines], kept)


def locate_lines(lines: Sequence[str]) -> list[Chars]:
    """Where each line stands when the lines are joined by line feeds."""
    located: list[Chars] = []
    place = 0
    for line in lines:
        located.append((place, place + len(line)))
        place += len(line) + 1
    return located


def keep_lines(lines: Sequence[Chars], litter: Sequence[Chars]) -> list[bool]:
    """For each line whether it is kept: less than half of it is litter (litter spans are disjoint)."""
    return [count_overlap([line], litter) < MOSTLY * max(1, line[1] - line[0]) for line in lines]


def count_lines(page: PageLines) -> Counts:
    """Article lines kept, lines kept, article lines; lines without a word are passed over."""
    rows = [row for row in zip(page.words, page.article, page.kept, strict=True) if row[0]]
    return Counts(
        sum(article and kept for _, article, kept in rows),
        sum(kept for _, _, kept in rows),
        sum(article for _, article, _ in rows),
    )


def count_words(page: PageLines) -> Counts:
    """The same with each line weighing its words."""
    rows = list(zip(page.words, page.article, page.kept, strict=True))
    return Counts(
        sum(words for words, article, kept in rows if article and kept),
        sum(words for words, _, kept in rows if kept),
        sum(words for words, article, _ in rows if article),
    )


def score_lines(pages: Sequence[PageLines], *, data: str, system: str = "model") -> Figures:
    """Line F1 and word precision, recall and F1, pooled over pages, with bootstrap intervals by page."""
    lines, words = [count_lines(page) for page in pages], [count_words(page) for page in pages]
    measures = (
        measure_counts("line F1", lines),
        measure_counts("word F1", words),
        measure_counts("word precision", words, score="precision"),
        measure_counts("word recall", words, score="recall"),
    )
    return Figures(task="lines", data=data, system=system, measures=measures)
