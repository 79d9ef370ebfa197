"""`fix …`: a person's word about a record -> a decision in the ledger, and a line that says what it did."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.surfaces.cli.options import (
    ByOption,
    JsonOption,
    LedgerOption,
    ReasonOption,
    open_ledger,
    stop_usage,
)
from onrecord.surfaces.cli.output import clean_line, count, make_console, print_error, print_json
from onrecord.surfaces.cli.queries import read_act

if TYPE_CHECKING:
    from onrecord.records import Decision
    from onrecord.vocabulary import DecisionKind

CONFLICTS = 1

Statement = Annotated[str, typer.Argument(metavar="STATEMENT", help="A statement's id or its beginning.")]
Document = Annotated[str, typer.Argument(metavar="DOCUMENT", help="An id, a path or a file name.")]


def add_commands(app: typer.Typer) -> None:
    """Adds `fix` with all its kinds of decision."""
    fix = typer.Typer(
        help="Correct, accept, reject, add, merge, split, redact, undo: decisions outrank the machine.",
        no_args_is_help=True,
    )
    for name, command in (
        ("speaker", fix_speaker), ("span", fix_span), ("act", fix_act), ("date", fix_date),
        ("outlet", fix_outlet), ("litter", fix_litter), ("add", add), ("accept", accept), ("reject", reject),
        ("redact", redact), ("undo", undo), ("log", log),
    ):  # fmt: skip
        fix.command(name)(command)
    from onrecord.surfaces.cli import deciding

    deciding.add_commands(fix)
    app.add_typer(fix, name="fix")


def fix_speaker(
    context: typer.Context,
    statement: Statement,
    words: Annotated[str | None, typer.Argument(help="The speaker in words of the article.")] = None,
    *,
    name: Annotated[
        str | None, typer.Option("--name", help="Whom these words stand for, as the article names them.")
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody that we can tell.")] = False,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say who the speaker is, in words that stand in the article."""
    if nobody == (words is not None):
        raise stop_usage("give the speaker's words as the article has them, or --nobody")
    value: dict[str, object] = {"words": words}
    if name:
        value["name"] = name
    _decide(context, "speaker", statement, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def fix_span(
    context: typer.Context,
    statement: Statement,
    words: Annotated[
        list[str], typer.Argument(help="The words, exactly; several pieces as several arguments.")
    ],
    *,
    part: Annotated[str, typer.Option("--part", metavar="content|cue")] = "content",
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say which words are the statement's content (or its cue)."""
    if part not in ("content", "cue"):
        raise stop_usage(f"--part is content or cue, not {part!r}")
    value = {"part": part, "words": list(words)}
    _decide(context, "span", statement, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def fix_act(
    context: typer.Context,
    statement: Statement,
    act: Annotated[str, typer.Argument(help="asserts, denies, warns, …")],
    *,
    negated: Annotated[bool | None, typer.Option("--negated/--not-negated", help="“did not say”")] = None,
    certainty: Annotated[
        str | None, typer.Option("--certainty", help="certain, probable, possible, unspecified")
    ] = None,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what the speaker does by speaking."""
    from onrecord.vocabulary import CERTAINTIES

    if certainty is not None and certainty not in CERTAINTIES:
        raise stop_usage(f"--certainty is one of {', '.join(CERTAINTIES)}")
    given = {"act": read_act(act), "negated": negated, "certainty": certainty}
    value = {name: one for name, one in given.items() if one is not None}
    _decide(context, "act", statement, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def fix_date(
    context: typer.Context,
    document: Document,
    day: Annotated[str, typer.Argument(help="2021-03-04, or “unknown”.")],
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say when the article was published."""
    value = {"published": None if day.casefold() == "unknown" else day}
    _decide(context, "date", document, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def fix_outlet(
    context: typer.Context,
    document: Document,
    outlet: Annotated[str, typer.Argument(help="The outlet's name, or “unknown”.")],
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say who published the article."""
    value = {"outlet": None if outlet.casefold() == "unknown" else outlet}
    _decide(context, "outlet", document, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def fix_litter(
    context: typer.Context,
    document: Document,
    words: Annotated[str, typer.Argument(help="The line, as it stands in the text.")],
    *,
    keep: Annotated[
        bool, typer.Option("--keep", help="It is part of the article: take the mark away.")
    ] = False,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mark a line as not the article (or, with --keep, as part of it)."""
    value: dict[str, object] = {"words": words, "litter": not keep}
    _decide(context, "litter", document, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def add(
    context: typer.Context,
    document: Document,
    content: Annotated[
        list[str], typer.Argument(help="What was said, exactly; several pieces as several arguments.")
    ],
    *,
    speaker: Annotated[str | None, typer.Option("--speaker", help="In words of the article.")] = None,
    cue: Annotated[str | None, typer.Option("--cue", help="In words of the article.")] = None,
    act: Annotated[str | None, typer.Option("--act", help="asserts, denies, warns, …")] = None,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a statement that was missed."""
    given = {"content": list(content), "speaker": speaker, "cue": cue, "act": read_act(act)}
    value = {name: one for name, one in given.items() if one is not None}
    _decide(context, "add", document, value, by=by, reason=reason, ledger=ledger, as_json=as_json)


def accept(
    context: typer.Context,
    statement: Statement,
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a statement is right as it stands."""
    _decide(context, "accept", statement, {}, by=by, reason=reason, ledger=ledger, as_json=as_json)


def reject(
    context: typer.Context,
    statement: Statement,
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a statement is none: it leaves every list, and undo brings it back."""
    _decide(context, "reject", statement, {}, by=by, reason=reason, ledger=ledger, as_json=as_json)


def redact(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name whose words are to go.")],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask; the words cannot be brought back.")
    ] = False,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove a name from every text, record, index and log of the ledger, for good."""
    if not yes:
        if not sys.stdin.isatty():
            raise stop_usage("redaction cannot be taken back: add --yes")
        typer.confirm(f"Remove “{clean_line(name)}” from the whole ledger, for good?", abort=True)
    with open_ledger(context, ledger) as opened:
        done = opened.redact(name, by=name_person(by), at=name_moment(), reason=reason)
    if as_json:
        row = {"decision": done.decision.id, "places": done.places, "documents": done.documents}
        print_json({**row, "left": dict(done.left)})
        return
    blanked = f"{count(done.places, 'place')} in {count(done.documents, 'article')} blanked"
    make_console().print(f"{blanked}; decision {done.decision.id[:8]}")
    for word, times in done.left:
        still = f"“{clean_line(word)}” still stands {count(times, 'time')}"
        make_console().print(f"{still}: redact it too if it means the same person")


def undo(
    context: typer.Context,
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="A decision's id or its beginning.")],
    *,
    by: ByOption = None,
    reason: ReasonOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a decision back: the records are as they were before it."""
    with open_ledger(context, ledger) as opened:
        done = opened.undo(decision, by=name_person(by), at=name_moment(), reason=reason)
    print_decision(done, as_json=as_json)


def log(context: typer.Context, ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """Every decision, oldest first, with what became of it; exit code 1 when one found no record any more."""
    from onrecord.exports.rows import decision_row

    console = make_console()
    with open_ledger(context, ledger) as opened:
        logged = opened.log()
    for one in logged:
        if as_json:
            print_json({**decision_row(one.decision), "state": one.state, "why": one.why})
            continue
        decision = one.decision
        cells = [decision.at, decision.id[:8], decision.what, name_subject(decision)]
        cells += [_describe_value(decision), f"by {decision.by}", one.state]
        cells += [part for part in (decision.reason, one.why) if part]
        console.print("  ".join(clean_line(cell) for cell in cells if cell))
    if not logged and not as_json:
        console.print("no decision yet")
    conflicts = sum(one.state == "conflict" for one in logged)
    if conflicts:
        print_error(f"{count(conflicts, 'decision')} in conflict: decide again, or undo")
        raise typer.Exit(CONFLICTS)


def name_person(given: str | None) -> str:
    """Who decides: the option, ONRECORD_BY, the user name."""
    if given or os.environ.get("ONRECORD_BY"):
        return given or os.environ["ONRECORD_BY"]
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def name_moment() -> str:
    """Now, in UTC, to the second (surfaces may look at the clock; what they call may not)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _decide(
    context: typer.Context,
    what: DecisionKind,
    key: str,
    value: Mapping[str, object],
    *,
    by: str | None,
    reason: str | None,
    ledger: Path | None,
    as_json: bool,
) -> None:
    with open_ledger(context, ledger) as opened:
        done = opened.decide(what, key, value, by=name_person(by), at=name_moment(), reason=reason)
    print_decision(done, as_json=as_json)


def print_decision(decision: Decision, *, as_json: bool) -> None:
    """Says what was decided, and how to take it back."""
    from onrecord.exports.rows import decision_row

    if as_json:
        print_json(decision_row(decision))
        return
    about = name_subject(decision)
    undone = "" if decision.what == "undo" else f" (to take it back: onrecord fix undo {decision.id[:8]})"
    line = f"decided: {decision.what} of {about}; decision {decision.id[:8]}{undone}"
    make_console().print(clean_line(line))


def name_subject(decision: Decision) -> str:
    """What a decision is about: the beginning of a record's id, or an actor's name."""
    one = decision.value.get("one")
    if isinstance(one, Mapping):
        return f"“{one['name']}”"
    return (decision.selector.record_id or decision.selector.document_id)[:8]


def _describe_value(decision: Decision) -> str:
    named = {
        name: one["name"] if isinstance(one, Mapping) and "node" in one else one
        for name, one in decision.value.items()
        if name != "one"
    }
    return ", ".join(f"{name} {one}" for name, one in named.items())
