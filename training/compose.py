"""Flat attributions of train articles -> made-up texts with nested ones, which no corpus has enough of.

A frame is a real sentence whose only attribution has a replaceable content ("S said that X."); a body is
a real sentence that holds whole attributions of its own, or none. Putting a body in a frame's place keeps
every convention of the corpus: what a cue takes in, where "that", quotation marks and stops belong.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from training.cases import ROLES, Case, Marks, mark_known

LONGEST_BODY = 45
NESTED, DEEPER = 0.7, 0.15
"""Share of bodies with an attribution of their own, and share put into a second frame."""
DENIED, QUOTED = 0.12, 0.18
"""Shares of made-up sentences around a noun of saying, and around a quotation in a quotation."""
_NOUNS = (
    "claim claims allegation allegations accusation assertion statement suggestion report reports warning "
    "contention charge charges argument insinuation complaint prediction announcement remark belief".split()
)
_TAKERS = (
    "denied rejected dismissed disputed contested repeated confirmed questioned repudiated echoed backed "
    "mocked refuted challenged supported recalled ignored condemned called".split()
)
_OPEN, _CLOSE, _STOPS = frozenset('“"'), frozenset('”"'), frozenset(".!?")
_SWAP = {"“": "‘", "”": "’", '"': "'"}


@dataclass(slots=True)
class Piece:
    """A sentence cut out of an article; ranges of its marks count from its first word."""

    forms: list[str]
    glued: list[int]
    marks: list[Marks]
    kind: str = ""


class Composer:
    """Makes new cases from train articles."""

    def __init__(self, articles: list[Case]) -> None:
        self.articles = [case for case in articles if case.sentence is not None and case.marks is not None]
        self.lower: Counter[str] = Counter()
        self.title: Counter[str] = Counter()
        for case in self.articles:
            self._count_forms(case)
        sentences = [piece for case in self.articles for piece in cut_sentences(case)]
        clause_cues = self._find_clause_cues(sentences)
        self.frames: dict[str, list[Piece]] = defaultdict(list)
        self.bodies: list[Piece] = []
        self.plains: list[Piece] = []
        self.quotations: list[Piece] = []
        for piece in sentences:
            self._sort_piece(piece, clause_cues)

    def _count_forms(self, case: Case) -> None:
        assert case.sentence is not None
        for form, first in zip(case.forms, case.sentence, strict=True):
            if form.islower():
                self.lower[form] += 1
            elif not first and form[0].isupper():
                self.title[form.lower()] += 1

    def _find_clause_cues(self, sentences: list[Piece]) -> set[str]:
        """Return the cues often followed by "that": those take a whole clause without it, too."""
        counts: Counter[str] = Counter()
        for piece in sentences:
            for mark in piece.marks:
                if mark.content and piece.forms[mark.content[0][0]].lower() == "that":
                    counts[read_cue(piece, mark)] += 1
        return {cue for cue, count in counts.items() if count >= 5}

    def _sort_piece(self, piece: Piece, clause_cues: set[str]) -> None:
        if piece.forms[-1] == "." and len(piece.forms) <= LONGEST_BODY and is_balanced(piece.forms):
            if not piece.marks:
                if len(piece.forms) >= 7 and piece.forms[0][0].isupper():
                    self.plains.append(piece)
            elif all(mark.speaker and mark.content for mark in piece.marks):
                self.bodies.append(piece)
        elif is_quotation(piece):
            self.quotations.append(piece)
        if len(piece.marks) == 1:
            kind = read_kind(piece, clause_cues)
            if kind:
                piece.kind = kind
                self.frames[kind].append(piece)

    def make_piece(self, rng: random.Random) -> Piece:
        """Return one made-up sentence: a frame around a body, sometimes two frames."""
        draw = rng.random()
        if draw < DENIED:
            return self.deny(rng)
        if draw < DENIED + QUOTED:
            return self.wrap(self.join_body(rng.choice(self.quotations), rng), rng, "direct")
        body = rng.choice(self.bodies if rng.random() < NESTED else self.plains)
        piece = self.wrap(body, rng)
        if rng.random() < DEEPER and len(piece.forms) < 60 and piece.forms[-1] == ".":
            piece = self.wrap(piece, rng)
        return piece

    def join_body(self, body: Piece, rng: random.Random) -> Piece:
        """Return the body with a plain sentence before or after it, or as it is."""
        draw = rng.random()
        if draw > 0.6 or len(body.forms) > LONGEST_BODY:
            return body
        plain = rng.choice(self.plains)
        first, second = (plain, body) if draw < 0.3 else (body, plain)
        size = len(first.forms)
        return Piece(
            first.forms + second.forms,
            [*first.glued, 0, *second.glued[1:]],
            first.marks + [mark.moved(size) for mark in second.marks],
        )

    def deny(self, rng: random.Random) -> Piece:
        """Return a frame whose content is a noun of saying with its own holder and content."""
        inner = rng.choice(self.frames["that"])
        outer = rng.choice([*self.frames["that"], *self.frames["bare"]])
        if not (is_plain_frame(inner) and is_plain_frame(outer)):
            return self.deny(rng)
        words, spans = self.make_noun_phrase(inner, rng)
        mark = outer.marks[0]
        cue, end = mark.cue[0][0], mark.content[0][1]
        start = cue + 1
        forms = [*outer.forms[:cue], rng.choice(_TAKERS), *words, *outer.forms[end:]]
        glued = [*outer.glued[: cue + 1], *(int(word == "'s") for word in words), *outer.glued[end:]]
        held = Marks([spans["cue"]], [spans["speaker"]] if "speaker" in spans else [], [spans["content"]])
        held = held.moved(start)
        held.top = False
        return Piece(forms, glued, [Marks([(cue, start)], mark.speaker, [(start, start + len(words))]), held])

    def make_noun_phrase(
        self, inner: Piece, rng: random.Random
    ) -> tuple[list[str], dict[str, tuple[int, int]]]:
        """Return "the minister's claim that …" from "the minister said that …", and where its parts stand."""
        mark, noun = inner.marks[0], rng.choice(_NOUNS)
        speaker = inner.forms[slice(*mark.speaker[0])]
        speaker = [self.lower_first(speaker[0]), *speaker[1:]]
        content = inner.forms[slice(*mark.content[0])]
        style, size = rng.choice(("whose", "by", "nobody")), len(speaker)
        if style == "whose":
            words = [*speaker, "'s", noun, *content]
            spans = {"speaker": (0, size + 1), "cue": (size + 1, size + 2)}
        elif style == "by":
            words = ["the", noun, "by", *speaker, *content]
            spans = {"cue": (1, 2), "speaker": (3, 3 + size)}
        else:
            words = [rng.choice(("the", "any")), noun, *content]
            spans = {"cue": (1, 2)}
        spans["content"] = (len(words) - len(content), len(words))
        return words, spans

    def wrap(self, body: Piece, rng: random.Random, kind: str = "") -> Piece:
        """Return a frame with its content replaced by the body, which ends with a stop or a closing mark."""
        kind = kind or rng.choices(("that", "bare", "lead", "according", "direct"), (30, 25, 15, 10, 20))[0]
        frame = rng.choice(self.frames[kind])
        outer = frame.marks[0]
        start, end = outer.content[0]
        closed = body.forms[-1] in _CLOSE
        forms, glued = list(body.forms), list(body.glued)
        if not closed:
            del forms[-1], glued[-1]
        rest, rest_glued = frame.forms[end:], frame.glued[end:]
        head, tail = read_edges(frame, kind, closed)
        if kind == "direct":
            forms = [_SWAP.get(form, form) for form in forms]
            if closed and frame.forms[end - 2] == "," and forms[-2] == ".":
                forms[-2] = ","
        elif closed and rest[:1] == ["."]:
            rest, rest_glued = rest[1:], rest_glued[1:]
        if kind != "direct" and start > 0:
            forms[0] = self.lower_first(forms[0])
        glued[0] = int(kind == "direct")
        new_forms = head + forms + tail
        new_glued = ([frame.glued[start]] if head else []) + glued + [1] * len(tail)
        shift = len(new_forms) - (end - start)
        mark = Marks(
            *([move_after(span, end, shift) for span in getattr(outer, role)] for role in ("cue", "speaker")),
            content=[(start, start + len(new_forms))],
        )
        inner = [each.moved(start + len(head)) for each in body.marks]
        for each in inner:
            each.top = False
        return Piece(
            frame.forms[:start] + new_forms + rest,
            frame.glued[:start] + new_glued + rest_glued,
            [mark, *inner],
        )

    def lower_first(self, form: str) -> str:
        """Return a sentence's first word as it is written inside one."""
        low = form.lower()
        return low if self.lower[low] > self.title[low] and form != "I" else form

    def make_case(self, rng: random.Random, name: str) -> Case:
        """Return one or two made-up sentences among paragraphs of a real article."""
        case = Case(name, sentence=[], silver_sentences=True, marks=[], any_known=[])
        article = rng.choice(self.articles)
        paragraphs = find_paragraphs(article)
        for _ in range(rng.choice((1, 1, 2))):
            if paragraphs and rng.random() < 0.75:
                add_part(case, article, rng.choice(paragraphs))
            add_piece(case, self.make_piece(rng), rng.random() < 0.5)
        if paragraphs and rng.random() < 0.5:
            add_part(case, article, rng.choice(paragraphs))
        return case


