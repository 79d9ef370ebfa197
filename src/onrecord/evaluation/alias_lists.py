"""rows of name lists -> entries: one actor each, with the names that the list gives it.

Made from the lists of the corpora at run time; nothing of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from onrecord.names import fold
from onrecord.vocabulary import Kind

Row = Mapping[str, Any]

HEADS = frozenset(
    """army front party movement union brigade brigades organization organisation group council committee
    force forces battalion battalions faction factions league agency ministry department association bank fund
    federation society network commission company corporation inc corp ltd limited jihad command congress
    cell cells unit units guard guards tigers gang militia commandos commando troops martyrs state""".split()
)
BODY_CODES = re.compile(r"(?:GOV|MIL|LEG|SPY|REB|JUD|OPP|COP|MED|EDU|BUS|UAF|NGO|IGO)")
_LEFT_OUT = re.compile(r"[=+!\d�]|\s[,/]\s")
_PARTY_WORD = r"(?:[A-Z][\w'’-]+|of|for|the|and|in)"


class Entry(NamedTuple):
    """One actor of a list: its names as the list has them, title-cased, the best first."""

    id: str
    kind: Kind
    state: str
    """The state the list files it under, or nothing."""
    names: tuple[str, ...]
    curated: bool = False
    """The aliases are short forms kept by hand: no counterpart is asked for."""


def title_case(words: str, kind: Kind) -> str:
    """Upper-case words as news print them; short words without brackets of a body stay acronyms."""
    small = {"of", "the", "and", "for", "in", "on", "to", "de", "du", "la", "le", "des", "del"}
    parts = words.upper().split()
    if kind != "person" and len(parts) == 1 and len(re.sub(r"[^A-Z]", "", parts[0])) <= 6:
        return parts[0]
    cased = ["-".join(piece.capitalize() for piece in part.split("-")) for part in parts]
    return " ".join(
        part.lower() if number and part.lower() in small else part for number, part in enumerate(cased)
    )


def read_entries(lists: Mapping[str, Iterable[Row]]) -> list[Entry]:
    """The entries of the lists, by their names ("us_legislators"); names found twice in one entry once."""
    entries: list[Entry] = []
    for name, rows in sorted(lists.items()):
        reader = {"us_legislators": _read_legislators, "factbook": _read_factbook}.get(name)
        found = reader(rows) if reader else _read_phoenix(name, rows)
        entries += [entry for entry in found if entry.names]
    merged: dict[tuple[Kind, str], Entry] = {}
    for entry in entries:
        key = entry.kind, fold(entry.names[0])
        old = merged.get(key)
        if old is None:
            merged[key] = entry
        else:
            names = tuple(dict.fromkeys((*old.names, *entry.names)))
            merged[key] = old._replace(names=names, curated=old.curated and entry.curated)
    return sorted(merged.values())


def _read_phoenix(source: str, rows: Iterable[Row]) -> Iterator[Entry]:
    for number, row in enumerate(rows):
        codes = " ".join(row["codes"])
        dated = bool(re.search(r"\d{6}", codes))
        code = row["codes"][0].split()[0] if row["codes"] and row["codes"][0].split() else ""
        kind: Kind = "person" if dated else "organisation"
        if source == "phoenix_armed_groups":
            kind = "armed group"
        if not dated and (len(code) < 4 or (code.startswith(("IGOUNO", "MNC")) and not row["aliases"])):
            continue
        if source == "phoenix_country_actors" and not dated and not BODY_CODES.search(code[3:]):
            continue
        if source == "phoenix_international_orgs" and not dated and not _is_body(row["name"]):
            continue
        names = [each for alias in (row["name"], *row["aliases"]) for each in _split_brackets(alias)]
        usable = [title_case(each, kind) for each in names if not _LEFT_OUT.search(each)]
        yield Entry(f"{source}:{number}", kind, code[:3], tuple(dict.fromkeys(usable)))


def _is_body(words: str) -> bool:
    return bool(HEADS & set(words.lower().split())) or "INTERNATIONAL" in words


def _split_brackets(words: str) -> list[str]:
    """ "Aden Abyan Islamic Army (AAIA)": the name, and the acronym."""
    inner = re.findall(r"\(([A-Z][A-Z-]{1,6})\)", words)
    return [re.sub(r"\s*\([^)]*\)?", "", words).strip(), *inner]


def _read_legislators(rows: Iterable[Row]) -> Iterator[Entry]:
    for row in rows:
        first = re.sub(r" \(.*", "", row["first"])
        names = [
            re.sub(r" \(.*", "", row.get("wikipedia", "")),
            row.get("official_full", ""),
            f"{first} {row['last']}",
            f"{first} {row['middle']} {row['last']}" if row.get("middle") else "",
            f"{row['nickname']} {row['last']}" if row.get("nickname") else "",
            f"{row['last']}, {first}",
        ]
        yield Entry(
            f"us:{row.get('wikidata', first + row['last'])}",
            "person",
            "USA",
            tuple(dict.fromkeys(filter(None, names))),
            curated=True,
        )


def _read_factbook(rows: Iterable[Row]) -> Iterator[Entry]:
    """Parties and groups with their acronyms: "Botswana National Front or BNF", "Tren de Aragua (TdA)"."""
    for row in rows:
        for words, letters in re.findall(
            rf"({_PARTY_WORD}(?: {_PARTY_WORD}){{1,7}}) or ([A-Z]{{2,6}})\b", row["parties"]
        ):
            if any(word.isupper() and len(word) > 1 for word in words.split()) or words[0].islower():
                continue  # the end of the party before it
            yield Entry(f"party:{row['code']}:{words}", "organisation", row["code"], (words, letters))
        for words, letters in re.findall(
            r"((?:[A-Z]|al-)[\w'’ -]+?) \(([A-Z]{2,6})\)", "; ".join(row["terror"])
        ):
            yield Entry(f"group:{words}", "armed group", "", (words, letters))
