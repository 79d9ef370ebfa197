"""Scores and labels of a batch -> one loss a task."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from training.cases import ENTITY, IGNORED
from training.network import Network, Scores

WEIGHTS = {
    "upos": 0.5,
    "entity": 1.0,
    "sentence": 0.3,
    "arc": 1.0,
    "relation": 0.7,
    "kind": 0.3,
    "anchor_top": 2.0,
    "anchor_any": 1.5,
    "roles": 1.0,
    "chains": 1.0,
    "taught": 0.5,
}
ROLE_WORDS = 25
"""About how many words of a window an attribution touches: the rest is easy and would drown the mean."""
SILVER = 0.3
"""Weight of sentence starts that a rule-based splitter made."""


def mean_of(losses: Tensor, counted: Tensor) -> Tensor:
    """Return the mean over the labelled words, smaller where a batch has few of them."""
    count = counted.sum().clamp(min=0.15 * counted.numel())
    return (losses * counted).sum() / count


def compute_losses(network: Network, scores: Scores, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the losses, unweighted, by task; tasks without a label in the batch give 0."""
    losses = {
        "upos": score_tags(scores.upos, batch["upos"]),
        "entity": score_allowed(scores.entity, batch["entity"]),
        "kind": score_tags(scores.kind, batch["kinds"]),
        "sentence": score_flags(scores.sentence, batch["sentence"], batch["sentence_weight"]),
        "anchor_top": score_flags(scores.anchor_top, batch["anchor_top"]),
        "anchor_any": score_flags(scores.anchor_any, batch["anchor_any"]),
        "arc": score_arcs(scores.arc, batch),
    }
    heads = batch["heads"].clamp(min=0)
    losses["relation"] = score_tags(network.score_relations(scores, heads), batch["relations"])
    losses["roles"] = score_roles(network, scores, batch)
    losses["chains"] = score_chains(network, scores, batch)
    return losses


def score_tags(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the cross entropy over labelled words."""
    flat = F.cross_entropy(
        logits.float().flatten(0, -2), labels.flatten(), ignore_index=IGNORED, reduction="none"
    )
    return mean_of(flat, (labels.flatten() != IGNORED).float())


def score_allowed(logits: Tensor, allowed: Tensor) -> Tensor:
    """Return -log of the probability of the allowed tags; `allowed` holds sets as bits, 0 for no label."""
    bits = (allowed[:, :, None] >> torch.arange(len(ENTITY), device=allowed.device)) & 1
    known = (allowed != 0) & (bits.sum(-1) < len(ENTITY))
    chances = torch.log_softmax(logits.float(), -1)
    inside = torch.where(known[:, :, None], bits, torch.ones_like(bits)) == 1
    losses = -torch.logsumexp(chances.masked_fill(~inside, -1e4), -1)
    return mean_of(losses, known.float())


def score_flags(logits: Tensor, labels: Tensor, weight: Tensor | None = None) -> Tensor:
    """Return the binary cross entropy over labelled words; `weight` is one number a row."""
    known = (labels != IGNORED).float()
    losses = F.binary_cross_entropy_with_logits(logits.float(), labels.clamp(min=0).float(), reduction="none")
    if weight is not None:
        losses = losses * weight[:, None]
    return mean_of(losses, known)


def score_arcs(arc: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Return the cross entropy over heads within the gold sentence, root allowed."""
    number = batch["sentence_number"]
    same = number[:, :, None] == number[:, None, :]
    same[:, :, 0] = True
    itself = torch.eye(number.shape[1], dtype=torch.bool, device=arc.device)[None]
    return score_tags(arc.float().masked_fill(~same | itself, -1e4), batch["heads"])


def score_roles(network: Network, scores: Scores, batch: dict[str, Tensor]) -> Tensor:
    """Return the cross entropy of the roles of every gold cue, summed over words, by attribution."""
    anchors = batch["anchors"]
    if not len(anchors):
        return scores.words.sum() * 0
    logits = network.roles(scores.words, scores.present, anchors).float()
    total = F.cross_entropy(
        logits.flatten(0, 1), batch["roles"].flatten(), ignore_index=IGNORED, reduction="sum"
    )
    return total / (ROLE_WORDS * max(len(anchors), 8))


def score_chains(network: Network, scores: Scores, batch: dict[str, Tensor]) -> Tensor:
    """Return the mean over candidates of -log of the probability of a right antecedent, or of none.

    Only pairs of known mentions of one text count.
    """
    if not len(batch["chain_words"]):
        return scores.words.sum() * 0
    pairs = network.chains.score_pairs(scores, batch)
    texts = batch["chain_texts"]
    known = texts >= 0
    later = (torch.ones_like(pairs).tril(-1) > 0) & (texts[:, None] == texts[None])
    none = torch.zeros_like(pairs[:, :1])
    every = torch.cat([none, pairs.masked_fill(~later, -1e4)], 1)
    right = batch["chain_right"]
    wanted = torch.cat(
        [none.masked_fill(right.any(1, keepdim=True), -1e4), pairs.masked_fill(~right, -1e4)], 1
    )
    losses = torch.logsumexp(every, 1) - torch.logsumexp(wanted, 1)
    return (losses * known).sum() / known.sum().clamp(min=1)
