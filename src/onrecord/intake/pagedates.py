"""an HTML page -> claims of its publication day, and whether one of them is sure.

Sure means: all blocks of JSON-LD and htmldate agree, the reader of the page can see that day too (in the
text or in the address), and the page does not say that it was changed much later. On 80 pages with a known
day the first condition alone was wrong on 6 of 46, mostly pages that were rewritten years later.
"""

from __future__ import annotations

import re
from datetime import date

from lxml.html import HtmlElement

from onrecord.intake.extracts import DateClaim
from onrecord.intake.markup import Markup
from onrecord.intake.values import find_day
from onrecord.times import find_times, find_url_day

EARLIEST_DAY, LATEST_DAY = "1995-01-01", "2099-12-31"
"""Fixed, so that the clock of the machine decides nothing; `dating` drops what is implausible."""
CHANGED_DAYS = 2
"""A page changed later than this many days after publication may show either day as its own."""
UTC_TIME = re.compile(r"T(?P<hour>\d\d):\d\d.*(?:Z|[+-]00:?00)$")


def find_seen_days(text: str) -> set[str]:
    """The days (ISO) that the text names in full; figures count only when their order cannot be mistaken."""
    readings = (mention.readings for mention in find_times(text))
    return {found[0].first for found in readings if len(found) == 1 and found[0].grain == "day"}


def _count_days(later: str, earlier: str) -> int:
    try:
        return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    except ValueError:
        return 0


def shift_day(time: str, seen: set[str]) -> str | None:
    """The day of a timestamp; of one in UTC the neighbouring day, when the page shows that and not its own.

    An outlet west of Greenwich publishes in its evening when UTC has the next day already.
    """
    day = find_day(time)
    match = UTC_TIME.search(time)
    if day is None or match is None or day in seen:
        return day
    step = -1 if int(match["hour"]) < 12 else 1
    near = [other for other in seen if _count_days(other, day) == step]
    return near[0] if near else day


def list_page_dates(
    tree: HtmlElement, markup: Markup, *, url: str | None, text: str
) -> tuple[DateClaim, ...]:
    """Claims of the publication day, best first: JSON-LD, meta tags, then what htmldate finds."""
    guess = _guess_day(tree, url)
    url_day = find_url_day(url)
    seen = find_seen_days(text) | ({url_day} if url_day else set())
    linked = shift_day(markup.linked_data_time or "", {url_day} if url_day else seen)
    meta = shift_day(markup.meta_time or "", {url_day} if url_day else seen)
    changed = [day for day in markup.modified_days if linked and _count_days(day, linked) > CHANGED_DAYS]
    sure = linked == guess and linked in seen and markup.linked_data_agrees and not changed
    claims = []
    if linked:
        claims.append(DateClaim(day=linked, origin="json-ld", sure=sure))
    if meta and meta != linked:
        claims.append(DateClaim(day=meta, origin="meta"))
    if guess and guess not in (linked, meta) and (guess in seen or not guess.endswith("-01-01")):
        # htmldate makes a copyright year to its first day
        claims.append(DateClaim(day=guess, origin="page"))
    return tuple(claims)


def _guess_day(tree: HtmlElement, url: str | None) -> str | None:
    from htmldate import find_date

    try:
        return find_date(
            tree,
            extensive_search=False,
            original_date=True,
            url=url,
            min_date=EARLIEST_DAY,
            max_date=LATEST_DAY,
        )
    except Exception:
        # htmldate raises whatever its parsers raise; without its guess no day is sure
        return None
