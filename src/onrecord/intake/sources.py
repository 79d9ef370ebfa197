"""a file or a member of one -> bytes that readers can open, however they came."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import SkipDocument
from onrecord.intake.limits import Limits, format_size

HEAD_BYTES = 1 << 16
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Which column of a table (or key of a JSON line) holds what; none = guess by the usual names."""

    text: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    retrieved: str | None = None
    translated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What an archive and everything inside it have cost so far; shared by the readers of one input."""

    spent: dict[str, int] = field(default_factory=lambda: {"bytes": 0, "members": 0})

    def take(self, limits: Limits, *, size: int = 0, members: int = 0) -> None:
        """Adds to the cost. Raises `SkipDocument` when it is over a cap."""
        self.spent["bytes"] += size
        self.spent["members"] += members
        if self.spent["bytes"] > limits.unpacked_bytes:
            raise SkipDocument(f"archive unpacks to more than {format_size(limits.unpacked_bytes)}")
        if self.spent["members"] > limits.members:
            raise SkipDocument(f"archive holds more than {limits.members} files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One input: a file on disk, or the bytes of a member."""

    name: str
    """Last part of the path, for its extension and for a date in it."""
    size: int
    head: bytes
    """The first 64 KiB."""
    path: Path | None = None
    data: bytes | None = None
    limits: Limits = field(default_factory=Limits)
    mapping: ColumnMapping | None = None
    depth: int = 0
    """How many archives or mails it lies in."""
    budget: Budget = field(default_factory=Budget)

    def open(self) -> BinaryIO:
        """The bytes as a stream from the start. Raises `SkipDocument` when the system refuses the file."""
        if self.data is not None:
            return io.BytesIO(self.data)
        assert self.path is not None
        return open_file(self.path)

    def read(self, limit: int | None = None) -> bytes:
        """All bytes. Raises `SkipDocument` when there are more than the limit (default `file_bytes`)."""
        limit = self.limits.file_bytes if limit is None else limit
        if self.size > limit:
            raise SkipDocument(
                f"the file is {format_size(self.size)}; at most {format_size(limit)} are read at once"
            )
        if self.data is not None:
            return self.data
        with self.open() as stream:
            return stream.read(limit + 1)

    def contain(self, name: str, data: bytes) -> Source:
        """A source for bytes that lie inside this one. Raises `SkipDocument` when nested too deeply."""
        if self.depth >= self.limits.depth:
            raise SkipDocument(f"archives or mails inside each other, more than {self.limits.depth} deep")
        return replace(
            self,
            name=name,
            size=len(data),
            head=data[:HEAD_BYTES],
            path=None,
            data=data,
            depth=self.depth + 1,
        )


def open_file(path: Path) -> BinaryIO:
    """The file as a stream. Raises `SkipDocument` when the system refuses."""
    try:
        return path.open("rb")
    except OSError as error:
        raise SkipDocument(f"cannot be opened: {error.strerror or error}") from error


def find_source(path: Path, *, limits: Limits, mapping: ColumnMapping | None = None) -> Source:
    """The source for a file on disk. Raises `SkipDocument` when it cannot be opened or is no plain file."""
    if not path.is_file():
        raise SkipDocument("is not a plain file" if path.exists() else "the file is not there")
    with open_file(path) as stream:
        head = stream.read(HEAD_BYTES)
        size = stream.seek(0, io.SEEK_END)
    return Source(name=path.name, size=size, head=head, path=path, limits=limits, mapping=mapping)


def digest_source(source: Source) -> str:
    """SHA-256 of the bytes, in hexadecimal, read in chunks."""
    digest = hashlib.sha256()
    with source.open() as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def hold_bytes(
    name: str, data: bytes, *, limits: Limits | None = None, mapping: ColumnMapping | None = None
) -> Source:
    """A source for bytes in memory."""
    return Source(
        name=name,
        size=len(data),
        head=data[:HEAD_BYTES],
        data=data,
        limits=limits or Limits(),
        mapping=mapping,
    )
