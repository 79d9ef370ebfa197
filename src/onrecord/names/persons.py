"""words -> the parts of a person's name: titles and roles before it, the words that name, what stands after.

Words are folded. Particles ("al-", "bin", "van der") are left off; names that are written in two words or in
one ("Abd al-Rahman", "Abdulrahman"; "Salah al-Din", "Salahuddin"; "Abu Bakr", "Abubakar") are made one word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.names.folding import fold

CACHED = 1 << 15

TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lady mme madame monsieur herr senor don dona
    gen general lt lieutenant col colonel maj brig brigadier capt captain sgt sergeant cpl admiral adm marshal
    sen senator rep congressman congresswoman representative delegate gov governor mayor councillor ambassador
    minister secretary president premier chancellor chairman chairwoman chairperson chair speaker spokesman
    spokeswoman spokesperson commissioner director chief commander leader head deputy vice envoy
    representative negotiator adviser advisor official prosecutor justice judge attorney undersecretary
    administrator coordinator ex former acting interim current late then outgoing incoming designate
    sheikh shaikh shaykh sheik mullah mulla maulawi maulvi mawlawi mawlavi maulana mufti qari akhund
    ayatollah
    hojatoleslam hojjatoleslam hojatolislam hojjatolislam grand imam rabbi rev reverend father fr archbishop
    cardinal patriarch king queen prince princess crown emperor emir sultan haji hajji hadji alhaji al-haji
    baroness lord hon honourable honorable comrade engineer ing dato datuk datuk tun tan pm mp fm
    supreme kanzler bundeskanzler""".split()
)
"""Words before a name that are no part of it."""
NAME_LIKE = frozenset(
    "king prince judge sultan emir marshal imam don tan mayor justice father head late chief crown general "
    "major pope bishop sayyid sayed syed said seyyed haji hajji malik amir khan sheikh shaikh mufti tun "
    "cardinal lord chancellor speaker rabbi".split()
)
"""Titles that are names too: left off only before two words or more."""
OFFICES = frozenset(
    """president premier minister secretary senator chancellor spokesman spokeswoman spokesperson commissioner
    director commander ambassador governor envoy negotiator representative undersecretary congressman
    congresswoman chairman chairwoman chairperson leader coordinator ayatollah colonel lieutenant brigadier
    sergeant admiral official prosecutor attorney advisor adviser speaker""".split()
)
"""Words that end a description of an office, whatever stands before them."""
OPENERS = frozenset("vice deputy prime foreign former ex first second us uk eu un united".split())
_AFTER_OFFICE = frozenset("of for to in at on general elect designate".split())
_OF_OFFICE = frozenset(
    """state defence defense foreign affairs interior finance justice the treasury war army navy and health
    education energy labor labour commerce trade homeland security agriculture transportation house united
    nations""".split()
)
PARTICLES = frozenset(
    """al el ul ur us ut ud ad an ash as at az ar ed es er en bin ibn ben bint binti binte ould walad wuld
    van von der den de da do di du dos das la le del della dello y e zu zur af av ter ten i o
    sri""".split()
)
FILIAL = frozenset("bin ibn ben bint binti binte ould walad wuld".split())
BEN = frozenset("ali bella gurion jelloun barka salman khedda jedid gvir zvi laden".split())
"""Surnames that begin with "Ben"; before other words it is a short form of Benjamin."""
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4"}
_QUOTED = re.compile(r"[\"“”„«»]\s*([^\"“”„«»]+?)\s*[\"“”„«»]|\(([^()]*)\)|(?<=\s)['‘]([^'’]+)['’](?=\s)")
_INITIALS = re.compile(r"(?<=\b[A-Z])\.(?=[^\W\d_])")
_STRAY = re.compile(r"[\[\]{}()*+<>\"“”„«»;:]")
_DIN = re.compile(r"^(.{3,}?)(?:al|el|ul)?(?:[aeiu]ddine?|[aeiu]ddeen|[ui]din|ettin)$")
_ABD = re.compile(r"^abd(?:[aeou]{1,2}l|[aeu]([rsznd])(?=\1)|[aeu])(?=.{3,}$)")
_ABDULLAH = re.compile(r"^abd[aeou]ll?ah?i?$")
_DIN_WORDS = frozenset("din deen dine eddin eddine uddin aldin".split())
_LLAH = frozenset("ullah ollah ulla".split())


class PersonName(NamedTuple):
    """A name taken apart; words are folded, single letters are initials."""

    words: tuple[str, ...]
    """Given names and surname in the order of the text (surname last where a comma said so)."""
    suffix: str = ""
    """"jr", "sr" or a number."""
    nicknames: tuple[str, ...] = ()
    """What stood in quotation marks or brackets."""
    titles: tuple[str, ...] = ()
    """What was left off before the name, folded."""
    filial: bool = False
    """Whether a word says whose child it is ("bin", "ibn"): such names are never turned around."""

    @property
    def full(self) -> bool:
        """Whether there are two words that are no initials."""
        return sum(len(word) > 1 for word in self.words) > 1


