"""words -> what `onrecord.names` says of them."""

from __future__ import annotations

import pytest

from onrecord.names import Names, fold, is_acronym, load_names


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names()


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Russia", "Russia", "state"),
        ("the United States", "United States", "state"),
        ("U.S.", "United States", "state"),
        ("Britain's", "United Kingdom", "state"),
        ("Türkiye", "Turkey", "state"),
        ("Burma", "Myanmar", "state"),
        ("Dominican Republic", "Dominican Republic", "state"),
        ("Taleban", "Taliban", "armed group"),
        ("AL-QA'IDA", "al-Qaeda", "armed group"),
        ("Daesh", "Islamic State", "armed group"),
        ("CSTO", "Collective Security Treaty Organization", "organisation"),
        ("Interfax", "Interfax", "outlet"),
        ("Tolonews", "TOLOnews", "outlet"),
        ("the Kremlin", "Kremlin", "government"),
        ("Kunduz", "Kunduz", "place"),
    ],
)
def test_words_find_their_name_first(names: Names, words: str, name: str, kind: str) -> None:
    found = names.find(words)
    assert (found[0].name, found[0].kind) == (name, kind)
    assert names.kind_of(words) == kind


def test_acronyms_match_capitals_only(names: Names) -> None:
    assert names.find("us") == names.find("is") == names.find("who") == ()
    assert names.find("US")[0].name == "United States"
    assert names.find("IS")[0].kind == "armed group"
    assert is_acronym("U.N.") and not is_acronym("Un") and not is_acronym("NATO talks")


@pytest.mark.parametrize(
    ("words", "power"),
    [("Moscow", "Russia"), ("Dushanbe", "Tajikistan"), ("Washington", "United States"), ("Kremlin", "Russia"),
     ("Russian", "Russia"), ("Afghans", "Afghanistan"), ("Dutch", "Netherlands"), ("Kyiv", "Ukraine")],
)  # fmt: skip
def test_seats_and_demonyms_lead_to_their_state(names: Names, words: str, power: str) -> None:
    assert names.state_of(words) == power


def test_a_capital_is_a_metonym_and_a_town_is_not(names: Names) -> None:
    assert names.find("Moscow")[0].metonym_of == "Russia"
    assert all(name.metonym_of is None for name in names.find("Kunduz"))
    assert names.state_of("Kunduz") is None


def test_common_words_are_no_towns(names: Names) -> None:
    for word in ("Police", "President", "Front", "Reading", "Nice", "Opposition", "Media"):
        assert names.find(word) == ()


def test_domains_lead_to_outlets(names: Names) -> None:
    outlet = names.outlet_of_domain("edition.cnn.com")
    assert outlet is not None and outlet.name == "CNN"
    assert names.outlet_of_domain("example.org") is None
    assert names.outlet_of_domain("com") is None


def test_agencies_are_outlets(names: Names) -> None:
    agencies = names.agencies()
    assert {"Reuters", "Interfax", "TASS", "Xinhua"} <= {agency.name for agency in agencies}
    assert all(agency.kind == "outlet" and agency.agency for agency in agencies)


@pytest.mark.parametrize(
    ("words", "gender"),
    [("Mrs Adeyemi", "f"), ("Boris Volkov", "m"), ("the former spokeswoman", "f"), ("King Oswin", "m"),
     ("Billie Jean King", None), ("Volkov", None), ("Andrea Rossi", None), ("Queen", "f"), ("", None)],
)  # fmt: skip
def test_gender_abstains_when_unsure(names: Names, words: str, gender: str | None) -> None:
    assert names.gender_of(words) == gender


def test_nothing_is_known_of_invented_words(names: Names) -> None:
    assert names.find("Varsenia") == ()
    assert names.kind_of("Varsenia") is None


@pytest.mark.parametrize(
    "words", ["Élysée Palace", "ELYSEE-PALACE", "the Élysée Palace's", " elysee  palace "]
)
def test_fold_makes_one_form(words: str) -> None:
    assert fold(words) == "elysee palace"
