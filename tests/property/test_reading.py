"""Laws of reading: offsets exact, nothing read from litter, the same in gives the same out."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.keys import digest_text, document_key
from onrecord.language.rules import RuleModel
from onrecord.reading import Tables, load_tables, read_document
from onrecord.records import Document, Reading, Span

PIECES = [
    "“We will hold the bridge,” said Ilse Varga, the governor of Tolm.",
    "She denied it.",
    "According to Mr. Dorn, the minister, the dam is safe.",
    "“It is over.",
    "“Nobody will come back,” he added, “not this year.”",
    "Officials said they would not comment.",
    "Share this | Tweet | Print",
    "The diplomat told Norpress that Belim had asked for talks.",
    "‘Never,’ she said. 'Rock 'n' roll' isn't news.",
    "\u202bשלום\u202c said the envoy. e\u0301 \ud800 \x00 … “”",
    "",
    "   ",
]


@cache
def tables() -> Tables:
    return load_tables()


def read(text: str, litter: tuple[Span, ...] = ()) -> Reading:
    document = Document(
        id=document_key("0" * 64, text),
        sha256="0" * 64,
        text=text,
        text_digest=digest_text(text),
        litter=litter,
    )
    return read_document(document, RuleModel().annotate([text], [litter])[0], tables())


def line_spans(text: str) -> list[Span]:
    spans, here = [], 0
    for line in text.split("\n"):
        spans.append(Span(here, here + len(line)))
        here += len(line) + 1
    return [span for span in spans if span.start < span.end]


texts = st.lists(st.sampled_from(PIECES), max_size=9).flatmap(
    lambda pieces: st.sampled_from(["\n", "\n\n", " "]).map(lambda gap: gap.join(pieces))
)


def check(reading: Reading) -> None:
    text = reading.document.text
    mentions = {mention.id: mention for mention in reading.mentions}
    statements = {statement.id: statement for statement in reading.statements}
    assert len(mentions) == len(reading.mentions) and len(statements) == len(reading.statements)
    for mention in reading.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.local_id in mentions
        assert mentions[mention.local_id].local_id == mention.local_id
    for statement in reading.statements:
        assert statement.content
        for span in (*statement.content, *statement.cue):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
            assert "\n" not in text[span.start : span.end]
        for mention_id in (*statement.speaker_ids, *statement.channel_ids, *statement.about_ids):
            assert mention_id in mentions
        assert statement.within_id is None or statement.within_id in statements
        assert 0 <= statement.score <= 1 and 0 <= statement.speaker_score <= 1


@settings(max_examples=60, deadline=None)
@given(texts)
def test_records_point_at_the_text(text: str) -> None:
    check(read(text))


@settings(max_examples=40, deadline=None)
@given(texts)
def test_reading_again_changes_nothing(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=60, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_nothing_is_read_from_litter(text: str, rng: random.Random) -> None:
    litter = tuple(span for span in line_spans(text) if rng.random() < 0.4)
    reading = read(text, litter)
    check(reading)
    for statement in reading.statements:
        for span in (*statement.cue, *statement.content):
            assert not any(span.start < other.end and other.start < span.end for other in litter)
    for mention in reading.mentions:
        assert not any(mention.span.start < other.end and other.start < mention.span.end for other in litter)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    check(read(text))
