"""what an article's source and text say of its day -> the publication day with its origin, or bounds.

A page's clock or the day of a crawl is never the publication day: it shows that the page existed by then.
`sure` is kept for days that the source states and nothing contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from onrecord.intake.bounds import find_earliest, find_latest, list_times
from onrecord.intake.extracts import DateClaim
from onrecord.intake.lines import cut_lines
from onrecord.intake.wording import find_words, is_byline, is_stamp
from onrecord.records import DateBound, Span
from onrecord.times import TimeMention, find_name_day, find_times, find_url_day
from onrecord.vocabulary import PublishedFrom

FIRST_DAY, LAST_DAY = "1900-01-01", "2099-12-31"
"""Days outside are a fault of whoever gave them."""
STRAY_DAYS: Final = 370
"""A claim so many days later than every other one is dropped: a template's or a clock's day."""
AGREE_DAYS: Final = 2
"""Days that two sources may differ by and still speak of one day: time zones, print and web editions."""
HEADER_LINES: Final = 60
HEADER_LENGTH: Final = 160
PROSE_WORDS: Final = 14
"""Words of a line that ends like a sentence: the header is over where it stands."""

STATED: Final = re.compile(
    r"\b(?:published|posted|first published|issued|publication date|pub(?:lish)? date)\b", re.I
)
CHANGED: Final = re.compile(
    r"\b(?:updated|modified|last edited|retrieved|accessed|archived|captured?|printed|downloaded|saved)\b",
    re.I,
)
PARTS: Final = re.compile(r"\s+[|·•]\s+")
"""What parts byline, day and reading time in one line."""
DATELINE: Final = re.compile(
    r"\s*(?:\([^()]{2,30}\)\s*)?[A-Z][A-Z .'’/-]{2,40}[^()—–]{6,60}?(?:\([^()]{2,40}\)|/[\w .-]{2,30}/)?"
    r"\s*(?:--?|–|—)\s"
)
"""The head of a wire story: "KABUL, March 3, 2021 (Reuters) -"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When an article was published, how that is known, and the bounds when it is not."""

    day: str | None = None
    origin: PublishedFrom | None = None
    sure: bool = False
    not_before: DateBound | None = None
    not_after: DateBound | None = None


class Stamp(NamedTuple):
    """A line of the page's header that holds a day."""

    mention: TimeMention
    published: bool
    """It states the publication day, by its words or by its place; else it is a clock or a later change."""


def date_document(
    text: str,
    *,
    claims: Sequence[DateClaim] = (),
    litter: Sequence[Span] = (),
    title_span: Span | None = None,
    url: str | None = None,
    name: str = "",
) -> Publication:
    """The publication day of one article, or its bounds with the words that show them.

    `claims` are what the source declares, best first; `name` is the file's name. Structured claims go before
    the address, the address before the text, the text before the file name.
    """
    stamps = find_stamps(text, litter, title_span)
    url_day = find_url_day(url)
    plain = [DateClaim(day=url_day, origin="url")] if url_day else []
    plain += _read_stamps(stamps) + _read_dateline(text, litter)
    name_day = find_name_day(name)
    plain += [DateClaim(day=name_day, origin="name")] if name_day else []
    known = _drop_implausible([*claims, *plain])
    clocks = [stamp.mention for stamp in stamps if not stamp.published]
    times = list_times(text, litter)
    latest = find_latest(text, times, clocks)
    earliest = find_earliest(text, times, latest.day if latest else None)
    if known:
        best = known[0]
        held = best.day >= (earliest.day if earliest else "") and best.day <= _add_days(latest, AGREE_DAYS)
        if held or best.origin not in ("url", "name", "text"):
            return Publication(day=best.day, origin=best.origin, sure=held and _is_sure(best, known))
    return Publication(not_before=earliest, not_after=latest)


def _add_days(bound: DateBound | None, days: int) -> str:
    return LAST_DAY if bound is None else (date.fromisoformat(bound.day) + timedelta(days)).isoformat()


