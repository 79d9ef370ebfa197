"""Hand-computed cases of the scores of statements, lines, pages and calibration."""

from dataclasses import replace

import pytest

from onrecord.errors import InvalidRecord
from onrecord.evaluation.calibration import build_reliability, measure_miscalibration
from onrecord.evaluation.lines import (
    build_page,
    count_lines,
    count_words,
    keep_lines,
    locate_lines,
    score_lines,
)
from onrecord.evaluation.pages import (
    FoundDate,
    ShingleScore,
    average_shingles,
    count_segments,
    cut_shingles,
    score_dates,
    score_shingles,
    score_text,
)
from onrecord.evaluation.statements import (
    GoldStatement,
    RowSpeaker,
    StatementRow,
    build_gold,
    list_errors,
    name_right,
    name_wrong_person,
    pair_rows,
    read_rows,
    score_article,
    score_statements,
)

TEXT = "Minister Ana Rell denied that the dam leaks. It is dry, she said. Norpress wrote that Odo Hask fled."
GOLD = {
    "statements": [
        {"content": ["the dam leaks"], "speaker": ["Ana Rell"], "act": ["denies"], "via": []},
        {"content": ["It is dry"], "speaker": ["Ana Rell"], "act": ["asserts"]},
        {"content": ["Odo Hask fled"], "speaker": ["Norpress"], "optional": True},
    ]
}


def place(words):
    start = TEXT.index(words)
    return ((start, start + len(words)),)


LEAKS = StatementRow(
    content=place("that the dam leaks"), speakers=(RowSpeaker("Minister Ana Rell", None, True),), act="denies"
)
DRY = StatementRow(content=place("It is dry"), speakers=(RowSpeaker("she", "Odo Hask", True),), act="asserts")
FLED = StatementRow(content=place("Odo Hask fled"), speakers=())
EXTRA = StatementRow(content=place("Minister Ana Rell"))


def test_gold_words_are_found_in_order():
    gold = build_gold(GOLD, TEXT)
    assert gold[0].content == place("the dam leaks")
    assert gold[0].via == () and gold[1].via is None
    again = {"statements": [{"content": ["Odo", [0, 3]], "speaker": [], "after": "It is dry"}]}
    assert build_gold(again, "Odo. It is dry. Odo")[0].content == ((16, 19), (0, 3))
    with pytest.raises(InvalidRecord, match="no such words"):
        build_gold({"statements": [{"content": ["no such words"], "speaker": []}]}, TEXT)


def test_speakers_are_judged_by_their_resolution():
    assert name_right([RowSpeaker("she", "Minister Ana Rell")], ["Ana Rell"])
    assert name_right([RowSpeaker("Rell’s")], ["Ana Rell"])
    assert name_right([RowSpeaker("The minister")], ["Ana Rell", "the minister"])
    assert not name_right([RowSpeaker("she", "Odo Hask")], ["she", "Ana Rell"])
    assert not name_right([RowSpeaker("Ana")], ["Ana Rell"])
    assert not name_right([], ["Ana Rell"]) and not name_right([RowSpeaker("she")], [])
    assert name_right([], [])
    assert not name_right([RowSpeaker("Ana Rell"), RowSpeaker("Odo Hask")], ["Ana Rell"])


def test_wording_after_a_comma_does_not_count():
    assert name_right([RowSpeaker("A guard, who was off duty")], ["a guard"])
    assert name_right([RowSpeaker("My friend Ana Rell, of Sarn, who came")], ["Ana Rell"])
    assert not name_right([RowSpeaker("Odo Hask, a friend of Ana Rell")], ["Ana Rell, of Sarn"])


def test_only_a_name_can_be_a_wrong_person():
    gold = GoldStatement(content=(), speaker=("Ana Rell",), worded=("the Prime Minister",))

    def wrong(worded, actor=None, person=True):
        return name_wrong_person([RowSpeaker(worded, actor, person)], gold)

    assert wrong("she", "Odo Hask") and wrong("Odo Hask")
    assert not wrong("she", "Ana Rell")
    assert not wrong("the Prime Minister") and not wrong("She") and not wrong("The diplomat")
    assert wrong("she", "the Foreign Minister")
    assert not wrong("Sarn", None, False)


def test_statement_scores_by_hand():
    score = score_article([LEAKS, DRY, FLED, EXTRA], build_gold(GOLD, TEXT), TEXT)
    assert score.found == (2, 2, 2)
    assert score.right == (1, 1, 2)
    assert score.wrong_rows == (1, 0, 4)
    assert score.wrong_person == (1, 0, 4)
    assert (score.acts.hits, score.acts.gold) == (2, 2)
    assert (score.chains.hits, score.chains.gold) == (1, 1)
    figures = score_statements([score], data="made up")
    assert figures.value("found") == 1.0 and figures.value("wrong person") == 0.25


