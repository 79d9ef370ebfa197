"""a store -> all its rows, by kind of record and sorted: what every table format writes."""

from __future__ import annotations

from onrecord.exports.rows import (
    Row,
    assembled_row,
    decision_row,
    document_row,
    failure_row,
    mention_row,
    run_row,
    statement_row,
)
from onrecord.seams import StoredRecords
from onrecord.views import view_document

KINDS = ("documents", "mentions", "actors", "statements", "decisions", "failures", "runs")


def collect_tables(store: StoredRecords) -> dict[str, list[Row]]:
    """Kind -> rows sorted by id (failures, which have none, by path)."""
    tables: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for document in store.documents():
        actors = store.actor_names(document.id)
        view = view_document(store.reading(document.id), store.appearances(document.id), actors)
        tables["documents"].append(document_row(view.document, view.summary))
        tables["mentions"] += [mention_row(one) for one in view.mentions]
        tables["statements"] += [statement_row(one) for one in view.statements]
    tables["actors"] = [assembled_row(one) for one in store.actors() if one.public]
    for number, decision in enumerate(store.decisions()):
        tables["decisions"].append({**decision_row(decision), "number": number})
    tables["failures"] = [failure_row(one) for one in store.failures()]
    tables["runs"] = [run_row(one) for one in store.runs()]
    for kind in KINDS:
        if kind != "failures":
            tables[kind].sort(key=lambda row: str(row["id"]))
    return tables
