"""Archives: members in order, bombs refused, damage named."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib

import pytest

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import Extract
from onrecord.intake.limits import Limits
from onrecord.intake.readers import read_source
from onrecord.intake.sources import hold_bytes

TEXT = "The harbour will close for a week, the port authority said.\n"


def read(name: str, data: bytes, **options: object) -> list[Extract | SkipDocument]:
    return list(read_source(hold_bytes(name, data, **options)))  # type: ignore[arg-type]


def make_zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def make_tar(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("passwd")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return stream.getvalue()


def test_members_come_by_name_and_bad_ones_alone_are_skipped() -> None:
    inner = make_zip({"x/one.txt": TEXT.encode()})
    members = {
        "b.txt": TEXT.encode(), "a.jsonl": b'{"text": "He said no."}\n{"text": "She said yes."}\n', "pic.png": b"\x89PNG\r\n",
        "../up.txt": TEXT.encode(), "/root.txt": TEXT.encode(), "__MACOSX/._b.txt": b"\x00\x05", "d/": b"", "n.zip": inner,
        "empty.txt": b"",
    }  # fmt: skip
    found = read("news.zip", make_zip(members))
    places = [(item.member, isinstance(item, Extract)) for item in found]
    assert places == [
        ("../up.txt", False), ("/root.txt", False), ("a.jsonl#1", True), ("a.jsonl#2", True), ("b.txt", True),
        ("empty.txt", False), ("n.zip#x/one.txt", True), ("pic.png", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt.gz", gzip.compress(TEXT.encode())),
        ("a.txt.bz2", bz2.compress(TEXT.encode())),
        ("a.txt.xz", lzma.compress(TEXT.encode())),
        ("a.gz", gzip.compress(TEXT.encode()) + gzip.compress(b"More.\n")),
    ],
)
def test_packed_texts_are_one_article(name: str, data: bytes) -> None:
    (found,) = read(name, data)
    assert isinstance(found, Extract) and found.text.startswith(TEXT) and found.member == ""


def test_packed_tables_and_tars() -> None:
    found = read("a.jsonl.gz", gzip.compress(b'{"text": "He said no."}\n'))
    assert [item.member for item in found] == ["1"]
    found = read(
        "a.tgz", gzip.compress(make_tar({"b.txt": TEXT.encode(), "a.txt": TEXT.encode(), "../c.txt": b"x"}))
    )
    assert [(item.member, isinstance(item, Extract)) for item in found] == [
        ("../c.txt", False),
        ("a.txt", True),
        ("b.txt", True),
    ]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_cut_off_and_damaged_streams_are_named(pack: object) -> None:
    data = pack(TEXT.encode() * 500)  # type: ignore[operator]
    with pytest.raises(SkipDocument, match=r"cut off|damaged"):
        read("a.txt.gz", data[: len(data) // 2])
    with pytest.raises(SkipDocument, match=r"cut off|damaged"):
        read("a.txt.gz", data[:-6] + b"\xff" * 6)


def test_truncated_gzip_says_so() -> None:
    with pytest.raises(SkipDocument, match="cut off"):
        read("a.txt.gz", gzip.compress(TEXT.encode() * 500)[:-12])


def test_bombs_are_refused() -> None:
    zeros = b"0" * 40_000_000
    with pytest.raises(SkipDocument, match="bomb"):
        read("bomb.gz", gzip.compress(zeros))
    (item,) = read("bomb.zip", make_zip({"zeros.txt": zeros}))
    assert isinstance(item, SkipDocument) and "bomb" in item.reason
    small = Limits(unpacked_bytes=1_000_000, ratio=10_000_000)
    with pytest.raises(SkipDocument, match="unpacks to more than"):
        read("bomb.zip", make_zip({f"{n}.txt": TEXT.encode() * 10_000 for n in range(3)}), limits=small)
    with pytest.raises(SkipDocument, match="more than 5 files"):
        read("many.zip", make_zip({f"{n}.txt": b"x" for n in range(9)}), limits=Limits(members=5))


def test_archives_inside_each_other_end_somewhere() -> None:
    data = TEXT.encode()
    for _ in range(6):
        data = gzip.compress(data)
    with pytest.raises(SkipDocument, match="inside each other"):
        read("a.gz.gz.gz.gz.gz.gz", data)
    nested = make_zip({"a.txt": TEXT.encode()})
    for n in range(5):
        nested = make_zip({f"{n}.zip": nested, "t.txt": TEXT.encode()})
    found = read("a.zip", nested)
    assert [item.member for item in found if isinstance(item, Extract)] == [
        "4.zip#3.zip#t.txt",
        "4.zip#t.txt",
        "t.txt",
    ]
    assert any(isinstance(item, SkipDocument) and "inside each other" in item.reason for item in found)


def test_encrypted_members_and_damaged_zips_are_named() -> None:
    data = bytearray(make_zip({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    first, second = read("a.zip", bytes(data))
    assert isinstance(first, SkipDocument) and first.reason == "is encrypted" and isinstance(second, Extract)
    with pytest.raises(SkipDocument, match="damaged"):
        read("a.zip", make_zip({"a.txt": TEXT.encode()})[:-30])
    broken = bytearray(make_zip({"a.txt": TEXT.encode() * 100}))
    broken[45] ^= 0xFF
    (item,) = read("a.zip", bytes(broken))
    assert isinstance(item, (SkipDocument, Extract))


def test_raw_deflate_is_no_archive() -> None:
    with pytest.raises(SkipDocument, match="binary"):
        read("a.bin", zlib.compress(bytes(range(256)) * 40))
