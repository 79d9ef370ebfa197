"""Lemmas by tag, and of contractions by what they do."""

import numpy as np
import pytest

from onrecord.language.lemmas import Lemmatiser

CASES = [
    ("left", "VERB", "leave"),
    ("left", "ADJ", "left"),
    ("Meeting", "NOUN", "meeting"),
    ("met", "VERB", "meet"),
    ("countries", "NOUN", "country"),
    ("worse", "ADJ", "bad"),
    ("n’t", "PART", "not"),
    ("ca", "AUX", "can"),
    ("wo", "AUX", "will"),
    ("could", "AUX", "could"),
    ("’ll", "AUX", "will"),
    ("them", "PRON", "they"),
    ("An", "DET", "a"),
    ("Kabul", "PROPN", "Kabul"),
    ("“", "PUNCT", '"'),
    ("", "X", ""),
]


@pytest.mark.parametrize(("form", "tag", "lemma"), CASES)
def test_a_word_alone(form: str, tag: str, lemma: str) -> None:
    assert Lemmatiser().find_lemmas([form], [tag], np.array([-1], np.int32), ["root"]) == (lemma,)


@pytest.mark.parametrize(
    ("form", "deprel", "head", "lemma"),
    [
        ("'s", "aux", "gone", "have"),
        ("'s", "aux", "going", "be"),
        ("'s", "cop", "rotten", "be"),
        ("’d", "aux", "seen", "have"),
        ("’d", "aux", "see", "would"),
    ],
)
def test_contractions_hang_on_the_verb(form: str, deprel: str, head: str, lemma: str) -> None:
    found = Lemmatiser().find_lemmas(
        [form, head], ["AUX", "VERB"], np.array([1, -1], np.int32), [deprel, "root"]
    )
    assert found[0] == lemma


def test_her_is_object_or_possessive() -> None:
    found = Lemmatiser().find_lemmas(
        ["her", "saw", "her", "car"],
        ["PRON", "VERB", "PRON", "NOUN"],
        np.array([1, -1, 3, 1], np.int32),
        ["obj", "root", "nmod:poss", "obj"],
    )
    assert (found[0], found[2]) == ("she", "her")
