"""Pages: all text kept, the right blocks marked, the markup's words about the article."""

from __future__ import annotations

import contextlib
import json
import time

import pytest

from onrecord.errors import SkipDocument
from onrecord.intake.alignment import match_blocks
from onrecord.intake.blocks import Block, parse_html, split_blocks
from onrecord.intake.html import add_twins, decode_html, extract_page
from onrecord.intake.markup import read_markup
from onrecord.intake.values import find_day

BODY = [
    "Harrow Bay will not sell its pier to the Kestrel group, Mayor Ilse Norrby said on Wednesday, ending months of talk.",
    "“We have heard every offer there is, and none of them keeps the pier open to the public,” she told the town council.",
    "A spokesman for Kestrel, Tomas Arden, denied that the company had planned to charge visitors for walking there.",
    "The council is to vote on repairs next month, according to a paper seen by this newspaper on Tuesday evening.",
]
LINKED_DATA = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Harrow Courier"},
        {
            "@type": ["NewsArticle"],
            "headline": "Pier stays public, says mayor &amp; council",
            "datePublished": "2024-03-06T18:20:00+00:00",
            "dateModified": "2024-03-06T19:00:00+00:00",
            "author": [
                {"@type": "Person", "name": "By Petra Vance"},
                {"@type": "Person", "name": "Ola Renn"},
            ],
            "publisher": {"@type": "Organization", "name": "The Harrow Courier"},
            "mainEntityOfPage": {"@id": "https://courier.example/2024/03/06/pier"},
        },
    ],
}


def make_page(*, linked: object = None, head: str = "", seen: str = "6 March 2024") -> str:
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather", "Jobs"))
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>Pier stays public | The Harrow Courier</title>{head}{script}'
        "<style>p {color: red}</style></head><body><nav><ul>" + menu + "</ul></nav>"
        f"<article><h1>Pier stays public, says mayor &amp; council</h1><p class=date>{seen}</p>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
        + "</article><script>var secret = 1;</script><footer><p>Copyright The Harrow Courier. All rights reserved.</p>"
        "</footer></body></html>"
    )


def test_all_text_is_kept_in_order_and_only_the_frame_is_marked() -> None:
    found = extract_page(make_page())
    places = [found.text.index(paragraph) for paragraph in ["News", "Jobs", *BODY, "All rights reserved."]]
    assert places == sorted(places)
    assert "secret" not in found.text and "color" not in found.text
    marked = [found.text[span.start : span.end] for span in found.markup_litter]
    assert "Sport" in marked and "Copyright The Harrow Courier. All rights reserved." in marked
    assert not set(BODY) & set(marked)
    assert list(found.markup_litter) == sorted(found.markup_litter)


def test_linked_data_comes_before_meta_tags() -> None:
    head = '<meta property="og:title" content="Other"><meta name="author" content="Somebody Else">'
    found = extract_page(make_page(linked=LINKED_DATA, head=head))
    assert found.title == "Pier stays public, says mayor & council"
    assert found.byline == "Petra Vance; Ola Renn"
    assert found.outlet == "The Harrow Courier"
    assert found.language == "en-GB"
    assert found.dates[0].day == "2024-03-06" and found.dates[0].origin == "json-ld"


def test_a_day_is_sure_only_when_the_page_shows_it_too() -> None:
    assert extract_page(make_page(linked=LINKED_DATA)).dates[0].sure
    assert not extract_page(make_page(linked=LINKED_DATA, seen="Today")).dates[0].sure


def test_a_day_is_not_sure_when_the_page_was_changed_much_later() -> None:
    linked = json.loads(json.dumps(LINKED_DATA))
    linked["@graph"][1]["dateModified"] = "2025-01-02T08:00:00Z"
    assert not extract_page(make_page(linked=linked)).dates[0].sure


def test_an_evening_west_of_greenwich_is_its_own_day() -> None:
    linked = json.loads(json.dumps(LINKED_DATA))
    linked["@graph"][1].update(datePublished="2024-03-07T02:10:00Z", dateModified="2024-03-07T02:10:00Z")
    assert extract_page(make_page(linked=linked)).dates[0].day == "2024-03-06"


def test_meta_tags_speak_when_there_is_no_linked_data() -> None:
    head = (
        '<meta property="article:published_time" content="2024-03-06T18:20:00Z">'
        '<meta property="og:site_name" content="The Harrow Courier"><meta name="author" content="Petra Vance">'
        '<meta property="og:title" content="Pier stays public | The Harrow Courier">'
        '<link rel="canonical" href="https://courier.example/pier">'
    )
    found = extract_page(make_page(head=head))
    assert (found.title, found.byline, found.outlet) == (
        "Pier stays public",
        "Petra Vance",
        "The Harrow Courier",
    )
    assert found.url == "https://courier.example/pier"
    assert found.dates[0].day == "2024-03-06" and found.dates[0].origin == "meta" and not found.dates[0].sure


