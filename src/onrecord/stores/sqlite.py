"""readings, failures, decisions -> one SQLite file that several programs may read while one writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from onrecord.errors import StopRun
from onrecord.folding import BLOCK, blank_names, find_names
from onrecord.records import (
    Actor,
    ActorName,
    Appearance,
    Assembly,
    Decision,
    Document,
    Failure,
    Mention,
    Reading,
    Run,
    Span,
    Statement,
)
from onrecord.stores.actors import (
    count_change,
    is_assembled,
    read_actor,
    read_actor_names,
    read_actors,
    read_change,
    write_actors,
)
from onrecord.stores.checking import refuse_invalid
from onrecord.stores.codec import (
    dump_appearances,
    dump_reading,
    load_appearances,
    load_reading,
    pack_text,
    unpack_full_text,
    unpack_text,
)
from onrecord.stores.decisions import LoggedDecision, apply_decisions
from onrecord.stores.erasing import erase_name
from onrecord.stores.fetching import (
    read_appearances,
    read_document,
    read_mentions,
    read_reading,
    read_sentences,
    read_statements,
)
from onrecord.stores.files import BUSY_SECONDS, explain_lock, open_file
from onrecord.stores.log import (
    list_hidden_names,
    pick_active,
    read_decisions,
    read_log,
    write_conflicts,
    write_decision,
)
from onrecord.stores.redaction import (
    Redaction,
    join_appearances,
    redact_appearance,
    redact_assembly,
    redact_decision,
    redact_failure,
    redact_reading,
)
from onrecord.stores.rows import delete_records, write_appearances, write_document, write_records
from onrecord.vocabulary import ACTOR_DECISIONS


class SqliteStore:
    """The ledger in one file. Every write is one transaction; a second writer waits, then gets `StopRun`."""

    def __init__(self, path: Path, *, create: bool = True, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self.connection = open_file(path, create=create, busy_seconds=busy_seconds)

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all that is done within is kept, or nothing."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise StopRun(self._explain(error)) from error

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One state of the ledger for all that is asked within, while others go on writing."""
        self.connection.execute("BEGIN")
        try:
            yield self.connection
        finally:
            self.connection.execute("COMMIT")

    def _explain(self, error: sqlite3.OperationalError) -> str:
        message = str(error)
        if "locked" in message or "busy" in message:
            return explain_lock(self.path)
        if "readonly" in message:
            return f"{self.path} may not be written: change its permissions, or use another ledger"
        if "full" in message:
            return f"the disk is full: make room and read again; {self.path} holds what was read so far"
        return f"{self.path} could not be written ({message}); it holds what was read so far"

    # What the machine read

    def is_current(self, document_id: str, run: Run, path: str) -> bool:
        """Whether that run read the document, from this place or one that comes before it."""
        names = list_hidden_names(read_decisions(self.connection, ""))
        read_from = self._find_read_from(document_id, run)
        return read_from is not None and read_from <= blank_names(path, names)

    def _find_read_from(self, document_id: str, run: Run) -> str | None:
        row = self.connection.execute(
            "SELECT read_from FROM document JOIN run ON run.id = run_id "
            "WHERE document.key = ? AND run.key = ?",
            (document_id, run.id),
        ).fetchone()
        return None if row is None else unpack_full_text(row[0])

    def put_reading(self, reading: Reading, appearance: Appearance, run: Run) -> None:
        """Keeps one document with all its records, whole or not at all.

        Of equal bytes in several places the one whose path comes first is read, whatever the order. Another
        run's records replace the old ones; people's decisions are applied to them again. Raises
        `InvalidRecord` for records that contradict their document, and keeps nothing.
        """
        refuse_invalid(reading)
        with self.write() as connection:
            decisions = read_decisions(connection, reading.document.id)
            names = list_hidden_names(decisions)
            reading = redact_reading(reading, names)
            appearance = redact_appearance(appearance, names)
            document_id = reading.document.id
            self._clear_failures(appearance.path, reading.document.member)
            read_from = self._find_read_from(document_id, run)
            row = self.find_row(document_id)
            old = self.load_machine(row)[1] if row is not None else ()
            appearances = join_appearances(old, appearance)
            active = pick_active(decisions, document_id)
            if row is not None and read_from is not None and read_from <= appearance.path:
                if appearances != old:
                    self.write_corrected(self.load_machine(row)[0], appearances, active)
                return
            source = (_write_run(connection, run), appearance.path)
            self.write_corrected(reading, appearances, active, source=source)

    def add_appearance(self, appearance: Appearance, member: str = "") -> None:
        """Keeps one more place where a document of this ledger stands."""
        with self.write() as connection:
            decisions = read_decisions(connection, appearance.document_id)
            appearance = redact_appearance(appearance, list_hidden_names(decisions))
            self._clear_failures(appearance.path, member)
            row = self.find_row(appearance.document_id)
            if row is None:
                raise KeyError(appearance.document_id)
            reading, old = self.load_machine(row)
            active = pick_active(decisions, appearance.document_id)
            appearances = join_appearances(old, appearance)
            if appearances == old:
                return
            if active:
                self.write_corrected(reading, appearances, active)
            else:
                write_appearances(connection, row, [appearance])

    def find_row(self, document_id: str) -> int | None:
        """The row number of a document; none when it is not there."""
        row = self.connection.execute("SELECT id FROM document WHERE key = ?", (document_id,)).fetchone()
        return None if row is None else int(row[0])

    def load_machine(self, row: int) -> tuple[Reading, tuple[Appearance, ...]]:
        """What the machine alone read of a document, and where it stood."""
        kept = self.connection.execute(
            "SELECT reading, appearances FROM machine_reading WHERE document_id = ?", (row,)
        ).fetchone()
        if kept is not None:
            return load_reading(kept[0]), load_appearances(kept[1])
        return read_reading(self.connection, row), read_appearances(self.connection, row)

    def write_corrected(
        self,
        reading: Reading,
        appearances: Sequence[Appearance],
        decisions: Sequence[Decision],
        *,
        source: tuple[int | None, str] | None = None,
    ) -> None:
        """Puts the machine's records with the decisions applied in the place of the document's old ones.

        `source` is the row of the run and the path read from; without it they stay as they are.
        """
        connection = self.connection
        old = connection.execute(
            "SELECT id, run_id, read_from FROM document WHERE key = ?", (reading.document.id,)
        ).fetchone()
        if old is not None:
            delete_records(connection, old[0])
            source = source or (old[1], unpack_full_text(old[2]))
        run_id, read_from = source or (None, "")
        corrected = apply_decisions(reading, appearances, decisions)
        row = write_document(connection, corrected.reading.document, run_id=run_id, read_from=read_from)
        write_records(connection, row, corrected.reading, corrected.appearances)
        if decisions:
            connection.execute(
                "INSERT INTO machine_reading VALUES (?, ?, ?)",
                (row, pack_text(dump_reading(reading)), pack_text(dump_appearances(appearances))),
            )
        count_change(connection)
        if decisions or old is not None:
            write_conflicts(connection, reading.document.id, corrected.conflicts)

    # What could not be read

    def put_failure(self, failure: Failure) -> None:
        """Keeps the reason why an input was not read, in the place of an older reason for the same input."""
        with self.write() as connection:
            failure = redact_failure(failure, list_hidden_names(read_decisions(connection, "")))
            self._clear_failures(failure.path, "")
            connection.execute(
                "INSERT INTO failure (path, document_key, stage, error) VALUES (?, ?, ?, ?)",
                (pack_text(failure.path), failure.document_id, failure.stage, pack_text(failure.error)),
            )

    def _clear_failures(self, path: str, member: str) -> None:
        """An input that was read, or fails again, has no older failure; nor has the file that it is in."""
        for place in {path, f"{path}#{member}" if member else path}:
            self.connection.execute("DELETE FROM failure WHERE path = ?", (pack_text(place),))

    # People's decisions

    def put_decision(self, decision: Decision) -> None:
        """Appends a person's decision and applies it, in one transaction; given again it changes nothing."""
        with self.write() as connection:
            decisions = read_decisions(connection, decision.selector.document_id)
            decision = redact_decision(decision, list_hidden_names(decisions), None)
            if not write_decision(connection, decision):
                return
            decisions.append(decision)
            count_change(connection)
            if decision.what == "undo":
                target = next((one for one in decisions if one.id == decision.value["decision"]), None)
                if target is not None and target.what == "redact":
                    connection.execute("UPDATE document SET run_id = NULL WHERE instr(text, ?)", (BLOCK,))
            self._apply_again(decision.selector.document_id, decisions)

    def _apply_again(self, document_id: str, decisions: Sequence[Decision]) -> None:
        row = self.find_row(document_id)
        if row is not None:
            reading, appearances = self.load_machine(row)
            self.write_corrected(reading, appearances, pick_active(decisions, document_id))

    def redact(self, decision: Decision) -> Redaction:
        """Takes the hidden name of the decision out of every cell, then out of every byte of the file."""
        return erase_name(self, decision)

    # Actors, put together from all of this

    def count_changes(self) -> int:
        """How often records or decisions were changed; what actors were made of is of such a number."""
        return read_change(self.connection)

    def is_assembled(self, digest: str) -> bool:
        """Whether the actors are of the present records and decisions, by tables and code of that digest."""
        return is_assembled(self.connection, digest)

    def names_file(self) -> Path | None:
        """The user's file of names with which actors were put together last."""
        cell = unpack_text(self.connection.execute("SELECT names FROM change").fetchone()[0])
        return None if cell is None else Path(cell)

    def keep_names_file(self, file: Path) -> None:
        """Keeps the place of the user's file of names, which actors are put together with from now on; not
        one that holds a redacted name."""
        with self.write() as connection:
            if not find_names(str(file), list_hidden_names(read_decisions(connection, ""))):
                connection.execute("UPDATE change SET names = ?", (pack_text(str(file)),))

    def put_assembly(
        self, assembly: Assembly, *, number: int, digest: str, names_file: Path | None = None
    ) -> None:
        """Keeps the actors as made of the ledger after that number of changes, in the place of the old."""
        place = None if names_file is None else str(names_file)
        with self.write() as connection:
            hidden = list_hidden_names(read_decisions(connection, ""))
            kept = place if place is None or not find_names(place, hidden) else None
            assembly = redact_assembly(assembly, hidden)
            write_actors(connection, assembly, number=number, digest=digest, names=kept)

    def actors(self) -> Iterator[Actor]:
        """The actors as put together last, by id."""
        return read_actors(self.connection)

    def actor(self, key: str) -> Actor | None:
        """The actor with that id, or one that it had before names were joined."""
        return read_actor(self.connection, key)

    def actor_names(self, document_id: str) -> Mapping[tuple[str, bool], ActorName]:
        """Local id and metonym -> which actor a document's actor is."""
        return read_actor_names(self.connection, self._need_row(document_id))

    def actor_decisions(self) -> list[Decision]:
        """Decisions about actors that were not taken back, oldest first."""
        active = pick_active(read_decisions(self.connection, ""), "")
        return [one for one in active if one.what in ACTOR_DECISIONS]

    # What is asked

    def documents(self) -> Iterator[Document]:
        """All documents, by id."""
        for (row,) in self.connection.execute("SELECT id FROM document ORDER BY key").fetchall():
            yield read_document(self.connection, row)

    def document(self, document_id: str) -> Document:
        """One document. Raises `KeyError` when it is not there."""
        return read_document(self.connection, self._need_row(document_id))

    def _need_row(self, document_id: str) -> int:
        row = self.find_row(document_id)
        if row is None:
            raise KeyError(document_id)
        return row

    def reading(self, document_id: str) -> Reading:
        """All records of one document, as corrected."""
        return read_reading(self.connection, self._need_row(document_id))

    def appearances(self, document_id: str) -> Sequence[Appearance]:
        """Where the document stood, by path."""
        return read_appearances(self.connection, self._need_row(document_id))

    def sentences(self, document_id: str) -> Sequence[Span]:
        """The document's sentences, in order."""
        return read_sentences(self.connection, self._need_row(document_id))

    def mentions(self, document_id: str) -> Sequence[Mention]:
        """The document's mentions, by start."""
        return read_mentions(self.connection, self._need_row(document_id), document_id)

    def statements(self, document_id: str) -> Sequence[Statement]:
        """The document's statements, by start of their content."""
        return read_statements(self.connection, self._need_row(document_id), document_id)

    def failures(self) -> Sequence[Failure]:
        """What could not be read, by path."""
        rows = self.connection.execute("SELECT path, document_key, stage, error FROM failure").fetchall()
        found = [
            Failure(path=unpack_full_text(path), document_id=key, stage=stage, error=unpack_full_text(error))
            for path, key, stage, error in rows
        ]
        return sorted(found, key=lambda one: (one.path, one.document_id or "", one.stage, one.error))

    def runs(self) -> Sequence[Run]:
        """The runs whose records the ledger holds, by id."""
        rows = self.connection.execute(
            "SELECT DISTINCT key, code_version, model_digest, settings_digest FROM run "
            "JOIN (SELECT DISTINCT run_id FROM document) ON run_id = run.id ORDER BY key"
        )
        return [
            Run(id=key, code_version=code, model_digest=model, settings_digest=settings)
            for key, code, model, settings in rows
        ]

    def decisions(self) -> Sequence[Decision]:
        """All decisions, oldest first."""
        return [replace(one, value=MappingProxyType(one.value)) for one in read_decisions(self.connection)]

    def log(self) -> Sequence[LoggedDecision]:
        """All decisions with their state, oldest first."""
        return read_log(self.connection)


def _write_run(connection: sqlite3.Connection, run: Run) -> int:
    connection.execute(
        "INSERT INTO run (key, code_version, model_digest, settings_digest) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (run.id, run.code_version, run.model_digest, run.settings_digest),
    )
    return int(connection.execute("SELECT id FROM run WHERE key = ?", (run.id,)).fetchone()[0])
