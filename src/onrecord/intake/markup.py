"""HTML tree -> what its markup declares about the article: JSON-LD first, then meta tags.

schema.org vocabulary in JSON-LD (https://schema.org/NewsArticle), Open Graph, Dublin Core, and the tags that
publishing systems write.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml.html import HtmlElement

from onrecord.intake.authors import clean_authors, list_names
from onrecord.intake.values import clean_line, find_day, fold_address, fold_words

ARTICLE_TYPES: Final = {
    "newsarticle": 3, "reportagenewsarticle": 3, "analysisnewsarticle": 3, "opinionnewsarticle": 3,
    "backgroundnewsarticle": 3, "reviewnewsarticle": 3, "liveblogposting": 3, "article": 2, "blogposting": 2,
    "advertisercontentarticle": 2, "satiricalarticle": 2, "scholarlyarticle": 2, "techarticle": 2,
    "report": 2, "socialmediaposting": 1, "webpage": 0, "itempage": 0,
}  # fmt: skip
"""schema.org type -> how well it speaks for the article itself."""
META_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
        "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publishdate",
        "publication_date", "pubdate", "article.published", "dc.date.issued", "dcterms.issued",
        "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date",
        "citation_online_date", "cxenseparse:recs:publishtime", "bt:pubdate", "originalpublicationdate",
        "article_date_original", "date.release", "release_date", "cxense-date", "displaydate",
        "rnews:datepublished", "ptime", "date",
    ),
    "title": (
        "og:title", "parsely-title", "sailthru.title", "hdl", "headline", "dc.title", "twitter:title",
        "title",
    ),
    "author": (
        "parsely-author", "sailthru.author", "article:author_name", "byl", "dc.creator", "dcterms.creator",
        "citation_author", "article:author", "og:article:author", "author", "cxenseparse:author",
    ),
    "outlet": (
        "og:site_name", "parsely-site", "cre", "dc.publisher", "publisher", "application-name", "copyright",
    ),
    "url": ("og:url", "parsely-link", "twitter:url"),
}  # fmt: skip
"""What it says -> names of meta tags, best first."""
SCRIPT_LIMIT = 2_000_000
"""A JSON-LD block above this is no description of an article."""
NODE_LIMIT = 20_000
Node = dict[str, Any]
"""One JSON-LD object."""
CONTROL = re.compile(r"[\x00-\x1f]+")
TITLE_BORDER = re.compile(r"\s*(?:[|–—»]|-\s)")
TITLE_END = re.compile(r"\s*(?:[|–—»:]|\s-)\s*$")
AUTHOR_NOISE = re.compile(
    r"^(?:written by|words by|by|von)\s+|https?://\S+|\S+@\S+|(?<!\S)@\w+", re.IGNORECASE
)
MODIFIED_KEYS = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "dcterms.modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """The page's own words about its article."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    translated: bool | None = None
    linked_data_time: str | None = None
    """`datePublished` as written; none when the blocks disagree about which article it is."""
    linked_data_agrees: bool = False
    """All blocks about the article give one day."""
    meta_time: str | None = None
    """The best meta tag's publication date as written."""
    modified_days: tuple[str, ...] = ()
    """ISO days on which the page says that it was changed."""


def list_nodes(tree: HtmlElement) -> list[Node]:
    """Every JSON-LD object of the page, outer ones first; what is not JSON is passed over."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting = deque([_load_json(script.text or "")])
        while waiting and len(nodes) < NODE_LIMIT:
            value = waiting.popleft()
            if isinstance(value, dict):
                nodes.append(value)
                waiting.extend(child for child in value.values() if isinstance(child, (dict, list)))
            elif isinstance(value, list):
                waiting.extend(value)
    return nodes


def _load_json(text: str) -> Any:
    if len(text) > SCRIPT_LIMIT:
        return None
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//").strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";/")
    for attempt in (text, CONTROL.sub(" ", text), re.sub(r",\s*([}\]])", r"\1", CONTROL.sub(" ", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def rank_type(node: Node) -> int:
    """How well the node's type speaks for an article; -1 = it is none."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return max((ARTICLE_TYPES.get(str(name).rpartition("/")[2].lower(), -1) for name in names), default=-1)


def find_articles(nodes: Iterable[Node], addresses: set[str], titles: set[str]) -> list[Node]:
    """The nodes that describe this page's article, best first; none when they describe different articles."""
    ranked = [(rank_type(node), node) for node in nodes]
    articles = [(rank, node) for rank, node in ranked if rank > 0 and _describes(node)]
    if not articles:
        articles = [(rank, node) for rank, node in ranked if rank == 0 and "datePublished" in node]
    tied = [
        pair
        for pair in articles
        if _list_addresses(pair[1]) & addresses or fold_words(pair[1].get("headline")) in titles
    ]
    articles = tied or articles
    winners = [node for _, node in sorted(articles, key=lambda pair: -pair[0])]
    return winners if tied or len(list_published(winners)) <= 1 else []


