"""the words for a speaker -> the actor of this document they stand for, with the reason, or nobody.

Wrong attribution to a person is the worst error: where two people fit a pronoun or a description alike, the
speaker stays as worded.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.centering import resolve_centred
from onrecord.reading.descriptions import GENDERED, leave_as_worded, resolve_description
from onrecord.reading.discourse import Discourse, Resolution
from onrecord.reading.drafts import Draft
from onrecord.reading.naming import find_named
from onrecord.reading.pronouns import (
    FIRST_PERSON,
    GROUPS,
    RELATIVE,
    find_antecedent,
    resolve_gendered,
    resolve_group,
)
from onrecord.reading.tokens import NOMINAL, Tokens
from onrecord.records import TokenRange


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
    for i in range(first + 2, last):
        if tokens.lower[i] in {"which", "who", "whom", "whose"} and tokens.words[i - 1] == ",":
            last = i
            break
    while first < last and tokens.upos[first] in {"PUNCT", "CCONJ"}:
        first += 1
    while first < last and tokens.upos[last - 1] in {"PUNCT", "CCONJ"}:
        last -= 1
    return (first, last) if first < last else None


def resolve_words(discourse: Discourse, part: TokenRange, outer: Sequence[Resolution] = ()) -> Resolution:
    """What these words stand for: a name in them, a pronoun's or description's actor, or themselves."""
    tokens = discourse.tokens
    head = tokens.head_token(part)
    named = find_named(discourse, part, head)
    if named is not None:
        return named
    word = tokens.lower[head]
    if word in FIRST_PERSON:
        if len(outer) == 1:
            said = f"'{tokens.words[head]}' in the words of '{tokens.exact(outer[0].actor.name)}'"
            return Resolution(part, outer[0].actor, "pronoun", said)
        return leave_as_worded(discourse, part, head)
    if word in GENDERED:
        return resolve_centred(discourse, part, head) or resolve_gendered(discourse, part, head)
    if word in GROUPS:
        return resolve_group(discourse, part, head)
    if word in RELATIVE and tokens.upos[head] in {"PRON", "DET", "SCONJ"}:
        before = find_antecedent(tokens, head)
        if before is not None and not before[0] <= head < before[1]:
            found = resolve_words(discourse, before)
            reason = found.reason or f"'{tokens.words[head]}' refers to the words before it"
            return Resolution(part, found.actor, "pronoun", reason, found.sure)
        return leave_as_worded(discourse, part, head)
    return resolve_description(discourse, part, head)
