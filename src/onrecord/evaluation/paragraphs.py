"""paragraph instances with one flat BIO sequence -> exact, begin and Jaccard scores per role.

The measure of CofeNet (Wang et al., COLING 2022), so that our figures stand beside theirs. Runs are read from
one flat sequence a paragraph, cut at 300 tokens (gold too); which run belongs to which attribution is not
scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.evaluation.counts import Counts, count_sets
from onrecord.evaluation.spans import Chars, find_covered, split_runs

ROLES = ("source", "cue", "content")
_PRECEDENCE = ("cue", "source", "content")
"""Within one attribution a token can be one thing only: the narrow roles win."""
LONGEST = 300


class Run(NamedTuple):
    """A stretch of one role, in token indices, half-open."""

    role: str
    start: int
    end: int


class CharAttribution(NamedTuple):
    """One attribution in characters of its text."""

    source: tuple[Chars, ...]
    cue: tuple[Chars, ...]
    content: tuple[Chars, ...]
    score: float = 1.0


def label_tokens(attributions: Sequence[CharAttribution], tokens: Sequence[Chars]) -> list[str]:
    """The flat BIO sequence of some attributions over the tokens.

    Attributions are laid down by falling score (then by where the cue stands), and a token keeps the first
    role it gets; within one attribution cue comes before source before content. Pieces without a token
    between them are one run.
    """
    labels = ["O"] * len(tokens)
    for each in sorted(attributions, key=lambda a: (-a.score, a.cue, a.content, a.source)):
        for role in _PRECEDENCE:
            covered = find_covered(getattr(each, role), tokens)
            free = frozenset(token for token in covered if labels[token] == "O")
            for start, end in split_runs(free):
                labels[start:end] = [f"B-{role}"] + [f"I-{role}"] * (end - start - 1)
    return labels


def read_runs(labels: Sequence[str]) -> list[Run]:
    """The maximal B-I runs of the first 300 labels; an I without its B opens no run."""
    runs: list[Run] = []
    for index, label in enumerate(labels[:LONGEST]):
        prefix, _, role = label.partition("-")
        if prefix == "B":
            runs.append(Run(role, index, index + 1))
        elif prefix == "I" and runs and runs[-1].role == role and runs[-1].end == index:
            runs[-1] = runs[-1]._replace(end=index + 1)
    return runs


class RoleScore(NamedTuple):
    """What one role gave in some paragraphs: two counts, and the Jaccard values summed and counted."""

    exact: Counts = Counts()
    begin: Counts = Counts()
    jaccard_sum: float = 0.0
    jaccard_count: int = 0

    def plus(self, other: RoleScore) -> RoleScore:
        """Both pooled."""
        return RoleScore(
            self.exact.plus(other.exact),
            self.begin.plus(other.begin),
            self.jaccard_sum + other.jaccard_sum,
            self.jaccard_count + other.jaccard_count,
        )

    @property
    def jaccard(self) -> float:
        """Mean Jaccard; 1 when there was nothing to find and nothing was found."""
        return self.jaccard_sum / self.jaccard_count if self.jaccard_count else 1.0


def score_role(predicted: Sequence[Run], gold: Sequence[Run]) -> RoleScore:
    """The score of runs of one role in one paragraph."""
    best = [max((_score_overlap(run, each) for each in predicted), default=0.0) for run in gold]
    astray = [each for each in predicted if not any(_score_overlap(run, each) for run in gold)]
    return RoleScore(
        exact=count_sets(predicted, gold),
        begin=count_sets((run.start for run in predicted), (run.start for run in gold)),
        jaccard_sum=sum(best),
        jaccard_count=len(gold) + len(astray),
    )


def _score_overlap(one: Run, other: Run) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def score_paragraph(predicted: Sequence[Run], gold: Sequence[Run]) -> dict[str, RoleScore]:
    """The score of each role in one paragraph."""
    return {
        role: score_role([r for r in predicted if r.role == role], [r for r in gold if r.role == role])
        for role in ROLES
    }


def pool_roles(scores: Iterable[Mapping[str, RoleScore]]) -> dict[str, RoleScore]:
    """The scores of many paragraphs pooled, role by role."""
    pooled = {role: RoleScore() for role in ROLES}
    for each in scores:
        for role in ROLES:
            pooled[role] = pooled[role].plus(each[role])
    return pooled


def sort_runs(
    predicted: Sequence[Run],
    gold: Sequence[Run],
    *,
    predicted_views: Sequence[str],
    gold_views: Sequence[str],
) -> dict[str, tuple[list[Run], list[Run]]]:
    """Runs by view: `{view: (predicted, gold)}`.

    `*_views` name each run's own view. A predicted run goes with the gold run of its role that it overlaps
    most (the first, of several); one that touches none goes with its own view.
    """
    sorted_runs: dict[str, tuple[list[Run], list[Run]]] = {}
    for run, view in zip(gold, gold_views, strict=True):
        sorted_runs.setdefault(view, ([], []))[1].append(run)
    for run, own in zip(predicted, predicted_views, strict=True):
        near = [_score_overlap(run, each) if each.role == run.role else 0.0 for each in gold]
        best = max(range(len(near)), key=lambda j: (near[j], -j), default=None)
        view = gold_views[best] if best is not None and near[best] > 0 else own
        sorted_runs.setdefault(view, ([], []))[0].append(run)
    return sorted_runs