def list_published(nodes: Iterable[Node]) -> set[str]:
    """The ISO days on which the nodes say they were published."""
    return {day for node in nodes if (day := find_day(node.get("datePublished")))}


def _describes(node: Node) -> bool:
    return any(key in node for key in ("datePublished", "headline", "author", "articleBody"))


def _list_addresses(node: Node) -> set[str]:
    values: list[object] = [node.get("url"), node.get("@id")]
    page = node.get("mainEntityOfPage")
    values += [page.get("@id"), page.get("url")] if isinstance(page, dict) else [page]
    return {fold_address(value) for value in values} - {""}


def read_metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Name of each meta tag, in lower case -> its contents in order."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = clean_line(meta.get("content") or meta.get("datetime"))
        for attribute in ("name", "property", "itemprop"):
            if content and (name := meta.get(attribute)):
                metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _pick(metas: dict[str, list[str]], what: str) -> list[str]:
    """The contents of the best tag that is there."""
    return next((metas[key] for key in META_KEYS[what] if key in metas), [])


def _find_meta_time(metas: dict[str, list[str]]) -> str | None:
    """The first date tag that holds an ISO day; else the first."""
    values = [value for key in META_KEYS["published"] for value in metas.get(key, ())]
    return next((value for value in values if find_day(value)), values[0] if values else None)


def _list_modified(metas: dict[str, list[str]], node: Node) -> tuple[str, ...]:
    values = [node.get("dateModified"), *(value for key in MODIFIED_KEYS for value in metas.get(key, ()))]
    return tuple(sorted({day for value in values if (day := find_day(value))}))


def read_markup(tree: HtmlElement) -> Markup:
    """What the page declares: title, authors, outlet, address, language, days."""
    metas = read_metas(tree)
    canonical = [
        link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    urls = [url for url in [*canonical, *_pick(metas, "url")] if url and url.startswith(("http:", "https:"))]
    heads = [line for heading in tree.iter("h1") if (line := clean_line(heading.text_content()))]
    titles = {fold_words(title) for title in [*_pick(metas, "title"), *heads]} - {""}
    nodes = list_nodes(tree)
    articles = find_articles(nodes, {fold_address(url) for url in urls}, titles)
    node = articles[0] if articles else {}
    outlet = next(list_names(node.get("publisher")), None) or next(iter(_pick(metas, "outlet")), None)
    title = clean_line(node.get("headline")) or next(iter(_pick(metas, "title")), None)
    return Markup(
        title=trim_title(title, heads, outlet),
        authors=tuple(_list_authors(nodes, articles, metas, outlet)),
        outlet=outlet,
        url=urls[0] if urls else next(iter(_list_urls(node)), None),
        language=clean_line(tree.get("lang")) or clean_line(node.get("inLanguage")),
        translated=True if node.get("translator") or node.get("translationOfWork") else None,
        linked_data_time=clean_line(node.get("datePublished")),
        linked_data_agrees=len(list_published(articles)) == 1,
        meta_time=_find_meta_time(metas),
        modified_days=_list_modified(metas, node),
    )


def _list_authors(
    nodes: list[Node],
    articles: list[Node],
    metas: dict[str, list[str]],
    outlet: str | None,
) -> list[str]:
    """Authors of the article's block, else of the meta tags, else of the page's block."""
    people = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    pages = [node for node in nodes if rank_type(node) == 0]
    tags = [name for name in _pick(metas, "author") if not name.startswith("http")]
    said = [list_names(node.get("author")) for node in articles]
    # a reference often names the one who put the page in, not the one who wrote the article
    said += [iter(tags), *(list_names(node.get("author"), people) for node in (*articles, *pages))]
    return next((names for found in said if (names := clean_authors(found, outlet))), [])


def trim_title(title: str | None, heads: Sequence[str], outlet: str | None) -> str | None:
    """The title without the outlet's name at its end: the heading that it starts with, when there is one."""
    if title is None:
        return None
    for head in heads:
        if len(head) < len(title) and title.startswith(head) and TITLE_BORDER.match(title[len(head) :]):
            return head
    name, _, _ = title.rpartition(title[len(title) - len(outlet) :]) if outlet else (title, "", "")
    if outlet and fold_words(title).endswith(fold_words(outlet)) and (match := TITLE_END.search(name)):
        return name[: match.start()] or title
    return title


def _list_urls(node: Node) -> Iterator[str]:
    for value in (node.get("url"), node.get("@id")):
        if isinstance(value, str) and value.startswith(("http:", "https:")):
            yield value
