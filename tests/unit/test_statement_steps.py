"""The steps from attributions to statements, each on a sentence written for it."""

from __future__ import annotations

from onrecord.reading import load_tables, read_document
from onrecord.reading.tokens import Tokens
from onrecord.records import Attribution, EntitySpan, Reading, Statement
from tests.unit.parsed import parse

TABLES = load_tables()
TALKS_ENDED = "talks|NOUN|talk|{0}|nsubj ended|VERB|end|{1}|{2}"


def read(tokens: Tokens) -> Reading:
    return read_document(tokens.document, tokens.annotation, TABLES)


def words(reading: Reading, statement: Statement) -> tuple[str, str, str]:
    """Speaker, cue and content as the text has them."""
    mentions = {mention.id: mention for mention in reading.mentions}
    text = reading.document.text
    return (
        " and ".join(text[slice(*mentions[one].span)] for one in statement.speaker_ids),
        " ".join(text[slice(*span)] for span in statement.cue),
        " / ".join(text[slice(*span)] for span in statement.content),
    )


def said(
    speaker: tuple[int, int] | None, cue: tuple[int, int], *content: tuple[int, int], parent: int = -1
) -> Attribution:
    return Attribution((speaker,) if speaker else (), (cue,), content, parent, 0.9, 0.9)


def test_according_to_is_found_without_the_language_layer() -> None:
    tokens = parse(
        "According|VERB|accord|3|case to|ADP|to|1|fixed Norpress|PROPN|Norpress|6|obl ,|PUNCT|,|3|punct"
        " talks|NOUN|talk|6|nsubj ended|VERB|end|0|root on|ADP|on|8|case Monday|PROPN|Monday|6|obl .|PUNCT|.|6|punct"
    )
    reading = read(tokens)
    (statement,) = reading.statements
    assert words(reading, statement) == ("Norpress", "According to", "talks ended on Monday")


def test_a_law_says_nothing() -> None:
    tokens = parse(
        "According|VERB|accord|4|case to|ADP|to|1|fixed the|DET|the|4|det law|NOUN|law|7|obl ,|PUNCT|,|4|punct"
        " talks|NOUN|talk|7|nsubj ended|VERB|end|0|root there|ADV|there|7|advmod .|PUNCT|.|7|punct"
    )
    assert not read(tokens).statements


def test_a_clause_of_saying_inside_a_content_is_nested() -> None:
    tokens = parse(
        "Norpress|PROPN|Norpress|2|nsubj reports|VERB|report|0|root that|SCONJ|that|5|mark"
        " Dorn|PROPN|Dorn|5|nsubj predicts|VERB|predict|2|ccomp that|SCONJ|that|8|mark"
        " talks|NOUN|talk|8|nsubj end|VERB|end|5|ccomp .|PUNCT|.|2|punct",
        attributions=(said((0, 1), (1, 2), (2, 8)),),
    )
    reading = read(tokens)
    outer, inner = sorted(reading.statements, key=lambda s: s.content[0].start)
    assert words(reading, inner) == ("Dorn", "predicts", "that talks end")
    assert inner.within_id == outer.id and inner.act == "predicts"


def test_what_somebody_should_say_is_no_statement() -> None:
    tokens = parse(
        "Dorn|PROPN|Dorn|3|nsubj should|AUX|should|3|aux admit|VERB|admit|0|root "
        + TALKS_ENDED.format(5, 3, "ccomp"),
        attributions=(said((0, 1), (2, 3), (3, 5)),),
    )
    assert not read(tokens).statements


def test_who_is_asked_does_not_speak() -> None:
    tokens = parse(
        "Asked|VERB|ask|6|advcl whether|SCONJ|whether|4|mark talks|NOUN|talk|4|nsubj ended|VERB|end|1|ccomp"
        " Dorn|PROPN|Dorn|6|nsubj shrugged|VERB|shrug|0|root .|PUNCT|.|6|punct",
        attributions=(said((4, 5), (0, 1), (1, 4)),),
    )
    assert not read(tokens).statements


