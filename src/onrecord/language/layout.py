"""text, its words and its litter -> which words belong together: paragraphs, prose and what is passed over.

A line break ends a paragraph unless the text is wrapped at a fixed width, as mail and press archives are;
there only a blank line, a list mark or a line that had room for the next word ends one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.words import Words
from onrecord.records import Span

_WRAP_WIDTHS = range(40, 121)
_WRAP_SHARE = 0.6
"""A text counts as wrapped when so many of its lines end where the next word had no room any more."""
_ITEM = re.compile(r"(?:[-*•–—▪◦·]|\(?\w{1,3}[.)])\s")
_ENDS = frozenset(".!?…:;")
_CLOSERS = frozenset("\"”’'»)]")


class Layout(NamedTuple):
    """One entry a word."""

    paragraph: NDArray[np.int32]
    """Number of the paragraph, counted up over the text; litter words have their own."""
    opens: NDArray[np.bool_]
    """First word of a paragraph, or of what follows litter."""
    prose: NDArray[np.bool_]
    """The word's paragraph ends as a sentence does: it is no title, caption or menu."""
    litter: NDArray[np.bool_]
    """The word lies in a litter span."""


def read_layout(text: str, words: Words, litter: Sequence[Span] = ()) -> Layout:
    """Return the layout of the text's words."""
    count = len(words.starts)
    marked = _mark_litter(words, litter)
    opens = np.array(words.line_start, bool)
    breaks = np.flatnonzero(opens)
    width = _find_width(text) if len(breaks) > 4 else None
    if width is not None:
        for before, index in pairwise(breaks.tolist()):
            room = width - (words.ends[index - 1] - words.starts[before])
            opens[index] = not _is_wrapped(text, words, index, room)
    if count:
        opens[0] = True
        opens[1:] |= marked[1:] != marked[:-1]
    paragraph = np.cumsum(opens, dtype=np.int32) - 1
    ends = [_ends_sentence(text, words, last) for last in _last_words(opens)]
    prose = np.array(ends, bool)[paragraph] if count else np.zeros(0, bool)
    return Layout(np.asarray(paragraph, np.int32), opens, prose, marked)


def _mark_litter(words: Words, litter: Sequence[Span]) -> NDArray[np.bool_]:
    marked = np.zeros(len(words.starts), bool)
    for start, end in litter:
        marked[bisect_right(words.ends, start) : bisect_right(words.starts, end - 1)] = True
    return marked


def _last_words(opens: NDArray[np.bool_]) -> list[int]:
    """Return the last word of each paragraph."""
    return [*(np.flatnonzero(opens)[1:] - 1).tolist(), len(opens) - 1] if len(opens) else []


def _ends_sentence(text: str, words: Words, last: int) -> bool:
    """Return whether the word ends a sentence, quotation marks and brackets after the stop left aside."""
    while last > 0 and text[words.starts[last]] in _CLOSERS:
        last -= 1
    return text[words.ends[last] - 1] in _ENDS


def _find_width(text: str) -> int | None:
    """Return the width at which the lines of a text are wrapped, or None when they are not."""
    lines = [line.rstrip() for line in text.splitlines()]
    width = max(map(len, lines), default=0)
    if width not in _WRAP_WIDTHS:
        return None
    full = broken = 0
    for line, following in pairwise(lines):
        if not line or not following:
            continue
        broken += 1
        full += len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
    return width if broken >= 4 and full >= _WRAP_SHARE * broken else None


def _is_wrapped(text: str, words: Words, index: int, room: int) -> bool:
    """Return whether the line break before the word only wraps a line that had `room` characters left."""
    end, start = words.ends[index - 1], words.starts[index]
    if len(f"{text[end:start]}x".splitlines()) > 2:
        return False
    following = text[start : start + 80].split(maxsplit=1)[0]
    return len(following) + 1 > room and _ITEM.match(text, start) is None
