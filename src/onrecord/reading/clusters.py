"""clusters of the language layer -> the one actor of this document that a word's cluster names, or nobody."""

from __future__ import annotations

from onrecord.reading.descriptions import GENDERED, kind_of_description
from onrecord.reading.discourse import Discourse, Resolution
from onrecord.reading.mentions import Actor
from onrecord.records import TokenRange

SURE = 0.7
"""Set by hand, not calibrated."""


def find_clustered(discourse: Discourse, head: int) -> Actor | None:
    """The one actor that the cluster of the word at `head` names; nobody where it names two."""
    tokens = discourse.tokens
    found: dict[int, Actor] = {}
    for first, last in tokens.clusters.get(head, ()):
        actor = discourse.by_token.get(tokens.head_token((first, last)))
        if actor is not None and not actor.key.startswith("worded:") and not first <= head < last:
            found[id(actor)] = actor
    return next(iter(found.values())) if len(found) == 1 else None


def settle_by_cluster(discourse: Discourse, part: TokenRange, head: int, found: Resolution) -> Resolution:
    """What the rules found; where they left the words as they are, whom the word's cluster names and they fit."""
    actor = find_clustered(discourse, head) if found.inferred == "worded" else None
    if actor is None or not fits(discourse, head, actor):
        return found
    tokens = discourse.tokens
    reason = f"'{tokens.exact(part)}' stands in one cluster with '{tokens.exact(actor.name)}'"
    return Resolution(part, actor, "pronoun" if tokens.upos[head] == "PRON" else "description", reason, SURE)


def fits(discourse: Discourse, head: int, actor: Actor) -> bool:
    """Whether a pronoun or a description can mean the actor, who was named before it."""
    tokens = discourse.tokens
    if min(actor.names)[0] > head:
        return False
    gender = GENDERED.get(tokens.lower[head])
    if gender is not None:
        return actor.kind == "person" and actor.gender in {None, gender}
    if tokens.lower[head] in {"it", "they", "them", "its", "their"}:
        return actor.kind not in {"person", "place", "people"}
    described = kind_of_description(discourse, head)
    return (described == "person") == (actor.kind == "person") and described != "collective"
