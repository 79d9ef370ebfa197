"""one document's records -> rows of a ledger file.

Functions over an open connection; transactions are the caller's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.folding import fold_text
from onrecord.records import Appearance, DateBound, Document, Mention, Reading, Span, Statement
from onrecord.stores.codec import pack_text
from onrecord.stores.fetching import DOCUMENT_COLUMNS
from onrecord.views import DocumentView, SpeakerView, view_document


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
    for table in ("statement", "mention", "sentence", "litter", "appearance"):
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


def write_appearances(
    connection: sqlite3.Connection, row: int, appearances: Iterable[Appearance]
) -> None:
    """Keeps where a document stood; a second word on the same path replaces the first."""
    connection.executemany(
        "INSERT OR REPLACE INTO appearance VALUES (?, ?, ?, ?, ?)",
        [
            (row, pack_text(one.path), pack_text(one.outlet), pack_text(one.url), one.retrieved)
            for one in appearances
        ],
    )


def _write_mentions(
    connection: sqlite3.Connection, row: int, text: str, mentions: Sequence[Mention]
) -> dict[str, int]:
    rows = {}
    for one in sorted(mentions, key=lambda mention: (mention.span, mention.id)):
        exact = pack_text(text[one.span.start : one.span.end])
        cursor = connection.execute(
            "INSERT INTO mention (key, document_id, start, end, exact, kind, local_key, role_start, "
            "role_end, inferred, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (one.id, row, *one.span, exact, one.kind, one.local_id, *_pack_span(one.role), one.inferred,
             pack_text(one.reason)),
        )  # fmt: skip
        rows[one.id] = int(cursor.lastrowid or 0)
    return rows


def _write_statements(
    connection: sqlite3.Connection, row: int, reading: Reading, mention_rows: dict[str, int]
) -> None:
    rows: dict[str, int] = {}
    for one in reading.statements:
        addressee = mention_rows[one.addressee_id] if one.addressee_id else None
        cursor = connection.execute(
            "INSERT INTO statement (key, document_id, addressee_id, quotation, act, cue_class, certainty, "
            "negated, anaphoric, said_on, score, speaker_score, decided_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (one.id, row, addressee, one.quotation, one.act, one.cue_class, one.certainty, one.negated,
             one.anaphoric, one.said_on, one.score, one.speaker_score, pack_text(one.decided_by)),
        )  # fmt: skip
        rows[one.id] = int(cursor.lastrowid or 0)
        _write_parts(connection, rows[one.id], one, reading.document.text, mention_rows)
    connection.executemany(
        "UPDATE statement SET within_id = ? WHERE id = ?",
        [(rows[one.within_id], rows[one.id]) for one in reading.statements if one.within_id],
    )
    view = view_document(reading, ())
    connection.executemany(
        "INSERT INTO statement_words (rowid, content, speaker, about) VALUES (?, ?, ?, ?)",
        [(rows[one.id], *_list_search_words(one)) for one in _sort_views(view)],
    )


def _sort_views(view: DocumentView) -> list[Any]:
    return sorted(view.statements, key=lambda one: one.id)


def _write_parts(
    connection: sqlite3.Connection, row: int, one: Statement, text: str, mention_rows: dict[str, int]
) -> None:
    for part, spans in (("cue", one.cue), ("content", one.content)):
        connection.executemany(
            "INSERT INTO statement_span VALUES (?, ?, ?, ?, ?, ?)",
            [
                (row, part, position, *span, pack_text(text[span.start : span.end]))
                for position, span in enumerate(spans)
            ],
        )
    parts = (("speaker", one.speaker_ids), ("channel", one.channel_ids), ("about", one.about_ids))
    for part, ids in parts:
        connection.executemany(
            "INSERT INTO statement_mention VALUES (?, ?, ?, ?)",
            [(row, part, position, mention_rows[key]) for position, key in enumerate(ids)],
        )


def _list_search_words(view: Any) -> tuple[str, str, str]:
    """Folded: the content; the speaker's words, name and role; who is spoken of."""
    return (
        fold_text("\n".join(view.content)),
        fold_text("\n".join(map(_join_speaker, view.speakers))),
        fold_text("\n".join(f"{one.exact}\n{one.name}" for one in view.about)),
    )


def _join_speaker(speaker: SpeakerView) -> str:
    return f"{speaker.exact}\n{speaker.name}\n{speaker.role or ''}"