def test_the_blocks_of_related_articles_do_not_speak_for_the_page() -> None:
    others = [
        {"@type": "NewsArticle", "headline": f"Other {n}", "datePublished": f"2020-01-0{n}"}
        for n in (1, 2, 3)
    ]
    tree = parse_html(make_page(linked=others))
    assert tree is not None
    assert read_markup(tree).linked_data_time is None


@pytest.mark.parametrize("broken", ["{", '{"@type": "NewsArticle",}', "[" * 100_000, '"\x01"', "null"])
def test_broken_linked_data_is_passed_over(broken: str) -> None:
    script = f'<script type="application/ld+json">{broken}</script>'
    assert BODY[0] in extract_page(make_page(head=script)).text


def test_inline_marks_do_not_cut_a_block_and_breaks_do() -> None:
    tree = parse_html(
        "<body><p>The <b>may</b>or,\n <i>she</i> said<br>no.</p>tail<div>a<p>b</p>c</div></body>"
    )
    assert tree is not None
    assert [block.text for block in split_blocks(tree)] == ["The mayor, she said\nno.", "tail", "a", "b", "c"]


def test_blocks_hold_nothing_but_the_text_of_the_page() -> None:
    tree = parse_html(
        "<p>a &lt;b&gt; &amp;amp; &eacute;&#8212;</p><template>x</template><select><option>y</select>"
    )
    assert tree is not None
    assert [block.text for block in split_blocks(tree)] == ["a <b> &amp; é—"]


@pytest.mark.parametrize(
    ("tag", "depth"), [("div", 1_000_000), ("font", 20_000), ("table", 20_000), ("ul", 20_000)]
)
def test_a_million_levels_are_read_in_time_and_whole(tag: str, depth: int) -> None:
    deep = (
        f"<html><body><p>start of it</p>{f'<{tag}>' * depth}the bottom{f'</{tag}>' * depth}<p>{BODY[0]}</p>"
    )
    began = time.perf_counter()
    found = extract_page(deep)
    assert time.perf_counter() - began < 60
    assert all(words in found.text for words in ("start of it", "the bottom", BODY[0]))


def test_unclosed_marks_take_linear_time() -> None:
    for hostile in ("<!--" * 100_000, "<script>" * 50_000, "<" * 300_000, "<a " * 100_000, "&" * 300_000):
        began = time.perf_counter()
        with contextlib.suppress(SkipDocument):
            extract_page(f"<html><body><p>{BODY[0]}</p>{hostile}")
        assert time.perf_counter() - began < 20


def test_a_page_without_text_is_skipped() -> None:
    for page in ("<html><body><script>x</script></body></html>", "<html></html>", "<!doctype html>"):
        with pytest.raises(SkipDocument, match="no text"):
            extract_page(page)


def test_charset_of_the_page_is_used_unless_it_is_utf8() -> None:
    page = make_page(head='<meta charset="windows-1251">')
    assert "«Кремль»" in decode_html(page.replace("Sport", "«Кремль»").encode("cp1251"))
    assert "“We have heard" in decode_html(page.encode("utf-8"))
    latin = make_page(head='<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">')
    assert "“We have heard" in decode_html(latin.encode("cp1252"))


def test_lines_are_put_where_they_stand_next_to_each_other() -> None:
    blocks = ["Pier stays public", "Menu", "Pier stays public", BODY[0], BODY[1], "Pier stays public"]
    shares = match_blocks(blocks, ["Pier stays public", BODY[0], BODY[1]])
    assert [round(share) for share in shares] == [0, 0, 1, 1, 1, 0]


def test_prose_that_looks_like_the_kept_prose_is_kept_too() -> None:
    blocks = [
        Block("Menu", "nav", 1.0),
        *(Block(words, "body-text", 0.0) for words in BODY),
        Block(BODY[0], "teaser", 0.0),
    ]
    kept = [False, True, False, True, False, False]
    add_twins(blocks, kept)
    assert kept == [False, True, True, True, True, False]


def test_a_line_made_of_several_blocks_covers_them() -> None:
    shares = match_blocks([BODY[0], "Advertisement here", BODY[1], "***"], [f"{BODY[0]} {BODY[1]}"])
    assert shares[0] == 1 and shares[1] == 0 and shares[2] == 1 and shares[3] == -1


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-03-06T18:20Z", "2024-03-06"), ("20240306", "2024-03-06"), ("2024-3-6", None), ("06/03/2024", None), (None, None)],
)  # fmt: skip
def test_day_of_a_timestamp(written: object, day: str | None) -> None:
    assert find_day(written) == day
