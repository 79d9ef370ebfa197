"""words typed after `onrecord` -> one library call, its answer on the screen, an exit code.

Exit codes: 0 done; 1 done, but something was skipped or a check failed; 2 wrong usage; 3 stopped, with the
remedy. Nothing heavy is imported before a command needs it, so that `onrecord --help` is quick.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.errors import OnrecordError
from onrecord.surfaces.cli import actors, fixing, language, queries, reading
from onrecord.surfaces.cli.options import LedgerOption, name_ledger
from onrecord.surfaces.cli.output import prepare_streams, print_error
from onrecord.threads import set_one_thread

__all__ = ["app", "main"]

STOPPED = 3
_INTERRUPTED = 130
"""The code that typer gives to Ctrl-C."""
_BY_YOU = "by you; what was read is kept, and the same command goes on from there"

app = typer.Typer(
    name="onrecord",
    help="Who said what about whom, from a pile of news articles.",
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _commands in (reading, queries, actors, fixing, language):
    _commands.add_commands(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        from onrecord.names import read_version

        day, digest = read_version()
        typer.echo(f"onrecord {__version__}, name tables of {day} ({digest[:12]})")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    ledger: LedgerOption = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Who said what about whom, from a pile of news articles: each line traceable to its exact words."""
    context.obj = ledger
    if context.invoked_subcommand is None:
        _print_next_step(context)


def _print_next_step(context: typer.Context) -> None:
    """What to do next, by whether there is a ledger here."""
    place = name_ledger(context, None)
    if place.is_file():
        steps = [
            ("onrecord summary", "what the ledger holds"),
            ("onrecord said WORDS", "who is said to have said what"),
            ("onrecord page -o ledger.html", "the whole ledger as one page for the browser"),
            ("onrecord read PATH", "read more articles"),
        ]
        typer.echo(f"There is a ledger here: {place}\n")
    else:
        steps = [
            ("onrecord demo", "read the bundled examples and open the page it writes"),
            ("onrecord read PATH", "read your own articles: files, folders, globs, archives"),
        ]
        typer.echo(f"There is no ledger here yet ({place}).\n")
    width = max(len(command) for command, _ in steps)
    for command, meaning in steps:
        typer.echo(f"  {command:<{width}}   {meaning}")
    typer.echo("\nAll commands: onrecord --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code; no traceback reaches the user."""
    prepare_streams()
    set_one_thread()  # no command has loaded numpy yet
    stream = sys.stdout
    try:
        app(args=list(sys.argv[1:] if arguments is None else arguments), prog_name="onrecord")
    except SystemExit as end:
        # typer puts another stream in place of one that was closed on it, and ends with 1
        return _read_code(end) if sys.stdout is stream else _leave_pipe()
    except KeyboardInterrupt:
        return _stop(_BY_YOU)
    except BrokenPipeError:
        return _leave_pipe()
    except OnrecordError as error:
        return _stop(str(error))
    except OSError as error:
        return _stop(f"{error}: check the path, its permissions and the space on the disk")
    except MemoryError:
        return _stop("out of memory: close other programs or read fewer files at once")
    except Exception as error:
        if os.environ.get("ONRECORD_DEBUG"):
            traceback.print_exc()
        return _stop(
            f"a fault of onrecord's own ({type(error).__name__}: {error}); what was read before is kept. "
            "Please report it with the output of the same command under ONRECORD_DEBUG=1"
        )
    return 0


def _read_code(end: SystemExit) -> int:
    if end.code == _INTERRUPTED:
        return _stop(_BY_YOU)
    return end.code if isinstance(end.code, int) else 0


def _stop(message: str) -> int:
    print_error(f"stopped: {message}")
    return STOPPED


def _leave_pipe() -> int:
    """Whoever read our output has had enough (`| head`): no error, and nothing more may be written."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (lives until the end)
    return 0
