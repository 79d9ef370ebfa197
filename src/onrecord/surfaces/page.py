"""articles as views -> one HTML page that needs nothing else: no network, no server, no second file.

The page's policy refuses every outside thing; its one style sheet and its two scripts are named by their
digests. Words of articles enter through `markup.element` alone, which escapes them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Final

from onrecord.surfaces.article import render_article
from onrecord.surfaces.lists import (
    PageDetails,
    SpeakerTable,
    render_about,
    render_overview,
    render_speakers,
    render_statements,
)
from onrecord.surfaces.markup import Markup, element, trust_file
from onrecord.surfaces.wording import name_article
from onrecord.views import DocumentSummary, DocumentView

__all__ = ["PageDetails", "render_document_page", "render_frame", "render_page"]

BANNER: Final = "machine-extracted, check before publishing"
MENU: Final = (
    ("overview", "Articles"), ("statements", "Statements"), ("speakers", "Speakers"), ("about", "About"),
)  # fmt: skip


def render_page(views: Iterable[DocumentView], details: PageDetails) -> str:
    """The whole ledger as one page: overview, statements, speakers, every article, method."""
    rows: list[tuple[DocumentSummary, int]] = []
    speakers = SpeakerTable(details.confirmed)
    articles: list[Markup] = []
    for view in views:
        rows.append((view.summary, len(view.statements)))
        speakers.add_document(view)
        articles.append(render_article(view, details.confirmed))
    summaries = [summary for summary, _ in rows]
    body = [
        render_overview(details, rows),
        render_statements(details.summary, summaries),
        render_speakers(speakers.finish(), details.summary.others),
        *articles,
        render_about(details),
    ]
    return render_frame(details.title, MENU, body)


def render_document_page(view: DocumentView, details: PageDetails) -> str:
    """One article with its marks and cards as a page of its own."""
    menu = ((f"d-{view.summary.id}", "Article"), ("about", "About"))
    body = [render_article(view, details.confirmed), render_about(details)]
    return render_frame(name_article(view.summary), menu, body)


def render_frame(title: str, menu: Sequence[tuple[str, str]], body: Iterable[Markup]) -> str:
    """The document around the views: policy, style, menu, scripts."""
    style, early, late = (_read_file(name) for name in ("page.css", "early.js", "page.js"))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_write_policy([style], [early, late])),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("meta", name="generator", content="onrecord"),
        element("title", f"{title} · onrecord"),
        element("style", style),
        element("script", early),
    )
    main = element("main", *body, id="main")
    page = element(
        "body",
        element("a", "To the content", href="#main", class_="skip"),
        _render_bar(menu),
        main,
        element("script", late),
    )
    return "<!doctype html>\n" + element("html", head, "\n", page, lang="en") + "\n"


def _render_bar(menu: Sequence[tuple[str, str]]) -> Markup:
    links = [element("a", label, href=f"#{name}") for name, label in menu]
    return element(
        "header",
        element("a", "onrecord", href=f"#{menu[0][0]}", class_="brand"),
        element("nav", *links, aria_label="views"),
        element("span", BANNER, class_="checked"),
        class_="bar",
    )


def _write_policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Nothing from anywhere; of inline parts only those whose digest stands here."""
    return (
        f"default-src 'none'; style-src {' '.join(_name_digests(styles))}; "
        f"script-src {' '.join(_name_digests(scripts))}; base-uri 'none'; form-action 'none'"
    )


def _name_digests(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        digest = base64.b64encode(hashlib.sha256(part.encode("utf-8")).digest()).decode("ascii")
        yield f"'sha256-{digest}'"


def _read_file(name: str) -> Markup:
    """A style sheet or script that ships with the package."""
    return trust_file(files("onrecord.surfaces").joinpath(name).read_text("utf-8"))
