"""What an input is, by its first bytes and its name."""

from __future__ import annotations

import gzip
import json

import pytest

from onrecord.errors import SkipDocument
from onrecord.intake.formats import find_extension, find_format
from onrecord.intake.readers import READERS
from onrecord.intake.sources import hold_bytes


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"The mayor said no.", "text"),
        ("a", "The mayor said “no”.".encode("utf-16"), "text"),
        ("a.log", b"{braces} are no JSON.\nThe mayor said no.", "text"),
        ("a.txt", b'{"text": "The mayor said no."}\n{"text": "x"}\n', "jsonl"),
        ("a.txt", b'{"text": "cut off here\nand a second line', "text"),
        ("a.txt", b"<!-- saved --><!-- twice -->\n<!DOCTYPE html><p>x", "html"),
        ("a", b"<?xml version='1.0'?><html><p>x", "html"),
        ("a.txt", b"<div><p>One.</p><p>Two.</p></div>", "html"),
        ("a.txt", b"<b>, she said, is a mark.", "text"),
        ("a.HTM", b"just words", "html"),
        ("a.csv", b"text\nx\n", "csv"),
        ("a.TSV", b"text\nx\n", "csv"),
        ("a.json", b"[]", "json"),
        ("a.ndjson", b"{}", "jsonl"),
        ("a.txt", b"\n\n  %PDF-1.4 in the text", "pdf"),
        ("a.txt", b"{\\rtf1 x}", "rtf"),
        ("a.txt", gzip.compress(b"x"), "gzip"),
        ("a.txt", b"Subject: the mayor\n\nThe mayor said no.", "text"),
        ("a.txt", b"From: a@b.example\nMIME-Version: 1.0\n\nThe mayor said no.", "mail"),
        ("a.mbox", b"From: a@b.example\n\nThe mayor said no.", "mail"),
        ("a.txt", b"From Monday on, 2024\nthe mayor: no.", "text"),
        ("a.txt", b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: x\n\ny", "mbox"),
    ],
)
def test_formats(name: str, data: bytes, kind: str) -> None:
    assert find_format(hold_bytes(name, data)) == kind
    assert kind in READERS


@pytest.mark.parametrize(
    ("name", "extension"), [("a.TXT", ".txt"), ("a", ""), (".hidden", ""), ("a.tar.gz", ".gz"), ("a.", ".")]
)
def test_extensions(name: str, extension: str) -> None:
    assert find_extension(name) == extension


def test_a_long_first_object_is_still_json_by_its_name() -> None:
    data = json.dumps({"text": "word " * 40_000}).encode()
    assert find_format(hold_bytes("a.jsonl", data)) == "jsonl"


@pytest.mark.parametrize("name", ["a.tar", "a.xml"])
def test_a_name_that_promises_too_much_is_refused(name: str) -> None:
    with pytest.raises(SkipDocument):
        find_format(hold_bytes(name, b"<?xml version='1.0'?><rss/>"))
