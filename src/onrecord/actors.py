"""a ledger file -> its actors: put together when something changed, and understood from what a user types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord import __version__
from onrecord.assembly import PER_DOCUMENT, actor_key, key_of, list_local_actors, resolve_actors
from onrecord.errors import StopRun
from onrecord.keys import value_key
from onrecord.names import CHECKED, digest_tables, load_names
from onrecord.records import Actor, LocalActor
from onrecord.stores import SqliteStore
from onrecord.stores.actors import (
    find_by_name,
    find_by_words,
    read_actors_begun,
    read_actors_tied,
    read_bearers,
    read_suggestions,
)

SHORTEST_KEY = 4
"""Digits of an id that stand for the whole of it."""
_QUERY = re.compile(r"(^|\s)-|[*\"]")
"""What makes words a query of the index: a role is looked for in plain words only."""
MOST_TOLD = 8
"""Names in one line of what was understood."""


def assemble(store: SqliteStore) -> None:
    """Puts the actors of the ledger together, unless they are of its present state: at the first question
    after a change. The user's file of names that a run was given is used while it is there."""
    file = store.names_file()
    if file is not None and not file.is_file():
        file = None
    digest = value_key("assembly", {"code": __version__, "names": digest_tables(file)})
    if store.is_assembled(digest):
        return
    names = load_names(file)
    with store.read():  # one state of the ledger, while others may go on writing
        number = store.count_changes()
        assembly = resolve_actors(_iterate_locals(store), names, store.actor_decisions())
    store.put_assembly(assembly, number=number, digest=digest, names_file=file)


