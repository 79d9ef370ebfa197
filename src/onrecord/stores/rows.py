"""one document's records -> rows of a ledger file.

Functions over an open connection; transactions are the caller's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.folding import fold_text
from onrecord.records import Appearance, DateBound, Document, Mention, Reading, Span
from onrecord.stores.codec import pack_text
from onrecord.stores.fetching import DOCUMENT_COLUMNS
from onrecord.views import SpeakerView, StatementView, view_document


def write_document(
    connection: sqlite3.Connection, document: Document, *, run_id: int | None, read_from: str
) -> int:
    """Keeps the document's own row, new or changed; its row number, which never changes."""
    cells = (*_pack_document(document), run_id, pack_text(read_from))
    columns = f"{DOCUMENT_COLUMNS}, run_id, read_from"
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns.split(", ")[1:])
    row = connection.execute(
        f"INSERT INTO document ({columns}) VALUES ({', '.join('?' * len(cells))}) "
        f"ON CONFLICT (key) DO UPDATE SET {updates} RETURNING id",
        cells,
    ).fetchone()
    return int(row[0])


def _pack_document(document: Document) -> tuple[Any, ...]:
    return (
        document.id,
        document.sha256,
        pack_text(document.member),
        pack_text(document.text),
        document.text_digest,
        pack_text(document.title),
        *_pack_span(document.title_span),
        pack_text(document.byline),
        document.language,
        document.translated,
        document.published,
        document.published_from,
        document.published_sure,
        *_pack_bound(document.not_before),
        *_pack_bound(document.not_after),
    )


def _pack_span(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def _pack_bound(bound: DateBound | None) -> tuple[str | None, int | None, int | None]:
    return (None, None, None) if bound is None else (bound.day, *_pack_span(bound.evidence))


def delete_records(connection: sqlite3.Connection, document_row: int) -> None:
    """Removes all records of a document but its own row."""
    connection.execute(
        "DELETE FROM statement_words WHERE rowid IN (SELECT id FROM statement WHERE document_id = ?)",
        (document_row,),
    )
    for table in ("statement", "mention", "sentence", "litter", "appearance", "machine_reading"):
        connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_row,))


def write_records(
    connection: sqlite3.Connection, row: int, reading: Reading, appearances: Sequence[Appearance]
) -> None:
    """Keeps all records of a document whose old ones are gone."""
    document = reading.document
    marks = [(span, 0) for span in document.litter] + [(span, 1) for span in document.credits]
    connection.executemany(
        "INSERT INTO litter (document_id, start, end, credit) VALUES (?, ?, ?, ?)",
        [(row, span.start, span.end, credit) for span, credit in marks],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO sentence VALUES (?, ?, ?)", [(row, *span) for span in reading.sentences]
    )
    write_appearances(connection, row, appearances)
    mention_rows = _write_mentions(connection, row, document.text, reading.mentions)
    _write_statements(connection, row, reading, mention_rows)


def write_appearances(connection: sqlite3.Connection, row: int, appearances: Iterable[Appearance]) -> None:
    """Keeps where a document stood; a second word on the same path replaces the first."""
    connection.executemany(
        "INSERT OR REPLACE INTO appearance VALUES (?, ?, ?, ?, ?)",
        [
            (row, pack_text(one.path), pack_text(one.outlet), pack_text(one.url), one.retrieved)
            for one in appearances
        ],
    )


def _find_next_row(connection: sqlite3.Connection, table: str) -> int:
    """The first row number that is free; nobody else takes it while the transaction lasts."""
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _write_mentions(
    connection: sqlite3.Connection, row: int, text: str, mentions: Sequence[Mention]
) -> dict[str, int]:
    """Keeps the mentions; id -> row number."""
    ordered = sorted(mentions, key=lambda mention: (mention.span, mention.id))
    first = _find_next_row(connection, "mention")
    connection.executemany(
        "INSERT INTO mention (id, key, document_id, start, end, exact, kind, local_key, role_start, "
        "role_end, inferred, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, one.id, row, *one.span, pack_text(text[one.span.start : one.span.end]), one.kind,
             one.local_id, *_pack_span(one.role), one.inferred, pack_text(one.reason))
            for number, one in enumerate(ordered, first)
        ],
    )  # fmt: skip
    return {one.id: number for number, one in enumerate(ordered, first)}


def _write_statements(
    connection: sqlite3.Connection, row: int, reading: Reading, mentions: dict[str, int]
) -> None:
    first = _find_next_row(connection, "statement")
    rows = {one.id: number for number, one in enumerate(reading.statements, first)}
    connection.executemany(
        "INSERT INTO statement (id, key, document_id, addressee_id, quotation, act, cue_class, certainty, "
        "negated, within_id, anaphoric, said_on, score, speaker_score, decided_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (rows[one.id], one.id, row, mentions[one.addressee_id] if one.addressee_id else None,
             one.quotation, one.act, one.cue_class, one.certainty, one.negated,
             rows[one.within_id] if one.within_id else None, one.anaphoric, one.said_on, one.score,
             one.speaker_score, pack_text(one.decided_by))
            for one in reading.statements
        ],
    )  # fmt: skip
    _write_parts(connection, reading, rows, mentions)
    view = view_document(reading, ())
    connection.executemany(
        "INSERT INTO statement_words (rowid, content, speaker, about) VALUES (?, ?, ?, ?)",
        [(rows[one.id], *_list_search_words(one)) for one in view.statements],
    )


def _write_parts(
    connection: sqlite3.Connection, reading: Reading, rows: dict[str, int], mentions: dict[str, int]
) -> None:
    """Keeps the pieces and the people of all statements."""
    text = reading.document.text
    spans, people = [], []
    for one in reading.statements:
        row = rows[one.id]
        for part, pieces in (("cue", one.cue), ("content", one.content)):
            spans += [
                (row, part, position, *span, pack_text(text[span.start : span.end]))
                for position, span in enumerate(pieces)
            ]
        ids = (("speaker", one.speaker_ids), ("channel", one.channel_ids), ("about", one.about_ids))
        for part, keys in ids:
            people += [(row, part, position, mentions[key]) for position, key in enumerate(keys)]
    connection.executemany("INSERT INTO statement_span VALUES (?, ?, ?, ?, ?, ?)", spans)
    connection.executemany("INSERT INTO statement_mention VALUES (?, ?, ?, ?)", people)


def _list_search_words(view: StatementView) -> tuple[str, str, str]:
    """Folded: the content; the speaker's words, name and role; who is spoken of."""
    return (
        fold_text("\n".join(view.content)),
        fold_text("\n".join(map(_join_speaker, view.speakers))),
        fold_text("\n".join(f"{one.exact}\n{one.name}" for one in view.about)),
    )


def _join_speaker(speaker: SpeakerView) -> str:
    return f"{speaker.exact}\n{speaker.name}\n{speaker.role or ''}"
