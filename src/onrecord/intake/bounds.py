"""an article's text -> the days that its publication cannot lie before or after, with the words that show it.

From below: the latest day, month or year that the article speaks of as past ("which took place in May 2019").
From above: a page clock in the litter, or an event announced for a day. Both are read only where the words
leave no doubt: a bound that is wrong is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.intake.lines import LINE_END
from onrecord.records import DateBound, Span
from onrecord.times import TimeMention, find_times

REACH: Final = 200
"""Characters on either side of a time that are read as its clause."""
ANNOUNCED: Final = re.compile(
    r"\b(?:will (?:be held|take place|open|begin|start|expire|meet|visit|vote|go to the polls)"
    r"|(?:is|are) (?:scheduled|set|due|slated|planned)(?: to [a-z]+)?(?: for| on| in)?|(?:is|are) to be held)"
    r"\b[^.;!?\"“”]{0,60}$"
)
OPEN: Final = re.compile(
    r"\b(?:will|would|shall|should|could|may|might|can|must|if|unless|whether|plans?|planned|planning|expect\w*"
    r"|schedul\w+|due|until|till|upcoming|forthcoming|next|coming|future|deadline|target\w*|goals?|aim\w*"
    r"|ahead|promis\w+|pledg\w+|intend\w*|hop(?:e|es|ed|ing)|forecast\w*|project\w*|predict\w*|propos\w+"
    r"|to be|estimat\w+|vision|agenda|strategy|bid|candidates?|campaign\w*|run(?:ning)?|race|elections?"
    r"|hopeful\w*|presidential|contenders?|ballot|through|beyond|before|by|expire\w*|contract|deal|season|budget"
    r"|fiscal|fund\w*|levels?|novels?|film|movie|book|host\w*|olympic\w*|games|cup|championship\w*|fiction"
    r"|imagin\w+|set in)\b",
    re.IGNORECASE,
)
"""Words near which a time may lie ahead or be nobody's past."""
LEAD: Final = re.compile(
    r"\b(?P<lead>in|on|since|during|from|of|dated|in the same|as of|early|late|mid|in early|in late|back in)"
    r"(?:[\s-](?:the|early|late|mid))?[\s-]$",
    re.IGNORECASE,
)
PAST: Final = re.compile(
    r"\b(?:was|were|had|did|took|came|went|became|began|fell|rose|won|lost|held|met|left|made|gave|said|told|wrote"
    r"|found|led|fought|broke|killed|died|saw|got|put|sent|spoke|drew|brought|built|bought|cut|shot|hit|struck"
    r"|[a-z]{3,}(?:ed))\b"
)
BORDER: Final = re.compile(r"[,;:()]| [–—-] |—")
"""Where one clause of a sentence ends: the verb must stand in the clause of the time."""
SENTENCE_END: Final = re.compile(r"[.!?;][\"”’')\]]*\s+(?=[\"“‘(]?[A-Z])")
ENDS_OPEN: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|[A-Z])[.]\s+$")


def list_times(text: str, litter: Sequence[Span]) -> list[TimeMention]:
    """The times that the article names, in order, without those of its litter (sorted, disjoint)."""
    times, at = [], 0
    for mention in find_times(text):
        while at < len(litter) and litter[at].end <= mention.span.start:
            at += 1
        if at == len(litter) or litter[at].start >= mention.span.end:
            times.append(mention)
    return times


def find_earliest(text: str, times: Sequence[TimeMention], latest: str | None) -> DateBound | None:
    """The latest time of which the article speaks as past, as a bound from below.

    `latest` is the bound from above: a time that begins beyond it is not past.
    """
    best: DateBound | None = None
    for mention in times:
        day = mention.readings[0].first
        if (latest is not None and day > latest) or (best is not None and day <= best.day):
            continue
        evidence = find_past(text, mention)
        if evidence is not None:
            best = DateBound(day=day, evidence=evidence)
    return best


def find_latest(text: str, times: Sequence[TimeMention], clocks: Sequence[TimeMention]) -> DateBound | None:
    """The earliest day by which the page existed (its clock) or that it announces as still to come."""
    bounds = [DateBound(day=clock.readings[-1].last, evidence=clock.span) for clock in clocks]
    for mention in times:
        if len(mention.readings) == 1 and _is_announced(text, mention):
            bounds.append(DateBound(day=mention.readings[0].last, evidence=mention.span))
    return min(bounds, key=lambda bound: (bound.day, bound.evidence), default=None)


def find_past(text: str, mention: TimeMention) -> Span | None:
    """The time with the word that leads it in, when its clause can only speak of the past; else none."""
    clause = _find_clause(text, mention.span)
    before, after = text[clause.start : mention.span.start], text[mention.span.end : clause.end]
    lead = LEAD.search(before)
    if lead is None or OPEN.search(before) or OPEN.search(after):
        return None
    if mention.readings[0].grain == "year" and lead["lead"].lower() in ("of", "from", "on"):
        return None
    head = BORDER.split(before)[-1]
    opens = head.strip() == before[lead.start() :].strip()
    tail = BORDER.split(after.lstrip(" ,"), maxsplit=1)[0] if opens else BORDER.split(after, maxsplit=1)[0]
    if lead["lead"].lower() != "since" and not PAST.search(head) and not PAST.search(tail):
        return None
    return Span(clause.start + lead.start("lead"), mention.span.end)


def _is_announced(text: str, mention: TimeMention) -> bool:
    """True when the outlet itself announces an event for that time: no quotation, no condition."""
    clause = _find_clause(text, mention.span)
    before = text[clause.start : mention.span.start]
    return ANNOUNCED.search(before) is not None and not re.search(
        r"[\"“”]|\b(?:said|if|unless|had)\b", before
    )


def _find_clause(text: str, span: Span) -> Span:
    """The sentence around the span, within `REACH` characters on either side and never across a line end."""
    start, end = max(span.start - REACH, 0), min(span.end + REACH, len(text))
    for match in LINE_END.finditer(text, start, end):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.start()
            break
    for match in SENTENCE_END.finditer(text, start, end):
        if match.end() <= span.start and not ENDS_OPEN.search(text[start : match.end()]):
            start = match.end()
        elif match.start() >= span.end:
            end = match.start() + 1
            break
    return Span(start, end)
