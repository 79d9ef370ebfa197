"""one document -> what a reader knows of it so far: who is named where, and who spoke last."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.names import Names
from onrecord.reading.mentions import Actor
from onrecord.reading.tokens import Tokens
from onrecord.records import TokenRange
from onrecord.vocabulary import Inferred

SURE, DOUBTFUL = 0.97, 0.9
"""Shares of resolved speakers that are right, in `own/examples`, `own/statements` and `own/speakers dev`
together: by rules that hardly anything speaks against 87 of 90, by the others 33 of 37."""


@dataclass(slots=True)
class Resolution:
    """What one speaker's words stand for."""

    words: TokenRange
    actor: Actor
    inferred: Inferred
    reason: str | None = None
    sure: float = 1.0
    """How sure the resolution is: SURE, DOUBTFUL, or 1 for words that name somebody or stay as they are."""


@dataclass(slots=True)
class Discourse:
    """What the reader of this document knows so far: who is named where, and who spoke last."""

    tokens: Tokens
    names: Names
    descriptions: dict[str, frozenset[str]]
    actors: list[Actor]
    spoke: list[tuple[int, Actor]] = field(default_factory=list)
    """Cue token and speaker of the statements so far, outside other people's quotations."""
    by_token: dict[int, Actor] = field(default_factory=dict)
    stand_ins: dict[int, Resolution] = field(default_factory=dict)
    """Head word of a pronoun or description -> the body it stands for, by the language layer's clusters."""

    def __post_init__(self) -> None:
        for actor in self.actors:
            for place in actor.names:
                self.by_token.update(dict.fromkeys(range(*place), actor))

    def known_before(self, token: int) -> list[Actor]:
        """Persons named or described before the token."""
        return [a for a in self.actors if a.kind == "person" and min(a.names)[0] < token]

    def spoke_last(self, actor: Actor, token: int) -> bool:
        """Whether the actor is the last who spoke before the token."""
        spoken = [(cue, who) for cue, who in self.spoke if cue < token]
        return bool(spoken) and max(spoken, key=lambda row: row[0])[1] is actor
