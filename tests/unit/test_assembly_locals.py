"""Local actors: what the document says besides their own names."""

from __future__ import annotations

from onrecord.assembly import list_local_actors
from onrecord.records import Document, Mention, Span
from onrecord.vocabulary import Kind

TEXT = "South Korea and Brede Halloran."


def build_mention(words: str, kind: Kind) -> Mention:
    start = TEXT.index(words)
    return Mention(
        id=words,
        document_id="0" * 24,
        span=Span(start, start + len(words)),
        kind=kind,
        local_id=words,
    )


def test_the_context_has_whole_names_and_their_words() -> None:
    document = Document(id="0" * 24, sha256="0" * 64, text=TEXT, text_digest="0" * 64)
    mentions = [build_mention("South Korea", "state"), build_mention("Brede Halloran", "person")]
    contexts = [one.context for one in list_local_actors(document, mentions)]
    assert contexts == [{"south korea", "south", "korea", "brede halloran", "brede", "halloran"}] * 2
