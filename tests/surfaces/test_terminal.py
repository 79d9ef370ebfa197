"""On a terminal: colours of ours, and nothing that an article could command it to do."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
from rich.console import Console

from onrecord.surfaces.cli.lines import print_article, print_statement, print_table
from onrecord.surfaces.cli.output import clean_line, clean_words, print_json
from tests.surfaces.hostile import PAYLOADS
from tests.surfaces.samples import Said, make_view

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def make_terminal(width: int = 100) -> Console:
    return Console(
        file=sys.stdout, force_terminal=True, width=width, markup=False, emoji=False, highlight=False
    )


def test_article_and_statements_in_colour(capsys: pytest.CaptureFixture[str]) -> None:
    view = make_view()
    print_article(make_terminal(), view)
    for one in view.statements:
        print_statement(make_terminal(), one)
    out = capsys.readouterr().out
    assert COLOUR.search(out)
    plain = COLOUR.sub("", out)
    assert "She denied that anybody had been hurt." in plain
    assert "according to Quay Courier < Coastwire < Ilse Brandaur; 2031-04-02" in plain
    assert "“She” read as Ilse Brandaur (pronoun; nearest woman)" in plain
    assert "verbatim" in plain


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_word_of_an_article_commands_the_terminal(
    payload: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = " ".join(payload.split()) or "x"
    text = f"{line} one, {line} role, told an agency that {line} fell.\n"
    said = [
        Said(speaker=f"{line} one", role=f"{line} role", cue="told", content=[f"{line} fell"], reason=payload)
    ]
    view = make_view(text, said, outlet=payload, path=payload, title=payload)
    console = make_terminal()
    print_article(console, view)
    print_statement(console, view.statements[0])
    print_table(console, [(payload, "1")], ("Name", "Count"))
    out = COLOUR.sub("", capsys.readouterr().out)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)


def test_offsets_hold_in_cleaned_words() -> None:
    text = "a\x1b[31mb\u202ec\td\ne"
    assert len(clean_words(text)) == len(text)
    assert clean_line(text) == "a�[31mb�c d e"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_json_line_survives_any_stream(payload: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    print_json({payload: [payload]})
    stream.flush()
    written = stream.buffer.getvalue()  # type: ignore[attr-defined]
    assert json.loads(written.decode(encoding)) == {payload: [payload]}
    assert written.count(b"\n") == 1
    assert not set(written) & set(range(0x20)) - {0x0A}
