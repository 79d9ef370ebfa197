"""a pronoun -> the actor it stands for, with the reason; where two people fit alike, it stays as worded."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.descriptions import GENDERED, leave_as_worded
from onrecord.reading.discourse import DOUBTFUL, SURE, Discourse, Resolution
from onrecord.reading.mentions import Actor
from onrecord.reading.tokens import SUBJECTS, Tokens
from onrecord.records import TokenRange

FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
GROUPS = frozenset({"they", "them", "their", "themselves", "both", "it", "its", "itself"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
REACH = 4
"""Sentences that a pronoun looks back."""


def resolve_gendered(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """ "he", "she": the last speaker unless another person of that gender came between as a subject."""
    tokens = discourse.tokens
    gender = GENDERED[tokens.lower[head]]
    sentence = tokens.sentence_of[head]
    persons = [a for a in discourse.known_before(head) if a.gender in {None, gender}]
    near = _rank_by_salience(discourse, persons, head)
    if not near or sentence - tokens.sentence_of[near[0][0]] > REACH:
        return leave_as_worded(discourse, part, head)
    _, best, spoke = near[0]
    rivals = [
        actor for at, actor, _ in near[1:] if tokens.sentence_of[at] >= sentence - 1 and actor is not best
    ]
    if any(_is_newly_named(discourse, actor, best_at=near[0][0], head=head) for actor in rivals):
        return leave_as_worded(discourse, part, head)
    subject_rival = [a for a in rivals if _is_recent_subject(discourse, a, head)]
    if subject_rival and not (spoke and len(rivals) == 1 and discourse.spoke_last(best, head)):
        return leave_as_worded(discourse, part, head)
    in_reach = [at for at, _, _ in near if sentence - tokens.sentence_of[at] <= REACH]
    if not spoke and len(in_reach) > 1 and not _is_recent_subject(discourse, best, head):
        return leave_as_worded(discourse, part, head)
    if best.gender is None:
        best.gender = gender
    how = "who spoke last" if spoke else "the person named last"
    reason = f"'{tokens.words[head]}' taken for '{tokens.exact(best.name)}', {how}"
    return Resolution(part, best, "pronoun", reason, DOUBTFUL if rivals else SURE)


def _is_newly_named(discourse: Discourse, actor: Actor, *, best_at: int, head: int) -> bool:
    """Whether the person was first named in the sentence before, after the other one: who comes in last is
    often the one that the next sentence goes on with."""
    tokens = discourse.tokens
    first = min(actor.names)[0]
    return (
        best_at < first < head
        and tokens.sentence_of[head] - tokens.sentence_of[first] == 1
        and tokens.quoted_index[first] < 0
    )


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


def resolve_group(discourse: Discourse, part: TokenRange, head: int) -> Resolution:
    """The last speaker, where "they" or "it" can mean it and it spoke close before; else as worded."""
    tokens = discourse.tokens
    one_body = tokens.lower[head] == "it"
    excluded = {"person", "place", "people", "collective"} if one_body else {"person", "place", "outlet"}
    for cue, actor in sorted(discourse.spoke, key=lambda row: -row[0]):
        if cue < head and tokens.sentence_of[head] - tokens.sentence_of[cue] <= 2:
            if actor.kind in excluded:
                break
            reason = f"'{tokens.words[head]}' taken for '{tokens.exact(actor.name)}', who spoke last"
            return Resolution(part, actor, "pronoun", reason, DOUBTFUL)
    return leave_as_worded(discourse, part, head)


def find_antecedent(tokens: Tokens, head: int) -> TokenRange | None:
    """ "Kabulov, who said": the phrase that the relative clause of this pronoun hangs from."""
    here = head
    for _ in range(4):
        if tokens.deprels[here] == "acl:relcl" and tokens.heads[here] >= 0:
            return tokens.phrase(tokens.heads[here], without=("acl", "punct"))
        here = tokens.heads[here]
        if here < 0:
            break
    return None
