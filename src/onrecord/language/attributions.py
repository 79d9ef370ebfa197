"""role scores of each cue -> attributions: who (speaker) said (cue) what (content), and which stand in which.

Each anchor (first word of a cue) is decoded by itself: one cue run that starts there, at most one speaker in
the same paragraph, content pieces that stay in prose and off litter. In PolNeAR's train part every cue is one
run, all but 9 of 17,875 sources are, and 99 % of the contents have one or two pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.confidence import Evidence, Rules, to_logit, weigh_speaker
from onrecord.language.nesting import Draft, drop_repeats, nest, score_draft, settle_claims
from onrecord.language.network import WindowScores
from onrecord.language.quotes import balance_span
from onrecord.language.tagging import (
    IMPOSSIBLE,
    Scores,
    Tags,
    TagSpan,
    find_tags,
    read_probabilities,
    split_spans,
)
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


class Chances(NamedTuple):
    """What the network says of the n words of a window around one anchor."""

    scores: Scores
    """[n, 7]: scores of the role tags."""
    tags: Scores
    """[n, 7]: probabilities, for words in spans and a few after each; 0 elsewhere."""
    mass: Scores
    """[n, 3]: probabilities of the classes, B and I together."""
    means: dict[tuple[int, int, int], float]
    """Mean probability by first word, the one after the last, and class, as far as they were asked for."""


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
    tags = find_tags(scores)
    chances = _read_chances(scores, tags, rules.join)
    mass = chances[..., 1::2] + chances[..., 2::2]
    drafts = []
    for row, (anchor, spans) in enumerate(zip(anchors.tolist(), split_spans(tags), strict=True)):
        of_words = Chances(scores[row], chances[row], mass[row], {})
        draft = _read_draft(spans, of_words, anchor, window.start, around=around, rules=rules)
        if draft is not None:
            draft.top, draft.deep = float(top[anchor]), float(deep[anchor])
            drafts.append(draft)
    return drafts


def _read_chances(scores: Scores, tags: Tags, most: int) -> Scores:
    """Return the probabilities of the words in spans and of some words after each, where pieces may be
    joined; zeros for the others, which hardly anything asks for.
    """
    near = tags > 0
    for step in range(1, max(most, 1) + 1):
        near[:, step:] |= tags[:, :-step] > 0
    chances = np.zeros_like(scores)
    chances[near] = read_probabilities(scores[near])
    return chances


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
    near = paragraph[None] == paragraph[anchors][:, None]
    allowed = region[None] == region[anchors][:, None]
    for inside, opened in ((near, 2 * SPEAKER + 1), (allowed, 2 * CONTENT + 1)):
        # A span that ran on over the edge opens with the first word inside it.
        first = inside.argmax(1)
        scores[rows, first, opened] = np.logaddexp(
            scores[rows, first, opened], scores[rows, first, opened + 1]
        )
        scores[rows, first, opened + 1] = IMPOSSIBLE
        np.copyto(scores[..., opened : opened + 2], IMPOSSIBLE, where=~inside[..., None])
    np.copyto(scores[..., 2], IMPOSSIBLE, where=~near)
    return scores


def _read_draft(
    spans: Sequence[TagSpan],
    chances: Chances,
    anchor: int,
    shift: int,
    *,
    around: Surroundings,
    rules: Rules,
) -> Draft | None:
    """Return the attribution of one anchor, without its anchor probabilities; None when it has no content."""
    cue = next(span for span in spans if span.kind == CUE)
    pieces = _choose_pieces(spans, chances, around.paragraph[shift:], rules, anchor)
    if not pieces:
        return None
    speaker = _choose_speaker(spans, chances, rules.speaker)
    if speaker is not None:
        speaker = _trim_speaker(speaker, around.forms[shift + speaker.start : shift + speaker.end])
    parts = (cue,) if speaker is None else (cue, speaker)
    pieces = _join_pieces(pieces, parts, rules.join)
    taken = [(span.start + shift, span.end + shift) for span in parts]
    content = _balance([(first + shift, last + shift) for first, last in pieces], around, taken)
    if not content:
        return None
    evidence = _read_evidence(
        chances, cue, speaker, pieces, any(any(around.marks[slice(*r)]) for r in content)
    )
    told = taken[1] if speaker is not None else None
    return Draft(anchor + shift, 0.0, 0.0, taken[0], told, content, evidence)


def _choose_pieces(
    spans: Sequence[TagSpan], chances: Chances, paragraph: NDArray[np.int32], rules: Rules, anchor: int
) -> list[TokenRange]:
    """Return the pieces of content that are likely on average; more so outside the anchor's paragraph."""
    pieces = []
    for start, end, kind in spans:
        if kind == CONTENT:
            least = rules.piece if paragraph[start] == paragraph[anchor] else rules.apart
            if _average(chances, start, end, CONTENT) >= least:
                pieces.append((start, end))
    return _keep_near(pieces, rules.gap)


