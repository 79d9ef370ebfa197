"""options that many commands share -> their declarations, and the ledger they mean."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", "-l", metavar="FILE", help="The ledger file (else ONRECORD_LEDGER, else onrecord.db)."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON lines instead of text.")]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="WHO", help="Who decides (else ONRECORD_BY, else your user name)."),
]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why; kept in the log.")]
OutputOption = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")]
ConfirmOption = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm",
        metavar="NAME",
        help="A person without an evident public role who may be listed across articles; can be repeated.",
    ),
]


def name_ledger(context: typer.Context, given: Path | None) -> Path:
    """The ledger file: the command's own option, the one before the command, the environment, the settings
    file, `onrecord.db`."""
    from onrecord.settings import load_settings

    return load_settings(flags={"ledger": given or context.find_root().obj}).ledger


def open_ledger(context: typer.Context, given: Path | None, *, create: bool = False) -> Ledger:
    """The ledger, open; without `create` it must be there. Raises `StopRun` with the remedy."""
    from onrecord.errors import StopRun
    from onrecord.ledger import Ledger

    place = name_ledger(context, given)
    if not create and not place.is_file():
        raise StopRun(
            f"there is no ledger {place}: make one with `onrecord read PATH`, or name one with -l FILE"
        )
    return Ledger.open(place, create=create)


def stop_usage(message: str) -> typer.Exit:
    """An exit for wrong usage that typer itself cannot see; the message is printed."""
    print(f"wrong usage: {message}", file=sys.stderr)
    return typer.Exit(2)
