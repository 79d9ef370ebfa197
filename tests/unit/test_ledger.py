"""The ledger as a user holds it: read, ask, decide, undo, redact, export, check."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.errors import StopRun
from onrecord.ledger import Ledger
from onrecord.pipeline import Progress
from onrecord.records import Annotation, Span
from onrecord.settings import Settings
from onrecord.stores import SqliteStore
from onrecord.testing import (
    ScriptedModel,
    load_scripted_model,
    make_appearance,
    make_document,
    make_mention,
    make_reading,
    make_run,
    make_statement,
)

SERIAL = Settings(workers=0)
ARTICLES = {
    "harbour.txt": "Harbour plan\n\nMinister Oyelaran said the harbour will close in March.\n"
    "Brandvold denied the harbour would close.\n",
    "north/ferry.txt": "Ferry line\n\nOyelaran warned that the ferry is late again this week.\n"
    "Tamsin said the ferry sank near the pier.\n",
    "north/empty.txt": "",
}
WHO = {"by": "Ada", "at": "2031-05-01"}


def write_articles(folder: Path) -> Path:
    for name, text in ARTICLES.items():
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "articles"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        opened.read([write_articles(tmp_path)], settings=SERIAL, load_model=load_scripted_model)
        yield opened


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of records made by hand: roles, a pronoun, two persons without a public role."""
    with Ledger.open(tmp_path / "built.db") as opened:
        fill_by_hand(opened)
        yield opened


FIRST = (
    "Minister Tamsin Okoro said the bridge will open in May.\n"
    "A carpenter, Brede Halloran, denied that the bridge is safe.\n"
    "He said that Okoro never asked Halloran.\n"
)
SECOND = "Brede Halloran said =1+2 is what HALLORAN pays.\nBREDE\nHALLORAN again.\n"


def fill_by_hand(ledger: Ledger) -> None:
    store: SqliteStore = ledger._store
    document = make_document(
        FIRST, title="Bridge, by Brede Halloran", byline="Brede Halloran", published="2031-04-02"
    )
    okoro = make_mention(document, "Tamsin Okoro", role=make_mention(document, "Minister").span)
    halloran = make_mention(document, "Brede Halloran", role=make_mention(document, "A carpenter").span)
    halloran = make_mention(document, "Brede Halloran")
    he = make_mention(document, "He", local_id=halloran.id, inferred="pronoun", reason="after Brede Halloran")
    statements = [
        make_statement(document, okoro, "said", "the bridge will open in May"),
        make_statement(document, halloran, "denied", "the bridge is safe", act="denies"),
        make_statement(document, he, "said that", "Okoro never asked Halloran", about_ids=(okoro.id,)),
    ]
    appearance = make_appearance(document, "brede-halloran/one.txt", "The Halloran Times")
    store.put_reading(make_reading(document, [okoro, halloran, he], statements), appearance, make_run())
    other = make_document(SECOND, published="2031-05-02")
    person = make_mention(other, "Brede Halloran")
    statement = make_statement(other, person, "said", "=1+2 is what HALLORAN pays")
    store.put_reading(
        make_reading(other, [person], [statement]), make_appearance(other, "two.txt"), make_run()
    )


def test_read_reports_every_input(tmp_path: Path) -> None:
    told: list[Progress] = []
    folder = write_articles(tmp_path)
    (folder / "copy.txt").write_text(ARTICLES["harbour.txt"], "utf-8")
    with Ledger.open(tmp_path / "a.db") as ledger:
        report = ledger.read(
            [folder],
            settings=SERIAL,
            load_model=load_scripted_model,
            progress=told.append,
            clock=iter([1, 4]).__next__,
        )
        assert (report.read, report.unchanged, report.seconds) == (2, 1, 3)
        assert [(one.path, one.stage) for one in report.skipped] == [("north/empty.txt", "intake")]
        assert report.words == sum(len(text.split()) for text in ARTICLES.values())
        assert told[-1].done == 4 and told[-1].skipped == 1
        assert [one.path for one in ledger.failures()] == ["north/empty.txt"]
        assert [one.path for one in ledger.find_document("harbour.txt").appearances] == [
            "copy.txt",
            "harbour.txt",
        ]
        again = ledger.read([folder], settings=SERIAL, load_model=load_scripted_model)
        assert (again.read, again.unchanged, len(again.skipped)) == (0, 3, 1)
        assert ledger.check() == []


