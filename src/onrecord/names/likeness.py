"""verdict, reason, score -> `Likeness` of two names; text -> `Key` of a name."""

from __future__ import annotations

from typing import Literal, NamedTuple

Verdict = Literal["same", "unsure", "different"]


class Likeness(NamedTuple):
    """Whether two names are names of one actor, as far as names alone can say."""

    verdict: Verdict
    """"same" may be joined; "unsure" is a suggestion; "different" stays apart."""
    reason: str
    """Why, in one sentence for a reader."""
    score: float
    """How alike, 0 to 1; for ordering suggestions, no probability."""


class Key(NamedTuple):
    """One text under which a name is filed, so that likely variants meet without comparing all pairs."""

    text: str
    strong: bool
    """Strong: names that share it are very probably one, if `compare_names` says so. Weak (a lone surname,
    an acronym, a part of a name): many actors share it."""


def say_same(reason: str, score: float = 1.0) -> Likeness:
    """A likeness of one actor."""
    return Likeness("same", reason, score)


def say_unsure(reason: str, score: float = 0.5) -> Likeness:
    """A likeness that only its context can decide."""
    return Likeness("unsure", reason, score)


def say_different(reason: str, score: float = 0.0) -> Likeness:
    """A likeness of two actors."""
    return Likeness("different", reason, score)
