"""Every command: what it prints, as text and as JSON lines, and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord
from tests.surfaces.conftest import Answer
from tests.surfaces.samples import SAID, TEXT

Run = Callable[..., Answer]
COMMANDS = ("demo", "read", "summary", "said", "show", "page", "export", "check", "annotate", "evaluate")
FIXES = (
    "speaker",
    "span",
    "act",
    "date",
    "outlet",
    "litter",
    "add",
    "accept",
    "reject",
    "redact",
    "undo",
    "log",
)


def find_id(run: Run, act: str = "denies") -> str:
    (row,) = run("said", "--act", act, "--json").rows
    return str(row["id"])


def test_alone_it_says_what_to_do_next(run: Run, place: Path) -> None:
    answer = run()
    assert answer.code == 0
    assert "onrecord demo" in answer.out
    assert "onrecord read PATH" in answer.out
    assert not list(place.iterdir())


def test_alone_beside_a_ledger_it_says_what_to_ask(run: Run, ledger: Path) -> None:
    answer = run()
    assert answer.code == 0
    assert "onrecord said" in answer.out
    assert "onrecord page" in answer.out


@pytest.mark.parametrize("command", [*[(name,) for name in COMMANDS], *[("fix", name) for name in FIXES]])
def test_every_command_explains_itself(run: Run, command: tuple[str, ...]) -> None:
    answer = run(*command, "--help")
    assert answer.code == 0
    assert "Usage: onrecord " + " ".join(command) in answer.out


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",), ("said", "--nonsense"), ("said", "--act", "shouts"), ("read",), ("export", "-o", "x"),
        ("export", "--to", ",", "-o", "x"), ("fix", "speaker", "abcd"), ("fix", "speaker", "abcd", "x", "--nobody"),
        ("fix", "act", "abcd", "shouts"), ("fix", "act", "abcd", "denies", "--certainty", "very"),
        ("fix", "span", "abcd", "x", "--part", "speaker"), ("fix", "redact", "Somebody"),
        ("annotate", "--to", "xml"), ("evaluate", "syntax"),
    ],
)  # fmt: skip
def test_wrong_usage_is_2(run: Run, ledger: Path, words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("summary",), ("said",), ("show", "x"), ("page",), ("check",), ("fix", "log"), ("fix", "accept", "abcd"),
        ("export", "--to", "jsonl", "-o", "x"), ("annotate", "absent.jsonl"), ("evaluate", "nonsense", "x"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_3_with_a_remedy(run: Run, place: Path, words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert answer.code == 3
    assert answer.err.startswith("stopped: ")
    assert not list(place.iterdir()), "a question makes no file"


@pytest.mark.parametrize("words", [("show", "absent.txt"), ("said", "--since", "soon"), ("fix", "accept", "ffff"),
                                   ("fix", "date", "flood.txt", "2031-13-01"), ("fix", "speaker", "ffff", "x"),
                                   ("export", "--to", "xls", "-o", "x"), ("fix", "undo", "ffff")])  # fmt: skip
def test_what_the_ledger_refuses_is_3(run: Run, ledger: Path, words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert answer.code == 3
    assert answer.err.startswith("stopped: ")


def test_file_that_is_no_ledger_is_3(run: Run, place: Path) -> None:
    (place / "onrecord.db").write_text("not a database, only words " * 100)
    answer = run("summary")
    assert answer.code == 3
    assert "Traceback" not in answer.err


def test_ledger_can_be_named_in_four_ways(run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = ledger.rename(ledger.with_name("other.db"))
    assert run("summary").code == 3
    assert run("summary", "-l", str(moved)).code == 0
    assert run("--ledger", str(moved), "summary").code == 0
    monkeypatch.setenv("ONRECORD_LEDGER", str(moved))
    assert run("summary").code == 0
    assert run("summary", "-l", "absent.db").code == 3


def test_summary(run: Run, ledger: Path) -> None:
    answer = run("summary")
    assert answer.code == 0
    assert "4 statements" in answer.out
    assert "Ilse Brandaur" in answer.out
    assert "Tomas Quell" not in answer.out, "no public role: shown within the article only"
    (row,) = run("summary", "--json").rows
    assert row["documents"] == 1
    assert row["statements"] == 4
    assert row["skipped"] == [
        {"path": "news/scan.pdf", "document_id": None, "stage": "intake", "error": "no text layer"}
    ]
    assert "Tomas Quell" in run("summary", "--confirm", "Tomas Quell").out


def test_said_gives_one_line_a_statement_in_a_pipe(run: Run, ledger: Path) -> None:
    answer = run("said")
    assert answer.code == 0
    lines = [line.split("\t") for line in answer.out.splitlines()]
    assert len(lines) == len(SAID)
    assert lines[0][1] == "Ilse Brandaur — The transport ministry's spokeswoman"
    assert lines[0][2] == "asserts (told)"
    assert lines[0][3] == 'the bridge "stays shut until May" [partly verbatim, else the outlet\'s paraphrase]'
    assert lines[0][4] == "according to Quay Courier < Coastwire < Ilse Brandaur"
    assert lines[0][5] == "2031-04-02"
    assert lines[3][3] == '"We asked for pumps," [verbatim]'
    assert "4 statements found" in answer.err
    assert "\x1b" not in answer.out + answer.err


def test_said_filters(run: Run, ledger: Path) -> None:
    def find(*words: str) -> int:
        return len(run("said", *words, "--json").rows)

    assert find() == 4
    assert find("pumps") == 1
    assert find("--by", "brandaur") == 2
    assert find("--act", "denies") == 1
    assert find("--outlet", "courier") == 4
    assert find("--since", "2031-04-03") == 0
    assert find("--until", "2031-04-02") == 4
    assert find("--by", "nobody at all") == 0


def test_json_lines_of_said_are_those_of_the_export(run: Run, ledger: Path, place: Path) -> None:
    rows = run("said", "--json").rows
    answer = run("export", "--to", "jsonl", "-o", "out")
    assert answer.code == 0
    assert all(Path(line).is_file() for line in answer.out.splitlines())
    written = [
        json.loads(line) for line in (place / "out" / "statements.jsonl").read_text("utf-8").splitlines()
    ]
    assert sorted(rows, key=lambda row: row["id"]) == written
    for row in rows:
        for part in (*row["content"], *row["cue"], *row["speakers"]):
            assert TEXT[part["start"] : part["end"]] == part["exact"]


def test_show_in_a_pipe_is_the_text_with_its_statements(run: Run, ledger: Path) -> None:
    answer = run("show", "flood.txt")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert "~ Menu | News | Sport" in lines
    assert (
        "She denied that anybody had been hurt. A neighbour, Tomas Quell, said it was the third flood in two years."
        in lines
    )
    assert sum("according to Quay Courier" in line for line in lines) == 4
    assert "\x1b" not in answer.out
    (row,) = run("show", "flood.txt", "--json").rows
    assert row["text"] == TEXT
    assert len(row["statements"]) == 4


def test_show_and_page_write_one_html_file(run: Run, ledger: Path, place: Path) -> None:
    assert run("show", "flood.txt", "--html", "a.html").code == 0
    assert run("page", "-o", "deep/b.html").code == 0
    for name in ("a.html", "deep/b.html"):
        page = (place / name).read_text("utf-8")
        assert "according to" in page
        assert "Machine-extracted, check before publishing" in page
    assert "no text layer" in (place / "deep/b.html").read_text("utf-8")


def test_check_is_0_when_all_is_well_and_1_on_a_miss(run: Run, ledger: Path) -> None:
    import sqlite3

    assert run("check").code == 0
    base = sqlite3.connect(ledger)
    base.execute("update document set text = replace(text, 'flood', 'blood')")
    base.commit()
    base.close()
    answer = run("check", "--json")
    assert answer.code == 1
    assert answer.rows
    assert answer.err
    assert run("check").code == 1


def test_fix_speaker_act_span_and_undo(run: Run, ledger: Path) -> None:
    key = find_id(run)
    before = run("said", "--json").out
    answer = run("fix", "speaker", key[:8], "Tomas Quell", "--by", "ana", "--reason", "read it", "--json")
    assert answer.code == 0, answer.err
    (decision,) = answer.rows
    assert decision["by"] == "ana"
    assert run("fix", "act", key[:8], "doubts", "--certainty", "probable").code in (0, 3)
    rows = run("said", "anybody", "--json").rows
    assert rows[0]["speakers"][0]["actor"] == "Tomas Quell"
    logged = run("fix", "log", "--json").rows
    assert [row["what"] for row in logged][:1] == ["speaker"]
    assert logged[0]["reason"] == "read it"
    for row in reversed(logged):
        assert run("fix", "undo", row["id"]).code == 0
    assert run("said", "--json").out == before
    assert {row["state"] for row in run("fix", "log", "--json").rows if row["what"] != "undo"} == {"undone"}


def test_fix_span_and_nobody(run: Run, ledger: Path) -> None:
    key = find_id(run)
    assert run("fix", "span", key[:8], "anybody had been").code == 0
    (row,) = run("said", "anybody", "--json").rows
    assert row["content"][0]["exact"] == "anybody had been"
    assert run("fix", "speaker", str(row["id"])[:8], "--nobody").code == 0
    (row,) = run("said", "anybody", "--json").rows
    assert row["speakers"] == []


def test_fix_date_outlet_litter(run: Run, ledger: Path) -> None:
    assert run("fix", "date", "flood.txt", "2031-04-05").code == 0
    assert run("fix", "outlet", "flood.txt", "Coast Daily").code == 0
    assert run("fix", "litter", "flood.txt", "Menu | News | Sport", "--keep").code == 0
    (row,) = run("show", "flood.txt", "--json").rows
    assert (row["published"], row["outlet"], row["litter"]) == ("2031-04-05", "Coast Daily", [])
    assert run("fix", "date", "flood.txt", "unknown").code == 0
    (row,) = run("show", "flood.txt", "--json").rows
    assert row["published"] is None


def test_fix_add_accept_reject(run: Run, ledger: Path) -> None:
    answer = run(
        "fix", "add", "flood.txt", "Bridge closed after flood", "--speaker", "ministry", "--cue", "says"
    )
    assert answer.code == 0, answer.err
    assert len(run("said", "--json").rows) == 5
    key = find_id(run)
    assert run("fix", "accept", key[:8], "--by", "ana").code == 0
    (row,) = run("said", "anybody", "--json").rows
    assert row["decided_by"] == "ana"
    assert run("fix", "reject", key[:8]).code == 0
    assert len(run("said", "--json").rows) == 4


def test_redacted_name_is_gone(run: Run, ledger: Path, place: Path) -> None:
    answer = run("fix", "redact", "Tomas Quell", "--yes", "--json")
    assert answer.code == 0, answer.err
    assert answer.rows[0]["places"] >= 1
    run("page", "-o", "a.html")
    for path in place.iterdir():
        assert b"Quell" not in path.read_bytes()
    assert "Quell" not in run("said").out + run("show", "flood.txt").out + run("fix", "log").out


def test_program_as_a_process_with_a_narrow_encoding(ledger: Path) -> None:
    source = str(Path(onrecord.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    for words in (["said", "--json"], ["show", "flood.txt"], ["said", "--by", "ж中"]):
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", *words],
            env=environment,
            cwd=ledger.parent,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr


def test_help_imports_nothing_heavy(place: Path) -> None:
    source = str(Path(onrecord.__file__).parents[1])
    code = (
        "import sys; from onrecord.surfaces.cli import main; main(['--help']); "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'onnxruntime', 'pyarrow', 'lxml', 'sqlite3')))"
    )
    environment = {**os.environ, "PYTHONPATH": source}
    assert (
        subprocess.run(
            [sys.executable, "-c", code], env=environment, check=False, capture_output=True
        ).returncode
        == 0
    )


def test_fault_of_our_own_gives_no_traceback(run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import onrecord.ledger

    def fail(self: object) -> None:
        raise ZeroDivisionError("made for the test")

    monkeypatch.setattr(onrecord.ledger.Ledger, "check", fail)
    answer = run("check")
    assert answer.code == 3
    assert "ZeroDivisionError" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("ONRECORD_DEBUG", "1")
    assert "Traceback" in run("check").err


def test_reader_of_the_pipe_may_leave(ledger: Path) -> None:
    source = str(Path(onrecord.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "onrecord", "said"]
    with subprocess.Popen(
        command, env=environment, cwd=ledger.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        errors = running.stderr.read()
    assert running.returncode == 0
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors
