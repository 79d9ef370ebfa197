"""rows of a ledger file -> one document's records."""

from __future__ import annotations

import sqlite3
from typing import Any

from onrecord.records import Appearance, DateBound, Document, Mention, Reading, Span, Statement
from onrecord.stores.codec import unpack_full_text, unpack_span, unpack_text

DOCUMENT_COLUMNS = (
    "key, sha256, member, text, text_digest, title, title_start, title_end, byline, language, translated, "
    "published, published_from, published_sure, not_before, not_before_start, not_before_end, not_after, "
    "not_after_start, not_after_end"
)


def read_document(connection: sqlite3.Connection, row: int) -> Document:
    """The document of that row."""
    cells = connection.execute(f"SELECT {DOCUMENT_COLUMNS} FROM document WHERE id = ?", (row,)).fetchone()
    marks = connection.execute(
        "SELECT start, end, credit FROM litter WHERE document_id = ? ORDER BY start, end", (row,)
    ).fetchall()
    return Document(
        id=cells[0],
        sha256=cells[1],
        member=unpack_full_text(cells[2]),
        text=unpack_full_text(cells[3]),
        text_digest=cells[4],
        litter=tuple(Span(start, end) for start, end, credit in marks if not credit),
        credits=tuple(Span(start, end) for start, end, credit in marks if credit),
        title=unpack_text(cells[5]),
        title_span=unpack_span(cells[6], cells[7]),
        byline=unpack_text(cells[8]),
        language=cells[9],
        translated=bool(cells[10]),
        published=cells[11],
        published_from=cells[12],
        published_sure=bool(cells[13]),
        not_before=_unpack_bound(*cells[14:17]),
        not_after=_unpack_bound(*cells[17:20]),
    )


def _unpack_bound(day: str | None, start: int | None, end: int | None) -> DateBound | None:
    evidence = unpack_span(start, end)
    return None if day is None or evidence is None else DateBound(day=day, evidence=evidence)


def read_appearances(connection: sqlite3.Connection, row: int) -> tuple[Appearance, ...]:
    """Where the document of that row stood, by path."""
    cells = connection.execute(
        "SELECT document.key, path, outlet, url, retrieved FROM appearance "
        "JOIN document ON document.id = document_id WHERE document_id = ?",
        (row,),
    ).fetchall()
    found = [
        Appearance(
            document_id=key,
            path=unpack_full_text(path),
            outlet=unpack_text(outlet),
            url=unpack_text(url),
            retrieved=retrieved,
        )
        for key, path, outlet, url, retrieved in cells
    ]
    return tuple(sorted(found, key=lambda one: one.path))


def read_sentences(connection: sqlite3.Connection, row: int) -> tuple[Span, ...]:
    """The sentences of the document of that row, in order."""
    cells = connection.execute(
        "SELECT start, end FROM sentence WHERE document_id = ? ORDER BY start, end", (row,)
    )
    return tuple(Span(*one) for one in cells)


def read_mentions(connection: sqlite3.Connection, row: int, document_id: str) -> tuple[Mention, ...]:
    """The mentions of the document of that row, by start."""
    cells = connection.execute(
        "SELECT key, start, end, kind, local_key, role_start, role_end, inferred, reason FROM mention "
        "WHERE document_id = ? ORDER BY start, end, key",
        (row,),
    )
    return tuple(
        Mention(
            id=key,
            document_id=document_id,
            span=Span(start, end),
            kind=kind,
            local_id=local_key,
            role=unpack_span(role_start, role_end),
            inferred=inferred,
            reason=unpack_text(reason),
        )
        for key, start, end, kind, local_key, role_start, role_end, inferred, reason in cells
    )


def read_statements(connection: sqlite3.Connection, row: int, document_id: str) -> tuple[Statement, ...]:
    """The statements of the document of that row, by start of their content."""
    spans: dict[int, dict[str, list[Span]]] = {}
    for key, part, start, end in connection.execute(
        "SELECT statement_id, part, start, end FROM statement_span JOIN statement ON statement.id = "
        "statement_id WHERE document_id = ? ORDER BY statement_id, part, position",
        (row,),
    ):
        spans.setdefault(key, {}).setdefault(part, []).append(Span(start, end))
    mentions: dict[int, dict[str, list[str]]] = {}
    for key, part, mention in connection.execute(
        "SELECT statement_id, part, mention.key FROM statement_mention JOIN mention "
        "ON mention.id = mention_id WHERE mention.document_id = ? ORDER BY statement_id, part, position",
        (row,),
    ):
        mentions.setdefault(key, {}).setdefault(part, []).append(mention)
    cells = connection.execute(
        "SELECT one.id, one.key, mention.key, outer_one.key, one.quotation, one.act, one.cue_class, "
        "one.certainty, one.negated, one.anaphoric, one.said_on, one.score, one.speaker_score, "
        "one.decided_by FROM statement AS one LEFT JOIN mention ON mention.id = one.addressee_id "
        "LEFT JOIN statement AS outer_one ON outer_one.id = one.within_id WHERE one.document_id = ?",
        (row,),
    ).fetchall()
    found = [_unpack_statement(one, document_id, spans, mentions) for one in cells]
    return tuple(sorted(found, key=lambda one: (one.content, one.cue, one.id)))


def _unpack_statement(
    cells: tuple[Any, ...],
    document_id: str,
    spans: dict[int, dict[str, list[Span]]],
    mentions: dict[int, dict[str, list[str]]],
) -> Statement:
    parts, people = spans.get(cells[0], {}), mentions.get(cells[0], {})
    return Statement(
        id=cells[1],
        document_id=document_id,
        speaker_ids=tuple(people.get("speaker", ())),
        addressee_id=cells[2],
        channel_ids=tuple(people.get("channel", ())),
        cue=tuple(parts.get("cue", ())),
        content=tuple(parts.get("content", ())),
        quotation=cells[4],
        act=cells[5],
        cue_class=cells[6],
        certainty=cells[7],
        negated=bool(cells[8]),
        within_id=cells[3],
        about_ids=tuple(people.get("about", ())),
        anaphoric=bool(cells[9]),
        said_on=cells[10],
        score=cells[11],
        speaker_score=cells[12],
        decided_by=unpack_text(cells[13]),
    )


def read_reading(connection: sqlite3.Connection, row: int) -> Reading:
    """All records of the document of that row, as the tables hold them."""
    document = read_document(connection, row)
    return Reading(
        document=document,
        sentences=read_sentences(connection, row),
        mentions=read_mentions(connection, row, document.id),
        statements=read_statements(connection, row, document.id),
    )
