"""Zones of clock times: minutes east of UTC, from the abbreviation, the offset or the "Kyiv time" that stands with them.

Values and intervals stay local to the text, as TIMEX3 has them; the offset is kept beside. "10:35 a.m. (0735 GMT)" names one moment twice: the second
gives the offset of the first, and the first gives the day of the second, which may be the day before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from dateline.extract.dates import DateCandidate
from dateline.model import Date
from dateline.resources import rows

WEST, EAST = -12 * 60, 14 * 60  # The offsets that are in use on Earth.
DAY = 24 * 60
_CLOCK = frozenset({"hour", "minute", "second"})
_OFFSET = re.compile(r"(?P<sign>[ ]?\+[ ]?|[\u2212-])(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?!\d)")
_NAMED_OFFSET = re.compile(r",?[ ]?\(?(?:UTC|GMT)(?P<offset>" + _OFFSET.pattern + r")")
_ISO_OFFSET = re.compile(r"T\d\d:\d\d(?::\d\d)?(?:(?P<zulu>Z)|(?P<offset>" + _OFFSET.pattern + r"))$")
_ZONE_TIME = re.compile(r",?[ ]\(?(?P<name>[A-Z][A-Za-z-]+(?:[ ][A-Z][A-Za-z-]+){0,2})(?:[ ]\w+)?[ ][Tt]ime\b")
_BRACKETED = re.compile(r"(?:[ ]local(?:[ ]time)?)?[ ]?[(/]\s*")


@cache
def _table() -> dict[str, int | str | None]:
    """Return minutes, or the name of an IANA zone, by what the text may write."""
    table: dict[str, int | str | None] = {}
    for zone in sorted(available_timezones()):
        continent, _, city = zone.rpartition("/")
        if continent.split("/")[0] in {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}:
            table[city.replace("_", " ")] = zone
    for row in rows("timezones.csv"):
        table[row["name"]] = int(row["offset_minutes"]) if row["offset_minutes"] else row["zone"] or None
    return table


def zoned(dates: Sequence[Date], candidates: Sequence[DateCandidate]) -> list[Date]:
    """Return the dates with the offsets of their clock times; the n-th date is the reading of the n-th candidate."""
    out = [_with_offset(found, candidate) if _is_clock(found) else found for found, candidate in zip(dates, candidates, strict=True)]
    for index, (first, second) in enumerate(pairwise(out)):
        if candidates[index + 1].rule != "clock" or not _is_clock(first) or not _is_clock(second):
            continue  # A second one that names its own day ("4 in the morning (4 a.m. EDT Thursday)") needs none from the first.
        if first.utc_offset is None and second.utc_offset is not None:
            between = candidates[index].after[: second.start - first.end]
            if first.end + len(between) == second.start and _BRACKETED.fullmatch(between):
                out[index], out[index + 1] = _same_moment(first, second, second.utc_offset)
    return out


def _is_clock(found: Date) -> bool:
    return found.type == "TIME" and (found.granularity in _CLOCK or re.match(r"T\d\d:", found.value) is not None)


def _with_offset(found: Date, candidate: DateCandidate) -> Date:
    offset = _offset(found, candidate)
    return found if offset is None else replace(found, utc_offset=offset)


def _offset(found: Date, candidate: DateCandidate) -> int | None:
    if iso := _ISO_OFFSET.search(candidate.slots.get("iso", "").upper()):
        return 0 if iso["zulu"] else _minutes(iso)
    name = candidate.slots.get("tz", "").upper()
    shift = _OFFSET.search(name) or (None if name else _NAMED_OFFSET.match(candidate.after))
    if shift is not None:
        return _minutes(shift)
    if not name and (words := _ZONE_TIME.match(candidate.after)):
        name = words["name"]
    zone = _table().get(name)
    if isinstance(zone, str):
        if found.date_from is None:
            return None  # Summer or winter time: without the day nobody knows.
        east = ZoneInfo(zone).utcoffset(found.date_from)
        return None if east is None else round(east / timedelta(minutes=1))
    return zone


def _minutes(match: re.Match[str]) -> int | None:
    total = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    total = total if match["sign"].strip() == "+" else -total
    return total if WEST <= total <= EAST else None


def _same_moment(local: Date, other: Date, offset: int) -> tuple[Date, Date]:
    """Return a local clock time with the offset that the second one gives it, and the second on its own day."""
    difference = _of_day(local.value) - _of_day(other.value) + offset
    fitting = [difference + turn for turn in (-DAY, 0, DAY) if WEST <= difference + turn <= EAST and (difference + turn) % 15 == 0]
    if len(fitting) != 1:
        return local, other  # Twelve hours apart, or no zone at all: one of them is misread or misprinted.
    first = replace(local, utc_offset=fitting[0])
    if local.date_from is None or other.date_from is None or other.date_to is None:
        return first, other
    begin = local.date_from + timedelta(minutes=offset - fitting[0])
    value = begin.date().isoformat() + other.value[10:]
    return first, replace(other, value=value, date_from=begin, date_to=begin + (other.date_to - other.date_from))


def _of_day(value: str) -> int:
    moment = datetime.strptime(value[value.index("T") + 1 :][:5].replace("24:", "00:"), "%H:%M")
    return moment.hour * 60 + moment.minute
