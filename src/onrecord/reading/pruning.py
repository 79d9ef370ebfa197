"""drafts -> the drafts that report somebody's words or thoughts, each cut to what it says.

A corpus of attributions counts more than a ledger may: topics without a claim, what somebody should
say, the person that a passive speaks of. The rules here are of grammar, never of one text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.reading.acts import Cue
from onrecord.reading.channels import CITING
from onrecord.reading.drafts import Draft
from onrecord.reading.nesting import is_hypothetical
from onrecord.reading.tokens import Tokens, count_shared, cover, cut_lines, list_tokens, to_ranges
from onrecord.records import TokenRange

TOPIC_CUES = frozenset({"comment", "discuss", "address", "answer", "respond", "reply", "talk", "speak"})
TOPICS = frozenset("question report issue topic matter situation case subject rumour rumor event".split())
CLAUSE_THOUGHTS = frozenset(
    "know see understand find feel sense view imagine realize realise hold hear".split()
)
NOBODY = frozenset({"nobody", "none", "neither"})
SHORT = 3
VAGUE_ACTS = frozenset({"asserts", "believes", "asks"})
NAMING = frozenset({"call", "describe", "label", "dub", "deem", "consider"})
TELLING = frozenset("tell inform notify assure ask urge warn advise remind promise order".split())
PAPERS = frozenset(
    "statement interview speech report letter tweet post article message comment briefing".split()
)


def prune_drafts(tokens: Tokens, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that a ledger of statements keeps."""
    for draft in drafts:
        _trim_speaker(tokens, draft)
        draft.content = _drop_links(tokens, draft.content)
    speakers: dict[int, list[Draft]] = {}
    for draft in drafts:
        for token in cover(draft.speaker):
            speakers.setdefault(token, []).append(draft)
    drafts = [draft for draft in drafts if not _is_within_speaker(draft, speakers)]
    kept = [draft for draft in drafts if not _is_no_statement(tokens, draft)]
    _drop_far_pieces(tokens, kept)
    _share_quotations(tokens, kept)
    kept = _fold_citations(tokens, [draft for draft in kept if draft.content])
    return [*kept, *(new for draft in kept for new in _split_quotations(tokens, draft))]


def _split_quotations(tokens: Tokens, draft: Draft) -> list[Draft]:
    """ "X believes that Y. “Z.”": the quotation that follows a paraphrase in a sentence of its own is a
    statement of its own, by the same speaker."""
    sentence = tokens.sentence_of[draft.cue[0][0]]
    told = [r for r in draft.content if tokens.sentence_of[r[0]] == sentence]
    if not told or any(tokens.quoted_index[i] >= 0 for i in cover(told)):
        return []
    later = [
        r for r in draft.content if tokens.sentence_of[r[0]] > sentence and tokens.quoted_index[r[0]] >= 0
    ]
    draft.content = [r for r in draft.content if r not in later]
    return [
        Draft([], [], [r], Cue("speech", "asserts", "unspecified", False), draft.score, 0.9, follows=draft)
        for r in later
    ]


def _drop_far_pieces(tokens: Tokens, drafts: Sequence[Draft]) -> None:
    """Cuts pieces in other paragraphs that do not belong to a quotation which runs over the line's end."""
    for draft in drafts:
        line = tokens.line_of[draft.cue[0][0]]
        pieces = [part for piece in draft.content for part in cut_lines(tokens, piece)]
        near = [piece for piece in pieces if tokens.line_of[piece[0]] == line]
        if near:
            draft.content = [r for r in pieces if r in near or _runs_on(tokens, r)]


def _runs_on(tokens: Tokens, piece: TokenRange) -> bool:
    index = tokens.quoted_index[piece[0]]
    return index >= 0 and (tokens.quoted[index].continues or not tokens.quoted[index].closed)


def _share_quotations(tokens: Tokens, drafts: Sequence[Draft]) -> None:
    """Leaves a quotation that two outermost drafts claim to the one whose cue stands in its sentence, else
    to the nearer one."""
    outermost = [draft for draft in drafts if draft.outer is None]
    for quoted in tokens.quoted:
        place = tokens.range_at(quoted.start, quoted.end)
        near = [d for d in outermost if d.content and _reaches(d.content, place)]
        claims = [d for d in near if count_shared(d.content, place) * 2 > place[1] - place[0]]
        if len(claims) < 2 or any(count_shared(d.cue, place) for d in claims):
            continue
        inside = set(range(*place))
        last = tokens.sentence_of[max(inside)]

        def distance(draft: Draft, inside: set[int] = inside, last: int = last) -> tuple[bool, int]:
            cue = draft.cue[0][0]
            return tokens.sentence_of[cue] != last, min(abs(cue - min(inside)), abs(cue - max(inside)))

        for draft in sorted(claims, key=distance)[1:]:
            draft.content = to_ranges(cover(draft.content) - inside)


def _reaches(ranges: Sequence[TokenRange], place: TokenRange) -> bool:
    """Whether the place lies, in part at least, between the first and the last token of ranges in order."""
    return ranges[0][0] < place[1] and place[0] < ranges[-1][1]