@lru_cache(CACHED)
def parse_person(words: str) -> PersonName:
    """The parts of a person's name; `words` is empty only where nothing but titles or marks were given."""
    nicknames = tuple(
        fold(inner)
        for groups in _QUOTED.findall(words)
        for inner in groups
        if inner.strip() and " " not in inner.strip()
    )
    bare = _STRAY.sub(" ", _QUOTED.sub(" ", words)) if nicknames else _STRAY.sub(" ", words)
    bare, suffix = _take_suffix(_turn_commas(_INITIALS.sub(". ", bare)))
    tokens = fold(bare).replace(",", " ").split()
    start = _end_of_titles(tokens)
    kept = _join_compounds(tokens[start:])
    if not kept and tokens:
        start, kept = len(tokens) - 1, tokens[-1:]
    return PersonName(
        tuple(kept), suffix, nicknames, tuple(tokens[:start]), not FILIAL.isdisjoint(tokens[start:])
    )


def _take_suffix(words: str) -> tuple[str, str]:
    parts = words.replace(",", " ").split()
    if len(parts) > 1 and (suffix := SUFFIXES.get(fold(parts[-1]))):
        return " ".join(parts[:-1]), suffix
    return words, ""


def _turn_commas(words: str) -> str:
    """ "LAVROV, Sergei" in the order of speech; the side without an office of "Sergei Lavrov, minister"."""
    if "," not in words:
        return words
    parts = [part.strip() for part in words.split(",") if part.strip()]
    if len(parts) > 1 and fold(parts[-1]) in SUFFIXES:
        return f"{_turn_commas(','.join(parts[:-1]))} {parts[-1]}"
    plain = [part for part in parts if not set(fold(part).split()) & OFFICES]
    if plain and len(plain) < len(parts):
        return plain[-1] if parts[-1] == plain[-1] else plain[0]
    if len(plain) == 2 and len(plain[0].split()) <= 3:
        return f"{plain[1]} {plain[0]}"
    return " ".join(parts)


def _end_of_titles(tokens: list[str]) -> int:
    """Where the name begins: after the last office that is followed by a word, and the titles after it."""
    start = 0
    for place, token in enumerate(tokens[:-1]):
        if token in OFFICES and not (place == 0 and token in NAME_LIKE and len(tokens) < 3):
            start = _skip_holding(tokens, place + 1)
    while start < len(tokens) - 1:
        token, left = tokens[start], len(tokens) - start - 1
        if token in OPENERS and start + 1 < len(tokens) and tokens[start + 1] in TITLES and left > 1:
            start += 2
        elif (token in TITLES or token in NAME_LIKE) and (
            token not in NAME_LIKE or left > 1 or (start and token in TITLES)
        ):
            start = start + 1
        else:
            break
    return start


def _skip_holding(tokens: list[str], place: int) -> int:
    """Past "of State", "general", "for Foreign Affairs and Trade" behind an office."""
    end = place
    while end < len(tokens) - 1 and tokens[end] in _AFTER_OFFICE:
        connects = tokens[end] not in ("general", "elect", "designate")
        end += 1
        if connects and end < len(tokens) - 1:
            end += 1
            while end < len(tokens) - 1 and tokens[end] in _OF_OFFICE:
                end += 1
    return end


def _join_compounds(tokens: list[str]) -> list[str]:
    """The words that name: compounds made one word, particles left off."""
    out: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token in {"abd", "abed"} and after in PARTICLES and place + 2 < len(tokens):
            out.append(_join_abd(tokens[place + 2]))
            place += 3
            continue
        if (
            token in {"abd", "abdul", "abdel", "abdal", "abdur", "abdus", "abdou", "abdoul", "abdol"}
            and after
        ):
            out.append(_join_abd(after))
            place += 2
            continue
        if token in {"abu", "abou", "abo", "abul", "aboul"} and after:
            wide = 2 if after in PARTICLES and place + 2 < len(tokens) else 1
            out.append("abu" + tokens[place + wide])
            place += wide + 1
            continue
        if token in {"mc", "mac"} and after:
            out.append("mc" + after)
            place += 2
            continue
        if out and token in _DIN_WORDS | _LLAH:
            out[-1] += "uddin" if token in _DIN_WORDS else "ullah"
        elif token not in PARTICLES or (not out and (not after or _begins(token, after))):
            out.append(_fold_compound(token))
        place += 1
    return out


def _begins(token: str, after: str) -> bool:
    """Whether a particle at the start is a given name there ("Ash", "An", "Ben")."""
    return token in ("ash", "an", "as", "ed") or (token == "ben" and after not in BEN)


def _join_abd(rest: str) -> str:
    return "abdullah" if rest in _LLAH or rest in ("allah", "alla") else "abdul" + rest


@lru_cache(CACHED)
def _fold_compound(token: str) -> str:
    if token.startswith("abd") and len(token) > 5:
        if _ABDULLAH.match(token):
            return "abdullah"
        found = _ABD.match(token)
        if found and found.end() > 3:
            return "abdul" + token[found.end() :]
    if token.startswith("mac") and len(token) > 6:
        return "mc" + token[3:]
    if token.endswith(("din", "dine", "deen", "tin")) and (found := _DIN.match(token)):
        return found[1] + "uddin"
    return token
