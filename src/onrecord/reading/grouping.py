"""given mentions of one document -> groups of those that mean one thing, each with a reason.

The mentions are given, whoever found them. What is seen of each pair (how both are worded, where they stand,
what the coreference scores say) is weighed by a fitted table; groups are joined best first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.reading.tokens import Tokens
from onrecord.reading.wording import Worder
from onrecord.records import TokenRange
from onrecord.wordings import (
    NEVER,
    Clues,
    Links,
    Scores,
    Weights,
    Wording,
    are_kin,
    compare_wordings,
    find_classes,
    join_groups,
    load_nouns,
    name_pair,
)

STEPS = 4
"""How far up the tree the clause of a relative pronoun is looked for."""


BARRED = ({"he", "she"}, {"he", "it"}, {"she", "it"}, {"i", "you"}, {"i", "we"}, {"we", "you"})
"""Pronouns that never mean one thing, as far as one voice speaks."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One mention in its place."""

    span: TokenRange
    head: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one thing in one document."""

    members: tuple[int, ...]
    """Indices into the mentions that were given, in order."""
    reason: str | None = None
    """What tied them, in words; none for a mention alone."""


class Grouper:
    """Groups the mentions of one document."""

    def __init__(
        self, tokens: Tokens, worder: Worder, spans: Sequence[TokenRange], links: Links | None = None
    ) -> None:
        self.tokens = tokens
        self.placed = [Placed(span, *worder.word(span)) for span in spans]
        self.links = links
        self._row = {word: row for row, word in enumerate(links.words)} if links else {}
        self._cluster = {
            word: number
            for number, cluster in enumerate(tokens.annotation.clusters)
            for word in (tokens.head_token(mention) for mention in cluster)
        }
        self._named = Counter(each.wording.name[-1] for each in self.placed if each.wording.name)
        self._tops = links.shares.max(1, initial=0.0) if links else None

    def group(self, weights: Weights) -> list[Group]:
        """The groups, by first mention."""
        scores = self.score(weights)
        return [
            Group(tuple(members), self._explain(members, scores, weights))
            for members in join_groups(scores, weights.least)
        ]

    def score(self, weights: Weights) -> Scores:
        """[n, n] log odds of each pair of mentions."""
        count = len(self.placed)
        scores: Scores = np.full((count, count), NEVER)
        for later in range(count):
            for earlier in range(later):
                if not self.is_barred(earlier, later):
                    score = weights.score(self.find_clues(earlier, later))
                    scores[earlier, later] = scores[later, earlier] = score
        return scores

    def is_barred(self, earlier: int, later: int) -> bool:
        """Whether two mentions cannot be one: "he" and "she", "I" and "you", a list and a part of it."""
        one, other = self.placed[earlier], self.placed[later]
        if {one.wording.form, other.wording.form} in BARRED:
            return True
        if {one.wording.gender, other.wording.gender} == {"m", "f"} or are_kin(one.wording, other.wording):
            return True
        for outer, inner in ((one, other), (other, one)):
            if outer.wording.listed and not inner.wording.listed and _holds(outer.span, inner.span):
                return True
        return False

    def find_clues(self, earlier: int, later: int) -> Clues:
        """All that is seen of two mentions."""
        one, other = self.placed[earlier], self.placed[later]
        pair = name_pair(one.wording, other.wording)
        clues = compare_wordings(one.wording, other.wording)
        clues.update(self._read_links(one, other, pair))
        clues.update(self._read_distance(one, other, pair))
        clues.update(self._read_tree(one, other, pair))
        clues.update(self._read_nesting(one, other, pair))
        if "w" in pair:
            clues.update(self._read_relative(one, other))
        if pair in ("NP", "Nn"):
            clues.update(self._read_prominence(one, other, pair))
        return clues

    def _read_prominence(self, one: Placed, other: Placed, pair: str) -> Iterator[tuple[str, float]]:
        """How much of the document is about the name; and whether it is what "the company" would mean."""
        named, rest = (one, other) if one.wording.form == "name" else (other, one)
        share = self._named[named.wording.name[-1]] / max(self._named.values())
        yield f"prominent {pair}", share
        yield f"prominent {pair} {named.wording.label}", share
        if pair == "NP":
            return
        classes, article = load_nouns().get(rest.wording.head, frozenset()), rest.wording.article
        if classes & find_classes(named.wording) and article in ("the", "this", "") and not rest.wording.many:
            bare = "bare" if not rest.wording.lemmas else "more"
            fitting = {
                each.wording.name[-1]: self._named[each.wording.name[-1]]
                for each in self.placed
                if each.wording.name and classes & find_classes(each.wording)
            }
            first = max(sorted(fitting), key=lambda name: fitting[name]) == named.wording.name[-1]
            yield f"stands for {'first' if first else 'other'} {bare}", 1.0
            if len(fitting) == 1:
                yield f"stands for only {bare}", 1.0

    def _read_links(self, one: Placed, other: Placed, pair: str) -> Iterator[tuple[str, float]]:
        if one.head == other.head:
            yield "head word one", 1.0
            return
        here, there = self._cluster.get(one.head), self._cluster.get(other.head)
        if here is not None and here == there:
            yield "cluster same", 1.0
            yield f"cluster same {pair}", 1.0
        low, high = self._row.get(min(one.head, other.head)), self._row.get(max(one.head, other.head))
        if self.links is None or self._tops is None or low is None or high is None:
            return
        score = max(-4.0, min(4.0, float(self.links.scores[high, low]) / 3))
        share = float(self.links.shares[high, low])
        yield "link", score
        yield f"link {pair}", score
        yield "share", share
        yield f"share {pair}", share
        if share > 0.3 and share == self._tops[high]:
            yield "share best", 1.0

    def _read_distance(self, one: Placed, other: Placed, pair: str) -> Iterator[tuple[str, float]]:
        apart = abs(self.tokens.sentence_of[one.head] - self.tokens.sentence_of[other.head])
        yield f"sentences {'0' if apart == 0 else '1' if apart == 1 else '2' if apart < 4 else 'far'}", 1.0
        yield f"sentences {'0' if apart == 0 else '1' if apart == 1 else 'more'} {pair}", 1.0
        if "P" in pair or "w" in pair:
            yield f"forms {one.wording.form} {other.wording.form}", 1.0

    def _read_tree(self, one: Placed, other: Placed, pair: str) -> Iterator[tuple[str, float]]:
        tokens = self.tokens
        for low, high in ((one.head, other.head), (other.head, one.head)):
            if tokens.heads[low] == high:
                yield f"hangs {tokens.deprels[low]}", 1.0
                yield f"hangs {pair}", 1.0
        if tokens.heads[one.head] == tokens.heads[other.head] >= 0:
            yield "beside in tree", 1.0
        (first, last) = sorted((one.span, other.span))
        gap = last[0] - first[1]
        if 0 <= gap <= 1:
            mark = gap == 1 and tokens.words[first[1]] in ",(-–"
            yield f"beside {'comma' if mark else gap} {pair}", 1.0

    def _read_nesting(self, one: Placed, other: Placed, pair: str) -> Iterator[tuple[str, float]]:
        inner, outer = (one, other) if _holds(other.span, one.span) else (other, one)
        if not _holds(outer.span, inner.span):
            return
        tokens = self.tokens
        yield "nested", 1.0
        yield f"nested {pair}", 1.0
        if inner.head == outer.head:
            low = inner.span[0] > outer.span[0]
            listed = any(
                tokens.deprel(i) == "conj" and tokens.heads[i] == outer.head
                for i in range(*outer.span)
                if not inner.span[0] <= i < inner.span[1]
            )
            yield f"nested list {listed}", 1.0
            yield f"nested cut {'front' if low else 'end'} {pair}", 1.0
            return
        tail = outer.span[1] == inner.span[1] and tokens.words[inner.span[0] - 1] in ",(:-–"
        start = outer.span[0] == inner.span[0] and tokens.words[inner.span[1]] in ",(:-–"
        if tail or start:
            yield f"nested behind comma {pair}", 1.0
        if inner.span[0] <= outer.span[0] + 1 and inner.span[1] <= outer.head:
            title = all(tokens.upos[i] in ("PROPN", "X") for i in range(inner.span[1], outer.head))
            yield f"nested before name {title} {pair}", 1.0
        if tokens.heads[inner.head] == outer.head:
            yield f"nested {tokens.deprels[inner.head]}", 1.0

    def _read_relative(self, one: Placed, other: Placed) -> Iterator[tuple[str, float]]:
        word, thing = (one, other) if one.wording.form == "who" else (other, one)
        clause = word.head
        for _ in range(STEPS):
            if clause < 0 or self.tokens.deprels[clause] == "acl:relcl":
                break
            clause = self.tokens.heads[clause]
        if clause >= 0 and self.tokens.heads[clause] == thing.head:
            yield "relative of", 1.0
        before = [
            each.head for each in self.placed if each.head < word.span[0] and each.wording.form != "who"
        ]
        if before and thing.head == max(before):
            yield "relative nearest", 1.0
        if thing.span[0] < word.span[0] <= thing.span[1] + 2:
            yield "relative behind", 1.0

    def _explain(self, members: Sequence[int], scores: Scores, weights: Weights) -> str | None:
        """The strongest tie of a group, in words."""
        if len(members) < 2:
            return None
        pairs = [(one, other) for other in members for one in members if one < other]
        one, other = max(pairs, key=lambda pair: scores[pair])
        exact = [self.tokens.exact(self.placed[each].span) for each in (one, other)]
        why = weights.explain(self.find_clues(one, other))
        return f"'{exact[1]}' taken for '{exact[0]}': {why}"


def _holds(outer: TokenRange, inner: TokenRange) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer != inner
