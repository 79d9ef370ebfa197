"""Configuration, variants -> dev figures of short runs beside each other: `python -m training.ablate --help`.

Every variant begins at the same start with the same seed and sees as many steps; only what it changes
differs. Short runs rank what helps early; they say nothing of what a long run makes up for.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import shutil
import tomllib
from pathlib import Path
from typing import Any

from training.fit import fit


def main() -> None:
    """Run each variant that has no figures yet and print all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("training/second.toml"))
    parser.add_argument("--variants", type=Path, default=Path("training/ablations.toml"))
    parser.add_argument("--epochs", type=float, default=0.4, help="length of each run")
    parser.add_argument("--out", type=Path, default=Path("build/ablations"))
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    variants = tomllib.loads(arguments.variants.read_text(encoding="utf-8"))
    corpora = Path(os.environ.get("ONRECORD_CORPORA", config["paths"]["corpora"]))
    encoder = Path(os.environ.get("ONRECORD_ENCODER", config["paths"]["encoder"]))
    for name, changes in variants.items():
        folder = arguments.out / name
        if not (folder / "figures.json").exists():
            job = fit(change(config, changes, arguments.epochs, folder), corpora, encoder)
            (folder / "figures.json").write_text(json.dumps(job.score()), encoding="utf-8")
            for weights in folder.glob("*.pt"):
                weights.unlink()
    print(format_table({name: read_figures(arguments.out / name) for name in variants}))


def change(config: dict[str, Any], changes: dict[str, Any], epochs: float, folder: Path) -> dict[str, Any]:
    """Return the configuration with a variant's changes, its own folder and the common length."""
    changed = copy.deepcopy(config)
    for table, values in changes.items():
        changed[table].update(values)
    changed["fit"]["epochs"] = epochs
    changed["paths"]["run"] = str(folder)
    shutil.rmtree(folder, ignore_errors=True)
    return changed


def read_figures(folder: Path) -> dict[str, float]:
    """Return a variant's dev figures."""
    found: dict[str, float] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    return found


def format_table(figures: dict[str, dict[str, float]]) -> str:
    """Return a Markdown table, a variant a column."""
    keys = sorted({key for found in figures.values() for key in found})
    rows = ["| figure | " + " | ".join(figures) + " |", "|---" * (len(figures) + 1) + "|"]
    for key in keys:
        cells = [f"{found[key]:.1f}" if key in found else "–" for found in figures.values()]
        rows.append(f"| {key} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
