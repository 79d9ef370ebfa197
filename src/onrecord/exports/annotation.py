"""one text and its Annotation -> the JSON of `onrecord annotate`, or CoNLL-U."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from onrecord.records import Annotation, Attribution, TokenRange

DETAILS = ("class", "quotation", "act", "certainty", "negated")
"""What reading adds to an attribution, in the order of the output."""


def annotation_to_json(
    text_id: str, annotation: Annotation, details: Sequence[Mapping[str, object]] = ()
) -> dict[str, Any]:
    """Return the object of one output line; spans are [start, end] in code points of the text.

    `details` gives, for each attribution, what reading says of its cue (`DETAILS`); without it these keys are
    absent.
    """
    starts, ends = annotation.starts.tolist(), annotation.ends.tolist()
    sentences = annotation.sentences.tolist()

    def to_span(tokens: TokenRange) -> list[int]:
        return [starts[tokens[0]], ends[tokens[1] - 1]]

    def to_spans(ranges: Iterable[TokenRange]) -> list[list[int]]:
        return [to_span(tokens) for tokens in ranges]

    return {
        "id": text_id,
        "tokens": _list_tokens(annotation),
        "sentences": to_spans(
            zip(sentences, [*sentences[1:], len(starts)], strict=True) if sentences else ()
        ),
        "entities": [
            dict(zip(("start", "end"), to_span((entity.start, entity.end)), strict=True))
            | {"label": entity.label, "score": entity.score}
            for entity in annotation.entities
        ],
        "attributions": [
            {
                **_describe_attribution(attribution, to_spans),
                **({name: details[index][name] for name in DETAILS} if details else {}),
                "score": attribution.score,
                "source_score": attribution.speaker_score,
            }
            for index, attribution in enumerate(annotation.attributions)
        ],
        "clusters": [to_spans(cluster) for cluster in annotation.clusters],
    }


def _list_tokens(annotation: Annotation) -> list[dict[str, Any]]:
    """Return the words with their tags, lemmas and heads."""
    columns = (annotation.starts.tolist(), annotation.ends.tolist(), annotation.upos, annotation.lemmas)
    names = ("start", "end", "upos", "lemma", "head", "deprel")
    rows = zip(*columns, annotation.heads.tolist(), annotation.deprels, strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _describe_attribution(
    attribution: Attribution, to_spans: Callable[[Iterable[TokenRange]], list[list[int]]]
) -> dict[str, Any]:
    """Return the spans of one attribution and the index of the outer one."""
    return {
        "source": to_spans(attribution.speaker),
        "cue": to_spans(attribution.cue),
        "content": to_spans(attribution.content),
        "within": attribution.parent if attribution.parent >= 0 else None,
    }


def annotation_to_conllu(text_id: str, text: str, annotation: Annotation) -> str:
    """Return the annotation as CoNLL-U: one block a sentence, entities as BIO in MISC.

    Lines of a text cannot hold line breaks or tabs: blanks stand for them in `# text`.
    """
    starts, ends = annotation.starts.tolist(), annotation.ends.tolist()
    heads, sentences = annotation.heads.tolist(), annotation.sentences.tolist()
    tags = _read_entity_tags(annotation)
    lines = [f"# newdoc id = {' '.join(text_id.split())}"]
    for number, (first, last) in enumerate(_pair_bounds(sentences, len(starts)), 1):
        lines.append(f"# sent_id = {number}")
        lines.append(f"# text = {' '.join(text[starts[first] : ends[last - 1]].split())}")
        for token in range(first, last):
            head = heads[token] - first + 1 if heads[token] >= 0 else 0
            glued = token + 1 < len(starts) and starts[token + 1] == ends[token]
            notes = [*tags[token], *(["SpaceAfter=No"] if glued else [])]
            cells = (
                str(token - first + 1), text[starts[token] : ends[token]], annotation.lemmas[token] or "_",
                annotation.upos[token], "_", "_", str(head), annotation.deprels[token], "_",
                "|".join(notes) or "_",
            )  # fmt: skip
            lines.append("\t".join(cells))
        lines.append("")
    return "\n".join(lines) + "\n"


def _pair_bounds(sentences: Sequence[int], count: int) -> list[TokenRange]:
    """Return the token ranges of the sentences."""
    return list(pairwise([*sentences, count])) if sentences else []


def _read_entity_tags(annotation: Annotation) -> list[list[str]]:
    """Return, for each token, its MISC notes on entities."""
    tags: list[list[str]] = [[] for _ in annotation.upos]
    for entity in annotation.entities:
        for token in range(entity.start, entity.end):
            tags[token].append(f"NER={'B' if token == entity.start else 'I'}-{entity.label}")
    return tags
