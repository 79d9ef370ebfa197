"""a store -> files that other programs read; one module a format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from onrecord.errors import StopRun
from onrecord.seams import Exporter

__all__ = ["EXPORTERS", "load_exporter"]


def _load_jsonl() -> Exporter:
    from onrecord.exports.jsonl import JsonlExporter

    return JsonlExporter()


def _load_csv() -> Exporter:
    from onrecord.exports.csv import CsvExporter

    return CsvExporter()


def _load_parquet() -> Exporter:
    from onrecord.exports.parquet import ParquetExporter

    return ParquetExporter()


EXPORTERS: Final[dict[str, Callable[[], Exporter]]] = {
    "jsonl": _load_jsonl,
    "csv": _load_csv,
    "parquet": _load_parquet,
}
"""Format -> what makes its exporter; a format's libraries are loaded when it is asked for."""


def load_exporter(name: str) -> Exporter:
    """The exporter of that format. Raises `StopRun` when there is none."""
    if name not in EXPORTERS:
        raise StopRun(f"there is no export format {name!r}: there are {', '.join(EXPORTERS)}")
    return EXPORTERS[name]()
