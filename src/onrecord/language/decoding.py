"""a text with its words, layout and network scores -> its Annotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.attributions import Surroundings, find_drafts, make_attributions
from onrecord.language.candidates import CANDIDATES, find_candidates
from onrecord.language.citations import find_citations
from onrecord.language.confidence import Rules
from onrecord.language.coreference import (
    MentionScores,
    Phrases,
    Tables,
    find_clusters,
    link_words,
)
from onrecord.language.entities import Found, find_spans, vote_labels
from onrecord.language.layout import Layout
from onrecord.language.lemmas import Lemmatiser
from onrecord.language.nesting import Draft
from onrecord.language.network import Network, WindowScores
from onrecord.language.quotes import find_marks, pair_marks
from onrecord.language.sentences import find_sentences
from onrecord.language.trees import find_heads
from onrecord.language.words import Words
from onrecord.names import Names
from onrecord.records import Annotation, Attribution, EntitySpan, TokenRange
from onrecord.wordings import Links


class Parse(NamedTuple):
    """The tree of the analysed words."""

    upos: list[str]
    heads: list[int]
    """Index among the analysed words, -1 for a root."""
    deprels: list[str]


class Analysed(NamedTuple):
    """The words that the network saw, which are those outside litter; one entry a word."""

    places: NDArray[np.int32]
    """Token index in the whole text."""
    forms: list[str]
    glued: list[bool]
    opens: NDArray[np.bool_]
    """First word of a paragraph."""
    paragraph: NDArray[np.int32]
    prose: NDArray[np.bool_]


def select_words(text: str, words: Words, layout: Layout) -> Analysed:
    """Return the words outside litter."""
    places = np.flatnonzero(~layout.litter).astype(np.int32)
    starts, ends, glued = words.starts, words.ends, words.glued
    if len(places) < len(starts):
        chosen = places.tolist()
        starts, ends = [starts[index] for index in chosen], [ends[index] for index in chosen]
        glued = [glued[index] for index in chosen]
    return Analysed(
        places,
        [text[start:end] for start, end in zip(starts, ends, strict=True)],
        glued,
        layout.opens[places],
        layout.paragraph[places],
        layout.prose[places],
    )


class Linker(NamedTuple):
    """The coreference scores of one text, for whoever has mentions of its own."""

    forms: Sequence[str]
    parse: Parse
    mentions: MentionScores
    tables: Tables
    places: NDArray[np.int32]
    """Token index of each analysed word."""

    def link(self, tokens: Sequence[int]) -> Links:
        """Return the scores of some tokens for each other, of those among them that may be mentions."""
        words = np.flatnonzero(np.isin(self.places, np.array(tokens, np.int32)))
        candidates = find_candidates(self.forms, *self.parse)
        links = link_words(candidates, self.mentions, words.tolist(), self.tables)
        return Links(tuple(self.places[list(links.words)].tolist()), links.scores, links.shares)


def decode_text(
    words: Words,
    analysed: Analysed,
    chunks: Iterable[Sequence[WindowScores]],
    *,
    network: Network,
    lemmatiser: Lemmatiser,
    known: Names,
    rules: Rules,
) -> tuple[Annotation, Linker]:
    """Return the annotation of one text from its windows' scores, which come in order, and its linker.

    Words in litter carry tag X, hang on the first word of their stretch and bear neither entity nor
    attribution.
    """
    around = read_surroundings(analysed)
    parse, sentences, spans, drafts, mentions = _read_chunks(analysed, chunks, around, network, rules)
    phrases = Phrases(parse.heads, parse.deprels, analysed.forms)
    drafts += find_citations(drafts, analysed.forms, around.sentence.tolist(), parse.heads, phrases)
    drafts.sort(key=lambda draft: draft.anchor)
    clusters = find_clusters(
        analysed.forms, parse.upos, parse.heads, parse.deprels, mentions,
        tables=network.tables, least=rules.antecedent, phrases=phrases,
    )  # fmt: skip
    heads = np.array(parse.heads, np.int32)
    chosen = Annotation(
        starts=np.array(words.starts, np.int32)[analysed.places],
        ends=np.array(words.ends, np.int32)[analysed.places],
        sentences=sentences,
        upos=tuple(parse.upos),
        lemmas=tuple(lemmatiser.find_lemmas(analysed.forms, parse.upos, heads, parse.deprels)),
        heads=heads,
        deprels=tuple(parse.deprels),
        entities=tuple(vote_labels(spans, analysed.forms, network.labels.entity, known)),
        attributions=tuple(make_attributions(drafts, rules)),
        clusters=clusters,
    )
    linker = Linker(analysed.forms, parse, mentions, network.tables, analysed.places)
    return _add_litter(chosen, words, analysed.places), linker


def _read_chunks(
    analysed: Analysed,
    chunks: Iterable[Sequence[WindowScores]],
    around: Surroundings,
    network: Network,
    rules: Rules,
) -> tuple[Parse, NDArray[np.int32], list[Found], list[Draft], MentionScores]:
    """Return the parse, the words where sentences start, and the entities, drafts and scores of mentions."""
    parse = Parse([], [], [])
    sentences = [np.zeros(0, np.int32)]
    spans: list[Found] = []
    drafts: list[Draft] = []
    mentions: list[MentionScores] = []
    for windows in chunks:
        sentences.append(number_sentences(analysed, windows, around))
        _extend_parse(parse, windows, sentences[-1], network)
        mentions += [read_mentions(window, parse.upos) for window in windows]
        spans += find_spans(windows, sentences[-1])
        drafts += find_drafts(windows, around, rules)
    return parse, np.concatenate(sentences), spans, drafts, join_mentions(mentions)


def read_mentions(window: WindowScores, upos: Sequence[str]) -> MentionScores:
    """Return what a window says of the words that may be mentions; `upos` are the tags up to its end."""
    words = [index for index in range(window.start, window.end) if upos[index] in CANDIDATES]
    rows = np.array(words, np.int64) - window.start
    return MentionScores(rows + window.start, window.query[rows], window.key[rows], window.mention[rows])


def join_mentions(parts: Sequence[MentionScores]) -> MentionScores:
    """Return the scores of all windows as one."""
    if not parts:
        empty = np.zeros((0, 1), np.float32)
        return MentionScores(np.zeros(0, np.int64), empty, empty, empty[:, 0])
    return MentionScores(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def read_surroundings(analysed: Analysed) -> Surroundings:
    """Return what the decoding of attributions must know of the words; no word has its sentence yet."""
    opens = analysed.opens.tolist()
    marks = find_marks(analysed.forms, analysed.glued, opens)
    return Surroundings(
        analysed.forms,
        marks,
        pair_marks(marks, opens),
        analysed.paragraph,
        _find_regions(analysed),
        np.zeros(len(analysed.forms), np.int32),
    )


def number_sentences(
    analysed: Analysed, windows: Sequence[WindowScores], around: Surroundings
) -> NDArray[np.int32]:
    """Return the words where sentences start in some windows, and number these in `around`."""
    first, last = windows[0].start, windows[-1].end
    opens = analysed.opens[first:last].copy()
    opens[[window.start - first for window in windows]] = True
    scores = np.concatenate([window.sentence for window in windows])
    forms, glued = analysed.forms[first:last], analysed.glued[first:last]
    found = find_sentences(scores, forms, glued, around.marks[first:last], opens)
    starts = np.zeros(last - first, np.int32)
    starts[found] = 1
    before = around.sentence[first - 1] if first else 0
    around.sentence[first:last] = before + np.cumsum(starts)
    return found + np.int32(first)


def _extend_parse(
    parse: Parse, windows: Sequence[WindowScores], sentences: NDArray[np.int32], network: Network
) -> None:
    """Add the tags and trees of some windows."""
    tags, relations = network.labels.upos, network.labels.relation
    root = relations.index("root")
    for window in windows:
        first, last = np.searchsorted(sentences, [window.start, window.end])
        found = find_heads(window.arcs, sentences[first:last] - np.int32(window.start))
        scores = network.score_relations(window, found)
        scores[:, root] = np.where(found < 0, np.inf, -np.inf)
        parse.deprels.extend([relations[index] for index in scores.argmax(1).tolist()])
        parse.upos.extend([tags[index] for index in window.upos.argmax(1).tolist()])
        parse.heads.extend(np.where(found < 0, -1, found + window.start).tolist())


def _find_regions(analysed: Analysed) -> NDArray[np.int32]:
    """Return a number for each word that paragraphs of prose share when nothing stands between them."""
    apart = analysed.opens.copy()
    if not apart.size:
        return np.zeros(0, np.int32)
    follows = np.diff(analysed.paragraph) == 1
    apart[1:] &= ~(follows & analysed.prose[1:] & analysed.prose[:-1])
    return np.cumsum(apart, dtype=np.int32)


def _add_litter(chosen: Annotation, words: Words, places: NDArray[np.int32]) -> Annotation:
    """Return the annotation of the words outside litter as one over all tokens of the text."""
    count, index = len(words.starts), places.tolist()
    if len(index) == count:
        return chosen
    upos, deprels, lemmas = ["X"] * count, ["dep"] * count, [""] * count
    for place, tag, deprel, lemma in zip(index, chosen.upos, chosen.deprels, chosen.lemmas, strict=True):
        upos[place], deprels[place], lemmas[place] = tag, deprel, lemma
    heads, first_words = _hang_litter(count, places)
    heads[places] = np.where(chosen.heads < 0, -1, places[chosen.heads])
    for place in first_words.tolist():
        deprels[place] = "root"
    return Annotation(
        starts=np.array(words.starts, np.int32),
        ends=np.array(words.ends, np.int32),
        sentences=np.sort(np.concatenate([places[chosen.sentences], first_words])).astype(np.int32),
        upos=tuple(upos),
        lemmas=tuple(lemmas),
        heads=heads,
        deprels=tuple(deprels),
        entities=tuple(EntitySpan(*_move(entity[:2], index), *entity[2:]) for entity in chosen.entities),
        attributions=tuple(_move_attribution(attribution, index) for attribution in chosen.attributions),
        clusters=tuple(tuple(_move(mention, index) for mention in cluster) for cluster in chosen.clusters),
    )


def _move(span: TokenRange, index: Sequence[int]) -> TokenRange:
    """Return a range of analysed tokens as one of the text's tokens."""
    return index[span[0]], index[span[1] - 1] + 1


def _move_attribution(attribution: Attribution, index: Sequence[int]) -> Attribution:
    """Return the attribution over the text's tokens."""
    speaker, cue, content = (tuple(_move(span, index) for span in spans) for spans in attribution[:3])
    return Attribution(speaker, cue, content, *attribution[3:])


def _hang_litter(count: int, places: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return heads that hang each litter word on the first word of its stretch, and those first words."""
    litter = np.ones(count, bool)
    litter[places] = False
    opens = litter.copy()
    opens[1:] &= ~litter[:-1]
    first_words = np.flatnonzero(opens).astype(np.int32)
    heads = np.full(count, -1, np.int32)
    inside = np.flatnonzero(litter)
    if first_words.size:
        heads[inside] = first_words[np.searchsorted(first_words, inside, side="right") - 1]
        heads[first_words] = -1
    return heads, first_words
