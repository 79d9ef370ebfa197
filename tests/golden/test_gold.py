"""the gold files -> every string stands in its text, every word is of the vocabulary, all kinds are there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from onrecord.evaluation.statements import build_gold
from onrecord.vocabulary import ACTS, QUOTATIONS

GOLD = Path(__file__).parent.parent / "gold"
FILES = ("examples.jsonl", "statements.jsonl", "fresh.jsonl", "speakers.jsonl")


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def _text_of(article: dict[str, Any]) -> str:
    if "text" in article:
        return str(article["text"])
    text = (GOLD / article["file"]).read_text(encoding="utf-8")
    return str(json.loads(text.splitlines()[article["row"]])["text"]) if "row" in article else text


ARTICLES = [pytest.param(article, id=article["id"]) for name in FILES for article in _read(name)]
ALL_STATEMENTS = [each for name in FILES for article in _read(name) for each in article["statements"]]


@pytest.mark.parametrize("article", ARTICLES)
def test_every_word_stands_in_the_text(article: dict[str, Any]) -> None:
    text = _text_of(article)
    for statement in build_gold(article, text):  # raises when a piece of content is not there
        assert all(text[start:end].strip() for start, end in statement.content)
    lines = article.get("litter", []) + article.get("credits", [])
    words = [word for each in article["statements"] for word in (*each["worded"], *each["cue"])]
    assert [word for word in (*lines, *words) if word not in text] == []


@pytest.mark.parametrize("article", ARTICLES)
def test_a_piece_that_stands_twice_says_which(article: dict[str, Any]) -> None:
    text = _text_of(article)
    unclear = [
        each["content"][0]
        for each in article["statements"]
        if text.count(each["content"][0]) > 1 and "after" not in each
    ]
    assert unclear == []


@pytest.mark.parametrize("article", ARTICLES)
def test_words_are_of_the_vocabulary(article: dict[str, Any]) -> None:
    for each in article["statements"]:
        assert set(each["act"]) <= set(ACTS)
        assert each["quotation"] in QUOTATIONS
        assert set(each["actor"]) <= set(each["speaker"])
        assert bool(each["worded"]) == bool(each["speaker"]) or each["quotation"] == "direct"


@pytest.mark.parametrize("article", ARTICLES)
def test_quotation_follows_from_the_marks(article: dict[str, Any]) -> None:
    for each in article["statements"]:
        first, last = each["content"][0], each["content"][-1]
        marked = any(mark in "".join(each["content"]) for mark in '"“”')
        if each["quotation"] == "direct":
            assert first[0] in '"“' and (last[-1] in '"”' or "\n" in _text_of(article)), first
        else:
            assert marked == (each["quotation"] == "mixed"), each["content"]


def test_no_statement_is_listed_twice() -> None:
    for name in FILES:
        for article in _read(name):
            keys = Counter(
                (tuple(each["worded"]), tuple(each["cue"]), tuple(each["content"]), each.get("after"))
                for each in article["statements"]
            )
            assert [key for key, count in keys.items() if count > 1] == [], article["id"]


def test_there_is_enough_of_every_kind() -> None:
    acts = Counter(act for each in ALL_STATEMENTS for act in each["act"][:1])
    assert set(ACTS) == set(acts)
    assert len(_read("statements.jsonl")) == 15
    assert sum(len(article["statements"]) for article in _read("statements.jsonl")) >= 150
    chains = Counter(len(each["via"]) for each in ALL_STATEMENTS)
    assert chains[1] >= 40 and chains[2] >= 10
    assert sum(each["negated"] for each in ALL_STATEMENTS) >= 10
    assert sum(not each["cue"] for each in ALL_STATEMENTS) >= 8
    assert sum(len(each["content"]) > 1 for each in ALL_STATEMENTS) >= 15
