"""Candidates -> what is seen of each pair, and its score, as whole matrices: what training learns from.

The package itself scores the same without matrices of classes (`coreference.find_antecedents`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.candidates import Candidates, Ties, find_bonds, find_matches, number_plain
from onrecord.language.coreference import GAPS, Tables

Scores = NDArray[np.float32]
Matrix = NDArray[np.int8]


class Pairs(NamedTuple):
    """What is seen of each candidate (rows) and each one before it (columns), [n, n]."""

    gap: Matrix
    match: Matrix
    bond: Matrix


def find_pairs(candidates: Candidates) -> Pairs:
    """Return what is seen of each pair; matches and bonds stand below the diagonal only."""
    places = candidates.places
    gap = np.digitize(np.abs(places[:, None] - places[None]), GAPS).astype(np.int8)
    plain = number_plain(candidates)
    match = np.where(np.tri(len(plain), k=-1, dtype=bool) & (plain[:, None] == plain), np.int8(2), np.int8(0))
    return Pairs(
        gap, _put(match, find_matches(candidates)), _put(np.zeros_like(match), find_bonds(candidates))
    )


def _put(matrix: Matrix, ties: Ties) -> Matrix:
    matrix.ravel()[np.fromiter(ties, np.int64, len(ties))] = np.fromiter(ties.values(), np.int8, len(ties))
    return matrix


def score_pairs(
    query: Scores, key: Scores, mention: Scores, groups: NDArray[np.int64], *, pairs: Pairs, tables: Tables
) -> Scores:
    """Return the score of each candidate (rows) for each one before it (columns); taking none scores 0."""
    mine = groups[:, None]
    scores = query @ key.T * np.float32(query.shape[1] ** -0.5) + mention[:, None] + mention
    scores += tables.groups[mine, groups] + tables.gaps[mine, pairs.gap]
    scores += tables.matches[mine, pairs.match] + tables.bonds[mine, pairs.bond]
    return np.asarray(scores, np.float32)
