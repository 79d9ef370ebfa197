"""a value -> what a cell of the ledger can hold, and back; a reading -> JSON, and back.

SQLite's texts are UTF-8, which lone surrogates (a file name, a broken page) are not: such a text goes into
its cell as bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from onrecord.records import Appearance, DateBound, Document, Mention, Reading, Span, Statement


def pack_text(text: str | None) -> str | bytes | None:
    """The cell for a text."""
    if text is None:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def unpack_text(cell: str | bytes | None) -> str | None:
    """The text of a cell."""
    return cell.decode("utf-8", "surrogatepass") if isinstance(cell, bytes) else cell


def unpack_full_text(cell: str | bytes) -> str:
    """The text of a cell that is never empty of one."""
    return cell.decode("utf-8", "surrogatepass") if isinstance(cell, bytes) else cell


def unpack_span(start: int | None, end: int | None) -> Span | None:
    """The span of two cells."""
    return None if start is None or end is None else Span(start, end)


def dump_json(value: object) -> str:
    """The value as canonical JSON: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_json(cell: str | bytes) -> Any:
    """The value of a cell of JSON."""
    return json.loads(unpack_full_text(cell))


def dump_reading(reading: Reading) -> str:
    """The reading as JSON, complete."""
    return dump_json(asdict(reading))


def load_reading(cell: str | bytes) -> Reading:
    """The reading of a cell that `dump_reading` filled."""
    value = load_json(cell)
    return Reading(
        document=_load_document(value["document"]),
        sentences=_load_spans(value["sentences"]),
        mentions=tuple(_load_mention(one) for one in value["mentions"]),
        statements=tuple(_load_statement(one) for one in value["statements"]),
    )


def _load_spans(value: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*one) for one in value)


def _load_span(value: Sequence[int] | None) -> Span | None:
    return None if value is None else Span(*value)


def _load_bound(value: Mapping[str, Any] | None) -> DateBound | None:
    return None if value is None else DateBound(day=value["day"], evidence=Span(*value["evidence"]))


def _load_document(value: dict[str, Any]) -> Document:
    special = {
        "litter": _load_spans(value["litter"]),
        "credits": _load_spans(value["credits"]),
        "title_span": _load_span(value["title_span"]),
        "not_before": _load_bound(value["not_before"]),
        "not_after": _load_bound(value["not_after"]),
    }
    return Document(**{**value, **special})


def _load_mention(value: dict[str, Any]) -> Mention:
    return Mention(**{**value, "span": Span(*value["span"]), "role": _load_span(value["role"])})


def _load_statement(value: dict[str, Any]) -> Statement:
    special = {
        "speaker_ids": tuple(value["speaker_ids"]),
        "channel_ids": tuple(value["channel_ids"]),
        "about_ids": tuple(value["about_ids"]),
        "cue": _load_spans(value["cue"]),
        "content": _load_spans(value["content"]),
    }
    return Statement(**{**value, **special})


def dump_appearances(appearances: Sequence[Appearance]) -> str:
    """The appearances as JSON."""
    return dump_json([asdict(one) for one in appearances])


def load_appearances(cell: str | bytes) -> tuple[Appearance, ...]:
    """The appearances of a cell that `dump_appearances` filled."""
    return tuple(Appearance(**one) for one in load_json(cell))