def test_an_outlet_that_is_told_is_a_channel_and_a_person_an_addressee() -> None:
    for listener, is_channel in (("Reuters|PROPN|Reuters", True), ("Dorn|PROPN|Dorn", False)):
        tokens = parse(
            f"Varga|PROPN|Varga|2|nsubj told|VERB|tell|0|root {listener}|2|obj "
            + TALKS_ENDED.format(5, 2, "ccomp"),
            attributions=(said((0, 1), (1, 2), (3, 5)),),
            entities=(
                EntitySpan(0, 1, "person", 0.9),
                EntitySpan(2, 3, "organisation" if is_channel else "person", 0.9),
            ),
        )
        (statement,) = read(tokens).statements
        assert bool(statement.channel_ids) == is_channel
        assert (statement.addressee_id is not None) == (not is_channel)


def test_citing_makes_a_channel_of_what_is_cited() -> None:
    tokens = parse(
        "Norpress|PROPN|Norpress|6|nsubj ,|PUNCT|,|1|punct citing|VERB|cite|6|advcl diplomats|NOUN|diplomat|3|obj"
        " ,|PUNCT|,|3|punct reported|VERB|report|0|root that|SCONJ|that|9|mark talks|NOUN|talk|9|nsubj"
        " ended|VERB|end|6|ccomp .|PUNCT|.|6|punct",
        attributions=(said((0, 1), (5, 6), (6, 9)),),
    )
    reading = read(tokens)
    (statement,) = reading.statements
    mentions = {mention.id: mention for mention in reading.mentions}
    (channel,) = statement.channel_ids
    assert tokens.text[slice(*mentions[channel].span)] == "diplomats"


QUOTE_LINE = (
    "“|PUNCT|“|4|punct We|PRON|we|4|nsubj will|AUX|will|4|aux leave|VERB|leave|0|root on|ADP|on|6|case"
    " Monday|PROPN|Monday|4|obl .|PUNCT|.|4|punct ”|PUNCT|”|4|punct"
)
SAID_LINE = "Varga|PROPN|Varga|2|nsubj said|VERB|say|0|root talks|NOUN|talk|4|nsubj ended|VERB|end|2|ccomp .|PUNCT|.|2|punct"


def test_a_paragraph_of_quotation_goes_to_the_speaker_before_it() -> None:
    tokens = parse(SAID_LINE, QUOTE_LINE, attributions=(said((0, 1), (1, 2), (2, 4)),))
    reading = read(tokens)
    quoted = max(reading.statements, key=lambda s: s.content[0].start)
    assert not quoted.cue and quoted.quotation == "direct"
    assert words(reading, quoted)[0] == "Varga"
    assert quoted.speaker_score < 0.8


def test_a_quotation_with_nobody_before_it_has_no_speaker() -> None:
    (statement,) = read(parse(QUOTE_LINE)).statements
    assert statement.speaker_ids == () and statement.cue == ()


def test_one_speaker_named_twice_for_one_content_is_one_statement() -> None:
    tokens = parse(
        "According|VERB|accord|3|case to|ADP|to|1|fixed Varga|PROPN|Varga|6|obl ,|PUNCT|,|3|punct"
        " talks|NOUN|talk|6|nsubj ended|VERB|end|9|ccomp ,|PUNCT|,|9|punct Varga|PROPN|Varga|9|nsubj"
        " said|VERB|say|0|root .|PUNCT|.|9|punct",
        attributions=(said((7, 8), (8, 9), (0, 6)), said((2, 3), (0, 2), (4, 6), parent=0)),
        entities=(EntitySpan(2, 3, "person", 0.9), EntitySpan(7, 8, "person", 0.9)),
    )
    reading = read(tokens)
    (statement,) = reading.statements
    assert words(reading, statement) == ("Varga", "said", "talks ended")


def test_a_noun_of_saying_with_its_holder_is_a_statement() -> None:
    tokens = parse(
        "Deputies|NOUN|deputy|2|nsubj rejected|VERB|reject|0|root a|DET|a|4|det"
        " suggestion|NOUN|suggestion|2|obj from|ADP|from|7|case the|DET|the|7|det envoy|NOUN|envoy|4|nmod"
        " that|SCONJ|that|10|mark talks|NOUN|talk|10|nsubj ended|VERB|end|4|acl .|PUNCT|.|2|punct",
        attributions=(said((0, 1), (1, 2), (2, 10)),),
    )
    reading = read(tokens)
    assert ("the envoy", "suggestion", "that talks ended") in [words(reading, s) for s in reading.statements]
