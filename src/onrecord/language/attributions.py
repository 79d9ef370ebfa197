"""role scores of each cue -> attributions: who (speaker) said (cue) what (content), and which stand in which.

Each anchor (first word of a cue) is decoded by itself: one cue run that starts there, at most one speaker in
the same paragraph, content pieces that stay in prose and off litter. In PolNeAR's train part every cue is one
run, all but 9 of 17,875 sources are, and 99 % of the contents have one or two pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.network import WindowScores
from onrecord.language.quotes import balance_span
from onrecord.language.tagging import IMPOSSIBLE, Scores, find_tags, read_probabilities, read_spans
from onrecord.records import Attribution, TokenRange

CUE, SPEAKER, CONTENT = 0, 1, 2
"""Classes of the role tags 1-6 (B and I of each)."""


class Rules(NamedTuple):
    """Constants of the decoding; tuned on PolNeAR dev by relation F1 unless said otherwise."""

    anchor: float = 0.2
    """The network scores roles for words whose anchor probability is above this."""
    top: float = 0.5
    """Least probability of an outermost cue."""
    deep: float = 0.5
    """Least probability of a cue inside the content of another attribution."""
    alone: float = 0.8
    """Least probability at any depth of a cue that neither is outermost nor stands in a content."""
    flat: float = 0.0
    """Weight of the cue-blind role scores, which add their part to outermost attributions only."""
    piece: float = 0.35
    """Least mean probability of a content piece."""
    speaker: float = 0.35
    """Least mean probability of a speaker."""
    gap: int = 40
    """Most words between two pieces of one content."""
    score: tuple[float, float, float] = (0.0, 0.6, 0.6)
    """Calibration of `Attribution.score`: constant, weight of the anchor's and of the content's logit."""
    speaker_score: tuple[float, float] = (0.0, 1.0)
    """Calibration of `Attribution.speaker_score`: constant, weight of the speaker's logit."""


class Surroundings(NamedTuple):
    """What the decoding must know of the words, one entry a word."""

    forms: Sequence[str]
    marks: Sequence[int]
    """1 opens, -1 closes a quotation."""
    partners: Sequence[int]
    """Place of the mark that goes with this one, or -1."""
    paragraph: NDArray[np.int32]
    region: NDArray[np.int32]
    """Content stays in one region: paragraphs of prose that follow each other, or one title line."""
    sentence: NDArray[np.int32]
    """Number of the sentence, counted up over the text."""


@dataclass(slots=True)
class Draft:
    """One anchor's attribution, in word ranges."""

    anchor: int
    top: float
    deep: float
    cue: TokenRange
    speaker: TokenRange | None
    content: list[TokenRange]
    content_logit: float
    speaker_logit: float
    outer: Draft | None = None

    @property
    def trust(self) -> float:
        """The higher of the two anchor probabilities."""
        return max(self.top, self.deep)

    def holds(self, other: Draft) -> bool:
        """Return whether the other's cue lies in one piece of this content."""
        return any(first <= other.cue[0] and other.cue[1] <= last for first, last in self.content)

    def size(self) -> int:
        """Return the number of words of the content."""
        return sum(last - first for first, last in self.content)


def find_attributions(
    windows: Sequence[WindowScores], around: Surroundings, rules: Rules
) -> tuple[Attribution, ...]:
    """Return the attributions of a text, by first word of the cue, in word ranges."""
    drafts: list[Draft] = []
    for window in windows:
        found = _drop_repeats(_read_window(window, around, rules))
        drafts.extend(_nest(_settle_claims(found, around), rules))
    drafts.sort(key=lambda draft: draft.anchor)
    place = {id(draft): index for index, draft in enumerate(drafts)}
    return tuple(
        Attribution(
            (draft.speaker,) if draft.speaker else (),
            (draft.cue,),
            tuple(draft.content),
            place[id(draft.outer)] if draft.outer else -1,
            _score(draft, rules),
            _squash(rules.speaker_score[0] + rules.speaker_score[1] * draft.speaker_logit),
        )
        for draft in drafts
    )


