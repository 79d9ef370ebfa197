"""text -> Annotation: the shipped language model, and the rule-only floor beside it (`rules`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.language.attributions import find_drafts
from onrecord.language.confidence import Rules
from onrecord.language.decoding import (
    Analysed,
    decode_text,
    number_sentences,
    read_surroundings,
    select_words,
)
from onrecord.language.features import Wordpieces, read_features
from onrecord.language.layout import read_layout
from onrecord.language.lemmas import Lemmatiser
from onrecord.language.nesting import Draft
from onrecord.language.network import Network, WindowScores, read_weights_digest
from onrecord.language.words import Cache, Words, cut_words
from onrecord.names import load_names
from onrecord.records import Annotation, Span

__all__ = ["LanguageModel", "load_model", "read_digest"]


def find_weights() -> Path:
    """Return the folder of the weights that ship with the package."""
    return Path(__file__).parent / "en"


class LanguageModel:
    """The multi-task model: words, sentences, trees, entities and attributions of English texts."""

    def __init__(self, directory: Path, *, threads: int = 1, rules: Rules | None = None) -> None:
        self.digest = read_weights_digest(directory)
        self._network = Network(directory, threads=threads)
        self._wordpieces = Wordpieces(directory / "tokenizer.json")
        self._lemmatiser = Lemmatiser()
        self._known = load_names()
        self._pieces: Cache = {}
        self._rules = rules or self._network.rules

    def annotate(self, texts: Sequence[str], litter: Sequence[Sequence[Span]] = ()) -> list[Annotation]:
        """Return one annotation a text, in order; no text's result depends on the others.

        `litter` gives, for each text, spans that are passed over. Odd text never fails: characters that
        the wordpieces do not know become unknown words.
        """
        spans = litter or [()] * len(texts)
        return [self._annotate(text, marked) for text, marked in zip(texts, spans, strict=True)]

    def _annotate(self, text: str, litter: Sequence[Span]) -> Annotation:
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
        return words, analysed, self._network.score_chunks(features, self._rules.anchor)

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


def load_model(*, threads: int = 1, directory: Path | None = None) -> LanguageModel:
    """Return the shipped model, or the one in `directory`; make it once in each worker (about half a second).

    Raises `StopRun` when its files are not whole.
    """
    return LanguageModel(directory or find_weights(), threads=threads)


def read_digest(directory: Path | None = None) -> str:
    """Return the SHA-256 of the weights without loading them."""
    return read_weights_digest(directory or find_weights())
