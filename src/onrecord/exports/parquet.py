"""a store -> one Parquet file a kind of record, nested as the JSON lines are."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
        schemas = make_schemas()
        return [
            write_file(destination / f"{kind}.parquet", _dump_table(rows, schemas[kind]))
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


def make_schemas() -> dict[str, pa.Schema]:
    """Kind -> schema; the names are those of the JSON lines."""
    text, number, yes, real = pa.string(), pa.int64(), pa.bool_(), pa.float64()
    place = [("start", number), ("end", number), ("exact", text)]
    span = pa.struct(place)
    about = [("mention_id", text), ("actor_id", text), ("actor", text)]
    actor = pa.struct([*place, *about, ("kind", text), ("inferred", text), ("public_role", yes)])
    appearance = pa.struct([("path", text), ("outlet", text), ("url", text), ("retrieved", text)])
    selector = pa.struct([
        ("document_id", text), ("record_id", text), ("start", number), ("end", number), ("exact", text),
        ("prefix", text), ("suffix", text), ("text_digest", text),
    ])  # fmt: skip
    return {
        "documents": pa.schema([
            ("id", text), ("path", text), ("member", text), ("sha256", text), ("text_digest", text),
            ("text", text), ("litter", pa.list_(span)), ("credits", pa.list_(span)), ("title", text),
            ("title_span", span), ("byline", text), ("outlet", text), ("url", text), ("language", text),
            ("translated", yes), ("published", text), ("published_from", text), ("published_sure", yes),
            ("not_before", text), ("not_before_evidence", span), ("not_after", text),
            ("not_after_evidence", span), ("appearances", pa.list_(appearance)),
        ]),
        "mentions": pa.schema([
            ("id", text), ("document_id", text), *place, ("kind", text), ("local_id", text),
            ("actor_id", text), ("actor", text), ("role", span), ("inferred", text), ("reason", text),
            ("public_role", yes),
        ]),
        "statements": pa.schema([
            ("id", text), ("document_id", text), ("speakers", pa.list_(actor)), ("role", span),
            ("addressee", actor), ("channels", pa.list_(actor)), ("cue", pa.list_(span)),
            ("content", pa.list_(span)), ("quotation", text), ("act", text), ("class", text),
            ("certainty", text), ("negated", yes), ("within_id", text), ("via", pa.list_(text)),
            ("about", pa.list_(pa.struct(about))), ("anaphoric", yes), ("said_on", text),
            ("paraphrase", yes), ("translated", yes), ("score", real), ("speaker_score", real),
            ("decided_by", text),
        ]),
        "decisions": pa.schema([
            ("id", text), ("what", text), ("selector", selector), ("value", text), ("by", text),
            ("at", text), ("reason", text), ("number", number),
        ]),
        "failures": pa.schema([("path", text), ("document_id", text), ("stage", text), ("error", text)]),
        "runs": pa.schema([
            ("id", text), ("code_version", text), ("model_digest", text), ("settings_digest", text),
        ]),
    }  # fmt: skip
