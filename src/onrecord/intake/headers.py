"""the lines of a press-archive export -> what their headers say: nouns and patterns of all layouts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.times import read_day

COPYRIGHT_LINE = re.compile(r"^\s*(?:©|\(c\)|Copyright\b|All Rights Reserved)", re.I)
RUNNING_LINE = re.compile(
    r"^\s*(?:Page \d+ of \d+(?:\s*(?:©|\(c\)).{0,60})?|(?:©|\(c\)) \d{4} Factiva.{0,40}|\f)\s*$", re.I
)
BYLINE = re.compile(r"^\s*By\s+(?=[A-Z])", re.I)
LANGUAGES: Final = {
    "English": "en", "German": "de", "French": "fr", "Spanish": "es", "Russian": "ru", "Arabic": "ar",
    "Italian": "it", "Portuguese": "pt", "Dutch": "nl", "Chinese": "zh",
}  # fmt: skip
MAX_HEAD_LINES = 60
MAX_FACT_LINES = 8
DATE_LINE_LENGTH = 80


@dataclass(slots=True)
class Line:
    """One line of the export."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Article:
    """What the headers of one article say, and which of its lines are the article."""

    start: int
    end: int
    body: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    byline: str | None = None
    outlet: str | None = None
    day: str | None = None
    language: str | None = None
    url: str | None = None


def list_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of that stretch, with their places in the text and without line ends."""
    lines, at = [], start
    for piece in text[start:end].split("\n"):
        words = piece.rstrip("\r")
        lines.append(Line(at, at + len(words), words))
        at += len(piece) + 1
    return lines


def list_shown(text: str, start: int, end: int) -> list[Line]:
    """The lines of that stretch without page numbers and the archive's own footers."""
    return [line for line in list_lines(text, start, end) if not RUNNING_LINE.match(line.text)]


def read_line_day(line: str) -> str | None:
    """The day when the line is a date line: short, with one day in it."""
    return read_day(line) if len(line.strip()) <= DATE_LINE_LENGTH else None


def list_stretches(ends: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """From the text's start or an end mark to the next end mark."""
    start = 0
    for match in ends:
        yield start, match.start()
        start = match.end()


def group_paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that are not blank; single lines where the layout has lost its blank lines (HTML)."""
    if all(line.text.strip() for line in lines[1:-1]):
        return [[line] for line in lines if line.text.strip()]
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.text.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]
