#!/usr/bin/env python3
"""the command line as it is -> docs/reference/commands.md; a test fails when the page is behind.

Run `python scripts/command_page.py` in the environment after a command or option has changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "commands.md"
HEAD = """# Commands

Made by `scripts/command_page.py` from the command line itself; do not edit by hand.

`onrecord` alone says what to do next. The ledger is `--ledger FILE`, else `ONRECORD_LEDGER`, else
`onrecord.db` in the current folder. `--json` prints JSON lines; a pipe gets no colours and no progress bar.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | done, but something was skipped or a check failed; standard error says what |
| 2 | wrong usage |
| 3 | the run was stopped; standard error says why and what helps |
"""


def write_page() -> str:
    """The whole page."""
    from onrecord.surfaces.cli import app

    commands = sorted(_walk(typer.main.get_command(app), ("onrecord",)))
    return HEAD + "".join(_describe(path, command) for path, command in commands)


def _walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if not children:
        yield path, command
        return
    for name, child in children.items():
        yield from _walk(child, (*path, name))


def _describe(path: tuple[str, ...], command: Any) -> str:
    words = [f"\n## {' '.join(path)}\n\n{' '.join((command.help or '').split())}\n"]
    rows = [row for parameter in command.params if (row := _describe_parameter(parameter))]
    if rows:
        words.append("\n| | |\n|---|---|\n" + "".join(rows))
    return "".join(words)


def _describe_parameter(parameter: Any) -> str | None:
    if parameter.name == "help" or getattr(parameter, "hidden", False):
        return None
    metavar = parameter.metavar or ""
    if parameter.param_type_name == "argument":
        name = (metavar or parameter.name).upper().rstrip(".")
        many = "..." if parameter.nargs == -1 else ""
        name = f"{name}{many}" if parameter.required else f"[{name}{many}]"
    else:
        name = ", ".join((*parameter.opts, *parameter.secondary_opts)) + (f" {metavar}" if metavar else "")
    text = " ".join((getattr(parameter, "help", None) or "").split()).replace("|", "\\|")
    return f"| `{name.replace('|', chr(92) + '|')}` | {text} |\n"


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} written\n")
