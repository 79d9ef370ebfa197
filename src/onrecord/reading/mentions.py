"""annotation -> the actors that a document names: each name with its kind, its role and its local identity.

A document's own vote decides the kind of a name (the language layer may call one name a person here and a
place there), and the tables of known names go before the vote where they know only one bearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.names import CHECKED, Name, Names, compare_names, fold, parse_person
from onrecord.names.spelling import compare_folded, differ_in_gender, measure_edits, skeleton
from onrecord.reading.introductions import join_introduced
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

UNSURE = 0.8
"""Below this score a given name at its start makes an entity of two to four words a person."""
WITHIN = frozenset({"in", "across", "throughout", "into", "inside"})
DEMONYM_ENDS = ("ian", "an", "ese", "ish")
OUTRANK_PERSONS = frozenset({"seats", "armed_groups", "own"})
"""Tables that go before the language layer even where it sees a person ("Daesh"); the user's among them."""


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
    actors = join_introduced(tokens, [*_join_persons(tokens, persons, names), *others.values()], names)
    return sorted(actors, key=lambda actor: min(actor.names))


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
    _right_surnames(out, surface, names)
    return out


def _right_surnames(kinds: dict[str, Kind], surface: dict[str, str], names: Names) -> None:
    """A lone word that nobody knows for a place or body, and that a person named here in full bears last, is
    that person ("Varga" as a place)."""
    last = {words.split()[-1] for words, kind in kinds.items() if kind == "person" and " " in words}
    for words, kind in kinds.items():
        if kind != "person" and words in last and not names.find(surface[words]):
            kinds[words] = "person"


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
    return list(parse_person(tokens.exact(place)).words)


def _join_persons(
    tokens: Tokens, persons: Sequence[tuple[TokenRange, list[str]]], names: Names
) -> list[Actor]:
    """Full names first; a shorter name joins the one full name that holds its words, if there is only one,
    and a full name the one of which it is another form."""
    actors: list[tuple[list[str], Actor]] = []
    ordered = sorted(persons, key=lambda person: (-len(_core(person[1])), person[0]))
    for place, words in ordered:
        bearers = [actor for known, actor in actors if _is_short_for(words, known)]
        if len(bearers) > 1:
            exact = [actor for known, actor in actors if known == words]
            bearers = exact or _nearest_before(bearers, place)
        if len(bearers) == 1:
            _join_short(tokens, bearers[0], place, words)
            continue
        alone = sum(other == words for _, other in persons) == 1
        slip = _slip_of(words, actors) if alone else None
        reason = f"one letter from '{tokens.exact(slip.name)}', taken for a slip of the pen" if slip else ""
        if slip is None:
            slip, reason = _find_form(tokens, place, actors, names)
        if slip is not None:
            slip.names.append(place)
            slip.reasons[place] = reason
            continue
        actors.append(
            (words, Actor(kind="person", key=f"person:{' '.join(words)}@{place[0]}", names=[place]))
        )
    for _, actor in actors:
        actor.names.sort(key=lambda place: (-len(_core(_name_words(tokens, place))), place))
    return [actor for _, actor in actors]


def _join_short(tokens: Tokens, actor: Actor, place: TokenRange, words: Sequence[str]) -> None:
    if place in actor.names:
        return
    actor.names.append(place)
    full = tokens.exact(actor.name)
    if fold(tokens.exact(place)) == fold(full):
        return
    known = _name_words(tokens, actor.name)
    other = [word for word in words if len(word) > 1 and word not in known]
    spelled = f", with '{other[0]}' for another spelling or a slip of the pen" if other else ""
    actor.reasons[place] = f"short for '{full}', the only one so named here{spelled}"


def _find_form(
    tokens: Tokens, place: TokenRange, actors: Sequence[tuple[list[str], Actor]], names: Names
) -> tuple[Actor | None, str]:
    """The one person of whose full name this full name is another form, and why ("Sergey V. Lavrov")."""
    words = _core(_name_words(tokens, place))
    if len(words) < 2:
        return None, ""
    bones = set(map(skeleton, words))
    found = []
    for known, actor in actors:
        if len(_core(known)) > 1 and bones & set(map(skeleton, known)):
            likeness = compare_names(tokens.exact(place), tokens.exact(actor.name), "person", names)
            if likeness.verdict == "same":
                found.append((actor, likeness.reason))
    return found[0] if len(found) == 1 else (None, "")


def _core(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) > 1]


def _is_short_for(words: Sequence[str], known: Sequence[str]) -> bool:
    if set(words).isdisjoint(known):
        return False  # asked for each pair of persons: most have no word in common
    short, full = _core(words), _core(known)
    if not short or not full:
        return False
    if list(words) == list(known):
        return True
    if any(len(word) == 1 and not known[0].startswith(word) for word in words[:1]):
        return False
    if len(short) == 1:
        return _is_spelling(short[0], full[-1]) or short[0] == full[0]
    return all(any(_is_spelling(word, each) for each in full) for word in short) and _is_spelling(
        short[-1], full[-1]
    )


def _is_spelling(word: str, other: str) -> bool:
    """Whether two words are one, or known spellings of one; a for o alone may be a slip, or another name."""
    if word != other and word.replace("o", "a") == other.replace("o", "a"):
        return False
    return compare_folded(*sorted((word, other))) in ("equal", "variant")


def _nearest_before(bearers: Sequence[Actor], place: TokenRange) -> list[Actor]:
    """Two people of one surname: nobody, unless only one of them was named before this place."""
    before = [actor for actor in bearers if min(actor.names) < place]
    return before if len(before) == 1 else []


def _slip_of(words: Sequence[str], actors: Sequence[tuple[list[str], Actor]]) -> Actor | None:
    """The one person whose surname is a single letter off a word of 6 or more that stands in the document
    once and without a first name (somebody new would have been introduced)."""
    if len(words) != 1 or len(words[0]) < 6:
        return None
    word = words[0]
    close = [
        actor
        for known, actor in actors
        if len(known) > 1
        and len(known[-1]) >= 6
        and measure_edits(*sorted((known[-1], word))) == 1
        and not differ_in_gender(*sorted((known[-1], word)))
    ]
    return close[0] if len(close) == 1 else None
