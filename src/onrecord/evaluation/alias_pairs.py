"""rows of name lists -> pairs of names of one actor and of two, for the comparison of names.

Made from the lists of the corpora at run time; nothing of it is kept. The rules by which an alias or a
neighbour is left out are crude on purpose and use nothing of what they are to measure:

An alias makes no pair when
- it is a name of another entry too, or the shipped tables have both names already;
- it has fewer than two name words without roles, or is an acronym of three letters or less (which bearer of
  "President X" or of "ADF" is meant, the article says);
- of a person: some word of the shorter name has no counterpart in the other (equal, or the same first letter
  and six letters in ten alike): another name, or another person; or the shorter name is, but for spelling,
  a part of another entry's name (homonyms again); lists of nicknames need no counterpart;
- of a body: no word of several is the same, it adds or lacks a word that is no kind of body, it is called
  another kind of body (army, front, party), or it is an acronym whose letters do not begin the words: a
  sister, a part, a translation, which only a table can know.

Two entries that are neighbours make no pair when they are likely one, listed twice, or homonyms, which names
cannot tell apart: their words are the same but for vowels, doubled letters and h, or the first stands last;
the words that differ are two letters apart and one of them stands in no third entry (a slip); of two bodies,
nine letters in ten are the same, or they differ in kinds of bodies, or in endings and order, only; of two
persons, the last words are the same and the first of one may be short for that of the other (its letters
stand in it in order); of two persons of one state, the last words are the same and the first begin alike,
nine letters in ten are the same, or the first and the last words, or all, have a counterpart.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.evaluation.alias_lists import HEADS, Entry
from onrecord.names import Names, fold
from onrecord.vocabulary import Kind

HALF = 500
"""Pairs of one answer in one part: 1,000 of each answer in all."""
SHARES: Mapping[Kind, float] = {"organisation": 0.15, "armed group": 0.15, "person": 1.0}
"""The most that a kind may have of a part, in the order in which they are drawn."""
MOST = 2
"""Pairs of one entry, so that a few much-named actors do not outweigh the others."""
CLOSE = 0.6
CLOSE_ALONE = 0.8
LISTED_TWICE = 0.9
"""Share of letters from which two bodies, or two persons of one state, are taken for one listed twice."""
ACRONYM_LETTERS = 4
ROLE_NOUNS = frozenset(
    "president minister secretary spokesman spokeswoman spokesperson official chief".split()
)
ROLES = frozenset(
    """president vice prime minister secretary general senator foreign state colonel gen col lt mr mrs ms dr
    sheikh king queen prince princess premier chancellor lady lord sir baroness ambassador representative
    congressman congresswoman governor judge justice chief of the former ayatollah imam rev pope cardinal
    spokesman spokeswoman speaker defense defence us american israeli un united nations leader army
    emir sultan crown rep sen gov deputy chairman director minster presient""".split()
)
SMALL = frozenset("of the for and in on to al el de la le du des a at by with & - y e i".split())


class AliasPair(NamedTuple):
    """Two names, and whether they are one actor's."""

    kind: Kind
    first: str
    second: str
    same: bool
    part: str
    """"dev" or "held": an entry's pairs are all in one part."""


def build_pairs(entries: Sequence[Entry], names: Names) -> list[AliasPair]:
    """1,000 pairs of one actor and 1,000 of two, or as many as there are, by the rules above; the same each
    time. Which are taken, and in which part they are, is drawn by the digest of their names.
    """
    bearers = Counter(fold(name) for entry in entries for name in dict.fromkeys(map(fold, entry.names)))
    single = [entry for entry in entries if bearers[fold(entry.names[0])] == 1]
    named = _index_words(entries)
    positives = [
        pair
        for entry in single
        for pair in sorted(_pair_aliases(entry, bearers, names), key=lambda pair: _digest(pair.second))[:MOST]
        if not _is_shared(pair, entry, named)
    ]
    negatives = list(_pair_neighbours(single))
    return [*_draw(positives, lambda _: 0.0), *_draw(negatives, lambda pair: -measure_overlap(*pair[1:3]))]


def _draw(pairs: Iterable[AliasPair], rank: Callable[[AliasPair], float]) -> list[AliasPair]:
    """Bodies and groups as far as there are, and persons to make it 500 in each part."""
    out: list[AliasPair] = []
    for part in ("dev", "held"):
        for kind, share in SHARES.items():
            of_part = [pair for pair in out if pair.part == part]
            drawn = sorted(
                {pair for pair in pairs if pair.part == part and pair.kind == kind},
                key=lambda pair: (rank(pair), _digest(f"{pair.first}|{pair.second}")),
            )
            out += drawn[: round(HALF * share)] if kind != "person" else drawn[: HALF - len(of_part)]
    return out


