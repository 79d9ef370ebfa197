"""tags, trees and coreference scores of a text's words -> clusters: mentions of one thing.

Word by word (Dobrovolskii 2021): each candidate (pronoun, name, noun) looks for its antecedent among the
candidates before it, or takes none; the span of a mention is read off the tree under its word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.records import TokenRange
from onrecord.wordings import Links, make_links

Scores = NDArray[np.float32]
Clusters = tuple[tuple[TokenRange, ...], ...]
Matrix = NDArray[np.int8]

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), 0),
    **dict.fromkeys(("she", "her", "hers", "herself"), 1),
    **dict.fromkeys(("it", "its", "itself"), 2),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), 3),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), 4),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), 5),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), 6),
    **dict.fromkeys(("this", "that", "these", "those", "here", "there", "then"), 7),
}
OTHER_PRONOUN, NAME, NOUN = 8, 9, 10
GROUPS = 11
"""Classes of candidates: seven personal pronouns, pointing words, other pronouns, names, nouns."""
GAPS = (1, 2, 4, 7, 12, 20, 35, 60, 110, 200, 400, 800)
"""Edges of the classes of distance, in words."""
MATCHES, BONDS = 8, 4
REACH = 400
"""Candidates that are looked at before each one: it keeps the work linear in the length of a text."""
_PARTS = frozenset({"flat", "compound", "amod", "nmod:poss", "nummod", "flat:foreign"})
_APART = frozenset(
    "punct appos parataxis conj cc cop nsubj aux aux:pass mark discourse vocative dislocated orphan advcl "
    "ccomp csubj expl nsubj:outer nsubj:pass".split()
)
"""Relations that hang something on a mention's word without being part of the mention."""
_INNER = frozenset(("flat", "flat:foreign", "fixed", "goeswith"))
"""Relations of words that are never the head of a mention: "Brandt" in "Ilse Brandt"."""
_EDGES = frozenset(",.;:\"“”()[]-–—'‘’")
CANDIDATES = frozenset(("PRON", "NOUN", "PROPN", "NUM", "DET"))
_ACRONYM = "\0"
"""Stands before the letters of a name, where its acronym is looked up; in no word."""


class Candidates(NamedTuple):
    """The words that may be mentions, one entry each."""

    places: NDArray[np.int64]
    """Index of the word."""
    groups: NDArray[np.int8]
    """Class of the candidate, below GROUPS."""
    heads: NDArray[np.int64]
    """The word it hangs on, or -1."""
    forms: list[str]
    """Lower form of the word."""
    parts: list[frozenset[str]]
    """Lower forms of the words that make a name or qualify a noun."""


class Pairs(NamedTuple):
    """What is seen of each candidate (rows) and each one before it (columns), [n, n]."""

    gap: Matrix
    match: Matrix
    bond: Matrix


class MentionScores(NamedTuple):
    """What the network says of some words, one row each; the half-precision rows are for candidates only."""

    words: NDArray[np.int64]
    query: NDArray[np.float16]
    key: NDArray[np.float16]
    mention: NDArray[np.float16]


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


def find_candidates(
    forms: Sequence[str], upos: Sequence[str], heads: Sequence[int], deprels: Sequence[str]
) -> Candidates:
    """Return the words that may be mentions, in order."""
    places = [
        index for index, tag in enumerate(upos)
        if tag in CANDIDATES and deprels[index] not in _INNER
    ]  # fmt: skip
    parts: dict[int, set[str]] = defaultdict(set)
    for index, (head, deprel) in enumerate(zip(heads, deprels, strict=True)):
        if deprel in _PARTS and upos[index] != "PRON":
            parts[head].add(forms[index].lower())
    groups, words = [], []
    for place in places:
        form = forms[place].lower()
        if upos[place] in ("PRON", "DET"):
            groups.append(PRONOUNS.get(form, OTHER_PRONOUN))
        else:
            groups.append(NAME if upos[place] == "PROPN" else NOUN)
        words.append(form)
    return Candidates(
        np.array(places, np.int64),
        np.array(groups, np.int8),
        np.array([heads[place] for place in places], np.int64),
        words,
        [frozenset(parts.get(place, ())) for place in places],
    )


