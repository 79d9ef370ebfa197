"""two names -> same, unsure or different, in words; a name -> its keys."""

from __future__ import annotations

import pytest

from onrecord.names import Names, blocking_keys, compare_names, load_names
from onrecord.names.persons import parse_person
from onrecord.names.spelling import compare_spelling, skeleton


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names()


@pytest.mark.parametrize(
    ("one", "two", "how"),
    [
        ("Taleban", "Taliban", "variant"),
        ("Qaeda", "Qa'ida", "variant"),
        ("Mohammed", "Muhammad", "variant"),
        ("Gaddafi", "Qadhafi", "variant"),
        ("Gaddafi", "Khadafy", "variant"),
        ("Zelensky", "Zelenskyy", "variant"),
        ("Zelensky", "Zelenskiy", "variant"),
        ("Osama", "Usama", "variant"),
        ("Hussein", "Husayn", "variant"),
        ("Jorgensen", "Jörgensen", "equal"),
        ("Joergensen", "Jørgensen", "variant"),
        ("Yeltsin", "Eltsin", "variant"),
        ("Chavez", "Chaves", "variant"),
        ("Hassan", "Hussein", "different"),
        ("Jamal", "Jamil", "different"),
        ("Hamid", "Hamad", "different"),
        ("Saad", "Asaad", "different"),
        ("Petrov", "Petrova", "different"),
        ("Mario", "Maria", "different"),
        ("Iran", "Iraq", "different"),
        ("Austria", "Australia", "different"),
        ("Belimov", "Belinov", "slip"),
        ("Tolmeran", "Tolmeram", "slip"),
    ],
)
def test_words_are_spellings_or_not(one: str, two: str, how: str) -> None:
    assert compare_spelling(one, two) == compare_spelling(two, one) == how
    if how in ("equal", "variant"):
        assert skeleton(one.lower()) == skeleton(two.lower()) or not two.isascii()


@pytest.mark.parametrize(
    ("words", "parsed"),
    [
        ("Abu Bakr] al‑Tolmi", ("abubakr", "tolmi")),
        ("LAVROV, Sergei", ("sergei", "lavrov")),
        ("Varsenia's Special Envoy for Tolm and Belim, Zamir Kabulov", ("zamir", "kabulov")),
        ("US Secretary of State John Kerry", ("john", "kerry")),
        ("Foreign Minister Lavrov", ("lavrov",)),
        ("Lt. Gen. John Hask", ("john", "hask")),
        ("Hojatoleslam Hassan Rell", ("hassan", "rell")),
        ("Abd al-Rahman al-Rell", ("abdulrahman", "rell")),
        ("Abdurrahman Rell", ("abdulrahman", "rell")),
        ("Abdelaziz Rell", ("abdulaziz", "rell")),
        ("Salah al-Din Rell", ("salahuddin", "rell")),
        ("R.K. Hask", ("r", "k", "hask")),
        ("Stephen King", ("stephen", "king")),
        ("Jan van der Rell", ("jan", "rell")),
        ("Ben Hask", ("ben", "hask")),
        ("Mullah Rell", ("rell",)),
        ("Sayyid Rell", ("sayyid", "rell")),
        ("President", ("president",)),
    ],
)
def test_a_persons_name_is_taken_apart(words: str, parsed: tuple[str, ...]) -> None:
    assert parse_person(words).words == parsed


def test_what_stands_beside_a_name_is_kept() -> None:
    found = parse_person('Charles J. "Chuck" Hask, Jr.')
    assert found.words == ("charles", "j", "hask")
    assert (found.suffix, found.nicknames) == ("jr", ("chuck",))
    assert parse_person("Dr Odo Hask").titles == ("dr",)


SAME_PERSONS = [
    ("Sergei Lavrov", "Sergey Viktorovich Lavrov"),
    ("LAVROV, Sergei", "Sergei Lavrov"),
    ("Emomali Rahmon", "Emomalii Rahmonov"),
    ("Xi Jinping", "Jinping Xi"),
    ("Viktor Orbán", "Orban Viktor"),
    ("George W. Bush", "George Bush"),
    ("Bill Clinton", "William Jefferson Clinton"),
    ("Muammar Gaddafi", "Moammar Khadafy"),
    ("Volodymyr Zelensky", "President Volodymyr Zelenskyy"),
    ("Ambrose Tolmihari", "Ambrose Tolminhari"),
    ("Li Jinzhu", "Li Jin Zhu"),
    ("Odo Hask, Jr.", "Odo Hask"),
]
APART_PERSONS = [
    ("George W. Bush", "George H. W. Bush"),
    ("Odo Hask, Jr.", "Odo Hask, Sr."),
    ("Hillary Clinton", "Bill Clinton"),
    ("Kim Jong Il", "Kim Jong Un"),
    ("Mohammed bin Salman", "Salman bin Mohammed"),
    ("Ali Hassan", "Hassan Ali"),
    ("Ivan Petrov", "Ivana Petrova"),
    ("John Johnson", "John Johnston"),
    ("Lavrov", "Sergei Lavrov"),
    ("S. Lavrov", "Sergei Lavrov"),
    ("Mr Hask", "Hask"),
    ("Ahmed Ali", "Ahmed Ali Saleh"),
    ("Sergei Ivanovich Rell", "Sergei Petrovich Rell"),
]


