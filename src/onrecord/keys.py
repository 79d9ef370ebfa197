"""record -> stable id.

An id is the first 24 hexadecimal digits (96 bits) of a SHA-256: with 10^10 records the chance that any two
share one is below 10^-9. It is made of the document and the spans alone; never of a score, run or model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping

from onrecord.records import Span

DIGITS = 24


def hash_parts(*parts: str) -> str:
    """The id made of the parts in order; a part's length is hashed with it, so ("ab", "c") != ("a", "bc")."""
    return hashlib.sha256(_frame(parts)).hexdigest()[:DIGITS]


def _frame(parts: Iterable[str]) -> bytes:
    data = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join([b"%d:%b" % (len(part), part) for part in data])


def digest_text(text: str) -> str:
    """SHA-256 of the text in UTF-8 (lone surrogates passed through), in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_key(sha256: str, member: str = "") -> str:
    """The document's id, from the digest of the input bytes and the place within them."""
    return hash_parts("document", sha256, member)


def record_key(kind: str, document_id: str, *groups: Iterable[Span]) -> str:
    """The id of a record of that kind: the document and its groups of spans (speaker, cue, content …)."""
    return make_keyer(kind, document_id)(*groups)


def make_keyer(kind: str, document_id: str) -> Callable[..., str]:
    """`record_key` for many records of one kind and document: what they share is hashed once."""
    shared = hashlib.sha256(_frame((kind, document_id)))

    def key(*groups: Iterable[Span]) -> str:
        digest = shared.copy()
        digest.update(_frame([";".join([f"{start},{end}" for start, end in group]) for group in groups]))
        return digest.hexdigest()[:DIGITS]

    return key


def value_key(kind: str, value: Mapping[str, object]) -> str:
    """The id of a record that has no spans (a decision, a run): its fields as canonical JSON."""
    return hash_parts(kind, json.dumps(value, sort_keys=True, ensure_ascii=True, default=str))
