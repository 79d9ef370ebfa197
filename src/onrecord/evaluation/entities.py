"""gold names in sentences + a model's names -> micro F1, in the gold's own classes.

A predicted name counts as the gold tokens it touches; it is right when these are exactly the tokens of a
gold name of the same class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from onrecord.evaluation.counts import Counts, Figures, Measure, count_sets, measure_counts
from onrecord.evaluation.spans import Chars, find_covered
from onrecord.records import Annotation

WORLDWIDE = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "NORP": "group",
    "Facility": "facility",
    "Date": "date",
    "Money": "money",
    "Product": "product",
    "Misc": "misc",
}
"""Worldwide's nine classes are ours, under other names."""

FOUR = {
    "person": "PER",
    "organisation": "ORG",
    "place": "LOC",
    "facility": "LOC",
    "group": "MISC",
    "product": "MISC",
    "misc": "MISC",
}
"""Stanza's view of the nine classes: dates are dropped, of sums of money only the currency sign stays
(MISC)."""

THREE = {"person": "PER", "organisation": "ORG", "place": "LOC", "facility": "LOC"}
"""Ours as UNER's classes: UNER counts buildings and roads as LOC; groups, dates, money, products and the
rest are no names there."""

CURRENCY = frozenset("$¢£¤¥₦₨₩₪₫€₱₲₴₵₸₹₺₽₿")


class Name(NamedTuple):
    """One name over the tokens of its sentence, half-open."""

    start: int
    end: int
    label: str


class GoldSentence(NamedTuple):
    """One sentence: text, tokens in it, gold names, and the document it is of."""

    text: str
    tokens: tuple[Chars, ...]
    names: tuple[Name, ...]
    document: str


def build_sentence(row: Mapping[str, Any], classes: Mapping[str, str] | None = None) -> GoldSentence:
    """A gold sentence from its line: the raw text where it is given and holds the tokens in order, else the
    tokens with blanks between them. `classes` renames the labels.
    """
    located = locate_tokens(row["tokens"], row.get("text") or "")
    text = row["text"] if located is not None else " ".join(row["tokens"])
    tokens = located if located is not None else locate_tokens(row["tokens"], text)
    rename = classes or {}
    names = tuple(Name(start, end, rename.get(label, label)) for start, end, label in row["ents"])
    return GoldSentence(text, tuple(tokens or ()), names, row.get("doc", ""))


def locate_tokens(tokens: Sequence[str], text: str) -> list[Chars] | None:
    """Where the tokens stand in the text, one after the other with nothing but blanks between; None when they
    do not.
    """
    located: list[Chars] = []
    place = 0
    for token in tokens:
        while place < len(text) and text[place].isspace():
            place += 1
        if not text.startswith(token, place):
            return None
        located.append((place, place + len(token)))
        place += len(token)
    return None if text[place:].strip() else located


def read_names(annotation: Annotation, tokens: Sequence[Chars]) -> list[Name]:
    """An annotation's entities as names over the given tokens."""
    names = []
    for entity in annotation.entities:
        chars = (int(annotation.starts[entity.start]), int(annotation.ends[entity.end - 1]))
        covered = find_covered([chars], tokens)
        if covered:
            names.append(Name(min(covered), max(covered) + 1, entity.label))
    return names


def fold_nine(names: Iterable[Name], _words: Sequence[str]) -> set[Name]:
    """The names as they are."""
    return set(names)


def fold_four(names: Iterable[Name], words: Sequence[str]) -> set[Name]:
    """Names in Stanza's four classes (see `FOUR`)."""
    folded = set()
    for name in names:
        if name.label in FOUR:
            folded.add(name._replace(label=FOUR[name.label]))
        elif name.label == "money":
            signs = [i for i in range(name.start, name.end) if CURRENCY & set(words[i])]
            folded |= {Name(i, i + 1, "MISC") for i in signs}
    return folded


def fold_three(names: Iterable[Name], _words: Sequence[str]) -> set[Name]:
    """Names in UNER's three classes (see `THREE`); gold that bears these already stays as it is."""
    known = set(THREE.values())
    return {
        name._replace(label=THREE.get(name.label, name.label))
        for name in names
        if name.label in THREE or name.label in known
    }


Fold = Callable[[Iterable[Name], Sequence[str]], set[Name]]


def count_names(predicted: Iterable[Name], gold: Iterable[Name], words: Sequence[str], fold: Fold) -> Counts:
    """Counts of one sentence's names in one view of the classes."""
    return count_sets(fold(predicted, words), fold(gold, words))


def score_entities(
    gold: Sequence[GoldSentence],
    annotations: Sequence[Annotation],
    *,
    folds: Mapping[str, Fold],
    data: str,
    system: str = "model",
) -> Figures:
    """Micro F1 in each view of the classes and for each class, with bootstrap intervals by document.

    `annotations` are of the sentences' texts, in order; `folds` name the views ("9 classes").
    """
    measures: list[Measure] = []
    for view, fold in folds.items():
        units: dict[str, list[Counts]] = {}
        classes: dict[str, list[Counts]] = {}
        for sentence, annotation in zip(gold, annotations, strict=True):
            words = [sentence.text[start:end] for start, end in sentence.tokens]
            said = fold(read_names(annotation, sentence.tokens), words)
            true = fold(sentence.names, words)
            units.setdefault(sentence.document, []).append(count_sets(said, true))
            for label in {name.label for name in said | true}:
                by_class = [{name for name in side if name.label == label} for side in (said, true)]
                classes.setdefault(label, []).append(count_sets(*by_class))
        documents = [_pool(each) for each in units.values()]
        measures.append(measure_counts(f"F1, {view}", documents))
        measures.append(measure_counts(f"precision, {view}", documents, score="precision"))
        measures.append(measure_counts(f"recall, {view}", documents, score="recall"))
        for label in sorted(classes):
            measures.append(measure_counts(f"F1 {label}, {view}", classes[label]))
    return Figures(task="entities", data=data, system=system, measures=tuple(measures))


def _pool(counts: Sequence[Counts]) -> Counts:
    hits, predicted, gold = (sum(each) for each in zip(*counts, strict=True))
    return Counts(hits, predicted, gold)
