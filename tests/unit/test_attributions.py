"""Attributions from made-up role scores: the rules of decoding one by one."""

import numpy as np

from onrecord.language.attributions import Surroundings, find_drafts, make_attributions
from onrecord.language.confidence import Rules
from onrecord.language.network import WindowScores
from onrecord.language.quotes import find_marks, pair_marks
from onrecord.language.words import cut_words

TAGS = {".": 0, "c": 1, "s": 3, "t": 5}
SURE, RULES = 6.0, Rules(top=0.5, deep=0.5)


def make_window(text: str, cases: list[tuple[str, float, float]]) -> tuple[WindowScores, Surroundings]:
    """A window over the text; a case is a letter a word (cue, speaker, text, a capital opens) and logits."""
    words = cut_words(text)
    forms = [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)]
    count = len(forms)
    top, deep = np.full(count, -SURE, np.float32), np.full(count, -SURE, np.float32)
    anchors, roles = [], []
    for letters, high, low in cases:
        assert len(letters) == count, (letters, forms)
        scores = np.zeros((count, 7), np.float32)
        for index, letter in enumerate(letters):
            base = TAGS[letter.lower()]
            goes_on = index > 0 and letters[index - 1].lower() == letter and base
            scores[index, base + bool(goes_on)] = SURE
        anchor = letters.lower().index("c")
        anchors.append(anchor)
        top[anchor], deep[anchor] = high, low
        roles.append(scores)
    empty = np.zeros((count + 1, 1), np.float32)
    window = WindowScores(
        0, count, empty, empty, empty[1:, 0], empty, empty, empty, top, deep,
        empty, empty, empty[1:, 0],
        np.array(anchors, np.int64), np.stack(roles),
    )  # fmt: skip
    paragraph = np.cumsum(words.line_start, dtype=np.int32)
    marks = find_marks(forms, words.glued, words.line_start)
    stops = np.array([0, *(form in ".!?" for form in forms[:-1])])
    partners = pair_marks(marks, words.line_start)
    return window, Surroundings(
        forms, marks, partners, paragraph, paragraph, np.cumsum(stops, dtype=np.int32)
    )


def read(text: str, *cases: tuple[str, float, float]) -> list[tuple[str, str, list[str], int]]:
    """The attributions found, in words."""
    window, around = make_window(text, list(cases))

    def words(span: tuple[int, int]) -> str:
        return " ".join(around.forms[span[0] : span[1]])

    return [
        (" ".join(map(words, a.speaker)), words(a.cue[0]), [words(p) for p in a.content], a.parent)
        for a in make_attributions(find_drafts([window], around, RULES), RULES)
    ]


def test_one_attribution() -> None:
    assert read("The mayor said it was late .", ("sscttt.", SURE, SURE)) == [
        ("The mayor", "said", ["it was late"], -1)
    ]


def test_an_unsure_anchor_is_left() -> None:
    assert read("The mayor said it was late .", ("sscttt.", -1, -1)) == []


def test_a_deep_cue_outside_any_content_is_left_unless_sure() -> None:
    assert read("The mayor said it was late .", ("sscttt.", -SURE, 1)) == []
    assert len(read("The mayor said it was late .", ("sscttt.", -SURE, SURE))) == 1


def test_a_cue_inside_a_content_hangs_on_the_smallest_one() -> None:
    found = read(
        "Ann said Bob thinks Cleo claims it rained",
        ("sctttttt", SURE, SURE),
        ("..sctttt", -SURE, SURE),
        ("....sctt", -SURE, SURE),
    )
    assert [(speaker, parent) for speaker, _, _, parent in found] == [("Ann", -1), ("Bob", 0), ("Cleo", 1)]


def test_two_that_hold_each_other_are_not_a_ring() -> None:
    found = read("Ann said Bob thinks it", ("sctttt"[:5], SURE, SURE), ("tt.ct", 1, SURE))
    assert [parent for *_, parent in found] == [-1, 0]


def test_without_its_outer_one_a_deep_cue_needs_more() -> None:
    found = read("Ann said Bob thinks it", ("scttt", -SURE, 1), ("..sct", -SURE, 1))
    assert found == []


