"""drafts of attributions, one an anchor -> those that stand, and which stands in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.language.confidence import Evidence, Rules, weigh_attribution
from onrecord.records import TokenRange


@dataclass(slots=True)
class Draft:
    """One anchor's attribution, in word ranges."""

    anchor: int
    top: float
    """Probability that the anchor opens the cue of an outermost attribution."""
    deep: float
    """Probability that it opens a cue at any depth."""
    cue: TokenRange
    speaker: TokenRange | None
    content: list[TokenRange]
    evidence: Evidence
    outer: Draft | None = None

    @property
    def trust(self) -> float:
        """The higher of the two anchor probabilities."""
        return max(self.top, self.deep)

    @property
    def chance(self) -> float:
        """The anchor probability that counts where the draft stands now."""
        return self.top if self.outer is None else self.deep

    def holds(self, other: Draft) -> bool:
        """Return whether the other's cue lies in one piece of this content."""
        start, end = other.cue
        for first, last in self.content:  # noqa: SIM110  (asked for each pair: a generator takes twice the time)
            if first <= start and end <= last:
                return True
        return False

    @property
    def reach(self) -> TokenRange:
        """From the first word of the content to the last one."""
        return self.content[0][0], self.content[-1][1]

    def size(self) -> int:
        """Return the number of words of the content."""
        return sum(last - first for first, last in self.content)


def drop_repeats(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without the weaker of two that share a cue, or that let one speaker say the same."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (-draft.trust, draft.anchor)):
        if not _repeats_any(draft, kept):
            kept.append(draft)
    return kept


def _repeats_any(draft: Draft, others: Sequence[Draft]) -> bool:
    reach = draft.reach
    for other in others:
        if _overlap(draft.cue, other.cue):
            return True
        if _overlap(reach, other.reach) and _says_the_same(draft, other):
            return True
    return False


def _says_the_same(draft: Draft, other: Draft) -> bool:
    """Return whether the two let one speaker say the same, neither of them in the other's words."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in draft.content for c, d in other.content)
    if shared <= 0.8 * (draft.size() + other.size() - shared):
        return False
    return not (other.holds(draft) or draft.holds(other)) and _share_speaker(draft, other)


def _share_speaker(draft: Draft, other: Draft) -> bool:
    """Return whether the two have one speaker, or parts of one, or one took part of it for its cue."""
    if draft.speaker == other.speaker:
        return True
    spans = [(one, two) for one in (draft.speaker, draft.cue) for two in (other.speaker, other.cue)]
    return any(one is not None and two is not None and _overlap(one, two) for one, two in spans)


def _overlap(one: TokenRange, two: TokenRange) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def settle_claims(drafts: list[Draft], sentence: Sequence[int]) -> list[Draft]:
    """Return the drafts with each piece that two claim left to the one whose cue stands in its sentence.

    Within one sentence it goes to the one for which it is all there is. A draft that reports the other keeps
    the piece; a draft without content left is dropped. `sentence` gives the number of each word's sentence.
    """
    for draft in drafts:
        reach = draft.reach
        rivals = [
            other for other in drafts
            if other is not draft and other.content and other.content[0][0] < reach[1]
            and reach[0] < other.content[-1][1] and not draft.holds(other)
        ]  # fmt: skip
        kept = [
            piece
            for piece in draft.content
            if not any(_claims_more(other, draft, piece, sentence) for other in rivals)
        ]
        draft.content = kept
    return [draft for draft in drafts if draft.content]


def _claims_more(other: Draft, draft: Draft, piece: TokenRange, sentence: Sequence[int]) -> bool:
    """Return whether a piece of `draft` is rather the other's."""
    if all(piece[0] >= last or first >= piece[1] for first, last in other.content):
        return False
    if sentence[piece[0]] == sentence[draft.cue[0]]:
        return len(draft.content) > 1 and other.content == [piece]
    return sentence[other.cue[0]] in (sentence[piece[0]], sentence[piece[1] - 1])


def nest(drafts: list[Draft], rules: Rules) -> list[Draft]:
    """Return the drafts that stand, each with the smallest attribution around it as its outer one."""
    while True:
        for draft in drafts:
            first, last = draft.cue
            around = [
                other for other in drafts
                if other.content[0][0] <= first and last <= other.content[-1][1] and _is_outer(other, draft)
            ]  # fmt: skip
            draft.outer = min(around, key=lambda other: (other.size(), other.anchor), default=None)
        _cut_cycles(drafts)
        kept = [draft for draft in drafts if _stands(draft, rules)]
        if len(kept) == len(drafts):
            return kept
        drafts = kept


def _stands(draft: Draft, rules: Rules) -> bool:
    if draft.outer is not None:
        return draft.deep >= rules.deep and score_draft(draft, rules) >= rules.keep_nested
    if draft.top < rules.top:
        return draft.deep >= rules.alone
    return score_draft(draft, rules) >= rules.keep


def score_draft(draft: Draft, rules: Rules) -> float:
    """Return the probability that the draft is right where it stands now."""
    chance = draft.chance
    if draft.outer is None and draft.top < rules.top:
        # Seen as nested, but in nothing that was found: as doubtful as an anchor can be that is kept.
        chance = rules.top
    return weigh_attribution(chance, draft.evidence, rules)


def _is_outer(other: Draft, draft: Draft) -> bool:
    """Return whether `other` reports `draft`; where each holds the other's cue, the likelier top one."""
    if other is draft or not other.holds(draft):
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
