"""Hand-computed cases of nested pairs and of speakers' chains."""

import json
from dataclasses import replace

import numpy as np
import pytest

from onrecord.evaluation.attribution import project_article
from onrecord.evaluation.nesting import (
    Nested,
    count_cues,
    count_pairs,
    list_pairs,
    read_nested,
    score_nesting,
)
from onrecord.evaluation.paragraphs import CharAttribution
from onrecord.evaluation.spans import cut_tokens
from onrecord.evaluation.speakers import Judged, build_mention, build_speakers, judge_article, score_speakers
from onrecord.evaluation.tasks import evaluate_nesting, evaluate_speakers
from onrecord.records import Annotation, Attribution

TEXT = "Ana Rell said that Odo Hask believes the dam leaks. She left."


def find(words):
    start = TEXT.index(words)
    return ((start, start + len(words)),)


SAID = CharAttribution(find("Ana Rell"), find("said"), find("that Odo Hask believes the dam leaks"))
BELIEVES = CharAttribution(find("Odo Hask"), find("believes"), find("the dam leaks"))


def row(**more):
    attributions = [
        {"source": SAID.source, "cue": SAID.cue, "content": SAID.content, "within": None},
        {"source": BELIEVES.source, "cue": BELIEVES.cue, "content": BELIEVES.content, "within": 0},
    ]
    return {"id": "a", "text": TEXT, "part": "dev", "kind": "chain", "attributions": attributions, **more}


def write(path, *rows):
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


def test_gold_says_what_stands_in_what(tmp_path):
    flat = row(id="b", part="test", kind="flat", attributions=[])
    path = write(tmp_path / "nested.jsonl", row(), flat)
    (gold,) = read_nested(path, "dev")
    assert (gold.parents, gold.kind, gold.complete) == ((-1, 0), "chain", True)
    assert [each.article.id for each in read_nested(path)] == ["a", "b"]
    assert list_pairs(gold.parents) == [(1, 0)]


def test_without_being_told_the_smallest_content_around_is_the_outer_one(tmp_path):
    wide = {"source": [], "cue": [], "content": [[0, len(TEXT)]]}
    bare = [{key: each[key] for key in ("source", "cue", "content")} for each in row()["attributions"]]
    (gold,) = read_nested(write(tmp_path / "dev.jsonl", row(attributions=[wide, *bare])))
    assert gold.parents == (-1, 0, 1) and not gold.complete


@pytest.fixture
def count(tmp_path):
    """Counts of what is said of the one gold article."""
    (gold,) = read_nested(write(tmp_path / "gold.jsonl", row()))

    def count_said(predicted, parents, counter=count_pairs):
        return counter(project_article(gold.article, predicted), parents, gold.parents)

    return count_said


def test_a_pair_needs_both_members_and_the_right_order(count):
    assert count([SAID, BELIEVES], (-1, 0)) == (1, 1, 1)
    assert count([BELIEVES, SAID], (1, -1)) == (1, 1, 1)
    assert count([SAID, BELIEVES], (-1, -1)) == (0, 0, 1)
    assert count([SAID, BELIEVES], (1, -1)) == (0, 1, 1)
    wrong = BELIEVES._replace(source=find("the dam"))
    assert count([SAID, wrong], (-1, 0)) == (0, 1, 1)
    assert count([SAID, wrong], (-1, 0), count_cues) == (1, 1, 1)


def test_an_attribution_between_makes_another_pair(count):
    between = CharAttribution((), find("that"), find("Odo Hask believes the dam leaks"))
    assert count([SAID, between, BELIEVES], (-1, 0, 1)) == (0, 2, 1)


def test_figures_of_nested_pairs(tmp_path):
    flat = row(id="b", kind="flat", attributions=[])
    gold = read_nested(write(tmp_path / "nested.jsonl", row(), flat))
    said = Nested((SAID, BELIEVES), (-1, 0))
    figures = score_nesting(gold, [said, said], data="own/nested dev")
    assert figures.value("nested pairs") == pytest.approx(2 / 3)
    assert figures.value("nested precision") == 0.5 and figures.value("nested recall") == 1.0
    assert figures.value("nested pairs, chain") == 1.0
    false = figures.measure("false pairs in flat texts")
    assert (false.value, false.gold, false.counted) == (1.0, 1, True)
    assert figures.value("attributions") == pytest.approx(2 * 2 / (4 + 2))


def test_where_the_gold_is_not_complete_recall_alone_is_given(tmp_path):
    bare = [{key: each[key] for key in ("source", "cue", "content")} for each in row()["attributions"]]
    bare[0]["cue"] = []
    gold = read_nested(write(tmp_path / "dev.jsonl", row(attributions=bare)))
    figures = score_nesting(gold, [Nested((SAID, BELIEVES), (-1, 0))], data="gum/dev")
    assert [each.name for each in figures.measures] == ["nested recall", "nested recall by cues"]
    assert figures.value("nested recall") == 0.0  # the outer one has no cue to agree with
    assert "1 pairs were said" in figures.notes[0] and "1 of 1 gold pairs" in figures.notes[1]


SPEAKERS = "Minister Ana Rell met Odo Hask. She said the dam leaks. He left."


def place(words, text=SPEAKERS):
    start = text.index(words)
    return [start, start + len(words)]


