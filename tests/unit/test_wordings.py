"""Wordings compared, weighed and joined, on words of our own."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.wordings import (
    NEVER,
    Weights,
    Wording,
    compare_wordings,
    join_groups,
    load_nouns,
    load_weights,
    make_links,
    name_pair,
    relate_names,
)

MAN = Wording(
    form="noun", head="man", words="young man", lemmas=frozenset({"young"}), article="the", many=False
)
SUSPECT = Wording(form="noun", head="suspect", words="suspect", article="the", many=False, gender="m")
DORN = Wording(form="name", head="Dorn", words="ilse dorn", name=("ilse", "dorn"), label="person", gender="f")


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("ilse dorn", "ilse dorn", "same"),
        ("ilse dorn", "dorn", "last"),
        ("sarn council", "sarn", "first"),
        ("north sarn council", "sarn", "part"),
        ("free sarn voice", "fsv", "acronym"),
        ("ilse dorn", "hans dorn", "surname"),
        ("sarn council", "council office", "shared"),
        ("krestovsky", "krestovskij", "near"),
        ("ilse dorn", "sarn council", "apart"),
    ],
)
def test_names_are_related_either_way(one: str, other: str, how: str) -> None:
    ours, theirs = tuple(one.split()), tuple(other.split())
    assert relate_names(ours, theirs) == relate_names(theirs, ours) == how


def test_the_order_of_two_wordings_does_not_matter() -> None:
    for one, other in ((MAN, SUSPECT), (MAN, DORN), (DORN, SUSPECT)):
        assert compare_wordings(one, other) == compare_wordings(other, one)


def test_clues_say_what_is_shared_and_what_is_not() -> None:
    clues = compare_wordings(MAN, SUSPECT)
    assert {"pair nn", "number same nn", "head other nn", "class wider d nn"} <= clues.keys()
    assert "gender other Nn" in compare_wordings(SUSPECT, DORN)
    he = Wording(form="he", head="he", words="he", many=False, gender="m")
    assert name_pair(he, DORN) == "NP"
    assert not any(clue.startswith(("head", "words", "name")) for clue in compare_wordings(he, DORN))


def test_times_are_compared_part_by_part() -> None:
    friday = Wording(form="time", head="Friday", words="friday", time=frozenset({("weekday", "friday")}))
    night = Wording(
        form="time", head="night", words="friday night",
        time=frozenset({("weekday", "friday"), ("daytime", "night")}),
    )  # fmt: skip
    monday = Wording(form="time", head="Monday", words="monday", time=frozenset({("weekday", "monday")}))
    assert "time weekday same" in compare_wordings(friday, night)
    assert "time weekday other" in compare_wordings(friday, monday)


def test_weights_add_up_and_explain_themselves() -> None:
    weights = Weights(-1.0, {"a": 2.0, "b": -3.0, "c": 0.5})
    assert weights.score({"a": 1.0, "b": 0.5, "unknown": 9.0}) == pytest.approx(-0.5)
    named = Weights(
        0.0, {"name same": 2.0, "share": 0.4, "link": 0.4, "pair NN": 9.0, "gender other NN": -3.0}
    )
    seen = dict.fromkeys(named.clues, 1.0)
    assert named.explain(seen) == "the same name, coreference, as the language layer reads it"
    assert named.explain({"pair NN": 1.0}) == "small signs together"


def test_shipped_tables_are_whole() -> None:
    local, story, theme = (load_weights(name) for name in ("local", "story", "theme"))
    assert story.clues == theme.clues
    assert story.least < theme.least, "documents that tell no story need more to tie"
    assert local.clues["name apart"] < 0
    assert {"person"} == load_nouns()["suspect"]


def test_groups_join_best_first_and_never_over_a_bar() -> None:
    scores = np.full((4, 4), -1.0)
    for one, other, score in ((0, 1, 3.0), (1, 2, 2.5), (0, 2, 2.0), (2, 3, 2.9)):
        scores[one, other] = scores[other, one] = score
    assert join_groups(scores, 0.0) == [[0, 1], [2, 3]] or join_groups(scores, 0.0) == [[0, 1, 2, 3]]
    scores[0, 2] = scores[2, 0] = NEVER
    assert join_groups(scores, 0.0) == [[0, 1], [2, 3]]
    assert join_groups(np.zeros((0, 0)), 0.0) == []
    assert join_groups(scores, 9.0) == [[0], [1], [2], [3]]


def test_links_are_shares_over_antecedents_and_none() -> None:
    links = make_links((3, 8), np.array([[9.0, 9.0], [0.0, 9.0]], np.float32))
    assert links.scores.tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert links.shares[1].tolist() == [0.5, 0.0]
    assert links.shares[0].tolist() == [0.0, 0.0]
