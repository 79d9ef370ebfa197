"""Exports of press archives: split into articles, headers read, nothing but articles kept."""

from __future__ import annotations

import html

import pytest

from onrecord.intake.extracts import Extract
from onrecord.intake.press import find_layout, split_export
from onrecord.intake.readers import read_source
from onrecord.intake.sources import hold_bytes

NEXIS = """User Name: Reader One
Date and Time: Thursday, June 6, 2024 10:00:00 AM EDT
Job Number: 1234567
Documents (2)
1. Pier stays public, mayor says
2. Harbour to close
Search Terms: pier


Pier stays public, mayor says

The Harrow Courier (Harrow Bay)

March 6, 2024 Wednesday 6:20 PM GMT

Copyright 2024 Harrow Courier Ltd All Rights Reserved

Section: NEWS; Version:1
Length: 210 words
Byline: By Petra Vance and Ola Renn
Highlight: Council ends months of talks
Body


Harrow Bay will not sell its pier, Mayor Ilse Norrby said on Wednesday.

"We have heard every offer," she said. Subject: that was the end of it.

Graphic

The pier at dusk.

Classification

Language: ENGLISH
Publication-Type: Newspaper
Subject: PIERS (90%)
Load-Date: March 8, 2024

End of Document

Page 3 of 4
Harbour to close

Osterby Post

5 March 2024

Copyright 2024 Osterby Post

Length: 90 words
Dateline: OSTERBY

Body

The harbour will close for a week, the port authority said.

Classification

Language: ENGLISH

Load-Date: March 7, 2024

End of Document
"""
LEXIS = """                               1 of 2 DOCUMENTS


                             The Harrow Courier

                          March 6, 2024 Wednesday
                               Final Edition

Pier stays public, mayor says

BYLINE: By Petra Vance

SECTION: NEWS; Pg. 1

LENGTH: 210 words

Harrow Bay will not sell its pier, Mayor Ilse Norrby said on Wednesday.

"We have heard every offer," she said.

LOAD-DATE: March 8, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                    Copyright 2024 Harrow Courier Ltd
                              All Rights Reserved


                               2 of 2 DOCUMENTS

                                Osterby Post

                               5 March 2024

Harbour to close

LENGTH: 90 words
DATELINE: OSTERBY

BODY:
The harbour will close for a week, the port authority said.

LOAD-DATE: March 7, 2024
"""
FACTIVA = """News
Pier stays public, mayor says

By Petra Vance
210 words
6 March 2024
18:20
The Harrow Courier
HARCOU
English
(c) 2024 Harrow Courier Ltd. All rights reserved.

Harrow Bay will not sell its pier, Mayor Ilse Norrby said on Wednesday.

"We have heard every offer," she said.

Harrow Courier Ltd.

Document HARCOU0020240306ek3600012

Harbour to close

90 words
5 March 2024
Osterby Post
OSTPOS
English
(c) 2024 Osterby Post

The harbour will close for a week, the port authority said.

Document OSTPOS0020240305ek3500007

Search Summary
Text: pier
Date: All dates
"""
FACTIVA_CODED = """HD Pier stays public, mayor says
BY By Petra Vance
WC 210 words
PD 6 March 2024
ET 18:20
SN The Harrow Courier
SC HARCOU
LA English
CY (c) 2024 Harrow Courier Ltd.

LP
Harrow Bay will not sell its pier, Mayor Ilse Norrby said on Wednesday.

TD
"We have heard every offer," she said.

NS gcat : Political/General News
RE harrb : Harrow Bay
AN Document HARCOU0020240306ek3600012

HD
Harbour to close
WC
90 words
PD
5 March 2024
SN
Osterby Post
LA
English
LP
The harbour will close for a week, the port authority said.
AN
Document OSTPOS0020240305ek3500007
"""
LAYOUTS = {"nexis": NEXIS, "lexis": LEXIS, "factiva": FACTIVA, "factiva codes": FACTIVA_CODED}


def show(extract: Extract) -> str:
    """The text without the marked lines."""
    pieces, at = [], 0
    for span in extract.markup_litter:
        pieces.append(extract.text[at : span.start])
        at = span.end
    pieces.append(extract.text[at:])
    return "\n".join(line for line in "".join(pieces).splitlines() if line.strip())


