"""a ledger file -> everything a user does with it: read, ask, decide, export, check.

with Ledger.open("onrecord.db") as ledger:
    ledger.read(["articles/"])
    for view in ledger.statements("fuel", by="lavrov"):
        print(" < ".join(view.chain), view.words)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from onrecord.corrections import build_decision, normalise_value, select_document, select_statement
from onrecord.errors import StopRun
from onrecord.exports import load_exporter
from onrecord.exports.pseudonyms import PseudonymousStore
from onrecord.folding import find_names, hide_name
from onrecord.queries import (
    Question,
    answer_question,
    iterate_views,
    list_documents,
    load_summary,
    load_view,
    resolve_decision,
    resolve_document,
    resolve_statement,
)
from onrecord.records import Decision, Failure, Run, Selector
from onrecord.seams import Model
from onrecord.settings import Settings
from onrecord.stores import Conflict, LoggedDecision, Mismatch, Redaction, SqliteStore
from onrecord.stores.checking import check_file
from onrecord.summaries import Summary, summarise
from onrecord.views import DocumentSummary, DocumentView, StatementView
from onrecord.vocabulary import Act, DecisionKind

if TYPE_CHECKING:  # intake and the language model are loaded when something is read
    from onrecord.pipeline import Progress, ReadReport

LEAST_LETTERS: Final = 2
"""Of a name to be redacted: one letter would blank half of every text."""

_ABOUT_DOCUMENTS: Final = frozenset(("date", "outlet", "litter", "add"))


class Ledger:
    """One ledger file, open."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Ledger:
        """The ledger in that file; with `create` a new one where there is none. Raises `StopRun` when the
        file is no ledger, is of a newer version, or is not there."""
        return cls(SqliteStore(Path(path), create=create))

    def close(self) -> None:
        """Closes the file; the object is of no use afterwards."""
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self,
        paths: Sequence[str | Path],
        *,
        settings: Settings | None = None,
        load_model: Callable[[], Model] | None = None,
        progress: Callable[[Progress], None] | None = None,
        clock: Callable[[], float] | None = None,
    ) -> ReadReport:
        """Reads files, folders, globs and archives into the ledger; what was read, what was there already,
        what was skipped and why. `progress` is called after every article. `settings.workers` 0 reads in
        this process; n > 0 in n guarded ones. `clock` (say `time.perf_counter`) fills `seconds`."""
        from onrecord.pipeline import read_paths

        begin = clock() if clock else None
        report = read_paths(
            self._store, paths, settings or Settings(), load_model=load_model, progress=progress
        )
        seconds = clock() - begin if clock and begin is not None else None
        return replace(report, seconds=seconds, conflicts=len(self.conflicts()))

    def documents(self) -> list[DocumentSummary]:
        """All documents in a line each, by day of publication (unknown last), path and id."""
        return [load_summary(self._store, document_id) for document_id in list_documents(self._store)]

    def find_document(self, key: str) -> DocumentSummary:
        """The document with that id, beginning of an id (4 digits or more), path, or file name. Raises
        `StopRun` when there is none, or more than one."""
        return load_summary(self._store, resolve_document(self._store, key))

    def document_view(self, key: str) -> DocumentView:
        """That document with its mentions and statements; `key` as for `find_document`."""
        return load_view(self._store, resolve_document(self._store, key))

    def document_views(self) -> Iterator[DocumentView]:
        """Every document with its statements, in the order of `documents`."""
        return iterate_views(self._store)

    def statements(
        self,
        words: str | None = None,
        *,
        by: str | None = None,
        about: str | None = None,
        act: Act | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[StatementView]:
        """The statements that match all that is given, by day, document and place.

        `words` are looked for in the content, `by` in the speaker's words, name and role, `about` in who is
        spoken of, `outlet` in the outlet's name; case and diacritics do not matter. All words must be there;
        "two words" in quotation marks stand side by side, word* begins so, -word is absent. `since` and
        `until` are days (ISO 8601), both included; a document of unknown day is found where its bounds show
        that it lies within. Raises `StopRun` for a day that is none.
        """
        question = Question(words=words, by=by, about=about, act=act, outlet=outlet, since=since, until=until)
        return answer_question(self._store, question)

    def statement(self, key: str) -> StatementView:
        """The statement with that id or beginning of an id (4 digits or more); else `StopRun`."""
        statement_id, document_id = resolve_statement(self._store, key)
        view = load_view(self._store, document_id)
        return next(one for one in view.statements if one.id == statement_id)

    def summary(self, *, confirmed: Collection[str] = ()) -> Summary:
        """The ledger in figures; `confirmed` names persons without a public role that may be listed."""
        return summarise(
            self.document_views(),
            failures=len(self._store.failures()),
            decisions=len(self._store.decisions()),
            confirmed=confirmed,
        )

    def failures(self) -> list[Failure]:
        """What could not be read and why, by path."""
        return list(self._store.failures())

    def runs(self) -> list[Run]:
        """What read the documents, by id."""
        return list(self._store.runs())

    def decide(
        self,
        what: DecisionKind,
        key: str,
        value: Mapping[str, object] | None = None,
        *,
        by: str,
        at: str,
        reason: str | None = None,
    ) -> Decision:
        """Records a person's word and applies it. `key` is a statement's id (or its beginning), or for
        date, outlet, litter and add a document's (as for `find_document`). `value` by `what`:

        speaker   {"words": "Jane Roe" | None}   words of the article; None: nobody that we can tell;
                  optional {"start": n, "end": n} instead, {"name": words} for whom they stand
        span      {"part": "content" | "cue", "words": str | [str, …]} or {"part", "spans": [[start, end], …]}
        act       {"act": act}, optional "negated": bool, "certainty": certainty
        date      {"published": "2021-03-04" | None}
        outlet    {"outlet": str | None}
        litter    {"words": "the line"} or {"start", "end"}; {"litter": False} takes the mark away
        add       {"content": words or spans, "cue"?: words or spans, "speaker"?: words, "act"?: act}
        accept, reject    nothing

        `at` is a day or time (ISO 8601). Raises `StopRun` for words that are not in the article, an unknown
        act, an impossible day. For redact and undo see `redact`, `undo`.
        """
        if what in ("redact", "undo"):
            raise StopRun(f"for {what} there is a command of its own: `onrecord fix {what}`")
        statement = None
        if what in _ABOUT_DOCUMENTS:
            document = self._store.document(resolve_document(self._store, key))
            selector = select_document(document)
        else:
            view = self.statement(key)
            statement = view.statement
            document = self._store.document(statement.document_id)
            selector = select_statement(document, statement)
        chosen = normalise_value(what, document, statement, value or {})
        return self._keep(what, selector, chosen, by=by, at=at, reason=reason)

    def _keep(
        self,
        what: DecisionKind,
        selector: Selector,
        value: Mapping[str, object],
        *,
        by: str,
        at: str,
        reason: str | None,
    ) -> Decision:
        decision = self._build(what, selector, value, by=by, at=at, reason=reason)
        self._store.put_decision(decision)
        return decision

    def _build(
        self,
        what: DecisionKind,
        selector: Selector,
        value: Mapping[str, object],
        *,
        by: str,
        at: str,
        reason: str | None,
    ) -> Decision:
        number = len(self._store.decisions())
        return build_decision(what, selector, value, by=by, at=at, reason=reason, number=number)

    def undo(self, key: str, *, by: str, at: str, reason: str | None = None) -> Decision:
        """Takes back the decision with that id (or beginning of it); the records are as they were before.
        A redaction undone brings no word back, but the files can then be read again as they are."""
        logged = self.log()[resolve_decision(self._store, key)]
        if logged.state == "undone":
            raise StopRun(f"the decision {logged.decision.id[:12]} was taken back already")
        selector = Selector(document_id=logged.decision.selector.document_id)
        value = {"decision": logged.decision.id}
        return self._keep("undo", selector, value, by=by, at=at, reason=reason)

    def redact(self, name: str, *, by: str, at: str, reason: str | None = None) -> Redaction:
        """Removes a name's words from every text, record, index, path and decision of this ledger, and from
        what is read later: letters are replaced by blocks, so that all offsets hold. Only a hash of the
        name stays. Returns the decision and how many places in how many documents were blanked."""
        hidden = hide_name(name)
        if hidden.letters < LEAST_LETTERS:
            raise StopRun(f"{name!r} has too few letters to be redacted: give the whole name")
        value = {"letters": hidden.letters, "digest": hidden.digest}
        decision = self._build("redact", Selector(document_id=""), value, by=by, at=at, reason=reason)
        redaction = self._store.redact(decision)
        words = [word for word in dict.fromkeys(name.split()) if hide_name(word).letters >= LEAST_LETTERS]
        if len(words) < 2:
            return redaction
        counts = dict.fromkeys(words, 0)
        for document in self._store.documents():
            for word in words:
                counts[word] += len(find_names(document.text, [hide_name(word)]))
        return replace(redaction, left=tuple((word, count) for word, count in counts.items() if count))

    def log(self) -> list[LoggedDecision]:
        """Every decision, oldest first, with its state: applied, undone or in conflict (and why)."""
        return list(self._store.log())

    def conflicts(self) -> list[Conflict]:
        """Decisions whose record was not found again after a re-read."""
        return [
            Conflict(decision_id=one.decision.id, why=one.why or "")
            for one in self.log()
            if one.state == "conflict"
        ]

    def export(self, formats: Sequence[str], place: str | Path, *, pseudonymise: bool = False) -> list[Path]:
        """Writes the ledger in those formats ("jsonl", "csv", "parquet") into the folder `place`; returns
        the files. `pseudonymise` replaces the names of persons without an evident public role, everywhere,
        by invented letters of the same length (the same for the same name). Raises `StopRun` for an unknown
        format."""
        place = Path(place)
        exporters = [load_exporter(name) for name in formats]
        if place.exists() and not place.is_dir():
            raise StopRun(f"{place} is a file: name a folder for the export with -o")
        with self._store.read():
            source = PseudonymousStore(self._store) if pseudonymise else self._store
            return [path for exporter in exporters for path in exporter.export(source, place)]

    def check(self) -> list[Mismatch]:
        """Every record matched to its stored text again, and the file's own integrity; empty when all is
        well."""
        return check_file(self._store.connection)
