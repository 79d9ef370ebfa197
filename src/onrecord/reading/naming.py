"""the words for a speaker -> the actor that they name outright: by the head, or by a name set beside it."""

from __future__ import annotations

from onrecord.reading.descriptions import kind_of_description
from onrecord.reading.discourse import Discourse, Resolution
from onrecord.reading.mentions import TITLES, Actor, find_known
from onrecord.reading.tokens import Tokens
from onrecord.records import TokenRange
from onrecord.vocabulary import Inferred

MEDIA = frozenset(
    "agency newspaper paper channel radio television tv station daily weekly magazine outlet website site "
    "portal broadcaster resource service blog podcast news interview press".split()
)


def find_named(discourse: Discourse, part: TokenRange, head: int) -> Resolution | None:
    """The actor whose name carries the phrase: its head, or a name set beside a role or a description."""
    tokens = discourse.tokens
    actor = discourse.by_token.get(head)
    if actor is None or actor.kind != "person" or actor.key.startswith("worded:"):
        beside = _named_beside(discourse, part, head)
        if beside is not None and (beside.kind == "person" or actor is None):
            actor = beside
    if actor is None or actor.key.startswith("worded:"):
        return None
    place = next((p for p in actor.names if p[0] < part[1] and part[0] < p[1]), part)
    if actor.kind != "person" and place[1] < part[1] and _is_cut(tokens, place):
        return None
    inferred: Inferred = "name"
    reason = actor.reasons.get(place)
    known = (
        find_known(tokens.exact(place), discourse.names) if actor.kind in {"place", "government"} else None
    )
    if known is not None and known.metonym_of:
        inferred = "metonym"
        reason = f"'{tokens.exact(place)}' speaks: taken for the authorities of {known.metonym_of}"
    return Resolution(place, actor, inferred, reason)


def _is_cut(tokens: Tokens, place: TokenRange) -> bool:
    """Whether the name goes on after it was cut ("Centre for" the Study of Rivers)."""
    return tokens.upos[place[1] - 1] == "ADP" or tokens.lower[place[1]] == "for"


def _named_beside(discourse: Discourse, part: TokenRange, head: int) -> Actor | None:
    """The one person (else the one other actor) whose name stands beside the head: by the tree, or at an
    edge of the phrase with a noun or a comma next to it ("the analyst Ilse Dorn", "Ilse Dorn, analyst")."""
    tokens = discourse.tokens
    inside: dict[int, tuple[Actor, TokenRange]] = {}
    for i in range(*part):
        actor = discourse.by_token.get(i)
        if actor is None or actor.key.startswith("worded:") or actor.kind in {"place", "state", "people"}:
            continue
        place = next((p for p in actor.names if p[0] <= i < p[1]), (i, i + 1))
        if _beside(tokens, i, head, actor) or _at_edge(discourse, place, part):
            inside[id(actor)] = actor, place
    if not inside and (around := _named_after(discourse, part) or _named_before(discourse, part)) is not None:
        return around
    persons = [actor for actor, _ in inside.values() if actor.kind == "person"]
    if len(persons) > 1:
        persons = [a for a, place in inside.values() if a in persons and _at_edge(discourse, place, part)]
    found = persons or [actor for actor, _ in inside.values()]
    return found[0] if len(found) == 1 else None


def _named_after(discourse: Discourse, part: TokenRange) -> Actor | None:
    """ "the League's envoy, Ilse Dorn, said": the person named between commas right after a role."""
    tokens = discourse.tokens
    name = part[1]
    while name < min(part[1] + 3, len(tokens)) and tokens.upos[name] == "PUNCT":
        name += 1
    if name == part[1] or name >= len(tokens) or tokens.words[name - 1] != ",":
        return None
    actor = discourse.by_token.get(name)
    if actor is None or actor.kind != "person" or actor.key.startswith("worded:"):
        return None
    end = next(place[1] for place in actor.names if place[0] <= name < place[1])
    closed = end < len(tokens) and tokens.words[end] == ","
    return actor if closed and _is_human(discourse, part) else None


def _is_human(discourse: Discourse, part: TokenRange) -> bool:
    """Whether the words describe one person: "according to custom, Ivo Varga, …" names nobody's role."""
    return kind_of_description(discourse, discourse.tokens.head_token(part)) == "person"


def _named_before(discourse: Discourse, part: TokenRange) -> Actor | None:
    """ "Ilse Dorn, the League's envoy, said": the person named before a comma and a role."""
    tokens = discourse.tokens
    comma = part[0] - 1
    articled = tokens.lower[part[0]] in {"the", "a", "an", "his", "her"}
    closed = part[1] < len(tokens) and tokens.words[part[1]] == ","
    if comma < 1 or tokens.words[comma] != "," or not (articled and closed and _is_human(discourse, part)):
        return None
    actor = discourse.by_token.get(comma - 1)
    if actor is None or actor.kind != "person" or actor.key.startswith("worded:"):
        return None
    return actor if tokens.sentence_of[comma] == tokens.sentence_of[part[0]] else None


def _at_edge(discourse: Discourse, place: TokenRange, part: TokenRange) -> bool:
    """Whether a name closes the phrase after a noun or a comma, or opens it before a comma.

    "The lawyer of minister Dorn" is not Dorn: a role of the name's own behind a preposition keeps it there.
    """
    tokens = discourse.tokens
    first, last = part
    while last > first and tokens.upos[last - 1] == "PUNCT":
        last -= 1
    if place[1] >= last and place[0] > first:
        before = place[0] - 1
        owned = any(tokens.upos[i] == "ADP" for i in range(first, before))
        if owned and tokens.words[before] != "," and _is_role(discourse, before):
            return False
        return tokens.upos[before] in {"NOUN", "PROPN"} or tokens.words[before] == ","
    return place[0] == first and place[1] < last and tokens.words[place[1]] in {",", "(", "–", "—"}


def _is_role(discourse: Discourse, token: int) -> bool:
    tokens = discourse.tokens
    return tokens.lower[token].rstrip(".") in TITLES or kind_of_description(discourse, token) == "person"


def _beside(tokens: Tokens, token: int, head: int, actor: Actor) -> bool:
    """Whether the name at `token` is set beside the head noun (title, apposition), not owned by it.

    A person may stand as a compound ("minister Dorn"); a body that does so only qualifies the noun ("the UN
    report"), unless the noun says what the name is ("Norpress news agency").
    """
    links = {"flat", "appos", "list"}
    if actor.kind == "person" or (actor.kind == "outlet" and tokens.lemmas[head] in MEDIA):
        links = links | {"compound", "dep", "parataxis", "nsubj"}
    here = token
    for _ in range(6):
        if here == head:
            return True
        if tokens.deprel(here) not in links or tokens.heads[here] < 0:
            return False
        here = tokens.heads[here]
    return False
