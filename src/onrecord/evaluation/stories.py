"""topics and what a system ties in them -> CoNLL F1 over gold mentions, setting by setting.

The mentions are given: what is measured is which of them are one, within and across documents. Clusters of a
single mention count. Each topic is scored as one document; sums are pooled, intervals are by topic (none
where there is one topic only).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.evaluation.coreference import (
    NAMES,
    Cluster,
    DocumentScore,
    mean_f1,
    pool_measure,
    score_clusters,
)
from onrecord.evaluation.counts import Figures, Measure, bootstrap_interval
from onrecord.evaluation.topics import Topic
from onrecord.records import TokenRange

System = Callable[[Topic], Sequence[Cluster]]
"""A topic with its gold mentions -> clusters of all of them."""
IN_TOPIC: Final = "in topic"
IN_SUBTOPIC: Final = "in subtopic"
WHOLE: Final = "whole corpus"


def cluster_alone(topic: Topic) -> list[Cluster]:
    """Every mention alone: the floor."""
    return [frozenset({mention}) for document in topic.documents for mention in document.mentions]


def cluster_by_key(keys: Mapping[TokenRange, object]) -> list[Cluster]:
    """Mentions of one key are one: head lemma within topic, subtopic or document."""
    clusters: dict[object, set[TokenRange]] = {}
    for mention, key in keys.items():
        clusters.setdefault(key, set()).add(mention)
    return [frozenset(mentions) for mentions in clusters.values()]


def score_topics(topics: Sequence[Topic], clusters: Sequence[Sequence[Cluster]]) -> list[DocumentScore]:
    """The sums of each topic; `clusters` gives a system's clusters topic by topic."""
    return [score_clusters(ours, topic.clusters) for ours, topic in zip(clusters, topics, strict=True)]


def join_topics(topics: Sequence[Topic]) -> Topic:
    """All topics as one: documents one behind the other, for the setting in which no topic is given."""
    documents, clusters, first = [], [], 0
    for topic in topics:
        shift = first
        for document in topic.documents:
            moved = tuple((start + shift, end + shift) for start, end in document.mentions)
            documents.append(replace(document, first=document.first + shift, mentions=moved))
            first = max(first, document.first + shift + len(document.tokens))
        clusters += [
            frozenset((start + shift, end + shift) for start, end in each) for each in topic.clusters
        ]
    return Topic(name="all", documents=tuple(documents), clusters=tuple(clusters))


def measure_stories(
    scores: Mapping[str, Sequence[DocumentScore]],
    *,
    task: str,
    data: str,
    system: str,
    notes: Sequence[str] = (),
) -> Figures:
    """Figures of the settings ("in topic", …), each with its three measures."""
    measures = [measure for setting, found in scores.items() for measure in _measure(found, setting)]
    return Figures(task=task, data=data, system=system, measures=tuple(measures), notes=tuple(notes))


def _measure(scores: Sequence[DocumentScore], setting: str) -> Iterator[Measure]:
    tail = f" {setting}" if setting else ""
    mentions = sum(each.mentions.gold for each in scores)
    low, high = bootstrap_interval(scores, mean_f1) if len(scores) > 1 else (None, None)
    yield Measure(name=f"CoNLL F1{tail}", value=mean_f1(scores), low=low, high=high, gold=mentions)
    for name in NAMES:
        pooled = pool_measure(scores, name)
        yield Measure(name=f"{name} F1{tail}", value=pooled.f1, gold=round(pooled.true))
        yield Measure(name=f"{name}{tail}, precision", value=pooled.precision)
        yield Measure(name=f"{name}{tail}, recall", value=pooled.recall)
