"""names of many documents -> which are spellings or forms of one name, and which may be.

Names meet under shared blocking keys and are compared with those that stand there, never all with all: a key
under which too many names stand is passed over, so that the cost is that of the names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from onrecord.assembly.components import Components
from onrecord.assembly.naming import split_key
from onrecord.names import Names, blocking_keys, compare_names
from onrecord.vocabulary import Kind

MOST_COMPARED: Final = 100
MOST_WEAK: Final = 12
"""A key under which more names than this stand tells nothing (a frequent surname, "Liberation Front"); weak
keys sooner than strong ones."""
LEAST_SUGGESTED: Final = 0.6
"""Likeness from which two names that only a person may join are suggested."""
_KINDS: Final[dict[str, Kind]] = {
    "person": "person", "place": "place", "state": "place", "people": "people",
}  # fmt: skip


class File(NamedTuple):
    """A blocking key among names of one kind."""

    kind: Kind
    text: str


class Variant(NamedTuple):
    """Two keys whose names are one name, or may be, and why."""

    one: str
    other: str
    reason: str


@dataclass(slots=True)
class Variants:
    """What the comparison of names found."""

    same: list[Variant] = field(default_factory=list)
    unsure: list[Variant] = field(default_factory=list)


def find_variants(names_of: Mapping[str, Sequence[str]], names: Names) -> Variants:
    """The variants among keys, each with the words that name it, the most used first. The result depends on
    the keys and their names alone, not on their order."""
    found = Variants()
    groups = Components()
    files = {key: _list_files(key, words, names) for key, words in sorted(names_of.items())}
    strong = {file for filed in files.values() for file, is_strong in filed.items() if is_strong}
    sizes = Counter(file for filed in files.values() for file in filed)
    blocks: dict[File, list[str]] = {}
    for key, filed in files.items():
        most = {file: MOST_COMPARED if file in strong else MOST_WEAK for file in filed}
        usable = [file for file in filed if 1 < sizes[file] <= most[file]]
        for other in dict.fromkeys(other for file in usable for other in blocks.get(file, ())):
            if groups.find(key) == groups.find(other):
                continue
            likeness = compare_names(names_of[other][0], names_of[key][0], _kind_of(key), names)
            if likeness.verdict == "same":
                groups.join(other, key)
                found.same.append(Variant(other, key, likeness.reason))
            elif likeness.verdict == "unsure" and likeness.score >= LEAST_SUGGESTED:
                found.unsure.append(Variant(other, key, likeness.reason))
        for file in usable:
            blocks.setdefault(file, []).append(key)
    return found


def _kind_of(key: str) -> Kind:
    return _KINDS.get(split_key(key)[0], "organisation")


def _list_files(key: str, words: Sequence[str], names: Names) -> dict[File, bool]:
    """Where the names of a key are filed -> whether one of them is filed there under a strong key."""
    kind = _kind_of(key)
    found: dict[File, bool] = {}
    for each in words:
        for text, strong in blocking_keys(each, kind, names):
            found[File(kind, text)] = strong or found.get(File(kind, text), False)
    return found
