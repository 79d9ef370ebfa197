"""PolNeAR files -> gold articles: article lines, and the parse and paragraph instances that lie beside them.

Beside `dev.jsonl.gz` are looked for `dev.corenlp.jsonl.gz` (silver parse) and `cofenet_dev.jsonl.gz`
(paragraph instances); any of them may be missing.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.evaluation.attribution import GoldArticle, Paragraph
from onrecord.evaluation.paragraphs import CharAttribution
from onrecord.evaluation.spans import Chars

Row = dict[str, Any]


def read_lines(path: Path) -> Iterator[Row]:
    """The records of a JSON-lines file, packed by gzip or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_articles(path: Path) -> list[GoldArticle]:
    """The gold articles of a file, with the parses and paragraphs found beside it."""
    parses = {row["id"]: row for row in _read_beside(path, f"{_stem(path)}.corenlp")}
    instances: dict[str, list[Row]] = {}
    for row in _read_beside(path, f"cofenet_{_stem(path)}"):
        if row.get("primary", True):
            instances.setdefault(row["doc"], []).append(row)
    return [
        build_article(row, parse=parses.get(row["id"]), instances=instances.get(row["id"], ()))
        for row in read_lines(path)
    ]


def _stem(path: Path) -> str:
    return path.name.split(".")[0]


def _read_beside(path: Path, stem: str) -> Iterator[Row]:
    for name in (f"{stem}.jsonl.gz", f"{stem}.jsonl"):
        if (path.parent / name).exists():
            yield from read_lines(path.parent / name)
            return


def build_article(
    row: Mapping[str, Any], *, parse: Mapping[str, Any] | None = None, instances: Sequence[Row] = ()
) -> GoldArticle:
    """One gold article from its line, its silver parse and its paragraph instances.

    Instances whose tokens could not be found in the text (`offsets` null) are left out: 8 of the 1,767 of
    PolNeAR's dev part.
    """
    attributions = tuple(
        CharAttribution(_chars(each["source"]), _chars(each["cue"]), _chars(each["content"]))
        for each in row["attributions"]
    )
    paragraphs = tuple(
        Paragraph(tokens=_chars(each["offsets"]), labels=tuple(each["labels"]))
        for each in instances
        if each["offsets"] is not None
    )
    tokens = parse["tokens"] if parse else ()
    return GoldArticle(
        id=row["id"],
        text=row["text"],
        attributions=attributions,
        tokens=tuple((token[0], token[1]) for token in tokens),
        heads=tuple(token[6] for token in tokens),
        paragraphs=paragraphs,
    )


def _chars(spans: Sequence[Sequence[int]]) -> tuple[Chars, ...]:
    return tuple((span[0], span[1]) for span in spans)
