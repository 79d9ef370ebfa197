"""a machine's reading and people's decisions -> the reading as corrected, and what no longer fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A decision that could not be applied: its record was not found again."""

    decision_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDecision:
    """A decision and what became of it."""

    decision: Decision
    state: Literal["applied", "undone", "conflict"]
    why: str | None = None
    """The reason of a conflict; for one undone, the id of the decision that undid it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A record that contradicts its stored text."""

    record: str
    """Its kind: document, mention, statement, sentence, decision, file."""
    id: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What a redaction blanked."""

    decision: Decision
    places: int
    documents: int
