"""tables of dates -> lineage, governments and offices; each read when first asked for.

Days are ISO 8601 or their beginning ("2001-12", "1996"); they compare as text. A period includes its first
day and not its last: `until` is the day on which the next begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast, get_args

from onrecord.names.folding import fold, fold_cell
from onrecord.names.rows import read_table

Relation = Literal["part of", "renamed to", "split from", "distinct from"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)

Role = Literal["government", "military", "judiciary", "legislature", "police", "intelligence", "opposition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """How one thing stands to another: never that they are one."""

    name: str
    key: str
    relation: Relation
    other: str
    other_key: str
    since: str = ""
    """First day known; "" when it always was or is not known."""
    until: str = ""
    """The day it ended; "" when it holds or is not known."""
    source: str = ""
    """An address where a person can check it; of a user's row the file and line."""


@dataclass(frozen=True, slots=True)
class Links:
    """Rows of lineage, by the key of either side."""

    _by_key: dict[str, tuple[Lineage, ...]] = field(default_factory=dict)

    @classmethod
    def of_rows(cls, rows: Iterable[Lineage]) -> Links:
        """The rows, found by either side's key, in their order."""
        found: dict[str, list[Lineage]] = {}
        for row in rows:
            for key in dict.fromkeys((row.key, row.other_key)):
                found.setdefault(key, []).append(row)
        return cls({key: tuple(each) for key, each in found.items()})

    def of_key(self, key: str) -> tuple[Lineage, ...]:
        """The rows that have this key on a side."""
        return self._by_key.get(key, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A government of a state between two changes of power."""

    state: str
    name: str
    since: str
    until: str
    """The day the next came; "" for the one that lasts."""
    source: str

    @property
    def key(self) -> str:
        """ "government:afghanistan:2021-08-15"."""
        return f"government:{fold(self.state)}:{self.since}"

    def covers(self, day: str) -> bool:
        """Whether it governed on that day, which may be the beginning of one ("2004")."""
        return self.since <= day and (not self.until or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """That a person held a public office of a state, as far as a public list of office-holders knew."""

    person: str
    state: str
    role: Role
    since: str
    """ "" when the list does not say."""
    until: str
    """ "" when the list does not say: it ends about 2014, so an open end is not "now"."""


@dataclass(frozen=True, slots=True)
class Offices:
    """All offices, by the folded name of the person."""

    _by_name: dict[str, list[tuple[str, str, Role]]] = field(repr=False)
    """Folded name -> (entry, state, role); entries are parsed when asked for."""

    def of_name(self, words: str) -> tuple[Office, ...]:
        """The offices of people with exactly that name, by state, day and role."""
        found = [
            _parse_office(entry, state, role) for entry, state, role in self._by_name.get(fold(words), ())
        ]
        return tuple(
            sorted(found, key=lambda office: (office.state, office.since, office.until, office.role))
        )

    def __len__(self) -> int:
        return len(self._by_name)


def _parse_office(entry: str, state: str, role: Role) -> Office:
    person, since, until = [*entry.split(";"), "", ""][:3]
    return Office(person=person, state=state, role=role, since=_spread_day(since), until=_spread_day(until))


def _spread_day(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else ""


@cache
def load_regimes() -> dict[str, tuple[Regime, ...]]:
    """Folded usual name of a state -> its governments, earliest first."""
    found: dict[str, list[Regime]] = {}
    for state, name, since, until, source in read_table("regimes", 5):
        regime = Regime(state=state, name=name, since=since, until=until, source=source)
        found.setdefault(fold(state), []).append(regime)
    return {state: tuple(sorted(each, key=lambda regime: regime.since)) for state, each in found.items()}


@cache
def load_offices() -> Offices:
    """The offices that ship with the package."""
    by_name: dict[str, list[tuple[str, str, Role]]] = {}
    for state, role, cell in read_table("offices", 3):
        entries = cell.split("|")
        names = fold_cell("|".join(entry.partition(";")[0] for entry in entries))
        for name, entry in zip(names, entries, strict=True):
            by_name.setdefault(name, []).append((entry, state, cast(Role, role)))
    return Offices(by_name)
