"""local actors that bear one key -> what is known of them: names, kinds, roles, reasons, places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from onrecord.assembly.persons import Held
from onrecord.names import Name, is_acronym
from onrecord.records import LocalActor
from onrecord.vocabulary import Kind

Local = tuple[str, str, bool]
"""Document, local id, metonym."""
NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})
MOST_KEPT: Final = 200
"""Roles and reasons of one name; a head of state is described anew in every other article."""
UNKNOWN: Final = "~"
"""Stands for a day that is not known, after all that are."""
BY_NAME: Final = "~"
"""Stands in a key before the name that a person took out of an actor."""
_LEADING: Final = frozenset(
    "the some several many few two three four five six seven eight nine ten dozens hundreds other these "
    "those both all most of".split()
)
"""Words before a description that say how many are meant, not who."""


@dataclass(slots=True)
class Node:
    """What is known of the bearers of one key. What few nodes have starts as one empty thing that all share
    and is replaced when it is filled: there are as many nodes as names."""

    key: str
    known: Name | None = None
    strong: bool = True
    names: dict[str, int] = field(default_factory=dict)
    """Words as they stand -> documents."""
    kinds: dict[Kind, int] = field(default_factory=dict)
    documents: int = 0
    roles: Mapping[Held, tuple[str, str]] = field(default_factory=lambda: NOTHING)
    """Role -> day ("~" when unknown) and document that give it first."""
    offices: Mapping[Held, str] = field(default_factory=lambda: NOTHING)
    """Offices by a public list of office-holders -> since and until when."""
    reasons: Mapping[str, None] = field(default_factory=lambda: NOTHING)
    part_of: str | None = None
    """Key of what it belongs to, where its name says so ("Taliban Foreign Ministry")."""
    power: str | None = None
    """Key of the actor that a described one speaks for."""
    others: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    """Other keys that documents give the same actor -> documents."""
    acronyms: frozenset[str] = frozenset()
    locals: list[tuple[Local, str | None]] = field(default_factory=list)
    """The local actors that came here, each with the reason."""
    contexts: frozenset[str] = frozenset()
    """Of a lone surname or acronym: the folded names of its document."""
    _last: str = ""

    @property
    def person(self) -> bool:
        """Whether it names a person."""
        return self.key.startswith("person:")

    def count_document(self, document_id: str) -> None:
        """Counts a document once; documents come one after another."""
        self.documents += document_id != self._last
        self._last = document_id

    def add_names(self, local: LocalActor, kind: Kind) -> None:
        """Counts the names and the kind of one document's actor."""
        self.count_document(local.document_id)
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        for words in local.names or (strip_article(local.worded or ""),):
            self.names[words] = self.names.get(words, 0) + 1
        acronyms = frozenset(words for words in local.names if is_acronym(words))
        if not acronyms <= self.acronyms:
            self.acronyms |= acronyms

    def add_reason(self, why: str) -> None:
        """Keeps a reason once, as long as there are few."""
        if why not in self.reasons and len(self.reasons) < MOST_KEPT:
            self.reasons = {**self.reasons, why: None}

    def add_role(self, held: Held, given: tuple[str, str]) -> None:
        """Keeps the first day and document that give a role."""
        full = held not in self.roles and len(self.roles) >= MOST_KEPT
        if full or self.roles.get(held, (UNKNOWN + UNKNOWN, "")) <= given:
            return
        self.roles = {**self.roles, held: min(given, self.roles.get(held, given))}

    def add_others(self, keys: Sequence[str]) -> None:
        """Counts other keys of the same actor."""
        if keys:
            self.others = {**self.others, **{key: self.others.get(key, 0) + 1 for key in keys}}


def strip_article(words: str) -> str:
    """The words without "the" or "some" before them."""
    parts = words.split()
    while len(parts) > 1 and parts[0].lower() in _LEADING:
        parts.pop(0)
    return " ".join(parts)
