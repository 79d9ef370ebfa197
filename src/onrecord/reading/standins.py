"""clusters of the language layer, actors -> pronouns and descriptions that stand for a named body or state.

Only clusters that hold the name of one actor count, and never for persons: on news (ECB+ dev, MEANTIME) a
pronoun so tied to a body is right in 37 of 42 cases, to a person in 48 of 57, which is not sure enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.names import Names
from onrecord.reading.discourse import DOUBTFUL, Resolution
from onrecord.reading.mentions import Actor
from onrecord.reading.tabled import find_shared
from onrecord.reading.tokens import Tokens
from onrecord.records import TokenRange
from onrecord.vocabulary import Inferred, Kind

STANDING: Final[frozenset[Kind]] = frozenset(("organisation", "armed group", "government", "outlet", "state"))
_PRONOUNS: Final = frozenset("it its itself they them their theirs themselves".split())
_DEFINITE: Final = frozenset({"the", "this", "that", "its", "their", "same"})


def find_stand_ins(tokens: Tokens, actors: Sequence[Actor], names: Names) -> dict[int, Resolution]:
    """Head word -> what the mention stands for, with the reason."""
    named = {i: actor for actor in actors for place in actor.names for i in range(*place)}
    found = _find_shared_heads(tokens, actors, names)
    for cluster in tokens.annotation.clusters:
        heads = [(tokens.head_token(place), place) for place in cluster]
        bearers = {id(actor): actor for head, _ in heads if (actor := named.get(head))}
        actor = next(iter(bearers.values())) if len(bearers) == 1 else None
        if actor is None or actor.kind not in STANDING:
            continue
        for head, place in heads:
            inferred = None if head in named else _judge(tokens, head)
            if inferred is not None and not tokens.is_marked[head]:
                found[head] = _resolve(tokens, place, actor, inferred)
    return found


def _find_shared_heads(tokens: Tokens, actors: Sequence[Actor], names: Names) -> dict[int, Resolution]:
    """ "the Afghan and the Pakistani Taliban": the first is the Taliban that the document names elsewhere."""
    by_key = {actor.key: actor for actor in actors}
    found: dict[int, Resolution] = {}
    for actor in actors:
        for place in actor.names if actor.kind in STANDING else ():
            word, known = find_shared(tokens, place, names)
            meant = by_key.get(f"{known.source}:{known.name}") if known else None
            if word is not None and meant is not None:
                head = tokens.exact((place[0] + 1, place[1]))
                reason = f"'{tokens.exact(word)}' before '{tokens.exact(place)}' shares its '{head}'"
                found[word[0]] = Resolution(word, meant, "description", reason, DOUBTFUL)
    return found


def _judge(tokens: Tokens, head: int) -> Inferred | None:
    """Whether the word is a pronoun or opens a definite description."""
    if tokens.lower[head] in _PRONOUNS:
        return "pronoun"
    definite = any(tokens.lower[child] in _DEFINITE for child in tokens.children[head])
    return "description" if definite and tokens.upos[head] == "NOUN" else None


def _resolve(tokens: Tokens, place: TokenRange, actor: Actor, inferred: Inferred) -> Resolution:
    reason = f"'{tokens.exact(place)}' taken for '{tokens.exact(actor.name)}', the one name of its chain"
    return Resolution(place, actor, inferred, reason, DOUBTFUL)
