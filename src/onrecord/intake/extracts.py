"""what a reader found in one article's bytes -> the nouns the rest of intake works on.

An `Extract` is raw: the text with what the source itself declares (markup, headers, columns). Cleaning,
dating and titling read it and decide; nothing here is decided yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Span
from onrecord.vocabulary import PublishedFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """One day that the source gives for publication; `sure` when only a faulty source could make it wrong."""

    day: str
    """ISO 8601 day."""
    origin: PublishedFrom
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """One article as its reader saw it: the text exactly as stored, and the source's own words about it."""

    text: str
    member: str = ""
    """Place inside the file: archive member, row number, message number; "" when the file is the article."""
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    """BCP 47, as declared by the source; never guessed here."""
    retrieved: str | None = None
    """When the source says it was fetched (ISO 8601)."""
    translated: bool | None = None
    """The source declares it (none = it says nothing)."""
    dates: tuple[DateClaim, ...] = ()
    """In order of trust, best first."""
    markup_litter: tuple[Span, ...] = ()
    """Blocks that the markup shows to be no part of the article; sorted, disjoint."""
    format: str = "text"
    """text html pdf docx mail row nexis factiva."""
