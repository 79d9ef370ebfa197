"""a store -> one Parquet file a kind of record, nested as the JSON lines are."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.exports.files import replace_surrogates, write_file
from onrecord.exports.rows import Row
from onrecord.exports.tables import collect_tables
from onrecord.seams import StoredRecords


class ParquetExporter:
    """Parquet, with one fixed schema a kind, so that an empty ledger has typed columns too."""

    def export(self, store: StoredRecords, destination: Path) -> Sequence[Path]:
        """Writes documents.parquet, mentions.parquet … into the folder; returns the files."""
        return [
            write_file(destination / f"{kind}.parquet", _dump_table(rows, SCHEMAS[kind]))
            for kind, rows in collect_tables(store).items()
        ]


def _dump_table(rows: Sequence[Row], schema: pa.Schema) -> bytes:
    cells = [{name: _clean(row[name]) for name in schema.names} for row in rows]
    for row in cells:
        if "value" in row:
            row["value"] = json.dumps(row["value"], ensure_ascii=False, sort_keys=True)
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(cells, schema=schema), out, compression="zstd", version="2.6")
    return out.getvalue()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return value


_TEXT, _NUMBER, _YES, _REAL = pa.string(), pa.int64(), pa.bool_(), pa.float64()
_PLACE = (("start", _NUMBER), ("end", _NUMBER), ("exact", _TEXT))
_SPAN = pa.struct(_PLACE)
_NAME = (("mention_id", _TEXT), ("actor_id", _TEXT), ("actor", _TEXT))
_ROLE = pa.struct([("role", _TEXT), ("of", _TEXT), ("document_id", _TEXT), ("date", _TEXT)])
_TEXTS = pa.list_(_TEXT)
_ACTOR = pa.struct(
    [*_PLACE, *_NAME, ("named", _TEXT), ("kind", _TEXT), ("inferred", _TEXT), ("public_role", _YES)]
)
_APPEARANCE = pa.struct([("path", _TEXT), ("outlet", _TEXT), ("url", _TEXT), ("retrieved", _TEXT)])
_SELECTOR = pa.struct([
    ("document_id", _TEXT), ("record_id", _TEXT), *_PLACE, ("prefix", _TEXT), ("suffix", _TEXT),
    ("text_digest", _TEXT),
])  # fmt: skip

SCHEMAS: Final[dict[str, pa.Schema]] = {
    "documents": pa.schema([
        ("id", _TEXT), ("path", _TEXT), ("member", _TEXT), ("sha256", _TEXT), ("text_digest", _TEXT),
        ("text", _TEXT), ("litter", pa.list_(_SPAN)), ("credits", pa.list_(_SPAN)), ("title", _TEXT),
        ("title_span", _SPAN), ("byline", _TEXT), ("outlet", _TEXT), ("url", _TEXT), ("language", _TEXT),
        ("translated", _YES), ("published", _TEXT), ("published_from", _TEXT), ("published_sure", _YES),
        ("not_before", _TEXT), ("not_before_evidence", _SPAN), ("not_after", _TEXT),
        ("not_after_evidence", _SPAN), ("appearances", pa.list_(_APPEARANCE)),
    ]),
    "mentions": pa.schema([
        ("id", _TEXT), ("document_id", _TEXT), *_PLACE, ("kind", _TEXT), ("local_id", _TEXT),
        ("actor_id", _TEXT), ("actor", _TEXT), ("role", _SPAN), ("inferred", _TEXT), ("reason", _TEXT),
        ("actor_reason", _TEXT), ("public_role", _YES),
    ]),
    "actors": pa.schema([
        ("id", _TEXT), ("name", _TEXT), ("kind", _TEXT), ("aliases", _TEXTS), ("roles", pa.list_(_ROLE)),
        ("part_of", _TEXTS), ("renamed_to", _TEXTS), ("split_from", _TEXTS), ("speaks_for", _TEXT),
        ("documents", _NUMBER), ("public", _TEXT), ("reasons", _TEXTS),
    ]),
    "statements": pa.schema([
        ("id", _TEXT), ("document_id", _TEXT), ("speakers", pa.list_(_ACTOR)), ("role", _SPAN),
        ("addressee", _ACTOR), ("channels", pa.list_(_ACTOR)), ("cue", pa.list_(_SPAN)),
        ("content", pa.list_(_SPAN)), ("quotation", _TEXT), ("act", _TEXT), ("class", _TEXT),
        ("certainty", _TEXT), ("negated", _YES), ("within_id", _TEXT), ("via", pa.list_(_TEXT)),
        ("about", pa.list_(pa.struct(_NAME))), ("anaphoric", _YES), ("said_on", _TEXT),
        ("paraphrase", _YES), ("translated", _YES), ("score", _REAL), ("speaker_score", _REAL),
        ("decided_by", _TEXT),
    ]),
    "decisions": pa.schema([
        ("id", _TEXT), ("what", _TEXT), ("selector", _SELECTOR), ("value", _TEXT), ("by", _TEXT),
        ("at", _TEXT), ("reason", _TEXT), ("number", _NUMBER),
    ]),
    "failures": pa.schema([("path", _TEXT), ("document_id", _TEXT), ("stage", _TEXT), ("error", _TEXT)]),
    "runs": pa.schema([
        ("id", _TEXT), ("code_version", _TEXT), ("model_digest", _TEXT), ("settings_digest", _TEXT),
    ]),
}  # fmt: skip
"""Kind -> schema; the names are those of the JSON lines."""
