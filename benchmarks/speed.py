"""texts, model -> words a second, peak memory, microseconds a word outside the network; all in one run.

    python benchmarks/speed.py [--words N] [--json]

What is timed, each part in a process of its own:
- reading files into a fresh ledger (intake, language, reading, store) with 1 and with 2 workers, start of the
  workers and loading of the weights included;
- in one process, without a store: annotating and reading, with the time inside the network's session apart;
  then the rule floor, and rule-based quotation over the same parse, on the same texts;
- plain large products on 1 and on 2 threads, and from them the bound of the network's own (see bound.py).

A small run goes before the others, so that all modules are compiled, as where the package is installed.

Texts: the development articles of PolNeAR when the corpora are there (see quality.py), else the bundled
examples; repeated, each copy with a line of its own at the end, until there are enough words.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __package__ in (None, ""):  # run as a file: make the benchmarks importable by their full name
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.bound import find_bound  # noqa: E402
from benchmarks.quality import find_corpora, load_systems  # noqa: E402
from benchmarks.quotation_rules import find_attributions  # noqa: E402
from onrecord.evaluation.attribution_gold import read_lines  # noqa: E402
from onrecord.evaluation.report import format_rows  # noqa: E402

Part = dict[str, float]
WORDS = 60_000
WARMING_WORDS = 100
BOUND = "bound"
"""Begins the names of the parts that measure plain products; the number of threads follows."""
PARTS = ("1", "2", "process", f"{BOUND}1", f"{BOUND}2")
AIM = 20.0
"""Microseconds a word outside the network that we aim at (median of articles)."""


def list_texts(words: int) -> list[str]:
    """Texts of that many words or a few more, all different."""
    gold = find_corpora() / "attribution" / "polnear" / "dev.jsonl.gz"
    if gold.is_file():
        texts = [row["text"] for row in read_lines(gold)]
    else:
        folder = ROOT / "src" / "onrecord" / "examples"
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return list(_repeat(texts, words))


def _repeat(texts: Sequence[str], words: int) -> Iterator[str]:
    total = 0
    for copy in count():
        for text in texts:
            if total >= words:
                return
            total += len(text.split())
            yield f"{text}\n\nCopy {copy}.\n" if copy else text


def time_ledger(texts: Sequence[str], workers: int) -> Part:
    """Reads the texts as files into a fresh ledger."""
    from onrecord.ledger import Ledger
    from onrecord.settings import Settings

    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name) / "articles"
        folder.mkdir()
        for number, text in enumerate(texts):
            (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        with Ledger.open(Path(name) / "speed.db") as ledger:
            start = time.perf_counter()
            report = ledger.read([folder], settings=Settings(workers=workers))
            seconds = time.perf_counter() - start
    if not report.words:
        raise SystemExit(f"no article was read: {[failure.error for failure in report.skipped[:3]]}")
    return {"words": report.words, "seconds": seconds, "skipped": len(report.skipped)}


def time_process(texts: Sequence[str]) -> Part:
    """Annotates and reads in this process, with the network's time apart, then the rivals on the same
    texts."""
    import onnxruntime

    spent = {"network": 0.0}
    run = onnxruntime.InferenceSession.run

    def run_timed(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        found = run(*arguments, **named)
        spent["network"] += time.process_time() - start
        return found

    onnxruntime.InferenceSession.run = run_timed
    systems = load_systems()
    model, rules = systems["model"], systems["rules"]
    read = load_reading()
    model.annotate(["A first text wakes the session up."])
    gc.collect()
    gc.freeze()  # as a worker does with what it has loaded
    spent["network"] = 0.0
    annotate_seconds, annotations = _time(lambda: [model.annotate([text])[0] for text in texts])
    network = spent["network"]
    read_seconds, _ = _time(lambda: [read(*pair) for pair in zip(texts, annotations, strict=True)])
    rule_seconds, floor = _time(lambda: [rules.annotate([text])[0] for text in texts])
    floor_seconds, _ = _time(lambda: [read(*pair) for pair in zip(texts, floor, strict=True)])
    quoted, _ = _time(lambda: [find_attributions(*pair) for pair in zip(texts, annotations, strict=True)])
    return {
        "words": sum(len(text.split()) for text in texts),
        "annotate": annotate_seconds,
        "network": network,
        "read": read_seconds,
        "rules annotate": rule_seconds,
        "rules read": floor_seconds,
        "parse rules": quoted,
    }


def _time(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def load_reading() -> Callable[[str, Any], Any]:
    """`(text, annotation) -> Reading`, with the tables loaded once."""
    from onrecord.keys import digest_text
    from onrecord.reading import load_tables, read_document
    from onrecord.records import Document

    tables = load_tables()

    def read(text: str, annotation: Any) -> Any:
        digest = digest_text(text)
        document = Document(id=digest, sha256=digest, text=text, text_digest=digest)
        return read_document(document, annotation, tables)

    return read


def measure_resources() -> dict[str, float | None]:
    """Of this process and its ended children: peak resident mebibytes of the largest, and seconds of
    processor time together; None where the system does not tell.
    """
    try:
        import resource
    except ImportError:
        return {"memory": None, "processor": None}
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return {
        "memory": max(usage.ru_maxrss for usage in usages) / unit,
        "processor": sum(usage.ru_utime + usage.ru_stime for usage in usages),
    }


def run_part(part: str, words: int) -> dict[str, Any]:
    """One part in a fresh process, so that its peak memory is its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--part", part, "--words", str(words)]
    threads = part.removeprefix(BOUND) if part.startswith(BOUND) else "1"
    environment = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{part} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def print_part(part: str, words: int) -> None:
    """Runs one part here and prints its figures as a line of JSON."""
    texts = list_texts(words)
    if part.startswith(BOUND):
        found = find_bound(texts, int(part.removeprefix(BOUND)))
    else:
        found = time_process(texts) if part == "process" else time_ledger(texts, int(part))
    print(json.dumps({**found, **measure_resources()}))


