"""tables -> `Names`, the look-up that reading and intake use.

`load_names` reads the tables once a process; the result is never changed, so all rooms share it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal, cast

from onrecord.names.folding import fold, is_acronym
from onrecord.vocabulary import Kind

Gender = Literal["m", "f"]
Row = tuple[str, ...]


WORD_CLASSES = {"person": 1, "place": 2, "part of a place": 4, "people": 8, "body": 16}
"""Bits of `Names.class_words`."""
_CLASS_OF_KIND = {"state": "place", "place": "place", "people": "people"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One thing that words may name."""

    name: str
    """The usual English name."""
    kind: Kind
    state: str | None = None
    """The state it is, lies in or belongs to."""
    aliases: tuple[str, ...] = ()
    metonym_of: str | None = None
    """The state or body that this place or building stands for when it speaks ("Moscow", "the Kremlin")."""
    demonym_of: str | None = None
    """The state whose people or adjective this is ("Russian", "Afghans")."""
    agency: bool = False
    """A news agency; outlets only."""
    domains: tuple[str, ...] = ()
    """Web domains without "www."; outlets only."""
    source: str = ""
    """The table the row stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All names, by folded words. Made by `load_names`."""

    _by_words: dict[str, tuple[Name, ...]] = field(repr=False)
    _by_acronym: dict[str, tuple[Name, ...]] = field(repr=False)
    _by_domain: dict[str, Name] = field(repr=False)
    _cities: dict[str, list[tuple[str, str]]] = field(repr=False)
    """Folded city -> (city, state), made a `Name` when asked for: there are 34,000."""
    _given: dict[str, Gender] = field(repr=False)
    _titles: dict[str, Gender] = field(repr=False)

    def find(self, words: str) -> tuple[Name, ...]:
        """What the words may name, likeliest first; empty when nothing is known.

        Case, diacritics and hyphens do not matter, except that acronyms match capitals only ("US", never
        "us"). A closing 's is passed over.
        """
        key = fold(words)
        found = self._by_words.get(key, ())
        if is_acronym(words):
            acronyms = self._by_acronym.get(key, ())
            found = (*acronyms, *(name for name in found if name not in acronyms))
        cities = (
            Name(name=city, kind="place", state=state, source="cities")
            for city, state in self._cities.get(key, ())
        )
        return (*found, *cities)

    def find_first(self, words: str) -> Name | None:
        """The first of what `find` gives, or None."""
        key = fold(words)
        found = self._by_acronym.get(key)
        if found is None or not is_acronym(words):
            found = self._by_words.get(key)
        if found is not None:
            return found[0]
        return self.find(words)[0] if key in self._cities else None

    def kind_of(self, words: str) -> Kind | None:
        """The kind of the likeliest name, or None."""
        found = self.find_first(words)
        return found.kind if found is not None else None

    def state_of(self, words: str) -> str | None:
        """The state that the words name, stand for or are the demonym of, or None."""
        for name in self.find(words):
            state = name.metonym_of or name.demonym_of or (name.name if name.kind == "state" else None)
            if state:
                return state
        return None

    def class_words(self) -> dict[str, int]:
        """Folded single words -> what they may be part of, a sum of WORD_CLASSES; made anew at each call.

        A hint for the language layer, word by word: "new" may open a city's name and be an adjective.
        """
        classes = dict.fromkeys(self._given, WORD_CLASSES["person"])
        for row in _read_table("name_words"):
            for word in _split(row[1]):
                key = fold(word)
                classes[key] = classes.get(key, 0) | WORD_CLASSES["person"]
        for key in self._cities:
            _add_words(classes, key, "place")
        for table in (self._by_words, self._by_acronym):
            for key, names in table.items():
                _add_words(classes, key, _CLASS_OF_KIND.get(names[0].kind, "body"))
        return classes

    def outlet_of_domain(self, domain: str) -> Name | None:
        """The outlet that publishes at the domain or at a domain above it ("edition.cnn.com" -> CNN)."""
        parts = domain.lower().rstrip(".").split(".")
        for start in range(len(parts) - 1):
            if found := self._by_domain.get(".".join(parts[start:])):
                return found
        return None

    def agencies(self) -> tuple[Name, ...]:
        """All news agencies, by name."""
        every = {name.name: name for names in self._by_words.values() for name in names if name.agency}
        every |= {name.name: name for names in self._by_acronym.values() for name in names if name.agency}
        return tuple(every[key] for key in sorted(every))

    def gender_of(self, words: str) -> Gender | None:
        """What a title word or given name says ("Mrs Adeyemi", "Boris Volkov"), or None when unsure.

        A hint for pronouns within one document; it is never stored.
        """
        parts = words.replace(",", " ").split()
        # a capitalised last word is a surname ("Billie Jean King"), not a title
        before = [part for part in parts if part is not parts[-1] or part.islower() or len(parts) == 1]
        titles = {self._titles[fold(part)] for part in before if fold(part) in self._titles}
        if titles:
            return titles.pop() if len(titles) == 1 else None
        for part in parts[:-1] or parts:
            if gender := self._given.get(fold(part)) or self._given.get(fold(part.split("-")[0])):
                return gender
        return None


