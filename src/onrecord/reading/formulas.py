"""the tree -> attributions by formula that the language layer missed: "according to X", "in X's opinion".

These name their speaker and attribute the clause that they stand in; nothing else does that with so
few exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.reading.acts import Lexicon, classify_cue
from onrecord.reading.drafts import Draft
from onrecord.reading.tokens import Tokens, cover, to_ranges
from onrecord.records import TokenRange

OPINIONS = frozenset("opinion view words estimate account assessment".split())
STANDARDS = frozenset("plan law rule schedule constitution agreement rules tradition custom".split())
"""According to these something is done, nobody speaks."""
OPENERS = frozenset({"according", "in"})
FOUND_SCORE = 0.7
"""Set by hand, not calibrated."""
MIN_WORDS = 3


def find_formulas(tokens: Tokens, drafts: Sequence[Draft], lexicon: Lexicon) -> Iterator[Draft]:
    """A draft for each formula whose words no draft has as its cue."""
    taken = {i for draft in drafts for i in cover(draft.cue)}
    last = len(tokens) - 1
    for token, (word, tag) in enumerate(zip(tokens.lower, tokens.upos, strict=True)):
        if tag != "NOUN" and word not in OPENERS:
            continue
        if token in taken or tokens.is_marked[token] or token == last:
            continue
        found = noted = None
        if word in OPENERS:
            found = _according_to(tokens, token) or _in_opinion(tokens, token)
        if found is None and tag == "NOUN" and tokens.lemmas[token] in lexicon.entries:
            noted = _noun_of_saying(tokens, token, lexicon)
        if found is not None:
            cue, speaker, noun = found
            content = _clause_around(tokens, noun, cover([cue, speaker]))
        elif noted is not None:
            cue, speaker, content = noted
        else:
            continue
        if len(content) < MIN_WORDS:
            continue
        pieces = to_ranges(content)
        about = classify_cue(tokens, [cue], pieces, lexicon)
        yield Draft([speaker], [cue], pieces, about, FOUND_SCORE, FOUND_SCORE)


def _according_to(tokens: Tokens, token: int) -> tuple[TokenRange, TokenRange, int] | None:
    """Cue, speaker and the noun that hangs in the clause."""
    if tokens.lower[token] != "according" or tokens.lower[token + 1] != "to" or token + 2 >= len(tokens):
        return None
    noun = tokens.heads[token] if tokens.deprel(token) == "case" else None
    if noun is None or noun <= token:
        inner = [
            i for i in range(token + 2, min(token + 12, len(tokens))) if tokens.heads[i] in {token, token + 1}
        ]
        noun = inner[0] if inner else token + 2
    if tokens.lemmas[noun] in STANDARDS or tokens.upos[noun] not in {"NOUN", "PROPN", "PRON"}:
        return None
    first, last = tokens.phrase(noun, without=("case", "acl", "parataxis"))
    return (token, token + 2), (max(first, token + 2), last), noun


def _in_opinion(tokens: Tokens, token: int) -> tuple[TokenRange, TokenRange, int] | None:
    """ "in his opinion", "in the minister's words"."""
    if tokens.lower[token] != "in" or tokens.deprel(token) != "case":
        return None
    noun = tokens.heads[token]
    if noun <= token or noun - token > 6 or tokens.lemmas[noun] not in OPINIONS:
        return None
    owner = next((i for i in tokens.children[noun] if tokens.deprels[i] == "nmod:poss"), None)
    if owner is None or tokens.line_of[owner] != tokens.line_of[token]:
        return None
    first, last = tokens.phrase(owner, without=("case",))
    return (noun, noun + 1), (first, last), noun


def _noun_of_saying(
    tokens: Tokens, noun: int, lexicon: Lexicon
) -> tuple[TokenRange, TokenRange, list[int]] | None:
    """ "a suggestion from the envoy that …", "the minister's claim that …": cue, speaker and clause."""
    if lexicon.entries[tokens.lemmas[noun]][0] != "speech":
        return None
    clauses = [i for i in tokens.children[noun] if tokens.deprel(i) in {"acl", "ccomp"} and i > noun]
    clause = next((i for i in clauses if any(tokens.lower[c] == "that" for c in tokens.children[i])), None)
    holder = next((i for i in tokens.children[noun] if _holds(tokens, i)), None)
    if clause is None or holder is None or "relcl" in tokens.deprels[clause]:
        return None
    first, last = tokens.phrase(holder, without=("case", "acl"))
    words = [i for i in tokens.subtree(clause) if i >= last or i > noun]
    while words and tokens.upos[words[-1]] == "PUNCT":
        words.pop()
    return (noun, noun + 1), (first, last), words


def _holds(tokens: Tokens, token: int) -> bool:
    """Whether a dependent of a noun of saying names who said it."""
    if tokens.deprels[token] == "nmod:poss":
        return True
    case = {tokens.lower[i] for i in tokens.children[token] if tokens.deprel(i) == "case"}
    return tokens.deprel(token) == "nmod" and bool(case & {"from", "by"})


def _clause_around(tokens: Tokens, noun: int, formula: set[int]) -> list[int]:
    """The words of the clause that the formula hangs in, without the formula and its commas."""
    verb = tokens.heads[noun] if tokens.heads[noun] not in formula else -1
    for _ in range(4):
        if verb < 0 or tokens.upos[verb] in {"VERB", "AUX", "ADJ"} or tokens.child(verb, "cop", "nsubj"):
            break
        verb = tokens.heads[verb]
    if verb < 0:
        return []
    own = set(tokens.subtree(noun)) | formula
    line = tokens.line_of[noun]
    words = [i for i in tokens.subtree(verb) if i not in own and tokens.line_of[i] == line]
    while words and (
        tokens.upos[words[0]] in {"PUNCT", "CCONJ"} or tokens.lower[words[0]] in {"where", "which"}
    ):
        words.pop(0)
    while words and tokens.upos[words[-1]] == "PUNCT":
        words.pop()
    inner = [i for i in words if tokens.upos[i] != "PUNCT" or (i - 1 in words and i + 1 in words)]
    return inner if not formula & set(range(inner[0], inner[0] + 1)) else []
