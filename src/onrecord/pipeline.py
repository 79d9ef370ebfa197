"""paths -> readings in a store, and a report of what was read, skipped and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records import Failure

Outcome = Literal["read", "unchanged", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands, after one more article."""

    done: int
    """Articles so far, of any outcome."""
    read: int
    unchanged: int
    skipped: int
    words: int
    """Words read so far."""
    path: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """What became of every input: documents in = read + unchanged + skipped."""

    read: int
    unchanged: int
    skipped: tuple[Failure, ...]
    words: int
    statements: int
    seconds: float | None
    """By the caller's clock; none without one."""
    conflicts: int
    """Decisions that found no record to hold on to after this run."""
