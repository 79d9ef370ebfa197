"""the places where one part can be put for another -> their shapes, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from onrecord.errors import SkipDocument
from onrecord.records import (
    Actor,
    ActorName,
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
    """Reads one input file, as `intake.read_articles` does."""

    def __call__(self, path: Path, *, relative: str) -> Iterator[tuple[Document, Appearance] | SkipDocument]:
        """The file's documents in order; what cannot be read, the file or a member, as the reason why."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFailure:
    """Why an item has no (further) result."""

    kind: Literal["crash", "time", "memory", "error"]
    reason: str
    """In words, for a `Failure` row."""


class Engine(Protocol):
    """Maps a function over items, in order, and outlives what the function does."""

    def map(
        self, make_function: Callable[[], Callable[[Item], Iterable[Result]]], items: Iterable[Item]
    ) -> Generator[tuple[Item, Result | EngineFailure], None, None]:
        """Each item with each of its results, in the order of the items.

        `make_function` is called once by each worker (that is where a model is loaded), so it must be
        picklable. A crash, a hang or a memory bomb in one item gives that item an `EngineFailure` after the
        results that it had, and leaves the others alone.
        """
        ...


class StoredRecords(Protocol):
    """The reading side of a store: all that an export needs."""

    def documents(self) -> Iterator[Document]:
        """All documents, by id."""
        ...

    def reading(self, document_id: str) -> Reading:
        """All records of one document, as people corrected them. Raises `KeyError` for an unknown one."""
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

    def failures(self) -> Sequence[Failure]:
        """What could not be read, by path."""
        ...

    def runs(self) -> Sequence[Run]:
        """The runs whose records are here, by id."""
        ...

    def decisions(self) -> Sequence[Decision]:
        """All decisions, oldest first."""
        ...

    def actors(self) -> Iterable[Actor]:
        """The actors as put together last, by id."""
        ...

    def actor_names(self, document_id: str) -> Mapping[tuple[str, bool], ActorName]:
        """Local id and metonym -> which actor a document's actor is."""
        ...


class Store(StoredRecords, Protocol):
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


class Exporter(Protocol):
    """One output format."""

    def export(self, store: StoredRecords, destination: Path) -> Sequence[Path]:
        """Writes the store's records and returns the files, byte-equal from run to run."""
        ...
