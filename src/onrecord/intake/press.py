"""text of a press-archive export -> its articles, with their headers as metadata.

Layouts: Nexis Uni ("End of Document"), LexisNexis ("1 of 20 DOCUMENTS"), Factiva with or without field codes
("Document REUT000020210226eh2q000bb"), as plain text or as the text of an RTF, HTML, Word or PDF export. Each
article's stored text is the stretch of the export from its headline to its end; header and index lines are
marked as litter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from onrecord.intake.extracts import DateClaim, Extract
from onrecord.records import Span
from onrecord.times import read_day

COUNT_LINE = re.compile(r"^\s*(?:Document\s+)?\d{1,5} of \d{1,5}(?: DOCUMENTS?)?\s*$", re.I)
NEXIS_COUNT = re.compile(r"^[ \t]*\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*\r?$", re.M)
NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*\r?$", re.M)
FACTIVA_END = re.compile(
    r"^(?:AN[ \t]+)?[ \t]*Document [A-Z][A-Z0-9]{7}(?:19|20)\d{6}\w{5,12}[ \t]*\r?$", re.M
)
"""An accession number: the outlet's code filled up to eight signs, the day, a running number."""
NEXIS_LABEL = re.compile(
    r"^\s*(SECTION|LENGTH|BYLINE|HIGHLIGHT|DATELINE|BODY|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|GRAPHIC|COPYRIGHT|"
    r"SUBJECT|GEOGRAPHIC|INDUSTRY|COMPANY|ORGANIZATION|PERSON|TICKER|CITY|STATE|COUNTRY|JOURNAL CODE|SERIES|"
    r"TYPE|URL|CORRECTION-DATE|CORRECTION|PERCENT|NOTES|DISTRIBUTION|CLASSIFICATION|ISSN|ACC-NO|DOCUMENT-TYPE|"
    r"TAGS)\s*:\s*(.*)$",
    re.I,
)
NEXIS_TAIL: Final = frozenset(
    "LOAD-DATE LANGUAGE PUBLICATION-TYPE SUBJECT GEOGRAPHIC INDUSTRY COMPANY ORGANIZATION PERSON TICKER CITY "
    "STATE COUNTRY COPYRIGHT TYPE ISSN ACC-NO DOCUMENT-TYPE DISTRIBUTION CLASSIFICATION PERCENT TAGS".split()
) | {"JOURNAL CODE"}
"""Labels that stand below the article."""
WORD_COUNT = re.compile(r"^\s*\d[\d,.]* words\s*$", re.I)
FIELD_LINE = re.compile(r"^\s*[A-Z][A-Za-z /()-]{2,30}:\s")
"""A line of the cover page ("Date and Time: …")."""
CLOCK_LINE = re.compile(r"^\s*\d{1,2}[:.]\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{2,5})?\s*$", re.I)
COPYRIGHT_LINE = re.compile(r"^\s*(?:©|\(c\)|Copyright\b|All Rights Reserved)", re.I)
RUNNING_LINE = re.compile(r"^\s*(?:Page \d+ of \d+|\f)\s*$", re.I)
BYLINE = re.compile(r"^\s*By\s+(?=[A-Z])", re.I)
FACTIVA_CODE = re.compile(
    r"^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|PUB|IPC|IPD|AN|ART|CLM|DE)(?:\s{1,}(.*))?$"
)
FACTIVA_BODY: Final = frozenset({"HD", "LP", "TD"})
FACTIVA_LANGUAGES: Final = {
    "English": "en", "German": "de", "French": "fr", "Spanish": "es", "Russian": "ru", "Arabic": "ar",
    "Italian": "it", "Portuguese": "pt", "Dutch": "nl", "Chinese": "zh",
}  # fmt: skip
LANGUAGE_CODES: Final = {name.upper(): code for name, code in FACTIVA_LANGUAGES.items()}
MAX_HEAD_LINES = 60
MAX_FACT_LINES = 8
MAX_TITLE_LINES = 4
DATE_LINE_LENGTH = 80


@dataclass(slots=True)
class Line:
    """One line of the export."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Article:
    """What the headers of one article say, and which of its lines are the article."""

    start: int
    end: int
    body: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    byline: str | None = None
    outlet: str | None = None
    day: str | None = None
    language: str | None = None
    url: str | None = None


def list_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of that stretch, with their places in the text and without line ends."""
    lines, at = [], start
    for piece in text[start:end].split("\n"):
        lines.append(Line(at, at + len(piece.rstrip("\r")), piece.rstrip("\r")))
        at += len(piece) + 1
    return lines


