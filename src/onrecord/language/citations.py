"""drafts and the tree -> drafts of whom they cite: "X, citing Y, said Z", "X quoted Y as saying Z".

PolNeAR marks X's citing (its content is Y) and X's report; that Z is Y's word stays unsaid there. Here Y gets
an attribution of its own within X's. Rules of grammar, since no corpus has such pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.language.coreference import Phrases
from onrecord.language.nesting import Draft
from onrecord.records import TokenRange

_CITING = frozenset(("citing", "quoting", "Citing", "Quoting", "CITING", "QUOTING"))
_QUOTED = frozenset(("quoted", "quotes", "quote", "quoting", "cited", "cites", "cite"))
_SAYING = frozenset(("saying", "telling", "claiming", "warning", "arguing", "adding", "writing", "asking"))
LONGEST_SOURCE = 25
"""Words of a cited speaker; more is a parse gone wrong."""


def find_citations(
    drafts: Sequence[Draft],
    forms: Sequence[str],
    sentence: Sequence[int],
    heads: Sequence[int],
    spans: Phrases,
) -> list[Draft]:
    """Return the drafts of cited speakers, each within the draft that cites; no given draft changes.

    `spans` holds the phrase of every word.
    """
    found = []
    for index in [index for index, form in enumerate(forms) if form in _CITING]:
        found += _cite(index, drafts, sentence, heads, spans)
    for draft in drafts:
        found += _quote(draft, forms)
    taken = {draft.cue for draft in drafts if draft.outer is not None}
    return [draft for draft in found if draft.cue not in taken]


def _cite(
    index: int,
    drafts: Sequence[Draft],
    sentence: Sequence[int],
    heads: Sequence[int],
    spans: Phrases,
) -> list[Draft]:
    """Return the draft of whom a "citing" names, said by the draft whose cue it hangs on or is next to."""
    named = [word for word in range(index + 1, spans[index][1]) if heads[word] == index]
    outer = _find_report(index, drafts, sentence, heads)
    if not named or outer is None:
        return []
    first, last = min(spans[word][0] for word in named), max(spans[word][1] for word in named)
    inside = any(start <= index < end for start, end in outer.content)
    if first <= index or last - first > LONGEST_SOURCE or inside:
        return []
    return [_make(outer, (index, index + 1), (first, last), list(outer.content))]


def _find_report(
    index: int, drafts: Sequence[Draft], sentence: Sequence[int], heads: Sequence[int]
) -> Draft | None:
    """Return the report that a "citing" belongs to: by the tree, else the nearest of its sentence."""
    near = [
        draft for draft in drafts
        if sentence[draft.cue[0]] == sentence[index] and not draft.cue[0] <= index < draft.cue[1]
    ]  # fmt: skip
    head = heads[index]
    ruling = [draft for draft in near if draft.cue[0] <= head < draft.cue[1]]
    outermost = [draft for draft in near if draft.outer is None]
    return min(ruling or outermost, key=lambda draft: abs(draft.cue[0] - index), default=None)


def _quote(draft: Draft, forms: Sequence[str]) -> list[Draft]:
    """Return the draft of "Y as saying Z" in what a cue of quoting has for its content."""
    cue = range(*draft.cue)
    if not any(forms[word].lower() in _QUOTED for word in cue):
        return []
    for first, last in draft.content:
        for word in range(first, last - 2):
            if forms[word].lower() == "as" and forms[word + 1].lower() in _SAYING:
                before = (first, word) if word > first else _find_quoted(draft, first)
                if before is not None and before[1] - before[0] <= LONGEST_SOURCE:
                    return [_make(draft, (word, word + 2), before, [(word + 2, last)])]
    return []


def _find_quoted(draft: Draft, start: int) -> TokenRange | None:
    """Return the piece of the content before the one at `start`: "Y was quoted by X as saying Z"."""
    return next(((low, high) for low, high in reversed(draft.content) if high <= start), None)


def _make(outer: Draft, cue: TokenRange, speaker: TokenRange, content: list[TokenRange]) -> Draft:
    return Draft(cue[0], outer.top, outer.deep, cue, speaker, content, outer.evidence, outer)
