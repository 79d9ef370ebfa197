"""an article's lines -> its title line, its byline, whether it is a translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from onrecord.intake.lines import Paragraph, cut_lines, fold_line
from onrecord.intake.wording import BYLINE, RIGHTS, SURE, is_byline, is_credit
from onrecord.records import Span

LONGEST_TITLE: Final = 30
"""Words."""
TITLE_REACH: Final = 40
"""Paragraphs above the first sentence in which a title is looked for."""
LEAST_TITLE: Final = 1.2
"""Points that a line must make to be taken for the title (see `_rate_title`)."""
DOUBTFUL: Final = 0.05
"""A line less probably of the article is hardly its title."""
STANDFIRST: Final = 0.4
"""Points by which a line below may beat the title and be its standfirst: the upper one is taken."""
FARTHEST: Final = 0.6
"""Points lost, at most, by standing far above the text."""
EDGE: Final = 3
"""A translator's note or a byline stands within so many lines of the article's top or end."""

DATELINE: Final = re.compile(r"\([A-Z][\w .-]{1,20}\)\s*(?:--?|–|—)")
"""The head of a wire story's first sentence: "KABUL (Reuters) -"."""

TRANSLATED: Final = re.compile(
    r"^\W*(?:\w+ )?(?:translat(?:ed|ion)|machine.translat)|machine[- ]translat"
    r"|translated (?:automatically|with|using)"
    r"|automatic(?:ally)? translat|(?:article|text|story|interview|version|report) (?:was |has been "
    r"|is )?(?:a )?translat"
    r"|unofficial translation|google translate|deepl",
    re.IGNORECASE,
)
SELF: Final = re.compile(
    r"^\W*(?:this|the (?:following|above))(?: (?:is|text|article|story|page|report|was|has been))*"
    r"(?: an?)?(?: \w+)? translat",
    re.IGNORECASE,
)
"""A translator's note that speaks of the text it stands over."""
SELF_REACH: Final = 12
"""Lines from the top in which such a note is looked for, menus and title included."""
NO_PERSON: Final = re.compile(
    r"\b(?:admin|administrator|editor|staff|news ?desk|desk|web ?master|team|agenc(?:y|ies)"
    r"|correspondents?|guest|user"
    r"|reporters?|editorial|newsroom|online|unknown|anonymous)\b",
    re.IGNORECASE,
)
LEAD: Final = re.compile(r"^(?:authors?|written|posted|published|reported)(?: by)?\s*[:\s]\s*", re.IGNORECASE)
ROLE_TAIL: Final = re.compile(
    r"\s*(?:,|\||–|—| - |\bfor\b|\bin\b|/)\s*.*\b(?:writer|reporter|correspondent|editor|columnist"
    r"|bureau|press|news"
    r"|times|post|journal|reuters|updated|published|staff|contributor)\b.*$",
    re.IGNORECASE,
)


def find_title(
    paragraphs: Sequence[Paragraph], chances: Sequence[float], start: int, declared: str | None = None
) -> int | None:
    """Index of the first paragraph that is the title; none when no line is clearly one.

    `chances` are the probabilities that a paragraph is the article's; `start` is the index of the first one
    of running text. A declared title is looked for and nothing else is taken in its place.
    """
    top = range(max(start - TITLE_REACH, 0), min(start, len(paragraphs)))
    if declared is not None and fold_line(declared):
        wanted = fold_line(declared)
        return next((i for i in range(top.stop) if is_same_title(paragraphs[i], wanted)), None)
    times = Counter(fold_line(paragraphs[i].text) for i in range(len(paragraphs)) if i < start + TITLE_REACH)
    rights = [f" {fold_line(each.text)} " for each in paragraphs if RIGHTS.search(each.text[:300])]
    rated = []
    for i in top:
        if any(f" {fold_line(paragraphs[i].text)} " in line for line in rights):
            continue  # the outlet's name
        points = _rate_title(paragraphs[i], times[fold_line(paragraphs[i].text)], start - i)
        rated.append((points + (i == 0) + (chances[i] if chances[i] > DOUBTFUL else -1.0), i))
    enough = max(LEAST_TITLE, max(rated, default=(0.0, 0))[0] - STANDFIRST)
    best = next((index for points, index in rated if points >= enough), None)
    if best is None:
        return None
    wanted = fold_line(paragraphs[best].text)
    return next(i for i in range(len(paragraphs)) if fold_line(paragraphs[i].text) == wanted)


