"""words -> the parts of a body's name: what it is called, its state, what kind of body, its acronym.

Words are folded and told apart: a state ("Russian", "of Russia") is one mark, small words go, plurals and
British spellings are brought to one form, legal forms at the end are left off. What is left must be the same
for two bodies to be one, once "X of Y" is turned to "Y X": "Russian Foreign Ministry", "Ministry of Foreign
Affairs of Russia".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.names.folding import fold, is_acronym
from onrecord.names.lookup import Names

CACHED = 1 << 15
ACRONYM_MOST = 7

SMALL = frozenset(
    "of the for and in on to at by with a an de la le les du des del der die das und et y e i el al as ash "
    "ar ul ad us".split()
)
_OF = frozenset("of for in to against on".split())
LEGAL = frozenset(
    "inc incorporated ltd limited llc llp plc corp corporation co company gmbh ag sa spa nv bv oao ooo pjsc "
    "jsc zao kg kk pty bhd berhad holding holdings sarl ab asa oyj se".split()
)
HEADS = frozenset(
    """movement group organization network militant fighter force faction outfit front army party brigade
    union battalion league militia guerrilla unit cell gang clan cartel martyr""".split()
)
"""Kinds of bodies that news put behind a name that stands alone ("the Taliban movement")."""
NOT_ALONE = frozenset(
    """islamic national international people democratic revolutionary armed popular united liberation jihad
    army front party union council workers worker communist socialist patriotic unity free freedom black red
    white green new young youth women north south east west central christian muslim arab world global
    resistance national defence security rebel military political special task action first second
    opposition social economic labour support contact republican liberal conservative progressive progress
    justice development independence independent popular christian federal royal constitutional reform
    future hope homeland welfare green alternative anti popular""".split()
)
"""Words that do not name a body alone, so that "Islamic Group" is not "Islamic Movement"."""
_FORMS = {
    "organisation": "organization", "centre": "center", "programme": "program", "defense": "defence",
    "labor": "labour", "peoples": "people", "mens": "men", "womens": "woman", "women": "woman",
    "intl": "international", "assn": "association", "dept": "department", "govt": "government",
    "min": "ministry", "corps": "corps", "news": "news", "islam": "islamic", "isle": "island", "st": "saint",
    "mujahedeen": "mujahideen", "mujahidin": "mujahideen", "mujahedin": "mujahideen",
    "mujahiddin": "mujahideen", "mujahadeen": "mujahideen", "hizbul": "hizb", "jaysh": "jaish",
    "jaiech": "jaish", "jeish": "jaish", "jaich": "jaish",
}  # fmt: skip
_PEOPLES = ("ian", "ish", "ese", "an", "ic")
_OFFICES = frozenset("ministry department office secretariat".split())
_OFFICE_WORDS = {"affairs": "", "internal": "interior", "external": "foreign", "affair": ""}
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_STRAY = re.compile(r"[\[\](){}\"“”«»,;:+*&]")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?$")
_SHORT_STATES = {"us": "United States", "usa": "United States", "uk": "United Kingdom"}
_OPENS_STATE = frozenset(
    """south north united saudi new sri costa el east west equatorial central democratic republic bosnia czech
    ivory burkina sierra papua solomon marshall trinidad antigua saint sao cape cabo dominican san puerto
    soviet islamic people peoples federal kingdom state states hong great northern""".split()
)


class BodyName(NamedTuple):
    """A body's name taken apart."""

    words: tuple[str, ...]
    """What it is called, folded and brought to one form: states first ("=Russia"), what follows "of" and
    "for" before what it follows, words beside an "and" in alphabetical order."""
    heads: tuple[str, ...] = ()
    """Kinds of bodies at its end that may be left off ("movement", "group")."""
    acronym: str = ""
    """Its letters, when the name is one."""
    bracketed: str = ""
    """An acronym in brackets behind the name."""
    spoken: tuple[str, ...] = ()
    """All words, small ones too, folded: what an acronym is made of."""

    @property
    def state(self) -> str:
        """The one state of the name, or nothing."""
        states = [word[1:] for word in self.words if word.startswith("=")]
        return states[0] if len(states) == 1 else ""


