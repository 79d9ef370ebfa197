"""The page is one file, needs nothing else, says according to whom, and no article's words become markup."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html

from onrecord.records import Failure, Span
from onrecord.summaries import summarise
from onrecord.surfaces.lists import PageDetails
from onrecord.surfaces.page import render_document_page, render_page
from onrecord.views import DocumentView
from onrecord.vocabulary import PRIVATE
from tests.surfaces.hostile import PAYLOADS
from tests.surfaces.samples import SAID, TEXT, Said, find_span, make_view

TAGS = {
    "html", "head", "meta", "title", "style", "script", "body", "header", "nav", "main", "section", "article",
    "aside", "a", "p", "h1", "h2", "h3", "div", "span", "bdi", "b", "strong", "ul", "ol", "li", "dl", "dt", "dd",
    "blockquote", "table", "thead", "tbody", "tr", "th", "td", "form", "label", "input", "select", "option",
    "button", "details", "summary", "kbd",
}  # fmt: skip
REFERENCES = {"src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "style"}


def make_page(*views: DocumentView, **changes: object) -> str:
    details = PageDetails(title="Test", summary=summarise(views, failures=0, decisions=0))
    return render_page(views, replace(details, **changes))  # type: ignore[arg-type]


def make_full_view(**changes: object) -> DocumentView:
    return make_view(
        litter=(find_span(TEXT, "Menu | News | Sport"),),
        credits=(find_span(TEXT, "Reporting by Coastwire"),),
        title_span=find_span(TEXT, "Bridge closed after flood, ministry says"),
        title="Bridge closed after flood, ministry says",
        **changes,  # type: ignore[arg-type]
    )


def assert_harmless(page: str) -> html.HtmlElement:
    tree = html.document_fromstring(page)
    for node in tree.iter():
        assert isinstance(node.tag, str), "no comment, no processing instruction"
        assert node.tag in TAGS
        for name, value in node.attrib.items():
            assert name not in REFERENCES
            assert not name.startswith("on")
            if name == "href":
                assert re.fullmatch(r"#[\w-]+", value)
    assert len(tree.findall(".//script")) == 2
    assert len(tree.findall(".//style")) == 1
    return tree


def test_page_names_nothing_outside_itself() -> None:
    page = make_page(make_full_view())
    tree = assert_harmless(page)
    for part in tree.findall(".//style") + tree.findall(".//script"):
        assert not re.search(
            r"https?:|//\w+\.|url\(|@import|fetch\(|XMLHttpRequest|innerHTML|eval\(", part.text
        )
    assert "http://" not in page
    assert "https://" not in page


def test_policy_allows_the_inline_parts_by_digest_and_nothing_else() -> None:
    tree = html.document_fromstring(make_page(make_full_view()))
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    parts = tree.findall(".//style") + tree.findall(".//script")
    for part in parts:
        digest = base64.b64encode(hashlib.sha256(part.text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == len(parts)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_in_every_field_stay_words(payload: str) -> None:
    line = " ".join(payload.split()) or "x"
    text = f"{line} one, {line} role, told {line} agency that «{line}» said {line}.\n\n{line}\n"
    said = [Said(speaker=f"{line} one", role=f"{line} role", cue="told", content=[f"«{line}» said"], quotation="mixed",
                 reason=payload)]  # fmt: skip
    view = make_view(
        text, said, outlet=payload, path=payload, title=payload, byline=payload, language=payload, published=payload,
        published_from=payload, litter=(Span(len(text) - 2, len(text)),),
    )  # fmt: skip
    appearance = replace(view.summary.appearances[0], url=payload)
    summary = replace(view.summary, url=payload, appearances=(appearance,) * 5)
    view = replace(
        view, summary=summary, statements=tuple(replace(one, document=summary) for one in view.statements)
    )
    failure = Failure(path=payload, stage="intake", error=payload)
    page = make_page(view, failures=[failure], measured=[payload], made_by=[payload], title=payload)
    assert_harmless(page)
    details = PageDetails(
        title=payload, summary=summarise([view], failures=0, decisions=0), measured=[payload]
    )
    assert_harmless(render_document_page(view, details))


def test_every_statement_has_a_card_with_speaker_act_words_and_chain() -> None:
    view = make_full_view()
    tree = html.document_fromstring(make_page(view))
    cards = tree.findall(".//article//li")
    assert len(cards) == len(SAID)
    first = " ".join(cards[0].text_content().split())
    assert "Ilse Brandaur, The transport ministry's spokeswoman" in first
    assert "according to Quay Courier < Coastwire < Ilse Brandaur" in first
    assert 'the bridge "stays shut until May"' in first
    assert "partly verbatim, else the outlet's paraphrase" in first
    second = " ".join(cards[1].text_content().split())
    assert "denies" in second
    assert "“She” read as Ilse Brandaur (pronoun; nearest woman)" in second
    for one in view.statements:
        assert tree.find(f".//li[@id='s-{one.id}']") is not None
        assert tree.find(f".//a[@id='t-{one.id}']").get("href") == f"#s-{one.id}"


def test_text_stands_as_stored_and_litter_is_marked() -> None:
    view = make_full_view()
    tree = html.document_fromstring(make_page(view))
    lines = tree.findall(".//article/div[@class='text']/p")
    assert [line.text_content() for line in lines] == [line for line in TEXT.splitlines() if line]
    assert "litter" in lines[0].get("class")
    assert "title" in lines[1].get("class")
    assert "credit" in lines[2].get("class")
    marked = [
        "".join(node.itertext()) for node in lines[3].iter() if "dq" in (node.get("class") or "").split()
    ]
    assert marked == ['"stays shut until May"']


def test_long_run_of_litter_is_folded_and_still_there() -> None:
    text = "\n".join(["Menu", "News", "Sport", "Money", "Books", "Log in", "The bridge is shut."]) + "\n"
    view = make_view(text, (), litter=(Span(0, text.index("The bridge") - 1),))
    tree = assert_harmless(make_page(view))
    (fold,) = tree.findall(".//article//details")
    assert [line.text_content() for line in fold.findall("p")] == text.splitlines()[:6]
    assert fold.find("summary").text == "6 lines that are not the article"
    assert tree.findall(".//article/div[@class='text']/p")[0].text_content() == "The bridge is shut."


def test_private_person_is_in_no_list_across_articles_unless_confirmed() -> None:
    views = [make_full_view(), make_view(path="copy.txt", outlet="Other", title="Again", byline="B")]
    tree = html.document_fromstring(make_page(*views))
    speakers = tree.get_element_by_id("speaker-list").text_content()
    assert "Ilse Brandaur" in speakers
    assert "Tomas Quell" not in speakers
    for node in tree.findall(".//article//li//*"):
        if "Tomas Quell" in (node.text or "") and node.getparent().get("class") != "words":
            assert "private" in node.get("class").split(), html.tostring(node)
            assert node.get("data-instead") in (PRIVATE, "resolved in the article")
    confirmed = html.document_fromstring(make_page(*views, confirmed=("Tomas Quell",)))
    assert "Tomas Quell" in confirmed.get_element_by_id("speaker-list").text_content()
    assert not confirmed.find_class("private")


def test_page_says_that_it_is_unchecked_and_how_accurate_it_is() -> None:
    page = make_page(make_full_view(), measured=["statements: recall 0.91, measured on own gold"])
    assert "Machine-extracted, check before publishing." in page
    assert "recall 0.91, measured on own gold" in page
    assert "not measured with these weights" in make_page(make_full_view())


def test_reading_needs_no_script_and_ids_are_unique() -> None:
    tree = html.document_fromstring(make_page(make_full_view()))
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    links = [node.get("href")[1:] for node in tree.iter("a")]
    assert set(links) <= set(ids)
    assert not tree.findall(".//article[@hidden]")


def test_same_views_give_the_same_bytes() -> None:
    assert make_page(make_full_view()) == make_page(make_full_view())


def test_empty_ledger_and_article_without_statements() -> None:
    assert_harmless(make_page())
    assert "No statement was found" in make_page(make_view("Nothing here.\n", ()))
    assert_harmless(make_page(make_view("", ())))


def test_statements_with_one_cue_share_a_place_in_the_text() -> None:
    text = "Ana Ruiz said rain fell and snow melted.\n"
    said = [Said(speaker="Ana Ruiz", cue="said", content=[words]) for words in ("rain fell", "snow melted")]
    view = make_view(text, said)
    tree = assert_harmless(make_page(view))
    assert all(tree.get_element_by_id(f"t-{one.id}") is not None for one in view.statements)


def test_nested_statement_is_set_in_and_drawn_with_its_chain() -> None:
    text = "Coastwire reported that the mayor had said the dam would hold.\n"
    said = [
        Said(
            speaker="Coastwire",
            cue="reported",
            content=["the mayor had said the dam would hold"],
            kind="organisation",
        ),
        Said(speaker="the mayor", cue="said", content=["the dam would hold"], within=0),
    ]
    view = make_view(text, said)
    tree = html.document_fromstring(make_page(view))
    inner = tree.get_element_by_id(f"s-{view.statements[1].id}")
    assert "inner" in inner.get("class").split()
    assert "Quay Courier < Coastwire < the mayor" in " ".join(inner.text_content().split())
    piece = tree.get_element_by_id(f"t-{view.statements[1].id}")
    assert piece.get("data-s").split()[-1] == "1"
