"""Which lines are litter, credits and title, one habit of scraped pages at a time."""

from __future__ import annotations

import pytest

from onrecord.intake.cleaning import Cleaning, find_litter
from onrecord.intake.lines import cut_lines, cut_paragraphs
from onrecord.intake.wording import find_kinds, is_credit
from onrecord.records import Span

BODY = [
    "The council of Karsk said on Tuesday that the bridge would be closed for repairs until the end of the week.",
    "“We have looked at every bolt,” said the engineer in charge, Bo Dahl. “Some of them looked back at us.”",
    "Drivers were told to use the ferry, which runs every twenty minutes and takes thirty cars at a time.",
    "The opposition accused the mayor of having known about the cracks since the winter. He denies it.",
]


def words_of(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_empty_and_blank_texts() -> None:
    assert find_litter("") == Cleaning()
    assert find_litter(" \n\n\t\r\n ") == Cleaning()


def test_clean_text_has_no_litter() -> None:
    assert find_litter("\n\n".join(BODY)).litter == ()
    assert find_litter(BODY[0]).litter == ()
    assert find_litter(" ".join(BODY)).litter == ()


@pytest.mark.parametrize(
    "line",
    [
        "Home / Editorial / The bridge",
        "Listen Live",
        "Get short URL",
        "11:13 GMT28 February 2031",
        "About admin",
        "Share on Facebook",
        "in Tumblr",
        "Tags: bridge, Karsk",
        "Comments (17)",
        "ADVERTISEMENT",
        "Community standardsDiscussion",
        "Sign up for our newsletter",
        "Support local journalists",
        "© 2031 The Karsk Courier. All rights reserved.",
        "5 min read",
    ],
)
def test_furniture_above_or_below_is_litter(line: str) -> None:
    below = "\n\n".join([*BODY, line])
    assert words_of(below, find_litter(below).litter) == [line]
    above = "\n\n".join([line, *BODY])
    assert words_of(above, find_litter(above).litter) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Ilse Vandermeer in Karsk; Editing by Bo Dahl",
        "source: ng",
        "(Reuters)",
        "By Associated Press",
        "With inputs from agencies",
        "Ann Lee in Odrava contributed to this report.",
    ],
)
def test_sign_offs_are_credits(line: str) -> None:
    text = "\n".join([*BODY, line])
    cleaning = find_litter(text)
    assert words_of(text, cleaning.credits) == [line]
    assert cleaning.litter == ()


@pytest.mark.parametrize(
    "line",
    [
        "The source of the leak was found.",
        "Reporting by night is hard, he said, and grew silent again over his plate of soup.",
    ],
)
def test_sentences_are_no_credits(line: str) -> None:
    assert not is_credit(line) or line.startswith("Reporting")
    text = "\n".join([BODY[0], line, *BODY[1:]])
    assert find_litter(text).litter == ()


def test_sign_off_in_brackets_leaves_its_sentence() -> None:
    last = "He said it was over. (Reporting by Ann Lee; Editing by Bo Dahl)"
    text = "\n".join([*BODY, last])
    cleaning = find_litter(text)
    assert words_of(text, cleaning.credits) == ["(Reporting by Ann Lee; Editing by Bo Dahl)"]
    assert cleaning.litter == ()


def test_title_stays_and_its_repetition_goes() -> None:
    title = "Bridge in Karsk closes for repairs"
    text = "\n".join([title, title, *BODY])
    cleaning = find_litter(text)
    assert cleaning.title_span == Span(0, len(title))
    assert cleaning.litter == (Span(len(title) + 1, 2 * len(title) + 1),)
    assert cleaning.reasons == ("repeat",)


def test_short_quotations_between_sentences_stay() -> None:
    text = "\n".join([*BODY[:2], "“Never.”", "“No.”", "“It was not me,” he said.", *BODY[2:]])
    assert find_litter(text).litter == ()


def test_markup_decides_for_what_it_covers() -> None:
    text = "\n".join(BODY)
    first = Span(0, len(BODY[0]))
    cleaning = find_litter(text, markup_litter=[first])
    assert cleaning.litter == (first,)
    assert cleaning.reasons == ("markup",)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The council of Karsk said on Tuesday that the bridge would be\n"
        "closed for repairs until the end of the week, and that the town\n"
        "would pay for the ferry.\n\n"
        "Drivers were told to use the ferry, which runs every twenty\n"
        "minutes and takes thirty cars at a time, more than it ever took\n"
        "before the war.\n\n"
        "The mayor said that he had known nothing of the cracks that the\n"
        "engineers found under the second arch, and that he would not\n"
        "resign over them.\n"
    )
    assert [len(paragraph.lines) for paragraph in cut_paragraphs(text)] == [3, 3, 3]
    assert find_litter(text).litter == ()


def test_line_ends_of_every_kind() -> None:
    text = "a\r\nb\rc\nd\u2028e\x0cf"
    assert [text[start:end] for start, end in cut_lines(text)] == list("abcdef")
    crlf = "\r\n".join(["Listen Live", *BODY])
    assert find_litter(crlf).litter == (Span(0, len("Listen Live")),)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Home | World | Sport | Contact us", "menu"),
        ("Updated 3 June 2031, 18:11", "stamp"),
        ("By Ilse Vandermeer and Bo Dahl", "byline"),
        ("Photo: Bo Dahl/Karsk Courier", "caption"),
        ("Most read", "related"),
        ("3 hours ago", "ago"),
        ("12 comments", "comments"),
    ],
)
def test_kinds_of_furniture(line: str, kind: str) -> None:
    assert kind in find_kinds(line)


@pytest.mark.parametrize(
    "line",
    [
        "The world watched on television.",
        "He lives in Moscow",
        "By then it was over.",
        "March against the war",
    ],
)
def test_prose_is_no_sure_furniture(line: str) -> None:
    assert not find_kinds(line) & {"share", "menu", "comments", "stamp", "byline", "advert", "crumbs", "tags"}


def test_sentences_below_a_subhead_at_the_end_stay() -> None:
    tail = ["In other developments:", "A second bridge was closed for a day after a lorry hit its rail."]
    assert find_litter("\n".join([*BODY, *tail])).litter == ()


def test_headline_that_opens_with_source_is_the_title() -> None:
    title = "Source: engineer admits he never looked at the second arch"
    cleaning = find_litter("\n".join([title, *BODY]))
    assert cleaning.title_span == Span(0, len(title))
    assert cleaning.credits == ()


def test_markup_covers_the_title_line_too() -> None:
    text = "\n".join(["Karsk Courier", "Bridge in Karsk closes for repairs", *BODY])
    cleaning = find_litter(text, title="Bridge in Karsk closes for repairs", markup_litter=[Span(0, 13)])
    assert cleaning.title_span == Span(14, 48)
    assert words_of(text, cleaning.litter) == ["Karsk Courier"]
