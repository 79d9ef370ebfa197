"""one mention of something -> how it is worded, as far as other mentions of it are recognised by that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Form = Literal[
    "he", "she", "it", "they", "i", "we", "you", "who", "this", "pronoun",
    "name", "noun", "time", "number", "other",
]  # fmt: skip
PRONOUNS: dict[str, Form] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), "they"),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "i"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "you"),
    **dict.fromkeys(("who", "whom", "whose", "which", "that", "where", "when"), "who"),
    **dict.fromkeys(("this", "these", "those", "here", "there", "both", "all", "some", "one"), "this"),
}
POINTING = frozenset(PRONOUNS.values()) | {"pronoun"}
"""Forms that say next to nothing of themselves: they are tied within their document only."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One mention: what kind of words it is, and what they say."""

    form: Form
    head: str
    """Lemma of the word that the others hang on."""
    words: str
    """All words but articles and prepositions before the head, folded."""
    name: tuple[str, ...] = ()
    """Folded words of the name at its head ("steve", "jobs"), without titles and forms of companies."""
    lemmas: frozenset[str] = frozenset()
    """What qualifies the head: lemmas of the other words that mean something."""
    proper: frozenset[str] = frozenset()
    """Those of them that are names."""
    owners: frozenset[str] = frozenset()
    """Folded words of what the head belongs to or is named for: "apple" in "Apple's website", "Apple TV"."""
    numbers: frozenset[str] = frozenset()
    label: str = ""
    """The entity's label, where the head lies in one."""
    article: str = ""
    """"the", "a", "this", "whose" (a possessor), "some", or nothing."""
    listed: bool = False
    """Several things in a row ("X and Y")."""
    many: bool | None = None
    gender: str = ""
    """"m", "f", "n" (a thing), or nothing."""
    time: frozenset[Pair] = frozenset()
    """Parts of a time: ("weekday", "friday"), ("day", "13")."""
    ties: frozenset[Pair] = frozenset()
    """What it hangs on, and how: ("shoot", "obj")."""

    @property
    def points(self) -> bool:
        """Whether it is a pronoun."""
        return self.form in POINTING


@cache
def load_nouns() -> dict[str, frozenset[str]]:
    """Noun -> the classes of things that it may name, from `nouns.tsv`."""
    source = resources.files("onrecord.wordings").joinpath("nouns.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in source.splitlines():
        if line and not line.startswith("#"):
            name, nouns = line.split("\t")
            for noun in nouns.split():
                found.setdefault(noun, set()).add(name)
    return {noun: frozenset(classes) for noun, classes in found.items()}


def cut_letters(words: str) -> frozenset[str]:
    """The runs of three letters of some words, with a blank at each end."""
    padded = f" {words} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))
