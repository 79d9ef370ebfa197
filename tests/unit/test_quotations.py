"""Quoted stretches: every style of mark, nested and broken ones, and marks that are no marks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.quotations import find_quoted_spans
from onrecord.records import Span


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said, "We will stay." He left.', ['"We will stay."']),
        ("“We stay,” she said. “They go.”", ["“We stay,”", "“They go.”"]),
        ("«Nous restons», dit-elle.", ["«Nous restons»"]),
        ("He told us: ‘It’s over.’ Then silence.", ["‘It’s over.’"]),
        ("“He told me ‘never again’ twice,” she said.", ["“He told me ‘never again’ twice,”"]),
        ("The officials' cars and the minister's house.", []),
        ("Rock 'n' roll isn't dead.", []),
        ("It simply works, ”the expert believes.", []),
        ("“Let them do their job, ”the expert believes.", ["“Let them do their job, ”"]),
    ],
)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_runs_on_over_paragraphs_that_open_again() -> None:
    text = "“We were four.\n\n“Then we were three.”\n\nShe wept."
    first, second = find_quoted_spans(text)
    assert not first.closed and not first.continues
    assert second.closed and second.continues


def test_an_open_mark_does_not_reach_into_the_next_line() -> None:
    text = "“We were four.\nShe wept. “Now three.”"
    first, second = find_quoted_spans(text)
    assert text[first.start : first.end] == "“We were four."
    assert not second.continues


def test_lines_of_litter_hold_no_quotation() -> None:
    text = 'Read "The last bridge of Tolm"\nShe said "we will stay here".'
    assert [text[s.start : s.end] for s in find_quoted_spans(text, [Span(0, 30)])] == ['"we will stay here"']


@given(st.text(alphabet="ab \n\"'“”‘’«».,s", max_size=80))
def test_spans_are_sorted_disjoint_and_within_one_line(text: str) -> None:
    spans = find_quoted_spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all("\n" not in text[span.start : span.end] for span in spans)
