"""a document and its mentions -> its actors with names and roles, and whom collectives speak for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from onrecord.names import fold
from onrecord.records import Document, LocalActor, LocalRole, Mention, Span
from onrecord.vocabulary import Inferred, Kind

_NAMED: Final[frozenset[Inferred]] = frozenset(("name", "metonym", "person"))
_DESCRIBED: Final[frozenset[Kind]] = frozenset(("collective", "government"))
"""Kinds that can speak for somebody although no name is theirs ("Russian officials")."""
_JOINS: Final = frozenset(("of", "at", "from"))
_SPOKEN_FOR: Final = re.compile(r"\b(spokes\w+|representatives?|lawyers?|attorneys?)\s+for\b", re.IGNORECASE)
_CUT_OFF: Final = frozenset("of in at for to and the a an this that by on from with".split())
_NOUN: Final = re.compile(r"(?!who\b|which\b|whose\b|['’]s?\b)[^\W\d]", re.IGNORECASE)
"""How a role begins; a relative clause or the rest of an owner ("'s office") says nothing of a role."""
_WRITINGS: Final = frozenset(
    "statements statement reports report documents document papers paper letters letter figures data polls "
    "poll studies study surveys survey sources results records estimates".split()
)
"""Heads of phrases that name what was written, not who wrote."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
_OPENS: Final = frozenset("of from in with at on near by for to who which whose and".split())
"""Words that end the part of a phrase that its head noun closes."""


class _Named(NamedTuple):
    """A stretch of text that names an actor."""

    span: Span
    local_id: str


def list_local_actors(document: Document, mentions: Sequence[Mention]) -> list[LocalActor]:
    """The document's actors, by place of their first mention: the named ones, and collectives and
    governments that are described by the name of another. Described persons ("an official") are none."""
    text = document.text
    ordered = sorted(mentions, key=lambda mention: (mention.span, mention.id))
    named = [_Named(one.span, one.local_id) for one in ordered if one.inferred in _NAMED]
    whole = {fold(text[one.span.start : one.span.end]) for one in named}
    context = frozenset(whole | {word for words in whole for word in words.split()})
    groups: dict[tuple[str, bool], list[Mention]] = {}
    for mention in ordered:
        if mention.inferred != "worded":
            groups.setdefault((mention.local_id, mention.inferred == "metonym"), []).append(mention)
    actors = [
        actor
        for (local_id, metonym), group in groups.items()
        if (actor := _build_named(document, local_id, group, named, context)) and actor.metonym == metonym
    ]
    for mention in ordered:
        if mention.inferred == "worded" and mention.kind in _DESCRIBED:
            owner = _find_owner(text, mention.span, named)
            if owner is not None and text[: mention.span.end].split()[-1].lower() not in _WRITINGS:
                actors.append(_build_described(document, mention, owner, context))
    return actors


def _build_named(
    document: Document,
    local_id: str,
    group: Sequence[Mention],
    named: Sequence[_Named],
    context: frozenset[str],
) -> LocalActor | None:
    text = document.text
    names = [one for one in group if one.inferred in _NAMED]
    if not names:
        return None
    best = next((one for one in names if one.id == local_id), names[0])
    words = dict.fromkeys(_trim(_clean(text, one.span)) for one in (best, *names))
    return LocalActor(
        document_id=document.id,
        local_id=local_id,
        metonym=names[0].inferred == "metonym",
        kind=best.kind,
        names=tuple(words),
        roles=tuple(
            dict.fromkeys(
                role
                for one in names
                if one.role is not None and (role := _read_role(text, one, named)) and _NOUN.match(role.words)
            )
        ),
        reasons=tuple(
            dict.fromkeys((_trim(_clean(text, one.span)), one.reason) for one in names if one.reason)
        ),
        day=document.published,
        context=context,
    )


def _build_described(document: Document, mention: Mention, owner: str, context: frozenset[str]) -> LocalActor:
    return LocalActor(
        document_id=document.id,
        local_id=mention.local_id,
        kind=mention.kind,
        worded=_clean(document.text, mention.span),
        owner=owner,
        day=document.published,
        context=context,
    )


def _clean(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _trim(words: str) -> str:
    """A name without the small words and marks that it was cut off with ("Foreign Ministry of this")."""
    parts = words.split()
    while len(parts) > 1 and parts[-1].lower() in _CUT_OFF:
        parts.pop()
    return " ".join(parts).rstrip("-–—,;:")


def _read_role(text: str, mention: Mention, named: Sequence[_Named]) -> LocalRole:
    """The role of a mention that names its actor: never one that was given to a pronoun."""
    span = mention.role or mention.span
    own = [one for one in named if one.local_id != mention.local_id]
    return LocalRole(words=_clean(text, span), holder_of=_find_owner(text, span, own))


def _find_owner(text: str, span: Span, named: Iterable[_Named]) -> str | None:
    """Whom a phrase is about: the one name before its head noun ("Taliban spokesman", "Russia's envoy for
    …"), else the first name right after "of", "at" or "from". Two names before the head are nobody's."""
    inside = [one for one in named if span.start <= one.span.start and one.span.end <= span.end]
    if not inside:
        return None
    words = [
        (match.start() + span.start, match.end() + span.start)
        for match in _WORD.finditer(text[span.start : span.end])
    ]
    covered = {place for one in inside for place in range(one.span.start, one.span.end)}
    opening = next(
        (
            start
            for start, end in words
            if text[start:end].lower() in _OPENS - {"and"} and start not in covered
        ),
        span.end,
    )
    before = [one for one in inside if one.span.end < opening and _is_followed(words, one.span.end, opening)]
    if before:
        return before[0].local_id if len({one.local_id for one in before}) == 1 else None
    joins = _find_joins(text, span, words)
    return next((one.local_id for one in inside if one.span.start in joins), None)


def _is_followed(words: Sequence[tuple[int, int]], end: int, opening: int) -> bool:
    """Whether a word stands between the name and the end of the phrase's first part: its head noun."""
    return any(end < start < opening for start, _ in words)


def _find_joins(text: str, span: Span, words: Sequence[tuple[int, int]]) -> Mapping[int, str]:
    """Where a name would have to start to be joined to the phrase by "of (the)", "at (the)", "from (the)"."""
    spoken = bool(_SPOKEN_FOR.search(text, span.start, span.end))
    places: dict[int, str] = {}
    for number, (start, end) in enumerate(words[:-1]):
        word = text[start:end].lower()
        if word not in _JOINS and not (word == "for" and spoken):
            continue
        after = words[number + 1]
        if text[after[0] : after[1]].lower() == "the" and number + 2 < len(words):
            places[words[number + 2][0]] = word
        places[after[0]] = word
    return places
