"""what a page declares, its address, its masthead and its credit lines -> the outlet that published it.

Names are given as the tables of `names` give them; an outlet that they do not know keeps its own words, or
the host of its address. An agency's sign-off alone says who wrote a piece, not who published it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from onrecord.names import Names, fold, load_names
from onrecord.records import Span

LONGEST: Final = 80
"""Characters of an outlet's name."""
TOP_LINES: Final = 6
"""Litter lines, from the top and from the end, in which a masthead is looked for."""
HOST: Final = re.compile(r"(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE)
SOURCE: Final = re.compile(
    r"^\W*(?:(?:sources?|via|credit|original)|originally published (?:by|in|on|at)"
    r"|(?:this (?:article|story|report|piece) )?(?:was )?(?:first|originally) (?:published|appeared)"
    r" (?:by|in|on|at))\s*[:=–—-]?\s*(?P<name>\S.{0,80}?)\W*$",
    re.IGNORECASE,
)
"""A credit line that names where the text came from."""
RIGHTS: Final = re.compile(
    r"(?:©|\(c\)|copyright)[\s©:]*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?[\s,]*(?:by )?"
    r"(?P<name>[^\W\d][^.|,;©]{1,60}?)\s*(?:[.|,;(©]|all rights|$)",
    re.IGNORECASE,
)
BORDER: Final = re.compile(r"\s+[|»:·•–—-]\s+")
MAST_LINES: Final = 3
"""Lines at the very top in which an outlet that the tables do not know may give its name."""
FIRM: Final = re.compile(
    r"[\s,]+(?:(?:19|20)\d\d|ltd|limited|inc|llc|plc|gmbh|co|corp|media group)\.?$", re.I
)
"""What follows the name in a copyright line: a year, a form of company."""
NO_OUTLET: Final = frozenset(
    "wordpress blogger medium substack home homepage news blog facebook twitter youtube google website"
    " untitled".split()
)
"""What page generators and platforms write where the outlet's name belongs."""


def find_outlet(
    *,
    claim: str | None,
    url: str | None,
    text: str,
    credits: Sequence[Span] = (),
    litter: Sequence[Span] = (),
    names: Names | None = None,
) -> str | None:
    """The outlet's name: a known one at the address, what the page declares, the host, then what the credit
    lines, a masthead or a copyright line of the text say; none when nothing does. `names` stand in for the
    shipped ones."""
    names = names or load_names()
    host = find_host(url)
    known = names.outlet_of_domain(host) if host else None
    if known is not None:
        return known.name
    declared = tidy_outlet(claim, names)
    if declared is not None:
        return declared
    if host is not None:
        return host
    return _find_source(text, credits, names) or _find_masthead(text, litter, names)


def find_host(url: str | None) -> str | None:
    """The host of an address without "www."; none for a local file or none."""
    if not url or url.lower().startswith("file:"):
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if host is None or HOST.fullmatch(host) is None:
        return None
    return host.lower().removeprefix("www.")


def tidy_outlet(claim: str | None, names: Names | None = None) -> str | None:
    """The outlet that the words name, as the tables call it when they know it; none for a platform's name."""
    names = names or load_names()
    words = " ".join((claim or "").split()).strip(" |-–—:@\"'")
    if not words:
        return None
    if HOST.fullmatch(words):
        return _know_host(words, names)
    for part in (words, *BORDER.split(words)):
        known = _know_outlet(part, names)
        if known is not None:
            return known
    first = BORDER.split(words)[0]
    if len(first) > LONGEST or first.lower() in NO_OUTLET or not any(letter.isalpha() for letter in first):
        return None
    return first


def _know_host(host: str, names: Names) -> str:
    known = names.outlet_of_domain(host)
    return known.name if known is not None else host.lower().removeprefix("www.")


def _know_outlet(words: str, names: Names) -> str | None:
    """The table's name of the outlet that the words are; none when they are no outlet's."""
    return next((name.name for name in names.find(words) if name.kind == "outlet"), None)


def _find_source(text: str, credits: Sequence[Span], names: Names) -> str | None:
    """The outlet that a "source: …" line names; what the tables do not know is taken only as a host."""
    for span in credits:
        match = SOURCE.match(text[span.start : span.end].strip()[:200])
        if match is None:
            continue
        words = match["name"].strip()
        host = HOST.search(find_host(words) or words)
        known = _know_outlet(words, names) or _know_outlet(words.upper(), names)
        if known is not None or (host is not None and not re.search(r"\s", words)):
            return known or _know_host(host.group() if host else words, names)
    return None


def _find_masthead(text: str, litter: Sequence[Span], names: Names) -> str | None:
    """A known outlet whose name of two words or more is a whole litter line near the top or the end, or whose
    name stands in a copyright line; one that is not known when both the top and a copyright line name it."""
    edges = [*litter[:TOP_LINES], *litter[TOP_LINES:][-TOP_LINES * 2 :]]
    for span in edges:
        words = text[span.start : span.end].strip()
        if 2 <= len(words.split()) <= 5 and (known := _know_outlet(words, names)):
            return known
    rights = [name for span in litter if (name := _read_rights(text[span.start : span.end]))]
    for name in rights:
        if known := _know_outlet(name, names):
            return known
    head = [line for line in text[:2000].split("\n") if line.strip()][:MAST_LINES]
    mast = {fold(part) for line in head for part in (line, *BORDER.split(line.strip()))}
    return next((name for name in rights if fold(name) in mast), None)


def _read_rights(line: str) -> str | None:
    """The owner that a copyright line names, without year and form of company."""
    match = RIGHTS.search(line[:300])
    if match is None:
        return None
    name = match["name"].strip()
    while (shorter := FIRM.sub("", name)) != name:
        name = shorter
    return name or None
