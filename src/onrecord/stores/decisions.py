"""a machine's reading and people's decisions -> the reading as corrected, and what no longer fits.

Pure: the same reading with the same decisions in the same order gives the same records, so that taking a
decision back is leaving it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from onrecord.keys import record_key
from onrecord.records import Appearance, Decision, Document, Mention, Reading, Selector, Span, Statement
from onrecord.stores.anchors import find_span, find_statement
from onrecord.vocabulary import Kind, Quotation

QUOTES: Final = frozenset("\"'“”„‟«»‹›‘’‚‛「」『』")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A decision that could not be applied: its record was not found again."""

    decision_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDecision:
    """A decision and what became of it."""

    decision: Decision
    state: Literal["applied", "undone", "conflict"]
    why: str | None = None
    """The reason of a conflict; for one undone, the id of the decision that undid it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A document's records with people's decisions in them."""

    reading: Reading
    appearances: tuple[Appearance, ...]
    conflicts: tuple[Conflict, ...]


class _LostError(Exception):
    """The place of a decision is gone; the message says what was looked for."""


def find_undone(decisions: Sequence[Decision]) -> dict[str, str]:
    """Id of each decision that was taken back -> id of the one that took it back; an undo can be undone."""
    undone: dict[str, str] = {}
    for decision in reversed(decisions):
        if decision.what == "undo" and decision.id not in undone:
            undone.setdefault(str(decision.value["decision"]), decision.id)
    return undone


def apply_decisions(
    reading: Reading, appearances: Sequence[Appearance], decisions: Sequence[Decision]
) -> Corrected:
    """The records with the decisions (in order, none of them undone) applied. One whose record or words are
    not found again changes nothing and is a conflict."""
    if not decisions:
        return Corrected(reading=reading, appearances=tuple(appearances), conflicts=())
    draft = _Draft(reading, appearances)
    conflicts = []
    for decision in decisions:
        step = _STEPS.get(decision.what)
        if step is None:
            continue
        try:
            step(draft, decision)
        except _LostError as lost:
            conflicts.append(Conflict(decision_id=decision.id, why=str(lost)))
    return Corrected(reading=draft.finish(), appearances=tuple(draft.appearances), conflicts=tuple(conflicts))


class _Draft:
    """A reading while it is being corrected."""

    def __init__(self, reading: Reading, appearances: Sequence[Appearance]) -> None:
        self.document: Document = reading.document
        self.sentences = reading.sentences
        self.appearances = list(appearances)
        self.mentions = {mention.id: mention for mention in reading.mentions}
        self.statements = {statement.id: statement for statement in reading.statements}
        self.rejected: set[str] = set()

    def find(self, selector: Selector) -> Statement:
        found = find_statement(self.document.text, self.sentences, self.statements.values(), selector)
        if found is None:
            raise _LostError("no statement stands where the decision points")
        return found

    def locate(self, value: Mapping[str, Any]) -> Span:
        selector = Selector(document_id=self.document.id, **value)
        span = find_span(self.document.text, selector)
        if span is None:
            raise _LostError(f"the words {selector.exact!r} are no longer in the article")
        return span

    def mention_at(self, span: Span, kind: Kind, by: str) -> Mention:
        """The mention at that place, or a new one that stands for the actor with the same words."""
        here = [mention for mention in self.mentions.values() if mention.span == span]
        if here:
            return min(here, key=lambda mention: mention.id)
        key = record_key("mention", self.document.id, [span])
        words = _fold_words(self.document.text, span)
        alike = [one for one in self.mentions.values() if _fold_words(self.document.text, one.span) == words]
        like = min(alike, key=lambda mention: (mention.span, mention.id), default=None)
        mention = Mention(
            id=key,
            document_id=self.document.id,
            span=span,
            kind=like.kind if like else kind,
            local_id=like.local_id if like else key,
            inferred="person",
            reason=f"pointed out by {by}",
        )
        self.mentions[key] = mention
        return mention

    def finish(self) -> Reading:
        """The corrected reading; what pointed at a rejected statement points at the one around it."""
        kept = {key: one for key, one in self.statements.items() if key not in self.rejected}
        repaired = [replace(one, within_id=self.find_outer(one, kept)) for one in kept.values()]
        return Reading(
            document=self.document,
            sentences=self.sentences,
            mentions=tuple(sorted(self.mentions.values(), key=lambda one: (one.span, one.id))),
            statements=tuple(sorted(repaired, key=lambda one: (one.content, one.cue, one.id))),
        )

    def find_outer(self, statement: Statement, kept: Mapping[str, Statement]) -> str | None:
        outer, seen = statement.within_id, {statement.id}
        while outer is not None and outer not in kept:
            if outer in seen or outer not in self.statements:
                return None
            seen.add(outer)
            outer = self.statements[outer].within_id
        return outer


def _fold_words(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].casefold().split())


def _fix_speaker(draft: _Draft, decision: Decision) -> None:
    statement = draft.find(decision.selector)
    speaker_ids: tuple[str, ...] = ()
    if decision.value.get("speaker") is not None:
        speaker_ids = (_take_speaker(draft, decision, statement).id,)
    draft.statements[statement.id] = replace(
        statement, speaker_ids=speaker_ids, speaker_score=1.0, decided_by=decision.by
    )


