"""tables -> words with the `Name` that they may name, likeliest tables first.

A thing has one row in one table. Further words for it stand in `variants.tsv` (by hand) and
`phoenix_variants.tsv` (compiled); tables that came after the network was trained are marked so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from onrecord.names.folding import fold
from onrecord.names.lookup import Name
from onrecord.names.rows import read_table, split_cell

Thing = tuple[dict[str, Any], tuple[str, ...], bool]
"""Fields of a `Name` without its aliases, the other names of its own row, and whether the row was trained."""
Variants = dict[str, tuple[str, ...]]
"""Usual name -> further words."""
OWN_PEOPLES = frozenset(
    ("English", "Scottish", "Welsh", "Northern Irish", "Greek Cypriot", "Turkish Cypriot", "Bosniak")
)
"""Words among a state's demonyms that name one people of several in it."""


class Entry(NamedTuple):
    """Words that may name a thing."""

    words: str
    name: Name
    trained: bool
    """Whether the words are an input of the network (see `Names.class_words`)."""


def read_entries() -> Iterator[Entry]:
    """All entries of the tables but towns and divisions: their order is that of a look-up's answers."""
    old = {row[0]: split_cell(row[1]) for row in read_table("phoenix_variants")}
    new = {row[0]: split_cell(row[1]) for row in read_table("variants")}
    for fields, others, trained in _read_things(new):
        usual = fields["name"]
        aliases = dict.fromkeys((*others, *old.get(usual, ()), *new.get(usual, ())))
        aliases.pop(usual, None)
        name = Name(**fields, aliases=tuple(aliases))
        for words in (usual, *others):
            yield Entry(words, name, trained)
        for words in old.get(usual, ()):
            yield Entry(words, name, True)
        for words in new.get(usual, ()):
            yield Entry(words, name, False)


def _read_things(variants: Variants) -> Iterator[Thing]:
    yield from _read_seats()
    yield from _read_states(variants)
    yield from _read_actors("bodies", trained=True)
    yield from _read_actors("armed_groups", trained=True)
    yield from _read_outlets("outlets", trained=True)
    yield from _read_actors("actors", trained=False)
    yield from _read_outlets("press", trained=False)
    for table, kind in (("phoenix_groups", "armed group"), ("phoenix_bodies", "organisation")):
        for name, others in read_table(table):
            yield {"name": name, "kind": kind, "source": table}, split_cell(others), True


def _read_seats() -> Iterator[Thing]:
    for name, kind, power, others, lies_in in read_table("seats", 5):
        state, stands_for = lies_in or power or None, power or None
        fields = {"name": name, "kind": kind, "state": state, "metonym_of": stands_for, "source": "seats"}
        yield fields, split_cell(others), True


def _read_states(variants: Variants) -> Iterator[Thing]:
    rows = list(read_table("states", 6))
    for name, kind, _, others, _, _ in rows:
        state = name if kind == "state" else None
        yield {"name": name, "kind": kind, "state": state, "source": "states"}, split_cell(others), True
    for name, _, _, _, demonyms, _ in rows:
        own = [[word] for word in split_cell(demonyms) if word in OWN_PEOPLES]
        whole = [word for word in split_cell(demonyms) if word not in OWN_PEOPLES]
        for people, *more in ([whole] if whole else []) + own:
            of_state = {"state": name, "demonym_of": name, "source": "states"}
            yield {"name": people, "kind": "people", **of_state}, tuple(more), True
    for name, kind, _, _, _, seats in rows:
        power = name if kind == "state" else None
        for seat, spellings in _join_spellings(split_cell(seats), variants):
            of_power = {"state": name, "metonym_of": power, "source": "states"}
            yield {"name": seat, "kind": "place", **of_power}, spellings, True


def _join_spellings(seats: tuple[str, ...], variants: Variants) -> list[tuple[str, tuple[str, ...]]]:
    """Each seat of a power with its other spellings among them ("Kyiv", "Kiev"; "Bogotá", "Bogota")."""
    found: dict[str, list[str]] = {}
    usual = {word: seat for seat in seats for word in variants.get(seat, ())}
    for seat in seats:
        main = next((each for each in found if fold(each) == fold(seat)), usual.get(seat, seat))
        found.setdefault(main, []).append(seat)
    return [(main, tuple(seat for seat in each if seat != main)) for main, each in found.items()]


def _read_actors(table: str, *, trained: bool) -> Iterator[Thing]:
    """Bodies, whose seat is not their state, and groups and others with their state."""
    for name, kind, place, others, _ in read_table(table, 5):
        state = place or None if table != "bodies" else None
        yield {"name": name, "kind": kind, "state": state, "source": table}, split_cell(others), trained


def _read_outlets(table: str, *, trained: bool) -> Iterator[Thing]:
    for name, agency, state, domains, others in read_table(table, 5):
        fields = {"name": name, "kind": "outlet", "state": state or None, "agency": agency == "yes"}
        yield {**fields, "domains": split_cell(domains), "source": table}, split_cell(others), trained