def move_after(span: tuple[int, int], edge: int, shift: int) -> tuple[int, int]:
    """Return the span, moved when it stands after the edge."""
    return (span[0] + shift, span[1] + shift) if span[0] >= edge else span


def read_cue(piece: Piece, mark: Marks) -> str:
    """Return the cue's words, lower case."""
    return " ".join(piece.forms[mark.cue[0][0] : mark.cue[0][1]]).lower()


def read_edges(frame: Piece, kind: str, closed: bool) -> tuple[list[str], list[str]]:
    """Return what stays of a frame's content around what takes its place: "that", quotation marks."""
    start, end = frame.marks[0].content[0]
    if kind == "that":
        return [frame.forms[start]], []
    if kind != "direct":
        return [], []
    tail = frame.forms[end - 2 : end]
    return [frame.forms[start]], tail[1:] if closed or tail[0] not in ",.!?" else tail


def is_plain_frame(piece: Piece) -> bool:
    """Say whether the speaker opens the sentence, then the cue comes, then the content up to the end."""
    mark = piece.marks[0]
    speaker, cue, content = mark.speaker[0], mark.cue[0], mark.content[0]
    return speaker[0] == 0 and speaker[1] == cue[0] and cue[1] == content[0] and speaker[1] <= 8


def is_quotation(piece: Piece) -> bool:
    """Say whether a sentence ends with the quotation that somebody in it is said to have spoken."""
    forms = piece.forms
    closed = forms[-1] in _CLOSE and forms[-2] in _STOPS and is_balanced(forms)
    whole = bool(piece.marks) and all(mark.speaker and mark.content for mark in piece.marks)
    return closed and whole and forms[0] not in _OPEN and len(forms) <= LONGEST_BODY


