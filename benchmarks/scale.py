"""numbers of mentions -> what putting actors together costs: seconds, memory, rows; and how it grows.

    python benchmarks/scale.py [--mentions N,N,…] [--json]

Ledgers of made-up articles, from 10^3 to 10^6 mentions, each in a process of its own: articles of 40 mentions
of names drawn from a Zipf law over persons with and without public roles, bodies with acronyms, states and
groups of the tables; one actor stands in half of all articles. What is timed is `assemble` on the file:
mentions read, names compared, actors, names, places and suggestions written. The exponent is the slope of log
seconds over log mentions, without the fixed cost of loading the name tables.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __package__ in (None, ""):  # run as a file: make the benchmarks importable by their full name
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from onrecord.actors import assemble  # noqa: E402
from onrecord.names import load_names  # noqa: E402
from onrecord.records import Mention, Reading, Span  # noqa: E402
from onrecord.stores import SqliteStore  # noqa: E402
from onrecord.testing import make_appearance, make_document, make_mention, make_reading, make_run  # noqa: E402

SIZES = (1_000, 10_000, 100_000, 1_000_000)
A_DOCUMENT = 40
"""Mentions of an article, about as many as ours have."""
HEAD = "Islamic State"
AIM_EXPONENT = 1.1
AIM_MEBIBYTES = 2048
SYLLABLES = "ka ro mi ta ne vo li sha du pe za gor bel fan tur ish".split()
STATES = "Russia|Peru|Chad|Norway|Japan|Kenya|Iran|Brazil".split("|")
ROLES = ("minister", "spokesman", "analyst", "carpenter", "resident")


def make_word(number: int) -> str:
    """A word that is the same for the same number."""
    out = ""
    while number or not out:
        number, place = divmod(number, len(SYLLABLES))
        out += SYLLABLES[place]
    return out.capitalize()


def make_name(number: int) -> tuple[str, str]:
    """Words and kind of the name of that rank."""
    if number % 5 < 2:
        return f"{make_word(number % 97 + 16)} {make_word(number + 256)}", "person"
    if number % 5 == 2:
        return f"{make_word(number + 256)} River Authority", "organisation"
    if number % 5 == 3:
        return STATES[number % len(STATES)], "state"
    return f"{make_word(number + 256)} {make_word(number % 61 + 16)} Front", "armed group"


def draw_rank(draw: random.Random) -> int:
    """A rank by Zipf's law with exponent 1, by inversion: the k-th name has odds of about 1 to k."""
    return int(math.exp(draw.random() * math.log(300_000)))


def make_article(number: int) -> Reading:
    """An article of 40 mentions."""
    draw = random.Random(number)
    names = [make_name(draw_rank(draw)) for _ in range(A_DOCUMENT)]
    if number % 2:
        names[0] = (HEAD, "armed group")
    names = list(dict.fromkeys(names))
    text = f"Article {number}. " + " ".join(f"{draw.choice(ROLES)} {words} spoke." for words, _ in names)
    document = make_document(text, published=f"20{number % 30:02}-01-01", published_sure=True)
    return make_reading(document, list(_list_mentions(document.text, document, names)), [])


def _list_mentions(text: str, document: Any, names: Sequence[tuple[str, str]]) -> Iterator[Mention]:
    seen: set[Span] = set()
    for words, kind in names:
        mention = make_mention(document, words, kind=kind)
        if mention.span in seen:
            continue
        seen.add(mention.span)
        if kind == "person":
            start = text.rfind(" ", 0, mention.span.start - 1) + 1
            mention = make_mention(document, words, kind=kind, role=Span(start, mention.span.start - 1))
        yield mention


def measure(mentions: int) -> dict[str, float]:
    """Builds the ledger and puts its actors together."""
    import resource

    load_names()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = SqliteStore(Path(folder) / "scale.db")
        run = make_run()
        written = number = 0
        store.connection.execute("PRAGMA synchronous = OFF")
        while written < mentions:
            reading = make_article(number)
            store.put_reading(reading, make_appearance(reading.document, f"{number}.txt"), run)
            written += len(reading.mentions)
            number += 1
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begin, worked = time.perf_counter(), time.process_time()
        assemble(store)
        seconds, worked = time.perf_counter() - begin, time.process_time() - worked
        tables = ("actor", "actor_name", "actor_former", "actor_place", "actor_suggestion")
        rows = {
            name: store.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables
        }
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "mentions": written, "articles": number, "seconds": seconds, "processor": worked,
        "mebibytes": peak, "mebibytes_before": before, **rows,
    }  # fmt: skip


def fit_exponent(parts: Sequence[dict[str, float]]) -> float:
    """Slope of log processor seconds over log mentions (least squares)."""
    points = [(math.log(part["mentions"]), math.log(part["processor"])) for part in parts]
    x, y = (sum(column) / len(points) for column in zip(*points, strict=True))
    return float(sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is beyond its bound."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mentions", default=",".join(map(str, SIZES)))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.part:
        print(json.dumps(measure(given.part)))
        return 0
    command = [sys.executable, str(Path(__file__).resolve()), "--part"]
    parts = [
        json.loads(subprocess.run([*command, size], check=True, capture_output=True, text=True).stdout)
        for size in given.mentions.split(",")
    ]
    exponent = fit_exponent(parts) if len(parts) > 1 else 1.0
    most = max(part["mebibytes"] for part in parts)
    if given.json:
        print(json.dumps({"parts": parts, "exponent": exponent}))
    else:
        for head in parts[0]:
            print(f"{head:>18}", *(f"{part[head]:>14,.1f}" for part in parts))
        print(
            f"exponent {exponent:.2f} (bound {AIM_EXPONENT}), peak {most:,.0f} MiB (bound {AIM_MEBIBYTES:,})"
        )
    return int(exponent > AIM_EXPONENT or most > AIM_MEBIBYTES)


if __name__ == "__main__":
    sys.exit(main())
