"""The ledger file itself: what is opened and refused, kills, failing writes, a second writer, searches."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import StopRun
from onrecord.records import Appearance, Reading
from onrecord.stores import SqliteStore
from onrecord.stores.checking import check_file
from onrecord.stores.files import SCHEMA_VERSION
from onrecord.stores.search import find_statements, parse_query
from onrecord.testing import (
    make_appearance,
    make_document,
    make_mention,
    make_reading,
    make_run,
    make_statement,
)


def build_reading(
    number: int = 0, speaker: str = "Nadja Örström", content: str = "the naïve plan of Al-Qāhira"
) -> Reading:
    document = make_document(f"Item {number}. {speaker} said {content} fails.\n")
    mention = make_mention(document, speaker)
    return make_reading(document, [mention], [make_statement(document, mention, "said", content)])


def fill(store: SqliteStore, count: int) -> None:
    for number in range(count):
        reading = build_reading(number)
        store.put_reading(reading, make_appearance(reading.document, f"{number}.txt"), make_run())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "ledger.db")
    yield made
    made.close()


def test_what_is_no_ledger_is_refused_with_a_remedy(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("This is a text and long enough to be read as a header of something else. " * 20)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE people (name TEXT)")
    connection.close()
    before = other.read_bytes()
    for path, words in (
        (text, "no ledger"),
        (other, "another program"),
        (tmp_path, "folder"),
        (tmp_path / "missing" / "x.db", "another place"),
    ):
        with pytest.raises(StopRun, match=words):
            SqliteStore(path)
    with pytest.raises(StopRun, match="onrecord read"):
        SqliteStore(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()
    assert other.read_bytes() == before


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "a.db").close()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(StopRun, match="newer onrecord"):
        SqliteStore(tmp_path / "a.db")


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    store = SqliteStore(tmp_path / "a.db")
    fill(store, 1)
    assert check_file(store.connection) == []
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_the_file_is_private(store: SqliteStore) -> None:
    fill(store, 1)
    for path in store.path.parent.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_second_writer_is_told_and_readers_are_not_held_up(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path / "a.db")
    second = SqliteStore(tmp_path / "a.db", busy_seconds=0.1)
    with first.write():
        with pytest.raises(StopRun, match="another program is writing"):
            fill(second, 1)
        assert list(second.documents()) == []
    fill(second, 1)
    assert len(list(first.documents())) == 1
    first.close()
    second.close()


def test_check_finds_what_was_tampered_with(store: SqliteStore) -> None:
    fill(store, 2)
    assert check_file(store.connection) == []
    changes = (
        "UPDATE document SET text = replace(text, 'plan', 'plum') WHERE id = 1",
        "UPDATE mention SET end = 100000 WHERE document_id = 2",
        "UPDATE statement_span SET start = start + 1 WHERE part = 'cue' AND statement_id = 2",
        "DELETE FROM statement_words WHERE rowid = 2",
    )
    for change in changes:
        store.connection.execute("BEGIN")
        store.connection.execute(change)
        assert check_file(store.connection), change
        store.connection.execute("ROLLBACK")
    assert check_file(store.connection) == []


@pytest.mark.parametrize(
    ("column", "query", "found"),
    [
        ("speaker", "orstrom", True),
        ("speaker", "NADJA Örström", True),
        ("speaker", "nadja orstrom halloran", False),
        ("content", '"naive plan"', True),
        ("content", '"plan naive"', False),
        ("content", "plan naive", True),
        ("content", "al-qahira", True),
        ("content", "qahi*", True),
        ("content", "plan -naive", False),
        ("content", "plan -fuel", True),
        ("content", "-fuel", True),
        ("content", "!?", False),
        ("content", "", False),
    ],
)
def test_search_ignores_case_and_diacritics(store: SqliteStore, column: str, query: str, found: bool) -> None:
    fill(store, 1)
    assert bool(find_statements(store.connection, parse_query(column, query))) is found


def test_search_takes_arabic_letters_for_one_another(store: SqliteStore) -> None:
    reading = build_reading(content="إلى القاهرة مؤتمر")
    store.put_reading(reading, make_appearance(reading.document), make_run())
    for query in ("الي القاهره", "إلى مؤتمر", "مـوتـمر"):
        assert find_statements(store.connection, parse_query("content", query)), query


FULL_TEXT_SYNTAX = [
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    ")",
    '"',
    "'",
    "*",
    "^",
    ":",
    "{",
    "}",
    "-",
    "+",
    "content",
    "\0",
    ";",
]


@given(st.lists(st.one_of(st.sampled_from(FULL_TEXT_SYNTAX), st.text(max_size=8)), max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_query_is_a_syntax_error(parts: list[str]) -> None:
    connection = _shared_ledger()
    for joint in ("", " "):
        find_statements(connection, parse_query("content", joint.join(parts)))


def _shared_ledger() -> sqlite3.Connection:
    if not _LEDGERS:
        store = SqliteStore(Path(os.environ["PYTEST_SHARED_LEDGER"]))
        fill(store, 1)
        _LEDGERS.append(store.connection)
    return _LEDGERS[0]


_LEDGERS: list[sqlite3.Connection] = []


@pytest.fixture(autouse=True, scope="module")
def shared_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTEST_SHARED_LEDGER", str(tmp_path_factory.mktemp("shared") / "ledger.db"))
    yield
    patch.undo()
    for connection in _LEDGERS:
        connection.close()
    _LEDGERS.clear()


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from tests.unit.test_store_files import build_reading
from onrecord.stores import SqliteStore
from onrecord.testing import make_appearance, make_run
store = SqliteStore(Path(sys.argv[1]))
print("open", flush=True)
for number in range(100000):
    reading = build_reading(number)
    store.put_reading(reading, make_appearance(reading.document, f"{{number}}.txt"), make_run())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_kill_at_any_moment_leaves_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    root = Path(__file__).parents[2]
    script = WRITER.format(paths=[str(root), str(root / "src")])
    last = round_number = 0
    while round_number < 6 or (not last and round_number < 40):
        round_number += 1
        writer = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        time.sleep(0.02 + 0.037 * round_number)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        store = SqliteStore(path)
        assert check_file(store.connection) == []
        documents = list(store.documents())
        for document in documents:
            assert len(store.statements(document.id)) == 1
            assert len(store.appearances(document.id)) == 1
        assert len(documents) >= last
        last = len(documents)
        store.close()
    assert last > 0


class FailingConnection:
    """A connection whose n-th write fails, as on a full disk."""

    def __init__(self, connection: sqlite3.Connection, fail_at: int) -> None:
        self.connection = connection
        self.left = fail_at

    def count_down(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise sqlite3.OperationalError("database or disk is full")

    def execute(self, *args: object) -> sqlite3.Cursor:
        if not str(args[0]).startswith(("SELECT", "ROLLBACK", "PRAGMA")):
            self.count_down()
        return self.connection.execute(*args)  # type: ignore[arg-type]

    def executemany(self, *args: object) -> sqlite3.Cursor:
        self.count_down()
        return self.connection.executemany(*args)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)


def test_a_failing_write_leaves_the_old_state_whatever_write_it_is(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "ledger.db")
    old, new = build_reading(1), build_reading(2)
    store.put_reading(old, make_appearance(old.document, "1.txt"), make_run())
    changed = replace(old, statements=())
    real = store.connection
    for what, reading in (("new", new), ("changed", changed)):
        for fail_at in range(1, 200):
            before = list(real.iterdump())
            store.connection = FailingConnection(real, fail_at)  # type: ignore[assignment]
            try:
                run = make_run("two")
                store.put_reading(
                    reading, Appearance(document_id=reading.document.id, path=f"{what}.txt"), run
                )
            except StopRun as stop:
                assert "disk is full" in str(stop)
                assert list(real.iterdump()) == before
            else:
                break
            finally:
                store.connection = real
        assert 5 < fail_at < 199
        assert check_file(real) == []
    store.close()
