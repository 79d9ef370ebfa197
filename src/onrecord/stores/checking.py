"""a ledger file -> every record that contradicts its stored text, and damage to the file itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import InvalidRecord
from onrecord.keys import digest_text
from onrecord.records import Reading, Span
from onrecord.stores.codec import unpack_full_text
from onrecord.stores.fetching import read_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A record that contradicts its stored text."""

    record: str
    """Its kind: file, document, sentence, mention, statement, actor."""
    id: str
    problem: str


def check_file(connection: sqlite3.Connection) -> list[Mismatch]:
    """Everything that does not hold, document by document; empty when all is well."""
    found = list(_check_database(connection))
    for (row,) in connection.execute("SELECT id FROM document ORDER BY key").fetchall():
        reading = read_reading(connection, row)
        found += check_reading(reading)
        found += _check_copies(connection, row, reading.document.text)
    return found


def _check_database(connection: sqlite3.Connection) -> Iterator[Mismatch]:
    for (problem,) in connection.execute("PRAGMA integrity_check").fetchall():
        if problem != "ok":
            yield Mismatch(record="file", id="", problem=str(problem))
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Mismatch(record="file", id=f"{table} {row}", problem=f"points at no {parent}")
    lost = connection.execute(
        "SELECT count(*) FROM statement WHERE id NOT IN (SELECT rowid FROM statement_words)"
    ).fetchone()[0]
    if lost:
        yield Mismatch(record="file", id="statement_words", problem=f"{lost} statements are not in the index")
    for key, local_key in connection.execute(
        "SELECT actor.key, local_key FROM actor_place AS place JOIN actor ON actor.id = place.actor_id "
        "JOIN assembled JOIN change ON change.number = assembled.number WHERE NOT EXISTS "
        "(SELECT 1 FROM mention WHERE mention.document_id = place.document_id "
        "AND mention.local_key = place.local_key)"
    ):
        yield Mismatch(record="actor", id=key, problem=f"stands at {local_key}, where no mention is")


def check_reading(reading: Reading) -> Iterator[Mismatch]:
    """What does not hold in one document's records: digest, offsets, references."""
    yield from _check_document(reading)
    yield from _check_mentions(reading)
    yield from _check_statements(reading)


def refuse_invalid(reading: Reading) -> None:
    """Raises `InvalidRecord` when the records contradict their document, each other or their ids."""
    for mismatch in check_reading(reading):
        raise InvalidRecord(f"{mismatch.record} {mismatch.id}: {mismatch.problem}")
    for records in (reading.mentions, reading.statements):
        ids = [one.id for one in records]
        if len(ids) != len(set(ids)):
            raise InvalidRecord("two records have one id")
        if any(one.document_id != reading.document.id for one in records):
            raise InvalidRecord("a record belongs to another document")


def _check_document(reading: Reading) -> Iterator[Mismatch]:
    document = reading.document
    if digest_text(document.text) != document.text_digest:
        yield Mismatch(record="document", id=document.id, problem="the text is not the one of its digest")
    bounds = [bound.evidence for bound in (document.not_before, document.not_after) if bound]
    title = [document.title_span] if document.title_span else []
    for span in (*document.litter, *document.credits, *bounds, *title, *reading.sentences):
        if not _fits(span, document.text):
            yield Mismatch(record="document", id=document.id, problem=f"{tuple(span)} lies outside the text")


def _check_mentions(reading: Reading) -> Iterator[Mismatch]:
    mentions = {one.id for one in reading.mentions}
    for mention in reading.mentions:
        for span in (mention.span, *([mention.role] if mention.role else [])):
            if not _fits(span, reading.document.text):
                problem = f"{tuple(span)} lies outside the text"
                yield Mismatch(record="mention", id=mention.id, problem=problem)
        if mention.local_id not in mentions:
            problem = f"stands for {mention.local_id}, not there"
            yield Mismatch(record="mention", id=mention.id, problem=problem)


def _check_statements(reading: Reading) -> Iterator[Mismatch]:
    mentions = {one.id for one in reading.mentions}
    statements = {one.id for one in reading.statements}
    for statement in reading.statements:
        for span in (*statement.cue, *statement.content):
            if not _fits(span, reading.document.text):
                problem = f"{tuple(span)} lies outside the text"
                yield Mismatch(record="statement", id=statement.id, problem=problem)
        named = {*statement.speaker_ids, *statement.channel_ids, *statement.about_ids}
        if statement.addressee_id:
            named.add(statement.addressee_id)
        for key in sorted(named - mentions):
            yield Mismatch(record="statement", id=statement.id, problem=f"names mention {key}, not there")
        if statement.within_id and statement.within_id not in statements:
            problem = f"lies within {statement.within_id}, not there"
            yield Mismatch(record="statement", id=statement.id, problem=problem)


def _fits(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _check_copies(connection: sqlite3.Connection, row: int, text: str) -> Iterator[Mismatch]:
    """The words that the tables repeat, matched to the text."""
    queries = {
        "mention": "SELECT key, start, end, exact FROM mention WHERE document_id = ? ORDER BY start, key",
        "statement": "SELECT key, start, end, exact FROM statement_span JOIN statement ON id = statement_id "
        "WHERE document_id = ? ORDER BY start, key",
    }
    for record, query in queries.items():
        for key, start, end, exact in connection.execute(query, (row,)):
            if text[start:end] != unpack_full_text(exact):
                problem = f"the words at {start} to {end} of the text are others"
                yield Mismatch(record=record, id=key, problem=problem)
