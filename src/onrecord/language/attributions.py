"""role scores of each cue -> attributions: who (speaker) said (cue) what (content), and which stand in which.

Each anchor (first word of a cue) is decoded by itself: one cue run that starts there, at most one speaker in
the same paragraph, content pieces that stay in prose and off litter. In PolNeAR's train part every cue is one
run, all but 9 of 17,875 sources are, and 99 % of the contents have one or two pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.confidence import Evidence, Rules, to_logit, weigh_speaker
from onrecord.language.nesting import Draft, drop_repeats, nest, score_draft, settle_claims
from onrecord.language.network import WindowScores
from onrecord.language.quotes import balance_span
from onrecord.language.tagging import IMPOSSIBLE, Scores, TagSpan, find_tags, read_probabilities, read_spans
from onrecord.records import Attribution, TokenRange

CUE, SPEAKER, CONTENT = 0, 1, 2
"""Classes of the role tags 1-6 (B and I of each)."""


class Surroundings(NamedTuple):
    """What the decoding must know of the words, one entry a word."""

    forms: Sequence[str]
    marks: Sequence[int]
    """1 opens, -1 closes a quotation."""
    partners: Sequence[int]
    """Place of the mark that goes with this one, or -1."""
    paragraph: NDArray[np.int32]
    region: NDArray[np.int32]
    """Content stays in one region: paragraphs of prose that follow each other, or one title line."""
    sentence: NDArray[np.int32]
    """Number of the sentence, counted up over the text."""


def make_attributions(drafts: Sequence[Draft], rules: Rules) -> tuple[Attribution, ...]:
    """Return the attributions of a text's drafts, in their order, in word ranges."""
    place = {id(draft): index for index, draft in enumerate(drafts)}
    return tuple(
        Attribution(
            (draft.speaker,) if draft.speaker else (),
            (draft.cue,),
            tuple(draft.content),
            place[id(draft.outer)] if draft.outer else -1,
            score_draft(draft, rules),
            weigh_speaker(draft.chance, draft.evidence, rules),
        )
        for draft in drafts
    )


def find_drafts(windows: Sequence[WindowScores], around: Surroundings, rules: Rules) -> list[Draft]:
    """Return the attributions of some windows with the evidence for each, by first word of the cue."""
    drafts: list[Draft] = []
    sentence = around.sentence.tolist()
    for window in windows:
        found = drop_repeats(_read_window(window, around, rules))
        drafts.extend(nest(settle_claims(found, sentence), rules))
    return sorted(drafts, key=lambda draft: draft.anchor)


def _read_window(window: WindowScores, around: Surroundings, rules: Rules) -> list[Draft]:
    top, deep = _sigmoid(window.top), _sigmoid(window.deep)
    anchors = window.anchors
    chosen = (top[anchors] >= rules.top) | (deep[anchors] >= rules.deep)
    anchors = anchors[chosen]
    if not anchors.size:
        return []
    scores = _confine(window.roles[chosen], anchors, window, around)
    tags, probabilities = find_tags(scores), read_probabilities(scores)
    drafts = []
    for row, anchor in enumerate(anchors.tolist()):
        draft = _read_draft(tags[row], probabilities[row], anchor, window.start, around=around, rules=rules)
        if draft is not None:
            draft.top, draft.deep = float(top[anchor]), float(deep[anchor])
            drafts.append(draft)
    return drafts


def _confine(
    scores: Scores, anchors: NDArray[np.int64], window: WindowScores, around: Surroundings
) -> Scores:
    """Return role scores with what cannot be ruled out: other cues, other paragraphs, other regions."""
    paragraph = around.paragraph[window.start : window.end]
    region = around.region[window.start : window.end]
    scores[..., 1] = IMPOSSIBLE
    rows = np.arange(len(anchors))
    scores[rows, anchors] = IMPOSSIBLE
    scores[rows, anchors, 1] = 0
    for inside, opened in (
        (paragraph[None] == paragraph[anchors][:, None], 2 * SPEAKER + 1),
        (region[None] == region[anchors][:, None], 2 * CONTENT + 1),
    ):
        # A span that ran on over the edge opens with the first word inside it.
        first = inside.argmax(1)
        scores[rows, first, opened] = np.logaddexp(
            scores[rows, first, opened], scores[rows, first, opened + 1]
        )
        scores[rows, first, opened + 1] = IMPOSSIBLE
        scores[..., opened : opened + 2][~inside] = IMPOSSIBLE
    scores[..., 2][paragraph[None] != paragraph[anchors][:, None]] = IMPOSSIBLE
    return scores


def _read_draft(
    tags: NDArray[np.int16],
    probabilities: Scores,
    anchor: int,
    shift: int,
    *,
    around: Surroundings,
    rules: Rules,
) -> Draft | None:
    """Return the attribution of one anchor, without its anchor probabilities; None when it has no content."""
    spans = read_spans(tags)
    cue = next(span for span in spans if span.kind == CUE)
    mass = [
        probabilities[:, 2 * kind + 1] + probabilities[:, 2 * kind + 2] for kind in (CUE, SPEAKER, CONTENT)
    ]
    speaker = _choose_speaker(spans, mass[SPEAKER], rules.speaker)
    if speaker is not None:
        speaker = _trim_speaker(speaker, around.forms[shift + speaker.start : shift + speaker.end])
    here = around.paragraph[shift : shift + len(tags)] == around.paragraph[shift + anchor]
    pieces = _choose_pieces(spans, mass[CONTENT], here, rules)
    if not pieces:
        return None
    pieces = _join_pieces(pieces, [cue, speaker] if speaker else [cue], rules.join)
    taken = [(span.start + shift, span.end + shift) for span in (cue, speaker) if span is not None]
    content = _balance([(first + shift, last + shift) for first, last in pieces], around, taken)
    if not content:
        return None
    evidence = _read_evidence(probabilities, mass, cue, speaker, pieces)
    quoted = float(any(around.marks[index] for first, last in content for index in range(first, last)))
    return Draft(
        anchor + shift,
        0.0,
        0.0,
        taken[0],
        taken[1] if speaker is not None else None,
        content,
        evidence._replace(quoted=quoted),
    )


