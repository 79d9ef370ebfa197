"""`annotate` is a stream: one line out for each line in, in order, whatever the line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import SkipDocument
from onrecord.surfaces.cli.language import Text, read_lines
from tests.surfaces.conftest import Answer

Run = Callable[..., Answer]
LINES = [
    '{"id": "a", "text": "Ana Ruiz said that it rained."}',
    '{"id": 7, "text": ""}',
    '{"text": "No id here."}',
]


def test_lines_become_texts_and_reasons() -> None:
    lines = [b'\xef\xbb\xbf{"id": "a", "text": "x"}', b"", b"nonsense", b"[1]", b'{"id": "b"}', b'{"text": 5}',
             b"\xff\xfe", b"[" * 100_000, b'{"text": "y"}', b'{"id": 3, "text": "\\ud800"}']  # fmt: skip
    found = list(read_lines(lines))
    assert found[0] == Text("a", "x")
    reasons = found[1:-2]
    assert all(isinstance(one, SkipDocument) for one in reasons)
    assert [str(one).split(":")[0] for one in reasons] == [f"line {number}" for number in (3, 4, 5, 6, 7, 8)]
    assert found[-2:] == [Text("9", "y"), Text("3", "\ud800")]


@pytest.mark.parametrize("layer", [("--rules",), ()])
def test_one_line_out_for_each_line_in(run: Run, place: Path, layer: tuple[str, ...]) -> None:
    (place / "in.jsonl").write_text("\n".join(LINES) + "\n", "utf-8")
    answer = run("annotate", "in.jsonl", *layer)
    assert answer.code == 0, answer.err
    rows = answer.rows
    assert [row["id"] for row in rows] == ["a", "7", "3"]
    text = json.loads(LINES[0])["text"]
    (one,) = rows[0]["attributions"]
    assert [text[start:end] for start, end in one["source"]] == ["Ana Ruiz"]
    assert (one["act"], one["within"], one["negated"]) == ("asserts", None, False)
    assert {"class", "quotation", "certainty", "score", "cue", "content"} <= set(one)
    assert {"tokens", "sentences", "entities", "attributions", "clusters"} <= set(rows[0])
    assert rows[1]["tokens"] == []


def test_bad_line_is_named_and_the_rest_goes_on(run: Run, place: Path) -> None:
    (place / "in.jsonl").write_text("\n".join([LINES[0], "nonsense", LINES[2]]), "utf-8")
    answer = run("annotate", "in.jsonl", "--rules")
    assert answer.code == 1
    assert "line 2" in answer.err
    assert [row["id"] for row in answer.rows] == ["a", "3"]


def test_text_that_the_model_fails_on_costs_no_other(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.language.rules import RuleModel

    annotate = RuleModel.annotate

    def fail(self: RuleModel, texts: list[str]) -> object:
        if texts == [""]:
            raise ValueError("made for the test")
        return annotate(self, texts)

    monkeypatch.setattr(RuleModel, "annotate", fail)
    (place / "in.jsonl").write_text("\n".join(LINES) + "\n", "utf-8")
    answer = run("annotate", "in.jsonl", "--rules")
    assert answer.code == 1
    assert "text 7: ValueError" in answer.err
    assert [row["id"] for row in answer.rows] == ["a", "3"]


def test_plain_text_is_one_text(run: Run, place: Path) -> None:
    (place / "one.txt").write_bytes("The café is shut, the mayor said.\n".encode("cp1252"))
    answer = run("annotate", "one.txt", "--rules")
    assert answer.code == 0
    assert len(answer.rows) == 1
    assert answer.rows[0]["id"] == "one.txt"


def test_standard_input_and_conllu(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    data = "\n".join(LINES).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    answer = run("annotate", "--rules", "--to", "conllu")
    assert answer.code == 0
    blocks = [block for block in answer.out.split("\n\n") if "# text" in block]
    assert len(blocks) == 2
    assert all(len(line.split("\t")) == 10 for line in blocks[0].splitlines() if not line.startswith("#"))


def test_evaluate_without_arguments_prints_the_published_table(run: Run) -> None:
    answer = run("evaluate")
    assert answer.code == 0
    assert "peers and humans" in answer.out
    rows = run("evaluate", "--json").rows
    assert {"task", "data", "measure", "system", "value", "source"} <= set(rows[0])


def test_evaluate_a_gold_file(run: Run, place: Path) -> None:
    gold = "# sent_id = 1\n# text = It rained.\n1\tIt\tit\tPRON\t_\t_\t2\tnsubj\t_\t_\n"
    gold += "2\train\train\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n"
    (place / "gold.conllu").write_text(gold.replace("rain\train", "rained\train"), "utf-8")
    answer = run("evaluate", "syntax", "gold.conllu")
    assert answer.code == 0, answer.err
    assert answer.out.startswith("syntax: ")
    (row,) = run("evaluate", "syntax", "gold.conllu", "--json").rows
    assert row["task"] == "syntax"
