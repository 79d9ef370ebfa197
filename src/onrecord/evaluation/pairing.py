"""gold and predicted attributions of one article, as token sets -> which belong together, and which agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.errors import StopRun
from onrecord.evaluation.counts import Counts

ENOUGH = 0.5
"""Content token F1 from which two attributions are taken for one (a hit also needs both heads)."""
TIE = 1e-6
"""Added to the weight of a pair for each agreeing head, so that ties of content are broken by who and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAttribution:
    """One attribution over the tokens of an article."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    source_head: int | None
    cue_head: int | None
    quotation: str

    @property
    def parts(self) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        """Source, cue and content."""
        return self.source, self.cue, self.content


def score_tokens(predicted: frozenset[int], gold: frozenset[int]) -> float:
    """F1 of two token sets; 0 when both are empty (an attribution without content pairs with nothing)."""
    total = len(predicted) + len(gold)
    return 2 * len(predicted & gold) / total if total else 0.0


def match_weights(weights: np.ndarray) -> list[tuple[int, int]]:
    """The one-to-one pairing of rows and columns with the greatest total weight, without pairs of weight 0.

    Raises StopRun where scipy is not installed.
    """
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise StopRun("scoring needs scipy: pip install 'onrecord[evaluation]'") from error
    if not weights.size:
        return []
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0]


def pair_attributions(
    predicted: Sequence[TokenAttribution], gold: Sequence[TokenAttribution]
) -> list[tuple[int, int]]:
    """Pairs (index of predicted, index of gold), one to one, of greatest summed content token F1 (Hungarian).

    Equal sums are settled in favour of pairs whose source and cue heads agree, so the score does not depend
    on the order of either list.
    """
    weights = np.zeros((len(predicted), len(gold)))
    for i, ours in enumerate(predicted):
        for j, theirs in enumerate(gold):
            content = score_tokens(ours.content, theirs.content)
            if content:
                agreeing = (ours.source_head == theirs.source_head) + (ours.cue_head == theirs.cue_head)
                agreeing += 2 * (ours.parts == theirs.parts)
                weights[i, j] = content + TIE * agreeing
    return match_weights(weights)


def agree_heads(predicted: TokenAttribution, gold: TokenAttribution) -> bool:
    """Whether a pair is a hit: content token F1 of at least one half, and the same source and cue heads (no
    source: both have none).
    """
    return (
        score_tokens(predicted.content, gold.content) >= ENOUGH
        and predicted.source_head == gold.source_head
        and predicted.cue_head == gold.cue_head
    )


def agree_strictly(predicted: TokenAttribution, gold: TokenAttribution) -> bool:
    """Whether source, cue and content hold the same tokens."""
    return predicted.parts == gold.parts


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedArticle:
    """One article's attributions with the pairing of the two sides."""

    predicted: tuple[TokenAttribution, ...]
    gold: tuple[TokenAttribution, ...]
    pairs: tuple[tuple[int, int], ...]


def pair_article(predicted: Sequence[TokenAttribution], gold: Sequence[TokenAttribution]) -> PairedArticle:
    """The article with its pairing."""
    pairs = tuple(pair_attributions(predicted, gold))
    return PairedArticle(predicted=tuple(predicted), gold=tuple(gold), pairs=pairs)


def count_relations(article: PairedArticle, *, view: str = "all", strict: bool = False) -> Counts:
    """Hits, predicted and gold attributions of one article in one view (see `select_view`)."""
    gold, predicted = select_view(article, view)
    agree = agree_strictly if strict else agree_heads
    hits = sum(j in gold and agree(article.predicted[i], article.gold[j]) for i, j in article.pairs)
    return Counts(hits, len(predicted), len(gold))


def count_content(article: PairedArticle, *, view: str = "all") -> Counts:
    """Tokens inside any content, of one article in one view."""
    gold, predicted = select_view(article, view)
    true = frozenset().union(*(article.gold[j].content for j in gold))
    said = frozenset().union(*(article.predicted[i].content for i in predicted))
    return Counts(len(true & said), len(said), len(true))


def select_view(article: PairedArticle, view: str) -> tuple[set[int], set[int]]:
    """Indices of gold and of predicted attributions that belong to a view.

    Views: `all`; `direct`, `mixed`, `indirect`; `source`, `no source`. A prediction stands in the view of the
    gold attribution it is paired with; one that is paired with none, in the view of its own form.
    """
    gold = {j for j, each in enumerate(article.gold) if in_view(each, view)}
    partner = dict(article.pairs)
    predicted = {
        i
        for i, each in enumerate(article.predicted)
        if (partner[i] in gold if i in partner else in_view(each, view))
    }
    return gold, predicted


def in_view(attribution: TokenAttribution, view: str) -> bool:
    """Whether an attribution is of the form a view asks for."""
    if view == "all":
        return True
    if view in ("source", "no source"):
        return bool(attribution.source) == (view == "source")
    return attribution.quotation == view
