"""Clock times, parts of the day, nights."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import at_grain, step
from dateline.normalize.date_quantities import edge, modifier, number_of, unit_of
from dateline.normalize.date_readings import IN_STORY, NO_ANCHOR, Meaning, Reading, Rule, Unresolved, registrar, word_value
from dateline.normalize.date_reference import dated

MEANINGS: dict[str, Rule] = {}
means = registrar(MEANINGS)


def clock_value(words: str, part: str | None) -> str | None:
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
    pm = letters.endswith("pm") or (part in {"AF", "EV", "NI"} and 3 < hour < 12)
    am = letters.endswith("am") or part == "MO"
    if pm and hour < 12:
        hour += 12
    elif am and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second}" if second else "")


def part_value(words: str) -> str:
    return word_value("PART", words) or {"noon": "MI", "midday": "MI", "midnight": "NI"}.get(words, "MO")


@means("clock_date", "clock_day")
def _clock_on_day(c: DateCandidate, context: Context) -> Reading | None:
    part = word_value("PART", c.slots["part"]) if "part" in c.slots else None
    clock = clock_value(c.slots["clock"], part)
    if clock is None:
        return Unresolved("TIME", f"no time of day: {c.slots['clock']}", impossible=True)
    if c.slots.get("day") == "tonight" and clock < "12:00" and ":" in clock:
        clock = f"{int(clock[:2]) + 12:02d}{clock[2:]}"
    day, kind, problem = dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{clock}", mod=modifier(c.slots.get("mod")), anchor=kind)


@means("clock", "clock_local", "clock_pair")
def _clock(c: DateCandidate, context: Context) -> Reading | None:
    part = word_value("PART", c.slots["part"]) if "part" in c.slots else None
    words = c.slots["clock2" if c.part == 2 else "clock"]
    clock = clock_value(words, part)
    if clock is None:
        return Unresolved("TIME", f"no time of day: {words}", impossible=True)
    if clock == "24:00" and c.lead.endswith("after"):
        clock = "00:00"  # "Shortly after midnight on Tuesday" is Tuesday's first hour.
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


@means("day_part", "date_part", "part_of_date", "part_of_day", "night_of")
def _part_of_day(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    word = c.slots["part"]
    if word in {"noon", "midday", "midnight"}:
        return Meaning(type="TIME", value=f"{day.isoformat()}T{'24:00' if word == 'midnight' else '12:00'}", anchor=kind)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{part_value(word)}", mod=edge(c.slots.get("el")), anchor=kind)


@means("early_hours", "early_weekday")
def _early(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    part = "EV" if c.slots["el"].startswith("late") else "MO"
    begin = end = None
    if c.rule == "early_hours" and part == "MO":
        # "The early hours" are those before the morning that TMO stands for.
        begin = datetime.combine(day, time())
        end = begin + timedelta(hours=6)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{part}", anchor=kind, begin=begin, end=end)


@means("dawn_on")
def _dawn(c: DateCandidate, context: Context) -> Reading | None:
    day, kind, problem = dated(c, context)
    if day is None:
        return problem and Unresolved("TIME", problem.reason, problem.impossible)
    return Meaning(type="TIME", value=f"{day.isoformat()}T{part_value(c.slots['part'])}", mod="BEFORE" if "el" in c.slots else None, anchor=kind)


@means("early_part", "dawn")
def _early_part(c: DateCandidate, context: Context) -> Reading | None:
    base, kind = (context.last_day, "context") if context.last_day and c.sentence - context.last_sentence <= 1 else (context.today, context.kind)
    if base is None:
        return Unresolved("TIME", NO_ANCHOR)
    return Meaning(type="TIME", value=f"{base.isoformat()}T{part_value(c.slots['part'])}", mod=edge(c.slots.get("el")), anchor=kind)


@means("part_before")
def _part_before(c: DateCandidate, context: Context) -> Reading | None:
    """ "The evening before", "the week after": next to the last date mentioned."""
    word, count = c.slots["part"], -1 if c.slots["dir"] == "before" else 1
    part = word_value("PART", word)
    base = context.last_day if part or word == "day" else context.last
    if base is None:
        return Unresolved("TIME" if part else "DATE", "refers back to a date that the text has not named")
    unit = "D" if part else unit_of(word)
    value = at_grain(step(base, unit, count), unit)
    return Meaning(type="TIME" if part else "DATE", value=f"{value}T{part}" if part else value, anchor="context")


@means("the_part")
def _the_part(c: DateCandidate, context: Context) -> Reading | None:
    base, kind = (context.last_day, "context") if context.last_day else (context.today, context.kind)
    if base is None:
        return None
    return Meaning(type="TIME", value=f"{base.isoformat()}T{part_value(c.slots['part'])}", anchor=kind)


@means("tonight", "overnight")
def _night(c: DateCandidate, context: Context) -> Reading | None:
    if context.today is None or context.narrative:
        return Unresolved("TIME", NO_ANCHOR if context.today is None else IN_STORY)
    day, kind = (context.next_day, context.next_kind) if context.next_day else (context.today, context.kind)
    begin = end = None
    if c.rule == "overnight" and c.tense != "future":
        # "Overnight" in the day's report is the night before it: from the evening before until the morning.
        end = datetime.combine(day, time(6))
        begin = end - timedelta(hours=12)
    return Meaning(type="TIME", value=f"{day.isoformat()}TNI", anchor=kind, begin=begin, end=end)


@means("rel_part")
def _relative_part(c: DateCandidate, context: Context) -> Reading | None:
    rel, part = c.slots["rel"], part_value(c.slots["part"])
    mod = edge(c.slots.get("el"))
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