def find_layout(text: str) -> str | None:
    """ "nexis", "lexis" or "factiva" when the text is such an export, else none."""
    if NEXIS_COUNT.search(text) and re.search(r"^[ \t]*(?:LENGTH|LOAD-DATE|BYLINE|SECTION):", text, re.M):
        return "lexis"
    if NEXIS_END.search(text) and re.search(r"^[ \t]*(?:Length:[ \t]*\d|Load-Date:)", text, re.M):
        return "nexis"
    if FACTIVA_END.search(text) and re.search(
        r"^(?:WC[ \t]+)?[ \t]*\d[\d,.]* words[ \t]*\r?$|^HD\b", text, re.M
    ):
        return "factiva"
    return None


def split_export(extract: Extract) -> Iterator[Extract]:
    """The articles of an export in order, numbered from 1; the extract itself when it is no export."""
    layout = find_layout(extract.text)
    if layout is None:
        yield extract
        return
    number = 0
    for article in SPLITTERS[layout](extract.text):
        if article.body:
            number += 1
            yield _cut_article(extract, article, layout, number)


def _cut_article(extract: Extract, article: Article, layout: str, number: int) -> Extract:
    """The stretch from headline to end as an extract of its own; its header and index lines are litter."""
    lines = [*article.title, *article.body]
    start = min(line.start for line in lines)
    end = max(line.end for line in lines)
    kept = {line.start for line in lines}
    litter = [
        Span(line.start - start, line.end - start)
        for line in list_lines(extract.text, start, end)
        if line.text.strip() and line.start not in kept
    ]
    title = " ".join(line.text.strip() for line in article.title) or None
    return replace(
        extract,
        text=extract.text[start:end],
        member=str(number),
        title=title,
        byline=article.byline,
        outlet=article.outlet,
        url=article.url,
        language=article.language,
        dates=(DateClaim(day=article.day, origin="header", sure=True),) if article.day else (),
        markup_litter=tuple(litter),
        format="factiva" if layout == "factiva" else "nexis",
    )


def _read_day(line: str) -> str | None:
    """The day when the line is a date line: short, with one day in it."""
    return read_day(line) if len(line.strip()) <= DATE_LINE_LENGTH else None


