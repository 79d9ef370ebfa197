"""the name tables -> their sizes, and what loading and asking them costs.

    python -m benchmarks.names [--json]

Times are the best of several, in milliseconds; each table that is read only when asked is timed on its own.
"""

from __future__ import annotations

import argparse
import json
import time
import zlib
from collections.abc import Callable
from importlib import resources

from onrecord.evaluation.report import format_rows
from onrecord.names import hints, history, loading
from onrecord.names.rows import read_table, split_cell

ROUNDS = 15
ASKED = ("Taliban", "Daesh", "IS", "Georgia", "Springfield", "Kyiv", "the Kremlin's", "al-Qa'ida", "Varsenia")


def measure_sizes() -> list[tuple[str, int, int, int]]:
    """Each table with its rows, bytes and bytes when packed, by name."""
    folder = resources.files("onrecord.names") / "tables"
    tables = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".tsv")), key=lambda one: one.name
    )
    found = []
    for table in tables:
        content = table.read_bytes()
        rows = sum(not line.startswith(b"#") for line in content.splitlines())
        found.append((table.name, rows, len(content), len(zlib.compress(content, 9))))
    return found


def measure_times() -> dict[str, float]:
    """Milliseconds of loading, of the tables read later, and of a thousand look-ups."""
    names = loading.load_names()
    people = [entry.partition(";")[0] for row in read_table("offices", 3) for entry in split_cell(row[2])[:1]]
    georgia = names.find("Georgia")
    return {
        "load_names": _time(loading.load_names, loading.load_shipped.cache_clear),
        "first offices_of": _time(lambda: names.offices_of("A B"), history.load_offices.cache_clear),
        "first regime_of": _time(lambda: names.regime_of("Iraq", "2003"), history.load_regimes.cache_clear),
        "first hints_of": _time(lambda: names.hints_of(georgia[0]), hints.load_hints.cache_clear),
        "1,000 × find": _time(lambda: [names.find(ASKED[i % len(ASKED)]) for i in range(1000)]),
        "1,000 × offices_of": _time(lambda: [names.offices_of(people[i % len(people)]) for i in range(1000)]),
    }


def _time(ask: Callable[[], object], forget: Callable[[], None] | None = None) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        if forget:
            forget()
        begin = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - begin)
    return round(best * 1000, 2)


def main() -> None:
    """Prints the sizes and the times."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    sizes, times = measure_sizes(), measure_times()
    if parser.parse_args().json:
        print(json.dumps({"tables": sizes, "milliseconds": times}))
        return
    total = ("all", *(sum(numbers) for numbers in zip(*(row[1:] for row in sizes), strict=True)))
    cells = [[str(name), *(f"{number:,}" for number in numbers)] for name, *numbers in [*sizes, total]]
    cells.insert(0, ["table", "rows", "bytes", "packed"])
    timed = [["what", "milliseconds"], *([name, f"{value:.2f}"] for name, value in times.items())]
    print("\n".join([*format_rows(cells), "", *format_rows(timed)]))


if __name__ == "__main__":
    main()
