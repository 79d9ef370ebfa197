"""`actors`: a ledger -> who is named in it, under which names and why, in which roles, spoken of by whom."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.surfaces.cli.options import JsonOption, LedgerOption, open_ledger, stop_usage
from onrecord.surfaces.cli.output import clean_line, count, make_console, print_error, print_json

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.ledger import Ledger
    from onrecord.records import Actor
    from onrecord.views import StatementView

SHOWN = 12
"""Roles, speakers and articles that an actor's page shows on a terminal."""
ROWS = 30
ALIASES = 5


def add_commands(app: typer.Typer) -> None:
    """Adds this module's command."""
    app.command("actors")(actors)


def actors(
    context: typer.Context,
    name: Annotated[list[str] | None, typer.Argument(help="A name, words of a role, or an id.")] = None,
    *,
    kind: Annotated[str | None, typer.Option("--kind", help="person, state, armed group, …")] = None,
    suggestions: Annotated[
        bool, typer.Option("--suggestions", help="Pairs that may be one actor: only you join them.")
    ] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who is named: all names of each, why they are one, their roles, and who speaks of them."""
    from onrecord.vocabulary import KINDS

    if kind is not None and kind not in KINDS:
        raise stop_usage(f"--kind is one of {', '.join(KINDS)}")
    words = " ".join(name or ()) or None
    with open_ledger(context, ledger) as opened:
        if suggestions:
            _print_suggestions(opened, words, as_json=as_json)
            return
        found = [one for one in opened.actors(words) if kind is None or one.kind == kind]
        if words and len(found) == 1:
            _print_actor(opened, found[0], as_json=as_json)
        else:
            _print_list(found, as_json=as_json)
        if words:
            _print_private(opened, words, found=bool(found))


def _print_list(found: list[Actor], *, as_json: bool) -> None:
    from onrecord.exports.rows import assembled_row
    from onrecord.surfaces.cli.lines import PREFIX, print_table

    if as_json:
        for one in found:
            print_json(assembled_row(one))
        return
    if not found:
        return
    console = make_console()
    shown = found[:ROWS] if console.is_terminal else found
    rows = [(one.id[:PREFIX], one.name, one.kind, f"{one.documents:,}", _list_others(one)) for one in shown]
    print_table(console, rows, ("Id", "Actor", "Kind", "Articles", "Also called"))
    if len(found) > len(shown):
        console.print(f"  … and {len(found) - len(shown):,} more: --json lists all")


def _list_others(actor: Actor) -> str:
    others = [words for words in actor.aliases if words != actor.name]
    more = f" and {len(others) - ALIASES} more" if len(others) > ALIASES else ""
    return ", ".join(others[:ALIASES]) + more


def _print_private(ledger: Ledger, words: str, *, found: bool) -> None:
    """Says that there are persons of the name who are not gathered, or that there is nobody."""
    private = ledger.understand(words).private
    if private:
        remedy = (
            f"`onrecord fix confirm {words!r}` if the person may be listed"
            if len(words.split()) > 1
            else "`onrecord actors --suggestions` says whom it may be short for"
        )
        where = f"{count(private, 'article')} with a {words!r} of no evident public role: shown there only"
        print_error(f"{where}; {remedy}")
    elif not found:
        print_error(
            f"no actor is called {words!r} here; persons without an evident public role are found by their "
            "full name"
        )


def _print_actor(ledger: Ledger, actor: Actor, *, as_json: bool) -> None:
    """One actor with all that the ledger holds on it."""
    from onrecord.exports.rows import assembled_row
    from onrecord.queries import Question

    said = ledger.answer(Question(by=actor.id, parts=False)).statements
    about = ledger.answer(Question(about=actor.id, parts=False)).statements
    speakers = _count_speakers(about)
    parts = ledger.understand(actor.id).parts
    if as_json:
        row = {
            **assembled_row(actor),
            "statements": len(said),
            "spoken_of": len(about),
            "speakers": [{"name": name, "statements": number} for name, number in speakers],
            "parts": [{"id": one.id, "name": one.name, "kind": one.kind} for one in parts],
            "articles": ledger.bearers(actor),
        }
        print_json(row)
        return
    console = make_console()
    console.print(
        clean_line(f"{actor.name} — {actor.kind}, in {count(actor.documents, 'article')} ({actor.id[:8]})")
    )
    _print_lines(console, "names", [", ".join(actor.aliases)])
    _print_lines(console, "one actor because", actor.reasons)
    _print_lines(console, "roles", _describe_roles(ledger, actor))
    _print_lines(
        console, "may be listed because", [actor.public] if actor.kind == "person" and actor.public else []
    )
    _print_lines(console, "part of it, or speaks for it", [f"{one.name} ({one.kind})" for one in parts])
    _print_lines(console, "", _describe_ties(ledger, actor))
    _print_lines(console, "named in", _describe_articles(ledger, actor))
    _print_lines(console, "says", [count(len(said), "statement")] if said else [])
    _print_lines(console, "spoken of by", [f"{name}: {number:,}" for name, number in speakers])


def _count_speakers(about: tuple[StatementView, ...]) -> list[tuple[str, int]]:
    """Who makes the statements, most first; persons without a public role are not named here."""
    from onrecord.summaries import may_list, name_across

    names = Counter(
        name_across(one) if may_list(one) else "others" for view in about for one in view.speakers
    )
    return sorted(names.items(), key=lambda item: (item[0] == "others", -item[1], item[0]))


def _describe_roles(ledger: Ledger, actor: Actor) -> list[str]:
    names = {one.id: one.name for one in ledger.actors()} if actor.roles else {}
    lines: dict[str, None] = {}
    for role in actor.roles:
        of = f" (for {names[role.of]})" if role.of in names else ""
        day = role.day or "no day"
        lines[f"{role.words}{of} · {day}, document {role.document_id[:8]}"] = None
    return list(lines)


def _describe_articles(ledger: Ledger, actor: Actor) -> list[str]:
    """The articles that name it, most mentions first; only those that are shown are looked up."""
    numbers = sorted(ledger.bearers(actor).items(), key=lambda item: (-item[1], item[0]))
    shown = [
        f"{ledger.find_document(key).path} ({key[:8]}), {count(number, 'mention')}"
        for key, number in numbers[:SHOWN]
    ]
    return shown + [""] * (len(numbers) - len(shown))


def _describe_ties(ledger: Ledger, actor: Actor) -> list[str]:
    """Lineage and belonging, in words."""
    ties = (
        ("part of", actor.part_of), ("renamed to", actor.renamed_to), ("split from", actor.split_from),
        ("speaks for", (actor.speaks_for,) if actor.speaks_for else ()),
    )  # fmt: skip
    wanted = {key for _, keys in ties for key in keys}
    names = {one.id: one.name for one in ledger.actors()} if wanted else {}
    return [f"{tie} {names[key]}" for tie, keys in ties for key in keys if key in names]


def _print_lines(console: Console, head: str, lines: tuple[str, ...] | list[str]) -> None:
    for line in lines[:SHOWN]:
        console.print(clean_line(f"  {head}: {line}" if head else f"  {line}"))
    if len(lines) > SHOWN:
        console.print(f"  … and {len(lines) - SHOWN:,} more: --json lists all")


def _print_suggestions(ledger: Ledger, words: str | None, *, as_json: bool) -> None:
    wanted = {one.id for one in ledger.actors(words)} if words else None
    console = make_console()
    for one, other, reason in ledger.suggestions():
        if wanted is not None and not wanted & {one.id, other.id}:
            continue
        if as_json:
            print_json({"one": one.id, "other": other.id, "names": [one.name, other.name], "reason": reason})
            continue
        names = f"{_name_within(one)} = {_name_within(other)}?"
        console.print(clean_line(f"{one.id[:8]} {other.id[:8]}  {names}  {reason}"))


def _name_within(actor: Actor) -> str:
    """The name; of somebody who is not listed, with the article that it is a name in."""
    return f"{actor.name} (document {actor.within[:8]})" if actor.within else actor.name
