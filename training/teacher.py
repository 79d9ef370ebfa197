"""Weights of an ensemble -> what its members say of a batch on average, for a network that learns from them.

The members see a text as it is, the learner its changed form. Soft targets cover what no label says: names in
texts that were labelled for attributions, attributions in texts that were labelled for names.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from training.average import read_weights
from training.losses import mean_of
from training.network import Network, Scores

Soft = dict[str, Tensor]
TAGS, FLAGS = ("upos", "entity"), ("anchor_top", "anchor_any")


class Teacher:
    """The members, copies of a learner with their own weights; they are never changed."""

    def __init__(self, paths: Sequence[str], learner: Network) -> None:
        self.members = []
        for path in paths:
            member = copy.deepcopy(learner).eval().requires_grad_(False)
            member.load_state_dict(read_weights(Path(path))[0], strict=False)
            self.members.append(member)

    def __call__(self, batch: dict[str, Tensor]) -> Soft:
        """Return the mean of the members' probabilities."""
        with torch.no_grad():
            each = [read_chances(member, member(batch), batch) for member in self.members]
        return {name: torch.stack([soft[name] for soft in each]).mean(0) for name in each[0]}


def read_chances(network: Network, scores: Scores, batch: dict[str, Tensor]) -> Soft:
    """Return the probabilities of tags, cues, roles of the labelled cues, and antecedents."""
    soft = {name: torch.softmax(getattr(scores, name).float(), -1) for name in TAGS}
    soft |= {name: torch.sigmoid(getattr(scores, name).float()) for name in FLAGS}
    if len(batch["anchors"]):
        soft["roles"] = torch.softmax(
            network.roles(scores.words, scores.present, batch["anchors"]).float(), -1
        )
    if len(batch["chain_words"]):
        soft["chains"] = torch.softmax(score_antecedents(network, scores, batch), -1)
    return soft


def score_antecedents(network: Network, scores: Scores, batch: dict[str, Tensor]) -> Tensor:
    """Return the scores [n, 1 + n] of no antecedent and of each candidate before."""
    pairs = network.chains.score_pairs(scores, batch)
    pairs = pairs.masked_fill(torch.ones_like(pairs).tril(-1) == 0, -1e4)
    return torch.cat([torch.zeros_like(pairs[:, :1]), pairs], 1)


def compare(network: Network, scores: Scores, batch: dict[str, Tensor], soft: Soft) -> Tensor:
    """Return how far the learner is from the teacher: the cross entropies less what no learner can avoid."""
    here = scores.present.float()
    total = scores.words.sum() * 0
    for name in TAGS:
        total = total + mean_of(_diverge(getattr(scores, name).float(), soft[name]), here)
    for name in FLAGS:
        both = torch.stack([getattr(scores, name).float(), torch.zeros_like(here)], -1)
        total = total + 2 * mean_of(_diverge(both, torch.stack([soft[name], 1 - soft[name]], -1)), here)
    if "roles" in soft:
        roles = network.roles(scores.words, scores.present, batch["anchors"]).float()
        rows = here[batch["anchors"][:, 0]]
        total = total + (_diverge(roles, soft["roles"]) * rows).sum() / (25 * max(len(roles), 8))
    if "chains" in soft:
        total = total + _diverge(score_antecedents(network, scores, batch), soft["chains"]).mean()
    return total


def _diverge(logits: Tensor, chances: Tensor) -> Tensor:
    return F.kl_div(torch.log_softmax(logits, -1), chances, reduction="none").sum(-1)
