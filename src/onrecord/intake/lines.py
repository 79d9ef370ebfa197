"""text -> its lines, its paragraphs (a line, or the lines of one hard-wrapped paragraph) and their features.

What a paragraph looks like, where it stands and what stands around it is all that `cleaning` judges by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.intake.wording import KINDS, find_kinds
from onrecord.records import Span

LINE_END: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
LETTERS: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
DIGITS: Final = re.compile(r"\d")
LOOK: Final = 2000
"""Characters of a paragraph that its features are made of; a longer one is prose whatever follows."""

MOST_CHARACTERS: Final = 100_000
"""Of one paragraph whose words are counted."""
MOST_PARAGRAPHS: Final = 20_000
"""Of one text that are judged: what comes after so many lines is left as it is."""

NEXT_SENTENCE: Final = re.compile(r"[.?!][\"”’')]*\s+[\"“‘(]?[A-Z]")

STOPS: Final = frozenset(
    "a about after again against all also although am an and any are as at be because been before being"
    " between both"
    " but by can cannot could did do does doing down during each few for from further had has have"
    " having he her here"
    " hers him his how i if in into is it its itself just me more most my no nor not now of off on once"
    " only or other"
    " our out over own said same say says she should since so some such than that the their them then"
    " there these they"
    " this those though through to told too under until up very was we were what when where which while"
    " who whom why"
    " will with would you your".split()
)
SPEECH: Final = frozenset(
    "said says say told added according stated noted claimed claims warned announced denied explained"
    " argued insisted"
    " believes believe reported reports asked wrote called continued concluded accused".split()
)
PERSONS: Final = frozenset("you your we our us i my".split())
QUOTES: Final = tuple('"“”„«»')
APOSTROPHES: Final = tuple("‘’")
SEPARATORS: Final = tuple("|•·»›>/\t")
FINALS: Final = tuple(".?!…")
CLOSERS: Final = "\"”»’')] \t\xa0"


class Paragraph:
    """One or more whole lines that are one paragraph."""

    __slots__ = ("kinds", "lines", "text", "words")

    def __init__(self, lines: tuple[Span, ...], text: str) -> None:
        self.lines = lines
        self.text = " ".join(text[line.start : line.end].strip() for line in lines)
        self.kinds = find_kinds(self.text)
        self.words = _count_words(self.text)

    @property
    def start(self) -> int:
        """Where the first line starts."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where the last line ends, without its line end."""
        return self.lines[-1].end


def _count_words(text: str) -> int:
    """Words of the text; of a very long one by its first part (splitting 100 MB would cost gigabytes)."""
    if len(text) <= MOST_CHARACTERS:
        return len(text.split())
    return len(text[:MOST_CHARACTERS].split()) * len(text) // MOST_CHARACTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one paragraph looks like by itself."""

    row: tuple[float, ...]
    words: frozenset[str]
    """Its content words, lower-cased."""
    prose: bool
    """It reads as at least one whole sentence."""


def cut_lines(text: str) -> list[Span]:
    """All lines of the text in order, without their line ends; empty ones too."""
    lines = []
    start = 0
    for match in LINE_END.finditer(text):
        lines.append(Span(start, match.start()))
        start = match.end()
    lines.append(Span(start, len(text)))
    return lines


def cut_paragraphs(text: str) -> list[Paragraph]:
    """The lines that are not blank, in order; hard-wrapped lines of one paragraph are one paragraph."""
    lines = cut_lines(text)
    width = _find_wrap_width(text, lines)
    groups: list[list[Span]] = []
    joinable = False
    for line in lines:
        words = text[line.start : line.end].split(maxsplit=1)
        if not words:
            joinable = False
            continue
        previous = groups[-1][-1] if groups else None
        if joinable and previous is not None and previous.end - previous.start + 1 + len(words[0]) > width:
            groups[-1].append(line)
        else:
            groups.append([line])
        joinable = width > 0
    return [Paragraph(tuple(group), text) for group in groups[:MOST_PARAGRAPHS]]


def _find_wrap_width(text: str, lines: Sequence[Span]) -> int:
    """The length that a wrapped line can hardly fall short of; 0 when the text is not hard-wrapped.

    Wrapped text has no line beyond some 100 characters, and many of its lines break inside a sentence.
    """
    filled = [line for line in lines if not text[line.start : line.end].isspace() and line.end > line.start]
    lengths = sorted(line.end - line.start for line in filled)
    if len(lengths) < 6 or lengths[-1] > 110:
        return 0
    longest = lengths[int(len(lengths) * 0.95)]
    if longest < 45:
        return 0
    broken = 0
    for line, following in pairwise(filled):
        ends = text[line.start : line.end].rstrip()[-1:] in FINALS
        starts = text[following.start : following.end].lstrip()[:1].islower()
        broken += starts and not ends and line.end - line.start > 0.7 * longest
    return int(longest * 0.85) if broken >= 0.25 * len(filled) else 0


