"""Scores of made-up output: perfect gives 1, order never matters, a score stays between 0 and 1."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.evaluation.attribution import GoldArticle, Paragraph, score_attribution
from onrecord.evaluation.pages import score_shingles
from onrecord.evaluation.paragraphs import CharAttribution, label_tokens
from onrecord.evaluation.spans import cut_tokens
from onrecord.evaluation.syntax import ParsedText, score_document
from onrecord.evaluation.trees import TreeWord

TEXT = "aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp"
TOKENS = cut_tokens(TEXT)


@st.composite
def draw_attributions(draw):
    """Disjoint attributions: each takes the next few tokens as source, cue and content."""
    attributions, place = [], 0
    while place + 3 <= len(TOKENS) and draw(st.booleans()):
        sizes = [draw(st.integers(0, 2)), 1, draw(st.integers(1, 3))]
        parts = []
        for size in sizes:
            after = min(len(TOKENS), place + size)
            parts.append(((TOKENS[place][0], TOKENS[after - 1][1]),) if place < after else ())
            place = after
        if not parts[2]:
            break
        attributions.append(CharAttribution(*parts))
    return attributions


def score(gold, predicted):
    labels = tuple(label_tokens(gold, TOKENS))
    article = GoldArticle(
        id="a",
        text=TEXT,
        attributions=tuple(gold),
        paragraphs=(Paragraph(tokens=tuple(TOKENS), labels=labels),),
    )
    return score_attribution([article], {"a": predicted}, data="made up")


@settings(max_examples=60, deadline=None)
@given(draw_attributions())
def test_perfect_attribution_scores_one(gold):
    figures = score(gold, gold).measures
    assert {measure.value for measure in figures if measure.name != "calibration error"} == {1.0}


@settings(max_examples=60, deadline=None)
@given(draw_attributions(), draw_attributions(), st.randoms())
def test_order_of_attributions_never_matters(gold, predicted, random):
    shuffled = list(predicted)
    random.shuffle(shuffled)
    first, second = score(gold, predicted), score(gold, shuffled)
    assert first.measures[:-1] == second.measures[:-1]
    assert first.measures[-1].value == pytest.approx(second.measures[-1].value)
    assert score(gold[::-1], predicted).value("relation") == first.value("relation")
    assert all(0 <= measure.value <= 1 for measure in first.measures)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-1, 7), min_size=8, max_size=8), st.sets(st.integers(1, 7)))
def test_perfect_parse_scores_one_with_other_blanks_too(heads, bounds):
    words = [TreeWord(w, (3 * i, 3 * i + 2), "X", heads[i], "dep", False) for i, w in enumerate("abcdefgh")]
    side = ParsedText(words, [0, *sorted(bounds)])
    assert {each.f1 for each in score_document(side, side, TEXT).values()} == {1.0}


@given(st.text(alphabet="ab .", max_size=40), st.text(alphabet="ab .", max_size=40))
def test_shingle_scores_are_symmetric(one, other):
    forward, backward = score_shingles(one, other), score_shingles(other, one)
    assert (forward.precision, forward.recall) == (backward.recall, backward.precision)
    assert score_shingles(one, one).f1 == 1.0
