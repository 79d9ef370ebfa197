"""drafts and the tree -> the drafts that stand inside other people's words, and which holds which.

The language layer finds nested attributions by itself; this step adds those that the grammar shows plainly (a
verb of saying with a subject and a clause, inside a content) and settles the chain after contents have grown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from onrecord.reading.acts import Lexicon, classify_cue
from onrecord.reading.drafts import Draft
from onrecord.reading.tokens import Tokens, cover, to_ranges

FOUND_SCORE = 0.6
"""Set by hand, not calibrated."""
MIN_CLAUSE = 3
HYPOTHETICAL = frozenset({"should", "must", "ought", "may", "might", "could"})
NO_SUBJECTS = frozenset({"i", "we", "you", "that", "which", "what", "it", "there"})
"""Subjects of verbs of saying that name nobody by themselves."""


def nest_drafts(tokens: Tokens, drafts: list[Draft], lexicon: Lexicon) -> list[Draft]:
    """All drafts, plain nested ones added, each with the smallest other that holds its cue as `outer`."""
    out = [*drafts, *_find_inner(tokens, drafts, lexicon)]
    anchors = [draft.cue[0][0] if draft.cue else draft.content[0][0] for draft in out]
    holding: dict[int, list[Draft]] = {anchor: [] for anchor in anchors}
    places = sorted(holding)
    for draft in out:
        for first, last in draft.content:
            for place in places[bisect_left(places, first) : bisect_left(places, last)]:
                holding[place].append(draft)
    for draft, anchor in zip(out, anchors, strict=True):
        draft.outer = _holder(draft, anchor, holding)
    return sorted(out, key=lambda draft: draft.start)


def _holder(draft: Draft, anchor: int, holding: Mapping[int, Sequence[Draft]]) -> Draft | None:
    """The draft with the smallest content that holds this one's anchor and is not itself held by this one;
    `holding` are the drafts whose content holds an anchor."""
    holders = [
        other
        for other in holding.get(anchor, ())
        if other is not draft and (not other.cue or not draft.holds(other.cue[0][0]))
    ]
    return min(holders, key=lambda other: len(cover(other.content)), default=None)


def _find_inner(tokens: Tokens, drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    inside = {i for draft in drafts for i in cover(draft.content)}
    cues = {i for draft in drafts for i in cover(draft.cue)}
    found = []
    for verb, tag in enumerate(tokens.upos):
        if tag != "VERB" or verb in cues or not lexicon.is_reporting(tokens.lemmas[verb]):
            continue
        if verb not in inside and not _is_plain_saying(tokens, verb, lexicon):
            continue
        draft = _read_clause(
            tokens, verb, inside if verb in inside else outside_of(tokens, inside, verb), lexicon
        )
        if draft is not None:
            found.append(draft)
    return found


def outside_of(tokens: Tokens, inside: set[int], verb: int) -> set[int]:
    """The words of the verb's line that are nobody's content yet and not litter."""
    line = tokens.line_of[verb]
    first, last = tokens.sentence_range(tokens.sentence_of[verb])
    return {
        i
        for i in range(first, last)
        if i not in inside and tokens.line_of[i] == line and not tokens.is_marked[i]
    }


def _is_plain_saying(tokens: Tokens, verb: int, lexicon: Lexicon) -> bool:
    """Whether a verb of speech opens a clause with "that": enough to trust the tree by itself."""
    entry = lexicon.entries.get(tokens.lemmas[verb])
    clause = tokens.child(verb, "ccomp")
    that = clause is not None and any(tokens.lower[i] == "that" for i in tokens.children[clause])
    return entry is not None and entry[0] == "speech" and that


def _read_clause(tokens: Tokens, verb: int, inside: set[int], lexicon: Lexicon) -> Draft | None:
    """ "…the mufti predicts that …": subject, verb and clause, all within someone's content."""
    clause, subject = tokens.child(verb, "ccomp"), tokens.subject(verb)
    if (
        clause is None
        or subject is None
        or is_hypothetical(tokens, verb)
        or ":pass" in tokens.deprels[subject]
    ):
        return None
    if tokens.lower[subject] in NO_SUBJECTS or tokens.is_negated(verb):
        return None
    content = [i for i in tokens.subtree(clause) if i in inside and i != verb]
    speaker = [
        i for i in range(*tokens.phrase(subject, without=("acl",))) if i in inside and i not in content
    ]
    while content and tokens.upos[content[-1]] == "PUNCT":
        content.pop()
    while content and tokens.upos[content[0]] == "PUNCT":
        content.pop(0)
    if len(content) < MIN_CLAUSE or not speaker or content[0] < verb < content[-1]:
        return None
    cue = [(verb, verb + 1)]
    about = classify_cue(tokens, cue, to_ranges(content), lexicon)
    if about.cue_class == "other":
        return None
    return Draft(to_ranges(speaker), cue, to_ranges(content), about, FOUND_SCORE, FOUND_SCORE)


def is_hypothetical(tokens: Tokens, verb: int) -> bool:
    """Whether the cue only should, must or might happen: nobody is reported to have said anything."""
    return any(tokens.lower[i] in HYPOTHETICAL and tokens.deprel(i) == "aux" for i in tokens.children[verb])
