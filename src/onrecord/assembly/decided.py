"""people's decisions about actors -> what must be together, what apart, and how an actor is called.

A decision holds on to the keys of names, not to ids of one run: it is found again after any re-read that
still finds the names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from onrecord.assembly.collecting import Settled
from onrecord.assembly.components import Components
from onrecord.assembly.naming import PER_DOCUMENT
from onrecord.assembly.nodes import BY_NAME
from onrecord.names import fold
from onrecord.records import ActorConflict, Decision

_KEPT_APART: Final = "a later decision keeps the two apart"
_MADE_ONE: Final = "a later decision makes the two one"


def find_node(value: Mapping[str, Any], keys: Collection[str]) -> str | None:
    """The key that a decision's actor ({"node", "nodes"}) has now: its own, else another of its names."""
    candidates = [str(value["node"]), *map(str, value.get("nodes", ()))]
    candidates += [key.partition(PER_DOCUMENT)[0] for key in candidates]
    return next((key for key in candidates if key in keys), None)


def settle(decisions: Iterable[Decision]) -> Settled:
    """What decides to which node single documents go, before nodes are made."""
    apart: dict[tuple[str, str], str] = {}
    words: dict[tuple[str, str], str] = {}
    confirmed: dict[str, str] = {}
    for decision in decisions:
        value: Mapping[str, Any] = decision.value
        if decision.what == "split" and "other" not in value:
            for key in map(str, (value["one"]["node"], *value["one"].get("nodes", ()))):
                if value.get("document_id"):
                    apart[key, str(value["document_id"])] = decision.id
                else:
                    words[key, fold(str(value["words"]))] = decision.id
        if decision.what == "confirm":
            confirmed[str(value["one"]["node"]).partition(PER_DOCUMENT)[0]] = decision.id
    return Settled(apart=apart, words=words, confirmed=confirmed)


@dataclass(slots=True)
class Said:
    """What people said of actors, found again among today's keys."""

    components: Components
    keys: Collection[str]
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Key -> name and by whom."""
    kinds: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[ActorConflict] = field(default_factory=list)

    def apply(self, decisions: Sequence[Decision]) -> None:
        """Joins and keeps apart what people decided, the newest first: a later word outranks an earlier
        one, which is then in conflict. What is not found again is in conflict too."""
        steps: dict[str, Callable[[Decision], str | None]] = {
            "merge": self._merge,
            "split": self._split,
            "rename": self._rename,
            "kind": self._set_kind,
            "confirm": self._confirm,
        }
        for decision in reversed(decisions):
            why = steps[decision.what](decision) if decision.what in steps else None
            if why:
                self.conflicts.append(ActorConflict(decision.id, why))
        self.conflicts.sort()

    def _merge(self, decision: Decision) -> str | None:
        value: Mapping[str, Any] = decision.value
        one, other = (find_node(value[side], self.keys) for side in ("one", "other"))
        if one is None or other is None:
            return _lost(value["one"] if one is None else value["other"])
        if not self.components.join(one, other, force=True):
            return _KEPT_APART
        why = f"'{value['one']['name']}' and '{value['other']['name']}' are one, says {decision.by}"
        self.reasons.setdefault(one, []).append(f"{why}: {decision.reason}" if decision.reason else why)
        return None

    def _split(self, decision: Decision) -> str | None:
        value: Mapping[str, Any] = decision.value
        one = find_node(value["one"], self.keys)
        if "other" not in value:
            return self._take_out(value, one)
        other = find_node(value["other"], self.keys)
        if one is None or other is None:
            return _lost(value["one"] if one is None else value["other"])
        return None if self.components.keep_apart(one, other) else _MADE_ONE

    def _take_out(self, value: Mapping[str, Any], one: str | None) -> str | None:
        """Keeps what was taken out of an actor, one article's bearer or one of its names, apart from it."""
        article = value.get("document_id")
        end = f"{PER_DOCUMENT}{article}" if article else f"{BY_NAME}{fold(str(value['words']))}"
        nodes = map(str, (value["one"]["node"], *value["one"].get("nodes", ())))
        taken = [node + end for node in nodes if node + end in self.keys]
        if not taken:
            return _lost(value["one"])
        if one is not None and not all(self.components.keep_apart(one, each) for each in taken):
            return _MADE_ONE
        return None

    def _rename(self, decision: Decision) -> str | None:
        value: Mapping[str, Any] = decision.value
        node = find_node(value["one"], self.keys)
        if node is None:
            return _lost(value["one"])
        self.names.setdefault(node, (str(value["name"]), decision.by))
        return None

    def _set_kind(self, decision: Decision) -> str | None:
        value: Mapping[str, Any] = decision.value
        node = find_node(value["one"], self.keys)
        if node is None:
            return _lost(value["one"])
        self.kinds.setdefault(node, str(value["kind"]))
        return None

    def _confirm(self, decision: Decision) -> str | None:
        value: Mapping[str, Any] = decision.value
        node = str(value["one"]["node"]).partition(PER_DOCUMENT)[0]
        if node not in self.keys:
            return _lost(value["one"])
        self.reasons.setdefault(node, []).append(f"{decision.by} confirmed that the person may be listed")
        return None


def _lost(value: Mapping[str, Any]) -> str:
    return f"no article names {value.get('name')!r} any more"
