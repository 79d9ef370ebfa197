"""a store -> one CSV file a kind of record, flat and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from onrecord.exports.files import replace_surrogates, write_file
from onrecord.exports.rows import Row
from onrecord.exports.tables import collect_tables
from onrecord.seams import StoredRecords

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula (OWASP, CSV injection): such a cell gets a ' before
it."""


class CsvExporter:
    """CSV (RFC 4180), UTF-8, a header line."""

    def __init__(self, *, guard_formulas: bool = True) -> None:
        self.guard_formulas = guard_formulas

    def export(self, store: StoredRecords, destination: Path) -> Sequence[Path]:
        """Writes documents.csv, mentions.csv … into the folder; returns the files."""
        written = []
        for kind, rows in collect_tables(store).items():
            flat = [_FLATTEN[kind](row) for row in rows]
            written.append(write_file(destination / f"{kind}.csv", self._dump(COLUMNS[kind], flat)))
        return written

    def _dump(self, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([self._write_cell(row[column]) for column in columns])
        return out.getvalue().encode()

    def _write_cell(self, value: Any) -> Any:
        if not isinstance(value, str):
            return {True: "true", False: "false"}[value] if isinstance(value, bool) else value
        text = replace_surrogates(value)
        return f"'{text}" if self.guard_formulas and text.startswith(FORMULA_STARTS) else text


def _join_spans(spans: Iterable[Row]) -> str:
    return "; ".join(f"{span['start']}-{span['end']}" for span in spans)


def _join_words(spans: Iterable[Row], key: str = "exact") -> str:
    return " … ".join(span[key] for span in spans) if key == "exact" else "; ".join(s[key] for s in spans)


def _flatten_document(row: Row) -> Row:
    return {
        **row,
        "litter": _join_spans(row["litter"]),
        "credits": " … ".join(span["exact"] for span in row["credits"]),
        "appearances": "; ".join(one["path"] for one in row["appearances"]),
    }


def _flatten_mention(row: Row) -> Row:
    return {**row, "role": row["role"]["exact"] if row["role"] else None}


def _flatten_actor(row: Row) -> Row:
    return {
        **row,
        **{
            name: "; ".join(row[name])
            for name in ("aliases", "part_of", "renamed_to", "split_from", "reasons")
        },
        "roles": "; ".join(one["role"] for one in row["roles"]),
    }


def _flatten_statement(row: Row) -> Row:
    return {
        **row,
        "speaker": _join_words(row["speakers"], "actor"),
        "speaker_ids": _join_words([{"id": one["actor_id"] or ""} for one in row["speakers"]], "id"),
        "speaker_named": _join_words(row["speakers"], "named"),
        "speaker_words": _join_words(row["speakers"], "exact"),
        "speaker_spans": _join_spans(row["speakers"]),
        "public_role": all(one["public_role"] for one in row["speakers"]),
        "role": row["role"]["exact"] if row["role"] else None,
        "addressee": row["addressee"]["actor"] if row["addressee"] else None,
        "channels": _join_words(row["channels"], "actor"),
        "cue": _join_words(row["cue"]),
        "cue_spans": _join_spans(row["cue"]),
        "content": _join_words(row["content"]),
        "content_spans": _join_spans(row["content"]),
        "via": " < ".join(row["via"]),
        "about": _join_words(row["about"], "actor"),
    }


def _flatten_decision(row: Row) -> Row:
    selector = row["selector"]
    value = json.dumps(row["value"], ensure_ascii=False, sort_keys=True)
    return {**row, **{key: selector[key] for key in ("document_id", "record_id", "exact")}, "value": value}


def _keep(row: Row) -> Row:
    return row


_FLATTEN: Final[dict[str, Callable[[Row], Row]]] = {
    "documents": _flatten_document,
    "mentions": _flatten_mention,
    "actors": _flatten_actor,
    "statements": _flatten_statement,
    "decisions": _flatten_decision,
    "failures": _keep,
    "runs": _keep,
}

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "documents": (
        "id", "path", "member", "outlet", "title", "byline", "url", "published", "published_from",
        "published_sure", "not_before", "not_after", "language", "translated", "text", "litter", "credits",
        "appearances", "sha256", "text_digest",
    ),
    "mentions": (
        "id", "document_id", "start", "end", "exact", "kind", "actor", "actor_id", "local_id", "role",
        "inferred", "reason", "actor_reason", "public_role",
    ),
    "actors": (
        "id", "name", "kind", "aliases", "roles", "part_of", "renamed_to", "split_from", "speaks_for",
        "documents", "public", "reasons",
    ),
    "statements": (
        "id", "document_id", "speaker", "speaker_ids", "speaker_named", "speaker_words", "role", "act",
        "content", "cue", "quotation", "class", "certainty", "negated", "via", "channels", "addressee",
        "about", "within_id", "said_on", "paraphrase", "translated", "public_role", "score",
        "speaker_score", "decided_by", "speaker_spans", "cue_spans", "content_spans",
    ),
    "decisions": (
        "number", "id", "what", "document_id", "record_id", "exact", "value", "by", "at", "reason",
    ),
    "failures": ("path", "document_id", "stage", "error"),
    "runs": ("id", "code_version", "model_digest", "settings_digest"),
}  # fmt: skip
"""The columns of each file, in order. Spans are "start-end; start-end"."""
