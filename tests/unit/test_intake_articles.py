"""Whole inputs through `read_articles`: documents with all they carry, and every bad input named."""

from __future__ import annotations

import gzip
import hashlib
import io
import time
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import SkipDocument
from onrecord.intake import Limits, read_articles
from onrecord.keys import digest_text, document_key
from onrecord.records import Appearance, Document
from onrecord.seams import Reader

ARTICLE = (
    "Pier stays public, mayor says\n\nBy Petra Vance\n\nHarrow Bay will not sell its pier to the Kestrel group, Mayor Ilse "
    "Norrby said on Wednesday, ending months of talks with the company.\n\n“We have heard every offer there is, and none of "
    "them keeps the pier open to the public,” she told the town council.\n\nA spokesman for Kestrel denied that it had "
    "planned to charge visitors for walking there, and said that the town had changed its mind.\n"
)
GERMAN = (
    "Der Hafen wird für eine Woche geschlossen, teilte die Behörde am Mittwoch mit. „Das kann nicht warten“, sagte ihre Leiterin. "
    * 3
)


def read(path: Path, **options: object) -> list[tuple[Document, Appearance] | SkipDocument]:
    return list(read_articles(path, relative=path.name, **options))  # type: ignore[arg-type]


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read_one(path: Path, **options: object) -> tuple[Document, Appearance]:
    (found,) = read(path, **options)
    assert isinstance(found, tuple), found.reason
    return found


def test_a_text_is_stored_exactly_and_keyed_by_its_bytes(tmp_path: Path) -> None:
    data = ARTICLE.replace("\n", "\r\n").encode("cp1252")
    document, appearance = read_one(write(tmp_path, "pier.txt", data))
    assert document.text == ARTICLE.replace("\n", "\r\n")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.id == document_key(document.sha256) == appearance.document_id
    assert document.text_digest == digest_text(document.text)
    assert (document.language, document.byline, appearance.path) == ("en", "Petra Vance", "pier.txt")
    assert document.title == "Pier stays public, mayor says"
    for span in (*document.litter, *document.credits):
        assert 0 <= span.start < span.end <= len(document.text)


def test_the_same_bytes_elsewhere_are_the_same_document(tmp_path: Path) -> None:
    first, one = read_one(write(tmp_path, "a.txt", ARTICLE.encode()))
    second, two = read_one(write(tmp_path, "b.txt", ARTICLE.encode()))
    assert first == second and one.path != two.path


def test_rows_and_members_have_ids_of_their_own(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", ARTICLE)
        archive.writestr("b.txt", ARTICLE)
    found = [item for item in read(write(tmp_path, "a.zip", stream.getvalue())) if isinstance(item, tuple)]
    assert [document.member for document, _ in found] == ["a.txt", "b.txt"]
    assert len({document.id for document, _ in found}) == 2
    assert {appearance.path for _, appearance in found} == {"a.zip"}


def test_read_articles_is_a_reader(tmp_path: Path) -> None:
    reader: Reader = read_articles
    (found,) = reader(write(tmp_path, "a.txt", ARTICLE.encode()), relative="x/a.txt")
    assert isinstance(found, tuple) and found[1].path == "x/a.txt"


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \r\n\t\n", "only blanks"),
    "binary.txt": (bytes(range(256)) * 64, "binary"),
    "german.txt": (GERMAN.encode(), r"German \(de\)"),
    "german.html": (f"<html><body><p>{GERMAN}</p></body></html>".encode(), r"German \(de\)"),
    "russian.txt": ("Министр сказал, что мост не закроют.".encode("cp1251") * 6, r"Russian \(ru\)"),
    "cut.txt.gz": (gzip.compress(ARTICLE.encode() * 9)[:-20], "cut off"),
    "bomb.gz": (gzip.compress(b"\x00" * 30_000_000), "bomb"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "Office"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "picture"),
    "feed.xml": (b"<?xml version='1.0'?><rss><channel/></rss>", "XML"),
    "nothing.zip": (b"PK\x05\x06" + b"\x00" * 18, "no articles"),
    "nothing.jsonl": (b"\n\n", "only blanks"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_inputs_are_skipped_with_the_reason(name: str, tmp_path: Path) -> None:
    import re

    data, reason = BAD[name]
    (found,) = read(write(tmp_path, name, data))
    assert isinstance(found, SkipDocument)
    assert re.search(reason, found.reason), found.reason
    assert found.stage == "intake"


def test_odd_inputs_are_read(tmp_path: Path) -> None:
    wrong = ARTICLE.encode("cp1252")
    assert read_one(write(tmp_path, "charset.txt", wrong))[0].text == ARTICLE
    nul = ARTICLE.replace(" pier", " \x00pier", 1)
    assert read_one(write(tmp_path, "nul.txt", nul.encode()))[0].text == nul
    lone = ARTICLE.encode() + "\udc80\ud83d".encode("utf-8", "surrogatepass")
    assert read_one(write(tmp_path, "lone.txt", lone))[0].text.startswith(ARTICLE)
    assert "\ufffd" in read_one(tmp_path / "lone.txt")[0].text
    deep = f"<html><body>{'<div>' * 50_000}<p>{ARTICLE}</p>".encode()
    assert "Harrow Bay will not sell" in read_one(write(tmp_path, "deep.html", deep))[0].text


def test_a_hundred_megabytes_in_one_line_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as stream:
        for _ in range(100):
            stream.write(b"the mayor said no " * 58_255)
    for name in ("long.txt", "long.jsonl"):
        target = path.rename(tmp_path / name)
        began = time.perf_counter()
        found = read(target)
        assert time.perf_counter() - began < 30
        assert found and all(isinstance(item, SkipDocument) for item in found)
        path = target


def test_a_long_article_is_refused_by_its_length(tmp_path: Path) -> None:
    (found,) = read(write(tmp_path, "a.txt", ARTICLE.encode()), limits=Limits(article_chars=300))
    assert isinstance(found, SkipDocument) and "at most 300" in found.reason


def test_what_is_not_there_or_no_file_is_skipped(tmp_path: Path) -> None:
    (gone,) = read(tmp_path / "gone.txt")
    (folder,) = read(tmp_path)
    assert isinstance(gone, SkipDocument) and "not there" in gone.reason
    assert isinstance(folder, SkipDocument) and "plain file" in folder.reason


def test_one_bad_row_costs_one_row(tmp_path: Path) -> None:
    import json

    rows = [{"text": ARTICLE}, {"text": GERMAN}, {"text": "\x00\x01"}, {"text": ARTICLE, "title": "Again"}]
    found = read(write(tmp_path, "a.jsonl", "\n".join(json.dumps(row) for row in rows).encode()))
    assert [isinstance(item, tuple) for item in found] == [True, False, True, True]
    assert isinstance(found[1], SkipDocument) and found[1].member == "2" and "German" in found[1].reason
