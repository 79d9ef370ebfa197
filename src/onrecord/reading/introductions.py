"""actors of a document -> the same, with those made one that its own words say are one.

"Islamic State (IS)", "IS (Islamic State)", "the Front, also known as …", an acronym of a name that stands in
the same text, another spelling of it, a slip. Each join has its reason in words; names that the tables know
as two bearers are never joined, and a place in brackets is where something is, not what it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.names import CHECKED, Names, blocking_keys, compare_names, fold, is_acronym
from onrecord.names.bodies import parse_body, spell_initials
from onrecord.names.spelling import measure_edits
from onrecord.reading.tokens import Tokens
from onrecord.records import TokenRange

if TYPE_CHECKING:
    from onrecord.reading.mentions import Actor

OPENING, CLOSING = frozenset("(["), frozenset(")]")
KNOWN_AS = tuple(
    tuple(words.split())
    for words in (
        "also known as", "better known as", "known as", "formerly known as", "formerly", "aka", "a.k.a.",
        "previously known as", "i.e.", "that is", "alias", "also called", "or",
    )
)  # fmt: skip
"""What stands between two names of one actor, with or without a comma or bracket and "the"."""
_FIRST_KNOWN_AS = frozenset(words[0] for words in KNOWN_AS)
FEW = frozenset({"person", "place", "state", "people"})
"""Kinds that a bracket behind a name seldom names again ("Herat (Afghanistan)")."""
TYPO_LETTERS = 4
Joined = Callable[["Actor", "Actor"], str | None]


def join_introduced(tokens: Tokens, actors: Sequence[Actor], names: Names) -> list[Actor]:
    """The actors after all joins, in order; the one that was there first keeps its key."""
    out = list(actors)
    _join_places(tokens, out, names)
    others = [actor for actor in out if actor.kind not in FEW]
    filed = _file_by_keys(tokens, others, names)
    _join_by(others, filed, lambda one, two: _explain_acronym(tokens, one, two, names))
    _join_by(others, filed, lambda one, two: _explain_spelling(tokens, one, two, names))
    known = [actor for actor in others if _is_known(actor)]
    single = [actor for actor in out if actor.kind != "person" and len(actor.names) == 1]
    slips = {id(actor): known for actor in single}
    _join_by([*single, *known], slips, lambda one, two: _explain_slip(tokens, one, two, names))
    return [actor for actor in out if actor.names]


def merge_actors(into: Actor, other: Actor, reason: str) -> None:
    """Gives all names of the other to the one, each with the reason unless it has one."""
    for place in other.names:
        into.reasons[place] = other.reasons.get(place, reason)
    into.names.extend(other.names)
    into.role = into.role or other.role
    into.role_lemmas |= other.role_lemmas
    into.role_heads |= other.role_heads
    into.gender = into.gender or other.gender
    other.names.clear()


def _join_places(tokens: Tokens, actors: list[Actor], names: Names) -> None:
    """Names that stand side by side as names of one: in brackets, or with "also known as" between them."""
    at = {place[0]: actor for actor in actors for place in actor.names}
    for start in sorted(at):
        actor = at[start]
        for place in [place for place in actor.names if place[0] == start]:
            found = _find_bracketed(tokens, place) or _find_known_as(tokens, place)
            other = at.get(found[0]) if found else None
            if found is None or other is None or other is actor:
                continue
            inner = next(each for each in other.names if each[0] == found[0])
            if not _may_join(tokens, (actor, place), (other, inner), said=found[1], names=names):
                continue
            after = tokens.words[inner[1]] if found[1] == "" and inner[1] < len(tokens) else ")"
            if after not in CLOSING:
                continue
            words = f"{tokens.exact(place)} ({tokens.exact(inner)})"
            if found[1]:
                words = f"{tokens.exact(place)}, {found[1]} {tokens.exact(inner)}"
            merge_actors(actor, other, f"introduced as '{words}'")
            actors[:] = [each for each in actors if each.names]
            at.update({each[0]: actor for each in actor.names})


def _find_bracketed(tokens: Tokens, place: TokenRange) -> tuple[int, str] | None:
    after = place[1]
    if after + 1 < len(tokens) and tokens.words[after] in OPENING:
        return _skip_article(tokens, after + 1), ""
    return None


def _find_known_as(tokens: Tokens, place: TokenRange) -> tuple[int, str] | None:
    """Where the other name begins, and the words between."""
    here = place[1]
    if here < len(tokens) and tokens.words[here] in {",", "(", "[", "–", "-", "—"}:
        here += 1
    if here < len(tokens) and tokens.lower[here] not in _FIRST_KNOWN_AS:
        return None
    for words in KNOWN_AS:
        if tuple(tokens.lower[here : here + len(words)]) == words:
            return _skip_article(tokens, here + len(words)), " ".join(words)
    return None


def _skip_article(tokens: Tokens, here: int) -> int:
    while here < len(tokens) and tokens.lower[here] in {"the", '"', "“", "'", "‘"}:
        here += 1
    return here


def _may_join(
    tokens: Tokens, one: tuple[Actor, TokenRange], two: tuple[Actor, TokenRange], *, said: str, names: Names
) -> bool:
    """Whether two names side by side are of one actor: of kinds that can be one, not two in the tables; an
    "or" (and a bracket, unless both are of one kind) needs that one is made of the other's initials."""
    kinds = {one[0].kind, two[0].kind}
    a, b = tokens.exact(one[1]), tokens.exact(two[1])
    if not said and "person" not in kinds and _are_first_letters(b, a):
        return not _are_two(a, b, names)
    if ("person" in kinds or kinds & FEW) and (len(kinds) > 1 or not said or said == "or"):
        return False
    if _are_two(a, b, names):
        return False
    if said == "or" or (not said and len(kinds) > 1):
        return _are_initials(a, b, names) or _are_initials(b, a, names)
    return True


