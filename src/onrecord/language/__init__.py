"""text -> Annotation: the shipped language model, and the rule-only floor beside it (`rules`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.language.weights import find_weights, read_weights_digest

if TYPE_CHECKING:  # who only asks for the digest does not load the run-time
    from onrecord.language.model import LanguageModel
    from onrecord.names import Names

__all__ = ["load_model", "read_digest"]


def load_model(
    *, threads: int = 1, directory: Path | None = None, names: Names | None = None
) -> LanguageModel:
    """Return the shipped model, or the one in `directory`; make it once in each worker (a fifth of a second).

    `names` stand in for the shipped ones where names vote for labels; the network's own input stays as it is.

    Raises `StopRun` when its files are not whole.
    """
    from onrecord.language.model import LanguageModel

    return LanguageModel(directory or find_weights(), threads=threads, names=names)


def read_digest(directory: Path | None = None) -> str:
    """Return the SHA-256 of the weights without loading them."""
    return read_weights_digest(directory or find_weights())
