"""tables -> for each thing the words that speak for it where its name has several bearers.

Of a state its people, seats and towns, of a division that is a state's namesake its towns; of groups and
bodies what `hints.tsv` says.
"""

from __future__ import annotations

from functools import cache

from onrecord.names.folding import fold, fold_cell
from onrecord.names.rows import read_table


@cache
def load_hints() -> dict[str, frozenset[str]]:
    """`Name.key` -> folded words and names; read when first asked for."""
    found: dict[str, set[str]] = {}
    keys = {}
    for name, kind, _, others, demonyms, seats in read_table("states", 6):
        keys[name] = f"{kind}:{fold(name)}"
        found[keys[name]] = {word for cell in (others, demonyms, seats) for word in fold_cell(cell)}
    for state, cities in read_table("cities"):
        found.setdefault(keys.get(state, f"state:{fold(state)}"), set()).update(fold_cell(cities))
    for division, state, cities in read_table("division_cities", 3):
        key = f"division:{fold(division)}, {fold(state)}"
        found.setdefault(key, set()).update([*fold_cell(cities), fold(state)])
    for key, words in read_table("hints"):
        found.setdefault(key, set()).update(fold_cell(words))
    return {
        key: frozenset(word for word in words if word and word not in key) for key, words in found.items()
    }
