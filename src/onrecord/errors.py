"""what went wrong -> an error named by its consequence.

OnrecordError
├── SkipDocument    one input is lost; a `Failure` row is written and the run goes on
├── StopRun         the run cannot go on; the message names the remedy
└── InvalidRecord   a record breaks its own rules: a bug of ours, never of the input
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The root of every error that onrecord raises on purpose."""


class SkipDocument(OnrecordError):
    """One document (or one file) cannot be read: `stage` names where, the message says why.

    `member` is the place inside the file ("" for the whole file).
    """

    def __init__(self, reason: str, *, stage: str = "intake", member: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.stage = stage
        self.member = member

    def __reduce__(self) -> tuple[object, tuple[str, str, str]]:
        return _rebuild_skip, (self.reason, self.stage, self.member)


def _rebuild_skip(reason: str, stage: str, member: str) -> SkipDocument:
    return SkipDocument(reason, stage=stage, member=member)


class StopRun(OnrecordError):
    """The run stops; the message ends with what the user can do about it."""


class InvalidRecord(OnrecordError):
    """A record whose offsets, words or references contradict its document."""
