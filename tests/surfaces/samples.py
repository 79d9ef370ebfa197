"""words -> hand-made readings and views, so that surfaces are tested without a model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.keys import digest_text, document_key, record_key
from onrecord.records import Appearance, Document, Mention, Reading, Span, Statement
from onrecord.views import DocumentView, view_document

TEXT = """Menu | News | Sport

Bridge closed after flood, ministry says

Reporting by Coastwire

The transport ministry's spokeswoman, Ilse Brandaur, told Coastwire that the bridge "stays shut until May".

She denied that anybody had been hurt. A neighbour, Tomas Quell, said it was the third flood in two years.

"We asked for pumps," he said.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement to be made, in words that stand in the text."""

    speaker: str | None
    cue: str | None
    content: Sequence[str]
    name: str | None = None
    role: str | None = None
    kind: str = "person"
    inferred: str = "name"
    act: str = "asserts"
    quotation: str = "indirect"
    within: int | None = None
    channel: str | None = None
    negated: bool = False
    reason: str | None = None


SAID = (
    Said(
        speaker="Ilse Brandaur",
        role="The transport ministry's spokeswoman",
        cue="told",
        content=['the bridge "stays shut until May"'],
        quotation="mixed",
        channel="Coastwire that",
    ),
    Said(
        speaker="She", name="Ilse Brandaur", inferred="pronoun", cue="denied", act="denies",
        content=["anybody had been hurt"], reason="nearest woman",
    ),
    Said(
        speaker="Tomas Quell", role="A neighbour", cue="said",
        content=["it was the third flood in two years"],
    ),
    Said(
        speaker="he", name="Tomas Quell", inferred="pronoun", cue="said\n",
        content=['"We asked for pumps,"'], quotation="direct",
    ),
)  # fmt: skip


def make_document(text: str = TEXT, **changes: object) -> Document:
    """A document of that text; `changes` replace fields."""
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        id=document_key(sha), sha256=sha, text=text, text_digest=digest_text(text),
        title=text.strip().splitlines()[0] if text.strip() else None, language="en",
        published="2031-04-02", published_from="meta", published_sure=True,
    )  # fmt: skip
    return replace(document, **changes)  # type: ignore[arg-type]


def make_reading(document: Document, said: Sequence[Said] = SAID) -> Reading:
    """The reading that holds those statements, each part found by its words."""
    mentions: dict[str, Mention] = {}
    statements: list[Statement] = []
    for one in said:
        speakers = (_mention(document, mentions, one.speaker, one),) if one.speaker else ()
        channel = None
        if one.channel:
            word = one.channel.split()[0]
            place = document.text.index(one.channel)
            channel = _add(document, mentions, Span(place, place + len(word)), kind="organisation")
        content = tuple(find_span(document.text, piece) for piece in one.content)
        cue = (find_span(document.text, one.cue),) if one.cue else ()
        statements.append(
            Statement(
                id=record_key("statement", document.id, content, cue), document_id=document.id,
                speaker_ids=tuple(speaker.id for speaker in speakers),
                channel_ids=(channel.id,) if channel else (), cue=cue, content=content,
                quotation=one.quotation, act=one.act, negated=one.negated, score=0.91,  # type: ignore[arg-type]
                within_id=statements[one.within].id if one.within is not None else None,
            )
        )  # fmt: skip
    return Reading(
        document=document, sentences=_cut_sentences(document.text),
        mentions=tuple(mentions.values()), statements=tuple(statements),
    )  # fmt: skip


def make_view(
    text: str = TEXT, said: Sequence[Said] = SAID, *, outlet: str | None = "Quay Courier",
    path: str = "flood.txt", **changes: object
) -> DocumentView:  # fmt: skip
    """The joined view of a hand-made document."""
    document = make_document(text, **changes)
    where = Appearance(document_id=document.id, path=path, outlet=outlet)
    return view_document(make_reading(document, said), [where])


def find_span(text: str, words: str) -> Span:
    """Where the words stand first; a final line break in `words` picks the last place instead."""
    found = list(re.finditer(rf"(?<!\w){re.escape(words.rstrip())}(?!\w)", text))
    place = found[-1 if words.endswith("\n") else 0].start()
    return Span(place, place + len(words.rstrip("\n")))


def _mention(document: Document, mentions: dict[str, Mention], words: str, one: Said) -> Mention:
    span = find_span(document.text, words)
    role = find_span(document.text, one.role) if one.role else None
    best = one.name or words
    known = next((old for old in mentions.values() if _words(document, old) == best), None)
    return _add(
        document, mentions, span, kind=one.kind, role=role, inferred=one.inferred, reason=one.reason,
        local_id=known.id if known else None,
    )  # fmt: skip


def _add(document: Document, mentions: dict[str, Mention], span: Span, **fields: object) -> Mention:
    key = record_key("mention", document.id, [span])
    local = fields.pop("local_id", None) or key
    made = Mention(id=key, document_id=document.id, span=span, local_id=str(local), **fields)  # type: ignore[arg-type]
    return mentions.setdefault(key, made)


def _words(document: Document, mention: Mention) -> str:
    return document.text[mention.span.start : mention.span.end]


def _cut_sentences(text: str) -> tuple[Span, ...]:
    spans = []
    place = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            spans.append(Span(place, place + len(line.rstrip())))
        place += len(line)
    return tuple(spans)
