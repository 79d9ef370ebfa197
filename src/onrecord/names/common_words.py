"""a folded word of a person's name -> its other forms, and whether very many people bear it.

Reads `tables/nicknames.tsv` and `tables/common_names.tsv`, once a process.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from onrecord.names.folding import fold
from onrecord.names.spelling import compare_folded, skeleton

CACHED = 1 << 16
CHAINED = frozenset({"Arabic and Muslim", "Chinese, Korean, Vietnamese", "South Asian"})
"""Rows of the table whose names stand in chains: a father's and a grandfather's name, two short names."""


@cache
def load_nicknames() -> dict[str, frozenset[str]]:
    """Folded given name or short form -> the names it is a form of (itself among them, where it is one)."""
    forms: dict[str, set[str]] = {}
    for row in _read_rows("nicknames"):
        for word in (row[0], *row[1].split("|")):
            forms.setdefault(fold(word), set()).add(fold(row[0]))
    return {word: frozenset(names) for word, names in forms.items()}


@cache
def load_common() -> frozenset[str]:
    """Folded names that very many people bear."""
    return frozenset(fold(word) for row in _read_rows("common_names") for word in row[1].split("|"))


@cache
def _list_by_skeleton() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(load_common()):
        found.setdefault(skeleton(word), []).append(word)
    return {bones: tuple(words) for bones, words in found.items()}


@cache
def load_given() -> frozenset[str]:
    """Folded given names of the tables."""
    table = {fold(row[0]) for row in _read_rows("given_names")}
    return frozenset(table | load_nicknames().keys())


@lru_cache(CACHED)
def is_common(word: str) -> bool:
    """Whether a folded word alone says little of who is meant: a frequent surname or a given name, or a
    spelling of a frequent one."""
    if word in load_common() or word in load_given():
        return True
    near = _list_by_skeleton().get(skeleton(word), ())
    return any(_is_spelling(word, each) for each in near)


def _is_spelling(word: str, other: str) -> bool:
    return abs(len(word) - len(other)) < 2 and compare_folded(*sorted((word, other))) in ("equal", "variant")


def _load_row(*heads: str) -> frozenset[str]:
    rows = [row for row in _read_rows("common_names") if row[0] in heads]
    return frozenset(fold(word) for row in rows for word in row[1].split("|"))


@cache
def _load_chained() -> frozenset[str]:
    return _load_row(*CHAINED)


@cache
def load_paired() -> frozenset[str]:
    """Folded frequent surnames of languages where people bear two."""
    return _load_row("Portuguese and Spanish")


@lru_cache(CACHED)
def is_chained(word: str) -> bool:
    """Whether a folded word, or what it is a spelling of, is used in chains of frequent names, where one
    name more may be another person ("Ahmed Ali", "Ahmed Hassan Ali")."""
    near = _list_by_skeleton().get(skeleton(word), ())
    return any(each in _load_chained() and _is_spelling(word, each) for each in near)


@lru_cache(CACHED)
def share_given(one: str, two: str) -> bool:
    """Whether two folded words are forms of one given name (Bill, William); two short forms of it only where
    they begin alike (Chris and Tina are not)."""
    ones, twos = (load_nicknames().get(word, frozenset()) for word in (one, two))
    return bool(ones & twos) and (one in twos or two in ones or one[0] == two[0])


@lru_cache(CACHED)
def are_two_names(one: str, two: str) -> bool:
    """Whether two folded words are frequent names of their own, however alike (Gomes and Gomez, Clark and
    Clarke); not in languages whose names reach us by ear."""
    common = load_common()
    return one != two and one in common and two in common and not {one, two} & _load_chained()


def _read_rows(table: str) -> list[tuple[str, str]]:
    path = resources.files("onrecord.names") / "tables" / f"{table}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(row[0], row[1]) for row in cells]
