"""JSONL, JSON, CSV, TSV or Parquet + a column mapping -> one Extract a row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from onrecord.errors import SkipDocument
from onrecord.intake.authors import clean_authors, list_names
from onrecord.intake.extracts import DateClaim, Extract
from onrecord.intake.html import extract_page
from onrecord.intake.limits import format_size
from onrecord.intake.sources import ColumnMapping, Source
from onrecord.intake.text import decode_text, find_charset, replace_surrogates
from onrecord.intake.values import clean_line, find_day
from onrecord.times import read_day

USUAL_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "articletext", "fulltext", "articlebody", "maintext", "bodytext",
             "plaintext", "articlecontent", "contenttext", "storytext", "rawtext", "article", "story", "html",
             "bodyhtml"),
    "title": ("title", "headline", "articletitle", "head", "heading", "hd"),
    "byline": ("byline", "author", "authors", "creator", "journalist", "writer"),
    "published": ("datepublished", "published", "publishedat", "publicationdate", "pubdate", "publishdate",
             "publishedon", "publisheddate", "firstpublished", "date", "articledate", "day", "timestamp",
             "datetime"),
    "outlet": ("outlet", "publisher", "newspaper", "publication", "sourcename", "source", "sitename", "site",
               "media", "domain"),
    "url": ("url", "link", "articleurl", "webpage", "canonicalurl", "weburl", "permalink", "href"),
    "language": ("language", "lang", "inlanguage"),
    "retrieved": ("retrieved", "retrievedat", "crawled", "crawledat", "crawldate", "scrapedat", "fetchedat",
                  "datedownload", "accessed", "collectedat"),
    "translated": ("translated", "istranslated", "istranslation", "machinetranslated"),
}  # fmt: skip
"""What a column holds -> names it usually has, best first, without case, blanks and marks."""
SURE_NAMES = re.compile("publi|^pubdate$")
"""A column called this tells when the article was published; plain "date" may be the day it was crawled."""
LIST_KEYS = ("articles", "documents", "items", "results", "data", "rows", "records", "response")
HTML_CELL = re.compile(r"</(?:p|div|article|body)>|<br ?/?>", re.I)
EPOCH_SECONDS = (600_000_000, 4_102_444_800)
"""1989 to 2099: a number in this range (or a thousand times it) is a Unix time."""
TRUE_WORDS = frozenset({"1", "true", "yes", "y", "t"})

Row = Mapping[str, Any]


def fold_name(name: object) -> str:
    """The column's name without case, blanks and marks."""
    return re.sub(r"[\W_]+", "", str(name)).lower()


def find_columns(names: Sequence[str], mapping: ColumnMapping | None, *, fixed: bool) -> dict[str, str]:
    """What -> the column that holds it: the mapping first, then by the usual names.

    Raises `SkipDocument` when no column holds the text, or when the mapping names a column that is not there
    (in a table with fixed columns; a JSON line may leave a key out).
    """
    folded = {fold_name(name): name for name in reversed(names)}
    columns: dict[str, str] = {}
    for what, usual in USUAL_NAMES.items():
        asked = getattr(mapping, what) if mapping else None
        if asked is not None and asked not in names:
            if not fixed and what != "text":
                continue
            raise SkipDocument(f"there is no column {asked!r} for the {what}; there are: {_show(names)}")
        found = asked or next((folded[name] for name in usual if name in folded), None)
        if found is not None and (asked or found not in columns.values()):
            columns[what] = found
    if "text" not in columns:
        raise SkipDocument(
            f"no column is known to hold the text; name it in a column mapping. There are: {_show(names)}"
        )
    return columns


def _show(names: Sequence[str]) -> str:
    shown = ", ".join(str(name)[:40] for name in names[:12])
    return shown + (", …" if len(names) > 12 else "")


def build_extract(
    row: Row, columns: Mapping[str, str], member: str, mapping: ColumnMapping | None
) -> Extract:
    """The row as an article. Raises `SkipDocument` (with the row as member) when its text is missing."""
    cells = {what: row.get(column) for what, column in columns.items()}
    text = cells["text"]
    if not isinstance(text, str) or not text.strip():
        empty = text is None or isinstance(text, str)
        reason = "the row has no text" if empty else f"the text of the row is a {type(text).__name__}"
        raise SkipDocument(reason, member=member)
    page = extract_page(text) if len(HTML_CELL.findall(text)) > 1 else None
    claim = _claim_day(
        cells.get("published"), columns.get("published", ""), mapped=bool(mapping and mapping.published)
    )
    url = _clean_cell(cells.get("url"))
    return Extract(
        text=page.text if page else replace_surrogates(text),
        member=member,
        title=_clean_cell(cells.get("title")) or (page.title if page else None),
        byline="; ".join(clean_authors(list_names(cells.get("byline")))) or None,
        outlet=_clean_cell(cells.get("outlet")),
        url=url if url and re.match(r"https?://", url) else None,
        language=_clean_cell(cells.get("language")),
        retrieved=_write_time(cells.get("retrieved")),
        translated=_read_truth(cells.get("translated")),
        dates=(claim,) if claim else (),
        markup_litter=page.markup_litter if page else (),
        format="row",
    )


def _clean_cell(value: object) -> str | None:
    if isinstance(value, dict):  # {"name": "The Outlet"}, as news interfaces give it
        value = value.get("name") or value.get("title")
    line = clean_line(value)
    return replace_surrogates(line) if line else None


def _write_time(value: object) -> str | None:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return clean_line(value)


def _read_truth(value: object) -> bool | None:
    if value is None or value == "":
        return None
    return str(value).strip().lower() in TRUE_WORDS


