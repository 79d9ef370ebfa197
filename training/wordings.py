"""coref/ecbplus and meantime_en (train parts) -> src/onrecord/wordings/weights.json: what each clue counts.

    python -m training.wordings --corpora ../shared/corpora

Two logistic regressions over pairs of gold mentions: "local" over those of one document, "story" over those
of two documents of a topic. Thresholds are those with the best CoNLL F1 on the same train parts: for ECB+,
whose topics are stories ("story"), and for MEANTIME, whose corpus is a theme ("theme", the same weights). The
weights hold no text: their names are kinds of clues, and clues seen in fewer than LEAST pairs are left out.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from benchmarks.stories import Reader, make_local
from onrecord.assembly.stories import LocalGroup, Story
from onrecord.evaluation.coreference import mean_f1, score_clusters
from onrecord.evaluation.topics import Topic, read_topics
from onrecord.language import load_model
from onrecord.records import TokenRange
from onrecord.wordings import Clues, Scores, Weights, join_groups

SHIPPED = Path(__file__).parents[1] / "src" / "onrecord" / "wordings" / "weights.json"
SETS = {"ecbplus": "story", "meantime_en": "theme"}
LEAST = 5
RIDGE = 2.0
KEPT = 0.3
"""Share of the pairs across documents that are not one which is kept; they weigh as much more."""
FLOORS = np.arange(-2.0, 1.01, 0.1).round(1).tolist()
Pair = tuple[Clues, bool, float]


def fit(pairs: Sequence[Pair]) -> Weights:
    """The logistic regression with a ridge over all clues seen often enough."""
    counts = Counter(clue for clues, _, _ in pairs for clue in clues)
    columns = {clue: column for column, clue in enumerate(sorted(c for c, n in counts.items() if n >= LEAST))}
    cells = [
        (row, columns[clue], value)
        for row, (clues, _, _) in enumerate(pairs)
        for clue, value in clues.items()
        if clue in columns
    ]
    rows, places, values = zip(*cells, strict=True)
    table = sparse.csr_matrix((values, (rows, places)), shape=(len(pairs), len(columns)))
    gold = np.array([same for _, same, _ in pairs], float)
    weight = np.array([each for _, _, each in pairs])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ theta[:-1] + theta[-1]
        value = (weight * (np.logaddexp(0, scores) - gold * scores)).sum() + RIDGE / 2 * (
            theta[:-1] ** 2
        ).sum()
        slope = weight * (1 / (1 + np.exp(-scores)) - gold)
        return value, np.concatenate([table.T @ slope + RIDGE * theta[:-1], [slope.sum()]])

    found = minimize(
        loss, np.zeros(len(columns) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000}
    ).x
    clues = {clue: round(float(found[column]), 3) for clue, column in columns.items()}
    return Weights(round(float(found[-1]), 3), {clue: value for clue, value in clues.items() if value})


def name_mentions(topic: Topic) -> dict[tuple[int, int], int]:
    """Mention -> number of its gold cluster."""
    return {mention: number for number, cluster in enumerate(topic.clusters) for mention in cluster}


def list_local(topic: Topic, reader: Reader) -> Iterator[Pair]:
    """The pairs of mentions within each document."""
    gold = name_mentions(topic)
    for document in topic.documents:
        grouper, mentions = reader.prepare(document), document.mentions
        for later in range(len(mentions)):
            for earlier in range(later):
                same = gold[mentions[earlier]] == gold[mentions[later]]
                yield grouper.find_clues(earlier, later), same, 1.0


def list_story(topic: Topic, reader: Reader, local: Weights, chance: random.Random) -> Iterator[Pair]:
    """The pairs of mentions across documents, pronouns left out; of those that are not one only KEPT."""
    gold = name_mentions(topic)
    groups, members = group_documents(topic, reader, local)
    story = Story(groups, Weights(0.0, {}))
    place = {document: number for number, document in enumerate(story.documents)}
    worded = [
        (group.document_id, wording, gold[mention])
        for group, mentions in zip(groups, members, strict=True)
        for wording, mention in zip(group.wordings, mentions, strict=True)
        if not wording.points
    ]
    for later, (document, wording, cluster) in enumerate(worded):
        for elsewhere, other, theirs in worded[:later]:
            same = cluster == theirs
            if document != elsewhere and (same or chance.random() < KEPT):
                alike = float(story.alike[place[document], place[elsewhere]])
                yield story.find_clues(wording, other, alike), same, 1.0 if same else 1 / KEPT


def group_documents(
    topic: Topic, reader: Reader, local: Weights
) -> tuple[list[LocalGroup], list[list[TokenRange]]]:
    """The local groups of all documents, and the mentions of each."""
    groups, members = [], []
    for document in topic.documents:
        grouper = reader.prepare(document)
        for number, group in enumerate(grouper.group(local)):
            groups.append(make_local(document.id, grouper, group.members, number))
            members.append([document.mentions[each] for each in group.members])
    return groups, members


def choose_floor(name: str, scores: Mapping[float, float]) -> float:
    """The floor that is best with its neighbours: the curves are flat at the top and rough."""
    print(name, {floor: round(value, 4) for floor, value in scores.items()}, flush=True)
    values = np.array([scores[floor] for floor in FLOORS])
    smooth = np.convolve(np.pad(values, 3, mode="edge"), np.full(7, 1 / 7), mode="valid")
    return FLOORS[int(smooth.argmax())]


def choose_local(topics: Sequence[Topic], reader: Reader, weights: Weights) -> float:
    """The threshold with the best CoNLL F1 within documents."""
    tables: list[tuple[Scores, Topic, int]] = []
    for topic in topics:
        for number, document in enumerate(topic.documents):
            if document.mentions:
                tables.append((reader.prepare(document).score(weights), topic, number))
    best = {}
    for floor in FLOORS:
        scores = []
        for table, topic, number in tables:
            mentions = topic.documents[number].mentions
            ours = [frozenset(mentions[each] for each in group) for group in join_groups(table, floor)]
            gold = [cluster & set(mentions) for cluster in topic.clusters if cluster & set(mentions)]
            scores.append(score_clusters(ours, gold))
        best[floor] = mean_f1(scores)
    return choose_floor("local", best)


def choose_story(topics: Sequence[Topic], reader: Reader, local: Weights, weights: Weights) -> float:
    """The threshold with the best CoNLL F1 across the documents of a topic."""
    prepared = []
    for topic in topics:
        groups, members = group_documents(topic, reader, local)
        prepared.append((Story(groups, weights).score(), members, topic.clusters))
    best = {}
    for floor in FLOORS:
        scores = [
            score_clusters(
                [
                    frozenset(one for each in found for one in members[each])
                    for found in join_groups(table, floor)
                ],
                clusters,
            )
            for table, members, clusters in prepared
        ]
        best[floor] = mean_f1(scores)
    return choose_floor("across", best)


def main() -> None:
    """Fits and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    options = parser.parse_args()
    reader, chance = Reader(load_model()), random.Random(0)
    topics: Mapping[str, list[Topic]] = {
        name: read_topics(options.corpora / "coref" / name / "train.docs.jsonl.gz") for name in SETS
    }
    every = [topic for found in topics.values() for topic in found]
    local = fit([pair for topic in every for pair in list_local(topic, reader)])
    local = Weights(local.start, local.clues, choose_local(every, reader, local))
    story = fit([pair for topic in every for pair in list_story(topic, reader, local, chance)])
    table = {"local": {"start": local.start, "least": local.least, "clues": dict(local.clues)}}
    for name, kind in SETS.items():
        least = choose_story(topics[name], reader, local, story)
        table[kind] = {"start": story.start, "least": least, "clues": "story"}
    table["story"]["clues"] = dict(story.clues)
    SHIPPED.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
