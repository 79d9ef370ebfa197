"""the project's own gold statements + a model -> figures, through a ledger as a user would make it.

Gold files are `tests/gold/*.jsonl`, written by people who did not write the reader; their format is that of
`onrecord.evaluation.statements`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.gate import Measured, digest_files
from benchmarks.suite import join_spans
from onrecord.errors import InvalidRecord
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.counts import Figures
from onrecord.evaluation.lines import PageLines, build_page, keep_lines, locate_lines, score_lines
from onrecord.evaluation.statements import (
    ArticleScore,
    build_gold,
    read_rows,
    score_article,
    score_statements,
)
from onrecord.ledger import Ledger
from onrecord.seams import Model
from onrecord.settings import Settings

Row = dict[str, Any]


def find_gold(folder: Path) -> list[Path]:
    """The project's own gold files, by name."""
    return sorted(folder.glob("*.jsonl"))


def measure_own(paths: Sequence[Path], systems: dict[str, Model]) -> list[Measured]:
    """Each system's figures on each gold file; the digest covers the articles too."""
    measured = []
    for path in paths:
        rows = list(read_lines(path))
        articles = {path.parent / row["file"] for row in rows if "file" in row}
        digest = digest_files([path, *articles])
        measured += [
            Measured(figures, digest, False)
            for system, model in systems.items()
            for figures in measure_file(path, rows, model, system=system)
        ]
    return measured


def measure_file(path: Path, rows: Sequence[Row], model: Model, *, system: str) -> list[Figures]:
    """One system's figures on one gold file: statements, and lines where the gold names the litter."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        articles = place_articles(path, rows, Path(name) / "articles")
        exported = read_articles(articles, model, Path(name))
    found = [choose_document(row, exported[place.name]) for row, place in zip(rows, articles, strict=True)]
    pairs = list(zip(rows, found, strict=True))
    data = f"own/{path.stem}"
    pages = [mark_lines(row, document) for row, document in pairs if "litter" in row]
    figures = [score_statements([score_row(*pair) for pair in pairs], data=data, system=system)]
    return [*figures, score_lines(pages, data=data, system=system)] if pages else figures


def choose_document(row: Row, documents: Sequence[Row]) -> Row:
    """The one of a file's documents that holds the gold words (a table or a mailbox gives several).

    Raises InvalidRecord when none does.
    """
    for document in documents[:-1]:
        try:
            build_gold(row, document["text"])
        except InvalidRecord:
            continue
        return document
    build_gold(row, documents[-1]["text"])
    return documents[-1]


def mark_lines(row: Row, document: Row) -> PageLines:
    """The document's lines: which the gold calls article, and which the ledger kept."""
    other = {" ".join(line.split()) for line in (*row["litter"], *row.get("credits", ()))}
    words = document["text"].split("\n")
    lines = [(line, " ".join(line.split()) not in other) for line in words]
    hidden = [(span["start"], span["end"]) for span in (*document["litter"], *document["credits"])]
    return build_page(lines, keep_lines(locate_lines(words), join_spans(hidden)))


def place_articles(path: Path, rows: Sequence[Row], folder: Path) -> list[Path]:
    """Where each gold line's article stands in the folder; lines that share a file share its copy."""
    folder.mkdir(parents=True)
    copies: dict[str, Path] = {}
    places = []
    for number, row in enumerate(rows):
        source = path.parent / row["file"] if "file" in row else None
        key = row.get("file", f"#{number}")
        if key not in copies:
            copies[key] = folder / f"{number:03}{source.suffix if source else '.txt'}"
            copies[key].write_bytes(source.read_bytes() if source else row["text"].encode())
        places.append(copies[key])
    return places


def read_articles(articles: Sequence[Path], model: Model, folder: Path) -> dict[str, list[Row]]:
    """`{file name: documents}` as a fresh ledger exports them, each with its `statements` and the `kinds`
    of mentions."""
    with Ledger.open(folder / "gold.db") as ledger:
        ledger.read(sorted(set(articles)), settings=Settings(workers=0), load_model=lambda: model)
        ledger.export(["jsonl"], folder / "export")
    documents = _load(folder / "export" / "documents.jsonl")
    kinds = {row["id"]: row["kind"] for row in _load(folder / "export" / "mentions.jsonl")}
    statements: dict[str, list[Row]] = {}
    for row in _load(folder / "export" / "statements.jsonl"):
        statements.setdefault(row["document_id"], []).append(row)
    found: dict[str, list[Row]] = {}
    for row in documents:
        document = {**row, "statements": statements.get(row["id"], []), "kinds": kinds}
        found.setdefault(Path(row["path"].partition("#")[0]).name, []).append(document)
    return found


def _load(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def score_row(row: Row, exported: Row) -> ArticleScore:
    """The counts of one gold article against what was exported for it."""
    gold = build_gold(row, exported["text"])
    return score_article(read_rows(exported["statements"], exported["kinds"]), gold, exported["text"])