def _choose_pieces(
    spans: Sequence[TagSpan], mass: Scores, here: NDArray[np.bool_], rules: Rules
) -> list[TokenRange]:
    """Return the pieces of content that are likely on average; `here` = in the anchor's paragraph."""
    pieces = [
        (span.start, span.end)
        for span in spans
        if span.kind == CONTENT
        and _average(mass[span.start : span.end]) >= (rules.piece if here[span.start] else rules.apart)
    ]
    return _keep_near(pieces, rules.gap)


def _choose_speaker(spans: Sequence[TagSpan], mass: Scores, least: float) -> TagSpan | None:
    """Return the speaker span of the greatest mass; None when its words are unlikely on average."""
    found = [span for span in spans if span.kind == SPEAKER]
    best = max(found, key=lambda span: float(np.add.reduce(mass[span.start : span.end])), default=None)
    return best if best is not None and _average(mass[best.start : best.end]) >= least else None


def _trim_speaker(speaker: TagSpan, forms: Sequence[str]) -> TagSpan:
    """Return the speaker without a dangling ", who" or bracket."""
    if len(forms) > 2 and forms[-1].lower() in ("who", "which") and forms[-2] == ",":
        return speaker._replace(end=speaker.end - 2)
    if len(forms) > 1 and forms[-1] in ("(", "[", "-", "–", "—"):
        return speaker._replace(end=speaker.end - 1)
    return speaker


def _read_evidence(
    probabilities: Scores,
    mass: Sequence[Scores],
    cue: TagSpan,
    speaker: TagSpan | None,
    pieces: Sequence[TokenRange],
) -> Evidence:
    """Return the logits of the parts of an attribution; `mass` holds each class's probability, B and I."""
    inside = np.concatenate([mass[CONTENT][first:last] for first, last in pieces])
    (first, _), (_, last) = pieces[0], pieces[-1]
    goes_on = probabilities[last, 2 * CONTENT + 2] if last < len(probabilities) else 0.0
    named = _average(mass[SPEAKER][speaker.start : speaker.end]) if speaker else 1 - mass[SPEAKER].max()
    return Evidence(
        content=to_logit(_average(inside)),
        start=to_logit(probabilities[first, 2 * CONTENT + 1]),
        end=to_logit(1 - goes_on),
        cue=to_logit(_average(mass[CUE][cue.start : cue.end])),
        speaker=to_logit(named),
        named=float(speaker is not None),
        quoted=0.0,
        length=float(np.log(len(inside))),
    )


def _keep_near(pieces: list[TokenRange], gap: int) -> list[TokenRange]:
    """Return the longest piece with those that follow each other around it within the gap."""
    if len(pieces) < 2:
        return pieces
    best = max(range(len(pieces)), key=lambda index: (pieces[index][1] - pieces[index][0], -index))
    first = last = best
    while first > 0 and pieces[first][0] - pieces[first - 1][1] <= gap:
        first -= 1
    while last + 1 < len(pieces) and pieces[last + 1][0] - pieces[last][1] <= gap:
        last += 1
    return pieces[first : last + 1]


def _join_pieces(pieces: list[TokenRange], parts: Sequence[TagSpan], most: int) -> list[TokenRange]:
    """Return the pieces, those joined that up to `most` words part, none of them of the cue or speaker.

    Pieces that touch stay two: PolNeAR's annotators mark sentences of one content apart now and then.
    """
    joined = pieces[:1]
    for first, last in pieces[1:]:
        end = joined[-1][1]
        between = any(part.start < first and end < part.end for part in parts)
        if 0 < first - end <= most and not between:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _balance(pieces: list[TokenRange], around: Surroundings, taken: Sequence[TokenRange]) -> list[TokenRange]:
    """Return the pieces with whole quotation marks; pieces of one quotation become one.

    None comes to lie over what is taken, which are the cue and the speaker.
    """
    balanced: list[TokenRange] = []
    for first, last in pieces:
        low = max((end for _, end in taken if end <= first), default=0)
        high = min((start for start, _ in taken if start >= last), default=len(around.forms))
        start, end = balance_span((first, last), around.forms, around.marks, around.partners, (low, high))
        while balanced and start < balanced[-1][1]:
            start = min(start, balanced[-1][0])
            end = max(end, balanced.pop()[1])
        if any(character.isalnum() for form in around.forms[start:end] for character in form):
            balanced.append((start, end))
    return balanced


def _average(values: Scores) -> float:
    """Return the mean of one row, as `values.mean()` does in five times the time."""
    return float(np.float32(float(np.add.reduce(values)) / len(values)))


def _sigmoid(values: Scores) -> Scores:
    return np.asarray(1 / (1 + np.exp(-values)), np.float32)
