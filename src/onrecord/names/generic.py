"""a name of a body -> whether it only says what kind of body it is ("Defence Ministry", "the League")."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from onrecord.names.folding import fold

GENERIC: Final = frozenset(
    """academy administration agency agriculture air alliance ambassador anti army assembly association
    attorney authorities authority bank bar base battalion board body branch brigade bureau cabinet
    campaign center central centre chamber chief church city civil clinic club coalition coast college
    command commander commerce commission committee community company conference congress constitutional
    consulate coordination corporation corps council country county court crown culture customs defence
    defense delegation democratic department deputies development directorate district division economic
    economy education election electoral embassy emergencies emergency energy enforcement environment
    executive external faction faculty federal federation field finance fire first force forces foreign
    forum foundation front fund gendarmerie general government governorate group guard guards
    headquarters health herald high hospital house human immigration industry information institute
    institution intelligence interior internal international investigation joint journal judicial
    judiciary justice labor labour law league legislative legislature lower mail main management market
    meteorological military militia ministries ministry mission mosque movement municipal municipality
    museum national navy network news newspaper office officers opposition organisation organization
    oversight parliament parliamentary party patrol people peoples planning police policy post
    presidency presidential press prison privy prosecutor prosecutors province provincial public radio
    railway rebel rebels red regiment region regional register relations republic rescue research
    reserve resistance resources review rights royal ruling school second secret secretariat security
    senate service services social society special staff standard state states station statistics
    supreme task tax television third times today trade transport transportation treasury tribunal
    troops trust union unit university upper urban voice war watch water week weekly welfare wing women
    works world youth""".split()
)
SMALL: Final = frozenset("of the for and in on to at by a an s".split())


@lru_cache(maxsize=1 << 15)
def is_generic(words: str) -> bool:
    """Whether a body's name says no more than what kind it is: in another article it may be another's."""
    return all(word in GENERIC or word in SMALL or word.isdigit() for word in fold(words).split())
