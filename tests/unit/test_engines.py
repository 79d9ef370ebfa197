"""Engines: order, and that a crash, a hang or a memory bomb costs one item."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from onrecord.engines import GuardedEngine, SerialEngine
from onrecord.engines.memory import _ask_ps, measure_memory
from onrecord.errors import SkipDocument, StopRun
from onrecord.seams import EngineFailure


def make_worker() -> Callable[[str], Iterator[str]]:
    """A function with a deed for each word."""

    def work(item: str) -> Iterator[str]:
        deed, _, rest = item.partition(" ")
        yield f"began {item}"
        if deed == "crash":
            os._exit(7)
        if deed == "hang":
            time.sleep(600)
        if deed == "bomb":
            held = [bytearray(b"x" * (1 << 20)) for _ in range(3000)]
            time.sleep(600)
            yield str(len(held))
        if deed == "raise":
            raise ValueError(rest)
        if deed == "skip":
            raise SkipDocument("not today")
        if deed == "stop":
            raise StopRun("no model: put it there")
        if deed == "many":
            for number in range(int(rest)):
                yield f"{number} " + "y" * 5000
        yield "done"

    return work


def make_fragile_worker() -> Callable[[str], Iterator[str]]:
    """A function that dies of what the item before left behind."""
    left: list[str] = []

    def work(item: str) -> Iterator[str]:
        if left and item == "victim":
            os._exit(9)
        left.append(item)
        yield "done"

    return work


def make_nothing() -> Callable[[str], Iterator[str]]:
    raise StopRun("the weights are gone: install again")


def collect(engine: GuardedEngine | SerialEngine, items: list[str]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for item, result in engine.map(make_worker, items):
        found.setdefault(item, []).append(result)
    return found


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    engine = GuardedEngine(workers) if workers else SerialEngine()
    items = [f"ok {number}" for number in range(60)]
    results = list(engine.map(make_worker, items))
    assert [item for item, _ in results] == [item for item in items for _ in range(2)]
    assert [result for _, result in results][:2] == ["began ok 0", "done"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_item_costs_itself_alone(workers: int) -> None:
    engine = GuardedEngine(workers, time_limit=5, memory_limit=300)
    good = [f"ok {number}" for number in range(8)]
    items = ["crash a", *good[:2], "hang b", *good[2:4], "bomb c", *good[4:6], "raise d", "skip e", *good[6:]]
    found = collect(engine, items)
    assert list(found) == items
    for item in good:
        assert found[item] == [f"began {item}", "done"]
    kinds = {item: found[item][-1] for item in items if item not in good}
    assert [(one.kind, item) for item, one in kinds.items() if isinstance(one, EngineFailure)] == [
        ("crash", "crash a"),
        ("time", "hang b"),
        ("memory", "bomb c"),
        ("error", "raise d"),
        ("error", "skip e"),
    ]
    assert kinds["skip e"].reason == "not today"
    assert "exit code 7" in kinds["crash a"].reason


def test_workers_that_start_early_wait_for_the_first_item() -> None:
    engine = GuardedEngine(2, ready=5)
    begun: list[int] = []

    def list_items() -> Iterator[str]:
        begun.append(len(multiprocessing.active_children()))
        yield from (f"ok {number}" for number in range(5))

    assert len(list(engine.map(make_worker, list_items()))) == 10
    assert begun == [2], "never more than there are workers"
    assert list(GuardedEngine(1, ready=1).map(make_worker, [])) == []
    assert not multiprocessing.active_children()


def make_thread_counter() -> Callable[[str], Iterator[str]]:
    def count(name: str) -> Iterator[str]:
        yield os.environ.get(name, "")

    return count


def test_workers_multiply_in_one_thread_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    names = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"]
    assert [found for _, found in GuardedEngine(1).map(make_thread_counter, names)] == ["1", "3"]
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_an_item_does_not_answer_for_the_one_before() -> None:
    engine = GuardedEngine(1)
    results = list(engine.map(make_fragile_worker, ["first", "second", "victim", "last"]))
    assert results == [("first", "done"), ("second", "done"), ("victim", "done"), ("last", "done")]


def test_many_large_results_pass_without_a_knot() -> None:
    engine = GuardedEngine(2, time_limit=20)
    items = ["many 300", "many 301", "many 302", "ok 1"]
    found = collect(engine, items)
    assert [len(found[item]) for item in items] == [302, 303, 304, 2]


def test_large_items_pass_without_a_knot() -> None:
    items = [f"ok {letter * 500_000}" for letter in "abcdef"]
    assert list(collect(GuardedEngine(1, time_limit=20), items)) == items


@pytest.mark.parametrize("engine", [SerialEngine(), GuardedEngine(1)])
def test_stop_run_stops_the_run(engine: GuardedEngine | SerialEngine) -> None:
    with pytest.raises(StopRun, match="no model: put it there"):
        collect(engine, ["ok 1", "stop"])
    with pytest.raises(StopRun, match="install again"):
        list(engine.map(make_nothing, ["ok"]))


def test_an_abandoned_map_leaves_no_process() -> None:
    engine = GuardedEngine(2)
    results = engine.map(partial(make_worker), [f"ok {number}" for number in range(50)])
    next(results)
    results.close()
    import multiprocessing

    assert multiprocessing.active_children() == []


def test_no_items_no_results() -> None:
    assert list(GuardedEngine(2).map(make_worker, [])) == []


def test_memory_is_measured() -> None:
    held = measure_memory(os.getpid())
    assert held is not None and 1 << 20 < held < 1 << 36
    asked = _ask_ps(os.getpid())
    assert asked is None or held / 4 < asked < held * 8
    assert measure_memory(2**30) is None
