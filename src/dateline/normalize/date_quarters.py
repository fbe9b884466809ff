"""Quarters, halves and fiscal years, and what a report on a quarter compares it with."""

from __future__ import annotations

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import at_grain, step
from dateline.normalize.date_quantities import duration, edge, number_of
from dateline.normalize.date_readings import NO_ANCHOR, Meaning, Reading, Rule, Unresolved, day_number, registrar, word_value
from dateline.normalize.date_reference import explicit_year, year_of

MEANINGS: dict[str, Rule] = {}
means = registrar(MEANINGS)


def _recent_quarter(number: int, context: Context, c: DateCandidate) -> tuple[int | None, str | None]:
    """Return the year of a quarter named without one: the most recent that has begun."""
    if context.today is None:
        return None, None
    year = context.today.year
    begun = number <= (context.today.month + 2) // 3
    if not begun and (c.tense == "future" or (c.tense is None and c.lead.endswith(("from", "by", "until")))):
        return year, context.kind
    return (year if begun else year - 1), context.kind


@means("quarter")
def _quarter(c: DateCandidate, context: Context) -> Reading | None:
    number = int(word_value("QTOKEN", c.slots["q"]) or 1) if "q" in c.slots else day_number(c.slots["n"])
    if not 1 <= number <= 4:
        return None
    year, kind = explicit_year(c, context)
    if year is None:
        year, kind = _recent_quarter(number, context, c)
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year - ('ago' in c.slots):04d}-Q{number}", anchor=kind)


@means("half")
def _half(c: DateCandidate, context: Context) -> Reading | None:
    number = int(word_value("HTOKEN", c.slots["h"]) or 1) if "h" in c.slots else 2 if "which" in c.slots else day_number(c.slots["n"])
    year, kind = explicit_year(c, context)
    if number not in {1, 2}:
        return None
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year:04d}-H{number}", anchor=kind)


@means("quarters")
def _quarters(c: DateCandidate, context: Context) -> Reading | None:
    year, kind = explicit_year(c, context)
    count = number_of(c.slots["num"])
    if year is None or count != 2:
        return Meaning(type="DURATION", value=duration(c.slots["num"], "Q"))
    return Meaning(type="DATE", value=f"{year:04d}-H{1 if c.slots['which'] == 'first' else 2}", anchor=kind)


def _quarter_near(c: DateCandidate, context: Context) -> str | None:
    """Return the quarter that the text is speaking of: one named in this sentence or within the two before."""
    return context.last_quarter if context.last_quarter and c.sentence - context.quarter_sentence <= 3 else None


@means("latest_period", "quarter_ago")
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
        named, kind = explicit_year(c, context)
        if named is not None and "quarter" not in c.slots["period"]:
            return Meaning(type="DATE", value=f"{named:04d}", anchor=kind)
        quarter, anchor = at_grain(step(context.today, "Q", -1), "Q"), context.kind
    year = int(quarter[:4])
    named, _ = explicit_year(c, context)
    if "ago" in c.slots:
        year -= 1
    elif named is not None:
        year = named
    return Meaning(type="DATE", value=f"{year:04d}{quarter[4:]}", anchor=anchor)


@means("year_ago", "year_before")
def _year_ago(c: DateCandidate, context: Context) -> Reading | None:
    """ "A year ago" in a report on a quarter is that quarter of the year before."""
    quarter = _quarter_near(c, context)
    if quarter is not None:
        return Meaning(type="DATE", value=f"{int(quarter[:4]) - 1:04d}{quarter[4:]}", anchor="context")
    if any(word in c.slots["ago"] for word in ("earlier", "before")) and context.last is not None and (context.narrative or context.today is None):
        return Meaning(type="DATE", value=f"{context.last.year - 1:04d}", anchor="context")
    if context.today is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{context.today.year - 1:04d}", anchor=context.kind)


@means("fiscal_year")
def _fiscal_year(c: DateCandidate, context: Context) -> Reading | None:
    year, kind = explicit_year(c, context)
    if year is None and "rel" in c.slots:
        year, kind = year_of(c.slots["rel"], context)
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year:04d}", mod=edge(c.slots.get("el")), anchor=kind)


@means("fiscal_span")
def _fiscal_span(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DURATION", value="P1Y")
