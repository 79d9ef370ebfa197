"""Any history of reading, fixing, undoing and re-reading ends in the actors of a rebuild; order is no matter."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from onrecord.assembly import resolve_actors
from onrecord.errors import StopRun
from onrecord.ledger import Ledger
from onrecord.names import load_names
from onrecord.records import Actor, Decision, LocalActor, LocalRole, Reading, Selector, Span
from onrecord.stores import SqliteStore
from onrecord.testing import make_appearance, make_document, make_mention, make_reading, make_run
from onrecord.vocabulary import Kind

WHO = {"by": "Ada", "at": "2031-01-01"}
NAMES: tuple[tuple[str, Kind], ...] = (
    ("Daesh", "armed group"),
    ("ISIS", "armed group"),
    ("Islamic State", "armed group"),
    ("Velm River Authority", "organisation"),
    ("VRA", "organisation"),
    ("Tamsin Okoro", "person"),
    ("Okoro", "person"),
    ("Russia", "state"),
)
ARTICLES = ((0, 3, 5), (1, 4, 6), (2, 5, 7), (0, 1, 2), (3, 4, 5), (5,))


def build_reading(article: int, run: str) -> Reading:
    """The newer model misses the last name of each article; the fifth name of article 4 is given with the
    fourth as one actor, and an official speaks in article 0."""
    chosen = [NAMES[place] for place in ARTICLES[article]]
    text = f"Article {article}. " + "".join(f"Minister {name} spoke. " for name, _ in chosen)
    document = make_document(text)
    mentions = [make_mention(document, name, kind=kind) for name, kind in chosen]
    if article == 0:
        start = text.index("Minister Tamsin")
        mentions[2] = replace(mentions[2], role=Span(start, start + len("Minister")))
    if article == 4:
        mentions[1] = replace(mentions[1], local_id=mentions[0].id, reason="introduced in a bracket")
    if run == "new" and len(mentions) > 1:
        mentions = mentions[:-1]
    return make_reading(document, mentions, [])


def describe(ledger: Ledger) -> list[object]:
    store = ledger._store
    ledger.actors()  # puts them together
    log = [(one.decision.id, one.state, one.why) for one in ledger.log()]
    places = [(one.id, sorted(store.actor_names(one.id).items())) for one in store.documents()]
    return [list(store.actors()), places, ledger.suggestions(), log]


class Histories(RuleBasedStateMachine):
    """One ledger with a history of fixes, and the shortest history that should give the same."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = Ledger(SqliteStore(Path(self.folder.name) / "a.db"))
        self.readings: dict[int, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    @rule(article=st.integers(0, len(ARTICLES) - 1), run=st.sampled_from(("old", "new")))
    def read(self, article: int, run: str) -> None:
        reading = build_reading(article, run)
        appearance = make_appearance(reading.document, f"{article}.txt")
        self.ledger._store.put_reading(reading, appearance, make_run(run))
        self.readings[article] = run

    def pick(self, number: int) -> Actor | None:
        actors = self.ledger.actors()
        return actors[number % len(actors)] if actors else None

    @rule(what=st.sampled_from(("merge", "split")), one=st.integers(0, 9), other=st.integers(0, 9))
    def decide_pair(self, what: str, one: int, other: int) -> None:
        first, second = self.pick(one), self.pick(other)
        if first and second and first.id != second.id:
            self.ledger.decide_actor(what, first.id, {"other": second.id}, **WHO)  # type: ignore[arg-type]

    @rule(one=st.integers(0, 9), alias=st.integers(0, 3), document=st.booleans())
    def take_out(self, one: int, alias: int, document: bool) -> None:
        actor = self.pick(one)
        if actor is None:
            return
        bearers = sorted(self.ledger.bearers(actor))
        if document:
            value = {"document": bearers[alias % len(bearers)]}
        else:
            value = {"words": actor.aliases[alias % len(actor.aliases)]}
        self.ledger.decide_actor("split", actor.id, value, **WHO)

    @rule(what=st.sampled_from(("rename", "kind")), one=st.integers(0, 9))
    def call(self, what: str, one: int) -> None:
        actor = self.pick(one)
        if actor:
            value = {"name": "The Board"} if what == "rename" else {"kind": "government"}
            self.ledger.decide_actor(what, actor.id, value, **WHO)  # type: ignore[arg-type]

    @rule(name=st.sampled_from(("Tamsin Okoro", "Okoro")))
    def confirm(self, name: str) -> None:
        try:
            self.ledger.decide_actor("confirm", name, **WHO)
        except StopRun:
            return  # nobody of that name is kept within an article

    @rule(number=st.integers(0, 20))
    def undo(self, number: int) -> None:
        open_ = [one.decision for one in self.ledger.log() if one.state != "undone"]
        if open_:
            self.ledger.undo(open_[number % len(open_)].id, **WHO)

    @invariant()
    def equals_a_rebuild(self) -> None:
        if not hasattr(self, "ledger"):
            return
        with tempfile.TemporaryDirectory() as folder:
            fresh = Ledger(SqliteStore(Path(folder) / "b.db"))
            for decision in self.ledger._store.decisions():
                fresh._store.put_decision(replace(decision, value=dict(decision.value)))
            for article in sorted(self.readings, reverse=True):
                reading = build_reading(article, self.readings[article])
                appearance = make_appearance(reading.document, f"{article}.txt")
                fresh._store.put_reading(reading, appearance, make_run(self.readings[article]))
            assert describe(fresh) == describe(self.ledger)
            fresh.close()


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)

