"""nodes -> which of them are one actor by the machine's own lights, in a fixed order, and which may be.

Only a name given in a text, a table or a spelling joins nodes; each join has a reason in words. What is not
sure enough is a suggestion. No pair is looked at that shares no key: the cost is that of the nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from onrecord.assembly.components import Components
from onrecord.assembly.naming import PER_DOCUMENT, split_key
from onrecord.assembly.nodes import BY_NAME, Node
from onrecord.assembly.persons import FOR_STATE
from onrecord.assembly.variants import Variants, find_variants
from onrecord.names import Names, find_role_head, fold, is_common, measure_edits

MOST_SUGGESTED: Final = 3
"""A lone surname that more persons bear is suggested for none of them."""

LONG_NAME: Final = 12
VERY_LONG_NAME: Final = 15
"""Letters of a name in which one may be a slip, and two."""
MOST_FILED: Final = 24
"""Names under one role and word that are compared; more would make no slip likely."""


@dataclass(slots=True)
class Linker:
    """Joins nodes; keeps the reasons and the suggestions."""

    nodes: Mapping[str, Node]
    components: Components
    names: Names
    persons: Variants
    """Of persons' names, as found when bearers were placed."""
    reasons: dict[str, list[str]] = field(default_factory=dict)
    suggestions: list[tuple[str, str, str]] = field(default_factory=list)
    """Two keys and why they may be one."""
    _states: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.nodes:
            name, mark, state = key.partition(FOR_STATE)
            self._states.setdefault(name, set()).add(mark + state)

    def link(self) -> None:
        """Makes all joins that the nodes give reason for."""
        for key in sorted(self.nodes):
            known = self.nodes[key].known
            if known is not None:
                self.components.label(key, key)
        self.link_given()
        self.link_variants(self.persons)
        self.link_variants(find_variants(self._list_written(), self.names))
        self.link_slips()
        self.link_classes()
        self.link_acronyms()
        self.link_lone_names()
        self.suggest_kinds()

    def join(self, one: str, other: str, reason: str) -> bool:
        """Joins two keys for that reason; False, and nothing done, when something keeps them apart."""
        if self.components.find(one) == self.components.find(other):
            return True
        if self.components.join(one, other):
            self.reasons.setdefault(one, []).append(reason)
            return True
        return False

    def link_given(self) -> None:
        """Further full names that a document gives the same actor, most documents first."""
        pairs = [
            (-count, key, other)
            for key, node in self.nodes.items()
            for other, count in node.others.items()
            if other in self.nodes
        ]
        for _, key, other in sorted(pairs):
            one, two = _first(self.nodes[key]), _first(self.nodes[other])
            reason = next((why for why in self.nodes[key].reasons if why.startswith(f"'{two}'")), None)
            self.join(key, other, reason or f"an article names one actor both '{one}' and '{two}'")

    def link_variants(self, variants: Variants) -> None:
        """Spellings and forms of one name; officials of two states who share it stay two."""
        for one, other, reason in variants.same:
            for state in sorted(self._states.get(one, set()) & self._states.get(other, set())):
                self.join(one + state, other + state, reason)
        for one, other, reason in variants.unsure:
            if one in self.nodes and other in self.nodes:
                self.suggest(one, other, reason)

    def _list_written(self) -> dict[str, list[str]]:
        """Keys of bodies and places with their words, the most used first."""
        return {
            key: sorted(node.names, key=lambda words: (-node.names[words], -len(words), words))
            for key, node in self.nodes.items()
            if not node.person and node.power is None and BY_NAME not in key and PER_DOCUMENT not in key
        }

    def link_slips(self) -> None:
        """Two long names of persons a letter or two apart, with one role, are one: a slip, or one writer's
        spelling. They meet by the role and the first or last word."""
        filed: dict[tuple[str, str], list[str]] = {}
        for key in sorted(self.nodes):
            kind, words = split_key(key)
            if kind == "person" and PER_DOCUMENT not in key and len(words) >= LONG_NAME:
                heads = {head.word for role in self.nodes[key].roles if (head := find_role_head(role.words))}
                for file in sorted({(head, words.split()[place]) for head in heads for place in (0, -1)}):
                    filed.setdefault(file, []).append(key)
        for (role, _), keys in sorted(filed.items()):
            for one, other in combinations(keys[:MOST_FILED], 2):
                if _is_slip(split_key(one)[1], split_key(other)[1]):
                    names = f"'{_first(self.nodes[one])}' and '{_first(self.nodes[other])}'"
                    self.join(one, other, f"{names} differ by a letter or two, and both are called '{role}'")

    def link_classes(self) -> None:
        """A name of several words that one article takes for a body and another for a place is one thing."""
        for key in sorted(self.nodes):
            kind, words = split_key(key)
            if kind == "body" and " " in words and PER_DOCUMENT not in key and f"place:{words}" in self.nodes:
                name = _first(self.nodes[key])
                self.join(key, f"place:{words}", f"'{name}' is named alike in all of these articles")

    def suggest_kinds(self) -> None:
        """A name that only says what kind of body is meant may be the one body of that kind that is named."""
        bearers: dict[str, list[str]] = {}
        for key in sorted(self.nodes):
            kind, words = split_key(key)
            if kind == "body" and PER_DOCUMENT not in key and " " in words:
                bearers.setdefault(words.split()[-1], []).append(key)
        for key in sorted(self.nodes):
            kind, words = split_key(key)
            found = bearers.get(words.split()[-1], []) if kind == "body" and PER_DOCUMENT in key else []
            if len(found) == 1:
                name = _first(self.nodes[key])
                self.suggest(key, found[0], f"'{name}' may be short for '{_first(self.nodes[found[0]])}'")

    def link_acronyms(self) -> None:
        """An acronym that stands alone is the one actor for which articles introduce it; two are none."""
        bearers: dict[str, list[str]] = {}
        for key in sorted(self.nodes):
            for words in self.nodes[key].acronyms:
                if not key.startswith("acronym:"):
                    bearers.setdefault(f"acronym:{fold(words)}", []).append(key)
        for key in sorted(bearers.keys() & self.nodes.keys()):
            groups = {self.components.find(one): one for one in reversed(bearers[key])}
            words = _first(self.nodes[key])
            if len(groups) == 1:
                (one,) = groups.values()
                self.join(
                    one, key, f"'{words}' is introduced as '{_first(self.nodes[one])}' in another article"
                )
            else:
                for one in list(groups.values())[:MOST_SUGGESTED]:
                    self.suggest(key, one, f"'{words}' is introduced as several names")

    def link_lone_names(self) -> None:
        """A lone surname joins the one person of a public role who bears it, when the article names the
        state that the role is held for; else it is suggested."""
        holders = self._list_holders()
        for key in sorted(self.nodes):
            node = self.nodes[key]
            kind, word = split_key(key)
            if kind != "person" or node.strong or " " in word:
                continue
            found = holders.get(word, [])
            if not found:
                self._join_to_place(node, word)
            if not 0 < len(found) <= MOST_SUGGESTED:
                continue
            fitting = [word for one in found for word in self._share_holder(node, self.nodes[one])]
            name = _first(node)
            if len(found) == 1 and fitting:
                holder = _first(self.nodes[found[0]])
                why = f"'{name}' in an article that speaks of '{fitting[0]}' too: here only '{holder}'"
                self.join(found[0], key, f"{why} of that surname has a public role, and it is held for that")
                continue
            for one in found:
                self.suggest(key, one, f"'{name}' may be short for '{_first(self.nodes[one])}'")

    def _join_to_place(self, node: Node, word: str) -> None:
        """A lone word that one article takes for a person, without a role, and others for a place or body."""
        if node.roles or node.others:
            return
        for other in (f"place:{word}", f"body:{word}"):
            if other in self.nodes and self.nodes[other].documents > 1:
                name = _first(self.nodes[other])
                why = f"'{_first(node)}', without first name or role, is '{name}' of other articles"
                self.join(other, node.key, why)
                return

    def _share_holder(self, node: Node, holder: Node) -> list[str]:
        """Names in the article of whom the holder's roles are held for: the state, or its people."""
        keys = {split_key(held.of)[1] for held in holder.roles if held.of}
        own = set(split_key(node.key)[1].split())
        states = {word: fold(self.names.state_of(word) or "") for word in sorted(node.contexts - own)}
        return [word for word, state in states.items() if word in keys or (state and state in keys)]

    def suggest(self, one: str, other: str, reason: str) -> None:
        """Keeps a pair that only a person may join."""
        if self.components.may_join(one, other) and self.components.find(one) != self.components.find(other):
            self.suggestions.append((one, other, reason))

    def _list_holders(self) -> dict[str, list[str]]:
        """Surname -> keys of the persons across documents who bear it."""
        holders: dict[str, list[str]] = {}
        for key in sorted(self.nodes):
            kind, words = split_key(key)
            if kind == "person" and PER_DOCUMENT not in key and " " in words:
                holders.setdefault(words.partition(FOR_STATE)[0].split()[-1], []).append(key)
        return holders


def _is_slip(one: str, other: str) -> bool:
    """Whether two names begin alike in their first and last words and differ by a letter, or by two of many;
    two first names that people do have ("Maria", "Mario") are no slip."""
    ends = [(words.split()[0], words.split()[-1]) for words in (one, other)]
    alike = all(a[0] == b[0] for a, b in zip(*ends, strict=True))
    if not alike or all(is_common(first) for first, _ in ends):
        return False
    edits = measure_edits(one.replace(" ", ""), other.replace(" ", ""))
    return edits == 1 or (edits == 2 and min(len(one), len(other)) >= VERY_LONG_NAME)


def _first(node: Node) -> str:
    """The name that most documents use, of equals the longest."""
    return min(node.names, key=lambda words: (-node.names[words], -len(words), words))


def count_names(nodes: Iterable[Node]) -> dict[str, int]:
    """Words -> documents, over several nodes."""
    counts: dict[str, int] = {}
    for node in nodes:
        for words, number in node.names.items():
            counts[words] = counts.get(words, 0) + number
    return counts