@pytest.mark.parametrize(("one", "two"), SAME_PERSONS)
def test_one_persons_names(names: Names, one: str, two: str) -> None:
    for a, b in ((one, two), (two, one)):
        found = compare_names(a, b, "person", names)
        assert found.verdict == "same", found
        assert a in found.reason or b in found.reason


@pytest.mark.parametrize(("one", "two"), APART_PERSONS)
def test_names_of_two_persons_or_perhaps(names: Names, one: str, two: str) -> None:
    assert compare_names(one, two, "person", names).verdict != "same"
    assert compare_names(two, one, "person", names).verdict != "same"


def test_a_reason_names_the_spelling(names: Names) -> None:
    found = compare_names("Baloch Printers Guild", "Baluch Printers Guild", "armed group", names)
    assert found.reason.endswith("'baloch' is a spelling of 'baluch'")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Taleban", "Taliban"),
        ("the Taliban movement", "Taliban"),
        ("Daesh", "IS"),
        ("IMU", "Islamic Movement of Uzbekistan"),
        ("Ministry of Foreign Affairs of Russia", "Russian Foreign Ministry"),
        ("Foreign Ministry of Russia", "Russian Foreign Ministry"),
        ("Interior Ministry of Ukraine", "Ukrainian Ministry of Internal Affairs"),
        ("Tolmeran Dam Company Ltd", "Tolmeran Dam Company"),
        ("Rell Movement", "Rell"),
        ("TNDO", "Tolmeran National Defence Organisation"),
        ("Tolmeran Programme for Labor", "Tolmeran Program for Labour"),
        ("Front for Belim (FBEL)", "FBEL"),
        ("Tolm News", "TolmNews"),
    ],
)
def test_one_bodys_names(names: Names, one: str, two: str) -> None:
    assert compare_names(one, two, "organisation", names).verdict == "same"
    assert compare_names(two, one, "organisation", names).verdict == "same"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Taliban", "Pakistani Taliban"),
        ("Taliban", "anti-Taliban"),
        ("Taliban", "anti-Taliban movement"),
        ("Islamic State", "al-Qaeda"),
        ("Tolmeran Army", "Real Tolmeran Army"),
        ("Tolmeran Army", "New Tolmeran Army"),
        ("Tolm Liberation Front", "Belim Liberation Front"),
        ("Bank of Sudan", "Bank of South Sudan"),
        ("Youth of Tolm", "Tolm"),
        ("TDO", "Tolmeran Defence Organisation"),
        ("Ministry of Defence", "Afghan Ministry of Defence"),
        ("People's Progressive Party", "Progressive People's Party"),
        ("Islamic Group", "Islamic Movement"),
    ],
)
def test_two_bodies_stay_two(names: Names, one: str, two: str) -> None:
    assert compare_names(one, two, "armed group", names).verdict != "same"
    assert compare_names(two, one, "armed group", names).verdict != "same"


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("Sudan", "South Sudan", "different"),
        ("Democratic Republic of the Congo", "Republic of the Congo", "different"),
        ("North Korea", "South Korea", "different"),
        ("Burma", "Myanmar", "same"),
        ("Moscow", "Russia", "unsure"),
        ("Niger", "Nigeria", "different"),
    ],
)
def test_states(names: Names, one: str, two: str, verdict: str) -> None:
    assert compare_names(one, two, "state", names).verdict == verdict


def test_keys_are_strong_for_full_names_only(names: Names) -> None:
    full = blocking_keys("Sergei Viktorovich Lavrov", "person", names)
    assert [key.strong for key in full].count(True) == 1
    assert not any(key.strong for key in blocking_keys("Lavrov", "person", names))
    assert not any(key.strong for key in blocking_keys("TNDO", "organisation", names))
    shared = {key.text for key in full} & {key.text for key in blocking_keys("Lavrov", "person", names)}
    assert len(shared) == 1


def test_variants_share_a_strong_key(names: Names) -> None:
    for one, two in (("Sergei Lavrov", "LAVROV, Sergey"), ("Muammar Gaddafi", "Moammar Qadhafi")):
        ones = {key.text for key in blocking_keys(one, "person", names) if key.strong}
        assert ones & {key.text for key in blocking_keys(two, "person", names) if key.strong}
