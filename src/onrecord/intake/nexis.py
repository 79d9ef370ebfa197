"""the text of a Nexis Uni or older LexisNexis export -> its articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.intake.headers import (
    BYLINE,
    COPYRIGHT_LINE,
    LANGUAGES,
    MAX_FACT_LINES,
    MAX_HEAD_LINES,
    Article,
    Line,
    group_paragraphs,
    list_lines,
    list_shown,
    list_stretches,
    read_line_day,
)

COUNT_LINE = re.compile(r"^[ \t]*\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*\r?$", re.M)
END_LINE = re.compile(r"^[ \t]*End of Document[ \t]*\r?$", re.M)
LABEL = re.compile(
    r"^\s*(SECTION|LENGTH|BYLINE|HIGHLIGHT|DATELINE|BODY|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|GRAPHIC|COPYRIGHT|"
    r"SUBJECT|GEOGRAPHIC|INDUSTRY|COMPANY|ORGANIZATION|PERSON|TICKER|CITY|STATE|COUNTRY|JOURNAL CODE|SERIES|"
    r"TYPE|URL|CORRECTION-DATE|CORRECTION|PERCENT|NOTES|DISTRIBUTION|CLASSIFICATION|ISSN|ACC-NO|DOCUMENT-TYPE|"
    r"TAGS)\s*:\s*(.*)$",
    re.I,
)
TAIL_LABELS: Final = frozenset(
    "LOAD-DATE LANGUAGE PUBLICATION-TYPE SUBJECT GEOGRAPHIC INDUSTRY COMPANY ORGANIZATION PERSON TICKER CITY "
    "STATE COUNTRY COPYRIGHT TYPE ISSN ACC-NO DOCUMENT-TYPE DISTRIBUTION CLASSIFICATION PERCENT TAGS".split()
) | {"JOURNAL CODE"}
"""Labels that stand below the article."""
FIELD_LINE = re.compile(r"^\s*[A-Z][A-Za-z /()-]{2,30}:\s")
"""A line of the cover page ("Date and Time: …")."""
LANGUAGE_CODES: Final = {name.upper(): code for name, code in LANGUAGES.items()}
MAX_TITLE_LINES = 4


def is_nexis(text: str) -> bool:
    """The text is an export in the layout of Nexis Uni."""
    return bool(END_LINE.search(text) and re.search(r"^[ \t]*(?:Length:[ \t]*\d|Load-Date:)", text, re.M))


def is_lexis(text: str) -> bool:
    """The text is an export in the older layout of LexisNexis."""
    return bool(
        COUNT_LINE.search(text) and re.search(r"^[ \t]*(?:LENGTH|LOAD-DATE|BYLINE|SECTION):", text, re.M)
    )


def split_nexis(text: str) -> Iterator[Article]:
    """Articles of a Nexis Uni export: headline, outlet, date, copyright, labels, "Body", text, index, end."""
    for start, end in list_stretches(list(END_LINE.finditer(text))):
        lines = list_shown(text, start, end)
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
    match = LABEL.match(line.text)
    return match[1].upper() if match else None


def _read_nexis_head(article: Article, lines: Sequence[Line]) -> None:
    """Backwards from the labels: the date line, the outlet above it, the headline above that."""
    shown = [line for line in lines if line.text.strip()]
    at = next((n for n in range(len(shown) - 1, 0, -1) if _read_head_day(shown[n].text)), None)
    if at is None or len(shown) - at > MAX_FACT_LINES:
        return
    article.day = _read_head_day(shown[at].text)
    article.outlet = shown[at - 1].text.strip()
    groups = group_paragraphs([line for line in lines if line.start < shown[at - 1].start])
    article.title = groups[-1][-MAX_TITLE_LINES:] if groups else []


def _read_head_day(line: str) -> str | None:
    return None if COPYRIGHT_LINE.match(line) or FIELD_LINE.match(line) else read_line_day(line)


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
        elif label and (label in TAIL_LABELS or not in_body):
            _take_label(article, label, LABEL.match(line.text)[2].strip())  # type: ignore[index]
            in_body = not has_mark and label == "LENGTH" if not in_body else label not in TAIL_LABELS
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
    starts = list(COUNT_LINE.finditer(text))
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
    groups = group_paragraphs([line for line in lines if not COPYRIGHT_LINE.match(line.text)])
    dated = next(
        (n for n, group in enumerate(groups) if any(read_line_day(line.text) for line in group)), None
    )
    if dated is None:
        return
    article.day = next(day for line in groups[dated] if (day := read_line_day(line.text)))
    if dated >= 1:
        article.outlet = groups[dated - 1][-1].text.strip()
    article.title = groups[-1] if len(groups) > dated + 1 else []
