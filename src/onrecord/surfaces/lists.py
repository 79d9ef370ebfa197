"""summaries and views -> the page's lists: articles, statements (filled by its script), speakers, method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.folding import replace_names
from onrecord.records import Failure
from onrecord.summaries import Summary, kind_across, may_list, name_across
from onrecord.surfaces.cards import list_private
from onrecord.surfaces.markup import Markup, element
from onrecord.surfaces.wording import describe_day, describe_outlet, name_article
from onrecord.views import DocumentSummary, DocumentView
from onrecord.vocabulary import ACTS, PRIVATE, QUOTATIONS, Kind

ROLES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDetails:
    """What a page says beside its articles."""

    title: str
    summary: Summary
    failures: Sequence[Failure] = ()
    measured: Sequence[str] = ()
    """Lines with measured accuracy: of what, how much, on what, when."""
    made_by: Sequence[str] = ()
    """Versions and digests of what read the articles."""
    confirmed: Collection[str] = ()
    """Persons without an evident public role whom the user allows to be listed by name."""


class SpeakerRow(NamedTuple):
    """One actor in the list of speakers."""

    key: str
    name: str
    others: tuple[str, ...]
    """Further words that name it, most mentions first."""
    kind: Kind
    roles: tuple[str, ...]
    statements: int
    documents: int
    outlets: int


@dataclass(slots=True)
class _Voice:
    name: str
    kind: Kind
    roles: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    outlets: set[str] = field(default_factory=set)


class SpeakerTable:
    """Collects the speakers that may be listed across articles, while the articles pass."""

    def __init__(self, confirmed: Collection[str] = ()) -> None:
        self.confirmed = frozenset(confirmed)
        self.voices: dict[str, _Voice] = {}
        """Actor's id, or else name -> what is known of it."""
        self.names: dict[str, Counter[str]] = {}
        """Actor's id -> the words that name it."""

    def add_document(self, view: DocumentView) -> None:
        """Counts every statement of the article once for each of its speakers."""
        private = list_private(view, self.confirmed)
        self._add_names(view)
        for statement in view.statements:
            for speaker in statement.speakers:
                if not may_list(speaker, self.confirmed):
                    continue
                name = name_across(speaker)
                key = speaker.actor.id if speaker.actor else name
                voice = self.voices.setdefault(key, _Voice(name, kind_across(speaker)))
                voice.documents[view.summary.id] += 1
                voice.outlets |= {view.summary.outlet} if view.summary.outlet else set()
                if speaker.role and speaker.role != name:
                    voice.roles[replace_names(speaker.role, private, PRIVATE)] += 1

    def _add_names(self, view: DocumentView) -> None:
        for one in view.mentions:
            if one.actor and one.inferred in ("name", "metonym", "person"):
                names = self.names.setdefault(one.actor.id, Counter())
                names[" ".join(one.exact.split())] += 1

    def finish(self) -> list[SpeakerRow]:
        """The speakers, most statements first, then by name."""
        rows = [
            SpeakerRow(
                key,
                voice.name,
                tuple(name for name in _rank(self.names.get(key, Counter())) if name != voice.name),
                voice.kind,
                _rank(voice.roles),
                voice.documents.total(),
                len(voice.documents),
                len(voice.outlets),
            )
            for key, voice in self.voices.items()
        ]
        return sorted(rows, key=lambda row: (-row.statements, row.name, row.key))


def _rank(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda words: (-counts[words], words)))


def render_overview(details: PageDetails, rows: Sequence[tuple[DocumentSummary, int]]) -> Markup:
    """What the ledger holds, and the articles."""
    summary = details.summary
    outlets = len(summary.outlets)
    lead = f"{_count(summary.documents, 'article')} from {_count(outlets, 'outlet')}"
    lead += f", {_describe_period(summary)}" if _describe_period(summary) else ""
    lead += f": {_count(summary.statements, 'statement')} that somebody is said to have made."
    return element(
        "section",
        element("h1", details.title, dir="auto"),
        element("p", lead, class_="lead"),
        _render_notice(),
        _render_acts(summary),
        _render_articles(rows),
        _render_skipped(details.failures),
        id="overview",
        class_="view",
    )


