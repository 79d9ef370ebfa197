"""the fitted table -> how much each clue counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from onrecord.wordings.comparing import Clues
from onrecord.wordings.reasons import say_reasons


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over clues."""

    start: float
    """The score of a pair without any clue, in log odds."""
    clues: Mapping[str, float]
    least: float = 0.0
    """Mean log odds above which two groups are joined."""

    def score(self, clues: Clues) -> float:
        """Log odds that two wordings are of one thing; clues that were not fitted count nothing."""
        table = self.clues
        return self.start + sum(value * table.get(clue, 0.0) for clue, value in clues.items())

    def explain(self, clues: Clues) -> str:
        """What speaks most for the pair, in words."""
        return say_reasons({clue: value * self.clues.get(clue, 0.0) for clue, value in clues.items()})


@cache
def load_weights(name: str) -> Weights:
    """The table that ships with the package: "local" (one document), "story" (the documents of one story), or
    "theme" (documents about one theme: the same weights, a higher threshold); by `training/wordings.py`."""
    source = resources.files("onrecord.wordings").joinpath("weights.json").read_text(encoding="utf-8")
    tables = json.loads(source)
    table = tables[name]
    clues = table["clues"] if isinstance(table["clues"], dict) else tables[table["clues"]]["clues"]
    return Weights(table["start"], clues, table["least"])
