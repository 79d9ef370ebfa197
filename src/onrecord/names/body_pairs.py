"""two bodies' names -> whether they can be one body's; a name -> the keys it is filed under."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from onrecord.names.bodies import ACRONYM_MOST, BodyName, parse_body, spell_initials
from onrecord.names.likeness import Key, Likeness, say_different, say_same, say_unsure
from onrecord.names.lookup import Names
from onrecord.names.spelling import compare_folded, skeleton

CACHED = 1 << 16
MANY = 4
"""Words from which two of them may stand the other way round."""
STEM = 5
"""Letters after which another ending makes another word."""
SURE_ACRONYM = 4
"""From so many letters on an acronym that fits a name is taken for it where nothing else is known: among
bodies of one list, shorter ones fit several names."""


def compare_bodies(a: str, b: str, names: Names) -> Likeness:
    """Whether two names can be one body's; symmetric but for the order of names in the reason."""
    one, two = parse_body(a, names), parse_body(b, names)
    if one.acronym or two.acronym:
        return _judge_acronym(a, b, one, two)
    if one.bracketed and two.bracketed and one.bracketed != two.bracketed:
        return say_unsure(f"'{a}' and '{b}' give two acronyms", 0.4)
    if "".join(one.spoken) == "".join(two.spoken):
        return say_same(f"'{a}' and '{b}' are written with the same letters")
    left, over, pairs = _pair_bags(one.words, two.words)
    slips = [pair for pair in pairs if pair[2] == "slip"]
    if left or over:
        return _judge_rest(a, b, left, over, [pair for pair in pairs if pair[2] != "slip"])
    if one.heads and two.heads and one.heads != two.heads:
        return say_unsure(f"'{a}' and '{b}' are called two kinds of bodies", 0.6)
    swapped = sum(one.words.index(first) != two.words.index(second) for first, second, _ in pairs)
    if swapped > 2 or (swapped and len(pairs) < MANY):
        return say_unsure(f"'{a}' and '{b}' have the same words in another order", 0.6)
    if slips:
        if len(slips) == 1 and len(pairs) > 1:
            return say_same(f"'{a}' and '{b}' differ by a slip of the pen in '{slips[0][1]}'", 0.85)
        return say_unsure(f"'{a}' and '{b}' are a letter or two apart", 0.6)
    variants = [pair for pair in pairs if pair[2] == "variant"]
    if variants:
        return say_same(
            f"'{a}' and '{b}' are one name: '{variants[0][0]}' is a spelling of '{variants[0][1]}'", 0.95
        )
    return say_same(f"'{a}' and '{b}' are one name but for order, small words or endings", 0.97)


def _judge_acronym(a: str, b: str, one: BodyName, two: BodyName) -> Likeness:
    if one.acronym and two.acronym:
        if one.acronym == two.acronym:
            return say_same(f"'{a}' and '{b}' are the same letters")
        return say_different(f"'{a}' and '{b}' are two acronyms")
    short, whole = (one, two) if one.acronym else (two, one)
    letters, name = (a, b) if one.acronym else (b, a)
    if whole.bracketed == short.acronym:
        return say_same(f"'{name}' gives '{letters}' in brackets")
    if short.acronym in spell_initials(whole):
        if len(short.acronym) >= SURE_ACRONYM:
            return say_same(f"'{letters}' is made of the initials of '{name}'", 0.9)
        return say_unsure(f"'{letters}' is made of the initials of '{name}', as of others", 0.6)
    return say_different(f"'{letters}' is not made of the initials of '{name}'", 0.1)


def _judge_rest(
    a: str, b: str, left: Sequence[str], over: Sequence[str], pairs: Sequence[tuple[str, str, str]]
) -> Likeness:
    rest = [*left, *over]
    if not pairs or (left and over):
        return say_different(f"'{a}' and '{b}' differ in '{_say(rest)}'", 0.2 if pairs else 0.0)
    if all(word.startswith("=") for word in rest):
        return say_unsure(f"only one of '{a}' and '{b}' names the state '{_say(rest)}'", 0.6)
    return say_different(f"only one of '{a}' and '{b}' is called '{_say(rest)}'", 0.3)


def _say(words: Sequence[str]) -> str:
    return " ".join(word.lstrip("=") for word in words)


def _pair_bags(
    one: Sequence[str], two: Sequence[str]
) -> tuple[list[str], list[str], list[tuple[str, str, str]]]:
    """The words that only one name has, those that only the other has, and the pairs with how they pair."""
    left, over = list(one), list(two)
    pairs: list[tuple[str, str, str]] = []
    for wanted in ("equal", "variant", "slip"):
        for word in list(left):
            found = next((each for each in over if _pair_words(word, each) == wanted), None)
            if found is not None:
                left.remove(word)
                over.remove(found)
                pairs.append((word, found, wanted))
    return left, over, pairs


@lru_cache(CACHED)
def _pair_words(one: str, two: str) -> str:
    if one == two:
        return "equal"
    if "=" in (one[:1], two[:1]) or any(letter.isdigit() for letter in one + two):
        return "different"
    shorter, longer = sorted((one, two), key=len)
    if longer.startswith(shorter) and len(longer) > len(shorter) + 1:  # democrat, democratic
        return "different"
    how = compare_folded(*sorted((one, two)))
    ending = how == "slip" and one[:STEM] == two[:STEM] and one[-2:] != two[-2:]  # democracy, democrats
    return "different" if ending else how


def key_body(words: str, names: Names) -> tuple[Key, ...]:
    """The keys of a body's name: all its words in any order are strong when they are several; a lone word,
    its acronym, its letters run together and its words but one are weak."""
    name = parse_body(words, names)
    if name.acronym:
        return (Key(f"acronym:{name.acronym}", False),)
    bones = sorted({word if word.startswith("=") else skeleton(word) for word in name.words})
    keys = [Key("body:" + " ".join(bones), len(bones) > 1)]
    keys.append(Key("letters:" + "".join(name.spoken), False))
    keys += [Key(f"acronym:{letters}", False) for letters in sorted(_list_acronyms(name))]
    if len(bones) > 1:
        keys += [Key("body:" + " ".join(bones[:i] + bones[i + 1 :]), False) for i in range(len(bones))]
    return tuple(dict.fromkeys(keys))


def _list_acronyms(name: BodyName) -> set[str]:
    found = {letters for letters in spell_initials(name) if len(letters) <= ACRONYM_MOST}
    return found | {name.bracketed} if name.bracketed else found
