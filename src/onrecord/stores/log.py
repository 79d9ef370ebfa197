"""people's decisions -> rows in the order in which they were given, and back, with what became of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from onrecord.folding import HiddenName
from onrecord.records import Decision, Selector
from onrecord.stores.codec import dump_json, load_json, pack_text, unpack_full_text, unpack_text
from onrecord.stores.decisions import Conflict, LoggedDecision, find_undone

_COLUMNS = (
    "key, what, document_key, record_key, start, end, exact, prefix, suffix, text_digest, value, by, at, "
    "reason"
)


def write_decision(connection: sqlite3.Connection, decision: Decision) -> bool:
    """Appends the decision; False when it stands in the log already."""
    cells = _pack(decision)
    cursor = connection.execute(
        f"INSERT INTO decision ({_COLUMNS}) VALUES ({', '.join('?' * len(cells))}) ON CONFLICT DO NOTHING",
        cells,
    )
    return cursor.rowcount == 1


def _pack(decision: Decision) -> tuple[str | bytes | int | None, ...]:
    at = decision.selector
    return (
        decision.id,
        decision.what,
        at.document_id,
        at.record_id,
        at.start,
        at.end,
        pack_text(at.exact),
        pack_text(at.prefix),
        pack_text(at.suffix),
        at.text_digest,
        pack_text(dump_json(decision.value)),
        pack_text(decision.by),
        decision.at,
        pack_text(decision.reason),
    )


def rewrite_decision(connection: sqlite3.Connection, decision: Decision) -> None:
    """Puts a redacted decision in the place of itself."""
    cells = _pack(decision)
    names = _COLUMNS.split(", ")
    updates = ", ".join(f"{name} = ?" for name in names[1:])
    connection.execute(f"UPDATE decision SET {updates} WHERE key = ?", (*cells[1:], decision.id))


def read_decisions(connection: sqlite3.Connection, document_id: str | None = None) -> list[Decision]:
    """All decisions, oldest first; with `document_id` those about it and those about the whole ledger."""
    query = f"SELECT {_COLUMNS} FROM decision"
    if document_id is None:
        rows = connection.execute(f"{query} ORDER BY id").fetchall()
    else:
        query += " WHERE document_key IN (?, '') ORDER BY id"
        rows = connection.execute(query, (document_id,)).fetchall()
    return [
        Decision(
            id=row[0],
            what=row[1],
            selector=Selector(
                document_id=row[2],
                record_id=row[3],
                start=row[4],
                end=row[5],
                exact=unpack_text(row[6]),
                prefix=unpack_full_text(row[7]),
                suffix=unpack_full_text(row[8]),
                text_digest=row[9],
            ),
            value=load_json(row[10]),
            by=unpack_full_text(row[11]),
            at=row[12],
            reason=unpack_text(row[13]),
        )
        for row in rows
    ]


def pick_active(decisions: Sequence[Decision], document_id: str) -> list[Decision]:
    """The decisions about one document that were not taken back, oldest first."""
    undone = find_undone(decisions)
    return [
        one
        for one in decisions
        if one.selector.document_id == document_id and one.id not in undone and one.what != "undo"
    ]


def list_hidden_names(decisions: Sequence[Decision]) -> list[HiddenName]:
    """The redacted names that stay redacted."""
    undone = find_undone(decisions)
    return [
        HiddenName(letters=int(str(one.value["letters"])), digest=str(one.value["digest"]))
        for one in decisions
        if one.what == "redact" and one.id not in undone
    ]


def write_conflicts(connection: sqlite3.Connection, document_id: str, conflicts: Iterable[Conflict]) -> None:
    """Keeps the conflicts of one document, in the place of its old ones."""
    connection.execute("DELETE FROM conflict WHERE document_key = ?", (document_id,))
    connection.executemany(
        "INSERT INTO conflict VALUES (?, ?, ?)",
        [(one.decision_id, document_id, pack_text(one.why)) for one in conflicts],
    )


def read_log(connection: sqlite3.Connection) -> list[LoggedDecision]:
    """Every decision with its state, oldest first."""
    decisions = read_decisions(connection)
    undone = find_undone(decisions)
    conflicts = dict(connection.execute("SELECT decision_key, why FROM conflict").fetchall())
    log = []
    for one in decisions:
        if one.id in undone:
            log.append(LoggedDecision(decision=one, state="undone", why=undone[one.id]))
        elif one.id in conflicts:
            why = unpack_text(conflicts[one.id])
            log.append(LoggedDecision(decision=one, state="conflict", why=why))
        else:
            log.append(LoggedDecision(decision=one, state="applied"))
    return log
