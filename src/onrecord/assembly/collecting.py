"""all local actors -> one node a key, and on which node each local actor is.

A pass in one go that keeps counts and no documents: memory grows with distinct names and with places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.assembly.components import Components
from onrecord.assembly.naming import PER_DOCUMENT, Identifier, Identity, explain_alias, key_of
from onrecord.assembly.nodes import BY_NAME, UNKNOWN, Node, strip_article
from onrecord.assembly.persons import Bearer, Held, place_bearers
from onrecord.assembly.variants import Variants, find_variants
from onrecord.names import fold
from onrecord.records import LocalActor


@dataclass(frozen=True, slots=True)
class Settled:
    """People's decisions that say to which node a local actor goes."""

    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Key and document -> id of the decision that takes the document's bearer out."""
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Key and folded name -> id of the decision that takes the bearers of that name out."""
    confirmed: Mapping[str, str] = field(default_factory=dict)
    """Keys of persons who may be listed without a public role -> id of the decision."""


class Collector:
    """Takes local actors, document by document, and puts each on its node."""

    def __init__(self, identifier: Identifier, settled: Settled) -> None:
        self.identifier = identifier
        self.settled = settled
        self.nodes: dict[str, Node] = {}
        self.variants = Variants()
        """Of names of persons, found when all documents were taken."""
        self._bearers: dict[str, list[Bearer]] = {}
        self._places: dict[tuple[str, bool], str] = {}
        """Local id and metonym -> key, in the document that is being taken."""

    def add_document(self, locals_: Sequence[LocalActor]) -> None:
        """Takes all actors of one document."""
        self._places.clear()
        persons, described = [], []
        for local in locals_:
            if local.worded is not None:
                described.append(local)
                continue
            identity = self.identifier.identify(local)
            if identity.key.startswith("person:") and identity.strong:
                persons.append((local, identity))
            else:
                self._add(local, identity, self._list_held(local))
        for local, identity in persons:
            office = self.identifier.find_office(local)
            slim = replace(local, context=frozenset())
            bearer = Bearer(slim, identity, self._list_held(local), office)
            self._bearers.setdefault(identity.key, []).append(bearer)
        for local in described:
            self._add_described(local)

    def finish(self) -> dict[str, Node]:
        """Key -> node, when all documents were taken."""
        names = {key: _list_names(bearers) for key, bearers in self._bearers.items()}
        self.variants = find_variants(names, self.identifier.names)
        families = Components(sorted(self._bearers))
        for one, other, _ in self.variants.same:
            families.join(one, other)
        for key, bearers in sorted(self._bearers.items()):
            for other in sorted({other for one in bearers for other in one.identity.others}):
                if other in self._bearers:
                    families.join(key, other)
        for keys in families.groups():
            bearers = [one for key in keys for one in self._bearers.pop(key)]
            for bearer, key, why in place_bearers(bearers, self.settled.confirmed):
                node = self._add(bearer.local, replace(bearer.identity, key=key), bearer.held, why)
                if bearer.office is not None and PER_DOCUMENT not in node.key:
                    held = Held(
                        f"{bearer.office.role} office of {bearer.office.state}",
                        f"state:{fold(bearer.office.state)}",
                    )
                    period = f"{bearer.office.since or '?'} to {bearer.office.until or '?'}"
                    node.offices = {**node.offices, held: period}
        return self.nodes

    def _list_held(self, local: LocalActor) -> tuple[Held, ...]:
        """The roles of a local actor with the keys of whom they are held for."""
        found = []
        for role in local.roles:
            of = self._find_power(role.holder_of) if role.holder_of else None
            found.append(Held(role.words, of))
        return tuple(found)

    def _add(
        self, local: LocalActor, identity: Identity, held: Sequence[Held], why: str | None = None
    ) -> Node:
        key, known = identity.key, identity.known
        if (key, local.document_id) in self.settled.apart:
            key = f"{key}{PER_DOCUMENT}{local.document_id}"
            why = "a person said that this article means another"
        elif (key, fold(identity.name)) in self.settled.words:
            key = f"{key}{BY_NAME}{fold(identity.name)}"
            why = "a person said that this name means another"
        node = self.nodes.get(key)
        if node is None:
            node = self.nodes[key] = Node(
                key=key, known=known, strong=identity.strong, part_of=identity.part_of
            )
            if known is not None and known.kind == "government" and known.metonym_of:
                power = self.identifier.find_power(known.metonym_of)
                node.power = key_of(power) if power else None
        _add_local(node, local, identity)
        for role in held:
            node.add_role(role, (local.day or UNKNOWN, local.document_id))
        if why:
            node.add_reason(why)
        self._places[local.local_id, local.metonym] = key
        return node

    def _find_power(self, local_id: str) -> str | None:
        """Key of the state or other actor of that local id; of the state, for the people of one."""
        key = self._places.get((local_id, False))
        known = self.nodes[key].known if key else None
        if known is not None and known.demonym_of:
            power = self.identifier.find_power(known.demonym_of)
            return key_of(power) if power else key
        if key is not None and known is None and key.startswith("people:"):
            stem = key.partition(":")[2].rstrip("s").removesuffix("n")
            homes = (f"place:{stem}", f"place:{stem.removesuffix('ia')}", f"place:{stem.removesuffix('a')}")
            return next((home for home in homes if home in self._places.values()), key)
        return key

    def _add_described(self, local: LocalActor) -> None:
        """Collectives and governments: the key is whom they speak for and their own words."""
        power = self._find_power(local.owner or "")
        if power is None or power.startswith("person:"):
            return
        state = self.nodes[power].known if power in self.nodes else self.identifier.names.of_key(power)
        key = f"described:{fold(strip_article(local.worded or ''))}|{power}"
        if local.kind == "government" and state is not None and state.kind == "state":
            key = self.identifier.find_government(state, local.day)
        node = self.nodes.get(key)
        if node is None:
            node = self.nodes[key] = Node(key=key, power=power)
        node.add_names(local, local.kind)
        node.locals.append(((local.document_id, local.local_id, False), None))


def _add_local(node: Node, local: LocalActor, identity: Identity) -> None:
    node.add_names(local, identity.known.kind if identity.known else local.kind)
    node.add_others([key for key in identity.others if key != node.key])
    if not node.strong:
        node.contexts = node.contexts | local.context if node.contexts else local.context
    reason = identity.reason
    given = dict(local.reasons)
    for words in local.names:
        why = identity.reason or explain_alias(words, identity.known, given)
        if why:
            node.add_reason(why)
        if words == identity.name and reason is None:
            reason = why
    node.locals.append(((local.document_id, local.local_id, local.metonym), reason))


def _list_names(bearers: Sequence[Bearer]) -> list[str]:
    """The words of a name, most documents first."""
    counts = Counter(one.identity.name for one in bearers)
    return sorted(counts, key=lambda words: (-counts[words], words))
