"""clusters of mentions, predicted and gold -> MUC, B-cubed, CEAF-e and their mean, the CoNLL F1.

The measures of the reference scorer (Pradhan et al., ACL 2014): mentions are predicted and match when they
hold the same tokens; sums are pooled over documents. Predicted mentions are laid over the gold tokens by
characters; a mention that two clusters claim stays in the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from onrecord.errors import StopRun
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.counts import (
    Counts,
    Figures,
    Measure,
    bootstrap_interval,
    count_sets,
    measure_counts,
)
from onrecord.evaluation.pairing import match_weights
from onrecord.evaluation.spans import Chars, find_covered
from onrecord.records import Annotation, TokenRange

Cluster = frozenset[TokenRange]
NAMES = {"MUC": "muc", "B-cubed": "b_cubed", "CEAF-e": "ceaf"}
"""The three measures, and where `DocumentScore` has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteredText:
    """One gold document: its tokens in the text, its clusters, and the mentions that stand alone."""

    id: str
    text: str
    tokens: tuple[Chars, ...]
    clusters: tuple[Cluster, ...]
    singletons: tuple[Cluster, ...] = ()


class Sums(NamedTuple):
    """What one measure adds up: right of what was said, and found of what is true (not always whole)."""

    right: float = 0.0
    said: float = 0.0
    found: float = 0.0
    true: float = 0.0

    def plus(self, other: Sums) -> Sums:
        """Both pooled."""
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Right of said; 0 when nothing was said."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Found of true; 0 when nothing is true."""
        return self.found / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """2PR/(P+R); 1 when nothing was said and nothing is true."""
        if not self.said and not self.true:
            return 1.0
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class DocumentScore(NamedTuple):
    """What one document gave."""

    muc: Sums = Sums()
    b_cubed: Sums = Sums()
    ceaf: Sums = Sums()
    mentions: Counts = Counts()