def test_speaker_and_cue_share_a_line_and_content_its_region() -> None:
    assert read("The mayor\nsaid it was late", ("ssctttt"[:6], SURE, SURE)) == [
        ("", "said", ["it was late"], -1)
    ]
    assert read("The mayor said\nit was late", ("sscttt", SURE, SURE)) == []


def test_quotation_marks_are_taken_whole() -> None:
    assert read("“ It is late , ” Ann said .", ("tttt..sc.", SURE, SURE))[0][2] == ["“ It is late , ”"]
    assert read("Ann said : “ It is late . ”", ("sc..tttt.", SURE, SURE))[0][2] == ["“ It is late . ”"]
    assert read("“ No , ” Ann said , “ never . ”", (".t..sc.ttt.", SURE, SURE))[0][2] == [
        "“ No , ”",
        "“ never . ”",
    ]


def test_one_cue_run_and_the_likeliest_speaker() -> None:
    assert read("Ann and the old mayor said so", ("s.ssscT", SURE, SURE))[0][0] == "the old mayor"
    assert read("Ann said and said so", ("sc.ct", SURE, SURE))[0][1] == "said"


def test_far_pieces_are_dropped() -> None:
    text = "Ann said so " + "x " * 50 + "it is late"
    assert read(text, ("sct" + "." * 50 + "ttt", SURE, SURE))[0][2] == ["it is late"]


def test_repeats_are_merged() -> None:
    found = read("Ann has said it is late", ("sccttt", SURE, SURE), ("s.cttt", 2, 2))
    assert [cue for _, cue, _, _ in found] == ["has said"]


def test_scores_are_probabilities_that_grow_with_the_logits() -> None:
    found = []
    for logit in (1.0, 5.0):
        window, around = make_window("Ann said so", [("sct", logit, logit)])
        found.append(make_attributions(find_drafts([window], around, RULES), RULES))
    low, high = found
    assert 0 < low[0].score < high[0].score < 1


def test_a_piece_claimed_twice_goes_to_the_cue_of_its_sentence() -> None:
    found = read(
        "“ Go , ” Ann said . According to Bob it rained",
        ("ttttsc......", SURE, SURE),
        ("tttt...ccstt", SURE, SURE),
    )
    assert [(speaker, content) for speaker, _, content, _ in found] == [
        ("Ann", ["“ Go , ”"]),
        ("Bob", ["it rained"]),
    ]


def test_a_quotation_is_taken_to_its_opening_mark() -> None:
    text = "“ It is late . We wait , ” Ann said . She left ."
    assert read(text, (".....ttttsc....", SURE, SURE))[0][2] == ["“ It is late . We wait , ”"]


def test_pieces_of_one_quotation_become_one() -> None:
    text = "“ It is late . We wait , ” Ann said . She left ."
    assert read(text, (".ttt..TTt" + "sc....", SURE, SURE))[0][2] == ["“ It is late . We wait , ”"]


def test_a_span_that_ran_over_a_line_break_opens_behind_it() -> None:
    assert read("Bridge shut\nMayor says it is late", (".sscttt", SURE, SURE))[0][0] == "Mayor"


def test_a_bracket_is_closed() -> None:
    assert read("Ann said they [ and we ] left", ("scttt...", SURE, SURE))[0][2] == ["they [ and"]
    assert read("Ann said they [ we ] left", ("scttt..", SURE, SURE))[0][2] == ["they [ we ]"]


def test_a_slip_inside_a_content_is_joined_but_not_over_the_cue() -> None:
    assert read("Ann said it is very late", ("sctt.t", SURE, SURE))[0][2] == ["it is very late"]
    assert read("it is Ann said very late", ("ttsctt", SURE, SURE))[0][2] == ["it is", "very late"]


def test_a_piece_that_is_all_another_cue_has_is_left_to_it() -> None:
    found = read(
        "it rained , Ann said citing two men", ("tt.sc.TT"[:6] + "tt", SURE, SURE), ("...s.ctt", SURE, SURE)
    )
    assert [content for _, _, content, _ in found] == [["it rained"], ["two men"]]
