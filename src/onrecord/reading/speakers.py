"""the words for a speaker -> the actor of this document they stand for, with the reason, or nobody.

Wrong attribution to a person is the worst error: where two people fit a pronoun or a description alike, the
speaker stays as worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.names import Names, fold
from onrecord.reading.drafts import Draft
from onrecord.reading.mentions import Actor, find_known
from onrecord.reading.roles import STAND_INS, stands_for
from onrecord.reading.tokens import NOMINAL, SUBJECTS, Tokens
from onrecord.records import TokenRange
from onrecord.vocabulary import Inferred, Kind

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
FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
PLURAL = frozenset({"they", "them", "their", "themselves", "both"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its", "same"})
REACH = 4
"""Sentences that a pronoun looks back."""
FAR = 12
"""Sentences that a description ("the diplomat") looks back."""
MEDIA = frozenset(
    "agency newspaper paper channel radio television tv station daily weekly magazine outlet website site "
    "portal broadcaster resource service blog podcast news interview press".split()
)
BODIES = frozenset(
    "government ministry administration cabinet parliament court army police military force party "
    "agency office department committee council commission company firm bank group movement "
    "organisation organization union association team club university institute embassy mission "
    "delegation coalition alliance report statement study survey poll document paper letter source "
    "website newspaper magazine channel outlet media press".split()
)


@dataclass(slots=True)
class Resolution:
    """What one speaker's words stand for."""

    words: TokenRange
    actor: Actor
    inferred: Inferred
    reason: str | None = None
    sure: float = 1.0


