"""lines of another ledger's log -> decisions, each of the shape that its kind has; anything else is refused.

What is applied again on every read must never be malformed: one bad line would stop the ledger for good.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from onrecord.errors import StopRun
from onrecord.records import Decision, Selector
from onrecord.stores import Conflict
from onrecord.vocabulary import ACTOR_DECISIONS, ACTS, CERTAINTIES, DECISION_KINDS, KINDS, DecisionKind

Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of decisions that were taken over from a file."""

    new: int
    known: int
    conflicts: tuple[Conflict, ...]
    """Those that find nothing to hold on to in this ledger (yet: an article may still be read)."""


def load_decision(line: str, number: int) -> Decision:
    """The decision of a JSON line, as exports write it. Raises `StopRun`, with the line's number, for a line
    that is none."""
    try:
        row = json.loads(line)
        _need(isinstance(row, dict), "it is no JSON object")
        _need(row.get("what") in DECISION_KINDS, f"there is no decision {row.get('what')!r}")
        for name in ("id", "by", "at"):
            _need(_is_words(row.get(name)), f"{name} is missing")
        _need(row.get("reason") is None or isinstance(row["reason"], str), "reason is no text")
        what: DecisionKind = row["what"]
        selector = _load_selector(row.get("selector"))
        of_document = what not in ACTOR_DECISIONS and what not in ("redact", "undo")
        _need(bool(selector.document_id) or not of_document, "it names no document")
        _refuse_shape(what, row.get("value"))
        return Decision(
            id=row["id"], what=what, selector=selector, value=row["value"],
            by=row["by"], at=row["at"], reason=row.get("reason"),
        )  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise StopRun(
            f"line {number} is no decision ({error}): give the lines of `fix log --json`"
        ) from error


def _need(fulfilled: bool, problem: str) -> None:
    if not fulfilled:
        raise ValueError(problem)


def _load_selector(value: Any) -> Selector:
    _need(isinstance(value, dict), "selector is missing")
    fields = {**value, "document_id": value.get("document_id") or ""}
    _need(fields.keys() <= _SELECTOR.keys(), "its selector has unknown fields")
    for name, given in fields.items():
        _need(_SELECTOR[name](given), f"its selector's {name} is {given!r}")
    return Selector(**fields)


def _refuse_shape(what: DecisionKind, value: Any) -> None:
    """Raises `ValueError` for a value that no decision of that kind has."""
    _need(isinstance(value, dict), "value is missing")
    shape = _SHAPES[what]
    for name, check in shape.items():
        optional = name.endswith("?")
        key = name.removesuffix("?")
        _need((optional and key not in value) or (key in value and check(value[key])), f"its {key} is wrong")
    if what == "split":
        _need(len({"other", "words", "document_id"} & value.keys()) == 1, "it must split off one thing")


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


def _is_choice(value: Any) -> bool:
    """An actor as decisions keep it: its name and the keys of its names."""
    if not isinstance(value, dict):
        return False
    nodes = value.get("nodes", [])
    return (
        isinstance(value.get("name"), str)
        and _is_words(value.get("node"))
        and isinstance(nodes, list)
        and all(isinstance(one, str) for one in nodes)
    )


def _is_place(value: Any) -> bool:
    """A stretch of a text with its words."""
    return (
        isinstance(value, dict)
        and _is_number(value.get("start"))
        and _is_number(value.get("end"))
        and value["start"] < value["end"]
        and all(isinstance(value.get(name), str) for name in ("exact", "prefix", "suffix"))
    )


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda value: value in words


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and bool(value) and all(map(check, value))


_SELECTOR: Final[Mapping[str, Check]] = {
    "document_id": _is_text, "record_id": _or_none(_is_text), "start": _or_none(_is_number),
    "end": _or_none(_is_number), "exact": _or_none(_is_text), "prefix": _is_text, "suffix": _is_text,
    "text_digest": _or_none(_is_text),
}  # fmt: skip

_SHAPES: Final[Mapping[DecisionKind, Mapping[str, Check]]] = {
    "speaker": {"speaker": _or_none(_is_place), "name?": _or_none(_is_place)},
    "span": {"part": _one_of(("content", "cue")), "spans": _list_of(_is_place)},
    "act": {"act": _one_of(ACTS), "negated?": _is_flag, "certainty?": _one_of(CERTAINTIES)},
    "date": {"published": _or_none(_is_day)},
    "outlet": {"outlet": _or_none(_is_text)},
    "litter": {"line": _is_place, "litter": _is_flag},
    "add": {
        "content": _list_of(_is_place), "cue?": _list_of(_is_place), "speaker?": _or_none(_is_place),
        "name?": _or_none(_is_place), "act?": _one_of(ACTS),
    },
    "accept": {},
    "reject": {},
    "redact": {"letters": _is_number, "digest": _is_digest},
    "undo": {"decision": _is_words},
    "merge": {"one": _is_choice, "other": _is_choice},
    "split": {
        "one": _is_choice, "other?": _is_choice, "words?": _is_words, "document_id?": _is_words,
    },
    "rename": {"one": _is_choice, "name": _is_words},
    "kind": {"one": _is_choice, "kind": _one_of(KINDS)},
    "confirm": {"one": _is_choice},
}  # fmt: skip
"""Kind of decision -> the fields of its value; those with ? may be missing."""
