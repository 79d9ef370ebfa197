"""statements, articles, summaries as views -> lines for a terminal, or tab-separated ones for a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.surfaces.article import find_marks
from onrecord.surfaces.cli.output import clean_line, clean_words, count
from onrecord.surfaces.marks import Mark, cut_lines
from onrecord.surfaces.wording import (
    describe_act,
    describe_actor,
    describe_day,
    describe_form,
    describe_outlet,
    describe_resolution,
    fold_act,
    name_article,
    name_outlet,
    name_speakers,
    quote_words,
)
from onrecord.views import DocumentView, StatementView

STYLES: Final = {
    "speaker": "bold cyan", "cue": "yellow", "litter": "bright_black", "credit": "italic bright_black",
    "title": "bold", "quoted": "green",
}  # fmt: skip
ACT_STYLES: Final = {"asserts": "", "denies": "red", "commits": "magenta", "requests": "blue"}
PREFIX: Final = 8
"""Digits of an id that are shown; every command takes them."""


def describe_speaker(view: StatementView) -> str:
    """The speaker with the role as the article gives it."""
    name = name_speakers(view)
    return clean_line(f"{name} — {view.role}" if view.role and view.role != name else name)


def describe_cue(view: StatementView) -> str:
    """The act with the words that show it: "denies (denied)"."""
    cue = clean_line(" … ".join(view.cue))
    return f"{describe_act(view)} ({cue})" if cue else f"{describe_act(view)} (no cue)"


def draw_chain(view: StatementView) -> str:
    """`according to outlet < agency < official, to addressee`."""
    chain = [name_outlet(view.document), *view.chain[1:]]
    drawn = "according to " + " < ".join(clean_line(name) for name in chain)
    return drawn + (f", to {clean_line(view.addressee.name)}" if view.addressee else "")


def print_statement(console: Console, view: StatementView) -> None:
    """One statement: a block on a terminal, one tab-separated line in a pipe."""
    if not console.is_terminal:
        print("\t".join(_list_cells(view)))
        return
    head = Text(describe_speaker(view), style="bold cyan")
    head.append("  ").append(describe_cue(view), style=ACT_STYLES[fold_act(view)])
    console.print(head)
    words = clean_line(quote_words(view))
    console.print(Text(f"  {words}", style="green" if view.verbatim else ""))
    why = (*map(describe_resolution, view.speakers), *map(describe_actor, view.speakers))
    notes = [describe_form(view), *filter(None, why)]
    console.print(Text(f"  {draw_chain(view)}; {describe_day(view.document)}", style="default"))
    ids = f"statement {view.id[:PREFIX]}, document {view.document.id[:PREFIX]}"
    console.print(Text(clean_line(f"  {' · '.join(notes)} · {ids}"), style="bright_black"))
    console.print()


def _list_cells(view: StatementView) -> list[str]:
    words = f"{clean_line(quote_words(view))} [{clean_line(describe_form(view))}]"
    return [
        view.id[:PREFIX], describe_speaker(view), describe_cue(view), words, draw_chain(view),
        describe_day(view.document), view.document.id[:PREFIX],
    ]  # fmt: skip


def print_article(console: Console, view: DocumentView) -> None:
    """The article's text with its marks in colour; litter is greyed (in a pipe: begins with "~ ")."""
    summary = view.summary
    head = [describe_outlet(summary), describe_day(summary), f"document {summary.id[:PREFIX]}", summary.path]
    console.print(Text(clean_line(name_article(summary)), style="bold"))
    console.print(Text(" · ".join(clean_line(part) for part in head), style="bright_black"))
    console.print()
    text = clean_words(view.document.text)
    for line in cut_lines(view.document.text, find_marks(view)):
        if line.after_gap:
            print()
        if console.is_terminal:
            drawn = Text()
            for piece in line.pieces:
                drawn.append(text[piece.start : piece.end], style=_name_style(view, piece.marks))
            console.print(drawn)
        else:
            layers = {mark.layer for piece in line.pieces for mark in piece.marks}
            print(("~ " if layers & {"litter", "credit"} else "") + text[line.start : line.end])
    print()


def _name_style(view: DocumentView, marks: Iterable[Mark]) -> str:
    layers = [mark.layer for mark in marks]
    styles = [STYLES[layer] for layer in ("litter", "credit", "title", "cue", "speaker") if layer in layers]
    contents = [mark.number for mark in marks if mark.layer == "content"]
    direct = "quoted" in layers or any(view.statements[number].verbatim for number in contents)
    if contents:
        styles.append("green" if direct else "underline")
    return " ".join(styles[-2:]) if styles else ""


def print_table(console: Console, rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """Rows under their heads on a terminal; tab-separated in a pipe. Numbers stand at the right."""
    rows = [[clean_line(cell) for cell in row] for row in rows]
    if not console.is_terminal:
        for row in (heads, *rows):
            print("\t".join(row))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    for place, head in enumerate(heads):
        number = bool(rows) and _is_number(rows[0][place])
        table.add_column(head, justify="right" if number else "left", no_wrap=number)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").isdigit()


def print_found(console: Console, found: int, recall: str) -> None:
    """How many were found, with what is known of how many there are to find."""
    console.print(f"{count(found, 'statement')} found; {recall}")
