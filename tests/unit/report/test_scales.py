"""Scales: everything lies within the chart, ticks do not touch, one day and one value have a place."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.report.scales import Days, buckets, stretch, values

DAYS = st.dates(date(1990, 1, 1), date(2035, 1, 1))


@settings(max_examples=80, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=60))
def test_days_lie_within_and_ticks_do_not_touch(days: list[date]) -> None:
    domain, outside = stretch(days)
    assert (domain.last - domain.first).days >= 6
    assert outside == sum(not domain.holds(d) for d in days)
    assert outside < len(days)
    assert all(0 <= domain.at(d) <= 100 for d in days)
    ticks = domain.ticks()
    assert all(b[0] - a[0] >= 24 for a, b in itertools.pairwise(ticks))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(-1e6, 1e12), min_size=1, max_size=40))
def test_values_lie_between_top_and_bottom_in_order(found: list[float]) -> None:
    scale = values(found, top=10, bottom=100)
    places = [scale.at(v) for v in sorted(found)]
    assert all(10 <= p <= 100 for p in places)
    assert places == sorted(places, reverse=True)
    assert all(scale.low <= v <= scale.high for _, v in scale.ticks())


def test_one_value_and_one_day_have_room() -> None:
    domain, _ = stretch([date(2025, 4, 27)])
    assert 30 < domain.at(date(2025, 4, 27)) < 80
    assert values([70.0], top=0, bottom=100).at(70) not in (0, 100)


def test_a_long_ago_date_does_not_squeeze_the_rest() -> None:
    days = [date(2025, 4, 1) + timedelta(days=n) for n in range(20)] + [date(1991, 1, 1)]
    domain, outside = stretch(days)
    assert outside == 1
    assert domain.first.year == 2025


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2025, 4, 1), date(2025, 4, 1), "day"),
        (date(2025, 4, 1), date(2025, 5, 10), "day"),
        (date(2025, 1, 1), date(2025, 10, 1), "week"),
        (date(2023, 1, 1), date(2025, 10, 1), "month"),
        (date(1990, 1, 1), date(2025, 1, 1), "year"),
    ],
)
def test_buckets_begin_at_or_before_the_first_day(first: date, last: date, name: str) -> None:
    begins, kind = buckets(first, last)
    assert kind == name
    assert begins[0] <= first
    assert begins[-1] <= last
    assert begins == sorted(set(begins))


def test_decades_are_used_where_values_differ_widely() -> None:
    assert values([1, 10_000], top=0, bottom=100).log
    assert not values([0, 10_000], top=0, bottom=100).log
    assert Days(date(2025, 1, 1), date(2025, 1, 11)).at(date(2024, 1, 1)) == 12.0
