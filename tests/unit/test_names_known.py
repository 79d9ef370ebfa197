"""what `onrecord.names` says of things: keys, homonyms, lineage, governments, offices."""

from __future__ import annotations

import pytest

from onrecord.names import Names, load_names
from onrecord.names.folding import fold, fold_cell
from onrecord.names.rows import read_table, split_cell


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names()


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Afghanistan", "state:afghanistan"),
        ("Taleban", "armed group:taliban"),
        ("anti-Taliban alliance", "collective:anti taliban movement"),
        ("Pakistani Taliban", "armed group:tehrik i taliban pakistan"),
        ("Kiev", "place:kyiv, ukraine"),
        ("Afghans", "people:afghan, afghanistan"),
        ("Scottish", "people:scottish, united kingdom"),
        ("Moro Liberation Front", "armed group:moro national liberation front"),
        ("Tass", "outlet:tass"),
        ("Burma", "state:myanmar"),
        ("Swaziland", "state:eswatini"),
    ],
)
def test_the_key_names_the_thing_whatever_it_is_called(names: Names, words: str, key: str) -> None:
    found = names.find(words)[0]
    assert found.key == key
    assert names.of_key(key) == found


@pytest.mark.parametrize(
    "words",
    ["IS", "ISIS", "ISIL", "Daesh", "Da'esh", "Islamic State group", "so-called Islamic State",
     "Islamic State of Iraq and the Levant", "Islamic State of Iraq and Syria",
     "Islamic State of Iraq and al-Sham", "the Islamic State's"],
)  # fmt: skip
def test_the_islamic_state_is_one(names: Names, words: str) -> None:
    assert [found.key for found in names.find(words)] == ["armed group:islamic state"]


def test_any_alias_gives_the_same_name(names: Names) -> None:
    for usual in (
        "Islamic State",
        "Taliban",
        "United Nations",
        "Agence France-Presse",
        "Russia",
        "Sinn Féin",
    ):
        thing = names.named(usual)
        assert thing is not None and thing.aliases
        for alias in thing.aliases:
            assert any(found is thing for found in names.find(alias)), alias


def test_named_takes_the_usual_name_only(names: Names) -> None:
    russia, nato = names.named("russia"), names.named("Nato")
    assert russia is not None and russia.kind == "state"
    assert nato is not None and nato.name == "NATO"
    assert names.named("Russian") is None and names.named("Daesh") is None and names.named("Varsenia") is None


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Georgia", ["state:georgia", "division:georgia, united states"]),
        ("Niger", ["state:niger", "division:niger, nigeria"]),
        ("Texas", ["division:texas, united states"]),
        ("RSF", ["organisation:reporters without borders", "armed group:rapid support forces"]),
    ],
)
def test_homonyms_are_several_the_state_first(names: Names, words: str, keys: list[str]) -> None:
    assert [found.key for found in names.find(words)] == keys


def test_both_congos_may_be_meant(names: Names) -> None:
    states = [found.name for found in names.find("Congo") if found.kind == "state"]
    assert states == ["Democratic Republic of the Congo", "Republic of the Congo"]


def test_hints_tell_homonyms_apart(names: Names) -> None:
    state, division = names.find("Georgia")
    assert {"tbilisi", "georgian", "batumi"} <= names.hints_of(state)
    assert {"atlanta", "savannah"} <= names.hints_of(division)
    assert not names.hints_of(state) & names.hints_of(division)
    assert "caliphate" in names.hints_of(names.find("IS")[0])
    assert names.hints_of(names.find("Kunduz")[0]) == frozenset()


def test_lineage_is_found_from_either_side(names: Names) -> None:
    nusra, tahrir = names.named("al-Nusra Front"), names.named("Jabhat Fatah al-Sham")
    assert nusra is not None and tahrir is not None
    (row,) = [row for row in names.lineage_of(nusra) if row.relation == "renamed to"]
    assert row in names.lineage_of(tahrir)
    assert (row.other_key, row.since) == (tahrir.key, "2016-07-28")
    assert row.source.startswith("https://")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Taliban", "anti-Taliban movement"), ("Taliban", "Northern Alliance"), ("Sudan", "South Sudan"),
     ("Taliban", "Tehrik-i-Taliban Pakistan"), ("al-Qaeda", "Islamic State"), ("North Korea", "South Korea"),
     ("Guinea", "Equatorial Guinea"), ("Hamas", "Palestinian Authority"), ("China", "Taiwan"),
     ("Republic of the Congo", "Democratic Republic of the Congo"), ("Real IRA", "Irish Republican Army"),
     ("Government of National Accord", "Libyan National Army"), ("Dominica", "Dominican Republic")],
)  # fmt: skip
def test_what_must_stay_apart_does(names: Names, one: str, other: str) -> None:
    first, second = names.named(one), names.named(other)
    assert first is not None and second is not None
    assert names.are_distinct(first.key, second.key) and names.are_distinct(second.key, first.key)
    assert not names.are_distinct(first.key, first.key)


@pytest.mark.parametrize(
    ("state", "day", "key"),
    [
        ("Afghanistan", "1999-05-01", "government:afghanistan:1996-09-27"),
        ("Afghanistan", "2021-08-14", "government:afghanistan:2004-12-07"),
        ("Afghanistan", "2021-08-15", "government:afghanistan:2021-08-15"),
        ("afghanistan", "2015", "government:afghanistan:2004-12-07"),
        ("Syria", "2024-12-08", "government:syria:2024-12-08"),
        ("Afghanistan", "1800-01-01", None),
        ("Varsenia", "2015-01-01", None),
    ],
)
def test_the_day_decides_which_government(names: Names, state: str, day: str, key: str | None) -> None:
    regime = names.regime_of(state, day)
    assert (regime.key if regime else None) == key
    assert names.has_regimes(state) == (state != "Varsenia")


def test_offices_are_of_the_exact_name(names: Names) -> None:
    (office,) = names.offices_of("hamid karzai")
    assert (office.state, office.role, office.since) == ("Afghanistan", "government", "2001-12-22")
    assert names.offices_of("Karzai") == names.offices_of("") == ()


def test_a_cell_folds_as_its_names_do() -> None:
    for table in ("cities", "divisions"):
        for row in read_table(table):
            assert fold_cell(row[1]) == [fold(name) for name in split_cell(row[1])]
    odd = "The Hague|St. John’s|’s|al-Qā‘ida|ŁÓDŹ|Ağrı's"
    assert fold_cell(odd) == [fold(name) for name in odd.split("|")]
