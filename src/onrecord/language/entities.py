"""entity scores of each window -> named entities, one label a name over the whole text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.language.network import WindowScores
from onrecord.language.tagging import IMPOSSIBLE, Scores, find_tags, read_probabilities, read_spans
from onrecord.names import Names
from onrecord.records import EntitySpan

VOTING = frozenset({"person", "organisation", "place", "group", "facility", "product", "misc"})
"""Labels among which the mentions of one name vote; dates and sums of money do not."""
LABEL_OF_KIND = {
    "state": "place",
    "people": "group",
    "armed group": "organisation",
    "outlet": "organisation",
    "organisation": "organisation",
}
"""Label for which the name tables speak; cities and seats of power name too many other things."""
KNOWN = 0.4
"""What the name tables add to a name's chance of their label, at each mention: it settles doubts only. On a
third of Worldwide dev it adds 0.13 points of F1 (0.3 to 0.6 do the same, 1 with cities takes 1.2 away)."""


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
    found: Sequence[Found], forms: Sequence[str], labels: Sequence[str], known: Names
) -> tuple[EntitySpan, ...]:
    """Return a text's entities, all mentions of one name with the label likeliest over all of them.

    The name tables have a voice where they know the name. The score is the label's share of the votes,
    or its probability where there was no vote.
    """
    votes: dict[str, Scores] = defaultdict(lambda: np.zeros(len(labels), np.float32))
    told: dict[str, str | None] = {}
    may_vote = np.array([label in VOTING for label in labels])
    names = [_read_name(forms[start:end]) for start, end, _ in found]
    for name, (start, end, chances) in zip(names, found, strict=True):
        if may_vote[chances.argmax()]:
            votes[name] += np.where(may_vote, chances, 0)
            if name not in told:
                told[name] = _look_up(forms[start:end], known)
            if told[name] in labels:
                votes[name][labels.index(told[name] or "")] += KNOWN
    entities = []
    for name, (start, end, chances) in zip(names, found, strict=True):
        ballot = votes[name] if may_vote[chances.argmax()] else chances
        best = int(ballot.argmax())
        share = (
            float(ballot[best] / max(ballot.sum(), 1e-6)) if ballot is not chances else float(chances[best])
        )
        entities.append(EntitySpan(start, end, labels[best], round(min(share, 1.0), 4)))
    return tuple(entities)


def _look_up(forms: Sequence[str], known: Names) -> str | None:
    """Return the label that the name tables give, or None when they do not know the words."""
    words = " ".join(forms[1:] if forms[0].lower() == "the" and len(forms) > 1 else forms)
    kind = known.kind_of(words.replace(" - ", "-").replace(" 's", "'s"))
    return LABEL_OF_KIND.get(kind) if kind else None


def _read_name(forms: Sequence[str]) -> str:
    """Return the form under which mentions are one name: case and an article aside."""
    words = [form.lower() for form in forms]
    return " ".join(words[1:] if words[0] == "the" and len(words) > 1 else words)
