"""one document and its annotation -> its reading: mentions and statements; pure, no store, no neighbour.

The order of the steps is `read_document`; each step is a module of this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.names import Names, load_names
from onrecord.reading.acts import Lexicon, classify_cue, load_lexicon
from onrecord.reading.discourse import Discourse, Resolution
from onrecord.reading.mentions import find_actors
from onrecord.reading.roles import RoleReader, load_descriptions
from onrecord.reading.shortnames import join_short_bodies
from onrecord.reading.standins import find_stand_ins
from onrecord.reading.statements import (
    MentionMaker,
    StatementBuilder,
    find_drafts,
    merge_self_reports,
    resolve_drafts,
)
from onrecord.reading.tabled import free_cues
from onrecord.reading.tokens import Tokens
from onrecord.records import Annotation, Document, Reading, Span

__all__ = ["Tables", "describe_attributions", "load_tables", "read_document"]


@dataclass(frozen=True, slots=True)
class Tables:
    """What reading knows before it reads: names, cues and descriptions; loaded once by each worker."""

    names: Names
    lexicon: Lexicon
    descriptions: dict[str, frozenset[str]]
    role_words: frozenset[str]


def load_tables(names_file: Path | None = None) -> Tables:
    """The tables that ship with the package, under a user's own names."""
    descriptions = load_descriptions()
    role_words = frozenset(descriptions).union(*descriptions.values())
    return Tables(load_names(names_file), load_lexicon(), descriptions, role_words)


def read_document(document: Document, annotation: Annotation, tables: Tables) -> Reading:
    """All that the document says, by place; reading it again gives the same records."""
    tokens = Tokens(document, annotation)
    actors = join_short_bodies(tokens, find_actors(tokens, tables.names), tables.names)
    drafts = find_drafts(tokens, tables.lexicon)
    free_cues(tokens, drafts, actors)
    RoleReader(tokens, tables.names, tables.role_words).attach(actors, [draft.speaker for draft in drafts])
    discourse = Discourse(tokens, tables.names, tables.descriptions, actors)
    discourse.stand_ins = find_stand_ins(tokens, actors, tables.names)
    speakers = resolve_drafts(discourse, drafts)
    kept = merge_self_reports(tokens, drafts, speakers)
    maker = MentionMaker(discourse)
    builder = StatementBuilder(discourse, drafts, speakers)
    statements = {s.id: s for s in (builder.build(position, maker) for position in kept)}
    for actor in actors:
        if not actor.key.startswith("worded:"):
            for place in sorted(actor.names):
                maker(Resolution(place, actor, "name", actor.reasons.get(place)))
    sentences = [tokens.sentence_range(i) for i in range(len(annotation.sentences))]
    return Reading(
        document=document,
        sentences=tuple(Span(*tokens.span(r)) for r in sentences if r[0] < r[1]),
        mentions=tuple(sorted(maker.made.values(), key=lambda m: (m.span, m.id))),
        statements=tuple(sorted(statements.values(), key=lambda s: (s.content, s.cue, s.id))),
    )


def describe_attributions(text: str, annotation: Annotation, tables: Tables) -> list[dict[str, object]]:
    """Class, quotation, act, certainty and negated of each attribution, as `annotate` prints them."""
    document = Document(id="", sha256="", text=text, text_digest="")
    tokens = Tokens(document, annotation)
    out: list[dict[str, object]] = []
    for attribution in annotation.attributions:
        cue = classify_cue(tokens, attribution.cue, attribution.content, tables.lexicon)
        words = [i for a, b in attribution.content for i in range(a, b) if tokens.upos[i] != "PUNCT"]
        share = sum(tokens.quoted_index[i] >= 0 for i in words) / max(1, len(words))
        out.append(
            {
                "class": cue.cue_class,
                "quotation": "direct" if share >= 0.98 else "indirect" if share <= 0.02 else "mixed",
                "act": cue.act,
                "certainty": cue.certainty,
                "negated": cue.negated,
            }
        )
    return out
