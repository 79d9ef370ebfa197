"""Any history of reading, re-reading, deciding and undoing ends where a rebuild ends."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from onrecord.records import Appearance, Decision, Reading, Selector
from onrecord.stores import SqliteStore
from onrecord.stores.anchors import select_span
from onrecord.stores.checking import check_file
from onrecord.stores.decisions import find_undone
from onrecord.testing import make_document, make_mention, make_reading, make_run, make_statement

TEXTS = (
    "Ines Kovar said the mill is shut. She denied that anyone was paid.\n",
    "Tolm Radio reported that the mill burned.\nNobody knows, Per Aske said.\n",
)
PARTS = (
    (("Ines Kovar", "said", "the mill is shut"), ("She", "denied that", "anyone was paid")),
    (("Tolm Radio", "reported that", "the mill burned"), ("Per Aske", "said", "Nobody knows")),
)
RUNS = ("old", "new")
PATHS = ("a.txt", "b/a.txt", "c.txt")


def build_reading(article: int, run: str) -> Reading:
    """The newer model finds a shorter content for the first statement, and one statement less of the second
    article."""
    document = make_document(TEXTS[article])
    mentions = [make_mention(document, parts[0]) for parts in PARTS[article]]
    statements = []
    for mention, (_, cue, content) in zip(mentions, PARTS[article], strict=True):
        words = content.removeprefix("the ") if run == "new" else content
        statements.append(make_statement(document, mention, cue, words))
    if run == "new" and article == 1:
        statements = statements[:1]
    return make_reading(document, mentions, statements)


def build_decision(article: int, target: int, what: str, number: int) -> Decision:
    reading = build_reading(article, "old")
    document, statement = reading.document, reading.statements[target]
    selector = select_span(
        document.text, statement.content[0], document_id=document.id, record_id=statement.id
    )
    spans = select_span(document.text, reading.mentions[1 - target].span, document_id=document.id)
    place = {key: getattr(spans, key) for key in ("start", "end", "exact", "prefix", "suffix")}
    values: dict[str, dict[str, Any]] = {
        "act": {"act": "doubts"},
        "speaker": {"speaker": place},
        "span": {"part": "content", "spans": [place]},
        "reject": {},
        "accept": {},
        "date": {"published": f"2031-01-{number % 28 + 1:02}"},
        "outlet": {"outlet": f"Outlet {number}"},
        "add": {"content": [place], "act": "asks"},
    }
    if what in ("date", "outlet", "add"):
        selector = Selector(document_id=document.id)
    return Decision(
        id=f"{number:04}", what=what, selector=selector, value=values[what], by=f"P{number}", at="2031-01-01"
    )  # type: ignore[arg-type]


def describe(store: SqliteStore) -> list[object]:
    documents = [one.id for one in store.documents()]
    records = [(store.reading(one), tuple(store.appearances(one))) for one in documents]
    return [records, list(store.log()), list(store.runs())]


class Histories(RuleBasedStateMachine):
    """One ledger with a history, and the shortest history that should give the same."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = SqliteStore(Path(self.folder.name) / "ledger.db")
        self.reads: dict[int, dict[str, None]] = {}
        self.runs: dict[int, str] = {}
        self.decisions: list[Decision] = []

    @rule(article=st.sampled_from((0, 1)), path=st.sampled_from(PATHS), run=st.sampled_from(RUNS))
    def read(self, article: int, path: str, run: str) -> None:
        reading = build_reading(article, run)
        appearance = Appearance(document_id=reading.document.id, path=path, outlet="Mill Post")
        self.store.put_reading(reading, appearance, make_run(run))
        self.reads.setdefault(article, {})[path] = None
        self.runs[article] = run

    @rule(
        article=st.sampled_from((0, 1)),
        index=st.sampled_from((0, 1)),
        what=st.sampled_from(("act", "speaker", "span", "reject", "accept", "date", "outlet", "add")),
    )
    def decide(self, article: int, index: int, what: str) -> None:
        self.keep(build_decision(article, index, what, len(self.decisions)))

    @precondition(lambda self: any(one.id not in find_undone(self.decisions) for one in self.decisions))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        undone = find_undone(self.decisions)
        target = data.draw(st.sampled_from([one for one in self.decisions if one.id not in undone]))
        number = len(self.decisions)
        selector = Selector(document_id=target.selector.document_id)
        undo = replace(
            target, id=f"{number:04}", what="undo", selector=selector, value={"decision": target.id}
        )
        self.keep(undo)

    def keep(self, decision: Decision) -> None:
        self.decisions.append(decision)
        self.store.put_decision(decision)

    @invariant()
    def is_what_a_rebuild_gives(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            rebuilt = SqliteStore(Path(folder) / "ledger.db")
            for article in sorted(self.reads, reverse=True):
                reading = build_reading(article, self.runs[article])
                for path in sorted(self.reads[article], reverse=True):
                    appearance = Appearance(document_id=reading.document.id, path=path, outlet="Mill Post")
                    rebuilt.put_reading(reading, appearance, make_run(self.runs[article]))
            for decision in self.decisions:
                rebuilt.put_decision(decision)
            assert describe(self.store) == describe(rebuilt)
            assert check_file(self.store.connection) == []
            rebuilt.close()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


Histories.TestCase.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
TestHistories = Histories.TestCase
