"""the bundled examples -> what intake says of each: title, outlet, day, translation, and no article line lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.intake import read_articles
from onrecord.records import Appearance, Document

EXAMPLES = Path(__file__).parent.parent.parent / "src" / "onrecord" / "examples"
GOLD = Path(__file__).parent.parent / "gold" / "examples.jsonl"
EXPECTED = {
    "adrel-today-column-kitchen-table.txt": ("Nobody asked the valley", "Adrel Today", "2023-05-18"),
    "adrel-today-provocation.txt": (
        "The Foreign Ministry of Kestaria refuted the statements of the Varsenian side",
        "Adrel Today",
        None,  # a day and an hour above the title may be the page's clock
    ),
    "ansel-post-ceasefire.txt": ("ENVOY: SARN RIVALS WILL TALK AGAIN", "Ansel Post", "2023-05-15"),
    "ansel-post-envoy-interview.html": (
        "'I sleep four hours and I count to ten': the woman between two armies",
        "Ansel Post",
        "2023-05-27",
    ),
    "free-sarn-voice-kadma.txt": (
        "THEY BURNED KADMA AND BLAME US FOR THE DAM!!",
        "Free Sarn Voice",
        "2023-05-16",
    ),
    "free-sarn-voice-posts.jsonl": ("Lantern brothers speak", "Free Sarn Voice", "2023-06-19"),
    "long-quay-review-lisk-bridge.txt": (
        "On the Bridge at Lisk, Two Brothers and One War",
        "The Long Quay Review",
        "2023-06-02",
    ),
    "long-quay-review-newsletter.eml": (
        "The Weekend Quay: a vote that settles nothing",
        "The Long Quay Review",
        "2023-06-17",
    ),
    "long-quay-review-who-commands.html": (
        "Who commands on the Upper Sarn?",
        "The Long Quay Review",
        "2023-05-19",
    ),
    "norpress-ceasefire-wire.txt": (
        "Sarn truce talks to resume despite dam attack, League envoy says",
        "Norpress",
        None,
    ),
    "tolmeran-herald-belim-dam.txt": (
        "Front shells Belim dam, officials say",
        "The Tolmeran Herald",
        "2023-05-13",
    ),
    "tolmeran-herald-casualties.txt": (
        "Opposition asks where the missing 600 are",
        "The Tolmeran Herald",
        "2023-05-20",
    ),
    "tolmeran-herald-oreth-trial.txt": (
        "Electrician in Oreth denies guiding mortars by text message",
        "The Tolmeran Herald",
        "2023-06-07",
    ),
}


def _read(name: str) -> list[tuple[Document, Appearance]]:
    found = list(read_articles(EXAMPLES / name, relative=name))
    return [each for each in found if isinstance(each, tuple)]


def test_every_example_is_expected() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.is_file()} == set(EXPECTED)
    assert len({outlet for _, outlet, _ in EXPECTED.values()} - {"Norpress"}) == 5


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_known_of_an_example(name: str) -> None:
    document, appearance = _read(name)[0]
    assert (document.title, appearance.outlet, document.published) == EXPECTED[name]
    assert document.language is not None and document.language.startswith("en")


def test_the_machine_translation_is_known_as_one() -> None:
    translated = [name for name in EXPECTED if _read(name)[0][0].translated]
    assert translated == ["adrel-today-provocation.txt"]


def test_a_clock_or_an_unfinished_date_is_never_sure() -> None:
    for name in EXPECTED:
        document, _ = _read(name)[0]
        if name.endswith(".txt"):
            assert not document.published_sure


def test_no_line_with_a_statement_is_marked() -> None:
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        document, _ = _read(Path(article["file"]).name)[article.get("row", 0)]
        for statement in article["statements"]:
            words = statement["content"][0]
            places = [at for at in range(len(document.text)) if document.text.startswith(words, at)]
            hidden = [
                at
                for at in places
                for span in (*document.litter, *document.credits)
                if span.start <= at < span.end
            ]
            assert len(hidden) < len(places) or statement.get("optional"), words


def test_the_cut_copy_of_the_wire_story_is_a_file_of_its_own() -> None:
    wire, copy = _read("norpress-ceasefire-wire.txt")[0][0], _read("ansel-post-ceasefire.txt")[0][0]
    runs = [_runs_of_words(document.text, 8) for document in (wire, copy)]
    assert wire.id != copy.id
    assert len(runs[0] & runs[1]) >= 50


def _runs_of_words(text: str, length: int) -> set[str]:
    words = text.split()
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
