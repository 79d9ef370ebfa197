#!/usr/bin/env python3
"""$ONRECORD_CORPORA/names -> the compiled tables of src/onrecord/names/tables.

Run it again, in the environment, when a list or a table kept by hand changes. Tables kept by hand are read,
never written (compile_offices.py makes offices.tsv). Output is sorted: a second run changes nothing.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.names.folding import fold

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "src" / "onrecord" / "names" / "tables"
CORPORA = Path(os.environ.get("ONRECORD_CORPORA", ROOT.parent / "shared" / "corpora"))

RENAMED = {
    "DRC": "Democratic Republic of the Congo",
    "Burma": "Myanmar",
    "The Dominican": "Dominican Republic",
    "Congo (Brazzaville)": "Republic of the Congo",
    "Turkey (Turkiye)": "Turkey",
    "Holy See (Vatican City)": "Vatican",
    "Gaza, Gaza Strip": "Gaza Strip",
    "Falkland Islands (Islas Malvinas)": "Falkland Islands",
    "Bahamas, The": "Bahamas",
    "Gambia, The": "Gambia",
    "The Bahamas": "Bahamas",
    "The Gambia": "Gambia",
    "Svalbard (sometimes referred to as Spitsbergen, the largest island in the archipelago)": "Svalbard",
    "Cocos (Keeling) Islands": "Cocos Islands",
}
"""Factbook's short names that news do not use -> ours."""

CITY_STATES = {
    "Congo, The Democratic Republic of the": "Democratic Republic of the Congo",
    "Korea, Democratic People's Republic of": "North Korea",
    "Korea, Republic of": "South Korea",
    "No country found for alpha-2 code: XK": "Kosovo",
    "Virgin Islands, British": "British Virgin Islands",
    "Virgin Islands, U.S.": "Virgin Islands",
    "Macao": "Macau",
}
"""The city list's country names that no rule maps -> ours."""

STATES_OUTSIDE_THE_UN = ("Taiwan", "Kosovo", "Vatican")
"""Kept as `state` although the factbook lists no UN membership: news speak of their governments as actors."""

NOT_A_NAME = {"none", "na", "n/a", ""}
NO_CITY = frozenset(
    """
    Along Bar Baron Bath Battle Beauty Best Bishop Boom Bor Born Bulls Cardinal Centre Chief Comet Date
    Democrat Deputy Enterprise Front Gap General Guard Ham Hit Hope Ideal Imam Independence Justice
    Liberal Male Man March Marshall May Media Mobile Most Nice Normal Of Opposition Orange Police
    President Prince Progress Reading Rebels Sale Same San Santa Split Time Tours Union University
    Victoria Villa Wells Young
    """.split()
)
"""Towns that are spelled as common English words; as names they would do more harm than good."""

