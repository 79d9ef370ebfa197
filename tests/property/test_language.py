"""The promises of the shipped model: offsets, same in same out, alone as in company, no text that fails."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.language import load_model, read_digest
from onrecord.language.model import LanguageModel
from onrecord.records import Annotation, Span

PARAGRAPHS = (
    "Bridge to close, mayor says",
    "The mayor of Ostby, Ann Lee, said on Monday that the old bridge would be shut until March.",
    "“We cannot wait any longer,” she told Radio Ostby. “Somebody will be hurt.”",
    "According to the Water Agency, two of nine pillars have moved since 2019, at a cost of $3.5m.",
    "Shopkeepers disagree. Bob Ray, who sells fish, believes that the mayor wants the traffic gone.",
    "The council's engineer wrote that 'nothing is certain yet', the Ostby Post reported.",
    "Menu | Home | Share | Get short URL",
)
TEXTS = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6).map("\n".join)
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def model() -> Iterator[LanguageModel]:
    """The shipped model, loaded once."""
    yield load_model()


def check_annotation(text: str, annotation: Annotation) -> None:
    """Assert what holds of every annotation."""
    count = len(annotation.starts)
    assert len(annotation.ends) == len(annotation.heads) == count
    assert len(annotation.upos) == len(annotation.lemmas) == len(annotation.deprels) == count
    covered = np.zeros(len(text), int)
    for start, end in zip(annotation.starts, annotation.ends, strict=True):
        assert 0 <= start < end <= len(text)
        covered[start:end] += 1
    assert covered.tolist() == [0 if character.isspace() else 1 for character in text]
    sentences = annotation.sentences.tolist()
    assert sentences == sorted(set(sentences))
    assert (sentences[0] == 0) if count else not sentences
    for first, last in pairwise([*sentences, count]):
        heads = annotation.heads[first:last]
        assert (heads == -1).sum() == 1
        assert all(head == -1 or first <= head < last for head in heads)
    for entity in annotation.entities:
        assert 0 <= entity.start < entity.end <= count
        assert 0 <= entity.score <= 1
    for index, attribution in enumerate(annotation.attributions):
        assert attribution.cue
        assert attribution.content
        assert -1 <= attribution.parent < len(annotation.attributions)
        assert attribution.parent != index
        assert 0 <= attribution.score <= 1
        assert 0 <= attribution.speaker_score <= 1
        for first, last in (*attribution.speaker, *attribution.cue, *attribution.content):
            assert 0 <= first < last <= count
    mentions = [mention for cluster in annotation.clusters for mention in cluster]
    assert len(mentions) == len(set(mentions)), "a mention stands in one cluster"
    for cluster in annotation.clusters:
        assert len(cluster) > 1
        assert list(cluster) == sorted(cluster)
        assert all(0 <= first < last <= count for first, last in cluster)


def assert_same(one: Annotation, other: Annotation) -> None:
    """Assert that two annotations agree to the last digit."""
    for name in ("starts", "ends", "sentences", "heads"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for name in ("upos", "lemmas", "deprels", "entities", "attributions", "clusters"):
        assert getattr(one, name) == getattr(other, name), name


@QUICK
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_alone_or_in_company_is_the_same(model: LanguageModel, texts: list[str]) -> None:
    together = model.annotate(texts)
    for text, annotation in zip(texts, together, strict=True):
        check_annotation(text, annotation)
        assert_same(annotation, model.annotate([text])[0])


def test_another_session_gives_the_same(model: LanguageModel) -> None:
    text = "\n".join(PARAGRAPHS * 3)
    assert_same(model.annotate([text])[0], load_model().annotate([text])[0])
    assert model.digest == read_digest()


@QUICK
@given(st.text(max_size=300))
def test_no_text_fails(model: LanguageModel, text: str) -> None:
    check_annotation(text, model.annotate([text])[0])


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "\x00\x00", "\ud800\udfff lone", "x" * 100_000, "。" * 3_000, "“" * 2_000, "a. " * 5_000,
     "Министр сказал, что переговоры провалились.", "وقال الوزير إن المحادثات فشلت.", "\u200b\u202e\u2066"],
    ids=["empty", "blank", "NUL", "surrogate", "one word", "marks", "quotes", "stops", "Russian", "Arabic",
         "format"],
)  # fmt: skip
def test_odd_texts_are_read(model: LanguageModel, text: str) -> None:
    check_annotation(text, model.annotate([text])[0])


@QUICK
@given(TEXTS, st.data())
def test_litter_bears_nothing_and_is_not_crossed(
    model: LanguageModel, text: str, data: st.DataObject
) -> None:
    lines = text.split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    start = sum(len(line) + 1 for line in lines[:number])
    span = Span(start, start + len(lines[number]))
    annotation = model.annotate([text], [[span]])[0]
    check_annotation(text, annotation)
    inside = (annotation.starts >= span.start) & (annotation.ends <= span.end)
    ranges = [(entity.start, entity.end) for entity in annotation.entities]
    for attribution in annotation.attributions:
        ranges += [*attribution.speaker, *attribution.cue, *attribution.content]
    assert not any(inside[first:last].any() for first, last in ranges)
