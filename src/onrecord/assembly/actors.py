"""groups of nodes -> actors, each with its names, roles, reasons and an id that outlives more articles.

An id is the hash of a key; every key of an actor redirects to it, so ids that it had before two names were
joined still find it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.assembly.decided import Said
from onrecord.assembly.links import count_names
from onrecord.assembly.naming import PER_DOCUMENT, Identifier
from onrecord.assembly.nodes import UNKNOWN, Node
from onrecord.assembly.persons import Held
from onrecord.keys import hash_parts
from onrecord.names import Relation, find_role_class, fold, is_acronym
from onrecord.records import Actor, ActorRole
from onrecord.vocabulary import KINDS, Kind

MOST_ROLES: Final = 200
MOST_REASONS: Final = 40
"""Kept of one actor; a head of state has a role in every other article."""


def actor_key(node: str) -> str:
    """The id of the actor whose main key that is."""
    return hash_parts("actor", node)


@dataclass(frozen=True, slots=True)
class Builder:
    """Makes actors; knows which key went where."""

    nodes: Mapping[str, Node]
    homes: Mapping[str, str]
    """Key -> id of its actor."""
    identifier: Identifier
    said: Said
    reasons: Mapping[str, Sequence[str]]
    confirmed: Mapping[str, str]

    def build(self, keys: Sequence[str]) -> Actor:
        """The actor of these keys."""
        nodes = [self.nodes[key] for key in keys if key in self.nodes]
        main = pick_main(nodes)
        names = count_names(nodes)
        kind = self._pick_kind(keys, nodes)
        roles = tuple(self._list_roles(nodes))
        public = self._show_public(nodes, keys, roles) if kind == "person" else f"{kind}: not a person"
        return Actor(
            id=self.homes[main.key],
            name=self._pick_name(keys, nodes, names),
            kind=kind,
            aliases=tuple(sorted(names, key=lambda words: (-names[words], words))),
            documents=max(node.documents for node in nodes) if len(nodes) == 1 else count_documents(nodes),
            roles=roles,
            speaks_for=self.homes.get(main.power or ""),
            part_of=self._list_ties(nodes, "part of"),
            renamed_to=self._list_ties(nodes, "renamed to"),
            split_from=self._list_ties(nodes, "split from"),
            public=public,
            within=None if public else nodes[0].locals[0][0][0],
            reasons=tuple(self._list_reasons(keys, nodes)),
            nodes=(main.key, *(key for key in keys if key != main.key)),
        )

    def _pick_name(self, keys: Sequence[str], nodes: Sequence[Node], names: Mapping[str, int]) -> str:
        """A person's choice, else the usual name when articles use it, else the one that most of them use."""
        for key in keys:
            if key in self.said.names:
                return self.said.names[key][0]
        usual = {fold(node.known.name) for node in nodes if node.known}
        person = nodes[0].person
        people = any(node.known and node.known.demonym_of for node in nodes)
        return min(
            names,
            key=lambda words: (
                fold(words) not in usual,
                not _is_whole(words),
                is_acronym(words),
                people and not words.endswith("s"),
                -min(len(fold(words).split()), 2) if person else 0,
                -names[words],
                len(words) if nodes[0].power else -len(words),
                words,
            ),
        )

    def _pick_kind(self, keys: Sequence[str], nodes: Sequence[Node]) -> Kind:
        counts: Counter[Kind] = Counter()
        for node in [node for node in nodes if node.strong] or nodes:
            counts.update(node.kinds)
        for key in keys:
            if key in self.said.kinds:
                return next(kind for kind in KINDS if kind == self.said.kinds[key])
        known = [node.known.kind for node in nodes if node.known]
        return known[0] if known else min(counts, key=lambda kind: (-counts[kind], KINDS.index(kind)))

    def _list_ties(self, nodes: Iterable[Node], relation: Relation) -> tuple[str, ...]:
        """Ids of the actors here to which the tables tie this one."""
        found: set[str] = set()
        keys = [node.known.key for node in nodes if node.known is not None]
        seen = set(keys)
        if relation == "part of":
            found |= {self.homes[key] for node in nodes if (key := node.part_of or "") in self.homes}
        while keys:
            known = self.identifier.names.of_key(keys.pop())
            ties = self.identifier.list_ties(known).get(relation, ()) if known else ()
            for key in ties:
                if key in self.homes:
                    found.add(self.homes[key])
                elif key not in seen:  # nobody names the one between here: go on to the next
                    seen.add(key)
                    keys.append(key)
        return tuple(sorted(found))

    def _list_roles(self, nodes: Iterable[Node]) -> Iterable[ActorRole]:
        first: dict[Held, tuple[str, str]] = {}
        for node in nodes:
            for held, given in node.roles.items():
                first[held] = min(given, first.get(held, given))
        found = [
            ActorRole(held.words, self.homes.get(held.of or ""), document_id, None if day == UNKNOWN else day)
            for held, (day, document_id) in first.items()
        ]
        ordered = sorted(
            found, key=lambda role: (role.day or UNKNOWN, role.document_id, role.words, role.of or "")
        )
        return ordered[:MOST_ROLES]

    def _show_public(
        self, nodes: Sequence[Node], keys: Sequence[str], roles: Sequence[ActorRole]
    ) -> str | None:
        """The evidence for a person: somebody's word, or the first role that shows a public function."""
        for key in keys:
            if key in self.confirmed:
                return "confirmed by a person"
        if any(PER_DOCUMENT not in key for key in keys):
            for role in roles:
                if find_role_class(role.words):
                    return f"'{role.words}' in document {role.document_id[:8]}"
            for node in nodes:
                for held, period in sorted(node.offices.items()):
                    return f"{held.words}, {period}, says a public list of office-holders"
        return None

    def _list_reasons(self, keys: Sequence[str], nodes: Iterable[Node]) -> Iterable[str]:
        found = dict.fromkeys(why for key in keys for why in self.said.reasons.get(key, ()))
        found |= dict.fromkeys(sorted({why for key in keys for why in self.reasons.get(key, ())}))
        found |= dict.fromkeys(sorted({why for node in nodes for why in node.reasons}))
        return list(found)[:MOST_REASONS]


def _is_whole(words: str) -> bool:
    """Whether no bracket of the name lacks its other half."""
    return words.count("(") == words.count(")") and words.count("[") == words.count("]")


def pick_main(nodes: Sequence[Node]) -> Node:
    """The node that gives an actor its id: known to the tables before others, then by key."""
    return min(nodes, key=lambda node: (node.known is None, not node.strong, node.key))


def count_documents(nodes: Iterable[Node]) -> int:
    """How many documents the nodes stand in together."""
    return len({place[0] for node in nodes for place, _ in node.locals})
