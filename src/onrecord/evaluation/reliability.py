"""gold articles + what a model made of them -> how far its scores can be believed, statements and speakers.

An attribution is right when it is a hit of relation F1; a speaker is judged where content and cue are right,
and is right when its head is. On gold that nests nothing (PolNeAR) only outermost attributions are judged.
Of a ledger, a statement is right when the gold has it (by content) and its speaker is right or left in the
gold's words; the speaker is right when it leads to an accepted name, and is not judged where it is left as
worded though only a name would be right: nothing is claimed there. No intervals: resampling makes
a calibration error larger than it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from onrecord.evaluation.attribution import project_article, read_attributions
from onrecord.evaluation.calibration import Answer, build_curve, build_reliability, measure_miscalibration
from onrecord.evaluation.counts import Figures, Measure, Table
from onrecord.evaluation.nesting import NestedArticle
from onrecord.evaluation.pairing import ENOUGH, agree_heads, score_tokens
from onrecord.evaluation.statements import GoldStatement, StatementRow, name_right, pair_rows
from onrecord.records import Annotation

RELIABILITY = ("from", "count", "mean score", "right")
CURVE = ("score from", "count", "precision", "recall")


class Answers(NamedTuple):
    """Scores with whether each was right, and how many statements the gold has."""

    statements: tuple[Answer, ...]
    speakers: tuple[Answer, ...]
    gold: int
    unclaimed: int = 0
    """Speakers left as worded where only a name would be right."""


def judge_scores(gold: NestedArticle, annotation: Annotation, *, nested: bool) -> Answers:
    """The answers of one article; of attributions at any depth with `nested`, else of outermost ones."""
    predicted = read_attributions(annotation, nested=nested)
    certain = [each.speaker_score for each in annotation.attributions if nested or each.parent == -1]
    paired = project_article(gold.article, predicted)
    partner = dict(paired.pairs)
    statements, speakers = [], []
    for index, ours in enumerate(paired.predicted):
        theirs = paired.gold[partner[index]] if index in partner else None
        statements.append((predicted[index].score, theirs is not None and agree_heads(ours, theirs)))
        if theirs is None or ours.cue_head != theirs.cue_head:
            continue
        if score_tokens(ours.content, theirs.content) >= ENOUGH:
            speakers.append((certain[index], ours.source_head == theirs.source_head))
    return Answers(tuple(statements), tuple(speakers), len(paired.gold))


def judge_rows(rows: Sequence[StatementRow], gold: Sequence[GoldStatement], text: str) -> Answers:
    """The answers of one article as a ledger exports it; rows for optional statements count neither way."""
    pairs = {index: gold[at] for index, at in pair_rows(rows, gold, text).items()}
    statements, speakers, unclaimed = [], [], 0
    for index, row in enumerate(rows):
        each = pairs.get(index)
        if each is None:
            statements.append((row.score, False))
        elif not each.optional:
            right = name_right(row.speakers, each.speaker)
            worded = bool(row.speakers) and name_right(row.speakers, (*each.speaker, *each.worded))
            statements.append((row.score, right or worded))
            if right or not worded:
                speakers.append((row.speaker_score, right))
            else:
                unclaimed += 1
    return Answers(tuple(statements), tuple(speakers), sum(not each.optional for each in gold), unclaimed)


def score_calibration(
    gold: Sequence[NestedArticle], annotations: Sequence[Annotation], *, data: str, system: str = "model"
) -> Figures:
    """Calibration errors, with reliability tables and precision and recall by threshold beside them."""
    nested = any(parent >= 0 for text in gold for parent in text.parents)
    articles = [judge_scores(*pair, nested=nested) for pair in zip(gold, annotations, strict=True)]
    figures = tabulate_answers(pool_answers(articles), data=data, system=system)
    return _mark_incomplete(figures) if nested and not all(text.complete for text in gold) else figures


def _mark_incomplete(figures: Figures) -> Figures:
    """The figures with the error of the statements' scores as a view: it cannot be known here."""
    first, *rest = figures.measures
    note = "the gold lists clauses only: a statement that it lacks counts as wrong, so scores look too high"
    return replace(
        figures, measures=(*rest, replace(first, name=f"{first.name}, gold incomplete")), notes=(note,)
    )


def pool_answers(articles: Sequence[Answers]) -> Answers:
    """The answers of all articles."""
    return Answers(
        tuple(answer for each in articles for answer in each.statements),
        tuple(answer for each in articles for answer in each.speakers),
        sum(each.gold for each in articles),
        sum(each.unclaimed for each in articles),
    )


def tabulate_answers(answers: Answers, *, data: str, system: str = "model") -> Figures:
    """The figures of some answers. Recall of statements is of all that the gold has; of speakers, of those
    judged that are right.
    """
    statements, speakers, gold, unclaimed = answers
    told = sum(right for _, right in speakers)
    note = f"{unclaimed} speakers are left as worded where only a name would be right: not judged"
    return Figures(
        task="calibration",
        data=data,
        system=system,
        notes=(note,) if unclaimed else (),
        measures=(
            Measure(name="error of scores", value=measure_miscalibration(statements), gold=len(statements)),
            Measure(
                name="error of speaker scores", value=measure_miscalibration(speakers), gold=len(speakers)
            ),
        ),
        tables=(
            Table(name="reliability of statements", columns=RELIABILITY, rows=tuple(_list_bins(statements))),
            Table(name="statements by threshold", columns=CURVE, rows=build_curve(statements, gold)),
            Table(name="reliability of speakers", columns=RELIABILITY, rows=tuple(_list_bins(speakers))),
            Table(name="speakers by threshold", columns=CURVE, rows=build_curve(speakers, told)),
        ),
    )


def _list_bins(answers: Sequence[Answer]) -> Iterator[tuple[float, int, float, float]]:
    return ((each.low, each.size, each.score, each.right) for each in build_reliability(answers))
