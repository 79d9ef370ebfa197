"""all local actors -> one node a key: its names, kinds, roles and documents; where each local actor went.

A pass in one go that keeps counts and no documents: memory grows with distinct names and with places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from onrecord.assembly.components import Components
from onrecord.assembly.naming import PER_DOCUMENT, Identifier, Identity, explain_alias, key_of
from onrecord.assembly.persons import Bearer, place_bearers
from onrecord.assembly.variants import Variants, find_variants
from onrecord.names import Name, fold, is_acronym
from onrecord.records import LocalActor
from onrecord.vocabulary import Kind

Local = tuple[str, str, bool]
"""Document, local id, metonym."""
UNKNOWN: Final = "~"
"""Stands for a day that is not known, after all that are."""
BY_NAME: Final = "~"
"""Stands in a key before the name that a person took out of an actor."""
_LEADING: Final = ("the ", "The ", "some ", "Some ")


class Held(NamedTuple):
    """A role of a node: the words, and the key of whom it is held for."""

    words: str
    of: str | None


@dataclass(slots=True)
class Node:
    """What is known of the bearers of one key."""

    key: str
    known: Name | None = None
    strong: bool = True
    names: Counter[str] = field(default_factory=Counter)
    """Words as they stand -> documents."""
    kinds: Counter[Kind] = field(default_factory=Counter)
    documents: int = 0
    roles: dict[Held, tuple[str, str]] = field(default_factory=dict)
    """Role -> day ("~" when unknown) and document that give it first."""
    reasons: dict[str, None] = field(default_factory=dict)
    power: str | None = None
    """Key of the actor that a described one speaks for."""
    others: Counter[str] = field(default_factory=Counter)
    """Other keys that documents give the same actor -> documents."""
    acronyms: set[str] = field(default_factory=set)
    locals: list[tuple[Local, str | None]] = field(default_factory=list)
    """The local actors that came here, each with the reason."""
    contexts: frozenset[str] = frozenset()
    """Of a node that holds for one document: the folded words of its names."""

    _last: str = ""

    @property
    def person(self) -> bool:
        """Whether it names a person."""
        return self.key.startswith("person:")

    def count_document(self, document_id: str) -> None:
        """Counts a document once; documents come one after another."""
        self.documents += document_id != self._last
        self._last = document_id


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
        self.places: dict[Local, str] = {}
        """Local actor -> key of its node; persons come last."""
        self._bearers: dict[str, list[Bearer]] = {}
        self.variants = Variants()
        """Of names of persons, found when all documents were taken."""

    def add_document(self, locals_: Sequence[LocalActor]) -> None:
        """Takes all actors of one document."""
        persons = []
        for local in locals_:
            if local.worded is not None:
                continue
            identity = self.identifier.identify(local)
            if identity.key.startswith("person:") and identity.strong:
                persons.append((local, identity))
            else:
                self._add(local, identity, identity.key)
        for local, identity in persons:
            held = [(local.document_id, one.holder_of, False) for one in local.roles if one.holder_of]
            states = [key for one in held if (key := self._find_power(one)) and key.startswith("state:")]
            bearer = Bearer(local, identity, tuple(dict.fromkeys(states)))
            self._bearers.setdefault(identity.key, []).append(bearer)
        for local in locals_:
            if local.worded is not None:
                self._add_described(local)

    def finish(self) -> dict[str, Node]:
        """Key -> node, when all documents were taken."""
        self.variants = find_variants(
            {key: _list_names(bearers) for key, bearers in self._bearers.items()}, self.identifier.names
        )
        families = Components(sorted(self._bearers))
        for one, other, _ in self.variants.same:
            families.join(one, other)
        for key, bearers in sorted(self._bearers.items()):
            for other in sorted({other for one in bearers for other in one.identity.others}):
                if other in self._bearers:
                    families.join(key, other)
        for keys in families.groups():
            bearers = [one for key in keys for one in self._bearers[key]]
            for bearer, key, why in place_bearers(bearers, self.settled.confirmed):
                self._add(bearer.local, replace(bearer.identity, key=key), key, why)
        self._bearers.clear()
        return self.nodes

    def _add(self, local: LocalActor, identity: Identity, key: str, why: str | None = None) -> None:
        if (key, local.document_id) in self.settled.apart:
            key = f"{key}{PER_DOCUMENT}{local.document_id}"
            why = "a person said that this article means another"
        elif (key, fold(identity.name)) in self.settled.words:
            key = f"{key}{BY_NAME}{fold(identity.name)}"
            why = "a person said that this name means another"
        node = self.nodes.setdefault(key, Node(key=key, known=identity.known, strong=identity.strong))
        _add_local(node, local, identity)
        for role in local.roles:
            of = self._find_power((local.document_id, role.holder_of, False)) if role.holder_of else None
            given = (local.day or UNKNOWN, local.document_id)
            held = Held(role.words, of)
            node.roles[held] = min(given, node.roles.get(held, given))
        if why:
            node.reasons[why] = None
        self.places[local.document_id, local.local_id, local.metonym] = key

    def _find_power(self, place: Local) -> str | None:
        """Key of the state or other actor at that place; of the state, for the people of one."""
        key = self.places.get(place)
        known = self.nodes[key].known if key else None
        if known is not None and known.demonym_of:
            power = self.identifier.find_power(known.demonym_of)
            return key_of(power) if power else key
        return key

    def _add_described(self, local: LocalActor) -> None:
        """Collectives and governments: the key is whom they speak for and their own words."""
        owner = (local.document_id, local.owner or "", False)
        power = self._find_power(owner)
        if power is None or power.startswith("person:"):
            return
        words = _strip_article(local.worded or "")
        key = f"described:{fold(words)}|{power}"
        node = self.nodes.setdefault(key, Node(key=key))
        node.count_document(local.document_id)
        node.kinds[local.kind] += 1
        node.names[words] += 1
        node.power = power
        place = (local.document_id, local.local_id, False)
        node.locals.append((place, None))
        self.places[place] = key


def _add_local(node: Node, local: LocalActor, identity: Identity) -> None:
    place = (local.document_id, local.local_id, local.metonym)
    node.count_document(local.document_id)
    node.kinds[identity.known.kind if identity.known else local.kind] += 1
    node.names.update(local.names)
    node.acronyms.update(words for words in local.names if is_acronym(words))
    node.others.update(key for key in identity.others if key != node.key)
    if not node.strong or PER_DOCUMENT in node.key:
        node.contexts |= local.context
    reason = identity.reason
    given = dict(local.reasons)
    for words in local.names:
        why = identity.reason or explain_alias(words, identity.known, given)
        if why:
            node.reasons[why] = None
        if words == identity.name and reason is None:
            reason = why
    node.locals.append((place, reason))


def _list_names(bearers: Sequence[Bearer]) -> list[str]:
    """The words of a name, most documents first."""
    counts = Counter(one.identity.name for one in bearers)
    return sorted(counts, key=lambda words: (-counts[words], words))


def _strip_article(words: str) -> str:
    for article in _LEADING:
        words = words.removeprefix(article)
    return words
