"""Loaders, composed cases and batches of the training, on made-up data."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("safetensors")

from onrecord.language.features import Wordpieces
from training import batches, corpora
from training.cases import ANY_TAG, ENTITY, IGNORED, ROLE, Case, Marks, mark_known
from training.compose import Composer, Piece, cut_sentences, read_kind

TREE = """# newdoc id = harbour
# newpar id = harbour-p1
# text = Ferries don't wait.
1\tFerries\tferry\tNOUN\tNNS\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = Go!
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
1.1\tnow\tnow\tADV\tRB\t_\t_\t_\t1:advmod\t_
2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""
ARTICLE = (
    "Mayor Ilse Brandt said that the old harbour bridge will close in May.\n"
    "The council of Varnholm said that nobody had asked the ferry crews.\n"
    "The bridge carries nine trams an hour across the narrow channel."
)


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def find(part: str, after: int = 0) -> list[int]:
    start = ARTICLE.index(part, after)
    return [start, start + len(part)]


def make_article(tmp_path: Path) -> Case:
    second = ARTICLE.index("The council")
    attributions = [
        {
            "source": [find("Mayor Ilse Brandt")],
            "cue": [find("said")],
            "content": [find("that the old harbour bridge will close in May")],
        },
        {
            "source": [find("The council of Varnholm")],
            "cue": [find("said", second)],
            "content": [find("that nobody had asked the ferry crews")],
        },
    ]
    row = {"id": "a", "text": ARTICLE, "attributions": attributions}
    silver = {"id": "a", "tokens": [[0], [second], [ARTICLE.index("The bridge")]], "sents": [0, 1, 2]}
    path = write_lines(tmp_path / "train.jsonl.gz", [row])
    return corpora.read_polnear(path, write_lines(tmp_path / "train.corenlp.jsonl.gz", [silver]))[0]


def say(forms: list[str], spans: list[tuple[int, int]]) -> str:
    return " | ".join(" ".join(forms[start:end]) for start, end in spans)


def test_treebank_words_spacing_and_trees(tmp_path: Path) -> None:
    path = tmp_path / "train.conllu.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(TREE)
    (case,) = corpora.read_treebank(path)
    assert case.forms == ["Ferries", "do", "n't", "wait", ".", "Go", "!"]
    assert case.glued == [0, 0, 1, 0, 1, 0, 1]
    assert case.lines == [1, 0, 0, 0, 0, 0, 0]
    assert case.sentence == [1, 0, 0, 0, 0, 1, 0]
    assert case.heads == [3, 3, 3, -1, 3, -1, 5]
    assert case.relations is not None and case.relations[0] == "nsubj"


def test_coarse_names_allow_several_tags(tmp_path: Path) -> None:
    case = Case("x", ["Varnholm", "froze", "."], [0, 0, 1], [1, 0, 0], sentence=[1, 0, 0])
    row = {"tokens": ["Varnholm", "froze", "."], "ents": [[0, 1, "LOC"]]}
    assert corpora.add_uner([case], write_lines(tmp_path / "u.jsonl.gz", [row])) == 1
    assert case.entity is not None
    allowed = {tag for index, tag in enumerate(ENTITY) if case.entity[0] >> index & 1}
    assert allowed == {"B-place", "B-facility"}
    assert case.entity[1] & 1 and case.entity[1] != ANY_TAG
    assert not case.entity[1] >> ENTITY.index("B-person") & 1


def test_names_are_cut_by_our_own_words(tmp_path: Path) -> None:
    row = {
        "doc": "d",
        "tokens": ["Brandt", "'s", "ferry"],
        "ents": [[0, 1, "Person"]],
        "text": "Brandt's ferry",
    }
    path = write_lines(tmp_path / "train.jsonl.gz", [row, {**row, "text": None}])
    (case,) = corpora.read_names(path, {"Person": ["person"]}, [])
    assert case.forms == ["Brandt", "'s", "ferry"] * 2
    assert case.glued == [0, 1, 0] * 2 and case.lines == [1, 0, 0] * 2
    assert case.entity == [1 << ENTITY.index("B-person"), 1, 1] * 2


def test_tokens_are_joined_as_written() -> None:
    tokens = ["She", "said", ",", '"', "Go", "(", "now", ")", '"', "."]
    text, spans = corpora.join_tokens(tokens)
    assert text == 'She said, "Go (now)".'
    assert [text[start:end] for start, end in spans] == tokens


