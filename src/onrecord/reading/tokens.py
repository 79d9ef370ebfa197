"""document and its annotation -> one view of its words that the other steps of reading ask questions of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from onrecord.reading.datelines import find_datelines
from onrecord.reading.quotations import QuotedSpan, find_quoted_spans
from onrecord.records import Annotation, Document, Span, TokenRange

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:pass", "csubj:pass", "nsubj:outer", "csubj:outer"})


class Tokens:
    """The words of one document with their sentences, lines, quotation marks and tree."""

    def __init__(self, document: Document, annotation: Annotation) -> None:
        self.document = document
        self.annotation = annotation
        self.text = document.text
        self.starts: list[int] = annotation.starts.tolist()
        self.ends: list[int] = annotation.ends.tolist()
        self.words = [self.text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]
        self.lower = [word.lower() for word in self.words]
        if "’" in self.text:
            self.lower = [word.replace("’", "'") for word in self.lower]
        self.lemmas = [lemma.lower() for lemma in annotation.lemmas]
        self.upos = annotation.upos
        self.deprels = annotation.deprels
        self.heads: list[int] = annotation.heads.tolist()

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> list[list[int]]:
        """Dependents of each token, in order."""
        none: list[int] = []
        found = [none] * len(self.words)
        for token, head in enumerate(self.heads):
            if head >= 0:
                if found[head]:
                    found[head].append(token)
                else:
                    found[head] = [token]
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words of the document in lower case."""
        return frozenset(self.lower)

    @cached_property
    def sentence_of(self) -> list[int]:
        """Sentence index of each token."""
        opens = np.zeros(len(self.words), np.int64)
        opens[self.annotation.sentences] = 1
        opens[:1] = 0
        found: list[int] = np.cumsum(opens).tolist()
        return found

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset at which each line of the text starts."""
        starts, here = [0], 0
        for line in self.text.splitlines(keepends=True):
            here += len(line)
            starts.append(here)
        return starts

    @cached_property
    def line_of(self) -> list[int]:
        """Line number of each token; lines that hold words are counted, so two neighbours differ by one."""
        lines = np.searchsorted(self.line_starts, self.starts, side="right")
        found: list[int] = np.cumsum(np.diff(lines, prepend=lines[:1]) > 0).tolist()
        return found

    @cached_property
    def has_marked(self) -> bool:
        """Whether any token lies in litter or credits."""
        return any(self.is_marked)

    @cached_property
    def is_marked(self) -> list[bool]:
        """Whether each token lies in litter or credits, from which nothing is read."""
        spans = sorted((*self.document.litter, *self.document.credits))
        if not spans:
            return [False] * len(self.starts)
        firsts = [span.start for span in spans]
        out = []
        for start in self.starts:
            at = bisect_right(firsts, start) - 1
            out.append(at >= 0 and start < spans[at].end)
        return out

    @cached_property
    def in_datelines(self) -> frozenset[int]:
        """The tokens of datelines."""
        spans = find_datelines(self.text)
        return frozenset(i for span in spans for i in range(*self.range_at(span.start, span.end)))

    @cached_property
    def quoted(self) -> tuple[QuotedSpan, ...]:
        """The stretches between quotation marks, outside litter."""
        return find_quoted_spans(self.text, (*self.document.litter, *self.document.credits))

    @cached_property
    def quoted_index(self) -> list[int]:
        """Index into `quoted` for each token, -1 outside quotation marks."""
        out = [-1] * len(self.starts)
        for index, quoted in enumerate(self.quoted):
            first, last = bisect_left(self.starts, quoted.start), bisect_left(self.starts, quoted.end)
            out[first:last] = [index] * (last - first)
        return out

    def sentence_range(self, sentence: int) -> TokenRange:
        """The tokens of a sentence."""
        return bisect_left(self.sentence_of, sentence), bisect_right(self.sentence_of, sentence)

    def range_at(self, start: int, end: int) -> TokenRange:
        """The tokens that lie in `text[start:end]`, in part or whole."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def span(self, tokens: TokenRange) -> Span:
        """Where a token range stands in the text."""
        return Span(self.starts[tokens[0]], self.ends[tokens[1] - 1])

    def exact(self, tokens: TokenRange) -> str:
        """The words of a token range as they stand in the text."""
        return self.text[self.starts[tokens[0]] : self.ends[tokens[1] - 1]]

    def deprel(self, token: int) -> str:
        """The relation of a token without its subtype."""
        return self.deprels[token].split(":")[0]

    def head_token(self, tokens: TokenRange) -> int:
        """The token of the range that the others hang from: the first whose own head lies outside.

        Among several (a span that is no subtree) a nominal goes before other words.
        """
        if tokens[1] - tokens[0] == 1:
            return tokens[0]
        tops = [i for i in range(*tokens) if not tokens[0] <= self.heads[i] < tokens[1]]
        tops = [i for i in tops if self.upos[i] != "PUNCT"] or tops or [tokens[1] - 1]
        return next((i for i in tops if self.upos[i] in NOMINAL), tops[0])

    def subtree(self, token: int, *, without: Iterable[str] = ()) -> list[int]:
        """The token with all that hangs from it, in order; its dependents in `without` are left out."""
        skipped = frozenset(without)
        todo = [child for child in self.children[token] if self.deprel(child) not in skipped]
        out = {token}
        while todo:
            here = todo.pop()
            if here not in out:
                out.add(here)
                todo.extend(self.children[here])
        return sorted(out)

    def phrase(self, token: int, *, without: Iterable[str] = ()) -> TokenRange:
        """The contiguous stretch of the subtree around `token`, without punctuation at its edges."""
        tree = set(self.subtree(token, without=without))
        first = last = token
        while first - 1 in tree:
            first -= 1
        while last + 1 in tree:
            last += 1
        while first < token and self.upos[first] == "PUNCT":
            first += 1
        while last > token and self.upos[last] == "PUNCT":
            last -= 1
        return first, last + 1

    def child(self, token: int, *relations: str) -> int | None:
        """The first dependent with one of the relations (subtypes dropped unless named), or none."""
        for child in self.children[token]:
            if self.deprels[child] in relations or self.deprel(child) in relations:
                return child
        return None

    def subject(self, verb: int) -> int | None:
        """The verb's subject, looked up through conjunction and control for verbs that share one."""
        here = verb
        for _ in range(4):
            found = self.child(here, *SUBJECTS)
            if found is not None:
                return found
            if self.deprel(here) not in {"conj", "xcomp", "advcl"} or self.heads[here] < 0:
                return None
            here = self.heads[here]
        return None

    def is_negated(self, token: int) -> bool:
        """Whether the word itself is negated ("did not say", "never said")."""
        return any(
            self.lower[child] in {"not", "n't", "never", "nor", "neither", "no"}
            and self.deprel(child) in {"advmod", "neg", "cc", "det"}
            for child in self.children[token]
        )


