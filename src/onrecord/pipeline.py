"""paths -> readings in a store, and a report of what was read, skipped and why.

    list_inputs -> read_articles -> annotate -> read_document -> put_reading

Intake and reading each run in guarded processes of their own; the store is written here, in the order of the
inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from onrecord import __version__
from onrecord.engines import GuardedEngine, SerialEngine
from onrecord.errors import InvalidRecord, SkipDocument, StopRun
from onrecord.keys import value_key
from onrecord.records import Appearance, Document, Failure, Reading, Run
from onrecord.seams import Engine, EngineFailure, Model, Store
from onrecord.settings import Settings

if TYPE_CHECKING:  # each process loads only its half of the line: intake, or the model and reading
    from onrecord.intake import ColumnMapping, InputFile

Outcome = Literal["read", "unchanged", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands, after one more article."""

    done: int
    """Articles so far, of any outcome."""
    read: int
    unchanged: int
    skipped: int
    words: int
    """Words read so far."""
    path: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """What became of every input: documents in = read + unchanged + skipped."""

    read: int
    unchanged: int
    """The same bytes were read by the same run before: in this ledger, or earlier in these inputs."""
    skipped: tuple[Failure, ...]
    words: int
    statements: int
    seconds: float | None
    """By the caller's clock; none without one."""
    conflicts: int
    """Decisions that found no record to hold on to after this run."""


class RunStore(Store, Protocol):
    """What a run asks of a store beyond keeping records."""

    def is_current(self, document_id: str, run: Run, path: str) -> bool:
        """Whether that run read the document, from this place or one that comes before it."""
        ...

    def add_appearance(self, appearance: Appearance, member: str = "") -> None:
        """Keeps one more place of a document that is there. Raises `KeyError` when it is not."""
        ...


@dataclass(frozen=True, slots=True)
class _Article:
    """One article on its way to the reader."""

    document: Document
    appearance: Appearance

    @property
    def place(self) -> str:
        """Its path, with "#member"."""
        return _name_place(self.appearance.path, self.document.member)


def name_run(settings: Settings, model_digest: str) -> Run:
    """The run of these settings and that model, by this version of the code."""
    value = {
        "code_version": __version__,
        "model_digest": model_digest,
        "settings_digest": settings.digest(),
    }
    return Run(id=value_key("run", value), **value)


