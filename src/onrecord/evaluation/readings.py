"""a file of gold statements + a way to read articles -> figures of what a ledger exports for them.

The format of the file is that of `statements`; a line may also name the article's `litter` and `credits`
(their lines, as exact words), then the lines of the article are scored too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onrecord.errors import InvalidRecord, StopRun
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.counts import Figures
from onrecord.evaluation.lines import PageLines, build_page, keep_lines, locate_lines, score_lines
from onrecord.evaluation.reliability import Answers, judge_rows, pool_answers, tabulate_answers
from onrecord.evaluation.spans import join_spans
from onrecord.evaluation.statements import (
    ArticleScore,
    build_gold,
    list_errors,
    read_rows,
    score_article,
    score_statements,
)

Row = dict[str, Any]
ReadFiles = Callable[[Sequence[Path]], Mapping[str, Sequence[Row]]]
"""Files -> `{file name: documents}`: lines of `documents.jsonl` as exported, each with its `statements`
(lines of `statements.jsonl`) and `kinds` (`{mention id: kind}`)."""


def evaluate_readings(path: Path, read_files: ReadFiles, *, system: str = "model") -> list[Figures]:
    """The figures of statements, of lines where the gold names litter, and of the scores where the statements
    have some; apart for each `part` that the gold names ("own/speakers dev"). A line's `kind` may be several.
    """
    parts: dict[str, list[tuple[Row, Row]]] = {}
    for row, document in pair_documents(path, read_files):
        data = f"own/{path.stem} {row.get('part', '')}".rstrip()
        parts.setdefault(data, []).append((row, document))
    return [figures for data, pairs in sorted(parts.items()) for figures in _score_part(pairs, data, system)]


def _score_part(pairs: Sequence[tuple[Row, Row]], data: str, system: str) -> Iterator[Figures]:
    named = [row.get("kind") or [] for row, _ in pairs]
    kinds = [[each] if isinstance(each, str) else each for each in named]
    yield score_statements([score_row(*pair) for pair in pairs], data=data, system=system, kinds=kinds)
    pages = [mark_lines(row, document) for row, document in pairs if "litter" in row]
    if pages:
        yield score_lines(pages, data=data, system=system)
    if any("score" in each for _, document in pairs for each in document["statements"]):
        yield tabulate_answers(pool_answers([judge_row(*pair) for pair in pairs]), data=data, system=system)


def explain_readings(path: Path, read_files: ReadFiles) -> list[str]:
    """What is not as the gold has it, article by article, in lines; nothing of a part called "test", whose
    errors are not to be looked at while the reader is worked on.
    """
    lines = []
    for row, document in pair_documents(path, read_files):
        if row.get("part") == "test":
            continue
        lines.append(f"{path.stem}: {row.get('id', '')}")
        rows = read_rows(document["statements"], document["kinds"])
        gold = build_gold(row, document["text"])
        lines += [f"  {error}" for error in list_errors(rows, gold, document["text"])]
    return lines


def pair_documents(path: Path, read_files: ReadFiles) -> list[tuple[Row, Row]]:
    """The lines of a gold file, each with the document that was read for it.

    Raises StopRun when the file is not there or an article of it was not read.
    """
    if not path.is_file():
        raise StopRun(f"no gold file {path}: give the path of a file of gold statements")
    rows = list(read_lines(path))
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        articles = place_articles(path, rows, Path(name) / "articles")
        exported = read_files(sorted(set(articles)))
    unread = [
        row.get("id", "?") for row, place in zip(rows, articles, strict=True) if place.name not in exported
    ]
    if unread:
        raise StopRun(f"not read, so not scored: {', '.join(unread)}; `onrecord read` says why")
    return [
        (row, choose_document(row, exported[place.name])) for row, place in zip(rows, articles, strict=True)
    ]


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


def judge_row(row: Row, exported: Row) -> Answers:
    """The scores of what was exported for one gold article, and whether each was right."""
    gold = build_gold(row, exported["text"])
    return judge_rows(read_rows(exported["statements"], exported["kinds"]), gold, exported["text"])


def score_row(row: Row, exported: Row) -> ArticleScore:
    """The counts of one gold article against what was exported for it."""
    gold = build_gold(row, exported["text"])
    return score_article(read_rows(exported["statements"], exported["kinds"]), gold, exported["text"])
