"""a pipe of items -> a pipe of results: what runs in a guarded process."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from onrecord.errors import OnrecordError, StopRun
from onrecord.seams import EngineFailure

READY, RESULT, DONE, FAILED, BROKEN = "ready", "result", "done", "failed", "broken"
"""The words of the talk between a worker and its guard: each message is (word, payload)."""


def work(
    items: Connection, results: Connection, make_function: Callable[[], Callable[[Any], Iterable[Any]]]
) -> None:
    """Answers each item with its results, until the pipe of items closes."""
    # Ctrl-C reaches every process of the terminal; the guard alone decides what to do about it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is loaded now stays: to look through it for garbage time and again took a tenth of reading.
    gc.disable()
    try:
        function = make_function()
    except Exception as error:
        reason = str(error) if isinstance(error, StopRun) else f"{type(error).__name__}: {error}"
        results.send((BROKEN, reason))
        return
    gc.freeze()
    gc.enable()
    # Items are taken off their pipe at once, so that the guard never waits for us while we wait for it.
    queue: SimpleQueue[tuple[Any] | None] = SimpleQueue()
    Thread(target=_fill_queue, args=(items, queue), daemon=True).start()
    try:
        results.send((READY, None))
        while (message := queue.get()) is not None:
            _answer(results, function, message[0])
    except (BrokenPipeError, ConnectionError):
        return  # the guard is gone


def _fill_queue(items: Connection, queue: SimpleQueue[tuple[Any] | None]) -> None:
    try:
        while True:
            queue.put(items.recv())
    except (EOFError, OSError):
        queue.put(None)


def _answer(results: Connection, function: Callable[[Any], Iterable[Any]], item: Any) -> None:
    try:
        for result in function(item):
            results.send((RESULT, result))
    except (BrokenPipeError, ConnectionError):
        raise
    except StopRun as stop:
        results.send((BROKEN, str(stop)))
    except (MemoryError, Exception) as error:
        results.send((FAILED, explain_error(error)))
    else:
        results.send((DONE, None))


def explain_error(error: BaseException) -> EngineFailure:
    """The failure for an exception; one of our own explains itself, and one that stops the run is raised."""
    if isinstance(error, StopRun):
        raise error
    if isinstance(error, MemoryError):
        return EngineFailure(kind="memory", reason="it needs more memory than there is")
    if isinstance(error, RecursionError):
        return EngineFailure(kind="error", reason="it is nested too deeply")
    if isinstance(error, OnrecordError):
        return EngineFailure(kind="error", reason=str(error))
    return EngineFailure(kind="error", reason=f"{type(error).__name__}: {error}")
