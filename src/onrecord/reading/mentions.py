"""annotation -> the actors that a document names: each name with its kind, its role and its local identity.

A document's own vote decides the kind of a name (the language layer may call one name a person here and a
place there), and the tables of known names go before the vote where they know only one bearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.names import Name, Names, fold
from onrecord.reading.tokens import Tokens
from onrecord.records import EntitySpan, Span, TokenRange
from onrecord.vocabulary import KIND_OF_ENTITY, Kind

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady sheikh mullah mufti maulawi mawlawi ayatollah "
    "imam rabbi gen general col colonel lt lieutenant maj major capt captain sgt sergeant sen senator "
    "rep gov governor president minister king queen prince princess pope judge justice comrade hon".split()
)
PARTICLES = frozenset("al el bin ibn ben abu van von de da di del la le der den du dos".split())
MASCULINE = frozenset(
    "mr sir lord king prince pope sheikh mullah mufti imam rabbi father brother man husband son "
    "spokesman businessman congressman policeman councilman actor monk emir sultan bishop "
    "ayatollah".split()
)
FEMININE = frozenset(
    "mrs ms miss dame lady queen princess mother sister woman wife daughter chairwoman spokeswoman "
    "businesswoman congresswoman policewoman councilwoman actress nun girl".split()
)

CHECKED = frozenset({"states", "state_names", "seats", "bodies", "armed_groups", "outlets"})
UNSURE = 0.8
"""Below this score a given name at its start makes an entity of two to four words a person."""
WITHIN = frozenset({"in", "across", "throughout", "into", "inside"})
DEMONYM_ENDS = ("ian", "an", "ese", "ish")
OUTRANK_PERSONS = frozenset({"seats", "armed_groups"})
"""Tables that go before the language layer even where it sees a person ("Daesh")."""


@dataclass(slots=True)
class Actor:
    """One actor of one document: the places that name it, best name first."""

    kind: Kind
    key: str
    names: list[TokenRange] = field(default_factory=list)
    role: Span | None = None
    role_lemmas: frozenset[str] = frozenset()
    role_heads: frozenset[str] = frozenset()
    """The nouns that the roles are about: "mufti" in "the mufti of Tolm"."""
    gender: str | None = None
    """"m", "f" or unknown; from titles, roles and pronouns of this document only."""
    reasons: dict[TokenRange, str] = field(default_factory=dict)

    @property
    def name(self) -> TokenRange:
        """The range that names the actor best."""
        return self.names[0]


def gender_of_word(lemma: str) -> str | None:
    """What a role or title says of its holder: "m", "f" or nothing."""
    if (lemma in MASCULINE) == (lemma in FEMININE):
        return None
    return "m" if lemma in MASCULINE else "f"


def find_actors(tokens: Tokens, names: Names) -> list[Actor]:
    """The named actors of a document, by first mention; short names of persons joined to full ones."""
    entities = [e for e in tokens.annotation.entities if _is_actor(tokens, e)]
    kinds = _vote_kinds(tokens, entities, names)
    others: dict[str, Actor] = {}
    persons: list[tuple[TokenRange, list[str]]] = []
    for entity in entities:
        place = (entity.start, entity.end)
        words = fold(tokens.exact(place))
        kind = kinds[words]
        if kind == "person":
            persons.append((place, _name_words(tokens, place)))
            continue
        known = find_known(tokens.exact(place), names)
        key = words if known is None or known.kind != kind else f"{known.source}:{known.name}"
        actor = others.setdefault(key, Actor(kind=kind, key=key))
        if known is not None and actor.names and fold(tokens.exact(actor.name)) != words:
            actor.reasons[place] = f"the name tables know both as '{known.name}'"
        actor.names.append(place)
    _join_acronyms(tokens, others)
    actors = [*_join_persons(tokens, persons), *others.values()]
    return sorted((a for a in actors if a.names), key=lambda actor: min(actor.names))


def _is_actor(tokens: Tokens, entity: EntitySpan) -> bool:
    if entity.label not in KIND_OF_ENTITY or tokens.is_marked[entity.start]:
        return False
    exact = tokens.exact((entity.start, entity.end))
    return not TITLES.issuperset(fold(exact).split()) and any(map(str.isalpha, exact))


def _vote_kinds(tokens: Tokens, entities: Sequence[EntitySpan], names: Names) -> dict[str, Kind]:
    votes: dict[str, dict[str, float]] = {}
    surface: dict[str, str] = {}
    for entity in entities:
        exact = tokens.exact((entity.start, entity.end))
        label = _label_by_use(tokens, entity, names)
        counts = votes.setdefault(fold(exact), {})
        counts[label] = counts.get(label, 0.0) + entity.score
        surface.setdefault(fold(exact), exact)
    longer = [words.split() for words, counts in votes.items() if " " in words and "person" in counts]
    out: dict[str, Kind] = {}
    for words, counts in votes.items():
        best = max(sorted(counts), key=lambda label: counts[label])
        known = find_known(surface[words], names)
        trusted = known is not None and (
            best != "person" or known.source in OUTRANK_PERSONS or not _is_part_of_name(words, longer)
        )
        out[words] = known.kind if known is not None and trusted else KIND_OF_ENTITY[best]
    return out


def _label_by_use(tokens: Tokens, entity: EntitySpan, names: Names) -> str:
    """The entity's label, unless its use shows that a lone word is no person ("in Varsenia")."""
    first, last = entity.start, entity.end
    if entity.label != "person" and entity.score < UNSURE and 2 <= last - first <= 4:
        given = names.gender_of(tokens.exact((first, last)))
        return "person" if given and find_known(tokens.exact((first, last)), names) is None else entity.label
    if entity.label != "person" or last - first > 1:
        return entity.label
    if first and tokens.lower[first - 1] in WITHIN:
        return "place"
    stem = tokens.lower[first].rstrip("aeiou")
    if len(stem) > 3 and any(stem + end in tokens.vocabulary for end in DEMONYM_ENDS):
        return "place"
    head = tokens.heads[first]
    qualifies = (
        tokens.deprel(first) in {"amod", "compound"}
        and head == last
        and tokens.upos[head] in {"NOUN", "PROPN"}
    )
    return "group" if qualifies and tokens.lower[first].endswith(DEMONYM_ENDS) else entity.label