def test_statements_are_found(ledger: Ledger) -> None:
    assert len(ledger.statements()) == 4
    assert [view.words for view in ledger.statements("HARBOUR close")] == [
        "the harbour will close in March",
        "the harbour would close",
    ]
    assert {view.speakers[0].name for view in ledger.statements(by="oyelaran")} == {"Oyelaran"}
    assert [view.statement.act for view in ledger.statements(act="denies")] == ["denies"]
    assert len(ledger.statements("ferry", by="tamsin")) == 1
    assert ledger.statements("ferry", by="brandvold") == []


def test_statements_by_day_and_outlet(built: Ledger) -> None:
    assert [view.document.published for view in built.statements(since="2031-05-01")] == ["2031-05-02"]
    assert len(built.statements(until="2031-04-02")) == 3
    assert len(built.statements(outlet="halloran")) == 3
    assert len(built.statements(about="okoro")) == 1
    with pytest.raises(StopRun, match="no day"):
        built.statements(since="May")


def test_documents_are_found_by_id_path_and_name(ledger: Ledger) -> None:
    summary = ledger.find_document("north/ferry.txt")
    assert ledger.find_document("ferry.txt") == summary
    assert ledger.find_document(summary.id[:6]) == summary
    for key in ("nothing.txt", "", "a"):
        with pytest.raises(StopRun, match="no document"):
            ledger.find_document(key)
    view = ledger.document_view(summary.id)
    assert view.document.text == ARTICLES["north/ferry.txt"]
    assert len(view.statements) == 2


def test_a_speaker_is_corrected_and_the_correction_undone(ledger: Ledger) -> None:
    before = ledger.document_view("harbour.txt")
    key = ledger.statements(act="denies")[0].id
    decision = ledger.decide("speaker", key[:8], {"words": "Minister Oyelaran"}, **WHO)
    view = ledger.statement(key)
    assert view.speakers[0].exact == "Minister Oyelaran"
    assert view.statement.decided_by == "Ada"
    assert ledger.statements(by="minister", act="denies")
    ledger.decide("speaker", key, {"words": None}, **WHO)
    assert ledger.statement(key).speakers == ()
    last = ledger.log()[-1].decision
    ledger.undo(last.id[:10], **WHO)
    assert ledger.statement(key).speakers[0].exact == "Minister Oyelaran"
    ledger.undo(decision.id, **WHO)
    assert ledger.document_view("harbour.txt") == before
    assert [one.state for one in ledger.log()] == ["undone", "undone", "applied", "applied"]
    with pytest.raises(StopRun, match="taken back already"):
        ledger.undo(decision.id, **WHO)


def test_every_kind_of_decision(built: Ledger) -> None:
    opens, denies, never = built.document_view("one.txt").statements
    built.decide("act", opens.id, {"act": "promises", "certainty": "probable", "negated": True}, **WHO)
    built.decide("span", denies.id, {"part": "content", "words": "that the bridge is safe"}, **WHO)
    built.decide("speaker", never.id, {"words": "He", "name": "Tamsin Okoro"}, **WHO)
    built.decide("date", "one.txt", {"published": "2031-04-03"}, **WHO)
    built.decide("outlet", "two.txt", {"outlet": "Lake Post"}, **WHO)
    built.decide("add", "two.txt", {"content": "BREDE\nHALLORAN again", "speaker": "Brede Halloran"}, **WHO)
    built.decide("accept", built.document_view("two.txt").statements[0].id, **WHO)
    view = built.document_view("one.txt")
    opens, denies, never = (built.statement(one.id) for one in (opens, denies, never))
    assert (opens.statement.act, opens.statement.certainty, opens.statement.negated) == (
        "promises",
        "probable",
        True,
    )
    assert denies.words == "that the bridge is safe"
    assert never.speakers[0].name == "Tamsin Okoro" and never.role == "Minister"
    assert (view.summary.published, view.document.published_from) == ("2031-04-03", "person")
    two = built.document_view("two.txt")
    assert two.summary.outlet == "Lake Post"
    assert [one.statement.decided_by for one in two.statements] == ["Ada", "Ada"]
    built.decide("litter", "one.txt", {"words": "carpenter"}, **WHO)
    assert [one.id for one in built.document_view("one.txt").statements] == [opens.id, never.id]
    built.decide("reject", opens.id, **WHO)
    assert len(built.document_view("one.txt").statements) == 1
    assert built.check() == []
    for one in reversed(built.log()):
        built.undo(one.decision.id, **WHO)
    with Ledger.open(built.path.with_name("fresh.db")) as fresh:
        fill_by_hand(fresh)
        assert list(fresh.document_views()) == list(built.document_views())


