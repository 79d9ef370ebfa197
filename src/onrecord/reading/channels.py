"""a cue's clause -> whom the words were told to, and through whom they came."""

from __future__ import annotations

from onrecord.reading.descriptions import BODIES
from onrecord.reading.discourse import Discourse
from onrecord.reading.drafts import Draft
from onrecord.reading.naming import MEDIA
from onrecord.reading.pronouns import RELATIVE
from onrecord.reading.tokens import Tokens, cover
from onrecord.records import TokenRange

TOLD = frozenset(
    "tell inform assure reassure notify remind ask urge warn promise advise brief convince persuade "
    "order instruct request implore beg invite call inform accuse thank congratulate say speak write "
    "explain admit confirm".split()
)
ASSEMBLIES = BODIES - {"newspaper", "magazine", "channel", "outlet", "media", "press"} | frozenset(
    "council senate congress assembly board inquiry tribunal league conference summit panel house".split()
)
"""Bodies that are told things without passing them on."""
CITING = frozenset({"cite", "quote", "reference"})
QUOTING = frozenset({"citing", "quoting"})
THROUGH = frozenset(
    "interview statement comment remark tweet post briefing conference letter report article "
    "conversation video message speech address press release column broadcast".split()
)


def find_channels(discourse: Discourse, draft: Draft) -> None:
    """Sets the draft's addressee ("assure Dushanbe") and channels ("told Interfax", "in an interview with X",
    "citing UN statements", "on state television")."""
    tokens = discourse.tokens
    taken = cover(draft.content) | cover(draft.speaker)
    for verb in sorted(i for i in cover(draft.cue) if tokens.upos[i] == "VERB"):
        for child in tokens.children[verb]:
            if child not in taken:
                _read_dependent(discourse, draft, verb, child)
    if draft.cue and not tokens.vocabulary.isdisjoint(QUOTING):
        first, last = tokens.sentence_range(tokens.sentence_of[draft.cue[0][0]])
        linked = cover(draft.cue) | cover(draft.speaker)
        for verb in range(first, last):
            citing = tokens.lower[verb] in QUOTING and verb not in cover(draft.content)
            if citing and (tokens.heads[verb] in linked or verb in linked):
                _add_cited(tokens, draft, verb)


def _read_dependent(discourse: Discourse, draft: Draft, verb: int, child: int) -> None:
    tokens = discourse.tokens
    relation = tokens.deprel(child)
    if tokens.upos[child] not in {"NOUN", "PROPN", "PRON"}:
        return
    if tokens.lower[child] in RELATIVE | {"what"}:
        return
    phrase = tokens.phrase(child, without=("acl", "advcl", "punct"))
    case = {tokens.lower[i] for i in tokens.children[child] if tokens.deprel(i) == "case"}
    person_told = relation in {"obj", "iobj"} and tokens.lemmas[verb] in TOLD
    if person_told or (relation == "obl" and case == {"to"}):
        if is_medium(discourse, child) or _is_told_outlet(discourse, verb, child):
            draft.channels.append(_without_case(tokens, phrase))
        elif draft.addressee is None and tokens.lemmas[child] not in THROUGH:
            draft.addressee = _without_case(tokens, phrase)
    elif relation == "obl" and case & {"in", "on", "during", "by", "via", "through", "with", "at"}:
        _add_medium_within(discourse, draft, child, phrase)


def _is_told_outlet(discourse: Discourse, verb: int, child: int) -> bool:
    """Whether a named body is told that the tables do not know: most often an outlet ("told Northwire")."""
    actor = discourse.by_token.get(child)
    return (
        discourse.tokens.lemmas[verb] == "tell"
        and actor is not None
        and actor.kind == "organisation"
        and ":" not in actor.key
        and discourse.tokens.upos[child] == "PROPN"
        and not set(discourse.tokens.lemmas[actor.name[0] : actor.name[1]]) & ASSEMBLIES
    )


def _add_medium_within(discourse: Discourse, draft: Draft, child: int, phrase: TokenRange) -> None:
    """The outlet named inside such phrases as "in an interview with Sputnik", "on state television"."""
    tokens = discourse.tokens
    inner = [i for i in range(*phrase) if tokens.deprel(i) == "nmod" and tokens.upos[i] == "PROPN"]
    if tokens.lemmas[child] in THROUGH:
        for noun in inner:
            place = tokens.phrase(noun, without=("acl", "punct"))
            if is_medium(discourse, noun) or tokens.lemmas[child] == "interview":
                draft.channels.append(_without_case(tokens, place))
                return
    elif is_medium(discourse, child):
        draft.channels.append(_without_case(tokens, phrase))


def _add_cited(tokens: Tokens, draft: Draft, verb: int) -> None:
    cited = tokens.child(verb, "obj")
    if cited is not None:
        phrase = tokens.phrase(cited, without=("acl", "punct"))
        if not set(range(*phrase)) & cover(draft.content):
            draft.channels.append(_without_case(tokens, phrase))


def is_medium(discourse: Discourse, head: int) -> bool:
    """Whether the words name an outlet, an agency or another medium rather than a person or a state."""
    tokens = discourse.tokens
    actor = discourse.by_token.get(head)
    if any(tokens.lower[i] in {"its", "his", "her", "their"} for i in tokens.children[head]):
        return False
    if actor is not None and actor.kind == "outlet":
        return True
    return tokens.lemmas[head] in MEDIA and (actor is None or actor.kind != "person")


def _without_case(tokens: Tokens, phrase: TokenRange) -> TokenRange:
    first, last = phrase
    while first < last - 1 and (tokens.upos[first] in {"ADP", "PUNCT"} or tokens.lower[first] == "the"):
        first += 1
    return first, last