def measure_overlap(one: str, two: str) -> float:
    """The share of letter pairs that two names have in common (Dice), whatever their order."""
    ones, twos = _cut_bigrams(one.lower()), _cut_bigrams(two.lower())
    return 2 * len(ones & twos) / max(len(ones) + len(twos), 1)


@lru_cache(1 << 16)
def _cut_bigrams(words: str) -> frozenset[str]:
    return frozenset(f" {word} "[i : i + 2] for word in words.split() for i in range(len(word) + 1))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _part(entry: Entry) -> str:
    """One entry in four is held out."""
    return "dev" if int(_digest(entry.id)[:8], 16) % 4 else "held"


def _pair_aliases(entry: Entry, bearers: Counter[str], names: Names) -> Iterator[AliasPair]:
    best, *others = entry.names
    for alias in others:
        both_known = all(any(name.source != "cities" for name in names.find(each)) for each in (best, alias))
        if fold(alias) == fold(best) or bearers[fold(alias)] > 1 or both_known:
            continue
        person = entry.kind == "person"
        if _is_alias_of_person(entry, best, alias) if person else _is_alias_of_body(best, alias):
            yield AliasPair(entry.kind, best, alias, True, _part(entry))


def _index_words(entries: Sequence[Entry]) -> dict[str, set[str]]:
    """A reduced word of persons' names -> the entries that have it."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.kind == "person":
            for name in entry.names:
                for word in _name_words(name):
                    named[_reduce(word)].add(entry.id)
    return named


def _is_shared(pair: AliasPair, entry: Entry, named: Mapping[str, set[str]]) -> bool:
    """Whether the shorter of two names of a person is also, but for spelling, a part of another's name."""
    if pair.kind != "person":
        return False
    shorter = min((_name_words(pair.first), _name_words(pair.second)), key=len)
    return bool(set.intersection(*(named[_reduce(word)] for word in shorter)) - {entry.id})


def _is_alias_of_person(entry: Entry, best: str, alias: str) -> bool:
    ones, twos = _name_words(best), _name_words(alias)
    if min(len(ones), len(twos)) < 2 or sum(len(word) > 1 for word in twos) < 2:
        return False
    return entry.curated or _all_have_counterpart(ones, twos)


@lru_cache(1 << 16)
def _name_words(name: str) -> tuple[str, ...]:
    words = re.sub(r"[.,\"“”()-]", " ", name).lower().split()
    return tuple(fold(word) for word in words if word not in ROLES and word not in SMALL)


def _all_have_counterpart(one: Sequence[str], two: Sequence[str]) -> bool:
    shorter, longer = sorted((one, two), key=len)
    joined = [*longer, *(a + b for a, b in pairwise(longer))]
    return all(any(_are_close(word, each) for each in joined) for word in shorter)


@lru_cache(1 << 18)
def _are_close(one: str, two: str) -> bool:
    if one == two:
        return True
    if not one or not two or one[0] != two[0]:
        return False
    if one.startswith(two) or two.startswith(one):
        return True
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= CLOSE


def _is_alias_of_body(best: str, alias: str) -> bool:
    ones, twos = _body_words(best), _body_words(alias)
    if ROLE_NOUNS & {*ones, *twos}:
        return False
    short, whole = sorted((best, alias), key=len)
    if " " not in short and short.isupper():
        return (
            " " in whole
            and len(re.sub(r"\W", "", short)) >= ACRONYM_LETTERS
            and _begin_words(fold(short).replace(" ", ""), _body_words(whole))
        )
    rest = [word for word in ones if not any(_are_close(word, other) for other in twos)]
    over = [word for word in twos if not any(_are_close(word, other) for other in ones)]
    if len(rest) + len(over) > 0 and (set(rest) | set(over)) - HEADS:
        return False
    if len(ones) == len(twos) == 1:
        return SequenceMatcher(None, best.lower(), alias.lower(), autojunk=False).ratio() >= CLOSE_ALONE
    return not (rest and over) and bool(set(ones) & set(twos))


def _body_words(name: str) -> tuple[str, ...]:
    words = re.split(r"[\s\-]+", re.sub(r"[.,\"“”()'’]", "", name).lower())
    return tuple(fold(word) for word in words if word and word not in SMALL)


