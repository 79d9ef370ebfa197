"""The rule-only floor on plain cases."""

from onrecord.language.rules import RuleModel
from onrecord.records import Annotation, Span


def read(
    text: str, litter: tuple[Span, ...] = ()
) -> tuple[Annotation, list[tuple[list[str], list[str], list[str]]]]:
    """The annotation, and its attributions in words."""
    annotation = RuleModel().annotate([text], [litter])[0]

    def words(ranges: tuple[tuple[int, int], ...]) -> list[str]:
        return [text[annotation.starts[a] : annotation.ends[b - 1]] for a, b in ranges]

    return annotation, [(words(a.speaker), words(a.cue), words(a.content)) for a in annotation.attributions]


def test_a_quotation_with_its_speaker() -> None:
    assert read("“The bridge is old,” said Mayor Ann Lee. It rained.")[1] == [
        (["Mayor Ann Lee"], ["said"], ["“The bridge is old,”"])
    ]
    assert read("“It is old,” she said, “and it will fall down soon.”")[1] == [
        (["she"], ["said"], ["“It is old,”", "“and it will fall down soon.”"])
    ]


def test_indirect_speech_and_according_to() -> None:
    assert read("The Foreign Ministry said the talks had failed.")[1] == [
        (["Foreign Ministry"], ["said"], ["the talks had failed"])
    ]
    assert read("Nine people were hurt, according to the police.")[1] == [
        (["the police"], ["according to"], ["Nine people were hurt"])
    ]


def test_entities_and_tags() -> None:
    annotation, _ = read("In 2019 President Ann Lee paid $5 to the Water Agency in Oslo.")
    assert [entity.label for entity in annotation.entities] == [
        "date",
        "person",
        "money",
        "organisation",
        "place",
    ]
    assert annotation.upos[:3] == ("ADP", "NUM", "PROPN")


def test_litter_says_nothing() -> None:
    text = "Ann Lee said it was very late.\nBob Ray said it was very early."
    annotation, found = read(text, (Span(31, len(text)),))
    assert [speaker for speaker, _, _ in found] == [["Ann Lee"]]
    assert len(annotation.entities) == 1


def test_odd_texts() -> None:
    for text in ("", " \n ", "\x00", "\ud800 a", "“" * 500, "." * 500, "said " * 400, "“a” " * 300):
        annotation = RuleModel().annotate([text])[0]
        assert len(annotation.starts) == len(annotation.heads) == len(annotation.upos)
