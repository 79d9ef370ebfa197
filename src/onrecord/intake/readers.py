"""an input of any format -> its articles, raw: the table of readers, and press exports split."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from onrecord.errors import SkipDocument
from onrecord.intake.archives import read_packed, read_tar, read_zip
from onrecord.intake.extracts import Extract
from onrecord.intake.formats import find_format
from onrecord.intake.html import read_html
from onrecord.intake.limits import format_size
from onrecord.intake.mail import read_mail, read_mbox
from onrecord.intake.papers import read_docx, read_pdf, read_rtf
from onrecord.intake.press import find_layout, split_export
from onrecord.intake.sources import Source
from onrecord.intake.tables import read_csv, read_json, read_jsonl, read_parquet
from onrecord.intake.text import decode_text, read_text

Items = Iterator[Extract | SkipDocument]

READERS: Final[dict[str, Callable[[Source], Items]]] = {
    "text": read_text,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
    "rtf": read_rtf,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "parquet": read_parquet,
    "mail": lambda source: read_mail(source, read_source),
    "mbox": lambda source: read_mbox(source, read_source),
    "zip": lambda source: read_zip(source, read_source),
    "tar": lambda source: read_tar(source, read_source),
    "gzip": lambda source: read_packed(source, "gzip", read_source),
    "bzip2": lambda source: read_packed(source, "bzip2", read_source),
    "xz": lambda source: read_packed(source, "xz", read_source),
}
"""Format -> its reader."""
WHOLE_PAGES: Final = frozenset({"text", "html", "pdf", "docx", "rtf"})
"""Formats in which press archives export many articles as one text."""


def read_source(source: Source) -> Items:
    """The articles of one input in order; what cannot be read inside it is a `SkipDocument` with its member.

    Raises `SkipDocument` when the input as a whole cannot be read.
    """
    kind = find_format(source)
    if kind == "text":
        _refuse_length(source)
    for item in READERS[kind](source):
        if kind in WHOLE_PAGES and isinstance(item, Extract):
            yield from split_export(item)
        else:
            yield item


def _refuse_length(source: Source) -> None:
    """A text too long for one article is refused before it is loaded, unless it starts as a press export."""
    chars = source.limits.article_chars
    if source.size > 4 * chars and find_layout(decode_text(source.head[:-3])) is None:
        raise SkipDocument(
            f"{format_size(source.size)} of text in one article; at most {chars:,} characters are read"
        )
