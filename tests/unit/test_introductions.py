"""Names that a document's own words say are one actor's, and those that stay two."""

from __future__ import annotations

import pytest

from onrecord.names import load_names
from onrecord.reading.mentions import Actor, find_actors
from onrecord.records import EntitySpan
from tests.unit.parsed import parse

NAMES = load_names()


def read(text: str, *entities: tuple[str, str]) -> dict[str, list[Actor]]:
    """The actors of a text of words and blanks, by each name; a name's places are found one after the other."""
    words = text.split()
    found, after = [], dict.fromkeys({name for name, _ in entities}, 0)
    for name, label in entities:
        parts = name.split()
        here = next(i for i in range(after[name], len(words)) if words[i : i + len(parts)] == parts)
        after[name] = here + 1
        found.append(EntitySpan(here, here + len(parts), label, 0.9))
    cells = " ".join(f"{word}|PROPN|{word}|0|root" for word in words)
    tokens = parse(cells, entities=tuple(sorted(found, key=lambda each: each.start)))
    actors: dict[str, list[Actor]] = {}
    for actor in find_actors(tokens, NAMES):
        for place in actor.names:
            actors.setdefault(tokens.exact(place), []).append(actor)
    return actors


def reasons(actors: dict[str, list[Actor]], name: str) -> str:
    return " / ".join(actors[name][0].reasons.values())


FRONT = ("Tolmeran Dawn Front", "organisation")


@pytest.mark.parametrize(
    ("text", "names", "reason"),
    [
        ("the Tolmeran Dawn Front ( TDF ) left", (FRONT, ("TDF", "organisation")), "introduced as"),
        ("the TDF ( Tolmeran Dawn Front ) left", (FRONT, ("TDF", "organisation")), "introduced as"),
        ("Dawn Front ( Rell Band ) left", (("Dawn Front", "organisation"), ("Rell Band", "organisation")), "introduced"),
        ("the Dawn Front , also known as the Rell Band , left",
         (("Dawn Front", "organisation"), ("Rell Band", "organisation")), "also known as"),
        ("Dawn Front , formerly Rell Band , left",
         (("Dawn Front", "organisation"), ("Rell Band", "organisation")), "formerly"),
        ("the Tolmeran Dawn Front , or TDF , left", (FRONT, ("TDF", "organisation")), "or TDF"),
        ("the Tolmeran Dawn Quorum left and TDQ came",
         (("Tolmeran Dawn Quorum", "organisation"), ("TDQ", "organisation")), "initials"),
        ("Baluch Dawn Front left and Baloch Dawn Front came",
         (("Baluch Dawn Front", "organisation"), ("Baloch Dawn Front", "organisation")), "spelling"),
        ("Daesh left and Dash came", (("Daesh", "organisation"), ("Dash", "organisation")), "slip"),
        ("Hask Rell , also known as Abu Tolm , left", (("Hask Rell", "person"), ("Abu Tolm", "person")), "known as"),
    ],
)  # fmt: skip
def test_names_are_joined_with_a_reason(text: str, names: tuple[tuple[str, str], ...], reason: str) -> None:
    actors = read(text, *names)
    one, two = (actors[name][0] for name, _ in names)
    assert one is two
    assert reason in reasons(actors, names[0][0])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Dawn Front ( Rell ) left", (("Dawn Front", "organisation"), ("Rell", "place"))),
        ("Odo Hask ( Dawn Front ) left", (("Odo Hask", "person"), ("Dawn Front", "organisation"))),
        ("the Taliban ( al-Qaeda ) left", (("Taliban", "organisation"), ("al-Qaeda", "organisation"))),
        ("the Dawn Front or Rell Band left", (("Dawn Front", "organisation"), ("Rell Band", "organisation"))),
        (
            "Tolm Front and Belim Front left",
            (("Tolm Front", "organisation"), ("Belim Front", "organisation")),
        ),
        (
            "Dawn Front ( see Rell Band ) left",
            (("Dawn Front", "organisation"), ("Rell Band", "organisation")),
        ),
        ("Odo Hask and Ana Hask left", (("Odo Hask", "person"), ("Ana Hask", "person"))),
        ("Taliban and Talban Dam left", (("Taliban", "organisation"), ("Talban Dam", "organisation"))),
    ],
)
def test_names_stay_apart(text: str, names: tuple[tuple[str, str], ...]) -> None:
    actors = read(text, *names)
    one, two = (actors[name][0] for name, _ in names)
    assert one is not two


def test_two_that_an_acronym_fits_keep_it_alone() -> None:
    three = [(name, "organisation") for name in ("Tolmeran Dawn Quorum", "Tolmeran Dam Quota", "TDQ")]
    actors = read("Tolmeran Dawn Quorum , Tolmeran Dam Quota and TDQ left", *three)
    assert len({id(actor) for found in actors.values() for actor in found}) == 3


@pytest.mark.parametrize(
    ("full", "other", "joined"),
    [
        ("Sergei Varga", "Sergey Varga", True),
        ("Volodymyr Zelensky", "Zelenskyy", True),
        ("Odo Hask", "Mr Hask", True),
        ("Odo Hask", "O. Hask", True),
        ("Odo Hask", "A. Hask", False),
        ("Odo Hask", "Ana Hask", False),
        ("Ivo Kabulov", "Zabulov", True),
        ("Ivo Kabulov", "Kabullov", True),
        ("Ivo Petrov", "Petrova", False),
    ],
)
def test_forms_of_a_persons_name(full: str, other: str, joined: bool) -> None:
    actors = read(f"{full} and {other} left", (full, "person"), (other, "person"))
    assert (actors[full][0] is actors[other][0]) is joined
    assert not joined or actors[full][0].reasons


def test_a_surname_as_a_place_is_its_bearer() -> None:
    actors = read(
        "Ivo Vargasov met them , then Vargasov left", ("Ivo Vargasov", "person"), ("Vargasov", "place")
    )
    assert actors["Vargasov"][0] is actors["Ivo Vargasov"][0]
