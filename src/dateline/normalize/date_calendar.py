"""Calendar arithmetic on TIMEX3 values: build them, read them back as half-open intervals, step by units.

Seasons are those of the northern hemisphere in whole months (spring is March to May); a winter belongs to the year in which it begins. Weeks are ISO
weeks. All datetimes are naive and local to the text: TIMEX3 values here carry no zone.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
PART_HOURS = {"MO": (6, 12), "MI": (12, 14), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30), "DT": (6, 18)}
# Grains from coarse to fine, as Date.granularity names them.
GRAIN = {"CENT": "century", "DEC": "decade", "Y": "year", "Q": "quarter", "M": "month", "W": "week", "WE": "week", "D": "day", "NIGHT": "part_of_day",
         "H": "hour", "MIN": "minute", "S": "second"}  # fmt: skip

_VALUE = re.compile(
    r"""(?P<year>\d{4})
        (?:-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI)|-W(?P<week>\d\d)(?P<weekend>-WE)?
          |-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?:(?P<part>MO|MI|AF|EV|NI|DT)|(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)?))?)?)?
      |(?P<decade>\d{3})|(?P<century>\d\d)""",
    re.VERBOSE,
)
_TIMEX3 = re.compile(
    r"(?:BC)?\d{2,4}(?:-(?:Q[1-4X]|H[12]|SP|SU|FA|WI|W\d\d(?:-WE|-[1-7])?|(?:\d\d|XX)(?:-(?:\d\d|XX)(?:T(?:MO|MI|AF|EV|NI|DT|\d\d(?::\d\d(?::\d\d)?)?))?)?))?"
    r"|X{4}(?:-(?:SP|SU|FA|WI|Q[1-4X]|WXX-(?:[1-7]|WE)|(?:\d\d|XX)(?:-(?:\d\d|XX)(?:T(?:MO|MI|AF|EV|NI|DT))?)?)(?:T(?:MO|MI|AF|EV|NI|DT))?)?"
    r"|T(?:MO|MI|AF|EV|NI|DT|\d\d:\d\d(?::\d\d)?)"
    r"|P(?:\d+Y6M|T\d+H30M|T\d+M30S|\d+DT12H)"
    r"|P(?:T?(?:\d+(?:\.\d+)?|X)(?:DE|CE|ML|WE|[YQMWDHS])|T(?:\d+(?:\.\d+)?|X)[HMS])"
    r"|(?:PRESENT|PAST|FUTURE)_REF|UNRESOLVED"
)


def is_timex(value: str) -> bool:
    """Return whether a value is one that this package may write."""
    return _TIMEX3.fullmatch(value) is not None


def real_day(year: int, month: int, day: int) -> date | None:
    """Return the day, None when the calendar has none such (31 April)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def step(day: date, unit: str, count: int) -> date:
    """Return the day `count` units later; the last day of a month stays within its month. Clamped to the years 1 to 9998."""
    months = {"M": 1, "Q": 3, "Y": 12, "DEC": 120, "CENT": 1200, "MILL": 12000}.get(unit)
    if months is not None:
        index = day.year * 12 + day.month - 1 + months * count
        index = min(max(index, 12), 9998 * 12 + 11)
        year, month = divmod(index, 12)
        for last in (day.day, 30, 29, 28):
            found = real_day(year, month + 1, min(day.day, last))
            if found:
                return found
    days = {"D": 1, "NIGHT": 1, "W": 7, "WE": 7, "FORTNIGHT": 14}.get(unit, 0) * count
    low, high = date.min.toordinal() + 366, date(9998, 12, 31).toordinal()
    return date.fromordinal(min(max(day.toordinal() + days, low), high))


def season_of(day: date) -> str:
    """Return the season a day lies in."""
    return {12: "WI", 1: "WI", 2: "WI", 3: "SP", 4: "SP", 5: "SP", 6: "SU", 7: "SU", 8: "SU"}.get(day.month, "FA")


def at_grain(day: date, unit: str) -> str:
    """Return the TIMEX3 value of the unit that a day lies in."""
    if unit in {"CENT", "MILL"}:
        return f"{day.year // 100:02d}"
    if unit == "DEC":
        return f"{day.year // 10:03d}"
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit in {"W", "WE", "FORTNIGHT"}:
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")
    return day.isoformat()


def granularity(value: str) -> str | None:
    """Return the granularity a value is given at, None where it is no date."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    found = match.groupdict()
    for key, name in (("second", "second"), ("minute", "minute"), ("hour", "hour"), ("part", "part_of_day"), ("day", "day"), ("month", "month"),
                      ("week", "week"), ("season", "season"), ("half", "half"), ("quarter", "quarter"), ("year", "year"),
                      ("decade", "decade")):  # fmt: skip
        if found[key] is not None:
            return name
    return "century"


def _until(begin: date, unit: str, count: int) -> tuple[datetime, datetime]:
    return datetime.combine(begin, time()), datetime.combine(step(begin, unit, count), time())


def interval(value: str) -> tuple[datetime, datetime] | None:
    """Return the half-open interval of a value; None for durations, sets, references and anything that is no date of the calendar.

    >>> interval("2025-02")
    (datetime.datetime(2025, 2, 1, 0, 0), datetime.datetime(2025, 3, 1, 0, 0))
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    number = {key: int(text) for key, text in match.groupdict().items() if text and text.isdigit()}
    if "century" in number:
        return _until(date(max(number["century"] * 100, 1), 1, 1), "Y", 100)
    if "decade" in number:
        return _until(date(max(number["decade"] * 10, 1), 1, 1), "Y", 10)
    year = number["year"]
    if not 1 <= year <= 9998:
        return None
    if "quarter" in number:
        return _until(date(year, number["quarter"] * 3 - 2, 1), "M", 3)
    if "half" in number:
        return _until(date(year, number["half"] * 6 - 5, 1), "M", 6)
    if match["season"]:
        return _until(date(year, SEASON_MONTH[match["season"]], 1), "M", 3)
    if "week" in number:
        try:
            monday = date.fromisocalendar(year, number["week"], 1)
        except ValueError:
            return None
        return _until(step(monday, "D", 5), "D", 2) if match["weekend"] else _until(monday, "W", 1)
    if "month" not in number:
        return _until(date(year, 1, 1), "Y", 1)
    first = real_day(year, number["month"], number.get("day", 1))
    if first is None:
        return None
    if "day" not in number:
        return _until(first, "M", 1)
    midnight = datetime.combine(first, time())
    if match["part"]:
        begin, end = PART_HOURS[match["part"]]
        return midnight + timedelta(hours=begin), midnight + timedelta(hours=end)
    if "hour" not in number:
        return _until(first, "D", 1)
    hour, minute, second = number["hour"], number.get("minute", 0), number.get("second", 0)
    if hour > 24 or minute > 59 or second > 59:
        return None
    width = timedelta(seconds=1) if "second" in number else timedelta(minutes=1) if "minute" in number else timedelta(hours=1)
    begin_at = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    return begin_at, begin_at + width
