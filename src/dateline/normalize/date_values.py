"""What each rule of the date grammar means: from the slots of a candidate and the anchors to a TIMEX3 value.

One function a rule, registered by name; it returns a Meaning or a reason why there is none. Grain follows the expression ("three years ago" is a year,
"two weeks ago" an ISO week), which is what docs/facts.md and most TimeBank annotators do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateline.extract.date_words import lexicon
from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import SEASON_MONTH, at_grain, real_day, step
from dateline.normalize.date_named import named_day, named_days
from dateline.normalize.date_quantities import duration, modifier, number_of, unit_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A TIMEX3 reading; `begin` and `end` where the interval is not that of the value (anchored durations); `amount_only`: without "later"."""

    type: str
    value: str
    mod: str | None = None
    anchor: str | None = None
    begin: datetime | None = None
    end: datetime | None = None
    amount_only: bool = False


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why an expression has no value: `reason` for people; impossible ones are rejected altogether."""

    type: str
    reason: str
    impossible: bool = False
    value: str = "UNRESOLVED"


# A month so near ahead is the coming one where no cue of tense says otherwise.
MONTHS_AHEAD = 3
NARRATIVE_LEAN = 30
NO_ANCHOR = "no publication date, and neither dateline nor URL gives the day"
Reading = Meaning | Unresolved
Rule = Callable[[DateCandidate, Context], Reading | None]
MEANINGS: dict[str, Rule] = {}


def _means(*rules: str) -> Callable[[Rule], Rule]:
    def register(function: Rule) -> Rule:
        for rule in rules:
            MEANINGS[rule] = function
        return function

    return register


def _value(role: str, word: str) -> str | None:
    return lexicon().value(role, word)


def _edge(words: str | None) -> str | None:
    """Return START, MID or END for "early", "the middle of", "later"."""
    if not words:
        return None
    for cue, mod in (("early", "START"), ("earlier", "START"), ("start", "START"), ("begin", "START"), ("mid", "MID"), ("late", "END"), ("latter", "END"),
                     ("end", "END"), ("close", "END")):  # fmt: skip
        if cue in words:
            return mod
    return None


def _month(word: str) -> int:
    return int(_value("MONTH", word) or 0)


def _weekday(word: str) -> int:
    return int(_value("WEEKDAY", word) or _value("WEEKDAY_ABBR", word) or 1)


def _day(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else int(_value("ORD", word) or 0)


def _nth(word: str) -> int:
    return _day(word)


def _year_of(words: str, context: Context) -> tuple[int | None, str | None]:
    """Return the year that "last year", "that year", "the following year" mean, and the anchor used."""
    back = words.replace("the ", "")
    base = context.last_year
    if any(cue in back for cue in ("that", "same", "previous", "following")) or back == "year":
        if base is None or (back == "year" and not context.narrative):
            base = context.today.year if context.today else base
        if base is None:
            return None, None
        return base + (-1 if "previous" in back else 1 if "following" in back else 0), "context"
    anchor = context.today.year if context.today and not context.narrative else base if base is not None else None
    if anchor is None:
        return (context.today.year, context.kind) if context.today else (None, None)
    kind = context.kind if context.today and not context.narrative else "context"
    if back.startswith("last"):
        return anchor - 1, kind
    if back.startswith(("next", "coming")):
        return anchor + 1, kind
    return anchor, kind


def _explicit_year(c: DateCandidate, context: Context) -> tuple[int | None, str | None]:
    if "year" in c.slots and c.slots["year"].isdigit():
        return int(c.slots["year"]), None
    if "yrel" in c.slots:
        return _year_of(c.slots["yrel"], context)
    if context.range_end is not None and "season" in c.slots:
        return context.range_end.year, "context"
    if context.range_end is not None and "month" in c.slots and c.part != 2:
        # "From Nov. 15 to Feb. 15, 1989": the first half ends up before the second.
        begin = (_month(c.slots["month"]), _day(c.slots["day"]) if "day" in c.slots else 1)
        return context.range_end.year - (begin > (context.range_end.month, context.range_end.day)), "context" if c.part == 0 else None
    return None, None


def _clock_value(words: str, part: str | None) -> str | None:
    """Return T-time ("15:00") of "3 p.m.", "noon", "13:30", "0800 hours"; None when it is no time of day."""
    noon = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}.get(words)
    if noon:
        return noon
    digits = re.match(r"(\d{1,4})(?:[:.](\d\d))?(?::(\d\d))?", words)
    if digits:
        hour, minute = int(digits[1]), int(digits[2] or 0)
        if len(digits[1]) >= 3 and not digits[2]:
            hour, minute = divmod(hour, 100)
        second = digits[3]
    else:
        hour, minute, second = int(number_of(words.split()[0]) or 0), 0, None
    letters = words.replace(".", "").replace(" ", "")
    pm = letters.endswith("pm") or part in {"AF", "EV", "NI"} and 3 < hour < 12
    am = letters.endswith("am") or part == "MO"
    if pm and hour < 12:
        hour += 12
    elif am and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second}" if second else "")


def _near_day(month: int, day: int, context: Context, lead: str) -> tuple[date | None, str | None]:
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
    if lean and lead.endswith("since"):
        choices = [found for found in choices if found <= base]
    return min(choices, key=lambda found: abs((found - base).days - lean)), kind


def _near_month(month: int, context: Context, c: DateCandidate) -> tuple[date | None, str | None]:
    if context.narrative and context.last:
        return _near_day(month, 1, context, c.lead)
    if context.today is None:
        return None, None
    year = context.today.year
    ahead = (month - context.today.month) % 12
    if c.tense == "future" or (0 < ahead <= MONTHS_AHEAD and c.tense is None):
        return date(year if month >= context.today.month else year + 1, month, 1), context.kind
    return date(year if month <= context.today.month else year - 1, month, 1), context.kind


def _near_weekday(number: int, context: Context, c: DateCandidate) -> tuple[date | None, str | None]:
    """Return the weekday meant: the same day or the most recent one, the next one on a future cue."""
    if context.narrative and context.last_day:
        return context.last_day + timedelta(days=(number - context.last_day.isoweekday()) % 7), "context"
    if context.today is None:
        return None, None
    back = (context.today.isoweekday() - number) % 7
    if c.lead in {"soon as", "early as", "late as"} and back:
        return step(context.today, "D", 7 - back), context.kind
    if c.tense == "future" and back:
        return step(context.today, "D", 7 - back), context.kind
    return step(context.today, "D", -back), context.kind


def _dated(c: DateCandidate, context: Context) -> tuple[date | None, str | None, Unresolved | None]:
    """Return the day that the slots wd, month + day, or day:today name."""
    slots = c.slots
    if "month" in slots and ("day" in slots or "day2" in slots):
        month = _month(slots["month"])
        day = _day(slots["day2"] if c.part == 2 else slots["day"])
        year, kind = _explicit_year(c, context)
        if year is not None:
            found = real_day(year, month, day)
            if found is None:
                return None, kind, Unresolved("DATE", f"the calendar has no day {year}-{month:02d}-{day:02d}", impossible=True)
            return found, kind, None
        if real_day(2000, month, day) is None:
            return None, None, Unresolved("DATE", f"month {month} has no day {day}", impossible=True)
        found, kind = _near_day(month, day, context, c.lead)
        if found and context.today and kind == context.kind and found > context.today and c.lead.endswith(("ended", "since")):
            found = real_day(found.year - 1, month, day) or found
        return found, kind, None if found else Unresolved("DATE", NO_ANCHOR)
    if "wd" in slots:
        found, kind = _near_weekday(_weekday(slots["wd"]), context, c)
        return found, kind, None if found else Unresolved("DATE", NO_ANCHOR)
    word = slots.get("day", "today")
    if context.narrative:
        return None, None, Unresolved("DATE", "said by somebody within the story, on a day that the text does not give")
    if word == "tonight":
        offset = 0
    else:
        offset = int(_value("TODAY", word) or 0)
    if context.today is None:
        return None, None, Unresolved("DATE", NO_ANCHOR)
    return step(context.today, "D", offset), context.kind, None


@_means("clock_numdate", "numdate")
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
    clock = _clock_value(c.slots["clock"], None) if "clock" in c.slots else None
    return Meaning(type="TIME" if clock else "DATE", value=found.isoformat() + (f"T{clock}" if clock else ""))


@_means("isodate")
def _iso(c: DateCandidate, context: Context) -> Reading | None:
    text = c.slots["iso"]
    found = real_day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if found is None:
        return Unresolved("DATE", f"the calendar has no day {text[:10]}", impossible=True)
    clock = re.match(r"\d\d:\d\d(?::\d\d)?", text[11:])
    return Meaning(type="TIME" if clock else "DATE", value=found.isoformat() + (f"T{clock.group()}" if clock else ""))


@_means("clock_date", "clock_day")
def _clock_on_day(c: DateCandidate, context: Context) -> Reading | None:
    part = _value("PART", c.slots["part"]) if "part" in c.slots else None
    clock = _clock_value(c.slots["clock"], part)
    if clock is None:
        return Unresolved("TIME", f"no time of day: {c.slots['clock']}", impossible=True)
    if c.slots.get("day") == "tonight" and clock < "12:00" and ":" in clock:
        clock = f"{int(clock[:2]) + 12:02d}{clock[2:]}"
    day, kind, problem = _dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{clock}", mod=modifier(c.slots.get("mod")), anchor=kind)


@_means("clock")
def _clock(c: DateCandidate, context: Context) -> Reading | None:
    part = _value("PART", c.slots["part"]) if "part" in c.slots else None
    clock = _clock_value(c.slots["clock"], part)
    if clock is None:
        return Unresolved("TIME", f"no time of day: {c.slots['clock']}", impossible=True)
    # The day is the one named last in this sentence or the one before; else that of the publication. "As of 08:00" dates a bulletin.
    if c.lead == "as of" and c.slots["clock"][-1].isdigit() and context.next_day is None and context.today is not None and not context.narrative:
        return Meaning(type="TIME", value=f"{context.today.isoformat()}T{clock}", anchor=context.kind)
    if context.in_night and context.last_day is not None and clock < "12:00" and c.sentence - context.last_sentence <= 2:
        return Meaning(type="TIME", value=f"{step(context.last_day, 'D', 1).isoformat()}T{clock}", mod=modifier(c.slots.get("mod")), anchor="context")
    if context.next_day is not None:
        return Meaning(type="TIME", value=f"{context.next_day.isoformat()}T{clock}", mod=modifier(c.slots.get("mod")), anchor=context.next_kind)
    if context.last_day is not None and (c.sentence - context.last_sentence <= 2 or context.narrative):
        return Meaning(type="TIME", value=f"{context.last_day.isoformat()}T{clock}", mod=modifier(c.slots.get("mod")), anchor="context")
    if context.today is None:
        return Meaning(type="TIME", value=f"T{clock}", mod=modifier(c.slots.get("mod")))
    return Meaning(type="TIME", value=f"{context.today.isoformat()}T{clock}", mod=modifier(c.slots.get("mod")), anchor=context.kind)


def _part_value(words: str) -> str:
    return _value("PART", words) or {"noon": "MI", "midday": "MI", "midnight": "NI"}.get(words, "MO")


@_means("day_part", "date_part", "part_of_date", "part_of_day", "night_of")
def _part_of_day(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = _dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    word = c.slots["part"]
    if word in {"noon", "midday", "midnight"}:
        return Meaning(type="TIME", value=f"{day.isoformat()}T{'24:00' if word == 'midnight' else '12:00'}", anchor=kind)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{_part_value(word)}", mod=_edge(c.slots.get("el")), anchor=kind)


@_means("early_hours", "early_weekday")
def _early(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = _dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    part = "MO" if c.slots["el"].startswith("early") else "EV"
    return Meaning(type="TIME", value=f"{day.isoformat()}T{part}", anchor=kind)


@_means("dawn_on")
def _dawn(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = _dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{_part_value(c.slots['part'])}", mod="BEFORE" if c.slots else None, anchor=kind)


@_means("early_part")
def _early_part(c: DateCandidate, context: Context) -> Reading | None:
    base, kind = (context.last_day, "context") if context.last_day and c.sentence - context.last_sentence <= 1 else (context.today, context.kind)
    if base is None:
        return Unresolved("TIME", NO_ANCHOR)
    return Meaning(type="TIME", value=f"{base.isoformat()}T{_part_value(c.slots['part'])}", mod=_edge(c.slots["el"]), anchor=kind)


@_means("part_before")
def _part_before(c: DateCandidate, context: Context) -> Reading | None:
    """ "The evening before", "the week after": next to the last date mentioned."""
    word, count = c.slots["part"], -1 if c.slots["dir"] == "before" else 1
    part = _value("PART", word)
    base = context.last_day if part or word == "day" else context.last
    if base is None:
        return Unresolved("TIME" if part else "DATE", "refers back to a date that the text has not named")
    unit = "D" if part else unit_of(word)
    value = at_grain(step(base, unit, count), unit)
    return Meaning(type="TIME" if part else "DATE", value=f"{value}T{part}" if part else value, anchor="context")


@_means("the_nth")
def _the_nth(c: DateCandidate, context: Context) -> Reading | None:
    """ "On the 29th": the month of the last date mentioned in a narrative, else the occurrence nearest to the publication."""
    number = _day(c.slots["day"])
    base, kind = (context.last_day, "context") if context.narrative and context.last_day else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    months = [step(base.replace(day=1), "M", count) for count in (-1, 0, 1)]
    days = [found for month in months if (found := real_day(month.year, month.month, number))]
    if not days:
        return Unresolved("DATE", f"no month has a day {number}", impossible=True)
    return Meaning(type="DATE", value=min(days, key=lambda day: abs((day - base).days)).isoformat(), anchor=kind)


@_means("named_day")
def _named(c: DateCandidate, context: Context) -> Reading | None:
    rule = named_days()[" ".join(c.slots["name"].split())]
    if "year" in c.slots:
        return Meaning(type="DATE", value=named_day(rule, int(c.slots["year"])).isoformat())
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    days = [named_day(rule, year) for year in (base.year - 1, base.year, base.year + 1) if 1 <= year <= 9998]
    return Meaning(type="DATE", value=min(days, key=lambda day: abs((day - base).days)).isoformat(), anchor=kind)


@_means("era_season", "era_month", "years_era")
def _era_parts(c: DateCandidate, context: Context) -> Reading | None:
    era = "BC" if c.slots["era"].startswith("b") else ""
    year = f"{era}{int(c.slots['year2' if c.part == 2 else 'year']):04d}"
    if len(year) > len(era) + 4:
        return None
    tail = f"-{_value('SEASON', c.slots['season'])}" if "season" in c.slots else f"-{_month(c.slots['month']):02d}" if "month" in c.slots else ""
    return Meaning(type="DATE", value=year + tail, mod=_edge(c.slots.get("el")))


@_means("earlier_day")
def _earlier_day(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = _dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), mod=_edge(c.slots["el"]), anchor=kind) if day else problem


@_means("tonight", "overnight")
def _night(c: DateCandidate, context: Context) -> Reading | None:
    if context.today is None:
        return Unresolved("TIME", NO_ANCHOR)
    begin = end = None
    if c.rule == "overnight":
        # "Overnight" in the day's report is the night before it: from the evening before until the morning.
        end = datetime.combine(context.today, time(6))
        begin = end - timedelta(hours=12)
    return Meaning(type="TIME", value=f"{context.today.isoformat()}TNI", anchor=context.kind, begin=begin, end=end)


@_means("rel_part")
def _relative_part(c: DateCandidate, context: Context) -> Reading | None:
    rel, part = c.slots["rel"], _part_value(c.slots["part"])
    mod = _edge(c.slots.get("el"))
    if any(cue in rel for cue in ("that", "same", "following", "previous", "next")):
        if context.last_day is None:
            return Unresolved("TIME", "refers back to a day that the text has not named")
        base = context.last_night if part == "NI" and context.last_night and ("that" in rel or "same" in rel) else context.last_day
        day = step(base, "D", -1 if "previous" in rel else 1 if ("following" in rel or "next" in rel) else 0)
        return Meaning(type="TIME", value=f"{day.isoformat()}T{part}", mod=mod, anchor="context")
    if context.today is None:
        return Unresolved("TIME", NO_ANCHOR)
    day = step(context.today, "D", -1 if "last" in rel and part in {"NI", "EV"} else 0)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{part}", mod=mod, anchor=context.kind)


@_means("month_day", "day_month", "month_days", "days_month")
def _month_day(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = _dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), mod=_edge(c.slots.get("el")), anchor=kind) if day else problem


@_means("month_year")
def _month_year(c: DateCandidate, context: Context) -> Reading | None:
    year, kind = _explicit_year(c, context)
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year:04d}-{_month(c.slots['month']):02d}", mod=_edge(c.slots.get("el")), anchor=kind)


@_means("month")
def _bare_month(c: DateCandidate, context: Context) -> Reading | None:
    if context.bc_year is not None:
        return Meaning(type="DATE", value=f"BC{context.bc_year:04d}-{_month(c.slots['month']):02d}", mod=_edge(c.slots.get("el")), anchor="context")
    ranged, kind = _explicit_year(c, context)
    if ranged is not None:
        return Meaning(type="DATE", value=f"{ranged:04d}-{_month(c.slots['month']):02d}", mod=_edge(c.slots.get("el")), anchor=kind)
    found, kind = _near_month(_month(c.slots["month"]), context, c)
    if found is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{found.year:04d}-{found.month:02d}", mod=_edge(c.slots.get("el")), anchor=kind)


@_means("month_rel")
def _relative_month(c: DateCandidate, context: Context) -> Reading | None:
    month = _month(c.slots["month"])
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    rel = c.slots["rel"]
    if "this" in rel:
        year = base.year
    elif any(cue in rel for cue in ("next", "following", "coming")):
        year = base.year if month > base.month else base.year + 1
    else:
        year = base.year if month < base.month else base.year - 1
    return Meaning(type="DATE", value=f"{year:04d}-{month:02d}", mod=_edge(c.slots.get("el")), anchor=kind)


def _recent_quarter(number: int, context: Context, c: DateCandidate) -> tuple[int | None, str | None]:
    """Return the year of a quarter named without one: the most recent that has begun."""
    if context.today is None:
        return None, None
    year = context.today.year
    begun = number <= (context.today.month + 2) // 3
    if c.tense == "future" and not begun:
        return year, context.kind
    return (year if begun else year - 1), context.kind


@_means("quarter")
def _quarter(c: DateCandidate, context: Context) -> Reading | None:
    number = int(_value("QTOKEN", c.slots["q"]) or 1) if "q" in c.slots else _nth(c.slots["n"])
    if not 1 <= number <= 4:
        return None
    year, kind = _explicit_year(c, context)
    if year is None:
        year, kind = _recent_quarter(number, context, c)
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year - ('ago' in c.slots):04d}-Q{number}", anchor=kind)


@_means("half")
def _half(c: DateCandidate, context: Context) -> Reading | None:
    number = int(_value("HTOKEN", c.slots["h"]) or 1) if "h" in c.slots else _nth(c.slots["n"])
    year, kind = _explicit_year(c, context)
    if number not in {1, 2}:
        return None
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year:04d}-H{number}", anchor=kind)


@_means("quarters")
def _quarters(c: DateCandidate, context: Context) -> Reading | None:
    year, kind = _explicit_year(c, context)
    count = number_of(c.slots["num"])
    if year is None or count != 2:
        return Meaning(type="DURATION", value=duration(c.slots["num"], "Q"))
    return Meaning(type="DATE", value=f"{year:04d}-H{1 if c.slots['which'] == 'first' else 2}", anchor=kind)


@_means("nine_months", "first_units")
def _first_units(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value=duration(c.slots.get("num") or c.slots["qty"], unit_of(c.slots["unit"])))


def _quarter_near(c: DateCandidate, context: Context) -> str | None:
    """Return the quarter that the text is speaking of: one named in this sentence or within the two before."""
    return context.last_quarter if context.last_quarter and c.sentence - context.quarter_sentence <= 3 else None


@_means("latest_period", "quarter_ago")
def _latest_period(c: DateCandidate, context: Context) -> Reading | None:
    quarter = _quarter_near(c, context) or (context.last_quarter if "quarter" in c.slots.get("period", "") else None)
    anchor: str | None = "context"
    if c.slots.get("rel") in {"current", "present"} and context.today is not None:
        return Meaning(type="DATE", value=at_grain(context.today, "Q"), anchor=context.kind)
    if "ago" not in c.slots and "year" not in c.slots and quarter is not None:
        quarter = context.ended_quarter or quarter
    if quarter is None:
        if context.today is None:
            return Unresolved("DATE", NO_ANCHOR)
        named, kind = _explicit_year(c, context)
        if named is not None and "quarter" not in c.slots["period"]:
            return Meaning(type="DATE", value=f"{named:04d}", anchor=kind)
        quarter, anchor = at_grain(step(context.today, "Q", -1), "Q"), context.kind
    year = int(quarter[:4])
    named, _ = _explicit_year(c, context)
    if "ago" in c.slots:
        year -= 1
    elif named is not None:
        year = named
    return Meaning(type="DATE", value=f"{year:04d}{quarter[4:]}", anchor=anchor)


@_means("year_ago")
def _year_ago(c: DateCandidate, context: Context) -> Reading | None:
    """ "A year ago" in a report on a quarter is that quarter of the year before."""
    quarter = _quarter_near(c, context)
    if quarter is not None:
        return Meaning(type="DATE", value=f"{int(quarter[:4]) - 1:04d}{quarter[4:]}", anchor="context")
    if "earlier" in c.slots["ago"] and context.last is not None and (context.narrative or context.today is None):
        return Meaning(type="DATE", value=f"{context.last.year - 1:04d}", anchor="context")
    if context.today is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{context.today.year - 1:04d}", anchor=context.kind)


@_means("fiscal_year")
def _fiscal_year(c: DateCandidate, context: Context) -> Reading | None:
    year, kind = _explicit_year(c, context)
    if year is None and "rel" in c.slots:
        year, kind = _year_of(c.slots["rel"], context)
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year:04d}", mod=_edge(c.slots.get("el")), anchor=kind)


@_means("around_the_clock")
def _no_date(c: DateCandidate, context: Context) -> Reading | None:
    return None


@_means("full_year")
def _full_year(c: DateCandidate, context: Context) -> Reading | None:
    if context.today is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{context.today.year:04d}", anchor=context.kind)


@_means("nth_unit")
def _nth_unit(c: DateCandidate, context: Context) -> Reading | None:
    """ "The first week" of something: a week long, whichever it is."""
    return Meaning(type="DURATION", value=duration("a", unit_of(c.slots["unit"])))


@_means("the_part")
def _the_part(c: DateCandidate, context: Context) -> Reading | None:
    base, kind = (context.last_day, "context") if context.last_day else (context.today, context.kind)
    if base is None:
        return None
    return Meaning(type="TIME", value=f"{base.isoformat()}T{_part_value(c.slots['part'])}", anchor=kind)


@_means("fiscal_span")
def _fiscal_span(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value="P1Y")


@_means("season")
def _season(c: DateCandidate, context: Context) -> Reading | None:
    code = _value("SEASON", c.slots["season"]) or "SU"
    year, kind = _explicit_year(c, context)
    rel = c.slots.get("rel", "")
    if year is None and context.bc_year is not None:
        return Meaning(type="DATE", value=f"BC{context.bc_year:04d}-{code}", mod=_edge(c.slots.get("el")), anchor="context")
    if year is None:
        base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
        if base is None:
            return Unresolved("DATE", NO_ANCHOR)
        if ("that" in rel or "same" in rel) and context.last_year is not None:
            return Meaning(type="DATE", value=f"{context.last_year:04d}-{code}", mod=_edge(c.slots.get("el")), anchor="context")
        begin = date(base.year, SEASON_MONTH[code], 1)
        if "last" in rel or "past" in rel or "previous" in rel:
            year = base.year if base >= step(begin, "M", 3) else base.year - 1
        elif "next" in rel or "coming" in rel or "following" in rel:
            year = base.year if base < begin else base.year + 1
        elif "this" in rel or context.narrative or c.tense == "future":
            year = base.year
        else:
            year = base.year if base >= begin else base.year - 1
        if code == "WI" and base.month <= 2 and year == base.year and not ("next" in rel or "coming" in rel):
            year = base.year - 1 if not context.narrative else base.year
    return Meaning(type="DATE", value=f"{year:04d}-{code}", mod=_edge(c.slots.get("el")), anchor=kind)


@_means("decade")
def _decade(c: DateCandidate, context: Context) -> Reading | None:
    word = c.slots["decade"]
    digits = re.sub(r"\D", "", word)
    if "era" in c.slots:
        return Meaning(type="DATE", value=f"BC{int(digits) // 10:03d}", mod=_edge(c.slots.get("el")))
    if len(digits) == 4:
        value = digits[:3]
    else:
        tens = int(digits[0]) if digits else int(_value("DECADE_WORD", word) or 0)
        # "the nineties": the century that puts the decade last before the anchor.
        now = (context.today.year if context.today else 2030) // 10
        value = f"{next((century * 10 + tens for century in (now // 10, now // 10 - 1) if century * 10 + tens <= now), tens):03d}"
    return Meaning(type="DATE", value=value, mod=_edge(c.slots.get("el")))


@_means("century")
def _century(c: DateCandidate, context: Context) -> Reading | None:
    number = _nth(c.slots["n"])
    if "era" in c.slots:
        return Meaning(type="DATE", value=f"BC{number - 1:02d}", mod=_edge(c.slots.get("el")))
    return Meaning(type="DATE", value=f"{number - 1:02d}", mod=_edge(c.slots.get("el"))) if 1 <= number <= 30 else None


@_means("year_era")
def _era(c: DateCandidate, context: Context) -> Reading | None:
    year = int(c.slots["year"])
    if not 0 < year < 10000:
        return None
    before = c.slots["era"].startswith("b")
    return Meaning(type="DATE", value=f"{'BC' if before else ''}{year:04d}", mod=_edge(c.slots.get("el")))


@_means("years_range")
def _years(c: DateCandidate, context: Context) -> Reading | None:
    first = c.slots["year"]
    if c.part == 1:
        return Meaning(type="DATE", value=first, mod=_edge(c.slots.get("el")))
    second = c.slots["year2"]
    value = second if len(second) == 4 else first[: 4 - len(second)] + second
    return Meaning(type="DATE", value=value) if int(value) > int(first) else None


@_means("year", "year_tail")
def _year(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value=c.slots["year"], mod=_edge(c.slots.get("el")) or ("ON_OR_AFTER" if c.rule == "year_tail" else None))


def _spoken_year(words: str) -> int:
    """Return the year of "nineteen ninety-six" or "two thousand five"."""
    parts = [int(_value("CARD", part) or 0) for part in re.findall(r"[a-z]+", words)]
    return 2000 + sum(parts[2:]) if parts[1] == 1000 else parts[0] * 100 + sum(parts[1:])


@_means("year_words", "month_year_words")
def _year_words(c: DateCandidate, context: Context) -> Reading | None:
    month = f"-{_month(c.slots['month']):02d}" if "month" in c.slots else ""
    return Meaning(type="DATE", value=f"{_spoken_year(c.slots['years']):04d}{month}", mod=_edge(c.slots.get("el")))


@_means("units_ago")
def _units_ago(c: DateCandidate, context: Context) -> Reading | None:
    unit = unit_of(c.slots["unit"])
    amount = number_of(c.slots["qty"]) if "qty" in c.slots else None
    if amount is None:
        return Meaning(type="DATE", value="PAST_REF")
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    return _shifted(base, context.moment, unit, -amount, kind, modifier(c.slots.get("mod")))


def _shifted(base: date, moment: datetime | None, unit: str, amount: float, kind: str | None, mod: str | None) -> Reading:
    """Return the date `amount` units from a base, at the grain of the unit."""
    if abs(amount) > 1e5:
        return Unresolved("DATE", "so long a time that no calendar year can be given", impossible=True)
    if unit in {"H", "MIN", "S"}:
        delta = timedelta(hours=amount) if unit == "H" else timedelta(minutes=amount) if unit == "MIN" else timedelta(seconds=amount)
        if moment is None:
            return Unresolved("TIME", "counts hours or minutes from a time of day that is not known")
        when = moment + delta
        return Meaning(type="TIME", value=f"{when:%Y-%m-%dT%H:%M}", anchor=kind, mod=mod)
    if amount != int(amount):
        finer = {"Y": ("M", 12), "DEC": ("Y", 10), "CENT": ("Y", 100), "W": ("D", 7), "M": ("D", 30)}.get(unit)
        if finer:
            unit, amount = finer[0], round(amount * finer[1])
    day = step(base, unit, int(amount))
    grain = {"DEC": "Y", "CENT": "Y", "NIGHT": "D", "FORTNIGHT": "W"}.get(unit, unit)
    return Meaning(type="DATE", value=at_grain(day, grain), anchor=kind, mod=mod)


@_means("units_later")
def _units_later(c: DateCandidate, context: Context) -> Reading | None:
    unit = unit_of(c.slots["unit"])
    amount = number_of(c.slots["qty"]) if "qty" in c.slots else None
    forward = c.slots["dir"] != "earlier"
    if amount is None:
        return Meaning(type="DATE", value="FUTURE_REF" if forward else "PAST_REF")
    if unit in {"H", "MIN", "S"}:
        if context.last_time is None:
            return Meaning(type="DURATION", value=duration(c.slots["qty"], unit), amount_only=True)
        return _shifted(context.last_time.date(), context.last_time, unit, amount if forward else -amount, "context", None)
    if context.bc_year is not None and context.narrative and unit in {"Y", "DEC", "CENT"}:
        count = int(amount) * {"Y": 1, "DEC": 10, "CENT": 100}[unit]
        year = context.bc_year - count if forward else context.bc_year + count
        return Meaning(type="DATE", value=f"BC{year:04d}", anchor="context") if 0 < year < 10000 else None
    base = context.last
    if base is None:
        if context.today is None:
            return Unresolved("DATE", "counts from a date that the text has not named")
        base = context.today
    if unit in {"D", "NIGHT"} and context.last_day is not None:
        base = context.last_day
    kept = _grain_of_base(unit, context)
    shifted = _shifted(base, None, unit, amount if forward else -amount, "context", modifier(c.slots.get("mod")))
    if kept and isinstance(shifted, Meaning):
        return Meaning(type="DATE", value=at_grain(step(base, unit, int(amount if forward else -amount)), kept), anchor="context", mod=shifted.mod)
    return shifted


def _grain_of_base(unit: str, context: Context) -> str | None:
    """A week from a day named before is that day of the next week; coarser units keep their own grain."""
    return "D" if unit == "W" and context.grain == "D" else None


@_means("day_before")
def _day_before(c: DateCandidate, context: Context) -> Reading | None:
    if context.today is None:
        return Unresolved("DATE", NO_ANCHOR)
    offset = int(_value("TODAY", c.slots["day"]) or 0)
    return Meaning(type="DATE", value=step(context.today, "D", 2 * offset or -1).isoformat(), anchor=context.kind)


@_means("rel_units")
def _relative_units(c: DateCandidate, context: Context) -> Reading | None:
    """ "The past 24 hours" is a length with a begin and an end."""
    unit = unit_of(c.slots["unit"])
    value = duration(c.slots["qty"], unit)
    begin, end = _anchored(c.slots["dir"], unit, number_of(c.slots["qty"]), context)
    return Meaning(type="DURATION", value=value, mod=modifier(c.slots.get("mod")), anchor=context.kind if begin else None, begin=begin, end=end)


def _anchored(direction: str, unit: str, amount: float | None, context: Context) -> tuple[datetime | None, datetime | None]:
    """Return the interval of a length that ends (past) or begins (next) at the publication; a day-precise publication counts to the end of that day."""
    if context.today is None or amount is None or not 0 < amount <= 1e4:
        return None, None
    pivot_end = context.moment or datetime.combine(step(context.today, "D", 1), time())
    pivot_begin = context.moment or datetime.combine(context.today, time())
    back = direction in {"past", "last", "latest", "previous"}
    if not back and direction not in {"next", "coming"}:
        return None, None
    if unit in {"H", "MIN", "S"}:
        delta = timedelta(hours=amount) if unit == "H" else timedelta(minutes=amount) if unit == "MIN" else timedelta(seconds=amount)
        return (pivot_end - delta, pivot_end) if back else (pivot_begin, pivot_begin + delta)
    if back:
        return datetime.combine(step(pivot_end.date(), unit, -int(amount)), pivot_end.time()), pivot_end
    return pivot_begin, datetime.combine(step(pivot_begin.date(), unit, int(amount)), pivot_begin.time())


@_means("rel_weekday", "weekday_week")
def _relative_weekday(c: DateCandidate, context: Context) -> Reading | None:
    number, rel = _weekday(c.slots["wd"]), c.slots["rel"]
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
    return Meaning(type="DATE", value=step(base, "D", offset).isoformat(), mod=_edge(c.slots.get("el")), anchor=kind)


@_means("rel_unit", "end_unit", "the_day")
def _relative_unit(c: DateCandidate, context: Context) -> Reading | None:
    """This, last, next, that, the following: a unit by its neighbour."""
    unit, rel, mod = unit_of(c.slots["unit"]), c.slots.get("rel", "the"), _edge(c.slots.get("el"))
    if c.rule == "the_day" and unit == "Y" and c.follow.startswith(("ended", "ending", "to ")):
        return Meaning(type="DURATION", value="P1Y")
    if "past" in rel or "coming" in rel:
        value = duration("a", unit)
        begin, end = _anchored("past" if "past" in rel else "next", unit, 1, context)
        return Meaning(type="DURATION", value=value, anchor=context.kind if begin else None, begin=begin, end=end)
    if rel == "this" and unit == "D" and c.lead.endswith("to"):
        return Meaning(type="DATE", value="PRESENT_REF")
    back = any(cue in rel for cue in ("that", "same", "following", "previous")) or rel == "the next"
    if unit == "NIGHT":
        unit = "D"
    if back or (context.narrative and context.last is not None):
        base, kind = (context.last_day if unit == "D" and context.last_day else context.last), "context"
        if base is None:
            base, kind = context.today, context.kind or "context"
        if base is None:
            return Unresolved("DATE", "refers back to a date that the text has not named")
    else:
        base, kind = context.today, context.kind or ""
        if base is None:
            return Unresolved("DATE", NO_ANCHOR)
    count = -1 if "last" in rel or "previous" in rel else 1 if "next" in rel or "following" in rel else 0
    if context.bc_year is not None and context.narrative:
        return Meaning(type="DATE", value=f"BC{max(context.bc_year - count, 1):04d}", mod=mod, anchor="context") if unit == "Y" else None
    if unit == "WE" and "last" not in rel and "next" not in rel and not back and base.isoweekday() < 6 and c.tense != "future":
        count = -1
    if c.rule == "the_day" and unit == "Q" and c.follow.startswith(("ended", "ending")) and context.next_day is not None:
        # A fiscal quarter is named by the calendar quarter that holds most of it.
        return Meaning(type="DATE", value=at_grain(step(context.next_day, "D", -45), "Q"), anchor=context.next_kind or "context")
    if unit == "Q" and rel == "the" and context.last_quarter:
        return Meaning(type="DATE", value=context.last_quarter, mod=mod, anchor="context")
    return Meaning(type="DATE", value=at_grain(step(base, unit, count), unit), mod=mod, anchor=kind)


@_means("unit_end")
def _unit_end(c: DateCandidate, context: Context) -> Reading | None:
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=at_grain(base, unit_of(c.slots["unit"])), mod="END", anchor=kind)


@_means("vague_units")
def _vague_units(c: DateCandidate, context: Context) -> Reading | None:
    if c.slots["dir"] in {"past", "last"}:
        return Meaning(type="DATE", value="PAST_REF")
    return Meaning(type="DURATION", value=duration("few", unit_of(c.slots["unit"])))


@_means("every")
def _every(c: DateCandidate, context: Context) -> Reading | None:
    slots = c.slots
    if "unit" in slots:
        return Meaning(type="SET", value=duration(slots.get("num", "a"), unit_of(slots["unit"])))
    if "wd" in slots:
        return Meaning(type="SET", value=f"XXXX-WXX-{_weekday(slots['wd'])}")
    if "month" in slots:
        return Meaning(type="SET", value=f"XXXX-{_month(slots['month']):02d}")
    if "season" in slots:
        return Meaning(type="SET", value=f"XXXX-{_value('SEASON', slots['season'])}")
    return Meaning(type="SET", value=f"XXXX-XX-XXT{_part_value(slots['part'])}")


@_means("rate")
def _rate(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="SET", value=duration("a", unit_of(c.slots["unit"])))


@_means("periodic")
def _periodic(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="SET", value=_value("PERIODIC", c.slots["word"] if "word" in c.slots else "daily") or "P1D")


@_means("weekdays")
def _weekdays(c: DateCandidate, context: Context) -> Reading | None:
    part = f"T{_part_value(c.slots['part'])}" if "part" in c.slots else ""
    return Meaning(type="SET", value=f"XXXX-WXX-{_value('WEEKDAYS', c.slots['wds']) or 1}{part}")


@_means("duration_hyphen")
def _hyphen(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value=duration(c.slots["num"], unit_of(c.slots["unit"])), mod=modifier(c.slots.get("mod")))


@_means("duration_long")
def _long(c: DateCandidate, context: Context) -> Reading | None:
    plural = _value("UNITS", c.slots["unit"]) is not None
    return Meaning(type="DURATION", value=duration("few" if plural else "a", unit_of(c.slots["unit"])))


@_means("duration", "a_year_or_two")
def _duration(c: DateCandidate, context: Context) -> Reading | None:
    if c.slots.get("qty") == "one" and c.lead.endswith(("will", "would", "could", "might")):
        return Meaning(type="DATE", value="FUTURE_REF")
    return Meaning(
        type="DURATION",
        value=duration(c.slots.get("qty", "half a" if c.rule == "duration" else "a"), unit_of(c.slots["unit"])),
        mod=modifier(c.slots.get("mod")),
    )


@_means("units")
def _units(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value=duration("few", unit_of(c.slots["unit"])))


@_means("weekday")
def _bare_weekday(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = _dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), anchor=kind) if day else problem


@_means("relday")
def _relday(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = _dated(c, context)
    return Meaning(type="DATE", value=day.isoformat(), anchor=kind) if day else problem


@_means("present", "these_days")
def _present(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value="PRESENT_REF")


@_means("past_ref", "the_past")
def _past(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value="PAST_REF")


@_means("future_ref")
def _future(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value="FUTURE_REF")
