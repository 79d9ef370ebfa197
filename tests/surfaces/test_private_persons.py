"""Persons without an evident public role: in no list, page, ranking or bulk export across articles until the
user confirms them; in pseudonymised files not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import html

import onrecord
from onrecord.assembly import list_local_actors
from onrecord.language import load_model
from onrecord.reading import load_tables, read_document
from onrecord.records import Document, Reading
from tests.surfaces.conftest import Answer
from tests.surfaces.crowd import ARTICLES, Article, Who, make_ledger, read_article

Run = Callable[..., Answer]
WEIGHTS = Path(onrecord.__file__).parent / "language" / "en" / "model.int8.onnx"
PRIVATE = ("Quell", "Merrin", "Sverre")
CASES = (
    *ARTICLES,
    Article(
        "d.txt",
        "Ana Ruiz, a lawyer for Tomas Quell, said that Tomas Quell was ill.\n"
        "Ivo Varga, spokesman of the Sverre family, said Sverre was at home.\n",
        (
            Who("Ana Ruiz", role="a lawyer for Tomas Quell"),
            Who("Tomas Quell"),
            Who("Ivo Varga", role="spokesman of the Sverre family"),
            Who("Sverre"),
        ),
        (
            ("Ana Ruiz", "said that", "Tomas Quell was ill", ["Tomas Quell"]),
            ("Ivo Varga", "said", "Sverre was at home", ["Sverre"]),
        ),
        "2031-05-01",
    ),
    Article(
        "e.txt",
        "Ana Ruiz, lawyer for Oda Merrin, said that the League had paid.\n",
        (Who("Ana Ruiz", role="lawyer for Oda Merrin"), Who("Oda Merrin"), Who("League", "organisation")),
        (("Ana Ruiz", "said that", "the League had paid", ["League"]),),
        "2031-05-02",
        "Harbour Post",
    ),
)


@pytest.fixture
def crowd(place: Path) -> Path:
    return make_ledger(place / "onrecord.db", CASES)


def collect_lists(run: Run) -> dict[str, str]:
    """Everything that brings articles together, by where it stands."""
    shown = {}
    for words in (("summary",), ("summary", "--json"), ("actors",), ("actors", "--json"),
                  ("actors", "--suggestions"), ("actors", "--suggestions", "--json"),
                  ("actors", "lawyer"), ("actors", "spokesman", "--json"), ("actors", "--kind", "person")):  # fmt: skip
        shown[" ".join(words)] = run(*words).out
    for row in run("actors", "--json").rows:
        for more in ((), ("--json",)):
            shown[f"actors {row['name']} {more}"] = run("actors", row["id"], *more).out
    for words in ("lawyer", "spokesman", "minister", "Ana Ruiz", "Chad", "VRA", "daesh"):
        for option in ("--by", "--about"):
            shown[f"{option} {words}"] = run("said", option, words).err
    run("export", "--to", "jsonl,csv,parquet", "-o", "out")
    shown["actors.jsonl"] = Path("out/actors.jsonl").read_text("utf-8")
    shown["actors.csv"] = Path("out/actors.csv").read_text("utf-8")
    shown["actors.parquet"] = str(pq.read_table("out/actors.parquet").to_pylist())
    run("page", "-o", "all.html")
    tree = html.document_fromstring(Path("all.html").read_text("utf-8"))
    for key in ("overview", "statements", "speakers", "about"):
        shown[f"page {key}"] = html.tostring(tree.get_element_by_id(key), encoding="unicode")
    return shown


def test_no_list_across_articles_names_them(run: Run, crowd: Path) -> None:
    shown = collect_lists(run)
    assert "Ana Ruiz" in shown["actors --json"] and "Ana Ruiz" in shown["page speakers"]
    assert "a lawyer for a person named in the article" in shown["actors.jsonl"]
    for where, text in shown.items():
        assert not [name for name in PRIVATE if name in text and name != "Sverre"], where
        assert "Sverre" not in text.replace("the Sverre family", ""), where


def test_a_role_is_no_way_to_them(run: Run, crowd: Path) -> None:
    assert run("actors", "Tomas", "Quell").out == run("actors", "Quell", "lawyer").out == ""
    assert "a role of" not in run("said", "--by", "Quell").err


def test_articles_keep_them_apart_in_the_exports(run: Run, crowd: Path) -> None:
    run("export", "--to", "jsonl", "-o", "out")
    for kind in ("mentions", "statements"):
        rows = [json.loads(line) for line in Path(f"out/{kind}.jsonl").read_text("utf-8").splitlines()]
        actors = [row for row in rows if "actor" in row]
        actors += [one for row in rows for one in row.get("speakers", ())]
        private = [one for one in actors if one["actor"] in ("Tomas Quell", "Oda Merrin", "Sverre")]
        assert private
        assert {one["actor_id"] for one in private} == {None}
        assert not any(one["public_role"] for one in private)
    mentions = [json.loads(line) for line in Path("out/mentions.jsonl").read_text("utf-8").splitlines()]
    local = [one["local_id"] for one in mentions if one["actor"] == "Tomas Quell"]
    assert len(local) == len(set(local)) == 4, "nothing in the rows joins four articles' Tomas Quell"


def test_a_page_of_all_articles_finds_them_by_no_name_of_theirs(run: Run, crowd: Path) -> None:
    run("page", "-o", "all.html")
    tree = html.document_fromstring(Path("all.html").read_text("utf-8"))
    for card in tree.findall(".//article//li"):
        (who,) = card.find_class("who")
        for node in who.iter("bdi"):
            if any(name in node.text for name in ("Quell", "Merrin")):
                assert "private" in node.get("class").split()
                assert "Quell" not in node.get("data-instead")
        if any(node.text in ("Tomas Quell", "Oda Merrin") for node in who.iter("bdi")):
            assert card.get("data-actor") is None
    assert not [row for row in tree.findall(".//tr[@data-actor]") if "Quell" in row.text_content()]


def test_once_confirmed_a_person_is_listed_everywhere(run: Run, crowd: Path) -> None:
    assert run("fix", "confirm", "Tomas Quell", "--by", "Ada").code == 0
    shown = collect_lists(run)
    for where in ("summary", "summary --json", "actors", "actors --json", "actors.jsonl", "actors.csv",
                  "actors.parquet", "page speakers", "actors --kind person"):  # fmt: skip
        assert "Tomas Quell" in shown[where], where
    assert "a lawyer for Tomas Quell" in shown["actors.jsonl"]
    assert all("Merrin" not in text for text in shown.values())
    run("export", "--to", "jsonl", "-o", "out", "--pseudonymise")
    assert "Tomas Quell" in Path("out/actors.jsonl").read_text("utf-8")
    run("fix", "undo", run("fix", "log", "--json").rows[0]["id"])
    assert all("Quell" not in text for text in collect_lists(run).values())


def test_the_option_confirm_goes_on_working(run: Run, crowd: Path) -> None:
    assert "Tomas Quell" in run("summary", "--confirm", "Tomas Quell").out
    run("page", "-o", "all.html", "--confirm", "Tomas Quell")
    tree = html.document_fromstring(Path("all.html").read_text("utf-8"))
    assert "Tomas Quell" in tree.get_element_by_id("speaker-list").text_content()
    assert "Merrin" not in tree.get_element_by_id("speaker-list").text_content()


def test_pseudonymised_files_name_them_nowhere(run: Run, crowd: Path) -> None:
    rows = run("fix", "split", "VRA", "--in", "b.txt", "--reason", "Tomas Quell told me", "--json").rows
    assert rows
    import sqlite3

    with sqlite3.connect(crowd) as base:
        keys = [key for (key,) in base.execute("SELECT key FROM actor WHERE public = 0 ORDER BY key")]
    for key in keys:
        assert run("fix", "rename", key, "Old Quell of Merrin and Sverre", "--by", "Ada").code == 0
    assert run("export", "--to", "jsonl,csv", "-o", "out", "--pseudonymise").code == 0
    for file in Path("out").iterdir():
        text = file.read_text("utf-8")
        found = [name for name in PRIVATE if re.search(name, text, re.IGNORECASE)]
        assert not found, (file.name, found)
    assert "Ana Ruiz" in Path("out/actors.jsonl").read_text("utf-8")


def test_a_body_called_after_a_private_person_is_hidden_with_the_name(run: Run, place: Path) -> None:
    text = "The Oda Merrin Fund gave nothing.\nA nurse said Oda Merrin slept.\n"
    who = (Who("Oda Merrin Fund", "organisation"), Who("A nurse", inferred="worded"))
    reading = Article("a.txt", text, who, (("A nurse", "said", "Oda Merrin slept", []),))
    other = Article("b.txt", "Oda Merrin slept well.\n", (Who("Oda Merrin"),), ())
    make_ledger(place / "onrecord.db", [reading, other])
    run("export", "--to", "jsonl", "-o", "out", "--pseudonymise")
    assert all("Merrin" not in file.read_text("utf-8") for file in Path("out").iterdir())


def make_fighter(inferred: str, words: str, text: str) -> Reading:
    who = (Who("Taliban", "armed group"), Who("Brede Halloran"), Who(words, of="Brede Halloran", inferred=inferred,
           role="a Taliban fighter"))  # fmt: skip
    return read_article(Article("a.txt", text, who, ()))


@pytest.mark.parametrize(
    ("inferred", "words", "text"),
    [
        ("pronoun", "He", "Brede Halloran lives in Lisk. He is a Taliban fighter.\n"),
        ("description", "The man", "Brede Halloran lives in Lisk. The man is a Taliban fighter.\n"),
        ("role", "The carpenter", "Brede Halloran lives in Lisk. The carpenter is a Taliban fighter.\n"),
    ],
)
def test_membership_never_comes_through_a_pronoun_or_a_description(
    inferred: str, words: str, text: str
) -> None:
    reading = make_fighter(inferred, words, text)
    (halloran,) = [
        one for one in list_local_actors(reading.document, reading.mentions) if one.kind == "person"
    ]
    assert halloran.names == ("Brede Halloran",)
    assert halloran.roles == ()


SENTENCES = (
    "Brede Halloran lives in Lisk. He is a Taliban fighter, police said.",
    "Brede Halloran lives in Lisk, the mayor said. The man, a Taliban commander, denied it.",
    "“I saw nothing,” said Brede Halloran. He, a Taliban fighter, left.",
    "Police said Brede Halloran had met a Taliban commander. The commander said he was ill.",
)


@pytest.mark.skipif(not WEIGHTS.is_file(), reason="no weights")
@pytest.mark.parametrize("text", SENTENCES)
def test_the_reader_gives_no_membership_through_a_pronoun(text: str) -> None:
    document = Document(id="0" * 24, sha256="0" * 64, text=text, text_digest="0" * 64)
    reading = read_document(document, load_model().annotate([text])[0], load_tables())
    for one in list_local_actors(document, reading.mentions):
        if one.kind == "person":
            assert not any("Taliban" in role.words for role in one.roles), one