@pytest.mark.parametrize(
    ("what", "value", "words"),
    [
        ("speaker", {"words": "Somebody Else"}, "does not say"),
        ("act", {"act": "deny"}, "did you mean 'denies'"),
        ("span", {"part": "tail", "words": "bridge"}, "content and cue"),
        ("span", {"spans": [[5, 100000]]}, "outside the article"),
        ("undo", {}, "fix undo"),
    ],
)
def test_a_bad_decision_is_refused(built: Ledger, what: str, value: dict[str, object], words: str) -> None:
    key = built.statements()[0].id
    with pytest.raises(StopRun, match=words):
        built.decide(what, key, value, **WHO)  # type: ignore[arg-type]
    assert built.log() == []


def test_a_bad_day_is_refused(built: Ledger) -> None:
    with pytest.raises(StopRun, match="no day"):
        built.decide("date", "one.txt", {"published": "2031-13-01"}, **WHO)


def test_summary_names_only_those_with_a_public_role(built: Ledger) -> None:
    summary = built.summary()
    assert [one.name for one in summary.speakers] == ["Tamsin Okoro"]
    assert summary.others == 1
    assert (summary.documents, summary.statements, summary.undated) == (2, 4, 0)
    assert (summary.first_day, summary.last_day) == ("2031-04-02", "2031-05-02")
    listed = built.summary(confirmed=["Brede Halloran"]).speakers
    assert [(one.name, one.statements, one.documents) for one in listed] == [
        ("Brede Halloran", 3, 2),
        ("Tamsin Okoro", 1, 1),
    ]


def list_bytes(folder: Path, ledger: Ledger) -> bytes:
    files = [path for path in folder.rglob("*") if path.is_file()]
    files += ledger.path.parent.glob(ledger.path.name + "*")
    return b"\n".join(path.read_bytes() for path in files).lower()


