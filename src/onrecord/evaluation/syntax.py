"""raw text, gold trees and a model's annotation -> CoNLL 2018 scores.

Words match when they cover the same non-blank characters (Zeman et al., CoNLL 2018 shared task); inside a
multi-word token of either side they are aligned by the longest common subsequence of their forms. Relations
are compared without subtypes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.evaluation.counts import Counts, Figures, Measure, count_sets, measure_counts, pool_counts
from onrecord.evaluation.spans import Chars
from onrecord.evaluation.trees import TreeDocument, TreeWord
from onrecord.records import Annotation

SCORES = ("words", "sentences", "UPOS", "UAS", "LAS")


class ParsedText(NamedTuple):
    """One side's words, and the first word of each sentence."""

    words: Sequence[TreeWord]
    sentences: Sequence[int]


def read_parse(annotation: Annotation, text: str) -> ParsedText:
    """An annotation's words as the scorer wants them; words that share a span are parts of one token."""
    spans = list(zip(annotation.starts.tolist(), annotation.ends.tolist(), strict=True))
    words = [
        TreeWord(
            form=text[span[0] : span[1]],
            chars=span,
            upos=annotation.upos[i],
            head=int(annotation.heads[i]),
            deprel=annotation.deprels[i],
            joined=span in (spans[i - 1] if i else None, spans[i + 1] if i + 1 < len(spans) else None),
        )
        for i, span in enumerate(spans)
    ]
    return ParsedText(words, annotation.sentences.tolist())


def score_document(gold: ParsedText, predicted: ParsedText, text: str) -> dict[str, Counts]:
    """Counts of one document for each of `SCORES`."""
    places = _number_characters(text)
    pairs = align_words(gold.words, predicted.words, places=places)
    ours_to_gold = {ours: theirs for theirs, ours in pairs}
    heads = labels = tags = 0
    for theirs, ours in pairs:
        true, said = gold.words[theirs], predicted.words[ours]
        tags += true.upos == said.upos
        head = -1 if said.head < 0 else ours_to_gold.get(said.head, -2)
        if head == true.head:
            heads += 1
            labels += true.deprel.split(":")[0] == said.deprel.split(":")[0]
    sizes = (len(predicted.words), len(gold.words))
    sentences = [_bound_sentences(side, places) for side in (predicted, gold)]
    return {
        "words": Counts(len(pairs), *sizes),
        "sentences": count_sets(*sentences),
        "UPOS": Counts(tags, *sizes),
        "UAS": Counts(heads, *sizes),
        "LAS": Counts(labels, *sizes),
    }


def _number_characters(text: str) -> list[int]:
    """For each place of the text (and its end) how many non-blank characters come before it."""
    numbers = [0]
    for sign in text:
        numbers.append(numbers[-1] + (not sign.isspace()))
    return numbers


def _bound_sentences(side: ParsedText, places: Sequence[int]) -> set[Chars]:
    bounds = [*side.sentences, len(side.words)]
    return {
        (places[side.words[first].chars[0]], places[side.words[after - 1].chars[1]])
        for first, after in pairwise(bounds)
        if first < after
    }


def align_words(
    gold: Sequence[TreeWord], predicted: Sequence[TreeWord], *, places: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs (gold index, predicted index) of words that are the same word.

    `places[i]` numbers the non-blank characters before place i of the text, so that blanks do not count.
    """
    theirs = [(places[w.chars[0]], places[w.chars[1]]) for w in gold]
    ours = [(places[w.chars[0]], places[w.chars[1]]) for w in predicted]
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(gold) and j < len(predicted):
        if gold[i].joined or predicted[j].joined:
            (i2, j2) = _close_token((gold, theirs, i), (predicted, ours, j))
            pairs += _align_forms((gold, i, i2), (predicted, j, j2))
            i, j = i2, j2
        elif theirs[i] == ours[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif theirs[i][0] <= ours[j][0]:
            i += 1
        else:
            j += 1
    return pairs


_Side = tuple[Sequence[TreeWord], Sequence[Chars], int]


def _close_token(gold: _Side, predicted: _Side) -> tuple[int, int]:
    """The first words of both sides after the multi-word token that begins here."""
    (_, theirs, i), (_, ours, j) = gold, predicted
    if gold[0][i].joined:
        end = theirs[i][1]
        if not predicted[0][j].joined and ours[j][0] < theirs[i][0]:
            return i, j + 1
    else:
        end = ours[j][1]
        if theirs[i][0] < ours[j][0]:
            return i + 1, j
    while not (_is_beyond((gold[0], theirs, i), end) and _is_beyond((predicted[0], ours, j), end)):
        take_gold = i < len(theirs) and (j >= len(ours) or theirs[i][0] <= ours[j][0])
        words, spans, index = (gold[0], theirs, i) if take_gold else (predicted[0], ours, j)
        if words[index].joined:
            end = max(end, spans[index][1])
        i, j = (i + 1, j) if take_gold else (i, j + 1)
    return i, j


def _is_beyond(side: _Side, end: int) -> bool:
    words, spans, index = side
    if index >= len(words):
        return True
    return spans[index][0] >= end if words[index].joined else spans[index][1] > end


def _align_forms(
    gold: tuple[Sequence[TreeWord], int, int], predicted: tuple[Sequence[TreeWord], int, int]
) -> list[tuple[int, int]]:
    """Longest common subsequence of lower-cased forms; parts that share a span have no form of their own, so
    there equal numbers of words are paired in order.
    """
    theirs = [word.form.lower() for word in gold[0][gold[1] : gold[2]]]
    ours = [word.form.lower() for word in predicted[0][predicted[1] : predicted[2]]]
    if len(theirs) == len(ours) and any(w.joined for w in predicted[0][predicted[1] : predicted[2]]):
        return list(zip(range(gold[1], gold[2]), range(predicted[1], predicted[2]), strict=True))
    longest = [[0] * (len(ours) + 1) for _ in range(len(theirs) + 1)]
    for a in reversed(range(len(theirs))):
        for b in reversed(range(len(ours))):
            same = theirs[a] == ours[b]
            longest[a][b] = longest[a + 1][b + 1] + 1 if same else max(longest[a + 1][b], longest[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < len(theirs) and b < len(ours):
        if theirs[a] == ours[b]:
            pairs.append((gold[1] + a, predicted[1] + b))
            a, b = a + 1, b + 1
        elif longest[a + 1][b] >= longest[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs


def score_syntax(
    gold: Sequence[TreeDocument],
    annotations: Mapping[str, Annotation],
    *,
    data: str,
    system: str = "model",
) -> Figures:
    """F1 of words, sentences, UPOS, UAS and LAS from raw text, pooled, with bootstrap intervals by document.

    `annotations` are by document id. Scored twice where documents lack held-back sentences: all documents,
    and those without gaps (a gap joins sentences that never stood together).
    """
    units = {
        each.id: score_document(
            ParsedText(each.words, each.sentences), read_parse(annotations[each.id], each.text), each.text
        )
        for each in gold
    }
    whole = [each for each in gold if not each.gaps]
    measures: list[Measure] = []
    for score in SCORES:
        measures.append(measure_counts(score, [units[each.id][score] for each in gold]))
    if 0 < len(whole) < len(gold):
        for score in SCORES:
            counts = [units[each.id][score] for each in whole]
            measures.append(measure_counts(f"{score}, no gaps", counts))
    size = pool_counts(units[each.id]["words"] for each in whole).gold
    note = f"{len(whole)} of {len(gold)} documents ({size} words) have no gaps from held-back sentences"
    return Figures(task="syntax", data=data, system=system, measures=tuple(measures), notes=(note,))