def is_balanced(forms: list[str]) -> bool:
    """Say whether quotation marks come in pairs."""
    return forms.count("“") == forms.count("”") and forms.count('"') % 2 == 0 and forms.count("'") % 2 == 0


def read_kind(piece: Piece, clause_cues: set[str]) -> str:
    """Return how the content of a frame may be replaced, or nothing."""
    mark, forms = piece.marks[0], piece.forms
    if any(len(getattr(mark, role)) != 1 for role in ROLES) or forms[-1] not in _STOPS | _CLOSE:
        return ""
    start, end = mark.content[0]
    content = forms[start:end]
    if len(content) < 5 or len(forms) - len(content) > 40:
        return ""
    if any(start <= span[0] < end for role in ("cue", "speaker") for span in getattr(mark, role)):
        return ""
    if content[0] in _OPEN and content[-1] in _CLOSE and is_balanced(content) and content[-2] in ",.!?":
        return "direct"
    if not is_balanced(content):
        return ""
    last = end == len(forms) - 1
    cue = read_cue(piece, mark)
    if cue.startswith("according") and last and start > 0:
        return "according"
    if last and content[0].lower() == "that":
        return "that"
    if last and cue in clause_cues and start == mark.cue[0][1]:
        return "bare"
    if start == 0 and forms[end] == "," and (cue in clause_cues or cue.startswith("according")):
        return "lead"
    return ""


