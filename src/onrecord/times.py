"""words or markup -> a day or a period, with its granularity; every reading where the order is open.

Only what dating needs: calendar days, months and years written out or in figures. A month's name counts with
a capital only ("May 2021", never "may 2021").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from onrecord.records import Span

Grain = Literal["day", "month", "year"]

MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
MONTH: Final = (
    r"(?P<month>(?:Jan|JAN|Feb|FEB|Mar|MAR|Apr|APR|Jun|JUN|Jul|JUL|Aug|AUG|Sept?|SEPT?|Oct|OCT|Nov|NOV|Dec|DEC)\.?"
    r"(?![A-Za-z])|May|MAY|January|February|March|April|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![a-z])"
)
YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>(?:1[5-9]|20)\d\d)(?P<sign>[-/.])(?P<number>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)",
        rf"(?<![\d.,:])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ \t\xa0-](?:of )?{MONTH},?[ \t\xa0-]{YEAR}",
        rf"(?<![A-Za-z]){MONTH}[ \t\xa0](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[ \t\xa0]{YEAR}",
        r"(?<![\d./:-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)"
        r"(?P<short>(?:1[5-9]|20)\d\d|\d\d)(?![\d/-]|\.\d)",
        rf"(?<![A-Za-z\d]){MONTH},?[ \t\xa0](?:of )?{YEAR}",
        rf"(?<![\d.,$€£#/:-])(?<![A-Za-z]){YEAR}(?![\w%-]|[.,]\d|/\d)",
    )
)
"""Best first: what an earlier pattern takes is not looked at again."""
PIVOT: Final = 50
"""A year of two figures below it is of this century."""
URL_DAYS: Final = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<number>\d\d?)/(?P<day>\d\d?)(?!\d)"),
    re.compile(
        r"/(?P<year>(?:19|20)\d\d)/(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"/(?P<day>\d\d?)(?!\d)"
    ),
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"[/_-](?P<year>(?:19|20)\d\d)(?P<number>\d\d)(?P<day>\d\d)(?!\d)"),
)
NAME_DAY: Final = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<number>\d\d)(?P=mark)(?P<day>\d\d)(?![0-9A-Za-z])"
)


class Period(NamedTuple):
    """A stretch of days: from `first` to `last`, both ISO 8601 and within it."""

    first: str
    last: str
    grain: Grain


class TimeMention(NamedTuple):
    """Where a text names a time, and what it may mean: two readings when day and month may be swapped."""

    span: Span
    readings: tuple[Period, ...]


def make_day(year: int, month: int, day: int) -> Period | None:
    """The period of one day; none when the calendar has no such day."""
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    return Period(iso, iso, "day")


def make_month(year: int, month: int) -> Period:
    """The period of one month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1).isoformat(), (following - timedelta(days=1)).isoformat(), "month")


def make_year(year: int) -> Period:
    """The period of one year."""
    return Period(date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat(), "year")


def find_times(text: str) -> Iterator[TimeMention]:
    """The days, months and years that the text names, in order; no two overlap."""
    found: list[TimeMention] = []
    taken: list[Span] = []
    for pattern in PATTERNS:
        fresh = []
        for match in pattern.finditer(text):
            readings = _read_match(match)
            if readings:
                fresh.append(TimeMention(Span(*match.span()), readings))
        free = _drop_taken(fresh, taken)
        found.extend(free)
        taken = sorted([*taken, *(mention.span for mention in free)])
    yield from sorted(found)


def _drop_taken(mentions: list[TimeMention], taken: list[Span]) -> list[TimeMention]:
    """The mentions that touch no span of the sorted list; both lists are in order."""
    free, at = [], 0
    for mention in mentions:
        while at < len(taken) and taken[at].end <= mention.span.start:
            at += 1
        if at == len(taken) or taken[at].start >= mention.span.end:
            free.append(mention)
    return free


def read_day(words: str) -> str | None:
    """The ISO day that the words name in full and without doubt (ISO 8601, RFC 2822, written out, figures
    whose order is clear, 20210228); none otherwise. A time zone never moves the day."""
    stripped = words.strip()
    compact = re.match(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d*Z?)?$", stripped)
    if compact is not None:
        day = make_day(int(compact[1]), int(compact[2]), int(compact[3]))
        return day.first if day else None
    days = {mention.readings for mention in find_times(stripped[:200]) if mention.readings[0].grain == "day"}
    if len(days) != 1:
        return None
    readings = days.pop()
    return readings[0].first if len(readings) == 1 else None


def find_url_day(url: str | None) -> str | None:
    """The ISO day that an address carries, as in /2021/02/28/."""
    for pattern in URL_DAYS:
        for match in pattern.finditer((url or "")[:2000].lower()):
            day = _read_figures(match)
            if day is not None:
                return day
    return None


def find_name_day(name: str) -> str | None:
    """The ISO day that a file name carries between other signs ("2021-02-28_kabul.txt"); hashes hold none."""
    days = {day for match in NAME_DAY.finditer(name[:500]) if (day := _read_figures(match))}
    return days.pop() if len(days) == 1 else None


def _read_figures(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    month = _number_month(groups["name"]) if groups.get("name") else int(groups["number"])
    day = make_day(int(groups["year"]), month, int(groups["day"]))
    return day.first if day else None


def _number_month(word: str) -> int:
    start = word.lower()[:3]
    return next(index for index, month in enumerate(MONTHS, 1) if month.startswith(start))


def _read_match(match: re.Match[str]) -> tuple[Period, ...]:
    """What the words of one pattern may mean; empty when the calendar has no such day."""
    groups = match.groupdict()
    if groups.get("mark"):
        return _read_numeric(int(groups["first"]), int(groups["second"]), groups["short"], groups["mark"])
    year = int(groups["year"])
    if groups.get("number"):
        period = make_day(year, int(groups["number"]), int(groups["day"]))
    elif groups.get("month"):
        month = _number_month(groups["month"])
        period = make_day(year, month, int(groups["day"])) if groups.get("day") else make_month(year, month)
    else:
        period = make_year(year)
    return (period,) if period else ()


def _read_numeric(first: int, second: int, short: str, mark: str) -> tuple[Period, ...]:
    """Day and month in figures: day first with dots and a full year; else both orders, where both exist."""
    year = int(short) if len(short) == 4 else int(short) + (2000 if int(short) < PIVOT else 1900)
    by_day, by_month = make_day(year, second, first), make_day(year, first, second)
    if mark == "." and len(short) == 4 and by_day is not None:
        return (by_day,)
    return tuple(sorted({period for period in (by_day, by_month) if period is not None}))
