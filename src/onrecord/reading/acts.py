"""a cue in its tree -> what the speaker does by speaking, how surely, and whether that is negated.

The lexicon is `cues.tsv` (its first line names the sources). The tree decides what a list cannot: "did not
deny", "refused to confirm", "denied any knowledge", "may have said".
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple, cast

from onrecord.reading.tokens import Tokens
from onrecord.records import TokenRange
from onrecord.vocabulary import Act, Certainty, CueClass

MAX_WORDS = 4
POSSIBLE = frozenset({"may", "might", "could", "perhaps", "possibly", "maybe"})
PROBABLE = frozenset(
    {"likely", "probably", "unlikely", "presumably", "apparently", "seem", "appear", "should"}
)
HEDGED_ACTS = frozenset({"asserts", "predicts", "believes", "warns", "confirms"})
REFUSALS = frozenset({"refuse", "decline", "fail", "stop"})
LIGHT_VERBS = frozenset(
    "declare express voice make issue give offer announce state utter repeat reiterate".split()
)
COMMENTING = frozenset("comment elaborate discuss answer say respond reply speak talk".split())
AUXILIARIES = frozenset(
    {"be", "have", "do", "will", "would", "can", "could", "may", "might", "shall", "should"}
)


class Cue(NamedTuple):
    """What a cue says of the statement it introduces."""

    cue_class: CueClass
    act: Act
    certainty: Certainty
    negated: bool


class Lexicon(NamedTuple):
    """Lemma sequences (joined by "_") -> class, act and certainty."""

    entries: dict[str, tuple[CueClass, Act, Certainty]]

    def find(self, lemmas: Sequence[str]) -> tuple[CueClass, Act, Certainty] | None:
        """The entry of the longest run of the lemmas that the lexicon knows; the earliest among equals."""
        for size in range(min(MAX_WORDS, len(lemmas)), 0, -1):
            for first in range(len(lemmas) - size + 1):
                entry = self.entries.get("_".join(lemmas[first : first + size]))
                if entry is not None:
                    return entry
        return None

    def is_reporting(self, lemma: str) -> bool:
        """Whether the word by itself introduces speech or thought."""
        entry = self.entries.get(lemma)
        return entry is not None and entry[0] != "other"


def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    entries: dict[str, tuple[CueClass, Act, Certainty]] = {}
    source = resources.files("onrecord.reading").joinpath("cues.tsv").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line or line.startswith("#"):
            continue
        act, cue_class, certainty, lemmas = line.split("\t")
        for lemma in lemmas.split():
            entries[lemma] = (
                cast(CueClass, cue_class if cue_class in {"speech", "thought"} else "other"),
                cast(Act, act if cue_class != "other" else "asserts"),
                cast(Certainty, certainty),
            )
    return Lexicon(entries)


def classify_cue(
    tokens: Tokens, cue: Sequence[TokenRange], content: Sequence[TokenRange], lexicon: Lexicon
) -> Cue:
    """Class, act, certainty and negation of an attribution; a cue that the lexicon lacks is judged by its
    construction (a quotation or a clause as content: speech; else other)."""
    words = [i for first, last in cue for i in range(first, last) if tokens.upos[i] != "PUNCT"]
    if not words:
        return Cue("speech", "asserts", "unspecified", False)
    head = _cue_head(tokens, words, lexicon)
    entry = _look_up(tokens, words, head, lexicon)
    cue_class, act, certainty = entry or _judge_unknown(tokens, words, content)
    if _refuses_comment(tokens, head):
        return Cue("speech", "declines comment", "unspecified", False)
    negated = act != "declines comment" and _is_negated(tokens, words, head)
    if negated and tokens.lemmas[head] in {"recognise", "recognize", "accept"}:
        act, negated = "rejects", False
    if act in HEDGED_ACTS:
        certainty = _hedge(tokens, content, certainty)
    return Cue(cue_class, act, certainty, negated)


def _look_up(
    tokens: Tokens, words: Sequence[int], head: int, lexicon: Lexicon
) -> tuple[CueClass, Act, Certainty] | None:
    """Longest match over the cue's lemmas, then with its particle or preposition, then word by word."""
    lemmas = [tokens.lemmas[i] for i in words if tokens.lemmas[i] not in AUXILIARIES] or [
        tokens.lemmas[i] for i in words
    ]
    around = [tokens.lemmas[head]]
    around += [
        tokens.lemmas[i]
        for i in range(head + 1, min(head + 4, len(tokens)))
        if tokens.deprels[i] == "compound:prt" or (i == head + 1 and tokens.upos[i] in {"ADP", "ADV", "NOUN"})
    ]
    extended = lexicon.entries.get("_".join(around)) if len(around) > 1 else None
    above = tokens.heads[head]
    if extended is None and above in words and tokens.lemmas[above] in REFUSALS:
        return lexicon.find([tokens.lemmas[i] for i in words if i != above])
    if tokens.lemmas[head] == "question" and tokens.upos[head] == "NOUN":
        return "speech", "asks", "unspecified"
    if tokens.lemmas[head] in {"agree", "offer"} and tokens.child(head, "xcomp") is not None:
        return "speech", "promises", "certain"
    if tokens.lemmas[head] == "call" and tokens.upos[head] == "VERB" and extended is None:
        return "speech", "asserts", "certain"
    return extended or _look_up_object(tokens, head, lexicon) or lexicon.find(lemmas)


