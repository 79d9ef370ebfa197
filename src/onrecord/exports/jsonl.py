"""a store -> one JSON Lines file a kind of record, lines sorted by id."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from onrecord.exports.files import write_file
from onrecord.exports.rows import Row
from onrecord.exports.tables import collect_tables
from onrecord.seams import StoredRecords


class JsonlExporter:
    """JSON Lines, UTF-8."""

    def export(self, store: StoredRecords, destination: Path) -> Sequence[Path]:
        """Writes documents.jsonl, mentions.jsonl … into the folder; returns the files."""
        return [
            write_file(destination / f"{kind}.jsonl", b"".join(map(dump_line, rows)))
            for kind, rows in collect_tables(store).items()
        ]


def dump_line(row: Row) -> bytes:
    """The row as one line. A row with lone surrogates, which UTF-8 cannot hold, is written in escapes."""
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
    try:
        return line.encode()
    except UnicodeEncodeError:
        return (json.dumps(row, ensure_ascii=True, separators=(",", ":")) + "\n").encode()
