"""Tables: columns found or mapped, rows read or skipped one by one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO

import pyarrow
import pytest
from pyarrow import parquet

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import Extract
from onrecord.intake.limits import Limits
from onrecord.intake.readers import read_source
from onrecord.intake.sources import ColumnMapping, hold_bytes
from onrecord.intake.tables import read_cell_day

TEXT = "The harbour will close for a week, the port authority said. “It cannot wait,” its head added."


def read(name: str, data: bytes, **options: object) -> list[Extract | SkipDocument]:
    return list(read_source(hold_bytes(name, data, **options)))  # type: ignore[arg-type]


def make_jsonl(*rows: object) -> bytes:
    return "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows).encode()


def test_usual_names_are_found_and_every_row_has_its_number() -> None:
    rows = make_jsonl(
        {"Headline": "Harbour closes", "body": TEXT, "publication_date": "2024-03-06", "source": "The Courier",
         "URL": "https://courier.example/1", "authors": ["By Petra Vance", "Ola Renn"], "lang": "en"},
        "\n",
        {"Headline": "Second", "body": TEXT, "publication_date": None},
    )  # fmt: skip
    first, second = read("news.jsonl", rows)
    assert isinstance(first, Extract) and isinstance(second, Extract)
    assert (first.member, first.title, first.text, first.outlet) == (
        "1",
        "Harbour closes",
        TEXT,
        "The Courier",
    )
    assert (first.byline, first.url, first.language) == (
        "Petra Vance; Ola Renn",
        "https://courier.example/1",
        "en",
    )
    assert [(claim.day, claim.origin, claim.sure) for claim in first.dates] == [
        ("2024-03-06", "column", True)
    ]
    assert (second.member, second.dates) == ("3", ())


def test_a_plain_date_column_is_not_sure_and_a_crawl_date_is_no_date() -> None:
    (row,) = read("a.jsonl", make_jsonl({"text": TEXT, "date": "2024-03-06", "crawl_date": "2025-01-01"}))
    assert isinstance(row, Extract)
    assert [(claim.day, claim.sure) for claim in row.dates] == [("2024-03-06", False)]
    assert row.retrieved == "2025-01-01"


def test_a_mapping_outranks_the_usual_names() -> None:
    mapping = ColumnMapping(text="words", published="when")
    (row,) = read(
        "a.jsonl", make_jsonl({"text": "other", "words": TEXT, "when": "6 March 2024"}), mapping=mapping
    )
    assert isinstance(row, Extract)
    assert row.text == TEXT and row.dates[0].day == "2024-03-06" and row.dates[0].sure


def test_malformed_rows_are_skipped_and_the_rest_is_read() -> None:
    rows = make_jsonl(
        {"text": TEXT}, '{"text": \n', "[1]\n", {"text": ""}, {"text": 5}, {"title": "x"}, {"text": TEXT}
    )
    found = read("a.jsonl", rows)
    assert [isinstance(item, Extract) for item in found] == [True, False, False, False, False, False, True]
    reasons = [item.reason for item in found if isinstance(item, SkipDocument)]
    assert "no JSON" in reasons[0] and "no JSON object" in reasons[1] and "no text" in reasons[2]
    assert "int" in reasons[3] and "no column" in reasons[4]
    assert [item.member for item in found] == ["1", "2", "3", "4", "5", "6", "7"]


def test_lone_surrogates_and_deep_nesting_in_json() -> None:
    rows = (
        b'{"text": "He said \\ud800 no."}\n'
        + b'{"text": '
        + b"[" * 200_000
        + b"\n"
        + make_jsonl({"text": TEXT})
    )
    first, second, third = read("a.jsonl", rows)
    assert isinstance(first, Extract) and first.text == "He said \ufffd no."
    assert isinstance(second, SkipDocument) and isinstance(third, Extract)


def test_a_line_over_the_cap_is_skipped_alone() -> None:
    rows = make_jsonl({"text": "x" * 5000}, {"text": TEXT})
    first, second = read("a.jsonl", rows, limits=Limits(row_bytes=1000))
    assert isinstance(first, SkipDocument) and "longer than" in first.reason
    assert isinstance(second, Extract) and second.member == "2"


@pytest.mark.parametrize(
    "value",
    [[{"text": TEXT}, {"text": TEXT}], {"articles": [{"content": TEXT}, {"content": TEXT}], "total": 2}],
)
def test_json_files_hold_lists_of_articles(value: object) -> None:
    assert [item.member for item in read("a.json", json.dumps(value).encode())] == ["1", "2"]


def test_a_json_file_may_be_one_article_or_lines() -> None:
    (one,) = read("a.json", json.dumps({"title": "Harbour", "text": TEXT}).encode())
    assert isinstance(one, Extract) and one.member == "" and one.title == "Harbour"
    assert len(read("a.json", make_jsonl({"text": TEXT}, {"text": TEXT}))) == 2
    for broken in (b"{", b"[" * 200_000, b"7"):
        with pytest.raises(SkipDocument, match="JSON"):
            read("a.json", broken)


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_csv_rows_with_quotes_and_line_ends_inside(name: str, mark: str) -> None:
    cell = TEXT.replace("“", '""').replace("”", '""') + "\r\nA second, longer; line\there."
    data = f'title{mark}text{mark}published\r\nHarbour{mark}"{cell}"{mark}2024-03-06\r\n'.encode("utf-8-sig")
    (row,) = read(name, data)
    assert isinstance(row, Extract)
    assert row.text == cell.replace('""', '"') and row.title == "Harbour" and row.dates[0].day == "2024-03-06"


def test_csv_in_another_charset_and_with_bad_rows() -> None:
    data = f"title;text\nHafen;{TEXT}\ntoo;many;cells\n;\nlast;{TEXT}\n".encode("cp1252")
    first, second, third, fourth = read("a.csv", data)
    assert isinstance(first, Extract) and first.text == TEXT
    assert isinstance(second, SkipDocument) and "3 cells" in second.reason
    assert isinstance(third, SkipDocument) and "no text" in third.reason
    assert isinstance(fourth, Extract) and fourth.member == "4"


def test_a_very_long_cell_is_read_and_an_endless_one_skipped() -> None:
    (row,) = read("a.csv", b'text\n"' + b"word " * 60_000 + b'"\n')
    assert isinstance(row, Extract) and len(row.text) == 300_000
    found = read("a.csv", b'title,text\n"never closed,' + b"x" * 10_000)
    assert all(isinstance(item, SkipDocument) for item in found)


def test_a_table_without_text_says_which_columns_it_has() -> None:
    (item,) = read("a.csv", b"id,colour\n1,red\n")
    assert isinstance(item, SkipDocument) and "id, colour" in item.reason
    (item,) = read("a.csv", b"text,day\nx,y\n", mapping=ColumnMapping(published="when"))
    assert isinstance(item, SkipDocument) and "'when'" in item.reason


def test_parquet_rows_with_real_dates() -> None:
    table = pyarrow.table(
        {"content": [TEXT, None], "published_at": [datetime(2024, 3, 6, 22, tzinfo=UTC), None]}
    )
    stream = BytesIO()
    parquet.write_table(table, stream)
    first, second = read("a.parquet", stream.getvalue())
    assert isinstance(first, Extract) and first.dates[0].day == "2024-03-06" and first.dates[0].sure
    assert isinstance(second, SkipDocument) and second.member == "2"
    with pytest.raises(SkipDocument, match="damaged"):
        read("a.parquet", stream.getvalue()[:-40])


def test_cells_with_markup_are_read_as_pages() -> None:
    (row,) = read("a.jsonl", make_jsonl({"content": f"<p>{TEXT}</p><p>A second &amp; last one.</p>"}))
    assert isinstance(row, Extract) and row.text == f"{TEXT}\nA second & last one."


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (1709750000, "2024-03-06"),
        (1709750000000, "2024-03-06"),
        ("March 6, 2024 at noon", "2024-03-06"),
        ("20240306", "2024-03-06"),
        ("05/06/2024", None),
        ("", None),
        (True, None),
        (3, None),
        (float("nan"), None),
    ],
)
def test_days_of_cells(cell: object, day: str | None) -> None:
    assert read_cell_day(cell) == day
