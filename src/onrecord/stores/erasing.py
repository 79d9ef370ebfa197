"""a hidden name -> a ledger file without it in any byte."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from onrecord.errors import StopRun
from onrecord.folding import HiddenName, blank_names, find_names
from onrecord.records import Appearance, Decision, Failure, Reading
from onrecord.stores.actors import clear_actors
from onrecord.stores.codec import pack_text, unpack_full_text, unpack_text
from onrecord.stores.fetching import read_document
from onrecord.stores.log import pick_active, read_decisions, rewrite_decision, write_decision
from onrecord.stores.redaction import (
    Redaction,
    count_places,
    join_appearances,
    redact_appearance,
    redact_decision,
    redact_failure,
    redact_reading,
)


class ErasableStore(Protocol):
    """What erasing asks of the store of a file."""

    path: Path
    connection: sqlite3.Connection

    def write(self) -> AbstractContextManager[sqlite3.Connection]:
        """A transaction."""
        ...

    def find_row(self, document_id: str) -> int | None:
        """The row of a document."""
        ...

    def load_machine(self, row: int) -> tuple[Reading, tuple[Appearance, ...]]:
        """What the machine alone read of a document, and where it stood."""
        ...

    def write_corrected(
        self, reading: Reading, appearances: tuple[Appearance, ...], decisions: list[Decision]
    ) -> None:
        """Puts records with decisions applied in the place of the old ones."""
        ...


def erase_name(store: ErasableStore, decision: Decision) -> Redaction:
    """Blanks the hidden name of the decision in every record, then leaves nothing of it in the file.

    Raises `StopRun` when another program holds the file open, so that old bytes may remain.
    """
    name = HiddenName(letters=int(str(decision.value["letters"])), digest=str(decision.value["digest"]))
    connection = store.connection
    connection.execute("PRAGMA secure_delete = ON")
    with store.write():
        decision = redact_decision(decision, [name], None)
        write_decision(connection, decision)
        _erase_in_decisions(store, name)
        places = documents = 0
        for (row,) in connection.execute("SELECT id FROM document ORDER BY id").fetchall():
            places += count_places(read_document(connection, row).text, [name])
            documents += _erase_in_document(store, row, name)
        _erase_in_failures(connection, name)
        _erase_names_file(connection, name)
        clear_actors(connection)  # they are put together again from what is left
    _scrub(store)
    return Redaction(decision=decision, places=places, documents=documents)


def _erase_in_decisions(store: ErasableStore, name: HiddenName) -> None:
    """Blanks the name in the log, while the texts that its places are in still hold it."""
    for one in read_decisions(store.connection):
        row = store.find_row(one.selector.document_id)
        text = None if row is None else read_document(store.connection, row).text
        blanked = redact_decision(one, [name], text)
        if blanked != one:
            rewrite_decision(store.connection, blanked)


def _erase_in_document(store: ErasableStore, row: int, name: HiddenName) -> bool:
    """Blanks the name in all that is kept of one document; whether there was anything to blank."""
    connection = store.connection
    reading, appearances = store.load_machine(row)
    (cell,) = connection.execute("SELECT read_from FROM document WHERE id = ?", (row,)).fetchone()
    path = blank_names(unpack_full_text(cell), [name])
    blanked = redact_reading(reading, [name])
    places = join_appearances((), *(redact_appearance(one, [name]) for one in appearances))
    document_id = reading.document.id
    decisions = pick_active(read_decisions(connection, document_id), document_id)
    if blanked is reading and places == appearances and not decisions:
        return False
    connection.execute("UPDATE document SET read_from = ? WHERE id = ?", (pack_text(path), row))
    store.write_corrected(blanked, places, decisions)
    return blanked is not reading or places != appearances


def _erase_in_failures(connection: sqlite3.Connection, name: HiddenName) -> None:
    for row, path, error in connection.execute("SELECT id, path, error FROM failure").fetchall():
        old = Failure(path=unpack_full_text(path), stage="", error=unpack_full_text(error))
        new = redact_failure(old, [name])
        connection.execute(
            "UPDATE failure SET path = ?, error = ? WHERE id = ?",
            (pack_text(new.path), pack_text(new.error), row),
        )


def _erase_names_file(connection: sqlite3.Connection, name: HiddenName) -> None:
    """Forgets the user's file of names when its path holds the name."""
    place = unpack_text(connection.execute("SELECT names FROM change").fetchone()[0])
    if place is not None and find_names(place, [name]):
        connection.execute("UPDATE change SET names = NULL")


def _scrub(store: ErasableStore) -> None:
    """Leaves nothing of deleted words in the index, in free pages or in the write-ahead log."""
    connection = store.connection
    busy = True
    try:
        connection.execute("INSERT INTO statement_words (statement_words) VALUES ('rebuild')")
        connection.execute("VACUUM")
        busy = bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            message = f"{store.path} could not be scrubbed ({error}): give the redaction again"
            raise StopRun(message) from error
    if busy:
        raise StopRun(
            f"the name is out of every record, but another program has {store.path} open, so that old bytes "
            "may remain: close it and give the same redaction again"
        )
