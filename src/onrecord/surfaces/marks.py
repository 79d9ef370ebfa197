"""a text and the spans marked in it -> lines cut into pieces, each with the marks that lie over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

Layer = Literal["speaker", "cue", "content", "litter", "credit", "title", "quoted"]

_LINE: Final = re.compile("[^\r\n\u2028\u2029]+")


class Mark(NamedTuple):
    """One marked stretch of the text, in code points."""

    start: int
    end: int
    layer: Layer
    number: int = -1
    """Its statement's place in the list, if it belongs to one."""


class Piece(NamedTuple):
    """A stretch over which the marks do not change."""

    start: int
    end: int
    marks: tuple[Mark, ...]


class Line(NamedTuple):
    """One line of the text without its line break; `after_gap`: a blank line stands before it."""

    start: int
    end: int
    after_gap: bool
    pieces: tuple[Piece, ...]


def cut_lines(text: str, marks: Iterable[Mark]) -> list[Line]:
    """The lines that are not blank, in order, each cut where a mark begins or ends. Marks may overlap and
    cross in any way; those that lie outside the text are clipped."""
    ordered = sorted(mark for mark in marks if mark.start < mark.end)
    lines: list[Line] = []
    active: list[Mark] = []
    upcoming = 0
    previous_end = 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        if not found[0].strip():
            continue
        while upcoming < len(ordered) and ordered[upcoming].start < end:
            active.append(ordered[upcoming])
            upcoming += 1
        active = [mark for mark in active if mark.end > start]
        gap = bool(lines) and _count_breaks(text, previous_end, start) > 1
        lines.append(Line(start, end, gap, tuple(_cut_pieces(start, end, active))))
        previous_end = end
    return lines


def _cut_pieces(start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    bounds = {start, end}
    for mark in marks:
        bounds.update(bound for bound in (mark.start, mark.end) if start < bound < end)
    ordered = sorted(bounds)
    active: list[Mark] = []
    upcoming = 0
    for left, right in pairwise(ordered):
        while upcoming < len(marks) and marks[upcoming].start <= left:
            active.append(marks[upcoming])
            upcoming += 1
        active = [mark for mark in active if mark.end > left]
        yield Piece(left, right, tuple(active))


def _count_breaks(text: str, start: int, end: int) -> int:
    between = text[start:end].replace("\r\n", "\n")
    return sum(between.count(mark) for mark in "\n\r\u2028\u2029")
