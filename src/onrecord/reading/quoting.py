"""quotation marks and drafts -> the quotations that the cues left over, each with a speaker or with none.

Newspaper convention: a quotation that follows an attributed one in the same paragraph goes on; a paragraph
that is all quotation belongs to whoever was attributed in the paragraph before; a colon introduces one.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.acts import Cue
from onrecord.reading.drafts import Draft
from onrecord.reading.quotations import QuotedSpan
from onrecord.reading.tokens import SUBJECTS, Tokens, count_shared, cover, to_ranges
from onrecord.records import TokenRange

MIN_WORDS = 4
PLAIN = Cue("speech", "asserts", "unspecified", False)
FOLLOWING_SCORE = 0.7
"""Set by hand: a newspaper convention, not measured."""


def attach_quotations(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """The drafts with every speech-like quotation in the content of one of them, new ones included."""
    out = list(drafts)
    for quoted in tokens.quoted:
        inside = tokens.range_at(quoted.start, quoted.end)
        if not _is_speech(tokens, quoted, inside):
            continue
        holder = _holder(out, inside)
        if holder is not None:
            _complete(out, holder, inside)
            continue
        draft = _continue_before(tokens, out, quoted, inside)
        if draft is not None:
            draft.content = to_ranges(cover(draft.content) | set(range(*inside)))
            continue
        new = _after_colon(tokens, inside) or _whole_line(tokens, out, inside)
        if new is not None:
            out.append(new)
    return sorted(out, key=lambda draft: draft.start)


def _is_speech(tokens: Tokens, quoted: QuotedSpan, inside: TokenRange) -> bool:
    """A stretch that someone says, not a name or a word in scare quotes."""
    words = [i for i in range(*inside) if tokens.upos[i] != "PUNCT"]
    if quoted.continues and words:
        return True
    return len(words) >= MIN_WORDS and any(tokens.upos[i] in {"VERB", "AUX"} for i in words)


def _holder(drafts: Sequence[Draft], inside: TokenRange) -> Draft | None:
    """The draft that reports the quotation: its cue stands outside, its content holds a part of it.

    A cue within the quotation is the quoted speaker's own."""
    best: tuple[int, Draft] | None = None
    for draft in drafts:
        shared = count_shared(draft.content, inside)
        if shared and (best is None or shared > best[0]) and not count_shared(draft.cue, inside):
            best = shared, draft
    if best is None or best[0] < 0.1 * (inside[1] - inside[0]):
        return None
    return best[1]


def _complete(drafts: Sequence[Draft], holder: Draft, inside: TokenRange) -> None:
    """Gives the holder the rest of a quotation that it holds in part, unless another outer cue claims it."""
    content, whole = cover(holder.content), set(range(*inside))
    if whole <= content:
        return
    others = [d for d in drafts if d is not holder and not count_shared(d.cue, inside)]
    claimed = cover([r for d in others for r in d.content])
    rest = whole - content - claimed
    if rest:
        holder.content = to_ranges(content | rest)


def _continue_before(
    tokens: Tokens, drafts: Sequence[Draft], quoted: QuotedSpan, inside: TokenRange
) -> Draft | None:
    """The draft that this quotation goes on from: the one an open mark ran on from, or the attributed
    quotation just before it in the same line."""
    before = [d for d in drafts if d.outer is None and d.start < inside[0]]
    if not before:
        return None
    last = max(before, key=lambda d: max(r[1] for r in (*d.content, *d.cue)))
    end = max(r[1] for r in (*last.content, *last.cue, *last.speaker) if r[0] < inside[0])
    if quoted.continues:
        return last
    line = tokens.line_of[inside[0]]
    same_line = bool(last.cue) and tokens.line_of[last.cue[0][0]] == line
    quotes = any(tokens.quoted_index[i] >= 0 for i in cover(last.content))
    between = [i for i in range(end, inside[0]) if tokens.upos[i] != "PUNCT"]
    short = len(between) <= 12 and all(tokens.sentence_of[i] == tokens.sentence_of[end - 1] for i in between)
    return last if same_line and quotes and short else None


def _after_colon(tokens: Tokens, inside: TokenRange) -> Draft | None:
    """`She warned: "…"` and the like, where the cue was not seen: subject and verb before the colon."""
    colon = inside[0] - 1
    if colon < 1 or tokens.words[colon] != ":":
        return None
    first, _ = tokens.sentence_range(tokens.sentence_of[colon])
    if tokens.line_of[first] != tokens.line_of[colon] or colon - first > 60:
        return None
    verbs = [i for i in range(first, colon) if tokens.upos[i] == "VERB"]
    roots = [i for i in verbs if any(tokens.deprels[c] in SUBJECTS for c in tokens.children[i])]
    if not roots:
        return None
    verb = roots[0]
    subject = tokens.subject(verb)
    if subject is None:
        return None
    speaker = tokens.phrase(subject, without=("acl",))
    return Draft([speaker], [(verb, verb + 1)], [inside], PLAIN, 0.6, 0.6)


def _whole_line(tokens: Tokens, drafts: Sequence[Draft], inside: TokenRange) -> Draft | None:
    """A paragraph that is one quotation: whoever was attributed last in the paragraph before, or nobody."""
    line = tokens.line_of[inside[0]]
    rest = [
        i
        for i in range(max(0, inside[0] - 3), min(len(tokens), inside[1] + 3))
        if tokens.line_of[i] == line and not inside[0] <= i < inside[1] and tokens.upos[i] != "PUNCT"
    ]
    if rest:
        return None
    before = [
        d
        for d in drafts
        if d.outer is None and tokens.line_of[d.start] == line - 1 and (d.speaker or d.follows)
    ]
    draft = Draft([], [], [inside], PLAIN, FOLLOWING_SCORE, FOLLOWING_SCORE)
    if before:
        draft.follows = max(before, key=lambda d: d.cue[0][0] if d.cue else d.start)
    return draft
