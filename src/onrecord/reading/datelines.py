"""text -> its datelines: "PORT ANSEL, May 15 (Norpress) - " before a paragraph's first sentence.

A dateline says where and when a report was written; no statement is made in it.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.records import Span

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY: Final = rf",?\s+{_MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?|,?\s+\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?"
_PLACE: Final = r"[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){0,4}(?:,\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?"
_AGENCY: Final = r"\s*\((?!\d)[^()\n]{2,40}\)"
_DASH: Final = r"\s*(?:--|—|–|-|:)\s+"
DATELINE: Final = re.compile(rf"^[ \t]*{_PLACE}(?:{_DAY})?(?:{_AGENCY})?{_DASH}", re.MULTILINE)
"""A place in capitals (with a state or country), a day, an agency in brackets, a dash: the last is always
there, and a place in capitals is what tells it from other lines."""


def find_datelines(text: str) -> list[Span]:
    """The datelines, in order, each with the dash and the white space after it."""
    return [Span(*match.span()) for match in DATELINE.finditer(text)]