BODIES = st.sampled_from([name for name, kind in NAMES if kind != "person"])


@st.composite
def list_documents(draw: st.DrawFn) -> list[list[LocalActor]]:
    """A few documents, each with a few actors of one or two names."""
    documents = []
    for number in range(draw(st.integers(1, 6))):
        locals_ = []
        for place in range(draw(st.integers(1, 4))):
            names = draw(st.lists(BODIES, min_size=1, max_size=2, unique=True))
            kind: Kind = "organisation"
            if draw(st.booleans()):
                names, kind = (
                    draw(st.sampled_from((["Tamsin Okoro", "Okoro"], ["Okoro"], ["Ivo Varga"]))),
                    "person",
                )
            roles = (
                (LocalRole(words=draw(st.sampled_from(("minister", "carpenter")))),)
                if draw(st.booleans())
                else ()
            )
            locals_.append(
                LocalActor(
                    document_id=f"d{number}",
                    local_id=f"{number}-{place}",
                    kind=kind,
                    names=tuple(names),
                    roles=roles,
                )
            )
        documents.append(locals_)
    return documents


@given(list_documents())
@settings(max_examples=150, deadline=None)
def test_every_named_actor_of_a_document_has_one_actor(documents: list[list[LocalActor]]) -> None:
    assembly = resolve_actors(documents, load_names())
    assert sorted(place.local_id for place in assembly.places) == sorted(
        local.local_id for locals_ in documents for local in locals_
    )
    assert {place.actor_id for place in assembly.places} == {actor.id for actor in assembly.actors}
    aliases = {actor.id: set(actor.aliases) for actor in assembly.actors}
    named = {local.local_id: set(local.names) for locals_ in documents for local in locals_}
    assert all(named[place.local_id] <= aliases[place.actor_id] for place in assembly.places)


@given(list_documents(), list_documents())
@settings(max_examples=100, deadline=None)
def test_more_articles_leave_every_old_id_findable(
    some: list[list[LocalActor]], others: list[list[LocalActor]]
) -> None:
    more = [
        [
            replace(local, document_id=f"e{local.document_id}", local_id=f"e{local.local_id}")
            for local in locals_
        ]
        for locals_ in others
    ]
    before = resolve_actors(some, load_names())
    after = resolve_actors([*some, *more], load_names())
    findable = {actor.id for actor in after.actors} | {key for key, _ in after.former}
    assert {actor.id for actor in before.actors if actor.public} <= findable


@given(list_documents())
@settings(max_examples=60, deadline=None)
def test_two_kept_apart_never_share_an_actor(documents: list[list[LocalActor]]) -> None:
    now = resolve_actors(documents, load_names())
    listed = [actor for actor in now.actors if actor.public]
    if len(listed) < 2:
        return
    one, other = (
        {"name": actor.name, "node": actor.nodes[0], "nodes": list(actor.nodes[1:])} for actor in listed[:2]
    )
    apart = Decision(
        id="1",
        what="split",
        selector=Selector(document_id=""),
        value={"one": one, "other": other},
        by="A",
        at="2031",
    )
    after = resolve_actors(documents, load_names(), [apart])
    assert not [actor for actor in after.actors if {one["node"], other["node"]} <= set(actor.nodes)]
