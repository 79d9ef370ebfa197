"""records and hidden names -> the records without the names, at the same offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from onrecord.folding import HiddenName, blank_names, blank_spans, find_names
from onrecord.keys import digest_text
from onrecord.records import Actor, Appearance, Assembly, Decision, Failure, Reading, Selector
from onrecord.stores.anchors import CONTEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What a redaction blanked."""

    decision: Decision
    places: int
    """In the texts of articles."""
    documents: int
    """Documents of which anything was changed: text, title, byline, path, outlet or address."""
    left: tuple[tuple[str, int], ...] = ()
    """Single words of the name that still stand elsewhere in the texts (of others of that name, or of the
    same person), with how often: to be redacted by themselves if they mean the same person."""


def redact_reading(reading: Reading, names: Sequence[HiddenName]) -> Reading:
    """The reading without the names; the very same object when there was nothing to blank."""
    if not names:
        return reading
    document = reading.document
    text = blank_names(document.text, names)
    changed = replace(
        document,
        text=text,
        text_digest=document.text_digest if text == document.text else digest_text(text),
        title=_blank(document.title, names),
        byline=_blank(document.byline, names),
        member=blank_names(document.member, names),
    )
    mentions = tuple(replace(one, reason=_blank(one.reason, names)) for one in reading.mentions)
    statements = tuple(replace(one, decided_by=_blank(one.decided_by, names)) for one in reading.statements)
    if changed == document and mentions == reading.mentions and statements == reading.statements:
        return reading
    return replace(reading, document=changed, mentions=mentions, statements=statements)


def count_places(text: str, names: Sequence[HiddenName]) -> int:
    """How often the names stand in the text."""
    return len(find_names(text, names))


def _blank(text: str | None, names: Sequence[HiddenName]) -> str | None:
    return None if text is None else blank_names(text, names)


def redact_appearance(appearance: Appearance, names: Sequence[HiddenName]) -> Appearance:
    """The appearance without the names; an address that hides one behind %-signs goes altogether."""
    if not names:
        return appearance
    url = _blank(appearance.url, names)
    if url is not None and find_names(unquote(url), names):
        url = None
    return replace(
        appearance,
        path=blank_names(appearance.path, names),
        outlet=_blank(appearance.outlet, names),
        url=url,
        retrieved=_blank(appearance.retrieved, names),
    )


def redact_failure(failure: Failure, names: Sequence[HiddenName]) -> Failure:
    """The failure without the names."""
    if not names:
        return failure
    return replace(failure, path=blank_names(failure.path, names), error=blank_names(failure.error, names))


def redact_decision(decision: Decision, names: Sequence[HiddenName], text: str | None) -> Decision:
    """The decision without the names. `text` is its document's text with the names still in it: what stands
    around a place is blanked where the text is, so that no half of a name stays at the edge."""
    if not names:
        return decision
    selector = decision.selector
    fields = {
        "start": selector.start,
        "end": selector.end,
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
    }
    blanked: dict[str, Any] = _redact_selector(fields, names, text)
    digest = None if blanked != fields else selector.text_digest
    return replace(
        decision,
        selector=Selector(
            document_id=selector.document_id, record_id=selector.record_id, text_digest=digest, **blanked
        ),
        value=_redact_value(decision.value, names, text),
        by=blank_names(decision.by, names),
        reason=_blank(decision.reason, names),
    )


def _redact_value(value: Any, names: Sequence[HiddenName], text: str | None) -> Any:
    if isinstance(value, str):
        return blank_names(value, names)
    if isinstance(value, Mapping):
        if "exact" in value:
            return _redact_selector(value, names, text)
        return {key: _redact_value(one, names, text) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_redact_value(one, names, text) for one in value]
    return value


def _redact_selector(
    fields: Mapping[str, Any], names: Sequence[HiddenName], text: str | None
) -> dict[str, Any]:
    start, end, exact = fields.get("start"), fields.get("end"), fields.get("exact")
    if text is None or start is None or end is None or text[start:end] != exact:
        return {key: blank_names(one, names) if isinstance(one, str) else one for key, one in fields.items()}
    blanked = blank_spans(text, find_names(text, names))
    return {
        **fields,
        "exact": blanked[start:end],
        "prefix": blanked[max(0, start - CONTEXT) : start],
        "suffix": blanked[end : end + CONTEXT],
    }


def redact_assembly(assembly: Assembly, names: Sequence[HiddenName]) -> Assembly:
    """The actors without the names: tables and users' files of names may know what no text says any more."""
    if not names:
        return assembly
    return replace(
        assembly,
        actors=tuple(_redact_actor(one, names) for one in assembly.actors),
        places=tuple(one._replace(reason=_blank(one.reason, names)) for one in assembly.places),
        suggestions=tuple(
            one._replace(reason=blank_names(one.reason, names)) for one in assembly.suggestions
        ),
        conflicts=tuple(one._replace(why=blank_names(one.why, names)) for one in assembly.conflicts),
    )


def _redact_actor(actor: Actor, names: Sequence[HiddenName]) -> Actor:
    return replace(
        actor,
        name=blank_names(actor.name, names),
        aliases=tuple(dict.fromkeys(blank_names(one, names) for one in actor.aliases)),
        roles=tuple(one._replace(words=blank_names(one.words, names)) for one in actor.roles),
        public=_blank(actor.public, names),
        reasons=tuple(dict.fromkeys(blank_names(one, names) for one in actor.reasons)),
        nodes=tuple(blank_names(one, names) for one in actor.nodes),
    )


def join_appearances(old: Sequence[Appearance], *new: Appearance) -> tuple[Appearance, ...]:
    """One appearance a path, the newest word on it, by path."""
    by_path = {one.path: one for one in (*old, *new)}
    return tuple(by_path[path] for path in sorted(by_path))
