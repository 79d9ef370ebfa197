"""all bearers of one person's name -> which of them may be one person across documents, and why.

A name is not a person: bearers come together only where a document gives the name a public role, and only
those whose own documents do not speak against it. The rest stay within their articles.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from onrecord.assembly.naming import PER_DOCUMENT, Identity
from onrecord.names import Office, find_role_class, fold
from onrecord.records import LocalActor

OFFICES: Final = frozenset(("government", "diplomacy", "parliament", "military", "court", "police"))
"""Classes of roles that are held for a state: nobody holds them for two."""
FOR_STATE: Final = "#"
"""Stands in a key before the state for which its bearer holds an office."""


class Held(NamedTuple):
    """A role: the words, and the key of whom it is held for."""

    words: str
    of: str | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """One document's person of that name."""

    local: LocalActor
    identity: Identity
    held: tuple[Held, ...] = ()
    """Its roles with the keys of whom they are held for."""

    office: Office | None = None
    """What a list of office-holders says, where the document gives no role."""

    @property
    def public(self) -> bool:
        """Whether its document gives it a role with a public function, or a list of office-holders does."""
        return self.office is not None or any(find_role_class(role.words) for role in self.local.roles)

    @property
    def state(self) -> str | None:
        """The one state that it holds an office for."""
        if self.office is not None:
            return f"state:{fold(self.office.state)}"
        of = {role.of for role in self.held if role.of and find_role_class(role.words) in OFFICES}
        states = [key for key in of if key.startswith("state:")]
        return states[0] if len(states) == 1 else None


def place_bearers(
    bearers: Sequence[Bearer], confirmed: Collection[str]
) -> list[tuple[Bearer, str, str | None]]:
    """Each bearer of a name, in all its spellings, with the key of its own person, and the reason when that
    is not the key of its name.

    `confirmed` holds keys of persons whom the user allows to be listed although no role shows.
    """
    if any(one.identity.key in confirmed for one in bearers):
        return [(one, one.identity.key, None) for one in bearers]
    if not any(one.public for one in bearers):
        why = "no article gives the name a public role: shown within its article only"
        return [(one, _within(one), why) for one in bearers]
    states = sorted({one.state for one in bearers if one.state})
    placed: list[tuple[Bearer, str, str | None]] = []
    for one in bearers:
        if one.local.roles and not one.public:
            why = "another person of that name has a public role; the role given here shows none"
            placed.append((one, _within(one), why))
        elif len(states) < 2:
            placed.append((one, one.identity.key, None))
        elif one.state:
            why = f"officials of {len(states)} states bear the name"
            placed.append((one, f"{one.identity.key}{FOR_STATE}{one.state}", why))
        else:
            why = (
                "several people of that name have public roles, and nothing here says which of them is meant"
            )
            placed.append((one, _within(one), why))
    return placed


def _within(bearer: Bearer) -> str:
    return f"{bearer.identity.key}{PER_DOCUMENT}{bearer.local.document_id}"
