"""The annotate JSON and CoNLL-U of a small hand-made annotation."""

import json

import numpy as np

from onrecord.exports.annotation import annotation_to_conllu, annotation_to_json
from onrecord.records import Annotation, Attribution, EntitySpan

TEXT = "Ann said so.\nIt rained."
ANNOTATION = Annotation(
    starts=np.array([0, 4, 9, 11, 13, 16, 22], np.int32),
    ends=np.array([3, 8, 11, 12, 15, 22, 23], np.int32),
    sentences=np.array([0, 4], np.int32),
    upos=("PROPN", "VERB", "ADV", "PUNCT", "PRON", "VERB", "PUNCT"),
    lemmas=("Ann", "say", "so", ".", "it", "rain", "."),
    heads=np.array([1, -1, 1, 1, 5, -1, 5], np.int32),
    deprels=("nsubj", "root", "advmod", "punct", "expl", "root", "punct"),
    entities=(EntitySpan(0, 1, "person", 0.9),),
    attributions=(
        Attribution(((0, 1),), ((1, 2),), ((2, 3), (4, 6)), -1, 0.8, 0.7),
        Attribution((), ((5, 6),), ((4, 5),), 0, 0.5, 0.5),
    ),
)


def test_json_points_at_the_text() -> None:
    made = json.loads(json.dumps(annotation_to_json("a", ANNOTATION)))
    assert made["id"] == "a"
    assert made["tokens"][1] == {
        "start": 4, "end": 8, "upos": "VERB", "lemma": "say", "head": -1, "deprel": "root",
    }  # fmt: skip
    assert made["sentences"] == [[0, 12], [13, 23]]
    assert made["entities"] == [{"start": 0, "end": 3, "label": "person", "score": 0.9}]
    first, second = made["attributions"]
    assert (first["source"], first["cue"], first["content"]) == ([[0, 3]], [[4, 8]], [[9, 11], [13, 22]])
    assert (first["within"], second["within"], second["source"]) == (None, 0, [])
    assert "act" not in first
    assert made["clusters"] == []


def test_details_stand_in_each_attribution() -> None:
    details = {
        "class": "speech",
        "quotation": "indirect",
        "act": "asserts",
        "certainty": "certain",
        "negated": False,
    }
    made = annotation_to_json("a", ANNOTATION, [details, {**details, "act": "denies"}])
    assert [a["act"] for a in made["attributions"]] == ["asserts", "denies"]
    assert made["attributions"][0]["negated"] is False


def test_conllu_blocks() -> None:
    blocks = annotation_to_conllu("a", TEXT, ANNOTATION).strip().split("\n\n")
    assert len(blocks) == 2
    assert blocks[0].splitlines()[:3] == ["# newdoc id = a", "# sent_id = 1", "# text = Ann said so."]
    assert blocks[0].splitlines()[3] == "1\tAnn\tAnn\tPROPN\t_\t_\t2\tnsubj\t_\tNER=B-person"
    assert blocks[0].splitlines()[5].endswith("SpaceAfter=No")
    assert [line.split("\t")[6] for line in blocks[1].splitlines()[2:]] == ["2", "0", "2"]


def test_an_empty_annotation() -> None:
    nothing = np.zeros(0, np.int32)
    empty = Annotation(
        starts=nothing, ends=nothing, sentences=nothing, upos=(), lemmas=(), heads=nothing, deprels=()
    )
    assert annotation_to_json("x", empty)["tokens"] == []
    assert annotation_to_conllu("x", "", empty) == "# newdoc id = x\n"