def check_both(first: Extract, second: Extract) -> None:
    assert (first.member, second.member) == ("1", "2")
    assert (first.title, second.title) == ("Pier stays public, mayor says", "Harbour to close")
    assert (first.outlet or "").startswith("The Harrow Courier") and second.outlet == "Osterby Post"
    assert (first.byline or "").startswith("Petra Vance") and second.byline is None
    assert [(claim.day, claim.origin, claim.sure) for claim in first.dates] == [
        ("2024-03-06", "header", True)
    ]
    assert [claim.day for claim in second.dates] == ["2024-03-05"]
    words = show(first)
    assert words.startswith("Pier stays public, mayor says\nHarrow Bay will not sell")
    assert '"We have heard every offer," she said.' in words
    for header in (
        "210 words",
        "Vance",
        "2024",
        "Load-Date",
        "Copyright",
        "Subject: PIERS",
        "ENGLISH",
        "HARCOU",
    ):
        assert header not in words
    assert show(second).startswith(
        "Harbour to close\nThe harbour will close for a week, the port authority said."
    )
    assert "Search Summary" not in second.text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_layout_gives_the_same_articles(layout: str, line_end: str) -> None:
    text = LAYOUTS[layout].replace("\n", line_end)
    first, second = split_export(Extract(text=text))
    check_both(first, second)
    assert first.text in text and second.text in text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_exports_are_found_in_other_formats(layout: str) -> None:
    lines = LAYOUTS[layout].split("\n")
    page = "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</body></html>"
    rtf = r"{\rtf1\ansi " + "".join(line.replace("\\", "") + r"\par " for line in lines) + "}"
    for name, data in (
        ("export.html", page.encode()),
        ("export.rtf", rtf.encode()),
        ("export.txt", LAYOUTS[layout].encode()),
    ):
        first, second = read_source(hold_bytes(name, data))
        assert isinstance(first, Extract) and isinstance(second, Extract)
        check_both(first, second)


def test_the_day_an_archive_loaded_it_is_never_the_day_of_publication() -> None:
    text = NEXIS.replace("March 6, 2024 Wednesday 6:20 PM GMT", "Spring edition").replace(
        "5 March 2024", "Spring"
    )
    assert all(not extract.dates for extract in split_export(Extract(text=text)))


def test_an_older_export_with_the_copyright_on_top() -> None:
    text = """1 of 1 DOCUMENTS


            Copyright 2011 Harrow Courier Ltd
                  All Rights Reserved
                   The Harrow Courier

                 May 2, 2011 Monday
                Late Edition - Final

Pier opens at last

BYLINE: By Petra Vance
LENGTH: 90 words

The pier opened on Sunday, the mayor said.
"""
    (found,) = split_export(Extract(text=text))
    assert (found.title, found.outlet, found.byline) == (
        "Pier opens at last",
        "The Harrow Courier",
        "Petra Vance",
    )
    assert [claim.day for claim in found.dates] == ["2011-05-02"]


def test_capitalised_words_are_no_field_codes() -> None:
    text = FACTIVA_CODED.replace(
        '"We have heard', 'IN HARROW BAY, nobody was surprised.\n\nCO operation ended. "We have heard'
    )
    first, _ = split_export(Extract(text=text))
    assert "IN HARROW BAY, nobody was surprised.\nCO operation ended." in show(first)
    assert "gcat" not in show(first)


def test_facts_without_a_copyright_line_are_litter_too() -> None:
    text = FACTIVA.replace("(c) 2024 Osterby Post\n", "")
    _, second = split_export(Extract(text=text))
    assert show(second).startswith("Harbour to close\nThe harbour will close")


def test_page_lines_inside_an_article_are_litter() -> None:
    text = FACTIVA.replace(
        '"We have heard', 'Page 1 of 2 © 2024 Factiva, Inc. All rights reserved.\n\n"We have heard'
    )
    first, _ = split_export(Extract(text=text))
    assert "Factiva" not in show(first) and '"We have heard every offer," she said.' in show(first)


def test_an_article_that_speaks_of_documents_is_no_export() -> None:
    text = "The end.\n\nEnd of Document\n\nLength does not matter, he said. Page 1 of 2.\nDocument A1 of 20 words\n"
    assert find_layout(text) is None
    assert list(split_export(Extract(text=text))) == [Extract(text=text)]


def test_layouts_are_looked_for_in_linear_time() -> None:
    for hostile in (
        "\n" * 400_000,
        " \t" * 300_000,
        "Document AB" + "0" * 300_000,
        "1 of 2 DOCUMENTS\n" * 20_000,
        "End of Document\nLength: 1 words\n" * 20_000,
    ):
        assert list(split_export(Extract(text=hostile))) is not None
