"""words -> which of them open or close a quotation, and spans whose marks are whole."""

from __future__ import annotations

from collections.abc import Sequence

_SIDES = {
    **dict.fromkeys(("``", *"“«„‟〝「"), 1),
    **dict.fromkeys("”»〞」", -1),
    **dict.fromkeys(("''", "’’", *'"＂″'), 0),
}
"""Marks that open, close, or do either."""
_STOPS = frozenset(",.!?…;")
_BRACKETS = {")": "(", "]": "["}


def find_marks(forms: Sequence[str], glued: Sequence[bool], opens: Sequence[bool]) -> list[int]:
    """Return 1 for a word that opens a quotation, -1 for one that closes it, else 0.

    A plain mark closes when it is glued to what stands before it and opens when what follows is glued to it;
    where both or neither hold, marks take turns from the start of the paragraph.
    """
    marks = [0] * len(forms)
    inside = False
    last = 0
    for index in [index for index, form in enumerate(forms) if form in _SIDES]:
        if any(opens[last + 1 : index + 1]):
            inside = False
        last = index
        marks[index] = side = _SIDES[forms[index]]
        if not side:
            before = glued[index] and not opens[index]
            after = index + 1 < len(forms) and glued[index + 1]
            marks[index] = (-1 if inside else 1) if before == after else (-1 if before else 1)
        inside = marks[index] > 0
    return marks


def pair_marks(marks: Sequence[int], opens: Sequence[bool]) -> list[int]:
    """Return, for each mark, the place of its partner in the same paragraph, or -1; -1 for other words."""
    partners = [-1] * len(marks)
    waiting: list[int] = []
    last = 0
    for index in [index for index, mark in enumerate(marks) if mark]:
        if any(opens[last + 1 : index + 1]):
            waiting = []
        last = index
        if marks[index] > 0:
            waiting.append(index)
        elif waiting:
            other = waiting.pop()
            partners[index], partners[other] = other, index
    return partners


def balance_span(
    span: tuple[int, int],
    forms: Sequence[str],
    marks: Sequence[int],
    partners: Sequence[int],
    bounds: tuple[int, int],
) -> tuple[int, int]:
    """Return the span widened or trimmed, within the bounds, so that its quotation marks stand in pairs.

    A quotation is taken whole: a span that holds one mark reaches to its partner, and one that stands right
    between two marks takes both in. A mark whose partner is out of bounds is left out at the edge.
    """
    (start, end), (low, high) = span, bounds
    while start < end and marks[start] < 0:
        start += 1
    while end > start and marks[end - 1] > 0:
        end -= 1
    if start == end:
        return start, end
    for partner in [partners[index] for index in range(start, end) if partners[index] >= 0]:
        if low <= partner < start:
            start = partner
        elif end <= partner < high:
            end = partner + 1
    if end < high and forms[end] in _BRACKETS:
        # A bracket that closes right behind the span belongs to it when the span opened it.
        inside = forms[start:end]
        if inside.count(_BRACKETS[forms[end]]) > inside.count(forms[end]):
            end += 1
    opening = start - 1
    if opening >= low and marks[opening] > 0:
        closing = partners[opening]
        aside = closing == end + 1 and forms[end] in _STOPS
        if closing < high and (closing == end or aside):
            return opening, closing + 1
    return start, end
