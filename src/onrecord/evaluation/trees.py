"""CoNLL-U files -> documents of raw text with gold words, and where held-back sentences leave gaps."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from onrecord.evaluation.spans import Chars


class TreeWord(NamedTuple):
    """One syntactic word: its form, its characters in the text (those of the whole token for a part of a
    multi-word token), tag, head (index in the document, -1 = root) and relation with subtype.
    """

    form: str
    chars: Chars
    upos: str
    head: int
    deprel: str
    joined: bool
    """Part of a multi-word token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeDocument:
    """One document: raw text, its words, and the first word of each sentence."""

    id: str
    text: str
    words: tuple[TreeWord, ...]
    sentences: tuple[int, ...]
    gaps: int
    """How many places lack sentences (numbers of neighbouring sentence ids that do not follow each other)."""


@dataclass(slots=True)
class _Sentence:
    comments: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def read_trees(path: Path) -> list[TreeDocument]:
    """The documents of a CoNLL-U file, packed by gzip or not; without `# newdoc` the file is one document."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return build_documents(lines)


def build_documents(lines: Iterable[str]) -> list[TreeDocument]:
    """The documents of CoNLL-U lines: text rebuilt from SpaceAfter, newpar and newdoc."""
    documents: list[_Builder] = []
    for sentence in _split_sentences(lines):
        if not documents or any(c.startswith("# newdoc") for c in sentence.comments):
            name = next((c for c in sentence.comments if c.startswith("# newdoc")), "")
            documents.append(_Builder(name.partition("=")[2].strip()))
        documents[-1].add_sentence(sentence)
    return [document.build() for document in documents]


def _split_sentences(lines: Iterable[str]) -> Iterator[_Sentence]:
    sentence = _Sentence()
    for raw in lines:
        line = raw.rstrip("\r\n")
        if line.startswith("#"):
            sentence.comments.append(line)
        elif line:
            sentence.rows.append(line.split("\t"))
        elif sentence.rows:
            yield sentence
            sentence = _Sentence()
    if sentence.rows:
        yield sentence


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.pieces: list[str] = []
        self.length = 0
        self.words: list[TreeWord] = []
        self.sentences: list[int] = []
        self.gaps = 0
        self.number: int | None = None

    def write(self, piece: str) -> Chars:
        start = self.length
        self.pieces.append(piece)
        self.length += len(piece)
        return start, self.length

    def add_sentence(self, sentence: _Sentence) -> None:
        self.note_gap(sentence.comments)
        if self.words and any(c.startswith("# newpar") for c in sentence.comments):
            self.write("\n\n")
        base = len(self.words)
        self.sentences.append(base)
        joined_until, chars = 0, (0, 0)
        for row in sentence.rows:
            number = row[0]
            if "." in number:
                continue
            if "-" in number:
                joined_until = int(number.split("-")[1])
                chars = self.write(row[1])
                self.write(_read_gap(row[9]))
                continue
            joined = int(number) <= joined_until
            if not joined:
                chars = self.write(row[1])
                self.write(_read_gap(row[9]))
            head = -1 if row[6] == "0" else base + int(row[6]) - 1
            self.words.append(TreeWord(row[1], chars, row[3], head, row[7], joined))

    def note_gap(self, comments: list[str]) -> None:
        name = next((c for c in comments if c.startswith("# sent_id")), "")
        found = re.search(r"(\d+)\s*$", name)
        number = int(found.group(1)) if found else None
        expected = 1 if self.number is None else self.number + 1
        self.gaps += number is not None and number != expected
        self.number = number

    def build(self) -> TreeDocument:
        return TreeDocument(
            id=self.name,
            text="".join(self.pieces),
            words=tuple(self.words),
            sentences=tuple(self.sentences),
            gaps=self.gaps,
        )


def _read_gap(misc: str) -> str:
    return "" if "SpaceAfter=No" in misc.split("|") else " "
