"""`read`, `demo`: paths -> a ledger, and on the screen what was read, what was skipped and why."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.surfaces.cli.options import JsonOption, LedgerOption, name_ledger
from onrecord.surfaces.cli.output import clean_line, count, make_console, print_error, print_json

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.pipeline import Progress, ReadReport
    from onrecord.settings import Settings
    from onrecord.views import StatementView

SKIPPED = 1
LISTED = 20
"""Skipped inputs that are listed one by one; `--json` lists all."""
HANDFUL = 6
SPINNER = 4
"""Columns that the spinner takes from the line."""
DEMO_LEDGER = Path("onrecord-demo.db")
DEMO_PAGE = Path("onrecord-demo.html")


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command("demo")(demo)
    app.command("read")(read)


def read(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, archives.")],
    *,
    ledger: LedgerOption = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-w", min=0, help="Reading processes; 0 reads in this one, unguarded."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="OURS=THEIRS,...", help="For tables: text=body,title=headline."),
    ] = None,
    names: Annotated[
        str | None,
        typer.Option("--names", metavar="FILE", help="Your own names: CSV, TSV, YAML or JSON."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read articles into the ledger: what was read, what was skipped, and why."""
    from onrecord.ledger import Ledger
    from onrecord.settings import load_settings

    flags = {"ledger": name_ledger(context, ledger), "workers": workers, "columns": columns, "names": names}
    settings = load_settings(flags=flags)
    with Ledger.open(settings.ledger) as opened:
        report = read_with_progress(opened, list(paths), settings)
    print_report(report, settings.ledger, as_json=as_json)
    if report.skipped:
        raise typer.Exit(SKIPPED)


def read_with_progress(ledger: Ledger, paths: list[str], settings: Settings) -> ReadReport:
    """Reads with a progress line on a terminal and in silence elsewhere."""
    with _show_progress() as progress:
        return ledger.read(paths, settings=settings, progress=progress, clock=time.perf_counter)


@contextmanager
def _show_progress() -> Iterator[Callable[[Progress], None] | None]:
    console = make_console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.text import Text

    begun = time.perf_counter()
    with console.status(Text("loading the language layer"), spinner="dots") as status:

        def show(step: Progress) -> None:
            rate = step.words / max(time.perf_counter() - begun, 0.001)
            parts = [count(step.read, "article") + " read"]
            parts += [f"{step.unchanged:,} unchanged"] if step.unchanged else []
            parts += [f"{step.skipped:,} skipped"] if step.skipped else []
            parts += [f"{step.words:,} words", f"{rate:,.0f} words a second", clean_line(step.path)]
            status.update(Text(", ".join(parts)[: console.width - SPINNER]))

        yield show


def print_report(report: ReadReport, ledger: Path, *, as_json: bool = False) -> None:
    """What became of every input, the skipped ones grouped by reason on standard error."""
    if as_json:
        print_json(_build_report(report, ledger))
        return
    console = make_console()
    line = f"{count(report.read, 'article')} read, {report.unchanged:,} unchanged, "
    line += f"{len(report.skipped):,} skipped; {report.words:,} words, "
    line += count(report.statements, "statement")
    if report.seconds and report.words:
        line += f"; {report.seconds:,.1f} s, {report.words / report.seconds:,.0f} words a second"
    console.print(line)
    console.print(f"ledger: {ledger}")
    if report.conflicts:
        print_error(f"{count(report.conflicts, 'decision')} found no record any more: see onrecord fix log")
    _print_skipped(report)


def _build_report(report: ReadReport, ledger: Path) -> dict[str, object]:
    return {
        "ledger": str(ledger), "read": report.read, "unchanged": report.unchanged, "words": report.words,
        "statements": report.statements, "seconds": report.seconds, "conflicts": report.conflicts,
        "skipped": [{"path": one.path, "stage": one.stage, "error": one.error} for one in report.skipped],
    }  # fmt: skip


def _print_skipped(report: ReadReport) -> None:
    if not report.skipped:
        return
    reasons: dict[str, list[str]] = {}
    for one in report.skipped:
        reasons.setdefault(clean_line(one.error), []).append(clean_line(one.path))
    print_error(f"{count(len(report.skipped), 'input')} skipped:")
    listed = 0
    for reason, paths in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
        print_error(f"  {len(paths):,} × {reason}")
        for path in paths[: max(0, LISTED - listed)]:
            print_error(f"      {path}")
        listed += len(paths)
    if listed > LISTED:
        print_error(f"  … {listed - LISTED:,} more paths: onrecord summary --json lists all")


def demo(
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the ledger and the page are put.")
    ] = Path(),
    workers: Annotated[int, typer.Option("--workers", "-w", min=0, help="Reading processes.")] = 0,
) -> None:
    """Read the bundled examples: their summary, a handful of statements, and a page for the browser."""
    from importlib.resources import as_file, files

    from onrecord.ledger import Ledger
    from onrecord.settings import Settings
    from onrecord.surfaces.cli.queries import print_summary, write_ledger_page

    folder.mkdir(parents=True, exist_ok=True)
    place = folder / DEMO_LEDGER
    page = folder / DEMO_PAGE
    with as_file(files("onrecord") / "examples") as examples, Ledger.open(place) as ledger:
        report = read_with_progress(ledger, [str(examples)], Settings(ledger=place, workers=workers))
        print_report(report, place)
        print_summary(ledger)
        _print_handful(ledger)
        write_ledger_page(ledger, page, title="The Belim dam: a bundled example", confirmed=())
    console = make_console()
    console.print(
        f"\nThe page: {page.resolve()}\nOpen it in a browser, or ask on: onrecord -l {place} said dam"
    )
    if report.skipped:
        raise typer.Exit(SKIPPED)


def _print_handful(ledger: Ledger) -> None:
    """A few statements of different acts, the surest of each."""
    from onrecord.surfaces.cli.lines import print_statement

    console = make_console()
    surest: dict[str, StatementView] = {}
    for view in sorted(ledger.statements(), key=lambda view: (-view.statement.score, view.id)):
        if view.speakers:
            surest.setdefault(view.statement.act, view)
    console.print()
    for view in list(surest.values())[:HANDFUL]:
        print_statement(console, view)