def cut_sentences(case: Case) -> list[Piece]:
    """Return the sentences in which every attribution that touches them lies whole."""
    assert case.sentence is not None and case.marks is not None
    bounds = [index for index, first in enumerate(case.sentence) if first] + [len(case.forms)]
    pieces = []
    for start, end in pairwise(bounds):
        if not 5 <= end - start <= 70 or any(case.lines[start + 1 : end]):
            continue
        marks = [mark for mark in case.marks if touches(mark, start, end)]
        if all(lies_within(mark, start, end) for mark in marks):
            moved = [mark.moved(-start) for mark in marks]
            pieces.append(Piece(case.forms[start:end], case.glued[start:end], moved))
    return pieces


def all_spans(mark: Marks) -> list[tuple[int, int]]:
    """Return the ranges of every role."""
    return [span for role in ROLES for span in getattr(mark, role)]


def touches(mark: Marks, start: int, end: int) -> bool:
    """Say whether any part of the attribution stands in the range."""
    return any(a < end and b > start for a, b in all_spans(mark))


def lies_within(mark: Marks, start: int, end: int) -> bool:
    """Say whether the whole attribution stands in the range."""
    return all(start <= a and b <= end for a, b in all_spans(mark))


def find_paragraphs(case: Case) -> list[tuple[int, int]]:
    """Return the lines of up to 90 words that cut through no attribution."""
    assert case.marks is not None
    bounds = [index for index, first in enumerate(case.lines) if first] + [len(case.forms)]
    return [
        (start, end)
        for start, end in pairwise(bounds)
        if 4 <= end - start <= 90
        and all(lies_within(mark, start, end) for mark in case.marks if touches(mark, start, end))
    ]


def add_part(case: Case, article: Case, span: tuple[int, int]) -> None:
    """Append a paragraph of an article with its labels."""
    assert article.sentence is not None and article.marks is not None and article.any_known is not None
    assert case.sentence is not None and case.marks is not None and case.any_known is not None
    start, end = span
    base = case.add_words(article.forms[start:end], article.glued[start:end], article.lines[start:end])
    case.sentence.extend(article.sentence[start:end])
    case.any_known.extend(article.any_known[start:end])
    case.marks.extend(mark.moved(base - start) for mark in article.marks if touches(mark, start, end))


def add_piece(case: Case, piece: Piece, new_line: bool) -> None:
    """Append a made-up sentence, as a line of its own or not; within its outer content cues are known."""
    assert case.sentence is not None and case.marks is not None and case.any_known is not None
    size = len(piece.forms)
    inner = Case("", forms=piece.forms, marks=innermost(piece.marks))
    case.any_known.extend(mark_known(inner))
    lines = [int(new_line or not case.forms)] + [0] * (size - 1)
    base = case.add_words(piece.forms, [0, *piece.glued[1:]], lines)
    case.sentence.extend([1] + [0] * (size - 1))
    case.marks.extend(mark.moved(base) for mark in piece.marks)


def innermost(marks: list[Marks]) -> list[Marks]:
    """Return the attributions that came with a body: within theirs, cues of a deeper level are unknown."""
    return [mark for mark in marks if not mark.top]