@dataclass(slots=True)
class Discourse:
    """What the reader of this document knows so far: who is named where, and who spoke last."""

    tokens: Tokens
    names: Names
    descriptions: dict[str, frozenset[str]]
    actors: list[Actor]
    spoke: list[tuple[int, Actor]] = field(default_factory=list)
    """Cue token and speaker of the statements so far, outside other people's quotations."""
    by_token: dict[int, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for actor in self.actors:
            for place in actor.names:
                self.by_token.update(dict.fromkeys(range(*place), actor))

    def known_before(self, token: int) -> list[Actor]:
        """Persons named or described before the token."""
        return [a for a in self.actors if a.kind == "person" and min(a.names)[0] < token]


def resolve_speaker(discourse: Discourse, draft: Draft, outer: Sequence[Resolution]) -> list[Resolution]:
    """One resolution for each of the draft's joint speakers, in order of their words."""
    out: list[Resolution] = []
    for part in split_speakers(discourse.tokens, draft.speaker):
        found = resolve_words(discourse, part, outer)
        if not any(found.actor is other.actor for other in out):
            out.append(found)
    return out


def split_speakers(tokens: Tokens, speaker: Sequence[TokenRange]) -> list[TokenRange]:
    """Joint speakers ("the minister and his deputy") as ranges of their own; pieces of one phrase as one."""
    out: list[TokenRange] = []
    for first, last in speaker:
        head = tokens.head_token((first, last))
        joined = [
            i for i in tokens.children[head]
            if tokens.deprel(i) == "conj" and first <= i < last and tokens.upos[i] in NOMINAL
        ]  # fmt: skip
        here = first
        for conjunct in joined:
            cut = next(
                (
                    i
                    for i in range(here, conjunct)
                    if tokens.heads[i] == conjunct and tokens.deprel(i) in {"cc", "punct"}
                ),
                None,
            )
            if cut is None or cut <= here:
                continue
            out.append((here, cut))
            here = cut + 1
            while here < last - 1 and tokens.upos[here] in {"CCONJ", "PUNCT"}:
                here += 1
        out.append((here, last))
    return [trimmed for part in out if (trimmed := _trim(tokens, part)) is not None]


def _trim(tokens: Tokens, part: TokenRange) -> TokenRange | None:
    first, last = part
    while first < last and tokens.upos[first] in {"PUNCT", "CCONJ"}:
        first += 1
    while first < last and tokens.upos[last - 1] in {"PUNCT", "CCONJ"}:
        last -= 1
    return (first, last) if first < last else None


def resolve_words(discourse: Discourse, part: TokenRange, outer: Sequence[Resolution] = ()) -> Resolution:
    """What these words stand for: a name in them, a pronoun's or description's actor, or themselves."""
    tokens = discourse.tokens
    head = tokens.head_token(part)
    named = _named_in(discourse, part, head)
    if named is not None:
        return named
    word = tokens.lower[head]
    if word in FIRST_PERSON:
        if len(outer) == 1:
            said = f"'{tokens.words[head]}' in the words of '{tokens.exact(outer[0].actor.name)}'"
            return Resolution(part, outer[0].actor, "pronoun", said)
        return _as_worded(discourse, part, head)
    if word in GENDERED:
        return _resolve_gendered(discourse, part, head)
    if word in PLURAL:
        return _resolve_plural(discourse, part, head)
    if word in RELATIVE and tokens.upos[head] in {"PRON", "DET", "SCONJ"}:
        return _resolve_relative(discourse, part, head)
    return _resolve_description(discourse, part, head)


def _named_in(discourse: Discourse, part: TokenRange, head: int) -> Resolution | None:
    """The actor whose name carries the phrase: its head, or a name set beside a role or a description."""
    tokens = discourse.tokens
    actor = discourse.by_token.get(head)
    if actor is None or actor.key.startswith("worded:"):
        actor = _named_beside(discourse, part, head) or actor
    if actor is None or actor.key.startswith("worded:"):
        return None
    place = next((p for p in actor.names if p[0] < part[1] and part[0] < p[1]), part)
    inferred: Inferred = "name"
    reason = actor.reasons.get(place)
    known = (
        find_known(tokens.exact(place), discourse.names) if actor.kind in {"place", "government"} else None
    )
    if known is not None and known.metonym_of:
        inferred = "metonym"
        reason = f"'{tokens.exact(place)}' speaks: taken for the authorities of {known.metonym_of}"
    return Resolution(place, actor, inferred, reason)


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
        if _beside(tokens, i, head, actor) or _at_edge(tokens, place, part):
            inside[id(actor)] = actor, place
    persons = [actor for actor, _ in inside.values() if actor.kind == "person"]
    found = persons or [actor for actor, _ in inside.values()]
    return found[0] if len(found) == 1 else None


def _at_edge(tokens: Tokens, place: TokenRange, part: TokenRange) -> bool:
    """Whether a name closes the phrase after a noun or a comma, or opens it before a comma."""
    first, last = part
    while last > first and tokens.upos[last - 1] == "PUNCT":
        last -= 1
    if place[1] >= last and place[0] > first:
        before = place[0] - 1
        return tokens.upos[before] in {"NOUN", "PROPN"} or tokens.words[before] == ","
    return place[0] == first and place[1] < last and tokens.words[place[1]] in {",", "(", "–", "—"}


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


def _resolve_gendered(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """ "he", "she": the last speaker unless another person of that gender came between as a subject."""
    tokens = discourse.tokens
    gender = GENDERED[tokens.lower[head]]
    sentence = tokens.sentence_of[head]
    persons = [a for a in discourse.known_before(head) if a.gender in {None, gender}]
    near = _rank_by_salience(discourse, persons, head)
    if not near or sentence - tokens.sentence_of[near[0][0]] > REACH:
        return _as_worded(discourse, part, head)
    _, best, spoke = near[0]
    rivals = [
        actor for at, actor, _ in near[1:] if tokens.sentence_of[at] >= sentence - 1 and actor is not best
    ]
    subject_rival = [a for a in rivals if _is_recent_subject(discourse, a, head)]
    if subject_rival and not (spoke and len(rivals) == 1 and _spoke_last(discourse, best, head)):
        return _as_worded(discourse, part, head)
    if best.gender is None:
        best.gender = gender
    how = "who spoke last" if spoke else "the person named last"
    reason = f"'{tokens.words[head]}' taken for '{tokens.exact(best.name)}', {how}"
    return Resolution(part, best, "pronoun", reason, 0.75 if rivals else 0.92)


def _rank_by_salience(
    discourse: Discourse, persons: Sequence[Actor], head: int
) -> list[tuple[int, Actor, bool]]:
    """Persons with the place of their last appearance before `head`; speakers and subjects before others."""
    tokens = discourse.tokens
    ranked: list[tuple[tuple[int, int, int], int, Actor, bool]] = []
    for actor in persons:
        spoken = max((cue for cue, who in discourse.spoke if who is actor and cue < head), default=-1)
        named = [place for place in actor.names if place[0] < head and _is_audible(tokens, place, head)]
        last = max((place[0] for place in named), default=-1)
        at = max(spoken, last)
        if at < 0:
            continue
        is_subject = any(
            _is_subject(tokens, p) for p in named if tokens.sentence_of[p[0]] == tokens.sentence_of[at]
        )
        salience = (
            2 if spoken >= 0 and tokens.sentence_of[spoken] >= tokens.sentence_of[at] - 1 else int(is_subject)
        )
        distance = tokens.sentence_of[head] - tokens.sentence_of[at]
        ranked.append(((-salience if distance <= 2 else 0, distance, -at), at, actor, spoken >= 0))
    return [(at, actor, spoke) for _, at, actor, spoke in sorted(ranked, key=lambda row: row[0])]


def _is_audible(tokens: Tokens, place: TokenRange, head: int) -> bool:
    """Whether the outlet itself names the person there: who is named in a quotation is only spoken of."""
    return tokens.quoted_index[place[0]] < 0 or tokens.quoted_index[place[0]] == tokens.quoted_index[head]


def _is_subject(tokens: Tokens, place: TokenRange) -> bool:
    """Whether the name is a subject, or joined to one or set beside one."""
    here = tokens.head_token(place)
    while tokens.deprel(here) in {"appos", "flat", "conj"} and tokens.heads[here] >= 0:
        here = tokens.heads[here]
    return tokens.deprels[here] in SUBJECTS


def _is_recent_subject(discourse: Discourse, actor: Actor, head: int) -> bool:
    tokens = discourse.tokens
    recent = [
        p for p in actor.names if p[0] < head and tokens.sentence_of[p[0]] >= tokens.sentence_of[head] - 1
    ]
    return any(_is_subject(tokens, place) and tokens.quoted_index[place[0]] < 0 for place in recent)


def _spoke_last(discourse: Discourse, actor: Actor, head: int) -> bool:
    spoken = [(cue, who) for cue, who in discourse.spoke if cue < head]
    return bool(spoken) and max(spoken, key=lambda row: row[0])[1] is actor


def _resolve_plural(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """ "they": the last speaker when that is a group or a body named close before; else as worded."""
    tokens = discourse.tokens
    for cue, actor in sorted(discourse.spoke, key=lambda row: -row[0]):
        if cue < head and tokens.sentence_of[head] - tokens.sentence_of[cue] <= 2:
            if actor.kind in {"person", "place", "outlet"}:
                break
            reason = f"'{tokens.words[head]}' taken for '{tokens.exact(actor.name)}', who spoke last"
            return Resolution(part, actor, "pronoun", reason, 0.8)
    return _as_worded(discourse, part, head)


def _resolve_relative(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """ "Kabulov, who said": the noun that the relative clause hangs from."""
    tokens = discourse.tokens
    here = head
    for _ in range(4):
        if tokens.deprels[here] == "acl:relcl" and tokens.heads[here] >= 0:
            noun = tokens.heads[here]
            phrase = tokens.phrase(noun, without=("acl", "punct"))
            found = resolve_words(discourse, phrase)
            found.reason = found.reason or f"'{tokens.words[head]}' refers to the words before it"
            return Resolution(part, found.actor, "pronoun", found.reason, found.sure)
        here = tokens.heads[here]
        if here < 0:
            break
    return _as_worded(discourse, part, head)


def _resolve_description(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """ "the diplomat": the one person of this document whose role fits, the last speaker before others."""
    tokens = discourse.tokens
    lemma = tokens.lemmas[head]
    definite = any(tokens.lower[i] in DEFINITE for i in tokens.children[head]) and part[0] <= head
    modified = any(
        tokens.deprel(i) in {"nmod", "acl"} for i in tokens.children[head] if part[0] <= i < part[1]
    )
    singular = tokens.lower[head] == lemma
    if not (definite and singular and tokens.upos[head] in {"NOUN", "ADJ"}) or modified:
        return _as_worded(discourse, part, head)
    found = _choose_described(discourse, part, lemma)
    if found is None:
        return _as_worded(discourse, part, head)
    actor, why, sure = found
    reason = f"'{tokens.exact(part)}' taken for '{tokens.exact(actor.name)}': {why}"
    return Resolution(part, actor, "description", reason, sure)


def _choose_described(discourse: Discourse, part: TokenRange, lemma: str) -> tuple[Actor, str, float] | None:
    """Who "the `lemma`" is: the one whose role fits, the fitting one who spoke last, or the only speaker."""
    known = discourse.known_before(part[0])
    near = [actor for actor in known if _is_near(discourse, actor, part[0])]
    fitting = [actor for actor in near if stands_for(lemma, actor, discourse.descriptions)]
    if len(fitting) == 1:
        return fitting[0], "the role given with the name", 0.9
    last = [actor for actor in fitting if _spoke_last(discourse, actor, part[0])]
    if len(last) == 1:
        return last[0], "who spoke last and whose role fits", 0.8
    speakers = {
        id(actor): actor for cue, actor in discourse.spoke if cue < part[0] and actor.kind == "person"
    }
    human = lemma in discourse.descriptions or lemma in STAND_INS
    if not fitting and human and len(speakers) == 1:
        only = next(iter(speakers.values()))
        if (not only.role_lemmas or lemma in STAND_INS) and _is_near(discourse, only, part[0]):
            return only, "the only person who has spoken so far", 0.75
    return None


def _is_near(discourse: Discourse, actor: Actor, token: int) -> bool:
    """Whether the actor was named or spoke within the last sentences (`FAR`)."""
    tokens = discourse.tokens
    seen = [place[0] for place in actor.names if place[0] < token]
    seen += [cue for cue, who in discourse.spoke if who is actor and cue < token]
    return bool(seen) and tokens.sentence_of[token] - tokens.sentence_of[max(seen)] <= FAR


def _as_worded(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """The words themselves as an actor of their own; the same description said again is the same actor."""
    tokens = discourse.tokens
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