def read_paths(
    store: RunStore,
    paths: Sequence[str | Path],
    settings: Settings,
    *,
    load_model: Callable[[], Model] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> ReadReport:
    """Reads every article behind the paths into the store and tells what became of each.

    `load_model` (picklable, called once in each reading process) stands in for the shipped model.
    """
    from onrecord.intake import list_inputs
    from onrecord.names import load_names

    if settings.names is not None:
        load_names(settings.names)  # a wrong line of the user's file stops the run before it begins
    run = name_run(settings, load_model().digest if load_model else read_shipped_digest())
    keeper = _Keeper(store, run, progress)
    inputs = list_inputs(paths)
    first = list(islice(inputs, settings.workers))
    intake = partial(make_intake, _map_columns(settings), settings.names)
    files = _make_engine(settings, 1).map(intake, chain(first, inputs))
    articles = keeper.choose_articles(files)
    shipped = partial(load_shipped_model, settings.names)
    reader = partial(make_reader, load_model or shipped, settings.names)
    # The readers load the model while intake starts and opens the first file.
    readings = _make_engine(settings, settings.workers, ready=len(first)).map(reader, articles)
    with closing(files), closing(articles), closing(readings):
        for article, reading in readings:
            keeper.keep_reading(article, reading)
    keeper.keep_twins()
    return keeper.report()


def make_intake(
    mapping: ColumnMapping | None,
    names_file: Path | None = None,
) -> Callable[[InputFile], Iterator[tuple[Document, Appearance] | SkipDocument]]:
    """The first half of the work: one file -> its articles."""

    from onrecord.intake import read_articles
    from onrecord.names import load_names

    names = load_names(names_file) if names_file is not None else None

    def read_file(file: InputFile) -> Iterator[tuple[Document, Appearance] | SkipDocument]:
        if file.problem:
            yield SkipDocument(file.problem)
        else:
            yield from read_articles(file.path, relative=file.relative, mapping=mapping, names=names)

    return read_file


def make_reader(
    load_model: Callable[[], Model], names_file: Path | None = None
) -> Callable[[_Article], Iterator[Reading]]:
    """The second half: one article -> what it says. The model and the tables are loaded once."""
    from onrecord.reading import load_tables, read_document

    model, tables = load_model(), load_tables(names_file)

    def read_article(article: _Article) -> Iterator[Reading]:
        document = article.document
        passed_over = tuple(sorted((*document.litter, *document.credits)))
        (annotation,) = model.annotate([document.text], [passed_over])
        yield read_document(document, annotation, tables)

    return read_article


def load_shipped_model(names_file: Path | None = None) -> Model:
    """The language model that comes with the package; the user's names have a voice in it."""
    from onrecord.language import load_model
    from onrecord.names import load_names

    return load_model(names=load_names(names_file))


def read_shipped_digest() -> str:
    """The digest of its weights, without loading them."""
    from onrecord.language import read_digest

    return read_digest()


def _make_engine(settings: Settings, workers: int, *, ready: int = 0) -> Engine:
    if not settings.workers:
        return SerialEngine()
    return GuardedEngine(
        workers, time_limit=settings.time_limit, memory_limit=settings.memory_limit, ready=ready
    )


def _map_columns(settings: Settings) -> ColumnMapping | None:
    if not settings.columns:
        return None
    from onrecord.intake import ColumnMapping

    known = [one.name for one in fields(ColumnMapping)]
    for name in settings.columns:
        if name not in known:
            raise StopRun(f"columns: there is no field {name!r} to map; the fields are {', '.join(known)}")
    return ColumnMapping(**settings.columns)


def _name_place(path: str, member: str) -> str:
    return f"{path}#{member}" if member else path


class _Keeper:
    """Writes what becomes of each article, in the one process that writes, and counts it.

    What needs no reading never reaches the reader. The store's state does not depend on the order of writes.
    """

    def __init__(self, store: RunStore, run: Run, progress: Callable[[Progress], None] | None) -> None:
        self.store = store
        self.run = run
        self.progress = progress
        self.read = self.unchanged = self.words = self.statements = 0
        self.skipped: list[Failure] = []
        self.twins: list[tuple[Appearance, str]] = []
        """Places (with the member) of the same bytes as an article that this run reads elsewhere."""

    def choose_articles(
        self, files: Iterable[tuple[InputFile, tuple[Document, Appearance] | SkipDocument | EngineFailure]]
    ) -> Generator[_Article, None, None]:
        """The articles that have to be read; the others, and what cannot be read, are settled here."""
        first: dict[str, str] = {}
        for file, item in files:
            if isinstance(item, SkipDocument):
                place = _name_place(file.relative, item.member)
                self.skip(Failure(path=place, stage=item.stage, error=item.reason))
                continue
            if isinstance(item, EngineFailure):
                self.skip(Failure(path=file.relative, stage="intake", error=item.reason))
                continue
            article = _Article(*item)
            document_id, path = article.document.id, article.appearance.path
            if first.get(document_id, "\U0010ffff") <= path:
                self.twins.append((article.appearance, article.document.member))
            elif self.store.is_current(document_id, self.run, path):
                self.keep_appearance(article.appearance, article.document.member)
            else:
                first[document_id] = path
                yield article

    def keep_reading(self, article: _Article, reading: Reading | EngineFailure) -> None:
        if isinstance(reading, EngineFailure):
            self.lose(article.appearance, article.place, reading.reason)
            return
        try:
            self.store.put_reading(reading, article.appearance, self.run)
        except InvalidRecord as error:
            reason = f"our reading of it contradicts its text ({error}): please report this"
            self.lose(article.appearance, article.place, reason)
            return
        self.read += 1
        self.words += len(reading.document.text.split())
        self.statements += len(reading.statements)
        self.tell(article.place, "read")

    def keep_twins(self) -> None:
        for appearance, member in self.twins:
            if self.store.is_current(appearance.document_id, self.run, appearance.path):
                self.keep_appearance(appearance, member)
            else:
                place = _name_place(appearance.path, member)
                self.lose(appearance, place, "it is a copy of an article that could not be read")

    def keep_appearance(self, appearance: Appearance, member: str) -> None:
        self.store.add_appearance(appearance, member)
        self.unchanged += 1
        self.tell(_name_place(appearance.path, member), "unchanged")

    def lose(self, appearance: Appearance, place: str, reason: str) -> None:
        lost = Failure(path=place, document_id=appearance.document_id, stage="reading", error=reason)
        self.skip(lost)

    def skip(self, failure: Failure) -> None:
        self.store.put_failure(failure)
        self.skipped.append(failure)
        self.tell(failure.path, "skipped")

    def tell(self, place: str, outcome: Outcome) -> None:
        if self.progress is None:
            return
        done = self.read + self.unchanged + len(self.skipped)
        self.progress(
            Progress(
                done=done,
                read=self.read,
                unchanged=self.unchanged,
                skipped=len(self.skipped),
                words=self.words,
                path=place,
                outcome=outcome,
            )
        )

    def report(self) -> ReadReport:
        return ReadReport(
            read=self.read,
            unchanged=self.unchanged,
            skipped=tuple(sorted(self.skipped, key=lambda one: (one.path, one.stage, one.error))),
            words=self.words,
            statements=self.statements,
            seconds=None,
            conflicts=0,
        )
