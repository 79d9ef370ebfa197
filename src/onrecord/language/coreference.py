"""tags, trees and coreference scores of a text's words -> clusters: mentions of one thing.

Word by word (Dobrovolskii 2021): each candidate (pronoun, name, noun) looks for its antecedent among the
candidates before it, or takes none; the span of a mention is read off the tree under its word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.candidates import (
    GROUPS,
    Candidates,
    find_bonds,
    find_candidates,
    find_matches,
    number_plain,
)
from onrecord.records import TokenRange
from onrecord.wordings import Links, make_links

Scores = NDArray[np.float32]
Clusters = tuple[tuple[TokenRange, ...], ...]

GAPS = (1, 2, 4, 7, 12, 20, 35, 60, 110, 200, 400, 800)
"""Edges of the classes of distance, in words."""
REACH = 400
"""Candidates that are looked at before each one: it keeps the work linear in the length of a text."""
STEP = 100
"""Candidates that are scored at a time, against those before them and each other."""
_APART = frozenset(
    "punct appos parataxis conj cc cop nsubj aux aux:pass mark discourse vocative dislocated orphan advcl "
    "ccomp csubj expl nsubj:outer nsubj:pass".split()
)
"""Relations that hang something on a mention's word without being part of the mention."""
_EDGES = frozenset(",.;:\"“”()[]-–—'‘’")


class MentionScores(NamedTuple):
    """What the network says of the words that may be mentions, one row each."""

    words: NDArray[np.int64]
    query: NDArray[np.float32]
    key: NDArray[np.float32]
    mention: NDArray[np.float32]


class Tables(NamedTuple):
    """The learnt scores of what is seen of a pair."""

    groups: Scores
    """[GROUPS, GROUPS]: candidate, antecedent."""
    gaps: Scores
    """[GROUPS, len(GAPS) + 1]"""
    matches: Scores
    """[GROUPS, MATCHES]"""
    bonds: Scores
    """[GROUPS, BONDS]"""


def find_antecedents(
    candidates: Candidates, scores: Sequence[Scores], tables: Tables, first: int = 0
) -> tuple[list[int], list[float]]:
    """Return the best antecedent of each candidate from `first` on, and its score; taking none scores 0."""
    best: list[int] = []
    top: list[float] = []
    for pairs in score_pairs(candidates, scores, tables, first):
        found = pairs.argmax(1)
        best += found.tolist()
        top += pairs[np.arange(len(pairs)), found].tolist()
    return best, top


def score_pairs(
    candidates: Candidates, scores: Sequence[Scores], tables: Tables, first: int = 0
) -> Iterator[Scores]:
    """Yield the scores of the candidates from `first` on for those before them, STEP of them at a time: row
    by candidate, column by each candidate up to the last of the step; -inf for what does not come before.

    `scores` are query and key [n, width] and mention [n] of the candidates' words.
    """
    query, key, mention = scores
    groups = candidates.groups
    one = np.ones((len(groups), 1), np.float32)
    # One product gives what the words and their classes say: the last columns look up the class of both.
    ours = [query * np.float32(query.shape[1] ** -0.5), mention[:, None], one, tables.groups[groups]]
    theirs = [key, one, mention[:, None], np.eye(GROUPS, dtype=np.float32)[groups]]
    left, right = np.concatenate(ours, 1), np.concatenate(theirs, 1).T
    base = tables.gaps + tables.matches[:, :1] + tables.bonds[:, :1]
    plain, alike = number_plain(candidates), tables.matches[:, 2] - tables.matches[:, 0]
    rows, columns, values = _weigh_ties(candidates, tables, first)
    for start in range(first, len(groups), STEP):
        end = min(start + STEP, len(groups))
        pairs = _spread_gaps(candidates.places[:end], base[groups[start:end]])
        pairs += left[start:end] @ right[:, :end]
        pairs += (plain[start:end, None] == plain[:end]) * alike[groups[start:end], None]
        tied = slice(*np.searchsorted(rows, (start, end)))
        np.add.at(pairs, (rows[tied] - start, columns[tied]), values[tied])
        yield pairs


def _spread_gaps(places: NDArray[np.int64], table: Scores) -> Scores:
    """Return the entry of the distance to each of the candidates [m, n], for the last m of them.

    `table` [m, classes] holds a row for each of the m. What does not come before a candidate has -inf.
    """
    count, total = len(table), len(places)
    bounds = np.zeros((len(GAPS) + 2, count), np.int64)
    nearest = places[total - count :] - np.array(GAPS[::-1])[:, None]
    bounds[1:-1] = np.searchsorted(places, nearest, side="right")
    bounds[-1] = total
    # From the farthest class to the nearest one; class 0 is the candidate itself and all behind it.
    values = table[:, ::-1].copy()
    values[:, -1] = -np.inf
    return np.repeat(values.ravel(), np.diff(bounds, axis=0).T.ravel()).reshape(count, total)


