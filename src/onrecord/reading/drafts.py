"""the language layer's attributions -> drafts of statements that the next steps complete."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.acts import Cue, Lexicon, classify_cue
from onrecord.reading.tokens import Tokens, cover, join_ranges, to_ranges
from onrecord.records import Attribution, TokenRange

LEAST_NESTED = 0.6
"""Least score of a statement inside another's words. The language layer gives those from 0.4 on, which is
best for finding pairs; most of what this leaves out is no statement (1 to 2.5 % of our own gold's rows)."""


@dataclass(slots=True)
class Draft:
    """A statement in the making. Ranges are token ranges; `outer` is the draft that reports this one."""

    speaker: list[TokenRange]
    cue: list[TokenRange]
    content: list[TokenRange]
    about_cue: Cue
    score: float
    speaker_score: float
    outer: Draft | None = None
    addressee: TokenRange | None = None
    channels: list[TokenRange] = field(default_factory=list)
    follows: Draft | None = None
    """For a quotation without a cue of its own: the draft whose speaker goes on speaking."""

    @property
    def start(self) -> int:
        """The first token of content or cue."""
        return min(first for first, _ in (*self.content, *self.cue))

    def holds(self, token: int) -> bool:
        """Whether the token lies in the content."""
        for first, last in self.content:  # noqa: SIM110  (asked for each pair of drafts)
            if first <= token < last:
                return True
        return False


def draft_statements(tokens: Tokens, lexicon: Lexicon) -> list[Draft]:
    """One draft for each attribution of speech or thought, in the order of the annotation.

    Words in litter or credits are cut out; what has no cue or no content left is dropped, and so are cues
    of class `other` (intentions, votes, filings), whose inner attributions move up to the next outer one. Who
    is cited for the very words of another statement is a channel of that statement, not one of its own.
    """
    made: list[Draft | None] = []
    parents: list[int] = []
    for attribution in tokens.annotation.attributions:
        cue = _unmarked(tokens, attribution.cue)
        content = _cut_datelines(tokens, _unmarked(tokens, attribution.content))
        parents.append(attribution.parent)
        about = classify_cue(tokens, cue, content, lexicon)
        told = cue and content and about.cue_class != "other"
        if not told or _is_doubtful(attribution) or _is_citation(tokens, attribution):
            made.append(None)
            continue
        speaker = _unmarked(tokens, attribution.speaker)
        made.append(Draft(speaker, cue, content, about, attribution.score, attribution.speaker_score))
    for draft, parent in zip(made, parents, strict=True):
        outer = parent
        while outer >= 0 and made[outer] is None:
            outer = parents[outer]
        if draft is not None and outer >= 0:
            draft.outer = made[outer]
    return [draft for draft in made if draft is not None]


def _cut_datelines(tokens: Tokens, content: list[TokenRange]) -> list[TokenRange]:
    """The content without words of a dateline; nobody said where the report was written."""
    firsts = {first for first, _ in content} & tokens.in_datelines
    if not firsts:
        return content
    return to_ranges(token for token in cover(content) if token not in tokens.in_datelines)


def _is_doubtful(attribution: Attribution) -> bool:
    return attribution.parent >= 0 and attribution.score < LEAST_NESTED


def _is_citation(tokens: Tokens, attribution: Attribution) -> bool:
    outer = tokens.annotation.attributions[attribution.parent] if attribution.parent >= 0 else None
    return outer is not None and outer.content == attribution.content


def _unmarked(tokens: Tokens, ranges: tuple[TokenRange, ...]) -> list[TokenRange]:
    if not tokens.has_marked:
        return join_ranges(ranges)
    return to_ranges(token for token in cover(ranges) if not tokens.is_marked[token])
