"""annotation -> the statements of a document: speaker, cue, content, chain and channel of each.

The order: drafts from the attributions; each kept within its lines; quotations that the cues left over; then,
from the first cue to the last, channels and speakers, since a pronoun needs to know who spoke before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.keys import make_keyer
from onrecord.reading.acts import Lexicon
from onrecord.reading.channels import find_channels
from onrecord.reading.discourse import DOUBTFUL, Discourse, Resolution
from onrecord.reading.drafts import Draft, draft_statements
from onrecord.reading.formulas import find_formulas
from onrecord.reading.mentions import Actor
from onrecord.reading.nesting import nest_drafts
from onrecord.reading.pruning import prune_drafts
from onrecord.reading.quoting import attach_quotations
from onrecord.reading.speakers import resolve_speaker, resolve_words
from onrecord.reading.tokens import Tokens, cover, cut_lines, list_tokens, to_ranges
from onrecord.records import Mention, Span, Statement, TokenRange
from onrecord.vocabulary import Inferred, Quotation

SAME_CONTENT = 0.6
"""Share of the outer content that an inner one with the same speaker must hold to be the same statement."""
POINTERS = frozenset({"this", "that", "these", "those", "it", "so", "such"})
SELF_THOUGHTS = frozenset({"believes", "asserts", "predicts", "doubts"})


def find_drafts(tokens: Tokens, lexicon: Lexicon) -> list[Draft]:
    """The drafts of a document's statements, complete but for their speakers' identity."""
    drafts = [draft for draft in draft_statements(tokens, lexicon) if _keep_within_lines(tokens, draft)]
    drafts.extend(find_formulas(tokens, drafts, lexicon))
    drafts = attach_quotations(tokens, prune_drafts(tokens, drafts))
    drafts = nest_drafts(tokens, drafts, lexicon)
    return [draft for draft in drafts if not _is_own_thought(tokens, draft)]


def _keep_within_lines(tokens: Tokens, draft: Draft) -> bool:
    """Cuts what stands in another line than the cue, quoted content apart. False: nothing is left, or the
    cue stands in the title, which says in short what the article says in full."""
    line = tokens.line_of[draft.cue[0][0]]
    title = tokens.document.title_span
    if title is not None and title.start <= tokens.starts[draft.cue[0][0]] < title.end:
        return False
    if all(
        tokens.line_of[first] == line == tokens.line_of[last - 1]
        for first, last in (*draft.cue, *draft.speaker, *draft.content)
    ):
        return any(tokens.upos[i] != "PUNCT" for first, last in draft.content for i in range(first, last))
    draft.cue = to_ranges(i for i in cover(draft.cue) if tokens.line_of[i] == line)
    draft.speaker = to_ranges(i for i in cover(draft.speaker) if tokens.line_of[i] == line)
    kept = set()
    for i in cover(draft.content):
        in_title = title is not None and title.start <= tokens.starts[i] < title.end
        if tokens.line_of[i] == line or not in_title:
            kept.add(i)
    kept = {i for i in kept if tokens.line_of[i] == line or tokens.quoted_index[i] >= 0}
    draft.content = to_ranges(kept)
    return bool(draft.content) and any(tokens.upos[i] not in {"PUNCT"} for i in kept)


def _is_own_thought(tokens: Tokens, draft: Draft) -> bool:
    """ "I think …", "I asked …" inside what the same speaker is quoted as saying: no statement of its own."""
    words = [tokens.lower[i] for i in sorted(cover(draft.speaker)) if tokens.upos[i] != "PUNCT"]
    return draft.outer is not None and (
        words == ["i"] or (words == ["we"] and draft.about_cue.act in SELF_THOUGHTS)
    )


def resolve_drafts(discourse: Discourse, drafts: Sequence[Draft]) -> dict[int, list[Resolution]]:
    """Position of each draft -> its speakers; outer statements first, then by place, for who spoke before."""
    tokens = discourse.tokens
    at = {id(draft): position for position, draft in enumerate(drafts)}
    done: dict[int, list[Resolution]] = {}

    def resolve(position: int) -> list[Resolution]:
        if position in done:
            return done[position]
        draft = drafts[position]
        done[position] = []
        outer = resolve(at[id(draft.outer)]) if draft.outer is not None and id(draft.outer) in at else []
        find_channels(discourse, draft)
        if draft.follows is not None and id(draft.follows) in at:
            before = resolve(at[id(draft.follows)])
            done[position] = [
                Resolution(r.words, r.actor, r.inferred, _follow_reason(tokens, r), r.sure * DOUBTFUL)
                for r in before
            ]
        else:
            done[position] = resolve_speaker(discourse, draft, outer)
        if draft.outer is None and draft.cue:
            for found in done[position]:
                discourse.spoke.append((draft.cue[0][0], found.actor))
        return done[position]

    for position in sorted(
        range(len(drafts)), key=lambda p: drafts[p].cue[0][0] if drafts[p].cue else drafts[p].start
    ):
        resolve(position)
    return done


def merge_self_reports(
    tokens: Tokens, drafts: Sequence[Draft], speakers: dict[int, list[Resolution]]
) -> list[int]:
    """Positions of the drafts to keep: "according to him, X, the expert said" is one statement.

    An inner draft with its outer one's speaker and most of its content is dropped, and its cue and
    speaker are cut out of the outer content.
    """
    at = {id(draft): position for position, draft in enumerate(drafts)}
    kept = []
    for position, draft in enumerate(drafts):
        outer = at.get(id(draft.outer)) if draft.outer is not None else None
        if outer is None or not speakers[position]:
            kept.append(position)
            continue
        same = {id(r.actor) for r in speakers[position]} == {id(r.actor) for r in speakers[outer]}
        inner, whole = cover(draft.content), cover(drafts[outer].content)
        rest = sorted(whole - cover(draft.cue) - cover(draft.speaker))
        if same and len(inner & whole) >= SAME_CONTENT * sum(tokens.upos[i] != "PUNCT" for i in rest):
            while rest and tokens.upos[rest[0]] == "PUNCT" and tokens.quoted_index[rest[0]] < 0:
                rest.pop(0)
            drafts[outer].content = to_ranges(rest)
            for other in drafts:
                other.outer = drafts[outer] if other.outer is draft else other.outer
        else:
            kept.append(position)
    return kept


def _follow_reason(tokens: Tokens, found: Resolution) -> str:
    return (
        f"the quotation has no cue of its own; '{tokens.exact(found.words)}' speaks in the paragraph before"
    )


class StatementBuilder:
    """Turns resolved drafts into records; asks `mention` for the record of each mention it needs."""

    def __init__(
        self, discourse: Discourse, drafts: Sequence[Draft], speakers: dict[int, list[Resolution]]
    ) -> None:
        self.discourse = discourse
        self.tokens = discourse.tokens
        self.drafts = drafts
        self.speakers = speakers
        self.at = {id(draft): position for position, draft in enumerate(drafts)}
        self.make_key = make_keyer("statement", discourse.tokens.document.id)
        self.keys: dict[int, str] = {}
        named = [a for a in discourse.actors if not a.key.startswith("worded:")]
        names = [(p[0], number, p, actor) for number, actor in enumerate(named) for p in actor.names]
        self.named = sorted(names, key=lambda name: name[:3])
        """First token, number of the actor, place and actor, for each name in the text."""

    def key(self, position: int) -> str:
        """The id of the statement made from that draft."""
        if position not in self.keys:
            draft = self.drafts[position]
            spans = (self._spans(draft.speaker), self._spans(draft.cue), self._content(draft))
            self.keys[position] = self.make_key(*spans)
        return self.keys[position]

    def build(self, position: int, mention: MentionMaker) -> Statement:
        """The statement record of one draft."""
        draft = self.drafts[position]
        found = self.speakers[position]
        outer = self.at.get(id(draft.outer)) if draft.outer is not None else None
        sure = min((one.sure for one in found), default=1.0)
        about = draft.about_cue
        return Statement(
            id=self.key(position),
            document_id=self.tokens.document.id,
            speaker_ids=tuple(dict.fromkeys(mention(one).id for one in found)),
            addressee_id=self._mention_of(draft.addressee, mention),
            channel_ids=tuple(
                dict.fromkeys(m for place in draft.channels if (m := self._mention_of(place, mention)))
            ),
            cue=self._spans(draft.cue),
            content=self._content(draft),
            quotation=self._quotation(draft),
            act=about.act,
            cue_class=about.cue_class,
            certainty=about.certainty,
            negated=about.negated,
            within_id=self.key(outer) if outer is not None else None,
            about_ids=self._about(draft, mention),
            anaphoric=self._is_anaphoric(draft),
            score=round(draft.score, 4),
            speaker_score=round(draft.speaker_score * sure, 4) if found else 0.0,
        )

    def _spans(self, ranges: Sequence[TokenRange]) -> tuple[Span, ...]:
        return tuple(self.tokens.span(r) for r in ranges)

    def _content(self, draft: Draft) -> tuple[Span, ...]:
        pieces = []
        for piece in draft.content:
            for part in cut_lines(self.tokens, piece):
                if any(self.tokens.upos[i] != "PUNCT" for i in range(*part)):
                    pieces.append(self.tokens.span(part))
        return tuple(pieces)

    def _mention_of(self, place: TokenRange | None, mention: MentionMaker) -> str | None:
        return None if place is None else mention(resolve_words(self.discourse, place)).id

    def _about(self, draft: Draft, mention: MentionMaker) -> tuple[str, ...]:
        first_names: dict[int, tuple[TokenRange, Actor]] = {}
        for first, last in draft.content:
            low, high = bisect_left(self.named, (first,)), bisect_left(self.named, (last,))
            for _, number, place, actor in self.named[low:high]:
                first_names.setdefault(number, (place, actor))
        ids: dict[str, str] = {}
        for _, (place, actor) in sorted(first_names.items()):
            if actor.key not in ids:
                ids[actor.key] = mention(Resolution(place, actor, "name", actor.reasons.get(place))).id
        for head, stand_in in self.discourse.stand_ins.items():
            inside = any(first <= head < last for first, last in draft.content)
            if inside and stand_in.actor.key not in ids:
                ids[stand_in.actor.key] = mention(stand_in).id
        return tuple(sorted(ids.values()))

    def _quotation(self, draft: Draft) -> Quotation:
        """PolNeAR's measure: the share of the content's words that stand inside quotation marks; marks that
        hold the cue too are somebody else's."""
        words = [i for i in list_tokens(draft.content) if self.tokens.upos[i] != "PUNCT"]
        around = {-1} | {self.tokens.quoted_index[i] for i in cover(draft.cue)}
        share = sum(self.tokens.quoted_index[i] not in around for i in words) / max(1, len(words))
        return "direct" if share >= 0.98 else "indirect" if share <= 0.02 else "mixed"

    def _is_anaphoric(self, draft: Draft) -> bool:
        words = [i for i in list_tokens(draft.content) if self.tokens.upos[i] not in {"PUNCT", "ADP"}]
        return 0 < len(words) <= 3 and self.tokens.lower[words[0]] in POINTERS


class MentionMaker:
    """Makes each mention once, and with it the mention that names its actor best."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.made: dict[str, Mention] = {}
        self.make_key = make_keyer("mention", discourse.tokens.document.id)
        self.keys: dict[TokenRange, str] = {}

    def __call__(self, found: Resolution) -> Mention:
        """The mention of these words for this actor."""
        mention_id = self._key(found.words)
        if mention_id not in self.made:
            tokens = self.discourse.tokens
            span = tokens.span(found.words)
            own = found.words == found.actor.name
            self.made[mention_id] = Mention(
                id=mention_id,
                document_id=tokens.document.id,
                span=span,
                kind=found.actor.kind,
                local_id=self._key(found.actor.name),
                role=found.actor.role if found.actor.role != span else None,
                inferred="name" if own and found.inferred == "pronoun" else found.inferred,
                reason=found.reason,
            )
            if not own:
                inferred: Inferred = "worded" if found.actor.key.startswith("worded:") else "name"
                self(Resolution(found.actor.name, found.actor, inferred))
        return self.made[mention_id]

    def _key(self, words: TokenRange) -> str:
        key = self.keys.get(words)
        if key is None:
            key = self.keys[words] = self.make_key((self.discourse.tokens.span(words),))
        return key
