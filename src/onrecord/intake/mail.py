"""an EML message or an MBOX of them -> one Extract a message, and one for each attached article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from onrecord.errors import SkipDocument
from onrecord.intake.archives import place_inside
from onrecord.intake.extracts import DateClaim, Extract
from onrecord.intake.formats import find_extension
from onrecord.intake.html import decode_html, extract_page
from onrecord.intake.limits import format_size
from onrecord.intake.sources import Source
from onrecord.intake.text import decode_text, replace_surrogates
from onrecord.intake.values import clean_line

ReadSource = Callable[[Source], Iterator[Extract | SkipDocument]]
ATTACHED_ARTICLES = frozenset(
    ".txt .text .md .html .htm .pdf .docx .rtf .eml .jsonl .csv .tsv .parquet .zip .gz".split()
)
"""Attachments that may hold an article; pictures, calendars and signatures are part of the mail."""
MAX_PARTS = 1_000
POSTMARK = re.compile(rb"From \S+.*\d:\d\d")
"""The line above each message of a mailbox: an address and a time; a sentence that starts so has none."""


def read_mail(source: Source, read_source: ReadSource) -> Iterator[Extract | SkipDocument]:
    """The message as one article, then its attachments."""
    yield from read_message(source, source.read(), read_source)


def read_message(source: Source, data: bytes, read_source: ReadSource) -> Iterator[Extract | SkipDocument]:
    """The article of the message's bytes, then those of its attachments (their names as member).

    Raises `SkipDocument` when there is neither text nor a readable attachment.
    """
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        parts = _list_parts(message)
        body = _extract_body(message, parts)
        attached = [pair for part in parts if (pair := _open_attachment(part))]
    except SkipDocument:
        raise
    except Exception as error:
        # the email package trips over malformed headers in a dozen ways
        raise SkipDocument(f"the mail is malformed ({type(error).__name__})") from error
    if body is not None:
        yield body
    elif not attached:
        raise SkipDocument("the mail has no text")
    for name, payload in attached:
        try:
            for item in read_source(source.contain(name.rpartition("/")[2], payload)):
                yield place_inside(item, name)
        except SkipDocument as problem:
            yield place_inside(problem, name)


def _list_parts(message: EmailMessage) -> list[EmailMessage]:
    """The leaves of the message in order; a forwarded message is one leaf."""
    leaves: list[EmailMessage] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting.extend(
                reversed([child for child in part.get_payload() if isinstance(child, EmailMessage)])
            )
        else:
            leaves.append(part)
        if len(leaves) > MAX_PARTS:
            raise SkipDocument(f"the mail has more than {MAX_PARTS} parts")
    return leaves


def _is_attachment(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in (
        "text",
        "multipart",
    )


def _read_payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _extract_body(message: EmailMessage, parts: list[EmailMessage]) -> Extract | None:
    """The plain part, else the HTML part, with the mail's headers; none when neither holds a word."""
    texts = [part for part in parts if not _is_attachment(part)]
    plain = next(
        (part for part in texts if part.get_content_type() == "text/plain" and _read_payload(part).strip()),
        None,
    )
    html = next((part for part in texts if part.get_content_type() == "text/html"), None)
    saved_page = _read_header(message, "Snapshot-Content-Location")  # a page saved as MHTML
    if plain is not None and saved_page is None:
        found = Extract(text=decode_text(_read_payload(plain), plain.get_content_charset()))
    elif html is not None:
        found = extract_page(decode_html(_read_payload(html)))
    else:
        return None
    if saved_page is not None:
        return replace(found, url=found.url or clean_line(saved_page))
    name, address = parseaddr(_read_header(message, "From") or "")
    return replace(
        found,
        title=_clean_header(_read_header(message, "Subject")) or found.title,
        byline=found.byline or _clean_header(name),
        outlet=found.outlet or _clean_header(name) or _clean_header(address.rpartition("@")[2]),
        language=found.language or _clean_header(_read_header(message, "Content-Language")),
        dates=_list_claims(_read_header(message, "Date"), found),
        format="mail",
    )


def _read_header(message: EmailMessage, name: str) -> str | None:
    """The header as text; none when it is missing or cannot be parsed; the mail is read all the same."""
    try:
        value = message.get(name)
    except Exception:
        # the parser of a header raises whatever its malformed words lead to
        return None
    return None if value is None else str(value)


def _clean_header(value: str | None) -> str | None:
    line = clean_line(value)
    return replace_surrogates(line) if line else None


def _list_claims(header: str | None, found: Extract) -> tuple[DateClaim, ...]:
    """The day the mail was sent, as its header writes it: near the publication day, not surely that day."""
    try:
        day = parsedate_to_datetime(header).date().isoformat() if header else None
    except (ValueError, TypeError, IndexError, OverflowError):
        day = None
    return (*found.dates, DateClaim(day=day, origin="header")) if day else found.dates


def _open_attachment(part: EmailMessage) -> tuple[str, bytes] | None:
    """(name, bytes) of an attached article."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return ("forwarded.eml", first.as_bytes()) if isinstance(first, EmailMessage) else None
    name = clean_line(part.get_filename() or "")
    if name and _is_attachment(part) and find_extension(name) in ATTACHED_ARTICLES:
        return replace_surrogates(name.replace("\\", "/").rpartition("/")[2]), _read_payload(part)
    return None


def read_mbox(source: Source, read_source: ReadSource) -> Iterator[Extract | SkipDocument]:
    """The messages of a mailbox in order, numbered from 1."""
    for number, data in enumerate(split_mbox(source), start=1):
        member = str(number)
        try:
            if isinstance(data, SkipDocument):
                raise data
            for item in read_message(source, data, read_source):
                yield place_inside(item, member)
        except SkipDocument as problem:
            yield place_inside(problem, member)


def split_mbox(source: Source) -> Iterator[bytes | SkipDocument]:
    """The bytes of each message, ">From " unquoted (RFC 4155); a message over the cap is a `SkipDocument`."""
    limit = source.limits.row_bytes
    lines: list[bytes] = []
    size, blank, started = 0, True, False

    def close() -> bytes | SkipDocument:
        if size > limit:
            return SkipDocument(f"the message is larger than {format_size(limit)}")
        return b"".join(lines)

    with source.open() as stream:
        while line := stream.readline(limit + 1):
            if blank and POSTMARK.match(line):
                if started:
                    yield close()
                lines, size, started = [], 0, True
            else:
                size += len(line)
                if size <= limit:
                    lines.append(
                        line[1:] if line.lstrip(b">").startswith(b"From ") and line[:1] == b">" else line
                    )
            blank = not line.strip()
    if started:
        yield close()
