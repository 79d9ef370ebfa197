"""the language layer's antecedents of a word -> the actor of this document that it means, or nobody."""

from __future__ import annotations

from onrecord.reading.descriptions import GENDERED, kind_of_description, leave_as_worded
from onrecord.reading.discourse import Discourse, Resolution
from onrecord.reading.mentions import Actor
from onrecord.records import TokenRange
from onrecord.vocabulary import Inferred

LEAST = 0.3
"""Least probability of an actor that is taken where the rules found nobody."""
SHARE = 0.7
"""Its least share among all that fit: two people who fit alike leave the words as they are."""
AGAINST = 0.9
"""Probability of another actor from which on nobody is taken."""


def settle_by_antecedents(discourse: Discourse, part: TokenRange, head: int, found: Resolution) -> Resolution:
    """What the rules found; where they left the words as they are, who is likeliest by the antecedents.

    Where the rules found somebody and the antecedents are all for somebody else, nobody.
    """
    ranked = weigh_actors(discourse, head)
    if not ranked:
        return found
    tokens = discourse.tokens
    actor, chance = ranked[0]
    total = sum(each for _, each in ranked)
    if found.inferred == "worded":
        if chance < LEAST or chance < SHARE * total:
            return found
        reason = f"'{tokens.exact(part)}' leads back to '{tokens.exact(actor.name)}'"
        inferred: Inferred = "pronoun" if tokens.upos[head] == "PRON" else "description"
        return Resolution(part, actor, inferred, reason, round(chance / total, 4))
    if actor is not found.actor and chance >= AGAINST:
        return leave_as_worded(discourse, part, head)
    return found


def weigh_actors(discourse: Discourse, head: int) -> list[tuple[Actor, float]]:
    """The actors that a word fits, with the probabilities of its antecedents, likeliest first."""
    chances: dict[int, float] = {}
    actors: dict[int, Actor] = {}
    for token, chance in discourse.tokens.antecedents.get(head, ()):
        actor = discourse.by_token.get(token)
        if token != head and actor is not None and fits(discourse, head, actor):
            actors[id(actor)] = actor
            chances[id(actor)] = chances.get(id(actor), 0.0) + chance
    return [(actors[key], chances[key]) for key in sorted(chances, key=lambda key: -chances[key])]


def fits(discourse: Discourse, head: int, actor: Actor) -> bool:
    """Whether a pronoun or a description can mean the actor, who was named before it."""
    tokens = discourse.tokens
    if actor.key.startswith("worded:") or min(actor.names)[0] > head:
        return False
    gender = GENDERED.get(tokens.lower[head])
    if gender is not None:
        return actor.kind == "person" and actor.gender in {None, gender}
    if tokens.lower[head] in {"it", "they", "them", "its", "their"}:
        return actor.kind not in {"person", "place", "people"}
    described = kind_of_description(discourse, head)
    return (described == "person") == (actor.kind == "person") and described != "collective"