def cover(ranges: Sequence[TokenRange]) -> set[int]:
    """The token indices that the ranges hold."""
    return {token for first, last in ranges for token in range(first, last)}


def list_tokens(ranges: Iterable[TokenRange]) -> list[int]:
    """The token indices of ranges, range by range."""
    return [token for first, last in ranges for token in range(first, last)]


def count_shared(ranges: Sequence[TokenRange], other: TokenRange) -> int:
    """How many tokens the (disjoint) ranges share with another range."""
    low, high = other
    shared = 0
    for first, last in ranges:
        if first < high and low < last:  # hardly ever: most ranges lie far apart
            shared += min(last, high) - max(first, low)
    return shared


def to_ranges(tokens: Iterable[int]) -> list[TokenRange]:
    """Token indices -> maximal contiguous ranges, in order."""
    out: list[TokenRange] = []
    for token in sorted(set(tokens)):
        if out and out[-1][1] == token:
            out[-1] = (out[-1][0], token + 1)
        else:
            out.append((token, token + 1))
    return out


def join_ranges(ranges: Iterable[TokenRange]) -> list[TokenRange]:
    """The same tokens as maximal contiguous ranges, in order."""
    out: list[TokenRange] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def cut_lines(tokens: Tokens, piece: TokenRange) -> list[TokenRange]:
    """The piece cut at line ends, so that no span runs over one; a full stop outside quotation marks that a
    cut leaves at the end is left out."""
    if tokens.line_of[piece[0]] == tokens.line_of[piece[1] - 1]:
        return [piece]
    out: list[TokenRange] = []
    for token in range(*piece):
        if out and tokens.line_of[out[-1][0]] == tokens.line_of[token]:
            out[-1] = (out[-1][0], token + 1)
        else:
            out.append((token, token + 1))
    for at, (first, last) in enumerate(out[:-1]):
        if last - first > 1 and tokens.words[last - 1] == "." and tokens.quoted_index[last - 1] < 0:
            out[at] = (first, last - 1)
    return out
