"""a selector and a text -> where it points now; a selector and statements -> the statement it means.

The order of W3C Web Annotation clients: the offsets when the words are still there, then the words by what
stands around them, then the record that covers most of the place within its sentence, else nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.records import Selector, Span, Statement

CONTEXT = 32
"""Characters kept on each side, as Hypothesis keeps them."""

LEAST_OVERLAP = 0.5
"""Of the longer of the two stretches, for a statement to be taken for the one decided about."""


def select_span(text: str, span: Span, *, document_id: str, record_id: str | None = None) -> Selector:
    """A selector for that place of that document."""
    return Selector(
        document_id=document_id,
        record_id=record_id,
        start=span.start,
        end=span.end,
        exact=text[span.start : span.end],
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )


def find_span(text: str, selector: Selector) -> Span | None:
    """Where the selector's words stand in the text; none when they are gone."""
    exact, start = selector.exact, selector.start
    if exact is None or start is None or not exact:
        return None
    if text[start : start + len(exact)] == exact:
        return Span(start, start + len(exact))
    best: tuple[int, int] | None = None
    place = text.find(exact)
    while place >= 0:
        fit = _count_shared(text[:place][::-1], selector.prefix[::-1])
        fit += _count_shared(text[place + len(exact) :], selector.suffix)
        rank = (-fit, abs(place - start))
        if best is None or rank < (best[0], abs(best[1] - start)):
            best = (-fit, place)
        place = text.find(exact, place + 1)
    return None if best is None else Span(best[1], best[1] + len(exact))


def _count_shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def hull_statement(statement: Statement) -> Span:
    """From the start of the content (of the cue, when there is no content) to its end."""
    spans = statement.content or statement.cue
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def find_statement(
    text: str, sentences: Sequence[Span], statements: Iterable[Statement], selector: Selector
) -> Statement | None:
    """The statement that the selector means: the one with its id, else the one that covers the place best
    and begins in its sentence; none when no statement covers half of it."""
    pool = list(statements)
    for statement in pool:
        if statement.id == selector.record_id:
            return statement
    span = find_span(text, selector)
    if span is None:
        return None
    home = find_sentence(sentences, span.start)
    ranked = []
    for statement in pool:
        hull = hull_statement(statement)
        shared = min(hull.end, span.end) - max(hull.start, span.start)
        overlap = shared / max(hull.end - hull.start, span.end - span.start, 1)
        if overlap >= LEAST_OVERLAP and find_sentence(sentences, hull.start) == home:
            ranked.append((-overlap, statement.id, statement))
    return min(ranked)[2] if ranked else None


def find_sentence(sentences: Sequence[Span], place: int) -> int:
    """Index of the last sentence that begins at or before the place; -1 before the first."""
    found = -1
    for index, sentence in enumerate(sentences):
        if sentence.start > place:
            break
        found = index
    return found


def find_words(text: str, words: str, near: Span) -> Span | None:
    """The occurrence of the words closest to a place: as they are, else in any case and with any white
    space between them; those that begin and end at ends of words before others."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return None
    pattern = r"\s+".join(parts)
    for form, flags in ((re.escape(words), 0), (pattern, 0), (pattern, re.IGNORECASE)):
        for bounded in (rf"(?<!\w){form}(?!\w)", form):
            found = [Span(*match.span()) for match in re.finditer(bounded, text, flags)]
            if found:
                return min(found, key=lambda span: (_measure_gap(span, near), span))
    return None


def _measure_gap(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)
