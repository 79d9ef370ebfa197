"""one document's records -> its statements joined for reading, each with its speaker, chain and exact words.

A view adds no knowledge: every word in it is a stretch of the stored text, every mark is read off a record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from onrecord.names import find_role_class
from onrecord.records import ActorName, Appearance, DateBound, Document, Mention, Reading, Span, Statement
from onrecord.vocabulary import Inferred, Kind

_NAMES: Final[frozenset[Inferred]] = frozenset(("name", "metonym", "person"))
_RESOLVED: Final[frozenset[Inferred]] = frozenset(
    ("name", "role", "description", "pronoun", "metonym", "person")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerView:
    """One actor as a statement mentions it."""

    mention: Mention
    exact: str
    """The words that stand in the text ("he")."""
    name: str
    """The words that name the actor best in this document ("Jane Roe"); `exact` when it is unresolved."""
    role: str | None
    """The actor's role in the words of the text, from this mention or another of the same actor."""
    role_span: Span | None
    role_exact: str | None
    """The role as it stands in the text; `role` with its white space."""
    kind: Kind
    inferred: Inferred
    reason: str | None
    named: bool
    """Whether `name` is a name and no description ("the envoy", "an observer")."""
    public_role: bool
    """False for a person to whom no article gives a public role: shown within this article only."""
    actor: ActorName | None = None
    """Which actor of the whole ledger it is; none for words that name nobody ("an official"), for a person
    without an evident public role, and before actors were put together."""

    @property
    def resolved(self) -> bool:
        """Whether the name is someone else's words than the mention's own (it was inferred)."""
        return self.name != self.exact


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """One document in a list: what it is, not what it says."""

    id: str
    title: str | None
    byline: str | None
    outlet: str | None
    """Of the first appearance (by path) that has one."""
    url: str | None
    path: str
    """Of the first appearance, by path, with "#member" when the document is a part of a file."""
    appearances: tuple[Appearance, ...]
    published: str | None
    published_sure: bool
    not_before: DateBound | None
    not_after: DateBound | None
    language: str | None
    translated: bool
    words: int
    """Words of the text as white space cuts them, litter included."""

    @property
    def day(self) -> str:
        """The day in words: "2021-03-04", "2021-03-04?" when unsure, "after …", "before …", or ""."""
        if self.published:
            return self.published if self.published_sure else f"{self.published}?"
        parts = []
        if self.not_before:
            parts.append(f"not before {self.not_before.day}")
        if self.not_after:
            parts.append(f"not after {self.not_after.day}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """One statement, joined: all that a line of a list or a card of a page shows."""

    statement: Statement
    document: DocumentSummary
    speakers: tuple[SpeakerView, ...]
    """Empty when the text names nobody, or nobody could be told."""
    addressee: SpeakerView | None
    channels: tuple[SpeakerView, ...]
    about: tuple[SpeakerView, ...]
    cue: tuple[str, ...]
    """Exact words, piece by piece, as `statement.cue`."""
    content: tuple[str, ...]
    """Exact words, piece by piece, as `statement.content`."""
    via: tuple[str, ...]
    """Names of outer speakers and channels, outermost first."""
    sentence: Span
    """From the first sentence that the statement touches to the end of the last."""
    context: str
    """The text of `sentence`."""
    verbatim: bool
    """All of the content stands inside quotation marks."""
    paraphrase: bool
    """At least a part of the content is in the outlet's own words."""
    translated: bool
    """The words are a translator's."""

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.statement.id

    @property
    def role(self) -> str | None:
        """The first speaker's role, in the words of the text."""
        return next((speaker.role for speaker in self.speakers if speaker.role), None)

    @property
    def chain(self) -> tuple[str, ...]:
        """Who had the words from whom, the outlet first: outlet, outer speakers and channels, speaker."""
        names = tuple(speaker.name for speaker in self.speakers)
        speaker = (" and ".join(names),) if names else ()
        return (self.document.outlet or "the outlet", *self.via, *speaker)

    @property
    def words(self) -> str:
        """The content in one line, broken pieces joined by " … "."""
        return " … ".join(" ".join(piece.split()) for piece in self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One article with everything that was found in it."""

    document: Document
    summary: DocumentSummary
    sentences: tuple[Span, ...]
    mentions: tuple[SpeakerView, ...]
    """All mentions, by start."""
    statements: tuple[StatementView, ...]
    """By start of the content."""


def summarise_document(document: Document, appearances: Sequence[Appearance]) -> DocumentSummary:
    """The document's line in a list; `appearances` may come in any order but must not be empty."""
    ordered = tuple(sorted(appearances, key=lambda appearance: appearance.path))
    path = ordered[0].path if ordered else ""
    return DocumentSummary(
        id=document.id,
        title=document.title,
        byline=document.byline,
        outlet=next((one.outlet for one in ordered if one.outlet), None),
        url=next((one.url for one in ordered if one.url), None),
        path=f"{path}#{document.member}" if document.member else path,
        appearances=ordered,
        published=document.published,
        published_sure=document.published_sure,
        not_before=document.not_before,
        not_after=document.not_after,
        language=document.language,
        translated=document.translated,
        words=len(document.text.split()),
    )


def has_public_role(kind: Kind, role: str | None) -> bool:
    """Whether an actor may be listed across articles: anything but a person, or a person whose article gives
    a role that shows a public function (`names/tables/public_roles.tsv`)."""
    return kind != "person" or bool(role and find_role_class(role))


ActorNames = Mapping[tuple[str, bool], ActorName]
"""Local id and metonym -> actor, for one document."""


def view_mentions(
    text: str, mentions: Sequence[Mention], actors: ActorNames = MappingProxyType({})
) -> dict[str, SpeakerView]:
    """Mention id -> its view, names and roles taken from the other mentions of the same actor."""
    by_id = {mention.id: mention for mention in mentions}
    roles: dict[str, Span] = {}
    for mention in sorted(mentions, key=lambda mention: mention.span):
        if mention.role is not None:
            roles.setdefault(mention.local_id, mention.role)
    views = {mention.id: _view_mention(text, mention, by_id, roles) for mention in mentions}
    return {key: _join_actor(view, actors) for key, view in views.items()} if actors else views


def _join_actor(view: SpeakerView, actors: ActorNames) -> SpeakerView:
    """The view with its actor: of the place that speaks, or else of the name."""
    mention = view.mention
    speaks = mention.inferred == "metonym"
    actor = actors.get((mention.local_id, speaks)) or actors.get((mention.local_id, not speaks))
    if actor is None:
        return view
    if not actor.public:
        return replace(view, public_role=False)
    return replace(view, public_role=True, actor=actor)


def _view_mention(
    text: str, mention: Mention, by_id: Mapping[str, Mention], roles: Mapping[str, Span]
) -> SpeakerView:
    best = by_id.get(mention.local_id, mention) if mention.inferred in _RESOLVED else mention
    role_span = mention.role or roles.get(mention.local_id)
    role = text[role_span.start : role_span.end] if role_span else None
    kind = best.kind
    return SpeakerView(
        mention=mention,
        exact=text[mention.span.start : mention.span.end],
        name=" ".join(text[best.span.start : best.span.end].split()),
        role=" ".join(role.split()) if role else None,
        role_span=role_span,
        role_exact=role,
        kind=kind,
        inferred=mention.inferred,
        reason=mention.reason,
        named=best.inferred in _NAMES,
        public_role=has_public_role(kind, role),
    )


def view_document(
    reading: Reading, appearances: Sequence[Appearance], actors: ActorNames = MappingProxyType({})
) -> DocumentView:
    """The whole document joined, from its records; with `actors`, each mention knows its actor."""
    document = reading.document
    summary = summarise_document(document, appearances)
    mentions = view_mentions(document.text, reading.mentions, actors)
    outer = {statement.id: statement for statement in reading.statements}
    joiner = _Joiner(document, summary, reading.sentences, mentions, outer)
    ordered = sorted(reading.statements, key=order_statement)
    return DocumentView(
        document=document,
        summary=summary,
        sentences=reading.sentences,
        mentions=tuple(sorted(mentions.values(), key=lambda view: (view.mention.span, view.mention.id))),
        statements=tuple(joiner.view_statement(statement) for statement in ordered),
    )


def order_statement(statement: Statement) -> tuple[tuple[Span, ...], tuple[Span, ...], str]:
    """A sort key: by place in the text, the same for every store."""
    return statement.content, statement.cue, statement.id


@dataclass(frozen=True, slots=True)
class _Joiner:
    """What the statements of one document are joined from."""

    document: Document
    summary: DocumentSummary
    sentences: tuple[Span, ...]
    mentions: Mapping[str, SpeakerView]
    statements: Mapping[str, Statement]

    def view_statement(self, statement: Statement) -> StatementView:
        text = self.document.text
        sentence = self._find_sentence(statement)
        addressee = statement.addressee_id
        return StatementView(
            statement=statement,
            document=self.summary,
            speakers=self._pick(statement.speaker_ids),
            addressee=self.mentions.get(addressee) if addressee else None,
            channels=self._pick(statement.channel_ids),
            about=self._pick(statement.about_ids),
            cue=tuple(text[span.start : span.end] for span in statement.cue),
            content=tuple(text[span.start : span.end] for span in statement.content),
            via=self._find_via(statement),
            sentence=sentence,
            context=text[sentence.start : sentence.end],
            verbatim=statement.quotation == "direct",
            paraphrase=statement.quotation != "direct",
            translated=self.document.translated,
        )

    def _pick(self, ids: Sequence[str]) -> tuple[SpeakerView, ...]:
        return tuple(self.mentions[one] for one in ids if one in self.mentions)

    def _find_via(self, statement: Statement) -> tuple[str, ...]:
        """A statement comes through its own channels, out of the mouth of the outer one's speakers.

        Each is named once, and nobody has words from himself.
        """
        own = {view.name for view in self._pick(statement.speaker_ids)}
        levels = [[view.name for view in self._pick(statement.channel_ids)]]
        seen = {statement.id}
        outer = self.statements.get(statement.within_id or "")
        while outer is not None and outer.id not in seen:
            seen.add(outer.id)
            levels.append([view.name for view in self._pick((*outer.channel_ids, *outer.speaker_ids))])
            outer = self.statements.get(outer.within_id or "")
        chain = dict.fromkeys(name for level in reversed(levels) for name in level if name not in own)
        return tuple(chain)

    def _find_sentence(self, statement: Statement) -> Span:
        spans = (*statement.content, *statement.cue)
        low = min((span.start for span in spans), default=0)
        high = max((span.end for span in spans), default=low)
        starts = [span.start for span in self.sentences]
        first = bisect_right(starts, low) - 1
        last = bisect_right(starts, max(low, high - 1)) - 1
        if first < 0 or last < 0:
            return Span(low, high)
        return Span(self.sentences[first].start, max(high, self.sentences[last].end))
