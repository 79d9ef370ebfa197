"""actors -> the same actors, whose roles name no person without an evident public role.

A role is shown across articles ("lawyer for …"); whom it is held for may be somebody who is not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from onrecord.folding import replace_names
from onrecord.records import Actor, Assembly
from onrecord.vocabulary import PRIVATE


def mask_private(assembly: Assembly) -> Assembly:
    """The assembly without names of private persons in the roles of others."""
    names: dict[str, set[str]] = {}
    private = {one.id: one.aliases for one in assembly.actors if one.public is None}
    for place in assembly.places:
        if place.actor_id in private:
            names.setdefault(place.document_id, set()).update(private[place.actor_id])
    masked = (_mask(one, names, private.keys()) for one in assembly.actors)
    return replace(assembly, actors=tuple(masked))


def _mask(actor: Actor, names: Mapping[str, Collection[str]], private: Collection[str]) -> Actor:
    if actor.public is None or not any(role.document_id in names for role in actor.roles):
        return actor
    public = actor.public
    roles = []
    for role in actor.roles:
        words = replace_names(role.words, names.get(role.document_id, ()), PRIVATE)
        public = public.replace(role.words, words)
        roles.append(role._replace(words=words, of=None if role.of in private else role.of))
    return replace(actor, public=public, roles=tuple(dict.fromkeys(roles)))
