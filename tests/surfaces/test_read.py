"""`read` and `demo` through the shipped model: what was read, what was skipped and why, by exit code too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.surfaces.conftest import Answer

Run = Callable[..., Answer]
TEXT = """Harbour to reopen on Monday

Port director Ana Ruiz told reporters on 3 April 2031 that the harbour would reopen on Monday.

"We are ready," she said.
"""


@pytest.fixture
def news(place: Path) -> Path:
    """A folder with one article, one empty file and one that is no text."""
    folder = place / "news"
    folder.mkdir()
    (folder / "harbour.txt").write_text(TEXT, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    return folder


def test_read_says_what_was_skipped_and_goes_on(run: Run, news: Path) -> None:
    answer = run("read", "news", "--workers", "0")
    assert answer.code == 1
    assert "1 article read, 0 unchanged, 2 skipped" in answer.out
    assert "2 inputs skipped:" in answer.err
    assert "empty.txt" in answer.err
    assert "noise.txt" in answer.err
    assert "\x1b" not in answer.out + answer.err
    rows = run("said", "--json").rows
    assert any("harbour would reopen" in piece["exact"] for row in rows for piece in row["content"])
    assert all(
        TEXT[piece["start"] : piece["end"]] == piece["exact"] for row in rows for piece in row["content"]
    )
    assert run("check").code == 0


def test_read_again_changes_nothing(run: Run, news: Path) -> None:
    run("read", "news/harbour.txt", "--workers", "0")
    before = run("said", "--json").out
    (row,) = run("read", "news/harbour.txt", "--workers", "0", "--json").rows
    assert (row["read"], row["unchanged"], row["skipped"]) == (0, 1, [])
    assert run("said", "--json").out == before


def test_read_names_a_path_that_is_not_there(run: Run, news: Path) -> None:
    answer = run("read", "news/harbour.txt", "absent", "--workers", "0")
    assert answer.code == 1
    assert "absent" in answer.err


def test_unknown_column_is_refused_with_a_remedy(run: Run, place: Path) -> None:
    answer = run("read", "x.csv", "--columns", "text")
    assert answer.code == 3
    assert "text=body" in answer.err


def test_demo_reads_the_examples_and_writes_the_page(run: Run, place: Path) -> None:
    answer = run("demo", "-o", "here")
    assert answer.code == 0, answer.err
    assert "0 skipped" in answer.out
    assert answer.out.count("according to") >= 4
    page = place / "here" / "onrecord-demo.html"
    assert str(page.resolve()) in answer.out
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_read_with_own_names_reads_anew_when_they_change(run: Run, news: Path, place: Path) -> None:
    names = place / "names.csv"
    names.write_text("name,kind,aliases\nHarbour Board,organisation,HB\n", "utf-8")
    arguments = ("read", "news/harbour.txt", "--workers", "0", "--names", str(names), "--json")
    counts = [(row["read"], row["unchanged"]) for _ in range(2) for row in run(*arguments).rows]
    names.write_text("name,kind,aliases\nHarbour Board,organisation,HB|Port Board\n", "utf-8")
    counts += [(row["read"], row["unchanged"]) for row in run(*arguments).rows]
    assert counts == [(1, 0), (0, 1), (1, 0)]


def test_a_wrong_line_of_own_names_stops_before_anything_is_read(run: Run, news: Path, place: Path) -> None:
    (place / "names.csv").write_text("name,kind\nHarbour Board,club\n", "utf-8")
    answer = run("read", "news/harbour.txt", "--workers", "1", "--names", "names.csv")
    assert answer.code != 0
    assert "names.csv, line 2: kind is 'club'" in answer.err
    assert run("said", "--json").rows == []
