"""one article -> the nouns that everything else passes around.

Offsets are code points into `Document.text`, half-open. Scores (0-1) say how likely the record is right:
calibrated for the language layer's attributions, set by hand for what rules of reading add. Ids are hashes
(see `keys`). A record never holds words of ours: it points at the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.vocabulary import Act, Certainty, CueClass, DecisionKind, Inferred, Kind, Quotation

TokenRange = tuple[int, int]
"""First token and the one after the last."""


class Span(NamedTuple):
    """A stretch of a document's text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateBound:
    """A day that publication cannot lie beyond, and the words of the article that show it."""

    day: str
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as it was given: the stored text and what is known of it."""

    id: str
    sha256: str
    """Of the input bytes (of the whole file, also when the document is a member or row of it)."""
    member: str = ""
    """Place inside the file: archive member, row number, message number; "" when the file is the article."""
    text: str
    text_digest: str
    litter: tuple[Span, ...] = ()
    """Lines that are not the article (menus, share bars, related headlines), sorted, disjoint."""
    credits: tuple[Span, ...] = ()
    """Agency and source lines ("Reporting by …", "source: …"); no statement is read from them."""
    title: str | None = None
    title_span: Span | None = None
    """Where the title stands in the text, when it does."""
    byline: str | None = None
    language: str | None = None
    """BCP 47."""
    translated: bool = False
    """The text says, or the source declares, that it is a translation."""
    published: str | None = None
    """ISO 8601 day."""
    published_from: str | None = None
    published_sure: bool = False
    not_before: DateBound | None = None
    not_after: DateBound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Where a document's bytes stood; equal bytes in two places are one document with two appearances."""

    document_id: str
    path: str
    """Relative to the argument given to `read`, with forward slashes; "#member" is not part of it."""
    outlet: str | None = None
    url: str | None = None
    retrieved: str | None = None
    """When the page was fetched (ISO 8601), as the source says; never taken for the publication day."""


class EntitySpan(NamedTuple):
    """A named entity as the language layer saw it; `start` and `end` are token indices."""

    start: int
    end: int
    label: str
    score: float


