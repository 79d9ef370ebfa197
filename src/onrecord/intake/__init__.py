"""files, folders, archives -> Documents: every input is read, or skipped with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import DateClaim, Extract
from onrecord.intake.inputs import InputFile, list_inputs
from onrecord.intake.limits import Limits
from onrecord.intake.sources import ColumnMapping, digest_source, find_source
from onrecord.records import Appearance, Document

if TYPE_CHECKING:
    from onrecord.names import Names

__all__ = [
    "ColumnMapping",
    "DateClaim",
    "Extract",
    "InputFile",
    "Limits",
    "list_inputs",
    "read_articles",
]


def read_articles(
    path: Path,
    *,
    relative: str,
    mapping: ColumnMapping | None = None,
    limits: Limits | None = None,
    names: Names | None = None,
) -> Iterator[tuple[Document, Appearance] | SkipDocument]:
    """The articles of one file (or archive) in order, as they are read.

    What cannot be read, the whole file or a member of it, comes as a `SkipDocument` with the reason, and the
    rest goes on. Never raises for what is in the file. `names` know outlets, in place of the shipped ones.
    """
    # Whoever only lists files does not load the readers.
    from onrecord.intake.documents import build_document
    from onrecord.intake.readers import read_source

    limits = limits or Limits()
    try:
        source = find_source(path, limits=limits, mapping=mapping)
        sha256 = digest_source(source)
        found = False
        for item in read_source(source):
            found = True
            if isinstance(item, SkipDocument):
                yield item
                continue
            try:
                document = build_document(
                    item, sha256=sha256, relative=relative, name=path.name, limits=limits, names=names
                )
                yield document
            except SkipDocument as problem:
                yield SkipDocument(problem.reason, stage=problem.stage, member=item.member)
        if not found:
            yield SkipDocument("holds no articles")
    except SkipDocument as problem:
        yield problem
    except MemoryError:
        yield SkipDocument("needs more memory than there is")