@lru_cache(CACHED)
def parse_body(words: str, names: Names) -> BodyName:
    """The parts of the name of an organisation, a government body, a group or an outlet."""
    inner = [each for each in _BRACKETS.findall(words) if _is_letters(each)]
    bare = _STRAY.sub(" ", _BRACKETS.sub(" ", words) if inner else words)
    acronym = fold(bare).replace(" ", "") if _is_letters(bare.strip()) else ""
    spoken = tuple(fold(bare).split())
    kept = _turn_around(_mark_states(list(spoken), names))
    kept = [_bring_to_form(word) for word in kept if word not in SMALL] or kept
    if not _OFFICES.isdisjoint(kept):
        kept = [form for word in kept if (form := _OFFICE_WORDS.get(word, word))]
    heads: list[str] = []
    while len(kept) > 1 and kept[-1] in HEADS and not (_says_little(kept[:-1]) or _is_people(kept[:-1])):
        heads.append(kept.pop())
    return BodyName(
        tuple(kept), tuple(heads), acronym, fold(inner[0]).replace(" ", "") if inner else "", spoken
    )


def _is_people(words: list[str]) -> bool:
    """Whether what is left is the adjective of a people or state: "Kurdish forces" are not all Kurds."""
    return len(words) == 1 and (words[0].startswith("=") or words[0].endswith(_PEOPLES))


def _turn_around(words: list[str]) -> list[str]:
    """ "ministry of foreign affairs of =Russia" as "=Russia foreign affairs ministry"."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _OF:
            parts.append([])
        else:
            parts[-1].append(word)
    while parts and parts[-1] and parts[-1][-1] in LEGAL and len(parts[-1]) + len(parts) > 2:
        parts[-1].pop()
    turned = [word for part in reversed(parts) for word in part]
    for place in range(1, len(turned) - 1):
        if turned[place] in ("and", "y", "et") and turned[place - 1] > turned[place + 1]:
            turned[place - 1], turned[place + 1] = turned[place + 1], turned[place - 1]
    return [*(w for w in turned if w[:1] == "="), *(w for w in turned if w[:1] != "=")]


def _is_letters(words: str) -> bool:
    """Whether the words are an acronym; longer ones ("PFLP-GC") too, where they stand in capitals alone."""
    if " " in words:
        return False
    letters = sum(letter.isalpha() for letter in words)
    return is_acronym(words) or (words.isupper() and letters <= ACRONYM_MOST)


def _says_little(words: list[str]) -> bool:
    """Whether what would be left names nothing by itself ("Islamic", "Russian", "International Workers")."""
    return all(word in NOT_ALONE or word.startswith("=") or _NUMBER.match(word) for word in words)


def _mark_states(words: list[str], names: Names) -> list[str]:
    """The words with states and their demonyms as one mark each ("South Sudanese" -> "=South Sudan")."""
    out: list[str] = []
    place = 0
    while place < len(words):
        wide = 1
        state = None
        if words[place] in _OPENS_STATE:
            for wide in range(min(5, len(words) - place), 0, -1):
                if state := _find_state(" ".join(words[place : place + wide]), names):
                    break
        elif len(words[place]) > 3 or words[place] in _SHORT_STATES:
            state = _find_state(words[place], names)
        out.append(f"={state}" if state else words[place])
        place += wide if state else 1
    return out


@lru_cache(CACHED)
def _find_state(words: str, names: Names) -> str | None:
    if words == "island":  # Iceland at home, an island everywhere else
        return None
    if words in _SHORT_STATES:
        return _SHORT_STATES[words]
    for name in names.find_folded(words):
        if name.source != "states":
            return None
        if name.demonym_of:
            return name.demonym_of
        if name.metonym_of is None and name.kind in ("state", "place"):
            return name.name
    return None


@lru_cache(CACHED)
def _bring_to_form(word: str) -> str:
    if word in _FORMS:
        return _FORMS[word]
    if word.startswith("=") or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 5:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith(("isation", "ising", "ised")):
        word = word.replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
    return _FORMS.get(word, word)


@lru_cache(CACHED)
def spell_initials(name: BodyName) -> frozenset[str]:
    """The acronyms that a name of several words can be said by: initials with and without the small words,
    and without a legal form."""
    words = [part for word in name.spoken for part in word.split()]
    if len(words) < 2:
        return frozenset()
    found = {""}
    for word in words:
        letters = word if _NUMBER.match(word) else word[0]
        optional = word in SMALL or word in LEGAL
        found = {said + letters for said in found} | (found if optional else set())
        if len(found) > 64:
            break
    return frozenset(each for each in found if len(each) > 1)
