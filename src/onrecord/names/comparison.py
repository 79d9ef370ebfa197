"""two names of a kind -> `Likeness`; a name -> its blocking keys: the one place that assembly asks.

What the tables of known names say goes before any comparison of letters: two names that they list under one
bearer are one, two names of two bearers stay two, however alike they are written.
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.names.body_pairs import compare_bodies, key_body
from onrecord.names.folding import fold
from onrecord.names.likeness import Key, Likeness, say_different, say_same, say_unsure
from onrecord.names.lookup import CHECKED, Name, Names
from onrecord.names.person_pairs import compare_persons, key_person
from onrecord.names.spelling import compare_folded, skeleton
from onrecord.vocabulary import Kind

CACHED = 1 << 15
PLACES = frozenset({"state", "place", "people"})


def compare_names(a: str, b: str, kind: Kind, names: Names) -> Likeness:
    """Whether two names of one kind can be one actor's, and why; the verdict does not depend on their order.

    Names alone are judged: "unsure" is for what the articles around them must decide.
    """
    if a == b:
        return say_same(f"both are '{a}'")
    if fold(a) == fold(b) and (kind == "person" or a.isupper() == b.isupper()):
        return say_same(f"'{a}' and '{b}' are written alike but for case and marks")
    known = _judge_known(a, b, kind, names)
    if known is not None:
        return known
    if kind == "person":
        return compare_persons(a, b)
    if kind in PLACES:
        return _compare_places(a, b)
    return compare_bodies(a, b, names)


@lru_cache(CACHED)
def blocking_keys(words: str, kind: Kind, names: Names) -> tuple[Key, ...]:
    """The keys under which a name is filed; names that `compare_names` calls "same" share at least one."""
    found = [Key(f"known:{name.source}:{name.name}", True) for name in _find_known(words, kind, names)]
    if kind == "person":
        keys = key_person(words)
    elif kind in PLACES:
        keys = _key_place(words)
    else:
        keys = key_body(words, names)
    written = Key("written:" + fold(words), False)
    return tuple(dict.fromkeys((*found, *keys, written)))


def _find_known(words: str, kind: Kind, names: Names) -> tuple[Name, ...]:
    """What the checked tables know under the words, of a kind that may be meant."""
    if kind == "person":
        return ()
    found = [name for name in names.find(words) if name.source in CHECKED]
    return tuple(name for name in found if (name.kind in PLACES) == (kind in PLACES))


def _judge_known(a: str, b: str, kind: Kind, names: Names) -> Likeness | None:
    ones, twos = _find_known(a, kind, names), _find_known(b, kind, names)
    if not ones or not twos:
        return None
    for name in ones:
        if name in twos:
            return say_same(f"the name tables know both as '{name.name}'")
    one, two = ones[0], twos[0]
    if one.demonym_of and one.demonym_of == two.demonym_of and kind == "people":
        return say_same(f"'{a}' and '{b}' are words for the people of {one.demonym_of}")
    power = {_power(one), _power(two)}
    if len(power) == 1 and None not in power:
        return say_unsure(f"'{a}' and '{b}' may both stand for {power.pop()}", 0.5)
    return say_different(f"the name tables know '{one.name}' and '{two.name}' as two")


def _power(name: Name) -> str | None:
    return name.metonym_of or name.demonym_of or (name.name if name.kind in ("state", "place") else None)


def _compare_places(a: str, b: str) -> Likeness:
    one, two = fold(a).split(), fold(b).split()
    if "".join(one) == "".join(two):
        return say_same(f"'{a}' and '{b}' are written with the same letters")
    if len(one) != len(two):
        return say_different(f"'{a}' and '{b}' have not the same words")
    how = [compare_folded(*sorted(pair)) for pair in zip(one, two, strict=True)]
    if "different" in how:
        return say_different(f"'{a}' and '{b}' are two names")
    if "slip" in how:
        return say_unsure(f"'{a}' and '{b}' are a letter or two apart", 0.5)
    return say_same(f"'{b}' is a spelling of '{a}'", 0.95)


def _key_place(words: str) -> tuple[Key, ...]:
    parts = fold(words).split()
    bones = " ".join(skeleton(part) for part in parts)
    return (Key(f"place:{bones}", len(parts) > 1), Key("letters:" + "".join(parts), False))
