"""Who a pronoun, a description or a short name stands for; and when nobody is named."""

from __future__ import annotations

from onrecord.reading import load_tables, read_document
from onrecord.reading.tokens import Tokens
from onrecord.records import Attribution, EntitySpan, Mention
from tests.unit.parsed import parse

TABLES = load_tables()

ENVOY = (
    "Ivo|PROPN|Ivo|6|nsubj Varga|PROPN|Varga|1|flat ,|PUNCT|,|4|punct envoy|NOUN|envoy|1|appos"
    " ,|PUNCT|,|4|punct said|VERB|say|0|root talks|NOUN|talk|8|nsubj ended|VERB|end|6|ccomp .|PUNCT|.|6|punct"
)
HE_ADDED = "He|PRON|he|2|nsubj added|VERB|add|0|root they|PRON|they|4|nsubj failed|VERB|fail|2|ccomp .|PUNCT|.|2|punct"
DIPLOMAT = (
    "The|DET|the|2|det diplomat|NOUN|diplomat|3|nsubj added|VERB|add|0|root they|PRON|they|5|nsubj"
    " failed|VERB|fail|3|ccomp .|PUNCT|.|3|punct"
)
MET = (
    "Ivo|PROPN|Ivo|3|nsubj Varga|PROPN|Varga|1|flat met|VERB|meet|0|root Pavel|PROPN|Pavel|3|obj"
    " Dorn|PROPN|Dorn|4|flat .|PUNCT|.|3|punct"
)
JOINED = (
    "Ivo|PROPN|Ivo|6|nsubj Varga|PROPN|Varga|1|flat and|CCONJ|and|4|cc Pavel|PROPN|Pavel|1|conj"
    " Dorn|PROPN|Dorn|4|flat argued|VERB|argue|0|root .|PUNCT|.|6|punct"
)


def said(speaker: tuple[int, int], cue: int, content: tuple[int, int]) -> Attribution:
    return Attribution((speaker,), ((cue, cue + 1),), (content,), -1, 0.9, 0.9)


def person(start: int, end: int) -> EntitySpan:
    return EntitySpan(start, end, "person", 0.9)


def resolve_last(tokens: Tokens) -> tuple[Mention, str]:
    """The speaker of the last statement and the words that name it."""
    reading = read_document(tokens.document, tokens.annotation, TABLES)
    mentions = {mention.id: mention for mention in reading.mentions}
    speaker = mentions[reading.statements[-1].speaker_ids[0]]
    span = mentions[speaker.local_id].span
    return speaker, tokens.text[span.start : span.end]


