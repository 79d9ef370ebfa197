"""`annotate`, `evaluate`: texts -> the language layer's analysis; a gold file -> how right it is."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from onrecord.errors import SkipDocument, StopRun
from onrecord.surfaces.cli.options import JsonOption, stop_usage
from onrecord.surfaces.cli.output import print_error, print_json

if TYPE_CHECKING:
    from onrecord.evaluation import Figures
    from onrecord.seams import Model

SKIPPED = 1
FORMATS = ("jsonl", "conllu")


class Text(NamedTuple):
    """One text to annotate."""

    id: str
    text: str


PUBLISHED_ALONE = ("calibration", "stories", "identities", "aliases")
"""Tasks of the published table that take no gold file here: `scripts/bench quality` measures them anew."""


def add_commands(app: typer.Typer) -> None:
    """Adds this module's commands."""
    app.command("annotate")(annotate)
    app.command("evaluate")(evaluate)


def annotate(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines, or a plain .txt file (one text); else standard input.")
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="jsonl|conllu", help="The form of the output.")
    ] = "jsonl",
    rules: Annotated[bool, typer.Option("--rules", help="The rule-only floor instead of the model.")] = False,
) -> None:
    """The language layer alone: {"id", "text"} in, words, trees, entities, clusters and attributions out."""
    if to not in FORMATS:
        raise stop_usage(f"--to is one of {', '.join(FORMATS)}, not {to!r}")
    write = _make_writer(to, load_language(rules=rules))
    failed = False
    for one in _read_texts(file):
        error = _write_text(one, write) if isinstance(one, Text) else one
        if error is not None:
            failed = True
            print_error(str(error))
    if failed:
        raise typer.Exit(SKIPPED)


def _write_text(one: Text, write: Callable[[Text], None]) -> Exception | None:
    """Writes one text's analysis at once; a fault that it meets costs this text, never the stream."""
    try:
        write(one)
    except OSError:
        raise  # the output is gone, not the text at fault
    except Exception as error:
        return SkipDocument(f"text {one.id}: {type(error).__name__}: {error}")
    sys.stdout.flush()
    return None


def load_language(*, rules: bool = False) -> Model:
    """The shipped model, or the rule-only floor."""
    if rules:
        from onrecord.language.rules import RuleModel

        return RuleModel()
    from onrecord.language import load_model

    return load_model()


def _make_writer(to: str, model: Model) -> Callable[[Text], None]:
    from onrecord.exports.annotation import annotation_to_conllu, annotation_to_json
    from onrecord.reading import describe_attributions, load_tables

    tables = load_tables()

    def write_json(one: Text) -> None:
        annotation = model.annotate([one.text])[0]
        details = describe_attributions(one.text, annotation, tables)
        print_json(annotation_to_json(one.id, annotation, details))

    def write_conllu(one: Text) -> None:
        sys.stdout.write(annotation_to_conllu(one.id, one.text, model.annotate([one.text])[0]))

    return write_json if to == "jsonl" else write_conllu


def _read_texts(file: Path | None) -> Iterator[Text | SkipDocument]:
    """The texts in order; a line that holds none as the reason, and the rest goes on."""
    if file is None or str(file) == "-":
        source = (
            sys.stdin.buffer
            if isinstance(sys.stdin, io.TextIOWrapper)
            else io.BytesIO(sys.stdin.read().encode())
        )
        yield from read_lines(source)
        return
    if not file.is_file():
        raise StopRun(f"there is no file {file}: give the path of a .jsonl or .txt file")
    if file.suffix.lower() == ".txt":
        from onrecord.intake.text import decode_text

        yield Text(file.name, decode_text(file.read_bytes()))
        return
    with file.open("rb") as lines:
        yield from read_lines(lines)


def read_lines(lines: Iterable[bytes]) -> Iterator[Text | SkipDocument]:
    """The texts of JSON lines; a line without an id is named by its number; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            yield _read_row(row, number)
        except (ValueError, RecursionError) as error:
            reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            yield SkipDocument(f'line {number}: {reason}; each line must be like {{"id": "a", "text": "…"}}')


def _read_row(row: Any, number: int) -> Text:
    if not isinstance(row, dict):
        raise ValueError("is no JSON object")
    text, key = row.get("text"), row.get("id", str(number))
    if not isinstance(text, str):
        raise ValueError('has no "text" that is a string')
    return Text(key if isinstance(key, str) else json.dumps(key), text)


def evaluate(
    task: Annotated[
        str | None,
        typer.Argument(
            help="attribution, syntax, entities, coreference, nesting, speakers, calibration, statements"
        ),
    ] = None,
    file: Annotated[Path | None, typer.Argument(help="The gold file.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="The rule-only floor beside the model.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Measured accuracy on a gold file, beside peers and humans; without arguments the published table, with
    "calibration" alone how far the scores can be believed."""
    from onrecord.evaluation import report

    if task is None or (file is None and task in PUBLISHED_ALONE):
        _print_published(task, as_json=as_json)
        return
    if file is None:
        tasks = ", ".join([*report.list_tasks(), "statements"])
        raise stop_usage(f"a gold file is missing: onrecord evaluate {task} FILE; tasks: {tasks}")
    systems = {"model": load_language()} | ({"rules": load_language(rules=True)} if rules else {})
    measured = [
        figures for name, model in systems.items() for figures in _measure(task, file, model, system=name)
    ]
    if as_json:
        for one in measured:
            print_json(report.figures_to_json(one))
    else:
        print(report.format_groups(measured, views=task == "calibration"))


def _measure(task: str, file: Path, model: Model, *, system: str) -> list[Figures]:
    from onrecord.evaluation import evaluate_readings, evaluate_task
    from onrecord.surfaces.gold import read_exported

    if task == "statements":
        return evaluate_readings(file, partial(read_exported, model=model), system=system)
    return [evaluate_task(task, file, model, system=system)]


def _print_published(task: str | None, *, as_json: bool) -> None:
    from onrecord.evaluation import report

    if not as_json:
        print(report.format_published(task))
    elif task is None:
        for row in report.published_table():
            print_json(row)
    else:
        for figures in report.read_figures()[1]:
            if figures.task == task:
                print_json(report.figures_to_json(figures))
