"""Say what the dates found in a Doc mean: TIMEX3 values and half-open intervals.

Where conventions of annotated corpora clash, docs/facts.md wins over TimeBank: "daily" is P1D (not XXXX-XX-XX), "two weeks ago" an ISO week (not a day),
"the past 24 hours" PT24H (not P1D), "this week" the ISO week (not 1989-WXX), bare "current", "recent" and "soon" are no dates, "early Thursday" is
TIME with TMO. Intervals are naive and local to the text. The last date mentioned anchors "that day", "two days later" and, in a text that tells of the
past by dates of its own, months and days without a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from dateline.extract.dates import DateCandidate
from dateline.model import Date, Rejection
from dateline.normalize.date_anchors import Context, context_of
from dateline.normalize.date_calendar import granularity, interval
from dateline.normalize.date_values import MEANINGS, Meaning, Unresolved

VAGUE = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
_UNIT_OF_GRAIN = {"century": "CENT", "decade": "DEC", "year": "Y", "half": "Q", "quarter": "Q", "season": "M", "month": "M", "week": "W"}
# How sure: explicit dates, those against the publication day, those against the last date mentioned.
_SCORES = {None: 0.98, "published": 0.9, "dateline": 0.85, "url": 0.8, "context": 0.7}


def normalize_dates(doc: Doc, candidates: Sequence[DateCandidate], *, vague: bool = True) -> tuple[list[Date], list[Rejection]]:
    """Return the facts in text order, and what was refused with the reason."""
    context = context_of(doc, candidates)
    dates: list[Date] = []
    rejections: list[Rejection] = []
    for candidate in candidates:
        reading = MEANINGS[candidate.rule](candidate, context)
        text = doc.text[candidate.start : candidate.end]
        if isinstance(reading, Unresolved) and reading.impossible:
            rejections.append(_rejection(candidate, text, reading.reason))
        elif isinstance(reading, Unresolved):
            dates.append(_unresolved(candidate, text, reading))
        elif reading is not None and (vague or reading.value not in VAGUE):
            found = _date(candidate, text, reading)
            dates.append(found)
            _remember(found, candidate, context)
    return dates, rejections


def _date(candidate: DateCandidate, text: str, reading: Meaning) -> Date:
    span = (reading.begin, reading.end) if reading.begin and reading.end else interval(reading.value)
    return Date(
        start=candidate.start,
        end=candidate.end,
        text=text,
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


def _unresolved(candidate: DateCandidate, text: str, reading: Unresolved) -> Date:
    return Date(
        start=candidate.start,
        end=candidate.end,
        text=text,
        sentence=candidate.sentence,
        score=0.5,
        rule=f"dates.{candidate.rule}",
        type=reading.type,
        value=reading.value,
        unresolved=reading.reason,
    )


def _rejection(candidate: DateCandidate, text: str, reason: str) -> Rejection:
    return Rejection(
        stage="normalize",
        kind="dates",
        reason=f"Not a date: {reason}.",
        rule=f"dates.{candidate.rule}",
        location=f"{candidate.start}-{candidate.end}",
        raw=text[:200],
    )


def _remember(found: Date, candidate: DateCandidate, context: Context) -> None:
    """Keep what later expressions may refer back to."""
    if found.date_from is None or found.type not in {"DATE", "TIME"}:
        return
    grain = found.granularity or "day"
    if grain == "quarter":
        context.last_quarter, context.quarter_sentence = found.value, candidate.sentence
    begin = found.date_from
    context.last = begin.date()
    context.grain = _UNIT_OF_GRAIN.get(grain, "D")
    if grain not in {"century", "decade"}:
        context.last_year = begin.year
    context.last_sentence, context.last_paragraph = candidate.sentence, candidate.paragraph
    if context.grain == "D":
        context.last_day = _day_of(found.value)
        context.last_time = begin if grain in {"hour", "minute", "second"} else None


def _day_of(value: str) -> date:
    return date.fromisoformat(value[:10])
