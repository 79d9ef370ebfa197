"""text -> which of its lines are not the article: marked, never deleted.

Every paragraph is judged by the fitted line marker (`judge`), then by what is certain whatever the marker
says: lines that are nothing but furniture, repetitions of the title and of a standfirst, agencies' sign-offs.
A sentence or a quotation that stands among the article's sentences is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from onrecord.intake.judge import judge_paragraphs
from onrecord.intake.lines import (
    CLOSERS,
    LOOK,
    SPEECH,
    Paragraph,
    cut_paragraphs,
    fold_line,
    measure_paragraphs,
)
from onrecord.intake.titles import find_title, is_capitalised, is_same_title
from onrecord.intake.wording import RIGHTS, SHORT, SURE, is_credit
from onrecord.records import Span

KEEP: Final = 0.4
"""A paragraph at least so probably of the article is kept: the best line F on pages/lines dev, which is flat
from .3 to .6."""
KEEP_MARKED: Final = 0.03
"""The same where the markup has shown most of the litter already, and so speaks for what it left."""
HOPELESS: Final = 0.1
"""Below it not even a whole sentence among kept ones is the article's (comments, other articles)."""
FOLLOWS: Final = 0.02
"""The same for a sentence that follows right on a kept one, unless it reports somebody's words."""
GAP: Final = 4
"""Paragraphs from one kept sentence to the next, at most, for those between to be judged by them."""
START: Final = 12
"""Words of the first sentence that opens the running text; a shorter one may be a title or a standfirst."""
ASIDE: Final = re.compile(r"[.?!][\"”’]?\s+\([^()]{2,60}\)\s*$")
"""A link in brackets behind the last sentence: "(Full story)"."""
LONGEST_NOTICE: Final = 40
"""Words of a rights notice."""
OPENERS: Final = frozenset("\"'“„«‘")
QUOTE_ENDS: Final = frozenset("\"'”“»’.,?!")
HEADLINE: Final = 0.9
"""Share of a line's longer words with a capital that makes a headline of what ends like a sentence."""
FURNITURE: Final = SURE.union(
    ["plea", "legal", "caption", "share words", "player", "about", "related", "wayback", "byline"]
)
SIGN_OFF: Final = re.compile(
    r"[(\[](?:(?:additional )?(?:reporting|writing|editing|translation|compiled|edited"
    r"|translated)\b[^()\[\]]{0,200} by"
    r"|with (?:inputs?|files|reporting) from)\b[^()\[\]]{1,300}[)\]]?\s*$",
    re.IGNORECASE,
)
"""A sign-off in brackets at the end of the last sentence's line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaning:
    """What a text's lines are. Spans are sorted and disjoint; `litter` and `title_span` are whole lines
    without their line ends, `credits` whole lines or a bracketed sign-off at the end of one."""

    litter: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why each span of `litter` is one: markup, furniture, repeat, place."""
    credits: tuple[Span, ...] = ()
    title_span: Span | None = None


def find_litter(text: str, *, title: str | None = None, markup_litter: Sequence[Span] = ()) -> Cleaning:
    """The litter, the credits and the title line of one article's text; the text itself is never changed.

    `title` is the title that the source declares; `markup_litter` are sorted spans that its markup shows to
    be no part of the article.
    """
    paragraphs = cut_paragraphs(text)
    covered = _cover_paragraphs(paragraphs, markup_litter)
    free = [paragraph for paragraph, hidden in zip(paragraphs, covered, strict=True) if not hidden]
    chances = [float(chance) for chance in judge_paragraphs(measure_paragraphs(free, title))]
    kept = _keep_paragraphs(free, chances, KEEP_MARKED if markup_litter else KEEP)
    start = next((i for i, good in enumerate(kept) if good and _opens_text(free[i])), len(free))
    heading = find_title(free, chances, start, title)
    reasons = _explain_litter(free, kept, heading, start=start, title=title)
    found = dict(zip(map(id, free), reasons, strict=True))
    litter: list[tuple[Span, str]] = []
    credits: list[Span] = []
    for paragraph, hidden in zip(paragraphs, covered, strict=True):
        reason = "markup" if hidden else found[id(paragraph)]
        if heading is not None and paragraph is free[heading]:
            continue
        if is_credit(paragraph.text):
            credits.extend(paragraph.lines)
        elif reason is not None:
            litter.extend((line, reason) for line in paragraph.lines)
        else:
            credits.extend(_find_sign_off(text, paragraph))
    return Cleaning(
        litter=tuple(span for span, _ in litter),
        reasons=tuple(reason for _, reason in litter),
        credits=tuple(credits),
        title_span=None if heading is None else Span(free[heading].start, free[heading].end),
    )


def _cover_paragraphs(paragraphs: Sequence[Paragraph], spans: Sequence[Span]) -> list[bool]:
    """Which paragraphs lie for the most part within the sorted, disjoint spans."""
    covered, at = [], 0
    for paragraph in paragraphs:
        while at < len(spans) and spans[at].end <= paragraph.start:
            at += 1
        shared, index = 0, at
        while index < len(spans) and spans[index].start < paragraph.end:
            shared += min(spans[index].end, paragraph.end) - max(spans[index].start, paragraph.start)
            index += 1
        covered.append(shared > (paragraph.end - paragraph.start) / 2)
    return covered


