"""HTML tree -> its text blocks in order, so that nothing visible is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement, HTMLParser, document_fromstring

UNSEEN_TAGS = frozenset(
    "script style noscript template head svg math iframe object embed canvas audio video select datalist map "
    "area param source track textarea".split()
)
INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark meter nobr "
    "output picture q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr button "
    "amp-img".split()
)
VOID_TAGS = frozenset("area base br col embed hr img input link meta param source track wbr".split())
IMPLIED_TAGS = frozenset(
    "p li td th tr tbody thead tfoot dd dt option colgroup rb rp rt body html head".split()
)
"""Tags whose end is often left out: they cannot tell how deep a page is nested."""
RAW_ENDS = {"!--": "-->", "script": "</script", "style": "</style"}
"""What lies up to there holds no tags."""
MAX_NESTING = 200
"""libxml2 stops reading a page nested deeper than 256 and drops the rest without a word."""
TAG = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
SPACES = re.compile(r"[ \t\n\r\f]+")
BREAK = "\x00"
"""Stands for <br> while a block is put together; an HTML parser never lets NUL through."""


class Block(NamedTuple):
    """A run of text between block borders, as a browser shows it: one or more lines."""

    text: str
    style: str
    """The class attribute of the element that holds it, or else of that one's parent."""
    linked: float
    """Share of its characters that stand inside links."""


def flatten_nesting(html: str) -> str:
    """The page without the tags that nest too deep for the parser; their text stays. Takes linear time."""
    depth, cut, at = 0, 0, 0
    pieces: list[str] = []
    ends = dict(RAW_ENDS)
    while match := TAG.search(html, at):
        at = match.end()
        tag = (match[2] or "!--").lower()
        if tag in ends and not match[1]:
            end = html.find(ends[tag], at)
            if end < 0:  # no further search for it: each would run to the end of the page
                del ends[tag]
            else:
                at = end
        if tag in RAW_ENDS or tag in VOID_TAGS or tag in IMPLIED_TAGS:
            continue
        weight = 4 if tag == "table" else 2 if tag in ("ul", "ol", "dl") else 1
        if match[1]:
            too_deep = depth > MAX_NESTING
            depth = max(0, depth - weight)
        else:
            depth += weight
            too_deep = depth > MAX_NESTING
        if too_deep:
            border = " " if tag in INLINE_TAGS else "<br>"
            kept = html[cut : match.start()]
            if kept.strip() or not pieces or pieces[-1] != border:  # a run of tags leaves one border
                pieces += [kept, border]
            cut = match.end()
    return "".join(pieces) + html[cut:]


def parse_html(html: str) -> HtmlElement | None:
    """The page's tree, without comments; none when the parser finds nothing in it. Never fetches anything."""
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True,
        collect_ids=False, default_doctype=False,
    )  # fmt: skip
    data = flatten_nesting(html.replace("\x00", "\ufffd")).encode("utf-8", "replace")
    try:
        return document_fromstring(data, parser=parser, ensure_head_body=True)
    except Exception:
        # lxml raises ParserError, ValueError, AssertionError and others for "there is no document here"
        return None


def _walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """("open" | "close", element) in document order, without recursion; unseen elements have no children."""
    stack: list[tuple[str, HtmlElement]] = [("open", root)]
    while stack:
        step, element = stack.pop()
        yield step, element
        if step == "open":
            stack.append(("close", element))
            if element.tag not in UNSEEN_TAGS:
                stack.extend(("open", child) for child in reversed(element) if isinstance(child.tag, str))


class _Collector:
    """Puts the runs of text together until a block border comes."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[tuple[str, bool]] = []
        self.links = 0

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append((text, self.links > 0))

    def close(self, holder: HtmlElement) -> None:
        raw = SPACES.sub(" ", "".join(text for text, _ in self.parts))
        lines = [line.strip(" ") for line in raw.split(BREAK)]
        text = "\n".join(line for line in lines if line.strip())
        if text:
            total = sum(len(text.strip()) for text, _ in self.parts)
            linked = sum(len(text.strip()) for text, in_link in self.parts if in_link)
            self.blocks.append(Block(text, _find_style(holder), linked / total if total else 0.0))
        self.parts = []


def _find_style(element: HtmlElement) -> str:
    parent = element.getparent()
    return element.get("class") or (parent.get("class") if parent is not None else None) or ""


def split_blocks(root: HtmlElement) -> list[Block]:
    """The blocks of text under the element in document order; scripts and form controls are left out."""
    collector = _Collector()
    holders = [root]
    for step, element in _walk(root):
        tag = element.tag
        if tag == "br" and step == "open":
            collector.add(BREAK)
        inline = tag in INLINE_TAGS or tag in ("br", "wbr") or tag in UNSEEN_TAGS
        if not inline:
            collector.close(holders[-1])
        if step == "open":
            if not inline:
                holders.append(element)
            collector.links += tag == "a"
            if tag not in UNSEEN_TAGS:
                collector.add(element.text)
        else:
            if not inline:
                holders.pop()
            collector.links -= tag == "a"
            if element is not root:
                collector.add(element.tail)
    collector.close(holders[-1])
    return collector.blocks
