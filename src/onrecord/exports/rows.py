"""one record -> its row in an export and in `--json`: plain dicts of the shapes that others rely on.

`actor` is the actor's name in the ledger where there is one, else the name within the document, or the words
as the outlet wrote them. `actor_id` is null for words that name nobody, and for persons without an evident
public role, who are shown within their articles only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.records import Actor, Decision, Document, Failure, Run, Span
from onrecord.views import DocumentSummary, SpeakerView, StatementView

Row = dict[str, Any]


def span_row(span: Span, exact: str) -> Row:
    """A place with its words."""
    return {"start": span.start, "end": span.end, "exact": exact}


def _cut(text: str, span: Span | None) -> Row | None:
    return None if span is None else span_row(span, text[span.start : span.end])


def document_row(document: Document, summary: DocumentSummary) -> Row:
    """A line of documents.jsonl."""
    text = document.text
    before, after = document.not_before, document.not_after
    return {
        "id": document.id,
        "path": summary.appearances[0].path if summary.appearances else "",
        "member": document.member,
        "sha256": document.sha256,
        "text_digest": document.text_digest,
        "text": text,
        "litter": [_cut(text, span) for span in document.litter],
        "credits": [_cut(text, span) for span in document.credits],
        "title": document.title,
        "title_span": _cut(text, document.title_span),
        "byline": document.byline,
        "outlet": summary.outlet,
        "url": summary.url,
        "language": document.language,
        "translated": document.translated,
        "published": document.published,
        "published_from": document.published_from,
        "published_sure": document.published_sure,
        "not_before": before.day if before else None,
        "not_before_evidence": _cut(text, before.evidence) if before else None,
        "not_after": after.day if after else None,
        "not_after_evidence": _cut(text, after.evidence) if after else None,
        "appearances": [
            {"path": one.path, "outlet": one.outlet, "url": one.url, "retrieved": one.retrieved}
            for one in summary.appearances
        ],
    }


def summary_row(summary: DocumentSummary) -> Row:
    """A document in a list, without its text."""
    return {
        "id": summary.id,
        "path": summary.path,
        "title": summary.title,
        "byline": summary.byline,
        "outlet": summary.outlet,
        "url": summary.url,
        "language": summary.language,
        "translated": summary.translated,
        "published": summary.published,
        "published_sure": summary.published_sure,
        "not_before": summary.not_before.day if summary.not_before else None,
        "not_after": summary.not_after.day if summary.not_after else None,
        "words": summary.words,
    }


def mention_row(view: SpeakerView) -> Row:
    """A line of mentions.jsonl."""
    mention = view.mention
    role = span_row(mention.role, view.role_exact or "") if mention.role else None
    return {
        "id": mention.id,
        "document_id": mention.document_id,
        **span_row(mention.span, view.exact),
        "kind": mention.kind,
        "local_id": mention.local_id,
        **_name_actor(view),
        "role": role,
        "inferred": mention.inferred,
        "reason": mention.reason,
        "actor_reason": view.actor.reason if view.actor else None,
        "public_role": view.public_role,
    }


def actor_row(view: SpeakerView) -> Row:
    """An actor where a statement mentions it: the place, its words, and whom they stand for."""
    return {
        **span_row(view.mention.span, view.exact),
        "mention_id": view.mention.id,
        **_name_actor(view),
        "named": view.name,
        "kind": view.kind,
        "inferred": view.inferred,
        "public_role": view.public_role,
    }


def _name_actor(view: SpeakerView) -> Row:
    return {
        "actor_id": view.actor.id if view.actor else None,
        "actor": view.actor.name if view.actor else view.name,
    }


def assembled_row(actor: Actor) -> Row:
    """A line of actors.jsonl."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "roles": [
            {"role": one.words, "of": one.of, "document_id": one.document_id, "date": one.day}
            for one in actor.roles
        ],
        "part_of": list(actor.part_of),
        "renamed_to": list(actor.renamed_to),
        "split_from": list(actor.split_from),
        "speaks_for": actor.speaks_for,
        "documents": actor.documents,
        "public": actor.public,
        "reasons": list(actor.reasons),
    }


def statement_row(view: StatementView) -> Row:
    """A line of statements.jsonl."""
    statement = view.statement
    roles = [one for one in view.speakers if one.role_span is not None]
    role = span_row(roles[0].role_span, roles[0].role_exact or "") if roles and roles[0].role_span else None
    return {
        "id": statement.id,
        "document_id": statement.document_id,
        "speakers": [actor_row(one) for one in view.speakers],
        "role": role,
        "addressee": actor_row(view.addressee) if view.addressee else None,
        "channels": [actor_row(one) for one in view.channels],
        "cue": [span_row(*one) for one in zip(statement.cue, view.cue, strict=True)],
        "content": [span_row(*one) for one in zip(statement.content, view.content, strict=True)],
        "quotation": statement.quotation,
        "act": statement.act,
        "class": statement.cue_class,
        "certainty": statement.certainty,
        "negated": statement.negated,
        "within_id": statement.within_id,
        "via": list(view.via),
        "about": [{"mention_id": one.mention.id, **_name_actor(one)} for one in view.about],
        "anaphoric": statement.anaphoric,
        "said_on": statement.said_on,
        "paraphrase": view.paraphrase,
        "translated": view.translated,
        "score": statement.score,
        "speaker_score": statement.speaker_score,
        "decided_by": statement.decided_by,
    }


def decision_row(decision: Decision) -> Row:
    """A line of decisions.jsonl."""
    at = decision.selector
    return {
        "id": decision.id,
        "what": decision.what,
        "selector": {
            "document_id": at.document_id or None,
            "record_id": at.record_id,
            "start": at.start,
            "end": at.end,
            "exact": at.exact,
            "prefix": at.prefix,
            "suffix": at.suffix,
            "text_digest": at.text_digest,
        },
        "value": _thaw(decision.value),
        "by": decision.by,
        "at": decision.at,
        "reason": decision.reason,
    }


def _thaw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thaw(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_thaw(one) for one in value]
    return value


def failure_row(failure: Failure) -> Row:
    """A line of failures.jsonl."""
    return {
        "path": failure.path,
        "document_id": failure.document_id,
        "stage": failure.stage,
        "error": failure.error,
    }


def run_row(run: Run) -> Row:
    """A line of runs.jsonl."""
    return {
        "id": run.id,
        "code_version": run.code_version,
        "model_digest": run.model_digest,
        "settings_digest": run.settings_digest,
    }
