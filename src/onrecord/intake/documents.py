"""an Extract and its file's digest -> a Document and where it stood."""

from __future__ import annotations

from onrecord.errors import SkipDocument
from onrecord.intake.cleaning import Cleaning, find_litter
from onrecord.intake.dating import date_document
from onrecord.intake.extracts import Extract
from onrecord.intake.languages import find_language, name_language
from onrecord.intake.limits import Limits
from onrecord.intake.outlets import find_outlet
from onrecord.intake.titles import find_byline, is_translated, tidy_byline
from onrecord.keys import digest_text, document_key
from onrecord.names import Names
from onrecord.records import Appearance, Document, Span

READ_LANGUAGE = "en"


def build_document(
    extract: Extract, *, sha256: str, relative: str, name: str, limits: Limits, names: Names | None = None
) -> tuple[Document, Appearance]:
    """The article and its place. Raises `SkipDocument` when it is empty, too long, or in another language.

    `name` is the file's name, which may hold a date.
    """
    text = extract.text
    _check_length(extract, limits)
    cleaning = find_litter(text, title=extract.title, markup_litter=extract.markup_litter)
    unread = tuple(sorted((*cleaning.litter, *cleaning.credits)))
    language = check_language(extract, unread)
    publication = date_document(
        text, claims=extract.dates, litter=unread, title_span=cleaning.title_span, url=extract.url, name=name
    )
    document = Document(
        id=document_key(sha256, extract.member),
        sha256=sha256,
        member=extract.member,
        text=text,
        text_digest=digest_text(text),
        litter=cleaning.litter,
        credits=cleaning.credits,
        title=extract.title or _quote_title(text, cleaning),
        title_span=cleaning.title_span,
        byline=_tidy_names(extract.byline) or find_byline(text, cleaning.litter, cleaning.title_span),
        language=language,
        translated=_is_translated(extract, cleaning),
        published=publication.day,
        published_from=publication.origin,
        published_sure=publication.sure,
        not_before=publication.not_before,
        not_after=publication.not_after,
    )
    return document, _find_appearance(document, extract, relative, names)


def _find_appearance(document: Document, extract: Extract, relative: str, names: Names | None) -> Appearance:
    """Where the document stood, and who published it there."""
    outlet = find_outlet(
        claim=extract.outlet,
        url=extract.url,
        text=document.text,
        credits=document.credits,
        litter=document.litter,
        names=names,
    )
    return Appearance(
        document_id=document.id, path=relative, outlet=outlet, url=extract.url, retrieved=extract.retrieved
    )


def _check_length(extract: Extract, limits: Limits) -> None:
    """Raises `SkipDocument` for an article without text or with too much of it."""
    if not extract.text.strip("\ufeff\x00 \t\r\n\x0b\x0c"):
        raise SkipDocument("has no text", member=extract.member)
    if len(extract.text) > limits.article_chars:
        raise SkipDocument(
            f"{len(extract.text):,} characters in one article; at most {limits.article_chars:,} are read",
            member=extract.member,
        )


def cut_spans(text: str, spans: tuple[Span, ...]) -> str:
    """The text without those stretches (sorted)."""
    pieces, at = [], 0
    for span in spans:
        pieces.append(text[at : span.start])
        at = max(at, span.end)
    pieces.append(text[at:])
    return "".join(pieces)


def check_language(extract: Extract, unread: tuple[Span, ...]) -> str:
    """The article's language as BCP 47. Raises `SkipDocument` when it is one that is not read."""
    language = find_language(cut_spans(extract.text, unread).strip() or extract.text)
    if language != READ_LANGUAGE:
        raise SkipDocument(
            f"the language is {name_language(language)}; onrecord reads English so far", member=extract.member
        )
    declared = (extract.language or "").replace("_", "-")
    return declared if declared.lower().startswith("en-") and len(declared) <= 12 else READ_LANGUAGE


def _quote_title(text: str, cleaning: Cleaning) -> str | None:
    span = cleaning.title_span
    return " ".join(text[span.start : span.end].split()) or None if span else None


def _tidy_names(byline: str | None) -> str | None:
    names = [name for part in (byline or "").split(";") if (name := tidy_byline(part))]
    return "; ".join(names) or None


def _is_translated(extract: Extract, cleaning: Cleaning) -> bool:
    if extract.translated is not None:
        return extract.translated
    return is_translated(extract.text, cleaning.credits, cleaning.litter)
