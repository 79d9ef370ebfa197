"""text blocks of a page + lines that an extractor kept -> which blocks those lines are.

The extractor gives words, not places; a line can stand on a page more than once (menu and article), or be put
together from several blocks. Words are matched in runs, and a run that could stand in several places is put
nearest to the lines that can stand in one only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

WORD = re.compile(r"\w+")
RUN = 4
"""Words in a run: the shortest that is mostly unique on a page."""
MAX_PLACES = 64
"""Places kept for one run; a run with more is furniture."""


class _Page:
    """All words of the page in order, and where each run of them starts."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self.words: list[str] = []
        self.firsts: list[int] = []
        for block in blocks:
            self.firsts.append(len(self.words))
            self.words.extend(WORD.findall(block.casefold()))
        self.firsts.append(len(self.words))
        self.places: dict[tuple[str, ...], list[int]] = {}
        for size in range(1, RUN + 1):
            for start in range(len(self.words) - size + 1):
                places = self.places.setdefault(tuple(self.words[start : start + size]), [])
                if len(places) < MAX_PLACES:
                    places.append(start)

    def find(self, words: list[str]) -> list[int]:
        """Where all these words stand in a row."""
        starts = self.places.get(tuple(words[:RUN]), [])
        return [start for start in starts if self.words[start : start + len(words)] == words]


def _choose_nearest(places: Sequence[int], expected: int) -> int:
    at = bisect_left(places, expected)
    near = places[max(0, at - 1) : at + 1]
    return min(near, key=lambda place: (abs(place - expected), place))


def _expect_places(found: Sequence[Sequence[int]]) -> list[int]:
    """For each line the place of the nearest line before it (else after it) that stands in one place only."""
    expected: list[int | None] = []
    last: int | None = None
    for places in found:
        last = places[0] if len(places) == 1 else last
        expected.append(last)
    following = 0
    for index in range(len(found) - 1, -1, -1):
        following = found[index][0] if len(found[index]) == 1 else following
        if expected[index] is None:
            expected[index] = following
    return [place or 0 for place in expected]


def match_blocks(blocks: Sequence[str], lines: Sequence[str]) -> list[float]:
    """For each block the share of its words that the lines cover (0-1); -1 for a block without words."""
    page = _Page(blocks)
    covered = bytearray(len(page.words))
    kept = [words for line in lines if (words := WORD.findall(line.casefold()))]
    found = [page.find(words) for words in kept]
    cursor = 0
    for words, places, expected in zip(kept, found, _expect_places(found), strict=True):
        if places:
            start = _choose_nearest(places, max(expected, cursor) if expected else cursor)
            covered[start : start + len(words)] = b"\x01" * len(words)
            cursor = start + len(words)
        else:
            cursor = _cover_runs(page, words, covered, max(expected, cursor))
    shares = []
    for first, end in zip(page.firsts, page.firsts[1:], strict=False):
        shares.append(sum(covered[first:end]) / (end - first) if end > first else -1.0)
    return shares


def _cover_runs(page: _Page, words: list[str], covered: bytearray, cursor: int) -> int:
    """Covers a line that is nowhere as a whole, run by run; returns the place after it."""
    if len(words) < RUN:
        return cursor
    for start in range(len(words) - RUN + 1):
        places = page.places.get(tuple(words[start : start + RUN]))
        if places:
            place = _choose_nearest(places, cursor)
            covered[place : place + RUN] = b"\x01" * RUN
            cursor = place + 1
    return cursor
