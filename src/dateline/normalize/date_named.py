"""Days known by name: Christmas, Easter Monday, Thanksgiving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from dateline.resources import rows


@cache
def named_days() -> Mapping[str, str]:
    """Return the rule of each name in lower case."""
    return {row["name"].lower(): row["rule"] for row in rows("named_days.csv")}


def easter(year: int) -> date:
    """Return Western Easter Sunday (the anonymous Gregorian algorithm).

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def named_day(rule: str, year: int) -> date:
    """Return the day of a rule of named_days.csv in a year."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    if rule.startswith("nth"):
        month, weekday, count = (int(part) for part in rule.split(":")[1:])
        if count < 0:
            after = date(year + month // 12, month % 12 + 1, 1)
            return after - timedelta(days=(after.isoweekday() - weekday - 1) % 7 + 1)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    return date(year, int(rule[:2]), int(rule[3:]))
