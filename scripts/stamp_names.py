#!/usr/bin/env python3
"""the name tables as they are -> their VERSION: a day (ISO 8601, the one argument) and their digest.

Run `python scripts/stamp_names.py 2031-04-02` in the environment after a table has changed; until then a test
fails.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from onrecord.names import digest_tables

VERSION = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "names" / "tables" / "VERSION"

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("give the day of the change: python scripts/stamp_names.py 2031-04-02")
    day = date.fromisoformat(sys.argv[1])
    VERSION.write_text(f"{day} {digest_tables()}\n", encoding="utf-8", newline="\n")
