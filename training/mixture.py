"""Corpora folder and configuration -> prepared training cases, the mix of each epoch, and dev cases."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.language.features import Wordpieces
from training.batches import Prepared, prepare
from training.cases import Case
from training.compose import Composer
from training.corpora import (
    WIKIGOLD,
    WIKIGOLD_OUTSIDE,
    WORLDWIDE,
    add_attributions,
    add_clusters,
    add_kinds,
    add_uner,
    read_names,
    read_polnear,
    read_treebank,
)
from training.news_chains import read_news_chains

FILES = {
    "ewt": "syntax/ewt/{part}.conllu.gz",
    "uner_ewt": "ner/uner_ewt/{part}.jsonl.gz",
    "gum": "syntax/gum_open/{part}.conllu.gz",
    "gum_news": "syntax/gum_open/{part}_news.conllu.gz",
    "worldwide": "ner/worldwide/{part}.jsonl.gz",
    "wikigold": "ner/wikigold/{part}.jsonl.gz",
    "polnear": "attribution/polnear/{part}.jsonl.gz",
    "polnear_silver": "attribution/polnear/{part}.corenlp.jsonl.gz",
    "gum_attributions": "attribution/gum/{part}.jsonl.gz",
    "gum_mentions": "coref/gum/{part}.jsonl.gz",
    "ecbplus": "coref/ecbplus/{part}.docs.jsonl.gz",
    "ecbplus_chains": "coref/ecbplus/{part}.chains.jsonl.gz",
    "meantime": "coref/meantime_en/{part}.docs.jsonl.gz",
    "meantime_chains": "coref/meantime_en/{part}.chains.jsonl.gz",
    "ontogum": "coref/ontogum/{part}.jsonl.gz",
}
PARTS = {"uner_ewt": "train_prerelease"}
"""Names of train files that are not called train."""


def find_file(root: Path, corpus: str, part: str) -> Path:
    """Return where a part of a corpus lies."""
    name = PARTS.get(corpus, part) if part == "train" else part
    return root / FILES[corpus].format(part=name)


def read_corpus(root: Path, corpus: str, part: str) -> list[Case]:
    """Return the cases of one corpus."""
    path = find_file(root, corpus, part)
    if corpus == "worldwide":
        return read_names(path, {label: [name] for label, name in WORLDWIDE.items()}, [])
    if corpus == "wikigold":
        return read_names(path, WIKIGOLD, WIKIGOLD_OUTSIDE)
    if corpus == "polnear":
        return read_polnear(path, find_file(root, "polnear_silver", part))
    if corpus in ("ecbplus", "meantime"):
        return read_news_chains(path, find_file(root, f"{corpus}_chains", part))
    cases = read_treebank(path)
    if corpus == "ewt" and part == "train":
        add_uner(cases, find_file(root, "uner_ewt", part))
    if corpus == "gum":
        add_clusters(cases, find_file(root, "ontogum", part))
        add_kinds(cases, find_file(root, "gum_mentions", part))
        add_attributions(cases, find_file(root, "gum_attributions", part))
    return cases


@dataclass(slots=True)
class Mixture:
    """The training cases of every corpus and what makes the composed ones."""

    corpora: dict[str, list[Prepared]]
    composer: Composer
    shares: dict[str, Any]
    wordpieces: Wordpieces
    seed: int

    @classmethod
    def read(cls, root: Path, shares: dict[str, Any], wordpieces: Wordpieces, seed: int) -> Mixture:
        """Read every corpus that has a share."""
        cases = {name: read_corpus(root, name, "train") for name in shares if name != "composed"}
        composer = Composer(cases["polnear"])
        prepared = {name: prepare(corpus, wordpieces) for name, corpus in cases.items()}
        return cls(prepared, composer, shares, wordpieces, seed)

    def list_relations(self) -> list[str]:
        """Return every relation of the train trees, sorted."""
        names = {
            relation
            for corpus in self.corpora.values()
            for prepared in corpus
            for relation in prepared.case.relations or ()
        }
        return sorted(names)

    def pick_epoch(self, epoch: int) -> list[Prepared]:
        """Return the texts of an epoch; shares below one go round the corpus from epoch to epoch."""
        picked: list[Prepared] = []
        for name, corpus in self.corpora.items():
            picked += pick_share(corpus, float(self.shares[name]), epoch, random.Random(self.seed))
        rng = random.Random(self.seed * 1_000_003 + epoch)
        made = [self.composer.make_case(rng, f"made-{epoch}-{i}") for i in range(self.shares["composed"])]
        return picked + prepare(made, self.wordpieces)


def make_dev(root: Path, wordpieces: Wordpieces) -> dict[str, list[Prepared]]:
    """Return the dev cases: treebanks, names, attributions and made-up nested attributions."""
    names = ("ewt", "gum", "gum_news", "worldwide", "polnear", "ecbplus", "meantime")
    cases = {name: read_corpus(root, name, "dev") for name in names}
    rng, composer = random.Random(0), Composer(cases["polnear"])
    cases["composed"] = [composer.make_case(rng, f"made-dev-{index}") for index in range(200)]
    return {name: prepare(corpus, wordpieces) for name, corpus in cases.items()}


def pick_share(corpus: Sequence[Prepared], share: float, epoch: int, rng: random.Random) -> list[Prepared]:
    """Return `share` times the corpus, going on in each epoch where the last one ended."""
    order = list(range(len(corpus)))
    rng.shuffle(order)
    count = round(len(corpus) * share)
    return [corpus[order[(epoch * count + index) % len(corpus)]] for index in range(count)]
