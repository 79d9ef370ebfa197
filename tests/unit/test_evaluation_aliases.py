"""rows of name lists -> pairs; verdicts on pairs -> figures. All names are made up."""

from __future__ import annotations

import pytest

from onrecord.evaluation.alias_lists import Entry, read_entries, title_case
from onrecord.evaluation.alias_pairs import AliasPair, build_pairs, measure_overlap
from onrecord.evaluation.aliases import judge_pairs, score_pairs
from onrecord.names import Likeness, load_names
from onrecord.names.likeness import say_different, say_same, say_unsure

NAMES = load_names()
SAME, UNSURE, DIFFERENT = say_same("a"), say_unsure("b"), say_different("c")


@pytest.mark.parametrize(
    ("words", "kind", "cased"),
    [
        ("ODO VAN HASK-RELL", "person", "Odo Van Hask-Rell"),
        ("FRONT FOR THE DAM", "armed group", "Front for the Dam"),
        ("TDF", "organisation", "TDF"),
        ("ODO", "person", "Odo"),
    ],
)
def test_names_in_capitals_are_cased_as_news_print_them(words: str, kind: str, cased: str) -> None:
    assert title_case(words, kind) == cased  # type: ignore[arg-type]


def test_lists_become_entries() -> None:
    office = ["TLMGOV 030101-040101"]
    lists = {
        "phoenix_country_actors": [
            {"name": "ODO HASK", "aliases": ["ODO B. HASK", "ODO HASK"], "codes": office},
            {"name": "TOLMERANIA", "aliases": ["TOLMERANIAN"], "codes": ["TLM"]},
        ],
        "phoenix_armed_groups": [
            {"name": "DAWN FRONT OF TOLM (DFOT)", "aliases": ["DAWN FRONT"], "codes": ["TLMREB"]}
        ],
        "us_legislators": [
            {"wikipedia": "Bill Rell (politician)", "first": "William", "last": "Rell", "wikidata": "Q0",
             "nickname": "Bill", "official_full": "William Rell"}
        ],
        "factbook": [
            {"code": "tl", "parties": "Dam Party of Tolm or DPOT Rell Union or RU",
             "terror": ["Red Dam of Tolm (RDT); Other"]}
        ],
    }  # fmt: skip
    found = {entry.names[0]: entry for entry in read_entries(lists)}
    assert found["Odo Hask"].names == ("Odo Hask", "Odo B. Hask")
    assert "Tolmerania" not in found
    assert found["Dawn Front of Tolm"].names == ("Dawn Front of Tolm", "DFOT", "Dawn Front")
    assert found["Bill Rell"].names == ("Bill Rell", "William Rell", "Rell, William")
    assert found["Dam Party of Tolm"].names == ("Dam Party of Tolm", "DPOT")
    assert found["Red Dam of Tolm"].kind == "armed group"


def _entry(number: int, *names: str, state: str = "TLM") -> Entry:
    return Entry(f"e{number}", "person", state, names)


def _sides(pairs: list[AliasPair], same: bool) -> set[frozenset[str]]:
    return {frozenset(pair[1:3]) for pair in pairs if pair.same is same}


def test_aliases_that_are_another_name_or_anothers_make_no_pair() -> None:
    entries = [
        _entry(1, "Odo Haskerov", "Odo Haskerow", "President Haskerov", "Ivo Quilling"),
        _entry(2, "Ana Vintarell", "Ana B. Vintarell", "Shared Namesson"),
        _entry(3, "Uma Dorrelin", "Shared Namesson"),
        _entry(4, "Ivo Jan Tarnel", "Ivo Tarnel"),
        _entry(5, "Ivo Petko Tarnel"),
    ]
    assert _sides(build_pairs(entries, NAMES), True) == {
        frozenset({"Odo Haskerov", "Odo Haskerow"}),
        frozenset({"Ana Vintarell", "Ana B. Vintarell"}),
    }


def test_neighbours_that_may_be_one_make_no_pair() -> None:
    ids = _same_part_ids()

    def made(name: str, number: int, state: str = "TLM") -> Entry:
        return Entry(ids[number], "person", state, (name,))

    def neighbours(one: Entry, two: Entry) -> bool:
        return bool(_sides(build_pairs([one, two], NAMES), False))

    assert neighbours(made("Odo Haskerov", 0), made("Uma Haskerov", 1))
    assert not neighbours(made("Odo Haskerov", 0), made("Odo Hasskerov", 1, "BLM"))
    assert not neighbours(made("Odo Haskerov", 0), made("Otto Haskerov", 1))
    assert not neighbours(made("Odo Haskerov", 0), made("Haskerov Odo", 1, "BLM"))
    assert not neighbours(made("Odo Haskerov", 0), made("Ana Vintarell", 1))


def _same_part_ids() -> tuple[str, str]:
    """Two identities that are drawn into one part."""
    for number in range(100):
        one, two = f"x{number}", f"y{number}"
        entries = [Entry(one, "person", "A", ("Odo Haskerov",)), Entry(two, "person", "B", ("Uma Haskerov",))]
        if build_pairs(entries, NAMES):
            return one, two
    raise AssertionError


def test_figures_count_same_as_said() -> None:
    pairs = [AliasPair("person", "a", "b", same, "dev") for same in (True, True, True, False, False)]
    found: list[Likeness] = [SAME, SAME, UNSURE, SAME, DIFFERENT]
    figures = score_pairs(pairs, found, data="names/dev")
    assert figures.value("precision") == pytest.approx(2 / 3)
    assert figures.value("recall") == pytest.approx(2 / 3)
    assert figures.value("recall, person") == figures.value("recall")
    assert figures.value("called different") == 0.5


def test_pairs_are_judged_in_order() -> None:
    pairs = [
        AliasPair("person", "Odo Hask", "Odo B. Hask", True, "dev"),
        AliasPair("person", "Odo Hask", "Ana Hask", False, "dev"),
    ]
    assert [each.verdict for each in judge_pairs(pairs, NAMES)] == ["same", "different"]


def test_overlap_is_of_letter_pairs() -> None:
    assert measure_overlap("Odo Hask", "Hask Odo") == 1.0
    assert measure_overlap("Odo", "Ana") == 0.0
