"""Labels of every task -> one common form, the case: a text as words with whatever labels it has."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.language.words import cut_words

IGNORED = -100
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
ENTITY_CLASSES = "person organisation place group facility date money product misc".split()
ENTITY = ["O"] + [side + name for name in ENTITY_CLASSES for side in ("B-", "I-")]
ROLE = ["O"] + [side + name for name in ("cue", "speaker", "content") for side in ("B-", "I-")]
ROLES = ("cue", "speaker", "content")
KIND = "none abstract animal event object organization person place plant substance time".split()
"""What kind of thing a noun or pronoun is of, as GUM has it; "none" where it is no mention."""
ANY_TAG = (1 << len(ENTITY)) - 1
"""Entity labels are sets of allowed tags, one bit each: with every bit on, a word teaches nothing."""

Range = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """One attribution as half-open word ranges; `top` is false for one inside another's content."""

    cue: list[Range]
    speaker: list[Range]
    content: list[Range]
    top: bool = True

    @property
    def anchor(self) -> int:
        """First word of the cue."""
        return self.cue[0][0]

    def moved(self, offset: int) -> Marks:
        """Return the same attribution with every range moved by `offset` words."""
        move = [[(start + offset, end + offset) for start, end in getattr(self, role)] for role in ROLES]
        return Marks(move[0], move[1], move[2], self.top)


@dataclass(slots=True)
class Case:
    """Words with their spacing and, where a corpus has them, labels (None: this corpus lacks them)."""

    name: str
    forms: list[str] = field(default_factory=list)
    glued: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    sentence: list[int] | None = None
    silver_sentences: bool = False
    upos: list[int] | None = None
    heads: list[int] | None = None
    relations: list[str] | None = None
    entity: list[int] | None = None
    marks: list[Marks] | None = None
    any_known: list[int] | None = None
    """1 where it is known whether the word begins a cue at any depth (marks only)."""
    outermost_known: bool = True
    """Whether the marks are all outermost attributions as PolNeAR counts them (marks only)."""
    clusters: list[list[int]] | None = None
    """Head words of the mentions of one thing."""
    kinds: list[int] | None = None
    """Kind of thing, at the head words of mentions and at other nouns and pronouns (0 there)."""
    silver_trees: bool = False
    """Whether trees and tags are the model's own: they find candidates, but teach nothing."""
    texts: list[int] | None = None
    """For a case of several texts where not all mentions are known: number of the text at the head words of
    known mentions, -1 elsewhere. Only pairs of known mentions of one text teach."""

    def add_words(self, forms: Sequence[str], glued: Sequence[int], lines: Sequence[int]) -> int:
        """Append words and return the index of the first of them."""
        base = len(self.forms)
        self.forms.extend(forms)
        self.glued.extend(glued)
        self.lines.extend(lines)
        return base


@dataclass(slots=True)
class Projection:
    """A raw text cut into words, ready to turn code point spans into word ranges."""

    text: str
    starts: list[int]
    ends: list[int]
    glued: list[int]
    lines: list[int]

    @classmethod
    def of_text(cls, text: str) -> Projection:
        """Cut a text by the package's own rules."""
        words = cut_words(text)
        return cls(
            text,
            list(words.starts),
            list(words.ends),
            [int(flag) for flag in words.glued],
            [int(flag) for flag in words.line_start],
        )

    def forms(self) -> list[str]:
        """Return the words as written."""
        return [self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    def find_range(self, start: int, end: int) -> Range | None:
        """Return the words that touch [start, end), or None."""
        first = bisect.bisect_right(self.ends, start)
        last = bisect.bisect_left(self.starts, end)
        return (first, last) if last > first else None


def mark_known(case: Case) -> list[int]:
    """Return 0 for the words inside a content (cues there are unmarked in a flat corpus), else 1."""
    known = [1] * len(case.forms)
    for mark in case.marks or []:
        for start, end in mark.content:
            known[start:end] = [0] * (end - start)
    for mark in case.marks or []:
        known[mark.anchor] = 1
    return known
