"""a person's name in its sentence -> the role that the text gives the person, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from onrecord.names import Names
from onrecord.reading.mentions import FEMININE, MASCULINE, TITLES, Actor
from onrecord.reading.tokens import NOMINAL, Tokens, cover, to_ranges
from onrecord.records import TokenRange

MAX_ROLE = 40
CLOSING = frozenset({",", ".", ";", ")", "–", "—"})
TITLE_WORDS = {
    "gen": "general", "dr": "doctor", "sen": "senator", "gov": "governor", "prof": "professor",
    "col": "colonel", "lt": "lieutenant", "capt": "captain", "sgt": "sergeant", "maj": "major",
    "adm": "admiral", "supt": "superintendent", "det": "detective", "insp": "inspector",
}  # fmt: skip
"""Titles before a name -> the word by which their holder is called later ("the general")."""
STAND_INS = frozenset({"man", "woman", "person", "boy", "girl"})


def load_descriptions() -> dict[str, frozenset[str]]:
    """Description -> the role lemmas it may stand for ("diplomat" for an envoy), from `roles.tsv`."""
    source = resources.files("onrecord.reading").joinpath("roles.tsv").read_text(encoding="utf-8")
    out = {}
    for line in source.splitlines():
        if line and not line.startswith("#"):
            word, roles = line.split("\t")
            out[word] = frozenset(roles.split()) | {word}
    return out


@dataclass(frozen=True, slots=True)
class RoleReader:
    """Reads the roles of one document's persons."""

    tokens: Tokens
    names: Names
    words: frozenset[str]
    """Lemmas that are roles: every word of `roles.tsv`."""

    def attach(self, actors: Sequence[Actor], speakers: Sequence[Sequence[TokenRange]]) -> None:
        """Gives each person the first role that the text states: beside the name in a speaker's words, or by
        the tree (apposition, title before the name). Gender follows from roles, titles and given names."""
        by_token = {token: actor for actor in actors for place in actor.names for token in range(*place)}
        for ranges in speakers:
            inside = sorted(cover(ranges))
            persons = {id(by_token[i]): by_token[i] for i in inside if i in by_token}
            persons = {key: actor for key, actor in persons.items() if actor.kind == "person"}
            if len(persons) == 1:
                self._read_beside(next(iter(persons.values())), inside, by_token)
        for actor in actors:
            if actor.kind == "person":
                for place in sorted(actor.names):
                    for role in (self._role_before_comma(place), _role_by_tree(self.tokens, place)):
                        if role is not None and self._set(actor, role):
                            break
                self._read_title(actor)
                self._guess_gender(actor)

    def _read_title(self, actor: Actor) -> None:
        """Adds the word for a short title right before a name, or at its start, to what the actor is."""
        for first, last in actor.names:
            for token in range(max(0, first - 1), min(first + 1, last)):
                word = TITLE_WORDS.get(self.tokens.lower[token].rstrip("."))
                if word is not None:
                    actor.role_lemmas |= {word}
                    actor.role_heads |= {word}

    def _role_before_comma(self, place: TokenRange) -> TokenRange | None:
        """The nearest role word above the words before the comma, with all up to the comma ("the mufti of the
        council of Tolm, Ivo Varga,")."""
        tokens = self.tokens
        comma = place[0] - 1
        after = tokens.words[place[1]] if place[1] < len(tokens) else "."
        if comma < 1 or tokens.words[comma] != "," or after not in CLOSING:
            return None
        here = comma - 1
        for _ in range(8):
            if self._is_role_word(here):
                first = tokens.phrase(self._climb(here))[0]
                return (first, comma) if first < comma else None
            if (
                tokens.deprel(here) not in {"nmod", "conj", "compound", "flat", "amod"}
                or tokens.heads[here] < 0
            ):
                return None
            here = tokens.heads[here]
        return None

    def _is_role_word(self, token: int) -> bool:
        return self.tokens.lemmas[token] in self.words or self.tokens.lower[token] in TITLES

    def _climb(self, token: int) -> int:
        """The role that a role word belongs to: "head" for the mission in "the head of the mission"."""
        tokens = self.tokens
        while tokens.deprel(token) == "nmod" and self._is_role_word(tokens.heads[token]):
            token = tokens.heads[token]
        return token

    def _read_beside(self, actor: Actor, inside: Sequence[int], by_token: dict[int, Actor]) -> None:
        tokens = self.tokens
        rest = [i for i in inside if by_token.get(i) is not actor]
        best: TokenRange | None = None
        for first, end in to_ranges(rest):
            last = end
            while last > first and tokens.upos[last - 1] in {"PUNCT", "CCONJ", "ADP"}:
                last -= 1
            nouns = [i for i in range(first, last) if tokens.upos[i] in {"NOUN", "PROPN"}]
            if nouns and (best is None or last - first > best[1] - best[0]):
                best = (first, last)
        if best is not None:
            self._set(actor, best)

    def _set(self, actor: Actor, role: TokenRange) -> bool:
        """Whether the role was kept: one line of at most 40 words, with a word for what somebody is."""
        tokens = self.tokens
        first, last = role
        while first < last - 1 and tokens.upos[first] in {"ADP", "PUNCT", "CCONJ", "SCONJ"}:
            first += 1
        if tokens.line_of[first] != tokens.line_of[last - 1] or last - first > MAX_ROLE:
            return False
        lemmas = {tokens.lemmas[i] for i in range(first, last) if tokens.upos[i] in {"NOUN", "PROPN", "ADJ"}}
        is_role = any(
            tokens.upos[i] == "NOUN" or tokens.lower[i].rstrip(".") in TITLES for i in range(first, last)
        )
        if not is_role and not lemmas & self.words:
            return False
        actor.role_lemmas |= lemmas
        heads = {tokens.head_token((first, last)), last - 1}
        heads |= {i for i in range(first, last) if tokens.deprel(i) in {"appos", "conj"}}
        actor.role_heads |= {tokens.lemmas[i] for i in heads if tokens.upos[i] in {"NOUN", "PROPN"}}
        if actor.role is None:
            actor.role = tokens.span((first, last))
        return True

    def _guess_gender(self, actor: Actor) -> None:
        """From title and role words first, then from the given name, where it tells."""
        tokens = self.tokens
        words = set(actor.role_lemmas)
        for place in actor.names:
            words.update(tokens.lower[i].rstrip(".") for i in range(max(0, place[0] - 1), place[1]))
        masculine, feminine = bool(words & MASCULINE), bool(words & FEMININE)
        if masculine != feminine:
            actor.gender = "m" if masculine else "f"
        elif not masculine:
            actor.gender = self.names.gender_of(tokens.exact(actor.name))


