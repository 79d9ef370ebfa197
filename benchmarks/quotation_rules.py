"""text, parse -> attributions by rules over the parse: the rival that a dependency parser gives for free.

Written small after what textacy (quotation marks, a reporting verb near by, its subject) and the Gender Gap
Tracker (the clausal complement of a reporting verb, its subject) do. It takes its parse from the model that
it is compared with, so a difference in score or speed is the attribution's alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Annotation, Attribution, Span, TokenRange
from onrecord.seams import Model

VERBS = frozenset(
    "accuse acknowledge add admit agree allege announce answer argue ask assert believe claim comment"
    " complain conclude confirm continue declare deny describe disclose estimate explain express insist"
    " maintain mention note observe predict promise propose question recall reply report respond reveal"
    " say state stress suggest tell testify think threaten urge vow warn write".split()
)
SUBJECTS = frozenset({"nsubj", "csubj"})
QUOTED = re.compile(r'"[^"\n]{4,2000}"|“[^”\n]{4,2000}”')
NEAR = 12
"""How many tokens a reporting verb may stand from the quotation it belongs to."""


class ParseRules:
    """A model whose attributions are replaced by those that rules find over its parse."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def digest(self) -> str:
        """The digest of the model that parses, marked."""
        return f"{self.model.digest}+parse-rules"

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        """The model's annotations with rule-made attributions."""
        annotations = self.model.annotate(texts, litter)
        return [
            replace(each, attributions=tuple(find_attributions(text, each)))
            for text, each in zip(texts, annotations, strict=True)
        ]


def find_attributions(text: str, annotation: Annotation) -> list[Attribution]:
    """The attributions of one text: direct quotations first, then complement clauses of verbs not yet
    used."""
    children: dict[int, list[int]] = {}
    for token, head in enumerate(annotation.heads.tolist()):
        children.setdefault(head, []).append(token)
    verbs = [
        i
        for i, lemma in enumerate(annotation.lemmas)
        if annotation.upos[i] == "VERB" and lemma.lower() in VERBS
    ]
    found: list[Attribution] = []
    used: set[int] = set()
    quotations = find_quotations(text, annotation)
    for quotation in quotations:
        cue = _find_near(verbs, quotation, quotations)
        if cue is not None:
            used.add(cue)
            found.append(_attribute(annotation, children, cue, quotation))
    for cue in verbs:
        if cue in used or any(start <= cue < end for start, end in quotations):
            continue
        for clause in children.get(cue, ()):
            if annotation.deprels[clause].split(":")[0] == "ccomp":
                found.append(_attribute(annotation, children, cue, _cover_subtree(children, clause)))
                break
    return found


def find_quotations(text: str, annotation: Annotation) -> list[TokenRange]:
    """Token ranges between paired double quotation marks, marks included."""
    starts, ends = annotation.starts, annotation.ends
    ranges = []
    for match in QUOTED.finditer(text):
        first = int(starts.searchsorted(match.start(), side="left"))
        after = int(ends.searchsorted(match.end(), side="right"))
        if first < after:
            ranges.append((first, after))
    return ranges


def _find_near(verbs: Sequence[int], quotation: TokenRange, quotations: Sequence[TokenRange]) -> int | None:
    """The reporting verb outside all quotations that stands nearest; one after the quotation wins a tie."""
    outside = [verb for verb in verbs if not any(start <= verb < end for start, end in quotations)]
    distance = {
        verb: verb - quotation[1] if verb >= quotation[1] else quotation[0] - verb for verb in outside
    }
    near = [verb for verb in outside if distance[verb] <= NEAR]
    return min(near, key=lambda verb: (distance[verb], -verb), default=None)


def _attribute(
    annotation: Annotation, children: dict[int, list[int]], cue: int, content: TokenRange
) -> Attribution:
    subject = next(
        (i for i in children.get(cue, ()) if annotation.deprels[i].split(":")[0] in SUBJECTS), None
    )
    speaker: tuple[TokenRange, ...] = ()
    if subject is not None and not content[0] <= subject < content[1]:
        speaker = (_cover_subtree(children, subject),)
    return Attribution(speaker, ((cue, cue + 1),), (content,), -1, 1.0, 1.0)


def _cover_subtree(children: dict[int, list[int]], top: int) -> TokenRange:
    """From the first to the last token below (and with) the top one."""
    first = last = top
    open_tokens = [top]
    while open_tokens:
        token = open_tokens.pop()
        first, last = min(first, token), max(last, token)
        open_tokens.extend(children.get(token, ()))
    return first, last + 1
