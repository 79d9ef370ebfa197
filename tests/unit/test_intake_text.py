"""Charsets, binary files, languages: what is text, and which words it holds."""

from __future__ import annotations

import os

import pytest

from onrecord.errors import SkipDocument
from onrecord.intake.languages import find_language
from onrecord.intake.text import decode_text, find_charset

QUOTED = (
    "“We will rebuild the pier,” said Mayor Ilse Norrby – “and we won’t wait for Harrow Bay’s café owners.”\n"
)


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman", "utf-16-le", "utf-16-be"]
)
def test_every_charset_of_english_newsrooms_gives_the_same_words(charset: str) -> None:
    assert decode_text((QUOTED * 5).encode(charset)) == QUOTED * 5


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "iso8859-7", "cp1256", "gb18030"])
def test_other_scripts_are_detected(charset: str) -> None:
    words = {
        "cp1251": "Министр сообщил журналистам, что переговоры продолжатся в среду, и назвал обвинения соседей ложью. ",
        "koi8-r": "Министр сообщил журналистам, что переговоры продолжатся в среду, и назвал обвинения соседей ложью. ",
        "iso8859-7": "Ο υπουργός είπε στους δημοσιογράφους ότι οι συνομιλίες θα συνεχιστούν την Τετάρτη το πρωί. ",
        "cp1256": "قال الوزير للصحفيين إن المحادثات ستستمر يوم الأربعاء وإن الاتهامات لا أساس لها من الصحة. ",
        "gb18030": "部长对记者说，会谈将于星期三继续进行，并称邻国的指责毫无根据。",
    }[charset] * 8
    assert decode_text(words.encode(charset)) == words


def test_line_ends_and_blanks_stay_as_they_are() -> None:
    text = "\r\n First line \r\nsecond\rthird\n\n\x0c\tlast\xa0"
    assert decode_text(text.encode()) == text


def test_a_few_nuls_are_kept() -> None:
    assert decode_text(b"The \x00 mayor said no.\x00") == "The \x00 mayor said no.\x00"


def test_lone_surrogates_become_replacement_characters() -> None:
    data = (
        b"The mayor said "
        + "\ud83d".encode("utf-8", "surrogatepass")
        + " caf\u00e9 \u201cno\u201d \u2014 twice.".encode()
    )
    text = decode_text(data)
    assert text.startswith("The mayor said \ufffd")
    assert text.endswith("caf\u00e9 \u201cno\u201d \u2014 twice.")
    text.encode("utf-8")
    odd = "\ufeffThe mayor said no.".encode("utf-16-le") + b"\x00\xd8" + "x".encode("utf-16-le")
    assert decode_text(odd).encode("utf-8")


def test_utf8_cut_in_mid_character_stays_utf8() -> None:
    data = ("“Não,” disse ela. " * 20).encode()[:-1] + "é".encode()[:1]
    assert decode_text(data).startswith("“Não,” disse ela. ")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 100,
        os.urandom(1) and bytes((i * 97 + i // 7) % 256 for i in range(4000)),
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(SkipDocument, match="binary"):
        decode_text(data)


def test_charset_of_a_stream_is_found_from_its_head() -> None:
    assert find_charset(QUOTED.encode()[:-1]) == "utf-8"
    assert find_charset(("é" * 10).encode()[:-1]) == "utf-8"
    assert find_charset(QUOTED.encode("cp1252")) == "cp1252"
    assert find_charset(QUOTED.encode("utf-8-sig")) == "utf-8-sig"
    assert find_charset(QUOTED.encode("utf-16")) == "utf-16"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Bürgermeister sagte am Mittwoch, die Stadt werde die Brücke nicht sperren, und nannte die Vorwürfe der Opposition haltlos.", "de"),
        ("Le maire a déclaré mercredi que la ville ne fermerait pas le pont et a rejeté les accusations de l'opposition.", "fr"),
        ("El alcalde dijo el miércoles que la ciudad no cerrará el puente y calificó de falsas las acusaciones de la oposición.", "es"),
        ("Мэр сказал, что мост не закроют.", "ru"),
        ("قال رئيس البلدية إن الجسر لن يغلق", "ar"),
        ("The mayor said on Wednesday that the city would not close the bridge, and called the charges baseless.", "en"),
        ("Norrby: Harrow Bay pier deal dead", "en"),
        ("", "en"),
        ("12:30 — 14:45", "en"),
        ("Norrby Harrow Kestrel Dunmore Vale Osterby Lindqvist Marrow Teague Halvorsen Pruitt Sandoval Ibarra", "en"),
    ],
)  # fmt: skip
def test_language_is_english_unless_another_is_clear(text: str, language: str) -> None:
    assert find_language(text) == language


def test_an_english_article_with_foreign_quotes_is_english() -> None:
    text = (
        "The mayor said: «Мы построим мост». She added that the work would start in May, and that it was paid for. "
        * 3
    )
    assert find_language(text) == "en"
