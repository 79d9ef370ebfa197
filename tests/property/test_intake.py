"""Promises of intake that hold for every input."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import SkipDocument
from onrecord.intake import read_articles
from onrecord.intake.blocks import parse_html, split_blocks
from onrecord.intake.text import decode_text

WORDS = (
    "Mayor Ilse Norrby said on Wednesday that the pier stays public. “No,” she told the council — twice.\n"
)
NAMES = [
    "a.txt",
    "a.html",
    "a.eml",
    "a.mbox",
    "a.csv",
    "a.jsonl",
    "a.json",
    "a.rtf",
    "a.pdf",
    "a.docx",
    "a.zip",
    "a.gz",
    "a.tar",
    "a.parquet",
]


def make_seeds() -> dict[str, bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", WORDS)
        archive.writestr("word/document.xml", "<w:document/>")
    return {
        "a.txt": WORDS.encode("utf-16"),
        "a.html": f"<html><head><title>t</title><script type='application/ld+json'>{{\"@type\":\"NewsArticle\"}}</script></head><body><p>{WORDS}</p><ul><li>x</ul>".encode(),
        "a.eml": b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nThe mayor said no.\n--x--\n",
        "a.mbox": b"From a@b Wed Mar  6 23:30:00 2024\nSubject: x\n\nThe mayor said no.\n",
        "a.csv": f'title,text\nx,"{WORDS}"\n'.encode(),
        "a.jsonl": json.dumps({"text": WORDS, "date": "2024-03-06"}).encode() + b"\n",
        "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 A;}} \u8220?No\'94 said the mayor.\par}",
        "a.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>\n",
        "a.zip": stream.getvalue(),
        "a.gz": gzip.compress(WORDS.encode()),
        "b.txt": f"1 of 2 DOCUMENTS\n\nCourier\n\nMarch 6, 2024\n\nPier\n\nLENGTH: 9 words\n\n{WORDS}\nLOAD-DATE: x\n".encode(),
    }  # fmt: skip


SEEDS = make_seeds()


def check_articles(path: Path) -> None:
    for item in read_articles(path, relative=path.name):
        if isinstance(item, SkipDocument):
            assert item.reason and item.stage
            continue
        document, _ = item
        document.text.encode("utf-8")
        spans = sorted((*document.litter, *document.credits))
        assert all(0 <= span.start < span.end <= len(document.text) for span in spans)
        assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("inputs")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=2000), name=st.sampled_from(NAMES))
def test_no_bytes_raise(folder: Path, data: bytes, name: str) -> None:
    path = folder / name
    path.write_bytes(data)
    check_articles(path)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(sorted(SEEDS)),
    edits=st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4
    ),
)
def test_no_damaged_input_raises(folder: Path, name: str, edits: list[tuple[int, int, bytes]]) -> None:
    data = SEEDS[name]
    for place, cut, put in edits:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + cut :]
    path = folder / name
    path.write_bytes(data)
    check_articles(path)


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=300)
)
def test_utf8_is_decoded_exactly(text: str) -> None:
    try:
        assert decode_text(text.encode("utf-8")) == text
    except SkipDocument as problem:
        assert "binary" in problem.reason


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</b>",
                "<b>",
                "<br>",
                "word ",
                "mayor",
                "<td>",
                "<table>",
                "&amp;",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "\n",
            ]
        ),
        max_size=40,
    )
)
def test_blocks_are_clean_lines_of_the_page(pieces: list[str]) -> None:
    tree = parse_html("<html><body>" + "".join(pieces))
    for block in split_blocks(tree) if tree is not None else []:
        assert block.text and block.text == block.text.strip()
        assert "\n\n" not in block.text and "  " not in block.text
        assert 0 <= block.linked <= 1