def _iterate_locals(store: SqliteStore) -> Iterator[Sequence[LocalActor]]:
    for document in store.documents():
        yield list_local_actors(document, store.mentions(document.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Which actors a user's words mean."""

    words: str
    actors: tuple[Actor, ...] = ()
    """Those that bear just this name."""
    parts: tuple[Actor, ...] = ()
    """Those that belong to them or speak for them, when asked for."""
    holders: tuple[Actor, ...] = ()
    """When no actor bears the name: those to whom an article gives a role with all these words."""
    private: int = 0
    """Persons of that name without an evident public role: not gathered across articles."""

    @property
    def ids(self) -> list[str]:
        """Ids of all of them."""
        return [one.id for one in (*self.actors, *self.parts)]

    def describe(self) -> str:
        """What was understood, in a line."""
        private = (
            f"{self.private} of that name without an evident public role, each within its article"
            if self.private
            else ""
        )
        if self.actors:
            counts = Counter(map(describe_names, self.actors))
            said = "; ".join(
                name if number == 1 else f"{number} called {name}" for name, number in counts.items()
            )
            parts = f", with {_list_some([one.name for one in self.parts])}" if self.parts else ""
            apart = f"; not meant: {private}" if private else ""
            return f"{self.words!r} understood as {said}{parts}{apart}"
        role = f"a role of {_list_some([one.name for one in self.holders])}, and " if self.holders else ""
        also = f" ({private})" if private else ""
        return f"{self.words!r} names no actor{also}: looked for as {role}words"


def describe_names(actor: Actor) -> str:
    """ "Islamic State (also Daesh, ISIS)"."""
    others = [words for words in actor.aliases if words != actor.name]
    return f"{actor.name} (also {_list_some(others)})" if others else actor.name


def _list_some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
    return ", ".join(names[:MOST_TOLD]) + more


def understand(store: SqliteStore, words: str, *, parts: bool = True) -> Understood:
    """The actors that the words name; none when they name nobody, so that they are looked for as words, and
    as words of roles.

    An id or its beginning (4 digits or more) stands for its actor. With `parts`, what is part of an actor or
    speaks for it ("Russian officials" for Russia) is understood with it.
    """
    found = _find_called(store, words)
    listed = [one for one in found if one.public]
    ids = {one.id for one in listed}
    tied = read_actors_tied(store.connection, sorted(ids)) if parts else []
    belonging = [one for one in tied if _belongs(one, ids)]
    plain = not listed and not _QUERY.search(words)
    holders = (
        [_need(store, key) for key in find_by_words(store.connection, words, roles_only=True)]
        if plain
        else []
    )
    return Understood(
        words=words,
        actors=tuple(listed),
        parts=tuple(belonging),
        holders=tuple(holders),
        private=len(found) - len(listed),
    )


def _find_called(store: SqliteStore, words: str) -> list[Actor]:
    """The actors of that id or name, or else of another name that the tables know for the same thing."""
    found = _find_by_id(store, words) or [_need(store, key) for key in find_by_name(store.connection, words)]
    if found:
        return found
    file = store.names_file()
    names = load_names(file if file is not None and file.is_file() else None)
    known = (*names.find(words), *names.find(words.upper()))  # who asks for "isil" means ISIL
    keys = dict.fromkeys(actor_key(key_of(one)) for one in known if one.source in CHECKED)
    return [actor for key in keys if (actor := store.actor(key)) is not None]


def _belongs(actor: Actor, ids: Iterable[str]) -> bool:
    ids = set(ids)
    return actor.id not in ids and (actor.speaks_for in ids or bool(ids.intersection(actor.part_of)))


def _need(store: SqliteStore, key: str) -> Actor:
    actor = store.actor(key)
    if actor is None:
        raise StopRun(f"there is no actor {key!r} here: `onrecord actors` lists them")
    return actor


def _find_by_id(store: SqliteStore, key: str) -> list[Actor]:
    """The actor with that id, one it had before, or the beginning of an id."""
    actor = store.actor(key)
    if actor is not None:
        return [actor]
    wanted = key.casefold()
    if len(wanted) < SHORTEST_KEY or not set(wanted) <= set("0123456789abcdef"):
        return []
    return read_actors_begun(store.connection, wanted)


def find_actor(store: SqliteStore, key: str) -> Actor:
    """The one actor with that id, beginning of an id, or name. Raises `StopRun` when there is none, or more
    than one."""
    found = _find_called(store, key)
    if not found:
        raise StopRun(f"no actor is called {key!r} here: `onrecord actors` lists them")
    if len(found) > 1 and not any(one.public for one in found):
        raise StopRun(
            f"{key!r} names persons without an evident public role, each within its article: `onrecord fix "
            "confirm` first, if they are one person who may be listed; of a surname alone, `onrecord actors "
            "--suggestions` gives the ids"
        )
    if len(found) > 1:
        some = "; ".join(f"{one.id[:8]} {one.name} ({one.kind})" for one in found[:5])
        raise StopRun(f"{key!r} names {len(found)} actors ({some}): give an id")
    return found[0]


def find_private(store: SqliteStore, key: str) -> Actor:
    """A person of that id or name whom no article gives a public role; the first of several articles, which
    one confirmation gathers. Raises `StopRun` when there is none."""
    found = _find_by_id(store, key) or [_need(store, one) for one in find_by_name(store.connection, key)]
    private = [one for one in found if not one.public]
    if private:
        return private[0]
    if found:
        raise StopRun(f"{found[0].name} may be listed already ({found[0].public})")
    raise StopRun(f"no actor is called {key!r} here: `onrecord actors` lists them")


def is_lone_surname(actor: Actor) -> bool:
    """Whether an article's words for a person are too few to name anybody outside it ("Kostov")."""
    return not actor.public and all(
        PER_DOCUMENT in key and ":" in key.partition(PER_DOCUMENT)[2] for key in actor.nodes
    )


def list_suggestions(store: SqliteStore) -> list[tuple[Actor, Actor, str]]:
    """Pairs of actors that may be one, with the reason: both may be listed, or one is a surname alone that
    the other bears."""
    pairs = [
        (_need(store, pair.one), _need(store, pair.other), pair.reason)
        for pair in read_suggestions(store.connection)
    ]
    return [
        (one, other, reason)
        for one, other, reason in pairs
        if (one.public or other.public) and all(each.public or is_lone_surname(each) for each in (one, other))
    ]


def search_actors(store: SqliteStore, words: str | None) -> list[Actor]:
    """The actors that may be listed, most documents first; with `words`, those with a name or role that has
    all of them."""
    if words is None:
        found = [one for one in store.actors() if one.public]
    else:
        exact = understand(store, words, parts=False).actors
        found = list(exact) or [_need(store, key) for key in find_by_words(store.connection, words)]
        found = [one for one in found if one.public]
    return sorted(found, key=lambda one: (-one.documents, one.name, one.id))


def describe_choice(actor: Actor) -> Mapping[str, Any]:
    """What a decision keeps of an actor, so that it is found again after a re-read: the keys of its names."""
    main, *others = actor.nodes
    return {"name": actor.name, "node": main, "nodes": others}


def count_bearers(store: SqliteStore, actor: Actor) -> Mapping[str, int]:
    """Document id -> mentions of the actor in it."""
    return read_bearers(store.connection, actor.id)