def find_pairs(candidates: Candidates) -> Pairs:
    """Return what is seen of each pair; matches and bonds are sparse: most pairs have none."""
    places = candidates.places.astype(np.int32)
    classes = np.digitize(np.arange(GAPS[-1] + 1), GAPS).astype(np.int8)
    steps = np.abs(places[:, None] - places[None])
    return Pairs(classes[np.minimum(steps, GAPS[-1])], _find_matches(candidates), _find_bonds(candidates))


def _find_bonds(candidates: Candidates) -> Matrix:
    """Return how the tree ties each pair: 1 holds the other one, 2 hangs on it, 3 hangs where it hangs."""
    heads = candidates.heads.astype(np.int32)
    beside = (heads[:, None] == heads[None]) & (heads >= 0)
    bond: Matrix = np.where(beside, np.int8(3), np.int8(0))
    here = {place: index for index, place in enumerate(candidates.places.tolist())}
    ties = [(here[head], index) for index, head in enumerate(heads.tolist()) if head in here]
    rows, columns = np.array(ties, np.int64).reshape(-1, 2).T
    bond[rows, columns], bond[columns, rows] = 1, 2
    return bond


def _find_matches(candidates: Candidates) -> Matrix:
    match = np.zeros((len(candidates.places), len(candidates.places)), np.int8)
    alike: dict[str, dict[frozenset[str], list[int]]] = defaultdict(lambda: defaultdict(list))
    named: dict[str, list[int]] = defaultdict(list)
    for index, (group, form, parts) in enumerate(
        zip(candidates.groups.tolist(), candidates.forms, candidates.parts, strict=True)
    ):
        row = match[index]
        if group == NAME:
            for word in (form, *parts):
                row[named[word]] = 1
                named[word].append(index)
        for theirs, others in alike[form].items():
            row[others] = _compare(parts, theirs)
        alike[form][parts].append(index)
        if group == NAME and not parts and form.isalpha():
            row[named.get(_ACRONYM + "".join(sorted(form)), [])] = 7
        if group == NAME and len(parts) > 1:
            named[_ACRONYM + _read_initials(candidates, index)].append(index)
    return match


def _read_initials(candidates: Candidates, index: int) -> str:
    """Return the sorted first letters of a name's words, under which its acronym is looked up."""
    return "".join(sorted(word[0] for word in (candidates.forms[index], *candidates.parts[index])))


def _compare(ours: frozenset[str], theirs: frozenset[str]) -> int:
    """Return the class of two candidates of one form by the words that make or qualify them."""
    if ours == theirs:
        return 3 if ours else 2
    if ours < theirs:
        return 4
    return 5 if theirs < ours else 6


def score_pairs(
    query: Scores, key: Scores, mention: Scores, groups: NDArray[np.int8], *, pairs: Pairs, tables: Tables
) -> Scores:
    """Return the score of each candidate (rows) for each one before it (columns); taking none scores 0.

    `query` and `key` are [n, width], `mention` [n], each of the candidates' words.
    """
    seen = tables.gaps[:, :, None, None] + tables.matches[:, None, :, None] + tables.bonds[:, None, None]
    seen = tables.groups[:, :, None] + seen.reshape(GROUPS, 1, -1)
    # One look-up a pair: everything but the words themselves is counted into one number below 2 ** 16.
    gap, match, bond = (column.astype(np.uint16) for column in pairs)
    index = (gap * np.uint16(MATCHES) + match) * np.uint16(BONDS) + bond
    numbers = groups.astype(np.uint16) * np.uint16(seen.shape[2])
    index += numbers[:, None] * np.uint16(GROUPS) + numbers[None]
    one = np.ones((len(groups), 1), np.float32)
    ours = np.concatenate([query * np.float32(query.shape[1] ** -0.5), mention[:, None], one], 1)
    scores = ours @ np.concatenate([key, one, mention[:, None]], 1).T
    scores += seen.astype(np.float32).ravel()[index]
    return np.asarray(scores, np.float32)


