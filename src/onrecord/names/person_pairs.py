"""two persons' names -> whether they can be one person's; a name -> the keys it is filed under.

Words are paired in order: equal, spelled otherwise, a short form, an initial, a slip. Two names are one when
nothing speaks against it (no word of each is left over) and what is paired says enough: a frequent name says
half as much as a rare one.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from onrecord.names.common_words import (
    are_two_names,
    is_chained,
    is_common,
    load_given,
    load_nicknames,
    load_paired,
    share_given,
)
from onrecord.names.likeness import Key, Likeness, say_different, say_same, say_unsure
from onrecord.names.persons import PersonName, parse_person
from onrecord.names.spelling import compare_folded, measure_edits, skeleton

CACHED = 1 << 16
ENOUGH = 1.0
"""What the other pairs must say together (a word 1, a frequent one a half) for a slip to be believed."""
ENOUGH_FOR_TWO = 1.5
"""The same for two slips, for very short words, or where one name is longer."""
ENOUGH_TURNED = 1.5
"""What pairs must say where the order is turned."""
ENOUGH_OF_PART = 2.0
"""What pairs must say where one name goes on before or after the other and they meet in a frequent name."""
VOWELS = frozenset("aeiouy")
NEAR = 0.7
"""Share of letters from which two longer words may be one, where all else agrees."""
SOUND = 0.6
"""The same for words with the same consonants."""
LONG_IN_PAIR = 7
"""Letters from which slips in every word of a name are believed."""
LONG = 6
"""Letters from which a slip in a rare word is believed beside a frequent name."""
WEIGHT = {"equal": 1.0, "joined": 0.98, "variant": 0.95, "short form": 0.9, "ending": 0.8, "slip": 0.6,
          "sound": 0.55, "start": 0.5, "near": 0.45, "faint": 0.4, "initial": 0.4}  # fmt: skip
UNCERTAIN = frozenset({"slip", "sound", "start", "near", "faint"})
"""A letter or two off, the same consonants, the beginning of the other, near: one such pair may be a slip."""
STARTS = ("abdul", "ben", "al", "el")
ENDINGS = ("ov", "ev", "zoda", "zada", "zade", "zadeh", "oglu", "ogly", "uly", "i")


class Pair(NamedTuple):
    """A word (or two) of one name beside a word (or two) of the other."""

    first: tuple[int, int]
    second: tuple[int, int]
    how: str
    words: tuple[str, str]


def compare_persons(a: str, b: str) -> Likeness:
    """Whether two names can be one person's; symmetric but for the order of names in the reason."""
    one, two = parse_person(a), parse_person(b)
    if one.words == two.words and one.suffix == two.suffix:
        return _judge_equal(a, b, one, two)
    if one.suffix and two.suffix and one.suffix != two.suffix:
        return say_different(f"'{a}' and '{b}' are told apart by what stands after the name")
    found = _judge(a, b, one, two)
    if one.nicknames or two.nicknames:
        found = max(found, _judge(a, b, _use_nickname(one), _use_nickname(two)), key=_rank)
    if found.verdict == "same" or one.filial or two.filial or not _share_bones(one, two):
        return found
    for turned, other in ((_turn(one, last=True), two), (_turn(one, last=False), two)):
        again = _judge(a, b, turned, other, turned=True)
        if again.verdict == "same" or (again.verdict == "unsure" and found.verdict == "different"):
            found = again
    return found


def _judge_equal(a: str, b: str, one: PersonName, two: PersonName) -> Likeness:
    if one.full or a == b:
        return say_same(f"'{a}' and '{b}' are one name but for titles and marks")
    if len(one.words) == 1 and not one.titles and not two.titles:
        return say_same(f"'{a}' and '{b}' are one name but for marks")
    return say_unsure(f"'{a}' and '{b}' share a name that several people may bear", 0.7)


def _rank(likeness: Likeness) -> int:
    return ("different", "unsure", "same").index(likeness.verdict)


def _use_nickname(name: PersonName) -> PersonName:
    return name._replace(words=(name.nicknames[0], *name.words[1:])) if name.nicknames else name


