"""PDF, Word and RTF files, made here byte by byte."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import Extract
from onrecord.intake.limits import Limits
from onrecord.intake.papers import decode_rtf, join_lines
from onrecord.intake.readers import read_source
from onrecord.intake.sources import hold_bytes

LINES = [
    "The harbour will close for a week from Monday, the port authority",
    "said in a letter to ship owners, and all vessels will be sent to the re-",
    "gional port of Osterby.",
    "Its head, Dana Marrow, said the work could not wait.",
]


def read(name: str, data: bytes, **options: object) -> list[Extract | SkipDocument]:
    return list(read_source(hold_bytes(name, data, **options)))  # type: ignore[arg-type]


def make_pdf(pages: list[list[str]], *, encrypted: bool = False) -> bytes:
    """A PDF with one text object a page; "encrypted" adds a dictionary that no password opens."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        words = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 50 750 Td {words}ET".encode("latin-1") if lines else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    if encrypted:
        lock = b"00" * 32
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>" % (lock, lock))
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    extra = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects) if encrypted else b""
    return body + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        extra,
        start,
    )


def test_pdf_lines_become_paragraphs() -> None:
    (found,) = read("a.pdf", make_pdf([LINES]))
    assert isinstance(found, Extract) and found.format == "pdf"
    first, second = found.text.split("\n")
    assert first == f"{LINES[0]} {LINES[1]}{LINES[2]}"
    assert second == LINES[3]


def test_running_heads_of_a_pdf_are_marked() -> None:
    pages = [
        ["The Harrow Courier", f"Part {word} of it.", *LINES, f"The {word} end.", f"Page {n}"]
        for n, word in enumerate(("first", "second", "third"), start=1)
    ]
    (found,) = read("a.pdf", make_pdf(pages))
    assert isinstance(found, Extract)
    marked = [found.text[span.start : span.end] for span in found.markup_litter]
    assert marked == [
        "The Harrow Courier",
        "Page 1",
        "The Harrow Courier",
        "Page 2",
        "The Harrow Courier",
        "Page 3",
    ]


def test_scanned_encrypted_and_broken_pdfs_are_named() -> None:
    with pytest.raises(SkipDocument, match="no text layer"):
        read("scan.pdf", make_pdf([[], []]))
    with pytest.raises(SkipDocument, match="encrypted"):
        read("locked.pdf", make_pdf([LINES], encrypted=True))
    for broken in (b"%PDF-1.7\n", make_pdf([LINES])[:150], b"%PDF-1.4\n1 0 obj << /Kids [1 0 R] >>\n%%EOF"):
        with pytest.raises(SkipDocument, match="PDF"):
            read("a.pdf", broken)
    with pytest.raises(SkipDocument, match="pages"):
        read("long.pdf", make_pdf([LINES] * 3), limits=Limits(pages=2))


def test_lists_and_short_lines_stay_apart() -> None:
    lines = [
        "A line that fills the whole column of the page",
        "1. A point that fills the column of the page",
        "short",
        "next",
    ]
    assert list(join_lines(lines, set())) == [lines[0], f"{lines[1]} short", "next"]


def make_docx() -> bytes:
    paper = docx.Document()
    paper.core_properties.title = "Harbour closes"
    paper.core_properties.author = "Petra Vance"
    paper.add_heading("Harbour closes", 1)
    paper.add_paragraph("The harbour will close for a week, the port authority said.")
    table = paper.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ships", "forty"
    paper.add_paragraph("“It cannot wait,” its head said.")
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def test_word_paragraphs_and_cells_in_order() -> None:
    (found,) = read("a.docx", make_docx())
    assert isinstance(found, Extract)
    assert found.text.split("\n") == [
        "Harbour closes", "The harbour will close for a week, the port authority said.", "ships", "forty",
        "“It cannot wait,” its head said.",
    ]  # fmt: skip
    assert (found.title, found.byline) == ("Harbour closes", "Petra Vance")


def test_broken_and_swollen_word_files_are_named() -> None:
    whole = make_docx()
    with pytest.raises(SkipDocument, match="damaged"):
        read("a.docx", whole[:-200])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, b" " * 40_000_000 if info.filename == "word/document.xml" else data)
    with pytest.raises(SkipDocument, match="bomb"):
        read("a.docx", stream.getvalue())
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
        + b"]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, laughs if info.filename == "word/document.xml" else old.read(info))
    try:
        (found,) = read("a.docx", stream.getvalue())
        assert isinstance(found, Extract) and len(found.text) < 1000
    except SkipDocument as problem:
        assert "damaged" in problem.reason


def test_rtf_words_quotes_and_pairs() -> None:
    data = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}\f0 \'93No,\'94 said Mayor N\u248?rby.\par Twice \u-10179?\u-8704?.\par}"
    assert decode_rtf(data).split("\n")[:2] == ["“No,” said Mayor Nørby.", "Twice 😀."]
    (found,) = read("a.doc", data)
    assert isinstance(found, Extract) and found.text.startswith("“No,” said")


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old or encrypted Office"), (b"\x89PNG\r\n\x1a\n", "picture"),
     (b"SQLite format 3\x00", "database"), (b"WARC/1.0\r\n", "WARC"), (b"MZ\x90\x00", "program"), (b"\x7fELF\x02", "program")],
)  # fmt: skip
def test_other_kinds_are_named(data: bytes, what: str) -> None:
    with pytest.raises(SkipDocument, match=what):
        read("a.txt", data)


def test_words_that_look_like_a_mark_are_text() -> None:
    for words in (b"BMW said it would build cars.", b"MZ reported on Monday.", b"ID3 is a name."):
        (found,) = read("a.txt", words)
        assert isinstance(found, Extract) and found.text == words.decode()
