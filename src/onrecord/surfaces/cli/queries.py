"""`summary`, `said`, `show`, `page`, `export`, `check`: a ledger -> what it holds, shown or written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.surfaces.cli.options import (
    ConfirmOption,
    JsonOption,
    LedgerOption,
    OutputOption,
    open_ledger,
    stop_usage,
)
from onrecord.surfaces.cli.output import clean_line, count, make_console, print_error, print_json

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.queries import Answer
    from onrecord.summaries import Summary
    from onrecord.surfaces.lists import PageDetails
    from onrecord.vocabulary import Act

FAILED = 1
ROWS = 12
"""Outlets and speakers that a summary shows on a terminal."""


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command("summary")(summary)
    app.command("said")(said)
    app.command("show")(show)
    app.command("page")(page)
    app.command("export")(export)
    app.command("check")(check)


def summary(
    context: typer.Context,
    ledger: LedgerOption = None,
    confirm: ConfirmOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the ledger holds: articles, outlets, speakers, statements, what could not be read."""
    with open_ledger(context, ledger) as opened:
        if as_json:
            failures = [asdict(one) for one in opened.failures()]
            print_json({**asdict(opened.summary(confirmed=confirm or ())), "skipped": failures})
        else:
            print_summary(opened, confirmed=confirm or ())


def print_summary(ledger: Ledger, *, confirmed: Collection[str] = ()) -> None:
    """The ledger in figures, most said first."""
    from onrecord.surfaces.cli.lines import print_table

    console = make_console()
    held = ledger.summary(confirmed=confirmed)
    console.print()
    console.print(_describe_holdings(held))
    if held.acts:
        console.print("acts: " + ", ".join(f"{act} {number:,}" for act, number in held.acts))
    for head, rows in (("Outlet", held.outlets), ("Speaker", held.speakers)):
        if rows:
            console.print()
            cells = [(one.name, f"{one.statements:,}", f"{one.documents:,}") for one in rows[:ROWS]]
            print_table(console, cells, (head, "Statements", "Articles"))
            if len(rows) > ROWS:
                console.print(f"  … and {len(rows) - ROWS:,} more: --json lists all")
    if held.others:
        note = "without an evident public role: shown within their articles only"
        console.print(f"  and {count(held.others, 'named person')} {note}")


def _describe_holdings(held: Summary) -> str:
    parts = [
        f"{count(held.documents, 'article')} from {count(len(held.outlets), 'outlet')}",
        f"{held.first_day} to {held.last_day}" if held.first_day else None,
        f"{held.undated:,} without a day" if held.undated else None,
        f"{held.words:,} words",
        count(held.statements, "statement"),
        f"{held.unattributed:,} without a speaker" if held.unattributed else None,
        f"{held.as_worded:,} with the speaker left as worded" if held.as_worded else None,
        count(held.decisions, "decision") if held.decisions else None,
        f"{count(held.failures, 'input')} not read" if held.failures else None,
    ]
    return "; ".join(part for part in parts if part)


