"""the name tables -> a digest of all that they hold."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources


@cache
def digest_tables() -> str:
    """SHA-256 over the names and bytes of the package's tables, in hexadecimal."""
    digest = hashlib.sha256()
    folder = resources.files("onrecord.names") / "tables"
    for table in sorted(folder.iterdir(), key=lambda each: each.name):
        digest.update(table.name.encode() + b"\0" + table.read_bytes())
    return digest.hexdigest()