def _weigh_ties(
    candidates: Candidates, tables: Tables, first: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Scores]:
    """Return candidate (in order), earlier one and score of what ties pairs; a pair may come twice."""
    rows, columns, values = [], [], []
    for ties, table in (
        (find_matches(candidates, first), tables.matches), (find_bonds(candidates, first), tables.bonds)
    ):  # fmt: skip
        row, column = np.divmod(np.fromiter(ties, np.int64, len(ties)), len(candidates.places))
        classes = np.fromiter(ties.values(), np.int64, len(ties))
        of = candidates.groups[row]
        rows.append(row)
        columns.append(column)
        values.append(table[of, classes] - table[of, 0])
    row = np.concatenate(rows)
    order = np.argsort(row, kind="stable")
    return row[order], np.concatenate(columns)[order], np.concatenate(values)[order]


def find_clusters(
    forms: Sequence[str],
    upos: Sequence[str],
    heads: Sequence[int],
    deprels: Sequence[str],
    scores: MentionScores,
    *,
    tables: Tables,
    least: float = 0.0,
    phrases: Phrases | None = None,
) -> Clusters:
    """Return the clusters of a text, each with its mentions in order, by first mention.

    `scores` hold every candidate among the words; a candidate takes its best antecedent when that scores
    above `least`. Linear in the length of the text: each looks back over REACH candidates at most. `phrases`
    are those of the words, where they are known.
    """
    candidates = find_candidates(forms, upos, heads, deprels)
    if not len(candidates.places):
        return ()
    rows = np.searchsorted(scores.words, candidates.places)
    roots: list[int] = []
    """The first candidate of the cluster of each."""
    for first in range(0, len(rows), REACH):
        low, high = max(0, first - REACH), min(first + REACH, len(rows))
        mine = rows[low:high]
        words = [table[mine] for table in scores[1:]]
        found = find_antecedents(_slice(candidates, low, high), words, tables, first - low)
        for antecedent, score in zip(*found, strict=True):
            roots.append(roots[antecedent + low] if score > least else len(roots))
    phrases = phrases or Phrases(heads, deprels, forms)
    return _gather(roots, candidates, phrases)


def link_words(candidates: Candidates, scores: MentionScores, words: Sequence[int], tables: Tables) -> Links:
    """Return the scores of some words for each other, of those among them that are candidates.

    The square of their number: for the mentions of one article.
    """
    chosen = np.flatnonzero(np.isin(candidates.places, np.array(words, np.int64)))
    some = Candidates(
        candidates.places[chosen], candidates.groups[chosen], candidates.heads[chosen],
        [candidates.forms[index] for index in chosen], [candidates.parts[index] for index in chosen],
    )  # fmt: skip
    rows = np.searchsorted(scores.words, some.places)
    query, key, mention = (np.asarray(table[rows], np.float32) for table in scores[1:])
    found = np.full((len(rows), len(rows)), -np.inf, np.float32)
    first = 0
    for pairs in score_pairs(some, (query, key, mention), tables):
        found[first : first + len(pairs), : pairs.shape[1]] = pairs
        first += len(pairs)
    return make_links(tuple(some.places.tolist()), found)


def _slice(candidates: Candidates, low: int, high: int) -> Candidates:
    places, groups, heads, forms, parts = candidates
    near = slice(low, high)
    return Candidates(places[near], groups[near], heads[near], forms[near], parts[near])


def _gather(roots: Sequence[int], candidates: Candidates, phrases: Phrases) -> Clusters:
    places = candidates.places.tolist()
    clusters: dict[int, list[int]] = {}
    for index, root in enumerate(roots):
        if root != index:
            clusters.setdefault(root, [places[root]]).append(places[index])
    mentions = [tuple(sorted({phrases[place] for place in clusters[root]})) for root in sorted(clusters)]
    return tuple(cluster for cluster in mentions if len(cluster) > 1)


class Phrases:
    """The span of the mention at each word, half-open: what hangs on the word and belongs to it, without the
    marks at its edges.
    """

    def __init__(self, heads: Sequence[int], deprels: Sequence[str], forms: Sequence[str]) -> None:
        self._forms = forms
        self._first, self._last = _reach_up(heads, deprels)

    def __getitem__(self, word: int) -> TokenRange:
        first, last = self._first[word], self._last[word]
        while first < word and self._forms[first] in _EDGES:
            first += 1
        while last > word and self._forms[last] in _EDGES:
            last -= 1
        return first, last + 1


def _reach_up(heads: Sequence[int], deprels: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the first and the last word of what hangs on each word and belongs to it."""
    first, last = list(range(len(heads))), list(range(len(heads)))
    # "'s" is a part of the mention, "of" before it is not.
    up = [
        -1 if deprel in _APART or (deprel == "case" and word < head) else head
        for word, (head, deprel) in enumerate(zip(heads, deprels, strict=True))
    ]
    # The first word that reaches a word from below is the first one of its phrase, so each is set once; the
    # last ones are found likewise, from the end.
    for word, head in enumerate(up):
        while head >= 0 and first[head] > word:
            first[head] = word
            head = up[head]  # noqa: PLW2901
    for word in range(len(up) - 1, -1, -1):
        head = up[word]
        while head >= 0 and last[head] < word:
            last[head] = word
            head = up[head]
    return first, last
