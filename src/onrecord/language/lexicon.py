"""word and tag -> its main lemma in LemmInflect's table of forms, without the time its own reader takes.

LemmInflect reads its 80,000 rows one by one, a sixth of a second in each worker; here they are only sorted,
and a row is taken apart when its word comes.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from functools import cached_property
from importlib import resources

from lemminflect import getAllLemmasOOV


class Lexicon:
    """Lemmas of lower forms of open classes; one a worker, loaded when first asked."""

    @cached_property
    def _rows(self) -> list[str]:
        """Sorted rows "word,category,lemma/lemma"."""
        data = (resources.files("lemminflect") / "resources" / "lemma_lu.csv.gz").read_bytes()
        return sorted(gzip.decompress(data).decode("utf-8").split("\n"))

    @cached_property
    def _exceptions(self) -> dict[tuple[str, str], str]:
        """What LemmInflect puts before its own table."""
        file = resources.files("lemminflect") / "resources" / "lemma_overrides.csv"
        lines = [line.strip() for line in file.read_text("utf-8").split("\n")]
        rows = [line.split(",") for line in lines if line and not line.startswith("#")]
        return {(word, tag): lemma for word, tag, lemma in rows}

    def find_lemma(self, low: str, tag: str) -> str | None:
        """Return the first of the word's lemmas under that tag (VERB, NOUN, ADJ or ADV), None where unknown.

        Spelling variants come in no fixed order of use: the first one is the main one.
        """
        exception = self._exceptions.get((low, tag))
        if exception is not None:
            return exception.lower()
        start = f"{low},{tag.lower()},"
        index = bisect_left(self._rows, start)
        if index < len(self._rows) and self._rows[index].startswith(start):
            return self._rows[index][len(start) :].strip().partition("/")[0].lower()
        return None

    def guess_lemma(self, low: str, tag: str) -> str | None:
        """Return the lemma of an unknown word by LemmInflect's rules, None where they say nothing."""
        guessed = getAllLemmasOOV(low, upos=tag)
        return str(guessed[tag][0]) if tag in guessed else None
