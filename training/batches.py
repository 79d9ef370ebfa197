"""Cases -> padded batches with labels, in an order that depends on the seed and the epoch alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from onrecord.language.features import (
    CLOSE_QUOTE,
    COLUMNS,
    OPEN_QUOTE,
    PLAIN_QUOTE,
    WINDOW,
    Features,
    Wordpieces,
    count_subwords,
    cut_windows,
    pad_rows,
    read_features,
)
from training.cases import IGNORED, ROLE, ROLES, Case, Marks
from training.chains import Chain, make_arrays, read_chain
from training.losses import SILVER

POOL = 128
"""Windows sorted by length at a time: enough to waste little padding, few enough to stay mixed."""
FORGOTTEN = 0.2
"""Share of known words that the name tables are made to forget, so that unknown names are learnt, too."""
MASK = 103
"""Id of [MASK]."""


@dataclass(slots=True)
class Prepared:
    """A case with its features."""

    case: Case
    features: Features
    chain: Chain | None = None
    """What is learnt of coreference, for cases with clusters."""


class Window(NamedTuple):
    """A range of words of one case."""

    prepared: Prepared
    start: int
    end: int
    seed: int


def prepare(cases: Sequence[Case], wordpieces: Wordpieces) -> list[Prepared]:
    """Return the cases with the features the network reads."""
    return [
        Prepared(case, read_features(case.forms, case.glued, case.lines, wordpieces), read_chain(case))
        for case in cases
    ]


def plan_batches(parts: Sequence[Prepared], seed: int, budget: int) -> list[list[Window]]:
    """Return an epoch's batches of windows; a window limit drawn for each text moves the cuts.

    A case with clusters is a batch of its own, since an antecedent may stand in any window before.
    """
    rng = random.Random(seed)
    windows, batches = [], []
    for prepared in parts:
        first = rng.randint(WINDOW // 3, WINDOW)
        cuts = cut_windows(prepared.features, first_limit=first)
        mine = [Window(prepared, start, end, rng.getrandbits(32)) for start, end in cuts]
        if prepared.chain is None:
            windows += mine
        else:
            batches.append(mine)
    rng.shuffle(windows)
    for index in range(0, len(windows), POOL):
        batches.extend(group_windows(windows[index : index + POOL], budget))
    rng.shuffle(batches)
    return batches


def group_windows(windows: Sequence[Window], budget: int) -> list[list[Window]]:
    """Return batches of windows of like length, each of at most `budget` padded subwords."""
    batches: list[list[Window]] = []
    sizes = [count_subwords(window.prepared.features, window[1:3]) for window in windows]
    for size, window in sorted(zip(sizes, windows, strict=True), key=lambda pair: pair[0]):
        if batches and (len(batches[-1]) + 1) * size <= budget:
            batches[-1].append(window)
        else:
            batches.append([window])
    return batches


def make_batch(
    windows: Sequence[Window], relations: dict[str, int], augment: bool, hidden: float = 0.0
) -> dict[str, Tensor]:
    """Return the arrays of a batch as tensors, labels included; word 0 of each row is the root.

    `hidden` is the share of words that are hidden when augmented (see `hide_words`).
    """
    rows = [make_row(window, random.Random(window.seed) if augment else None, hidden) for window in windows]
    batch: dict[str, Any] = {name: torch.from_numpy(array) for name, array in pad_rows(rows).items()}
    labels = [make_labels(window, relations) for window in windows]
    width = batch["first"].shape[1]
    for name in ("upos", "sentence", "heads", "relations", "kinds", "anchor_top", "anchor_any"):
        batch[name] = pad_labels([label[name] for label in labels], width, IGNORED)
    batch["entity"] = pad_labels([label["entity"] for label in labels], width, 0)
    batch["sentence_number"] = pad_labels([label["sentence_number"] for label in labels], width, -1)
    batch["sentence_weight"] = torch.tensor([label["sentence_weight"] for label in labels])
    anchors = [(row, anchor) for row, label in enumerate(labels) for anchor, _ in label["roles"]]
    batch["anchors"] = torch.tensor(anchors, dtype=torch.int64).reshape(-1, 2)
    batch["roles"] = pad_labels([tags for label in labels for _, tags in label["roles"]], width, IGNORED)
    batch.update(make_chain(windows))
    return batch


def make_chain(windows: Sequence[Window]) -> dict[str, Tensor]:
    """Return what is learnt of coreference from a batch: one whole case with clusters, or nothing."""
    bounds = [(window.start, window.end) for window in windows]
    arrays = make_arrays(windows[0].prepared.chain, bounds)
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def pad_labels(rows: Sequence[Sequence[int]], width: int, filler: int) -> Tensor:
    """Return rows of labels as one array."""
    array = np.full((len(rows), width), filler, np.int64)
    for index, row in enumerate(rows):
        array[index, : len(row)] = row
    return torch.from_numpy(array)


def make_row(window: Window, rng: random.Random | None, share: float = 0.0) -> dict[str, list[int]]:
    """Return a window's inputs, with changes of case, spacing, quotation marks and lines when augmented."""
    features, start, end = window.prepared.features, window.start, window.end
    shapes = features.shapes[start:end]
    known = features.known[start:end]
    glued = features.glued[start:end]
    lines = [1, *features.lines[start + 1 : end]]
    if rng is not None:
        shapes = change_shapes(shapes, rng)
        known = [
            0 if not 2 <= shape <= 5 or rng.random() < FORGOTTEN else word
            for word, shape in zip(known, shapes, strict=True)
        ]
        glued = [2 if rng.random() < 0.05 else flag for flag in glued]
        lines = [1] + [int(flag and rng.random() >= 0.3) for flag in lines[1:]]
    every = window.prepared.chain is not None
    hidden = hide_words(shapes, every, rng, share)
    row: dict[str, list[int]] = {name: [0] for name in (*COLUMNS, "first")} | {"ids": [101]}
    for index, pieces in enumerate(features.pieces[start:end]):
        count = len(pieces)
        row["first"].append(len(row["ids"]))
        row["ids"].extend([MASK] * count if hidden[index] else pieces)
        row["shape"].extend([shapes[index]] * count)
        row["known"].extend([0 if hidden[index] else known[index]] * count)
        row["glued"].extend([glued[index]] * count)
        row["line"].extend([lines[index]] * count)
    row["ids"].append(102)
    for name in COLUMNS:
        row[name].append(0)
    return row


