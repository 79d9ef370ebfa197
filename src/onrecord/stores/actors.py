"""an assembly -> rows of a ledger file, and back; which state of the ledger it was made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from onrecord.folding import split_words
from onrecord.names import fold
from onrecord.records import Actor, ActorConflict, ActorName, ActorRole, Assembly, Suggestion
from onrecord.stores.codec import dump_json, load_json, pack_text, unpack_full_text, unpack_text

_TABLES: Final = ("actor_suggestion", "actor_place", "actor_former", "actor_name", "actor", "assembled")
"""Children before parents."""

_JOIN_MENTIONS: Final = """
JOIN mention ON mention.document_id = actor_place.document_id AND mention.local_key = actor_place.local_key
AND ((mention.inferred = 'metonym') = actor_place.metonym OR NOT EXISTS (
    SELECT 1 FROM actor_place AS other WHERE other.document_id = actor_place.document_id
    AND other.local_key = actor_place.local_key AND other.metonym <> actor_place.metonym
))
"""
"""From a place of an actor to its mentions: those in the sense of the place (a capital for its government, or
the city itself), and the others ("it") too where the document has the name in one sense only."""


def count_change(connection: sqlite3.Connection) -> None:
    """Notes that records or decisions changed: the actors must be put together again."""
    connection.execute("UPDATE change SET number = number + 1")


def read_change(connection: sqlite3.Connection) -> int:
    """The number of changes so far."""
    return int(connection.execute("SELECT number FROM change").fetchone()[0])


def is_assembled(connection: sqlite3.Connection, digest: str) -> bool:
    """Whether the actors are of the ledger's present state, by tables and code of that digest."""
    row = connection.execute(
        "SELECT 1 FROM assembled JOIN change ON assembled.number = change.number WHERE digest = ?", (digest,)
    ).fetchone()
    return row is not None


