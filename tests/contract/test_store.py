"""What every store must do, one body for all; a new store adds a line to STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import InvalidRecord
from onrecord.records import Appearance, DateBound, Decision, Failure, Reading, Selector, Span
from onrecord.seams import Store
from onrecord.stores import SqliteStore
from onrecord.stores.checking import check_file
from onrecord.testing import (
    make_appearance,
    make_document,
    make_mention,
    make_reading,
    make_run,
    make_statement,
)
from onrecord.views import view_document

TEXT = (
    "Minister Tamsin Okoro said the bridge will open in May.\n"
    "A carpenter from Velm, Brede Halloran, denied that the bridge is safe.\n"
    "He told Lakeside Radio that nobody asked him.\n"
)

STORES: dict[str, Callable[[Path], Store]] = {"sqlite": lambda folder: SqliteStore(folder / "ledger.db")}


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = STORES[request.param](tmp_path)
    yield made
    made.close()  # type: ignore[attr-defined]


def build_reading(text: str = TEXT, name: str = "") -> Reading:
    document = make_document(
        text,
        name=name,
        title="Bridge",
        byline="By Staff",
        language="en",
        published="2031-04-02",
        published_from="text",
        published_sure=True,
        litter=(Span(0, 8),),
        credits=(Span(0, 4),),
        title_span=Span(9, 15),
        not_before=DateBound(day="2031-01-01", evidence=Span(2, 5)),
    )
    okoro = make_mention(document, "Tamsin Okoro")
    halloran = make_mention(document, "Brede Halloran")
    he = make_mention(document, "He", local_id=halloran.id, inferred="pronoun", reason="the only man")
    radio = make_mention(document, "Lakeside Radio", kind="outlet")
    role = document.text.index("Minister")
    okoro = replace(okoro, role=type(okoro.span)(role, role + len("Minister")))
    opens = make_statement(document, okoro, "said", "the bridge will open in May")
    denies = make_statement(
        document, halloran, "denied", "the bridge is safe", act="denies", certainty="certain"
    )
    told = make_statement(
        document, he, "told", "nobody asked him", channel_ids=(radio.id,), within_id=denies.id
    )
    return make_reading(document, [okoro, halloran, he, radio], [opens, denies, told])


def decide(
    reading: Reading, what: str, value: dict[str, object], *, number: int = 0, target: int = 0
) -> Decision:
    statement = reading.statements[target]
    span = statement.content[0]
    text = reading.document.text
    selector = Selector(
        document_id=reading.document.id,
        record_id=statement.id,
        start=span.start,
        end=span.end,
        exact=text[span.start : span.end],
        prefix=text[max(0, span.start - 32) : span.start],
        suffix=text[span.end : span.end + 32],
    )
    return Decision(
        id=f"decision-{number}", what=what, selector=selector, value=value, by="Ada", at="2031-05-01"
    )  # type: ignore[arg-type]


def put(store: Store, reading: Reading, path: str = "a.txt", run: str = "one") -> None:
    store.put_reading(reading, make_appearance(reading.document, path), make_run(run))


def snapshot(store: Store) -> list[object]:
    documents = list(store.documents())
    return [
        [(store.reading(one.id), tuple(store.appearances(one.id))) for one in documents],
        list(store.failures()),
        list(store.runs()),
        list(store.decisions()),
    ]


def test_gives_back_what_it_was_given(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    back = store.reading(reading.document.id)
    assert back.document == reading.document
    assert back.sentences == reading.sentences
    assert set(back.mentions) == set(reading.mentions)
    assert set(back.statements) == set(reading.statements)
    assert list(store.documents()) == [reading.document]
    assert store.mentions(reading.document.id) == back.mentions
    assert store.statements(reading.document.id) == back.statements
    assert store.runs() == [make_run("one")]
    assert check_file(store.connection) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "lone \ud800 surrogate said x.",
        "NUL \0 inside said y.",
        "CRLF\r\nand\ttabs",
        "שלום said عربي",
        "e\u0301 NFD",
        "",
    ],
)
def test_keeps_any_text_exactly(store: Store, text: str) -> None:
    document = make_document(text, title=text or None)
    appearance = Appearance(document_id=document.id, path="odd\udcff.txt", outlet=text or None)
    store.put_reading(make_reading(document), appearance, make_run())
    assert list(store.documents()) == [document]
    assert list(store.appearances(document.id)) == [appearance]


def test_a_second_time_changes_nothing(store: Store) -> None:
    put(store, build_reading())
    before = snapshot(store)
    put(store, build_reading())
    assert snapshot(store) == before


def test_the_first_path_is_read_in_any_order(store: Store, tmp_path: Path) -> None:
    reading = build_reading()
    by_name = replace(reading, document=replace(reading.document, published="2031-01-01"))
    put(store, reading, "b.txt")
    put(store, by_name, "a.txt")
    put(store, replace(reading, document=replace(reading.document, title="z")), "z.txt")
    (document,) = store.documents()
    assert document.published == "2031-01-01"
    assert document.title == "Bridge"
    assert [one.path for one in store.appearances(document.id)] == ["a.txt", "b.txt", "z.txt"]


def test_another_run_replaces_the_records(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    fewer = replace(reading, statements=reading.statements[:1])
    put(store, fewer, run="two")
    assert store.statements(reading.document.id) == fewer.statements
    assert store.runs() == [make_run("two")]


def test_unknown_document_is_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError):
        store.reading("0" * 24)


def test_a_failure_goes_when_the_input_is_read(store: Store) -> None:
    failure = Failure(path="a.txt", stage="intake", error="no text")
    store.put_failure(failure)
    store.put_failure(failure)
    store.put_failure(Failure(path="b.txt", stage="intake", error="empty"))
    assert [one.path for one in store.failures()] == ["a.txt", "b.txt"]
    put(store, build_reading(), "a.txt")
    assert [one.path for one in store.failures()] == ["b.txt"]


def test_a_decision_outranks_the_machine_and_survives_a_reread(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    target = reading.statements[1]
    store.put_decision(decide(reading, "act", {"act": "doubts"}, target=1))
    put(store, reading, run="two")
    changed = {one.id: one for one in store.statements(reading.document.id)}[target.id]
    assert changed == replace(target, act="doubts", decided_by="Ada")


def test_a_decision_finds_a_statement_with_another_id(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    store.put_decision(decide(reading, "act", {"act": "doubts"}, target=1))
    old = reading.statements[1]
    span = old.content[0]
    moved = replace(old, id="f" * 24, content=(type(span)(span.start + 4, span.end),))
    others = (reading.statements[0], replace(reading.statements[2], within_id=moved.id))
    put(store, replace(reading, statements=(*others, moved)), run="two")
    changed = {one.id: one for one in store.statements(reading.document.id)}[moved.id]
    assert changed.act == "doubts"


def test_a_decision_without_its_statement_is_a_conflict(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    store.put_decision(decide(reading, "act", {"act": "doubts"}, target=0))
    put(store, replace(reading, statements=reading.statements[1:]), run="two")
    (logged,) = store.log()  # type: ignore[attr-defined]
    assert logged.state == "conflict"
    put(store, reading, run="three")
    (logged,) = store.log()  # type: ignore[attr-defined]
    assert logged.state == "applied"


def test_undo_restores_exactly(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    before = store.reading(reading.document.id), store.appearances(reading.document.id)
    document_id = reading.document.id
    decisions = [
        decide(reading, "reject", {}, number=1, target=1),
        decide(reading, "act", {"act": "asks"}, number=2),
        replace(
            decide(reading, "date", {"published": None}, number=3), selector=Selector(document_id=document_id)
        ),
        replace(
            decide(reading, "outlet", {"outlet": "X"}, number=4), selector=Selector(document_id=document_id)
        ),
    ]
    for decision in decisions:
        store.put_decision(decision)
    assert len(store.statements(document_id)) == 2
    assert next(iter(store.documents())).published is None
    assert [one.outlet for one in store.appearances(document_id)] == ["X"]
    for decision in decisions:
        selector = Selector(document_id=document_id)
        undo = replace(decision, id=f"undo-{decision.id}", what="undo", selector=selector)
        store.put_decision(replace(undo, value={"decision": decision.id}))
    assert (store.reading(document_id), store.appearances(document_id)) == before
    assert len(store.decisions()) == 8


def test_a_rejected_outer_statement_leaves_the_inner_one(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    store.put_decision(decide(reading, "reject", {}, target=1))
    left = store.statements(reading.document.id)
    assert [one.within_id for one in left] == [None, None]


def test_views_join_what_belongs_together(store: Store) -> None:
    reading = build_reading()
    put(store, reading)
    view = view_document(store.reading(reading.document.id), store.appearances(reading.document.id))
    opens, denies, told = view.statements
    assert opens.role == "Minister" and opens.speakers[0].public_role
    assert not denies.speakers[0].public_role
    assert told.speakers[0].name == "Brede Halloran" and told.speakers[0].exact == "He"
    assert told.via == ("Lakeside Radio",), "nobody has words from himself"
    assert told.chain == ("The Herald", "Lakeside Radio", "Brede Halloran")
    assert told.context == "He told Lakeside Radio that nobody asked him."


def test_records_that_contradict_their_document_are_refused(store: Store) -> None:
    reading = build_reading()
    statement = reading.statements[0]
    for wrong in (
        replace(reading, statements=(replace(statement, content=(Span(0, 10_000),)),)),
        replace(reading, statements=(replace(statement, speaker_ids=("x",)),)),
        replace(reading, statements=(replace(statement, within_id="x"),)),
        replace(reading, statements=(statement, statement)),
        replace(reading, mentions=()),
        replace(reading, document=replace(reading.document, text=TEXT + "more")),
        make_reading(reading.document, [replace(reading.mentions[0], document_id="x")]),
    ):
        with pytest.raises(InvalidRecord):
            put(store, wrong)
    assert list(store.documents()) == []
