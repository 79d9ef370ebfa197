"""a subject pronoun -> the person who was the subject of the sentence before it in the paragraph, or nobody.

Centering (Grosz, Joshi and Weinstein 1995): what a sentence is about is mostly what the one before was about,
and a subject pronoun takes it up. Where that subject is no person of the right gender, nothing is said here.
"""

from __future__ import annotations

from onrecord.reading.descriptions import GENDERED, resolve_description
from onrecord.reading.discourse import SURE, Discourse, Resolution
from onrecord.reading.mentions import Actor
from onrecord.reading.naming import find_named
from onrecord.reading.tokens import SUBJECTS, Tokens
from onrecord.records import TokenRange

BACK = 3
"""Sentences that may be passed over, since their subject is the same pronoun again."""


def resolve_centred(discourse: Discourse, part: TokenRange, head: int) -> Resolution | None:
    """The person of the subject before, with the reason; None where the sentences do not show one."""
    tokens = discourse.tokens
    if tokens.deprels[head] not in SUBJECTS or _has_subject_above(tokens, head):
        return None
    here = tokens.sentence_of[head]
    for sentence in range(here - 1, max(-1, here - 1 - BACK), -1):
        root = _find_root(tokens, sentence)
        if root is None or tokens.line_of[root] != tokens.line_of[head] or tokens.quoted_index[root] >= 0:
            return None
        subject = _find_subject(tokens, root)
        if subject is None:
            return None
        if tokens.upos[subject] == "PRON":
            if GENDERED.get(tokens.lower[subject]) != GENDERED[tokens.lower[head]]:
                return None
            continue
        return _take(discourse, part, head, subject)
    return None


def _take(discourse: Discourse, part: TokenRange, head: int, subject: int) -> Resolution | None:
    tokens = discourse.tokens
    phrase = tokens.phrase(subject, without=("acl", "punct"))
    found = find_named(discourse, phrase, subject) or resolve_description(discourse, phrase, subject)
    gender = GENDERED[tokens.lower[head]]
    actor = found.actor
    if actor.kind != "person" or actor.key.startswith("worded:") or actor.gender not in {None, gender}:
        return None
    if _has_rival(discourse, actor, subject, gender):
        return None
    if actor.gender is None:
        actor.gender = gender
    reason = f"'{tokens.words[head]}' taken for '{tokens.exact(actor.name)}', the subject before"
    return Resolution(part, actor, "pronoun", reason, SURE)


def _has_rival(discourse: Discourse, actor: Actor, subject: int, gender: str) -> bool:
    """Whether the subject's sentence names somebody else whom the pronoun may mean: then nobody is taken."""
    tokens = discourse.tokens
    first, last = tokens.sentence_range(tokens.sentence_of[subject])
    named = {
        id(other): other
        for token in range(first, last)
        if (other := discourse.by_token.get(token)) is not None and tokens.quoted_index[token] < 0
    }
    return any(
        other is not actor and other.kind == "person" and other.gender in {None, gender}
        for other in named.values()
    )


def _has_subject_above(tokens: Tokens, head: int) -> bool:
    """Whether a clause around the pronoun's own has a subject before it: "Brandt said that he …"."""
    here, seen = tokens.heads[head], 0
    while here >= 0 and seen < 20:
        above = tokens.heads[here]
        if above >= 0 and tokens.deprel(here) != "parataxis":
            subject = _find_subject(tokens, above)
            if subject is not None and subject < head:
                return True
        here, seen = above, seen + 1
    return False


def _find_subject(tokens: Tokens, verb: int) -> int | None:
    return next((child for child in tokens.children[verb] if tokens.deprels[child] in SUBJECTS), None)


def _find_root(tokens: Tokens, sentence: int) -> int | None:
    """The root of a sentence, outside quotation marks where a cue hangs on a quotation."""
    first, last = tokens.sentence_range(sentence)
    root = next((token for token in range(first, last) if tokens.heads[token] < 0), None)
    if root is None or tokens.quoted_index[root] < 0:
        return root
    return next(
        (
            child for child in tokens.children[root]
            if tokens.quoted_index[child] < 0 and tokens.upos[child] in {"VERB", "AUX"}
        ),
        root,
    )  # fmt: skip
