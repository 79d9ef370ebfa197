"""local groups of the documents of one story -> who and what is one in all of them, with a reason each.

Across all documents only names tie actors (`resolve_actors`). Documents that tell one story have few things
to tell of: there "the suspect" of one is "the gunman" of the other, when enough speaks for it. Documents
about one theme (a company over years) are no story: names tie them, descriptions hardly, and `least` is
higher.

Each pair of local groups of different documents is scored by its wordings: the mean of the best pair of
wordings and of all pairs. That is the square of the groups of a story, not of the ledger.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.wordings import (
    NEVER,
    Clues,
    Scores,
    Weights,
    Wording,
    are_kin,
    compare_wordings,
    join_groups,
    name_pair,
)

SAME_DOCUMENT: Final = -3.0
"""Log odds that two groups of one document, which reading kept apart, are one after all. Chosen on train
parts; small enough that a third document can rarely join them."""
UNSAID: Final = -4.0
"""Log odds of a pair of which one is only pronouns: nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalGroup:
    """One thing in one document, as far as reading tied its mentions."""

    document_id: str
    local_id: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """One thing of a story."""

    members: tuple[int, ...]
    """Indices into the local groups that were given, in order."""
    reason: str | None = None
    """What tied the strongest pair, in words; none for a group alone."""