def _share_bones(one: PersonName, two: PersonName) -> bool:
    """Whether two words at least have the same consonants in both names: else turning them is no use."""
    return len(set(map(skeleton, one.words)) & set(map(skeleton, two.words))) > 1


def _turn(name: PersonName, *, last: bool) -> PersonName:
    words = (name.words[-1:] + name.words[:-1]) if last else (name.words[1:] + name.words[:1])
    return name._replace(words=words)


def _judge(a: str, b: str, one: PersonName, two: PersonName, *, turned: bool = False) -> Likeness:
    pairs = _align(one.words, two.words)
    rest, others = _list_left(one.words, pairs, side=0), _list_left(two.words, pairs, side=1)
    if rest and others:
        return _judge_conflict(a, b, pairs, rest, others)
    if not pairs:
        return say_different(f"'{a}' and '{b}' have no word in common")
    told = sum(_information(pair) for pair in pairs if pair.how not in UNCERTAIN | {"initial"})
    full = sum(pair.how not in UNCERTAIN | {"initial"} for pair in pairs)
    slips = [pair for pair in pairs if pair.how in UNCERTAIN]
    score = sum(WEIGHT[pair.how] for pair in pairs) / max(len(one.words), len(two.words))
    if full == 0 and not (rest or others) and all(_is_long_slip(pair) for pair in pairs) and len(pairs) > 1:
        return say_same(f"'{a}' and '{b}' differ by a letter or two in long names", 0.75)
    if full == 0 or min(len(one.words), len(two.words)) == 1:
        return say_unsure(f"'{a}' and '{b}' may be short for one name", min(score, 0.6))
    if slips:
        return _judge_slip(a, b, slips, told, bool(rest or others) or turned)
    if full == 1:
        return say_unsure(f"of '{a}' and '{b}' only one name is written out on both sides", min(score, 0.7))
    if (rest or others) and any(p.how == "initial" for p in pairs) and max(map(len, (*rest, *others))) == 1:
        return say_unsure(f"'{a}' and '{b}' have not the same initials", 0.6)
    if (rest or others) and (turned or any(pair.how == "ending" for pair in pairs)):
        return say_unsure(f"'{a}' and '{b}' may be one name in another form", min(score, 0.6))
    if not (rest or others) and not turned:
        return say_same(_explain(a, b, pairs), score)
    if (rest or others) and max(map(len, (*rest, *others))) == 1 and not turned:
        return say_same(f"'{a}' and '{b}' are one name but for an initial", max(score, 0.8))
    if told >= (ENOUGH_TURNED if turned else _need(pairs, len(one.words), len(two.words))):
        why = "in another order" if turned else f"without '{' '.join(rest or others)}'"
        return say_same(f"'{a}' and '{b}' are one name, {why}", max(score, 0.8))
    return say_unsure(f"'{a}' and '{b}' share names that many people bear", min(score, 0.7))


def _judge_conflict(
    a: str, b: str, pairs: Sequence[Pair], rest: Sequence[str], others: Sequence[str]
) -> Likeness:
    if len(pairs) > 0 and sorted(map(skeleton, rest)) == sorted(map(skeleton, others)):
        return say_unsure(f"'{a}' and '{b}' are near, but not in every word", 0.5)
    return say_different(f"'{a}' has '{' '.join(rest)}' where '{b}' has '{' '.join(others)}'", 0.1)


def _judge_slip(a: str, b: str, slips: Sequence[Pair], told: float, partial: bool) -> Likeness:
    most = 2 if told >= ENOUGH_FOR_TWO and not partial else 1
    if len(slips) <= most and all(_is_believed(slip, told, partial) for slip in slips):
        return say_same(f"'{a}' and '{b}' differ by a slip of the pen in '{slips[0].words[1]}'", 0.8)
    return say_unsure(f"'{a}' and '{b}' are a letter or two apart", 0.6)


def _is_long_slip(pair: Pair) -> bool:
    return pair.how in ("slip", "sound") and min(map(len, pair.words)) >= LONG_IN_PAIR


