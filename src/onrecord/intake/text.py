"""bytes of unknown charset -> text, exactly as decoded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import Extract
from onrecord.intake.sources import Source

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))
HIGH_BYTES = bytes(range(128, 256))
HIGH_LETTERS = bytes(range(192, 256))
"""Where one-byte charsets keep their letters; quotation marks and dashes lie below."""
SAMPLE_BYTES = 1 << 18
CP1252_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
MAC_QUOTES = re.compile(
    rb"(?:^|[\s(])[\xd2\xd4](?=\w)|(?<=[\w.,!?])[\xd3\xd5](?=[\s.,!?)]|[a-z]{1,2}\b|$)|\s\xd1\s"
)
"""Curly quotes and dashes of old Macs; in Windows-1252 the same bytes are capital O and N with accents."""
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
WESTERN_SHARE = 0.06
"""Western European text has fewer letters with high bytes than this; Cyrillic or Greek has over half."""


def replace_surrogates(text: str) -> str:
    """The text with each lone surrogate as U+FFFD: half a character can be stored in no file."""
    return LONE_SURROGATE.sub("\ufffd", text)


def decode_text(data: bytes, declared: str | None = None) -> str:
    """The text of the bytes: by byte order mark, as UTF-8, as declared, by charset detection, in this order.

    Bytes that stand for nothing become U+FFFD. Raises `SkipDocument` when they are no text at all.
    """
    for mark, charset in BOMS:
        if data.startswith(mark):
            return replace_surrogates(data[len(mark) :].decode(charset, "replace"))
    sample = data[:SAMPLE_BYTES]
    if wide := _find_wide_charset(sample):
        return data.decode(wide, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, sample, declared)
    _refuse_binary(sample, 0.3)
    return text


def find_charset(head: bytes) -> str:
    """The charset of a long file, from its first bytes; for readers that decode as they go."""
    for mark, charset in BOMS:
        if head.startswith(mark):
            return "utf-8-sig" if charset == "utf-8" else charset[:6]  # without byte order: the mark is read
    if wide := _find_wide_charset(head):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut at the end is no error
    except UnicodeDecodeError:
        high = len(head) - len(head.translate(None, HIGH_BYTES))
        multibyte = sum(len(match) for match in MULTIBYTE.findall(head))
        return "utf-8" if multibyte >= 0.6 * high else _guess_charset(head, high) or "cp1252"
    return "utf-8"


def _find_wide_charset(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Latin text is NUL."""
    half = len(sample) // 2
    if half < 4 or sample.count(0) < 0.35 * len(sample):
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _refuse_binary(sample: bytes, share: float) -> None:
    controls = len(sample) - len(sample.translate(None, CONTROL_BYTES))
    if controls > share * len(sample):
        raise SkipDocument("is a binary file of an unknown kind, not text")


def _decode_legacy(data: bytes, sample: bytes, declared: str | None) -> str:
    _refuse_binary(sample, 0.02)
    high = len(sample) - len(sample.translate(None, HIGH_BYTES))
    multibyte = sum(len(match) for match in MULTIBYTE.findall(sample))
    if multibyte and multibyte >= 0.6 * high:  # UTF-8 with a few broken bytes, e.g. cut in mid-character
        return data.decode("utf-8", "replace")
    for charset in (declared, _guess_charset(sample, high)):
        if charset:
            try:
                return replace_surrogates(data.decode(charset))
            except (LookupError, UnicodeDecodeError, ValueError):
                continue
    # cp1252 leaves five bytes open; nothing else fitted either
    return data.decode("cp1252", "replace")


def _guess_charset(sample: bytes, high: int) -> str | None:
    """English newsrooms wrote Windows-1252 or Mac Roman; a detector is needed for the rest only."""
    letters = len(sample) - len(sample.translate(None, HIGH_LETTERS))
    if letters <= WESTERN_SHARE * len(sample):
        if 2 * len(MAC_QUOTES.findall(sample)) > high:
            return "mac_roman"
        if not CP1252_UNDEFINED.search(sample):
            return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:32768]).best()
    return best.encoding if best else None


def read_text(source: Source) -> Iterator[Extract | SkipDocument]:
    """The file as one article."""
    yield Extract(text=decode_text(source.read()))
