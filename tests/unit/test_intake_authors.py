"""Who wrote a page's article, by the page's own markup."""

from __future__ import annotations

import json

import pytest

from onrecord.intake.authors import clean_authors, find_authors, find_linked_authors
from onrecord.intake.blocks import parse_html
from onrecord.intake.markup import read_markup, trim_title

ADDRESS = "https://courier.example/pier"


def read_authors(*nodes: object, head: str = "", body: str = "") -> str | None:
    script = json.dumps({"@graph": list(nodes)})
    tree = parse_html(
        f'<html><head><link rel=canonical href="{ADDRESS}">{head}<script type="application/ld+json">{script}</script>'
        f"</head><body>{body}<p>The pier stays public.</p></body></html>"
    )
    assert tree is not None
    return find_authors(tree, read_markup(tree).authors)


PERSON = {"@type": "Person", "@id": "#p1", "name": "Ola Renn"}


def test_names_in_linked_data_come_before_all_others() -> None:
    article = {
        "@type": "NewsArticle",
        "url": ADDRESS,
        "author": [{"name": "Petra Vance"}, "Ola Renn", {"name": None}],
    }
    found = read_authors(article, head='<meta name="author" content="Someone Else">')
    assert found == "Petra Vance; Ola Renn"


def test_a_reference_is_followed_when_nothing_names_the_author() -> None:
    article = {"@type": "NewsArticle", "url": ADDRESS, "headline": "Pier", "author": {"@id": "#p1"}}
    assert read_authors(article, PERSON) == "Ola Renn"
    assert read_authors(article, PERSON, head='<meta name="author" content="Petra Vance">') == "Petra Vance"
    page = {"@type": "WebPage", "url": ADDRESS, "author": {"@id": "#p1"}}
    assert read_authors(page, PERSON) == "Ola Renn"


def test_links_to_author_pages_name_the_author() -> None:
    body = (
        '<p>By <a href="/author/petra-vance/">Petra Vance</a> and <a rel="author" href="/x">Ola de Renn</a></p>'
        '<div><a href="/author/other/">Dana Marrow</a><a href="/author/more/">more</a></div>'
    )
    tree = parse_html(body)
    assert tree is not None
    assert find_linked_authors(tree) == ["Petra Vance", "Ola de Renn"]
    assert read_authors(body=body) == "Petra Vance; Ola de Renn"


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["By Petra Vance", "petra vance", "Petra Vance"], ["Petra Vance", "petra vance"]),
        (["Grant Teague, PhD", "Rob Pruitt, HCN"], ["Grant Teague", "Rob Pruitt"]),
        (["admin", "Staff", "", "The Courier", "desk@courier.example"], []),
    ],
)
def test_authors_are_cleaned(names: list[str], kept: list[str]) -> None:
    assert clean_authors(names, "The Courier") == kept


@pytest.mark.parametrize(
    ("title", "heads", "outlet", "kept"),
    [
        ("Pier stays public | The Courier", [], "The Courier", "Pier stays public"),
        ("Pier stays public - The Courier", ["Pier stays public"], None, "Pier stays public"),
        ("Inside the Courier", [], "Courier", "Inside the Courier"),
        ("The Courier", [], "The Courier", "The Courier"),
        ("Pier: the end", ["Pier"], None, "Pier: the end"),
        (None, ["Pier"], None, None),
    ],
)
def test_titles_lose_the_outlet(
    title: str | None, heads: list[str], outlet: str | None, kept: str | None
) -> None:
    assert trim_title(title, heads, outlet) == kept
