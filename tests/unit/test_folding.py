"""Folding, and names found by the hash of their letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.folding import BLOCK, blank_names, fold_text, hide_name, split_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź ØRSTED Straße", "lodz orsted strasse"),
        ("e\u0301 É ﬁ", "e e fi"),
        ("مُحَمَّد أحمد إلى", "محمد احمد الي"),
        ("a\0b\ud800c", "a b c"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold_text(text) == folded


def test_split_words() -> None:
    assert split_words("Al-Qāhira's “Plan” 9") == ["al", "qahira", "s", "plan", "9"]


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("Ilse Varga said", "████ █████ said"),
        ("ILSE\n  VARGA's", "████\n  █████'s"),
        ("see /people/ilse-varga.html", "see /people/██████████.html"),
        ("IlseVarga2", "█████████2"),
        ("I\u0301lse Va\u0301rga!", "█████ ██████!"),
        ("Ilse von Varga", "Ilse von Varga"),
    ],
)
def test_blank_names(text: str, blanked: str) -> None:
    assert blank_names(text, [hide_name("ilse varga")]) == blanked


def test_a_short_name_is_blanked_as_a_word_only() -> None:
    assert blank_names("Ann's annual banner, ann_x", [hide_name("Ann")]) == "███'s annual banner, ███_x"
    assert blank_names("记者王芳说", [hide_name("王芳")]) == "记者██说"


@given(st.text(), st.text(min_size=1, max_size=12))
def test_a_blanked_text_keeps_its_length_and_loses_the_name(text: str, name: str) -> None:
    hidden = hide_name(name)
    blanked = blank_names(text + name + text, [hidden])
    assert len(blanked) == len(text + name + text)
    assert blank_names(blanked, [hidden]) == blanked
    if hidden.letters >= 5:
        letters = "".join(split_words(name))
        assert all(letters not in "".join(split_words(piece)) for piece in blanked.split(BLOCK))
        assert BLOCK in blanked
