"""Title lines, bylines and translators' notes."""

from __future__ import annotations

import pytest

from onrecord.intake.cleaning import find_litter
from onrecord.intake.titles import find_byline, is_translated, tidy_byline
from onrecord.records import Span

BODY = (
    "The council of Karsk said on Tuesday that the bridge would be closed for repairs until the end of the week.\n"
    "Drivers were told to use the ferry, which runs every twenty minutes."
)


def title_of(text: str, declared: str | None = None) -> str | None:
    span = find_litter(text, title=declared).title_span
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    "title",
    [
        "Bridge in Karsk closes for repairs",
        "Karsk Bridge Closed: What Drivers Need To Know",
        "Who broke the bridge?",
    ],
)
def test_title_is_the_line_above_the_text(title: str) -> None:
    assert title_of(f"{title}\n{BODY}") == title
    assert title_of(f"Home\nPolitics\n{title}\nBy Ilse Vandermeer\n{BODY}") == title


def test_a_sentence_is_no_title() -> None:
    lead = "The official in charge assured the drivers that there was no reason to fear for the bridge."
    assert title_of(f"{lead}\n{BODY}") is None
    assert title_of(BODY) is None


def test_declared_title_is_found_or_nothing_is() -> None:
    text = f"Karsk Courier\nBridge in Karsk closes for repairs\n{BODY}"
    assert (
        title_of(text, "Bridge in Karsk Closes for Repairs | Karsk Courier")
        == "Bridge in Karsk closes for repairs"
    )
    assert title_of(text, "Something else entirely happened") is None


def test_title_spans_are_whole_lines() -> None:
    text = f"   Bridge in Karsk closes for repairs  \n\n{BODY}"
    assert title_of(text) == "   Bridge in Karsk closes for repairs  "


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ilse Vandermeer", "Ilse Vandermeer"),
        ("By Ilse Vandermeer and Bo Dahl", "Ilse Vandermeer and Bo Dahl"),
        ("BY ILSE VANDERMEER, Staff Writer", "ILSE VANDERMEER"),
        ("By Staff Reporter", None),
        ("By the river", None),
        ("By then everybody had left.", None),
    ],
)
def test_bylines(line: str, byline: str | None) -> None:
    text = f"Bridge in Karsk closes for repairs\n{line}\n{BODY}"
    cleaning = find_litter(text)
    assert find_byline(text, cleaning.litter, cleaning.title_span) == byline


@pytest.mark.parametrize(
    ("raw", "byline"),
    [
        ("Ilse Vandermeer, Moscow correspondent", "Ilse Vandermeer"),
        ("Author: Ilse Vandermeer", "Ilse Vandermeer"),
        ("https://example.org/author/1", None),
        ("admin", None),
        ("Reuters", None),
        ("  ", None),
        (None, None),
    ],
)
def test_declared_bylines_are_tidied(raw: str | None, byline: str | None) -> None:
    assert tidy_byline(raw) == byline


@pytest.mark.parametrize(
    "note",
    [
        "Translated from Morvanian by Bo Dahl",
        "This is a machine translation.",
        "This article was translated automatically.",
        "Unofficial translation",
    ],
)
def test_translators_notes(note: str) -> None:
    text = f"{BODY}\n{note}"
    cleaning = find_litter(text)
    assert is_translated(text, cleaning.credits, cleaning.litter)


def test_a_sentence_about_a_translation_is_no_note() -> None:
    filler = "\n".join(
        f"The {word} witness said that he had seen nothing at all." for word in "first second third".split()
    )
    text = f"{filler}\n{filler}\nHer novel has been translated into nine languages, the ministry said.\n{filler}\n{filler}"
    assert not is_translated(text)
    assert not is_translated(text, [], [Span(0, 10)])
