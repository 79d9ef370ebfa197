"""figures -> a table a person reads, our own beside peers and humans."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from onrecord.evaluation.counts import Cell, Figures, Measure, Table
from onrecord.evaluation.published import HUMAN, find_peers, list_peers
from onrecord.evaluation.tasks import evaluate_task, list_tasks

__all__ = [
    "evaluate_task",
    "format_figures",
    "format_groups",
    "format_published",
    "list_tasks",
    "published_table",
    "read_figures",
]

Row = dict[str, Any]


def figures_to_json(figures: Figures) -> Row:
    """One set of figures as plain values, rounded to four digits; `tables` only where there are some."""
    tables = [_table_to_json(each) for each in figures.tables]
    return {
        "task": figures.task,
        "data": figures.data,
        "system": figures.system,
        "notes": list(figures.notes),
        "measures": [
            {
                "name": each.name,
                "value": round(each.value, 4),
                "low": None if each.low is None else round(each.low, 4),
                "high": None if each.high is None else round(each.high, 4),
                "gold": each.gold,
                "counted": each.counted,
            }
            for each in figures.measures
        ],
        **({"tables": tables} if tables else {}),
    }


def _table_to_json(table: Table) -> Row:
    rows = [[round(cell, 4) if isinstance(cell, float) else cell for cell in row] for row in table.rows]
    return {"name": table.name, "columns": list(table.columns), "rows": rows}


def figures_from_json(row: Mapping[str, Any]) -> Figures:
    """The inverse of `figures_to_json`."""
    return Figures(
        task=row["task"],
        data=row["data"],
        system=row["system"],
        measures=tuple(Measure(**each) for each in row["measures"]),
        notes=tuple(row["notes"]),
        tables=tuple(
            Table(name=each["name"], columns=tuple(each["columns"]), rows=tuple(map(tuple, each["rows"])))
            for each in row.get("tables", ())
        ),
    )


def read_figures() -> tuple[str, list[Figures]]:
    """The digest of the weights that were measured for this release, and their figures; "" and none before
    the first measurement.
    """
    place = files("onrecord.evaluation").joinpath("figures.json")
    if not place.is_file():
        return "", []
    shipped = json.loads(place.read_text(encoding="utf-8"))
    return shipped["model_digest"], [figures_from_json(row) for row in shipped["figures"]]


def published_table() -> list[Row]:
    """All rows of the published table: `task, data, measure, system, value, low, high, mark, source`, ours
    ("onrecord", "onrecord rules") first, then peers and humans.
    """
    _, shipped = read_figures()
    ours = [
        {
            "task": figures.task,
            "data": figures.data,
            "measure": each.name,
            "system": "onrecord" if figures.system == "model" else f"onrecord {figures.system}",
            "value": each.value,
            "low": each.low,
            "high": each.high,
            "mark": "M",
            "source": f"benchmarks/quality.py, {each.gold} gold items",
        }
        for figures in shipped
        for each in figures.measures
    ]
    theirs = [{**peer._asdict(), "low": None, "high": None} for peer in list_peers()]
    return [*ours, *theirs]


def format_value(value: float) -> str:
    """A share as per cent with one decimal."""
    return f"{100 * value:.1f}"


def _format_measure(measure: Measure | None) -> str:
    if measure is None:
        return ""
    if measure.counted:
        return f"{measure.value:.0f}"
    if measure.low is None or measure.high is None:
        return format_value(measure.value)
    return f"{format_value(measure.value)} ({format_value(measure.low)}-{format_value(measure.high)})"


def format_figures(measured: Sequence[Figures], *, views: bool = False) -> str:
    """One task on one gold file as a table: measures down, systems across, then the best peer and humans.

    `views` adds the rows of single views and classes (their names hold a comma), and the first system's
    tables.
    """
    first = measured[0]
    rows = [["", *(each.system for each in measured), "gold", "best peer", "human"]]
    for measure in first.measures:
        if ", " in measure.name and not views and not measure.name.startswith(("F1, ", "precision, ")):
            continue
        cells = [_format_measure(_find_measure(each, measure.name)) for each in measured]
        peers = find_peers(first.task, first.data, measure.name)
        best = next((peer for peer in peers if not peer.system.startswith(HUMAN)), None)
        human = next((peer for peer in peers if peer.system.startswith(HUMAN)), None)
        rows.append(
            [
                measure.name,
                *cells,
                "" if measure.gold is None else str(measure.gold),
                f"{format_value(best.value)} {best.system} [{best.mark}]" if best else "",
                f"{format_value(human.value)} [{human.mark}]" if human else "",
            ]
        )
    lines = [f"{first.task}: {first.data}", *format_rows(rows), *(f"  note: {note}" for note in first.notes)]
    tables = [format_table(each) for each in first.tables] if views else []
    return "\n".join([*lines, *tables])


def format_table(table: Table) -> str:
    """A table under its name: numbers of things as they are, shares as per cent."""
    rows = [list(table.columns), *([_format_cell(cell) for cell in row] for row in table.rows)]
    return "\n".join([f"  {table.name}:", *(f"  {line}" for line in format_rows(rows))])


def _format_cell(cell: Cell) -> str:
    if cell is None:
        return "–"
    return str(cell) if isinstance(cell, int) else format_value(cell)


def format_groups(measured: Sequence[Figures], *, views: bool = False) -> str:
    """Figures of several tasks as one table each, systems of one task and gold file side by side."""
    groups: dict[tuple[str, str], list[Figures]] = {}
    for figures in measured:
        groups.setdefault((figures.task, figures.data), []).append(figures)
    return "\n\n".join(format_figures(group, views=views) for group in groups.values())


def _find_measure(figures: Figures, name: str) -> Measure | None:
    return next((each for each in figures.measures if each.name == name), None)


def format_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines with aligned columns, indented by two."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def format_published(task: str | None = None) -> str:
    """The published table as text: what this release reached on dev parts, beside peers and humans on test
    parts. Of one task with its views and tables; else of all but calibration, whose tables are long.
    """
    digest, shipped = read_figures()
    shipped = [each for each in shipped if (each.task == task if task else each.task != "calibration")]
    head = f"weights {digest[:12]}" if digest else "not measured yet: run benchmarks/quality.py --update"
    marks = (
        "Ours on development parts, in per cent with 95 % intervals; peers and humans on test parts.\n"
        "[P] printed by the authors, [M] measured with our scorers, [S] seen in a summary.\n"
        "How far scores can be believed: onrecord evaluate calibration."
    )
    groups = format_groups(shipped, views=task is not None)
    return "\n\n".join(part for part in (head, groups, marks) if part)
