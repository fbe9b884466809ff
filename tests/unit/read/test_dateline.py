"""Datelines: place, day and desk as data."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.read.dateline import find_dateline

REST = "Troops moved on Friday."
DAY = date(2024, 8, 13)


@pytest.mark.parametrize(
    ("head", "place", "day", "desk"),
    [
        ("KYIV, Aug 12 (Desk) - ", "KYIV", date(2024, 8, 12), "Desk"),
        ("KYIV, Aug. 12, 2023 (Desk) — ", "KYIV", date(2023, 8, 12), "Desk"),
        ("KRAMATORSK, Ukraine - ", "KRAMATORSK, Ukraine", None, None),
        ("KRAMATORSK, Ukraine (AP) — ", "KRAMATORSK, Ukraine", None, "AP"),
        ("MOSCOW/KYIV, Aug 14 - ", "MOSCOW/KYIV", date(2024, 8, 14), None),
        ("ODESA, 10 August – ", "ODESA", date(2024, 8, 10), None),
        ("PORT-AU-PRINCE, Haiti -- ", "PORT-AU-PRINCE, Haiti", None, None),
        ("DEIR AL-BALAH, Gaza Strip - ", "DEIR AL-BALAH, Gaza Strip", None, None),
        ("WASHINGTON — ", "WASHINGTON", None, None),
        ("O'SMACH, Cambodia (AP)_ ", "O'SMACH, Cambodia", None, "AP"),
        ("FLINT, Mich., Aug. 4 (UPI) — ", "FLINT, Mich", date(2024, 8, 4), "UPI"),
        ("Kyiv, 12 August (Sample Desk) - ", "Kyiv", date(2024, 8, 12), "Sample Desk"),
        ("Geneva (Sample Desk) – ", "Geneva", None, "Sample Desk"),
        ("CNN — ", None, None, "CNN"),
        ("(AP) — ", None, None, "AP"),
        ("Kyiv, Ukraine CNN — ", "Kyiv, Ukraine", None, "CNN"),
        ("Kyiv, Ukraine (CNN) ", "Kyiv, Ukraine", None, "CNN"),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", None, None),
        ("SUMY, Monday, Aug 12 - ", "SUMY", date(2024, 8, 12), None),
    ],
)
def test_datelines(head: str, place: str | None, day: date | None, desk: str | None) -> None:
    found = find_dateline(head + REST, DAY)
    assert (found.place, found.day, found.desk, found.length) == (place, day, desk, len(head))


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine - a country at war - asked for help.",
        "Troops moved - slowly - on Friday.",
        "NATO - The alliance met on Friday.",
        "EXCLUSIVE - Troops moved on Friday.",
        "UPDATE: Troops moved on Friday.",
        "KYIV said on Friday that troops moved.",
        "F-16 - The jet arrived.",
        "The army (in the east) Troops moved.",
        "Moscow, Russia - The capital woke up.",
        "KYIV - based troops moved on Friday.",
        "",
        "    ",
        "A" * 5000,
    ],
)
def test_sentences_are_no_datelines(text: str) -> None:
    assert find_dateline(text, DAY).length == 0


def test_the_year_comes_from_the_publication_across_new_year() -> None:
    assert find_dateline("KYIV, Dec 31 - " + REST, date(2025, 1, 1)).day == date(2024, 12, 31)
    assert find_dateline("KYIV, Jan 1 - " + REST, date(2024, 12, 31)).day == date(2025, 1, 1)


def test_without_publication_or_year_the_day_stays_unknown() -> None:
    found = find_dateline("KYIV, Aug 12 - " + REST)
    assert (found.place, found.day) == ("KYIV", None)


def test_a_day_far_from_the_publication_or_impossible_is_unknown() -> None:
    assert find_dateline("KYIV, Aug 12 - " + REST, date(2024, 2, 1)).day is None
    assert find_dateline("KYIV, Feb 30 - " + REST, date(2024, 2, 1)).day is None


def test_white_space_before_it_is_counted() -> None:
    text = "\n KYIV - Troops moved."
    assert text[find_dateline(text).length :] == "Troops moved."