def _keep_paragraphs(paragraphs: Sequence[Paragraph], chances: Sequence[float], least: float) -> list[bool]:
    """Which paragraphs are the article's, by the marker and the two certainties beside it."""
    kept = [
        chance >= least and not _is_furniture(paragraph)
        for paragraph, chance in zip(paragraphs, chances, strict=True)
    ]
    if not any(kept):
        return [not _is_furniture(paragraph) for paragraph in paragraphs]
    sound = [index for index, good in enumerate(kept) if good and _is_sentence(paragraphs[index])]
    for before, after in pairwise(sound):
        if after - before > GAP:
            continue
        for index in range(before + 1, after):
            between = _is_plain(paragraphs[index]) or (after - before == 2 and _is_subhead(paragraphs[index]))
            kept[index] = kept[index] or (between and chances[index] >= HOPELESS)
    _extend_kept(kept, paragraphs, chances)
    return kept


def _extend_kept(kept: list[bool], paragraphs: Sequence[Paragraph], chances: Sequence[float]) -> None:
    """Keeps, in place, the sentences that follow on kept ones, over a subhead too ("In other news:")."""
    for index in range(1, len(kept)):
        above, here = paragraphs[index - 1], paragraphs[index]
        if kept[index] or not (kept[index - 1] and (_is_sentence(above) or _is_subhead(above))):
            continue
        likely = chances[index] >= FOLLOWS
        if _is_plain(here):
            kept[index] = likely or not SPEECH.isdisjoint(here.text[:LOOK].lower().split())
        elif _is_subhead(here) and likely and index + 1 < len(kept):
            kept[index] = _is_plain(paragraphs[index + 1]) and chances[index + 1] >= FOLLOWS


def _is_furniture(paragraph: Paragraph) -> bool:
    """True for a line whose words are nothing but furniture, whatever stands around it."""
    if paragraph.words <= LONGEST_NOTICE and RIGHTS.search(paragraph.text):
        return True
    kinds = paragraph.kinds & SURE
    return bool(kinds) and (paragraph.words <= SHORT or kinds <= {"menu"}) and not _is_sentence(paragraph)


def _is_plain(paragraph: Paragraph) -> bool:
    """True for a sentence or a quotation without a word of furniture."""
    return _is_sentence(paragraph) and not paragraph.kinds & FURNITURE


def _is_subhead(paragraph: Paragraph) -> bool:
    """True for a few words without a word of furniture that may stand over what follows."""
    text = paragraph.text.strip()
    ends = text[-1].isalnum() or text[-1] == ":"
    return 2 <= paragraph.words <= 8 and text[0].isupper() and ends and not paragraph.kinds


def _is_sentence(paragraph: Paragraph) -> bool:
    """True for a paragraph that ends as a sentence does and has some words, or is a quotation."""
    text = paragraph.text.rstrip(CLOSERS)
    stopped = text[-1:] in {".", "?", "!"} or ASIDE.search(paragraph.text[-80:]) is not None
    quoted = paragraph.text[:1] in OPENERS and paragraph.text.rstrip()[-1:] in QUOTE_ENDS
    return (paragraph.words >= 6 and stopped) or (quoted and (paragraph.words >= 3 or stopped))


def _opens_text(paragraph: Paragraph) -> bool:
    """True for a paragraph that can be the first of the running text."""
    return paragraph.words >= START and _is_sentence(paragraph) and not is_capitalised(paragraph, HEADLINE)


def _explain_litter(
    paragraphs: Sequence[Paragraph],
    kept: Sequence[bool],
    heading: int | None,
    *,
    start: int,
    title: str | None,
) -> list[str | None]:
    """For each paragraph why it is litter, or none. The title line is none; its repetitions are litter, and
    so is whatever is said twice above the running text, which begins at `start`."""
    names = {fold_line(title)} if title else set()
    if heading is not None:
        names.add(fold_line(paragraphs[heading].text))
    seen: set[str] = set()
    reasons: list[str | None] = []
    for index, paragraph in enumerate(paragraphs):
        key = fold_line(paragraph.text)
        named = heading is not None and any(is_same_title(paragraph, name) for name in names)
        if index == heading:
            reasons.append(None)
        elif (named and not _opens_text(paragraph)) or (
            key in seen and (index < start or _may_not_repeat(paragraph))
        ):
            reasons.append("repeat")
        elif not kept[index]:
            reasons.append("furniture" if paragraph.kinds & FURNITURE else "place")
        else:
            reasons.append(None)
            seen.add(key)
    return reasons


def _may_not_repeat(paragraph: Paragraph) -> bool:
    """True for a paragraph that no article has twice: a long one, or one that is no sentence."""
    return paragraph.words >= START - 2 or (paragraph.words >= 3 and not _is_sentence(paragraph))


def _find_sign_off(text: str, paragraph: Paragraph) -> Iterator[Span]:
    """A bracketed sign-off that ends the paragraph's last line."""
    line = paragraph.lines[-1]
    begin = max(line.start, line.end - 600)
    match = SIGN_OFF.search(text[begin : line.end])
    if match is not None:
        yield Span(begin + match.start(), begin + len(match.group().rstrip()) + match.start())
