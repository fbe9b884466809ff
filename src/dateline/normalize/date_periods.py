"""Months, seasons, years, decades, centuries, before Christ too."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.dates import DateCandidate
from dateline.normalize.date_anchors import Context
from dateline.normalize.date_calendar import SEASON_MONTH, step
from dateline.normalize.date_quantities import edge
from dateline.normalize.date_readings import NO_ANCHOR, Meaning, Reading, Rule, Unresolved, day_number, month_number, registrar, word_value
from dateline.normalize.date_reference import explicit_year, near_month

MEANINGS: dict[str, Rule] = {}
means = registrar(MEANINGS)


@means("month_year")
def _month_year(c: DateCandidate, context: Context) -> Reading | None:
    year, kind = explicit_year(c, context)
    if year is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{year:04d}-{month_number(c.slots['month']):02d}", mod=edge(c.slots.get("el")), anchor=kind)


@means("month")
def _bare_month(c: DateCandidate, context: Context) -> Reading | None:
    if context.bc_year is not None:
        return Meaning(
            type="DATE", value=f"BC{context.bc_year:04d}-{month_number(c.slots['month']):02d}", mod=edge(c.slots.get("el")), anchor="context"
        )
    ranged, kind = explicit_year(c, context)
    if ranged is not None:
        return Meaning(type="DATE", value=f"{ranged:04d}-{month_number(c.slots['month']):02d}", mod=edge(c.slots.get("el")), anchor=kind)
    found, kind = near_month(month_number(c.slots["month"]), context, c)
    if found is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{found.year:04d}-{found.month:02d}", mod=edge(c.slots.get("el")), anchor=kind)


@means("month_rel")
def _relative_month(c: DateCandidate, context: Context) -> Reading | None:
    month = month_number(c.slots["month"])
    base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
    if base is None:
        return Unresolved("DATE", NO_ANCHOR)
    rel = c.slots["rel"]
    if "this" in rel:
        year = base.year
    elif any(cue in rel for cue in ("next", "following", "coming")):
        year = base.year if month > base.month else base.year + 1
    else:
        # In March "last February" is that of the year before: this year's would be "last month".
        year = base.year if month < base.month - 1 else base.year - 1
    return Meaning(type="DATE", value=f"{year:04d}-{month:02d}", mod=edge(c.slots.get("el")), anchor=kind)


def _season_year(code: str, rel: str, base: date, narrative: bool, tense: str | None) -> int:
    """Return the year in which the season meant begins."""
    starts = [date(year, SEASON_MONTH[code], 1) for year in (base.year - 1, base.year, base.year + 1)]
    begun = [start for start in starts if start <= base]
    running = begun[-1] if base < step(begun[-1], "M", 3) else None
    if "last" in rel or "past" in rel or "previous" in rel:
        return begun[-2].year if running and len(begun) > 1 else begun[-1].year
    if "next" in rel or "coming" in rel or "following" in rel:
        return begun[-1].year + 1
    if narrative:
        return base.year  # Storytellers name a winter by the year they are in.
    if running:
        return running.year
    if "this" in rel:
        return base.year
    return begun[-1].year + (tense == "future")


@means("season")
def _season(c: DateCandidate, context: Context) -> Reading | None:
    code = word_value("SEASON", c.slots["season"]) or "SU"
    year, kind = explicit_year(c, context)
    rel = c.slots.get("rel", "")
    if year is None and context.bc_year is not None:
        return Meaning(type="DATE", value=f"BC{context.bc_year:04d}-{code}", mod=edge(c.slots.get("el")), anchor="context")
    if year is None:
        base, kind = (context.last, "context") if context.narrative and context.last else (context.today, context.kind)
        if base is None:
            return Unresolved("DATE", NO_ANCHOR)
        if ("that" in rel or "same" in rel) and context.last_year is not None:
            return Meaning(type="DATE", value=f"{context.last_year:04d}-{code}", mod=edge(c.slots.get("el")), anchor="context")
        year = _season_year(code, rel, base, context.narrative, c.tense)
    return Meaning(type="DATE", value=f"{year:04d}-{code}", mod=edge(c.slots.get("el")), anchor=kind)


@means("decade")
def _decade(c: DateCandidate, context: Context) -> Reading | None:
    word = c.slots["decade"]
    digits = re.sub(r"\D", "", word)
    if "era" in c.slots:
        return Meaning(type="DATE", value=f"BC{int(digits) // 10:03d}", mod=edge(c.slots.get("el")))
    if len(digits) == 4:
        value = digits[:3]
    else:
        tens = int(digits[0]) if digits else int(word_value("DECADE_WORD", word) or 0)
        # "the nineties": the century that puts the decade last before the anchor.
        now = (context.today.year if context.today else 2030) // 10
        value = f"{next((century * 10 + tens for century in (now // 10, now // 10 - 1) if century * 10 + tens <= now), tens):03d}"
    return Meaning(type="DATE", value=value, mod=edge(c.slots.get("el")))


@means("century")
def _century(c: DateCandidate, context: Context) -> Reading | None:
    number = day_number(c.slots["n"])
    if "era" in c.slots:
        return Meaning(type="DATE", value=f"BC{number - 1:02d}", mod=edge(c.slots.get("el")))
    return Meaning(type="DATE", value=f"{number - 1:02d}", mod=edge(c.slots.get("el"))) if 1 <= number <= 30 else None


@means("year_era")
def _era(c: DateCandidate, context: Context) -> Reading | None:
    year = int(c.slots["year"])
    if not 0 < year < 10000:
        return None
    before = c.slots["era"].startswith("b")
    return Meaning(type="DATE", value=f"{'BC' if before else ''}{year:04d}", mod=edge(c.slots.get("el")))


@means("era_season", "era_month", "years_era")
def _era_parts(c: DateCandidate, context: Context) -> Reading | None:
    era = "BC" if c.slots["era"].startswith("b") else ""
    year = f"{era}{int(c.slots['year2' if c.part == 2 else 'year']):04d}"
    if len(year) > len(era) + 4:
        return None
    tail = (
        f"-{word_value('SEASON', c.slots['season'])}"
        if "season" in c.slots
        else f"-{month_number(c.slots['month']):02d}"
        if "month" in c.slots
        else ""
    )
    return Meaning(type="DATE", value=year + tail, mod=edge(c.slots.get("el")))


@means("years_range")
def _years(c: DateCandidate, context: Context) -> Reading | None:
    first = c.slots["year"]
    if c.part == 1:
        return Meaning(type="DATE", value=first, mod=edge(c.slots.get("el")))
    second = c.slots["year2"]
    value = second if len(second) == 4 else first[: 4 - len(second)] + second
    return Meaning(type="DATE", value=value) if int(value) > int(first) else None


@means("year", "year_tail")
def _year(c: DateCandidate, context: Context) -> Reading | None:
    return Meaning(type="DATE", value=c.slots["year"], mod=edge(c.slots.get("el")) or ("ON_OR_AFTER" if c.rule == "year_tail" else None))


def _spoken_year(words: str) -> int:
    """Return the year of "nineteen ninety-six" or "two thousand five"."""
    parts = [int(word_value("CARD", part) or 0) for part in re.findall(r"[a-z]+", words)]
    return 2000 + sum(parts[2:]) if parts[1] == 1000 else parts[0] * 100 + sum(parts[1:])


@means("year_words", "month_year_words")
def _year_words(c: DateCandidate, context: Context) -> Reading | None:
    month = f"-{month_number(c.slots['month']):02d}" if "month" in c.slots else ""
    return Meaning(type="DATE", value=f"{_spoken_year(c.slots['years']):04d}{month}", mod=edge(c.slots.get("el")))


@means("full_year")
def _full_year(c: DateCandidate, context: Context) -> Reading | None:
    if context.today is None:
        return Unresolved("DATE", NO_ANCHOR)
    return Meaning(type="DATE", value=f"{context.today.year:04d}", anchor=context.kind)
