"""words -> which of them open or close a quotation, and spans whose marks are whole."""

from __future__ import annotations

from collections.abc import Sequence

_OPENING = frozenset("“«„‟〝「") | {"``"}
_CLOSING = frozenset("”»〞」") | {"''", "’’"}
_PLAIN = frozenset('"＂″')
_STOPS = frozenset(",.!?…;")


def find_marks(forms: Sequence[str], glued: Sequence[bool], opens: Sequence[bool]) -> list[int]:
    """Return 1 for a word that opens a quotation, -1 for one that closes it, else 0.

    A plain mark closes when it is glued to what stands before it and opens when what follows is glued to it;
    where both or neither hold, marks take turns from the start of the paragraph.
    """
    marks = [0] * len(forms)
    inside = False
    for index, form in enumerate(forms):
        if opens[index]:
            inside = False
        if form in _OPENING:
            marks[index] = 1
        elif form in _CLOSING:
            marks[index] = -1
        elif form in _PLAIN:
            before = glued[index] and not opens[index]
            after = index + 1 < len(forms) and glued[index + 1]
            marks[index] = (-1 if inside else 1) if before == after else (-1 if before else 1)
        else:
            continue
        inside = marks[index] > 0
    return marks


def balance_span(
    span: tuple[int, int], forms: Sequence[str], marks: Sequence[int], low: int, high: int
) -> tuple[int, int]:
    """Return the span with adjacent quotation marks taken in or left out, so that marks stand in pairs.

    It stays within [low, high). A mark at the edge without its partner inside is left out unless the partner
    stands next to the other edge; a span that stands between two marks takes both in.
    """
    start, end = span
    while start < end and marks[start] < 0:
        start += 1
    while end > start and marks[end - 1] > 0:
        end -= 1
    if start == end:
        return start, end
    open_left, open_right = _count_unpaired(marks[start:end])
    closing = _find_closing(forms, marks, end, high)
    opening = start - 1 if start > low and marks[start - 1] > 0 else None
    if open_right and closing is not None:
        end = closing + 1
    elif open_left and opening is not None:
        start = opening
    elif not open_left and not open_right and opening is not None and closing is not None:
        start, end = opening, closing + 1
    return start, end


def _count_unpaired(marks: Sequence[int]) -> tuple[int, int]:
    """Return how many closing marks lack their opening one, and how many opening ones their closing one."""
    closing = depth = 0
    for mark in marks:
        if mark > 0:
            depth += 1
        elif mark < 0:
            if depth:
                depth -= 1
            else:
                closing += 1
    return closing, depth


def _find_closing(forms: Sequence[str], marks: Sequence[int], end: int, high: int) -> int | None:
    """Return the closing mark that stands at `end`, one stop aside, or None."""
    if end < high and marks[end] < 0:
        return end
    if end + 1 < high and forms[end] in _STOPS and marks[end + 1] < 0:
        return end + 1
    return None
