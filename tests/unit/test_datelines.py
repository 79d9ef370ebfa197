"""Datelines of made-up wire stories, and lines that are none."""

from __future__ import annotations

import pytest

from onrecord.reading.datelines import find_datelines


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT ANSEL, May 15 (Norpress) - ",
        "PORT ANSEL (Norpress) — ",
        "LISK, Varsenia -- ",
        "TOLM, 3 June 2031: ",
        "KADMA, Upper Sarn, ",
    ],
)
def test_a_dateline_is_cut_with_its_dash(dateline: str) -> None:
    text = f"Headline here\n\n{dateline}The bridge will open, the minister said.\n"
    found = [text[span.start : span.end] for span in find_datelines(text)]
    assert found == ([dateline] if dateline.rstrip()[-1] in "-—–:" else [])


@pytest.mark.parametrize(
    "line",
    [
        "NATO said on Monday that talks had begun.",
        "The UN - which has no troops there - denied it.",
        "Q: When will it open?",
        "A 12-year-old boy said that he was afraid.",
    ],
)
def test_other_lines_have_none(line: str) -> None:
    assert find_datelines(line) == []
