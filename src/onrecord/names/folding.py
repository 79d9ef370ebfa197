"""words -> the form under which they are looked up.

Case, diacritics, hyphens, apostrophes and full stops are folded away, and a leading "the" is dropped, so that
"al-Qa'ida", "Al Qaida" and "AL-QAIDA" are one. Acronyms are not folded together with words: see `is_acronym`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_SPECIAL = str.maketrans(_LETTERS)
_DROPPED = re.compile(r"[.'’‘ʻʼ`´\"“”]")
_SPACED = re.compile(r"[\s\-‐‑–—/_]+")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
_POSSESSIVES = re.compile(r"['’]s(?=\s*(?:\||$))")
ACRONYM_LETTERS = 5


@lru_cache(maxsize=8192)
def fold(words: str) -> str:
    """The look-up form: lower case, no marks, single blanks, without a leading "the" or a closing 's."""
    if words.isascii() and words.replace(" ", "").isalpha():
        return " ".join(words.lower().split()).removeprefix("the ")  # most names: nothing else to fold
    bare = _POSSESSIVE.sub("", words.strip()).casefold()
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare.translate(_SPECIAL))
        bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    bare = _SPACED.sub(" ", _DROPPED.sub("", bare)).strip()
    return bare.removeprefix("the ")


def fold_cell(cell: str) -> list[str]:
    """The look-up forms of names that "|" parts, in their order; much quicker than one by one."""
    bare = cell.casefold()
    if not bare.isascii():
        for letter, plain in _LETTERS.items():
            bare = bare.replace(letter, plain)
        bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", bare))
    bare = _SPACED.sub(" ", _DROPPED.sub("", _POSSESSIVES.sub("", bare)))
    names = [name.strip().removeprefix("the ") for name in bare.split("|")]
    return names if bare.isascii() else [name if name.isascii() else fold(name) for name in names]


def is_acronym(words: str) -> bool:
    """Whether the words are a short run of capitals ("US", "U.N.", "IS-K"), which only capitals may match."""
    if " " in words.strip():
        return False
    letters = [letter for letter in _POSSESSIVE.sub("", words) if letter.isalpha()]
    return 0 < len(letters) <= ACRONYM_LETTERS and all(letter.isupper() for letter in letters)