def _begin_words(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters are the words' initials, all of them and in order."""
    return letters == "".join(word[0] for word in words if word)


def _pair_neighbours(entries: Sequence[Entry]) -> Iterator[AliasPair]:
    """Each entry beside its nearest of another, where that is surely another."""
    for kind in SHARES:
        of_kind = [entry for entry in entries if entry.kind == kind]
        words = {entry.id: _words_of(entry) for entry in of_kind}
        bearers: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in of_kind:
            for word in set(words[entry.id]):
                bearers[word].append(entry)
        taken: set[str] = set()
        for entry in sorted(of_kind, key=lambda entry: _digest(entry.id)):
            if entry.id in taken or len(words[entry.id]) < 2:
                continue
            for other in _list_nearest(entry, words, bearers):
                usable = other.id not in taken and _part(other) == _part(entry)
                if usable and not _listed_twice(entry, other, words, bearers):
                    taken |= {entry.id, other.id}
                    yield AliasPair(kind, entry.names[0], other.names[0], False, _part(entry))
                    break
        for pair in _pair_acronyms(of_kind):
            if not _listed_twice(*pair, words, bearers):
                yield AliasPair(kind, pair[0].names[0], pair[1].names[0], False, _part(pair[0]))


def _words_of(entry: Entry) -> tuple[str, ...]:
    return (_name_words if entry.kind == "person" else _body_words)(entry.names[0])


def _list_nearest(
    entry: Entry, words: Mapping[str, Sequence[str]], bearers: Mapping[str, Sequence[Entry]]
) -> list[Entry]:
    """The entries that share a word, the likest first; of very frequent words a fixed share."""
    near: dict[str, Entry] = {}
    for word in words[entry.id]:
        for other in bearers[word][:: 1 + len(bearers[word]) // 200]:
            if other.id != entry.id and len(words[other.id]) > 1:
                near[other.id] = other
    return sorted(
        near.values(), key=lambda other: (-measure_overlap(entry.names[0], other.names[0]), other.id)
    )[:6]


def _listed_twice(
    entry: Entry, other: Entry, words: Mapping[str, Sequence[str]], bearers: Mapping[str, Sequence[Entry]]
) -> bool:
    one, two = tuple(words[entry.id]), tuple(words[other.id])
    if (
        "".join(one) == "".join(two)
        or two in (one[1:] + one[:1], one[-1:] + one[:-1])
        or sorted(map(_reduce, one)) == sorted(map(_reduce, two))
    ):
        return True
    rest = [word for word in one if word not in two]
    over = [word for word in two if word not in one]
    if entry.kind == "person":
        if entry.state == other.state and (
            _all_have_counterpart(one, two) or (_are_close(one[0], two[0]) and _are_close(one[-1], two[-1]))
        ):
            return True
        if one[-1] == two[-1] and _may_be_short(one[0], two[0], same_state=entry.state == other.state):
            return True
        if entry.state == other.state and _compare_letters(one, two) >= LISTED_TWICE:
            return True
        shorter, longer = sorted((one, two), key=len)
        bones = [_reduce(word) for word in longer]
        if all(_reduce(word) in bones for word in shorter):
            return True
    elif (
        not (set(rest) | set(over)) - HEADS - {"international"}
        or sorted(word[:4] for word in one) == sorted(word[:4] for word in two)
        or _compare_letters(one, two) >= LISTED_TWICE
    ):
        return True
    return len(rest) == len(over) and all(
        _are_slips(a, b) and min(len(bearers[a]), len(bearers[b])) < 2
        for a, b in zip(rest, over, strict=True)
    )


def _may_be_short(one: str, two: str, *, same_state: bool) -> bool:
    """Whether one given name may be a short form of the other: its letters stand in it in order; in one state
    it is enough that both begin alike."""
    shorter, longer = sorted((one, two), key=len)
    letters = iter(longer)
    return all(letter in letters for letter in shorter) or (same_state and one[0] == two[0])


def _compare_letters(one: Sequence[str], two: Sequence[str]) -> float:
    return SequenceMatcher(None, "".join(one), "".join(two), autojunk=False).ratio()


@lru_cache(1 << 16)
def _reduce(word: str) -> str:
    """A word without doubled letters, h, and vowels but for the first letter and a closing a or o; c is k."""
    bare = re.sub(r"(.)\1+", r"\1", word.replace("c", "k")).rstrip("h") or word
    return bare[:1] + re.sub(r"[aeiouyhw]", "", bare[1:-1]) + re.sub(r"[eiuyhw]", "", bare[-1:])


def _are_slips(one: str, two: str) -> bool:
    match = SequenceMatcher(None, one, two, autojunk=False)
    alike = sum(block.size for block in match.get_matching_blocks())
    return max(len(one), len(two)) - alike <= 2


def _pair_acronyms(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Bodies that have one acronym in the lists."""
    named: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            if entry.kind != "person" and " " not in name and name.isupper() and 1 < len(name) < 7:
                named[name].append(entry)
    for _, found in sorted(named.items()):
        for one, two in pairwise(found):
            if one.names[0] not in two.names:
                yield one, two
