"""files of a cross-document corpus -> its topics: documents as one, with gold mentions and clusters.

The corpora (ECB+, MEANTIME) come as `*.docs` (`doc, topic, subtopic, tokens, sents`) and `*.chains`
(`chain, kind, mentions` [[doc, start, end]]), JSON lines. They give tokens and no text; a text is written
from them, so that the language layer reads what it would read elsewhere. A gold mention is a range of the
tokens of its topic, whose documents stand one behind the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from onrecord.errors import StopRun
from onrecord.evaluation.attribution_gold import read_lines
from onrecord.evaluation.coreference import Cluster
from onrecord.evaluation.spans import Chars
from onrecord.records import TokenRange

_CLOSING: Final = frozenset(". , ; : ? ! ) ] } % 's 'S n't 'm 're 've 'd 'll ’s ’ ...".split())
_OPENING: Final = frozenset("( [ { $ # £ €".split())
_QUOTES: Final = {"``": '"', "''": '"'}
_ENDS: Final = frozenset((".", "!", "?", '"', "''", ")"))
_DRAWN: Final = re.compile(r"^(?:cross_|intra_)+")
"""How MEANTIME's chains begin: by how their links were drawn. One instance may stand in the file as two
chains ("cross_ORG1", "intra_ORG1", with the same description); its identity is what follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDocument:
    """One document of a topic."""

    id: str
    subtopic: str
    text: str
    tokens: tuple[Chars, ...]
    first: int
    """The number of its first token in the topic."""
    mentions: tuple[TokenRange, ...]
    """Gold mentions over the topic's tokens, in order."""

    def place(self, mention: TokenRange) -> Chars:
        """Where in the text a mention stands."""
        return self.tokens[mention[0] - self.first][0], self.tokens[mention[1] - 1 - self.first][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Documents that are scored as one, and what is one in them."""

    name: str
    documents: tuple[TopicDocument, ...]
    clusters: tuple[Cluster, ...]
    """With those of a single mention."""


def read_topics(docs: Path, *, kind: str = "entity", joined: bool = True) -> list[Topic]:
    """The topics of a corpus, by name; `docs` is its `*.docs` file, the chains lie beside it.

    A chain that runs through several topics is cut at their borders. With `joined` the chains that MEANTIME
    has twice (see `_DRAWN`) are one. Raises StopRun when the chains are not there.
    """
    beside = docs.with_name(docs.name.replace(".docs.", ".chains."))
    if not beside.is_file():
        raise StopRun(f"{docs.name} needs its chains beside it: {beside}")
    chains: dict[tuple[str, int, int], str] = {}
    for row in read_lines(beside):
        if row["kind"] == kind:
            name = _DRAWN.sub("", row["chain"]) if joined else row["chain"]
            for doc, start, end in row["mentions"]:
                chains.setdefault((doc, start, end), name)
    marked = defaultdict(list)
    for doc, start, end in sorted(chains):
        marked[doc].append((start, end, chains[doc, start, end]))
    topics: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in read_lines(docs):
        topics[row["topic"]].append(row)
    return [build_topic(name, topics[name], marked) for name in sorted(topics)]


def build_topic(
    name: str,
    rows: Iterable[Mapping[str, Any]],
    marked: Mapping[str, Sequence[tuple[int, int, str]]],
) -> Topic:
    """One topic from its rows and each document's mentions, as (start, end, chain)."""
    documents: list[TopicDocument] = []
    clusters: dict[str, set[TokenRange]] = defaultdict(set)
    first = 0
    for row in rows:
        text, places = write_text(row["tokens"], row.get("sents") or [[0, len(row["tokens"])]])
        mentions = []
        for start, end, chain in marked.get(row["doc"], ()):
            mentions.append((first + start, first + end))
            clusters[chain].add(mentions[-1])
        documents.append(
            TopicDocument(
                id=row["doc"],
                subtopic=row.get("subtopic") or "",
                text=text,
                tokens=tuple(places),
                first=first,
                mentions=tuple(mentions),
            )
        )
        first += len(places)
    return Topic(name=name, documents=tuple(documents), clusters=tuple(map(frozenset, clusters.values())))


def write_text(tokens: Sequence[str], sentences: Iterable[Sequence[int]]) -> tuple[str, list[Chars]]:
    """A text of the tokens, and where each stands in it. A sentence that does not end as one (a headline)
    gets a line of its own."""
    starts = {sentence[0] for sentence in sentences} - {0}
    text, places, quoted = "", [], False
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else ""
        if number in starts:
            text += " " if before in _ENDS else "\n"
            quoted = False
        elif number and not _is_glued(tokens, number, quoted):
            text += " "
        if token in _QUOTES or token == '"':
            quoted = token == "``" or (token == '"' and not quoted)
        form = _QUOTES.get(token, token)
        places.append((len(text), len(text) + len(form)))
        text += form
    return text, places


def _is_glued(tokens: Sequence[str], number: int, quoted: bool) -> bool:
    """Whether no blank stands before the token; `quoted` says that a quotation is open before it."""
    token, before = tokens[number], tokens[number - 1]
    if token == '"' or token in _QUOTES:
        return token == "''" or (token == '"' and quoted) or before in _OPENING
    if before == "``" or (before == '"' and quoted):
        return True
    if token == "'":
        return before[-1:] in ("s", "S")
    initials = before == "." and number > 1 and _is_letter(tokens[number - 2])
    return token in _CLOSING or before in _OPENING or (initials and _is_letter(token))


def _is_letter(token: str) -> bool:
    """Whether it may be one of the letters of "U . S .": no word of one letter."""
    return len(token) == 1 and token.isalpha() and token not in ("a", "I")


def read_identities(path: Path) -> list[Topic]:
    """GUM's documents as one topic: the mentions that have a Wikipedia title or Wikidata item, one cluster
    an item (a title, where no item is given)."""
    documents: list[TopicDocument] = []
    clusters: dict[str, set[TokenRange]] = defaultdict(set)
    first = 0
    for row in read_lines(path):
        linked = {}
        for each in row["mentions"]:
            if each.get("wikidata") or each.get("wiki"):
                linked[first + each["s"], first + each["e"]] = each.get("wikidata") or each["wiki"]
        for mention, identity in linked.items():
            clusters[identity].add(mention)
        documents.append(
            TopicDocument(
                id=row["doc"],
                subtopic=row["doc"],
                text=row["text"],
                tokens=tuple((start, end) for start, end in row["offsets"]),
                first=first,
                mentions=tuple(sorted(linked)),
            )
        )
        first += len(row["tokens"])
    name = path.name.split(".")[0]
    return [Topic(name=name, documents=tuple(documents), clusters=tuple(map(frozenset, clusters.values())))]
