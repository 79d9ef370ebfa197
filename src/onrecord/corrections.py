"""what a user says about a record -> a decision that finds its place again in the text.

Words become selectors here, once, when the decision is made; the store applies them from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from onrecord.errors import StopRun
from onrecord.keys import value_key
from onrecord.records import Decision, Document, Selector, Span, Statement
from onrecord.stores.anchors import find_words, hull_statement, select_span
from onrecord.vocabulary import ACTS, CERTAINTIES, DecisionKind

Value = Mapping[str, Any]


def build_decision(
    what: DecisionKind,
    selector: Selector,
    value: Mapping[str, object],
    *,
    by: str,
    at: str,
    reason: str | None,
    number: int,
) -> Decision:
    """The decision as a record; `number` tells apart what the same person says twice on one day."""
    if not by.strip():
        raise StopRun("a decision needs a name: say who decides with --by")
    parts = {"what": what, "selector": asdict(selector), "value": value, "by": by, "at": at, "number": number}
    return Decision(
        id=value_key("decision", {**parts, "reason": reason}),
        what=what,
        selector=selector,
        value=value,
        by=by,
        at=at,
        reason=reason,
    )


def select_statement(document: Document, statement: Statement) -> Selector:
    """Where the statement stands: its content, or its cue when it has none."""
    span = hull_statement(statement)
    return _stamp(document, select_span(document.text, span, document_id=document.id, record_id=statement.id))


def select_document(document: Document) -> Selector:
    """The document as a whole."""
    return Selector(document_id=document.id, text_digest=document.text_digest)


def _stamp(document: Document, selector: Selector) -> Selector:
    return Selector(**{**asdict(selector), "text_digest": document.text_digest})


def normalise_value(
    what: DecisionKind, document: Document, statement: Statement | None, value: Value
) -> dict[str, object]:
    """The value with every word found in the text. Raises `StopRun` for what is not there or not allowed."""
    near = hull_statement(statement) if statement else Span(0, 0)
    return _NORMALISERS[what](_Place(document, near), value)


class _Place:
    """A document and the stretch of it that the user is looking at."""

    def __init__(self, document: Document, near: Span) -> None:
        self.document = document
        self.near = near

    def select(self, value: Any) -> dict[str, object]:
        """The selector of words, or of a start and an end."""
        text = self.document.text
        if isinstance(value, str):
            span = find_words(text, value, self.near)
            if span is None:
                raise StopRun(f"the article does not say {value!r}: give the words as they stand in it")
        else:
            start, end = value
            span = Span(int(start), int(end))
            if not 0 <= span.start < span.end <= len(text):
                raise StopRun(f"{start} to {end} lies outside the article, which has {len(text)} characters")
        selector = select_span(text, span, document_id=self.document.id)
        return {key: getattr(selector, key) for key in ("start", "end", "exact", "prefix", "suffix")}

    def select_all(self, value: Any) -> list[dict[str, object]]:
        """Selectors of one or several stretches."""
        pieces = [value] if isinstance(value, str) else list(value)
        if not pieces:
            raise StopRun("give at least one stretch of words")
        return [self.select(piece) for piece in pieces]


def _pick(value: Value) -> Any:
    """Words, or a start and an end, or none."""
    if value.get("start") is not None and value.get("end") is not None:
        return (value["start"], value["end"])
    return value.get("words")


def _normalise_speaker(place: _Place, value: Value) -> dict[str, object]:
    words = _pick(value)
    if words is None:
        return {"speaker": None}
    chosen: dict[str, object] = {"speaker": place.select(words)}
    if value.get("name"):
        chosen["name"] = place.select(value["name"])
    return chosen


def _normalise_span(place: _Place, value: Value) -> dict[str, object]:
    part = value.get("part", "content")
    if part not in ("content", "cue"):
        raise StopRun(f"a statement's parts are content and cue, not {part!r}; for the speaker: fix speaker")
    stretches = value.get("spans") or _pick(value)
    if not stretches:
        raise StopRun("say which words: --words, or --start and --end")
    if isinstance(stretches, tuple):
        stretches = [stretches]
    return {"part": part, "spans": place.select_all(stretches)}


def _normalise_act(_place: _Place, value: Value) -> dict[str, object]:
    chosen: dict[str, object] = {"act": _choose(str(value.get("act")), ACTS, "act")}
    if value.get("negated") is not None:
        chosen["negated"] = bool(value["negated"])
    if value.get("certainty") is not None:
        chosen["certainty"] = _choose(str(value["certainty"]), CERTAINTIES, "certainty")
    return chosen


def _choose(word: str, known: Sequence[str], what: str) -> str:
    if word in known:
        return word
    near = get_close_matches(word, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    raise StopRun(f"there is no {what} {word!r}: {hint}")


def read_day(day: str) -> str:
    """The day, when it is one (ISO 8601: 2021-03-04). Raises `StopRun` when it is not."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise StopRun(f"{day!r} is no day: write it like 2021-03-04") from None


def _normalise_date(_place: _Place, value: Value) -> dict[str, object]:
    day = value.get("published")
    return {"published": read_day(str(day)) if day is not None else None}


def _normalise_outlet(_place: _Place, value: Value) -> dict[str, object]:
    outlet = str(value.get("outlet") or "").strip()
    return {"outlet": outlet or None}


def _normalise_litter(place: _Place, value: Value) -> dict[str, object]:
    """Litter is whole lines: a part of a line stands for the line."""
    words = _pick(value)
    if words is None:
        raise StopRun("say which line: --words, or --start and --end")
    text, found = place.document.text, place.select(words)
    start, end = int(str(found["start"])), int(str(found["end"]))
    start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    ends = [at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0]
    line = (start, min(ends, default=len(text)))
    return {"line": place.select(line), "litter": bool(value.get("litter", True))}


def _normalise_addition(place: _Place, value: Value) -> dict[str, object]:
    content = value.get("content")
    if not content:
        raise StopRun("say what the statement is: the words of its content")
    chosen: dict[str, object] = {"content": place.select_all(content)}
    first: Any = chosen["content"]
    place = _Place(place.document, Span(int(first[0]["start"]), int(first[0]["end"])))
    if value.get("cue"):
        chosen["cue"] = place.select_all(value["cue"])
    if value.get("speaker"):
        chosen["speaker"] = place.select(value["speaker"])
    if value.get("name"):
        chosen["name"] = place.select(value["name"])
    chosen["act"] = _choose(str(value.get("act") or "asserts"), ACTS, "act")
    return chosen


def _normalise_nothing(_place: _Place, _value: Value) -> dict[str, object]:
    return {}


_NORMALISERS: Final[dict[str, Callable[[_Place, Value], dict[str, object]]]] = {
    "speaker": _normalise_speaker,
    "span": _normalise_span,
    "act": _normalise_act,
    "date": _normalise_date,
    "outlet": _normalise_outlet,
    "litter": _normalise_litter,
    "add": _normalise_addition,
    "accept": _normalise_nothing,
    "reject": _normalise_nothing,
}
