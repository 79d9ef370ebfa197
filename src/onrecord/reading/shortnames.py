"""bodies of one document -> short names joined to the one full name that ends with them ("the League")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.names import CHECKED, Names, fold, is_acronym
from onrecord.reading.bodies import NAMED_BODIES
from onrecord.reading.introductions import merge_actors
from onrecord.reading.mentions import Actor
from onrecord.reading.tokens import Tokens

LONGEST: Final = 2
"""Words of a short name."""


def join_short_bodies(tokens: Tokens, actors: Sequence[Actor], names: Names) -> list[Actor]:
    """The actors, with the names of each short body given to the only longer one of the document that ends
    with its words (a headline may have the short name first); what the tables know by the short name alone
    stays as it is."""
    bodies = [
        (actor, fold(tokens.exact(actor.name)).split()) for actor in actors if actor.kind in NAMED_BODIES
    ]
    for short, words in bodies:
        exact = tokens.exact(short.name)
        if len(words) > LONGEST or is_acronym(exact) or _is_known(exact, names):
            continue
        longer = [full for full, rest in bodies if len(rest) > len(words) and rest[-len(words) :] == words]
        if len(longer) == 1:
            reason = f"short for '{tokens.exact(longer[0].name)}', the only one so named here"
            merge_actors(longer[0], short, reason)
    return [actor for actor in actors if actor.names]


def _is_known(words: str, names: Names) -> bool:
    return any(name.source in CHECKED for name in names.find(words))
