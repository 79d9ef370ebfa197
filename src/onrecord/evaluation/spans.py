"""character spans -> tokens, head tokens, quoted characters: what every score of spans stands on.

A `Chars` is a pair of code points into a text, half-open; tokens are sorted, disjoint `Chars`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

Chars = tuple[int, int]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_NOUN_PHRASE_END = frozenset(
    {",", ";", ":", "(", "-", "–", "of", "in", "from", "for", "at", "to", "by", "with", "on"}
    | {"who", "whom", "whose", "which", "that", "and", "or"}
)
_OPENING, _CLOSING = "“„«", "”»"


def cut_tokens(text: str) -> list[Chars]:
    """Words and single signs of a text: the neutral tokens where a gold file brings none of its own."""
    return [match.span() for match in _TOKEN.finditer(text)]


def find_covered(spans: Sequence[Chars], tokens: Sequence[Chars]) -> frozenset[int]:
    """Indices of the tokens that share at least one character with the spans."""
    starts = [token[0] for token in tokens]
    ends = [token[1] for token in tokens]
    covered: set[int] = set()
    for start, end in spans:
        if start < end:
            covered.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return frozenset(covered)


def split_runs(indices: frozenset[int]) -> list[tuple[int, int]]:
    """Maximal runs of neighbouring indices, as half-open pairs, in order."""
    runs: list[tuple[int, int]] = []
    for index in sorted(indices):
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def count_overlap(first: Sequence[Chars], second: Sequence[Chars]) -> int:
    """How many characters two lists of spans share (each list disjoint in itself)."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in first for b in second)


def join_spans(spans: Sequence[Chars]) -> list[Chars]:
    """The same characters as sorted, disjoint spans."""
    joined: list[Chars] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def find_head(tokens: frozenset[int], heads: Sequence[int]) -> int | None:
    """The token of a set that stands highest in the tree (the first, of several); None for an empty set.

    `heads[i]` is the head of token i; a root points at itself or at a negative number.
    """
    return min(tokens, key=lambda token: (_measure_depth(token, heads), token), default=None)


def _measure_depth(token: int, heads: Sequence[int]) -> int:
    depth = 0
    while heads[token] >= 0 and heads[token] != token and depth <= len(heads):
        token, depth = heads[token], depth + 1
    return depth


def guess_head(tokens: frozenset[int], words: Sequence[str]) -> int | None:
    """The head token of a set without a parse: the last token before the first comma, preposition, relative
    pronoun or conjunction that follows the set's first token; None for an empty set.
    """
    head: int | None = None
    for token in sorted(tokens):
        if head is not None and words[token].lower() in _NOUN_PHRASE_END:
            break
        head = token
    return head


def mark_quoted(text: str) -> bytearray:
    """One byte a character: 1 where it stands inside double quotation marks (the marks count as inside).

    A straight mark opens or closes in turn; a quotation ends with its paragraph at the latest.
    """
    quoted = bytearray(len(text))
    opened = False
    for index, sign in enumerate(text):
        if sign == "\n":
            opened = False
        elif sign in _OPENING or (sign == '"' and not opened):
            opened = True
            quoted[index] = 1
        elif sign in _CLOSING or sign == '"':
            quoted[index] = 1
            opened = False
        elif opened:
            quoted[index] = 1
    return quoted


def classify_quotation(content: Sequence[Chars], text: str, quoted: bytearray) -> str:
    """`direct`, `mixed` or `indirect` by PolNeAR's rule: at least 98 %, between, at most 2 % of the content's
    non-blank characters inside quotation marks.
    """
    places = [i for start, end in content for i in range(start, min(end, len(text))) if not text[i].isspace()]
    share = sum(quoted[i] for i in places) / len(places) if places else 0.0
    if share >= 0.98:
        return "direct"
    return "indirect" if share <= 0.02 else "mixed"
