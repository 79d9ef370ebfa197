"""pages/lines and polnear (train parts) -> src/onrecord/intake/lines.json, the weights of the line marker.

    python -m training.lines --corpora ../shared/corpora

A small dilated convolution over the paragraphs of a page: each paragraph is judged by its own features and by
those of its neighbours. The pages are whole crawled pages with long menus; people also give us articles with
three lines of litter or none, so that every page is trained on in several cuts: whole, cropped to the article
and a few lines around it, and the article alone; clean news articles (polnear) stand beside them. The weights
hold no text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from onrecord.intake.lines import cut_paragraphs, measure_paragraphs

WEIGHTS = Path(__file__).parents[1] / "src" / "onrecord" / "intake" / "lines.json"
WIDTH, DILATIONS, EPOCHS = 24, (1, 2, 4), 14
CUTS = ("whole", "whole", "near", "near", "tail", "alone")


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of one gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def cut_page(lines: list[tuple[str, int]], how: str, dice: random.Random) -> list[tuple[str, int]]:
    """The page's lines as one of `CUTS`: less and less litter around the article."""
    marked = [index for index, (_, label) in enumerate(lines) if label]
    if how == "whole" or not marked:
        return lines
    if how == "alone":
        return [line for line in lines if line[1]]
    first, last = marked[0], marked[-1] + 1
    reach = dice.randrange(1, 12)
    head, tail = (0, reach) if how == "tail" else (dice.randrange(0, 5), reach)
    body = [line for line in lines[first:last] if line[1] or dice.random() < 0.5]
    return lines[max(first - head, 0) : first] + body + lines[last : last + tail]


def measure_page(lines: list[tuple[str, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Features, labels and word counts of the page's paragraphs; none when lines and paragraphs differ."""
    lines = [(" ".join(text.split("\n")), label) for text, label in lines if text.strip()]
    paragraphs = cut_paragraphs("\n".join(text for text, _ in lines))
    if not lines or len(paragraphs) != len(lines):
        return None
    labels = np.array([label for _, label in lines], dtype=np.float64)
    words = np.array([paragraph.words for paragraph in paragraphs], dtype=np.float64)
    return measure_paragraphs(paragraphs), labels, words


def read_pages(corpora: Path, seed: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """All training pages in all their cuts, and the clean articles."""
    dice = random.Random(seed)
    found = []
    for row in read_rows(corpora / "pages" / "lines" / "train.jsonl.gz"):
        for how in CUTS:
            page = measure_page(cut_page([(text, label) for text, label in row["lines"]], how, dice))
            if page is not None:
                found.append(page)
    for row in list(read_rows(corpora / "attribution" / "polnear" / "train.jsonl.gz"))[:600]:
        page = measure_page(label_article(row))
        if page is not None:
            found.append(page)
    return found


def label_article(row: dict[str, Any]) -> list[tuple[str, int]]:
    """The lines of a clean article, all marked as article but those its annotators set aside."""
    lines, start = [], 0
    for line in row["text"].split("\n"):
        end = start + len(line)
        aside = sum(max(min(b, end) - max(a, start), 0) for a, b in row["discard"])
        doubtful = any(a < end and b > start for a, b in row["discuss"])
        if line.strip() and not aside and not doubtful:
            lines.append((line, 1))
        elif line.strip() and aside > len(line) / 2:
            lines.append((line, 0))
        start = end + 1
    return lines


class Net(nn.Module):
    """[paragraphs, features] -> [paragraphs] logit of "article"."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.first = nn.Linear(features, WIDTH)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.last = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(0.15)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        hidden = self.drop(torch.relu(self.first(x)))
        for layer, step in zip(self.layers, DILATIONS, strict=True):
            padded = nn.functional.pad(hidden, (0, 0, step, step))
            near = torch.cat([padded[: len(hidden)], hidden, padded[2 * step :]], dim=1)
            hidden = hidden + self.drop(torch.relu(layer(near)))
        return self.last(hidden)[:, 0]


def train_net(pages: list[tuple[np.ndarray, np.ndarray, np.ndarray]], seed: int) -> dict[str, Any]:
    """The weights as plain lists, ready for JSON."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    dice = random.Random(seed)
    table = np.concatenate([page[0] for page in pages])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-3
    net = Net(table.shape[1])
    steps = EPOCHS * (len(pages) // 8 + 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps + 1)
    order = list(range(len(pages)))
    for epoch in range(EPOCHS):
        dice.shuffle(order)
        total = 0.0
        for at in range(0, len(order), 8):
            optimiser.zero_grad()
            for index in order[at : at + 8]:
                x, labels, words = pages[index]
                logits = net(torch.tensor(np.clip((x - mean) / scale, -6, 6), dtype=torch.float32))
                weight = torch.tensor(np.sqrt(words), dtype=torch.float32)
                loss = nn.functional.binary_cross_entropy_with_logits(
                    logits, torch.tensor(labels, dtype=torch.float32), weight, reduction="sum"
                ) / weight.sum().clamp(min=30)
                loss.backward()
                total += loss.item()
            nn.utils.clip_grad_norm_(net.parameters(), 4.0)
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss {total / len(order):.4f}", flush=True)
    arrays = {name.replace(".", "_"): value.detach().numpy() for name, value in net.named_parameters()}
    return {
        "mean": np.round(mean, 5).tolist(),
        "scale": np.round(scale, 5).tolist(),
        "dilations": list(DILATIONS),
        **{name: np.round(value.astype(np.float64), 4).tolist() for name, value in arrays.items()},
    }


def main() -> None:
    """Trains and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    weights = train_net(read_pages(options.corpora, options.seed), options.seed)
    weights = {
        "made_by": "training/lines.py",
        "made_fro"
        "m": "pages/lines train (MSVCode ir-research-data, research only; fitted constants, no text), "
        "polnear train (clean articles)",
        **weights,
    }
    options.output.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
