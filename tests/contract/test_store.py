"""What every store must do, one body for all; a new store adds a line to STORES."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.actors import assemble
from onrecord.errors import InvalidRecord
from onrecord.folding import hide_name
from onrecord.records import (
    Actor,
    ActorConflict,
    ActorName,
    ActorPlace,
    ActorRole,
    Appearance,
    Assembly,
    DateBound,
    Decision,
    Failure,
    Reading,
    Selector,
    Span,
    Suggestion,
)
from onrecord.seams import Store
from onrecord.stores import SqliteStore
from onrecord.stores.actors import (
    find_by_name,
    find_by_words,
    find_statements_of,
    read_bearers,
    read_suggestions,
)
from onrecord.stores.checking import check_file
from onrecord.stores.files import APPLICATION_ID
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


HERALD, OKORO, HALLORAN = "a" * 24, "b" * 24, "c" * 24
EMPTY = Assembly(actors=(), places=(), former=())


def build_assembly(reading: Reading, conflicts: tuple[ActorConflict, ...] = ()) -> Assembly:
    """Actors of `build_reading`, as assembly might make them."""
    document_id = reading.document.id
    okoro, halloran, _, radio = reading.mentions
    role = ActorRole("Minister", HERALD, document_id, "2031-04-02")
    actors = (
        Actor(id=HERALD, name="Lakeside Radio", kind="outlet", aliases=("Lakeside Radio", "Łakeside  Rádio"),
              documents=1, part_of=(OKORO,), public="outlet: not a person", nodes=("body:lakeside radio",)),
        Actor(id=OKORO, name="Tamsin Okoro", kind="person", aliases=("Tamsin Okoro",), documents=1,
              roles=(role,), public="'Minister' in document", reasons=("'T. Okoro': a spelling",),
              nodes=("person:tamsin okoro", "person:t okoro")),
        Actor(id=HALLORAN, name="Brede Halloran", kind="person", aliases=("Brede Halloran",), documents=1,
              within=document_id, nodes=(f"person:brede halloran@{document_id}",)),
    )  # fmt: skip
    return Assembly(
        actors=actors,
        places=(
            ActorPlace(document_id, okoro.local_id, False, OKORO, None),
            ActorPlace(document_id, halloran.local_id, False, HALLORAN, "Brede Halloran is in one article"),
            ActorPlace(document_id, radio.local_id, True, HERALD, "it speaks"),
        ),
        former=(("d" * 24, OKORO),),
        suggestions=(Suggestion(HERALD, OKORO, "both speak"),),
        conflicts=conflicts,
    )


def put_assembly(store: SqliteStore, assembly: Assembly, digest: str = "x") -> None:
    store.put_assembly(assembly, number=store.count_changes(), digest=digest)


def test_gives_back_the_actors_that_it_was_given(store: SqliteStore) -> None:
    reading = build_reading()
    put(store, reading)
    assembly = build_assembly(reading)
    put_assembly(store, assembly)
    assert tuple(store.actors()) == assembly.actors
    assert [store.actor(one.id) for one in assembly.actors] == list(assembly.actors)
    assert store.actor("d" * 24) == assembly.actors[1], "an id that it had before goes on finding it"
    assert store.actor("e" * 24) is None
    okoro, halloran, _, radio = reading.mentions
    assert store.actor_names(reading.document.id) == {
        (okoro.local_id, False): ActorName(OKORO, "Tamsin Okoro", "person", True, None),
        (halloran.local_id, False): ActorName(
            HALLORAN, "Brede Halloran", "person", False, "Brede Halloran is in one article"
        ),
        (radio.local_id, True): ActorName(HERALD, "Lakeside Radio", "outlet", True, "it speaks"),
    }
    assert read_suggestions(store.connection) == list(assembly.suggestions)
    with pytest.raises(KeyError):
        store.actor_names("0" * 24)
    assert check_file(store.connection) == []


def test_new_actors_take_the_place_of_the_old(store: SqliteStore) -> None:
    reading = build_reading()
    put(store, reading)
    first = build_assembly(reading)
    put_assembly(store, first)
    put_assembly(store, Assembly(actors=first.actors[1:2], places=first.places[:1], former=()))
    assert tuple(store.actors()) == first.actors[1:2]
    assert store.actor("d" * 24) is None
    assert read_suggestions(store.connection) == []
    assert len(store.actor_names(reading.document.id)) == 1


@pytest.mark.parametrize(
    "words", ["lakeside radio", "The  LAKESIDE rádio", "Łakeside Radio", "lakeside-radio"]
)
def test_an_actor_is_found_by_name_without_case_and_marks(store: SqliteStore, words: str) -> None:
    put(store, build_reading())
    put_assembly(store, build_assembly(build_reading()))
    assert find_by_name(store.connection, words) == [HERALD]


def test_words_of_names_and_roles_find_only_who_may_be_listed(store: SqliteStore) -> None:
    put(store, build_reading())
    put_assembly(store, build_assembly(build_reading()))
    assert find_by_words(store.connection, "MINISTER") == [OKORO]
    assert find_by_words(store.connection, "radio lakeside") == [HERALD]
    assert find_by_words(store.connection, "halloran") == []
    assert find_by_words(store.connection, " -- ") == []


def test_statements_and_mentions_of_an_actor_are_found(store: SqliteStore) -> None:
    reading = build_reading()
    put(store, reading)
    put_assembly(store, build_assembly(reading))
    opens, denies, told = (one.id for one in reading.statements)
    document_id = reading.document.id
    assert find_statements_of(store.connection, [OKORO], "speaker") == {document_id: {opens}}
    assert find_statements_of(store.connection, [OKORO, HALLORAN], "speaker") == {
        document_id: {opens, denies, told}
    }
    assert find_statements_of(store.connection, [OKORO], "about") == {}
    assert read_bearers(store.connection, HALLORAN) == {document_id: 2}


def test_a_place_of_another_sense_has_the_mentions_unless_the_document_has_both(store: SqliteStore) -> None:
    reading = build_reading()
    put(store, reading)
    assembly = build_assembly(reading)
    put_assembly(store, assembly)
    document_id, radio = reading.document.id, reading.mentions[3]
    assert read_bearers(store.connection, HERALD) == {document_id: 1}, "the one sense that it has here"
    other = ActorPlace(document_id, radio.local_id, False, OKORO, None)
    put_assembly(store, replace(assembly, places=(*assembly.places, other)))
    assert read_bearers(store.connection, HERALD) == {}, "the radio does not speak as a metonym here"
    assert read_bearers(store.connection, OKORO) == {document_id: 2}, "her own and that one"


def test_actors_are_of_one_state_of_the_records(store: SqliteStore) -> None:
    reading = build_reading()
    assert not store.is_assembled("x")
    put(store, reading)
    put_assembly(store, build_assembly(reading))
    number = store.count_changes()
    assert store.is_assembled("x")
    assert not store.is_assembled("y"), "other tables or code"
    put(store, reading)
    store.put_failure(Failure(path="b.txt", stage="intake", error="empty"))
    assert store.is_assembled("x"), "the same file again changes nothing"
    decision = decide(reading, "act", {"act": "doubts"}, target=1)
    store.put_decision(decision)
    assert store.count_changes() > number
    assert not store.is_assembled("x")
    put_assembly(store, build_assembly(reading))
    store.put_decision(decision)
    assert store.is_assembled("x"), "a decision given again changes nothing"
    put(store, reading, run="two")
    assert not store.is_assembled("x"), "another run's records are other records"


def test_actors_of_an_older_state_are_not_taken_for_the_present_ones(store: SqliteStore) -> None:
    reading = build_reading()
    put(store, reading)
    number = store.count_changes()
    store.put_decision(decide(reading, "act", {"act": "doubts"}, target=1))
    store.put_assembly(build_assembly(reading), number=number, digest="x")
    assert not store.is_assembled("x")


def test_the_users_file_of_names_is_remembered(store: SqliteStore, tmp_path: Path) -> None:
    assert store.names_file() is None
    put(store, build_reading())
    odd = tmp_path / "nämes\udcff.csv"
    store.put_assembly(EMPTY, number=0, digest="x", names_file=odd)
    assert store.names_file() == odd
    store.put_assembly(EMPTY, number=0, digest="x")
    assert store.names_file() is None


def test_decisions_about_actors_are_given_until_they_are_taken_back(store: SqliteStore) -> None:
    reading = build_reading()
    put(store, reading)
    rename = Decision(
        id="rename", what="rename", selector=Selector(document_id=""), by="Ada", at="2031-05-01",
        value={"one": {"name": "Tamsin Okoro", "node": "person:tamsin okoro", "nodes": []}, "name": "Okoro"},
    )  # fmt: skip
    store.put_decision(rename)
    store.put_decision(decide(reading, "act", {"act": "doubts"}, target=1))
    assert store.actor_decisions() == [rename]
    conflict = ActorConflict("rename", "no article names 'Tamsin Okoro' any more")
    put_assembly(store, build_assembly(reading, (conflict,)))
    assert [(one.state, one.why) for one in store.log()] == [("conflict", conflict.why), ("applied", None)]
    put_assembly(store, build_assembly(reading))
    assert [one.state for one in store.log()] == ["applied", "applied"]
    undo = replace(rename, id="undo", what="undo", value={"decision": "rename"})
    store.put_decision(undo)
    assert store.actor_decisions() == []


@pytest.mark.parametrize("name", ["Halloran", "Lakeside Radio", "Tamsin Okoro"])
def test_redaction_takes_the_actors_out_and_they_come_back_without_the_name(
    store: SqliteStore, name: str
) -> None:
    reading = build_reading()
    put(store, reading)
    choice = {"name": name, "node": f"body:{name.casefold()}", "nodes": [f"person:{name.casefold()}"]}
    store.put_decision(
        Decision(
            id="rename",
            what="rename",
            selector=Selector(document_id=""),
            by="Ada",
            at="2031-05-01",
            value={"one": choice, "name": f"the {name}"},
            reason=f"{name} is called so",
        )
    )
    assemble(store)
    assert any(name in one.aliases or name in one.name for one in store.actors())
    hidden = hide_name(name)
    store.redact(
        Decision(
            id="redact",
            what="redact",
            selector=Selector(document_id=""),
            by="Ada",
            at="2031-05-02",
            value={"letters": hidden.letters, "digest": hidden.digest},
        )
    )
    assert list(store.actors()) == []
    assemble(store)
    assert list(store.actors())
    for path in store.path.parent.iterdir():
        held = path.read_bytes().lower()
        assert not [word for word in name.lower().split() if word.encode() in held], path.name


def test_a_ledger_of_version_1_gets_actors_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    reading = build_reading()
    store = SqliteStore(path)
    put(store, reading)
    store.put_decision(decide(reading, "act", {"act": "doubts"}, target=1))
    before = snapshot(store)
    store.close()
    make_older(path)
    store = SqliteStore(path, create=False)
    assert snapshot(store) == before
    assert [one.state for one in store.log()] == ["applied"]
    assert not store.is_assembled("x") and list(store.actors()) == []
    assemble(store)
    assert {one.name for one in store.actors()} >= {"Tamsin Okoro", "Lakeside Radio"}
    assert store.connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert check_file(store.connection) == []
    store.close()


def make_older(path: Path) -> None:
    """Makes the file as version 1 made it: the tables of `schema.sql` alone, with the same rows."""
    old = path.with_suffix(".old")
    with closing(sqlite3.connect(old)) as base:
        base.executescript(files("onrecord.stores").joinpath("schema.sql").read_text("utf-8"))
        base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        base.execute("PRAGMA user_version = 1")
        tables = [
            name
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("statement_words_", "sqlite_"))
        ]
        base.execute("ATTACH ? AS new", (str(path),))
        base.execute("PRAGMA foreign_keys = OFF")
        for table in tables:
            if table != "statement_words":
                base.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")
        base.execute(
            "INSERT INTO main.statement_words (rowid, content, speaker, about) "
            "SELECT rowid, content, speaker, about FROM new.statement_words"
        )
        base.commit()
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    old.rename(path)


def test_a_file_of_names_brings_no_redacted_name_back(store: SqliteStore, tmp_path: Path) -> None:
    text = "Minister T.O. said the bridge will open.\nThe LR reported it.\n"
    document = make_document(text)
    mentions = [make_mention(document, "T.O."), make_mention(document, "LR", kind="outlet")]
    put(store, make_reading(document, mentions))
    names = tmp_path / "names" / "okoro.csv"
    names.parent.mkdir()
    names.write_text("name,kind,aliases\nTamsin Okoro,person,T.O.\nLakeside Radio,outlet,LR\n", "utf-8")
    store.keep_names_file(names)
    assemble(store)
    assert "Tamsin Okoro" in str(list(store.actors())) and store.names_file() == names
    hidden = hide_name("Okoro")
    value = {"letters": hidden.letters, "digest": hidden.digest}
    store.redact(
        Decision(
            id="r",
            what="redact",
            selector=Selector(document_id=""),
            value=value,
            by="Ada",
            at="2031-05-02",
        )
    )
    assert store.names_file() is None
    for _ in range(2):
        store.keep_names_file(names)
        assemble(store)
        assert list(store.actors())
        for path in store.path.parent.glob("ledger.db*"):
            assert b"okoro" not in path.read_bytes().lower()
