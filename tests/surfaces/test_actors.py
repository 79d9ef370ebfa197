"""`actors`, `said --by/--about`, `fix merge | split | rename | kind | confirm | apply`: what they print and do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.surfaces.conftest import Answer
from tests.surfaces.crowd import ARTICLES, RUN, Article, Who, make_ledger
from tests.surfaces.hostile import PAYLOADS
from tests.surfaces.test_page import assert_harmless

Run = Callable[..., Answer]
CONTROLS = {chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x202E, 0x2066)}


@pytest.fixture
def crowd(place: Path) -> Path:
    return make_ledger(place / "onrecord.db")


def list_actors(run: Run, *words: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in run("actors", *words, "--json").rows}


def ids(run: Run, *words: str) -> set[str]:
    return {row["id"] for row in run("said", *words, "--json").rows}


def decide(run: Run, *words: str) -> str:
    answer = run("fix", *words, "--by", "Ada", "--json")
    assert answer.code == 0, answer.err
    return str(answer.rows[0]["id"])


def test_actors_are_listed_with_all_their_names(run: Run, crowd: Path) -> None:
    answer = run("actors")
    assert (answer.code, answer.err) == (0, "")
    head, *lines = [line.split("\t") for line in answer.out.splitlines()]
    assert head == ["Id", "Actor", "Kind", "Articles", "Also called"]
    assert ["Islamic State", "armed group", "2", "Daesh, ISIS"] in [line[1:] for line in lines]
    assert ["Vélm River Authority", "organisation", "2", "VRA"] in [line[1:] for line in lines]
    assert [int(line[3]) for line in lines] == sorted((int(line[3]) for line in lines), reverse=True)
    rows = list_actors(run)
    assert [line[1] for line in lines] == list(rows)
    assert set(rows["Islamic State"]["aliases"]) == {"Daesh", "ISIS", "Islamic State"}


def test_one_actor_is_shown_with_reasons_roles_and_voices(run: Run, crowd: Path) -> None:
    answer = run("actors", "islamic", "state")
    assert answer.code == 0
    assert "one actor because: 'ISIS' is a name of 'Islamic State' in the name tables" in answer.out
    assert "part of it, or speaks for it: Islamic State militants (collective)" in answer.out
    assert "named in: c.txt (" in answer.out and "), 3 mentions" in answer.out
    assert "split from" not in answer.out, "al-Qaeda is in no article here"
    (row,) = run("actors", "brandaur", "ilse", "--json").rows
    assert (row["name"], row["statements"], row["spoken_of"]) == ("Ilse Brandaur", 2, 1)
    (role,) = row["roles"]
    assert (role["role"], role["date"]) == ("Chad's water minister", "2031-04-02")
    assert role["of"] == list_actors(run)["Chad"]["id"]
    assert len(row["articles"]) == row["documents"] == 2
    assert run("actors", row["id"][:6]).out == run("actors", "Ilse Brandaur").out
    assert "Chad's water minister (for Chad)" in run("actors", "water", "minister").out


def test_actors_of_a_kind(run: Run, crowd: Path) -> None:
    assert set(list_actors(run, "--kind", "armed group")) == {"Islamic State"}
    assert set(list_actors(run, "--kind", "person")) == {"Ilse Brandaur"}
    assert list_actors(run, "--kind", "outlet") == {}
    answer = run("actors", "--kind", "hero")
    assert answer.code == 2 and "armed group" in answer.err


def test_a_private_person_is_counted_not_shown(run: Run, crowd: Path) -> None:
    answer = run("actors", "tomas", "QUELL")
    assert (answer.code, answer.out) == (0, "")
    assert "3 articles with a 'tomas QUELL' of no evident public role" in answer.err
    assert "fix confirm" in answer.err
    assert "no actor is called 'Nobody Here'" in run("actors", "Nobody", "Here").err
    assert run("actors", "Quell").out == "", "not by a part of the name either"


def test_suggestions_are_pairs_that_only_a_person_joins(run: Run, place: Path) -> None:
    make_ledger(place / "onrecord.db", [
        Article("a.txt", "The Velm Rowing Club (VRC) met.\n",
                (Who("Velm Rowing Club", "organisation"), Who("VRC", "organisation", of="Velm Rowing Club")), ()),
        Article("b.txt", "The Vale Road Council (VRC) met.\n",
                (Who("Vale Road Council", "organisation"), Who("VRC", "organisation", of="Vale Road Council")), ()),
        Article("c.txt", "The VRC met.\n", (Who("VRC", "organisation"),), ()),
    ])  # fmt: skip
    answer = run("actors", "--suggestions")
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 2
    assert "'VRC' is introduced as several names" in answer.out
    rows = run("actors", "--suggestions", "--json").rows
    assert all(len({row["one"], row["other"]}) == 2 and "VRC" in row["names"] for row in rows)
    assert len(run("actors", "Vale", "Road", "Council", "--suggestions").out.splitlines()) == 1
    one, other = rows[0]["one"], rows[0]["other"]
    decide(run, "merge", one, other)
    left = run("actors", "--suggestions", "--json").rows
    assert {one, other} not in [{row["one"], row["other"]} for row in left]
    decide(run, "split", *(left[0][side] for side in ("one", "other")))
    assert run("actors", "--suggestions").out == ""


@pytest.mark.parametrize("name", ["Daesh", "isis", "THE Islamic  State", "islamic-state"])
def test_said_takes_any_name_of_an_actor(run: Run, crowd: Path, name: str) -> None:
    answer = run("said", "--by", name)
    assert len(answer.out.splitlines()) == 2
    assert "understood as Islamic State (also Daesh, ISIS), with Islamic State militants" in answer.err
    assert len(ids(run, "--by", name, "--no-parts")) == 1
    assert "with Islamic State militants" not in run("said", "--by", name, "--no-parts").err
    assert len(ids(run, "--about", name)) == 1


@pytest.mark.parametrize("name", ["velm river authority", "VÉLM RIVER AUTHORITY", "vra"])
def test_said_ignores_case_and_diacritics(run: Run, crowd: Path, name: str) -> None:
    assert len(ids(run, "--by", name)) == 1
    assert len(ids(run, "--about", name)) == 2
    assert ids(run, "--by", name, "--about", "Chad") == set()


def test_said_by_a_role_finds_its_holder_in_other_articles_too(run: Run, crowd: Path) -> None:
    answer = run("said", "--by", "water minister")
    assert len(answer.out.splitlines()) == 2
    assert "looked for as a role of Ilse Brandaur, and words" in answer.err
    assert len(ids(run, "--by", "-minister")) == 8, "a query of words stays one"
    assert len(ids(run, "--by", "rescuer")) == 1
    assert "'rescuer' names no actor: looked for as words" in run("said", "--by", "rescuer").err


def test_said_by_an_id_or_a_state_with_who_speaks_for_it(run: Run, crowd: Path) -> None:
    rows = list_actors(run)
    chad = rows["Chad"]["id"]
    assert ids(run, "--by", chad) == ids(run, "--by", chad[:8]) == ids(run, "--by", "chad")
    assert len(ids(run, "--by", "chad")) == 1, "Chadian officials"
    assert ids(run, "--by", "chad", "--no-parts") == set()


def test_merge_and_its_undo(run: Run, crowd: Path) -> None:
    before = run("actors", "--json").out
    one, other = (list_actors(run)[name]["id"] for name in ("Chad", "Vélm River Authority"))
    answer = run("fix", "merge", "vra", "chad", "--by", "Ada", "--reason", "a board of the state")
    assert answer.code == 0
    assert "decided: merge of “Vélm River Authority”" in answer.out and "fix undo" in answer.out
    (row,) = [row for row in run("actors", "--json").rows if {"VRA", "Chad"} <= set(row["aliases"])]
    assert "are one, says Ada: a board of the state" in row["reasons"][0]
    assert {run("actors", key, "--json").rows[0]["id"] for key in (one, other)} == {row["id"]}
    again = run("fix", "merge", "vra", "chad")
    assert again.code == 3 and "one actor already" in again.err
    (logged,) = run("fix", "log").out.splitlines()
    assert "merge" in logged and "by Ada" in logged and "applied" in logged and "other Chad" in logged
    assert run("fix", "undo", run("fix", "log", "--json").rows[0]["id"]).code == 0
    assert run("actors", "--json").out == before


@pytest.mark.parametrize(
    ("words", "left", "apart"),
    [
        (("--name", "isis"), {"Daesh", "Islamic State"}, {"ISIS"}),
        (("--in", "b.txt"), {"Daesh", "ISIS", "Islamic State"}, {"Daesh"}),
    ],
)
def test_a_name_or_an_article_is_taken_out_and_put_back(
    run: Run, crowd: Path, words: tuple[str, str], left: set[str], apart: set[str]
) -> None:
    if words[0] == "--name":  # a name of its own article, so that the article has another actor
        make_ledger(crowd, [
            Article("d.txt", "ISIS left.\n", (Who("ISIS", "armed group"),), (), outlet="Harbour Post"),
        ])  # fmt: skip
    before = run("actors", "--json").out
    key = decide(run, "split", "Islamic State", *words)
    groups = [set(row["aliases"]) for row in run("actors", "--kind", "armed group", "--json").rows]
    assert apart in groups and any(left <= group for group in groups), groups
    decide(run, "undo", key[:8])
    assert run("actors", "--json").out == before


def test_two_actors_kept_apart_and_joined_again_by_a_later_word(run: Run, crowd: Path) -> None:
    decide(run, "merge", "VRA", "Chad")
    decide(run, "undo", run("fix", "log", "--json").rows[0]["id"])
    decide(run, "split", "VRA", "Chad")
    assert len(list_actors(run)) == 7
    decide(run, "merge", "VRA", "Chad")
    answer = run("fix", "log")
    assert answer.code == 1
    assert "conflict" in answer.out and "a later decision makes the two one" in answer.out
    assert "1 decision in conflict" in answer.err


def test_rename_and_kind(run: Run, crowd: Path) -> None:
    before = run("actors", "--json").out
    first = decide(run, "rename", "vra", " The  River   Board ")
    second = decide(run, "kind", "The River Board", "government")
    row = list_actors(run)["The River Board"]
    assert (row["kind"], set(row["aliases"])) == ("government", {"VRA", "Vélm River Authority"})
    assert len(ids(run, "--by", "river board")) == 1
    assert "The River Board" in run("summary").out
    for key in (second, first):
        decide(run, "undo", key)
    assert run("actors", "--json").out == before


def test_confirm_lists_one_person_across_articles(run: Run, crowd: Path) -> None:
    answer = run("fix", "confirm", "tomas quell", "--by", "Ada", "--reason", "known to readers")
    assert answer.code == 0, answer.err
    row = list_actors(run)["Tomas Quell"]
    assert (row["documents"], row["public"]) == (3, "confirmed by a person")
    assert row["reasons"][0] == "Ada confirmed that the person may be listed"
    assert "Tomas Quell" in run("summary").out
    again = run("fix", "confirm", "Tomas Quell")
    assert again.code == 3 and "may be listed already" in again.err
    decide(run, "undo", run("fix", "log", "--json").rows[0]["id"])
    assert "Tomas Quell" not in list_actors(run)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("merge", "Chad", "Atlantis"), 3, "no actor is called 'Atlantis'"),
        (("merge", "Chad", "chad"), 3, "one actor already"),
        (("merge", "Chad", "Oda Merrin"), 3, "no evident public role"),
        (("merge", "Tomas Quell", "Chad"), 3, "fix confirm"),
        (("split", "Chad"), 2, "give one of"),
        (("split", "Chad", "VRA", "--name", "Chad"), 2, "give one of"),
        (("split", "VRA", "--name", "River"), 3, "has no name 'River'"),
        (("split", "VRA", "--in", "absent.txt"), 3, "no document"),
        (("split", "VRA", "vra"), 3, "is one actor"),
        (("rename", "VRA", "  "), 3, "give the name"),
        (("kind", "VRA", "hero"), 3, "there is no kind 'hero'"),
        (("confirm", "Chad"), 3, "may be listed already"),
        (("confirm", "Nobody"), 3, "no actor is called"),
        (("apply", "absent.jsonl"), 3, "cannot be read"),
    ],
)
def test_what_cannot_be_decided_says_why_and_keeps_nothing(
    run: Run, crowd: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = run("fix", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err and "Traceback" not in answer.err
    assert run("fix", "log", "--json").rows == []


def write_log(run: Run, place: Path) -> Path:
    file = place / "decisions.jsonl"
    file.write_text(run("fix", "log", "--json").out, "utf-8")
    return file


def test_decisions_are_taken_to_another_ledger(run: Run, crowd: Path, place: Path) -> None:
    decide(run, "rename", "VRA", "River Board")
    decide(run, "confirm", "Tomas Quell")
    decide(run, "act", min(ids(run, "claim")), "doubts")
    decide(run, "undo", decide(run, "kind", "VRA", "outlet"))
    file = write_log(run, place)
    actors = run("actors", "--json").out
    other = str(make_ledger(place / "other.db"))
    answer = run("fix", "apply", str(file), "-l", other)
    assert (answer.code, answer.out) == (0, "5 decisions taken over, 0 known already\n"), answer.err
    assert run("actors", "--json", "-l", other).out == actors
    assert len(run("said", "--act", "doubts", "--json", "-l", other).rows) == 1
    again = run("fix", "apply", str(file), "-l", other, "--json")
    assert (again.code, again.rows) == (0, [{"new": 0, "known": 5, "conflicts": []}])
    assert run("actors", "--json", "-l", other).out == actors


def test_what_finds_nothing_there_is_a_conflict_until_its_article_is_read(
    run: Run, crowd: Path, place: Path
) -> None:
    decide(run, "rename", "VRA", "River Board")
    decide(run, "kind", "ISIS", "organisation")
    file = write_log(run, place)
    other = make_ledger(place / "other.db", ARTICLES[2:])
    answer = run("fix", "apply", str(file), "-l", str(other))
    assert answer.code == 1
    assert "2 decisions taken over" in answer.out
    assert "no article names 'Vélm River Authority' any more" in answer.err
    make_ledger(other)
    assert run("fix", "log", "-l", str(other)).code == 0
    assert "River Board" in run("actors", "-l", str(other)).out


def test_decisions_about_actors_hold_after_a_reread_with_other_records(run: Run, crowd: Path) -> None:
    decide(run, "rename", "VRA", "River Board")
    decide(run, "split", "Islamic State", "--in", "b.txt")
    before = list_actors(run)
    fewer = [replace(one, said=one.said[:1]) for one in ARTICLES]
    make_ledger(crowd, fewer, replace(RUN, id="e" * 24, model_digest="f" * 64))
    assert len(run("said", "--json").rows) == 3
    assert list_actors(run) == before
    assert run("fix", "log").code == 0


@pytest.mark.parametrize(
    "line",
    [
        "no json", "[]", "{}", '{"what": "merge"}', "null", '"text"',
        json.dumps({"id": "x", "what": "shout", "selector": {"document_id": None}, "value": {}, "by": "A", "at": "B"}),
        json.dumps({"id": "x", "what": "merge", "selector": {"document_id": None}, "value": [], "by": "A", "at": "B"}),
        json.dumps({"id": "x", "what": "accept", "selector": {"document_id": 7}, "value": {}, "by": "A", "at": "B"}),
        json.dumps({"id": "x", "what": "merge", "selector": {"document_id": None}, "value": {}, "by": "A", "at": "B"}),
        json.dumps({"id": "x", "what": "merge", "selector": {"document_id": None}, "by": "A", "at": "B",
                    "value": {"one": {"name": "Chad", "node": "state:chad"}, "other": "VRA"}}),
        json.dumps({"id": "x", "what": "split", "selector": {"document_id": None}, "by": "A", "at": "B",
                    "value": {"one": {"name": "Chad", "node": "state:chad", "nodes": 3}, "words": "Chad"}}),
        json.dumps({"id": "x", "what": "rename", "selector": {"document_id": None}, "by": "A", "at": "B",
                    "value": {"one": {"name": "Chad", "node": "state:chad"}}}),
        json.dumps({"id": "x", "what": "kind", "selector": {"document_id": None}, "by": "A", "at": "B",
                    "value": {"one": {"name": "Chad", "node": "state:chad"}, "kind": "hero"}}),
        json.dumps({"id": "x", "what": "undo", "selector": {"document_id": None}, "by": "A", "at": "B", "value": {}}),
        json.dumps({"id": "x", "what": "redact", "selector": {"document_id": None}, "by": "A", "at": "B", "value": {}}),
        json.dumps({"id": "x", "what": "speaker", "selector": {"document_id": None}, "by": "A", "at": "B", "value": {},
                    "reason": 5}),
        json.dumps({"id": "x", "what": "merge", "selector": {"document_id": None, "more": 1}, "value": {}, "by": "A",
                    "at": "B"}),
    ],
)  # fmt: skip
def test_a_line_that_is_no_decision_keeps_all_lines_out(
    run: Run, crowd: Path, place: Path, line: str
) -> None:
    decide(run, "rename", "VRA", "River Board")
    file = write_log(run, place)
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")
    other = str(make_ledger(place / "other.db"))
    answer = run("fix", "apply", str(file), "-l", other)
    assert answer.code == 3
    assert "line 2 is no decision" in answer.err and "Traceback" not in answer.err
    assert run("fix", "log", "--json", "-l", other).rows == []
    assert run("actors", "-l", other).code == 0


HOSTILE = ("\x1b[2JVelm\x9b Board", "Velm\u202egnp Board", "Velm [bold]Board[/]", "=cmd|' /C calc'!A0 Board",
           "Velm\x07 Board")  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_articles_never_reach_a_terminal_as_commands(run: Run, place: Path, name: str) -> None:
    text = f"{name} said yes.\n"
    article = Article(name, text, (Who(name, "organisation", reason=name),), ((name, "said", "yes", [name]),))
    make_ledger(place / "onrecord.db", [article, replace(article, path="b.txt", text=text + "More.\n")])
    (actor,) = run("actors", "--json").rows
    key = actor["id"]
    for words in (
        ("actors",), ("actors", name), ("actors", key), ("actors", "--suggestions"), ("said", "--by", name),
        ("said", "--about", key), ("summary",), ("fix", "rename", key, name, "--by", name, "--reason", name),
        ("fix", "kind", key, "outlet"), ("fix", "split", key, "--name", name),
        ("fix", "split", key, "--name", name + "x"), ("fix", "merge", name, name + "x"), ("fix", "log",),
        ("fix", "confirm", name), ("actors",), ("actors", key, "--json"), ("fix", "log", "--json"),
    ):  # fmt: skip
        answer = run(*words)
        assert answer.code in (0, 1, 3), answer.err
        assert not CONTROLS & set(answer.out + answer.err), words
        assert "Traceback" not in answer.err


def test_the_page_lists_speakers_by_actor_and_says_why(run: Run, crowd: Path, place: Path) -> None:
    assert run("page", "-o", "all.html").code == 0
    tree = html.document_fromstring((place / "all.html").read_text("utf-8"))
    table = tree.get_element_by_id("speaker-list")
    rows = {row[0].text_content(): row for row in table.findall(".//tbody/tr")}
    assert [cell.text_content() for cell in rows["Islamic State"]][1:3] == ["Daesh, ISIS", "armed group"]
    assert [cell.text_content() for cell in rows["Vélm River Authority"]][1:3] == ["VRA", "organisation"]
    key = list_actors(run)["Islamic State"]["id"]
    assert rows["Islamic State"].get("data-actor") == key
    (card,) = [card for card in tree.findall(".//article//li") if card.get("data-actor") == key]
    assert "why this actor: Daesh is Islamic State; 'Daesh' is a name of" in " ".join(
        card.text_content().split()
    )
    text = {card.find_class("who")[0].text_content(): card for card in tree.findall(".//article//li")}
    for who in ("Ilse Brandaur, Chad's water minister", "The Islamic State militants", "Chadian officials"):
        assert "why this actor" not in text[who].text_content()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_names_of_actors_stay_words_on_the_page(run: Run, place: Path, payload: str) -> None:
    name = f"Velm {payload.split(maxsplit=1)[0]} Board" if payload.split() else "Velm Board"
    text = f"The {name} said yes.\nThe other {name}x said no.\n"
    article = Article(
        "a.txt", text, (Who(name, "organisation", reason=payload), Who(f"{name}x", "organisation", of=name)),
        ((name, "said", "yes", []), (f"{name}x", "said", "no", [])),
    )  # fmt: skip
    make_ledger(place / "onrecord.db", [article])
    run("fix", "rename", run("actors", "--json").rows[0]["id"], f"X {payload}")
    assert run("page", "-o", "all.html").code == 0
    assert_harmless((place / "all.html").read_text("utf-8"))


def test_a_surname_alone_can_be_said_to_mean_the_public_person(run: Run, place: Path) -> None:
    make_ledger(place / "onrecord.db", [
        Article("a.txt", "Mayor Ilse Brandaur said yes.\n", (Who("Ilse Brandaur", role="Mayor"),),
                (("Ilse Brandaur", "said", "yes", []),)),
        Article("b.txt", "Brandaur said no.\n", (Who("Brandaur"),), (("Brandaur", "said", "no", []),)),
        Article("c.txt", "Merrin said no.\n", (Who("Merrin"),), (("Merrin", "said", "no", []),)),
    ])  # fmt: skip
    (row,) = run("actors", "--suggestions", "--json").rows
    assert sorted(row["names"]) == ["Brandaur", "Ilse Brandaur"]
    assert "Brandaur (document " in run("actors", "--suggestions").out
    assert "--suggestions" in run("actors", "Brandaur").err
    refused = run("fix", "confirm", "Merrin")
    assert refused.code == 3 and "alone names nobody" in refused.err
    assert run("fix", "merge", "Merrin", "Ilse Brandaur").code == 3, "another name"
    key = decide(run, "merge", "Brandaur", "Ilse Brandaur")
    assert list_actors(run)["Ilse Brandaur"]["documents"] == 2
    assert len(ids(run, "--by", "Ilse Brandaur")) == 2
    assert run("actors", "--suggestions").out == ""
    assert run("fix", "log").code == 0
    decide(run, "undo", key)
    assert list_actors(run)["Ilse Brandaur"]["documents"] == 1


def test_bodies_that_share_a_common_name_are_told_apart_by_their_articles(run: Run, place: Path) -> None:
    make_ledger(place / "onrecord.db", [
        Article(path, f"The Foreign Ministry said {word}.\n", (Who("Foreign Ministry", "organisation"),),
                (("Foreign Ministry", "said", word, []),))
        for path, word in (("a.txt", "yes"), ("b.txt", "no"))
    ])  # fmt: skip
    answer = run("said", "--by", "foreign ministry")
    assert len(answer.out.splitlines()) == 2
    assert "understood as 2 called Foreign Ministry" in answer.err
    one, other = (row["id"] for row in run("actors", "--json").rows)
    assert "give an id" in run("fix", "rename", "Foreign Ministry", "X").err
    lines = [line for key in (one, other) for line in run("actors", key).out.splitlines()]
    assert {line.split()[2] for line in lines if "named in" in line} == {"a.txt", "b.txt"}
    assert decide(run, "merge", one, other)
    assert "understood as Foreign Ministry" in run("said", "--by", "foreign ministry").err


@pytest.mark.parametrize("name", ["Islamic State of Iraq and the Levant", "ISIL", "isil"])
def test_a_name_that_no_article_uses_is_understood_by_the_tables(run: Run, crowd: Path, name: str) -> None:
    assert "Islamic State — armed group" in run("actors", name).out
    assert "understood as Islamic State" in run("said", "--by", name).err
