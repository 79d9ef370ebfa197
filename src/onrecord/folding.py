"""text -> the same text as a search sees it: no case, no diacritics, one form of each Arabic letter.

Also finds names in folded text by the hash of their letters, so that a redacted name can be kept out of a
ledger that no longer knows it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.records import Span

BLOCK: Final = "\u2588"
"""Stands for each character of a redacted word, so that every offset holds."""

WHOLE_WORD_LETTERS: Final = 5
"""A redacted name of fewer letters is looked for as whole words only: "Ann" must not blank "annual"."""

_ARABIC: Final = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه",
    "ە": "ه", "ک": "ك", "ګ": "گ", "ـ": None,
})  # fmt: skip
"""Letters that scribes and keyboards write for one another (Unicode names in the Arabic block); the
lengthening stroke is dropped."""

_SINGLE: Final = str.maketrans({
    "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŧ": "t",
})  # fmt: skip
"""Latin letters whose stroke is no combining mark, so that decomposition leaves it."""


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """One character as a search sees it: none, one or several characters."""
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    bare = "".join(one for one in decomposed if not unicodedata.category(one).startswith("M"))
    return bare.casefold().translate(_ARABIC).translate(_SINGLE)


def fold_text(text: str) -> str:
    """The text without case, diacritics and variant letters; lone surrogates and NUL become spaces."""
    if text.isascii():
        return text.lower().replace("\0", " ")
    folded = "".join(map(fold_character, text))
    return "".join(" " if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in folded)


def split_words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits."""
    return "".join(one if one.isalnum() else " " for one in fold_text(text)).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenName:
    """A name that we may not know: how many letters it has, and the hash of them."""

    letters: int
    digest: str


def hide_name(name: str) -> HiddenName:
    """The name as a hash of its folded letters; "Jane Roe", "JANE-ROE" and "janeroe" are one."""
    letters = "".join(split_words(name))
    return HiddenName(letters=len(letters), digest=_digest_letters(letters))


def _digest_letters(letters: str) -> str:
    return hashlib.sha256(b"onrecord hidden name\0" + letters.encode("utf-8", "surrogatepass")).hexdigest()


def find_names(text: str, names: Iterable[HiddenName]) -> list[Span]:
    """Where the names stand in the text, whatever stands between their words; sorted, disjoint.

    Names of few letters (`WHOLE_WORD_LETTERS`) must begin and end at the end of a word. One hash a letter
    and length of name.
    """
    by_length: dict[int, set[str]] = {}
    for name in names:
        if name.letters:
            by_length.setdefault(name.letters, set()).add(name.digest)
    if not by_length:
        return []
    letters, places = _list_letters(text)
    found = []
    for count, digests in by_length.items():
        for first in range(len(letters) - count + 1):
            if _digest_letters(letters[first : first + count]) not in digests:
                continue
            span = _widen(text, places[first], places[first + count - 1] + 1)
            if count >= WHOLE_WORD_LETTERS or _is_whole(text, span):
                found.append(span)
    return merge_spans(found)


def _list_letters(text: str) -> tuple[str, list[int]]:
    """All folded letters and digits of the text in a row, and the place in the text of each. A block stands
    among them, so that no name is found across one that is gone."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in fold_character(character):
            if one.isalnum() or one == BLOCK:
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def _widen(text: str, start: int, end: int) -> Span:
    """The marks that follow a letter belong to it."""
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return Span(start, end)


def _is_whole(text: str, span: Span) -> bool:
    before = text[span.start - 1] if span.start else " "
    after = text[span.end] if span.end < len(text) else " "
    # Only cased letters build words that a short name could be a part of: Chinese puts no spaces.
    return not any(one == BLOCK or one.lower() != one.upper() for one in (before, after))


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The same places, sorted and disjoint."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def blank_names(text: str, names: Iterable[HiddenName]) -> str:
    """The text with the names' words as blocks, character by character; white space within stays."""
    return blank_spans(text, find_names(text, names))


def blank_spans(text: str, spans: Iterable[Span]) -> str:
    """The text with every character of the (sorted, disjoint) spans as a block, white space apart."""
    return "".join(_cut_blocks(text, spans))


def _cut_blocks(text: str, spans: Iterable[Span]) -> Iterator[str]:
    last = 0
    for start, end in spans:
        yield text[last:start]
        yield "".join(one if one.isspace() else BLOCK for one in text[start:end])
        last = end
    yield text[last:]


def replace_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with these names, where they stand as whole words, replaced; longer names first."""
    found = sorted({name for name in names if name and name in text}, key=lambda name: (-len(name), name))
    for name in found:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _: instead, text)
    return text