def _add_words(classes: dict[str, int], key: str, kind: str) -> None:
    """Add a name's class to its words; of a name of several words only those of four letters count."""
    words = key.split()
    if kind == "place" and len(words) > 1:
        kind = "part of a place"
    for word in words:
        if len(words) == 1 or len(word) > 3:
            classes[word] = classes.get(word, 0) | WORD_CLASSES[kind]


@cache
def load_names() -> Names:
    """The look-up over all tables of the package, read once a process (half a second) and never changed."""
    by_words: dict[str, dict[Name, None]] = {}
    by_acronym: dict[str, dict[Name, None]] = {}
    by_domain: dict[str, Name] = {}
    for words, name in _read_names():
        table = by_acronym if is_acronym(words) else by_words
        table.setdefault(fold(words), {})[name] = None
        for domain in name.domains:
            by_domain[domain] = name
    return Names(
        _by_words={key: tuple(names) for key, names in by_words.items()},
        _by_acronym={key: tuple(names) for key, names in by_acronym.items()},
        _by_domain=by_domain,
        _cities=_read_cities(),
        _given={fold(row[0]): cast(Gender, row[1]) for row in _read_table("given_names")},
        _titles={fold(row[0]): cast(Gender, row[1]) for row in _read_table("titles")},
    )


def _read_table(table: str, columns: int = 2) -> Iterator[Row]:
    path = resources.files("onrecord.names") / "tables" / f"{table}.tsv"
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield (*cells, *[""] * (columns - len(cells)))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _read_names() -> Iterator[tuple[str, Name]]:
    """Words with what they may name, likeliest tables first: the order of a look-up's answers."""
    yield from _read_seats()
    yield from _read_states()
    for table in ("bodies", "armed_groups"):
        yield from _read_groups(table)
    yield from _read_outlets()
    for table, kind in (("phoenix_groups", "armed group"), ("phoenix_bodies", "organisation")):
        for row in _read_table(table, 2):
            yield from _spread(Name(name=row[0], kind=cast(Kind, kind), aliases=_split(row[1]), source=table))


def _spread(name: Name) -> Iterator[tuple[str, Name]]:
    for words in (name.name, *name.aliases):
        yield words, name


def _read_states() -> Iterator[tuple[str, Name]]:
    rows = list(_read_table("states", 6))
    for name, kind, _, others, _, _ in rows:
        state = name if kind == "state" else None
        yield from _spread(
            Name(name=name, kind=cast(Kind, kind), state=state, aliases=_split(others), source="states")
        )
    for name, _, _, _, demonyms, _ in rows:
        for demonym in _split(demonyms):
            yield demonym, Name(name=demonym, kind="people", state=name, demonym_of=name, source="states")
    for name, kind, _, _, _, seats in rows:
        for seat in _split(seats):
            power = name if kind == "state" else None
            yield seat, Name(name=seat, kind="place", state=name, metonym_of=power, source="states")


def _read_seats() -> Iterator[tuple[str, Name]]:
    for name, kind, power, others in _read_table("seats", 4):
        seat = Name(
            name=name, kind=cast(Kind, kind), state=power or None, metonym_of=power or None,
            aliases=_split(others), source="seats",
        )  # fmt: skip
        yield from _spread(seat)


def _read_groups(table: str) -> Iterator[tuple[str, Name]]:
    for name, kind, place_or_state, others in _read_table(table, 4):
        place = place_or_state or None if table == "armed_groups" else None  # a body's seat is not its state
        yield from _spread(
            Name(name=name, kind=cast(Kind, kind), state=place, aliases=_split(others), source=table)
        )


def _read_outlets() -> Iterator[tuple[str, Name]]:
    for name, agency, state, domains, others in _read_table("outlets", 5):
        outlet = Name(
            name=name, kind="outlet", state=state or None, aliases=_split(others), agency=agency == "yes",
            domains=_split(domains), source="outlets",
        )  # fmt: skip
        yield from _spread(outlet)


def _read_cities() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for state, cities in _read_table("cities", 2):
        for city in _split(cities):
            table.setdefault(fold(city), []).append((city, state))
    return table
