"""a description of a body -> the one named body of this document that it is short for ("the League").

The words must all stand in the name, and the name must end with the description's head: "the ministry" is the
Health Ministry where no other ministry was named before it.
"""

from __future__ import annotations

from typing import Final

from onrecord.names import fold
from onrecord.reading.discourse import DOUBTFUL, Discourse, Resolution
from onrecord.reading.mentions import Actor
from onrecord.records import TokenRange
from onrecord.vocabulary import Kind

NAMED_BODIES: Final[frozenset[Kind]] = frozenset(("organisation", "armed group", "government", "outlet"))
_DEFINITE: Final = frozenset({"the", "this", "that", "same", "said"})
_WORDS: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})


def resolve_body(discourse: Discourse, part: TokenRange, head: int) -> Resolution | None:
    """The body that the words are short for; None when none or several fit, or the words say more."""
    tokens = discourse.tokens
    definite = any(tokens.lower[i] in _DEFINITE for i in tokens.children[head] if i >= part[0])
    words = [tokens.lower[i] for i in range(*part) if tokens.upos[i] in _WORDS]
    others = [i for i in range(*part) if tokens.upos[i] not in _WORDS | {"DET", "PUNCT"}]
    if not definite or others or not words or tokens.lower[head] != words[-1]:
        return None
    fitting = [actor for actor in discourse.actors if _fits(discourse, actor, words, part[0])]
    if len(fitting) != 1:
        return None
    name = tokens.exact(fitting[0].name)
    reason = f"'{tokens.exact(part)}' taken for '{name}', the only one so named before"
    return Resolution(part, fitting[0], "description", reason, DOUBTFUL)


def _fits(discourse: Discourse, actor: Actor, words: list[str], before: int) -> bool:
    if actor.kind not in NAMED_BODIES or actor.key.startswith("worded:"):
        return False
    if min(place[0] for place in actor.names) >= before:
        return False
    names = [fold(discourse.tokens.exact(place)).split() for place in actor.names]
    return any(len(name) > 1 and name[-1] == words[-1] and set(words) <= set(name) for name in names)