def _are_two(a: str, b: str, names: Names) -> bool:
    """Whether the checked tables know both names, and no one who bears both."""
    ones, twos = ({name for name in names.find(each) if name.source in CHECKED} for each in (a, b))
    return bool(ones and twos) and not ones & twos


def _are_initials(short: str, whole: str, names: Names) -> bool:
    name = parse_body(short, names)
    return bool(name.acronym) and name.acronym in spell_initials(parse_body(whole, names))


def _are_first_letters(short: str, whole: str) -> bool:
    """Whether an acronym is made of the first letters of a name's capitalised words ("Saudi Arabia (SA)")."""
    letters = "".join(word[0] for word in whole.split() if word[:1].isupper())
    return is_acronym(short) and len(letters) > 1 and fold(short) == letters.lower()


def _file_by_keys(tokens: Tokens, others: Sequence[Actor], names: Names) -> dict[int, Sequence[Actor]]:
    """Each actor that the tables do not know -> the actors that share a key with it, by identity."""
    filed: dict[str, list[Actor]] = {}
    keys = {
        id(actor): [key.text for key in blocking_keys(tokens.exact(actor.name), "organisation", names)]
        for actor in others
        if actor.names
    }
    for actor in others:
        for text in keys.get(id(actor), ()):
            filed.setdefault(text, []).append(actor)
    return {
        id(actor): list({id(near): near for text in keys.get(id(actor), ()) for near in filed[text]}.values())
        for actor in others
        if not _is_known(actor)
    }


def _join_by(others: Sequence[Actor], near: Mapping[int, Sequence[Actor]], explain: Joined) -> None:
    """Joins an actor to the one other near it that the explanation fits, if there is only one."""
    for actor in others:
        if not actor.names or _is_known(actor):
            continue
        found = [
            (other, reason)
            for other in near.get(id(actor), ())
            if other is not actor and other.names and (reason := explain(actor, other))
        ]
        if len(found) == 1:
            merge_actors(found[0][0], actor, found[0][1])


def _is_known(actor: Actor) -> bool:
    """Whether the tables gave the actor its key: then they know its names too."""
    return ":" in actor.key and actor.kind != "person"


def _explain_acronym(tokens: Tokens, actor: Actor, other: Actor, names: Names) -> str | None:
    short, whole = tokens.exact(actor.name), tokens.exact(other.name)
    if is_acronym(short) and len(fold(short)) > 1 and _are_initials(short, whole, names):
        return f"'{short}' is made of the initials of '{whole}', named here too"
    return None


def _explain_spelling(tokens: Tokens, actor: Actor, other: Actor, names: Names) -> str | None:
    one, two = tokens.exact(actor.name), tokens.exact(other.name)
    if (
        is_acronym(one)
        or is_acronym(two)
        or one[:1].casefold() != two[:1].casefold()
        or other.kind != actor.kind
    ):
        return None
    if (len(other.names), -other.name[0]) < (len(actor.names), -actor.name[0]):  # the commoner spelling stays
        return None
    found = compare_names(one, two, actor.kind, names)
    return found.reason if found.verdict == "same" else None


def _explain_slip(tokens: Tokens, actor: Actor, other: Actor, names: Names) -> str | None:
    """A word that stands here once and that nobody knows, a letter from a name that the tables know."""
    if len(actor.names) != 1 or not _is_known(other):
        return None
    word = fold(tokens.exact(actor.name))
    if " " in word or len(word) < TYPO_LETTERS or names.find(tokens.exact(actor.name)):
        return None
    for place in other.names:
        near = fold(tokens.exact(place))
        if (
            " " not in near
            and len(near) > TYPO_LETTERS
            and near[0] == word[0]
            and measure_edits(word, near) == 1
        ):
            return f"one letter from '{tokens.exact(place)}', taken for a slip of the pen"
    return None
