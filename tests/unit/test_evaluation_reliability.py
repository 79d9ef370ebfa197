"""Hand-computed cases of reliability, thresholds and cross-fitting."""

import json

import numpy as np
import pytest

from onrecord.evaluation.calibration import build_curve, cross_score, measure_miscalibration
from onrecord.evaluation.nesting import read_nested
from onrecord.evaluation.reliability import (
    Answers,
    judge_rows,
    judge_scores,
    score_calibration,
    tabulate_answers,
)
from onrecord.evaluation.statements import RowSpeaker, StatementRow, build_gold
from onrecord.evaluation.tasks import evaluate_calibration
from onrecord.records import Annotation, Attribution

TEXT = "Ana said it rains . Odo thinks Ana said it pours ."
WORDS = TEXT.split()
STARTS = [sum(len(word) + 1 for word in WORDS[:index]) for index in range(len(WORDS))]


def attribute(speaker, cue, content, parent=-1, score=0.5, speaker_score=0.5):
    return Attribution(((speaker, speaker + 1),), ((cue, cue + 1),), (content,), parent, score, speaker_score)


RAINS = attribute(0, 1, (2, 4), score=0.9, speaker_score=0.8)
THINKS = attribute(5, 6, (7, 11), score=0.6, speaker_score=0.7)
POURS = attribute(7, 8, (9, 11), parent=1, score=0.3, speaker_score=0.6)


def annotate(*attributions):
    count = len(WORDS)
    return Annotation(
        starts=np.array(STARTS, np.int32),
        ends=np.array([a + len(word) for a, word in zip(STARTS, WORDS, strict=True)], np.int32),
        sentences=np.array([0, 5], np.int32),
        upos=("X",) * count,
        lemmas=("",) * count,
        heads=np.full(count, -1, np.int32),
        deprels=("root",) * count,
        attributions=attributions,
    )


def locate(first, after):
    return [STARTS[first], STARTS[after - 1] + len(WORDS[after - 1])]


def write(path, attributions, *, told=True, **more):
    rows = [
        {
            "source": [locate(*each.speaker[0])],
            "cue": [locate(*each.cue[0])],
            "content": [locate(*each.content[0])],
            **({"within": None if each.parent == -1 else each.parent} if told else {}),
        }
        for each in attributions
    ]
    path.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": rows, **more}), encoding="utf-8")
    return path


def test_precision_and_recall_by_threshold():
    rows = build_curve([(0.9, True), (0.6, False), (0.3, True), (0.1, True)], 5)
    assert rows[0] == (0.0, 4, 0.75, 0.6)
    assert rows[3] == (0.3, 3, pytest.approx(2 / 3), 0.4)
    assert rows[6] == (0.6, 2, 0.5, 0.2)
    assert rows[9] == (0.9, 1, 1.0, 0.2)
    assert build_curve([], 0)[0] == (0.0, 0, None, None)


def test_cross_fitting_scores_each_half_by_the_other():
    cases = [1.0, 1.0, 0.0, 0.0, 0.0, 1.0]
    articles = ["a", "a", "b", "b", "c", "d"]

    def fit(known):
        mean = sum(known) / len(known)
        return lambda case: mean

    scores = cross_score(cases, articles, fit)
    assert scores == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3, 1 / 3, 2 / 3])  # a and c, b and d
    answers = [(score, case == 1.0) for score, case in zip(scores, cases, strict=True)]
    assert measure_miscalibration(answers) == pytest.approx(1 / 3)


def test_flat_gold_judges_outermost_attributions_only(tmp_path):
    gold = read_nested(write(tmp_path / "dev.jsonl", [RAINS, THINKS]))
    wrong = attribute(0, 6, (7, 11), score=0.6, speaker_score=0.7)
    answers = judge_scores(gold[0], annotate(RAINS, wrong, POURS), nested=False)
    assert answers == Answers(((0.9, True), (0.6, False)), ((0.8, True), (0.7, False)), 2)
    figures = score_calibration(gold, [annotate(RAINS, wrong, POURS)], data="polnear/dev")
    assert figures.value("error of scores") == pytest.approx((0.1 + 0.6) / 2)
    assert figures.value("error of speaker scores") == pytest.approx((0.2 + 0.7) / 2)
    table = {each.name: each for each in figures.tables}["reliability of statements"]
    assert table.rows == ((0.6, 1, 0.6, 0.0), (0.9, 1, 0.9, 1.0))
    curve = {each.name: each for each in figures.tables}["speakers by threshold"]
    assert curve.rows[8] == (0.8, 1, 1.0, 1.0)


def test_nested_gold_judges_all(tmp_path):
    path = write(tmp_path / "nested.jsonl", [RAINS, THINKS, POURS], part="dev")
    gold = read_nested(path)
    answers = judge_scores(gold[0], annotate(RAINS, THINKS, POURS), nested=True)
    assert answers.statements == ((0.9, True), (0.6, True), (0.3, True))
    assert answers.speakers == ((0.8, True), (0.7, True), (0.6, True))

    class Fixed:
        digest = "f"

        def annotate(self, texts, litter=()):
            return [annotate(RAINS) for _ in texts]

    figures = evaluate_calibration(path, Fixed(), part="dev")
    assert figures.data == f"{tmp_path.name}/nested dev"
    assert figures.value("error of scores") == pytest.approx(0.1) and not figures.notes


def test_where_the_gold_is_not_complete_the_error_of_scores_is_a_view(tmp_path):
    rows = [RAINS, THINKS, POURS._replace(parent=-1)]  # nested, but the file does not say so
    figures = score_calibration(
        read_nested(write(tmp_path / "dev.jsonl", rows, told=False)), [annotate(RAINS)], data="gum/dev"
    )
    assert [each.name for each in figures.measures] == [
        "error of speaker scores",
        "error of scores, gold incomplete",
    ]
    assert "clauses only" in figures.notes[0]


def test_exported_rows_are_right_when_the_gold_has_them():
    text = "Ana said it rains. Odo said it pours. Bo left."
    gold = build_gold(
        {
            "statements": [
                {"content": ["it rains"], "speaker": ["Ana"]},
                {"content": ["it pours"], "speaker": ["Odo"], "optional": True},
                {"content": ["Bo left"], "speaker": ["Ana"], "worded": ["she"]},
            ]
        },
        text,
    )

    def make(words, speaker, score):
        start = text.index(words)
        return StatementRow(
            content=((start, start + len(words)),),
            speakers=(RowSpeaker(speaker),),
            score=score,
            speaker_score=score,
        )

    rows = [make("it rains", "Odo", 0.9), make("it pours", "Odo", 0.8), make("said", "Ana", 0.2)]
    assert judge_rows(rows, gold, text) == Answers(((0.9, False), (0.2, False)), ((0.9, False),), 2)
    named, pronoun = make("Bo left", "Ana", 0.7), make("Bo left", "she", 0.6)
    assert judge_rows([named], gold, text) == Answers(((0.7, True),), ((0.7, True),), 2)
    assert judge_rows([pronoun], gold, text) == Answers(((0.6, True),), (), 2, 1)
    figures = tabulate_answers(judge_rows([pronoun], gold, text), data="own/fresh")
    assert "1 speakers are left as worded" in figures.notes[0]