def count_links(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    """MUC (Vilain et al. 1995) in one direction: the links of `clusters` that `others` hold too, and all."""
    owner = {mention: index for index, cluster in enumerate(others) for mention in cluster}
    held = total = 0
    for cluster in clusters:
        parts = {owner.get(mention, mention) for mention in cluster}
        held += len(cluster) - len(parts)
        total += len(cluster) - 1
    return held, total


def count_companions(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    """B-cubed (Bagga and Baldwin 1998) in one direction: for each mention of `clusters` the share of its
    cluster that its cluster among `others` holds, summed; and the number of mentions.
    """
    share = sum(len(one & two) ** 2 / len(one) for one in clusters for two in others)
    return share, sum(map(len, clusters))


def align_clusters(predicted: Sequence[Cluster], gold: Sequence[Cluster]) -> float:
    """CEAF-e (Luo 2005): the greatest sum of phi-4 (2 |K and R| / (|K| + |R|)) over clusters paired one to
    one.
    """
    weights = np.zeros((len(predicted), len(gold)))
    for i, ours in enumerate(predicted):
        for j, theirs in enumerate(gold):
            weights[i, j] = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    return float(sum(weights[i, j] for i, j in match_weights(weights)))


def score_clusters(predicted: Sequence[Cluster], gold: Sequence[Cluster]) -> DocumentScore:
    """The sums of one document."""
    aligned = align_clusters(predicted, gold)
    return DocumentScore(
        muc=Sums(*count_links(predicted, gold), *count_links(gold, predicted)),
        b_cubed=Sums(*count_companions(predicted, gold), *count_companions(gold, predicted)),
        ceaf=Sums(aligned, len(predicted), aligned, len(gold)),
        mentions=count_sets(_list_mentions(predicted), _list_mentions(gold)),
    )


def _list_mentions(clusters: Sequence[Cluster]) -> set[TokenRange]:
    return {mention for cluster in clusters for mention in cluster}


def pool_measure(documents: Sequence[DocumentScore], name: str) -> Sums:
    """One measure's sums over all documents."""
    total = Sums()
    for document in documents:
        total = total.plus(getattr(document, NAMES[name]))
    return total


def mean_f1(documents: Sequence[DocumentScore]) -> float:
    """The CoNLL F1: the mean of the three pooled F1."""
    return sum(pool_measure(documents, name).f1 for name in NAMES) / len(NAMES)


def project_clusters(annotation: Annotation, tokens: Sequence[Chars]) -> list[Cluster]:
    """An annotation's clusters over other tokens, without those of a single mention."""
    clusters = []
    for cluster in annotation.clusters:
        places = [
            (int(annotation.starts[first]), int(annotation.ends[after - 1])) for first, after in cluster
        ]
        covered = [find_covered([place], tokens) for place in places]
        clusters.append([(min(each), max(each) + 1) for each in covered if each])
    return list(settle_mentions(clusters))


def settle_mentions(clusters: Iterable[Iterable[TokenRange]]) -> Iterator[Cluster]:
    """The clusters without mentions that an earlier one holds; those of a single mention are dropped."""
    taken: set[TokenRange] = set()
    for cluster in clusters:
        mentions = frozenset(cluster) - taken
        taken |= mentions
        if len(mentions) > 1:
            yield mentions


def read_clustered(path: Path) -> list[ClusteredText]:
    """The gold documents of a file of GUM, or of OntoGUM, whose texts are those of `../gum/` beside it.

    Raises StopRun when those texts are not there.
    """
    rows = list(read_lines(path))
    texts = {row["doc"]: row for row in rows if "text" in row}
    if len(texts) < len(rows):
        beside = path.resolve().parent.parent / "gum" / path.name
        if not beside.is_file():
            raise StopRun(f"{path.name} holds no texts: put those of GUM at {beside}")
        texts = {row["doc"]: row for row in read_lines(beside)}
    return [
        ClusteredText(
            id=row["doc"],
            text=texts[row["doc"]]["text"],
            tokens=tuple((start, end) for start, end in texts[row["doc"]]["offsets"]),
            clusters=tuple(
                settle_mentions([(start, end) for start, end in each] for each in row["clusters"])
            ),
            singletons=tuple(
                frozenset({(each["s"], each["e"])})
                for each in row.get("mentions", ())
                if not any([each["s"], each["e"]] in cluster for cluster in row["clusters"])
            ),
        )
        for row in rows
    ]


def score_coreference(
    gold: Sequence[ClusteredText],
    predicted: Sequence[Sequence[Cluster]],
    *,
    data: str,
    system: str = "model",
) -> Figures:
    """All measures, pooled over documents, with bootstrap intervals by document; with singletons too where
    the gold has them. `predicted` gives each document's clusters over the gold tokens, in order.
    """
    pairs = list(zip(predicted, gold, strict=True))
    measures = list(_measure([score_clusters(ours, text.clusters) for ours, text in pairs], ""))
    notes: tuple[str, ...] = ()
    alone = sum(len(text.singletons) for text in gold)
    if alone:
        whole = [score_clusters(ours, (*text.clusters, *text.singletons)) for ours, text in pairs]
        measures += _measure(whole, " with singletons")
        notes = (
            f"{alone} gold mentions stand alone; our clusters hold two mentions or more, so that all of"
            " these are missed in the figures with singletons",
        )
    return Figures(task="coreference", data=data, system=system, measures=tuple(measures), notes=notes)


def _score_pooled(documents: Sequence[DocumentScore], name: str) -> float:
    return pool_measure(documents, name).f1


def _measure(documents: Sequence[DocumentScore], tail: str) -> Iterator[Measure]:
    mentions = [document.mentions for document in documents]
    low, high = bootstrap_interval(documents, mean_f1)
    gold = sum(each.gold for each in mentions)
    yield Measure(name=f"CoNLL F1{tail}", value=mean_f1(documents), low=low, high=high, gold=gold)
    for name in NAMES:
        pooled = pool_measure(documents, name)
        low, high = bootstrap_interval(documents, partial(_score_pooled, name=name))
        yield Measure(name=f"{name} F1{tail}", value=pooled.f1, low=low, high=high, gold=round(pooled.true))
        yield Measure(name=f"{name}{tail}, precision", value=pooled.precision)
        yield Measure(name=f"{name}{tail}, recall", value=pooled.recall)
    yield measure_counts(f"mentions F1{tail}", mentions)
    for score in ("precision", "recall"):
        yield measure_counts(f"mentions{tail}, {score}", mentions, score=score)
