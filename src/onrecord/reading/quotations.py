"""text -> the stretches between quotation marks, whatever marks the outlet uses.

Marks are paired within a line. Curly and angle marks tell their side; a straight mark takes its side from its
neighbours and from whether one is open. A line that opens and never closes runs to its end and may go on in
the next line that opens again (the newspaper convention for quotations over several paragraphs).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.records import Span

OPENING = {"“": "”", "„": "“”", "«": "»", "‘": "’'", "‹": "›"}
CLOSING = frozenset("”»’›")
STRAIGHT = '"'
LINE = re.compile(r"[^\r\n]+")
MARK = re.compile("[“„«‘‹\"']")
MAX_SINGLE = 600
"""Code points that a quotation in single marks may span: beyond that an apostrophe was taken for a mark."""

MIN_SINGLE = 5
"""Shorter stretches in single marks are contractions ("rock 'n' roll")."""


class QuotedSpan(NamedTuple):
    """A stretch between quotation marks, the marks included."""

    start: int
    end: int
    closed: bool
    """False when the line ends before the mark is closed."""
    continues: bool
    """It goes on from an unclosed one in an earlier line."""


def find_quoted_spans(text: str, litter: Sequence[Span] = ()) -> tuple[QuotedSpan, ...]:
    """Outermost quoted stretches in order; lines that touch litter are passed over."""
    found: list[QuotedSpan] = []
    is_open = False
    marked = sorted(litter)
    at = 0
    for line in LINE.finditer(text):
        if not line.group().strip():
            continue
        while at < len(marked) and marked[at].end <= line.start():
            at += 1
        if at < len(marked) and marked[at].start < line.end():
            continue
        spans = list(_quoted_in_line(text, line.start(), line.end()))
        if is_open and spans and not text[line.start() : spans[0].start].strip():
            spans[0] = spans[0]._replace(continues=True)
        is_open = bool(spans) and not spans[-1].closed
        found.extend(spans)
    return tuple(found)


def _quoted_in_line(text: str, first: int, last: int) -> Iterator[QuotedSpan]:
    here = first
    while (mark := MARK.search(text, here, last)) is not None:
        here = mark.start()
        closers = _opens_at(text, here, first, last)
        if closers is None:
            here += 1
            continue
        end = _find_close(text, here, last, closers)
        if closers in {"’'", "'"} and (end is None or end - here < MIN_SINGLE):
            here += 1
            continue
        yield QuotedSpan(here, last if end is None else end, end is not None, False)
        here = last if end is None else end


def _opens_at(text: str, here: int, first: int, last: int) -> str | None:
    """The marks that would close a quotation opening here; none when nothing opens here."""
    mark = text[here]
    before = text[here - 1] if here > first else " "
    after = text[here + 1] if here + 1 < last else " "
    if mark == "‘":
        return "’'" if not before.isalnum() and not after.isspace() else None
    if mark in OPENING:
        return OPENING[mark]
    if mark == STRAIGHT:
        return '"”' if not after.isspace() or before.isspace() else None
    if mark == "'" and (before.isspace() or before in "([—–-") and after.isalpha():
        return "'"
    return None


def _find_close(text: str, here: int, last: int, closers: str) -> int | None:
    """Offset after the mark that closes the quotation opened at `here`; none when the line ends first."""
    single = closers in {"’'", "'"}
    opener, depth = text[here], 0
    stop = min(last, here + MAX_SINGLE) if single else last
    for at in range(here + 1, stop):
        mark = text[at]
        if mark in closers and not (single and not _closes_single(text, at, last)):
            if depth == 0:
                return at + 1
            depth -= 1
        elif mark == opener and mark in OPENING and not single:
            depth += 1
    return None


def _closes_single(text: str, at: int, last: int) -> bool:
    """Whether a single mark closes a quotation rather than standing for an apostrophe or a genitive."""
    after = text[at + 1] if at + 1 < last else " "
    before = text[at - 1]
    if after.isalnum():
        return False
    return not (
        before == "s" and after == " " and at + 2 < last and text[at + 2].islower() and "," not in before
    )
