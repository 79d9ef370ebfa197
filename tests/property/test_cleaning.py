"""What holds of the marks whatever the text is."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake.cleaning import find_litter
from onrecord.intake.dating import date_document
from onrecord.intake.lines import cut_lines
from onrecord.intake.outlets import find_outlet
from onrecord.intake.titles import find_byline, is_translated
from onrecord.records import Span
from onrecord.times import find_times

LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "", "  ", "Home / News / Bridge", "Share on Facebook", "Bridge closes in Karsk", "By Ann Lee",
            "source: ng", "“No.”", "© 2031 Courier", "Published 3 May 2031", "12/10/2031", "Most read",
            "The mayor said on Monday that the bridge would stay closed for a long time.",
            "It was built in 1912, (Reporting by Ann Lee; Editing by Bo Dahl)", "Translated by Bo Dahl",
        ]
    ),
)  # fmt: skip
TEXTS = st.builds(
    "".join, st.lists(st.builds(str.__add__, LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"])))
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_marks_are_whole_lines_in_order(text: str) -> None:
    cleaning = find_litter(text)
    lines = set(cut_lines(text))
    assert all(span in lines for span in cleaning.litter)
    assert len(cleaning.reasons) == len(cleaning.litter)
    marks = sorted((*cleaning.litter, *cleaning.credits))
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))
    assert list(cleaning.litter) == sorted(cleaning.litter)
    assert list(cleaning.credits) == sorted(cleaning.credits)
    if cleaning.title_span is not None:
        title = cleaning.title_span
        assert text[title.start : title.end].strip()
        assert all(span.end <= title.start or title.end <= span.start for span in marks)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_same_text_same_marks(text: str) -> None:
    assert find_litter(text) == find_litter(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.text(max_size=30))
def test_dates_and_outlets_point_into_the_text(text: str, name: str) -> None:
    cleaning = find_litter(text)
    found = date_document(text, litter=cleaning.litter, title_span=cleaning.title_span, name=name, url=name)
    for bound in (found.not_before, found.not_after):
        assert bound is None or text[bound.evidence.start : bound.evidence.end].strip()
    assert not (found.sure and found.day is None)
    assert (found.day is None) == (found.origin is None)
    find_outlet(claim=name, url=name, text=text, credits=cleaning.credits, litter=cleaning.litter)
    find_byline(text, cleaning.litter, cleaning.title_span)
    is_translated(text, cleaning.credits, cleaning.litter)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789/.- ,JanuryMachFebtof", max_size=60))
def test_times_are_disjoint_and_real(text: str) -> None:
    end = 0
    for mention in find_times(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        assert mention.readings and all(first <= last for first, last, _ in mention.readings)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80)), max_size=5))
def test_any_markup_spans_are_taken(pairs: list[tuple[int, int]]) -> None:
    text = "The mayor said on Monday that the bridge would stay closed.\nMost read\n" * 5
    spans, at = [], 0
    for start, length in sorted(pairs):
        begin = max(start, at)
        spans.append(Span(begin, begin + length))
        at = begin + length
    assert all(span.end <= len(text) for span in find_litter(text, markup_litter=spans).litter)


def test_long_and_odd_texts_take_linear_time() -> None:
    for piece in (
        "a" * 50,
        "about us ",
        "12:12 ",
        "us.us.",
        "By A-a-",
        "(Reporting by ",
        "Jan 1, ",
        "- | • ",
    ):
        text = piece * (400_000 // len(piece))
        begun = time.process_time()
        cleaning = find_litter(text)
        date_document(text, litter=cleaning.litter)
        assert time.process_time() - begun < 20, piece
