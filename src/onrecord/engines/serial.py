"""items -> results, one after the other in this process: no guard against crashes and hangs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from onrecord.engines.worker import explain_error
from onrecord.seams import EngineFailure, Item, Result


class SerialEngine:
    """Runs everything here; an exception costs its item, a crash costs the run."""

    def map(
        self, make_function: Callable[[], Callable[[Item], Iterable[Result]]], items: Iterable[Item]
    ) -> Generator[tuple[Item, Result | EngineFailure], None, None]:
        """Each item with each of its results, in order."""
        function = make_function()
        for item in items:
            try:
                for result in function(item):
                    yield item, result
            except (MemoryError, Exception) as error:
                yield item, explain_error(error)