def _is_believed(slip: Pair, told: float, partial: bool) -> bool:
    """Whether two words that are near are one misspelled: not where both are frequent names, and the less the
    shorter they are and the less the rest of the name says."""
    one, two = slip.words
    frequent = is_common(one) + is_common(two)
    if frequent == 2 or (frequent and told < ENOUGH):
        return False
    if slip.how == "faint":
        return told >= ENOUGH_FOR_TWO and not partial
    if partial:
        return slip.how == "slip" and told >= ENOUGH_FOR_TWO
    long = slip.how == "slip" and min(len(one), len(two)) >= LONG
    return told >= (ENOUGH / 2 if long else ENOUGH)


def _explain(a: str, b: str, pairs: Sequence[Pair]) -> str:
    for how, words in (
        ("short form", "is a short form of"), ("variant", "is a spelling of"), ("ending", "is a form of"),
        ("joined", "is written as"), ("initial", "stands for"),
    ):  # fmt: skip
        for pair in pairs:
            if pair.how == how:
                one, two = sorted(pair.words, key=lambda word: (len(word), word))
                return f"'{a}' and '{b}' are one name: '{one}' {words} '{two}'"
    return f"'{a}' and '{b}' are one name"


def _information(pair: Pair) -> float:
    word = min(pair.words, key=len)
    return 0.5 if len(word) < 4 or is_common(pair.words[0]) or is_common(pair.words[1]) else 1.0


def _need(pairs: Sequence[Pair], one: int, two: int) -> float:
    """What the pairs must say when one name has words that the other lacks: less where both begin and end
    alike, so that only middle names are missing; more in the chains of frequent names that some languages
    make, where every name counts."""
    first, last = pairs[0], pairs[-1]
    ends = first.first[0] == first.second[0] == 0 and last.first[1] == one and last.second[1] == two
    word, surname = first.words[0], last.words[0]
    if not ends:
        return ENOUGH_OF_PART if is_common(surname) else ENOUGH_FOR_TWO
    short = max(len(surname), len(word)) < 4
    if short or (is_chained(surname) and (is_chained(word) or word not in load_given())):
        return ENOUGH_FOR_TWO if len(pairs) > 2 else ENOUGH_OF_PART
    paired = surname in load_paired() or max(one, two) - len(pairs) > 1
    return ENOUGH_FOR_TWO if paired and is_common(surname) else ENOUGH


def _list_left(words: Sequence[str], pairs: Sequence[Pair], *, side: int) -> list[str]:
    taken = {place for pair in pairs for place in range(*pair[side])}
    return [word for place, word in enumerate(words) if place not in taken]


@lru_cache(CACHED)
def _pair_words(one: str, two: str) -> str | None:
    """How two words of two names go together, or None."""
    if one == two:
        return "equal" if len(one) > 1 else "initial"
    if len(one) == 1 or len(two) == 1:
        return "initial" if one[0] == two[0] else None
    if share_given(one, two):
        return "short form"
    if are_two_names(one, two):
        return None
    how = compare_folded(*sorted((one, two)))
    if how == "different":
        return _pair_apart(one, two)
    return how


def _pair_apart(one: str, two: str) -> str | None:
    """How two words that are no spellings of each other may still go together."""
    if _differ_in_ending(one, two):
        return "ending"
    vowels = one[0] in VOWELS and two[0] in VOWELS
    alike = min(len(one), len(two)) > 4 and len(skeleton(one)) > 1 and skeleton(one) == skeleton(two)
    if (vowels or one[0] == two[0]) and alike and _are_near(one, two, SOUND):
        return None if one + "a" == two or two + "a" == one else "sound"
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) > 2 and longer.startswith(shorter) and len(longer) > len(shorter) + 1:
        return None if longer.endswith(("a", "e", "v")) else "start"
    if one[0] == two[0] and len(shorter) > 5 and _are_near(one, two, NEAR):
        return "near"
    return "faint" if _are_faint(one, two) else None


