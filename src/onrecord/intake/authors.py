"""an HTML page's markup -> the names of those who wrote the article.

JSON-LD first, then meta tags, then links to author pages, then what trafilatura finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from lxml.html import HtmlElement

from onrecord.intake.values import clean_line, fold_words

NOISE = re.compile(r"^(?:written by|words by|by|von)\s+|https?://\S+|\S+@\S+|(?<!\S)@\w+", re.I)
TITLE_TAIL = re.compile(r",\s+(?:[A-Z]{2,6}|(?:Ph|M|J)\.?D\.?|[BM]\.?A\.?|M\.?Sc\.?)$")
"""A degree or an outlet's letters behind a name."""
NO_NAMES: Final = frozenset({"", "admin", "noauthor", "staff", "editor", "unknown", "editorialteam"})
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|newsteam|staff|contributors?|journalists?|columnists?|reporters?)/[^/?#]+/?$", re.I
)
PERSON = re.compile(r"(?:[A-Z][\w'’.-]*\s+){1,3}(?:(?:de|van|von|der|al|bin|la|le)\s+)*[A-Z][\w'’-]+\.?")
"""Two to four capitalised words; what links and trafilatura give must look like this."""


def list_names(value: object, people: Mapping[str, Any] | None = None) -> Iterator[str]:
    """Names in a JSON-LD value: a string, an object with `name`, a reference to one (`@id`), or a list."""
    for item in value if isinstance(value, list) else [value]:
        node = item
        if isinstance(item, dict) and "name" not in item and people:
            node = people.get(str(item.get("@id")), item)
        name = node.get("name") if isinstance(node, dict) else node
        for part in name if isinstance(name, list) else [name]:
            line = clean_line(part)
            if line and not line.startswith(("http:", "https:")):
                yield line


def clean_authors(names: Iterable[str], outlet: str | None = None) -> list[str]:
    """The names in order, each once: no addresses, no "By", no degree, not the outlet itself."""
    kept = []
    for name in names:
        line = TITLE_TAIL.sub("", NOISE.sub("", name).strip(" ,;|-–—"))
        if fold_words(line) not in NO_NAMES and fold_words(line) != fold_words(outlet):
            kept.append(line)
    return list(dict.fromkeys(kept))


def find_linked_authors(tree: HtmlElement) -> list[str]:
    """Names in the first link to an author's page, and in those beside it."""
    first = None
    names = []
    for link in tree.iter("a"):
        named = "author" in (link.get("rel") or "").lower().split() or AUTHOR_PAGE.search(
            link.get("href") or ""
        )
        line = clean_line(link.text_content()) if named else None
        if line and PERSON.fullmatch(line):
            if first is None:
                first = link.getparent()
            if link.getparent() is first:
                names.append(line)
    return clean_authors(names)


def find_authors(tree: HtmlElement, declared: Iterable[str]) -> str | None:
    """The byline, names parted by "; ": the declared ones, else those that links or trafilatura show."""
    names = list(declared) or find_linked_authors(tree)
    if not names:
        from trafilatura.metadata import extract_author

        try:
            found = clean_line(extract_author(tree)) or ""
        except Exception:
            # trafilatura raises whatever lxml does; a page without a byline is no failure
            found = ""
        names = [name for name in clean_authors(found.split(";")) if PERSON.fullmatch(name)]
    return "; ".join(names) or None
