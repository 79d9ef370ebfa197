"""the name tables, and a user's file -> a digest of all that they hold."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

_FOLDER = resources.files("onrecord.names") / "tables"


def digest_tables(user_file: Path | None = None) -> str:
    """SHA-256 over the names and bytes of the package's tables, and over the content of a user's file when
    there is one, in hexadecimal."""
    if user_file is None:
        return _digest_shipped()
    return hashlib.sha256(_digest_shipped().encode() + user_file.read_bytes()).hexdigest()


def read_version() -> tuple[str, str]:
    """The day of the tables' last change and the digest that they had then, as `VERSION` beside them says; a
    test holds that it is theirs."""
    day, digest = (_FOLDER / "VERSION").read_text(encoding="utf-8").split()
    return day, digest


@cache
def _digest_shipped() -> str:
    digest = hashlib.sha256()
    tables = [each for each in _FOLDER.iterdir() if each.name.endswith(".tsv")]
    for table in sorted(tables, key=lambda each: each.name):
        digest.update(table.name.encode() + b"\0" + table.read_bytes())
    return digest.hexdigest()
