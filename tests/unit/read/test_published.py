"""Publication dates: strict, with precision, never completed from today."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.read.published import Published, check_published, parse_published


@pytest.mark.parametrize(
    ("written", "iso", "precision"),
    [
        ("2025-04-27", "2025-04-27T00:00:00", "day"),
        ("20250427", "2025-04-27T00:00:00", "day"),
        (20250427, "2025-04-27T00:00:00", "day"),
        ("2025-04-27T00:00:00", "2025-04-27T00:00:00", "day"),
        ("2025-04-27T21:30", "2025-04-27T21:30:00", "minute"),
        ("2025-04-27 21:30:15", "2025-04-27T21:30:15", "second"),
        ("2025-04-27T21:30:15Z", "2025-04-27T21:30:15+00:00", "second"),
        ("2025-04-27T21:30:15.250+03:00", "2025-04-27T21:30:15.250000+03:00", "second"),
        ("2025-04-27T21:30:15+0300", "2025-04-27T21:30:15+03:00", "second"),
        ("2025-04-27 21:30:15 +0300", "2025-04-27T21:30:15+03:00", "second"),
        ("Sun, 27 Apr 2025 21:30:15 GMT", "2025-04-27T21:30:15+00:00", "second"),
        ("Sun, 27 Apr 2025 21:30:15 -0400", "2025-04-27T21:30:15-04:00", "second"),
        ("27 April 2025", "2025-04-27T00:00:00", "day"),
        ("April 27th, 2025", "2025-04-27T00:00:00", "day"),
        ("April 27, 2025 9:30 PM EDT", "2025-04-27T21:30:00-04:00", "minute"),
        ("27.04.2025", "2025-04-27T00:00:00", "day"),
        ("04.05.2025, 10:30", "2025-05-04T10:30:00", "minute"),
        ("Sun 27 Apr 2025 21.30 BST", "2025-04-27T21:30:00+01:00", "minute"),
        ("April 27, 2025 9:30 PM GMT+3", "2025-04-27T21:30:00+03:00", "minute"),
        ("April 27, 20259:30 PM UTC-4:30", "2025-04-27T21:30:00-04:30", "minute"),
        ("Apr 27, 2025 at 9:30 p.m. ET", "2025-04-27T21:30:00", "minute"),
        (1745789415, "2025-04-27T21:30:15+00:00", "second"),
        (1745789415000, "2025-04-27T21:30:15+00:00", "second"),
    ],
)
def test_dates_as_outlets_write_them(written: object, iso: str, precision: str) -> None:
    found = parse_published(written)
    assert found.problem is None
    assert found.when is not None
    assert (found.when.isoformat(), found.precision) == (iso, precision)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("04/05/2025", "day-month"),
        ("April 2025", "full day"),
        ("2025", "no day"),
        ("Monday", "full day"),
        ("10:30", "full day"),
        ("2025-02-30", "does not exist"),
        ("2025-13-01", "does not exist"),
        ("yesterday", "not understood"),
        ("x" * 100, "too long"),
        ("April 27, 2025 9:30 PM XQZ", "not understood"),
        (True, "no date"),
        ({"a": 1}, "no date"),
        (float("nan"), "no date"),
        (float("inf"), "no date"),
        (-5, "no date"),
        (10**30, "no date"),
    ],
)
def test_what_names_no_day_is_refused_with_its_reason(written: object, problem: str) -> None:
    found = parse_published(written)
    assert found.when is None
    assert found.problem is not None
    assert problem in found.problem


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_nothing_is_no_problem(nothing: object) -> None:
    assert parse_published(nothing) == Published()


@pytest.mark.parametrize(
    ("written", "kept"),
    [("2026-01-02", True), ("2026-01-09", False), ("1899-12-31", False), ("1900-01-01", True), ("9999-12-31T23:59:59-12:00", False)],
)
def test_the_future_and_the_time_before_news_are_refused(written: str, kept: bool) -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    checked = check_published(parse_published(written), now=now, future_days=2, oldest_year=1900)
    assert (checked.when is not None) == kept
    assert (checked.problem is None) == kept
