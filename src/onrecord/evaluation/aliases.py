"""pairs of names, verdicts -> how many of one actor's names are joined, and how many joins are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from onrecord.evaluation.alias_pairs import AliasPair
from onrecord.evaluation.counts import Counts, Figures, Measure, measure_counts
from onrecord.names import Likeness, Names, compare_names

Judge = Callable[[AliasPair], Likeness]


def judge_pairs(pairs: Sequence[AliasPair], names: Names) -> list[Likeness]:
    """What the comparison of names says of each pair."""
    return [compare_names(pair.first, pair.second, pair.kind, names) for pair in pairs]


def score_pairs(
    pairs: Sequence[AliasPair], found: Sequence[Likeness], *, data: str, system: str = "names"
) -> Figures:
    """Precision and recall of the verdict "same" in one part, with bootstrap intervals by pair, in all and by
    kind, and the share of pairs of two actors that were called different at once.
    """
    judged = list(zip(pairs, found, strict=True))
    measures = list(_measure([_count(*each) for each in judged], ""))
    for kind in sorted({pair.kind for pair in pairs}):
        measures += _measure([_count(*each) for each in judged if each[0].kind == kind], f", {kind}")
    apart = [likeness.verdict == "different" for pair, likeness in judged if not pair.same]
    if apart:
        measures.append(Measure(name="called different", value=sum(apart) / len(apart), gold=len(apart)))
    unsure = sum(likeness.verdict == "unsure" for pair, likeness in judged if pair.same)
    one = sum(pair.same for pair in pairs)
    notes = (f"{one} pairs of one actor, {len(pairs) - one} of two; {unsure} of one actor are unsure",)
    return Figures(task="aliases", data=data, system=system, measures=tuple(measures), notes=notes)


def _count(pair: AliasPair, likeness: Likeness) -> Counts:
    said = likeness.verdict == "same"
    return Counts(hits=int(said and pair.same), predicted=int(said), gold=int(pair.same))


def _measure(counts: Sequence[Counts], tail: str) -> Iterator[Measure]:
    for score in ("precision", "recall"):
        yield measure_counts(f"{score}{tail}", counts, score=score)
