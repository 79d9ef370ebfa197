"""Paragraphs, prose and litter of words."""

from onrecord.language.layout import read_layout
from onrecord.language.words import cut_words
from onrecord.records import Span


def show(text: str, litter: tuple[Span, ...] = ()) -> list[str]:
    """The paragraphs, each with T (title) or P (prose), and x when it is litter."""
    words = cut_words(text)
    layout = read_layout(text, words, litter)
    shown = []
    for number in range(int(layout.paragraph.max(initial=-1)) + 1):
        inside = [index for index in range(len(words.starts)) if layout.paragraph[index] == number]
        kind = "P" if layout.prose[inside[0]] else "T"
        kind += "x" if layout.litter[inside[0]] else ""
        shown.append(f"{kind} {text[words.starts[inside[0]] : words.ends[inside[-1]]]}")
    return shown


def test_every_line_is_a_paragraph() -> None:
    assert show("Bridge closed\nThe bridge is shut.\n\n“It is old.”\nHe said:") == [
        "T Bridge closed",
        "P The bridge is shut.",
        "P “It is old.”",
        "P He said:",
    ]


def test_wrapped_lines_are_joined() -> None:
    text = (
        "The council of the town said on Monday that it would\n"
        "repair the old bridge before the winter, and that\n"
        "nobody would have to pay for it. The mayor, who was\n"
        "not there, wrote that she had not been asked at all.\n"
        "\n"
        "A second paragraph follows here and it is also one\n"
        "that is wrapped at the same width as the first one is\n"
        "so that nothing of it should be cut by a line break."
    )
    assert [line[:10] for line in show(text)] == ["P The coun", "P A second"]


def test_litter_is_a_paragraph_of_its_own() -> None:
    text = "It rained. Share this. It stopped."
    assert show(text, (Span(11, 22),)) == ["P It rained.", "Px Share this.", "P It stopped."]


def test_no_words() -> None:
    assert show("") == []
    assert show(" \n ", (Span(0, 2),)) == []
