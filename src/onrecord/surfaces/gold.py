"""files, model -> what a fresh ledger exports for them: the reader that gold statements are held against."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onrecord.ledger import Ledger
from onrecord.seams import Model
from onrecord.settings import Settings

Row = dict[str, Any]


def read_exported(files: Sequence[Path], model: Model) -> dict[str, list[Row]]:
    """`{file name: documents}` as exported, each with its `statements` and the `kinds` of all mentions by id
    (what `evaluation.readings` asks for).
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with Ledger.open(folder / "gold.db") as ledger:
            ledger.read(files, settings=Settings(workers=0), load_model=lambda: model)
            ledger.export(["jsonl"], folder / "export")
        documents, mentions, statements = (
            _load(folder / "export" / f"{kind}.jsonl") for kind in ("documents", "mentions", "statements")
        )
    kinds = {row["id"]: row["kind"] for row in mentions}
    found: dict[str, list[Row]] = {}
    for row in documents:
        own = [each for each in statements if each["document_id"] == row["id"]]
        place = Path(row["path"].partition("#")[0]).name
        found.setdefault(place, []).append({**row, "statements": own, "kinds": kinds})
    return found


def _load(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
