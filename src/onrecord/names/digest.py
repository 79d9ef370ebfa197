"""the name tables, and a user's file -> a digest of all that they hold."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path


def digest_tables(user_file: Path | None = None) -> str:
    """SHA-256 over the names and bytes of the package's tables, and over the content of a user's file when
    there is one, in hexadecimal."""
    if user_file is None:
        return _digest_shipped()
    return hashlib.sha256(_digest_shipped().encode() + user_file.read_bytes()).hexdigest()


@cache
def _digest_shipped() -> str:
    digest = hashlib.sha256()
    folder = resources.files("onrecord.names") / "tables"
    for table in sorted(folder.iterdir(), key=lambda each: each.name):
        digest.update(table.name.encode() + b"\0" + table.read_bytes())
    return digest.hexdigest()
