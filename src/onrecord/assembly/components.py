"""keys joined two by two, and pairs that must stay apart -> groups of keys.

Union-find with cannot-links (Wagstaff et al. 2001, "Constrained k-means clustering with background
knowledge"): a pair that was kept apart is apart by every path. Joins are made in the order in which they are
asked for, so the caller's order decides when two of them contradict.
"""

from __future__ import annotations

from collections.abc import Iterable


class Components:
    """Groups of keys, each key alone at first."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._parent: dict[str, str] = {key: key for key in keys}
        self._size: dict[str, int] = {}
        self._apart: dict[str, set[str]] = {}
        self._label: dict[str, str] = {}

    def find(self, key: str) -> str:
        """The key that stands for the group of this one now."""
        root = self._parent.setdefault(key, key)
        while root != self._parent[root]:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def keep_apart(self, one: str, other: str) -> bool:
        """Forbids that the two ever come together; False when they are together already."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return False
        self._apart.setdefault(first, set()).add(second)
        self._apart.setdefault(second, set()).add(first)
        return True

    def label(self, key: str, label: str) -> None:
        """Says what the group of the key is; groups with two labels never join, unless forced."""
        self._label.setdefault(self.find(key), label)

    def may_join(self, one: str, other: str) -> bool:
        """Whether nothing keeps the groups of the two apart."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return True
        labels = {self._label[each] for each in (first, second) if each in self._label}
        return len(labels) < 2 and second not in self._apart.get(first, ())

    def join(self, one: str, other: str, *, force: bool = False) -> bool:
        """Brings the groups of the two together; False when they must stay apart. With `force`, which
        people's decisions have, labels do not count."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return True
        if second in self._apart.get(first, ()) or not (force or self.may_join(first, second)):
            return False
        if self._size.get(first, 1) < self._size.get(second, 1):
            first, second = second, first
        self._parent[second] = first
        self._size[first] = self._size.get(first, 1) + self._size.pop(second, 1)
        if second in self._label:
            self._label.setdefault(first, self._label.pop(second))
        enemies = self._apart.pop(second, set())
        for enemy in enemies:
            self._apart[enemy].discard(second)
            self._apart[enemy].add(first)
        if enemies:
            self._apart.setdefault(first, set()).update(enemies)
        return True

    def groups(self) -> list[list[str]]:
        """All groups, sorted within and among themselves."""
        found: dict[str, list[str]] = {}
        for key in self._parent:
            found.setdefault(self.find(key), []).append(key)
        return sorted(sorted(keys) for keys in found.values())
