"""Configuration file -> shipped weights: `python -m training.run --config training/second.toml`."""

from __future__ import annotations

import argparse
import json
import os
import tomllib
from pathlib import Path
from typing import Any

from onrecord.language.features import Wordpieces
from training.average import average_run
from training.batches import Prepared, make_batch, plan_batches
from training.card import write_card
from training.check import check_graphs, is_faithful
from training.export import export
from training.fit import fit
from training.mixture import make_dev
from training.tune import tune_folder


def main() -> int:
    """Fit, average, export, quantise, score, write the card; return 1 when int8 loses too much."""
    parser = argparse.ArgumentParser(description="Train and export the shipped language model.")
    parser.add_argument("--config", type=Path, default=Path("training/second.toml"))
    parser.add_argument("--weights", type=Path, help="export these instead of training (a .pt file)")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    corpora = Path(os.environ.get("ONRECORD_CORPORA", config["paths"]["corpora"]))
    encoder = Path(os.environ.get("ONRECORD_ENCODER", config["paths"]["encoder"]))
    work = Path(config["paths"]["run"])
    work.mkdir(parents=True, exist_ok=True)
    weights = arguments.weights
    if weights is None:
        job = fit(config, corpora, encoder)
        averaged = "average" in config
        weights = average_run(config, work) if averaged else job.folder / f"epoch{job.epoch}.pt"
    dev = make_dev(corpora, Wordpieces(encoder / "tokenizer.json"))
    folder = Path(config["paths"]["out"])
    graphs = export(weights, folder, work, make_example(dev), encoder)
    report = check_graphs(weights, graphs, folder, dev)
    report["rules"] = tune_folder(folder, corpora)
    (work / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"loss of int8": report["loss"], "agreement": report["fp32"]["agreement"]}, indent=1))
    write_card(folder, corpora, config, report)
    return int(not is_faithful(report["loss"]))


def make_example(dev: dict[str, list[Prepared]]) -> dict[str, Any]:
    """Return a batch to trace the graph with."""
    return make_batch(plan_batches(dev["gum_news"], 1, 1024)[0], {}, augment=False)


if __name__ == "__main__":
    raise SystemExit(main())