def _role_by_tree(tokens: Tokens, place: TokenRange) -> TokenRange | None:
    head = tokens.head_token(place)
    appositive = tokens.child(head, "appos")
    if appositive is not None and appositive >= place[1] and _is_set_off(tokens, place, appositive):
        return tokens.phrase(appositive, without=("appos", "conj", "acl", "punct"))
    above = tokens.heads[head]
    if above >= 0 and tokens.deprel(head) in {"appos", "flat"} and tokens.upos[above] in {"NOUN", "PROPN"}:
        first, last = tokens.phrase(above, without=("acl", "punct"))
        stop = place[0]
        while stop > first and tokens.upos[stop - 1] == "PUNCT":
            stop -= 1
        if first < stop <= last or first < stop:
            return first, stop
    described = next((i for i in tokens.children[head] if tokens.deprels[i] == "nmod:desc"), None)
    if described is not None and described < place[0]:
        return tokens.phrase(described)
    before = place[0]
    while before > 0 and tokens.heads[before - 1] in range(*place) and tokens.upos[before - 1] in NOMINAL:
        before -= 1
    if before < place[0] and tokens.line_of[before] == tokens.line_of[place[0]]:
        first = min(tokens.phrase(i)[0] for i in range(before, place[0]))
        return (first if place[0] - first <= 12 else before), place[0]
    return None


def _is_set_off(tokens: Tokens, place: TokenRange, appositive: int) -> bool:
    """Whether a noun after the name is set off by a mark, as appositions are."""
    after = tokens.words[place[1]] if place[1] < len(tokens) else ""
    return after in {",", "(", "-", "–", "—"} and tokens.upos[appositive] in {"NOUN", "PROPN"}


def stands_for(description: str, actor: Actor, descriptions: dict[str, frozenset[str]]) -> bool:
    """Whether "the `description`" may mean this person, by the roles that the text gives."""
    if description in actor.role_heads:
        return True
    return bool(descriptions.get(description, frozenset()) & actor.role_lemmas)
