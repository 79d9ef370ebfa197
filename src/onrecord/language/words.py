"""text -> words, cut as the English Universal Dependencies treebanks cut them, with exact offsets.

The conventions (clitics apart, hyphenated compounds in three words but bound prefixes whole, units off
their numbers, abbreviations with their stop) were learnt from the train parts of UD English EWT and GUM;
`benchmarks/quality.py` measures the word F1 on their dev parts.
"""

from __future__ import annotations

import re
from operator import eq
from typing import NamedTuple

LONGEST_PIECE = 400
"""No run of non-blank characters is looked at in pieces longer than this: it keeps cutting linear."""


class Words(NamedTuple):
    """Parallel lists, one item a word, in text order."""

    starts: list[int]
    """Code point offset of the first character."""
    ends: list[int]
    """Offset after the last character."""
    glued: list[bool]
    """No blank stands between this word and the one before it."""
    line_start: list[bool]
    """First word of a line."""


_MARKS = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
_MARKS += "\u200b-\u200d\u2060\ufe0f"
_L = rf"[\w{_MARKS}]"
_HYPHEN = "[-\u2010\u2011]"
_APO = "['\u2019\u2018`\u02bc\u00b4]"
_CLITIC = rf"{_APO}(?i:s|re|ve|ll|d|m)(?!{_L})"
_PREFIXES = (
    "anti|arch|co|counter|cross|de|e|ex|extra|hyper|inter|intra|macro|mega|meta|micro|mid|mini|mono|multi|"
    "non|over|post|pre|pro|proto|pseudo|psycho|re|semi|socio|sub|super|supra|trans|tri|ultra|un|under|uni|bi|geo|bio"
)
_EXTENSIONS = (
    "com|org|net|edu|gov|mil|int|info|biz|co|uk|us|de|fr|ru|eu|io|tv|ca|au|jp|cn|in|ir|me|af|tj|kz|ua|by|it|es|nl|"
    "doc|docx|xls|xlsx|pdf|txt|html?|jpe?g|png|gif|zip|csv|ppt|pptx|mp3|mp4|exe|url|php|aspx?|jsp"
)
_STOPPED = (
    "Mr|Mrs|Ms|Dr|Drs|Gen|Sen|Sens|Rep|Reps|Gov|Govs|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Cpl|Pvt|Brig|Jr|Sr|Prof|Rev|Hon|"
    "Pres|Supt|Insp|Det|vs|Inc|Ltd|Corp|Co|Cos|Bros|LLC|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tues|Tue|Thurs|Thur|"
    "arrv|Ave|Blvd|Rd|Mt|Ft|St|Ste|Dept|Univ|Assn|Ph|Bldg|Attn|Spec|Arrv|approx|dept|est|cf|ca|al|eg|ie|viz|esp|"
    "Calif|Conn|Fla|Ga|Ind|Kan|Ky|La|Md|Mich|Minn|Neb|Nev|Okla|Pa|Tenn|Tex|Va|Vt|Wis|Ariz|Colo|Dak|"
    "Messrs|Mme|Mlle|Msgr|Esq|Ext|ext|tel|Tel|vol|Vol|pp|eds"
)
_STOPPED_NUMBER = "No|Nos|Mar|Apr|Jun|Jul|Fig|fig|Figs|Sec|Art|Ch|ch|p|c|v|Eq"
"""Kept with their stop only before a figure."""
_STOPPED_NAME = "Sat|Sun|Wed|Fri|Wash|Mass|Del|Miss|Ore|Cal|Ala"
"""Kept with their stop only when a capital or a figure follows."""
_UNITS = (
    "a\\.?m\\.?|p\\.?m\\.?|AM|PM|k|K|m|M|b|B|mm|MM|cm|km|kms|kg|kgs|lbs?|ft|in|mi|mph|kph|hrs?|mins?|secs?|bn|mn|tn|"
    "million|billion|percent|Hz|hz|kHz|MHz|GHz|GB|MB|KB|TB|gb|mb|ml|mg|g|t|x|X|C|F|W|kW|MW|GW|yrs?|oz|gal|sq|ha|"
    "nm|mmHg|hh|persons|years?"
)
_FIGURE = r"\d{1,40}(?:[.:]\d{1,40}|,\d{3}(?!\d)|,\d\d(?=,\d{3})){0,8}"
_SPLIT_NT = "do|does|did|ca|could|would|should|is|was|are|were|wo|ai|have|has|had"
_HALVES = rf"""(?<!\w)(?:(?i:can(?=not\b)|gon(?=na\b)|wan(?=na\b)|got(?=ta\b)|lot(?=ta\b)|out(?=ta\b)
    |gim(?=me\b)|lem(?=me\b)|(?:{_SPLIT_NT})(?=nt\b)|(?:that|there|what)(?=s\b))
    |i(?=(?:m|ve)\b)|(?:he|she)(?=s\b)|(?:you|they)(?=(?:re|ve|ll)\b))"""
