"""corpora, model -> every figure beside peers and people; exit 1 when one fell below its floor.

    python benchmarks/quality.py [--quick] [--task NAME] [--views] [--errors]
    python benchmarks/quality.py --update [--lower REASON]

The corpora are looked for at `ONRECORD_CORPORA` (default: `../shared/corpora` beside the checkout). Without
them the project's own gold is measured, the rest is said to be not measured, and the run still fails when
the weights are not those of `floors.json`. `--quick` measures fixed samples (every so many-th document from
the first, see `suite.TASKS`) against floors of their own. `--update` writes `floors.json`, and the figures
that `onrecord evaluate` prints.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __package__ in (None, ""):  # run as a file: make the benchmarks importable by their full name
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.gate import Measured, check_floors, raise_floors  # noqa: E402
from benchmarks.own_gold import explain_own, find_gold, measure_nested, measure_own  # noqa: E402
from benchmarks.suite import TASKS, Systems, run_task  # noqa: E402
from onrecord.errors import StopRun  # noqa: E402
from onrecord.evaluation.report import figures_to_json, format_figures  # noqa: E402

FLOORS = ROOT / "benchmarks" / "floors.json"
FIGURES = ROOT / "src" / "onrecord" / "evaluation" / "figures.json"
GOLD = ROOT / "tests" / "gold"


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fixed samples, for CI")
    parser.add_argument("--task", action="append", help="only this task (may be repeated)")
    parser.add_argument("--views", action="store_true", help="also the rows of single views and classes")
    parser.add_argument("--errors", action="store_true", help="list what is wrong on the own gold, and stop")
    parser.add_argument("--update", action="store_true", help="write the floors and the shipped figures")
    parser.add_argument("--lower", metavar="REASON", help="allow --update to lower floors, and why")
    return parser.parse_args(arguments)


def find_corpora() -> Path:
    """Where the corpora are, or would be."""
    return Path(os.environ.get("ONRECORD_CORPORA") or ROOT.parent / "shared" / "corpora")


def load_systems() -> Systems:
    """The shipped model and the rule floor."""
    from onrecord.language import load_model
    from onrecord.language.rules import RuleModel

    return {"model": load_model(), "rules": RuleModel()}


def measure_all(systems: Systems, options: argparse.Namespace) -> list[Measured]:
    """Every figure that can be measured here, printed as it comes."""
    corpora, tasks = find_corpora(), options.task
    measured: list[Measured] = []
    for task in TASKS:
        if tasks and task.name not in tasks:
            continue
        if not (corpora / task.gold).is_file():
            print(f"{task.name}: {task.gold} is not here: not measured\n", flush=True)
            continue
        start = time.perf_counter()
        measured += _announce(run_task(task, corpora, systems, quick=options.quick), start, options.views)
    if not tasks or {"statements", "calibration"} & set(tasks):
        start = time.perf_counter()
        measured += _announce(measure_own(find_gold(GOLD), systems), start, options.views)
    if not tasks or {"nesting", "calibration"} & set(tasks):
        start = time.perf_counter()
        measured += _announce(_measure_nested(systems), start, options.views)
    return measured


def _measure_nested(systems: Systems) -> list[Measured]:
    path = GOLD / "language" / "nested.jsonl"
    if not path.is_file():
        print("nesting: the own gold language/nested.jsonl is not here: not measured\n", flush=True)
        return []
    return measure_nested(path, systems)


def _announce(found: list[Measured], start: float, views: bool) -> list[Measured]:
    groups: dict[str, list[Measured]] = {}
    for each in found:
        groups.setdefault(each.key, []).append(each)
    for key, group in groups.items():
        print(format_figures([each.figures for each in group], views=views))
        print(
            f"  ({'sample, ' if key.endswith(' quick') else ''}{time.perf_counter() - start:.0f} s)\n",
            flush=True,
        )
    return found


def load_floors() -> dict[str, Any]:
    """The floors of the repository; empty before the first."""
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}


def write_update(measured: Sequence[Measured], *, model_digest: str, reason: str | None) -> None:
    """Writes the floors, and the figures that ship with the package (whole sets only, never samples).

    Raises StopRun when a floor would fall without a reason.
    """
    floors = raise_floors(load_floors(), measured, model_digest=model_digest, reason=reason)
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    whole = [figures_to_json(each.figures) for each in measured if not each.quick]
    if whole:
        shipped = {"model_digest": model_digest, "figures": [*_list_shipped(whole, model_digest), *whole]}
        FIGURES.write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")


def _list_shipped(measured: Sequence[dict[str, Any]], model_digest: str) -> list[dict[str, Any]]:
    """The shipped figures of the same weights that were not measured again."""
    if not FIGURES.is_file():
        return []
    shipped = json.loads(FIGURES.read_text(encoding="utf-8"))
    again = {(each["task"], each["data"]) for each in measured}
    same = shipped["model_digest"] == model_digest
    return [each for each in shipped["figures"] if same and (each["task"], each["data"]) not in again]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and returns 0 when all floors hold (or were written), else 1."""
    options = parse_arguments(arguments)
    try:
        systems = load_systems()
        if options.errors:
            print("\n".join(explain_own(find_gold(GOLD), systems["model"])))
            return 0
        digest = systems["model"].digest
        measured = measure_all(systems, options)
        if options.update:
            write_update(measured, model_digest=digest, reason=options.lower)
            print(f"floors and figures written for weights {digest[:12]}")
            return 0
    except StopRun as stop:
        print(f"stopped: {stop}", file=sys.stderr)
        return 1
    misses = check_floors(load_floors(), measured, model_digest=digest)
    for miss in misses:
        print(f"MISS {miss}", file=sys.stderr)
    print(f"{len(measured)} sets of figures, {len(misses)} below their floors or without one")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
