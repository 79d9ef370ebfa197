"""the text of a Factiva export, with or without field codes -> its articles."""

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
    list_shown,
    list_stretches,
    read_line_day,
)

END_LINE = re.compile(r"^(?:AN[ \t]+)?[ \t]*Document [A-Z][A-Z0-9]{7}(?:19|20)\d{6}\w{5,12}[ \t]*\r?$", re.M)
"""An accession number: the outlet's code filled up to eight signs, the day, a running number."""
WORD_COUNT = re.compile(r"^\s*\d[\d,.]* words\s*$", re.I)
CLOCK_LINE = re.compile(r"^\s*\d{1,2}[:.]\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{2,5})?\s*$", re.I)
HEAD_CODES: Final = frozenset("SE HD BY CR WC PD ET SN SC ED PG VOL LA CY".split())
TEXT_CODES: Final = frozenset({"LP", "TD"})
TAIL_CODES: Final = frozenset("CT RF ART CO IN NS RE PUB IPC IPD AN CLM DE".split())
CODE_LINE = re.compile(r"^([A-Z]{2,3})(?:\s+(.*))?$")
LONG_LINE = 100
"""Facts are shorter than this."""
INDEX_TERM = re.compile(r"[\w.-]+\s*[:|]|Document ")
"""What stands behind an index code, as in "NS gcat : Political/General News"."""


def is_factiva(text: str) -> bool:
    """The text is a Factiva export."""
    count = r"^(?:WC[ \t]+)?[ \t]*\d[\d,.]* words[ \t]*\r?$|^HD\b"
    return bool(END_LINE.search(text) and re.search(count, text, re.M))


def split_factiva(text: str) -> Iterator[Article]:
    """Articles of a Factiva export: each ends with its accession number."""
    for start, end in list_stretches(list(END_LINE.finditer(text))):
        lines = list_shown(text, start, end)
        coded = any(line.text.strip() == "HD" or line.text.startswith(("HD ", "HD\t")) for line in lines)
        article = Article(start, end)
        (_read_codes if coded else _read_head)(article, lines)
        yield article


def _read_codes(article: Article, lines: Sequence[Line]) -> None:
    """Lines under two-letter field codes (HD headline, BY byline, PD date, SN outlet, LP and TD text)."""
    code = None
    for line in lines:
        match = CODE_LINE.match(line.text)
        value = line
        if match and _is_code(match[1], match[2] or "", code):
            code = match[1]
            rest = match[2] or ""
            value = Line(line.end - len(rest), line.end, rest)
        if code and value.text.strip():
            _take_code(article, code, value)


def _is_code(word: str, rest: str, current: str | None) -> bool:
    """The word at a line's start is a field code, not a capitalised word of the article ("IN KABUL …")."""
    if current not in TEXT_CODES:
        return word in HEAD_CODES or word in TEXT_CODES or word in TAIL_CODES
    return word in TEXT_CODES or (word in TAIL_CODES and (not rest or bool(INDEX_TERM.match(rest))))


def _take_code(article: Article, code: str, line: Line) -> None:
    words = line.text.strip()
    if code == "HD":
        article.title.append(line)
    elif code in TEXT_CODES:
        article.body.append(line)
    elif code == "BY":
        article.byline = BYLINE.sub("", words)
    elif code == "SN":
        article.outlet = words
    elif code == "PD":
        article.day = read_line_day(words)
    elif code == "LA":
        article.language = LANGUAGES.get(words)


def _read_head(article: Article, lines: Sequence[Line]) -> None:
    """Unlabelled header: headline, byline, "730 words", date, clock, outlet, code, language, copyright."""
    count_at = next((n for n, line in enumerate(lines[:MAX_HEAD_LINES]) if WORD_COUNT.match(line.text)), None)
    if count_at is None:
        return
    above = [line for line in lines[:count_at] if line.text.strip()]
    if above and BYLINE.match(above[-1].text) and len(above) > 1:
        article.byline = BYLINE.sub("", above.pop().text.strip())
    article.title = above[-1:]
    after = _read_facts(article, lines, count_at + 1)
    article.body = [line for line in lines[after:] if line.text.strip()]


def _read_facts(article: Article, lines: Sequence[Line], at: int) -> int:
    """The facts under the word count; returns the index of the first line of the article."""
    outlet_next = False
    for n in range(at, min(len(lines), at + 2 * MAX_FACT_LINES)):
        words = lines[n].text.strip()
        if COPYRIGHT_LINE.match(words):
            return n + 1
        if not article.day and (day := read_line_day(words)):
            article.day, outlet_next, at = day, True, n + 1
        elif outlet_next and words and not CLOCK_LINE.match(words):
            article.outlet, outlet_next, at = words, False, n + 1
        elif words in LANGUAGES:
            article.language, at = LANGUAGES[words], n + 1
        elif len(words) > LONG_LINE:
            break
    return at