"""First halves of two words that are written as one, where the second follows ("Im", "Ive" may be names)."""

_PATTERN = re.compile(
    rf"""
    (?P<address> (?:https?|ftp)://[^\s<>"\u201c\u201d]{{1,380}}[^\s<>"\u201c\u201d.,;:!?)\]}}'\u2019]
        | www\.[^\s<>"]{{1,300}}[^\s<>".,;:!?)\]}}'\u2019]
        | (?:mailto:)?[\w.+%-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,32}}){{1,6}}
        | \w[\w-]{{0,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?i:{_EXTENSIONS})
            (?:/[^\s<>"]{{1,200}}[^\s<>".,;:!?)\]}}])?(?![\w.]\w) )
  | (?P<file> (?<!\S)\.(?i:{_EXTENSIONS})(?!\w) | (?<!\w)[\w.]{{2,40}}@[A-Za-z]\w{{1,40}}
        | (?<![\w.])[a-z]{{2,20}}(?:\.[a-z]{{2,20}}){{2,6}}(?![\w.])
        | (?<![\w.])[A-Z][\w-]{{1,40}}\.[a-z]{{3,6}}(?![\w.-]) )
  | (?P<number> (?<![\w])\d{{3}}-\d{{4}}(?![\w-]) | (?<![\w])(?:1-)?\d{{3}}-\d{{3}}-\d{{4}}(?!\w)
        | \d{{1,4}}/\d{{1,2}}/\d{{2,4}}(?!\w) | \d{{1,2}}/\d{{1,2}}(?![\w/])
        | \d{{1,2}}-\d{{1,2}}-\d{{2,4}}(?!\w) | \d{{4}}-\d{{2}}-\d{{2}}(?!\w)
        | (?<!\w)\d{{1,3}}0{_APO}s(?!\w) | (?<!\w)\+?{_FIGURE}(?=(?:{_UNITS})(?!{_L}))
        | (?<!\w)\+\d{{1,40}} | (?<!\w){_FIGURE}(?:st|nd|rd|th)(?!{_L}) | (?<!\w){_FIGURE}(?!{_L})
        | (?<![\w.])\.\d{{1,40}} | (?<!\S){_APO}\d\ds?(?!\w) )
  | (?P<stopped> (?<!\w)(?:[A-Za-z]\.){{2,12}}(?:[A-Za-z](?!{_L}))?
        | (?<![\w.])(?:[A-Z]\.[A-Z](?!{_L})|[BM]\.Sc\.)
        | (?<![\w.])(?:Ph\.?D|a\.m|p\.m|A\.M|P\.M)(?:\.|(?!{_L}))
        | (?<!\w)(?:{_STOPPED})\.(?!\w) | (?<!\w)(?:{_STOPPED_NUMBER})\.(?=\d) | (?<!\w)etc\.(?!$) )
  | (?P<clitic> (?:(?<=\w)|^){_CLITIC} | (?i:n{_APO}t)(?!{_L}) )
  | (?P<joined> {_HALVES} )
  | (?P<prefixed> (?<![\w-])(?i:{_PREFIXES}){_HYPHEN}{_L}{{1,60}}
        | (?<![\w-])(?:{_PREFIXES}|[A-Za-z]{{1,2}})-(?!\S) )
  | (?P<before_not> {_L}{{1,40}}?(?=(?i:n{_APO}t)(?!{_L})) )
  | (?P<money> (?<!\w)(?:US|C|A|HK|NZ|U)\$ )
  | (?P<tag> (?<!\w)[@\#][A-Za-z]\w{{1,60}} )
  | (?P<letters> {_L}{{1,100}}(?:{_APO}(?!(?i:s|re|ve|ll|d|m)(?!{_L})){_L}{{1,60}}
        | &(?=[A-Z]{{1,2}}\b|[a-z]\b){_L}{{1,2}}){{0,3}} )
  | (?P<face> (?<!\w)(?:[:;=][-']?[()DPp/](?!\w)|<3|\^_\^|:-?[)(]+) )
  | (?P<run> \.{{2,200}} | \.\? | \u2026\. | [!?]{{2,200}} | -{{2,200}} | ={{2,200}} | \*{{2,200}}
        | \+{{2,200}} | ~{{2,200}} | \#{{2,200}} | <{{2,3}} | >{{2,3}} | '' | `` | [\u2018\u2019]\u2019
        | {_APO}(?:em|til|cause|tis|twas)(?!{_L}) )
  | (?P<other> \S[{_MARKS}]{{0,8}} )
    """,
    re.VERBOSE,
)
_INITIAL = re.compile(r"(?!I\.)[A-Z]\.")
_STOP_BEFORE_NAME = re.compile(rf"(?:{_STOPPED_NAME})\.")
_STOP_BEFORE_NUMBER = re.compile(rf"(?:{_STOPPED_NUMBER})\.")
_ITEM = re.compile(r"\d{1,2}(?:\.\d){0,3}\.")
_JOINED = re.compile(_HALVES, re.VERBOSE)
_KEPT_STOP = re.compile(rf"(?:{_STOPPED}|PhD)\.")
CACHE_LIMIT = 50_000


