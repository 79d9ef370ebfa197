"""cross-document corpora + the product's own grouping -> figures beside head lemmas and mentions left alone.

What is measured is the code that serves users: the language layer's scores, `reading.grouping` within a
document, `assembly.stories` across those of a topic. Mentions are given. Topics and subtopics are given where
the setting says so. Documents of an ECB+ topic tell one or two stories; MEANTIME's tell of one company over
years and GUM's of anything, so that the threshold for a theme holds there (see `assembly.stories`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from onrecord.assembly.stories import LocalGroup, resolve_story
from onrecord.evaluation.coreference import Cluster, DocumentScore
from onrecord.evaluation.counts import Figures
from onrecord.evaluation.stories import (
    IN_SUBTOPIC,
    IN_TOPIC,
    WHOLE,
    cluster_alone,
    cluster_by_key,
    join_topics,
    measure_stories,
    score_topics,
)
from onrecord.evaluation.tasks import name_data, take_stride
from onrecord.evaluation.topics import Topic, TopicDocument, read_identities, read_topics
from onrecord.language import load_model
from onrecord.language.model import LanguageModel
from onrecord.reading import load_tables
from onrecord.reading.grouping import Grouper
from onrecord.reading.tokens import Tokens
from onrecord.reading.wording import Worder
from onrecord.records import Document, TokenRange
from onrecord.wordings import load_weights

AS_FILED = "in topic as filed"
IDENTITIES = ""
JOINED = (
    "MEANTIME's file has some entities as two chains (names that differ in 'cross_' and 'intra_' only, one"
    " description): they are one here; 'as filed' scores them as two"
)


class Grouped(NamedTuple):
    """One document: its mentions in groups, over the topic's tokens."""

    groups: tuple[tuple[TokenRange, ...], ...]
    locals: tuple[LocalGroup, ...]


class Reader:
    """Reads each document once, whatever settings it is measured in."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self.tables = load_tables()
        self._groupers: dict[str, Grouper] = {}
        self._members: dict[str, list[tuple[int, ...]]] = {}

    def prepare(self, document: TopicDocument) -> Grouper:
        """The document's gold mentions in their places, with all that is seen of them."""
        if document.id not in self._groupers:
            annotation, linker = self.model.annotate_linked(document.text)
            bare = Document(id=document.id, sha256="", text=document.text, text_digest="")
            tokens = Tokens(bare, annotation)
            spans = [_find_range(tokens, document.place(mention)) for mention in document.mentions]
            worder = Worder(tokens, self.tables.names, self.tables.role_words)
            links = linker.link([worder.word(span)[0] for span in spans])
            self._groupers[document.id] = Grouper(tokens, worder, spans, links)
        return self._groupers[document.id]

    def read(self, document: TopicDocument) -> Grouped:
        """The document's groups, as reading makes them with the shipped weights."""
        grouper = self.prepare(document)
        if document.id not in self._members:
            self._members[document.id] = [group.members for group in grouper.group(load_weights("local"))]
        groups = self._members[document.id]
        return Grouped(
            groups=tuple(tuple(document.mentions[each] for each in members) for members in groups),
            locals=tuple(
                make_local(document.id, grouper, members, number) for number, members in enumerate(groups)
            ),
        )


def make_local(document_id: str, grouper: Grouper, members: Sequence[int], number: int) -> LocalGroup:
    """A group of one document as assembly takes it."""
    wordings = tuple(grouper.placed[each].wording for each in members)
    return LocalGroup(document_id=document_id, local_id=str(number), wordings=wordings)


def _find_range(tokens: Tokens, place: tuple[int, int]) -> TokenRange:
    first, end = tokens.range_at(*place)
    return first, max(first + 1, end)


def cluster_stories(
    topic: Topic, reader: Reader, *, weights: str, by: Callable[[TopicDocument], str]
) -> list[Cluster]:
    """What the product ties in the documents of a topic that share a key."""
    clusters: list[Cluster] = []
    for documents in _split(topic, by):
        read = [reader.read(document) for document in documents]
        mentions = [group for each in read for group in each.groups]
        locals_ = [local for each in read for local in each.locals]
        clusters += [
            frozenset(one for member in group.members for one in mentions[member])
            for group in resolve_story(locals_, load_weights(weights))
        ]
    return clusters


def _split(topic: Topic, by: Callable[[TopicDocument], str]) -> list[list[TopicDocument]]:
    parts: dict[str, list[TopicDocument]] = {}
    for document in topic.documents:
        parts.setdefault(by(document), []).append(document)
    return list(parts.values())


def cluster_lemmas(topic: Topic, reader: Reader, *, by: Callable[[TopicDocument], str]) -> list[Cluster]:
    """The baseline: mentions with one head lemma are one, in the documents that share a key."""
    keys: dict[TokenRange, object] = {}
    for document in topic.documents:
        grouper = reader.prepare(document)
        for mention, placed in zip(document.mentions, grouper.placed, strict=True):
            keys[mention] = (by(document), placed.wording.head)
    return cluster_by_key(keys)


Settings = Mapping[str, tuple[Sequence[Topic], Callable[[TopicDocument], str], str]]
"""Name -> topics, what documents must share, and which weights hold."""


def measure_topics(path: Path, stride: int = 1, *, model: LanguageModel | None = None) -> Iterator[Figures]:
    """ECB+ with topics, with subtopics and with neither given; MEANTIME, whose corpus is one topic."""
    topics = take_stride(read_topics(path), stride)
    if len(topics) > 1:
        settings: Settings = {
            IN_TOPIC: (topics, _share_all, "story"),
            IN_SUBTOPIC: (topics, _take_subtopic, "story"),
            WHOLE: ([join_topics(topics)], _share_all, "theme"),
        }
        notes: tuple[str, ...] = ()
    else:
        settings = {
            IN_TOPIC: (topics, _share_all, "theme"),
            AS_FILED: (read_topics(path, joined=False), _share_all, "theme"),
        }
        notes = (JOINED,)
    yield from _measure("stories", settings, model or load_model(), data=name_data(path), notes=notes)


def measure_identities(path: Path, *, model: LanguageModel | None = None) -> Iterator[Figures]:
    """GUM's mentions with a Wikidata or Wikipedia identity, all documents as one."""
    topics = read_identities(path)
    settings: Settings = {IDENTITIES: (topics, _share_all, "theme")}
    yield from _measure("identities", settings, model or load_model(), data=name_data(path))


def _measure(
    task: str, settings: Settings, model: LanguageModel, *, data: str, notes: Sequence[str] = ()
) -> Iterator[Figures]:
    reader = Reader(model)
    systems: dict[str, dict[str, list[DocumentScore]]] = {}
    ours: list[list[Cluster]] = []
    for name, (topics, by, weights) in settings.items():
        if name != AS_FILED:  # the same documents and mentions as before it
            ours = [cluster_stories(topic, reader, weights=weights, by=by) for topic in topics]
        found = {
            "model": ours,
            "head lemma": [cluster_lemmas(topic, reader, by=by) for topic in topics],
            "each alone": [cluster_alone(topic) for topic in topics],
        }
        for system, clusters in found.items():
            systems.setdefault(system, {})[name] = score_topics(topics, clusters)
    for system, scores in systems.items():
        said = notes if system == "model" else ()
        yield measure_stories(scores, task=task, data=data, system=system, notes=said)


def _share_all(_: TopicDocument) -> str:
    return ""


def _take_subtopic(document: TopicDocument) -> str:
    return document.subtopic