def render_statements(summary: Summary, documents: Iterable[DocumentSummary]) -> Markup:
    """The list of all statements: search and filters; the page's script fills it from the cards."""
    acts = [act for act, _ in summary.acts] or list(ACTS)
    outlets = sorted({one.outlet for one in documents if one.outlet}, key=str.casefold)
    form = element(
        "form",
        _render_field("Words", element("input", type="search", name="q", autocomplete="off"), "wide"),
        _render_field("Speaker or role", element("input", type="search", name="by", autocomplete="off")),
        _render_field("Act", _render_choice("act", acts)),
        _render_field("Wording", _render_choice("form", QUOTATIONS)),
        _render_field("Outlet", _render_choice("outlet", outlets)),
        _render_field("From", element("input", type="date", name="since")),
        _render_field("To", element("input", type="date", name="until")),
        element("button", "Clear", type="reset"),
        id="filters",
        class_="filters",
        role="search",
    )
    return element(
        "section",
        element("h1", "Statements"),
        element(
            "p",
            "Each beside its article below; this list with search needs JavaScript.",
            class_="no-js quiet",
        ),
        element(
            "div",
            form,
            element("p", id="found", class_="found num", aria_live="polite"),
            element("ol", id="results", class_="results"),
            element("button", "Show more", id="more", class_="more", type="button"),
            class_="only-js",
        ),
        id="statements",
        class_="view",
    )


def render_speakers(rows: Sequence[SpeakerRow], others: int) -> Markup:
    """Who speaks, across articles, each under all names; search by one of them finds all."""
    note = (
        "One row an actor, whatever articles call it; why a name was taken for it is said on the cards, and "
        "may be wrong. Copies of one story are counted each."
    )
    hidden = (
        f"{_count(others, 'named person')} without an evident public role "
        f"{'is' if others == 1 else 'are'} shown within the articles only."
    )
    body = [_render_speaker(row) for row in rows]
    field_ = element("input", type="search", data_narrows="speaker-list", autocomplete="off")
    return element(
        "section",
        element("h1", "Speakers"),
        element("p", note, class_="lead"),
        element("p", hidden, class_="quiet") if others else None,
        element(
            "form",
            _render_field("Name, kind or role", field_, "wide"),
            class_="filters only-js",
            role="search",
        ),
        _table(
            ("Speaker", "Also called", "Kind", "Role as given", "Statements", "Articles", "Outlets"),
            body,
            "speaker-list",
        ),
        id="speakers",
        class_="view",
    )


def _render_speaker(row: SpeakerRow) -> Markup:
    link = element("a", row.name, href="#statements", data_by=row.name)
    return element(
        "tr",
        element("td", link, dir="auto", class_="title"),
        element("td", ", ".join(row.others) or None, dir="auto", class_="names"),
        element("td", row.kind, class_="quiet"),
        element("td", "; ".join(row.roles[:ROLES_SHOWN]) or None, dir="auto", class_="quiet"),
        _cell(row.statements, "statements"),
        _cell(row.documents, "articles"),
        _cell(row.outlets, "outlets"),
        data_actor=row.key,
    )


def render_about(details: PageDetails) -> Markup:
    """How this was made, how accurate it is, and what it is not."""
    points = (
        "Every line is what an outlet said that somebody said. It is no finding that the thing is so, nor "
        "that it was said.",
        "Words inside quotation marks are the outlet's rendering of the speaker's; words outside are the "
        "outlet's paraphrase; words of a translated article are the translator's.",
        "A speaker who could not be told is left as worded, or left open. How “he” or “the minister” was "
        "read is said on each card and may be wrong.",
        "Grey lines were taken for menus, share bars and other parts of the page that are not the article; "
        "no statement was read from them.",
        "The score is the estimated probability that the row is right.",
        "Each card carries the beginning of its id: “onrecord fix” takes it to correct, accept or reject "
        "the statement.",
    )
    measured = details.measured or ("not measured with these weights",)
    return element(
        "section",
        element("h1", "About this page"),
        _render_notice(),
        element("div", element("h2", "What it shows"), _list(points), class_="prose section"),
        element("div", element("h2", "Measured accuracy"), _list(measured), class_="prose section"),
        element("div", element("h2", "Made by"), _list(details.made_by), class_="prose section small"),
        _render_shortcuts(),
        id="about",
        class_="view",
    )


