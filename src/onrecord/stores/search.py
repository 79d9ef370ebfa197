"""what a user types -> full-text expressions that we wrote.

No character of the user's reaches the index's query language: words are cut and folded by us and put in
quotation marks, so that no input is a syntax error or an operator.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from onrecord.folding import split_words

_TERM: Final = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


class Match(NamedTuple):
    """One condition on a statement's words."""

    expression: str
    """For FTS5's MATCH."""
    wanted: bool
    """False: statements that match it are left out."""


def parse_query(column: str, query: str) -> list[Match]:
    """The conditions of a query on one column: all words, "a phrase", beginning*, -absent.

    A query without any word (only marks) gives one condition that nothing fulfils.
    """
    matches = []
    for minus, phrase, word in _TERM.findall(query):
        words = split_words(phrase or word)
        if words:
            star = " *" if word.endswith("*") else ""
            matches.append(Match(f'{column} : "{" ".join(words)}"{star}', not minus))
    return matches or [Match(f'{column} : ""', True)]


def find_statements(
    connection: sqlite3.Connection, matches: Sequence[Match], act: str | None = None
) -> dict[str, set[str]]:
    """Document id -> ids of its statements that fulfil all conditions."""
    query = (
        "SELECT document.key, statement.key FROM statement JOIN document ON document.id = document_id WHERE 1"
    )
    cells: list[str] = []
    for match in matches:
        word = "IN" if match.wanted else "NOT IN"
        query += f" AND statement.id {word} (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)"
        cells.append(match.expression)
    if act is not None:
        query += " AND act = ?"
        cells.append(act)
    found: dict[str, set[str]] = {}
    for document_id, statement_id in connection.execute(query, cells):
        found.setdefault(document_id, set()).add(statement_id)
    return found