def speaker_row(entity="ana", pronoun=True):
    source = "She" if pronoun else "Odo Hask"
    said = {"source": [place(source)], "cue": [place("said")], "content": [place("the dam leaks")]}
    return {
        "id": "a",
        "text": SPEAKERS,
        "attributions": [{**said, "speaker_entity": entity}, said],
        "entities": {
            "ana": {"etype": "person", "mentions": [place("Minister Ana Rell"), place("She")]},
            "odo": {"etype": "person", "mentions": [place("Odo Hask"), place("He")]},
            "dam": {"etype": "object", "mentions": [place("the dam")]},
        },
    }


TOKENS = cut_tokens(SPEAKERS)  # Minister Ana Rell met Odo Hask . She said the dam leaks . He left .


def annotate(source, *clusters):
    count = len(TOKENS)
    return Annotation(
        starts=np.array([a for a, _ in TOKENS], np.int32),
        ends=np.array([b for _, b in TOKENS], np.int32),
        sentences=np.array([0], np.int32),
        upos=("X",) * count,
        lemmas=("",) * count,
        heads=np.full(count, -1, np.int32),
        deprels=("root",) * count,
        attributions=(Attribution(source, ((8, 9),), ((9, 12),), -1, 1.0, 1.0),),
        clusters=clusters,
    )


ANA, ODO, SHE, HE, DAM = (0, 3), (4, 6), (7, 8), (13, 14), (9, 11)


def judge(source, *clusters, **options):
    return judge_article(build_speakers(speaker_row(**options)), annotate(source, *clusters))


@pytest.mark.parametrize(
    ("clusters", "verdict"),
    [
        ([(ANA, SHE)], "right"),
        ([((1, 3), SHE)], "right"),  # other edges, same head
        ([(ANA, SHE, HE)], "right"),  # most of its mentions are hers
        ([], "no answer"),
        ([(SHE, HE)], "no answer"),  # nobody is named
        ([(ODO, SHE)], "wrong person"),
        ([(ANA, SHE, ODO, (5, 6))], "wrong person"),  # the better part of the names is his
        ([(DAM, SHE)], "wrong"),
        ([((14, 15), SHE)], "wrong"),  # named by what is no gold mention
    ],
)
def test_a_pronoun_is_right_only_with_a_name(clusters, verdict):
    (judged,) = judge((SHE,), *clusters)
    assert (judged.verdict, judged.pronoun) == (verdict, True)


@pytest.mark.parametrize(
    ("clusters", "majority"),
    [
        ([(ANA, SHE)], "right"),
        ([(ANA, SHE, HE)], "right"),
        ([], "no answer"),
        ([(SHE, HE)], "wrong person"),  # one each: no majority for her
        ([(ODO, HE, SHE)], "wrong person"),
        ([(DAM, SHE)], "wrong"),
        ([((14, 15), SHE)], "right"),  # what is no gold mention has no vote
    ],
)
def test_the_majority_counts_pronouns_too(clusters, majority):
    assert judge((SHE,), *clusters)[0].majority == majority


def test_a_name_stands_for_itself_unless_its_cluster_is_another():
    assert judge((ANA,)) == [Judged("right", False, "right")]
    assert judge((ODO,)) == [Judged("wrong person", False, "wrong person")]
    assert judge((ODO,), (ODO, HE), entity="odo", pronoun=False) == [Judged("right", False, "right")]
    assert judge((DAM,)) == [Judged("wrong", False, "wrong")]
    assert judge(()) == [Judged("no answer", False, "no answer")]


def test_where_the_gold_has_pronouns_only_a_pronoun_is_enough():
    gold = build_speakers(speaker_row())
    only = {**gold.entities, "ana": gold.entities["ana"]._replace(mentions=gold.entities["ana"].mentions[1:])}
    assert judge_article(replace(gold, entities=only), annotate((SHE,))) == [Judged("right", True, "right")]


def test_what_was_not_found_has_no_verdict():
    lost = replace(annotate((SHE,)), attributions=())
    assert judge_article(build_speakers(speaker_row()), lost) == [Judged(None, False)]
    assert build_mention([(3, 3)], SPEAKERS, TOKENS) is None


def test_shares_of_speakers():
    one = [Judged("right", True, "right"), Judged("no answer", True, "right")]
    one.append(Judged("wrong person", False, "wrong person"))
    other = [Judged("right", False, "right"), Judged(None, False)]
    figures = score_speakers([one, other], data="gum/dev")
    assert figures.value("majority right") == 0.75
    assert figures.value("majority another person") == 0.25
    assert figures.value("found") == 0.8
    assert figures.value("right cluster") == 0.5
    assert figures.value("answered") == 0.75
    assert figures.value("right of answered") == pytest.approx(2 / 3)
    assert figures.value("wrong person") == 0.25
    assert figures.value("right cluster, pronouns") == figures.value("right cluster, others") == 0.5
    assert figures.measure("right cluster, others").gold == 2


class OneAnnotation:
    """A model that says the same of any text."""

    digest = "one"

    def __init__(self, annotation):
        self.annotation = annotation

    def annotate(self, texts, litter=()):
        return [self.annotation for _ in texts]


def test_tasks_run_from_files(tmp_path):
    model = OneAnnotation(annotate((SHE,), (ANA, SHE)))
    path = write(tmp_path / "dev.jsonl", speaker_row())
    assert evaluate_speakers(path, model).value("right cluster") == 1.0
    nested = write(tmp_path / "nested.jsonl", row(part="test"))
    figures = evaluate_nesting(nested, model, part="test")
    assert figures.data == f"{tmp_path.name}/nested test"
    assert figures.value("nested recall") == 0.0