def _choose_speaker(spans: Sequence[TagSpan], chances: Chances, least: float) -> TagSpan | None:
    """Return the speaker span of the greatest mass; None when its words are unlikely on average."""
    found = [span for span in spans if span.kind == SPEAKER]
    if len(found) > 1:
        found.sort(key=lambda span: -float(np.add.reduce(chances.mass[span.start : span.end, SPEAKER])))
    return found[0] if found and _average(chances, *found[0]) >= least else None


def _trim_speaker(speaker: TagSpan, forms: Sequence[str]) -> TagSpan:
    """Return the speaker without a dangling ", who" or bracket."""
    if len(forms) > 2 and forms[-1].lower() in ("who", "which") and forms[-2] == ",":
        return speaker._replace(end=speaker.end - 2)
    if len(forms) > 1 and forms[-1] in ("(", "[", "-", "–", "—"):
        return speaker._replace(end=speaker.end - 1)
    return speaker


def _read_evidence(
    chances: Chances,
    cue: TagSpan,
    speaker: TagSpan | None,
    pieces: Sequence[TokenRange],
    quoted: bool,
) -> Evidence:
    """Return the logits of the parts of an attribution."""
    (first, end), (_, last) = pieces[0], pieces[-1]
    if len(pieces) == 1:
        size, content = end - first, _average(chances, first, end, CONTENT)
    else:
        inside = np.concatenate([chances.mass[slice(*piece), CONTENT] for piece in pieces])
        size, content = len(inside), _mean(inside)
    goes_on = chances.tags[last, 2 * CONTENT + 2] if last < len(chances.tags) else 0.0
    return Evidence(
        content=to_logit(content),
        start=to_logit(chances.tags[first, 2 * CONTENT + 1]),
        end=to_logit(1 - goes_on),
        cue=to_logit(_average(chances, *cue)),
        speaker=to_logit(_average(chances, *speaker) if speaker else _find_no_speaker(chances)),
        named=float(speaker is not None),
        quoted=float(quoted),
        length=log(size),
    )


def _find_no_speaker(chances: Chances) -> float:
    """Return the probability that even the likeliest word is no speaker's."""
    every = read_probabilities(chances.scores)
    return float(1 - (every[:, 2 * SPEAKER + 1] + every[:, 2 * SPEAKER + 2]).max())


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
        low, high = 0, len(around.forms)
        for start, end in taken:
            if end <= first:
                low = max(low, end)
            elif start >= last:
                high = min(high, start)
        start, end = balance_span((first, last), around.forms, around.marks, around.partners, (low, high))
        while balanced and start < balanced[-1][1]:
            start = min(start, balanced[-1][0])
            end = max(end, balanced.pop()[1])
        if any(character.isalnum() for form in around.forms[start:end] for character in form):
            balanced.append((start, end))
    return balanced


def _average(chances: Chances, start: int, end: int, kind: int) -> float:
    """Return the mean probability of a class over some words."""
    if end - start == 1:
        return float(chances.mass[start, kind])
    mean = chances.means.get((start, end, kind))
    if mean is None:
        mean = chances.means[start, end, kind] = _mean(chances.mass[start:end, kind])
    return mean


def _mean(values: Scores) -> float:
    """Return the mean of one row, as `values.mean()` does in five times the time."""
    return float(np.float32(float(np.add.reduce(values)) / len(values)))


def _sigmoid(values: Scores) -> Scores:
    return np.asarray(1 / (1 + np.exp(-values)), np.float32)
