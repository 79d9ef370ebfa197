"""Coreference and GUM's attributions laid onto trees, made-up denials, and going on from shipped weights."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")
pytest.importorskip("onnx")

from onrecord.language.candidates import BONDS, GROUPS, MATCHES  # noqa: E402
from onrecord.language.coreference import GAPS, Tables, find_antecedents  # noqa: E402
from training import corpora  # noqa: E402
from training.cases import UPOS, Case, Marks  # noqa: E402
from training.chains import make_arrays, read_chain  # noqa: E402
from training.compose import Composer, Piece, is_quotation  # noqa: E402
from training.pairs import find_pairs, score_pairs  # noqa: E402

FORMS = "Ilse left . She said that the crew of hers slept .".split()
TAGS = "PROPN VERB PUNCT PRON VERB SCONJ DET NOUN ADP PRON VERB PUNCT".split()
HEADS = [1, -1, 1, 4, -1, 10, 7, 10, 9, 7, 4, 4]
RELATIONS = "nsubj root punct nsubj root mark det nsubj case nmod ccomp punct".split()
TEXT = "Ilse left. She said that the crew of hers slept."


def make_case() -> Case:
    tags = [UPOS.index(tag) for tag in TAGS]
    return Case(
        "gum-1", list(FORMS), [0, 0, 1] + [0] * 8 + [1], [1] + [0] * 11,
        sentence=[1, 0, 0, 1] + [0] * 8, upos=tags, heads=list(HEADS), relations=list(RELATIONS),
    )  # fmt: skip


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def locate(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def test_a_mention_is_its_head_word_and_gaps_are_left_out(tmp_path: Path) -> None:
    tokens = ["Ilse", "soon", *FORMS[1:]]
    clusters = [[[0, 1], [4, 5], [10, 11]], [[0, 3], [7, 11]]]
    path = write_lines(tmp_path / "c.jsonl.gz", [{"doc": "gum-1", "tokens": tokens, "clusters": clusters}])
    case = make_case()
    assert corpora.add_clusters([case], path) == 4
    assert case.clusters == [[0, 3, 9]], "what has a gap is out, and a cluster of one is none"


def test_attributions_at_any_depth_say_nothing_of_what_is_outermost(tmp_path: Path) -> None:
    found = {"cue": [locate("said")], "source": [locate("She")], "cue_from": "signal"}
    row = {
        "id": "gum-1", "text": TEXT, "tokens": [locate(form) for form in FORMS[:2]] + [[9, 10]]
        + [locate(form) for form in FORMS[3:11]] + [[len(TEXT) - 1, len(TEXT)]],
        "attributions": [
            {**found, "content": [locate("that the crew of hers slept.")]},
            {**found, "content": [locate("Ilse left.")], "cue_from": "fallback"},
        ],
    }  # fmt: skip
    case = make_case()
    assert corpora.add_attributions([case], write_lines(tmp_path / "a.jsonl.gz", [row])) == 1
    assert case.marks == [Marks([(4, 5)], [(3, 4)], [(5, 11)], top=False)]
    assert case.any_known is not None and sum(case.any_known) == 1
    assert not case.outermost_known


def test_right_antecedents_are_earlier_mentions_of_the_cluster() -> None:
    case = make_case()
    assert read_chain(case) is None
    case.clusters = [[0, 3, 9]]
    chain = read_chain(case)
    assert chain is not None
    places = chain.candidates.places.tolist()
    assert [FORMS[place] for place in places] == ["Ilse", "She", "the", "crew", "hers"]
    right = {(places[row], places[column]) for row, column in np.argwhere(chain.right)}
    assert right == {(3, 0), (9, 0), (9, 3)}
    arrays = make_arrays(chain, [(0, 3), (3, 12)])
    assert arrays["chain_words"].tolist() == [[0, 1], [1, 1], [1, 4], [1, 5], [1, 7]]
    assert make_arrays(None, [(0, 3)])["chain_right"].shape == (0, 0)


def test_the_package_links_as_the_whole_matrices_say() -> None:
    case = make_case()
    case.clusters = [[0, 3, 9]]
    chain = read_chain(case)
    assert chain is not None
    rng = np.random.default_rng(1)
    sizes, count = (GROUPS, len(GAPS) + 1, MATCHES, BONDS), len(chain.candidates.places)
    tables = Tables(*(rng.normal(size=(GROUPS, size)).astype(np.float32) for size in sizes))
    words = [rng.normal(size=shape).astype(np.float32) for shape in ((count, 4), (count, 4), count)]
    groups, seen = chain.candidates.groups.astype(np.int64), find_pairs(chain.candidates)
    scores = score_pairs(*words, groups, pairs=seen, tables=tables)
    scores[np.triu_indices(count)] = -np.inf
    best, top = find_antecedents(chain.candidates, words, tables)
    assert best == scores.argmax(1).tolist()
    assert top[1:] == pytest.approx(scores.max(1)[1:], abs=1e-5)


def frame(words: str, content: int) -> Piece:
    forms = words.split()
    mark = Marks([(1, 2)], [(0, 1)], [(content, len(forms) - 1)])
    return Piece(forms, [0] * (len(forms) - 1) + [1], [mark], "that")


def test_a_made_up_denial_holds_a_noun_of_saying() -> None:
    composer = Composer([])
    composer.frames["that"] = [frame("Brandt said that nobody asked the crews .", 2)]
    rng = random.Random(1)
    for _ in range(20):
        made = composer.deny(rng)
        outer, inner = made.marks
        assert len(made.forms) == len(made.glued)
        assert outer.top and not inner.top
        assert made.forms[slice(*inner.content[0])] == "that nobody asked the crews".split()
        low, high = outer.content[0]
        assert low <= inner.anchor < inner.content[0][1] == high
        if inner.speaker:
            assert made.forms[inner.speaker[0][0]].lower() == "brandt"


def test_a_quotation_that_ends_a_sentence_may_stand_in_another() -> None:
    forms = ["Brandt", "said", ",", "“", "Go", ".", "”"]
    body = Piece(forms, [0, 0, 1, 0, 1, 1, 1], [Marks([(1, 2)], [(0, 1)], [(3, 7)])])
    assert is_quotation(body)
    assert not is_quotation(Piece(forms[:-1], [0] * 6, body.marks))
    composer = Composer([])
    outer = ["“", "We", "did", "it", ",", "”", "Dorn", "said", "."]
    mark = Marks([(7, 8)], [(6, 7)], [(0, 6)])
    composer.frames["direct"] = [Piece(outer, [0, 1, 0, 0, 1, 1, 0, 0, 1], [mark], "direct")]
    made = composer.wrap(body, random.Random(2), "direct")
    assert made.forms == ["“", "Brandt", "said", ",", "‘", "Go", ",", "’", "”", "Dorn", "said", "."]
    assert made.forms[slice(*made.marks[1].content[0])] == ["‘", "Go", ",", "’"]


def test_a_run_can_go_on_from_what_ships(tmp_path: Path) -> None:
    from tests.unit.test_training_network import make_batch
    from training.export import export_graph, quantize, write_labels
    from training.network import Network
    from training.shipped import read_shipped

    torch.manual_seed(0)
    network = Network(relations=5).eval()
    with torch.no_grad():  # equal arrays would be stored once, under one name
        for weight in network.parameters():
            weight.add_(0.01 * torch.randn_like(weight))
    export_graph(network, make_batch(), tmp_path / "fp32.onnx")
    quantize(tmp_path / "fp32.onnx", tmp_path / "model.int8.onnx")
    write_labels(network, ["a", "b", "c", "d", "e"], tmp_path, "test")
    weights, relations = read_shipped(tmp_path)
    assert relations == ["a", "b", "c", "d", "e"]
    wanted = network.state_dict()
    assert {name for name in wanted if name not in weights and not name.startswith("chains.kind.")} == {
        "encoder.kind.weight"
    }
    for name, weight in weights.items():
        close = (weight - wanted[name]).abs().max() <= 0.02 * wanted[name].abs().max() + 1e-6
        assert close, name


def test_the_mean_of_weights_is_taken_over_those_that_have_them() -> None:
    from training.average import average

    one = {"a": torch.tensor([1.0]), "b": torch.tensor([2.0])}
    two = {"a": torch.tensor([5.0])}
    mean = average([(one, 0.75), (two, 0.25)])
    assert mean["a"].item() == pytest.approx(2.0)
    assert mean["b"].item() == pytest.approx(2.0)


def test_of_several_texts_only_known_mentions_of_one_teach(tmp_path: Path) -> None:
    from training.news_chains import read_news_chains

    docs = [
        {"doc": "a", "subtopic": "1", "tokens": "Ilse Brandt left . She slept .".split()},
        {"doc": "b", "subtopic": "1", "tokens": "Ilse Brandt came , she said .".split()},
    ]
    chains = [
        {"chain": "x", "kind": "entity", "mentions": [["a", 0, 2], ["a", 4, 5], ["b", 0, 2]]},
        {"chain": "y", "kind": "event", "mentions": [["a", 2, 3], ["a", 5, 6]]},
    ]
    marked = write_lines(tmp_path / "chains.jsonl.gz", chains)
    (case,) = read_news_chains(write_lines(tmp_path / "docs.jsonl.gz", docs), marked)
    assert case.texts is not None and case.clusters is not None and case.silver_trees
    known = [(case.forms[place], text) for place, text in enumerate(case.texts) if text >= 0]
    assert [text for _, text in known] == [0, 0, 1]
    assert [[case.forms[place] for place in cluster] for cluster in case.clusters] == [["Ilse", "She"]]
    chain = read_chain(case)
    assert chain is not None and chain.right.sum() == 1
    arrays = make_arrays(chain, [(0, len(case.forms))])
    assert (arrays["chain_texts"] >= 0).sum() == 3
