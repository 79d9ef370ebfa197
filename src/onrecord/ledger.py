"""a ledger file -> everything a user does with it: read, ask, decide, export, check.

with Ledger.open("onrecord.db") as ledger:
    ledger.read(["articles/"])
    for view in ledger.statements("fuel", by="lavrov"):
        print(" < ".join(view.chain), view.words)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from onrecord.actors import (
    Understood,
    assemble,
    count_bearers,
    find_actor,
    list_suggestions,
    search_actors,
    understand,
)
from onrecord.choices import choose_actor
from onrecord.corrections import (
    build_decision,
    normalise_value,
    select_document,
    select_statement,
)
from onrecord.errors import StopRun
from onrecord.exports import load_exporter
from onrecord.exports.pseudonyms import PseudonymousStore
from onrecord.folding import find_names, hide_name
from onrecord.queries import (
    Answer,
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
from onrecord.records import Actor, Decision, Failure, Run, Selector
from onrecord.seams import Model
from onrecord.settings import Settings
from onrecord.stores import Conflict, LoggedDecision, Mismatch, Redaction, SqliteStore
from onrecord.stores.checking import check_file
from onrecord.summaries import Summary, summarise
from onrecord.taking import Taken, load_decision
from onrecord.views import DocumentSummary, DocumentView, StatementView
from onrecord.vocabulary import ACTOR_DECISIONS, Act, DecisionKind

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
        if settings is not None and settings.names is not None:
            self._store.keep_names_file(settings.names.resolve())
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
        assemble(self._store)
        return load_view(self._store, resolve_document(self._store, key))

    def document_views(self) -> Iterator[DocumentView]:
        """Every document with its statements, in the order of `documents`."""
        assemble(self._store)
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
        parts: bool = True,
    ) -> list[StatementView]:
        """The statements that match all that is given, by day, document and place; see `answer`."""
        question = Question(
            words=words, by=by, about=about, act=act, outlet=outlet, since=since, until=until, parts=parts
        )
        return list(self.answer(question).statements)

    def answer(self, question: Question) -> Answer:
        """The statements that match all that is asked, by day, document and place, and what was understood.

        `by` and `about` that are an actor's name or id mean the actor under all its names, with `parts` also
        who belongs to it or speaks for it; other words are looked for in the speaker's words, name and role,
        or in who is spoken of, and among the roles that any article gives an actor. `words` are looked for in
        the content, `outlet` in the outlet's name; case and diacritics do not matter. All words must stand;
        "two words" in quotation marks stand side by side, word* begins so, -word is absent. `since` and
        `until` are days (ISO 8601), both included; a document of unknown day is found where its bounds show
        that it lies within. Raises `StopRun` for a day that is none.
        """
        assemble(self._store)
        return answer_question(self._store, question)

    def actors(self, words: str | None = None) -> list[Actor]:
        """The actors that may be listed across articles, most documents first; with `words`, the one of that
        name or id, or else those with a name or role that has all the words."""
        assemble(self._store)
        return search_actors(self._store, words)

    def actor(self, key: str) -> Actor:
        """The one actor with that id (also one that it had before names were joined, or its beginning) or
        name; else `StopRun`."""
        assemble(self._store)
        return find_actor(self._store, key)

    def understand(self, words: str, *, parts: bool = True) -> Understood:
        """Which actors the words name, with what belongs to them."""
        assemble(self._store)
        return understand(self._store, words, parts=parts)

    def bearers(self, actor: Actor) -> Mapping[str, int]:
        """Document id -> mentions of the actor in it."""
        return count_bearers(self._store, actor)

    def suggestions(self) -> list[tuple[Actor, Actor, str]]:
        """Pairs of actors that may be one, and why; `decide_actor` with "merge" or "split" settles a pair. A
        surname that stands alone in an article is given beside the public person whom it may mean."""
        assemble(self._store)
        return list_suggestions(self._store)

    def statement(self, key: str) -> StatementView:
        """The statement with that id or beginning of an id (4 digits or more); else `StopRun`."""
        statement_id, document_id = resolve_statement(self._store, key)
        assemble(self._store)
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
        if what in ("redact", "undo") or what in ACTOR_DECISIONS:
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

    def decide_actor(
        self,
        what: DecisionKind,
        key: str,
        value: Mapping[str, str] | None = None,
        *,
        by: str,
        at: str,
        reason: str | None = None,
    ) -> Decision:
        """Records a person's word about an actor and applies it. `key` is the actor's id, the beginning of
        one, or a name. `value` by `what`:

        merge     {"other": id or name}: the two are one
        split     {"other": id or name}: the two are not one, by any path; or {"words": a name of the actor}:
                  that name means another; or {"document": a document}: the article means another
        rename    {"name": what to call it}
        kind      {"kind": person, organisation …}
        confirm   nothing: a person without an evident public role may be listed across articles

        Raises `StopRun` for an actor, document or kind that is not there.
        """
        assemble(self._store)
        given = dict(value or {})
        if "document" in given:
            given["document"] = resolve_document(self._store, given["document"])
        choice = choose_actor(self._store, what, key, given)
        return self._keep(what, Selector(document_id=""), choice, by=by, at=at, reason=reason)

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
        if self._store.actor_decisions():
            assemble(self._store)
        return list(self._store.log())

    def apply(self, lines: Iterable[str]) -> Taken:
        """Takes over decisions in JSON lines, as `decisions.jsonl` of an export or `fix log --json` has them,
        in their order; one that stands in the log already changes nothing. Raises `StopRun` for a line that
        is no decision, and keeps none."""
        decisions = [load_decision(line, number) for number, line in enumerate(lines, 1) if line.strip()]
        known = {one.id for one in self._store.decisions()}
        for decision in decisions:
            if decision.what == "redact":
                self._store.redact(decision)
            else:
                self._store.put_decision(decision)
        ids = {one.id for one in decisions}
        return Taken(
            new=len(ids - known),
            known=len(ids & known),
            conflicts=tuple(one for one in self.conflicts() if one.decision_id in ids),
        )

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
        assemble(self._store)
        with self._store.read():
            source = PseudonymousStore(self._store) if pseudonymise else self._store
            return [path for exporter in exporters for path in exporter.export(source, place)]

    def check(self) -> list[Mismatch]:
        """Every record matched to its stored text again, and the file's own integrity; empty when all is
        well."""
        return check_file(self._store.connection)
