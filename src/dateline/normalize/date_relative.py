"""Dates so many units away from an anchor: "three years ago", "two days later", "the following month", "the end of this week"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import at_grain, step
from dateline.normalize.date_lengths import anchored, until
from dateline.normalize.date_quantities import duration, edge, modifier, number_of, unit_of
from dateline.normalize.date_readings import NO_ANCHOR, Meaning, Reading, Rule, Unresolved, registrar

MEANINGS: dict[str, Rule] = {}
means = registrar(MEANINGS)


@means("units_ago")
def _units_ago(c: DateCandidate, context: Context) -> Reading | None:
    unit = unit_of(c.slots["unit"])
    amount = number_of(c.slots["qty"]) if "qty" in c.slots else None
    if amount is None:
        return Meaning(type="DATE", value="PAST_REF")
    if "half" in c.slots:
        amount += 0.5
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


@means("units_later")
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


@means("rel_unit", "end_unit", "the_day")
def _relative_unit(c: DateCandidate, context: Context) -> Reading | None:
    """This, last, next, that, the following: a unit by its neighbour."""
    unit, rel, mod = unit_of(c.slots["unit"]), c.slots.get("rel", "the"), edge(c.slots.get("el"))
    if c.rule == "the_day" and unit in {"Y", "W", "M"} and c.follow.startswith(("ended", "ending", "to ")):
        begin, end = until(context.next_day, unit, 1)
        return Meaning(type="DURATION", value=f"P1{unit}", anchor=(context.next_kind or "context") if begin else None, begin=begin, end=end)
    if "past" in rel and unit == "WE":
        rel = "last"
    if "past" in rel or "coming" in rel or (unit in {"DEC", "CENT"} and "next" in rel):
        value = duration("a", unit)
        begin, end = anchored("past" if "past" in rel else "next", unit, 1, context)
        return Meaning(type="DURATION", value=value, anchor=context.kind if begin else None, begin=begin, end=end)
    if rel == "this" and unit == "D" and c.lead.endswith("to"):
        return Meaning(type="DATE", value="PRESENT_REF")
    back = any(cue in rel for cue in ("that", "same", "following", "previous")) or rel == "the next"
    if unit == "NIGHT":
        unit = "D"
    if back or (context.narrative and context.last is not None):
        base, kind = (context.last_day if unit == "D" else context.last), "context"
        if base is None and unit != "D":
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


@means("unit_end")
def _unit_end(c: DateCandidate, context: Context) -> Reading | None:
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=at_grain(base, unit_of(c.slots["unit"])), mod="END", anchor=kind)