def _claim_day(value: object, column: str, *, mapped: bool) -> DateClaim | None:
    day = read_cell_day(value)
    sure = mapped or bool(SURE_NAMES.search(fold_name(column)))
    return DateClaim(day=day, origin="column", sure=sure) if day else None


def read_cell_day(value: object) -> str | None:
    """The ISO day of a cell: a date, a timestamp, words with one day in them, or a Unix time (UTC)."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        low, high = EPOCH_SECONDS
        for seconds in (value, value / 1000):
            if low <= seconds <= high:
                return datetime.fromtimestamp(seconds, tz=UTC).date().isoformat()
    if not isinstance(value, (str, int)):
        return None
    return find_day(value) or read_day(str(value))


def _read_rows(
    rows: Iterable[tuple[str, Row | SkipDocument]], mapping: ColumnMapping | None, *, fixed: bool = False
) -> Iterator[Extract | SkipDocument]:
    """Each numbered row as an article; the columns are found again whenever the rows' keys change."""
    columns: dict[tuple[str, ...], dict[str, str]] = {}
    for member, row in rows:
        try:
            if isinstance(row, SkipDocument):
                raise row
            keys = tuple(str(key) for key in row)
            if keys not in columns:
                columns = {keys: find_columns(keys, mapping, fixed=fixed)}
            yield build_extract(row, columns[keys], member, mapping)
        except SkipDocument as problem:
            yield SkipDocument(problem.reason, stage=problem.stage, member=member)


def read_jsonl(source: Source) -> Iterator[Extract | SkipDocument]:
    """One article a line; blank lines are passed over, numbers count all lines from 1."""
    yield from _read_rows(_list_json_lines(source), source.mapping)


def _list_json_lines(source: Source) -> Iterator[tuple[str, Row | SkipDocument]]:
    limit = source.limits.row_bytes
    with source.open() as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if len(line) > limit:
                yield str(number), SkipDocument(f"the line is longer than {format_size(limit)}")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(limit)
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield str(number), _parse_line(line)


def _parse_line(line: bytes) -> Row | SkipDocument:
    try:
        row = json.loads(decode_text(line))
    except (ValueError, RecursionError) as error:
        return SkipDocument(f"the line is no JSON ({str(error)[:80]})")
    except SkipDocument as problem:
        return problem
    return _check_row(row)


def read_json(source: Source) -> Iterator[Extract | SkipDocument]:
    """A JSON file: one article, a list of them, or an object that holds such a list."""
    try:
        value = json.loads(decode_text(source.read()))
    except RecursionError as error:
        raise SkipDocument("the JSON is nested too deeply") from error
    except ValueError as error:
        if "Extra data" in str(error):  # JSON lines under another name
            yield from read_jsonl(source)
            return
        raise SkipDocument(f"the file is no JSON ({str(error)[:80]})") from error
    if isinstance(value, dict):
        inner = next((value[key] for key in LIST_KEYS if isinstance(value.get(key), list)), None)
        if inner is None:
            yield from _read_rows([("", value)], source.mapping)
            return
        value = inner
    if not isinstance(value, list):
        raise SkipDocument("the JSON holds no articles")
    yield from _read_rows(((str(n), _check_row(row)) for n, row in enumerate(value, start=1)), source.mapping)


def _check_row(row: object) -> Row | SkipDocument:
    return row if isinstance(row, dict) else SkipDocument("the row is no JSON object")


def read_csv(source: Source) -> Iterator[Extract | SkipDocument]:
    """One article a row under the header row; numbers count the rows below it from 1."""
    # the default limit refuses long articles; the module knows one limit a process, so it is only ever raised
    csv.field_size_limit(max(csv.field_size_limit(), source.limits.row_bytes))
    with source.open() as raw:
        charset = find_charset(source.head)
        stream = io.TextIOWrapper(raw, encoding=charset, errors="replace", newline="")
        header_line = stream.readline(source.limits.row_bytes)
        reader = csv.reader(
            _chain_lines(header_line, stream, source.limits.row_bytes), delimiter=_find_delimiter(header_line)
        )
        yield from _read_rows(_list_csv_rows(reader), source.mapping, fixed=True)


def _chain_lines(first: str, stream: io.TextIOWrapper, limit: int) -> Iterator[str]:
    yield first
    while line := stream.readline(limit):
        yield line


def _find_delimiter(header: str) -> str:
    """The separator that cuts the header into most cells."""
    return max(",\t;|", key=lambda mark: (header.count(mark), mark == ","))


def _list_csv_rows(reader: Iterator[list[str]]) -> Iterator[tuple[str, Row | SkipDocument]]:
    try:
        header = [name.strip().lstrip("\ufeff") for name in next(reader)]
    except (StopIteration, csv.Error) as error:
        raise SkipDocument("the table has no header row") from error
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(number), SkipDocument(f"the row is malformed ({error})")
            continue
        if len(cells) == len(header):
            yield str(number), dict(zip(header, cells, strict=True))
        elif any(cells):
            yield str(number), SkipDocument(f"the row has {len(cells)} cells, the header {len(header)}")


def read_parquet(source: Source) -> Iterator[Extract | SkipDocument]:
    """One article a row; numbers count from 1."""
    import pyarrow
    from pyarrow import parquet

    try:
        with source.open() as stream, parquet.ParquetFile(stream) as table:
            columns = find_columns(table.schema_arrow.names, source.mapping, fixed=True)
            rows = _list_parquet_rows(table, sorted(columns.values()))
            yield from _read_rows(rows, source.mapping, fixed=True)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise SkipDocument(f"the Parquet file is damaged ({str(error)[:80]})") from error


def _list_parquet_rows(table: Any, columns: list[str]) -> Iterator[tuple[str, Row]]:
    number = 0
    for batch in table.iter_batches(batch_size=64, columns=columns):
        for row in batch.to_pylist():
            number += 1
            yield str(number), row