def _is_within_speaker(draft: Draft, speakers: Mapping[int, Sequence[Draft]]) -> bool:
    """Whether the cue is a word of somebody else's name or role; `speakers` are the drafts by word of their
    speaker."""
    size = sum(last - first for first, last in draft.cue)
    return any(
        other is not draft and sum(count_shared(other.speaker, r) for r in draft.cue) == size
        for other in speakers.get(draft.cue[0][0], ())
    )


def _is_no_statement(tokens: Tokens, draft: Draft) -> bool:
    verbs = [i for i in sorted(cover(draft.cue)) if tokens.upos[i] in {"VERB", "ADJ"}]
    if any(is_hypothetical(tokens, verb) for verb in verbs[:1]):
        return True
    if draft.about_cue.cue_class == "thought" and not draft.speaker:
        return True
    if any(_is_asked(tokens, verb) for verb in verbs):
        return True
    lemmas = {tokens.lemmas[i] for i in cover(draft.cue)}
    if lemmas & CLAUSE_THOUGHTS and not any(
        tokens.upos[i] in {"VERB", "AUX"} for i in list_tokens(draft.content)
    ):
        return True
    if _says_nothing(tokens, draft) or _hides_a_name(tokens, draft):
        return True
    main = tokens.head_token(draft.content[0])
    return bool(lemmas & TOPIC_CUES) and tokens.lemmas[main] in TOPICS


def _drop_links(tokens: Tokens, content: list[TokenRange]) -> list[TokenRange]:
    """The pieces without those that are a lone "which" or "that"."""
    kept = [
        r for r in content if r[1] - r[0] > 1 or tokens.upos[r[0]] not in {"PRON", "SCONJ", "ADP", "CCONJ"}
    ]
    return kept or content


def _says_nothing(tokens: Tokens, draft: Draft) -> bool:
    """Nobody speaks ("no one said"), or what is said is no more than a word or two that makes no claim."""
    words = [i for i in list_tokens(draft.content) if tokens.upos[i] != "PUNCT"]
    speaker = {tokens.lower[i] for r in draft.speaker for i in range(r[0], min(r[0] + 2, r[1]))}
    empty = all(tokens.upos[i] in {"DET", "PRON", "ADJ", "SCONJ", "ADP"} for i in words)
    if speaker & NOBODY or (empty and not _points_back(tokens, words) and tokens.lower[words[0]] != "it"):
        return True
    names = any(tokens.lemmas[i] in NAMING for i in cover(draft.cue))
    if len(words) > SHORT or draft.about_cue.act not in VAGUE_ACTS or (names and len(words) > 1):
        return False
    plain = all(tokens.quoted_index[i] < 0 for i in words)
    return (
        plain
        and not any(tokens.upos[i] in {"VERB", "AUX"} for i in words)
        and not _points_back(tokens, words)
    )


def _points_back(tokens: Tokens, words: Sequence[int]) -> bool:
    return tokens.lower[words[0]] in {"this", "so", "that", "these"} if words else False


def _hides_a_name(tokens: Tokens, draft: Draft) -> bool:
    """ "asked not to be named"."""
    first = [tokens.lemmas[i] for i in list_tokens(draft.content)[:6]]
    return "not" in first and bool({"name", "identify", "quote"} & set(first)) and "be" in first


def _is_asked(tokens: Tokens, verb: int) -> bool:
    """ "Asked whether …, she said": she was asked."""
    return (
        tokens.lower[verb] == "asked"
        and tokens.deprel(verb) in {"advcl", "acl"}
        and tokens.child(verb, "nsubj") is None
    )


def _trim_speaker(tokens: Tokens, draft: Draft) -> None:
    """Cuts "in a statement" off the speaker, and drops one that a passive cue speaks of."""
    words = sorted(cover(draft.speaker))
    if not words:
        return
    head = tokens.head_token(draft.speaker[0])
    verb = tokens.heads[head]
    if (
        tokens.deprels[head] == "nsubj:pass"
        and verb in cover(draft.cue)
        and tokens.lemmas[verb] not in TELLING
    ):
        draft.speaker = []
        return
    for i in words[1:]:
        if tokens.upos[i] != "ADP" or tokens.lower[i] not in {"in", "on", "during"}:
            continue
        noun = tokens.heads[i]
        if noun in words and tokens.lemmas[noun] in PAPERS and tokens.subtree(noun)[-1] >= words[-1]:
            draft.speaker = to_ranges(word for word in words if word < i)
            return


def _fold_citations(tokens: Tokens, drafts: Sequence[Draft]) -> list[Draft]:
    """ "X, citing Y, reported …" is one statement with a channel, not two."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(tokens.lemmas[i] in CITING and tokens.deprel(i) == "advcl" for i in cover(draft.cue)):
            kept.append(draft)
            continue
        sentence = tokens.sentence_of[draft.start]
        main = [
            other for other in drafts
            if other is not draft and other.cue and tokens.sentence_of[other.cue[0][0]] == sentence
            and (not draft.speaker or cover(other.speaker) & cover(draft.speaker))
        ]  # fmt: skip
        if not main:
            kept.append(draft)
    return kept
