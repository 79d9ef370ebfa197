"""Gold articles against what a ledger exports for them, with a made-up export."""

import json

import pytest

from onrecord.errors import InvalidRecord, StopRun
from onrecord.evaluation.readings import choose_document, evaluate_readings, explain_readings, mark_lines

FIRST = "MENU\nAna Rell said the dam leaks.\nSource: Norpress"
SECOND = "Odo Hask said it is dry."


def span(text, words):
    start = text.index(words)
    return {"start": start, "end": start + len(words), "exact": words}


def export(text, content, speaker, **more):
    statement = {
        "content": [span(text, content)],
        "speakers": [{**span(text, speaker), "mention_id": "m", "actor": speaker}],
        "act": "asserts",
        "quotation": "indirect",
        "via": [],
    }
    return {"text": text, "litter": [], "credits": [], "statements": [statement], "kinds": {}, **more}


@pytest.fixture
def gold(tmp_path):
    """A gold file of three lines: two documents of one table, and one article of its own."""
    (tmp_path / "posts.csv").write_text("made up", encoding="utf-8")
    rows = [
        {
            "file": "posts.csv",
            "statements": [{"content": ["the dam leaks"], "speaker": ["Ana Rell"], "quotation": "indirect"}],
            "litter": ["MENU"],
            "credits": ["Source: Norpress"],
        },
        {"file": "posts.csv", "statements": [{"content": ["it is dry"], "speaker": ["Odo Hask"]}]},
        {"text": SECOND, "statements": [{"content": ["it is dry"], "speaker": ["Ana Rell"]}]},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_articles_are_placed_read_and_scored(gold):
    seen = []

    def read_files(files):
        seen.extend((file.name, file.read_text(encoding="utf-8")) for file in files)
        first = export(FIRST, "the dam leaks", "Ana Rell", litter=[span(FIRST, "MENU")])
        second = export(SECOND, "it is dry", "Odo Hask")
        return {"000.csv": [first, second], "002.txt": [second]}

    errors = explain_readings(gold, read_files)
    assert [line for line in errors if "wrong" in line] == [
        "  wrong speaker: Odo Hask, not ('Ana Rell',): it is dry"
    ]
    seen.clear()
    statements, lines = evaluate_readings(gold, read_files, system="made up")
    assert seen == [("000.csv", "made up"), ("002.txt", SECOND)]
    assert statements.value("found") == 1.0
    assert statements.value("right speaker") == pytest.approx(2 / 3)
    assert statements.measure("quotations").gold == 1
    assert statements.data == lines.data == "own/gold"
    assert lines.value("line F1") == pytest.approx(2 / 3)  # the credit line was kept


def test_parts_and_scores_are_measured_apart(tmp_path):
    speakers = {"content": ["it is dry"], "speaker": ["Odo Hask"]}
    rows = [
        {"text": SECOND, "part": part, "kind": kind, "statements": [speakers]}
        for part, kind in (("test", "two men"), ("dev", ["two men", "weather"]))
    ]
    path = tmp_path / "speakers.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def read_files(files):
        right, wrong = (export(SECOND, "it is dry", who) for who in ("Odo Hask", "it"))
        right["statements"][0].update(score=0.75, speaker_score=0.5)
        wrong["statements"].append(
            {**wrong["statements"][0], "content": [span(SECOND, "said")], "score": 0.25}
        )
        return {"000.txt": [right], "001.txt": [wrong]}

    found = {(each.task, each.data): each for each in evaluate_readings(path, read_files)}
    assert list(found) == [
        ("statements", "own/speakers dev"),
        ("calibration", "own/speakers dev"),
        ("statements", "own/speakers test"),
        ("calibration", "own/speakers test"),
    ]
    errors = [line for line in explain_readings(path, read_files) if "wrong" in line]
    assert errors[0].startswith("  wrong speaker: it") and len(errors) == 2  # none of the part test
    views = [found["statements", f"own/speakers {part}"] for part in ("dev", "test")]
    assert [each.value("right speaker, two men") for each in views] == [0.0, 1.0]
    assert views[0].measure("wrong person, weather").gold == 2
    dev, test = (found["calibration", f"own/speakers {part}"] for part in ("dev", "test"))
    assert test.value("error of scores") == 0.25 and test.value("error of speaker scores") == 0.5
    assert dev.value("error of scores") == pytest.approx(0.625)  # another's words, and no statement
    assert dev.measure("error of speaker scores").gold == 1 and dev.value("error of speaker scores") == 1.0


def test_missing_files_and_unread_articles_stop_with_a_reason(gold, tmp_path):
    with pytest.raises(StopRun, match="no gold file"):
        evaluate_readings(tmp_path / "none.jsonl", lambda files: {})
    with pytest.raises(StopRun, match="not read, so not scored: \\?, \\?"):
        evaluate_readings(gold, lambda files: {})


def test_a_document_without_the_gold_words_is_an_error():
    row = {"statements": [{"content": ["no such words"], "speaker": []}]}
    with pytest.raises(InvalidRecord):
        choose_document(row, [{"text": "a"}, {"text": "b"}])
    assert choose_document({"statements": []}, [{"text": "a"}, {"text": "b"}]) == {"text": "a"}


def test_lines_that_the_gold_names_are_no_article():
    page = mark_lines(
        {"litter": ["a  b"]}, {"text": "a b\nc", "litter": [span("a b\nc", "c")], "credits": []}
    )
    assert page.article == [False, True] and page.kept == [True, False]
