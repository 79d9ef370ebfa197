"""tables, and a user's file -> `Names`, the look-up that all rooms share.

The tables are read once a process and the result is never changed. The order of the tables is the order of an
answer; a user's rows come first, and alone for their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from onrecord.names.entries import Entry, read_entries
from onrecord.names.folding import fold, fold_cell, is_acronym
from onrecord.names.history import Lineage, Links, Relation
from onrecord.names.lookup import Gender, Name, Names
from onrecord.names.own import OwnRow, read_own_rows, stop_at
from onrecord.names.rows import read_table
from onrecord.vocabulary import Kind

ORGANISED: frozenset[Kind] = frozenset(("organisation", "government", "armed group", "outlet", "collective"))
"""Kinds that a user may set right for a thing of ours: a state or place of the same name is a homonym."""
RELATION_OF_COLUMN: dict[str, Relation] = {
    "part_of": "part of",
    "renamed_to": "renamed to",
    "distinct_from": "distinct from",
}


def load_names(user_file: Path | None = None) -> Names:
    """The look-up over all tables of the package, read once a process and never changed; with `user_file`
    (see own.py) that file's rows win for their words. Raises `StopRun` naming the line that is wrong."""
    if user_file is None:
        return load_shipped()
    return _load_with_own(str(user_file), tuple(read_own_rows(user_file)))


@cache
def load_shipped() -> Names:
    """The look-up over the package's tables alone."""
    names = Names(
        **_index_entries(read_entries()),
        _cities=_read_places("cities"),
        _divisions=_read_places("divisions"),
        _given={fold(row[0]): cast(Gender, row[1]) for row in read_table("given_names")},
        _titles={fold(row[0]): cast(Gender, row[1]) for row in read_table("titles")},
        _links=Links(),
    )
    return replace(names, _links=Links.of_rows(_read_lineage(names)))


@lru_cache(maxsize=4)
def _load_with_own(path: str, rows: tuple[OwnRow, ...]) -> Names:
    """The shipped names under the user's; cached by path and content."""
    shipped = load_shipped()
    own = [_make_own(row, shipped) for row in rows]
    by_old_key = {old: name for name, old in own if old}
    taken = {_place(words) for row in rows for words in (row.name, *row.aliases)}
    entries = [Entry(words, name, False) for name, _ in own for words in (name.name, *name.aliases)]
    for entry in read_entries():
        name = by_old_key.get(entry.name.key, entry.name)
        if name is not entry.name or _place(entry.words) not in taken:
            entries.append(entry._replace(name=name))
    index = _index_entries(entries) | {"_trained": shipped._trained}
    names = replace(shipped, **index)
    lineage = [*_list_own_lineage(path, rows, names), *_read_lineage(names)]
    return replace(names, _links=Links.of_rows(lineage))


def _place(words: str) -> tuple[bool, str]:
    return is_acronym(words), fold(words)


def _make_own(row: OwnRow, shipped: Names) -> tuple[Name, str]:
    """The row's `Name` and the key of the thing of ours that it is, "" for a new one: the same kind and usual
    name, or the same usual name and another kind of organisation."""
    made = Name(name=row.name, kind=row.kind, state=row.state or None, aliases=row.aliases, source="own")
    known = shipped.of_key(made.key)
    if known is None and row.kind in ORGANISED:
        other = shipped.named(row.name)
        known = other if other is not None and other.kind in ORGANISED else None
    if known is None:
        return made, ""
    aliases = tuple(dict.fromkeys((*row.aliases, known.name, *known.aliases)))
    whole = replace(
        known, name=row.name, kind=row.kind, state=row.state or known.state, source="own",
        aliases=tuple(word for word in aliases if word != row.name),
    )  # fmt: skip
    return whole, known.key


def _list_own_lineage(path: str, rows: Sequence[OwnRow], names: Names) -> list[Lineage]:
    found = []
    for row in rows:
        key = cast(Name, names.named(row.name)).key
        for column, relation in RELATION_OF_COLUMN.items():
            for words in getattr(row, column):
                other = find_thing(names, words) or next(iter(names.find(words)), None)
                if other is None:
                    problem = f"{column} names {words!r}, which neither this file nor the tables know"
                    raise stop_at(path, row.line, problem)
                found.append(
                    Lineage(
                        name=row.name, key=key, relation=relation, other=other.name, other_key=other.key,
                        source=f"{Path(path).name}, line {row.line}",
                    )
                )  # fmt: skip
    return found


def _read_lineage(names: Names) -> list[Lineage]:
    """The rows of the table; one whose names a user took for something else falls."""
    rows = []
    for name, relation, other, since, until, source in read_table("lineage", 6):
        one, two = find_thing(names, name), find_thing(names, other)
        if one is not None and two is not None:
            rows.append(
                Lineage(
                    name=one.name, key=one.key, relation=cast(Relation, relation), other=two.name,
                    other_key=two.key, since=since, until=until, source=source,
                )
            )  # fmt: skip
    return rows


def find_thing(names: Names, words: str) -> Name | None:
    """The thing that a table means by its usual name; "Georgia, United States" is the division."""
    name, _, state = words.partition(", ")
    if not state:
        return names.named(words)
    return next(
        (each for each in names.find(name) if each.source == "divisions" and each.state == state), None
    )


def _index_entries(entries: Iterable[Entry]) -> dict[str, Any]:
    """The tables of `Names` by words, acronym and domain; a thing's words keep the order of the entries."""
    by_words: dict[str, list[Name]] = {}
    by_acronym: dict[str, list[Name]] = {}
    by_domain: dict[str, Name] = {}
    trained = set()
    for words, name, is_trained in entries:
        folded = fold(words)
        known = (by_acronym if is_acronym(words) else by_words).setdefault(folded, [])
        if not any(each is name for each in known):
            known.append(name)
        if is_trained:
            trained.add(folded)
        for domain in name.domains:
            by_domain[domain] = name
    return {
        "_by_words": {words: tuple(each) for words, each in by_words.items()},
        "_by_acronym": {words: tuple(each) for words, each in by_acronym.items()},
        "_by_domain": by_domain,
        "_trained": frozenset(trained),
    }


def _read_places(table: str) -> dict[str, str]:
    """Folded place -> "place, state" of cities or divisions, "|" between namesakes: one string is made and
    kept at a fraction of the cost of a pair, and few are ever asked for."""
    found: dict[str, str] = {}
    for state, cell in read_table(table, 2):
        for place, folded in zip(cell.split("|"), fold_cell(cell), strict=True):
            before = found.get(folded)
            found[folded] = f"{before}|{place}, {state}" if before else f"{place}, {state}"
    return found
