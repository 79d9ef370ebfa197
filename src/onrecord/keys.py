"""record -> stable id.

An id is the first 24 hexadecimal digits (96 bits) of a SHA-256: with 10^10 records the chance that any two
share one is below 10^-9. It is made of the document and the spans alone; never of a score, run or model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from onrecord.records import Span

DIGITS = 24


def hash_parts(*parts: str) -> str:
    """The id made of the parts in order; a part's length is hashed with it, so ("ab", "c") != ("a", "bc")."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()[:DIGITS]


def digest_text(text: str) -> str:
    """SHA-256 of the text in UTF-8 (lone surrogates passed through), in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_key(sha256: str, member: str = "") -> str:
    """The document's id, from the digest of the input bytes and the place within them."""
    return hash_parts("document", sha256, member)


def record_key(kind: str, document_id: str, *groups: Iterable[Span]) -> str:
    """The id of a record of that kind: the document and its groups of spans (speaker, cue, content …)."""
    spans = [";".join(f"{start},{end}" for start, end in group) for group in groups]
    return hash_parts(kind, document_id, *spans)


def value_key(kind: str, value: Mapping[str, object]) -> str:
    """The id of a record that has no spans (a decision, a run): its fields as canonical JSON."""
    return hash_parts(kind, json.dumps(value, sort_keys=True, ensure_ascii=True, default=str))
