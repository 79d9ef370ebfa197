"""Sentences written by hand as `word|UPOS|lemma|head|deprel` -> Tokens, for tests that need a tree.

Heads are 1-based within the sentence, 0 = root. Words are joined by single blanks, sentences by newlines or, for one
paragraph, by blanks.
"""

from __future__ import annotations

import numpy as np

from onrecord.keys import digest_text
from onrecord.reading.tokens import Tokens
from onrecord.records import Annotation, Attribution, Document, EntitySpan


def parse(
    *sentences: str,
    attributions: tuple[Attribution, ...] = (),
    entities: tuple[EntitySpan, ...] = (),
    between: str = "\n",
) -> Tokens:
    rows, firsts, starts, ends, text = [], [], [], [], ""
    for sentence in sentences:
        base = len(rows)
        firsts.append(base)
        text += between if text else ""
        for place, cell in enumerate(sentence.split()):
            word, upos, lemma, head, deprel = cell.split("|")
            text += " " if place else ""
            starts.append(len(text))
            text += word
            ends.append(len(text))
            rows.append((upos, lemma, base + int(head) - 1 if int(head) else -1, deprel))
    annotation = Annotation(
        starts=np.array(starts, np.int32),
        ends=np.array(ends, np.int32),
        sentences=np.array(firsts, np.int32),
        upos=tuple(row[0] for row in rows),
        lemmas=tuple(row[1] for row in rows),
        heads=np.array([row[2] for row in rows], np.int32),
        deprels=tuple(row[3] for row in rows),
        entities=entities,
        attributions=attributions,
    )
    return Tokens(Document(id="d", sha256="0", text=text, text_digest=digest_text(text)), annotation)