class Attribution(NamedTuple):
    """Who (speaker) said or thought (cue) what (content), in token ranges."""

    speaker: tuple[TokenRange, ...]
    cue: tuple[TokenRange, ...]
    content: tuple[TokenRange, ...]
    parent: int
    """Index of the outer attribution in `Annotation.attributions`; -1 = none."""
    score: float
    speaker_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """The language layer's reading of one text: n tokens, s sentences."""

    starts: NDArray[np.int32]
    """[n] code point where each token starts."""
    ends: NDArray[np.int32]
    """[n] code point after each token."""
    sentences: NDArray[np.int32]
    """[s] index of the first token of each sentence."""
    upos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: NDArray[np.int32]
    """[n] token index of the head, -1 = root."""
    deprels: tuple[str, ...]
    """[n] Universal Dependencies relation with subtype."""
    entities: tuple[EntitySpan, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    clusters: tuple[tuple[TokenRange, ...], ...] = ()
    """Mentions of one thing, in token ranges; empty without a coreference head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One actor mentioned once."""

    id: str
    document_id: str
    span: Span
    kind: Kind
    local_id: str
    """Id of the mention that names this actor best in this document (its own id, when it is that one)."""
    role: Span | None = None
    """Where the text gives the actor's role ("Russia's Special Envoy for …")."""
    inferred: Inferred = "name"
    reason: str | None = None
    """Why it was taken for that actor, in words; none for a name that stands for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution of a document: who is said to have said or thought what."""

    id: str
    document_id: str
    speaker_ids: tuple[str, ...]
    """Mentions; several for joint speakers, none when the text names nobody or we could not tell."""
    addressee_id: str | None = None
    channel_ids: tuple[str, ...] = ()
    """Mentions of those the words came through ("told Interfax", "citing UN statements")."""
    cue: tuple[Span, ...]
    """Empty for a quotation that stands without a cue of its own."""
    content: tuple[Span, ...]
    quotation: Quotation
    act: Act
    cue_class: CueClass = "speech"
    certainty: Certainty = "unspecified"
    negated: bool = False
    within_id: str | None = None
    """The statement that reports this one."""
    about_ids: tuple[str, ...] = ()
    """Mentions inside the content."""
    anaphoric: bool = False
    """The content points at what was said before ("this fact")."""
    said_on: str | None = None
    score: float
    speaker_score: float = 1.0
    decided_by: str | None = None
    """Who corrected, added or accepted it; none = the machine alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Where a decision points, so that it can be found again after a re-read (W3C Web Annotation)."""

    document_id: str
    record_id: str | None = None
    start: int | None = None
    end: int | None = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    text_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word about a record; it outranks the machine's and survives a re-read."""

    id: str
    what: DecisionKind
    selector: Selector
    value: Mapping[str, object] = field(default_factory=dict)
    """The corrected fields, by name; for `undo` the id of the decision undone."""
    by: str
    at: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What read the documents; workers and paths are no part of it."""

    id: str
    code_version: str
    model_digest: str
    settings_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that could not be read: where, at which stage, why. Documents in = readings + failures."""

    path: str
    document_id: str | None = None
    stage: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one document says, found without looking at any other."""

    document: Document
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRole:
    """A role as one document gives it to one of its actors."""

    words: str
    holder_of: str | None = None
    """`LocalActor.local_id` of the actor that the role is held for ("Taliban" in "Taliban spokesman")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalActor:
    """One actor as one document has it: all that assembly knows of it."""

    document_id: str
    local_id: str
    metonym: bool = False
    """The mentions where a place speaks ("Moscow denied …"), apart from those where it is a place."""
    kind: Kind
    names: tuple[str, ...] = ()
    """The words that name it, as they stand, each once, the best first; empty for one that is described."""
    worded: str | None = None
    """For a collective or a government that is described: the words ("Russian officials")."""
    owner: str | None = None
    """Of a described one: `local_id` of the actor whose name the words hold ("Russian")."""
    roles: tuple[LocalRole, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    """Words that name it -> why they are its name in this document, in words."""
    day: str | None = None
    """The document's day of publication."""
    context: frozenset[str] = frozenset()
    """All names of the document, folded, and their words: what decides between homonyms."""


class ActorRole(NamedTuple):
    """A role of an actor, with the document and the day that give it."""

    words: str
    of: str | None
    """Id of the actor that it is held for."""
    document_id: str
    day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One actor under all its names, put together from many documents each time; nothing of it is stored
    that cannot be made again."""

    id: str
    name: str
    """The name to call it by: words of the articles, or of the person who renamed it."""
    kind: Kind
    aliases: tuple[str, ...] = ()
    """All words that name it, most documents first."""
    documents: int = 0
    """How many documents mention it."""
    roles: tuple[ActorRole, ...] = ()
    part_of: tuple[str, ...] = ()
    renamed_to: tuple[str, ...] = ()
    split_from: tuple[str, ...] = ()
    speaks_for: str | None = None
    """Id of the actor for which a collective or government speaks ("Russian officials")."""
    public: str | None = None
    """Why it may be listed across articles, in words; none for a person without an evident public role."""
    within: str | None = None
    """Id of the one document that such a person is shown in."""
    reasons: tuple[str, ...] = ()
    """Why its names are one actor, a sentence each."""
    nodes: tuple[str, ...] = ()
    """Keys of the names that were joined, the main one first; decisions hold on to them."""


class ActorName(NamedTuple):
    """What a document's record needs to know of an actor."""

    id: str
    name: str
    kind: Kind
    public: bool
    """Whether it may be listed across articles."""
    reason: str | None
    """Why this document's actor is that one."""


class ActorPlace(NamedTuple):
    """Which actor one actor of one document is."""

    document_id: str
    local_id: str
    metonym: bool
    actor_id: str
    reason: str | None


class Suggestion(NamedTuple):
    """Two actors that may be one; only a person joins them."""

    one: str
    other: str
    reason: str


class ActorConflict(NamedTuple):
    """A decision about actors that could not be applied."""

    decision_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """All actors of a ledger, and what they were made of; everything in a fixed order."""

    actors: tuple[Actor, ...]
    """By id."""
    places: tuple[ActorPlace, ...]
    """By document, local id and metonym."""
    former: tuple[tuple[str, str], ...]
    """Every other id that an actor had or could have had -> its id now."""
    suggestions: tuple[Suggestion, ...] = ()
    conflicts: tuple[ActorConflict, ...] = ()