def said(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words of what was said.")] = None,
    *,
    by: Annotated[str | None, typer.Option("--by", help="Speaker: any name, role or words.")] = None,
    about: Annotated[str | None, typer.Option("--about", help="Who is spoken of, by any name.")] = None,
    parts: Annotated[
        bool, typer.Option("--parts/--no-parts", help="With those who belong to the actor or speak for it.")
    ] = True,
    act: Annotated[str | None, typer.Option("--act", help="asserts, denies, warns, …")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Where it was published.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to this day.")] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who is said to have said what: every statement that matches, each according to whom."""
    from onrecord.queries import Question

    with open_ledger(context, ledger) as opened:
        asked = {"by": by, "about": about, "outlet": outlet, "since": since, "until": until}
        asked["words"] = " ".join(words or ()) or None
        answer = opened.answer(Question(act=read_act(act), parts=parts, **asked))
    _print_answer(answer, as_json=as_json)


def _print_answer(answer: Answer, *, as_json: bool) -> None:
    """What was understood and how many were found on standard error, the statements on standard output."""
    from onrecord.exports.rows import statement_row
    from onrecord.surfaces.cli.lines import print_found, print_statement
    from onrecord.surfaces.measured import describe_recall

    for meant in answer.understood:
        print_error(clean_line(meant.describe()))
    console = make_console()
    for view in answer.statements:
        if as_json:
            print_json(statement_row(view))
        else:
            print_statement(console, view)
    if not as_json:
        print_found(make_console(stderr=True), len(answer.statements), describe_recall())


def read_act(given: str | None) -> Act | None:
    """The act of that name; wrong usage when there is none."""
    from onrecord.vocabulary import ACTS

    if given is None:
        return None
    for act in ACTS:
        if act == given.strip().casefold().replace("_", " ").replace("-", " "):
            return act
    raise stop_usage(f"there is no act {given!r}; the acts are {', '.join(ACTS)}")


def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="An id or its beginning, a path or a file name.")],
    *,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML page.")] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """One article with its marks and statements: in the terminal, or as one self-contained page."""
    from onrecord.exports.rows import document_row, statement_row
    from onrecord.surfaces.cli.lines import print_article, print_statement

    with open_ledger(context, ledger) as opened:
        view = opened.document_view(document)
        if html is not None:
            from onrecord.surfaces.page import render_document_page

            details = build_details(opened, view.summary.title or view.summary.path, ())
            write_page(html, render_document_page(view, details))
            return
    if as_json:
        statements = [statement_row(one) for one in view.statements]
        print_json({**document_row(view.document, view.summary), "statements": statements})
        return
    console = make_console()
    print_article(console, view)
    for one in view.statements:
        print_statement(console, one)


def page(
    context: typer.Context,
    output: OutputOption = Path("onrecord.html"),
    title: Annotated[str | None, typer.Option("--title", help="The page's title.")] = None,
    ledger: LedgerOption = None,
    confirm: ConfirmOption = None,
) -> None:
    """The whole ledger as one self-contained, searchable HTML page."""
    with open_ledger(context, ledger) as opened:
        write_ledger_page(opened, output, title=title, confirmed=confirm or ())


def write_ledger_page(ledger: Ledger, output: Path, *, title: str | None, confirmed: Collection[str]) -> None:
    """Writes the page of the whole ledger."""
    from onrecord.surfaces.page import render_page

    details = build_details(ledger, title or "Who is said to have said what", confirmed)
    write_page(output, render_page(ledger.document_views(), details))


def build_details(ledger: Ledger, title: str, confirmed: Collection[str]) -> PageDetails:
    """What a page says beside its articles."""
    from onrecord.surfaces.lists import PageDetails
    from onrecord.surfaces.measured import describe_measured, describe_runs

    return PageDetails(
        title=title,
        summary=ledger.summary(confirmed=confirmed),
        failures=ledger.failures(),
        measured=describe_measured(),
        made_by=describe_runs(ledger.runs()),
        confirmed=tuple(confirmed),
    )


def write_page(place: Path, page: str) -> None:
    """Writes one HTML file and says where it is."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(page, encoding="utf-8", newline="\n")
    make_console(stderr=True).print(f"written: {place.resolve()} ({place.stat().st_size / 1000:,.0f} kB)")


def export(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT[,FORMAT]", help="jsonl, csv, parquet.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write.")],
    pseudonymise: Annotated[
        bool, typer.Option("--pseudonymise", help="Replace names of persons without an evident public role.")
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    """Write the ledger's records as files, the same bytes each time."""
    formats = [name.strip().lower() for name in to.split(",") if name.strip()]
    if not formats:
        raise stop_usage("--to needs a format: jsonl, csv, parquet")
    with open_ledger(context, ledger) as opened:
        for path in opened.export(formats, output, pseudonymise=pseudonymise):
            print(path)


def check(context: typer.Context, ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """Match every record to its stored text again; exit code 1 on any miss."""
    with open_ledger(context, ledger) as opened:
        mismatches = opened.check()
        checked = len(opened.documents())
    for one in mismatches:
        if as_json:
            print_json(asdict(one))
        else:
            print(clean_line(f"{one.record} {one.id}: {one.problem}"))
    if mismatches:
        print_error(
            f"{count(len(mismatches), 'record')} of {count(checked, 'article')} contradict the stored text"
        )
        raise typer.Exit(FAILED)
    print_error(f"{count(checked, 'article')} checked: every record matches its stored text")
