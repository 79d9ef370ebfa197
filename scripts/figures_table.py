#!/usr/bin/env python3
"""the shipped figures -> the README's table of accuracy, between its two marks.

A test fails when the table is behind. Run `python scripts/figures_table.py` in the environment after
`scripts/bench quality --update`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from onrecord.evaluation.counts import Figures
from onrecord.evaluation.published import HUMAN, find_peers
from onrecord.evaluation.report import read_figures

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=<!-- figures: begin -->\n).*?(?=<!-- figures: end -->)", re.DOTALL)
EXACT = ("exact source", "exact cue", "exact content")
ROWS = (
    ("Attribution: source / cue / content, exact", "attribution", "polnear", EXACT),
    ("Statements found", "statements", "own", ("found",)),
    ("… found with the right speaker", "statements", "own", ("right speaker",)),
    ("… rows that are wrong", "statements", "own", ("wrong rows",)),
    ("… rows that name a wrong person", "statements", "own", ("wrong person",)),
    ("Parse from raw text, labelled attachment", "syntax", "ewt", ("LAS",)),
    ("Entities, nine classes", "entities", "worldwide", ("F1, 9 classes",)),
    ("Who and what is one in articles of a topic, mentions given", "stories", "", ("CoNLL F1 in topic",)),
    ("… its chains as the corpus files them", "stories", "meantime", ("CoNLL F1 in topic as filed",)),
    ("Names of one actor told: precision / recall", "aliases", "names", ("precision", "recall")),
    ("Which lines are the article, by words", "lines", "lines", ("word F1",)),
    ("Main text of pages, by word runs", "text", "html", ("shingle F1",)),
    ("Publication days right", "dates", "html", ("dates right",)),
    ("… wrong ones among those marked sure (number)", "dates", "html", ("wrongly sure",)),
)  # fmt: skip
"""Label, task, beginning of the data's name, measures side by side."""


def write_block() -> str:
    """The table, or a line that says that nothing was measured yet."""
    digest, shipped = read_figures()
    if not shipped:
        return "Not measured yet: `scripts/bench quality --update`.\n"
    lines = [
        "| in per cent | data | onrecord | rules alone | best peer | people |",
        "|---|---|---|---|---|---|",
    ]
    for label, task, start, names in ROWS:
        for data in dict.fromkeys(
            each.data for each in shipped if each.task == task and each.data.startswith(start)
        ):
            row = _write_row(shipped, (task, data, names))
            if row:
                lines.append(f"| {label} | {data} | {row} |")
    return (
        "\n".join(lines)
        + f"\n\nWeights {digest[:12]}. Ours on development parts, peers and people on test parts.\n"
    )


def _write_row(shipped: Sequence[Figures], place: tuple[str, str, tuple[str, ...]]) -> str | None:
    task, data, names = place
    found = {each.system: each for each in shipped if each.task == task and each.data == data}
    systems = (found.get("model") or found.get("intake") or found.get("names"), found.get("rules"))
    ours = [_write_values(figures, names) for figures in systems]
    if not any(ours):
        return None
    peers = [find_peers(task, data, name) for name in names]
    people = [next((peer for peer in each if peer.system.startswith(HUMAN)), None) for each in peers]
    best = [next((peer for peer in each if not peer.system.startswith(HUMAN)), None) for each in peers]
    shown = " / ".join(f"{100 * peer.value:.1f}" for peer in best if peer)
    name = next((f" {peer.system}" for peer in best if peer), "")
    human = " / ".join(f"{100 * peer.value:.1f}" for peer in people if peer)
    return " | ".join([ours[0] or "–", ours[1] or "–", shown + name or "–", human or "–"])


def _write_values(figures: Figures | None, names: Sequence[str]) -> str:
    found = {each.name: each for each in figures.measures} if figures else {}
    shown = [found[name] for name in names if name in found]
    return " / ".join(f"{each.value:.0f}" if each.counted else f"{100 * each.value:.1f}" for each in shown)


if __name__ == "__main__":
    README.write_text(
        BLOCK.sub(write_block(), README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n"
    )
    sys.stdout.write("README.md: table of accuracy written\n")