def is_same_title(paragraph: Paragraph, title: str) -> bool:
    """True when the line holds the (folded) title and little else: "Title", "Title - Outlet", or the like."""
    line = fold_line(paragraph.text)
    if line == title:
        return True
    if "crumbs" in paragraph.kinds or min(len(line), len(title)) < 12:
        return False
    short, long = sorted((line, title), key=len)
    return len(short) >= 0.6 * len(long) and (long.startswith(short + " ") or long.endswith(" " + short))


def _rate_title(paragraph: Paragraph, times: int, distance: int) -> float:
    """Points for being the title: repeated, capitalised as one, near the text; below 0 when it is none."""
    text = paragraph.text.strip()
    if not 2 <= paragraph.words <= LONGEST_TITLE or paragraph.kinds & (SURE | {"byline", "about"}):
        return -1.0
    if is_credit(text) or paragraph.kinds & {"plea", "related", "legal", "caption", "address", "share words"}:
        return -1.0
    stopped = text.rstrip("\"'”’)").endswith((".", "…", ",", ";"))
    capital = is_capitalised(paragraph, 0.9 if stopped else 0.6)
    if (stopped and not (capital or times > 1)) or text.endswith(":") or DATELINE.search(text):
        return -1.0
    return (
        2.0 * (times > 1) + capital + (paragraph.words >= 4) - stopped - min(0.12 * (distance - 1), FARTHEST)
    )


def is_capitalised(paragraph: Paragraph, least: float) -> bool:
    """True when at least that share of the line's longer words has a capital, As In Headlines."""
    words = [word.lstrip("\"'“‘(") for word in paragraph.text.split()]
    long = [word for word in words if len(word) > 3 and word[0].isalpha()] or [word for word in words if word]
    return (
        paragraph.words <= LONGEST_TITLE and sum(word[0].isupper() for word in long) >= least * len(long) > 0
    )


def find_byline(text: str, litter: Sequence[Span] = (), title_span: Span | None = None) -> str | None:
    """Who wrote it, as a "By …" line or an author line near the title or at the end says; none otherwise.

    `litter` spans are where such lines stand when they are no part of the running text.
    """
    marked = set(litter)
    lines = [line for line in cut_lines(text) if text[line.start : line.end].strip()]
    near = next((index for index, line in enumerate(lines) if line == title_span), -1)
    for index, line in enumerate(lines):
        place = line in marked or index <= near + EDGE or index >= len(lines) - EDGE
        words = text[line.start : line.end].strip()
        if place and len(words) <= 120 and is_byline(words):
            name = tidy_byline(words)
            if name is not None:
                return name
    return None


def tidy_byline(raw: str | None) -> str | None:
    """A byline without "By", role, outlet, address and date; none when no person's name is left."""
    if raw is None:
        return None
    words = " ".join(raw.split())[:200].strip(" ,;|-–—")
    match = BYLINE.fullmatch(words)
    if match is not None:
        words = match.group(1)
    words = LEAD.sub("", words)
    words = re.split(r"https?://|www\.|\s@|\S+@\S+", words, maxsplit=1)[0]
    words = ROLE_TAIL.sub("", words).strip(" ,;|-–—")
    if not words or NO_PERSON.search(words) or is_credit(words) or re.search(r"\d", words):
        return None
    return words if any(word[:1].isupper() for word in words.split()) else None


def is_translated(text: str, credits: Sequence[Span] = (), litter: Sequence[Span] = ()) -> bool:
    """True when a note of the page says so ("Translated from …", "machine translation"): a short line among
    the credits or the litter, or at the article's top or end; never a sentence of the article about one."""
    lines = [line for line in cut_lines(text) if text[line.start : line.end].strip()]
    notes = {*credits, *litter, *lines[: EDGE + 1], *lines[-EDGE:]}
    for line in sorted(notes):
        words = text[line.start : line.end].strip()
        if len(words.split()) <= 25 and TRANSLATED.search(words[:300]):
            return True
    top = [text[line.start : line.end] for line in lines[:SELF_REACH]]
    return any(len(words.split()) <= 25 and SELF.search(words[:300]) for words in top)
