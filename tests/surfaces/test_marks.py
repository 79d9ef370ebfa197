"""Pieces cover every line, once, whatever the marks do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.surfaces.marks import Mark, cut_lines

TEXTS = st.text(st.sampled_from("ab \n\r\u2028é"), max_size=60)
MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(0, 60),
        st.integers(0, 70),
        st.sampled_from(("speaker", "cue", "content", "litter")),
        st.integers(-1, 3),
    ),
    max_size=12,
)


@given(TEXTS, MARKS)
def test_pieces_are_the_lines_and_carry_what_covers_them(text: str, marks: list[Mark]) -> None:
    lines = cut_lines(text, marks)
    kept = [text[line.start : line.end] for line in lines]
    assert kept == [
        line for line in text.replace("\u2028", "\n").replace("\r", "\n").split("\n") if line.strip()
    ]
    for line in lines:
        assert [piece.start for piece in line.pieces[1:]] == [piece.end for piece in line.pieces[:-1]]
        assert (line.pieces[0].start, line.pieces[-1].end) == (line.start, line.end)
        for piece in line.pieces:
            for place in range(piece.start, piece.end):
                covering = sorted(mark for mark in marks if mark.start <= place < mark.end)
                assert sorted(piece.marks) == covering


def test_gap_is_a_blank_line() -> None:
    lines = cut_lines("one\ntwo\n\nthree\r\nfour\r\n\r\nfive", [])
    assert [line.after_gap for line in lines] == [False, False, True, False, True]


def test_many_marks_in_one_line_take_linear_time() -> None:
    text = "word " * 40_000
    marks = [Mark(place, place + 4, "speaker", number) for number, place in enumerate(range(0, len(text), 5))]
    (line,) = cut_lines(text, marks)
    assert len(line.pieces) == 80_000
