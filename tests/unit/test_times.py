"""Days, months and years in words."""

from __future__ import annotations

import pytest

from onrecord.times import find_name_day, find_times, find_url_day, make_month, read_day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021-02-28", "2021-02-28"),
        ("2021-02-28T23:59:00Z", "2021-02-28"),
        ("20210228", "2021-02-28"),
        ("Sun, 28 Feb 2021 10:00:00 +0000", "2021-02-28"),
        ("28 February 2021", "2021-02-28"),
        ("28th of February, 2021", "2021-02-28"),
        ("February 28, 2021", "2021-02-28"),
        ("SEPT. 3, 2001", "2001-09-03"),
        ("28.02.2021", "2021-02-28"),
        ("03.04.2021", "2021-04-03"),
        ("13/12/2022", "2022-12-13"),
        ("12/13/2022", "2022-12-13"),
        ("11:13 GMT28 February 2021", "2021-02-28"),
    ],
)
def test_day_is_read(words: str, day: str) -> None:
    assert read_day(words) == day


@pytest.mark.parametrize(
    "words",
    [
        "05/12/22",
        "February 2021",
        "2021",
        "31/11/2020",
        "may 3, 2021",
        "6,500",
        "",
        "1 May 2020 or 2 May 2020",
    ],
)
def test_day_in_doubt_is_not_read(words: str) -> None:
    assert read_day(words) is None


def test_both_orders_are_given_when_figures_leave_them_open() -> None:
    (mention,) = find_times("see the issue of 05/12/22 for more")
    assert [period.first for period in mention.readings] == ["2022-05-12", "2022-12-05"]


def test_months_and_years_are_periods() -> None:
    month, year = find_times("It began in February 2020 and ended in 2021.")
    assert month.readings[0] == ("2020-02-01", "2020-02-29", "month")
    assert year.readings[0] == ("2021-01-01", "2021-12-31", "year")
    assert make_month(2023, 12).last == "2023-12-31"


@pytest.mark.parametrize(
    "words", ["the 1980s", "1999-2001", "$2000", "some 2,000 men", "version 2.0.2021", "2020%"]
)
def test_other_figures_are_no_years(words: str) -> None:
    assert list(find_times(words)) == []


def test_spans_are_where_the_words_stand() -> None:
    text = "Held on 3 March 2021, repeated in June 2021 and again in 2022."
    assert [text[slice(*mention.span)] for mention in find_times(text)] == [
        "3 March 2021",
        "June 2021",
        "2022",
    ]


def test_addresses_and_file_names() -> None:
    assert find_url_day("https://example.org/news/2021/02/28/title") == "2021-02-28"
    assert find_url_day("https://example.org/world/2021/feb/28/title") == "2021-02-28"
    assert find_url_day("https://example.org/2021/13/45/title") is None
    assert find_url_day(None) is None
    assert find_name_day("2021-02-28_karsk.txt") == "2021-02-28"
    assert find_name_day("courier 20210228.txt") == "2021-02-28"
    assert find_name_day("000_23b20210228d877d0.txt") is None
    assert find_name_day("2021-02-28_to_2021-03-01.txt") is None
