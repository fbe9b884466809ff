"""Against what a relative date is resolved: the publication day, the article's own dateline or URL, or the last date the text mentioned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from dateline.extract.date_words import lexicon
from dateline.extract.dates import DateCandidate
from dateline.normalize.date_calendar import real_day

_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d?|[a-z]{3})[/-](?P<day>\d\d?)(?=[/_.-]|$)", re.IGNORECASE)
_URL_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Expressions that only make sense against the day of writing, and those that carry their own year.
DEICTIC_RULES = frozenset(
    {"weekday", "relday", "day_part", "rel_part", "early_weekday", "tonight", "overnight", "rel_weekday", "clock_day", "earlier_day", "units_ago"}
)
NARRATIVE_DATES = 4  # Days or months with a past year that make a text a narrative, where explicit years outnumber deictic expressions three to one.


@dataclass(slots=True)
class Context:
    """What is known while walking through one document.

    Attributes:
        today: Day that relative dates count from; None when nothing gives it.
        kind: "published", "dateline" or "url"; None without `today`.
        moment: Publication clock time where it is known.
        narrative: The text tells a past story: months and days follow the last date mentioned, not the publication day.
        in_night, last_night: The last date was a night; the last night mentioned.
        bc_year: The last year mentioned, where it lies before Christ.
        known_days: Year of the days (month, day) that the document names with one, where it is one year only.
        range_end: Where this candidate begins a range, the day that ends it; next_day: the day that stands right behind a clock time.
        last: First day of the last date mentioned, with `grain` its unit code; last_time a clock time on it.
    """

    today: date | None
    kind: str | None
    moment: datetime | None = None
    narrative: bool = False
    last: date | None = None
    grain: str = "D"
    last_day: date | None = None
    last_time: datetime | None = None
    last_quarter: str | None = None
    ended_quarter: str | None = None
    last_year: int | None = None
    quarter_sentence: int = -9
    last_sentence: int = -9
    last_paragraph: int = -9
    day_first: bool | None = None
    in_night: bool = False
    last_night: date | None = None
    bc_year: int | None = None
    known_days: Mapping[tuple[int, int], int] = field(default_factory=dict)
    range_end: date | None = None
    next_day: date | None = None
    next_kind: str | None = None


def url_day(url: str | None) -> date | None:
    """Return the day written in a URL path (/2025/04/27/), None when there is none."""
    match = _URL_DAY.search(url or "")
    if match is None:
        return None
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _URL_MONTHS.index(month) + 1 if month in _URL_MONTHS else 0
    return real_day(int(match["year"]), number, int(match["day"]))


def is_narrative(candidates: Sequence[DateCandidate], today: date | None) -> bool:
    """Return whether the document tells a past story by dates of its own.

    It does where it names days or months with past years over and over and hardly uses an expression that needs a day of publication.
    """
    dated = years = deictic = 0
    for candidate in candidates:
        year = candidate.slots.get("year", "")
        if candidate.rule in {"year_era", "era_month", "era_season"}:
            dated += 1
        elif year.isdigit():
            past = today is None or int(year) < today.year - 1
            within = "month" in candidate.slots or "season" in candidate.slots
            dated, years = dated + (past and within), years + (past and not within)
        elif candidate.rule in DEICTIC_RULES or candidate.slots.get("rel") in {"this", "last", "next"}:
            deictic += 1
    return dated >= NARRATIVE_DATES and dated + years >= 3 * deictic


def context_of(doc: Any, candidates: Sequence[DateCandidate]) -> Context:
    """Return the anchors of a doc: `doc._.published`, else the dateline's or the URL's day of `doc._.article`."""
    published, article = doc._.published, doc._.article
    if isinstance(published, datetime):
        clock = (
            None
            if published.time() == time() and (article is None or article.published_precision in {None, "day"})
            else published.replace(tzinfo=None)
        )
        found = Context(today=published.date(), kind="published", moment=clock)
    elif isinstance(published, date):
        found = Context(today=published, kind="published")
    elif article is not None and article.dateline_date is not None:
        found = Context(today=article.dateline_date, kind="dateline")
    elif article is not None and url_day(article.url) is not None:
        found = Context(today=url_day(article.url), kind="url")
    else:
        found = Context(today=None, kind=None)
    found.narrative = is_narrative(candidates, found.today)
    found.day_first = day_first(candidates)
    found.known_days = known_days(candidates)
    return found


def day_first(candidates: Sequence[DateCandidate]) -> bool | None:
    """Return whether numeric dates of the document name the day first (13/04/2025 proves it), None when they do not say or contradict."""
    says: set[bool] = set()
    for candidate in candidates:
        number = candidate.slots.get("num", "")
        if candidate.rule in {"numdate", "clock_numdate"} and number:
            one, two = (int(part) for part in re.split(r"[./-]", number)[:2])
            if "." in number or one > 12:
                says.add(True)
            elif two > 12:
                says.add(False)
    return says.pop() if len(says) == 1 else None


def known_days(candidates: Sequence[DateCandidate]) -> dict[tuple[int, int], int]:
    """Return the year of each day of a month that the document names with a year, and with one year only."""
    years: dict[tuple[int, int], set[int]] = {}
    for candidate in candidates:
        slots = candidate.slots
        if candidate.rule in {"month_day", "day_month"} and slots.get("year", "").isdigit():
            month, day = lexicon().value("MONTH", slots["month"]), re.match(r"\d+", slots["day"])
            if month and day:
                years.setdefault((int(month), int(day.group())), set()).add(int(slots["year"]))
    return {day: found.pop() for day, found in years.items() if len(found) == 1}