def clear_actors(connection: sqlite3.Connection) -> None:
    """Takes all actors out, and what decisions about them were in conflict with."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DELETE FROM conflict WHERE document_key = ''")


def write_actors(
    connection: sqlite3.Connection, assembly: Assembly, *, number: int, digest: str, names: str | None
) -> None:
    """Puts the actors in the place of the old ones, as made at that number of changes."""
    clear_actors(connection)
    rows = {one.id: row for row, one in enumerate(assembly.actors, 1)}
    connection.executemany(
        "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (rows[one.id], one.id, pack_text(one.name), one.kind, one.public is not None, one.documents,
             pack_text(dump_json(asdict(one))))
            for one in assembly.actors
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO actor_name VALUES (?, ?)",
        (
            (pack_text(words), rows[one.id])
            for one in assembly.actors
            for words in sorted({fold_name(words) for words in (one.name, *one.aliases)})
        ),
    )
    connection.executemany(
        "INSERT INTO actor_former VALUES (?, ?)", ((key, rows[actor]) for key, actor in assembly.former)
    )
    documents = dict(connection.execute("SELECT key, id FROM document"))
    connection.executemany(
        "INSERT INTO actor_place VALUES (?, ?, ?, ?, ?)",
        (
            (documents[one.document_id], one.local_id, one.metonym, rows[one.actor_id], pack_text(one.reason))
            for one in assembly.places
        ),
    )
    connection.executemany(
        "INSERT INTO actor_suggestion VALUES (?, ?, ?)",
        ((one.one, one.other, pack_text(one.reason)) for one in assembly.suggestions),
    )
    _write_actor_conflicts(connection, assembly.conflicts)
    connection.execute("UPDATE change SET names = ?", (pack_text(names),))
    connection.execute("INSERT INTO assembled VALUES (1, ?, ?)", (number, digest))


def fold_name(words: str) -> str:
    """A name as it is looked up: no case, marks, variant letters or leading "the"."""
    return " ".join(split_words(fold(words)))


def _write_actor_conflicts(connection: sqlite3.Connection, conflicts: Iterable[ActorConflict]) -> None:
    connection.executemany(
        "INSERT INTO conflict VALUES (?, '', ?)", ((one.decision_id, pack_text(one.why)) for one in conflicts)
    )


def read_actors(connection: sqlite3.Connection) -> Iterator[Actor]:
    """All actors, by id."""
    for (record,) in connection.execute("SELECT record FROM actor ORDER BY key"):
        yield _load_actor(load_json(record))


def read_actor(connection: sqlite3.Connection, key: str) -> Actor | None:
    """The actor with that id, now or before names were joined; None when there is none."""
    row = connection.execute(
        "SELECT record FROM actor WHERE key = ? UNION ALL SELECT record FROM actor "
        "JOIN actor_former ON actor_former.actor_id = actor.id WHERE actor_former.key = ?",
        (key, key),
    ).fetchone()
    return None if row is None else _load_actor(load_json(row[0]))


def read_actors_begun(connection: sqlite3.Connection, beginning: str) -> list[Actor]:
    """The actors whose id begins so, by id."""
    rows = connection.execute(
        "SELECT record FROM actor WHERE substr(key, 1, ?) = ? ORDER BY key", (len(beginning), beginning)
    )
    return [_load_actor(load_json(record)) for (record,) in rows]


def read_actors_tied(connection: sqlite3.Connection, keys: Iterable[str]) -> list[Actor]:
    """The actors whose record names one of these ids: what belongs to them, speaks for them, or has a role
    with them; by id."""
    found: dict[str, Actor] = {}
    for key in keys:
        for (record,) in connection.execute("SELECT record FROM actor WHERE instr(record, ?)", (key,)):
            actor = _load_actor(load_json(record))
            found[actor.id] = actor
    return [found[key] for key in sorted(found)]


def _load_actor(value: dict[str, Any]) -> Actor:
    lists = ("aliases", "part_of", "renamed_to", "split_from", "reasons", "nodes")
    special: dict[str, Any] = {name: tuple(value[name]) for name in lists}
    special["roles"] = tuple(ActorRole(*one) for one in value["roles"])
    return Actor(**{**value, **special})


def read_actor_names(connection: sqlite3.Connection, row: int) -> Mapping[tuple[str, bool], ActorName]:
    """Local id and metonym -> the actor, for the document of that row."""
    cells = connection.execute(
        "SELECT local_key, metonym, actor.key, name, kind, public, reason FROM actor_place "
        "JOIN actor ON actor.id = actor_id WHERE document_id = ?",
        (row,),
    )
    return {
        (local_id, bool(metonym)): ActorName(
            key, unpack_full_text(name), kind, bool(public), unpack_text(reason)
        )
        for local_id, metonym, key, name, kind, public, reason in cells
    }


def read_suggestions(connection: sqlite3.Connection) -> list[Suggestion]:
    """Pairs of actors that may be one."""
    rows = connection.execute("SELECT one, other, reason FROM actor_suggestion ORDER BY one, other, reason")
    return [Suggestion(one, other, unpack_full_text(reason)) for one, other, reason in rows]


def find_by_name(connection: sqlite3.Connection, words: str) -> list[str]:
    """Ids of the actors one of whose names is just these words, whatever case and diacritics."""
    rows = connection.execute(
        "SELECT DISTINCT actor.key FROM actor_name JOIN actor ON actor.id = actor_id WHERE words = ? "
        "ORDER BY actor.key",
        (pack_text(fold_name(words)),),
    )
    return [key for (key,) in rows]


def find_statements_of(
    connection: sqlite3.Connection, actors: Sequence[str], part: str
) -> dict[str, set[str]]:
    """Document id -> ids of its statements in which these actors are the "speaker" or spoken of ("about")."""
    marks = ", ".join("?" * len(actors))
    rows = connection.execute(
        "SELECT document.key, statement.key FROM actor "
        "JOIN actor_place ON actor_place.actor_id = actor.id "
        f"{_JOIN_MENTIONS}"
        "JOIN statement_mention ON statement_mention.mention_id = mention.id AND part = ? "
        "JOIN statement ON statement.id = statement_id "
        f"JOIN document ON document.id = statement.document_id WHERE actor.key IN ({marks})",
        (part, *actors),
    )
    found: dict[str, set[str]] = {}
    for document_id, statement_id in rows:
        found.setdefault(document_id, set()).add(statement_id)
    return found


def find_by_words(connection: sqlite3.Connection, words: str, *, roles_only: bool = False) -> list[str]:
    """Ids of the public actors with a name or a role (or only a role) that has all these words."""
    wanted = set(split_words(fold(words)))
    rows = connection.execute("SELECT key, record FROM actor WHERE public ORDER BY key")
    return [key for key, record in rows if wanted and _has_words(load_json(record), wanted, roles_only)]


def _has_words(record: Mapping[str, Any], wanted: set[str], roles_only: bool) -> bool:
    names = () if roles_only else (record["name"], *record["aliases"])
    texts = (*names, *(role[0] for role in record["roles"]))
    return any(wanted <= set(split_words(fold(text))) for text in texts)


def read_bearers(connection: sqlite3.Connection, key: str) -> dict[str, int]:
    """Document id -> how many mentions of the actor stand in it, by document."""
    rows = connection.execute(
        "SELECT document.key, count(*) FROM actor JOIN actor_place ON actor_place.actor_id = actor.id "
        f"{_JOIN_MENTIONS}"
        "JOIN document ON document.id = actor_place.document_id "
        "WHERE actor.key = ? GROUP BY document.key ORDER BY document.key",
        (key,),
    )
    return {str(document_id): int(number) for document_id, number in rows}