def hide_words(shapes: list[int], every: bool, rng: random.Random | None, share: float) -> list[bool]:
    """Say which words of a text are hidden behind a mask in training: some of those with capitals, or of all
    words. What they are has to be seen from what stands around them.
    """
    if rng is None or not share:
        return [False] * len(shapes)
    return [(every or 2 <= shape <= 5) and rng.random() < share for shape in shapes]


def change_shapes(shapes: list[int], rng: random.Random) -> list[int]:
    """Return the shapes of a text in lower case, capitals or title case (2 % each), or as they are."""
    draw = rng.random()
    if draw < 0.06:
        case = (1, 3, 2)[int(draw / 0.02)]
        shapes = [case if 1 <= shape <= 6 else shape for shape in shapes]
    if rng.random() < 0.1:
        plain = (OPEN_QUOTE, CLOSE_QUOTE)
        shapes = [PLAIN_QUOTE if shape in plain else shape for shape in shapes]
    return shapes


def make_labels(window: Window, relations: dict[str, int]) -> dict[str, Any]:
    """Return the labels of a window's words behind that of the root."""
    case, start, end = window.prepared.case, window.start, window.end
    none = [IGNORED] * (end - start + 1)
    labels: dict[str, Any] = dict.fromkeys(("upos", "sentence", "heads", "relations", "kinds"), none)
    labels.update(anchor_top=none, anchor_any=none, roles=[], entity=[0])
    labels.update(sentence_number=[0] + [1] * (end - start), sentence_weight=1.0)
    if not case.silver_trees:
        labels.update(make_trees(case, start, end, relations))
    if case.kinds is not None:
        labels["kinds"] = [IGNORED, *case.kinds[start:end]]
    if case.entity is not None:
        labels["entity"] = [0, *case.entity[start:end]]
    if case.marks is not None:
        labels.update(make_marks(case, start, end))
    return labels


def make_trees(case: Case, start: int, end: int, relations: dict[str, int]) -> dict[str, Any]:
    """Return the labels of sentences, tags and trees that a case has."""
    labels: dict[str, Any] = {}
    if case.sentence is not None:
        labels["sentence"] = [IGNORED, *case.sentence[start:end]]
        labels["sentence_weight"] = SILVER if case.silver_sentences else 1.0
    if case.upos is not None:
        labels["upos"] = [IGNORED, *case.upos[start:end]]
    if case.heads is not None and case.relations is not None and case.sentence is not None:
        labels["heads"] = [IGNORED] + [place_head(head, start, end) for head in case.heads[start:end]]
        labels["relations"] = [IGNORED] + [relations.get(name, IGNORED) for name in case.relations[start:end]]
        labels["sentence_number"] = [0, *np.cumsum(case.sentence[start:end]).tolist()]
    return labels


def place_head(head: int, start: int, end: int) -> int:
    """Return a head as a word of the window, 0 for the root."""
    if head == -1:
        return 0
    return head - start + 1 if start <= head < end else IGNORED


def make_marks(case: Case, start: int, end: int) -> dict[str, Any]:
    """Return the labels of the attributions whose cue begins in the window."""
    assert case.marks is not None and case.any_known is not None
    size = end - start + 1
    top = [IGNORED] + [0] * (size - 1)
    known = [0, *case.any_known[start:end]]
    any_level = [0 if flag else IGNORED for flag in known]
    roles = []
    for mark in case.marks:
        if start <= mark.anchor < end:
            anchor = mark.anchor - start + 1
            any_level[anchor] = 1
            top[anchor] = int(mark.top)
            tags = [IGNORED] + [0] * (size - 1)
            write_tags(tags, mark, start)
            roles.append((anchor, tags))
    if not case.outermost_known:
        top = [IGNORED] * size
    return {"anchor_top": top, "anchor_any": any_level, "roles": roles}


def write_tags(tags: list[int], mark: Marks, start: int) -> None:
    """Write an attribution's role tags into the tags of a window; cue over speaker over content."""
    for role in reversed(ROLES):
        for low, high in getattr(mark, role):
            for index in range(max(low, start), min(high, start + len(tags) - 1)):
                side = "B-" if index == low else "I-"
                tags[index - start + 1] = ROLE.index(side + role)