def test_errors_are_named():
    rows = [LEAKS, DRY, EXTRA]
    gold = build_gold(GOLD, TEXT)
    gold[0] = replace(gold[0], act=("doubts",), quotation="direct", via=("Norpress",))
    assert list_errors(rows, gold, TEXT) == [
        "act: denies, not ('doubts',): that the dam leaks",
        "form: , not direct: that the dam leaks",
        "chain: [], not ['Norpress']: that the dam leaks",
        "wrong person: she = Odo Hask, not ('Ana Rell',): It is dry",
        "wrong row: : Minister Ana Rell",
    ]
    assert list_errors([], gold[:1], TEXT) == ["missed: Ana Rell: the dam leaks"]


def test_equal_contents_are_paired_by_speaker():
    gold = build_gold(
        {
            "statements": [
                {"content": ["It is dry"], "speaker": ["Odo Hask"]},
                {"content": ["It is dry"], "speaker": ["Ana Rell"]},
            ]
        },
        TEXT,
    )
    rows = [StatementRow(content=place("It is dry"), speakers=(RowSpeaker("Ana Rell"),)), DRY]
    assert pair_rows(rows, gold, TEXT) == {0: 1, 1: 0}


def test_no_rows_and_no_gold():
    nothing = score_article([], [], TEXT)
    assert nothing.found == (0, 0, 0)
    assert score_statements([nothing], data="made up").measures == ()
    missed = score_article([], build_gold(GOLD, TEXT), TEXT)
    assert score_statements([missed], data="made up").value("found") == 0.0


def test_rows_are_read_from_an_export():
    line = {
        "content": [{"start": 3, "end": 9, "exact": "......"}],
        "speakers": [{"start": 0, "end": 2, "exact": "He", "mention_id": "m1", "actor": "Odo Hask"}],
        "act": "denies",
        "via": ["Norpress"],
    }
    assert read_rows([line], {"m1": "person"}) == [
        StatementRow(
            content=((3, 9),),
            speakers=(RowSpeaker("He", "Odo Hask", True),),
            act="denies",
            via=("Norpress",),
        )
    ]


def test_line_scores_by_hand():
    lines = [("Home News", False), ("The dam held all night", True), ("", False), ("It rained", True)]
    page = build_page(lines, [True, True, True, False])
    assert count_lines(page) == (1, 2, 2)
    assert count_words(page) == (5, 7, 7)
    figures = score_lines([page], data="made up")
    assert figures.value("line F1") == 0.5
    assert figures.value("word F1") == pytest.approx(5 / 7)
    assert figures.value("word recall") == pytest.approx(5 / 7)


def test_lines_mostly_in_litter_are_dropped():
    located = locate_lines(["abcd", "", "efgh"])
    assert located == [(0, 4), (5, 5), (6, 10)]
    assert keep_lines(located, [(0, 2), (9, 10)]) == [False, True, True]


def test_shingles_are_a_multiset():
    assert cut_shingles("a b") == {("a", "b"): 1}
    assert cut_shingles("a a a a a a") == {("a",) * 4: 3}
    assert not cut_shingles(" ,")
    assert score_shingles("one two three four five", "one two three four") == (0.5, 1.0)
    assert score_shingles("", "one two") == (None, 0.0)
    assert score_shingles("", "").f1 == 1.0
    assert score_shingles("", "one").f1 == 0.0


def test_shingle_f1_is_of_the_averages():
    scores = [ShingleScore(0.5, 1.0), ShingleScore(None, 0.0)]
    assert average_shingles(scores) == pytest.approx(0.5)
    figures = score_text(
        [("a b c d", "a b c d")], [count_segments("abc", wanted=["a", "x"], unwanted=["c"])], data="m"
    )
    assert figures.value("shingle F1") == 1.0 and figures.value("pages below .8") == 0.0
    assert figures.value("segment F1") == pytest.approx(0.5)


def test_dates_by_hand():
    dates = [
        FoundDate("2020-01-01", "2020-01-01", True),
        FoundDate("2020-01-01", "2020-01-02", True),
        FoundDate("2020-01-01", "2020-01-03", False),
        FoundDate("2020-01-01", None, False),
        FoundDate(None, "2020-01-01", True),
    ]
    figures = score_dates(dates, data="made up")
    assert figures.value("dates right") == 0.25
    assert figures.value("dates answered") == 0.75
    assert figures.value("dates sure") == 0.5
    assert figures.value("wrong among sure") == 0.5
    assert figures.value("wrongly sure") == 1


def test_reliability_by_hand():
    answers = [(0.95, True), (1.0, True), (0.91, False), (0.15, False)]
    table = build_reliability(answers)
    assert [(each.low, each.size) for each in table] == [(0.1, 1), (0.9, 3)]
    assert table[1].right == pytest.approx(2 / 3)
    expected = (0.15 + 3 * abs((0.95 + 1.0 + 0.91) / 3 - 2 / 3)) / 4
    assert measure_miscalibration(answers) == pytest.approx(expected)
    assert measure_miscalibration([]) == 0.0
    with pytest.raises(ValueError, match="no probability"):
        build_reliability([(1.5, True)])