def _read_window(window: WindowScores, around: Surroundings, rules: Rules) -> list[Draft]:
    top, deep = _sigmoid(window.top), _sigmoid(window.deep)
    anchors = window.anchors
    chosen = (top[anchors] >= rules.top) | (deep[anchors] >= rules.deep)
    anchors = anchors[chosen]
    if not anchors.size:
        return []
    weight = rules.flat * top[anchors][:, None, None]
    scores = window.roles[chosen] + weight * window.flat[None]
    scores = _confine(scores, anchors, window, around)
    tags, probabilities = find_tags(scores), read_probabilities(scores)
    drafts = []
    for row, anchor in enumerate(anchors.tolist()):
        draft = _read_draft(tags[row], probabilities[row], anchor, window.start, around, rules)
        if draft is not None:
            draft.top, draft.deep = float(top[anchor]), float(deep[anchor])
            drafts.append(draft)
    return drafts


def _confine(
    scores: Scores, anchors: NDArray[np.int64], window: WindowScores, around: Surroundings
) -> Scores:
    """Return role scores with what cannot be ruled out: other cues, other paragraphs, other regions."""
    paragraph = around.paragraph[window.start : window.end]
    region = around.region[window.start : window.end]
    scores[..., 1] = IMPOSSIBLE
    rows = np.arange(len(anchors))
    scores[rows, anchors] = IMPOSSIBLE
    scores[rows, anchors, 1] = 0
    elsewhere = paragraph[None] != paragraph[anchors][:, None]
    scores[..., 2:5][elsewhere] = IMPOSSIBLE
    scores[..., 5:7][region[None] != region[anchors][:, None]] = IMPOSSIBLE
    return scores


def _read_draft(
    tags: NDArray[np.int16],
    probabilities: Scores,
    anchor: int,
    shift: int,
    around: Surroundings,
    rules: Rules,
) -> Draft | None:
    """Return the attribution of one anchor, without its anchor probabilities; None when it has no content."""
    spans = read_spans(tags)
    cue = next(span for span in spans if span.kind == CUE)
    mass = [
        probabilities[:, 2 * kind + 1] + probabilities[:, 2 * kind + 2] for kind in (CUE, SPEAKER, CONTENT)
    ]
    speaker = max(
        (span for span in spans if span.kind == SPEAKER),
        key=lambda span: float(mass[SPEAKER][span.start : span.end].sum()),
        default=None,
    )
    if speaker is not None and mass[SPEAKER][speaker.start : speaker.end].mean() < rules.speaker:
        speaker = None
    pieces = [
        (span.start, span.end)
        for span in spans
        if span.kind == CONTENT and mass[CONTENT][span.start : span.end].mean() >= rules.piece
    ]
    pieces = _keep_near(pieces, rules.gap)
    if not pieces:
        return None
    inside = np.concatenate([mass[CONTENT][first:last] for first, last in pieces])
    speaker_chance = (
        float(mass[SPEAKER][speaker.start : speaker.end].mean())
        if speaker is not None
        else 1 - float(mass[SPEAKER].max())
    )
    content = _balance(
        [(first + shift, last + shift) for first, last in pieces],
        around,
        [(cue.start + shift, cue.end + shift)]
        + ([(speaker.start + shift, speaker.end + shift)] if speaker else []),
    )
    return (
        Draft(
            anchor + shift,
            0.0,
            0.0,
            (cue.start + shift, cue.end + shift),
            (speaker.start + shift, speaker.end + shift) if speaker else None,
            content,
            _logit(float(inside.mean())),
            _logit(speaker_chance),
        )
        if content
        else None
    )


def _keep_near(pieces: list[TokenRange], gap: int) -> list[TokenRange]:
    """Return the longest piece with those that follow each other around it within the gap."""
    if len(pieces) < 2:
        return pieces
    best = max(range(len(pieces)), key=lambda index: (pieces[index][1] - pieces[index][0], -index))
    first = last = best
    while first > 0 and pieces[first][0] - pieces[first - 1][1] <= gap:
        first -= 1
    while last + 1 < len(pieces) and pieces[last + 1][0] - pieces[last][1] <= gap:
        last += 1
    return pieces[first : last + 1]