def find_clusters(
    forms: Sequence[str],
    upos: Sequence[str],
    heads: Sequence[int],
    deprels: Sequence[str],
    scores: MentionScores,
    *,
    tables: Tables,
    least: float = 0.0,
    phrases: Sequence[TokenRange] | None = None,
) -> Clusters:
    """Return the clusters of a text, each with its mentions in order, by first mention.

    `scores` hold every candidate among the words; a candidate takes its best antecedent when that scores
    above `least`. Linear in the length of the text: each looks back over REACH candidates at most. `phrases`
    are `join_spans` of every word, where they are known.
    """
    candidates = find_candidates(forms, upos, heads, deprels)
    if not len(candidates.places):
        return ()
    rows = np.searchsorted(scores.words, candidates.places)
    parents = np.arange(len(rows))
    for first in range(0, len(rows), REACH):
        low, high = max(0, first - REACH), min(first + REACH, len(rows))
        near = _slice(candidates, low, high)
        mine = rows[low:high]
        query, key, mention = (np.asarray(table[mine], np.float32) for table in scores[1:])
        seen = find_pairs(near)
        pairs = score_pairs(query, key, mention, near.groups, pairs=seen, tables=tables)
        pairs[~np.tri(len(pairs), k=-1, dtype=np.bool_)] = -np.inf
        _link(parents, pairs, low, first, least)
    phrases = phrases or join_spans(heads, deprels, forms)
    return _gather(parents, candidates, phrases)


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
    pairs = find_pairs(some)
    found = score_pairs(query, key, mention, some.groups, pairs=pairs, tables=tables)
    return make_links(tuple(some.places.tolist()), found)


def _slice(candidates: Candidates, low: int, high: int) -> Candidates:
    places, groups, heads, forms, parts = candidates
    near = slice(low, high)
    return Candidates(places[near], groups[near], heads[near], forms[near], parts[near])


def _link(parents: NDArray[np.int64], pairs: Scores, low: int, first: int, least: float) -> None:
    """Set the antecedent of each candidate from `first` on, where one scores enough; rows begin at `low`."""
    best, top = pairs.argmax(1), pairs.max(1)
    for row in np.flatnonzero(top > least).tolist():
        if row + low >= first:
            parents[row + low] = best[row] + low


def _gather(parents: NDArray[np.int64], candidates: Candidates, phrases: Sequence[TokenRange]) -> Clusters:
    for index, parent in enumerate(parents.tolist()):
        parents[index] = parents[parent]
    clusters: dict[int, list[int]] = defaultdict(list)
    for index, root in enumerate(parents.tolist()):
        clusters[root].append(int(candidates.places[index]))
    found = []
    for places in clusters.values():
        mentions = tuple(sorted({phrases[place] for place in places}))
        if len(mentions) > 1:
            found.append(mentions)
    return tuple(found)


def join_spans(heads: Sequence[int], deprels: Sequence[str], forms: Sequence[str]) -> list[tuple[int, int]]:
    """Return the half-open span of the mention at each word: what hangs on the word and belongs to it."""
    low, high = list(range(len(forms))), list(range(1, len(forms) + 1))
    for word in reversed(_order_by_depth(heads)):
        head, deprel = heads[word], deprels[word]
        # "'s" is a part of the mention, "of" before it is not.
        if head < 0 or deprel in _APART or (deprel == "case" and word < head):
            continue
        if low[word] < low[head]:  # noqa: PLR1730  (a third of the time of min and max)
            low[head] = low[word]
        if high[word] > high[head]:  # noqa: PLR1730
            high[head] = high[word]
    bare = [form not in _EDGES for form in forms]
    return [
        (low[place], high[place])
        if bare[low[place]] and bare[high[place] - 1]
        else _trim(low[place], high[place], place, bare)
        for place in range(len(forms))
    ]


def _order_by_depth(heads: Sequence[int]) -> list[int]:
    """Return the words so that each comes after the one it hangs on."""
    children: list[list[int]] = [[] for _ in heads]
    order: list[int] = []
    for word, head in enumerate(heads):
        (children[head] if head >= 0 else order).append(word)
    for word in order:
        order.extend(children[word])
    return order


def _trim(low: int, high: int, place: int, bare: Sequence[bool]) -> tuple[int, int]:
    """Return a span without the marks at its edges; `bare` says which words are none."""
    while low < place and not bare[low]:
        low += 1
    while high > place + 1 and not bare[high - 1]:
        high -= 1
    return low, high