Cache = dict[str, tuple[tuple[int, int], ...]]
"""Pieces between blanks and where they are cut."""


def cut_words(text: str, cache: Cache | None = None) -> Words:
    """Return the words of `text` in order; every non-blank character lies in exactly one of them.

    Linear in the length of the text whatever it holds; no word is longer than `LONGEST_PIECE`. A `cache` that
    the caller keeps spares the next texts the work, and changes nothing else.
    """
    starts: list[int] = []
    ends: list[int] = []
    lines: list[int] = []
    cache = {} if cache is None else cache
    end = 0
    for chunk in _list_pieces(text):
        before, at = end, text.find(chunk, end)  # only blanks stand before it
        end = at + len(chunk)
        plain = at == before + 1 and text[before] == " "
        if not starts or (not plain and at > before and _breaks_line(text, before, at)):
            lines.append(len(starts))
        parts = cache.get(chunk)
        if parts is None:
            if len(cache) >= CACHE_LIMIT:
                cache.clear()
            parts = cache[chunk] = _cut_piece(chunk)
        if len(parts) == 1:
            starts.append(at)
            ends.append(end)
            continue
        if chunk[-1] == ".":
            parts = _join_stop(chunk, parts, text[end : end + 4], lines[-1] == len(starts))
        starts += [at + first for first, _ in parts]
        ends += [at + last for _, last in parts]
    return _make_words(starts, ends, lines)


def _list_pieces(text: str) -> list[str]:
    """Return the runs of non-blank characters, longer ones than LONGEST_PIECE in pieces."""
    pieces = text.split()
    if max(map(len, pieces), default=0) > LONGEST_PIECE:
        size = LONGEST_PIECE
        return [piece[at : at + size] for piece in pieces for at in range(0, len(piece), size)]
    return pieces


def _make_words(starts: list[int], ends: list[int], lines: list[int]) -> Words:
    """Return the words; those at `lines` are the first ones of theirs."""
    line_start = [False] * len(starts)
    for index in lines:
        line_start[index] = True
    glued = [False, *map(eq, starts[1:], ends)][: len(starts)]
    return Words(starts, ends, glued, line_start)


def _join_stop(
    chunk: str, parts: tuple[tuple[int, int], ...], after: str, new_line: bool
) -> tuple[tuple[int, int], ...]:
    """Return the parts of a piece that ends with a stop, which goes with the word before it now and then."""
    (first, last), (stop, end) = parts[-2:]
    if stop != end - 1 or stop != last:
        return parts
    if _takes_stop(chunk[first:], after, opens_line=new_line and len(parts) == 2):
        return (*parts[:-2], (first, end))
    return parts


def _breaks_line(text: str, start: int, end: int) -> bool:
    """Return whether a line ends between the two offsets."""
    if end - start == 1:
        return text[start] != " " and text[start].splitlines() == [""]
    return len(f"{text[start:end]}x".splitlines()) > 1


def _cut_piece(chunk: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) pairs of the words of a run of non-blank characters."""
    size = len(chunk)
    if size <= 100 and not _JOINED.match(chunk):
        if chunk.isalpha():
            return ((0, size),)
        if chunk[-1] in ",." and chunk[:-1].isalpha() and not _KEPT_STOP.fullmatch(chunk):
            return ((0, size - 1), (size - 1, size))
    return tuple(match.span() for match in _PATTERN.finditer(chunk))


def _takes_stop(word: str, after: str, *, opens_line: bool) -> bool:
    """Return whether a word and its stop are one: "J." before a name, "p." before a figure, "2." an item."""
    following = after.lstrip(" ")[:1]
    if word == "etc.":
        return bool(following) and not following.isupper() and following not in "\n\r"
    if _INITIAL.fullmatch(word):
        return following.isupper()
    if _STOP_BEFORE_NAME.fullmatch(word):
        return following.isupper() or following.isdigit()
    if _STOP_BEFORE_NUMBER.fullmatch(word):
        return following.isdigit()
    return opens_line and bool(following) and _ITEM.fullmatch(word) is not None
