"""one actor of one document -> the key of what its names name, and why.

A key is made of the names, their kind and, for homonyms, their document's context: never of other documents,
so that adding articles changes no key. Keys that are equal are one actor unless something keeps them apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from onrecord.names import CHECKED, Name, Names, Office, Relation, fold, is_acronym, is_generic, parse_person
from onrecord.records import LocalActor
from onrecord.vocabulary import Kind

_NAMES_OVER_PERSONS: Final = frozenset({"seats", "armed_groups", "own"})
_CLASSES: Final[dict[Kind, str]] = {
    "person": "person", "place": "place", "state": "place", "people": "people",
}  # fmt: skip
BY_TABLES: Final = "the name tables know"
"""How a document's own reason begins when it says no more than that the tables join two names."""
PER_DOCUMENT: Final = "@"
"""Stands in a key before the document that alone it holds for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the names of a local actor name."""

    key: str
    name: str
    """The words, as they stand, that the key was made of."""
    known: Name | None = None
    strong: bool = True
    """False for a lone surname or an unexplained acronym: it names nobody outside its document."""
    reason: str | None = None
    others: tuple[str, ...] = ()
    """Keys of further names that the document gives the same actor."""
    part_of: str | None = None
    """Key of what it belongs to, where its name says so."""


class Identifier:
    """Finds what local actors are called; remembers what it looked up."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._find = lru_cache(maxsize=100_000)(names.find)
        self._hints = lru_cache(maxsize=1_000)(names.hints_of)

    def identify(self, local: LocalActor) -> Identity:
        """The identity of a named local actor: by the tables when they know one of its names, else by its
        fullest name."""
        if local.metonym:
            return self._identify_metonym(local)
        if local.kind == "person":
            return self._identify_person(local)
        for words in local.names:
            known = self.find_known(words, local.kind, local.context)
            if known is not None:
                return Identity(key=key_of(known), name=words, known=known)
        for words in local.names:
            known = self._find_with_state(words)
            if known is not None:
                reason = f"'{words}' is '{known.name}' with the name of its state"
                return Identity(key=key_of(known), name=words, known=known, reason=reason)
        return self._identify_unknown(local)

    def _identify_unknown(self, local: LocalActor) -> Identity:
        """By the fullest name that the tables do not know. A name that only says what kind of body is meant
        ("the League") holds for its document."""
        kind = _CLASSES.get(local.kind, "body")
        full = [words for words in local.names if not is_acronym(words)]
        telling = [words for words in full if kind != "body" or not is_generic(_strip_lead(words))]
        best = max(telling, key=lambda words: len(words.split()), default=None)
        if best is None and full:
            key = f"{kind}:{fold(full[0])}{PER_DOCUMENT}{local.document_id}:{local.local_id}"
            return Identity(key=key, name=full[0], strong=False)
        if best is None:
            return Identity(key=f"acronym:{fold(local.names[0])}", name=local.names[0], strong=False)
        key = f"{kind}:{fold(_strip_lead(best))}"
        part_of = self._find_whole(best) if kind == "body" else None
        others = dict.fromkeys(f"{kind}:{fold(_strip_lead(words))}" for words in telling)
        rest = tuple(one for one in others if one != key)
        return Identity(key=key, name=best, others=rest, part_of=part_of)

    def _find_whole(self, words: str) -> str | None:
        """Key of the state or group to which a body belongs whose name is theirs and a kind of body ("Taliban
        Foreign Ministry", "Foreign Ministry of Kenya")."""
        parts = words.removeprefix("the ").split()
        cuts = [(parts[:size], parts[size:]) for size in range(min(3, len(parts) - 1), 0, -1)]
        cuts += [(parts[size:], parts[:size]) for size in range(1, len(parts)) if parts[size - 1] == "of"]
        for name, rest in cuts:
            if not is_generic(" ".join(rest)):
                continue
            known = next((one for one in self._find(" ".join(name)) if one.source in CHECKED), None)
            if known is not None and known.kind != "place":
                power = self.find_power(known.demonym_of) if known.demonym_of else known
                return key_of(power) if power else None
        return None

    def find_known(self, words: str, kind: Kind, context: frozenset[str]) -> Name | None:
        """The bearer of the name in the tables, of this kind when it can be. Where two places bear it, the
        other names of the document decide; two states between which nothing decides are neither."""
        found = [name for name in self._find(words) if _may_be_meant(name, words, kind)]
        alike = [name for name in found if name.kind == kind] or found
        rivals = list({name.key: name for name in (*alike, *found) if not name.demonym_of}.values())
        if len(rivals) < 2 or kind not in ("state", "place"):
            return alike[0] if alike else None
        told = [len(self._hints(name) & context) for name in rivals]
        if max(told):
            return rivals[told.index(max(told))]
        return rivals[0] if [name.kind for name in rivals].count("state") < 2 else None

    def _find_with_state(self, words: str) -> Name | None:
        """The group or body that a name means behind the people of its own state ("the Afghani Taliban");
        another state's makes it another ("the Pakistani Taliban")."""
        first, _, rest = words.removeprefix("the ").partition(" ")
        state = self.names.state_of(first) if rest else None
        found = [one for one in self._find(rest) if one.source in CHECKED] if state else []
        return next((one for one in found if one.state == state and one.kind != "place"), None)

    def _identify_metonym(self, local: LocalActor) -> Identity:
        words = local.names[0]
        known = next((name for name in self._find(words) if name.metonym_of), None)
        power = self.find_power(known.metonym_of) if known and known.metonym_of else None
        if power is None:
            return self.identify(replace(local, metonym=False))
        reason = f"'{words}' speaks: taken for the authorities of {power.name}"
        return Identity(key=key_of(power), name=words, known=power, reason=reason)

    def find_power(self, name: str) -> Name | None:
        """The state or body of that usual name."""
        return self.names.named(name)

    def find_government(self, state: Name, day: str | None) -> str:
        """Key of the government of a state on that day. Where power changed hands, one of an unknown day is
        no other's."""
        if not self.names.has_regimes(state.name):
            return f"government:{fold(state.name)}"
        regime = self.names.regime_of(state.name, day) if day else None
        return regime.key if regime else f"government:{fold(state.name)}:{day[:4] if day else 'day unknown'}"

    def find_office(self, local: LocalActor) -> Office | None:
        """The public office that a list of office-holders gives a person whose article names none: only where
        the article names the state too, and its day does not lie outside."""
        if local.roles:
            return None
        offices = [office for words in local.names for office in self.names.offices_of(words)]
        for office in offices:
            day = local.day or office.since
            held = office.since <= day and (not office.until or day <= office.until or not local.day)
            if held and fold(office.state) in local.context:
                return office
        return None

    def list_ties(self, known: Name) -> dict[Relation, list[str]]:
        """How a known thing stands to others: relation -> keys, as the tables say."""
        ties: dict[Relation, list[str]] = {}
        for link in self.names.lineage_of(known):
            if link.key == known.key:
                ties.setdefault(link.relation, []).append(link.other_key)
        return ties

    def _identify_person(self, local: LocalActor) -> Identity:
        for words in local.names:
            known = next((one for one in self._find(words) if one.source in _NAMES_OVER_PERSONS), None)
            if known is not None:
                return Identity(key=key_of(known), name=words, known=known)
        ordered = sorted(local.names, key=lambda words: -len(core_words(words)))
        best = ordered[0]
        core = core_words(best)
        if len(core) < 2:
            key = f"person:{' '.join(core)}{PER_DOCUMENT}{local.document_id}:{local.local_id}"
            return Identity(key=key, name=best, strong=False)
        key = f"person:{' '.join(core)}"
        others = [core_words(words) for words in ordered[1:]]
        keys = dict.fromkeys(f"person:{' '.join(words)}" for words in others if len(words) > 1)
        return Identity(key=key, name=best, others=tuple(one for one in keys if one != key))


def _may_be_meant(name: Name, words: str, kind: Kind) -> bool:
    if name.source == "divisions":
        return kind in ("state", "place")
    return name.source in CHECKED or (" " in words.strip() and name.source != "cities")


def _strip_lead(words: str) -> str:
    """The name without words in small letters before it ("rebel Sarn Liberation Front")."""
    parts = words.split()
    start = next((place for place, part in enumerate(parts) if not part.islower()), 0)
    return " ".join(parts[start:])


def core_words(words: str) -> list[str]:
    """The words that name a person, folded, with what tells fathers from sons: "Mr. Ivo Varga Jr" gives ivo,
    varga, jr."""
    name = parse_person(words)
    return [*(word for word in name.words if len(word) > 1), *([name.suffix] if name.suffix else [])]


def key_of(known: Name) -> str:
    """The key of a thing that the tables know; "Afghan" and "Afghans" are one people."""
    return f"people:{fold(known.demonym_of)}" if known.demonym_of else known.key


def split_key(key: str) -> tuple[str, str]:
    """Class and words of a key: "person", "zamir kabulov"."""
    kind, _, rest = key.partition(":")
    return kind, rest.partition(PER_DOCUMENT)[0]


def explain_alias(words: str, known: Name | None, local: Mapping[str, str]) -> str | None:
    """Why the words name that actor; none for its own name. `local` holds the document's own reasons."""
    if words in local and not local[words].startswith(BY_TABLES):
        return f"'{words}': {local[words]}"
    if known is None or fold(words) == fold(known.name):
        return None
    return f"'{words}' is a name of '{known.name}' in the name tables"