def _is_part_of_name(words: str, longer: Sequence[Sequence[str]]) -> bool:
    """Whether a person of this document bears the word in a longer name (Mr Washington, not the city)."""
    return " " in words or any(words in name for name in longer)


def find_known(words: str, names: Names) -> Name | None:
    """The likeliest bearer of a name in the tables that are short and checked; cities and long lists do not
    count, since nearly every surname is a town somewhere."""
    found = names.find_first(words)
    return found if found is not None and found.source in CHECKED else None


def _name_words(tokens: Tokens, place: TokenRange) -> list[str]:
    words = fold(tokens.exact(place)).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words


def _join_persons(tokens: Tokens, persons: Sequence[tuple[TokenRange, list[str]]]) -> list[Actor]:
    """Full names first; a shorter name joins the one full name that holds its words, if there is only one."""
    actors: list[tuple[list[str], Actor]] = []
    ordered = sorted(persons, key=lambda person: (-len(_core(person[1])), person[0]))
    for place, words in ordered:
        bearers = [actor for known, actor in actors if _is_short_for(words, known)]
        if len(bearers) > 1:
            exact = [actor for known, actor in actors if known == words]
            bearers = exact or _nearest_before(bearers, place)
        if len(bearers) == 1:
            actor = bearers[0]
            if place not in actor.names:
                actor.names.append(place)
                if fold(tokens.exact(place)) != fold(tokens.exact(actor.name)):
                    actor.reasons[place] = (
                        f"short for '{tokens.exact(actor.name)}', the only one so named here"
                    )
            continue
        alone = sum(other == words for _, other in persons) == 1
        slip = _slip_of(words, actors) if alone else None
        if slip is not None:
            slip.names.append(place)
            slip.reasons[place] = f"one letter from '{tokens.exact(slip.name)}', taken for a slip of the pen"
            continue
        actors.append(
            (words, Actor(kind="person", key=f"person:{' '.join(words)}@{place[0]}", names=[place]))
        )
    for _, actor in actors:
        actor.names.sort(key=lambda place: (-len(_core(_name_words(tokens, place))), place))
    return [actor for _, actor in actors]


def _core(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in PARTICLES and len(word) > 1]


def _is_short_for(words: Sequence[str], known: Sequence[str]) -> bool:
    if set(words).isdisjoint(known):
        return False  # asked for each pair of persons: most have no word in common
    short, full = _core(words), _core(known)
    if not short:
        return False
    if list(words) == list(known):
        return True
    if len(short) == 1:
        return short[0] in {full[-1], full[0]} if full else False
    return set(short) <= set(full) and short[-1] == full[-1]


def _nearest_before(bearers: Sequence[Actor], place: TokenRange) -> list[Actor]:
    """Two people of one surname: nobody, unless only one of them was named before this place."""
    before = [actor for actor in bearers if min(actor.names) < place]
    return before if len(before) == 1 else []


def _slip_of(words: Sequence[str], actors: Sequence[tuple[list[str], Actor]]) -> Actor | None:
    """The one person whose surname differs by a single replaced letter from a word of 6 or more that stands
    in the document once and without a first name (somebody new would have been introduced)."""
    if len(words) != 1 or len(words[0]) < 6:
        return None
    word = words[0]
    close = [
        actor
        for known, actor in actors
        if len(known) > 1
        and len(known[-1]) == len(word)
        and sum(a != b for a, b in zip(known[-1], word, strict=True)) == 1
    ]
    return close[0] if len(close) == 1 else None


def _join_acronyms(tokens: Tokens, actors: dict[str, Actor]) -> None:
    """ "Islamic State (IS)": the name in the parenthesis joins the name before it."""
    at = {place[0]: (key, place) for key, actor in actors.items() for place in actor.names}
    for key in list(actors):
        for place in list(actors[key].names if key in actors else ()):
            after = place[1]
            if after + 1 >= len(tokens) or tokens.words[after] not in {"(", "["}:
                continue
            inner = at.get(after + 1)
            if inner is None or inner[0] == key or inner[0] not in actors or key not in actors:
                continue
            if inner[1][1] >= len(tokens) or tokens.words[inner[1][1]] not in {")", "]"}:
                continue
            moved = actors.pop(inner[0])
            reason = f"introduced as '{tokens.exact(place)} ({tokens.exact(inner[1])})'"
            for name in moved.names:
                actors[key].reasons[name] = reason
            actors[key].names.extend(moved.names)
