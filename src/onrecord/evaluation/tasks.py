"""task, gold file, model -> figures: what `onrecord evaluate` and the benchmarks call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from onrecord.errors import StopRun
from onrecord.evaluation.attribution import read_attributions, score_attribution
from onrecord.evaluation.attribution_gold import read_articles, read_lines
from onrecord.evaluation.coreference import project_clusters, read_clustered, score_coreference
from onrecord.evaluation.counts import Figures
from onrecord.evaluation.entities import (
    WORLDWIDE,
    Fold,
    build_sentence,
    fold_four,
    fold_nine,
    fold_three,
    score_entities,
)
from onrecord.evaluation.nesting import Nested, read_nested, score_nesting
from onrecord.evaluation.reliability import score_calibration
from onrecord.evaluation.speakers import judge_article, read_speakers, score_speakers
from onrecord.evaluation.syntax import score_syntax
from onrecord.evaluation.trees import read_trees
from onrecord.seams import Model

Item = TypeVar("Item")


def take_stride(items: Sequence[Item], stride: int) -> list[Item]:
    """Every stride-th item from the first: a sample that is the same each time."""
    return list(items[:: max(1, stride)])


def name_data(path: Path) -> str:
    """A gold file's name in reports: its folder and its first name ("polnear/dev")."""
    return f"{path.resolve().parent.name}/{path.name.split('.')[0]}"


def evaluate_attribution(path: Path, model: Model, *, system: str = "model", stride: int = 1) -> Figures:
    """Attribution figures of a PolNeAR-like file (see `attribution_gold` for what lies beside it)."""
    gold = take_stride(read_articles(path), stride)
    predicted = {each.id: read_attributions(model.annotate([each.text])[0]) for each in gold}
    return score_attribution(gold, predicted, data=name_data(path), system=system)


def evaluate_syntax(path: Path, model: Model, *, system: str = "model", stride: int = 1) -> Figures:
    """Figures from raw text of a CoNLL-U file."""
    gold = take_stride(read_trees(path), stride)
    annotations = {each.id: model.annotate([each.text])[0] for each in gold}
    return score_syntax(gold, annotations, data=name_data(path), system=system)


def evaluate_entities(path: Path, model: Model, *, system: str = "model", stride: int = 1) -> Figures:
    """Entity figures of a file of sentences; its labels say in which classes: Worldwide's nine (also folded
    to four), or UNER's three.

    Each sentence is given to the model as a text of its own.
    """
    rows = take_stride(list(read_lines(path)), stride)
    labels = {label for row in rows for _, _, label in row["ents"]}
    gold = [build_sentence(row, WORLDWIDE) for row in rows]
    annotations = [model.annotate([each.text])[0] for each in gold]
    folds: Mapping[str, Fold] = {"9 classes": fold_nine, "4 classes": fold_four}
    if labels <= {"PER", "ORG", "LOC"}:
        folds = {"3 classes": fold_three}
    return score_entities(gold, annotations, folds=folds, data=name_data(path), system=system)


def evaluate_coreference(path: Path, model: Model, *, system: str = "model", stride: int = 1) -> Figures:
    """Coreference figures of a file of GUM or OntoGUM (see `coreference.read_clustered`)."""
    gold = take_stride(read_clustered(path), stride)
    predicted = [project_clusters(model.annotate([each.text])[0], each.tokens) for each in gold]
    return score_coreference(gold, predicted, data=name_data(path), system=system)


def evaluate_nesting(
    path: Path, model: Model, *, system: str = "model", stride: int = 1, part: str | None = None
) -> Figures:
    """Figures of nested pairs of a file whose attributions may stand in each other (see `nesting`), of one
    part or of all.
    """
    gold = take_stride(read_nested(path, part), stride)
    predicted = []
    for each in gold:
        annotation = model.annotate([each.article.text])[0]
        parents = tuple(one.parent for one in annotation.attributions)
        predicted.append(Nested(read_attributions(annotation, nested=True), parents))
    return score_nesting(gold, predicted, data=_name_part(path, part), system=system)


def evaluate_speakers(path: Path, model: Model, *, system: str = "model", stride: int = 1) -> Figures:
    """Figures of the speakers' clusters of a file of GUM's attributions."""
    gold = take_stride(read_speakers(path), stride)
    judged = [judge_article(each, model.annotate([each.article.text])[0]) for each in gold]
    return score_speakers(judged, data=name_data(path), system=system)


def evaluate_calibration(
    path: Path, model: Model, *, system: str = "model", stride: int = 1, part: str | None = None
) -> Figures:
    """How far the scores can be believed on a file of attributions (PolNeAR, GUM, own nested ones), of one
    part or of all.
    """
    gold = take_stride(read_nested(path, part), stride)
    annotations = [model.annotate([each.article.text])[0] for each in gold]
    return score_calibration(gold, annotations, data=_name_part(path, part), system=system)


def _name_part(path: Path, part: str | None) -> str:
    return f"{name_data(path)} {part}" if part else name_data(path)


TASKS: Mapping[str, Callable[..., Figures]] = {
    "attribution": evaluate_attribution,
    "calibration": evaluate_calibration,
    "coreference": evaluate_coreference,
    "entities": evaluate_entities,
    "nesting": evaluate_nesting,
    "speakers": evaluate_speakers,
    "syntax": evaluate_syntax,
}


def list_tasks() -> Iterable[str]:
    """The names `evaluate_task` knows."""
    return sorted(TASKS)


def evaluate_task(task: str, path: Path, model: Model, *, system: str = "model", stride: int = 1) -> Figures:
    """The figures of a model on one gold file.

    Raises StopRun for a task of another name or a file that is not there.
    """
    if task not in TASKS:
        raise StopRun(f"no task {task!r}: choose one of {', '.join(list_tasks())}")
    if not path.is_file():
        raise StopRun(f"no gold file {path}: give the path of a file in the task's format")
    return TASKS[task](path, model, system=system, stride=stride)
