"""PDF (text layer), DOCX or RTF -> one Extract: the text of all pages or paragraphs in order."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import Extract
from onrecord.intake.limits import Limits, format_size
from onrecord.intake.sources import Source
from onrecord.intake.text import replace_surrogates
from onrecord.intake.values import clean_line
from onrecord.records import Span

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

LETTER = re.compile(r"[^\W\d_]")
LINE_HYPHEN = re.compile("[\ufffe\x02]\n?")
"""PDFium puts one of these for a hyphen at a line end, and takes the line end away."""
SCANNED_LETTERS = 16
"""A PDF with fewer letters than this a page, on average, is a scan with a stamp on it."""
REPEATED_PAGES = 3
"""A first or last line that stands on this many pages (figures aside) is a running head."""
FULL_LINE = 0.72
"""A line shorter than this share of the page's long lines ends its paragraph."""
LIST_START = re.compile(r"\s*(?:[•·▪*–—-]|\d{1,2}[.)])\s")
TABLE_DEPTH = 5


def read_pdf(source: Source) -> Iterator[Extract | SkipDocument]:
    """The PDF as one article; lines of a paragraph are joined with a blank, hyphens at line ends are left."""
    pages, title = _read_pages(source.read(), source.limits)
    letters = sum(len(LETTER.findall(page)) for page in pages)
    if letters < SCANNED_LETTERS * len(pages) and letters < 2000:
        raise SkipDocument("the PDF has no text layer (a scan): run text recognition (OCR) on it first")
    heads = _find_running_heads(pages)
    parts, litter, at = [], [], 0
    for page in pages:
        for line in join_lines(page.split("\n"), heads):
            if _fold_figures(line) in heads:
                litter.append(Span(at, at + len(line)))
            parts.append(line)
            at += len(line) + 1
    yield Extract(text="\n".join(parts), title=title, markup_litter=tuple(litter), format="pdf")


def _read_pages(data: bytes, limits: Limits) -> tuple[list[str], str | None]:
    """(text of each page, the title in the file's properties)"""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as paper:
            if len(paper) > limits.pages:
                raise SkipDocument(f"the PDF has {len(paper)} pages; at most {limits.pages} are read")
            pages, size = [], 0
            for number in range(len(paper)):
                page = paper[number]
                page_text = page.get_textpage()
                text = clean_page(page_text.get_text_range())
                page_text.close()
                page.close()
                size += len(text)
                if size > limits.article_chars:
                    raise SkipDocument(f"the PDF holds more than {limits.article_chars:,} characters")
                pages.append(text)
            return pages, clean_line(paper.get_metadata_value("Title"))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data[-4096:]:
            raise SkipDocument("the PDF is encrypted; save it without a password") from error
        raise SkipDocument(f"the PDF is damaged ({error})") from error


def clean_page(text: str) -> str:
    """The page's text with plain line ends; PDFium's marks for a hyphen at a line end become hyphens."""
    text = LINE_HYPHEN.sub("-\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return replace_surrogates(text.replace("\x00", ""))


def _fold_figures(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _find_running_heads(pages: Sequence[str]) -> set[str]:
    """Lines, figures folded, that stand at the top or bottom of several pages; page numbers among them."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        counts.update({_fold_figures(line) for line in [*lines[:2], *lines[-2:]]})
    return {line for line, count in counts.items() if count >= REPEATED_PAGES and len(line) < 120}


def join_lines(lines: Sequence[str], heads: set[str]) -> Iterator[str]:
    """The paragraphs that printed lines make up: a line that fills the column goes on in the next one."""
    lengths = sorted(len(line) for line in lines if line.strip())
    full = FULL_LINE * lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0
    paragraph = ""
    for line in (line.strip() for line in lines):
        if not line or _fold_figures(line) in heads:
            if paragraph:
                yield paragraph
            if line:
                yield line
            paragraph, open_end = "", False
            continue
        if paragraph and open_end and not LIST_START.match(line):
            paragraph += line if paragraph.endswith("-") and line[:1].islower() else f" {line}"
        else:
            if paragraph:
                yield paragraph
            paragraph = line
        open_end = len(line) >= full
    if paragraph:
        yield paragraph


def read_docx(source: Source) -> Iterator[Extract | SkipDocument]:
    """The Word file as one article: paragraphs and table cells in order, one a line."""
    import docx

    data = source.read()
    _refuse_bomb(data, source.limits)
    try:
        paper = docx.Document(BytesIO(data))
        lines = list(_list_lines(paper.iter_inner_content(), 0))
        title, author = clean_line(paper.core_properties.title), clean_line(paper.core_properties.author)
    except Exception as error:
        # python-docx lets errors of lxml, zipfile and its own (KeyError, ValueError …) through
        raise SkipDocument(f"the Word file is damaged ({type(error).__name__}: {str(error)[:80]})") from error
    byline = (
        author
        if author and author.lower() not in ("python-docx", "user", "admin", "microsoft office user")
        else None
    )
    yield Extract(text=replace_surrogates("\n".join(lines)), title=title, byline=byline, format="docx")


def _refuse_bomb(data: bytes, limits: Limits) -> None:
    """Word's XML is read whole: its declared size is looked at before it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise SkipDocument(f"the Word file is damaged ({error})") from error
    size = sum(info.file_size for info in infos)
    if size > limits.file_bytes or (size > limits.ratio_from and size > limits.ratio * len(data)):
        raise SkipDocument(f"the Word file unpacks to {format_size(size)}, as a bomb does")
    if any(info.flag_bits & 1 for info in infos):
        raise SkipDocument("the Word file is encrypted")


def _list_lines(content: Iterator[Paragraph | Table], depth: int) -> Iterator[str]:
    from docx.table import Table

    for item in content:
        if not isinstance(item, Table):
            yield item.text
        elif depth < TABLE_DEPTH:
            for row in item.rows:
                done: set[int] = set()
                for cell in row.cells:
                    if id(cell._tc) not in done:  # a merged cell is listed once a column
                        done.add(id(cell._tc))
                        yield from _list_lines(cell.iter_inner_content(), depth + 1)


def read_rtf(source: Source) -> Iterator[Extract | SkipDocument]:
    """The RTF file as one article."""
    yield Extract(text=decode_rtf(source.read(source.limits.html_bytes)), format="rtf")


def decode_rtf(data: bytes) -> str:
    """The words of an RTF file. Raises `SkipDocument` when it is damaged."""
    from striprtf.striprtf import rtf_to_text

    try:
        text: str = rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:
        # striprtf raises whatever a broken control word leads to
        raise SkipDocument(f"the RTF file is damaged ({type(error).__name__})") from error
    # \u control words carry UTF-16 halves, one by one
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
