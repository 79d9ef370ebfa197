"""words -> `Name`s: the look-up that reading, intake and assembly use. `load_names` (loading.py) makes it.

One thing is one `Name` with one `key`, whatever table or alias it was found by; homonyms are several.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.names.folding import fold, is_acronym
from onrecord.names.hints import load_hints
from onrecord.names.history import Lineage, Links, Office, Regime, load_offices, load_regimes
from onrecord.names.rows import read_table, split_cell
from onrecord.vocabulary import Kind

Gender = Literal["m", "f"]

CHECKED = frozenset({"states", "seats", "bodies", "armed_groups", "outlets", "actors", "press", "own"})
"""Tables (`Name.source`) that are short and checked, or the user's: the others hold many homonyms."""

WORD_CLASSES = {"person": 1, "place": 2, "part of a place": 4, "people": 8, "body": 16}
"""Bits of `Names.class_words`."""
_DROPPED_ROWS = ("based", "fatah", "italian", "president")
"""Words of bodies in rows that were dropped after the network was trained with them."""
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

    @property
    def key(self) -> str:
        """A stable id of the thing: its class and folded usual name, of places and peoples with their state
        ("armed group:taliban", "state:georgia", "division:georgia, united states", "people:afghan,
        afghanistan")."""
        own_class = "division" if self.source == "divisions" else self.kind
        lies_in = self.demonym_of or (self.state if self.kind == "place" else None)
        return f"{own_class}:{fold(self.name)}" + (f", {fold(lies_in)}" if lies_in else "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Names:
    """All names, by folded words. Made by `load_names`; equal to itself only."""

    _by_words: dict[str, tuple[Name, ...]] = field(repr=False)
    _by_acronym: dict[str, tuple[Name, ...]] = field(repr=False)
    _by_domain: dict[str, Name] = field(repr=False)
    _trained: frozenset[str] = field(repr=False)
    """Folded words of the rows that the network's weights were trained with (see `class_words`)."""
    _cities: dict[str, str] = field(repr=False)
    """Folded city -> "city, state|…", made a `Name` when asked for: there are 34,000."""
    _divisions: dict[str, str] = field(repr=False)
    """Folded first-level division -> "division, state|…" ("Georgia, United States"), of all states."""
    _given: dict[str, Gender] = field(repr=False)
    _titles: dict[str, Gender] = field(repr=False)
    _links: Links = field(repr=False)

    def find(self, words: str) -> tuple[Name, ...]:
        """What the words may name, likeliest first; empty when nothing is known.

        Case, diacritics and hyphens do not matter, except that acronyms match capitals only ("US", never
        "us"). A closing 's is passed over. Of a state and a division or town so named the state is first.
        """
        key = fold(words)
        found = self._by_words.get(key, ())
        if is_acronym(words):
            acronyms = self._by_acronym.get(key, ())
            found = (*acronyms, *(name for name in found if name not in acronyms))
        if key not in self._cities and key not in self._divisions:
            return found
        places = [
            Name(name=place, kind="place", state=state, source=source)
            for source, table in (("divisions", self._divisions), ("cities", self._cities))
            for place, state in (each.rsplit(", ", 1) for each in split_cell(table.get(key, "")))
        ]
        known = {name.key for name in found}
        return (*found, *(name for name in places if name.key not in known))

    def named(self, name: str) -> Name | None:
        """The state, body, group or outlet whose usual name this is, capital or not; None for other words."""
        key = fold(name)
        every = (*self._by_words.get(key, ()), *self._by_acronym.get(key, ()))
        return next((one for one in every if fold(one.name) == key and not one.demonym_of), None)

    def of_key(self, key: str) -> Name | None:
        """The `Name` with that key; None when no table has it (towns and divisions have no entry here)."""
        words = key.partition(":")[2].partition(", ")[0]
        every = (*self._by_words.get(words, ()), *self._by_acronym.get(words, ()))
        return next((name for name in every if name.key == key), None)

    def lineage_of(self, name: Name) -> tuple[Lineage, ...]:
        """What is known of a thing's parts, forerunners and look-alikes, the user's file first: every row
        that names it on either side."""
        return self._links.of_key(name.key)

    def are_distinct(self, key: str, other: str) -> bool:
        """Whether a row says that the things with these keys must never be taken for one, or tells their
        part, successor or branch: relations that are no merges."""
        links = self._links.of_key(key)
        return key != other and any(other in (link.key, link.other_key) for link in links)

    def regime_of(self, state: str, day: str) -> Regime | None:
        """The government of the state (by its usual name) on that day (ISO 8601, or its beginning); None
        when the table has no row for it."""
        regimes = load_regimes().get(fold(state), ())
        return next((regime for regime in regimes if regime.covers(day)), None)

    def has_regimes(self, state: str) -> bool:
        """Whether the table tells governments of the state apart."""
        return fold(state) in load_regimes()

    def offices_of(self, words: str) -> tuple[Office, ...]:
        """The dated public offices of people with exactly that name, by state and day. A namesake may be
        meant: what an article says goes before it. The first call reads the table (a tenth of a second)."""
        return load_offices().of_name(words)

    def hints_of(self, name: Name) -> frozenset[str]:
        """Folded words that speak for this reading of words that name several things: of a place its
        people, seats and towns, of a group or body what it deals with; without the words that speak for
        another bearer of the same name. Empty when nothing is known."""
        rivals = [
            each for words in (name.name, *name.aliases) for each in self.find(words) if each.key != name.key
        ]
        hints = load_hints()
        others = {word for rival in rivals for word in hints.get(rival.key, ())}
        return hints.get(name.key, frozenset()) - others

    def find_folded(self, key: str) -> tuple[Name, ...]:
        """What is filed under a folded form, without acronyms and cities: for comparing many words fast."""
        return self._by_words.get(key, ())

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

        A hint for the language layer, word by word: "new" may open a city's name and be an adjective. It is
        an input of the network: rows that came after its training (actors, press, variants, divisions, a
        user's) are left out until it is trained anew.
        """
        classes = dict.fromkeys(self._given, WORD_CLASSES["person"])
        classes |= {word: classes.get(word, 0) | WORD_CLASSES["body"] for word in _DROPPED_ROWS}
        for row in read_table("name_words"):
            for word in split_cell(row[1]):
                key = fold(word)
                classes[key] = classes.get(key, 0) | WORD_CLASSES["person"]
        for key in self._cities:
            _add_words(classes, key, "place")
        for table in (self._by_words, self._by_acronym):
            for key in table.keys() & self._trained:
                names = table[key]
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
