"""a document's view -> its article: the marked text on the left, one card a statement on the right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from onrecord.surfaces.cards import Neighbours, find_neighbours, render_card
from onrecord.surfaces.marks import Line, Mark, Piece, cut_lines
from onrecord.surfaces.markup import Markup, element, join_markup
from onrecord.surfaces.wording import describe_day, describe_outlet, find_quoted, name_article, name_outlet
from onrecord.views import DocumentSummary, DocumentView, StatementView

LINE_LAYERS = ("litter", "credit", "title")
UNFOLDED = 5
"""Lines of litter in a row that are shown; more are folded."""


def render_article(view: DocumentView, confirmed: Collection[str] = ()) -> Markup:
    """The article as one `<article id="d-<id>">`."""
    near = find_neighbours(view, confirmed)
    summary = view.summary
    return element(
        "article",
        _render_header(view),
        element("div", join_markup(_render_lines(view)), class_="text", lang=summary.language),
        _render_side(view, near),
        id=f"d-{summary.id}",
        class_="view",
        data_outlet=summary.outlet,
        data_day=summary.published,
        data_when=describe_day(summary),
        data_title=name_article(summary),
    )


def find_marks(view: DocumentView) -> list[Mark]:
    """Every mark of the article: litter, credits, title, and each statement's speaker, cue and content.
    Resolved speakers are marked where the statement names them, not where their name stands."""
    document = view.document
    marks = [Mark(span.start, span.end, "litter") for span in document.litter]
    marks += [Mark(span.start, span.end, "credit") for span in document.credits]
    if document.title_span:
        marks.append(Mark(document.title_span.start, document.title_span.end, "title"))
    for number, one in enumerate(view.statements):
        marks += [Mark(span.start, span.end, "content", number) for span in one.statement.content]
        marks += [Mark(span.start, span.end, "cue", number) for span in one.statement.cue]
        spans = (speaker.mention.span for speaker in one.speakers)
        marks += [Mark(span.start, span.end, "speaker", number) for span in spans]
        marks += _find_quoted_marks(document.text, one, number)
    return marks


def _find_quoted_marks(text: str, view: StatementView, number: int) -> Iterator[Mark]:
    """Of a content that is partly quoted: the quoted parts."""
    if view.statement.quotation == "mixed":
        for span in view.statement.content:
            for start, end in find_quoted(text, span.start, span.end):
                yield Mark(start, end, "quoted", number)


def _render_header(view: DocumentView) -> Markup:
    summary = view.summary
    source = [
        element("bdi", describe_outlet(summary), class_="outlet" if summary.outlet else None),
        describe_day(summary),
        f"by {summary.byline}" if summary.byline else None,
        "translated" if summary.translated else None,
        f"language {summary.language}" if summary.language not in (None, "en") else None,
    ]
    known = [part for part in source if part]
    between = [part for one in known for part in (" · ", one)][1:]
    return element(
        "header",
        element("p", *between, class_="from", dir="auto"),
        element("h1", name_article(summary), dir="auto"),
        element("dl", *_render_facts(view, summary)),
        _render_key(),
    )


def _render_facts(view: DocumentView, summary: DocumentSummary) -> Iterator[Markup]:
    document = view.document
    facts: list[tuple[str, str]] = [("file", place.path) for place in summary.appearances[:3]]
    if len(summary.appearances) > 3:
        facts.append(("and", f"{len(summary.appearances) - 3} more places"))
    facts += [("address", summary.url)] if summary.url else []
    if document.published:
        sure = "sure" if document.published_sure else "not sure"
        facts.append(("date from", f"{document.published_from or 'unknown'}, {sure}"))
    facts += [("text", f"sha256 {document.text_digest[:12]}…"), ("id", summary.id[:8])]
    for name, value in facts:
        yield element("div", element("dt", name), element("dd", value, class_="id" if name == "id" else None))


def _render_key() -> Markup:
    return element(
        "p",
        element("span", "speaker", class_="sp"),
        element("span", "cue", class_="cu"),
        element("span", "verbatim", class_="dq"),
        element("span", "paraphrase", class_="iq"),
        element("span", "not the article", class_="litter"),
        class_="key",
        aria_label="marks",
    )


def _render_side(view: DocumentView, near: Neighbours) -> Markup:
    count = len(view.statements)
    noun = "statement" if count == 1 else "statements"
    head = f"According to {name_outlet(view.summary)}: {count} {noun}"
    cards = element("ol", *(render_card(one, near) for one in view.statements)) if count else None
    empty = None if count else element("p", "No statement was found in this article.", class_="quiet small")
    title = element("h2", head, dir="auto")
    return element("aside", title, empty, cards, class_="side", aria_label="statements")


def _render_lines(view: DocumentView) -> Iterator[Markup]:
    """The lines as paragraphs; a long run of lines that are not the article is folded away, not left out."""
    lines = cut_lines(view.document.text, find_marks(view))
    gaps = any(line.after_gap for line in lines)
    anchored: set[int] = set()
    first = _find_first(view)
    for layer, run in groupby(lines, key=_name_layer):
        made = []
        for line in run:
            css = [layer] if layer else []
            css += ["gap"] if line.after_gap or not gaps else []
            pieces = (_render_piece(view, piece, first, anchored) for piece in line.pieces)
            made.append(element("p", *pieces, class_=" ".join(css) or None, dir="auto"))
        if layer == "litter" and len(made) > UNFOLDED:
            head = element("summary", f"{len(made)} lines that are not the article")
            yield element("details", head, *made, class_="fold")
        else:
            yield from made


def _name_layer(line: Line) -> str | None:
    """The layer that covers the whole line, if one does."""
    for layer in LINE_LAYERS:
        if all(any(mark.layer == layer for mark in piece.marks) for piece in line.pieces):
            return layer
    return None


def _find_first(view: DocumentView) -> dict[int, list[int]]:
    """Offset -> the statements whose link stands there: at the cue, or at the content when there is none."""
    places: dict[int, list[int]] = {}
    for number, one in enumerate(view.statements):
        spans = one.statement.cue or one.statement.content
        if spans:
            places.setdefault(min(span.start for span in spans), []).append(number)
    return places


def _render_piece(view: DocumentView, piece: Piece, first: dict[int, list[int]], anchored: set[int]) -> str:
    text = view.document.text[piece.start : piece.end]
    css = _name_classes(view.statements, piece.marks)
    numbers = _order_numbers(view.statements, piece.marks)
    links = [number for number in first.get(piece.start, ()) if number not in anchored]
    if not css and not numbers and not links:
        return text
    anchored.update(links)
    places = join_markup(element("span", id=f"t-{view.statements[one].id}", data_s=one) for one in links[1:])
    data = " ".join(str(number) for number in numbers) or None
    if not links:
        return element("span", text, class_=css, data_s=data)
    target = view.statements[links[0]].id
    css = f"go {css}" if css else "go"
    link = element("a", text, href=f"#s-{target}", id=f"t-{target}", class_=css, data_s=data)
    return join_markup([places, link])


def _name_classes(statements: Sequence[StatementView], marks: Iterable[Mark]) -> str | None:
    """The look of a piece: the innermost content decides between verbatim and paraphrase."""
    marks = list(marks)
    contents = {mark.number for mark in marks if mark.layer == "content"}
    quoted = {mark.number for mark in marks if mark.layer == "quoted"}
    css: list[str] = []
    if contents:
        direct = any(statements[number].verbatim for number in contents) or bool(quoted)
        css.append("dq" if direct else "iq")
        css += ["deep"] if len(contents) > 1 else []
    layers = {mark.layer for mark in marks}
    css += ["sp"] if "speaker" in layers else []
    css += ["cu"] if "cue" in layers else []
    css += [layer for layer in ("litter", "credit") if layer in layers]
    return " ".join(css) or None


def _order_numbers(statements: Sequence[StatementView], marks: Iterable[Mark]) -> list[int]:
    """The statements that a piece belongs to, outermost first, so that the last one is what a reader means
    by pointing at it."""
    numbers = {mark.number for mark in marks if mark.number >= 0}

    def measure(number: int) -> tuple[int, int]:
        spans = statements[number].statement.content
        return -sum(span.end - span.start for span in spans), number

    return sorted(numbers, key=measure)
