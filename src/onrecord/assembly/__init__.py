"""many documents' records -> the actors that they name, each under all its names.

    list_local_actors -> Collector (local actor -> node) -> people's decisions -> Linker -> Builder

A pure function of the records, the name tables and people's decisions: the order of reading, fixes taken back
and re-reads leave no trace. Every step costs what it has in hand (nodes, not pairs of nodes).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.assembly.actors import Builder, actor_key, pick_main
from onrecord.assembly.collecting import Collector
from onrecord.assembly.components import Components
from onrecord.assembly.decided import Said, settle
from onrecord.assembly.links import Linker
from onrecord.assembly.locals import list_local_actors
from onrecord.assembly.naming import PER_DOCUMENT, Identifier, key_of
from onrecord.assembly.nodes import Node
from onrecord.assembly.privacy import mask_private
from onrecord.names import Names
from onrecord.records import ActorPlace, Assembly, Decision, LocalActor, Suggestion

__all__ = ["PER_DOCUMENT", "actor_key", "key_of", "list_local_actors", "resolve_actors"]


def resolve_actors(
    documents: Iterable[Sequence[LocalActor]], names: Names, decisions: Sequence[Decision] = ()
) -> Assembly:
    """The actors of all documents. `documents` gives the local actors of each document, in the order of
    their ids; `decisions` are those about actors that were not taken back, oldest first."""
    settled = settle(decisions)
    identifier = Identifier(names)
    collector = Collector(identifier, settled)
    for locals_ in documents:
        collector.add_document(locals_)
    nodes = collector.finish()
    components = Components(sorted(nodes))
    said = Said(components, nodes.keys())
    said.apply(decisions)
    linker = Linker(nodes, components, names, collector.variants)
    linker.link()
    groups = components.groups()
    homes = {key: actor_key(pick_main([nodes[each] for each in keys]).key) for keys in groups for key in keys}
    builder = Builder(nodes, homes, identifier, said, linker.reasons, settled.confirmed)
    assembly = Assembly(
        actors=tuple(sorted((builder.build(keys) for keys in groups), key=lambda actor: actor.id)),
        places=tuple(_list_places(nodes, homes)),
        former=tuple(sorted((actor_key(key), home) for key, home in homes.items() if actor_key(key) != home)),
        suggestions=_list_suggestions(linker, homes),
        conflicts=tuple(said.conflicts),
    )
    return mask_private(assembly)


def _list_places(nodes: dict[str, Node], homes: dict[str, str]) -> list[ActorPlace]:
    return sorted(
        ActorPlace(*place, homes[key], reason) for key, node in nodes.items() for place, reason in node.locals
    )


def _list_suggestions(linker: Linker, homes: dict[str, str]) -> tuple[Suggestion, ...]:
    """One row a pair, with the first of its reasons."""
    found: dict[tuple[str, str], str] = {}
    for one, other, reason in sorted(linker.suggestions):
        if homes[one] != homes[other]:
            found.setdefault((min(homes[one], homes[other]), max(homes[one], homes[other])), reason)
    return tuple(Suggestion(*pair, reason) for pair, reason in sorted(found.items()))
