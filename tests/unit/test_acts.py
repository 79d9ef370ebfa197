"""What a speaker does by speaking: from the lexicon, and from the tree where a list cannot tell."""

from __future__ import annotations

import pytest

from onrecord.reading.acts import classify_cue, load_lexicon
from onrecord.vocabulary import ACTS, CERTAINTIES
from tests.unit.parsed import parse

LEXICON = load_lexicon()

CASES = [
    ("She|PRON|she|2|nsubj denied|VERB|deny|0|root it|PRON|it|2|obj", (1, 2), (2, 3), "denies", False),
    (
        "She|PRON|she|4|nsubj did|AUX|do|4|aux not|PART|not|4|advmod deny|VERB|deny|0|root it|PRON|it|4|obj",
        (3, 4), (4, 5), "denies", True,
    ),
    (
        "He|PRON|he|2|nsubj declined|VERB|decline|0|root to|PART|to|4|mark comment|VERB|comment|2|xcomp"
        " on|ADP|on|6|case it|PRON|it|4|obl",
        (1, 4), (4, 6), "declines comment", False,
    ),
    (
        "He|PRON|he|2|nsubj refused|VERB|refuse|0|root to|PART|to|4|mark confirm|VERB|confirm|2|xcomp"
        " it|PRON|it|4|obj",
        (1, 4), (4, 5), "confirms", True,
    ),
    (
        "They|PRON|they|2|nsubj ruled|VERB|rule|0|root out|ADP|out|2|compound:prt talks|NOUN|talk|2|obj",
        (1, 2), (3, 4), "rejects", False,
    ),
    (
        "They|PRON|they|2|nsubj called|VERB|call|0|root for|ADP|for|4|case talks|NOUN|talk|2|obl",
        (1, 2), (3, 4), "demands", False,
    ),
    (
        "The|DET|the|2|det group|NOUN|group|3|nsubj claimed|VERB|claim|0|root"
        " responsibility|NOUN|responsibility|3|obj for|ADP|for|6|case it|PRON|it|4|nmod",
        (2, 4), (4, 6), "claims responsibility", False,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "cue", "content", "act", "negated"), CASES)
def test_act_and_negation(
    sentence: str, cue: tuple[int, int], content: tuple[int, int], act: str, negated: bool
) -> None:
    found = classify_cue(parse(sentence), [cue], [content], LEXICON)
    assert (found.act, found.negated) == (act, negated)


def test_a_modal_in_the_content_weakens_the_certainty() -> None:
    plain = parse("He|PRON|he|2|nsubj said|VERB|say|0|root they|PRON|they|4|nsubj left|VERB|leave|2|ccomp")
    modal = parse(
        "He|PRON|he|2|nsubj said|VERB|say|0|root they|PRON|they|5|nsubj may|AUX|may|5|aux"
        " leave|VERB|leave|2|ccomp"
    )
    assert classify_cue(plain, [(1, 2)], [(2, 4)], LEXICON).certainty == "certain"
    assert classify_cue(modal, [(1, 2)], [(2, 5)], LEXICON).certainty == "possible"


def test_votes_and_intentions_are_no_speech() -> None:
    tokens = parse("They|PRON|they|2|nsubj plan|VERB|plan|0|root to|PART|to|4|mark leave|VERB|leave|2|xcomp")
    assert classify_cue(tokens, [(1, 2)], [(2, 4)], LEXICON).cue_class == "other"


def test_every_entry_of_the_lexicon_is_in_the_vocabulary() -> None:
    assert len(LEXICON.entries) > 400
    for cue_class, act, certainty in LEXICON.entries.values():
        assert cue_class in {"speech", "thought", "other"}
        assert act in ACTS and certainty in CERTAINTIES
