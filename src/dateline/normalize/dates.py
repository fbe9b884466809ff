"""Say what the dates found in a Doc mean: TIMEX3 values and half-open intervals.

Where conventions of annotated corpora clash, docs/facts.md wins over TimeBank: "daily" is P1D (not XXXX-XX-XX), "two weeks ago" an ISO week (not a
day), "the past 24 hours" PT24H (not P1D), "this week" the ISO week (not 1989-WXX), bare "current" and "soon" are no dates, "early Thursday" is TIME
with TMO, "annual" a SET. Where it is silent, TimeBank's reading stands: "the end of 1994" is 1994 with mod END, "the year ended March 31" a
DURATION. Intervals are naive and local to the text. The last date mentioned anchors "that day", "two days later" and, in a text that tells of the
past by dates of its own, months and days without a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from dateline.extract.dates import DateCandidate
from dateline.model import Date, Rejection
from dateline.normalize.date_ahead import look_ahead
from dateline.normalize.date_anchors import Context, context_of
from dateline.normalize.date_calendar import granularity, interval
from dateline.normalize.date_readings import Meaning, Unresolved
from dateline.normalize.date_values import MEANINGS
from dateline.normalize.date_zones import zoned

ASIDE_YEARS = 15
VAGUE = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
_UNIT_OF_GRAIN = {"century": "CENT", "decade": "DEC", "year": "Y", "half": "Q", "quarter": "Q", "season": "M", "month": "M", "week": "W"}
# How sure: explicit dates, those against the publication day, those against the last date mentioned.
_SCORES = {None: 0.98, "published": 0.9, "dateline": 0.85, "url": 0.8, "context": 0.7}


def normalize_dates(doc: Doc, candidates: Sequence[DateCandidate], *, vague: bool = True) -> tuple[list[Date], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    context = context_of(doc, candidates)
    dates: list[Date] = []
    read: list[DateCandidate] = []
    rejections: list[Rejection] = []
    for index, candidate in enumerate(candidates):
        look_ahead(candidates, index, context)
        reading = MEANINGS[candidate.rule](candidate, context)
        if isinstance(reading, Unresolved) and reading.impossible:
            rejections.append(_rejection(candidate, reading.reason))
        elif isinstance(reading, Unresolved):
            dates.append(_unresolved(candidate, reading))
            read.append(candidate)
        elif reading is not None and (vague or reading.value not in VAGUE):
            found = _date(candidate, reading)
            dates.append(found)
            read.append(candidate)
            _remember(found, candidate, context)
    return zoned(dates, read), rejections


def _date(candidate: DateCandidate, reading: Meaning) -> Date:
    span = (reading.begin, reading.end) if reading.begin and reading.end else interval(reading.value)
    end = candidate.amount_end if reading.amount_only and candidate.amount_end else candidate.end
    return Date(
        start=candidate.start,
        end=end,
        text=candidate.text[: end - candidate.start],
        sentence=candidate.sentence,
        score=_SCORES.get(reading.anchor, 0.7),
        rule=f"dates.{candidate.rule}",
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        date_from=span[0] if span else None,
        date_to=span[1] if span else None,
        granularity=granularity(reading.value),
        anchor=reading.anchor,
    )


def _unresolved(candidate: DateCandidate, reading: Unresolved) -> Date:
    return Date(
        start=candidate.start,
        end=candidate.end,
        text=candidate.text,
        sentence=candidate.sentence,
        score=0.5,
        rule=f"dates.{candidate.rule}",
        type=reading.type,
        value=reading.value,
        unresolved=reading.reason,
    )


def _rejection(candidate: DateCandidate, reason: str) -> Rejection:
    return Rejection(
        stage="normalize",
        kind="dates",
        reason=f"Not a date: {reason}.",
        rule=f"dates.{candidate.rule}",
        location=f"{candidate.start}-{candidate.end}",
        raw=candidate.text[:200],
    )


def _remember(found: Date, candidate: DateCandidate, context: Context) -> None:
    """Keep what later expressions may refer back to."""
    if found.value.startswith("BC"):
        context.bc_year = int(found.value[2:6]) if found.value[2:6].isdigit() else context.bc_year
    if found.date_from is None or found.type not in {"DATE", "TIME"}:
        if candidate.rule in {"first_units", "fiscal_span"}:
            context.last_quarter = None
        return
    grain = found.granularity or "day"
    if candidate.rule == "latest_period" and "year" in candidate.slots:
        return  # "The 1988 period" is there to compare with.
    if "ago" in candidate.slots or "previous" in candidate.slots.get("rel", "") + candidate.slots.get("yrel", ""):
        return  # A look back: the story goes on from where it was.
    if grain == "quarter":
        context.last_quarter, context.quarter_sentence = found.value, candidate.sentence
        if context.today is None or found.date_to is None or found.date_to.date() <= context.today:
            context.ended_quarter = found.value
    begin = found.date_from
    unit = _UNIT_OF_GRAIN.get(grain, "D")
    context.last_sentence, context.last_paragraph = candidate.sentence, candidate.paragraph
    if context.last is not None:
        if unit == "Y" and abs(begin.year - context.last.year) > ASIDE_YEARS:
            return  # "A museum was opened in 2003" amid a war of 1950.
        if unit == "Y" and context.narrative and not candidate.opening:
            context.last_year = begin.year
            return  # "Planned for a campaign in 1976" does not move the story on; "In 1976, ..." does.
        if unit == "Y" and begin.year == context.last.year:
            return  # "In January 1941 ... in 1941": the finer one says more.
    context.last, context.grain = begin.date(), unit
    if grain not in {"century", "decade"}:
        context.last_year, context.bc_year = begin.year, None
    if unit == "D":
        day = _day_of(found.value)
        if grain in {"hour", "minute", "second"}:
            context.last_time = begin
        elif day != context.last_day:
            context.last_time = None
        context.last_day = day
        context.in_night = found.value.endswith("TNI")
        if context.in_night:
            context.last_night = day


def _day_of(value: str) -> date:
    return date.fromisoformat(value[:10])