def _balance(pieces: list[TokenRange], around: Surroundings, taken: Sequence[TokenRange]) -> list[TokenRange]:
    """Return the pieces with whole quotation marks; none comes to lie over another one or what is taken."""
    balanced: list[TokenRange] = []
    for index, (first, last) in enumerate(pieces):
        low, high = 0, len(around.forms)
        others = [*taken, *balanced[-1:], *pieces[index + 1 : index + 2]]
        for start, end in others:
            if end <= first:
                low = max(low, end)
            elif start >= last:
                high = min(high, start)
        start, end = balance_span((first, last), around.forms, around.marks, around.partners, (low, high))
        if any(character.isalnum() for form in around.forms[start:end] for character in form):
            balanced.append((start, end))
    return balanced


def _drop_repeats(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without the weaker of two that share a cue, or that let one speaker say the same."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (-draft.trust, draft.anchor)):
        if not any(_repeats(draft, other) for other in kept):
            kept.append(draft)
    return kept


def _repeats(draft: Draft, other: Draft) -> bool:
    if draft.cue[0] < other.cue[1] and other.cue[0] < draft.cue[1]:
        return True
    if other.holds(draft) or draft.holds(other) or not _share_speaker(draft, other):
        return False
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in draft.content for c, d in other.content)
    return shared > 0.8 * (draft.size() + other.size() - shared)


def _share_speaker(draft: Draft, other: Draft) -> bool:
    """Return whether the two have one speaker, or parts of one, or one took part of it for its cue."""
    if draft.speaker == other.speaker:
        return True
    spans = [(one, two) for one in (draft.speaker, draft.cue) for two in (other.speaker, other.cue)]
    return any(one and two and one[0] < two[1] and two[0] < one[1] for one, two in spans)


def _settle_claims(drafts: list[Draft], around: Surroundings) -> list[Draft]:
    """Return the drafts with each piece that two claim left to the one whose cue stands in its sentence.

    A draft that reports the other keeps the piece; a draft without content left is dropped.
    """
    sentence = around.sentence
    for draft in drafts:
        own = sentence[draft.cue[0]]
        draft.content = [
            piece
            for piece in draft.content
            if sentence[piece[0]] == own
            or not any(
                other is not draft
                and sentence[other.cue[0]] in (sentence[piece[0]], sentence[piece[1] - 1])
                and not draft.holds(other)
                and any(piece[0] < last and first < piece[1] for first, last in other.content)
                for other in drafts
            )
        ]
    return [draft for draft in drafts if draft.content]


def _nest(drafts: list[Draft], rules: Rules) -> list[Draft]:
    """Return the drafts that stand, each with the smallest attribution around it as its outer one."""
    while True:
        for draft in drafts:
            draft.outer = min(
                (other for other in drafts if other is not draft and _is_outer(other, draft)),
                key=lambda other: (other.size(), other.anchor),
                default=None,
            )
        _cut_cycles(drafts)
        kept = [
            draft
            for draft in drafts
            if draft.top >= rules.top or draft.deep >= (rules.alone if draft.outer is None else rules.deep)
        ]
        if len(kept) == len(drafts):
            return kept
        drafts = kept


def _is_outer(other: Draft, draft: Draft) -> bool:
    """Return whether `other` reports `draft`; where each holds the other's cue, the likelier top one."""
    if not other.holds(draft):
        return False
    return not draft.holds(other) or (other.top, -other.anchor) > (draft.top, -draft.anchor)


def _cut_cycles(drafts: list[Draft]) -> None:
    """Free the likeliest outermost draft of every ring of drafts that hold each other."""
    for draft in drafts:
        ring, at = [draft], draft.outer
        while at is not None and at not in ring:
            ring.append(at)
            at = at.outer
        if at is draft:
            max(ring, key=lambda member: (member.top, -member.anchor)).outer = None


def _score(draft: Draft, rules: Rules) -> float:
    constant, anchor, content = rules.score
    return _squash(constant + anchor * _logit(draft.trust) + content * draft.content_logit)


def _sigmoid(values: Scores) -> Scores:
    return np.asarray(1 / (1 + np.exp(-values)), np.float32)


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return log(chance / (1 - chance))


def _squash(value: float) -> float:
    return round(1 / (1 + exp(-value)), 4)
