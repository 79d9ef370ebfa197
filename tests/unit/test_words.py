"""The cutting of words, one convention of the English treebanks a row."""

import pytest

from onrecord.language.words import cut_words

CASES = [
    ("She doesn't know.", "She does n't know ."),
    ("They can’t and won’t", "They ca n’t and wo n’t"),
    ("We cannot, dont and gonna", "We can not , do nt and gon na"),
    ("the minister's car, the ministers’ cars", "the minister 's car , the ministers ’ cars"),
    ("a long-term peace-keeping plan", "a long - term peace - keeping plan"),
    ("a non-binding, pre-war e-mail", "a non-binding , pre-war e-mail"),
    ("al-Amin of the T-14 unit", "al - Amin of the T - 14 unit"),
    ("and/or on 05/11/2021 in 9/11", "and / or on 05/11/2021 in 9/11"),
    ("Dr. Amin of the U.S. at 5 p.m.", "Dr. Amin of the U.S. at 5 p.m."),
    ("at 7:30pm, 15km off", "at 7:30 pm , 15 km off"),
    ("$5m and US$4,000.50 or 12%", "$ 5 m and US$ 4,000.50 or 12 %"),
    ("the 1990's, the 1960s, 21st", "the 1990's , the 1960s , 21st"),
    ("“No,” he said — “not yet…”", "“ No , ” he said — “ not yet … ”"),
    ("wait -- what ... now?!", "wait -- what ... now ?!"),
    ("see https://a.example/b?c=1, or me@b.example.", "see https://a.example/b?c=1 , or me@b.example ."),
    ("J. Amin went. I. Then B. left", "J. Amin went . I . Then B . left"),
    ("No. 5, no. He", "No. 5 , no . He"),
    ("O'Neil, Sha'lan and o'clock", "O'Neil , Sha'lan and o'clock"),
    ("AT&T, R&D and @post #now :)", "AT&T , R&D and @post #now :)"),
    ("apples, pears etc. Then etc., and", "apples , pears etc . Then etc. , and"),
    ("call 555-0199 now", "call 555-0199 now"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_are_cut_as_the_treebanks_cut_them(text: str, expected: str) -> None:
    words = cut_words(text)
    assert " ".join(text[s:e] for s, e in zip(words.starts, words.ends, strict=True)) == expected


def test_lines_open_where_a_line_break_stands() -> None:
    assert cut_words("One two\nthree\r\n\r\nfour \u2028 five").line_start == [True, False, True, True, True]


def test_a_list_number_keeps_its_stop_only_at_the_head_of_a_line() -> None:
    text = "It was 2.\n2. Second"
    words = cut_words(text)
    assert [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)] == [
        "It", "was", "2", ".", "2.", "Second",
    ]  # fmt: skip