def shape_paragraph(paragraph: Paragraph) -> Shape:
    """What the paragraph looks like, without its neighbours."""
    text = paragraph.text[:LOOK]
    words = LETTERS.findall(text)
    lower = [word.lower() for word in words]
    count = max(len(words), 1)
    stops = sum(word in STOPS for word in lower)
    content = frozenset(word for word in lower if word not in STOPS and len(word) > 2)
    capitals = [word for word in words if word[0].isupper()]
    bare, ending = text.rstrip(CLOSERS), text.rstrip()
    final = len(paragraph.text) > LOOK or (bare[-1:] in FINALS and not bare.endswith("..."))
    prose = final and len(words) >= 6 and stops >= 2 and not paragraph.kinds & {"legal", "plea"}
    return Shape(
        words=content,
        prose=bool(prose),
        row=(
            np.log1p(paragraph.words),
            np.log1p(len(text)),
            len(text) / count / 10,
            float(final),
            float(ending.endswith(":")),
            float(ending.endswith(("...", "…", "»", "›"))),
            min(len(NEXT_SENTENCE.findall(text)) + final, 6) / 6,
            min(text.count(",") / count * 10, 3),
            stops / count,
            len(capitals) / count,
            sum(len(word) > 1 and word.isupper() for word in capitals) / count,
            len(DIGITS.findall(text)) / max(len(text), 1),
            float(text[:1].islower()),
            float(text[:1].isdigit()),
            float(text[:1] in QUOTES or text[:1] in APOSTROPHES),
            min(sum(map(text.count, QUOTES)), 4) / 4,
            min(sum(map(text.count, SEPARATORS)), 6) / 6,
            float(bool(SPEECH.intersection(lower))),
            sum(word in PERSONS for word in lower) / count,
            float(bool(prose)),
            *(float(kind in paragraph.kinds) for kind in KINDS),
        ),
    )


def find_run(shapes: Sequence[Shape], paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """The stretch [first, last) of paragraphs with the most prose: the maximal sum of words in sentences,
    less a price for every paragraph that is none; (0, 0) when no paragraph is one."""
    best, best_range = 0.0, (0, 0)
    total, first = 0.0, 0
    for index, (shape, paragraph) in enumerate(zip(shapes, paragraphs, strict=True)):
        gain = float(min(paragraph.words, 150)) if shape.prose else -6.0 - min(paragraph.words, 10)
        if total <= 0:
            total, first = 0.0, index
        total += gain
        if total > best:
            best, best_range = total, (first, index + 1)
    return best_range


def measure_paragraphs(paragraphs: Sequence[Paragraph], title: str | None = None) -> NDArray[np.float64]:
    """[paragraphs, features]: what each is by itself, where on the page, and what it shares with the rest."""
    if not paragraphs:
        return np.zeros((0, 0))
    shapes = [shape_paragraph(paragraph) for paragraph in paragraphs]
    first, last = find_run(shapes, paragraphs)
    main = Counter(word for shape in shapes[first:last] if shape.prose for word in shape.words)
    keys = [fold_line(paragraph.text) for paragraph in paragraphs]
    times = Counter(keys)
    heading = frozenset(LETTERS.findall(title.lower())) - STOPS if title else frozenset()
    words = np.array([paragraph.words for paragraph in paragraphs], dtype=np.float64)
    before = np.cumsum(words) - words
    seen: set[str] = set()
    rows = []
    for index, (shape, key) in enumerate(zip(shapes, keys, strict=True)):
        own = 1 if first <= index < last and shape.prose else 0
        shared = sum(main[word] > own for word in shape.words) / max(len(shape.words), 1)
        place = (
            index / len(paragraphs),
            before[index] / max(words.sum(), 1),
            np.log1p(len(paragraphs)) / 5,
            np.log1p(words.sum()) / 8,
            float(first <= index < last),
            np.log1p(max(first - index, 0)) / 3,
            np.log1p(max(index - last + 1, 0)) / 3,
            shared if shape.words else 0.0,
            float(not shape.words),
            len(shape.words & heading) / max(len(heading), 1),
            np.log1p(times[key] - 1),
            float(times[key] > 1 and key not in seen),
        )
        seen.add(key)
        rows.append(shape.row + place)
    return np.array(rows, dtype=np.float64)


def fold_line(line: str) -> str:
    """The line's letters and digits in small letters, single blanks between: equal for repeated lines."""
    return " ".join(re.findall(r"\w+", line.lower())) or line.strip()
