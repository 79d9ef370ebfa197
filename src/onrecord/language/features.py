"""Words of a text -> the integer arrays that the network takes (subword ids, shapes, flags, windows)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.names import WORD_CLASSES, fold, load_names

CLASSIFIER, SEPARATOR, UNKNOWN = 101, 102, 100
"""Ids of [CLS] (which stands for the root word), [SEP] and [UNK] in the shipped wordpieces."""
WINDOW = 254
"""Most subwords of a window, [CLS] and [SEP] not counted: trained so, and attention costs the square."""
PIECES_A_WORD = 6
"""A longer word keeps its first pieces: only the first one is pooled, the rest give context."""
LONGEST_WORD = 100
"""The wordpieces know no longer words."""
SHAPES = 18
"""Number of shape classes: 0 padding, 1-8 letters and digits, 9-17 marks (see read_shape)."""
KNOWN = 2 * max(WORD_CLASSES.values())
"""Number of sums of what the name tables say of a word (see `Names.class_words`)."""
OPEN_QUOTE, CLOSE_QUOTE, PLAIN_QUOTE = 16, 17, 11

COLUMNS = ("shape", "known", "glued", "line")
"""Inputs of the network beside the subword ids: one number a subword, 0 on [CLS] and [SEP]."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("‐‑‒−\u00ad", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a", " "),
    }
)
_MARKS = {
    **dict.fromkeys(".!?…", 9),
    **dict.fromkeys(",;:", 10),
    **dict.fromkeys("\"'`´′″", PLAIN_QUOTE),
    **dict.fromkeys("([{", 12),
    **dict.fromkeys(")]}", 13),
    **dict.fromkeys("-–—/‐‑‒−", 14),
    **dict.fromkeys("“„«‘‚〝", OPEN_QUOTE),
    **dict.fromkeys("”»’〞", CLOSE_QUOTE),
}
_SENTENCE_ENDS = frozenset((".", "!", "?", "…", "...", "?!", "!!", "!?"))
_CLOSERS = frozenset("\"”’'»)]")
_BEFORE_BREAKS = _SENTENCE_ENDS | _CLOSERS
_OPENERS = frozenset("\"“‘'«([")


Row = dict[str, NDArray[np.int64]]
"""One window's arrays, by the names of the network's inputs."""


class Features(NamedTuple):
    """One entry a word: subword ids, shape class, what the name tables say, glued (0 no, 1 yes, 2 unknown),
    starts a line, break level.

    A break level is 2 where a line starts, 1 where a sentence likely starts, else 0.
    """

    pieces: list[tuple[int, ...]]
    shapes: list[int]
    known: list[int]
    glued: list[int]
    lines: list[int]
    breaks: list[int]


class Wordpieces:
    """Forms to subword ids and classes, remembered; marks, hyphens and blanks are made plain first."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.known: dict[str, tuple[tuple[int, ...], int, int]] = {}
        """What was said of the forms so far."""
        self._classes = load_names().class_words()

    def __call__(self, form: str) -> tuple[tuple[int, ...], int, int]:
        """Return 1 to PIECES_A_WORD ids ([UNK] where the vocabulary knows nothing), the shape class, and what
        the name tables say of a form with a capital, 0 of any other.
        """
        found = self.known.get(form)
        if found is None:
            classes = self._classes.get(fold(form), 0) if form[0].isupper() else 0
            found = self._cut(form), read_shape(form), classes
            if len(self.known) < 200_000:
                self.known[form] = found
        return found

    def _cut(self, form: str) -> tuple[int, ...]:
        if form.isalnum() and form.isascii() and len(form) <= LONGEST_WORD:
            return self._cut_plain(form.lower())
        # No form needs more than this to fill its pieces, and the cut keeps odd input linear.
        plain = form[:128].translate(_PLAIN).encode("utf-8", "replace").decode("utf-8")
        ids = self._tokenizer.encode(plain, add_special_tokens=False).ids[:PIECES_A_WORD]
        return tuple(ids) or (UNKNOWN,)

    def _cut_plain(self, word: str) -> tuple[int, ...]:
        """Return the longest pieces from the left: for letters and digits the tokenizer does the same in five
        times the time.
        """
        ids: list[int] = []
        start, prefix, find = 0, "", self._tokenizer.token_to_id
        while start < len(word):
            end = len(word)
            while (piece := find(prefix + word[start:end])) is None:
                end -= 1
                if end == start:
                    return (UNKNOWN,)
            ids.append(piece)
            start, prefix = end, "##"
        return tuple(ids[:PIECES_A_WORD])


def read_shape(form: str) -> int:
    """Return the shape class of a form: what an uncased vocabulary cannot see."""
    if form.isalpha():
        return _read_letter_shape(form, form)
    letters = [character for character in form if character.isalpha()]
    if letters:
        return _read_letter_shape(form, letters)
    if any(character.isdigit() for character in form):
        return 8
    return _MARKS.get(form[0], 15)


def _read_letter_shape(form: str, letters: Sequence[str]) -> int:
    """1 lower, 2 Title, 3 UPPER, 4 one capital, 5 mIxed from a capital, 6 mixed, 7 letters and digits."""
    if letters is not form and any(character.isdigit() for character in form):
        return 7
    if form.islower():
        return 1
    if form.isupper():
        return 4 if len(letters) == 1 else 3
    if form[0].isupper():
        return 2 if form[1:].islower() else 5
    return 6


def find_breaks(forms: Sequence[str], line_start: Sequence[int | bool]) -> list[int]:
    """Return the break level of every word: where a window may be cut with the least harm."""
    levels = [2 if first else 0 for first in line_start]
    levels[:1] = [2] * len(levels[:1])
    for index in [index for index, form in enumerate(forms[:-1], 1) if form in _BEFORE_BREAKS]:
        first = forms[index][0]
        if index > 1 and not levels[index] and (first.isupper() or first in _OPENERS or first.isdigit()):
            ends = forms[index - 1] in _SENTENCE_ENDS or forms[index - 2] in _SENTENCE_ENDS
            levels[index] = int(ends)
    return levels


def read_features(
    forms: Sequence[str],
    glued: Sequence[int | bool],
    line_start: Sequence[int | bool],
    wordpieces: Wordpieces,
) -> Features:
    """Return the features of a text's words; no form may be empty."""
    known_forms = wordpieces.known
    told = [known_forms.get(form) or wordpieces(form) for form in forms]
    pieces, shapes, known = (list(column) for column in zip(*told, strict=True)) if told else ([], [], [])
    return Features(
        pieces,
        shapes,
        known,
        list(glued),
        list(line_start),
        find_breaks(forms, line_start),
    )


