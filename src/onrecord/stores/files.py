"""path -> an open ledger file: made when it is new, checked when it is not."""

from __future__ import annotations

import os
import sqlite3
from importlib.resources import files
from pathlib import Path
from typing import Final

from onrecord.errors import StopRun

APPLICATION_ID: Final = 0x6F6E7263
"""In the file's header ("onrc"): what tells a ledger from any other SQLite file."""

SCHEMA_VERSION: Final = 2
"""1: records and decisions; 2: actors."""

_SCRIPTS: Final = {1: "schema.sql", 2: "actors.sql"}
"""Version -> what it added."""

BUSY_SECONDS: Final = 5.0
"""How long a writer waits for another one."""

_OLDEST_SQLITE: Final = (3, 37, 0)
"""The first with STRICT tables (2021)."""


def open_file(path: Path, *, create: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to the ledger in that file. Raises `StopRun` when there is none and none may be made,
    when it is no ledger, is of a newer schema, or cannot be opened."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        version = sqlite3.sqlite_version
        raise StopRun(f"SQLite {version} is too old: install a Python with SQLite 3.37 or newer")
    if path.is_dir():
        raise StopRun(f"{path} is a folder: name a file for the ledger")
    if not path.exists():
        if not create:
            raise StopRun(f"there is no ledger {path}: `onrecord read PATH` makes one from your articles")
        _make_private_file(path)
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    try:
        _prepare(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StopRun(_explain(error, path)) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private_file(path: Path) -> None:
    """An empty file that its owner alone can read, where the platform knows owners."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        reason = error.strerror or str(error)
        raise StopRun(f"{path} cannot be made ({reason}): choose another place with --ledger") from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] or version:
            raise StopRun(f"{path} is a database of another program: name another file with --ledger")
        _make_schema(connection)
    elif version > SCHEMA_VERSION:
        raise StopRun(
            f"{path} was made by a newer onrecord (schema {version}, this one knows {SCHEMA_VERSION}): "
            "install the newer onrecord"
        )
    elif version < SCHEMA_VERSION:
        _make_schema(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may take the last commits, never break the file: sqlite.org/pragma.html#pragma_synchronous
    connection.execute("PRAGMA synchronous = NORMAL")


def _make_schema(connection: sqlite3.Connection) -> None:
    """The tables that are missing, whole or not at all; two programs that make one file at once make it
    once. What an older onrecord kept stays as it is."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for number, name in _SCRIPTS.items():
            if version < number:
                script = files("onrecord.stores").joinpath(name).read_text("utf-8")
                for command in split_commands(script):
                    connection.execute(command)
        if version < SCHEMA_VERSION:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def split_commands(script: str) -> list[str]:
    """The commands of an SQL script, one by one (`executescript` would commit before it starts)."""
    commands, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            commands.append(current)
            current = ""
    return commands


def _explain(error: sqlite3.DatabaseError, path: Path) -> str:
    message = str(error)
    if "locked" in message or "busy" in message:
        return explain_lock(path)
    if "not a database" in message:
        return f"{path} is no ledger: name another file with --ledger"
    if "malformed" in message:
        return f"{path} is damaged: put back a copy, or read the articles into a new ledger"
    if "readonly" in message:
        return f"{path} may not be written: change its permissions, or name another file with --ledger"
    return f"{path} cannot be opened ({message}): see that the folder can be written and the disk is not full"


def explain_lock(path: Path) -> str:
    """What to say when another program writes the ledger."""
    return f"another program is writing {path}: wait until it is done, or name another file with --ledger"
