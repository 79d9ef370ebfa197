"""the places where one part can be put for another -> their shapes, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from onrecord.records import (
    Annotation,
    Appearance,
    Decision,
    Document,
    Failure,
    Mention,
    Reading,
    Run,
    Span,
    Statement,
)

Item = TypeVar("Item")
Result = TypeVar("Result")


class Reader(Protocol):
    """One input format."""

    def read(self, data: bytes, path: str) -> Iterator[tuple[Document, Appearance]]:
        """The documents of one file, in order. Raises `SkipDocument` with the reason when there is none."""
        ...


class Model(Protocol):
    """The language layer."""

    @property
    def digest(self) -> str:
        """Names the weights (or rules): two models with one digest give the same annotations."""
        ...

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        """One annotation a text, in order; a text's result never depends on its neighbours.

        `litter` gives, for each text, spans that are not the article: words there carry no entity and no
        attribution, and nothing crosses them.
        """
        ...


class Engine(Protocol):
    """Maps a function over items, in order, and outlives what the function does."""

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Failure]]:
        """Each item with its result, in the order of the items; a crash, a hang or a memory bomb in one item
        gives that item a `Failure` and leaves the others alone."""
        ...


class Store(Protocol):
    """Where records live. Every write is idempotent and one transaction."""

    def put_reading(self, reading: Reading, appearance: Appearance, run: Run) -> None:
        """Keeps one document with all its records, whole or not at all."""
        ...

    def put_failure(self, failure: Failure) -> None:
        """Keeps the reason why an input was not read."""
        ...

    def put_decision(self, decision: Decision) -> None:
        """Appends a person's decision."""
        ...

    def documents(self) -> Iterator[Document]:
        """All documents, by id."""
        ...

    def appearances(self, document_id: str) -> Sequence[Appearance]:
        """Where the document stood, by path."""
        ...

    def mentions(self, document_id: str) -> Sequence[Mention]:
        """The document's mentions, by start."""
        ...

    def statements(self, document_id: str) -> Sequence[Statement]:
        """The document's statements, by start of their content."""
        ...


class Exporter(Protocol):
    """One output format."""

    def export(self, store: Store, destination: Path) -> Sequence[Path]:
        """Writes the store's records and returns the files, byte-equal from run to run."""
        ...
