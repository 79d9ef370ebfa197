"""a few words -> models, annotations and records for tests of what is built on onrecord.

`ScriptedModel` stands in for the language layer: it gives the annotations it was given, or makes simple ones
by a rule (the name before "said" in a sentence is its speaker).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.keys import digest_text, document_key, record_key, value_key
from onrecord.records import (
    Annotation,
    Appearance,
    Attribution,
    Document,
    EntitySpan,
    Mention,
    Reading,
    Run,
    Span,
    Statement,
)

_TOKEN = re.compile(r"\w+|[^\w\s]")
_NAME = re.compile(r"[A-Z]\w+")
_CUES = {"said": "say", "says": "say", "denied": "deny", "warned": "warn", "asked": "ask"}
"""Cue -> its lemma."""


@dataclass(frozen=True)
class ScriptedModel:
    """A `Model` without a network: `script` maps a text to its annotation; other texts get the rule's."""

    script: Mapping[str, Annotation] = field(default_factory=dict)
    digest: str = "scripted"

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        """One annotation a text, in order."""
        lines = litter or [() for _ in texts]
        return [
            self.script.get(text) or annotate_by_rule(text, spans)
            for text, spans in zip(texts, lines, strict=True)
        ]


def load_scripted_model() -> ScriptedModel:
    """A `ScriptedModel` of the rule alone; a picklable `load_model` for reading with workers."""
    return ScriptedModel()


def annotate_by_rule(text: str, litter: Sequence[Span] = ()) -> Annotation:
    """Tokens are words and marks, a sentence is a line or ends with a full stop, every word hangs on the
    first of its sentence; "Name said …" is an attribution of the rest of the sentence."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    starts = [
        place
        for place in range(len(spans))
        if not place or words[place - 1] == "." or "\n" in text[spans[place - 1][1] : spans[place][0]]
    ]
    bounds = list(zip(starts, [*starts[1:], len(spans)], strict=True))
    entities, attributions = [], []
    heads = np.full(len(spans), -1, dtype=np.int32)
    for first, last in bounds:
        heads[first + 1 : last] = first
        if any(spans[first][0] < span.end and span.start < spans[last - 1][1] for span in litter):
            continue
        names = [place for place in range(first, last) if _NAME.fullmatch(words[place])]
        entities += [EntitySpan(place, place + 1, "person", 1.0) for place in names]
        cues = [place for place in range(first, last) if words[place].casefold() in _CUES]
        before = [place for place in names if cues and place < cues[0] < last - 2]
        if before:
            speaker, cue = before[-1], cues[0]
            content = ((cue + 1, last - 1),)
            attributions.append(
                Attribution(((speaker, speaker + 1),), ((cue, cue + 1),), content, -1, 0.9, 0.9)
            )
    return Annotation(
        starts=np.array([start for start, _ in spans], dtype=np.int32),
        ends=np.array([end for _, end in spans], dtype=np.int32),
        sentences=np.array(starts, dtype=np.int32),
        upos=tuple("PROPN" if _NAME.fullmatch(word) else _guess_upos(word) for word in words),
        lemmas=tuple(_CUES.get(word, word.casefold()) for word in words),
        heads=heads,
        deprels=tuple("root" if head < 0 else "dep" for head in heads),
        entities=tuple(entities),
        attributions=tuple(attributions),
    )


def _guess_upos(word: str) -> str:
    if word.casefold() in _CUES:
        return "VERB"
    return "NOUN" if word[:1].isalpha() else "PUNCT"


def make_document(text: str, *, name: str = "", **fields: object) -> Document:
    """A document of that text; `fields` are further fields of `Document`."""
    sha256 = digest_text(name + text)
    values = {"id": document_key(sha256), "sha256": sha256, "text": text, "text_digest": digest_text(text)}
    return Document(**{**values, **fields})  # type: ignore[arg-type]


def make_appearance(document: Document, path: str = "a.txt", outlet: str | None = "The Herald") -> Appearance:
    """Where that document stood."""
    return Appearance(document_id=document.id, path=path, outlet=outlet)


def make_run(model: str = "scripted") -> Run:
    """A run of that model."""
    value = {"code_version": "test", "model_digest": model, "settings_digest": "0"}
    return Run(id=value_key("run", value), **value)


def find_span(text: str, words: str) -> Span:
    """The first place of the words. Raises `ValueError` when they are not there."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_mention(document: Document, words: str, **fields: object) -> Mention:
    """A mention of a person at the first place of these words; `fields` are further fields of `Mention`."""
    span = find_span(document.text, words)
    key = record_key("mention", document.id, [span])
    values = {"id": key, "document_id": document.id, "span": span, "kind": "person", "local_id": key}
    return Mention(**{**values, **fields})  # type: ignore[arg-type]


def make_statement(
    document: Document, speaker: Mention | None, cue: str, content: str, **fields: object
) -> Statement:
    """A statement at the first places of these words; `fields` are further fields of `Statement`."""
    cues, contents = (find_span(document.text, cue),), (find_span(document.text, content),)
    speakers = [speaker.span] if speaker else []
    values = {
        "id": record_key("statement", document.id, speakers, cues, contents),
        "document_id": document.id,
        "speaker_ids": (speaker.id,) if speaker else (),
        "cue": cues,
        "content": contents,
        "quotation": "indirect",
        "act": "asserts",
        "score": 0.9,
    }
    return Statement(**{**values, **fields})  # type: ignore[arg-type]


def make_reading(
    document: Document, mentions: Sequence[Mention] = (), statements: Sequence[Statement] = ()
) -> Reading:
    """A reading of these records; a sentence is a line."""
    lines = re.finditer(r"[^\n]+", document.text)
    return Reading(
        document=document,
        sentences=tuple(Span(*line.span()) for line in lines),
        mentions=tuple(mentions),
        statements=tuple(statements),
    )
