"""entity scores of each window -> named entities, one label a name over the whole text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.language.network import WindowScores
from onrecord.language.tagging import IMPOSSIBLE, Scores, find_tags, read_probabilities, read_spans
from onrecord.records import EntitySpan

VOTING = frozenset({"person", "organisation", "place", "group", "facility", "product", "misc"})
"""Labels among which the mentions of one name vote; dates and sums of money do not."""


Found = tuple[int, int, Scores]
"""First word, the one after the last, and the mean probability of each label over the words."""


def find_spans(windows: Sequence[WindowScores], sentences: NDArray[np.int32]) -> list[Found]:
    """Return the entities of some windows, in order; none crosses the start of a sentence."""
    found: list[Found] = []
    for window in windows:
        scores = window.entity.copy()
        first, last = np.searchsorted(sentences, [window.start, window.end])
        scores[sentences[first:last] - window.start, 2::2] = IMPOSSIBLE
        spans = read_spans(find_tags(scores[None])[0])
        if not spans:
            continue
        chances = read_probabilities(scores)
        classes = chances[:, 1::2] + chances[:, 2::2]
        for start, end, _ in spans:
            found.append((start + window.start, end + window.start, classes[start:end].mean(0)))
    return found


def vote_labels(
    found: Sequence[Found], forms: Sequence[str], labels: Sequence[str]
) -> tuple[EntitySpan, ...]:
    """Return a text's entities, all mentions of one name with the label likeliest over all of them.

    The score is the probability of that label at the mention.
    """
    votes: dict[str, Scores] = defaultdict(lambda: np.zeros(len(labels), np.float32))
    may_vote = np.array([label in VOTING for label in labels])
    names = [_read_name(forms[start:end]) for start, end, _ in found]
    for name, (_, _, chances) in zip(names, found, strict=True):
        if may_vote[chances.argmax()]:
            votes[name] += np.where(may_vote, chances, 0)
    entities = []
    for name, (start, end, chances) in zip(names, found, strict=True):
        best = int(chances.argmax())
        if may_vote[best]:
            best = int(votes[name].argmax())
        entities.append(EntitySpan(start, end, labels[best], round(float(chances[best]), 4)))
    return tuple(entities)


def _read_name(forms: Sequence[str]) -> str:
    """Return the form under which mentions are one name: case and an article aside."""
    words = [form.lower() for form in forms]
    return " ".join(words[1:] if words[0] == "the" and len(words) > 1 else words)