def count_subwords(features: Features, window: tuple[int, int]) -> int:
    """Return the length of a window's row, [CLS] and [SEP] counted."""
    return 2 + sum(map(len, features.pieces[window[0] : window[1]]))


def cut_windows(
    features: Features, limit: int = WINDOW, first_limit: int | None = None
) -> list[tuple[int, int]]:
    """Return half-open word ranges that cover the text in order, each of at most `limit` subwords.

    A window ends at the last line start in its second half, else at the last likely sentence start there,
    else at any break, else where it is full. `first_limit` is for training: it moves all later cuts.
    """
    filled = [0, *accumulate(map(len, features.pieces))]
    windows, start, room, count = [], 0, first_limit or limit, len(features.pieces)
    while start < count:
        end = max(start + 1, bisect_right(filled, filled[start] + room) - 1)
        if end < count:
            end = _find_cut(features.breaks, start, end)
        windows.append((start, end))
        start, room = end, limit
    return windows


def _find_cut(breaks: list[int], start: int, end: int) -> int:
    for low in (start + (end - start) // 2, start):
        for level in (2, 1):
            for index in range(end, low, -1):
                if breaks[index] == level:
                    return index
    return end


def make_arrays(features: Features, start: int, end: int) -> Row:
    """Return one window as a batch of one row: ids, COLUMNS [1, T] and first [1, W]; word 0 is the root."""
    pieces = features.pieces[start:end]
    counts = np.fromiter(map(len, pieces), np.int64, end - start)
    ends = np.cumsum(counts)
    columns = (features.shapes, features.known, features.glued, features.lines)
    table = np.zeros((1 + len(columns), 2 + int(ends[-1])), np.int64)
    table[0, 0], table[0, -1] = CLASSIFIER, SEPARATOR
    table[0, 1:-1] = list(chain.from_iterable(pieces))
    table[1:, 1:-1] = np.repeat(np.array([column[start:end] for column in columns]), counts, axis=1)
    row: Row = dict(zip(("ids", *COLUMNS), table, strict=True))
    # The first word of a window always counts as starting a line: there is nothing before it.
    row["line"][1 : 1 + counts[0]] = 1
    row["first"] = np.concatenate([np.zeros(1, np.int64), 1 + ends - counts])
    return {name: array[None] for name, array in row.items()}


def pad_rows(rows: Sequence[Mapping[str, Sequence[int] | NDArray[np.int64]]]) -> dict[str, NDArray[np.int64]]:
    """Return the rows as zero-padded arrays, with `mask` 1 on real subwords."""
    arrays = {}
    for name in ("ids", *COLUMNS, "first"):
        array = np.zeros((len(rows), max(len(row[name]) for row in rows)), np.int64)
        for index, row in enumerate(rows):
            array[index, : len(row[name])] = row[name]
        arrays[name] = array
    arrays["mask"] = np.zeros_like(arrays["ids"])
    for index, row in enumerate(rows):
        arrays["mask"][index, : len(row["ids"])] = 1
    return arrays
