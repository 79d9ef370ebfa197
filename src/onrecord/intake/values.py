"""a value in a page's markup -> clean words, a day, an address that can be compared."""

from __future__ import annotations

import re
from html import unescape

DAY = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
COMPACT_DAY = re.compile(r"^\s*((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
SPACES = re.compile(r"\s+")


def clean_line(value: object) -> str | None:
    """The words on one line, entities decoded (JSON-LD often escapes twice); none when there are no words."""
    line = SPACES.sub(" ", unescape(value)).strip() if isinstance(value, str) else ""
    return line or None


def find_day(value: object) -> str | None:
    """The ISO day that a timestamp starts with, as written there (no change of time zone)."""
    match = DAY.match(str(value)) or COMPACT_DAY.match(str(value))
    if not match or not (match[1] >= "1500" and "01" <= match[2] <= "12" and "01" <= match[3] <= "31"):
        return None
    return f"{match[1]}-{match[2]}-{match[3]}"


def fold_words(value: object) -> str:
    """The letters and figures alone, without case; "" for what is no string."""
    return re.sub(r"\W+", "", value).casefold() if isinstance(value, str) else ""


def fold_address(value: object) -> str:
    """The address without scheme, "www.", query, fragment and last slash, so that two spellings agree."""
    if not isinstance(value, str):
        return ""
    return re.sub(r"^(?:https?:)?//(?:www\.)?|[?#].*$", "", value.strip()).rstrip("/").casefold()
