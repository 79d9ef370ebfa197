"""A folder of weights -> its decoding rules: `python -m training.tune FOLDER`, after every export.

Fits the two calibrations and chooses the least scores on PolNeAR dev and OntoGUM dev, and writes them into
`labels.json`.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.evaluation.attribution import GoldArticle, project_article
from onrecord.evaluation.attribution_gold import read_articles
from onrecord.evaluation.calibration import cross_score, measure_miscalibration
from onrecord.evaluation.pairing import ENOUGH, agree_heads, score_tokens
from onrecord.evaluation.paragraphs import CharAttribution
from onrecord.evaluation.tasks import evaluate_task
from onrecord.language.confidence import Rules, to_logit
from onrecord.language.model import LanguageModel
from onrecord.language.nesting import Draft

OPEN = Rules(keep=0.0, keep_nested=0.0)
"""Rules that keep every draft, so that its evidence can be weighed."""
PENALTY = 1e-2
"""Ridge on the weights: some pieces of evidence nearly repeat others."""

SLACK = 0.003
"""Chosen after a threshold of 0.36 (best: 0.42) was seen to find more of our own gold; the interval of
relation F1 over 82 articles is ten times as wide."""

ANTECEDENTS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0)
"""Least scores of an antecedent that are tried; none scores 0."""

Case = tuple[Draft, bool, bool | None]
"""A draft, whether it is a hit, and whether its speaker is right (None where content or cue is wrong)."""


def main() -> None:
    """Tune the rules of one folder of weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--corpora", type=Path, default=Path(os.environ.get("ONRECORD_CORPORA", "../shared/corpora"))
    )
    arguments = parser.parse_args()
    print(json.dumps(tune_folder(arguments.folder, arguments.corpora), indent=1))


def tune_folder(folder: Path, corpora: Path) -> dict[str, Any]:
    """Write the rules into the folder's `labels.json` and return them with what they promise."""
    rules, report = tune(folder, read_articles(corpora / "attribution" / "polnear" / "dev.jsonl.gz"))
    rules["antecedent"], report["CoNLL F1 on dev"] = choose_antecedent(
        folder, corpora / "coref" / "ontogum" / "dev.jsonl.gz"
    )
    path = folder / "labels.json"
    labels = json.loads(path.read_text(encoding="utf-8"))
    labels["rules"] = rules
    path.write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {"rules": rules, **report}


def tune(folder: Path, articles: list[GoldArticle]) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the rules to write and what they promise."""
    model = LanguageModel(folder, rules=OPEN)
    cases: list[Case] = []
    names: list[int] = []
    gold = 0
    for number, article in enumerate(articles):
        drafts, offsets = model.draft_attributions(article.text)
        cases += judge_drafts(article, [draft for draft in drafts if draft.outer is None], offsets)
        names += [number] * (len(cases) - len(names))
        gold += len(article.attributions)
    evidence = np.array([[1, to_logit(draft.top), *draft.evidence] for draft, _, _ in cases])
    hits = np.array([hit for _, hit, _ in cases], float)
    score = fit_logistic(evidence, hits)
    keep, best = choose_keep(1 / (1 + np.exp(-evidence @ score)), hits, gold)
    told = [place for place, (_, _, right) in enumerate(cases) if right is not None]
    about = np.array([[1, to_logit(cases[at][0].top), *cases[at][0].evidence[4:7]] for at in told])
    right = np.array([cases[at][2] for at in told], float)
    speaker = fit_logistic(about, right)
    kept = 1 / (1 + np.exp(-evidence @ score)) >= keep
    rules = {
        "keep": keep,
        "score": [round(float(weight), 4) for weight in score],
        "speaker_score": [round(float(weight), 4) for weight in speaker],
    }
    return rules, {
        "relation F1 on dev": best,
        "drafts": float(len(cases)),
        "hits": float(hits.sum()),
        "cross-fitted error of scores": cross_fit(evidence, hits, np.array(names), kept),
        "cross-fitted error of speaker scores": cross_fit(about, right, np.array(names)[told], kept[told]),
    }


def cross_fit(
    evidence: NDArray[np.float64],
    right: NDArray[np.float64],
    names: NDArray[np.int64],
    kept: NDArray[np.bool_],
) -> float:
    """Return the calibration error of what is kept, by scores fitted on every other article: what the shipped
    scores, fitted on all articles, would be worth elsewhere.
    """
    places = list(range(len(right)))

    def fit(half: Sequence[int]) -> Callable[[int], float]:
        weights = fit_logistic(evidence[list(half)], right[list(half)])
        return lambda place: float(1 / (1 + np.exp(-evidence[place] @ weights)))

    scores = cross_score(places, names.tolist(), fit)
    answers = [(scores[place], bool(right[place])) for place in places if kept[place]]
    return round(measure_miscalibration(answers), 4)


def judge_drafts(article: GoldArticle, drafts: list[Draft], offsets: list[tuple[int, int]]) -> Iterator[Case]:
    """Yield each draft with whether it is right, by the pairing of the relation measure."""

    def locate(span: tuple[int, int]) -> tuple[int, int]:
        return offsets[span[0]][0], offsets[span[1] - 1][1]

    predicted = [
        CharAttribution(
            (locate(draft.speaker),) if draft.speaker else (),
            (locate(draft.cue),),
            tuple(map(locate, draft.content)),
            0.0,
        )
        for draft in drafts
    ]
    both = project_article(article, predicted)
    partner = dict(both.pairs)
    for index, draft in enumerate(drafts):
        if index not in partner:
            yield draft, False, None
            continue
        ours, theirs = both.predicted[index], both.gold[partner[index]]
        found = score_tokens(ours.content, theirs.content) >= ENOUGH and ours.cue_head == theirs.cue_head
        yield draft, agree_heads(ours, theirs), (ours.source_head == theirs.source_head) if found else None


def fit_logistic(evidence: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of a ridge logistic regression (Newton's method)."""
    weights = np.zeros(evidence.shape[1])
    ridge = PENALTY * len(right) * np.eye(len(weights)) / 10
    ridge[0, 0] = 0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-evidence @ weights))
        slope = evidence.T @ (right - chance) - ridge @ weights
        bend = (evidence * (chance * (1 - chance))[:, None]).T @ evidence + ridge
        step = np.linalg.solve(bend + 1e-9 * np.eye(len(weights)), slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def choose_antecedent(folder: Path, gold: Path) -> tuple[float, float]:
    """Return the least score of an antecedent that is best on OntoGUM dev, and its CoNLL F1."""
    found = {}
    for least in ANTECEDENTS:
        model = LanguageModel(folder, rules=Rules(antecedent=least))
        figures = evaluate_task("coreference", gold, model)
        found[least] = next(each.value for each in figures.measures if each.name == "CoNLL F1")
    best = max(found, key=lambda least: found[least])
    return best, round(found[best], 4)


def choose_keep(chance: NDArray[np.float64], hits: NDArray[np.float64], gold: int) -> tuple[float, float]:
    """Return the least score whose relation F1 is within `SLACK` of the best, and that F1.

    Within the noise of the measure a reader prefers the statement that is there with a low score, which can
    be filtered out, to the one that is missing.
    """
    options = [round(value, 2) for value in np.arange(0.1, 0.75, 0.01)]
    scores = [2 * hits[chance >= keep].sum() / ((chance >= keep).sum() + gold) for keep in options]
    best = next(at for at, value in enumerate(scores) if value >= max(scores) - SLACK)
    return options[best], round(float(scores[best]), 4)


if __name__ == "__main__":
    main()
