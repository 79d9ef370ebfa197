"""Clusters of a case -> what the network learns of coreference: candidates, pairs and right antecedents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.language.candidates import Candidates, find_candidates
from training.cases import UPOS, Case
from training.pairs import Pairs, find_pairs

Array = NDArray[Any]


@dataclass(slots=True)
class Chain:
    """The candidates of one case, what is seen of each pair, and which antecedents are right."""

    candidates: Candidates
    pairs: Pairs
    right: NDArray[np.bool_]
    """[n, n]: the column is an earlier mention of the same thing."""
    texts: NDArray[np.int64]
    """[n]: the text that a known mention stands in, -1 for others; only pairs of one text teach."""


def read_chain(case: Case) -> Chain | None:
    """Return what a case with clusters and a tree teaches of coreference, None of any other."""
    if case.clusters is None or case.upos is None or case.heads is None or case.relations is None:
        return None
    tags = [UPOS[tag] if tag >= 0 else "X" for tag in case.upos]
    candidates = find_candidates(case.forms, tags, case.heads, case.relations)
    number = {place: index for index, place in enumerate(candidates.places.tolist())}
    cluster = np.full(len(number), -1, np.int64)
    for label, cluster_heads in enumerate(case.clusters):
        for head in cluster_heads:
            if head in number:
                cluster[number[head]] = label
    right = (cluster[:, None] == cluster[None]) & (cluster[:, None] >= 0)
    every = np.zeros(len(case.forms), np.int64) if case.texts is None else np.array(case.texts)
    return Chain(candidates, find_pairs(candidates), np.tril(right, -1), every[candidates.places])


def make_arrays(chain: Chain | None, bounds: Sequence[tuple[int, int]]) -> dict[str, Array]:
    """Return the arrays of a batch whose rows are the words between the bounds; empty without a chain.

    `chain_words` [n, 2] holds row and word of each candidate (word 0 of a row is the root).
    """
    if chain is None:
        empty = np.zeros((0, 0), np.int64)
        pairs = dict.fromkeys(("chain_gap", "chain_match", "chain_bond"), empty)
        return {
            "chain_words": np.zeros((0, 2), np.int64), "chain_groups": np.zeros(0, np.int64), **pairs,
            "chain_right": empty.astype(bool), "chain_texts": np.zeros(0, np.int64),
        }  # fmt: skip
    starts = np.array([start for start, _ in bounds])
    places = chain.candidates.places
    rows = np.searchsorted(starts, places, side="right") - 1
    return {
        "chain_words": np.stack([rows, places - starts[rows] + 1], 1),
        "chain_groups": chain.candidates.groups.astype(np.int64),
        "chain_gap": chain.pairs.gap.astype(np.int64),
        "chain_match": chain.pairs.match.astype(np.int64),
        "chain_bond": chain.pairs.bond.astype(np.int64),
        "chain_right": chain.right,
        "chain_texts": chain.texts,
    }
