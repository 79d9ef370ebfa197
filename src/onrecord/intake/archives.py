"""a zip, tar, gzip, bzip2 or xz file -> the articles of its members, within caps on what they unpack to.

Nothing is ever written to disk, so a member's name can point nowhere; odd names are refused all the same.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import IO, BinaryIO

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import Extract
from onrecord.intake.inputs import SYSTEM_NAMES
from onrecord.intake.limits import format_size
from onrecord.intake.sources import CHUNK_BYTES, Source

Stream = IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
ReadSource = Callable[[Source], Iterator[Extract | SkipDocument]]
DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, EOFError, OSError,
    ValueError, NotImplementedError, RuntimeError, UnicodeError, KeyError, IndexError, OverflowError,
)  # fmt: skip
OPENERS: dict[str, Callable[[BinaryIO], Stream]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream, mode="rb"),
    "bzip2": lambda stream: bz2.BZ2File(stream, "rb"),
    "xz": lambda stream: lzma.LZMAFile(stream, "rb"),  # noqa: SIM115 -- the caller closes it
}
STREAM_ENDINGS = {".gz": "", ".tgz": ".tar", ".bz2": "", ".tbz2": ".tar", ".xz": "", ".txz": ".tar"}


def unpack(stream: Stream, source: Source, packed: int) -> bytes:
    """All bytes of a packed stream. Raises `SkipDocument` when they are over a cap on size or ratio."""
    limits, pieces, size = source.limits, io.BytesIO(), 0
    while chunk := stream.read(CHUNK_BYTES):
        size += len(chunk)
        source.budget.take(limits, size=len(chunk))
        if size > limits.ratio_from and size > limits.ratio * max(1, packed):
            raise SkipDocument(f"unpacks to more than {limits.ratio} times its size, as a bomb does")
        if size > limits.file_bytes:
            raise SkipDocument(f"unpacks to more than {format_size(limits.file_bytes)}")
        pieces.write(chunk)
    return pieces.getvalue()


def read_packed(source: Source, kind: str, read_source: ReadSource) -> Iterator[Extract | SkipDocument]:
    """The articles of the one file in a gzip, bzip2 or xz stream."""
    name = source.name
    for ending, instead in STREAM_ENDINGS.items():
        if name.lower().endswith(ending):
            name = name[: -len(ending)] + instead
            break
    try:
        with source.open() as raw, OPENERS[kind](raw) as stream:
            data = unpack(stream, source, source.size)
    except EOFError as error:
        raise SkipDocument(f"the {kind} file is cut off before its end") from error
    except DAMAGE as error:
        raise SkipDocument(f"the {kind} file is damaged ({error})") from error
    yield from read_source(source.contain(name, data))


def read_zip(source: Source, read_source: ReadSource) -> Iterator[Extract | SkipDocument]:
    """The articles of the members, by name; one that cannot be read is a `SkipDocument` with its name."""
    try:
        with source.open() as raw, zipfile.ZipFile(raw) as archive:
            infos = sorted(
                (info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename
            )
            for info in infos:
                if is_system_file(info.filename):
                    continue
                refusal = _refuse_zip_member(info)
                source.budget.take(source.limits, members=1)
                if refusal:
                    yield SkipDocument(refusal, member=info.filename)
                    continue
                yield from _read_member(
                    source, info.filename, partial(archive.open, info), info.compress_size, read_source
                )
    except DAMAGE as error:
        raise SkipDocument(f"the zip archive is damaged ({error})") from error


def is_system_file(name: str) -> bool:
    """The member was left there by a system, not by a person."""
    return any(part.lower() in SYSTEM_NAMES for part in name.split("/"))


def refuse_name(name: str) -> str | None:
    """Why a member of that name is not read."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name:
        return "has a name that points out of the archive"
    return None


def _refuse_zip_member(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & 1:
        return "is encrypted"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    return refuse_name(info.filename)


def _read_member(
    source: Source, name: str, opener: Callable[[], IO[bytes]], packed: int, read_source: ReadSource
) -> Iterator[Extract | SkipDocument]:
    try:
        try:
            with opener() as stream:
                data = unpack(stream, source, packed)
        except DAMAGE as error:
            raise SkipDocument(f"is damaged ({error})") from error
        inner = source.contain(name.rpartition("/")[2], data)
        for item in read_source(inner):
            yield place_inside(item, name)
    except SkipDocument as problem:
        yield place_inside(problem, name)


def place_inside(item: Extract | SkipDocument, name: str) -> Extract | SkipDocument:
    """The item with the member's name before its own place: "2021/a.csv#3"."""
    member = f"{name}#{item.member}" if item.member else name
    if isinstance(item, SkipDocument):
        return SkipDocument(item.reason, stage=item.stage, member=member)
    return replace(item, member=member)


def read_tar(source: Source, read_source: ReadSource) -> Iterator[Extract | SkipDocument]:
    """The articles of the plain files in a tar archive, by name."""
    try:
        with source.open() as raw, tarfile.open(fileobj=raw, mode="r:") as archive:
            infos = sorted(
                (info for info in _list_tar(archive, source) if info.isfile()), key=lambda info: info.name
            )
            for info in infos:
                if is_system_file(info.name):
                    continue
                if refusal := refuse_name(info.name):
                    yield SkipDocument(refusal, member=info.name)
                    continue
                yield from _read_member(
                    source, info.name, partial(_open_tar_member, archive, info), info.size, read_source
                )
    except DAMAGE as error:
        raise SkipDocument(f"the tar archive is damaged ({error})") from error


def _list_tar(archive: tarfile.TarFile, source: Source) -> Iterator[tarfile.TarInfo]:
    for info in archive:
        source.budget.take(source.limits, members=1)
        yield info


def _open_tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:
        raise SkipDocument("is no plain file")
    return stream
