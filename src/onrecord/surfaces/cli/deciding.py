"""`fix merge`, `split`, `rename`, `kind`, `confirm`, `apply`: a word about an actor -> a decision."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.surfaces.cli.fixing import CONFLICTS, name_moment, name_person, print_decision
from onrecord.surfaces.cli.options import (
    ByOption,
    JsonOption,
    LedgerOption,
    ReasonOption,
    open_ledger,
    stop_usage,
)
from onrecord.surfaces.cli.output import count, make_console, print_error, print_json

if TYPE_CHECKING:
    from onrecord.vocabulary import DecisionKind

Actor = Annotated[str, typer.Argument(metavar="ACTOR", help="An actor's name, id or its beginning.")]


def add_commands(app: typer.Typer) -> None:
    """Adds this module's kinds of decision to `fix`."""
    for name, command in (
        ("merge", merge), ("split", split), ("rename", rename), ("kind", set_kind), ("confirm", confirm),
        ("apply", apply),
    ):  # fmt: skip
        app.command(name)(command)


def merge(
    context: typer.Context,
    actor: Actor,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The actor that is the same.")],
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that two actors are one; ids of both go on finding it."""
    _decide(context, "merge", actor, {"other": other}, by=by, reason=reason, ledger=ledger, as_json=as_json)


def split(
    context: typer.Context,
    actor: Actor,
    other: Annotated[str | None, typer.Argument(metavar="OTHER", help="The actor that is another.")] = None,
    *,
    name: Annotated[str | None, typer.Option("--name", help="A name of it that means another.")] = None,
    document: Annotated[
        str | None,
        typer.Option("--in", metavar="DOCUMENT", help="An article that means another."),
    ] = None,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that two actors are not one, by any path; or take a name or an article out of one."""
    given = {"other": other, "words": name, "document": document}
    value = {key: one for key, one in given.items() if one is not None}
    if len(value) != 1:
        raise stop_usage("give one of: OTHER, --name NAME, --in DOCUMENT")
    _decide(context, "split", actor, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def rename(
    context: typer.Context,
    actor: Actor,
    name: Annotated[str, typer.Argument(help="What to call it.")],
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what an actor is to be called; all its names stay."""
    _decide(context, "rename", actor, {"name": name}, by=by, reason=reason, ledger=ledger, as_json=as_json)


def set_kind(
    context: typer.Context,
    actor: Actor,
    kind: Annotated[str, typer.Argument(help="person, organisation, state, armed group, …")],
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what an actor is."""
    _decide(context, "kind", actor, {"kind": kind}, by=by, reason=reason, ledger=ledger, as_json=as_json)


def confirm(
    context: typer.Context,
    actor: Actor,
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a person without an evident public role may be listed across articles."""
    _decide(context, "confirm", actor, {}, by=by, reason=reason, ledger=ledger, as_json=as_json)


def apply(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="JSON lines, as `fix log --json` writes them.")
    ],
    *,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take over the decisions of another ledger; exit code 1 when one finds nothing to hold on to here."""
    from onrecord.errors import StopRun

    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StopRun(
            f"{file} cannot be read ({error}): give the file that `fix log --json` wrote"
        ) from error
    with open_ledger(context, ledger) as opened:
        taken = opened.apply(lines)
    if as_json:
        print_json(
            {
                "new": taken.new,
                "known": taken.known,
                "conflicts": [one.decision_id for one in taken.conflicts],
            }
        )
    else:
        make_console().print(f"{count(taken.new, 'decision')} taken over, {taken.known:,} known already")
    if taken.conflicts:
        for one in taken.conflicts:
            print_error(f"{one.decision_id[:8]}: {one.why}")
        raise typer.Exit(CONFLICTS)


def _decide(
    context: typer.Context,
    what: DecisionKind,
    key: str,
    value: Mapping[str, str],
    *,
    by: str | None,
    reason: str | None,
    ledger: Path | None,
    as_json: bool,
) -> None:
    with open_ledger(context, ledger) as opened:
        done = opened.decide_actor(what, key, value, by=name_person(by), at=name_moment(), reason=reason)
    print_decision(done, as_json=as_json)
