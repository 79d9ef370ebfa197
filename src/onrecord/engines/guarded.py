"""items -> results in order from processes behind a guard: a crash, a hang or a bomb costs one item.

The guard sends each worker a few items ahead and gets every result as it is made, so that it always knows
which item a worker is at. When a worker dies, only that item is suspect: the others go to another worker, and
the suspect is tried once more alone in a fresh process, so that no item answers for what another one left
behind. Processes are spawned, never forked, on every system.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic

from onrecord.engines.memory import MEBIBYTE, measure_memory
from onrecord.engines.worker import BROKEN, DONE, FAILED, READY, RESULT, work
from onrecord.errors import StopRun
from onrecord.seams import EngineFailure, Item, Result
from onrecord.threads import one_thread

_POLL_SECONDS: Final = 0.2
_AHEAD: Final = 3
"""Items that a worker holds: the one it is at and those that wait in its pipe."""
_BUFFER: Final = 32
"""Results of one item that may wait for their turn before its worker has to wait, too."""
_WINDOW: Final = 16
"""Items a worker that may be finished or under way beyond the one whose turn it is."""
_START_SECONDS: Final = 300.0
"""How long a worker may take to load its model, on a slow disk."""


@dataclass(slots=True)
class _Task(Generic[Item]):
    """One item on its way."""

    item: Item
    results: deque[Any] = field(default_factory=deque)
    sent: int = 0
    """Results that came so far."""
    done: bool = False
    suspect: bool = False
    """A worker died of it, or of what came before it: to be tried alone."""


@dataclass(slots=True)
class _Worker(Generic[Item]):
    """One process with its items, the one it is at first."""

    process: BaseProcess
    items: Connection
    results: Connection
    tasks: deque[_Task[Item]] = field(default_factory=deque)
    ready: bool = False
    finished: int = 0
    """Items it has finished in its life."""
    since: float = 0.0
    """When it began with the item it is at, or gave the last result of it."""
    measured: float = 0.0
    """When its memory was measured last."""

    @property
    def at(self) -> _Task[Item] | None:
        """The task that it is at."""
        return self.tasks[0] if self.tasks else None

    @property
    def full(self) -> bool:
        """Whether so many results wait for their turn that the worker has to wait, too."""
        return bool(self.tasks) and len(self.tasks[0].results) >= _BUFFER


class GuardedEngine:
    """N processes that each make the function once; `time_limit` in seconds a result, `memory_limit` in
    mebibytes a process. The clock decides about hangs only, never about results. `ready` of them start before
    the first item is there, the others when an item waits."""

    def __init__(
        self,
        workers: int = 1,
        *,
        time_limit: float = 120.0,
        memory_limit: int = 3072,
        ready: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.workers = max(1, workers)
        self.time_limit = time_limit
        self.memory_limit = memory_limit
        self.ready = min(ready, self.workers)
        self.clock = clock

    def map(
        self, make_function: Callable[[], Callable[[Item], Iterable[Result]]], items: Iterable[Item]
    ) -> Generator[tuple[Item, Result | EngineFailure], None, None]:
        """Each item with each of its results, in the order of the items, from any number of workers."""
        guard = _Guard(self, make_function, iter(items))
        try:
            yield from guard.run()
        finally:
            guard.close()


class _Guard(Generic[Item]):
    """The state of one `map`."""

    def __init__(
        self, engine: GuardedEngine, make_function: Callable[[], Any], items: Iterator[Item]
    ) -> None:
        self.engine = engine
        self.make_function = make_function
        self.items = items
        self.more = True
        self.order: deque[_Task[Item]] = deque()
        """Tasks whose results are not all given out yet, in the order of the items."""
        self.waiting: deque[_Task[Item]] = deque()
        self.workers: list[_Worker[Item]] = []
        self.context = multiprocessing.get_context("spawn")

    def run(self) -> Iterator[tuple[Item, Any]]:
        for _ in range(self.engine.ready):
            self.start_worker()
        while True:
            self.take_items()
            if not self.order:
                return
            self.hand_out()
            self.listen()
            self.watch()
            while self.order:
                head = self.order[0]
                while head.results:
                    yield head.item, head.results.popleft()
                if not head.done:
                    break
                self.order.popleft()

    def take_items(self) -> None:
        """Takes items from the input while there is room for them on the way."""
        while self.more and len(self.order) < self.engine.workers * _WINDOW and len(self.waiting) < _AHEAD:
            try:
                task = _Task(next(self.items))
            except StopIteration:
                self.more = False
                return
            self.order.append(task)
            self.waiting.append(task)

    def hand_out(self) -> None:
        """Gives waiting tasks to the workers with the fewest; starts workers while tasks wait for one."""
        while self.waiting:
            task = self.waiting[0]
            worker = self.choose_fresh_worker() if task.suspect else self.choose_worker()
            if worker is None:
                return
            self.waiting.popleft()
            if not worker.tasks:
                worker.since = self.engine.clock()
            worker.tasks.append(task)
            with contextlib.suppress(BrokenPipeError, ConnectionError):
                worker.items.send((task.item,))  # if it died just now, `listen` finds the end of its pipe

    def choose_worker(self) -> _Worker[Item] | None:
        """The one with the fewest tasks, none of them a suspect; a new one when all are busy."""
        free = [
            one
            for one in self.workers
            if len(one.tasks) < _AHEAD and not any(task.suspect for task in one.tasks)
        ]
        if all(one.tasks for one in self.workers) and len(self.workers) < self.engine.workers:
            return self.start_worker()
        return min(free, key=lambda one: len(one.tasks), default=None)

    def choose_fresh_worker(self) -> _Worker[Item] | None:
        """One that has done nothing yet."""
        idle = sorted((one for one in self.workers if not one.tasks), key=lambda one: one.finished)
        if idle and not idle[0].finished:
            return idle[0]
        if len(self.workers) >= self.engine.workers:
            if not idle:
                return None
            self.stop(idle[0])
        return self.start_worker()

    def start_worker(self) -> _Worker[Item]:
        items_there, items_here = self.context.Pipe(duplex=False)
        results_here, results_there = self.context.Pipe(duplex=False)
        process = self.context.Process(
            target=work, args=(items_there, results_there, self.make_function), daemon=True
        )
        try:
            with one_thread():
                process.start()
        except (RuntimeError, OSError) as error:
            raise StopRun(_explain_start(str(error).strip().partition("\n")[0])) from error
        finally:
            items_there.close()
            results_there.close()
        worker: _Worker[Item] = _Worker(process, items_here, results_here, since=self.engine.clock())
        self.workers.append(worker)
        return worker

    def listen(self) -> None:
        """Waits a moment for messages and takes those that are there.

        Workers far ahead of their turn are left to wait, unless the task whose turn it is waits for them.
        """
        head = self.order[0]
        runs = any(one.at is head for one in self.workers)
        heard = {one.results: one for one in self.workers if not (runs and one.full and one.at is not head)}
        for pipe in wait(list(heard), timeout=_POLL_SECONDS):
            worker = heard[pipe]  # type: ignore[index]
            try:
                word, payload = worker.results.recv()
            except (EOFError, OSError):
                self.bury(worker, "crash", "it crashed the reading process")
            else:
                self.take_message(worker, word, payload)

    def take_message(self, worker: _Worker[Item], word: str, payload: Any) -> None:
        worker.since = self.engine.clock()
        if word == READY:
            worker.ready = True
            return
        if word == BROKEN:
            raise StopRun(payload)
        task = worker.tasks[0]
        if word == RESULT:
            task.results.append(payload)
            task.sent += 1
            return
        if word == FAILED:
            task.results.append(payload)
        if word in (DONE, FAILED):
            task.done = True
            worker.tasks.popleft()
            worker.finished += 1

    def watch(self) -> None:
        """Ends workers that are over their time or memory."""
        now = self.engine.clock()
        for worker in list(self.workers):
            spent = now - worker.since
            if not worker.ready:
                if spent > _START_SECONDS:
                    raise StopRun(_explain_start(f"no answer after {_START_SECONDS:.0f} seconds"))
                continue
            if worker.tasks and not worker.full and spent > self.engine.time_limit:
                self.bury(worker, "time", f"it took more than {self.engine.time_limit:g} seconds")
                continue
            if now - worker.measured < _POLL_SECONDS:
                continue
            worker.measured = now
            if (measure_memory(worker.process.pid or 0) or 0) > self.engine.memory_limit * MEBIBYTE:
                self.bury(worker, "memory", f"it took more than {self.engine.memory_limit} MiB of memory")

    def bury(self, worker: _Worker[Item], kind: Any, reason: str) -> None:
        """Ends a worker; its suspect fails, or is tried again alone, and its other tasks go back."""
        self.stop(worker)
        if not worker.ready:
            code = worker.process.exitcode
            raise StopRun(_explain_start(f"a reading process ended with code {code} before it was ready"))
        tasks = list(worker.tasks)
        if not tasks:
            return
        suspect, others = tasks[0], tasks[1:]
        self.waiting.extendleft(reversed(others))
        if kind != "time" and worker.finished and not suspect.sent:
            suspect.suspect = True
            self.waiting.appendleft(suspect)
        else:
            if kind == "crash" and worker.process.exitcode is not None:
                reason = f"{reason} (exit code {worker.process.exitcode})"
            suspect.results.append(EngineFailure(kind=kind, reason=reason))
            suspect.done = True

    def stop(self, worker: _Worker[Item]) -> None:
        self.workers.remove(worker)
        worker.items.close()
        worker.results.close()
        worker.process.kill()
        worker.process.join(timeout=10)

    def close(self) -> None:
        """Ends all processes, at the end, on an error and on Ctrl-C alike."""
        for worker in list(self.workers):
            self.stop(worker)


def _explain_start(reason: str) -> str:
    return (
        f"the reading processes do not start ({reason}): in a script of your own put the call under "
        "`if __name__ == '__main__':`, or read with workers = 0"
    )
