"""a user's question -> the documents and statements of a ledger file that answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.actors import SHORTEST_KEY, Understood, understand
from onrecord.corrections import read_day
from onrecord.errors import StopRun
from onrecord.folding import split_words
from onrecord.stores.actors import find_statements_of
from onrecord.stores.codec import unpack_full_text
from onrecord.stores.search import find_statements, parse_query
from onrecord.stores.sqlite import SqliteStore
from onrecord.views import DocumentSummary, DocumentView, StatementView, summarise_document, view_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What statements are asked for; see `Ledger.statements`."""

    words: str | None = None
    by: str | None = None
    about: str | None = None
    act: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None

    parts: bool = True
    """Whether who belongs to an actor, or speaks for it, is asked for with it."""

    def fits_outlet(self, summary: DocumentSummary) -> bool:
        """Whether all words of the outlet asked for are in one of the document's outlets."""
        if self.outlet is None:
            return True
        words = set(split_words(self.outlet))
        return any(words <= set(split_words(one.outlet or "")) for one in summary.appearances)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Statements, and what was understood of the names in the question."""

    statements: tuple[StatementView, ...]
    understood: tuple[Understood, ...] = ()


def answer_question(store: SqliteStore, question: Question) -> Answer:
    """The statements that match, by day, document and place."""
    matches = parse_query("content", question.words) if question.words else []
    conditions: list[dict[str, set[str]]] = []
    understood = []
    for part, column, words in (("speaker", "speaker", question.by), ("about", "about", question.about)):
        if not words:
            continue
        meant = understand(store, words, parts=question.parts)
        understood.append(meant)
        query = [] if meant.actors else parse_query(column, words)
        if meant.actors:
            conditions.append(find_statements_of(store.connection, meant.ids, part))
        elif meant.holders:
            found = find_statements_of(store.connection, [one.id for one in meant.holders], part)
            conditions.append(_unite(found, find_statements(store.connection, query, None)))
        else:
            matches += query
    if matches or question.act or not conditions:
        conditions.append(find_statements(store.connection, matches, question.act))
    views: list[StatementView] = []
    for document_id in list_documents(store, since=question.since, until=question.until):
        chosen = set.intersection(*(one.get(document_id, set()) for one in conditions))
        if not chosen:
            continue
        view = load_view(store, document_id)
        if question.fits_outlet(view.summary):
            views += [one for one in view.statements if one.id in chosen]
    return Answer(statements=tuple(views), understood=tuple(understood))


def _unite(one: dict[str, set[str]], other: dict[str, set[str]]) -> dict[str, set[str]]:
    return {key: one.get(key, set()) | other.get(key, set()) for key in one.keys() | other.keys()}


def list_documents(store: SqliteStore, *, since: str | None = None, until: str | None = None) -> list[str]:
    """Ids by day of publication (of the earliest bound, when it is unknown; then last), path and id."""
    low, high = read_day(since) if since else None, read_day(until) if until else None
    rows = store.connection.execute(
        "SELECT key, published, not_before, not_after, read_from FROM document"
    ).fetchall()
    chosen = [
        (published or before or "~", unpack_full_text(path), key)
        for key, published, before, after, path in rows
        if (low is None or (published or before or "") >= low)
        and (high is None or (published or after or "~") <= high)
    ]
    return [key for _, _, key in sorted(chosen)]


def load_view(store: SqliteStore, document_id: str) -> DocumentView:
    """The document joined with its records."""
    return view_document(
        store.reading(document_id), store.appearances(document_id), store.actor_names(document_id)
    )


def load_summary(store: SqliteStore, document_id: str) -> DocumentSummary:
    """The document in a line."""
    return summarise_document(store.document(document_id), store.appearances(document_id))


def iterate_views(store: SqliteStore) -> Iterator[DocumentView]:
    """All documents, in the order of `list_documents`."""
    for document_id in list_documents(store):
        yield load_view(store, document_id)


def resolve_document(store: SqliteStore, key: str) -> str:
    """The id of the document with that id, beginning of it, path (with "#member"), or file name."""
    ids = [row[0] for row in store.connection.execute("SELECT key FROM document ORDER BY key")]
    if key in ids:
        return key
    places = _list_places(store)
    for wanted in (
        sorted({one for place, one in places if place == key}),
        [one for one in ids if _begins(one, key)],
        sorted({one for place, one in places if re.split(r"[/#]", place)[-1] == key}),
        sorted({one for place, one in places if place.partition("#")[0].rpartition("/")[2] == key}),
    ):
        if wanted:
            return _take_only(wanted, key, "documents")
    raise StopRun(f"there is no document {key!r} here: `onrecord summary` shows what there is")


def _list_places(store: SqliteStore) -> list[tuple[str, str]]:
    rows = store.connection.execute(
        "SELECT path, member, document.key FROM appearance JOIN document ON document.id = document_id"
    )
    places = [(unpack_full_text(path), unpack_full_text(member), key) for path, member, key in rows]
    return [(f"{path}#{member}" if member else path, key) for path, member, key in places]


def _begins(one: str, key: str) -> bool:
    return len(key) >= SHORTEST_KEY and one.startswith(key.casefold())


def _take_only(found: Sequence[str], key: str, what: str) -> str:
    if len(found) > 1:
        some = ", ".join(one[:12] for one in found[:5])
        raise StopRun(f"{key!r} stands for {len(found)} {what} ({some} …): give more of the id")
    return found[0]


def resolve_statement(store: SqliteStore, key: str) -> tuple[str, str]:
    """The ids of the statement with that id (or beginning of it) and of its document."""
    rows = store.connection.execute(
        "SELECT statement.key, document.key FROM statement JOIN document ON document.id = document_id "
        "WHERE substr(statement.key, 1, ?) = ? ORDER BY statement.key",
        (len(key), key.casefold()),
    ).fetchall()
    if len(key) < SHORTEST_KEY or not rows:
        raise StopRun(f"there is no statement {key!r} here: `onrecord said` shows their ids")
    _take_only([row[0] for row in rows], key, "statements")
    return rows[0][0], rows[0][1]


def resolve_decision(store: SqliteStore, key: str) -> int:
    """The place in the log of the decision with that id or beginning of it."""
    ids = [one.id for one in store.decisions()]
    found = [one for one in ids if one == key or _begins(one, key)]
    if not found:
        raise StopRun(f"there is no decision {key!r} here: `onrecord fix log` shows their ids")
    return ids.index(_take_only(found, key, "decisions"))
