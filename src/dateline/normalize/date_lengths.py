"""Durations, recurring sets, and the vague now, past and future."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import step
from dateline.normalize.date_clock import part_value
from dateline.normalize.date_quantities import duration, modifier, number_of, unit_of
from dateline.normalize.date_readings import Meaning, Reading, Rule, month_number, registrar, weekday_number, word_value

MEANINGS: dict[str, Rule] = {}
means = registrar(MEANINGS)


@means("first_units")
def _first_units(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value=duration(c.slots.get("num") or c.slots["qty"], unit_of(c.slots["unit"])))


@means("nth_unit")
def _nth_unit(c: DateCandidate, context: Context) -> Reading | None:
    """ "The first week" of something: a week long, whichever it is."""
    return Meaning(type="DURATION", value=duration("a", unit_of(c.slots["unit"])))


@means("around_the_clock")
def _no_date(c: DateCandidate, context: Context) -> Reading | None:
    return None


@means("rel_units")
def _relative_units(c: DateCandidate, context: Context) -> Reading | None:
    """ "The past 24 hours" is a length with a begin and an end."""
    unit = unit_of(c.slots["unit"])
    value = duration(c.slots["qty"], unit)
    begin, end = anchored(c.slots["dir"], unit, number_of(c.slots["qty"]), context)
    return Meaning(type="DURATION", value=value, mod=modifier(c.slots.get("mod")), anchor=context.kind if begin else None, begin=begin, end=end)


def anchored(direction: str, unit: str, amount: float | None, context: Context) -> tuple[datetime | None, datetime | None]:
    """Return the interval of a length that ends (past) or begins (next) at the publication; of a bare publication day the end counts."""
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


def until(last: date | None, unit: str, amount: float | None) -> tuple[datetime | None, datetime | None]:
    """Return the interval of a length that ends with a day: "the six months to May 31"."""
    if last is None or amount is None or amount % 1 or not 0 < amount <= 1e4 or unit not in {"D", "W", "M", "Q", "Y"}:
        return None, None
    end = step(last, "D", 1)
    return datetime.combine(step(end, unit, -int(amount)), time()), datetime.combine(end, time())


@means("vague_units")
def _vague_units(c: DateCandidate, context: Context) -> Reading | None:
    reference = {"past": "PAST_REF", "last": "PAST_REF", "future": "FUTURE_REF"}.get(c.slots["dir"])
    if reference:
        return Meaning(type="DATE", value=reference)
    return Meaning(type="DURATION", value=duration("few", unit_of(c.slots["unit"])))


@means("every")
def _every(c: DateCandidate, context: Context) -> Reading | None:
    slots = c.slots
    if "unit" in slots:
        number = slots.get("num", "a")
        return Meaning(type="SET", value=duration(word_value("OTHER_ONE", number) or number, unit_of(slots["unit"])))
    if "wd" in slots:
        return Meaning(type="SET", value=f"XXXX-WXX-{weekday_number(slots['wd'])}")
    if "month" in slots:
        return Meaning(type="SET", value=f"XXXX-{month_number(slots['month']):02d}")
    if "season" in slots:
        return Meaning(type="SET", value=f"XXXX-{word_value('SEASON', slots['season'])}")
    return Meaning(type="SET", value=f"XXXX-XX-XXT{part_value(slots['part'])}")


@means("rate")
def _rate(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="SET", value=duration("a", unit_of(c.slots["unit"])))


@means("periodic")
def _periodic(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="SET", value=word_value("PERIODIC", c.slots["word"]) or "P1D")


@means("nights")
def _nights(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="SET", value=f"XXXX-XX-XXT{part_value(c.slots['part'])}")


@means("weekdays")
def _weekdays(c: DateCandidate, context: Context) -> Reading | None:
    part = f"T{part_value(c.slots['part'])}" if "part" in c.slots else ""
    return Meaning(type="SET", value=f"XXXX-WXX-{word_value('WEEKDAYS', c.slots['wds']) or 1}{part}")


@means("duration_hyphen", "duration_old")
def _hyphen(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value=duration(c.slots["num"], unit_of(c.slots["unit"])), mod=modifier(c.slots.get("mod")))


@means("duration_long")
def _long(c: DateCandidate, context: Context) -> Reading | None:
    plural = word_value("UNITS", c.slots["unit"]) is not None
    return Meaning(type="DURATION", value=duration("few" if plural else "a", unit_of(c.slots["unit"])))


@means("duration", "a_year_or_two")
def _duration(c: DateCandidate, context: Context) -> Reading | None:
    if c.slots.get("qty") == "one" and c.lead.endswith(("will", "would", "could", "might")):
        return Meaning(type="DATE", value="FUTURE_REF")
    default = "one and a half" if "half" in c.slots else "half a" if c.rule == "duration" else "a"
    unit, words = unit_of(c.slots["unit"]), c.slots.get("qty", default)
    begin, end = until(context.next_day, unit, number_of(words))
    anchor = (context.next_kind or "context") if begin else None
    return Meaning(type="DURATION", value=duration(words, unit), mod=modifier(c.slots.get("mod")), anchor=anchor, begin=begin, end=end)


@means("duration_quarter")
def _quarter_of(c: DateCandidate, context: Context) -> Reading | None:
    """ "A quarter of a century", "of an hour"; of other units nobody speaks so."""
    quarters = {"CENT": "P25Y", "H": "PT15M", "Y": "P3M"}
    value = quarters.get(unit_of(c.slots["unit"]))
    return Meaning(type="DURATION", value=value, mod=modifier(c.slots.get("mod"))) if value else None


@means("single_unit")
def _single(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value=duration("a", unit_of(c.slots["unit"])))


@means("units")
def _units(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value=duration("few", unit_of(c.slots["unit"])))


@means("present", "these_days")
def _present(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value="PRESENT_REF")


@means("past_ref", "the_past")
def _past(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value="PAST_REF")


@means("future_ref")
def _future(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value="FUTURE_REF")