def _render_notice() -> Markup:
    return element(
        "p",
        element("strong", "Machine-extracted, check before publishing."),
        " Statements are missed, and some name a wrong speaker: read the words in the article first.",
        class_="notice",
        role="note",
    )


def _render_acts(summary: Summary) -> Markup | None:
    if not summary.acts:
        return None
    items = [element("li", element("b", str(count), class_="num"), f" {act}") for act, count in summary.acts]
    return element("ul", *items, class_="acts", aria_label="acts")


def _render_articles(rows: Sequence[tuple[DocumentSummary, int]]) -> Markup:
    body = [
        element(
            "tr",
            element("td", describe_day(one), class_="num quiet"),
            element("td", describe_outlet(one), dir="auto", class_=None if one.outlet else "quiet"),
            element("td", element("a", name_article(one), href=f"#d-{one.id}"), class_="title", dir="auto"),
            _cell(count, "statements"),
            _cell(one.words, "words"),
        )
        for one, count in rows
    ]
    field_ = element("input", type="search", data_narrows="article-list", autocomplete="off")
    return element(
        "div",
        element(
            "form",
            _render_field("Title, outlet or day", field_, "wide"),
            class_="filters only-js",
            role="search",
        ),
        _table(("Published", "Outlet", "Article", "Statements", "Words"), body, "article-list"),
        class_="section",
    )


def _render_skipped(failures: Sequence[Failure]) -> Markup | None:
    if not failures:
        return None
    items = [element("li", element("bdi", one.path), f": {one.error}", dir="auto") for one in failures]
    return element(
        "details",
        element("summary", f"{_count(len(failures), 'input')} could not be read"),
        element("ul", *items, class_="skipped"),
        class_="section",
    )


def _render_shortcuts() -> Markup:
    keys = (("j", "next statement"), ("k", "the one before"), ("n", "next article"), ("p", "the one before"),
            ("s", "statements"), ("o", "overview"), ("/", "search"), ("Esc", "choose nothing"))  # fmt: skip
    parts: list[str] = []
    for number, (key, meaning) in enumerate(keys):
        parts += [", "] * bool(number)
        parts += [element("kbd", key), f" {meaning}"]
    return element("p", "Keys: ", *parts, class_="keys only-js")


def _render_field(label: str, control: Markup, css: str | None = None) -> Markup:
    return element("label", label, control, class_=css)


def _render_choice(name: str, values: Iterable[str]) -> Markup:
    options = [element("option", value, value=value) for value in values]
    return element("select", element("option", "any", value=""), *options, name=name)


def _table(heads: Sequence[str], body: Sequence[Markup], name: str) -> Markup:
    counted = ("Statements", "Articles", "Outlets", "Words")
    row = element(
        "tr", *(element("th", one, scope="col", class_="count" if one in counted else None) for one in heads)
    )
    return element("table", element("thead", row), element("tbody", *body), class_="list", id=name)


def _cell(value: int, label: str) -> Markup:
    return element("td", f"{value:,}", class_="count num", data_label=label)


def _list(points: Iterable[str]) -> Markup:
    return element("ul", *(element("li", point, dir="auto") for point in points))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _describe_period(summary: Summary) -> str:
    if not summary.first_day:
        return ""
    if summary.first_day == summary.last_day:
        return f"of {summary.first_day}"
    return f"from {summary.first_day} to {summary.last_day}"
