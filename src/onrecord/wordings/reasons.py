"""clues -> what they say, in words for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SAID: Final[Mapping[str, str]] = {
    "name same": "the same name",
    "name last": "a shorter form of the name",
    "name first": "a shorter form of the name",
    "name part": "a part of the name",
    "name acronym": "the name's first letters",
    "name surname": "the same last name",
    "name near": "nearly the same name",
    "name": "names alike",
    "words same": "the same words",
    "words": "one article has both for one",
    "head same": "the same noun",
    "head one": "the same noun",
    "head alike": "the same noun in articles that tell alike",
    "head": "one word in both",
    "common": "a noun that all these articles have",
    "alike": "articles that tell alike",
    "link": "coreference, as the language layer reads it",
    "share": "coreference, as the language layer reads it",
    "cluster": "coreference, as the language layer reads it",
    "hangs": "the one is given with the other",
    "beside": "the one stands beside the other",
    "nested": "the one is a part of the words for the other",
    "relative": "a relative pronoun behind it",
    "stands": "the fitting name that the article has most",
    "prominent": "the name that the article has most",
    "class": "the same kind of thing",
    "gender": "the same gender",
    "label": "the same kind of name",
    "tie": "said to do the same, or the same is done to it",
    "time": "the same time",
    "modifiers": "the same qualities",
    "proper": "the same names beside it",
    "count": "the same number",
    "owner": "the one belongs to the other",
    "list": "both are lists",
}
"""How a clue's name begins -> what is said of it; the longest beginning counts. Others are left unsaid."""


def say_clue(clue: str) -> str | None:
    """What a clue says, or nothing for those that mean little by themselves ("pair nn")."""
    parts = clue.split()
    for size in (2, 1):
        if found := SAID.get(" ".join(parts[:size])):
            return found
    return None


def say_reasons(parts: Mapping[str, float], most: int = 2) -> str:
    """The clues that speak most for a pair, in words, strongest first; `parts` is what each adds."""
    sums: dict[str, float] = {}
    for clue, part in parts.items():
        said = say_clue(clue)
        if said is not None:
            sums[said] = sums.get(said, 0.0) + part
    best = [said for said in sorted(sums, key=lambda said: (-sums[said], said)) if sums[said] > 0]
    return ", ".join(best[:most]) or "small signs together"
