"""the name lists, where they are -> the compiled tables of the package, to the byte; all tables -> sound rows."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from onrecord.names import Names, digest_tables, load_names, read_version
from onrecord.names.history import RELATIONS
from onrecord.names.loading import find_thing
from onrecord.vocabulary import KINDS

ROOT = Path(__file__).parent.parent.parent
TABLES = ROOT / "src" / "onrecord" / "names" / "tables"
COMPILED = {
    "compile_names": (
        "states.tsv", "cities.tsv", "divisions.tsv", "division_cities.tsv", "phoenix_groups.tsv",
        "phoenix_bodies.tsv", "phoenix_variants.tsv", "name_words.tsv",
    ),
    "compile_offices": ("offices.tsv",),
}  # fmt: skip
DAY = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")
TWO_BEARERS = {
    "Congo", "RSF", "Jundallah", "Jundullah", "National Liberation Army", "Government of National Unity",
    "Justice and Development Party", "National Unity Government", "Transitional Military Council",
}  # fmt: skip
"""Words that news use for either of two things that must stay apart; the context decides."""


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names()


def read_rows(table: str) -> list[list[str]]:
    lines = (TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("script", COMPILED)
def test_the_tables_are_what_the_scripts_compile(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location(script, ROOT / "scripts" / f"{script}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not (module.CORPORA / "names").is_dir():
        pytest.skip("the name lists are not here")
    tables = Path(shutil.copytree(TABLES, tmp_path / "tables"))
    for name in COMPILED[script]:
        (tables / name).unlink()
    monkeypatch.setattr(module, "TABLES", tables)
    assert module.main() == 0
    for name in COMPILED[script]:
        assert (tables / name).read_bytes() == (TABLES / name).read_bytes(), name


@pytest.mark.parametrize("name", [name for names in COMPILED.values() for name in names])
def test_compiled_tables_are_sorted_and_hold_no_empty_rows(name: str) -> None:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert rows == sorted(rows) and all(row[0] for row in rows)


def test_every_state_of_the_other_tables_is_a_state() -> None:
    states = {row[0] for row in read_rows("states")} | {"European Union", "United Nations", ""}
    states |= {row[0] for row in read_rows("actors") if row[1] == "state"}
    columns = {
        "outlets": 2,
        "press": 2,
        "armed_groups": 2,
        "actors": 2,
        "seats": 2,
        "regimes": 0,
        "offices": 0,
    }
    for table, column in columns.items():
        assert {row[column] for row in read_rows(table)} - states == set(), table


@pytest.mark.parametrize("table", ["actors", "lineage", "regimes"])
def test_every_row_of_a_disputable_table_has_its_source(table: str) -> None:
    rows = read_rows(table)
    assert [row for row in rows if not row[-1].startswith("https://")] == []
    assert len({tuple(row[:4]) for row in rows}) == len(rows)


def test_every_kind_is_one() -> None:
    assert {row[1] for table in ("actors", "armed_groups", "bodies") for row in read_rows(table)} <= set(
        KINDS
    )


def test_every_row_of_lineage_stands_between_two_things(names: Names) -> None:
    for name, relation, other, since, until, _ in read_rows("lineage"):
        one, two = find_thing(names, name), find_thing(names, other)
        assert one is not None and two is not None and one.key != two.key, (name, other)
        assert relation in RELATIONS and DAY.fullmatch(since) and DAY.fullmatch(until), (name, other)
        assert not until or since <= until, (name, other)


def test_things_that_must_stay_apart_share_no_word(names: Names) -> None:
    shared = []
    for name, _, other, *_ in read_rows("lineage"):
        one, two = find_thing(names, name), find_thing(names, other)
        assert one is not None and two is not None
        if "divisions" in (one.source, two.source):
            continue  # namesakes by nature
        words = {one.name, *one.aliases} & {two.name, *two.aliases}
        shared += [(name, other, word) for word in words - TWO_BEARERS]
    assert shared == []


def test_one_thing_has_one_row_and_one_key(names: Names) -> None:
    tables = (
        "states",
        "bodies",
        "armed_groups",
        "outlets",
        "actors",
        "press",
        "phoenix_groups",
        "phoenix_bodies",
    )
    rows = [(names.named(row[0]), row[0], table) for table in tables for row in read_rows(table)]
    assert [row for row in rows if row[0] is None or row[0].name != row[1]] == []
    keys = [found.key for found, _, _ in rows if found is not None]
    assert sorted(keys) == sorted(set(keys))


def test_every_variant_and_hint_belongs_to_a_thing(names: Names) -> None:
    for table in ("variants", "phoenix_variants"):
        for name, words in (row[:2] for row in read_rows(table)):
            for word in words.split("|"):
                assert name in {found.name for found in names.find(word)}, (name, word)
    for key, _ in read_rows("hints"):
        assert names.of_key(key) or key.startswith("division:"), key


def test_governments_follow_each_other() -> None:
    rows = sorted(read_rows("regimes"), key=lambda row: (row[0], row[2]))
    assert all(row[2] and DAY.fullmatch(row[2]) and DAY.fullmatch(row[3]) for row in rows)
    for before, after in pairwise(rows):
        assert not before[3] or before[2] < before[3], before
        assert before[0] != after[0] or (before[3] and before[3] <= after[2]), (before, after)


def test_offices_are_names_and_days() -> None:
    entries = [entry.split(";") for row in read_rows("offices") for entry in row[2].split("|")]
    assert [entry for entry in entries if not 2 <= len(entry[0].split()) <= 5 or len(entry) > 3] == []
    assert [entry for entry in entries if not all(re.fullmatch(r"(\d{8})?", day) for day in entry[1:])] == []


def test_the_network_gets_the_words_that_it_was_trained_with(names: Names) -> None:
    """New rows stay out of the network's input until it is trained anew: then this digest changes with it."""
    words = json.dumps(sorted(names.class_words().items())).encode()
    assert hashlib.sha256(words).hexdigest() == (
        "0229d35b4add458d5fe8af0b150d78dfd03e9b1b715730599ebd947d3a03d940"
    )


def test_the_version_of_the_tables_is_theirs() -> None:
    assert read_version()[1] == digest_tables(), "a table changed: python scripts/stamp_names.py DAY"
