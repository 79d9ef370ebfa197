"""what a user says about an actor -> the value of a decision that finds the actor again after a re-read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.actors import describe_choice, find_actor, find_private, is_lone_surname
from onrecord.errors import StopRun
from onrecord.names import fold
from onrecord.records import Actor
from onrecord.stores import SqliteStore
from onrecord.vocabulary import KINDS, DecisionKind


def choose_actor(
    store: SqliteStore, what: DecisionKind, key: str, value: Mapping[str, str]
) -> dict[str, Any]:
    """The value of a decision about the actor of that id or name; see `Ledger.decide_actor`. Raises `StopRun`
    for what is not there."""
    actor = find_private(store, key) if what == "confirm" else find_actor(store, key)
    choice: dict[str, Any] = {"one": describe_choice(actor)}
    if what == "confirm":
        _refuse_surname(actor)
        return choice
    if what == "merge":
        other = find_actor(store, value["other"])
        _refuse_private(actor, other)
        if other.id == actor.id:
            raise StopRun(f"{value['other']!r} and {key!r} are one actor already: {actor.name}")
        return {**choice, "other": describe_choice(other)}
    if what == "split":
        return {**choice, **_choose_split(store, actor, value)}
    if what == "rename":
        if not value["name"].strip():
            raise StopRun("give the name to call the actor by")
        return {**choice, "name": " ".join(value["name"].split())}
    if value["kind"] not in KINDS:
        raise StopRun(f"there is no kind {value['kind']!r}: it is one of {', '.join(KINDS)}")
    return {**choice, "kind": value["kind"]}


def _choose_split(store: SqliteStore, actor: Actor, value: Mapping[str, str]) -> dict[str, Any]:
    if document := value.get("document"):
        return {"document_id": document}
    if words := value.get("words"):
        if fold(words) not in {fold(one) for one in actor.aliases}:
            raise StopRun(f"{actor.name} has no name {words!r}: its names are {', '.join(actor.aliases)}")
        return {"words": words}
    other = find_actor(store, value["other"])
    if other.id == actor.id:
        raise StopRun(f"{actor.name} is one actor: say which of its names or articles means another")
    return {"other": describe_choice(other)}


def _refuse_private(actor: Actor, other: Actor) -> None:
    """A person without an evident public role stays apart; but a surname alone may be said to mean the public
    person who bears it."""
    for one, two in ((actor, other), (other, actor)):
        if not one.public and not (two.public and is_lone_surname(one) and _shares_name(one, two)):
            raise StopRun(
                f"{one.name} has no evident public role and is shown within one article: "
                f"`onrecord fix confirm` first, if the person may be listed"
            )


def _refuse_surname(actor: Actor) -> None:
    if is_lone_surname(actor):
        raise StopRun(
            f"{actor.name!r} alone names nobody outside its article: "
            f"`onrecord fix merge {actor.id[:8]} PERSON` says who is meant"
        )


def _shares_name(one: Actor, other: Actor) -> bool:
    words = {word for name in other.aliases for word in fold(name).split()}
    return all(set(fold(name).split()) <= words for name in one.aliases)
