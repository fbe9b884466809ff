"""Which year, month or day an expression means that does not say it in full.

Publication day or the last date mentioned: news looks at the first, a story at the second. Weekdays are the same day or the most recent, the next one
on a cue; days of a month the nearest; months the most recent, unless the next one is near and nothing says that it is past.
"""

from __future__ import annotations

from datetime import date, timedelta

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import real_day, step
from dateline.normalize.date_readings import IN_STORY, NO_ANCHOR, Unresolved, day_number, month_number, weekday_number, word_value

# A month so near ahead is the coming one where no cue of tense says otherwise.
MONTHS_AHEAD = 3
# A story moves on: a day up to some weeks back may be meant, else the next one.
NARRATIVE_LEAN = 30
# A day so far ahead is rather that of the year before, unless a cue says that it is to come.
DAYS_AHEAD = 120
# A day so near the publication is meant whatever other year the document names it with.
DAYS_NEAR = 30


def year_of(words: str, context: Context) -> tuple[int | None, str | None]:
    """Return the year that "last year", "that year", "the following year" mean, and the anchor used."""
    back = words.replace("the ", "")
    base = context.last_year
    if any(cue in back for cue in ("that", "same", "previous", "following")) or back == "year":
        if base is None or (back == "year" and not context.narrative):
            base = context.today.year if context.today else base
        if base is None:
            return None, None
        return base + (-1 if "previous" in back else 1 if "following" in back else 0), "context"
    anchor = base if context.narrative or context.today is None else context.today.year
    if anchor is None:
        return None, None
    kind = context.kind if context.today and not context.narrative else "context"
    if back.startswith("last"):
        return anchor - 1, kind
    if back.startswith(("next", "coming")):
        return anchor + 1, kind
    return anchor, kind


def explicit_year(c: DateCandidate, context: Context) -> tuple[int | None, str | None]:
    if "year" in c.slots and c.slots["year"].isdigit():
        return int(c.slots["year"]), None
    if "yrel" in c.slots:
        return year_of(c.slots["yrel"], context)
    if context.range_end is not None and "season" in c.slots:
        return context.range_end.year, "context"
    if context.range_end is not None and "month" in c.slots and c.part != 2:
        # "From Nov. 15 to Feb. 15, 1989": the first half ends up before the second.
        begin = (month_number(c.slots["month"]), day_number(c.slots["day"]) if "day" in c.slots else 1)
        return context.range_end.year - (begin > (context.range_end.month, context.range_end.day)), "context" if c.part == 0 else None
    return None, None


def near_day(month: int, day: int, context: Context, c: DateCandidate) -> tuple[date | None, str | None]:
    """Return the occurrence of a day of a month nearest to the anchor: the last date mentioned in a narrative, else the publication day."""
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return None, None
    if kind == "context" and context.grain == "Y":
        return real_day(base.year, month, day), kind
    choices = [found for year in (base.year - 1, base.year, base.year + 1) if 1 <= year <= 9998 and (found := real_day(year, month, day))]
    if not choices and month == 2 and day == 29:
        choices = [found for year in range(base.year - 4, base.year + 5) if (found := real_day(year, 2, 29))]
    if not choices:
        return None, kind
    # A story moves on: a day up to three months back may be meant, else the next one.
    lean = NARRATIVE_LEAN if context.narrative and kind == "context" else 0
    if lean and c.lead.endswith("since"):
        choices = [found for found in choices if found <= base]
    nearest = min(choices, key=lambda found: abs((found - base).days - lean))
    if not context.narrative and (month, day) in context.known_days and abs((nearest - base).days) > DAYS_NEAR:
        return real_day(context.known_days[month, day], month, day), "context"  # Named with its year elsewhere in the document.
    if not lean and c.tense != "future" and (nearest - base).days > DAYS_AHEAD and nearest != min(choices):
        nearest = max(found for found in choices if found < base)  # "He was shot on Oct. 23", written in May.
    return nearest, kind


def near_month(month: int, context: Context, c: DateCandidate) -> tuple[date | None, str | None]:
    if context.narrative and context.last:
        return near_day(month, 1, context, c)
    if context.today is None:
        return None, None
    year = context.today.year
    ahead = (month - context.today.month) % 12
    coming = c.tense == "future" or (c.tense is None and c.lead.endswith(("until", "through", "till")))
    if coming or (0 < ahead <= MONTHS_AHEAD and c.tense is None):
        return date(year if month >= context.today.month else year + 1, month, 1), context.kind
    return date(year if month <= context.today.month else year - 1, month, 1), context.kind


def near_weekday(number: int, context: Context, c: DateCandidate) -> tuple[date | None, str | None]:
    """Return the weekday meant: the same day or the most recent one, the next one on a future cue."""
    if context.narrative and context.last_day:
        return context.last_day + timedelta(days=(number - context.last_day.isoweekday()) % 7), "context"
    if context.today is None:
        return None, None
    if context.range_end is not None and c.rule == "weekday":
        return step(context.range_end, "D", -((context.range_end.isoweekday() - number) % 7)), context.kind  # "From Monday through Wednesday".
    back = (context.today.isoweekday() - number) % 7
    if c.lead in {"soon as", "early as", "late as"} and back:
        return step(context.today, "D", 7 - back), context.kind
    if c.tense == "future" and back:
        return step(context.today, "D", 7 - back), context.kind
    return step(context.today, "D", -back), context.kind


def dated(c: DateCandidate, context: Context) -> tuple[date | None, str | None, Unresolved | None]:
    """Return the day that the slots wd, month + day, or day:today name."""
    slots = c.slots
    if "month" in slots and ("day" in slots or "day2" in slots):
        month = month_number(slots["month"])
        day = day_number(slots["day2"] if c.part == 2 else slots["day"])
        year, kind = explicit_year(c, context)
        if year is not None:
            found = real_day(year, month, day)
            if found is None:
                return None, kind, Unresolved("DATE", f"the calendar has no day {year}-{month:02d}-{day:02d}", impossible=True)
            return found, kind, None
        if real_day(2000, month, day) is None:
            return None, None, Unresolved("DATE", f"month {month} has no day {day}", impossible=True)
        found, kind = near_day(month, day, context, c)
        if found and context.today and kind == context.kind and found > context.today and c.lead.endswith(("ended", "since")):
            found = real_day(found.year - 1, month, day) or found
        return found, kind, None if found else Unresolved("DATE", NO_ANCHOR)
    if "wd" in slots:
        found, kind = near_weekday(weekday_number(slots["wd"]), context, c)
        return found, kind, None if found else Unresolved("DATE", NO_ANCHOR)
    word = slots.get("day", "today")
    if context.narrative:
        return None, None, Unresolved("DATE", IN_STORY)
    offset = int(word_value("TODAY", word) or 0)
    if context.today is None:
        return None, None, Unresolved("DATE", NO_ANCHOR)
    return step(context.today, "D", offset), context.kind, None
