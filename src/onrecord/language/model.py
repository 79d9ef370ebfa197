"""text -> Annotation: the shipped language model, loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from onrecord.language.attributions import find_drafts
from onrecord.language.confidence import Rules
from onrecord.language.decoding import (
    Analysed,
    Linker,
    decode_text,
    number_sentences,
    read_surroundings,
    select_words,
)
from onrecord.language.features import Wordpieces, read_features
from onrecord.language.layout import read_layout
from onrecord.language.lemmas import Lemmatiser
from onrecord.language.nesting import Draft
from onrecord.language.network import Network, WindowScores
from onrecord.language.weights import read_weights_digest
from onrecord.language.words import Cache, Words, cut_words
from onrecord.names import Names, load_names
from onrecord.records import Annotation, Span


class LanguageModel:
    """The multi-task model: words, sentences, trees, entities, clusters and attributions of
    English texts."""

    def __init__(
        self, directory: Path, *, threads: int = 1, rules: Rules | None = None, names: Names | None = None
    ) -> None:
        self._directory = directory
        self._network = Network(directory, threads=threads)
        self._wordpieces = Wordpieces(directory / "tokenizer.json")
        self._lemmatiser = Lemmatiser()
        self._known = names or load_names()
        self._pieces: Cache = {}
        self._rules = rules or self._network.rules

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the weights."""
        return read_weights_digest(self._directory)

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        """Return one annotation a text, in order; no text's result depends on the others.

        `litter` gives, for each text, spans that are passed over. Odd text never fails: characters that
        the wordpieces do not know become unknown words.
        """
        spans = litter or [()] * len(texts)
        return [self._annotate(text, marked)[0] for text, marked in zip(texts, spans, strict=True)]

    def annotate_linked(self, text: str, litter: Sequence[Span] = ()) -> tuple[Annotation, Linker]:
        """Return a text's annotation, and what scores mentions that somebody else has found in it."""
        return self._annotate(text, litter)

    def _annotate(self, text: str, litter: Sequence[Span]) -> tuple[Annotation, Linker]:
        words, analysed, chunks = self._score(text, litter)
        return decode_text(
            words,
            analysed,
            chunks,
            network=self._network,
            lemmatiser=self._lemmatiser,
            known=self._known,
            rules=self._rules,
        )

    def _score(
        self, text: str, litter: Sequence[Span]
    ) -> tuple[Words, Analysed, Iterator[list[WindowScores]]]:
        words = cut_words(text, self._pieces)
        analysed = select_words(text, words, read_layout(text, words, litter))
        features = read_features(analysed.forms, analysed.glued, analysed.opens.tolist(), self._wordpieces)
        return words, analysed, self._network.score_chunks(features, self._rules)

    def draft_attributions(self, text: str) -> tuple[list[Draft], list[tuple[int, int]]]:
        """Return the drafts of a text's attributions with their evidence, and each word's place.

        This is what `training/tune.py` fits the calibrations on.
        """
        words, analysed, chunks = self._score(text, ())
        around = read_surroundings(analysed)
        drafts: list[Draft] = []
        for windows in chunks:
            number_sentences(analysed, windows, around)
            drafts += find_drafts(windows, around, self._rules)
        return drafts, list(zip(words.starts, words.ends, strict=True))