def _list_stretches(ends: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    start = 0
    for match in ends:
        yield start, match.start()
        start = match.end()


def _group_paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that are not blank; single lines where the layout has lost its blank lines (HTML)."""
    if all(line.text.strip() for line in lines[1:-1]):
        return [[line] for line in lines if line.text.strip()]
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.text.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def split_nexis(text: str) -> Iterator[Article]:
    """Articles of a Nexis Uni export: headline, outlet, date, copyright, labels, "Body", text, index, end."""
    for start, end in _list_stretches(list(NEXIS_END.finditer(text))):
        lines = [line for line in list_lines(text, start, end) if not RUNNING_LINE.match(line.text)]
        body_at = next(
            (n for n, line in enumerate(lines) if line.text.strip().lower() in ("body", "body:")), None
        )
        labels_at = next(
            (n for n, line in enumerate(lines) if _read_label(line) in ("SECTION", "LENGTH", "BYLINE")), None
        )
        if body_at is None and labels_at is None:
            continue
        head_end = min(n for n in (body_at, labels_at) if n is not None)
        article = Article(start, end)
        _read_nexis_head(article, lines[max(0, head_end - MAX_HEAD_LINES) : head_end])
        _read_labelled(article, lines[head_end:])
        yield article


def _read_label(line: Line) -> str | None:
    match = NEXIS_LABEL.match(line.text)
    return match[1].upper() if match else None


def _read_nexis_head(article: Article, lines: Sequence[Line]) -> None:
    """Backwards from the labels: the date line, the outlet above it, the headline above that."""
    shown = [line for line in lines if line.text.strip()]
    at = next((n for n in range(len(shown) - 1, 0, -1) if _read_head_day(shown[n].text)), None)
    if at is None or len(shown) - at > MAX_FACT_LINES:
        return
    article.day = _read_head_day(shown[at].text)
    article.outlet = shown[at - 1].text.strip()
    groups = _group_paragraphs([line for line in lines if line.start < shown[at - 1].start])
    article.title = groups[-1][-MAX_TITLE_LINES:] if groups else []


def _read_head_day(line: str) -> str | None:
    return None if COPYRIGHT_LINE.match(line) or FIELD_LINE.match(line) else _read_day(line)


def _read_labelled(article: Article, lines: Sequence[Line]) -> None:
    """Labelled lines, and the body between "Body" (or the last head label) and the index below it."""
    in_body = False
    has_mark = any(line.text.strip().lower().startswith("body") for line in lines)
    for line in lines:
        label = _read_label(line)
        stripped = line.text.strip()
        if stripped.lower() in ("body", "body:") or label == "BODY":
            in_body = True
        elif stripped in ("Classification", "Classification:"):
            in_body = False
        elif label and (label in NEXIS_TAIL or not in_body):
            _take_label(article, label, NEXIS_LABEL.match(line.text)[2].strip())  # type: ignore[index]
            in_body = not has_mark and label == "LENGTH" if not in_body else label not in NEXIS_TAIL
        elif in_body and stripped and not (label == "GRAPHIC" or COPYRIGHT_LINE.match(line.text)):
            article.body.append(line)


def _take_label(article: Article, label: str, value: str) -> None:
    """Load-Date is the day the archive took it in, never the day it was published."""
    if label == "BYLINE" and value:
        article.byline = BYLINE.sub("", value)
    elif label == "LANGUAGE":
        article.language = LANGUAGE_CODES.get(value.upper().partition(";")[0].strip())
    elif label == "URL" and value.startswith("http"):
        article.url = value


def split_lexis(text: str) -> Iterator[Article]:
    """Articles of an older LexisNexis export: each starts with "1 of 20 DOCUMENTS"."""
    starts = list(NEXIS_COUNT.finditer(text))
    for match, following in zip(starts, [*starts[1:], None], strict=True):
        end = following.start() if following else len(text)
        lines = list_lines(text, match.end(), end)
        labels_at = next((n for n, line in enumerate(lines) if _read_label(line)), len(lines))
        article = Article(match.end(), end)
        _read_lexis_head(article, lines[:labels_at])
        _read_labelled(article, lines[labels_at:])
        yield article


def _read_lexis_head(article: Article, lines: Sequence[Line]) -> None:
    """Outlet, date, edition, then the headline: the last paragraph above the labels."""
    groups = [group for group in _group_paragraphs(lines) if not COPYRIGHT_LINE.match(group[0].text)]
    dated = next((n for n, group in enumerate(groups) if any(_read_day(line.text) for line in group)), None)
    if dated is None:
        return
    article.day = next(day for line in groups[dated] if (day := _read_day(line.text)))
    if dated >= 1:
        article.outlet = groups[dated - 1][0].text.strip()
    article.title = groups[-1] if len(groups) > dated + 1 else []


def split_factiva(text: str) -> Iterator[Article]:
    """Articles of a Factiva export: each ends with its accession number."""
    for start, end in _list_stretches(list(FACTIVA_END.finditer(text))):
        lines = list_lines(text, start, end)
        coded = any(line.text.strip() == "HD" or line.text.startswith(("HD ", "HD\t")) for line in lines)
        article = Article(start, end)
        (_read_codes if coded else _read_factiva_head)(article, lines)
        yield article


def _read_codes(article: Article, lines: Sequence[Line]) -> None:
    """Lines under two-letter field codes (HD headline, BY byline, PD date, SN outlet, LP and TD text)."""
    code = None
    for line in lines:
        match = FACTIVA_CODE.match(line.text)
        value = line
        if match:
            code = match[1]
            rest = match[2] or ""
            value = Line(line.end - len(rest), line.end, rest)
        if code and value.text.strip():
            _take_code(article, code, value)


def _take_code(article: Article, code: str, line: Line) -> None:
    words = line.text.strip()
    if code == "HD":
        article.title.append(line)
    elif code in FACTIVA_BODY:
        article.body.append(line)
    elif code == "BY":
        article.byline = BYLINE.sub("", words)
    elif code == "SN":
        article.outlet = words
    elif code == "PD":
        article.day = _read_day(words)
    elif code == "LA":
        article.language = FACTIVA_LANGUAGES.get(words)


def _read_factiva_head(article: Article, lines: Sequence[Line]) -> None:
    """Unlabelled header: headline, byline, "730 words", date, clock, outlet, code, language, copyright."""
    count_at = next((n for n, line in enumerate(lines[:MAX_HEAD_LINES]) if WORD_COUNT.match(line.text)), None)
    if count_at is None:
        return
    above = [line for line in lines[:count_at] if line.text.strip()]
    if above and BYLINE.match(above[-1].text) and len(above) > 1:
        article.byline = BYLINE.sub("", above.pop().text.strip())
    article.title = above[-1:]
    after = _read_factiva_facts(article, lines, count_at + 1)
    article.body = [line for line in lines[after:] if line.text.strip()]


def _read_factiva_facts(article: Article, lines: Sequence[Line], at: int) -> int:
    """The facts under the word count; returns the index of the first line of the article."""
    outlet_next = False
    for n in range(at, min(len(lines), at + 2 * MAX_FACT_LINES)):
        words = lines[n].text.strip()
        if not article.day and (day := _read_day(words)):
            article.day, outlet_next = day, True
        elif CLOCK_LINE.match(words) or not words:
            continue
        elif outlet_next:
            article.outlet, outlet_next = words, False
        elif words in FACTIVA_LANGUAGES:
            article.language = FACTIVA_LANGUAGES[words]
        elif COPYRIGHT_LINE.match(words):
            return n + 1
        elif len(words) > 100:
            return n
    return at


SPLITTERS: Final[dict[str, Callable[[str], Iterator[Article]]]] = {
    "nexis": split_nexis, "lexis": split_lexis, "factiva": split_factiva,
}  # fmt: skip
