"""two words -> whether one is a spelling of the other, and a word's skeleton, which its spellings share.

Names that come from other scripts are spelled by ear: Muhammad and Mohamed, Gaddafi and Qadhafi, Zelensky and
Zelenskyy. Consonants stand for classes of sounds, vowels for sets of sounds that must meet in each place
between two consonants ("Hassan" and "Hussein" have the same consonants and stay two).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from onrecord.names.folding import fold

Spelling = Literal["equal", "variant", "slip", "different"]
"""Equal when folded; a known way to spell the same sounds; a letter or two off; none of these."""

CACHED = 1 << 16
SLIP_LETTERS = 5
"""Words shorter than this are not taken for slips of each other: one letter makes another short name."""
TWO_SLIPS_LETTERS = 8

_LETTERS = re.compile(r"[^a-z]+")
_LITERAL = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("tch", "\x01"), ("ch", "\x01"), ("dzh", "j"), ("zh", "j"),
    ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("rh", "r"),
)  # fmt: skip
"""What is written with an h; "\x01" is the sound of "ch", a letter "c" at the end."""
_BEFORE = (
    (re.compile(r"(?<=[eo])ff$|(?<=[^aeiouy][eo])w$"), "v"),  # Ivanoff, Ivanow
    (re.compile(r"^ye(?=[^aeiouy])"), "e"),  # Yeltsin, Eltsin
    (re.compile(r"(?<=[aeiou])z$"), "s"),  # Chavez, Chaves
    (re.compile(r"c(?=[eiy])"), "s"),
)
_WITH_W = ((re.compile(r"(?<=[aeo])w(?![aeiouy])"), "u"), (re.compile(r"w"), "v"))  # Awdeh, Odeh
_WITH_H = re.compile(
    r"(?<=[aou])h(?![aeiouy])|(?<=[iy][ae])h$|(?<=[eiy])h(?=[^aeiouy])|(?<=[^aeiouy])h"
)  # Fatah, Rohde
_AFTER = (
    (re.compile(r"(?<=[^aeiouy])y$"), "i"),
    (re.compile(r"(?<=sk)(?:iy|yy|yi|ij|ii|ey|ei|y|i)$"), "i"),  # Zelenskiy
)
_TWICE = re.compile(r"(.)\1+")
_CH_OR_SH = re.compile(r"ch.*sh|sh.*ch")  # Rachid, Rashid
_GAPS = re.compile(r"([aeiouy]*)([^aeiouy]?)")
_SOUNDS = {
    "": "", "a": "A", "e": "AIE", "i": "I", "o": "UO", "u": "U", "y": "I", "ou": "U", "oe": "UO",
    "ue": "U", "eu": "UE", "au": "UO", "ao": "UOX", "ai": "EI", "ay": "EI", "ei": "EI", "ey": "EI",
    "ae": "EA", "oi": "J", "oy": "J", "ui": "W", "uy": "W", "ua": "V", "uay": "V", "uo": "V", "ia": "P",
    "iya": "P", "ya": "P", "ie": "PI", "iye": "P", "ye": "PIE", "io": "Q", "iyo": "Q", "yo": "QUO",
    "iu": "R", "yu": "RU", "iyu": "R", "ea": "PI", "aye": "EK", "aya": "EK", "aie": "EK", "aia": "EK",
    "eye": "EK", "aiye": "EK", "oye": "OK", "oya": "OK", "iy": "I", "yi": "I", "ii": "I", "iyi": "I",
    "iai": "PI", "oui": "W", "aou": "UX", "aui": "X", "oua": "V", "eya": "EK", "aiya": "EK", "ayi": "EI",
    "iei": "PI", "oue": "V", "oo": "U", "ee": "I",
}  # fmt: skip
"""A run of vowels -> the sounds it is written for; two runs meet when they share one."""
_CLOSE = frozenset(
    {("o", "ou"), ("i", "y"), ("u", "ou"), ("ei", "ey"), ("ai", "ay"), ("ae", "ai"), ("ai", "ei"),
     ("ay", "ey"), ("ee", "i")}
)  # fmt: skip
"""Runs that meet in words of two consonants, which must agree more closely."""
_VOICED = str.maketrans("gqc", "kks")
_SURNAME_ENDS = re.compile(r"(?<=..)(?:ov|ev|ova|eva|ovic|evic|zoda|zada|zade|oglu|ogli|uli)$")


@lru_cache(CACHED)
def _respell(word: str) -> str:
    """Lower-case letters with one letter for each class of consonants; vowels stay."""
    out = word if word.isalpha() and word.isascii() else _LETTERS.sub("", word)
    if "h" in out:
        for letters, letter in _LITERAL:
            out = out.replace(letters, letter)
    for pattern, letter in _BEFORE:
        out = pattern.sub(letter, out)
    out = out.replace("dj", "j").replace("ck", "k").replace("q", "k").replace("tz", "ts").replace("x", "ks")
    out = out.replace("c", "k")
    if "w" in out:
        for pattern, letter in _WITH_W:
            out = pattern.sub(letter, out)
    if "h" in out:
        out = _WITH_H.sub("", out)
    for pattern, letter in _AFTER:
        out = pattern.sub(letter, out)
    return _TWICE.sub(r"\1", out).replace("\x01", "c")


@lru_cache(CACHED)
def _cut_gaps(word: str) -> tuple[str, tuple[str, ...]]:
    """A respelled word's consonants, and the vowels before each and after the last."""
    consonants, gaps = [], []
    initial = word[0] if word[:1] == "y" and word[1:2] in set("aeiou") else ""
    for vowels, consonant in _GAPS.findall(word[len(initial) :]):
        if vowels or consonant:
            gaps.append(vowels)
            consonants.append(consonant)
    if consonants and consonants[-1]:
        gaps.append("")
    joined = initial + "".join(consonants)
    return joined, (("", *gaps) if initial else tuple(gaps))


