"""any two names -> verdicts that do not depend on order, case or marks, and keys that meet."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.names import blocking_keys, compare_names, load_names
from onrecord.names.lookup import Name
from onrecord.vocabulary import KINDS, Kind

GIVEN = (
    "Sergei Sergey Ali Hassan Hussein Mohammed Muhammad Abdul Rahman Abdurrahman Bill William Odo Ana S. W. "
    "Jean-Claude Jin Ping Jinping Zamir Abu Bakr Salah al-Din"
).split()
SURNAMES = (
    "Lavrov Lavrova Rahmon Rahmonov Gaddafi Qadhafi al‑Baghdadi Zelensky Zelenskyy Hask Rell Kabulov Zabulov "
    "Johnson Johnston O'Hask van der Rell Çelik Celik"
).split()
TITLES = st.sampled_from(("", "", "Mr ", "President ", "Foreign Minister ", "Sheikh ", "Dr. "))
PERSONS = st.builds(
    lambda title, given_names, surname: title + " ".join((*given_names, surname)),
    TITLES,
    st.lists(st.sampled_from(GIVEN), max_size=3),
    st.sampled_from(SURNAMES),
)
WORDS = (
    "Tolm Belim Liberation Front Army Movement of the for Islamic National People's Russian Russia South Sudan "
    "Sudanese Ministry Foreign Affairs anti- Real New Group Party IMU IS TNDO Taliban Taleban Union Unity Ltd"
).split()
BODIES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
ANY = st.one_of(PERSONS, BODIES, st.text(max_size=20))
KIND = st.sampled_from(KINDS)
NAMES = load_names()


@settings(max_examples=400, deadline=None)
@given(ANY, ANY, KIND)
def test_the_verdict_is_symmetric_and_the_keys_meet(one: str, two: str, kind: Kind) -> None:
    found = compare_names(one, two, kind, NAMES)
    assert found.verdict == compare_names(two, one, kind, NAMES).verdict
    assert 0 <= found.score <= 1 and found.reason
    if found.verdict == "same":
        ones = {key.text for key in blocking_keys(one, kind, NAMES)}
        assert ones & {key.text for key in blocking_keys(two, kind, NAMES)}


@settings(max_examples=200, deadline=None)
@given(ANY, KIND)
def test_a_name_is_the_same_as_itself(words: str, kind: Kind) -> None:
    assert compare_names(words, words, kind, NAMES).verdict == "same"


@settings(max_examples=200, deadline=None)
@given(PERSONS, PERSONS)
def test_case_and_marks_do_not_matter_to_persons(one: str, two: str) -> None:
    verdict = compare_names(one, two, "person", NAMES).verdict
    assert compare_names(one.upper(), two, "person", NAMES).verdict == verdict
    marked = unicodedata.normalize("NFC", one.replace("a", "á").replace("i", "ī"))
    assert compare_names(marked, two, "person", NAMES).verdict == verdict


def _list_bearers() -> list[Name]:
    found = {NAMES.find(name.name)[0] for name in NAMES.agencies()}
    for words in ("Taliban", "Pakistani Taliban", "al-Qaeda", "Islamic State", "NATO", "CSTO", "Hamas", "UN"):
        found.add(NAMES.find(words)[0])
    return sorted(found, key=lambda name: name.name)


def test_two_bearers_of_the_tables_are_never_one() -> None:
    bearers = _list_bearers()
    for one in bearers:
        for two in bearers:
            if one is not two:
                for alias in (two.name, *two.aliases):
                    verdict = compare_names(one.name, alias, one.kind, NAMES).verdict
                    assert verdict != "same" or one in NAMES.find(alias), (one.name, alias)
