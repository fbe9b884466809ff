"""Publication dates as outlets write them: strict, because every weekday of the article is reckoned from this one day.

A date without a year, or one that reads differently as day-month and month-day, is refused with its reason and never completed from today's date
(which is what dateutil would do).
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any, Literal, NamedTuple

from dateutil import parser as dateutil_parser

from dateline.resources import rows

Precision = Literal["day", "minute", "second"]
_LONGEST = 80
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:[T ]\d{1,2}:?\d{2}(:?\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?(?:\d{2})?)?)?")
_GLUED = re.compile(r"(\d{4})(\d{1,2}:\d{2})")  # "August 12, 20249:32": two elements of a page run together.
_DOTTED_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?![\d.])")
_DOTTED_DATE = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")  # With dots the day comes first everywhere.
_HALF = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?\b")
_US_ZONE = re.compile(r"\s(?:ET|CT|MT|PT)\b")  # Summer or winter time is not said, so the time stays local.
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)


class Published(NamedTuple):
    """When something was published: `problem` says why `when` is None although something was written."""

    when: datetime | None = None
    precision: Precision | None = None
    problem: str | None = None


@cache
def _zones() -> dict[str, timezone]:
    return {row["name"]: timezone(timedelta(minutes=int(row["offset_minutes"]))) for row in rows("timezones.csv") if row["offset_minutes"]}


def parse_published(value: Any) -> Published:
    """Return the moment that `value` (string or number) names, timezone-aware where it gives an offset, with the precision in which it is written."""
    if value is None or value == "":
        return Published()
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return Published(problem="is no date")
    if isinstance(value, (int, float)):
        return _from_number(value)
    text = " ".join(value.split())
    if not text:
        return Published()
    if len(text) > _LONGEST:
        return Published(problem="is too long to be a date")
    if text.isdigit() and len(text) != 8:
        return _from_number(int(text)) if len(text) in (10, 13) else Published(problem="gives no day")
    if iso := _ISO.fullmatch(text):
        try:
            when = datetime.fromisoformat(text.replace(",", ".").replace(" +", "+").replace(" Z", "Z"))
        except ValueError:
            return Published(problem="names a day or time that does not exist")
        clock = "T" in text or " " in text
        # Midnight without an offset is how programs write "that day".
        if not clock or (when.tzinfo is None and (when.hour, when.minute, when.second) == (0, 0, 0)):
            return Published(datetime(when.year, when.month, when.day), "day")
        return Published(_fixed(when), "second" if iso.group(1) else "minute")
    return _from_words(text)


def _from_number(value: float) -> Published:
    if 19_000_101 <= value <= 29_991_231:
        return parse_published(str(int(value)))
    seconds = value / 1000 if value >= 1e11 else value
    if not 1e8 < seconds < 1e11:  # From 1973 on; smaller numbers are something else. False for NaN too.
        return Published(problem="is no date")
    try:
        return Published(datetime.fromtimestamp(seconds, UTC).replace(microsecond=0), "second")
    except (ValueError, OverflowError, OSError):
        return Published(problem="is no date")


def _from_words(text: str) -> Published:
    """Parse twice from two different defaults: what differs was not written and would have been invented."""
    text = _US_ZONE.sub("", _HALF.sub(r"\1m", _DOTTED_CLOCK.sub(r"\1:\2", _GLUED.sub(r"\1 \2", _ORDINAL.sub(r"\1", text)))))
    # dateutil reads "GMT+3" the POSIX way, as three hours west.
    text = _OFFSET.sub(lambda found: f"{found[1]}{int(found[2]):02}:{found[3] or '00'}", text)
    first, second = datetime(2001, 1, 1), datetime(2002, 2, 2, 2, 2, 2)
    one, two = _dateutil(text, first, dayfirst=False), _dateutil(text, second, dayfirst=False)
    other = _dateutil(text, first, dayfirst=True)
    if _DOTTED_DATE.search(text):
        one, two = other, _dateutil(text, second, dayfirst=True)
    if one is None or two is None or other is None:
        return Published(problem="is not understood as a date")
    if one.date() != two.date():
        return Published(problem="gives no full day (day, month and year)")
    if one.date() != other.date():
        return Published(problem="can be read as day-month and as month-day")
    clock = _CLOCK.search(text)
    if clock is None and one.time() != two.time():
        return Published(datetime(one.year, one.month, one.day), "day")
    return Published(_fixed(one.replace(microsecond=0)), "second" if clock and clock.group(1) else "minute")


def _dateutil(text: str, default: datetime, *, dayfirst: bool) -> datetime | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", dateutil_parser.UnknownTimezoneWarning)
            found = dateutil_parser.parse(text, default=default, dayfirst=dayfirst, tzinfos=_zones())
    except (ValueError, OverflowError, TypeError, AttributeError, dateutil_parser.UnknownTimezoneWarning):
        return None
    return found if isinstance(found, datetime) else None


def _fixed(when: datetime) -> datetime:
    """Return `when` with a plain offset: zone objects of parsers compare and pickle in their own ways."""
    offset = when.utcoffset()
    return when.replace(tzinfo=None if offset is None else timezone(offset))


def check_published(found: Published, *, now: datetime | None, future_days: int, oldest_year: int) -> Published:
    """Return `found`, or a refusal where the day lies in the future or before there was news to publish."""
    if found.when is None:
        return found
    today = now or datetime.now(UTC)
    today = today if today.tzinfo else today.replace(tzinfo=UTC)
    try:
        when = found.when if found.when.tzinfo else found.when.replace(tzinfo=UTC)
        ahead = when - today
    except OverflowError:
        return Published(problem="is no possible date")
    if found.when.year < oldest_year:
        return Published(problem=f"lies before {oldest_year}")
    if ahead > timedelta(days=future_days):
        return Published(problem=f"lies {ahead.days} days in the future")
    return found
