"""a user's file of names -> its rows. CSV, TSV, YAML or JSON; every error names its line.

Columns or keys: name, kind, aliases, state, part_of, renamed_to, distinct_from. Only name and kind have to be
there; in a table "|" parts several names of a cell, in YAML and JSON a list may stand for them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple, cast

from onrecord.errors import StopRun
from onrecord.names.folding import fold
from onrecord.vocabulary import KINDS, Kind

COLUMNS: Final = ("name", "kind", "aliases", "state", "part_of", "renamed_to", "distinct_from")
LARGEST: Final = 8_000_000
"""Bytes of a file: some 100,000 names."""


class OwnRow(NamedTuple):
    """One row of a user's file."""

    line: int
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    state: str
    part_of: tuple[str, ...]
    renamed_to: tuple[str, ...]
    distinct_from: tuple[str, ...]


def read_own_rows(path: Path) -> list[OwnRow]:
    """The rows in their order. Raises `StopRun` when the file or a line of it cannot be used."""
    text = _read_text(path)
    read = _read_yaml if path.suffix.lower() in (".yaml", ".yml", ".json") else _read_table
    rows = [_check_row(path, line, cells) for line, cells in read(path, text)]
    if not rows:
        raise StopRun(f"{path} holds no names: give it rows with at least name and kind")
    return rows


def stop_at(path: Path | str, line: int, problem: str) -> StopRun:
    """The error for a line."""
    return StopRun(f"{path}, line {line}: {problem}")


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise StopRun(f"the names file {path} cannot be read ({error}): correct its path") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise stop_at(path, line, "is not UTF-8: save the file as UTF-8") from error
    if len(content) > LARGEST:
        raise StopRun(f"{path} has {len(content):,} bytes; at most {LARGEST:,} are read")
    return text


def _read_table(path: Path, text: str) -> Iterator[tuple[int, dict[str, tuple[str, ...]]]]:
    """Rows of CSV (comma or semicolon) or TSV; the first line names the columns. "#" opens a comment."""
    lines = text.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    head = lines[start] if start < len(lines) else ""
    delimiter = "\t" if "\t" in head else ";" if ";" in head and "," not in head else ","
    reader = csv.reader(io.StringIO("".join(lines[start:]), newline=""), delimiter=delimiter)
    columns: list[str] = []
    at = 1
    try:
        for cells in reader:
            line, at = start + at, reader.line_num + 1
            if not columns:
                columns = [_check_column(path, line, cell) for cell in cells]
            elif any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                if len(cells) > len(columns):
                    raise stop_at(path, line, f"has {len(cells)} cells; the first line names {len(columns)}")
                yield line, {c: _split(cell) for c, cell in zip(columns, cells, strict=False)}
    except csv.Error as error:
        raise stop_at(path, start + reader.line_num, str(error)) from error


def _read_yaml(path: Path, text: str) -> Iterator[tuple[int, dict[str, tuple[str, ...]]]]:
    """Rows of a YAML or JSON list of mappings."""
    import yaml

    try:
        root = yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or error)
        raise stop_at(path, mark.line + 1 if mark else 1, problem) from error
    if not isinstance(root, yaml.SequenceNode):
        raise stop_at(path, 1, "is no list: write one entry a name, each with name and kind")
    for entry in root.value:
        line = entry.start_mark.line + 1
        if not isinstance(entry, yaml.MappingNode):
            raise stop_at(path, line, "is no entry with name and kind")
        cells = {}
        for key, value in entry.value:
            place = key.start_mark.line + 1
            parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
            if not all(isinstance(part, yaml.ScalarNode) for part in parts):
                raise stop_at(path, place, f"{key.value} must be words or a list of words")
            cells[_check_column(path, place, str(key.value))] = tuple(
                word for part in parts if part.tag != "tag:yaml.org,2002:null" for word in _split(part.value)
            )
        yield line, cells


def _split(cell: str) -> tuple[str, ...]:
    words = (" ".join(part.split()) for part in cell.split("|"))
    return tuple(dict.fromkeys(word for word in words if word))


def _check_column(path: Path, line: int, column: str) -> str:
    name = column.strip().lower().replace(" ", "_")
    if name not in COLUMNS:
        near = get_close_matches(name, COLUMNS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(COLUMNS)}"
        raise stop_at(path, line, f"there is no column {column.strip()!r}: {hint}")
    return name


def _check_row(path: Path, line: int, cells: dict[str, tuple[str, ...]]) -> OwnRow:
    for column in ("name", "kind", "state"):
        if len(cells.get(column, ())) > 1:
            raise stop_at(path, line, f"{column} holds several: give one, and other names as aliases")
    name, kind, state = (next(iter(cells.get(column, ())), "") for column in ("name", "kind", "state"))
    if not fold(name):
        raise stop_at(path, line, "has no name")
    if kind.lower() not in KINDS:
        raise stop_at(path, line, f"kind is {kind!r}: it must be one of {', '.join(KINDS)}")
    return OwnRow(
        line=line, name=name, kind=cast(Kind, kind.lower()),
        aliases=tuple(word for word in cells.get("aliases", ()) if word != name and fold(word)),
        state=state, part_of=cells.get("part_of", ()), renamed_to=cells.get("renamed_to", ()),
        distinct_from=cells.get("distinct_from", ()),
    )  # fmt: skip
