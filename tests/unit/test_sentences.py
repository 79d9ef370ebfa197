"""Where sentences start, from made-up scores."""

import numpy as np

from onrecord.language.quotes import find_marks
from onrecord.language.sentences import find_sentences
from onrecord.language.words import cut_words


def cut(text: str, scores: dict[int, float]) -> list[str]:
    """The sentences of a text when the words named have these scores and the others a low one."""
    words = cut_words(text)
    forms = [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)]
    values = np.array([scores.get(index, -5.0) for index in range(len(forms))], np.float32)
    marks = find_marks(forms, words.glued, words.line_start)
    starts = find_sentences(values, forms, words.glued, marks, np.array(words.line_start)).tolist()
    ends = [*starts[1:], len(forms)]
    return [text[words.starts[a] : words.ends[b - 1]] for a, b in zip(starts, ends, strict=True)]


def test_lines_and_likely_words_start_sentences() -> None:
    assert cut("It rained. It stopped.\nGood", {3: 4}) == ["It rained.", "It stopped.", "Good"]


def test_none_starts_after_a_comma() -> None:
    assert cut("Earlier, Ann spoke.", {2: 4}) == ["Earlier, Ann spoke."]


def test_a_closed_quotation_that_ended_gets_the_doubt() -> None:
    assert cut("“It rained.” Then it stopped.", {5: -0.5}) == ["“It rained.”", "Then it stopped."]
    assert cut("“It rained,” Ann said.", {5: -0.5}) == ["“It rained,” Ann said."]


def test_a_closing_mark_stays_with_its_sentence() -> None:
    assert cut('"It rained." Then it stopped.', {4: 4}) == ['"It rained."', "Then it stopped."]


def test_an_opening_mark_goes_with_the_sentence_it_opens() -> None:
    assert cut("Ann spoke. “It rained.”", {4: 4}) == ["Ann spoke.", "“It rained.”"]


def test_a_bare_start_must_be_sure() -> None:
    assert cut("Heavy rain Ann spoke", {2: 1}) == ["Heavy rain Ann spoke"]
    assert cut("Heavy rain Ann spoke", {2: 3}) == ["Heavy rain", "Ann spoke"]
