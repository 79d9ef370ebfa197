"""a ledger file -> everything a user does with it: read, ask, decide, export, check.

with Ledger.open("onrecord.db") as ledger:
    ledger.read(["articles/"])
    for view in ledger.statements("fuel", by="lavrov"):
        print(" < ".join(view.chain), view.words)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from onrecord.pipeline import Progress, ReadReport
from onrecord.records import Decision, Failure, Run
from onrecord.seams import Model
from onrecord.settings import Settings
from onrecord.stores import Conflict, LoggedDecision, Mismatch, Redaction
from onrecord.summaries import Summary
from onrecord.views import DocumentSummary, DocumentView, StatementView
from onrecord.vocabulary import Act, DecisionKind


class Ledger:
    """One ledger file, open."""

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Ledger:
        """The ledger in that file; with `create` a new one where there is none. Raises `StopRun` when the
        file is no ledger, is of a newer version, or is not there."""
        raise NotImplementedError

    def close(self) -> None:
        """Closes the file; the object is of no use afterwards."""
        raise NotImplementedError

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
        raise NotImplementedError

    def documents(self) -> list[DocumentSummary]:
        """All documents in a line each, by day of publication (unknown last), path and id."""
        raise NotImplementedError

    def find_document(self, key: str) -> DocumentSummary:
        """The document with that id, beginning of an id (4 digits or more), path, or file name. Raises
        `StopRun` when there is none, or more than one."""
        raise NotImplementedError

    def document_view(self, key: str) -> DocumentView:
        """That document with its mentions and statements; `key` as for `find_document`."""
        raise NotImplementedError

    def document_views(self) -> Iterator[DocumentView]:
        """Every document with its statements, in the order of `documents`."""
        raise NotImplementedError

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
        raise NotImplementedError

    def statement(self, key: str) -> StatementView:
        """The statement with that id or beginning of an id (4 digits or more); else `StopRun`."""
        raise NotImplementedError

    def summary(self, *, confirmed: Collection[str] = ()) -> Summary:
        """The ledger in figures; `confirmed` names persons without a public role that may be listed."""
        raise NotImplementedError

    def failures(self) -> list[Failure]:
        """What could not be read and why, by path."""
        raise NotImplementedError

    def runs(self) -> list[Run]:
        """What read the documents, by id."""
        raise NotImplementedError

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
        raise NotImplementedError

    def undo(self, key: str, *, by: str, at: str, reason: str | None = None) -> Decision:
        """Takes back the decision with that id (or beginning of it); the records are as they were before.
        A redaction undone brings no word back, but the files can then be read again as they are."""
        raise NotImplementedError

    def redact(self, name: str, *, by: str, at: str, reason: str | None = None) -> Redaction:
        """Removes a name's words from every text, record, index, path and decision of this ledger, and from
        what is read later: letters are replaced by blocks, so that all offsets hold. Only a hash of the
        name stays. Returns the decision and how many places in how many documents were blanked."""
        raise NotImplementedError

    def log(self) -> list[LoggedDecision]:
        """Every decision, oldest first, with its state: applied, undone or in conflict (and why)."""
        raise NotImplementedError

    def conflicts(self) -> list[Conflict]:
        """Decisions whose record was not found again after a re-read."""
        raise NotImplementedError

    def export(self, formats: Sequence[str], place: str | Path, *, pseudonymise: bool = False) -> list[Path]:
        """Writes the ledger in those formats ("jsonl", "csv", "parquet") into the folder `place`; returns
        the files. `pseudonymise` replaces the names of persons without an evident public role, everywhere,
        by invented letters of the same length (the same for the same name). Raises `StopRun` for an unknown
        format."""
        raise NotImplementedError

    def check(self) -> list[Mismatch]:
        """Every record matched to its stored text again, and the file's own integrity; empty when all is
        well."""
        raise NotImplementedError