def _are_faint(one: str, two: str) -> bool:
    """Whether two short words have the same consonants, or are a letter apart: of use in long names only."""
    if min(len(one), len(two)) < 3 or one[0] != two[0]:
        return False
    return skeleton(one) == skeleton(two) or (min(len(one), len(two)) > 3 and measure_edits(one, two) < 2)


def _are_near(one: str, two: str, least: float) -> bool:
    match = SequenceMatcher(None, one, two, autojunk=False)
    return match.quick_ratio() >= least and match.ratio() >= least


def _differ_in_ending(one: str, two: str) -> bool:
    """Rahmon, Rahmonov; Aziz, Abdulaziz: an ending of the state language or a word before came or went."""
    shorter, longer = sorted((one, two), key=len)
    for start in STARTS:
        if longer.startswith(start) and len(shorter) > 2:
            rest = longer[len(start) :]
            if compare_folded(*sorted((rest, shorter))) in ("equal", "variant"):
                return True
    if len(shorter) < 4:
        return False
    stems = [longer[: -len(end)] for end in ENDINGS if longer.endswith(end) and end != "i"]
    return any(compare_folded(*sorted((stem, shorter))) in ("equal", "variant") for stem in stems)


def _align(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[Pair, ...]:
    """The pairing in order with the greatest weight."""
    best: dict[tuple[int, int], tuple[float, tuple[Pair, ...]]] = {}
    for i in range(len(one), -1, -1):
        for j in range(len(two), -1, -1):
            options: list[tuple[float, tuple[Pair, ...]]] = [(0.0, ())]
            if i < len(one):
                options.append(best[i + 1, j])
            if j < len(two):
                options.append(best[i, j + 1])
            for pair in _list_pairs(one, two, i, j):
                weight, after = best[pair.first[1], pair.second[1]]
                words = max(pair.first[1] - i, pair.second[1] - j)
                options.append((weight + words * WEIGHT[pair.how], (pair, *after)))
            best[i, j] = max(options, key=lambda option: option[0])
    return best[0, 0][1]


def _list_pairs(one: Sequence[str], two: Sequence[str], i: int, j: int) -> list[Pair]:
    found: list[Pair] = []
    if i < len(one) and j < len(two) and (how := _pair_words(one[i], two[j])):
        found.append(Pair((i, i + 1), (j, j + 1), how, (one[i], two[j])))
    for wide, narrow in ((2, 1), (1, 2)):
        if i + wide <= len(one) and j + narrow <= len(two):
            words = "".join(one[i : i + wide]), "".join(two[j : j + narrow])
            parts = (*one[i : i + wide], *two[j : j + narrow])
            if min(map(len, parts)) > 1 and _pair_words(*words) in ("equal", "variant"):
                found.append(Pair((i, i + wide), (j, j + narrow), "joined", words))
    return found


def key_person(words: str) -> tuple[Key, ...]:
    """The keys of a person's name: first and last word together are strong; every two words, and a word
    beside another's initial, are weak; so is a lone word."""
    name = parse_person(words)
    long = [word for word in name.words if len(word) > 1]
    bones = [_bone(word) for word in long]
    if len(bones) < 2:
        return tuple(Key(f"person:{bone}", False) for bone in bones or name.words[:1])
    strong = _join(bones[0], bones[-1])
    weak = {f"person:{bones[0]}", f"person:{bones[-1]}"}
    last = len(bones) - 1
    for i, first in enumerate(bones):
        for j in range(i + 1, len(bones)):
            if i == 0 or j == last:
                weak.add(_join(first, bones[j]))
                weak.add(_join(first, bones[j][:1] + "."))
                weak.add(_join(first[:1] + ".", bones[j]))
    return (Key(strong, True), *(Key(text, False) for text in sorted(weak - {strong})))


def _join(one: str, two: str) -> str:
    return f"person:{one} {two}" if one <= two else f"person:{two} {one}"


@lru_cache(CACHED)
def _bone(word: str) -> str:
    """A word's skeleton; short forms have that of the first name they are short for."""
    forms = load_nicknames().get(word)
    return skeleton(min(forms)) if forms else skeleton(word)
