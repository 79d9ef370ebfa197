"""names, attributes and plain strings -> escaped HTML.

Only `element` (and `join_markup`, `trust_file`) make `Markup`; every other string is escaped on its way in,
so that words of an article can never become markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML refuses (controls, lone surrogates, non-characters): shown as U+FFFD, one for one."""


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def escape_text(text: str) -> Markup:
    """The text as HTML: `&<>"'` escaped, characters that HTML refuses shown as U+FFFD."""
    if isinstance(text, Markup):
        return text
    return Markup(html.escape(_FORBIDDEN.sub("�", text), quote=True))


def join_markup(parts: Iterable[str | None]) -> Markup:
    """The parts one after the other; plain strings are escaped, None is left out."""
    return Markup("".join(escape_text(part) for part in parts if part is not None))


def element(name: str, /, *children: str | None, **attributes: str | int | bool | None) -> Markup:
    """One element. `class_` and `data_by` stand for `class` and `data-by`; None and False leave the attribute
    out, True gives it without a value."""
    opening = f"<{name}{_write_attributes(attributes)}>"
    if name in VOID:
        return Markup(opening)
    return Markup(f"{opening}{join_markup(children)}</{name}>")


def _write_attributes(attributes: dict[str, str | int | bool | None]) -> str:
    parts = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        written = key.rstrip("_").replace("_", "-")
        parts.append(f" {written}" if value is True else f' {written}="{escape_text(str(value))}"')
    return "".join(parts)


def trust_file(text: str) -> Markup:
    """A style sheet or script of the package itself, taken as it is (line ends as HTML parsers see them)."""
    return Markup(text.replace("\r\n", "\n"))
