"""Hand-computed cases of the coreference measures; the first is that of Pradhan et al. (ACL 2014)."""

import json

import numpy as np
import pytest

from onrecord.errors import StopRun
from onrecord.evaluation.coreference import (
    ClusteredText,
    Sums,
    align_clusters,
    count_companions,
    count_links,
    mean_f1,
    project_clusters,
    read_clustered,
    score_clusters,
    score_coreference,
    settle_mentions,
)
from onrecord.records import Annotation


def cluster(letters):
    return frozenset((ord(letter), ord(letter) + 1) for letter in letters)


KEY = [cluster("abc"), cluster("defg")]
RESPONSE = [cluster("ab"), cluster("cd"), cluster("fghi")]


def test_links_companions_and_alignment_by_hand():
    assert count_links(KEY, RESPONSE) == (2, 5)
    assert count_links(RESPONSE, KEY) == (2, 5)
    share, mentions = count_companions(KEY, RESPONSE)
    assert (share, mentions) == (pytest.approx(4 / 3 + 1 / 3 + 1 / 4 + 4 / 4), 7)
    share, mentions = count_companions(RESPONSE, KEY)
    assert (share, mentions) == (pytest.approx(4 / 2 + 1 / 2 + 1 / 2 + 4 / 4), 8)
    assert align_clusters(RESPONSE, KEY) == pytest.approx(0.8 + 0.5)


def test_a_document_by_hand():
    score = score_clusters(RESPONSE, KEY)
    assert score.muc.f1 == pytest.approx(0.4)
    assert (score.b_cubed.precision, score.b_cubed.recall) == (0.5, pytest.approx(0.4167, abs=1e-4))
    assert (score.ceaf.precision, score.ceaf.recall) == (pytest.approx(1.3 / 3), pytest.approx(0.65))
    assert score.mentions == (6, 8, 7)
    assert mean_f1([score]) == pytest.approx((0.4 + 0.4545 + 0.52) / 3, abs=1e-4)


def test_perfect_empty_and_nothing_at_all():
    assert mean_f1([score_clusters(KEY, KEY)]) == pytest.approx(1.0)
    assert mean_f1([score_clusters([], KEY)]) == 0.0
    assert mean_f1([score_clusters(KEY, [])]) == 0.0
    assert Sums().f1 == mean_f1([score_clusters([], [])]) == 1.0


def test_sums_are_pooled_over_documents():
    both = [score_clusters(KEY, KEY), score_clusters([], KEY)]
    assert mean_f1(both) == pytest.approx(2 * 0.5 / 1.5)  # precision 1, recall one half, in all three


def test_a_mention_stays_in_its_first_cluster():
    assert list(settle_mentions([[(0, 1), (2, 3)], [(2, 3), (4, 5)], [(6, 7), (6, 7)]])) == [
        frozenset({(0, 1), (2, 3)})
    ]


def annotate(spans, clusters):
    return Annotation(
        starts=np.array([a for a, _ in spans], np.int32),
        ends=np.array([b for _, b in spans], np.int32),
        sentences=np.array([0], np.int32),
        upos=("X",) * len(spans),
        lemmas=("",) * len(spans),
        heads=np.full(len(spans), -1, np.int32),
        deprels=("root",) * len(spans),
        clusters=clusters,
    )


def test_clusters_are_laid_over_the_gold_tokens():
    ours = annotate([(0, 3), (4, 8), (9, 11), (12, 15)], (((0, 2), (3, 4)), ((2, 3),)))
    tokens = [(0, 2), (2, 3), (4, 8), (9, 11), (12, 15)]
    assert project_clusters(ours, tokens) == [frozenset({(0, 3), (4, 5)})]  # the single mention is dropped


TEXT = "Ana Rell left. She slept."
ROW = {
    "doc": "d",
    "text": TEXT,
    "offsets": [[0, 3], [4, 8], [9, 13], [13, 14], [15, 18], [19, 24], [24, 25]],
    "clusters": [[[0, 2], [4, 5]]],
    "mentions": [{"s": 0, "e": 2}, {"s": 4, "e": 5}, {"s": 5, "e": 6}],
}


def write(path, row):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_files_and_the_texts_beside_them(tmp_path):
    bare = {"doc": "d", "clusters": [[[0, 2], [4, 5]]]}
    other = write(tmp_path / "ontogum" / "dev.jsonl", bare)
    with pytest.raises(StopRun, match="holds no texts"):
        read_clustered(other)
    (gold,) = read_clustered(write(tmp_path / "gum" / "dev.jsonl", ROW))
    assert gold.clusters == (frozenset({(0, 2), (4, 5)}),)
    assert gold.singletons == (frozenset({(5, 6)}),)
    (bare_gold,) = read_clustered(other)
    assert bare_gold.text == TEXT and bare_gold.clusters == gold.clusters and bare_gold.singletons == ()


def test_figures_with_and_without_singletons():
    gold = ClusteredText(
        id="d",
        text=TEXT,
        tokens=(),
        clusters=(frozenset({(0, 2), (4, 5)}),),
        singletons=(frozenset({(5, 6)}),),
    )
    figures = score_coreference([gold], [list(gold.clusters)], data="gum/dev")
    assert figures.value("CoNLL F1") == 1.0
    assert figures.value("MUC F1 with singletons") == 1.0
    assert figures.value("B-cubed F1 with singletons") == pytest.approx(2 * 2 / 3 / (1 + 2 / 3))
    assert figures.value("mentions with singletons, recall") == pytest.approx(2 / 3)
    assert "1 gold mentions stand alone" in figures.notes[0]
    without = ClusteredText(id="d", text=TEXT, tokens=(), clusters=gold.clusters)
    assert not score_coreference([without], [[]], data="ontogum/dev").notes