class Story:
    """The local groups of one story, compared."""

    def __init__(self, groups: Sequence[LocalGroup], weights: Weights) -> None:
        self.groups = groups
        self.weights = weights
        self.documents = list(dict.fromkeys(group.document_id for group in groups))
        self._place = {document: place for place, document in enumerate(self.documents)}
        self.alike = _compare_documents(self._list_words())
        self._common = self._count_heads()
        self._together, self._apart, self._spread = self._count_keys()
        self._known: dict[tuple[Wording, Wording], tuple[float, float]] = {}

    def resolve(self, least: float | None = None) -> list[StoryGroup]:
        """The things of the story, by first local group; `least` instead of the weights' own threshold."""
        scores = self.score()
        floor = self.weights.least if least is None else least
        return [
            StoryGroup(tuple(members), self._explain(members, scores))
            for members in join_groups(scores, floor)
        ]

    def score(self) -> Scores:
        """[n, n] log odds that two local groups are one thing."""
        count = len(self.groups)
        scores: Scores = np.full((count, count), NEVER)
        for later in range(count):
            for earlier in range(later):
                scores[earlier, later] = scores[later, earlier] = self.score_pair(earlier, later)
        return scores

    def score_pair(self, one: int, other: int) -> float:
        """Log odds that two local groups are one thing."""
        ours, theirs = self.groups[one], self.groups[other]
        if ours.document_id == theirs.document_id:
            return SAME_DOCUMENT
        alike = float(self.alike[self._place[ours.document_id], self._place[theirs.document_id]])
        found = [
            self._score_wordings(this, that, alike)
            for this in ours.wordings
            if not this.points
            for that in theirs.wordings
            if not that.points
        ]
        if any(are_kin(this, that) for this in ours.wordings for that in theirs.wordings):
            return NEVER
        return (max(found) + sum(found) / len(found)) / 2 if found else UNSAID

    def find_clues(self, one: Wording, other: Wording, alike: float) -> Clues:
        """All that is seen of two wordings in two documents that are `alike` (0 to 1)."""
        clues = self._find_fixed(one, other)
        clues.update(dict.fromkeys(self._find_growing(one, other), alike))
        return clues

    def _find_fixed(self, one: Wording, other: Wording) -> Clues:
        clues = compare_wordings(one, other)
        if one.head == other.head and one.form != "time":
            clues[f"common {name_pair(one, other)}"] = self._common[one.head]
        if one.form != "time" and other.form != "time":
            clues.update(self._read_evidence(one, other))
        return clues

    def _read_evidence(self, one: Wording, other: Wording) -> Iterator[tuple[str, float]]:
        """What the story itself says of two words: that they are one thing in some article ("the man, an
        employee"), or two things in some."""
        pair, ours, theirs = name_pair(one, other), _key_of(one), _key_of(other)
        words = frozenset((ours, theirs))
        apart = self._apart[words] / min(self._spread[ours], self._spread[theirs])
        if ours == theirs:
            yield f"word of two {pair}", apart
            return
        together = self._together[words]
        yield f"words together {pair}", min(together, 3) / 3
        yield f"words apart {pair}", apart
        if together:
            yield f"words ever together {pair}", 1.0
        elif not self._apart[words]:
            yield f"words never meet {pair}", 1.0

    def _count_keys(self) -> tuple[Counter[frozenset[str]], Counter[frozenset[str]], Counter[str]]:
        """Pairs of words -> documents where one group has both; where two groups have one each; and words ->
        documents. A word with itself is apart where two groups have it."""
        keys: dict[str, list[frozenset[str]]] = {}
        for group in self.groups:
            found = frozenset(_key_of(each) for each in group.wordings if not each.points)
            keys.setdefault(group.document_id, []).append(found)
        together: Counter[frozenset[str]] = Counter()
        apart: Counter[frozenset[str]] = Counter()
        spread: Counter[str] = Counter()
        for groups in keys.values():
            tied = {frozenset((a, b)) for group in groups for a in group for b in group if a < b}
            split = {
                frozenset((a, b))
                for number, group in enumerate(groups)
                for other in groups[:number]
                for a in group
                for b in other
            }
            together.update(tied)
            apart.update(split - tied)
            spread.update(frozenset().union(*groups))
        return together, apart, spread

    def _find_growing(self, one: Wording, other: Wording) -> tuple[str, ...]:
        """The clues that count as much as the two documents are alike."""
        pair = name_pair(one, other)
        head = (f"head alike {pair}",) if one.head == other.head and one.form != "time" else ()
        return ("alike", f"alike {pair}", *head)

    def _score_wordings(self, one: Wording, other: Wording, alike: float) -> float:
        """Remembered by wordings: the same few words come back in every document of a story."""
        known = self._known.get((one, other))
        if known is None:
            fixed = self.weights.score(self._find_fixed(one, other))
            slope = sum(self.weights.clues.get(clue, 0.0) for clue in self._find_growing(one, other))
            known = self._known[one, other] = (fixed, slope)
        return known[0] + known[1] * alike

    def _list_words(self) -> list[Counter[str]]:
        """What each document is about, as far as its groups say it."""
        counts: list[Counter[str]] = [Counter() for _ in self.documents]
        for group in self.groups:
            words = counts[self._place[group.document_id]]
            for wording in group.wordings:
                words.update(word for word, _ in wording.ties)
                if not wording.points:
                    words.update({wording.head, *wording.lemmas, *wording.name, *wording.numbers})
        return counts

    def _count_heads(self) -> dict[str, float]:
        """Head -> share of the documents that have it."""
        seen = {
            (group.document_id, word)
            for group in self.groups
            for wording in group.wordings
            for word in (wording.head, *wording.name)
        }
        counts = Counter(word for _, word in seen)
        return {word: count / len(self.documents) for word, count in counts.items()}

    def _explain(self, members: Sequence[int], scores: Scores) -> str | None:
        if len(members) < 2:
            return None
        pairs = [(one, other) for other in members for one in members if one < other]
        one, other = max(pairs, key=lambda pair: scores[pair])
        ours, theirs = self.groups[one], self.groups[other]
        if ours.document_id == theirs.document_id:
            return None
        alike = float(self.alike[self._place[ours.document_id], self._place[theirs.document_id]])
        this, that = max(
            ((a, b) for a in ours.wordings for b in theirs.wordings if not a.points and not b.points),
            key=lambda pair: self._score_wordings(pair[0], pair[1], alike),
        )
        why = self.weights.explain(self.find_clues(this, that, alike))
        return f"'{that.words}' taken for '{this.words}' of another article of the story: {why}"


def resolve_story(
    groups: Sequence[LocalGroup], weights: Weights, *, least: float | None = None
) -> list[StoryGroup]:
    """The things that the documents of one story tell of, by first local group."""
    return Story(groups, weights).resolve(least)


def _key_of(wording: Wording) -> str:
    """The word under which the story's evidence is counted."""
    return wording.name[-1] if wording.name else wording.head


def _compare_documents(counts: Sequence[Counter[str]]) -> NDArray[np.float64]:
    """[d, d] cosine of the documents' words, rare ones (among these documents) first."""
    spread = Counter(word for words in counts for word in words)
    columns = {word: column for column, word in enumerate(sorted(spread))}
    table = np.zeros((len(counts), len(columns)))
    for row, words in enumerate(counts):
        for word, count in words.items():
            rare = math.log((len(counts) + 1) / (spread[word] + 0.5))
            table[row, columns[word]] = (1 + math.log(count)) * rare
    lengths = np.sqrt((table**2).sum(1, keepdims=True))
    table /= np.where(lengths > 0, lengths, 1.0)
    alike: NDArray[np.float64] = table @ table.T
    return alike
