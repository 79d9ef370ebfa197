"""Outlets from markup, addresses, mastheads and credit lines."""

from __future__ import annotations

import pytest

from onrecord.intake.cleaning import find_litter
from onrecord.intake.outlets import find_host, find_outlet, tidy_outlet


def outlet_of(text: str, claim: str | None = None, url: str | None = None) -> str | None:
    cleaning = find_litter(text)
    return find_outlet(claim=claim, url=url, text=text, credits=cleaning.credits, litter=cleaning.litter)


BODY = "The council of Karsk said on Tuesday that the bridge would be closed until the end of the week."


def test_known_domain_goes_before_the_claim() -> None:
    assert outlet_of(BODY, claim="World news", url="https://edition.bbc.co.uk/news/1") == "BBC"


def test_claim_goes_before_an_unknown_host() -> None:
    assert (
        outlet_of(BODY, claim="The Karsk Courier", url="https://karskcourier.example/1")
        == "The Karsk Courier"
    )
    assert outlet_of(BODY, url="https://www.karskcourier.example/1") == "karskcourier.example"


@pytest.mark.parametrize(
    ("claim", "outlet"),
    [
        ("BBC News", "BBC"),
        ("Latest headlines | Reuters", "Reuters"),
        ("www.reuters.com", "Reuters"),
        ("WordPress", None),
        ("", None),
        ("|", None),
        ("x" * 200, None),
    ],
)
def test_claims_are_tidied(claim: str, outlet: str | None) -> None:
    assert tidy_outlet(claim) == outlet


def test_source_line() -> None:
    assert outlet_of(f"{BODY}\nsource: Interfax") == "Interfax"
    assert outlet_of(f"{BODY}\nSource: karskcourier.example") == "karskcourier.example"
    assert outlet_of(f"{BODY}\nSource: people who were there") is None


def test_masthead_and_rights() -> None:
    assert outlet_of(f"{BODY}\n{BODY[::-1][::-1]} And more.\nAl Jazeera\nin Tumblr") == "Al Jazeera"
    assert outlet_of(f"{BODY}\n© 2031 Al Jazeera. All rights reserved.") == "Al Jazeera"


def test_no_outlet_from_a_mention_or_an_agency() -> None:
    assert outlet_of(f"{BODY} He spoke to Reuters.") is None
    assert outlet_of(f"{BODY}\nReporting by Ann Lee; Editing by Bo Dahl") is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org/a", "example.org"),
        ("example.org/a", "example.org"),
        ("file:///home/a.html", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_hosts(url: str | None, host: str | None) -> None:
    assert find_host(url) == host
