"""words of a role -> the class of public function that its head shows, or none.

The list holds what shows a public function; a role that is not on it ("carpenter", "a local resident") shows
none. It errs on the side of keeping a person within one article.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Final, NamedTuple

AFTER_ROLE: Final = frozenset("of from in with at on near by for to who which whose".split())
"""Words that open what only qualifies a role ("a young man with a cigarette")."""
_AT_HOME: Final = frozenset(("family", "household", "house"))
"""What one may be the head of without a public function."""
_LONGEST: Final = 4
"""Words of the longest head in the table."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")


@cache
def _load_heads() -> dict[str, str]:
    """Head, folded -> class."""
    source = resources.files("onrecord.names") / "tables" / "public_roles.tsv"
    heads: dict[str, str] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            for word in words.split("|"):
                heads.setdefault(word, kind)
    return heads


class RoleHead(NamedTuple):
    """The noun that a role is about, and its class of public function."""

    word: str
    kind: str


def find_role_class(role: str) -> str | None:
    """The class of public function of a role in the words of an article ("Russia's Special Envoy for …" gives
    "diplomacy"), by the head of its first part and then of each part after a comma; None when none shows."""
    found = find_role_head(role)
    return found.kind if found else None


@lru_cache(maxsize=1 << 14)
def find_role_head(role: str) -> RoleHead | None:
    """The head that shows a public function, and its class: "envoy", "diplomacy"."""
    for part in re.split(r"[,;–—]|\band\b", role):
        if found := _find_head_of_part(part):
            return found
    return None


def _find_head_of_part(part: str) -> RoleHead | None:
    heads = _load_heads()
    words = [word.casefold() for word in _WORD.findall(part)]
    end = next((place for place, word in enumerate(words) if place and word in AFTER_ROLE), len(words))
    if _AT_HOME & set(words[end:]):
        return None
    for longest in (words[: end + 3], words[: end + 2], words[:end]):
        for size in range(min(_LONGEST, len(longest)), 0, -1):
            head = " ".join(longest[-size:])
            for form in (head, head.removesuffix("s")):
                if form in heads:
                    return RoleHead(form, heads[form])
    last = words[end - 1].rpartition("-")[2] if end else ""
    return RoleHead(last, heads[last]) if last in heads else None