ARMED_WORDS = re.compile(
    r"\b(ARMY|ARMIES|BRIGADES?|MILITIA|GUERRILLAS?|GUERILLAS?|MUJAHID\w*|MUJAHED\w*|JIHAD|LIBERATION FRONT|"
    r"REBELS?|COMMANDOS?|LASHKAR|BATTALION|ARMED|MARTYRS|DEFEN[CS]E FORCES?|HARAKAT|TIGERS|SELF-DEFEN[CS]E)\b"
)
NOT_ARMED_WORDS = re.compile(r"\b(PARTY|CONGRESS|COUNCIL|UNION|STUDENTS?|SOLIDARITY|LEAGUES?|COMMITTEE)\b")
BODY_WORDS = re.compile(
    r"\b(ORGANI[SZ]ATIONS?|UNION|LEAGUE|COUNCIL|COMMISSION|COMMUNITY|BANK|FUND|AGENCY|TRIBUNAL|COURT|ASSOCIATION|"
    r"FEDERATION|INSTITUTE|FOUNDATION|COMMITTEE|SOCIETY|NETWORK|ALLIANCE|CENT(?:ER|RE)|TRUST|INITIATIVE|"
    r"INTERNATIONAL|WATCH|RELIEF|COALITION|CONFEDERATION|ASSEMBLY|PROGRAMME|PROGRAM|MISSION|PARLIAMENT)\b"
)
SPELLINGS = {"centre": "center", "organisation": "organization", "programme": "program"}
SPELLINGS |= {"defence": "defense", "labour": "labor", "co operation": "cooperation"}
DIVISION_WORDS = re.compile(
    r" (?:Province|Region|Governorate|Oblast|District|County|Department|Prefecture|State)$"
)
SOURCE_OF = {"phoenix_groups": "phoenix_armed_groups", "phoenix_bodies": "phoenix_international_orgs"}
NOT_ONE = {
    "Italian Red Brigade",
    "Peoples Defense Force",
    "Peoples Liberation Army",
    "Peoples Republican Army",
}
NOT_ONE |= {"President of the World Bank", "World Bank President"}
"""Aliases of the Phoenix lists that name another thing, a person, or several things."""
NO_DIVISION = frozenset(
    """
    Capital Center Central Centre Cesar Diana East Eastern Est Falcon Free Islands Lac Lakes Lori Mara Marches
    Maritime Meta Mono Nacional National Nord North Northeast Northeastern Northern Northwest Oriental Oro
    Plateau Rivers Sal Somali South Southeastern Southern Southland Sud Unity Valle West Western
    """.split()
)
LOWER = frozenset("OF THE AND FOR IN ON TO AGAINST DE DU LA LE DES DEL UL E".split())


def main() -> int:
    """Writes the compiled tables; 1 when the lists are not there."""
    lists = CORPORA / "names"
    if not lists.is_dir():
        print(f"no name lists at {lists}: set ONRECORD_CORPORA to the folder with names/", file=sys.stderr)
        return 1
    states = _compile_states(lists, dict(_hand_states()))
    columns = "name kind iso3 other_names demonyms seats"
    _write("states.tsv", columns, "factbook (CC0), country_codes (PDDL)", states)
    known = {fold(word) for row in states for cell in (row[0], row[3], row[4]) for word in cell.split("|")}
    cities = _compile_cities(lists, states, known)
    _write("cities.tsv", "state cities", "world_cities_geonames (CC BY 4.0, GeoNames)", cities)
    _write_divisions(lists, states)
    _write_phoenix(lists)
    people = "phoenix_country_actors (MIT, Open Event Data), us_legislators (CC0)"
    _write("name_words.tsv", "initial words", people, _compile_name_words(lists))
    return 0


