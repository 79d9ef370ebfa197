"""Topics read from made-up files in the corpora's formats, and what is scored in them."""

import json

import pytest

from onrecord.errors import StopRun
from onrecord.evaluation.stories import (
    cluster_alone,
    cluster_by_key,
    join_topics,
    measure_stories,
    score_topics,
)
from onrecord.evaluation.topics import read_identities, read_topics, write_text

DOCS = [
    {"doc": "1_a", "topic": "1", "subtopic": "1x", "tokens": ["Dorn", "fell", "."], "sents": [[0, 3]]},
    {"doc": "1_b", "topic": "1", "subtopic": "1y", "tokens": ["He", "rose", "."], "sents": [[0, 3]]},
    {"doc": "2_a", "topic": "2", "subtopic": "2x", "tokens": ["Sarn", "won", "."], "sents": [[0, 3]]},
]
CHAINS = [
    {"chain": "cross_PER1", "kind": "entity", "mentions": [["1_a", 0, 1], ["2_a", 0, 1]]},
    {"chain": "intra_PER1", "kind": "entity", "mentions": [["1_b", 0, 1]]},
    {"chain": "ACT1", "kind": "event", "mentions": [["1_a", 1, 2]]},
]


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def docs(tmp_path):
    write(tmp_path / "dev.chains.jsonl", CHAINS)
    return write(tmp_path / "dev.docs.jsonl", DOCS)


def test_topics_have_their_documents_one_behind_the_other(docs):
    one, two = read_topics(docs)
    assert [document.first for document in one.documents] == [0, 3]
    assert [document.mentions for document in one.documents] == [((0, 1),), ((3, 4),)]
    assert one.clusters == (frozenset({(0, 1), (3, 4)}),)
    assert two.clusters == (frozenset({(0, 1)}),), "a chain is cut where its topic ends"
    document = one.documents[1]
    assert document.text[slice(*document.place((3, 4)))] == "He"
    assert (document.subtopic, document.text) == ("1y", "He rose.")


def test_an_instance_in_two_chains_is_one_unless_taken_as_filed(docs):
    assert len(read_topics(docs)[0].clusters) == 1
    assert len(read_topics(docs, joined=False)[0].clusters) == 2
    assert len(read_topics(docs, kind="event")[0].clusters) == 1


def test_chains_must_lie_beside_the_documents(tmp_path):
    with pytest.raises(StopRun, match="chains"):
        read_topics(write(tmp_path / "dev.docs.jsonl", DOCS))


def test_a_text_is_written_as_people_write():
    tokens = ["Dam", "breaks", "``", "It", "'s", "gone", ",", "''", "Dorn", "(", "52", ")", "said", "."]
    text, places = write_text(tokens, [[0, 2], [2, 14]])
    assert text == 'Dam breaks\n"It\'s gone," Dorn (52) said.'
    assert [text[start:end] for start, end in places][2:6] == ['"', "It", "'s", "gone"]
    assert write_text(["the", "U", ".", "S", ".", "a", "day"], [[0, 7]])[0] == "the U.S. a day"
    assert write_text(['"', "No", '"', "he", "said"], [[0, 5]])[0] == '"No" he said'


def test_identities_are_those_of_mentions_that_have_one(tmp_path):
    mention = {"etype": "person", "wiki": "Ilse_Dorn"}
    row = {
        "doc": "d", "text": "Dorn fell", "tokens": ["Dorn", "fell"], "offsets": [[0, 4], [5, 9]],
        "mentions": [{**mention, "s": 0, "e": 1}, {"etype": "event", "wiki": None, "s": 1, "e": 2}],
    }  # fmt: skip
    other = {**row, "doc": "e", "mentions": [{**mention, "wikidata": "Q1", "s": 0, "e": 1}]}
    (topic,) = read_identities(write(tmp_path / "dev.jsonl", [row, other]))
    assert [document.mentions for document in topic.documents] == [((0, 1),), ((2, 3),)]
    assert len(topic.clusters) == 2, "a title and an item are two identities"


def test_settings_are_scored_side_by_side(docs):
    topics = read_topics(docs)
    alone = [cluster_alone(topic) for topic in topics]
    whole = join_topics(topics)
    assert whole.documents[2].first == 6
    assert whole.documents[2].mentions == ((6, 7),)
    assert whole.clusters[1] == frozenset({(6, 7)})
    right = cluster_by_key({(0, 1): "dorn", (3, 4): "dorn", (6, 7): "sarn"})
    figures = measure_stories(
        {"in topic": score_topics(topics, alone), "whole corpus": score_topics([whole], [right])},
        task="stories", data="made/dev", system="model",
    )  # fmt: skip
    assert figures.value("CoNLL F1 whole corpus") == pytest.approx(1.0)
    assert figures.value("MUC F1 in topic") == 0.0
    assert figures.measure("CoNLL F1 whole corpus").low is None, "one topic has no interval"
    assert figures.measure("CoNLL F1 in topic").gold == 3
