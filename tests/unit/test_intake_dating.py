"""Publication days and bounds."""

from __future__ import annotations

import pytest

from onrecord.intake.cleaning import find_litter
from onrecord.intake.dating import Publication, date_document
from onrecord.intake.extracts import DateClaim

BODY = (
    "The council of Karsk said on Tuesday that the bridge would be closed for repairs until the end of the week.\n"
    "Drivers were told to use the ferry."
)


def date_text(text: str, *claims: DateClaim, url: str | None = None, name: str = "") -> Publication:
    cleaning = find_litter(text)
    return date_document(
        text, claims=claims, litter=cleaning.litter, title_span=cleaning.title_span, url=url, name=name
    )


def test_nothing_known_nothing_said() -> None:
    assert date_text(BODY) == Publication()


def test_sure_claim_stays_sure() -> None:
    found = date_text(BODY, DateClaim(day="2031-05-14", origin="json-ld", sure=True))
    assert (found.day, found.origin, found.sure) == ("2031-05-14", "json-ld", True)


def test_contradicted_claim_is_not_sure() -> None:
    sure = DateClaim(day="2031-05-14", origin="json-ld", sure=True)
    assert not date_text(BODY, sure, DateClaim(day="2031-06-20", origin="meta")).sure
    assert date_text(BODY, sure, DateClaim(day="2031-05-15", origin="meta")).sure


def test_header_and_address_that_agree_are_sure() -> None:
    claim = DateClaim(day="2031-05-14", origin="header")
    assert not date_text(BODY, claim).sure
    assert date_text(BODY, claim, url="https://example.org/2031/05/14/bridge").sure


def test_claim_before_what_the_text_tells_is_not_sure() -> None:
    text = BODY + "\nThe old bridge collapsed in June 2030."
    found = date_text(text, DateClaim(day="2029-01-01", origin="json-ld", sure=True))
    assert (found.day, found.sure) == ("2029-01-01", False)


@pytest.mark.parametrize("day", ["1899-12-31", "0001-01-01", "2021-02-30", "2150-01-01", "soon"])
def test_impossible_claim_is_dropped(day: str) -> None:
    assert date_text(BODY, DateClaim(day=day, origin="meta", sure=True)).day is None


def test_claim_far_beyond_the_others_is_dropped() -> None:
    found = date_text(
        BODY, DateClaim(day="2035-01-01", origin="meta"), DateClaim(day="2031-05-14", origin="page")
    )
    assert found.day == "2031-05-14"


def test_address_then_file_name() -> None:
    found = date_text(BODY, url="https://example.org/2031/05/14/bridge", name="2031-05-20.txt")
    assert (found.day, found.origin, found.sure) == ("2031-05-14", "url", False)
    found = date_text(BODY, name="courier-2031-05-20.txt")
    assert (found.day, found.origin, found.sure) == ("2031-05-20", "name", False)


def test_stated_day_in_the_header() -> None:
    text = f"Bridge in Karsk closes for repairs\nPublished 14 May 2031, 09:12\n{BODY}"
    found = date_text(text)
    assert (found.day, found.origin, found.sure) == ("2031-05-14", "text", False)


def test_page_clock_is_a_bound_only() -> None:
    text = f"11:20 GMT14 May 2031\nListen Live\nGet short URL\n{BODY}"
    found = date_text(text)
    assert found.day is None
    assert found.not_after is not None and found.not_after.day == "2031-05-14"
    assert text[slice(*found.not_after.evidence)] == "14 May 2031"


def test_last_change_is_a_bound_only() -> None:
    found = date_text(f"Bridge in Karsk closes for repairs\nUpdated: 14 May 2031\n{BODY}")
    assert found.day is None
    assert found.not_after is not None and found.not_after.day == "2031-05-14"


def test_dateline_with_its_year() -> None:
    text = "KARSK, May 14, 2031 (Reuters) - The council of Karsk said that the bridge would be closed for repairs."
    assert date_text(text).day == "2031-05-14"


@pytest.mark.parametrize(
    ("sentence", "day", "words"),
    [
        (
            "The talks, which took place in December 2030, ended without a result.",
            "2030-12-01",
            "in December 2030",
        ),
        ("The group was formed in\xa02029, when the army split.", "2029-01-01", "in\xa02029"),
        ("The same year it lost. In 2030, the party won every seat.", "2030-01-01", "In 2030"),
        ("The law has been in force since 2028.", "2028-01-01", "since 2028"),
        ("He was arrested on 3 March 2030 at the border.", "2030-03-03", "on 3 March 2030"),
    ],
)
def test_past_is_a_bound_from_below(sentence: str, day: str, words: str) -> None:
    text = f"{BODY}\n{sentence}"
    bound = date_text(text).not_before
    assert bound is not None and bound.day == day
    assert text[slice(*bound.evidence)] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "The tunnel will be opened in 2040.",
        "She was named a candidate in the 2036 race.",
        "The contract was extended until 2044.",
        "Parliament delayed the tax, so that it takes effect in 2038.",
        "They hope that it was not promised for 2039.",
        "A poll of 2033 voters was published.",
    ],
)
def test_future_and_figures_bind_nothing(sentence: str) -> None:
    assert date_text(f"{BODY}\n{sentence}").not_before is None


def test_announced_event_is_a_bound_from_above() -> None:
    found = date_text(f"{BODY}\nThe vote will be held on 9 June 2031.")
    assert found.not_after is not None and found.not_after.day == "2031-06-09"
    assert date_text(f"{BODY}\nHe said that the vote will be held on 9 June 2031.").not_after is None