def report(one: Part, two: Part, inside: Part) -> list[str]:
    """The lines of the report."""
    words = inside["words"]
    ours = inside["annotate"] + inside["read"]
    outside = (ours - inside["network"]) / words * 1e6
    parse = inside["annotate"] + inside["parse rules"]
    floor = inside["rules annotate"] + inside["rules read"]
    base = one["words"] / one["seconds"]
    ledgers = [["", "words/s", "against 1 worker", "words a processor second", "peak MiB of a process"]]
    for name, part in (("end to end, 1 worker", one), ("end to end, 2 workers", two)):
        speed = part["words"] / part["seconds"]
        processor, memory = part["processor"], part["memory"]
        ledgers.append(
            [
                name,
                f"{speed:,.0f}",
                f"{speed / base:.2f}",
                f"{part['words'] / processor:,.0f}" if processor else "",
                f"{memory:.0f}" if memory else "",
            ]
        )
    whole = [["in one process, without a store", "words a processor second", "against ours"]]
    for name, seconds in (
        ("annotate + read", ours),
        ("same parse + rule-based quotation", parse),
        ("rule floor + read", floor),
    ):
        whole.append([name, f"{words / seconds:,.0f}", f"{ours / seconds:.2f}"])
    parts = {name: inside[name] / words * 1e6 for name in ("network", "annotate", "read", "parse rules")}
    return [
        *format_rows(ledgers),
        *format_rows(whole),
        f"  microseconds a word: network {parts['network']:.1f}, outside it {outside:.1f} (aim {AIM:.0f}):"
        f" annotate {parts['annotate'] - parts['network']:.1f}, read {parts['read']:.1f}",
        f"  attribution alone, over a given parse: rule-based quotation {parts['parse rules']:.1f} us a word;"
        f" whole line {ours / parse:.2f} times its time",
    ]


def report_bound(parts: dict[str, Part]) -> list[str]:
    """The lines on what this machine's products allow, and how near the network and the whole come to it."""
    rows = [["", "fp32 GFLOP/s", "int8 GOP/s", "words/s all in fp32", "words/s as shipped", "end to end"]]
    for threads in ("1", "2"):
        bound, whole = parts[BOUND + threads], parts[threads]
        rows.append(
            [
                f"products alone, {threads} thread{'s' * (threads != '1')}",
                f"{2 * bound['fp32 a second'] / 1e9:,.0f}",
                f"{2 * bound['int8 a second'] / 1e9:,.0f}",
                f"{bound['words in fp32']:,.0f}",
                f"{bound['words']:,.0f}",
                f"{whole['words'] / whole['seconds'] / bound['words']:.0%} of it",
            ]
        )
    one, inside = parts[f"{BOUND}1"], parts["process"]
    network = inside["words"] / inside["network"] / one["words"]
    return [
        *format_rows(rows),
        f"  millions of operations a word: int8 {2 * one['int8 a word'] / 1e6:.1f},"
        f" fp32 {2 * one['fp32 a word'] / 1e6:.1f}; the network runs at {network:.0%} of its bound",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; returns 0, or 1 when an article was skipped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--words", type=int, default=WORDS, help=f"how many words to read (default {WORDS})")
    parser.add_argument("--json", action="store_true", help="print the raw figures instead of the table")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.part:
        print_part(options.part, options.words)
        return 0
    run_part("1", WARMING_WORDS)
    parts = {part: run_part(part, options.words) for part in PARTS}
    if options.json:
        print(json.dumps(parts))
    else:
        print("\n".join(report(parts["1"], parts["2"], parts["process"]) + report_bound(parts)))
    return int(bool(parts["1"]["skipped"] or parts["2"]["skipped"]))


if __name__ == "__main__":
    sys.exit(main())
