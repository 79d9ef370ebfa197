"""a store -> files that other programs read; one module a format."""

from onrecord.exports.csv import CsvExporter
from onrecord.exports.jsonl import JsonlExporter
from onrecord.exports.parquet import ParquetExporter
from onrecord.exports.pseudonyms import PseudonymousStore

__all__ = ["CsvExporter", "JsonlExporter", "ParquetExporter", "PseudonymousStore"]