def _look_up_object(tokens: Tokens, head: int, lexicon: Lexicon) -> tuple[CueClass, Act, Certainty] | None:
    """ "declared its readiness", "voiced concern": the noun says what is done."""
    done = tokens.child(head, "obj") if tokens.lemmas[head] in LIGHT_VERBS else None
    if done is None or tokens.upos[done] != "NOUN":
        return None
    entry = lexicon.entries.get(tokens.lemmas[done])
    return entry if entry is not None and entry[0] != "other" else None


def _cue_head(tokens: Tokens, words: Sequence[int], lexicon: Lexicon) -> int:
    """The word that carries the cue's meaning: the first that the lexicon knows, verbs before nouns."""
    for wanted in ({"VERB"}, {"NOUN", "ADJ", "PROPN", "ADP", "ADV"}):
        for i in words:
            if tokens.upos[i] in wanted and tokens.lemmas[i] in lexicon.entries:
                return _refused(tokens, i, words, lexicon) if tokens.lemmas[i] in REFUSALS else i
    return next((i for i in words if tokens.upos[i] == "VERB"), words[0])


def _refused(tokens: Tokens, verb: int, words: Sequence[int], lexicon: Lexicon) -> int:
    """What is refused, when that is speech in the same cue ("refused to confirm"); else the verb."""
    done = tokens.child(verb, "xcomp")
    if done is None or done not in words:
        return verb
    return done if lexicon.is_reporting(tokens.lemmas[done]) else verb


def _judge_unknown(
    tokens: Tokens, words: Sequence[int], content: Sequence[TokenRange]
) -> tuple[CueClass, Act, Certainty]:
    inside = [i for first, last in content for i in range(first, last)]
    if any(tokens.quoted_index[i] >= 0 for i in inside) and len(inside) >= 3:
        return "speech", "asserts", "unspecified"
    verbs = {i for i in words if tokens.upos[i] == "VERB"}
    if any(tokens.heads[i] in verbs and tokens.deprel(i) in {"ccomp", "parataxis"} for i in inside):
        return "speech", "asserts", "unspecified"
    return "other", "asserts", "unspecified"


def _refuses_comment(tokens: Tokens, head: int) -> bool:
    """Whether the cue says "declined to comment" or the like; the content may hold the verb."""
    if tokens.lemmas[head] in REFUSALS:
        done = tokens.child(head, "xcomp")
        return done is not None and tokens.lemmas[done] in COMMENTING
    if tokens.lemmas[head] not in COMMENTING:
        return False
    above = tokens.heads[head]
    refused = above >= 0 and tokens.deprel(head) == "xcomp" and tokens.lemmas[above] in REFUSALS
    return refused or (tokens.lemmas[head] in {"comment", "elaborate"} and tokens.is_negated(head))


def _is_negated(tokens: Tokens, words: Sequence[int], head: int) -> bool:
    if any(tokens.lower[i] in {"not", "n't", "never"} for i in words) or tokens.is_negated(head):
        return True
    above = tokens.heads[head]
    return (
        above >= 0
        and tokens.deprel(head) == "xcomp"
        and (tokens.lemmas[above] in REFUSALS or tokens.is_negated(above))
    )


def _hedge(tokens: Tokens, content: Sequence[TokenRange], certainty: Certainty) -> Certainty:
    """The certainty after the modal of the content's main clause, when that is weaker than the cue's."""
    if not content:
        return certainty
    main = tokens.head_token(content[0])
    near = [main, *tokens.children[main]]
    words = {tokens.lower[i] for i in near} | {tokens.lemmas[i] for i in near}
    if words & POSSIBLE:
        return "possible"
    if words & PROBABLE and certainty == "certain":
        return "probable"
    return certainty
