"""gold articles that say which attribution stands in which + a model -> F1 of nested pairs.

A pair is an attribution and the one directly around it. A predicted pair is a hit when both its members are
paired with those of one gold pair, each by the criterion of relation F1 (see `pairing.agree_heads`).

The gold is JSON lines in the form of `attribution_gold`; each attribution may say `within` (index of the
directly outer one, or null); a line its `part` and `kind`. Where they do not all say `within`, an attribution
stands in the one with the smallest content that holds its source and cue (GUM).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.evaluation.attribution import GoldArticle, project_article
from onrecord.evaluation.attribution_gold import read_articles, read_lines
from onrecord.evaluation.counts import Counts, Figures, Measure, measure_counts
from onrecord.evaluation.pairing import PairedArticle, agree_heads, count_relations
from onrecord.evaluation.paragraphs import CharAttribution
from onrecord.evaluation.spans import Chars

FLAT = "flat"
"""The kind of texts that look nested and are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedArticle:
    """One gold article and, for each of its attributions, the index of the one around it (-1 = none)."""

    article: GoldArticle
    parents: tuple[int, ...]
    kind: str = ""
    complete: bool = True
    """All nested pairs are in the gold, so that another one is wrong."""


class Nested(NamedTuple):
    """What a model said of one article: all attributions, and for each the index of the one around it."""

    attributions: tuple[CharAttribution, ...]
    parents: tuple[int, ...]


class ArticleCounts(NamedTuple):
    """Counts of one article: strict pairs, pairs by their cues alone, attributions at any depth."""

    pairs: Counts
    by_cues: Counts
    attributions: Counts


def read_nested(path: Path, part: str | None = None) -> list[NestedArticle]:
    """The gold articles of a file, of one part or of all."""
    rows = list(read_lines(path))
    told = all("within" in each for row in rows for each in row["attributions"])
    return [
        _build_nested(row, article, told)
        for row, article in zip(rows, read_articles(path), strict=True)
        if part is None or row.get("part") == part
    ]


def _build_nested(row: Mapping[str, Any], article: GoldArticle, told: bool) -> NestedArticle:
    parents = [-1 if each.get("within") is None else each["within"] for each in row["attributions"]]
    if not told:
        parents = [_find_outer(index, article.attributions) for index in range(len(parents))]
    return NestedArticle(article=article, parents=tuple(parents), kind=row.get("kind") or "", complete=told)


def _find_outer(index: int, attributions: Sequence[CharAttribution]) -> int:
    inner = attributions[index]
    spans = (*inner.source, *inner.cue)
    around = [
        other
        for other, each in enumerate(attributions)
        if other != index and spans and all(_hold(each.content, span) for span in spans)
    ]
    return min(around, key=lambda other: (_measure_size(attributions[other].content), other), default=-1)


def _hold(content: Sequence[Chars], span: Chars) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in content)


def _measure_size(content: Sequence[Chars]) -> int:
    return sum(end - start for start, end in content)


def list_pairs(parents: Sequence[int]) -> list[tuple[int, int]]:
    """(inner, outer) for each attribution that stands in another."""
    return [(inner, outer) for inner, outer in enumerate(parents) if outer >= 0]


def count_pairs(article: PairedArticle, predicted: Sequence[int], gold: Sequence[int]) -> Counts:
    """Nested pairs of one article whose members both are hits of the pairing; `predicted` and `gold` are the
    parents of each side.
    """
    hits = {i: j for i, j in article.pairs if agree_heads(article.predicted[i], article.gold[j])}
    said = [(hits.get(inner, -1), hits.get(outer, -1)) for inner, outer in list_pairs(predicted)]
    true = set(list_pairs(gold))
    return Counts(sum(pair in true for pair in said), len(said), len(true))


def count_cues(article: PairedArticle, predicted: Sequence[int], gold: Sequence[int]) -> Counts:
    """Nested pairs of one article whose cues both share a token with the cues of a gold pair; whatever their
    speakers and contents. Gold pairs in which one has no cue are never found.
    """
    found = set()
    said = list_pairs(predicted)
    for pair in list_pairs(gold):
        for other in said:
            cues = [(article.predicted[i].cue, article.gold[j].cue) for i, j in zip(other, pair, strict=True)]
            if all(ours & theirs for ours, theirs in cues):
                found.add(pair)
    return Counts(len(found), len(said), len(list_pairs(gold)))


def count_article(gold: NestedArticle, predicted: Nested) -> ArticleCounts:
    """The counts of one article."""
    paired = project_article(gold.article, predicted.attributions)
    return ArticleCounts(
        pairs=count_pairs(paired, predicted.parents, gold.parents),
        by_cues=count_cues(paired, predicted.parents, gold.parents),
        attributions=count_relations(paired),
    )


def score_nesting(
    gold: Sequence[NestedArticle], predicted: Sequence[Nested], *, data: str, system: str = "model"
) -> Figures:
    """F1, precision and recall of nested pairs, by kind of text too, with bootstrap intervals by article.

    Where the gold does not say that it is complete (GUM), recall alone.
    """
    counts = [count_article(text, said) for text, said in zip(gold, predicted, strict=True)]
    pairs = [each.pairs for each in counts]
    if all(text.complete for text in gold):
        measures = list(_measure_complete(gold, counts))
        notes: tuple[str, ...] = ()
    else:
        measures = [measure_counts("nested recall", pairs, score="recall")]
        notes = (
            f"{sum(each.predicted for each in pairs)} pairs were said; the gold does not list all pairs",
        )
        notes += tuple(_note_bare(gold))
    by_cues = [each.by_cues for each in counts]
    measures.append(measure_counts("nested recall by cues", by_cues, score="recall"))
    return Figures(task="nesting", data=data, system=system, measures=tuple(measures), notes=notes)


def _measure_complete(gold: Sequence[NestedArticle], counts: Sequence[ArticleCounts]) -> Iterator[Measure]:
    pairs = [each.pairs for each in counts]
    yield measure_counts("nested pairs", pairs)
    yield measure_counts("nested precision", pairs, score="precision")
    yield measure_counts("nested recall", pairs, score="recall")
    for kind in sorted({text.kind for text in gold} - {"", FLAT}):
        own = [each for text, each in zip(gold, pairs, strict=True) if text.kind == kind]
        yield measure_counts(f"nested pairs, {kind}", own)
    flat = [each for text, each in zip(gold, pairs, strict=True) if text.kind == FLAT]
    if flat:
        false = sum(each.predicted - each.hits for each in flat)
        yield Measure(name="false pairs in flat texts", value=float(false), gold=len(flat), counted=True)
    yield measure_counts("attributions", [each.attributions for each in counts])


def _note_bare(gold: Sequence[NestedArticle]) -> Iterator[str]:
    cues = [
        all(text.article.attributions[index].cue for index in pair)
        for text in gold
        for pair in list_pairs(text.parents)
    ]
    if not all(cues):
        yield f"{cues.count(False)} of {len(cues)} gold pairs have a member without a cue: not to be found"
