"""entity scores of each window -> named entities, one label a name over the whole text."""

from __future__ import annotations

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
    """Return the entities of some windows, in order; none crosses the start of one of their sentences."""
    # A window opens a sentence, and no entity crosses into one: all windows are one sequence here.
    scores = np.concatenate([window.entity for window in windows])
    shift = windows[0].start
    scores[sentences - shift, 2::2] = IMPOSSIBLE
    tags = find_tags(scores[None])[0]
    chances = read_probabilities(scores[tags > 0])
    classes = chances[:, 1::2] + chances[:, 2::2]
    found: list[Found] = []
    at = 0
    for start, end, _ in read_spans(tags):
        inside = classes[at : at + end - start]
        at += end - start
        mean = np.add.reduce(inside) / np.float32(end - start)  # as `inside.mean(0)` in a third of the time
        found.append((start + shift, end + shift, mean))
    return found


def vote_labels(
    found: Sequence[Found], forms: Sequence[str], labels: Sequence[str], known: Names
) -> tuple[EntitySpan, ...]:
    """Return a text's entities, all mentions of one name with the label likeliest over all of them.

    The name tables have a voice where they know the name. The score is the label's share of the votes,
    or its probability where there was no vote.
    """
    if not found:
        return ()
    may_vote = np.array([label in VOTING for label in labels])
    table = np.array([chances for _, _, chances in found])
    likeliest = table.argmax(1)
    voting = may_vote[likeliest].tolist()
    shares = np.where(may_vote, table, 0)
    names = [_read_name(forms[start:end]) for start, end, _ in found]
    votes: dict[str, Scores] = {}
    told: dict[str, int | None] = {}
    for index, (name, (start, end, _)) in enumerate(zip(names, found, strict=True)):
        if not voting[index]:
            continue
        if name not in votes:
            votes[name] = np.zeros(len(labels), np.float32)
            label = _look_up(forms[start:end], known)
            told[name] = labels.index(label) if label in labels else None
        votes[name] += shares[index]
        label_told = told[name]
        if label_told is not None:
            votes[name][label_told] += KNOWN
    chosen = {name: _count_ballot(ballot) for name, ballot in votes.items()}
    alone = list(zip(likeliest.tolist(), table[np.arange(len(table)), likeliest].tolist(), strict=True))
    entities = []
    for index, (name, (start, end, _)) in enumerate(zip(names, found, strict=True)):
        best, share = chosen[name] if voting[index] else alone[index]
        entities.append(EntitySpan(start, end, labels[best], round(min(share, 1.0), 4)))
    return tuple(entities)


def _count_ballot(ballot: Scores) -> tuple[int, float]:
    """Return the label with the most votes, and its share of them."""
    best = int(ballot.argmax())
    return best, float(ballot[best] / max(ballot.sum(), 1e-6))


def _look_up(forms: Sequence[str], known: Names) -> str | None:
    """Return the label that the name tables give, or None when they do not know the words."""
    words = " ".join(forms[1:] if forms[0].lower() == "the" and len(forms) > 1 else forms)
    kind = known.kind_of(words.replace(" - ", "-").replace(" 's", "'s"))
    return LABEL_OF_KIND.get(kind) if kind else None


def _read_name(forms: Sequence[str]) -> str:
    """Return the form under which mentions are one name: case and an article aside."""
    words = [form.lower() for form in forms]
    return " ".join(words[1:] if words[0] == "the" and len(words) > 1 else words)
