"""table of the package -> its rows; a cell of many names -> the names."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

Row = tuple[str, ...]


def read_table(table: str, columns: int = 2) -> Iterator[Row]:
    """The rows of `tables/<table>.tsv` without comments, each filled up to so many cells."""
    path = resources.files("onrecord.names") / "tables" / f"{table}.tsv"
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield (*cells, *[""] * (columns - len(cells)))


def split_cell(cell: str) -> tuple[str, ...]:
    """The names of a cell, which "|" parts."""
    return tuple(cell.split("|")) if cell else ()
