"""Given mentions of one document: how they are worded, and which are one."""

from __future__ import annotations

import pytest

from onrecord.reading import load_tables
from onrecord.reading.grouping import Grouper
from onrecord.reading.tokens import Tokens
from onrecord.reading.wording import Worder, find_head
from onrecord.records import EntitySpan, TokenRange
from onrecord.wordings import NEVER, Wording, load_weights
from tests.unit.parsed import parse

TABLES = load_tables()


def worder(tokens: Tokens) -> Worder:
    return Worder(tokens, TABLES.names, TABLES.role_words)


def worded(tokens: Tokens, span: TokenRange) -> Wording:
    return worder(tokens).word(span)[1]


DORN = parse(
    "Mayor|PROPN|mayor|2|compound Ilse|PROPN|Ilse|6|nsubj Dorn|PROPN|Dorn|2|flat ,|PUNCT|,|2|punct"
    " 52|NUM|52|2|appos sold|VERB|sell|0|root her|PRON|her|8|nmod:poss two|NUM|two|9|nummod"
    " boats|NOUN|boat|6|obj and|CCONJ|and|11|cc nets|NOUN|net|9|conj on|ADP|on|13|case Friday|PROPN|Friday|6|obl"
    " night|NOUN|night|13|flat .|PUNCT|.|6|punct",
    "She|PRON|she|2|nsubj left|VERB|leave|0|root .|PUNCT|.|2|punct",
    entities=(EntitySpan(1, 3, "person", 0.9),),
)


def test_a_name_is_read_without_its_title() -> None:
    found = worded(DORN, (0, 3))
    assert (found.form, found.name, found.label) == ("name", ("ilse", "dorn"), "person")
    assert "mayor" in found.lemmas


def test_a_list_is_several_things_with_a_number() -> None:
    found = worded(DORN, (7, 11))
    assert (found.form, found.head, found.listed, found.many) == ("noun", "boat", True, True)
    assert found.numbers == {"2"}


def test_a_time_is_read_in_parts() -> None:
    found = worded(DORN, (11, 14))
    assert (found.form, dict(found.time)) == ("time", {"weekday": "friday", "daytime": "night"})


def test_capitals_are_no_pronoun() -> None:
    tokens = parse("They|PRON|they|2|nsubj left|VERB|leave|0|root US|PRON|us|2|obj .|PUNCT|.|2|punct")
    assert (worded(tokens, (0, 1)).form, worded(tokens, (2, 3)).form) == ("they", "name")


@pytest.mark.parametrize(("span", "head"), [((0, 2), 1), ((0, 3), 2), ((2, 3), 2)])
def test_the_head_of_a_cut_phrase_is_its_last_noun(span: TokenRange, head: int) -> None:
    tokens = parse(
        "its|PRON|its|3|nmod:poss Lisk|PROPN|Lisk|3|compound boats|NOUN|boat|4|nsubj sank|VERB|sink|0|root"
    )
    assert find_head(tokens, span) == head


def test_an_owner_is_told_from_what_it_owns() -> None:
    tokens = parse(
        "Lisk|PROPN|Lisk|3|nmod:poss 's|PART|'s|1|case office|NOUN|office|4|nsubj closed|VERB|close|0|root"
    )
    assert worded(tokens, (0, 3)).owners == {"lisk"}


def test_she_is_the_mayor_and_never_he() -> None:
    tokens = DORN
    grouper = Grouper(tokens, worder(tokens), [(0, 3), (6, 7), (15, 16)])
    groups = grouper.group(load_weights("local"))
    assert [group.members for group in groups] == [(0, 1, 2)]
    assert groups[0].reason is not None
    assert "taken for" in groups[0].reason
    other = parse("He|PRON|he|2|nsubj saw|VERB|see|0|root her|PRON|she|2|obj .|PUNCT|.|2|punct")
    scores = Grouper(other, worder(other), [(0, 1), (2, 3)]).score(load_weights("local"))
    assert scores[0, 1] == NEVER


def test_a_part_of_a_list_is_not_the_list() -> None:
    grouper = Grouper(DORN, worder(DORN), [(7, 11), (7, 9)])
    assert grouper.is_barred(0, 1)
