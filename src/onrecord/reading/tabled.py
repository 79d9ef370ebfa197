"""entities of the language layer -> the same, as wide as the names that the tables know.

The layer cuts "Pakistani Taliban" into a people and a group of another name, and reads "IS" as a verb (its
letters are small to it). Names that the tables know go by their longest form, and a short run of capitals
that they know is a name where other words of its sentence have small letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from onrecord.names import CHECKED, Name, Names, is_acronym
from onrecord.reading.drafts import Draft
from onrecord.reading.tokens import Tokens, to_ranges
from onrecord.records import EntitySpan, TokenRange
from onrecord.vocabulary import KIND_OF_ENTITY, Kind

if TYPE_CHECKING:
    from onrecord.reading.mentions import Actor

WIDER: Final = 2
"""Words on each side that a longer name may take in."""
_LABELS: Final[dict[Kind, str]] = {
    "state": "place", "place": "place", "person": "person", "people": "group", "armed group": "organisation",
    "organisation": "organisation", "government": "organisation", "outlet": "organisation",
    "collective": "group",
}  # fmt: skip


def complete_entities(tokens: Tokens, names: Names) -> list[EntitySpan]:
    """The entities that name actors, in order."""
    given = [_trim(tokens, one) for one in tokens.annotation.entities if one.label in KIND_OF_ENTITY]
    wider = {_widen(tokens, one, names) for one in given} - set(given)
    kept: list[EntitySpan] = []
    for one in sorted(wider, key=lambda each: (each.start - each.end, each)):
        if not any(_meet(one, other) for other in kept):
            kept.append(one)
    kept += [one for one in given if not any(_meet(one, other) for other in kept)]
    shared = {place for one in kept if (place := find_shared(tokens, (one.start, one.end), names)[0])}
    kept = [one for one in kept if not any(last == one.end <= one.start + 2 for _, last in shared)]
    inside = {i for one in kept for i in range(one.start, one.end)}
    kept += [one for one in _find_capitals(tokens, names) if one.start not in inside]
    return sorted(kept, key=lambda one: one.start)


def find_shared(tokens: Tokens, name: TokenRange, names: Names) -> tuple[TokenRange | None, Name | None]:
    """The word before a name that shares its head, and whom it means: "the Afghan and the Pakistani Taliban"
    are two groups, none of them the Afghans."""
    before = name[0] - 1
    while before > 0 and tokens.upos[before] == "DET":
        before -= 1
    if before < 1 or tokens.upos[before] != "CCONJ" or name[1] - name[0] < 2:
        return None, None
    word = before - 1
    if names.state_of(tokens.words[word]) is None:
        return None, None
    known = _find_checked(f"{tokens.words[word]} {tokens.exact((name[0] + 1, name[1]))}", names)
    if known is None or known.kind not in ("armed group", "organisation"):
        return None, None
    return (word, word + 1), known


def _trim(tokens: Tokens, entity: EntitySpan) -> EntitySpan:
    """The entity without the small words that it was cut off with ("Foreign Ministry of this")."""
    end = entity.end
    while end - entity.start > 1 and tokens.upos[end - 1] in {"ADP", "DET", "CCONJ"}:
        end -= 1
    return entity if end == entity.end else entity._replace(end=end)


def _meet(one: EntitySpan, other: EntitySpan) -> bool:
    return one.start < other.end and other.start < one.end


def _widen(tokens: Tokens, entity: EntitySpan, names: Names) -> EntitySpan:
    """The entity as the longest known name that holds it, if there is one."""
    first, last = entity.start, entity.end
    low = first
    while low > max(0, first - WIDER) and _may_open(tokens, low - 1):
        low -= 1
    high = last
    while high < min(len(tokens), last + WIDER) and _may_close(tokens, high):
        high += 1
    for size in range(high - low, last - first, -1):
        for start in range(max(low, last - size), min(first, high - size) + 1):
            opens = tokens.words[start] != "-"
            known = _find_checked(tokens.exact((start, start + size)), names) if opens else None
            if known is not None:
                return EntitySpan(start, start + size, _LABELS.get(known.kind, entity.label), entity.score)
    return entity


def _may_open(tokens: Tokens, token: int) -> bool:
    """Whether a word may be the first of a name that goes on after it, in one line."""
    word = tokens.words[token]
    opens = (word[:1].isupper() and word.lower() != "the") or word in {"-", "anti"}
    return opens and tokens.line_of[token] == tokens.line_of[token + 1]


def _may_close(tokens: Tokens, token: int) -> bool:
    """Whether a word may go on a name ("the Haqqani network"), in one line."""
    goes_on = tokens.words[token][:1].isupper() or tokens.upos[token] == "NOUN"
    return goes_on and tokens.line_of[token] == tokens.line_of[token - 1]


def _find_checked(words: str, names: Names) -> Name | None:
    return next((one for one in names.find(words) if one.source in CHECKED and not one.metonym_of), None)


def _find_capitals(tokens: Tokens, names: Names) -> list[EntitySpan]:
    """Known acronyms outside of what the language layer found, in lines that are not all capitals."""
    found = []
    for token in [number for number, word in enumerate(tokens.words) if word.isupper()]:
        word = tokens.words[token]
        if len(word) < 2 or not is_acronym(word) or tokens.is_marked[token]:
            continue
        known = _find_checked(word, names)
        if known is not None and _has_small_letters(tokens, token) and not _is_stressed(tokens, token):
            found.append(EntitySpan(token, token + 1, _LABELS.get(known.kind, "organisation"), 1.0))
    return found


def _is_stressed(tokens: Tokens, token: int) -> bool:
    """Whether it is a common word in capitals for stress: "the bridge IS open", after its subject."""
    common = tokens.upos[token] in {"AUX", "VERB", "PRON", "ADP", "SCONJ", "CCONJ", "ADV"}
    return common and token > 0 and tokens.upos[token - 1] in {"NOUN", "PROPN", "PRON"}


def _has_small_letters(tokens: Tokens, token: int) -> bool:
    first, last = tokens.sentence_range(tokens.sentence_of[token])
    return any(tokens.words[i].islower() for i in range(first, last))


def free_cues(tokens: Tokens, drafts: Sequence[Draft], actors: Sequence[Actor]) -> None:
    """Takes names out of cues ("IS said"); one that opens the cue is the speaker where none was found."""
    named = {i for actor in actors for place in actor.names for i in range(*place)}
    for draft in drafts:
        taken = [i for first, last in draft.cue for i in range(first, last) if i in named]
        kept = [i for first, last in draft.cue for i in range(first, last) if i not in named]
        if not taken or not kept or not all(tokens.words[i].isupper() for i in taken):
            continue
        draft.cue[:] = to_ranges(kept)
        if not draft.speaker and taken[0] < kept[0]:
            draft.speaker = [(taken[0], taken[-1] + 1)]
