"""What an expression takes from the next one: "5 p.m. on Wednesday", "from May 15 to Aug. 16, 1988", "the quarter ended July 31"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import interval, step
from dateline.normalize.date_readings import Meaning
from dateline.normalize.date_values import MEANINGS

# Blanks are not given back: nothing that follows begins with one, and three runs that share them would be tried in every way.
_ON = re.compile(r"[\s)]*+\(?(?:\([^()]{0,20}\)|(?:local|[a-z]{3,9}) time)?,?\s*+(?:on|,)?\s*+(?:the\s)?")
_ENDED = re.compile(r"\s*(?:end(?:ed|ing)(?:\s+on)?|to|through|up to)\s+")
_BRACKET = {" (", " local time ("}
_INTO = re.compile(r"\s+(?:on|into)\s+")
_RANGE = re.compile(r"\s*(?:-|–|—|to|until|till|through|/|and|and the|,? or|and through)\s*(?:the\s)?")
_THROUGH = re.compile(r"\s*(?:-|–|—|to|until|till|through)\s*")
_DAY_RULES = frozenset(
    {"weekday", "relday", "month_day", "day_month", "rel_weekday", "day_part", "numdate", "isodate", "weekday_week", "clock_day", "clock_date"}
)
_Day = tuple[date | None, str | None]


def look_ahead(candidates: Sequence[DateCandidate], index: int, context: Context) -> None:
    """Read the next candidate first where this one hangs on it; the context keeps the day or the end of the range."""
    context.range_end = context.next_day = context.next_kind = None
    candidate = candidates[index]
    if candidate.slots.get("year"):
        return
    if candidate.rule == "clock":
        if index + 2 < len(candidates) and "tz" in candidates[index + 1].slots and _gap(candidate, candidates[index + 1]) in _BRACKET:
            candidate, index = candidates[index + 1], index + 1  # "10:35 a.m. (0735 GMT) Friday": the day stands behind both.
        context.next_day, context.next_kind = _day(candidate, candidates, index, _ON, context)
    elif candidate.rule == "overnight":
        context.next_day, context.next_kind = _day(candidate, candidates, index, _INTO, context)
    elif candidate.rule in {"the_day", "duration", "first_units"}:
        context.next_day, context.next_kind = _day(candidate, candidates, index, _ENDED, context)
    elif candidate.rule == "weekday":
        last, _ = _day(candidate, candidates, index, _THROUGH, context)
        context.range_end = last
    elif "month" in candidate.slots or "season" in candidate.slots:
        _range(candidate, candidates, index, context)


def _gap(one: DateCandidate, other: DateCandidate) -> str | None:
    """Return the text between two candidates, None where it is long."""
    distance = other.start - one.end
    return one.after[:distance].lower() if 0 <= distance <= len(one.after) else None


def _following(candidate: DateCandidate, candidates: Sequence[DateCandidate], index: int, between: re.Pattern[str]) -> DateCandidate | None:
    if index + 1 == len(candidates):
        return None
    gap = _gap(candidate, candidates[index + 1])
    return candidates[index + 1] if gap is not None and between.fullmatch(gap) else None


def _read(candidate: DateCandidate, context: Context) -> tuple[datetime, datetime, str | None] | None:
    reading = MEANINGS[candidate.rule](candidate, context)
    found = interval(reading.value) if isinstance(reading, Meaning) else None
    return (*found, reading.anchor) if found is not None and isinstance(reading, Meaning) else None


def _day(candidate: DateCandidate, candidates: Sequence[DateCandidate], index: int, between: re.Pattern[str], context: Context) -> _Day:
    after = _following(candidate, candidates, index, between)
    found = _read(after, context) if after is not None and after.rule in _DAY_RULES else None
    return (found[0].date(), found[2]) if found else (None, None)


def _range(candidate: DateCandidate, candidates: Sequence[DateCandidate], index: int, context: Context) -> None:
    after = _following(candidate, candidates, index, _RANGE)
    if after is None or not (after.slots.get("year") or after.slots.get("yrel") or candidate.lead.endswith(("between", "from"))):
        return
    found = _read(after, context)
    if found is not None:
        context.range_end = step(found[1].date(), "D", -1)
