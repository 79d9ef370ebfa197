"""text of a press-archive export -> its articles, with their headers as metadata.

Layouts: Nexis Uni ("End of Document"), LexisNexis ("1 of 20 DOCUMENTS"), Factiva with or without field codes
("Document REUT000020210226eh2q000bb"), as plain text or as the text of an RTF, HTML, Word or PDF export. Each
article's stored text is the stretch of the export from its headline to its end; header and index lines are
marked as litter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from onrecord.intake.extracts import DateClaim, Extract
from onrecord.intake.factiva import is_factiva, split_factiva
from onrecord.intake.headers import Article, list_lines
from onrecord.intake.nexis import is_lexis, is_nexis, split_lexis, split_nexis
from onrecord.records import Span

Splitter = Callable[[str], Iterator[Article]]
LAYOUTS: Final[tuple[tuple[str, Callable[[str], bool], Splitter], ...]] = (
    ("lexis", is_lexis, split_lexis),
    ("nexis", is_nexis, split_nexis),
    ("factiva", is_factiva, split_factiva),
)


def find_layout(text: str) -> tuple[str, Splitter] | None:
    """The export's layout ("lexis", "nexis", "factiva") and what splits it; none for other text."""
    return next(((name, split) for name, check, split in LAYOUTS if check(text)), None)


def split_export(extract: Extract) -> Iterator[Extract]:
    """The articles of an export in order, numbered from 1; the extract itself when it is no export."""
    layout = find_layout(extract.text)
    if layout is None:
        yield extract
        return
    name, split = layout
    articles = (article for article in split(extract.text) if article.body)
    for number, article in enumerate(articles, start=1):
        yield _cut_article(extract, article, name, number)


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
