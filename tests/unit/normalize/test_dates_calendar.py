"""Calendar arithmetic, amounts and named days."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dateline.normalize.date_calendar import at_grain, granularity, interval, is_timex, real_day, step
from dateline.normalize.date_named import easter, named_day, named_days
from dateline.normalize.date_quantities import duration, edge, modifier, number_of


@pytest.mark.parametrize(
    ("day", "unit", "count", "expected"),
    [
        (date(2024, 1, 31), "M", 1, date(2024, 2, 29)),
        (date(2024, 2, 29), "Y", -1, date(2023, 2, 28)),
        (date(2024, 1, 1), "D", -1, date(2023, 12, 31)),
        (date(2024, 3, 15), "Q", -2, date(2023, 9, 15)),
        (date(2024, 3, 15), "FORTNIGHT", 1, date(2024, 3, 29)),
        (date(2024, 3, 15), "CENT", -1, date(1924, 3, 15)),
    ],
)
def test_step(day: date, unit: str, count: int, expected: date) -> None:
    assert step(day, unit, count) == expected


def test_step_stays_within_the_calendar() -> None:
    assert step(date(2024, 1, 1), "MILL", -900).year == 1
    assert step(date(2024, 1, 1), "W", 10**7).year == 9998


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("D", "2024-12-30"),
        ("W", "2025-W01"),
        ("WE", "2025-W01-WE"),
        ("M", "2024-12"),
        ("Q", "2024-Q4"),
        ("Y", "2024"),
        ("DEC", "202"),
        ("CENT", "20"),
    ],
)
def test_grain(unit: str, value: str) -> None:
    assert at_grain(date(2024, 12, 30), unit) == value
    assert is_timex(value)
    begin_end = interval(value)
    assert begin_end is not None
    assert begin_end[0] < begin_end[1]


@pytest.mark.parametrize(
    ("value", "begin", "end"),
    [
        ("2024-W10-WE", datetime(2024, 3, 9), datetime(2024, 3, 11)),
        ("2023-WI", datetime(2023, 12, 1), datetime(2024, 3, 1)),
        ("2024-H2", datetime(2024, 7, 1), datetime(2025, 1, 1)),
        ("19", datetime(1900, 1, 1), datetime(2000, 1, 1)),
        ("2024-03-15T24:00", datetime(2024, 3, 16), datetime(2024, 3, 16, 0, 1)),
        ("2024-03-15TMO", datetime(2024, 3, 15, 6), datetime(2024, 3, 15, 12)),
    ],
)
def test_interval(value: str, begin: datetime, end: datetime) -> None:
    assert interval(value) == (begin, end)


@pytest.mark.parametrize("value", ["P3D", "PAST_REF", "XXXX-WXX-1", "2024-13", "2024-02-30", "2024-W60", "0000", "BC0480", "T07:20"])
def test_no_interval(value: str) -> None:
    assert interval(value) is None


def test_granularity_and_real_days() -> None:
    assert granularity("2024-03-15TNI") == "part_of_day"
    assert granularity("P1D") is None
    assert real_day(2023, 2, 29) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [("two", 2), ("twenty-four", 24), ("two and a half", 2.5), ("a hundred", 100), ("a couple of", 2), ("a dozen", 12), ("1,500", 1500), ("an", 1),
     ("several", None), ("a few", None), ("two to three", 2)],
)  # fmt: skip
def test_numbers(words: str, number: float | None) -> None:
    assert number_of(words) == number


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [("24", "H", "PT24H"), ("half an", "H", "PT30M"), ("half a", "Y", "P6M"), ("1.5", "Y", "P1Y6M"), ("two", "DEC", "P20Y"),
     ("a few", "CENT", "PXCE"),
     ("90", "MIN", "PT90M"), ("a", "WE", "P1WE")],
)  # fmt: skip
def test_durations(words: str, unit: str, value: str) -> None:
    assert duration(words, unit) == value
    assert is_timex(value)


def test_modifiers_come_from_the_table() -> None:
    assert modifier("no more than") == "EQUAL_OR_LESS"
    assert modifier("more than") == "MORE_THAN"
    assert modifier(None) is None
    assert edge("the middle of") == "MID"
    assert edge(None) is None


def test_easter_and_the_days_that_follow_it() -> None:
    assert [easter(year) for year in (1961, 2000, 2025)] == [date(1961, 4, 2), date(2000, 4, 23), date(2025, 4, 20)]
    assert named_day("easter-7", 2025) == date(2025, 4, 13)
    assert named_day("nth:11:4:4", 1999) == date(1999, 11, 25)
    assert named_day("nth:5:1:-1", 2024) == date(2024, 5, 27)
    assert all(named_day(rule, year) for rule in named_days().values() for year in (1900, 2023, 2024))
