"""Days: numeric, with a month, by name, by number, weekdays, today."""

from __future__ import annotations

import re

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import real_day, step
from dateline.normalize.date_clock import clock_value, part_value
from dateline.normalize.date_named import named_day, named_days
from dateline.normalize.date_quantities import edge
from dateline.normalize.date_readings import NO_ANCHOR, Meaning, Reading, Rule, Unresolved, day_number, registrar, weekday_number, word_value
from dateline.normalize.date_reference import dated

MEANINGS: dict[str, Rule] = {}
means = registrar(MEANINGS)


@means("clock_numdate", "numdate")
def _numeric(c: DateCandidate, context: Context) -> Reading | None:
    number = c.slots["num"]
    one, two, year = (int(part) for part in re.split(r"[./-]", number))
    if year < 100:
        year += 1900 if year > 50 else 2000
    first = True if "." in number or one > 12 else False if two > 12 else context.day_first
    if first is None and one != two:
        return Unresolved("DATE", "day and month of a numeric date are not told apart by the document")
    day, month = (one, two) if first else (two, one)
    found = real_day(year, month, day)
    if found is None:
        return Unresolved("DATE", f"the calendar has no day {year}-{month:02d}-{day:02d}", impossible=True)
    clock = clock_value(c.slots["clock"], None) if "clock" in c.slots else None
    return Meaning(type="TIME" if clock else "DATE", value=found.isoformat() + (f"T{clock}" if clock else ""))


@means("isodate")
def _iso(c: DateCandidate, context: Context) -> Reading | None:
    text = c.slots["iso"]
    found = real_day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if found is None:
        return Unresolved("DATE", f"the calendar has no day {text[:10]}", impossible=True)
    clock = re.match(r"\d\d:\d\d(?::\d\d)?", text[11:])
    return Meaning(type="TIME" if clock else "DATE", value=found.isoformat() + (f"T{clock.group()}" if clock else ""))


@means("month_day", "day_month", "month_days", "days_month")
def _month_day(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), mod=edge(c.slots.get("el")), anchor=kind) if day else problem


@means("the_nth")
def _the_nth(c: DateCandidate, context: Context) -> Reading | None:
    """ "On the 29th": the month of the last date mentioned in a narrative, else the occurrence nearest to the publication."""
    number = day_number(c.slots["day"])
    base, kind = (context.last_day, "context") if context.narrative and context.last_day else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    months = [step(base.replace(day=1), "M", count) for count in (-1, 0, 1)]
    days = [found for month in months if (found := real_day(month.year, month.month, number))]
    if not days:
        return Unresolved("DATE", f"no month has a day {number}", impossible=True)
    return Meaning(type="DATE", value=min(days, key=lambda day: abs((day - base).days)).isoformat(), anchor=kind)


@means("named_day")
def _named(c: DateCandidate, context: Context) -> Reading | None:
    rule = named_days()[" ".join(c.slots["name"].split())]
    if "year" in c.slots:
        return Meaning(type="DATE", value=named_day(rule, int(c.slots["year"])).isoformat())
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    days = [named_day(rule, year) for year in (base.year - 1, base.year, base.year + 1) if 1 <= year <= 9998]
    return Meaning(type="DATE", value=min(days, key=lambda day: abs((day - base).days)).isoformat(), anchor=kind)


@means("earlier_day")
def _earlier_day(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), mod=edge(c.slots["el"]), anchor=kind) if day else problem


@means("weekday")
def _bare_weekday(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), anchor=kind) if day else problem


@means("relday")
def _relday(c: DateCandidate, context: Context) -> Reading | None:
    if context.narrative and c.slots["day"] == "today":
        return Meaning(type="DATE", value="PRESENT_REF")  # A history's "today" is nowadays.
    day, kind, problem = dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), anchor=kind) if day else problem


@means("day_before")
def _day_before(c: DateCandidate, context: Context) -> Reading | None:
    if context.today is None:
        return Unresolved("DATE", NO_ANCHOR)
    offset = int(word_value("TODAY", c.slots["day"]) or 0)
    return Meaning(type="DATE", value=step(context.today, "D", 2 * offset or -1).isoformat(), anchor=context.kind)


@means("rel_day_part")
def _relative_day_part(c: DateCandidate, context: Context) -> Reading | None:
    """ "This Saturday morning": the day first, then its part."""
    day = _relative_weekday(c, context)
    if not isinstance(day, Meaning):
        return day
    return Meaning(type="TIME", value=f"{day.value}T{part_value(c.slots['part'])}", anchor=day.anchor)


@means("rel_weekday", "weekday_week")
def _relative_weekday(c: DateCandidate, context: Context) -> Reading | None:
    number, rel = weekday_number(c.slots["wd"]), c.slots["rel"]
    if any(cue in rel for cue in ("that", "same")) or ("following" in rel or "previous" in rel):
        base, kind = (context.last_day, "context") if context.last_day else (context.today, context.kind)
        if base is None:
            return Unresolved("DATE", "refers back to a day that the text has not named")
        ahead = (number - base.isoweekday()) % 7
        if "previous" in rel:
            ahead -= 7
        elif "following" in rel and not ahead:
            ahead = 7
        return Meaning(type="DATE", value=step(base, "D", ahead).isoformat(), anchor=kind)
    base, kind = context.today, context.kind
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    if c.rule == "weekday_week":
        monday = step(base, "D", 1 - base.isoweekday())
        week = -1 if "last" in rel else 1 if "next" in rel else 0
        return Meaning(type="DATE", value=step(monday, "D", 7 * week + number - 1).isoformat(), anchor=kind)
    back = (base.isoweekday() - number) % 7
    if "last" in rel or "past" in rel:
        offset = -(back or 7)
    elif "next" in rel or "coming" in rel:
        offset = 7 - back
    else:
        offset = number - base.isoweekday()
    return Meaning(type="DATE", value=step(base, "D", offset).isoformat(), mod=edge(c.slots.get("el")), anchor=kind)
