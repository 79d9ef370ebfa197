"""Only what `element` builds is markup; every other string is text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from onrecord.surfaces.markup import Markup, element, escape_text, join_markup
from tests.surfaces.hostile import PAYLOADS

CLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_is_text_in_element_and_attribute(payload: str) -> None:
    made = element("p", payload, title=payload)
    tree = html.fragment_fromstring(made)
    assert [node.tag for node in tree.iter()] == ["p"]
    assert set(tree.attrib) == {"title"}
    assert tree.text == CLEAN.sub("�", payload)
    assert tree.get("title") == CLEAN.sub("�", payload)


@given(st.text(st.characters(codec=None), min_size=1, max_size=60))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    wanted = CLEAN.sub("�", text).replace("\r\n", "\n").replace("\r", "\n")
    made = html.fragment_fromstring(element("p", "x", text, "x"))
    assert len(made) == 0
    assert (made.text or "").replace("\r\n", "\n").replace("\r", "\n") == f"x{wanted}x"


def test_none_is_left_out_and_flags_stand_alone() -> None:
    assert element("p", None, "a", hidden=True, title=None, lang=False) == "<p hidden>a</p>"
    assert (
        element("td", class_="x", data_by="y", http_equiv="z")
        == '<td class="x" data-by="y" http-equiv="z"></td>'
    )
    assert element("br") == "<br>"


def test_markup_is_not_escaped_twice() -> None:
    inner = element("b", "<")
    assert element("p", inner) == "<p><b>&lt;</b></p>"
    assert escape_text(inner) is inner
    assert join_markup(["<", inner, None]) == "&lt;<b>&lt;</b>"


def test_working_on_markup_makes_plain_text_again() -> None:
    part = element("b", "x") + "<i>"
    assert not isinstance(part, Markup)
    assert "<" not in escape_text(part)