@lru_cache(CACHED)
def skeleton(word: str) -> str:
    """What the spellings of a folded word share: its consonants by class, with "a" for a vowel at the start.

    The endings that Turkic and Persian names take or shed (-ov, -zoda, -oglu) are left off.
    """
    letters = _LETTERS.sub("", word)
    consonants, gaps = _cut_gaps(_SURNAME_ENDS.sub("", _respell(letters)))
    start = "a" if gaps and gaps[0] and not consonants.startswith("y") else ""
    consonants = consonants[:1] + consonants[1:].replace("h", "")
    return start + _TWICE.sub(r"\1", consonants.translate(_VOICED)) or letters[:1]


def compare_spelling(a: str, b: str) -> Spelling:
    """How two single words are spellings of each other; symmetric."""
    one, two = _LETTERS.sub("", fold(a)), _LETTERS.sub("", fold(b))
    return compare_folded(*sorted((one, two)))


@lru_cache(CACHED)
def compare_folded(one: str, two: str) -> Spelling:
    """`compare_spelling` of two folded words, given in alphabetical order."""
    if one == two:
        return "equal"
    if not one or not two or differ_in_gender(one, two):
        return "different"
    first, second = _respell(one), _respell(two)
    if first == second or (
        _CH_OR_SH.search(one + two) and first.replace("c", "s") == second.replace("c", "s")
    ):
        return "variant"
    (consonants, gaps), (others, other_gaps) = _cut_gaps(first), _cut_gaps(second)
    alike = consonants == others or (
        consonants.translate(_VOICED) == others.translate(_VOICED)
        and (_start_apart(one, two) or bool(_CH_OR_SH.search(one + two)))
    )
    if alike and len(gaps) == len(other_gaps):
        size = len(consonants) + (min(len(one), len(two)) >= SLIP_LETTERS)
        inner = list(zip(gaps[1:], other_gaps[1:], strict=True))
        loose = sum(gap != other and "e" in (gap, other) for gap, other in inner)
        if (loose < 2 or size >= 5) and _meet_at_start(
            gaps[0], other_gaps[0], len(consonants)
        ):  # Paris, Perez
            return "variant" if all(_meet(*each, size) for each in inner) else _judge_apart(one, two)
    return _judge_apart(one, two)


def _judge_apart(one: str, two: str) -> Spelling:
    """Of two words that are no spellings of each other: other vowels make another name in short words (Jamal,
    Jamil)."""
    if min(len(one), len(two)) <= SLIP_LETTERS and _cut_gaps(_respell(one))[0] == _cut_gaps(_respell(two))[0]:
        return "different"
    return "slip" if _is_slip(one, two) else "different"


def _start_apart(one: str, two: str) -> bool:
    """Gaddafi, Qadhafi, Khadafy: q is heard as g or as k; but not where both are written plainly."""
    return any(
        pair in {("g", "q"), ("g", "kh"), ("gh", "q"), ("k", "q")}
        for pair in (_pair(one[:2], two[:2]), _pair(one[:1], two[:1]), _pair(one[:1], two[:2]),
                     _pair(one[:2], two[:1]))
    ) or "q" in one + two or "gh" in one + two  # fmt: skip


def _pair(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one <= two else (two, one)


def _meet_at_start(one: str, two: str, consonants: int) -> bool:
    """Osama, Usama: the vowel at the start varies in short words; none is put before (Saad, Asaad)."""
    if not one or not two:
        return one == two
    return _meet(one, two, consonants if consonants < 2 else 3)


def _meet(one: str, two: str, size: int) -> bool:
    """Whether two runs of vowels may stand for one sound; words of a small size (consonants, and one more
    from five letters on) must agree more closely."""
    if one == two:
        return True
    sounds, others = _SOUNDS.get(one, one), _SOUNDS.get(two, two)  # rare runs stand for themselves
    if not sounds or not others:  # a vowel that one of them leaves out: Sadr, Sader
        return size >= 5 and len(one + two) == 1 and (one + two) in "aei"
    if size < 3 and (len(sounds) > 1 or len(others) > 1):
        return (one, two) in _CLOSE or (two, one) in _CLOSE
    if size >= 5 and {one, two} == {"a", "o"}:  # Rahmon, Rahman; Hezbollah, Hezballah
        return True
    return bool(set(sounds) & set(others))


def _is_slip(one: str, two: str) -> bool:
    shorter = min(len(one), len(two))
    if shorter < SLIP_LETTERS or one[0] != two[0] or two in (one + "s", one + "es"):  # Steven, Stevens
        return False
    return measure_edits(one, two) <= (2 if shorter >= TWO_SLIPS_LETTERS else 1)


def differ_in_gender(one: str, two: str) -> bool:
    """Petrov and Petrova, Mario and Maria: two people."""
    if one[:-1] == two[:-1] and one[-1] + two[-1] in {"ao", "oa"}:
        return True
    shorter, longer = sorted((one, two), key=len)
    return longer == shorter + "a" and shorter.endswith(("ov", "ev", "in", "ow", "ew"))


@lru_cache(CACHED)
def measure_edits(one: str, two: str) -> int:
    """Letters put in, left out, replaced or swapped with a neighbour (Damerau 1964); 3 when more."""
    if abs(len(one) - len(two)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)
