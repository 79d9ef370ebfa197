"""the first bytes and the name of an input -> the name of its format, or the reason why it is not read."""

from __future__ import annotations

import json
import re
import zipfile
from typing import Final

from onrecord.errors import SkipDocument
from onrecord.intake.sources import Source
from onrecord.intake.text import decode_text

MAGIC: Final = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"PAR1", "parquet"),
)  # fmt: skip
REFUSED: Final = (
    (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"), (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"), (b"MM\x00*", "a picture (TIFF)"), (b"BM", "a picture (BMP)"),
    (b"RIFF", "a sound, film or picture (RIFF)"), (b"ID3", "a sound (MP3)"), (b"OggS", "a sound (Ogg)"),
    (b"fLaC", "a sound (FLAC)"), (b"\x7fELF", "a program (ELF)"), (b"MZ", "a program (Windows)"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"), (b"\xca\xfe\xba\xbe", "a program (Java or Mach-O)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive of a kind that is not opened (7z)"),
    (b"Rar!", "an archive of a kind that is not opened (RAR)"),
    (b"WARC/", "a web archive (WARC); not read yet"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file (.doc, .xls, .msg); save it as .docx or .txt"),
    (b"AT&TFORM", "a scan (DjVu)"), (b"%!PS", "PostScript; make a PDF of it"),
)  # fmt: skip
SHORT_MAGIC: Final = 4
"""Marks shorter than this also start words ("BMW", "MZ"): they count only when binary bytes follow."""
EXTENSIONS: Final = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".eml": "mail", ".mht": "mail",
    ".mhtml": "mail", ".mbox": "mbox", ".mbx": "mbox", ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl",
    ".json": "json", ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".tar": "tar",
}  # fmt: skip
HTML_START = re.compile(r"<(?:!doctype html|html|head|body)\b", re.I)
XML_DECLARATION = re.compile(r"<\?xml[^>]{0,200}>")
XML_START = re.compile(r"\s*<\?xml|\s*<(?:rss|feed|nitf|newsml)\b", re.I)
MAIL_FIELD = re.compile(
    r"(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To|X-[\w-]+):",
    re.I,
)
MAIL_PROOF = re.compile(r"^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To):", re.I | re.M)
MBOX_START = re.compile(r"From \S+.*\d{4}\s*\r?\n[\w-]+:")
HTML_ENDS = re.compile(r"</(?:p|div|span|a|li|td|h[1-6])>", re.I)
FRAGMENT_TAGS: Final = 3
"""A text that starts with a mark and closes so many elements is a piece of a page."""
OFFICE: Final = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "a spreadsheet; save it as CSV",
    "ppt/presentation.xml": "a slide show; save it as PDF",
    "content.xml": "an OpenDocument file; save it as .docx",
    "META-INF/container.xml": "an e-book (EPUB)",
}


def find_format(source: Source) -> str:
    """The format's name, a key of `readers.READERS`. Raises `SkipDocument` for what is not read."""
    head = source.head
    if not head:
        raise SkipDocument("the file is empty")
    for mark, name in MAGIC:
        if head.startswith(mark):
            return _find_zip_kind(source) if name == "zip" else name
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for mark, what in REFUSED:
        if head.startswith(mark) and (len(mark) >= SHORT_MAGIC or b"\x00" in head[:64]):
            raise SkipDocument(f"is {what}")
    if head[4:8] == b"ftyp":
        raise SkipDocument("is a film or picture (MPEG-4 family)")
    if head[257:262] == b"ustar":
        return "tar"
    return _find_text_kind(source, decode_text(head[:-3] if len(head) < source.size else head))


def _find_text_kind(source: Source, head: str) -> str:
    if not head.strip("\ufeff\x00 \t\r\n\x0b\x0c") and source.size == len(source.head):
        raise SkipDocument("the file holds no text, only blanks")
    if HTML_START.match(_skip_comments(head)):
        return "html"
    named = EXTENSIONS.get(find_extension(source.name))
    if named == "tar":
        raise SkipDocument("is called a tar archive and is none")
    if named:
        return "mail" if named == "mbox" and not MBOX_START.match(head) else named
    if MBOX_START.match(head):
        return "mbox"
    if MAIL_FIELD.match(head) and MAIL_PROOF.search(head.replace("\r\n", "\n").partition("\n\n")[0]):
        return "mail"
    if XML_START.match(head):
        raise SkipDocument("is an XML file; feeds and news markup are not read yet")
    if head.lstrip().startswith("<") and len(HTML_ENDS.findall(head)) >= FRAGMENT_TAGS:
        return "html"
    return "jsonl" if _starts_with_json(head) else "text"


def _starts_with_json(head: str) -> bool:
    """The first line is a whole JSON object."""
    line = head.lstrip("\ufeff \t\r\n").partition("\n")[0]
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _skip_comments(head: str) -> str:
    """The head from its first mark-up that is neither an XML declaration nor a comment."""
    head = XML_DECLARATION.sub("", head.lstrip("\ufeff \t\r\n"), count=1).lstrip()
    while head.startswith("<!--") and "-->" in head:
        head = head.partition("-->")[2].lstrip()
    return head


def find_extension(name: str) -> str:
    """The last part of the name, ".txt", in lower case; "" when it has none."""
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem and "/" not in last else ""


def _find_zip_kind(source: Source) -> str:
    """Office files are zip archives with known members."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeError) as error:
        raise SkipDocument(f"is a damaged zip archive ({error})") from error
    for member, kind in OFFICE.items():
        if member in names and ("[Content_Types].xml" in names or "mimetype" in names):
            if kind == "docx":
                return kind
            raise SkipDocument(f"is {kind}")
    return "zip"
