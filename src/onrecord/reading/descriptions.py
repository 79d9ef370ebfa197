"""a description -> the person of this document whom it means, with the reason, or the words themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.names import find_role_class, fold
from onrecord.reading.bodies import resolve_body
from onrecord.reading.discourse import DOUBTFUL, SURE, Discourse, Resolution
from onrecord.reading.mentions import Actor, gender_of_word
from onrecord.reading.roles import STAND_INS, stands_for
from onrecord.records import TokenRange
from onrecord.vocabulary import Kind

GENDERED = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its", "same"})
_AGE = re.compile(r"^the \d{1,3}[- ]year[- ]old\b", re.IGNORECASE)
FAR = 12
"""Sentences that a description ("the diplomat") looks back."""
BODIES = frozenset(
    "government ministry administration cabinet parliament court army police military force party "
    "agency office department committee council commission company firm bank group movement "
    "organisation organization union association team club university institute embassy mission "
    "delegation coalition alliance report statement study survey poll document paper letter source "
    "website newspaper magazine channel outlet media press".split()
)


def resolve_description(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """ "the diplomat": the one person of this document whose role fits, the last speaker before others."""
    tokens = discourse.tokens
    lemma = tokens.lemmas[head]
    if _AGE.search(tokens.exact(part)):
        return _resolve_age(discourse, part, head)
    if any(tokens.lower[i] in {"his", "her"} for i in tokens.children[head]):
        # "her spokesman" is another one than "its spokesman, Ivo Varga", as a rule somebody not named.
        return leave_as_worded(discourse, part, head)
    body = resolve_body(discourse, part, head)
    if body is not None:
        return body
    definite = any(tokens.lower[i] in DEFINITE for i in tokens.children[head]) and part[0] <= head
    modified = any(
        tokens.deprel(i) in {"nmod", "acl"} for i in tokens.children[head] if part[0] <= i < part[1]
    )
    singular = tokens.lower[head] == lemma
    human = kind_of_description(discourse, head) == "person" or any(
        lemma in actor.role_heads for actor in discourse.known_before(part[0])
    )
    if not (definite and singular and human and tokens.upos[head] in {"NOUN", "ADJ", "PROPN"}):
        return leave_as_worded(discourse, part, head)
    found = _choose_described(discourse, part, lemma, _read_modifiers(discourse, head))
    if found is not None and modified and lemma not in found[0].role_heads:
        found = None
    if found is None:
        return leave_as_worded(discourse, part, head)
    actor, why, sure = found
    reason = f"'{tokens.exact(part)}' taken for '{tokens.exact(actor.name)}': {why}"
    return Resolution(part, actor, "description", reason, sure)


def _resolve_age(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """ "the 43-year-old": the only person so far, else who spoke within the last two sentences."""
    tokens = discourse.tokens
    known = discourse.known_before(part[0])
    found, why = (known[0], "the only person so far") if len(known) == 1 else (None, "")
    if found is None and discourse.spoke:
        cue, last = max(discourse.spoke, key=lambda row: row[0])
        near = tokens.sentence_of[part[0]] - tokens.sentence_of[cue] <= 2
        if cue < part[0] and near and last.kind == "person" and not last.key.startswith("worded:"):
            found, why = last, "who spoke last"
    if found is None:
        return leave_as_worded(discourse, part, head)
    reason = f"'{tokens.exact(part)}' taken for '{tokens.exact(found.name)}', {why}"
    return Resolution(part, found, "description", reason, DOUBTFUL)


def _read_modifiers(discourse: Discourse, head: int) -> frozenset[str]:
    """The nouns that say which of a kind somebody is: "finance" in "the finance minister"."""
    tokens = discourse.tokens
    return frozenset(
        tokens.lemmas[i]
        for i in tokens.children[head]
        if tokens.deprel(i) == "compound" and tokens.upos[i] in {"NOUN", "PROPN"} and i < head
    )


def _choose_described(
    discourse: Discourse, part: TokenRange, lemma: str, modifiers: frozenset[str]
) -> tuple[Actor, str, float] | None:
    """Who "the `lemma`" is: the one whose role fits, the fitting one who spoke last, or the only speaker."""
    known = discourse.known_before(part[0])
    near = [actor for actor in known if _is_near(discourse, actor, part[0])]
    fitting = [actor for actor in near if stands_for(lemma, actor, discourse.descriptions)]
    if modifiers and lemma in {head for actor in fitting for head in actor.role_heads}:
        fitting = [actor for actor in fitting if modifiers <= actor.role_lemmas]
    if len(fitting) > 1:
        fitting = _prefer_class(lemma, fitting)
    if len(fitting) == 1:
        return fitting[0], "the role given with the name", SURE
    last = [actor for actor in fitting if discourse.spoke_last(actor, part[0])]
    if len(last) == 1:
        return last[0], "who spoke last and whose role fits", DOUBTFUL
    speakers = {
        id(actor): actor for cue, actor in discourse.spoke if cue < part[0] and actor.kind == "person"
    }
    human = lemma in discourse.descriptions or lemma in STAND_INS
    if not fitting and human and len(speakers) == 1:
        only = next(iter(speakers.values()))
        if (not only.role_lemmas or lemma in STAND_INS) and _is_near(discourse, only, part[0]):
            return only, "the only person who has spoken so far", DOUBTFUL
    return None


def _prefer_class(lemma: str, fitting: list[Actor]) -> list[Actor]:
    """Of several whose roles fit, those whose role is of the description's own class: "the expert" is the
    researcher rather than the head of a mission, who might be called so too."""
    kind = find_role_class(lemma)
    same = [actor for actor in fitting if kind and kind in map(find_role_class, actor.role_lemmas)]
    return same or fitting


def _is_near(discourse: Discourse, actor: Actor, token: int) -> bool:
    """Whether the actor was named or spoke within the last sentences (`FAR`)."""
    tokens = discourse.tokens
    seen = [place[0] for place in actor.names if place[0] < token]
    seen += [cue for cue, who in discourse.spoke if who is actor and cue < token]
    return bool(seen) and tokens.sentence_of[token] - tokens.sentence_of[max(seen)] <= FAR


def leave_as_worded(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """The words themselves as an actor of their own, unless clusters tie them to a named body; the same
    description said again is the same actor."""
    tokens = discourse.tokens
    bare = all(tokens.upos[i] == "DET" for i in range(part[0], part[1] - 1))
    stand_in = discourse.stand_ins.get(part[1] - 1 if bare else head)
    if stand_in is not None:
        return replace(stand_in, words=part)
    kind = kind_of_description(discourse, head)
    key = f"worded:{fold(tokens.exact(part))}"
    pronoun = tokens.upos[head] == "PRON"
    for actor in discourse.actors:
        if actor.key == key and not pronoun:
            if part not in actor.names:
                actor.names.append(part)
            return Resolution(part, actor, "worded")
    actor = Actor(kind=kind, key=key if not pronoun else f"{key}@{part[0]}", names=[part])
    if tokens.lower[head] in GENDERED:
        actor.gender = GENDERED[tokens.lower[head]]
    elif kind == "person":
        actor.role = tokens.span(part)
        actor.role_lemmas = frozenset(tokens.lemmas[i] for i in range(*part) if tokens.upos[i] == "NOUN")
        actor.gender = gender_of_word(tokens.lemmas[head])
    if not pronoun:
        discourse.actors.append(actor)
        discourse.by_token.update(dict.fromkeys(range(*part), actor))
    return Resolution(part, actor, "worded")


def kind_of_description(discourse: Discourse, head: int) -> Kind:
    """What a description names: several people, one person, or a body."""
    tokens = discourse.tokens
    lemma = tokens.lemmas[head]
    if tokens.upos[head] == "PRON":
        return "person" if tokens.lower[head] in GENDERED or tokens.lower[head] == "i" else "collective"
    if tokens.lower[head] != lemma or tokens.lower[head] in {"people", "police", "media", "staff", "public"}:
        return "collective"
    if lemma in BODIES:
        return (
            "government"
            if lemma in {"government", "ministry", "administration", "cabinet"}
            else "organisation"
        )
    roles = discourse.descriptions
    if lemma in roles or any(lemma in fits for fits in roles.values()) or lemma in STAND_INS:
        return "person"
    if lemma.endswith(("er", "or", "ist", "man", "woman", "ian", "ant", "ee")) and any(
        tokens.deprel(i) == "det" for i in tokens.children[head]
    ):
        return "person"
    return "organisation"
