"""tags and tree of a text's words -> the words that may be mentions, and what ties two of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), 0),
    **dict.fromkeys(("she", "her", "hers", "herself"), 1),
    **dict.fromkeys(("it", "its", "itself"), 2),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), 3),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), 4),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), 5),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), 6),
    **dict.fromkeys(("this", "that", "these", "those", "here", "there", "then"), 7),
}
OTHER_PRONOUN, NAME, NOUN = 8, 9, 10
GROUPS = 11
"""Classes of candidates: seven personal pronouns, pointing words, other pronouns, names, nouns."""
MATCHES, BONDS = 8, 4
"""Classes of what two candidates have in common by their words, and by the tree; 0 is nothing."""
_PARTS = frozenset({"flat", "compound", "amod", "nmod:poss", "nummod", "flat:foreign"})
_INNER = frozenset(("flat", "flat:foreign", "fixed", "goeswith"))
"""Relations of words that are never the head of a mention: "Brandt" in "Ilse Brandt"."""
CANDIDATES = frozenset(("PRON", "NOUN", "PROPN", "NUM", "DET"))


class Candidates(NamedTuple):
    """The words that may be mentions, one entry each."""

    places: NDArray[np.int64]
    """Index of the word."""
    groups: NDArray[np.int8]
    """Class of the candidate, below GROUPS."""
    heads: NDArray[np.int64]
    """The word it hangs on, or -1."""
    forms: list[str]
    """Lower form of the word."""
    parts: list[frozenset[str]]
    """Lower forms of the words that make a name or qualify a noun."""


Ties = dict[int, int]
"""Classes of pairs that have something in common: the later of n candidates times n, plus the earlier one."""


def find_candidates(
    forms: Sequence[str], upos: Sequence[str], heads: Sequence[int], deprels: Sequence[str]
) -> Candidates:
    """Return the words that may be mentions, in order."""
    places = [
        index for index, tag in enumerate(upos)
        if tag in CANDIDATES and deprels[index] not in _INNER
    ]  # fmt: skip
    parts: dict[int, set[str]] = defaultdict(set)
    for index in [index for index, deprel in enumerate(deprels) if deprel in _PARTS]:
        if upos[index] != "PRON":
            parts[heads[index]].add(forms[index].lower())
    words = [forms[place].lower() for place in places]
    alone: frozenset[str] = frozenset()
    return Candidates(
        np.array(places, np.int64),
        np.array([_find_group(word, upos[at]) for word, at in zip(words, places, strict=True)], np.int8),
        np.array([heads[place] for place in places], np.int64),
        words,
        [frozenset(parts[place]) if place in parts else alone for place in places],
    )


def _find_group(word: str, tag: str) -> int:
    if tag in ("PRON", "DET"):
        return PRONOUNS.get(word, OTHER_PRONOUN)
    return NAME if tag == "PROPN" else NOUN


def find_bonds(candidates: Candidates, first: int = 0) -> Ties:
    """Return how the tree ties candidates from `first` on to earlier ones: 1 holds the other one, 2 hangs on
    it, 3 hangs where it hangs.
    """
    count = len(candidates.places)
    bonds: Ties = {}
    here: dict[int, int] = {}
    under: dict[int, list[int]] = {}
    for index, (place, head) in enumerate(
        zip(candidates.places.tolist(), candidates.heads.tolist(), strict=True)
    ):
        here[place] = index
        beside = under.setdefault(head, []) if head >= 0 else []
        if index >= first:
            row = index * count
            for other in beside:
                bonds[row + other] = 3
            for other in under.get(place, ()):
                bonds[row + other] = 1
            if head < place and head in here:
                bonds[row + here[head]] = 2
        beside.append(index)
    return bonds


def number_plain(candidates: Candidates) -> NDArray[np.int32]:
    """Return a number for each candidate: the same for those of one form that no word makes or qualifies
    (class 2 of matches), one of its own for each other.
    """
    numbers: dict[str, int] = {}
    return np.array(
        [
            -1 - index if parts else numbers.setdefault(form, index)
            for index, (form, parts) in enumerate(zip(candidates.forms, candidates.parts, strict=True))
        ],
        np.int32,
    )


def find_matches(candidates: Candidates, first: int = 0) -> Ties:
    """Return what candidates from `first` on have in common with earlier ones by their words: 1 a word of two
    names, 3 to 6 the form (see `_compare`), 7 an acronym and its name. Class 2, which most have, is left to
    `number_plain`.
    """
    count = len(candidates.places)
    matches: Ties = {}
    alike: dict[str, dict[frozenset[str], list[int]]] = defaultdict(dict)
    named: dict[str, list[int]] = defaultdict(list)
    initials: dict[str, list[int]] = defaultdict(list)
    for index, (group, form, parts) in enumerate(
        zip(candidates.groups.tolist(), candidates.forms, candidates.parts, strict=True)
    ):
        row, same, told = index * count, alike[form], index >= first
        if group == NAME:
            for word in (form, *parts):
                if told:
                    _mark(matches, row, named[word], 1)
                named[word].append(index)
        if told:
            for theirs, others in same.items():
                if parts or theirs:
                    _mark(matches, row, others, _compare(parts, theirs))
                elif group == NAME:
                    for other in others:
                        matches.pop(row + other, None)
        same.setdefault(parts, []).append(index)
        if group == NAME and len(parts) > 1:
            initials[_sort_initials(form, parts)].append(index)
        elif told and group == NAME and initials and not parts and form.isalpha():
            _mark(matches, row, initials.get("".join(sorted(form)), ()), 7)
    return matches


def _mark(ties: Ties, row: int, columns: Iterable[int], value: int) -> None:
    for column in columns:
        ties[row + column] = value


def _sort_initials(form: str, parts: frozenset[str]) -> str:
    """Return the sorted first letters of a name's words, under which its acronym is looked up."""
    return "".join(sorted(word[0] for word in (form, *parts)))


def _compare(ours: frozenset[str], theirs: frozenset[str]) -> int:
    """Return the class of two candidates of one form by the words that make or qualify them."""
    if ours == theirs:
        return 3
    if ours < theirs:
        return 4
    return 5 if theirs < ours else 6