def test_attributions_become_word_ranges(tmp_path: Path) -> None:
    case = make_article(tmp_path)
    assert case.marks is not None and len(case.marks) == 2
    first = case.marks[0]
    assert say(case.forms, first.speaker) == "Mayor Ilse Brandt"
    assert say(case.forms, first.content) == "that the old harbour bridge will close in May"
    assert case.forms[first.anchor] == "said"
    assert case.sentence is not None and sum(case.sentence) == 3
    known = mark_known(case)
    assert known[first.anchor] == 1 and known[first.content[0][0]] == 0 and known[-1] == 1


def test_composed_sentence_keeps_both_attributions(tmp_path: Path) -> None:
    case = make_article(tmp_path)
    pieces = cut_sentences(case)
    assert [read_kind(piece, {"said"}) if piece.marks else "" for piece in pieces] == ["that", "that", ""]
    composer = Composer([case])
    composer.frames = {kind: [pieces[0]] for kind in ("that", "bare", "lead", "according", "direct")}
    composer.frames["direct"] = [quoted_frame()]
    rng = random.Random(4)
    for _ in range(30):
        made = composer.wrap(pieces[1], rng)
        assert len(made.forms) == len(made.glued)
        outer, inner = made.marks
        assert outer.top and not inner.top
        assert say(made.forms, inner.content) == "that nobody had asked the ferry crews"
        assert say(made.forms, inner.speaker).lower() == "the council of varnholm"
        (low, high), (start, end) = outer.content[0], inner.content[0]
        assert low <= inner.speaker[0][0] and end <= high and made.forms[-1] == "."
        assert start > inner.anchor > low


def quoted_frame() -> Piece:
    forms = ["“", "We", "did", "it", ",", "”", "Brandt", "said", "."]
    mark = Marks([(7, 8)], [(6, 7)], [(0, 6)])
    return Piece(forms, [0, 1, 0, 0, 1, 1, 0, 0, 1], [mark], "direct")


@pytest.fixture
def wordpieces(tmp_path: Path) -> Wordpieces:
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {"[UNK]": 100, "[CLS]": 101, "[SEP]": 102, **{chr(97 + i): i for i in range(26)}}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return Wordpieces(tmp_path / "tokenizer.json")


def test_batch_labels_of_attributions(tmp_path: Path, wordpieces: Wordpieces) -> None:
    case = make_article(tmp_path)
    (prepared,) = batches.prepare([case], wordpieces)
    batch = batches.make_batch([batches.Window(prepared, 0, len(case.forms), 1)], {}, augment=False)
    anchors = batch["anchors"].tolist()
    assert [case.forms[word - 1] for _, word in anchors] == ["said", "said"]
    tags = [ROLE[tag] if tag != IGNORED else "" for tag in batch["roles"][0].tolist()]
    assert tags[:8] == [
        "",
        "B-speaker",
        "I-speaker",
        "I-speaker",
        "B-cue",
        "B-content",
        "I-content",
        "I-content",
    ]
    assert batch["anchor_top"][0].tolist().count(1) == 2
    assert batch["anchor_any"][0, 6].item() == IGNORED, "inside a content deeper cues are unknown"
    assert batch["upos"][0].tolist() == [IGNORED] * (len(case.forms) + 1)


def test_an_attribution_whose_cue_is_elsewhere_is_not_taught(tmp_path: Path, wordpieces: Wordpieces) -> None:
    case = make_article(tmp_path)
    (prepared,) = batches.prepare([case], wordpieces)
    batch = batches.make_batch([batches.Window(prepared, 5, len(case.forms), 1)], {}, augment=False)
    assert len(batch["anchors"]) == 1


def test_order_depends_on_seed_alone(tmp_path: Path, wordpieces: Wordpieces) -> None:
    prepared = batches.prepare([make_article(tmp_path)] * 20, wordpieces)
    plans = [batches.plan_batches(prepared, seed, 300) for seed in (1, 1, 2)]
    places = [
        [(window.start, window.end, window.seed) for batch in plan for window in batch] for plan in plans
    ]
    assert places[0] == places[1] != places[2]
    words = len(prepared[0].case.forms)
    assert sum(end - start for start, end, _ in places[0]) == 20 * words
