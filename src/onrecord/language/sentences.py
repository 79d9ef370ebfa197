"""sentence scores and the words around -> where sentences start.

The network decides, within rules that hardly an English text breaks: a paragraph opens a sentence, none
starts after a comma or at a closing mark, and a capital after a closed quotation that ended with a stop is
given the benefit of the doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_STOPS = frozenset(".!?…") | {"...", "..", "?!", "!!", "!?", "....", "…."}
_ENDS = _STOPS | frozenset(":;") | {"--", "—", "–", "-", "*", "•", "|", ">>", ")", "]"}
_CLOSERS = frozenset("\"”’'»)]") | {"''", "’’"}
_OPENERS = frozenset("“«„(‘[") | {"``"}
_NEVER_BEFORE = frozenset(",([")
_NEVER_FIRST = frozenset(",;:.!?…)]}%”»") | {"n't", "n’t", "'s", "’s"}

BARE = 1.5
"""Logit that a sentence needs to start after a word that ends none (headings, chats, forgotten stops)."""
AFTER_QUOTATION = -1.0
"""Logit that is enough after a stop and a closing quotation mark when a capital follows."""


def find_sentences(
    scores: NDArray[np.float32],
    forms: Sequence[str],
    glued: Sequence[bool],
    marks: Sequence[int],
    opens: NDArray[np.bool_],
) -> NDArray[np.int32]:
    """Return the sorted indices of the words that start sentences, the first word's among them.

    `scores` are logits, `marks` 1 for a word that opens a quotation and -1 for one that closes it, `opens`
    True where a paragraph or a window starts.
    """
    starts = opens.copy()
    if starts.size:
        starts[0] = True
    for index in np.flatnonzero(scores > AFTER_QUOTATION).tolist():
        if starts[index] or index == 0:
            continue
        place = _settle(float(scores[index]), index, forms, glued, marks)
        if place is not None and place < len(starts):
            starts[place] = True
    return np.flatnonzero(starts).astype(np.int32)


def _settle(
    score: float, index: int, forms: Sequence[str], glued: Sequence[bool], marks: Sequence[int]
) -> int | None:
    """Return the word at which the sentence scored at `index` starts, or None when none starts there."""
    form, before = forms[index], forms[index - 1]
    closed = index > 1 and marks[index - 1] < 0
    if score <= 0:
        capital = form[0].isupper() or marks[index] > 0
        return index if closed and capital and forms[index - 2] in _STOPS else None
    if marks[index] < 0 or (glued[index] and form in _NEVER_FIRST):
        follows = index + 1 < len(forms) and before in _STOPS and forms[index + 1][0].isupper()
        return index + 1 if follows else None
    if marks[index - 1] > 0 and index > 1:
        index, before = index - 1, forms[index - 2]
        closed = False
    last = forms[index - 2] if closed else before
    if before in _NEVER_BEFORE or last == ",":
        return None
    return index if before in _ENDS or before in _CLOSERS or score >= BARE else None
