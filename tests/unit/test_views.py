"""Views: roles that are public, chains, contexts; anchors and quotation marks of decisions."""

from __future__ import annotations

import pytest

from onrecord.records import Span
from onrecord.stores.anchors import find_span, find_words, select_span
from onrecord.stores.decisions import judge_quotation
from onrecord.testing import find_span as place
from onrecord.testing import make_appearance, make_document, make_mention, make_reading, make_statement
from onrecord.views import has_public_role, view_document
from onrecord.vocabulary import Kind


@pytest.mark.parametrize(
    ("kind", "role", "public"),
    [
        ("person", None, False),
        ("person", "Minister", True),
        ("person", "the Defence Ministry's spokesman", True),
        ("person", "a resident of Velm", False),
        ("person", "his mother", False),
        ("person", "local residents", False),
        ("person", "mayor of Velm", True),
        ("person", "President", True),
        ("person", "a 34-year-old shopkeeper", False),
        ("organisation", None, True),
        ("state", None, True),
        ("collective", None, True),
    ],
)
def test_who_has_a_public_role(kind: Kind, role: str | None, public: bool) -> None:
    assert has_public_role(kind, role) is public


def test_a_chain_without_an_end_is_cut(tmp_path: object) -> None:
    document = make_document("Ada said that Bo said that Cy left. It rained.")
    ada, bo = make_mention(document, "Ada"), make_mention(document, "Bo")
    outer = make_statement(document, ada, "said that", "Bo said that Cy left")
    inner = make_statement(document, bo, "said that Cy", "Cy left", within_id=outer.id)
    looped = make_statement(document, ada, "said that", "Bo said that Cy left", within_id=inner.id)
    view = view_document(make_reading(document, [ada, bo], [looped, inner]), [make_appearance(document)])
    chains = {one.words: one.chain for one in view.statements}
    assert chains["Cy left"] == ("The Herald", "Ada", "Bo")
    assert chains["Bo said that Cy left"] == ("The Herald", "Bo", "Ada")


def test_the_day_says_what_is_known() -> None:
    from dataclasses import replace

    from onrecord.records import DateBound
    from onrecord.views import summarise_document

    document = make_document("The vote was in May 2030.")
    assert summarise_document(document, []).day == ""
    bound = DateBound(day="2030-05-01", evidence=Span(16, 24))
    assert summarise_document(replace(document, not_before=bound), []).day == "not before 2030-05-01"
    assert summarise_document(replace(document, published="2031-01-01"), []).day == "2031-01-01?"


def test_a_statement_over_two_sentences_has_both_as_context() -> None:
    document = make_document("He said one.\nAnd two.\nThree.")
    statement = make_statement(document, None, "said", "one.\nAnd two")
    (view,) = view_document(make_reading(document, [], [statement]), [make_appearance(document)]).statements
    assert view.context == "He said one.\nAnd two."
    assert view.words == "one. And two"
    assert view.speakers == () and view.chain == ("The Herald",)


def test_words_are_found_again_by_what_stands_around_them() -> None:
    text = "one said it. two said it. three said it."
    selector = select_span(text, Span(17, 24), document_id="d")
    assert find_span(text, selector) == (17, 24)
    assert find_span("new " + text, selector) == (21, 28)
    assert find_span("nothing of that", selector) is None
    shuffled = "so two said it. one said it."
    assert find_span(shuffled, selector) == (7, 14)


def test_words_are_found_near_the_statement() -> None:
    text = "Rosa spoke. Rosalind left. ROSA\nVega spoke. Rosa spoke."
    assert find_words(text, "Rosa", Span(30, 35)) == (44, 48)
    assert find_words(text, "rosa vega", Span(0, 0)) == (27, 36)
    assert find_words(text, "Nobody", Span(0, 0)) is None
    assert find_words(text, "  ", Span(0, 0)) is None


@pytest.mark.parametrize(
    ("text", "words", "quotation"),
    [
        ('He said "it is over," twice.', '"it is over,"', "direct"),
        ("He said “it is over”.", "it is over", "direct"),
        ('He said it is "over".', 'it is "over"', "mixed"),
        ("He said it's over.", "it's over", "indirect"),
        ("He said it is over.", "it is over", "indirect"),
    ],
)
def test_quotation_is_judged_by_its_marks(text: str, words: str, quotation: str) -> None:
    assert judge_quotation(text, [place(text, words)]) == quotation
