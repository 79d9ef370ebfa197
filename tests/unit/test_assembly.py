"""Local actors of made-up documents -> which of them are one actor, why, and which only may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from onrecord.assembly import actor_key, resolve_actors
from onrecord.assembly.components import Components
from onrecord.names import find_role_class, load_names
from onrecord.records import Actor, Assembly, Decision, LocalActor, LocalRole, Selector
from onrecord.vocabulary import DecisionKind, Kind

Given = tuple[str, Sequence[LocalActor]]


def local(document: str, *names: str, kind: Kind = "organisation", **fields: Any) -> LocalActor:
    key = fields.pop("local_id", f"{document}-{names[0] if names else fields['worded']}")
    return LocalActor(document_id=document, local_id=key, kind=kind, names=names, **fields)


def person(
    document: str, *names: str, role: str | None = None, of: str | None = None, **fields: Any
) -> LocalActor:
    roles = (LocalRole(words=role, holder_of=of),) if role else ()
    return local(document, *names, kind="person", roles=roles, **fields)


def resolve(*locals_: LocalActor, decisions: Sequence[Decision] = ()) -> Assembly:
    documents: dict[str, list[LocalActor]] = {}
    for one in locals_:
        documents.setdefault(one.document_id, []).append(one)
    return resolve_actors([documents[key] for key in sorted(documents)], load_names(), decisions)


def decide(what: DecisionKind, number: int = 0, **value: Any) -> Decision:
    return Decision(
        id=f"decision-{number}",
        what=what,
        selector=Selector(document_id=""),
        value=value,
        by="Ada",
        at="2031-01-01",
    )


def choose(actor: Actor) -> dict[str, Any]:
    return {"name": actor.name, "node": actor.nodes[0], "nodes": list(actor.nodes[1:])}


def find(assembly: Assembly, name: str) -> Actor:
    (found,) = [one for one in assembly.actors if name in one.aliases]
    return found


def group(assembly: Assembly) -> set[frozenset[str]]:
    """Sets of local ids that are one actor."""
    homes: dict[str, set[str]] = {}
    for place in assembly.places:
        homes.setdefault(place.actor_id, set()).add(place.local_id)
    return {frozenset(one) for one in homes.values()}


def test_one_name_in_two_articles_is_one_actor() -> None:
    assembly = resolve(local("a", "Lisk Water Board"), local("b", "the Lisk Water Board", "Board"))
    assert len(assembly.actors) == 1
    assert assembly.actors[0].documents == 2


def test_names_of_one_row_of_the_tables_are_one_actor_with_the_reason() -> None:
    assembly = resolve(
        local("a", "Daesh", kind="armed group"),
        local("b", "ISIS", kind="armed group"),
        local("c", "Islamic State", kind="armed group"),
    )
    (actor,) = assembly.actors
    assert actor.name == "Islamic State"
    assert set(actor.aliases) == {"Daesh", "ISIS", "Islamic State"}
    assert "'Daesh' is a name of 'Islamic State' in the name tables" in actor.reasons
    assert [place.reason for place in assembly.places] == [
        "'Daesh' is a name of 'Islamic State' in the name tables",
        "'ISIS' is a name of 'Islamic State' in the name tables",
        None,
    ]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Taliban", "Pakistani Taliban", "armed group"),
        ("Taliban", "anti-Taliban movement", "armed group"),
        ("al-Qaeda", "Islamic State", "armed group"),
        ("Sudan", "South Sudan", "state"),
        ("North Korea", "South Korea", "state"),
        ("Republic of the Congo", "Democratic Republic of the Congo", "state"),
        ("Niger", "Nigeria", "state"),
        ("Guinea", "Equatorial Guinea", "state"),
    ],
)
def test_names_that_are_alike_stay_two(one: str, other: str, kind: Kind) -> None:
    assembly = resolve(local("a", one, kind=kind), local("b", other, kind=kind), local("c", one, kind=kind))
    assert len(assembly.actors) == 2


def test_a_place_that_speaks_is_its_state_and_elsewhere_a_place() -> None:
    assembly = resolve(
        local("a", "Moscow", kind="place", local_id="m"),
        local("a", "Moscow", kind="place", metonym=True, local_id="m"),
        local("b", "Russia", kind="state"),
    )
    assert sorted((one.kind, one.aliases) for one in assembly.actors) == [
        ("place", ("Moscow",)),
        ("state", ("Moscow", "Russia")),
    ]
    assert find(assembly, "Russia").reasons == ("'Moscow' speaks: taken for the authorities of Russia",)


def test_an_acronym_alone_is_the_one_body_for_which_an_article_introduces_it() -> None:
    assembly = resolve(
        local(
            "a",
            "Velm River Authority",
            "VRA",
            reasons=(("VRA", "introduced as 'Velm River Authority (VRA)'"),),
        ),
        local("b", "VRA"),
    )
    (actor,) = assembly.actors
    assert actor.name == "Velm River Authority"
    assert any("'VRA' is introduced as 'Velm River Authority'" in why for why in actor.reasons)


def test_an_acronym_of_two_bodies_is_neither_of_them_but_suggested() -> None:
    assembly = resolve(
        local("a", "Velm River Authority", "VRA"),
        local("b", "Voters' Rights Alliance", "VRA"),
        local("c", "VRA"),
    )
    assert len(assembly.actors) == 3
    assert len(assembly.suggestions) == 2


def test_a_person_of_a_public_role_is_one_across_articles() -> None:
    assembly = resolve(
        person("a", "Tamsin Okoro", role="bridge minister"),
        person("b", "Tamsin Okoro", "Okoro"),
        person("c", "Okoro"),
    )
    assert group(assembly) == {frozenset({"a-Tamsin Okoro", "b-Tamsin Okoro"}), frozenset({"c-Okoro"})}
    actor = find(assembly, "Tamsin Okoro")
    assert actor.public == "'bridge minister' in document a"
    assert [(one.reason) for one in assembly.suggestions] == ["'Okoro' may be short for 'Tamsin Okoro'"]


def test_persons_without_a_public_role_stay_within_their_articles() -> None:
    assembly = resolve(
        person("a", "Brede Halloran", role="carpenter"),
        person("b", "Brede Halloran", role="a local resident"),
    )
    assert [
        (one.within, one.public) for one in sorted(assembly.actors, key=lambda one: one.within or "")
    ] == [
        ("a", None),
        ("b", None),
    ]
    assert assembly.suggestions == ()


def test_a_private_person_is_not_taken_for_an_official_of_the_same_name() -> None:
    assembly = resolve(
        person("a", "Ivo Varga", role="minister of Tolm"), person("b", "Ivo Varga", role="a bus driver")
    )
    assert len(assembly.actors) == 2
    assert [one.public is None for one in assembly.actors].count(True) == 1


def test_officials_of_two_states_who_share_a_name_are_two() -> None:
    def build(document: str, state: str) -> list[LocalActor]:
        home = local(document, state, kind="state", local_id=f"{document}-state")
        return [home, person(document, "Ivo Varga", role=f"{state} minister", of=f"{document}-state")]

    assembly = resolve(*build("a", "Chad"), *build("b", "Peru"), *build("c", "Peru"))
    persons = [one for one in assembly.actors if one.kind == "person"]
    assert sorted(one.documents for one in persons) == [1, 2]


def test_a_lone_surname_joins_the_one_official_whose_state_the_article_names() -> None:
    peru = local("a", "Peru", kind="state", local_id="a-state")
    assembly = resolve(
        peru,
        person("a", "Ivo Varga", role="President of Peru", of="a-state"),
        person("b", "Varga", context=frozenset({"peru", "varga"})),
        person("c", "Varga", context=frozenset({"varga"})),
    )
    assert frozenset({"a-Ivo Varga", "b-Varga"}) in group(assembly)
    assert frozenset({"c-Varga"}) in group(assembly)


def test_a_collective_speaks_for_its_owner_and_is_no_other_name_of_it() -> None:
    assembly = resolve(
        local("a", "Russian", kind="people", local_id="a-r"),
        local("b", "Russia", kind="state"),
        local("a", kind="collective", worded="the Russian officials", owner="a-r"),
    )
    collective = next(one for one in assembly.actors if one.kind == "collective")
    assert (collective.name, collective.speaks_for) == ("Russian officials", find(assembly, "Russia").id)


def test_a_merge_joins_redirects_and_is_taken_back_without_a_trace() -> None:
    given = [local("a", "Lisk Water Board"), local("b", "Lisk Waterworks")]
    before = resolve(*given)
    one, other = find(before, "Lisk Water Board"), find(before, "Lisk Waterworks")
    decision = decide("merge", one=choose(one), other=choose(other))
    merged = resolve(*given, decisions=[decision])
    (actor,) = merged.actors
    ids = {actor.id, *(old for old, now in merged.former if now == actor.id)}
    assert {one.id, other.id} <= ids
    assert actor.reasons == ("'Lisk Water Board' and 'Lisk Waterworks' are one, says Ada",)
    assert resolve(*given) == before


def test_a_pair_kept_apart_stays_apart_by_every_path() -> None:
    given = [local("a", "Lisk Board"), local("b", "Velm Board"), local("c", "Board of Tolm")]
    now = resolve(*given)
    lisk, velm, tolm = (choose(find(now, name)) for name in ("Lisk Board", "Velm Board", "Board of Tolm"))
    split = decide("split", 1, one=lisk, other=velm)
    first, second = decide("merge", 2, one=lisk, other=tolm), decide("merge", 3, one=tolm, other=velm)
    assembly = resolve(*given, decisions=[first, second, split])
    assert len(assembly.actors) == 2
    assert [one.decision_id for one in assembly.conflicts] == ["decision-2"]


def test_a_later_word_outranks_an_earlier_one() -> None:
    given = [local("a", "Lisk Board"), local("b", "Velm Board")]
    now = resolve(*given)
    lisk, velm = (choose(find(now, name)) for name in ("Lisk Board", "Velm Board"))
    merge, split = decide("merge", 1, one=lisk, other=velm), decide("split", 2, one=lisk, other=velm)
    assert len(resolve(*given, decisions=[merge, split]).actors) == 2
    assembly = resolve(*given, decisions=[split, merge])
    assert len(assembly.actors) == 1
    assert [(one.decision_id, one.why) for one in assembly.conflicts] == [
        ("decision-2", "a later decision makes the two one")
    ]


def test_a_name_or_an_article_can_be_taken_out_of_an_actor() -> None:
    given = [
        local(key, name, kind="armed group") for key, name in (("a", "Daesh"), ("b", "ISIS"), ("c", "Daesh"))
    ]
    one = choose(resolve(*given).actors[0])
    by_name = resolve(*given, decisions=[decide("split", one=one, words="ISIS")])
    assert group(by_name) == {frozenset({"a-Daesh", "c-Daesh"}), frozenset({"b-ISIS"})}
    by_article = resolve(*given, decisions=[decide("split", one=one, document_id="c")])
    assert group(by_article) == {frozenset({"a-Daesh", "b-ISIS"}), frozenset({"c-Daesh"})}


def test_a_decision_whose_actor_is_gone_is_a_conflict() -> None:
    one = choose(resolve(local("a", "Lisk Board")).actors[0])
    assembly = resolve(local("b", "Velm Board"), decisions=[decide("rename", one=one, name="Lisk")])
    assert [one.why for one in assembly.conflicts] == ["no article names 'Lisk Board' any more"]


def test_a_name_and_a_kind_given_by_a_person_go_first() -> None:
    given = [local("a", "Lisk Board")]
    one = choose(resolve(*given).actors[0])
    decisions = [
        decide("rename", 1, one=one, name="The Board"),
        decide("kind", 2, one=one, kind="government"),
    ]
    (actor,) = resolve(*given, decisions=decisions).actors
    assert (actor.name, actor.kind, actor.aliases) == ("The Board", "government", ("Lisk Board",))


def test_a_confirmed_person_is_one_across_articles() -> None:
    given = [person("a", "Brede Halloran", role="carpenter"), person("b", "Brede Halloran")]
    one = choose(resolve(*given).actors[0])
    (actor,) = resolve(*given, decisions=[decide("confirm", one=one)]).actors
    assert (actor.public, actor.documents) == ("confirmed by a person", 2)


def test_an_id_does_not_change_when_other_articles_come() -> None:
    alone = resolve(local("a", "Lisk Board"))
    more = resolve(local("a", "Lisk Board"), local("b", "Velm Board"), local("0", "Lisk Board", "Aa Board"))
    old = alone.actors[0].id
    assert old == actor_key("body:lisk board")
    assert old in {one.id for one in more.actors} | {key for key, _ in more.former}


def test_components_hold_what_must_stay_apart_through_joins() -> None:
    groups = Components("abcde")
    assert groups.keep_apart("a", "b")
    assert groups.join("a", "c") and groups.join("b", "d")
    assert not groups.may_join("c", "d")
    assert not groups.join("c", "d")
    assert not groups.keep_apart("a", "c")
    groups.label("a", "one")
    groups.label("e", "two")
    assert not groups.join("c", "e")
    assert groups.join("c", "e", force=True)
    assert groups.groups() == [["a", "c", "e"], ["b", "d"]]


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("Varsenia’s special envoy for the north", "diplomacy"),
        ("bridge minister", "government"),
        ("a member of parliament for Lisk", "member"),
        ("the League's former deputy commander in Tolm", "military"),
        ("carpenter", None),
        ("a local resident", None),
        ("head of the family", None),
        ("his mother", None),
        ("vice-president", "government"),
    ],
)
def test_a_public_role_shows_in_its_head(role: str, kind: str | None) -> None:
    assert find_role_class(role) == kind


def test_a_lone_word_taken_for_a_person_is_the_place_that_others_name() -> None:
    assembly = resolve(
        local("a", "Kestaria", kind="place"),
        local("b", "Kestaria", kind="place"),
        person("c", "Kestaria"),
        person("d", "Kestaria"),
        person("e", "Kestaria"),
    )
    (actor,) = assembly.actors
    assert (actor.kind, actor.documents) == ("place", 5)


def test_a_people_is_not_its_army() -> None:
    assembly = resolve(local("a", "Varsenian", kind="people"), local("b", "Varsenian army"))
    assert len(assembly.actors) == 2


def test_a_body_whose_name_holds_a_group_is_a_part_of_it() -> None:
    assembly = resolve(
        local("a", "Taliban", kind="armed group"),
        local("a", "Taliban Foreign Ministry"),
        local("b", "Foreign Ministry of Kenya"),
        local("b", "Kenya", kind="state"),
    )
    parts = {actor.name: actor.part_of for actor in assembly.actors if actor.part_of}
    assert parts == {
        "Taliban Foreign Ministry": (find(assembly, "Taliban").id,),
        "Foreign Ministry of Kenya": (find(assembly, "Kenya").id,),
    }


def test_what_cuts_a_role_short_is_no_evidence_of_a_private_person() -> None:
    assembly = resolve(person("a", "Ivo Varga", role="minister of Tolm"), person("b", "Ivo Varga"))
    assert len(assembly.actors) == 1
