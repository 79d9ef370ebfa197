"""the environment -> one thread for numpy's products, unless the user has set another number.

The settings are read when numpy is loaded; our products are small, and a second thread for them takes longer
than it gives. This module imports nothing of ours, so that it may come before numpy.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Final

_SETTINGS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""What numpy's libraries of products read."""


def set_one_thread() -> list[str]:
    """Has what is loaded or started from now on use one thread; returns the settings that this added."""
    added = [name for name in _SETTINGS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    return added


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Has processes that start meanwhile use one thread, as each has one core."""
    added = set_one_thread()
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]