def test_a_redacted_name_is_in_no_byte(built: Ledger, tmp_path: Path) -> None:
    key = built.document_view("one.txt").statements[1].id
    built.decide(
        "act", key, {"act": "doubts"}, by="Brede Halloran", at="2031-05-01", reason="Halloran says so"
    )
    built.decide("speaker", key, {"words": "Brede Halloran"}, **WHO)
    built.decide("span", key, {"words": "denied that the bridge is safe"}, **WHO)
    before = {view.id: view.statement.content for view in built.statements()}
    redaction = built.redact("halloran", by="Ada", at="2031-05-02", reason="asked by Halloran")
    assert (redaction.places, redaction.documents) == (5, 2)
    built.redact("Brede", **WHO)
    built.export(["jsonl", "csv", "parquet"], tmp_path / "out")
    held = list_bytes(tmp_path / "out", built)
    for word in ("halloran", "brede"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(encoding) not in held
    assert built.check() == []
    assert {view.id: view.statement.content for view in built.statements()} == before
    assert built.statements(by="halloran") == []
    assert [one.state for one in built.log()] == ["applied"] * 5
    assert built.statement(key).statement.act == "doubts"
    # What is read later is blanked, too, and the same file again changes nothing.
    after = list(built.document_views())
    fill_by_hand(built)
    assert b"halloran" not in list_bytes(tmp_path / "out", built)
    assert list(built.document_views()) == after


def test_a_redacted_file_is_read_again_without_the_name(ledger: Ledger, tmp_path: Path) -> None:
    ledger.redact("Brandvold", **WHO)
    folder = tmp_path / "articles"
    again = ledger.read([folder], settings=SERIAL, load_model=load_scripted_model)
    assert (again.read, again.unchanged) == (0, 2)
    (folder / "new-brandvold.txt").write_text("News\n\nTamsin said Brandvold lied about the pier.\n", "utf-8")
    (folder / "brandvold.bin").write_bytes(b"\x00\x01\x02\xff" * 200)
    ledger.read([folder], settings=SERIAL, load_model=load_scripted_model)
    assert b"brandvold" not in list_bytes(tmp_path / "none", ledger)
    assert "█████████" in "".join(view.document.text for view in ledger.document_views())
    (redaction,) = ledger.log()
    ledger.undo(redaction.decision.id, **WHO)
    ledger.read([folder], settings=SERIAL, load_model=load_scripted_model)
    assert len(ledger.statements(by="brandvold")) == 1


def test_a_redaction_needs_the_file_for_itself(built: Ledger) -> None:
    with Ledger.open(built.path) as other:
        snapshot = other._store.connection.execute("BEGIN")
        snapshot.execute("SELECT count(*) FROM document").fetchone()
        with pytest.raises(StopRun, match="close it"):
            built.redact("Halloran", **WHO)
        snapshot.execute("COMMIT")
    built.redact("Halloran", **WHO)
    assert b"halloran" not in list_bytes(built.path.parent / "none", built)


def test_a_redaction_tells_which_words_of_the_name_are_left(built: Ledger) -> None:
    redaction = built.redact("Brede Halloran", **WHO)
    assert (redaction.places, redaction.left) == (3, (("Halloran", 2),))


def test_one_letter_is_no_name(built: Ledger) -> None:
    with pytest.raises(StopRun, match="too few letters"):
        built.redact("h.", **WHO)


def read_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_exports_hold_the_same_in_every_format(built: Ledger, tmp_path: Path) -> None:
    built.decide("accept", built.statements()[0].id, **WHO)
    files = built.export(["jsonl", "csv", "parquet"], tmp_path / "out")
    assert len(files) == 21
    texts = {row["id"]: row["text"] for row in read_lines(tmp_path / "out/documents.jsonl")}
    for kind in ("documents", "mentions", "statements", "decisions"):
        rows = read_lines(tmp_path / f"out/{kind}.jsonl")
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        table = pq.read_table(tmp_path / f"out/{kind}.parquet").to_pylist()
        assert [row["id"] for row in table] == [row["id"] for row in rows]
        if kind != "decisions":
            assert table == [{key: row[key] for key in table[0]} for row in rows]
        for row in rows:
            key = row["selector"]["document_id"] if kind == "decisions" else row.get("document_id", row["id"])
            check_spans(row, texts[key])
        with (tmp_path / f"out/{kind}.csv").open(newline="", encoding="utf-8") as file:
            assert [row["id"] for row in csv.DictReader(file)] == [row["id"] for row in rows]


def check_spans(value: object, text: str) -> None:
    if isinstance(value, dict):
        if {"start", "end", "exact"} <= set(value) and value["start"] is not None:
            assert text[value["start"] : value["end"]] == value["exact"]
        for one in value.values():
            check_spans(one, text)
    elif isinstance(value, list):
        for one in value:
            check_spans(one, text)


def test_no_cell_is_a_formula(built: Ledger, tmp_path: Path) -> None:
    built.export(["csv", "jsonl"], tmp_path / "out")
    with (tmp_path / "out/statements.csv").open(newline="", encoding="utf-8") as file:
        contents = [row["content"] for row in csv.DictReader(file)]
    assert "'=1+2 is what HALLORAN pays" in contents
    rows = read_lines(tmp_path / "out/statements.jsonl")
    assert "=1+2 is what HALLORAN pays" in [row["content"][0]["exact"] for row in rows]  # type: ignore[index]


def test_pseudonyms_hide_persons_without_a_public_role(built: Ledger, tmp_path: Path) -> None:
    key = built.statements(by="halloran")[0].id
    built.decide("speaker", key, {"words": "Brede Halloran"}, **WHO)
    built.export(["jsonl", "csv", "parquet"], tmp_path / "out", pseudonymise=True)
    held = b"\n".join(path.read_bytes() for path in (tmp_path / "out").iterdir()).lower()
    assert b"halloran" not in held and b"brede" not in held
    assert b"tamsin okoro" in held
    documents = read_lines(tmp_path / "out/documents.jsonl")
    texts = {row["id"]: row["text"] for row in documents}
    names = set()
    for row in read_lines(tmp_path / "out/statements.jsonl"):
        check_spans(row, str(texts[row["document_id"]]))
        names |= {one["actor"] for one in row["speakers"]}  # type: ignore[union-attr, attr-defined]
    assert len(names) == 2
    assert all(len(str(text)) in (len(FIRST), len(SECOND)) for text in texts.values())


def test_an_export_place_and_format_are_checked(built: Ledger, tmp_path: Path) -> None:
    with pytest.raises(StopRun, match="jsonl, csv, parquet"):
        built.export(["xlsx"], tmp_path / "out")
    (tmp_path / "file").touch()
    with pytest.raises(StopRun, match="is a file"):
        built.export(["jsonl"], tmp_path / "file")


def test_lone_surrogates_pass_through_every_export(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        document = make_document("Ann\ud800 said the \udfffpier.")
        mention = make_mention(document, "Ann\ud800")
        statement = make_statement(document, mention, "said", "the \udfffpier")
        reading = make_reading(document, [mention], [statement])
        ledger._store.put_reading(reading, make_appearance(document, "x\udcff.txt"), make_run())
        ledger.export(["jsonl", "csv", "parquet"], tmp_path / "out")
        (row,) = read_lines(tmp_path / "out/documents.jsonl")
        assert (row["text"], row["path"]) == (document.text, "x\udcff.txt")
        assert ledger.find_document("x\udcff.txt").id == document.id
        assert (
            pq.read_table(tmp_path / "out/documents.parquet").to_pylist()[0]["text"]
            == "Ann\ufffd said the \ufffdpier."
        )
        assert ledger.statements("pier", by="ann")


@pytest.mark.skipif(sys.platform == "win32", reason="spawned processes are slow to start there")
def test_exports_are_byte_equal_in_any_order_with_any_workers(tmp_path: Path) -> None:
    folder = write_articles(tmp_path)
    (folder / "copy.txt").write_text(ARTICLES["harbour.txt"], "utf-8")
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    exports = []
    for number, (order, workers) in enumerate([(paths, 0), (paths[::-1], 0), (paths, 1), (paths[::-1], 2)]):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            ledger.read(order, settings=Settings(workers=workers), load_model=load_scripted_model)
            files = ledger.export(["jsonl", "csv", "parquet"], tmp_path / f"out{number}")
            exports.append({path.name: path.read_bytes() for path in files})
    assert len(exports[0]["statements.jsonl"]) > 100
    assert exports[0] == exports[1] == exports[2] == exports[3]


@dataclass(frozen=True)
class FragileModel(ScriptedModel):
    """Fails on an article that says so."""

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        if "FAIL" in texts[0]:
            raise ValueError("cannot")
        if "CRASH" in texts[0]:
            os._exit(3)
        return super().annotate(texts, litter)


@pytest.mark.parametrize("workers", [0, 1])
def test_an_article_that_cannot_be_read_and_its_copy_are_failures(tmp_path: Path, workers: int) -> None:
    folder = write_articles(tmp_path)
    word = "CRASH" if workers else "FAIL"
    for name in ("bad.txt", "bad-copy.txt"):
        (folder / name).write_text(f"Harbour\n\nTamsin said it will {word} in the end, again.\n", "utf-8")
    with Ledger.open(tmp_path / "a.db") as ledger:
        report = ledger.read([folder], settings=Settings(workers=workers), load_model=FragileModel)
        assert (report.read, report.unchanged) == (2, 0)
        assert [(one.path, one.stage) for one in report.skipped] == [
            ("bad-copy.txt", "reading"),
            ("bad.txt", "reading"),
            ("north/empty.txt", "intake"),
        ]
        assert ("exit code 3" if workers else "ValueError: cannot") in report.skipped[0].error
        assert "a copy of an article" in report.skipped[1].error
        assert list(report.skipped) == ledger.failures()
        assert all(one.document_id for one in report.skipped[:2])
        mended = ledger.read([folder], settings=Settings(workers=0), load_model=load_scripted_model)
        assert (mended.read, mended.unchanged, len(mended.skipped)) == (1, 3, 1)
        assert [one.path for one in ledger.failures()] == ["north/empty.txt"]