def test_a_pronoun_goes_to_the_last_speaker_with_a_reason() -> None:
    tokens = parse(
        ENVOY, HE_ADDED,
        attributions=(said((0, 5), 5, (6, 8)), said((9, 10), 10, (11, 13))), entities=(person(0, 2),),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("pronoun", "Ivo Varga")
    assert speaker.reason is not None and "Ivo Varga" in speaker.reason


def test_a_description_goes_to_the_one_person_whose_role_fits() -> None:
    tokens = parse(
        ENVOY, DIPLOMAT,
        attributions=(said((0, 5), 5, (6, 8)), said((9, 11), 11, (12, 14))), entities=(person(0, 2),),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("description", "Ivo Varga")
    assert speaker.role is not None
    assert tokens.text[speaker.role.start : speaker.role.end] == "envoy"


def test_two_men_who_argued_leave_the_pronoun_as_worded() -> None:
    tokens = parse(
        JOINED, HE_ADDED,
        attributions=(said((7, 8), 8, (9, 11)),), entities=(person(0, 2), person(3, 5)),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("worded", "He")


def test_a_pronoun_prefers_the_subject_to_the_object() -> None:
    tokens = parse(
        MET, HE_ADDED, attributions=(said((6, 7), 7, (8, 10)),), entities=(person(0, 2), person(3, 5))
    )
    _, name = resolve_last(tokens)
    assert name != "Pavel Dorn"


def test_a_pronoun_of_the_other_gender_is_not_taken() -> None:
    she = HE_ADDED.replace("He|PRON|he", "She|PRON|she")
    tokens = parse(
        ENVOY, she,
        attributions=(said((0, 5), 5, (6, 8)), said((9, 10), 10, (11, 13))), entities=(person(0, 2),),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("worded", "She")


def test_a_capital_that_speaks_is_a_metonym() -> None:
    tokens = parse(
        "Moscow|PROPN|Moscow|2|nsubj said|VERB|say|0|root talks|NOUN|talk|4|nsubj ended|VERB|end|2|ccomp",
        attributions=(said((0, 1), 1, (2, 4)),), entities=(EntitySpan(0, 1, "place", 0.9),),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("metonym", "Moscow")
    assert speaker.reason is not None and "Russia" in speaker.reason


def test_joint_speakers_are_two_mentions() -> None:
    tokens = parse(
        JOINED.replace(" .|PUNCT|.|6|punct", " talks|NOUN|talk|8|nsubj ended|VERB|end|6|ccomp"),
        attributions=(said((0, 5), 5, (6, 8)),), entities=(person(0, 2), person(3, 5)),
    )  # fmt: skip
    reading = read_document(tokens.document, tokens.annotation, TABLES)
    assert len(reading.statements[0].speaker_ids) == 2


MET_SAID = (
    "Pavel|PROPN|Pavel|3|nsubj Dorn|PROPN|Dorn|1|flat met|VERB|meet|9|ccomp Ivo|PROPN|Ivo|3|obj"
    " Varga|PROPN|Varga|4|flat ,|PUNCT|,|9|punct the|DET|the|8|det minister|NOUN|minister|9|nsubj"
    " said|VERB|say|0|root .|PUNCT|.|9|punct"
)


def test_a_name_at_the_end_of_the_content_is_not_the_speaker_after_it() -> None:
    tokens = parse(MET_SAID, attributions=(said((6, 8), 8, (0, 5)),), entities=(person(0, 2), person(3, 5)))
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("worded", "the minister")


def test_a_custom_is_not_the_person_named_after_it() -> None:
    tokens = parse(
        "According|VERB|accord|3|case to|ADP|to|1|fixed legend|NOUN|legend|7|obl ,|PUNCT|,|3|punct"
        " Ivo|PROPN|Ivo|7|nsubj Varga|PROPN|Varga|5|flat slept|VERB|sleep|0|root there|ADV|there|7|advmod",
        attributions=(said((2, 3), 0, (4, 8)),), entities=(person(4, 6),),
    )  # fmt: skip
    _, name = resolve_last(tokens)
    assert name == "legend"


def test_somebodys_lawyer_is_not_somebody() -> None:
    tokens = parse(
        "The|DET|the|2|det lawyer|NOUN|lawyer|6|nsubj of|ADP|of|5|case minister|NOUN|minister|5|compound"
        " Dorn|PROPN|Dorn|2|nmod said|VERB|say|0|root talks|NOUN|talk|8|nsubj ended|VERB|end|6|ccomp",
        attributions=(said((0, 5), 5, (6, 8)),), entities=(person(4, 5),),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("worded", "The lawyer of minister Dorn")


def test_a_slip_of_the_pen_is_joined_once_and_says_so() -> None:
    slipped = (
        "Vargo|PROPN|Vargo|2|nsubj added|VERB|add|0|root talks|NOUN|talk|4|nsubj failed|VERB|fail|2|ccomp"
    )
    full = ENVOY.replace("Varga", "Kostova")
    lone = slipped.replace("Vargo", "Kastova")
    tokens = parse(
        full, lone,
        attributions=(said((0, 5), 5, (6, 8)), said((9, 10), 10, (11, 13))),
        entities=(person(0, 2), person(9, 10)),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert name == "Ivo Kostova"
    assert speaker.reason is not None and "slip" in speaker.reason
    again = parse(
        full, lone, lone,
        attributions=(said((0, 5), 5, (6, 8)), said((9, 10), 10, (11, 13))),
        entities=(person(0, 2), person(9, 10), person(13, 14)),
    )  # fmt: skip
    assert resolve_last(again)[1] == "Kastova"


LAWYER = (
    "The|DET|the|2|det lawyer|NOUN|lawyer|7|nsubj ,|PUNCT|,|4|punct Pavel|PROPN|Pavel|2|appos"
    " Dorn|PROPN|Dorn|4|flat ,|PUNCT|,|4|punct rose|VERB|rise|0|root .|PUNCT|.|7|punct"
)


def test_the_subject_of_the_sentence_before_goes_on() -> None:
    tokens = parse(
        ENVOY, LAWYER, HE_ADDED, between=" ",
        attributions=(said((0, 5), 5, (6, 8)), said((17, 18), 18, (19, 21))),
        entities=(person(0, 2), person(12, 14)),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("pronoun", "Pavel Dorn")
    assert speaker.reason is not None and "the subject before" in speaker.reason


def test_a_rival_in_the_sentence_before_leaves_it_to_who_spoke() -> None:
    tokens = parse(
        ENVOY, MET, HE_ADDED, between=" ",
        attributions=(said((0, 5), 5, (6, 8)), said((15, 16), 16, (17, 19))),
        entities=(person(0, 2), person(9, 11), person(12, 14)),
    )  # fmt: skip
    _, name = resolve_last(tokens)
    assert name != "Pavel Dorn"


def test_an_age_is_who_spoke_last() -> None:
    aged = "The|DET|the|4|det 43|NUM|43|3|nummod year|NOUN|year|4|nmod old|NOUN|old|5|nsubj added|VERB|add|0|root"
    aged += " they|PRON|they|7|nsubj failed|VERB|fail|5|ccomp .|PUNCT|.|5|punct"
    tokens = parse(
        ENVOY, aged,
        attributions=(said((0, 5), 5, (6, 8)), said((9, 13), 13, (14, 16))), entities=(person(0, 2),),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("description", "Ivo Varga")


def test_which_minister_is_told_by_the_noun_before() -> None:
    def minister(name: str, office: str) -> str:
        return (
            f"{office}|NOUN|{office}|2|compound minister|NOUN|minister|3|compound {name}|PROPN|{name}|4|nsubj"
            " left|VERB|leave|0|root .|PUNCT|.|4|punct"
        )

    last = (
        "The|DET|the|3|det finance|NOUN|finance|3|compound minister|NOUN|minister|4|nsubj"
        " added|VERB|add|0|root they|PRON|they|6|nsubj failed|VERB|fail|4|ccomp .|PUNCT|.|4|punct"
    )
    tokens = parse(
        minister("Dorn", "finance"), minister("Varga", "health"), last,
        attributions=(said((10, 13), 13, (14, 16)),), entities=(person(2, 3), person(7, 8)),
    )  # fmt: skip
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("description", "Dorn")


def test_a_short_title_is_a_role() -> None:
    general = (
        "Gen.|PROPN|Gen.|3|compound Ivo|PROPN|Ivo|4|nsubj Varga|PROPN|Varga|2|flat left|VERB|leave|0|root"
        " .|PUNCT|.|4|punct"
    )
    last = (
        "The|DET|the|2|det general|NOUN|general|3|nsubj added|VERB|add|0|root they|PRON|they|5|nsubj"
        " failed|VERB|fail|3|ccomp .|PUNCT|.|3|punct"
    )
    tokens = parse(general, last, attributions=(said((5, 7), 7, (8, 10)),), entities=(person(1, 3),))
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("description", "Ivo Varga")


def test_her_spokesman_is_not_the_one_who_was_named() -> None:
    named = (
        "Ivo|PROPN|Ivo|6|nsubj Varga|PROPN|Varga|1|flat ,|PUNCT|,|4|punct spokesman|NOUN|spokesman|1|appos"
        " ,|PUNCT|,|4|punct left|VERB|leave|0|root .|PUNCT|.|6|punct"
    )
    last = (
        "Her|PRON|her|2|nmod:poss spokesman|NOUN|spokesman|3|nsubj added|VERB|add|0|root"
        " they|PRON|they|5|nsubj failed|VERB|fail|3|ccomp .|PUNCT|.|3|punct"
    )
    tokens = parse(named, last, attributions=(said((7, 9), 9, (10, 12)),), entities=(person(0, 2),))
    speaker, name = resolve_last(tokens)
    assert (speaker.inferred, name) == ("worded", "Her spokesman")
