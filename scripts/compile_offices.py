#!/usr/bin/env python3
"""$ONRECORD_CORPORA/names/phoenix_country_actors -> src/onrecord/names/tables/offices.tsv.

Dated public offices of people: `python scripts/compile_offices.py`, after compile_names.py. Only names of
two to five words whose every code is a dated office of a state's institutions are taken, under the list's
own first name: its aliases are left out, since pairs of them are held out to measure how actors are joined.
Codes of religion, ethnicity, rebels and criminals are never read. Output is sorted, so that a second run
changes nothing.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onrecord.names.folding import fold

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "src" / "onrecord" / "names" / "tables"
CORPORA = Path(os.environ.get("ONRECORD_CORPORA", ROOT.parent / "shared" / "corpora"))

ROLES = {
    "GOV": "government", "MIL": "military", "JUD": "judiciary", "LEG": "legislature", "COP": "police",
    "SPY": "intelligence", "OPP": "opposition",
}  # fmt: skip
"""CAMEO's first agent code -> role; a second one tells the field ("GOVEDU") and is not kept."""
AFTER = r"(?:AGR|BUS|COP|DEV|EDU|ENV|HLH|HRI|JUD|LAB|LEG|MED|MIL|PTY|REF|SPY)?"
CODE = re.compile(
    rf"([A-Z]{{3}})({'|'.join(ROLES)}){AFTER} ?([<>]?) ?(\d{{8}}|\d{{6}})(?:-(\d{{8}}|\d{{6}}))?"
)
STATES = {
    "KSV": "Kosovo", "ROM": "Romania", "ZAR": "Democratic Republic of the Congo", "TMP": "Timor-Leste",
    "COD": "Democratic Republic of the Congo", "PSE": "Palestine", "TWN": "Taiwan", "VAT": "Vatican",
}  # fmt: skip
"""Codes that are not ISO 3166's of today."""
NO_PERSON = frozenset(
    """
    academy administration affairs agency and army assembly associates authority bank board bureau cabinet
    center centre chief circle college command commander commission committee company congress corps
    council court crown defence defense department deputy diplomat directorate education embassy energy
    family federal finance force forces foreign former front general government governor group guard head
    health high home house independent institute intelligence interior international justice king labor
    labour law leader left liberation mayor media military minister ministry movement national navy of
    office officer officials opposition organization palace parliament party people police policy
    president prime prince princess public queen radio rebel republic reserve right royal school secretary
    security senate service social society speaker special spokesman staff state supreme team the trade
    transport treasury troops union united university war white
    """.split()
)
CENTURY = 30
"""Two-digit years up to this one are of the 2000s."""


def main() -> int:
    """Writes offices.tsv; 1 when the list is not there."""
    path = CORPORA / "names" / "phoenix_country_actors" / "phoenix_country_actors.jsonl.gz"
    if not path.is_file():
        print(f"no list at {path}: set ONRECORD_CORPORA to the folder with names/", file=sys.stderr)
        return 1
    states = dict(_read_states())
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for name, offices in map(_read_offices, map(json.loads, file)):
            for code, role, since, until in offices:
                if state := STATES.get(code, states.get(code, "")):
                    found.setdefault((state, role, name), []).append((since, until))
    entries: dict[tuple[str, str], list[str]] = {}
    for (state, role, name), periods in sorted(found.items()):
        for since, until in _join_periods(periods):
            entries.setdefault((state, role), []).append(f"{name};{since};{until}".rstrip(";"))
    head = "# compiled by scripts/compile_offices.py from phoenix_country_actors (MIT, Open Event Data)\n"
    body = "".join(
        f"{state}\t{role}\t{'|'.join(sorted(each))}\n" for (state, role), each in sorted(entries.items())
    )
    (TABLES / "offices.tsv").write_text(
        f"{head}# state\trole\tname;since;until\n{body}", encoding="utf-8", newline="\n"
    )
    print(
        f"offices.tsv: {sum(map(len, entries.values()))} offices of {len({key[2] for key in found})} people"
    )
    return 0


def _read_states() -> Iterator[tuple[str, str]]:
    for line in (TABLES / "states.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, iso = line.split("\t")[:3]
            if iso:
                yield iso, name


def _read_offices(row: dict[str, Any]) -> tuple[str, list[tuple[str, str, str, str]]]:
    """The name as news write it, and (state code, role, first day, day after the last) of each dated office;
    none when the row is no person's or one of its dated codes is of another kind."""
    words = row["name"].replace("_", " ").split()
    is_name = 2 <= len(words) <= 5 and all(re.fullmatch(r"[A-Z][A-Z'.-]*", word) for word in words)
    is_name = is_name and len(words[-1].strip(".")) > 1 and sum(len(word) > 2 for word in words) > 1
    if not is_name or NO_PERSON & set(fold(" ".join(words)).split()):
        return "", []
    offices = []
    for code in row["codes"]:
        match = CODE.fullmatch(code)
        if match is None:
            if re.search(r"\d", code) and not re.match(r"[A-Z]{3}ELI ", code):
                return "", []  # an office that is no office of a state's: somebody's row that we cannot judge
            continue
        state, role, sign, first, last = match.groups()
        since, until = (_read_day(first), _read_day(last)) if sign != "<" else ("", _read_day(first))
        if since is None or until is None:
            return "", []
        offices.append((state, ROLES[role], since, until))
    return " ".join(map(_capitalise, words)), offices


def _read_day(digits: str | None) -> str | None:
    """ "030801" -> "20030801"; "" for none, None for what is no day."""
    if not digits:
        return ""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= CENTURY else "19") + digits
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return digits if 1900 <= day.year <= 2020 else None


def _capitalise(word: str) -> str:
    return re.sub(r"[A-Z]+", lambda part: part.group().capitalize(), word)


def _join_periods(periods: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Periods that overlap or follow at once are one; one that ends before it begins is left out."""
    joined: list[tuple[str, str]] = []
    for since, until in sorted(set(periods)):
        if until and since > until:
            continue
        if joined and (not joined[-1][1] or since <= _next_day(joined[-1][1])):
            before, end = joined[-1]
            joined[-1] = (before, "" if not end or not until else max(end, until))
        else:
            joined.append((since, until))
    return joined


def _next_day(digits: str) -> str:
    day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) + timedelta(days=1)
    return day.strftime("%Y%m%d")


if __name__ == "__main__":
    sys.exit(main())
