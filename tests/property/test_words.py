"""random text -> words that lose nothing, overlap nothing and come in linear time."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.words import LONGEST_PIECE, cut_words

PIECES = st.sampled_from(
    (
        *[
            "can't",
            "don’t",
            "U.S.",
            "p.m.",
            "al-Amin",
            "1,250",
            "$5m",
            "e-mail",
            "http://a.example/b?c",
            "x@y.org",
            "…",
            "--",
            "'tis",
            "‘so’",
            "J.",
            "2.",
        ],
        *[
            "etc.",
            "AT&T",
            "I",
            "'",
            "’’",
            "#tag",
            "@name",
            ";-)",
            "[13,14]",
            "81/2",
            "+44",
            "re-",
            "A.",
            "\u200b",
            "́",
            "\u202e",
            "日本語",
        ],
        *("\ud800", "\x00", "\r\n", "\u2028", "\t", "\n", "\u00a0"),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_every_visible_character_is_in_exactly_one_word(text: str) -> None:
    words = cut_words(text)
    seen = [0] * len(text)
    for start, end in zip(words.starts, words.ends, strict=True):
        assert 0 < end - start <= LONGEST_PIECE
        for at in range(start, end):
            seen[at] += 1
    assert seen == [0 if character.isspace() else 1 for character in text]
    assert words.starts == sorted(words.starts)
    assert len(words.glued) == len(words.line_start) == len(words.starts)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES).map("".join))
def test_glued_and_line_start_say_what_stands_before(text: str) -> None:
    words = cut_words(text)
    previous = 0
    for index, start in enumerate(words.starts):
        gap = text[previous:start]
        assert words.glued[index] == (gap == "" and index > 0)
        assert words.line_start[index] == (index == 0 or len(f"{gap}x".splitlines()) > 1)
        previous = words.ends[index]


def test_a_long_line_without_blanks_is_cut_in_linear_time() -> None:
    for unit in ("a", "-", "a.", "1,", "a@", "'", "http://", "x-", "\u0301"):
        started = time.perf_counter()
        words = cut_words(unit * 200_000)
        assert words.ends[-1] == len(unit) * 200_000
        assert time.perf_counter() - started < 10