def _take_speaker(draft: _Draft, decision: Decision, statement: Statement | None) -> Mention:
    """The mention that the decision's "speaker" points at, standing for its "name" when one is given."""
    value: Mapping[str, Any] = decision.value
    old = [draft.mentions[one] for one in statement.speaker_ids if one in draft.mentions] if statement else []
    kind: Kind = old[0].kind if old else "person"
    span = draft.locate(value["speaker"])
    named = draft.locate(value["name"]) if value.get("name") else None
    mention = draft.mention_at(span, kind, decision.by)
    if named is not None and named != span:
        best = draft.mention_at(named, kind, decision.by)
        mention = replace(
            mention,
            local_id=best.local_id,
            kind=best.kind,
            inferred="person",
            reason=f"resolved by {decision.by}",
        )
        draft.mentions[mention.id] = mention
    return mention


def _fix_span(draft: _Draft, decision: Decision) -> None:
    statement = draft.find(decision.selector)
    value: Mapping[str, Any] = decision.value
    spans = tuple(sorted(draft.locate(one) for one in value["spans"]))
    if value["part"] == "cue":
        changed = replace(statement, cue=spans)
    else:
        changed = replace(
            statement,
            content=spans,
            quotation=judge_quotation(draft.document.text, spans),
            about_ids=_list_inside(draft, spans),
        )
    draft.statements[statement.id] = replace(changed, decided_by=decision.by)


def _fix_act(draft: _Draft, decision: Decision) -> None:
    statement = draft.find(decision.selector)
    fields: dict[str, Any] = {
        name: decision.value[name] for name in ("act", "negated", "certainty") if name in decision.value
    }
    draft.statements[statement.id] = replace(statement, **fields, decided_by=decision.by)


def _fix_date(draft: _Draft, decision: Decision) -> None:
    day: Any = decision.value["published"]
    draft.document = replace(
        draft.document, published=day, published_from="person", published_sure=day is not None
    )


def _fix_outlet(draft: _Draft, decision: Decision) -> None:
    outlet: Any = decision.value["outlet"]
    draft.appearances = [replace(one, outlet=outlet) for one in draft.appearances]


def _fix_litter(draft: _Draft, decision: Decision) -> None:
    value: Mapping[str, Any] = decision.value
    line = draft.locate(value["line"])
    litter = [span for span in draft.document.litter if not _touches(span, line)]
    if not value["litter"]:
        draft.document = replace(draft.document, litter=tuple(litter))
        return
    credits_left = tuple(span for span in draft.document.credits if not _touches(span, line))
    draft.document = replace(draft.document, litter=tuple(sorted([*litter, line])), credits=credits_left)
    for statement in draft.statements.values():
        speakers = [draft.mentions[one].span for one in statement.speaker_ids if one in draft.mentions]
        if any(_touches(span, line) for span in (*statement.cue, *statement.content, *speakers)):
            draft.rejected.add(statement.id)


def _add(draft: _Draft, decision: Decision) -> None:
    value: Mapping[str, Any] = decision.value
    content = tuple(sorted(draft.locate(one) for one in value["content"]))
    cue = tuple(sorted(draft.locate(one) for one in value.get("cue", ())))
    speakers = [_take_speaker(draft, decision, None)] if value.get("speaker") else []
    key = record_key("statement", draft.document.id, [one.span for one in speakers], cue, content)
    twins = [one for one in draft.statements.values() if one.content == content and one.cue == cue]
    if twins:
        key = min(twin.id for twin in twins)
    draft.rejected.discard(key)
    draft.statements[key] = Statement(
        id=key,
        document_id=draft.document.id,
        speaker_ids=tuple(one.id for one in speakers),
        cue=cue,
        content=content,
        quotation=judge_quotation(draft.document.text, content),
        act=value.get("act", "asserts"),
        about_ids=_list_inside(draft, content),
        within_id=twins[0].within_id if twins else None,
        score=1.0,
        decided_by=decision.by,
    )


def _accept(draft: _Draft, decision: Decision) -> None:
    statement = draft.find(decision.selector)
    draft.rejected.discard(statement.id)
    draft.statements[statement.id] = replace(statement, score=1.0, speaker_score=1.0, decided_by=decision.by)


def _reject(draft: _Draft, decision: Decision) -> None:
    draft.rejected.add(draft.find(decision.selector).id)


_STEPS: Final[dict[str, Callable[[_Draft, Decision], None]]] = {
    "speaker": _fix_speaker,
    "span": _fix_span,
    "act": _fix_act,
    "date": _fix_date,
    "outlet": _fix_outlet,
    "litter": _fix_litter,
    "add": _add,
    "accept": _accept,
    "reject": _reject,
}


def judge_quotation(text: str, content: Iterable[Span]) -> Quotation:
    """Whether all, some or none of the content stands in quotation marks, by the marks at its edges."""
    quoted = marked = 0
    pieces = list(content)
    for start, end in pieces:
        piece = text[start:end].strip()
        opens = piece[:1] in QUOTES or text[max(0, start - 1) : start] in QUOTES
        ends = (piece[-1:], piece.rstrip(".,;:!?…")[-1:], text[end : end + 1])
        closes = any(one in QUOTES for one in ends)
        quoted += opens and closes
        marked += any(one in QUOTES and one not in "'’" for one in piece) or opens or closes
    if pieces and quoted == len(pieces):
        return "direct"
    return "mixed" if marked else "indirect"


def _list_inside(draft: _Draft, spans: Sequence[Span]) -> tuple[str, ...]:
    inside = [
        mention
        for mention in draft.mentions.values()
        if any(span.start <= mention.span.start and mention.span.end <= span.end for span in spans)
    ]
    return tuple(mention.id for mention in sorted(inside, key=lambda one: (one.span, one.id)))


def _touches(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
