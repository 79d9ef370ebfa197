"""what the network gave for an attribution -> the probability that it is right.

Logistic regressions over a few logits, fitted on PolNeAR dev by `training/tune.py` and kept with the weights
(`labels.json`, key "rules"), because they hold for those weights only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
from operator import mul
from typing import Any, NamedTuple

SCORE_EVIDENCE = (
    "constant", "anchor", "content", "start", "end", "cue", "speaker", "named", "quoted", "length",
)  # fmt: skip
"""What `Rules.score` weighs: logits of the anchor, of the content's words, of its first and last edge, of the
cue and of the speaker; whether there is a speaker and a quotation mark; the logarithm of the length.
"""
SPEAKER_EVIDENCE = ("constant", "anchor", "speaker", "named", "quoted")
"""What `Rules.speaker_score` weighs."""


class Rules(NamedTuple):
    """Constants of the decoding."""

    anchor: float = 0.3
    """The network scores roles for words whose anchor probability is above this."""
    top: float = 0.3
    """Least anchor probability of an outermost cue."""
    deep: float = 0.4
    """Least anchor probability of a cue inside the content of another attribution."""
    alone: float = 0.8
    """Least probability at any depth of a cue that neither is outermost nor stands in a content."""
    keep: float = 0.43
    """Least score of an outermost attribution: near half the best F1 this choice is best for F1."""
    keep_nested: float = 0.4
    """Least score of a nested attribution."""
    piece: float = 0.35
    """Least mean probability of a content piece."""
    apart: float = 0.9
    """The same for a piece that opens in another paragraph than the cue's."""
    speaker: float = 0.35
    """Least mean probability of a speaker."""
    gap: int = 40
    """Most words between two pieces of one content."""
    join: int = 3
    """Most words of nobody's between two pieces of one content that are taken for a slip and joined."""
    antecedent: float = 0.0
    """Least score of an antecedent, against 0 for none."""
    score: tuple[float, ...] = (-2.36, 0.62, 0.19, -0.03, 0.02, 0.01, 0.16, 0.42, 0.05, 0.15)
    """Weights of SCORE_EVIDENCE."""
    speaker_score: tuple[float, ...] = (-0.47, 0.39, 0.73, 0.34, 0.08)
    """Weights of SPEAKER_EVIDENCE."""


def read_rules(raw: Mapping[str, Any]) -> Rules:
    """Return the rules with what is given in place of the defaults; unknown names are refused."""
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()
    }
    return Rules()._replace(**given)


class Evidence(NamedTuple):
    """Logits of the parts of one attribution."""

    content: float
    start: float
    end: float
    cue: float
    speaker: float
    named: float
    """1 with a speaker, else 0."""
    quoted: float
    """1 with a quotation mark in the content, else 0."""
    length: float
    """Natural logarithm of the number of words of the content."""


def weigh_attribution(anchor: float, evidence: Evidence, rules: Rules) -> float:
    """Return the probability that the attribution is one, with this content and speaker."""
    return squash(_weigh((1.0, to_logit(anchor), *evidence), rules.score))


def weigh_speaker(anchor: float, evidence: Evidence, rules: Rules) -> float:
    """Return the probability that the speaker is right (or that there is none)."""
    values = (1.0, to_logit(anchor), evidence.speaker, evidence.named, evidence.quoted)
    return squash(_weigh(values, rules.speaker_score))


def _weigh(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(mul, values, weights), 0.0)


def to_logit(chance: float) -> float:
    """Return the logit, cut off where float32 sums of probabilities stop telling chances apart."""
    chance = min(max(float(chance), 1e-4), 1 - 1e-4)
    return log(chance / (1 - chance))


def squash(value: float) -> float:
    """Return the probability of a logit, to four digits."""
    return round(1 / (1 + exp(-value)), 4)
