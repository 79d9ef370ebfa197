"""Network and dev cases -> plain dev figures for the log (the published ones come from the benchmark)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.language.features import cut_windows
from training.batches import Prepared, Window, group_windows, make_batch
from training.cases import ENTITY, IGNORED, ROLE
from training.pairs import Pairs, score_pairs

Array = NDArray[Any]
Run = Callable[[dict[str, Any]], dict[str, Array]]
"""Batch -> outputs by name, `roles` those of the gold anchors of the batch."""


def score_dev(run: Run, dev: dict[str, list[Prepared]], relations: list[str]) -> dict[str, float]:
    """Return figures in percent: tags and trees over gold words and sentences, the rest exact F1."""
    figures: dict[str, float] = {}
    for name, corpus in dev.items():
        counts: Counter[str] = Counter()
        for batch, outputs in run_all(run, corpus, relations):
            count_batch(counts, batch, outputs)
        for key, value in finish(counts).items():
            figures[f"{name}.{key}"] = value
    return figures


def run_all(
    run: Run, corpus: Sequence[Prepared], relations: list[str], budget: int = 2048
) -> Iterator[tuple[dict[str, Array], dict[str, Array]]]:
    """Return each batch and its outputs as arrays."""
    table = {name: index for index, name in enumerate(relations)}
    wholes = [[Window(part, start, end, 0) for start, end in cut_windows(part.features)] for part in corpus]
    chains = [whole for whole in wholes if whole[0].prepared.chain is not None]
    windows = [window for whole in wholes if whole[0].prepared.chain is None for window in whole]
    for group in [*chains, *group_windows(windows, budget)]:
        batch = make_batch(group, table, augment=False)
        outputs = run(batch)
        yield {name: tensor.numpy() for name, tensor in batch.items()}, outputs


def count_batch(counts: Counter[str], batch: dict[str, Array], outputs: dict[str, Array]) -> None:
    """Add a batch to the counts."""
    known = batch["upos"] != IGNORED
    counts["upos.n"] += int(known.sum())
    counts["upos.ok"] += int((outputs["upos"].argmax(-1) == batch["upos"])[known].sum())
    count_trees(counts, batch, outputs)
    known = (batch["sentence"] != IGNORED) & (np.arange(batch["sentence"].shape[1]) > 1)
    count_pairs(counts, "sentence", (outputs["sentence"] > 0) & known, (batch["sentence"] == 1) & known)
    for name in ("anchor_top", "anchor_any"):
        known = batch[name] != IGNORED
        count_pairs(counts, name, (outputs[name] > 0) & known, (batch[name] == 1) & known)
    count_entities(counts, batch, outputs)
    count_roles(counts, batch, outputs)
    count_chains(counts, batch, outputs)


def count_pairs(counts: Counter[str], name: str, found: Array, gold: Array) -> None:
    """Add true positives, predictions and gold marks of a yes-or-no label."""
    counts[f"{name}.tp"] += int((found & gold).sum())
    counts[f"{name}.p"] += int(found.sum())
    counts[f"{name}.g"] += int(gold.sum())


def count_trees(counts: Counter[str], batch: dict[str, Array], outputs: dict[str, Array]) -> None:
    """Add heads and relations right, greedy, within gold sentences."""
    known = batch["heads"] != IGNORED
    if not known.any():
        return
    number = batch["sentence_number"]
    allowed = number[:, :, None] == number[:, None, :]
    allowed[:, :, 0] = True
    index = np.arange(number.shape[1])
    allowed[:, index, index] = False
    heads = np.where(allowed, outputs["arc"], -1e9).argmax(-1)
    right = (heads == batch["heads"]) & known
    counts["tree.n"] += int(known.sum())
    counts["tree.heads"] += int(right.sum())
    labels = outputs["score_relations"](heads).argmax(-1)  # type: ignore[operator]
    counts["tree.both"] += int((right & (labels == batch["relations"])).sum())


def count_entities(counts: Counter[str], batch: dict[str, Array], outputs: dict[str, Array]) -> None:
    """Add exact names where each word has one gold tag."""
    for row, sets in enumerate(batch["entity"]):
        size = int((batch["first"][row] > 0).sum())
        labels = sets[1 : size + 1]
        if not len(labels) or any(bin(bits).count("1") != 1 for bits in labels.tolist()):
            continue
        gold = read_spans([bits.bit_length() - 1 for bits in labels.tolist()], ENTITY)
        found = read_spans(outputs["entity"][row, 1 : size + 1].argmax(-1).tolist(), ENTITY)
        counts["entity.tp"] += len(gold & found)
        counts["entity.p"] += len(found)
        counts["entity.g"] += len(gold)


def count_roles(counts: Counter[str], batch: dict[str, Array], outputs: dict[str, Array]) -> None:
    """Add exact parts and whole attributions, given the gold cue, outer and inner apart."""
    for index, (row, anchor) in enumerate(batch["anchors"].tolist()):
        size = int((batch["first"][row] > 0).sum())
        gold = read_spans(batch["roles"][index, 1 : size + 1].tolist(), ROLE)
        found = read_spans(outputs["roles"][index, 1 : size + 1].argmax(-1).tolist(), ROLE)
        level = "outer" if batch["anchor_top"][row, anchor] == 1 else "inner"
        counts[f"{level}.n"] += 1
        counts[f"{level}.ok"] += int(gold == found)
        for role in ("cue", "speaker", "content"):
            counts[f"{level}.{role}.tp"] += sum(span[0] == role for span in gold & found)
            counts[f"{level}.{role}.p"] += sum(span[0] == role for span in found)
            counts[f"{level}.{role}.g"] += sum(span[0] == role for span in gold)


def count_chains(counts: Counter[str], batch: dict[str, Array], outputs: dict[str, Array]) -> None:
    """Add the antecedents found and those right, for candidates that have one before them."""
    row, word = batch["chain_words"].T
    if not len(row):
        return
    groups = batch["chain_groups"]
    seen = Pairs(batch["chain_gap"], batch["chain_match"], batch["chain_bond"])
    scores = score_pairs(
        *(outputs[name][row, word] for name in ("coref_query", "coref_key", "mention")),
        groups,
        pairs=seen,
        tables=outputs["tables"],  # type: ignore[arg-type]
    )
    texts = batch["chain_texts"]
    scores[np.triu_indices(len(scores))] = -np.inf
    scores[texts[:, None] != texts[None]] = -np.inf
    best = scores.argmax(1)
    found = (scores.max(1) > 0) & (texts >= 0)
    right = batch["chain_right"]
    counts["chain.tp"] += int((found & right[np.arange(len(best)), best]).sum())
    counts["chain.p"] += int(found.sum())
    counts["chain.g"] += int(right.any(1).sum())


def read_spans(tags: Sequence[int], names: Sequence[str]) -> set[tuple[str, int, int]]:
    """Return the maximal (label, start, end) of a tag sequence; an I after something else begins one."""
    spans, label, start = set(), "", 0
    for index, tag in enumerate([*tags, 0]):
        name = names[tag]
        if label and (name[0] != "I" or name[2:] != label):
            spans.add((label, start, index))
            label = ""
        if name != "O" and not label:
            label, start = name[2:], index
    return spans


def finish(counts: Counter[str]) -> dict[str, float]:
    """Return percentages from the counts."""
    figures = {}
    for name, right, total in (
        ("upos", "upos.ok", "upos.n"),
        ("uas", "tree.heads", "tree.n"),
        ("las", "tree.both", "tree.n"),
        ("outer.whole", "outer.ok", "outer.n"),
        ("inner.whole", "inner.ok", "inner.n"),
    ):
        if counts[total]:
            figures[name] = round(100 * counts[right] / counts[total], 2)
    for key in sorted(counts):
        if key.endswith(".g") and counts[key]:
            name = key[:-2]
            figures[name] = round(200 * counts[f"{name}.tp"] / (counts[f"{name}.p"] + counts[key]), 2)
    return figures
