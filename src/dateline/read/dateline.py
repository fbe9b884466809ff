"""The dateline of a dispatch ("KYIV, Aug 12 (Desk) -"): place, day and desk, as data.

A place in capitals suffices; a place in mixed case ("Kyiv, 12 August -") needs a day or a desk beside it, since "Ukraine - a country" is a sentence.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from dateutil import parser as dateutil_parser

from dateline.read.boilerplate import phrases

_MONTHS = {name.lower(): number for number, names in enumerate(dateutil_parser.parserinfo.MONTHS, 1) for name in names}
_MONTH = "(?i:" + "|".join(sorted((re.escape(name) for name in _MONTHS), key=len, reverse=True)) + r")\.?"
_DAYNAME = r"(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\b"
_WEEKDAY = rf"(?:{_DAYNAME}\.?,?\s)?"
_DAY = rf"{_WEEKDAY}(?:(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s(?P<month2>{_MONTH}))(?:,?\s(?P<year>\d{{4}}))?"
_CAPITALS = r"(?:[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.'’]{0,24})"
_PLACE = rf"{_CAPITALS}(?:[ /-]{{1,3}}{_CAPITALS}){{0,5}}"
_NAME = r"[A-ZÀ-Þ][\w.'’-]{0,24}"
_MIXED = rf"{_NAME}(?:[ /-]{_NAME}){{0,3}}"
_REGION = rf"(?:,\s(?!{_MONTH}\s\d|{_DAYNAME})(?P<region>{_NAME}(?:\s(?:of\s|and\s|the\s)?{_NAME}){{0,3}}))?"
_DESK = r"(?:\s?[(\[](?P<desk>[^()\[\]\n]{2,40})[)\]])?"
_DASH = r"(?:\s?[—―]\s?|\s?--\s?|\s[-–_]\s|(?<=[)\]])\s?[-–:_]\s?|[–_]\s)"
_WIRE = r"(?:\s(?P<wire>[A-Z]{2,8}))?"  # "Kyiv, Ukraine CNN -": an agency without brackets.
_END = rf"(?:{_DASH}|(?P<open>(?<=[)\]])\s))(?=\S)"
_DATELINE = re.compile(rf"(?P<place>{_PLACE}){_REGION}(?:,?\s{_DAY})?,?{_DESK}{_WIRE}{_END}")
_MIXED_DATELINE = re.compile(rf"(?P<place>{_MIXED}){_REGION}(?:,?\s{_DAY})?,?{_DESK}{_WIRE}{_END}")
_DESK_ALONE = re.compile(rf"(?:[(\[](?P<desk>[^()\[\]\n]{{2,40}})[)\]]|(?P<wire>[A-Z]{{2,8}})){_DASH}(?=\S)")
_MARK = re.compile(r"[—―–_)\]-]")  # One of these ends every dateline.
_LONGEST = 160


class Dateline(NamedTuple):
    """What stands before the first sentence; `length` is how many characters it takes, 0 where there is none."""

    place: str | None = None
    day: date | None = None
    desk: str | None = None
    length: int = 0


def find_dateline(text: str, published: date | None = None) -> Dateline:
    """Return the dateline at the start of `text`.

    Args:
        text: The body. Leading white space is skipped and counted in `length`.
        published: Gives the year to a day without one: the year in which that day lies nearest to it. Without both, the day stays unknown.
    """
    skip = len(text) - len(text.lstrip())
    head = text[skip : skip + _LONGEST]
    if _MARK.search(head) is None:
        return Dateline()
    alone = _DESK_ALONE.match(head)
    if alone is not None and _is_agency(alone["desk"] or alone["wire"]):
        return Dateline(None, None, alone["desk"] or alone["wire"], skip + alone.end())
    found = _DATELINE.match(head)
    if found is None or not _holds(found):
        found = _MIXED_DATELINE.match(head)
        if found is None or not _holds(found) or not (found["desk"] or found["wire"] or found["day"] or found["day2"] or _ends_in_agency(found)):
            return Dateline()
    if head[found.end()].islower():  # The sentence goes on: "NATO members - in all 32 - agreed".
        return Dateline()
    region, wire = found["region"] or "", found["wire"]
    if wire is None and " " in region and _ends_in_agency(found):
        region, wire = region.rsplit(" ", 1)
    region = region.removesuffix(".") if region.count(".") == 1 else region  # "Spain." but "D.C."
    place = f"{found['place']}, {region}" if region else found["place"]
    return Dateline(place, _day(found, published), found["desk"] or wire, skip + found.end())


def _holds(found: re.Match[str]) -> bool:
    """Return whether the words are a dateline: no label instead of a place, a known agency where brackets or dash are missing."""
    place = found["place"]
    if sum(map(str.isalpha, place)) < 3 or place.casefold().strip(" .") in phrases("label"):
        return False
    return (not found["wire"] or _is_agency(found["wire"])) and (found["open"] is None or _is_agency(found["desk"]))


def _ends_in_agency(found: re.Match[str]) -> bool:
    return _is_agency((found["region"] or "").rpartition(" ")[2])


def _is_agency(name: str | None) -> bool:
    return name is not None and name.casefold() in phrases("agency")


def _day(found: re.Match[str], published: date | None) -> date | None:
    name, number = found["month"] or found["month2"], found["day"] or found["day2"]
    if not name:
        return None
    month, day = _MONTHS[name.lower().rstrip(".")], int(number)
    if found["year"]:
        return _date(int(found["year"]), month, day)
    if published is None:
        return None
    near = [when for year in (published.year - 1, published.year, published.year + 1) if (when := _date(year, month, day))]
    best = min(near, key=lambda when: abs(when - published), default=None)
    return best if best is not None and abs(best - published) <= timedelta(days=60) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
