"""clusters of the language layer -> the one actor of this document that a word's cluster names, or nobody."""

from __future__ import annotations

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
    """What the rules found, unless the word's cluster speaks against it or names somebody where they did not.

    Two readers that disagree about a person leave the words as they are.
    """
    actor = find_clustered(discourse, head)
    if actor is None or actor is found.actor:
        return found
    if found.inferred != "worded":
        return found
    tokens = discourse.tokens
    reason = f"'{tokens.exact(part)}' stands in one cluster with '{tokens.exact(actor.name)}'"
    return Resolution(part, actor, "pronoun" if tokens.upos[head] == "PRON" else "description", reason, SURE)