def _read(lists: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(lists / name / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _write(name: str, columns: str, source: str, rows: list[tuple[str, ...]]) -> None:
    head = f"# compiled by scripts/compile_names.py from {source}\n# {chr(9).join(columns.split())}\n"
    body = "".join("\t".join(row) + "\n" for row in sorted(rows))
    (TABLES / name).write_text(head + body, encoding="utf-8", newline="\n")
    print(f"{name}: {len(rows)} rows")


def _hand_states() -> Iterator[tuple[str, tuple[str, str, str]]]:
    for line in (TABLES / "state_names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, others, demonyms, seats = [*line.split("\t"), "", "", ""][:4]
            yield name, (others, demonyms, seats)


def _compile_states(lists: Path, hand: dict[str, tuple[str, str, str]]) -> list[tuple[str, ...]]:
    codes = {}
    for row in _read(lists, "country_codes"):
        for key in ("official_name_en", "CLDR display name", "UNTERM English Short"):
            if row.get(key):
                codes[fold(re.sub(r" \(the\)| \(.*\)", "", row[key]))] = row
    rows = []
    for row in _read(lists, "factbook"):
        name = RENAMED.get(row["short"], row["short"])
        name = row["long"] if name in ("none", "") else name
        if name in NOT_A_NAME or "," in name or "Ocean" in name or name == "European Union":
            continue
        code = codes.get(fold(name), {})
        extra = hand.pop(name, ("", "", ""))
        rows.append(_state_row(name, row, code, extra))
    for name, (others, demonyms, seats) in hand.items():
        rows.append((name, "state", "", others, demonyms, seats))
    return _drop_borrowed_demonyms(rows)


def _drop_borrowed_demonyms(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A territory's demonym that is also a state's ("Dutch" of Aruba) is the state's alone."""
    of_states = {word for row in rows if row[1] == "state" for word in row[4].split("|")}
    return [
        row
        if row[1] == "state"
        else (*row[:4], _join([word for word in row[4].split("|") if word not in of_states]), row[5])
        for row in rows
    ]


def _state_row(
    name: str, row: dict[str, Any], code: dict[str, Any], extra: tuple[str, str, str]
) -> tuple[str, ...]:
    member = bool(re.search(r"\bUN\b", row["orgs"])) or name in STATES_OUTSIDE_THE_UN
    long = re.sub(r" \(prior.*", "", row["long"])
    abbreviation = re.sub(r"[()]", "", row["abbr"])
    short = re.sub(r" ?\(.*", "", row["short"])
    others = [short, long, code.get("CLDR display name", ""), row["local_short"].split(" (")[0].split("/")[0]]
    others += [each for each in abbreviation.split(" or ") if len(each) > 2 or name == "United States"]
    others.append(re.sub(r" \(.*", "", code.get("UNTERM English Short", "")))
    demonyms = [word for cell in (row["noun"], row["adjective"]) for word in _split_demonym(cell)]
    seats = [_clean_seat(part) for part in re.split(r"[;,] ", row["capital"])] + [code.get("Capital") or ""]
    return (
        name,
        "state" if member else "place",
        str(code.get("ISO3166-1-Alpha-3", "")),
        _join([*extra[0].split("|"), *others], drop=name),
        _join([*extra[1].split("|"), *demonyms]),
        _join([*seats, *extra[2].split("|")]) if row["capital"] else _join(extra[2].split("|")),
    )


def _split_demonym(cell: str) -> Iterator[str]:
    cell = re.sub(r"; note.*|\((?:US|singular|plural|collective|colloquial)[^)]*\)", "", cell)
    for part in re.split(r",? or |, |; |/", cell):
        word = re.sub(r"^or ", "", part).strip()
        stem = re.sub(r" ?\(\w+\)", "", word).strip(" ()")
        if not re.fullmatch(r"[^\W\d_][\w' -]{2,40}", stem) or fold(stem) in NOT_A_NAME:
            continue
        yield stem
        if "(s)" in word:
            yield stem + "s"


def _clean_seat(part: str) -> str:
    part = re.sub(r" ?\(.*|note.*| in Romanian.*|no official.*| is the .*|administered.*", "", part).strip()
    part = re.sub(r", D\.C\.$", "", part)
    return part if re.fullmatch(r"[^\W\d_][\w'. -]{2,30}", part) and " the " not in part else ""


def _compile_cities(lists: Path, states: list[tuple[str, ...]], known: set[str]) -> list[tuple[str, ...]]:
    state_of = _find_state_of(states)
    cities: dict[str, set[str]] = {}
    for city in _read(lists, "world_cities_geonames"):
        name = city["name"].strip()
        usable = len(name) > 2 and "|" not in name and fold(name) not in known and name not in NO_CITY
        if usable:
            cities.setdefault(_map_country(city["country"], state_of), set()).add(name)
    return [(state, "|".join(sorted(names))) for state, names in cities.items()]


def _find_state_of(states: list[tuple[str, ...]]) -> dict[str, str]:
    state_of: dict[str, str] = {}
    for row in states:
        for word in (row[0], *row[3].split("|")):
            state_of.setdefault(fold(word), row[0])
    return state_of


def _map_country(country: str, state_of: dict[str, str]) -> str:
    name = CITY_STATES.get(country, country.split(", ", maxsplit=1)[0].split(" (", maxsplit=1)[0])
    return state_of.get(fold(name), name)


def _compile_phoenix(
    lists: Path,
    name: str,
    codes: tuple[str, ...],
    wanted: re.Pattern[str],
    unwanted: re.Pattern[str] | None,
) -> list[tuple[str, ...]]:
    rows: dict[str, set[str]] = {}
    for row in _read(lists, name):
        upper = re.sub(r" \([^)]*\)", "", row["name"]).strip().upper()
        code = row["codes"][0] if row["codes"] else ""
        coded = any(code.startswith(prefix) or code.endswith(prefix) for prefix in codes)
        dated = any(" " in each for each in row["codes"])  # people with dated offices
        if not coded or dated or not wanted.search(upper) or (unwanted and unwanted.search(upper)):
            continue
        enough_words = len(upper.split()) >= 2 + upper.startswith("UN ")
        if not enough_words or not re.fullmatch(r"[A-Z][A-Z0-9'&,. -]{1,59}", upper):
            continue
        aliases = {re.sub(r" \([^)]*\)", "", alias.upper()) for alias in row["aliases"]}
        usable = {_title(each) for each in aliases if len(each.split()) > 1 and wanted.search(each)}
        rows.setdefault(_title(upper), set()).update(usable)
    return [(key, "|".join(sorted(value - {key}))) for key, value in rows.items()]


def _write_divisions(lists: Path, states: list[tuple[str, ...]]) -> None:
    """First-level divisions by state, and the towns of those that bear a state's name."""
    state_of = _find_state_of(states)
    territories = {fold(row[0]) for row in states if row[1] == "place"}
    seats = {row[0]: {fold(seat) for seat in row[5].split("|") if seat != "Washington"} for row in states}
    divisions: dict[str, dict[str, set[str]]] = {}
    for city in _read(lists, "world_cities_geonames"):
        name = DIVISION_WORDS.sub("", (city["subcountry"] or "").strip())
        state = _map_country(city["country"], state_of)
        taken = (
            fold(name) in territories or name in NO_CITY | NO_DIVISION or fold(name) in seats.get(state, ())
        )
        if len(name) > 2 and "|" not in name and fold(name) != fold(state) and not taken:
            divisions.setdefault(state, {}).setdefault(name, set()).add(city["name"].strip())
    source = "world_cities_geonames (CC BY 4.0, GeoNames)"
    rows = [(state, "|".join(sorted(names))) for state, names in divisions.items()]
    _write("divisions.tsv", "state divisions", source, rows)
    named = {fold(row[0]) for row in states} | {"washington"}
    namesakes = [
        (name, state, "|".join(sorted(towns)))
        for state, names in divisions.items()
        for name, towns in names.items()
        if fold(name) in named
    ]
    _write("division_cities.tsv", "division state towns", source, namesakes)


def _write_phoenix(lists: Path) -> None:
    """Groups and bodies that no table kept by hand has; the words of those that one has go to it."""
    by_hand = _hand_things("bodies", "armed_groups", "actors", "outlets", "press", "variants")
    trained = _hand_things("bodies", "armed_groups", "outlets").keys()
    folded: dict[str, set[str]] = {}
    groups = _compile_phoenix(lists, "phoenix_armed_groups", ("REB",), ARMED_WORDS, NOT_ARMED_WORDS)
    bodies = _compile_phoenix(lists, "phoenix_international_orgs", ("IGO", "NGO"), BODY_WORDS, None)
    for table, rows in (("phoenix_groups", groups), ("phoenix_bodies", bodies)):
        kept, known = _fold_rows(_merge_rows(rows), by_hand)
        for name, words in known:
            folded.setdefault(name, set()).update(each for each in words if _plain(each) not in trained)
        _write(f"{table}.tsv", "name other_names", f"{SOURCE_OF[table]} (MIT, Open Event Data)", kept)
    rows = [(name, "|".join(sorted(words))) for name, words in folded.items() if words]
    _write("phoenix_variants.tsv", "name other_names", "both Phoenix lists (MIT, Open Event Data)", rows)


def _hand_things(*tables: str) -> dict[str, str]:
    """Plain words -> usual name, of what those tables, kept by hand, hold."""
    found: dict[str, str] = {}
    for table in tables:
        column = {"variants": 1, "outlets": 4, "press": 4}.get(table, 3)
        for line in (TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                cells = [*line.split("\t"), "", "", "", ""]
                for words in (cells[0], *cells[column].split("|")):
                    found.setdefault(_plain(words), cells[0])
    return found


def _plain(words: str) -> str:
    """The look-up form with one spelling of what the lists spell in two ways."""
    form = fold(words)
    for other, ours in SPELLINGS.items():
        form = form.replace(other, ours)
    return re.sub(r",? inc$", "", form).replace(",", "")


def _merge_rows(rows: list[tuple[str, ...]]) -> list[tuple[str, set[str]]]:
    """Rows that share a name of two words or more are one."""
    merged: list[tuple[str, set[str]]] = []
    at: dict[str, int] = {}
    for name, others in sorted(rows):
        words = {name, *others.split("|")} - {""} - NOT_ONE
        places = {at[_plain(each)] for each in words if " " in each and _plain(each) in at}
        if not places:
            places = {len(merged)}
            merged.append((name, set()))
        first = min(places)
        for place in places - {first}:
            words |= {merged[place][0], *merged[place][1]}
            merged[place][1].clear()
            merged[place] = ("", set())
        merged[first][1].update(words - {merged[first][0]})
        for each in words:
            at[_plain(each)] = first
        at |= {words: first for words, place in at.items() if place in places}
    return [(name, others) for name, others in merged if name]


def _fold_rows(
    rows: list[tuple[str, set[str]]], by_hand: dict[str, str]
) -> tuple[list[tuple[str, ...]], list[tuple[str, set[str]]]]:
    """The rows that no table kept by hand has; and of the others the words, by the usual name of the thing.
    A row whose words lead to several things is dropped."""
    kept: list[tuple[str, ...]] = []
    folded: list[tuple[str, set[str]]] = []
    for name, others in rows:
        things = {by_hand[_plain(words)] for words in (name, *others) if _plain(words) in by_hand}
        if not things:
            kept.append((name, "|".join(sorted(others))))
        elif len(things) == 1:
            folded.append((things.pop(), {name, *others}))
    return kept, folded


def _compile_name_words(lists: Path) -> list[tuple[str, ...]]:
    """The words of office-holders' names, by first letter; no name is there whole."""
    roles = {word for row in _read(lists, "phoenix_agents") for word in row["name"].split()}
    names = [
        row["name"].upper()
        for row in _read(lists, "phoenix_country_actors")
        if row["codes"] and all(re.search(r"\d{6}", code) for code in row["codes"])
    ]
    names += [f"{row['first']} {row['last']}".upper() for row in _read(lists, "us_legislators")]
    found = {
        word
        for name in set(names)
        if re.fullmatch(r"[A-Z'-]{2,}( [A-Z'-]{2,}){1,3}", name)
        for word in name.split()
        if len(word) > 2 and word not in roles
    }
    words: dict[str, list[str]] = {}
    for word in sorted(word.lower() for word in found if word[0].isalpha()):
        words.setdefault(word[0], []).append(word)
    return [(initial, "|".join(row)) for initial, row in words.items()]


def _title(words: str) -> str:
    parts = words.replace("|", " ").split()
    return " ".join(
        part.lower() if number and part in LOWER else part if part == part.lower() else part.capitalize()
        for number, part in enumerate(part.upper() for part in parts)
    )


def _join(words: list[str], drop: str = "") -> str:
    kept = dict.fromkeys(word.strip() for word in words)
    return "|".join(word for word in kept if word.lower() not in NOT_A_NAME and word != drop)


if __name__ == "__main__":
    sys.exit(main())