def _drop_implausible(claims: Sequence[DateClaim]) -> list[DateClaim]:
    """The claims that can be true: real days, and none far later than all the others."""
    real = [claim for claim in claims if _is_day(claim.day) and FIRST_DAY <= claim.day <= LAST_DAY]
    kept = []
    for claim in real:
        others = [other.day for other in real if other.day != claim.day]
        if not others or _count_days(claim.day, max(others)) <= STRAY_DAYS:
            kept.append(claim)
    return kept


def _is_sure(best: DateClaim, known: Sequence[DateClaim]) -> bool:
    """True when the source states the day and no other claim contradicts.

    A page's own words are judged where they are read (`pagedates`): its address repeats what it declares, so
    that the two agreeing proves nothing (one of nine such days was wrong on the 80 dated pages).
    """
    near = [abs(_count_days(best.day, other.day)) for other in known if other.origin != best.origin]
    if best.sure:
        return all(days <= AGREE_DAYS for days in near) or not near
    stated = best.origin in ("header", "column")
    exact = any(other.day == best.day and other.origin in ("url", "text") for other in known)
    return stated and exact and all(days <= AGREE_DAYS for days in near)


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _count_days(later: str, earlier: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def find_stamps(text: str, litter: Sequence[Span], title_span: Span | None) -> list[Stamp]:
    """The dated lines of the page's header (above the first sentence of the article), in order.

    A line states the publication day when it says so ("Published …") or stands between the title and the
    text. Any other is a clock, a change or a crawl.
    """
    marked = frozenset(litter)
    stamps = []
    seen = 0
    for line in cut_lines(text[:20_000]):
        words = text[line.start : line.end]
        if not words.strip():
            continue
        seen += 1
        if seen > HEADER_LINES or _is_prose(words, line in marked):
            break
        mention = _read_header(words, line.start)
        if mention is not None:
            below = title_span is not None and line.start > title_span.start
            changed = CHANGED.search(words) and not STATED.search(words)
            stated = bool(STATED.search(words)) or below
            stamps.append(Stamp(mention, stated and not changed))
    return stamps


def _is_prose(words: str, marked: bool) -> bool:
    """True for the article's first sentence, where its header ends."""
    count = len(words[:2000].split())
    return (
        not marked and count >= PROSE_WORDS and words.rstrip(" \"'”’»)").endswith((".", "?", "!", "…", ":"))
    )


def _read_header(words: str, start: int) -> TimeMention | None:
    """The one day that a header line holds, when it is a stamp, a byline with a day, or says "published"."""
    if len(words) > HEADER_LENGTH:
        return None
    mentions = [mention for mention in find_times(words) if mention.readings[0].grain == "day"]
    several = len({mention.readings for mention in mentions}) > 1
    if not mentions or (several and not STATED.search(words)):
        return None
    first = mentions[0]
    rest = words[: first.span.start] + words[first.span.end :]
    short = len(find_words(rest)) <= 5 or is_byline(rest.strip(" |,-–—•·"))
    short = short or any(is_stamp(find_words(part)) for part in PARTS.split(words))
    if not (is_stamp(find_words(words)) or STATED.search(words) or CHANGED.search(words) or short):
        return None
    return TimeMention(Span(start + first.span.start, start + first.span.end), first.readings)


def _read_stamps(stamps: Sequence[Stamp]) -> list[DateClaim]:
    """The publication day that the header states; none when its lines disagree or the order is open."""
    days = {stamp.mention.readings for stamp in stamps if stamp.published}
    if len(days) != 1:
        return []
    readings = days.pop()
    return [DateClaim(day=readings[0].first, origin="text")] if len(readings) == 1 else []


def _read_dateline(text: str, litter: Sequence[Span]) -> list[DateClaim]:
    """The day in the dateline of a wire story that gives the year too."""
    marked = frozenset(litter)
    for line in cut_lines(text[:20_000]):
        words = text[line.start : line.start + 200]
        match = None if line in marked else DATELINE.match(words[: line.end - line.start])
        if match is None:
            continue
        mentions = list(find_times(match.group()))
        if len(mentions) == 1 and mentions[0].readings[0].grain == "day" and len(mentions[0].readings) == 1:
            return [DateClaim(day=mentions[0].readings[0].first, origin="text")]
    return []
