"""Hand-computed cases of every score of attributions."""

import numpy as np
import pytest

from onrecord.evaluation.attribution import (
    GoldArticle,
    Paragraph,
    judge_attributions,
    read_attributions,
    score_attribution,
)
from onrecord.evaluation.attribution_gold import build_article
from onrecord.evaluation.counts import Counts, bootstrap_interval, count_sets, measure_counts, pool_counts
from onrecord.evaluation.pairing import (
    TokenAttribution,
    agree_heads,
    agree_strictly,
    count_content,
    count_relations,
    match_weights,
    pair_article,
    pair_attributions,
    score_tokens,
)
from onrecord.evaluation.paragraphs import (
    CharAttribution,
    Run,
    label_tokens,
    read_runs,
    score_role,
    sort_runs,
)
from onrecord.evaluation.spans import (
    classify_quotation,
    count_overlap,
    cut_tokens,
    find_covered,
    find_head,
    guess_head,
    mark_quoted,
    split_runs,
)
from onrecord.records import Annotation, Attribution

TEXT = 'Ana Rell said "the bridge is shut" and she believes rain will come.'
TOKENS = cut_tokens(TEXT)
WORDS = [TEXT[a:b] for a, b in TOKENS]


def find(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


SAID = CharAttribution(find("Ana Rell"), find("said"), find('"the bridge is shut"'))
BELIEVES = CharAttribution(find("she"), find("believes"), find("rain will come"))


def make(source=(), cue=(), content=(), quotation="indirect", heads=None):
    source, cue, content = frozenset(source), frozenset(cue), frozenset(content)
    source_head, cue_head = heads or (max(source, default=None), min(cue, default=None))
    return TokenAttribution(
        source=source,
        cue=cue,
        content=content,
        source_head=source_head,
        cue_head=cue_head,
        quotation=quotation,
    )


def test_counts_pool_and_score():
    counts = Counts(2, 4, 5)
    assert (counts.precision, counts.recall) == (0.5, 0.4)
    assert counts.f1 == pytest.approx(4 / 9)
    assert pool_counts([counts, Counts(1, 1, 0)]) == (3, 5, 5)
    assert count_sets([1, 2, 2], [2, 3]) == (1, 2, 2)


def test_counts_of_nothing():
    assert Counts().f1 == Counts().precision == Counts().recall == 1.0
    assert Counts(0, 1, 0).recall == 0.0 and Counts(0, 1, 0).f1 == 0.0
    assert Counts(0, 0, 1).precision == 0.0


def test_intervals_hold_the_value_and_repeat():
    units = [Counts(1, 2, 2), Counts(2, 2, 2), Counts(0, 1, 3), Counts(3, 3, 3)]
    measure = measure_counts("x", units)
    assert measure.value == pytest.approx(12 / 18)
    assert measure.low < measure.value < measure.high
    assert measure == measure_counts("x", units)
    assert measure_counts("x", units[:1]).low == measure_counts("x", units[:1]).high == 0.5
    assert bootstrap_interval([3.0], sum) == (3.0, 3.0)
    low, high = bootstrap_interval([0.0, 1.0] * 50, lambda values: sum(values) / len(values))
    assert 0.38 < low < 0.45 and 0.55 < high < 0.62


def test_spans_are_projected_to_the_tokens_they_touch():
    tokens = [(0, 3), (4, 8), (8, 9), (10, 12)]
    assert find_covered([(1, 5)], tokens) == {0, 1}
    assert find_covered([(3, 4)], tokens) == frozenset()
    assert find_covered([(8, 9), (10, 11)], tokens) == {2, 3}
    assert find_covered([(5, 5)], tokens) == frozenset()
    assert split_runs(frozenset({5, 1, 2})) == [(1, 3), (5, 6)]
    assert count_overlap([(0, 4), (6, 9)], [(3, 7)]) == 2


def test_head_is_the_highest_token():
    heads = [1, 4, 3, 1, 4, 4]  # root 4
    assert find_head(frozenset({0, 1, 2, 3}), heads) == 1
    assert find_head(frozenset({0, 2}), heads) == 0
    assert find_head(frozenset(), heads) is None
    assert find_head(frozenset({0, 1}), [1, 0]) is not None


def test_head_without_a_parse_is_the_last_word_before_the_first_link():
    words = ["the", "minister", "of", "trade", ",", "Ana", "Rell"]
    assert guess_head(frozenset(range(7)), words) == 1
    assert guess_head(frozenset({5, 6}), words) == 6
    assert guess_head(frozenset({2, 3}), words) == 3
    assert guess_head(frozenset(), words) is None


def test_quotation_form_follows_the_share_in_quotation_marks():
    quoted = mark_quoted(TEXT)
    assert classify_quotation(SAID.content, TEXT, quoted) == "direct"
    assert classify_quotation(BELIEVES.content, TEXT, quoted) == "indirect"
    assert classify_quotation(find('said "the bridge'), TEXT, quoted) == "mixed"
    assert sum(mark_quoted('a "b\n“c” "d')) == 2 + 3 + 2


def test_flat_labels_and_runs():
    labels = label_tokens([SAID, BELIEVES], TOKENS)
    runs = read_runs(labels)
    assert [(run.role, " ".join(WORDS[run.start : run.end])) for run in runs] == [
        ("source", "Ana Rell"),
        ("cue", "said"),
        ("content", '" the bridge is shut "'),
        ("source", "she"),
        ("cue", "believes"),
        ("content", "rain will come"),
    ]


def test_a_token_keeps_the_role_of_the_surer_attribution():
    tokens = [(i, i + 1) for i in range(6)]
    sure = CharAttribution(((0, 1),), ((1, 2),), ((2, 4),), 0.9)
    unsure = CharAttribution((), ((2, 3),), ((3, 6),), 0.4)
    wanted = ["B-source", "B-cue", "B-content", "I-content", "B-content", "I-content"]
    assert label_tokens([unsure, sure], tokens) == label_tokens([sure, unsure], tokens) == wanted


def test_pieces_that_touch_are_one_run():
    tokens = [(0, 2), (3, 5), (6, 8)]
    both = CharAttribution((), ((6, 8),), ((0, 2), (3, 5)))
    assert label_tokens([both], tokens) == ["B-content", "I-content", "B-cue"]


def test_runs_are_cut_at_three_hundred_tokens_and_need_a_begin():
    assert read_runs(["O"] * 299 + ["B-cue", "I-cue"]) == [Run("cue", 299, 300)]
    assert read_runs(["I-cue", "B-cue", "I-content", "B-cue", "B-cue"]) == [
        Run("cue", 1, 2),
        Run("cue", 3, 4),
        Run("cue", 4, 5),
    ]


def test_role_scores_by_hand():
    gold = [Run("cue", 0, 4), Run("cue", 6, 8)]
    said = [Run("cue", 0, 2), Run("cue", 6, 8), Run("cue", 10, 11)]
    score = score_role(said, gold)
    assert score.exact == (1, 3, 2)
    assert score.begin == (2, 3, 2)
    assert score.jaccard == pytest.approx((0.5 + 1 + 0) / 3)
    assert score_role([], []).jaccard == 1.0
    assert score_role([], gold).jaccard == 0.0
    assert score_role(said, []).jaccard == 0.0


def test_runs_go_to_the_view_of_the_gold_they_overlap_most():
    gold = [Run("cue", 0, 2), Run("cue", 3, 9)]
    said = [Run("cue", 1, 6), Run("cue", 20, 21), Run("source", 0, 2)]
    found = sort_runs(
        said,
        gold,
        predicted_views=["direct", "mixed", "mixed"],
        gold_views=["direct", "indirect"],
    )
    assert found["indirect"] == ([said[0]], [gold[1]])
    assert found["direct"] == ([], [gold[0]])
    assert found["mixed"] == (said[1:], [])


def test_matching_takes_the_greatest_total_not_the_greatest_pair():
    weights = np.array([[0.9, 0.8], [0.8, 0.0]])
    assert match_weights(weights) == [(0, 1), (1, 0)]
    assert match_weights(np.array([[0.0, 1.0], [0.0, 0.5]])) == [(0, 1)]
    assert match_weights(np.zeros((0, 3))) == []


def test_content_f1():
    assert score_tokens(frozenset({1, 2, 3}), frozenset({2, 3, 4, 5})) == pytest.approx(4 / 7)
    assert score_tokens(frozenset(), frozenset()) == 0.0


def test_equal_contents_are_paired_by_who_and_how():
    gold = [make({0}, {1}, {4, 5}), make({2}, {3}, {4, 5})]
    said = [make({2}, {3}, {4, 5}), make({0}, {1}, {4, 5})]
    assert sorted(pair_attributions(said, gold)) == [(0, 1), (1, 0)]
    assert count_relations(pair_article(said, gold)) == (2, 2, 2)


def test_a_hit_needs_half_the_content_and_both_heads():
    gold = make({0, 1}, {2}, {4, 5, 6, 7})
    assert agree_heads(make({1}, {2}, {4, 5, 6}), gold)
    assert not agree_heads(make({1}, {2}, {4, 10, 11, 12}), gold)
    assert not agree_heads(make({0}, {2}, {4, 5, 6, 7}), gold)
    assert not agree_heads(make((), {2}, {4, 5, 6, 7}), gold)
    assert agree_heads(make((), {2}, {4, 5}), make((), {2}, {4, 5}))
    assert not agree_strictly(make({1}, {2}, {4, 5, 6, 7}), gold)
    assert agree_strictly(make({0, 1}, {2}, {4, 5, 6, 7}), gold)


def test_views_follow_the_gold_partner():
    gold = [make({0}, {1}, {2, 3}, "direct"), make((), {5}, {6, 7}, "indirect")]
    said = [make({0}, {1}, {2, 3}, "indirect"), make({9}, {10}, {11}, "direct")]
    article = pair_article(said, gold)
    assert count_relations(article, view="direct") == (1, 2, 1)
    assert count_relations(article, view="indirect") == (0, 0, 1)
    assert count_relations(article, view="source") == (1, 2, 1)
    assert count_relations(article, view="no source") == (0, 0, 1)
    assert count_content(article) == (2, 3, 4)


def test_no_attributions_on_either_side():
    article = pair_article([], [])
    assert count_relations(article).f1 == 1.0 and count_content(article).f1 == 1.0
    assert count_relations(pair_article([], [make({0}, {1}, {2})])) == (0, 0, 1)


def build_gold(**more):
    labels = tuple(label_tokens([SAID, BELIEVES], TOKENS))
    return GoldArticle(
        id="a",
        text=TEXT,
        attributions=(SAID, BELIEVES),
        paragraphs=(Paragraph(tokens=tuple(TOKENS), labels=labels),),
        **more,
    )


def test_perfect_output_scores_one_everywhere():
    figures = score_attribution([build_gold()], {"a": [BELIEVES, SAID]}, data="made up")
    measured = {measure.value for measure in figures.measures if measure.name != "calibration error"}
    assert measured == {1.0} and figures.value("calibration error") == 0.0
    assert figures.measure("exact source").gold == 2
    assert "1 of 1 articles have no parse" in figures.notes[0]


def test_answers_are_scores_with_hits():
    wrong = BELIEVES._replace(source=find("rain"), score=0.25)
    gold, predicted = [build_gold()], {"a": [wrong, SAID._replace(score=0.75)]}
    assert judge_attributions(gold, predicted) == [(0.25, False), (0.75, True)]
    assert score_attribution(gold, predicted, data="x").value("calibration error") == pytest.approx(0.25)


def test_half_an_output():
    wrong_speaker = SAID._replace(source=find("she"))
    figures = score_attribution([build_gold()], {"a": [wrong_speaker]}, data="made up")
    assert figures.value("exact cue") == pytest.approx(2 / 3)
    assert figures.value("exact source") == pytest.approx(2 / 3)  # "she" is a source run: no linking here
    assert figures.value("relation") == 0.0
    content = len(find_covered(SAID.content, TOKENS))
    assert figures.value("content tokens") == pytest.approx(2 * content / (2 * content + 3))
    with pytest.raises(KeyError):
        figures.value("no such figure")


def test_only_outermost_attributions_are_read():
    annotation = Annotation(
        starts=np.array([a for a, _ in TOKENS], np.int32),
        ends=np.array([b for _, b in TOKENS], np.int32),
        sentences=np.array([0], np.int32),
        upos=("X",) * len(TOKENS),
        lemmas=tuple(WORDS),
        heads=np.full(len(TOKENS), -1, np.int32),
        deprels=("root",) * len(TOKENS),
        attributions=(
            Attribution(((0, 2),), ((2, 3),), ((3, 9),), -1, 0.75, 0.5),
            Attribution((), ((4, 5),), ((6, 7),), 0, 0.5, 0.5),
        ),
    )
    assert read_attributions(annotation) == (SAID._replace(score=0.75),)


def test_gold_files_carry_parse_and_paragraphs():
    row = {
        "id": "a",
        "text": "Ana spoke.",
        "attributions": [{"source": [[0, 3]], "cue": [[4, 9]], "content": []}],
    }
    parse = {
        "tokens": [[0, 3, "Ana", "Ana", "NNP", "O", 1, "nsubj"], [4, 9, "spoke", "", "", "O", 1, "root"]]
    }
    instances = [
        {"offsets": [[0, 3], [4, 9]], "labels": ["B-source", "B-cue"]},
        {"offsets": None, "labels": ["O"]},
    ]
    gold = build_article(row, parse=parse, instances=instances)
    assert gold.heads == (1, 1) and gold.tokens == ((0, 3), (4, 9))
    assert len(gold.paragraphs) == 1
    assert gold.attributions[0].cue == ((4, 9),)
