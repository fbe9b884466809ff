"""Scales of the charts: where a day or a value lies, and which ticks to write.

Horizontal positions are percent of the chart's width, so that a chart fits a phone and a wide screen without a script; vertical ones are pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_LEFT, _RIGHT = 12.0, 4.0  # Percent kept free: at the left for the scale's words, at the right so that marks are not cut.
_APART = 24.0  # Percent between the words of two ticks; less and they touch on a phone.


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days across the width; days outside lie on its edges."""

    first: date
    last: date

    def at(self, value: date) -> float:
        """Return the percent from the left."""
        share = (value - self.first).days / max((self.last - self.first).days, 1)
        return round(_LEFT + (100 - _LEFT - _RIGHT) * min(max(share, 0.0), 1.0), 2)

    def holds(self, value: date) -> bool:
        """Say whether a day lies within."""
        return self.first <= value <= self.last

    def ticks(self, wanted: int = 3) -> list[tuple[float, str]]:
        """Return positions and labels: days, months or years, whichever gives about `wanted` that do not touch."""
        out: list[tuple[float, str]] = []
        for x, label in self._all_ticks(wanted):
            if not out or x - out[-1][0] >= _APART:
                out.append((x, label))
        return out

    def _all_ticks(self, wanted: int) -> list[tuple[float, str]]:
        span = (self.last - self.first).days
        if span > 366 * wanted:
            step = math.ceil(span / 365 / wanted)
            firsts = [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1) if year % step == 0]
            return [(self.at(d), str(d.year)) for d in firsts if self.holds(d)]
        if span > 31 * wanted:
            step = next((s for s in (1, 2, 3, 6, 12) if span / 30.4 / s <= wanted + 1), 12)
            months = (date(n // 12, n % 12 + 1, 1) for n in range(self.first.year * 12, self.last.year * 12 + 12))
            return [(self.at(d), f"{d:%b %Y}") for d in months if (d.month - 1) % step == 0 and self.holds(d)]
        step = max(1, math.ceil(span / wanted))
        return [(self.at(d), f"{d.day} {d:%b %Y}" if n == 0 else f"{d.day} {d:%b}") for n, d in enumerate(_every(self.first, self.last, step))]


def _every(first: date, last: date, step: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(step // 2 if step > 1 else 0, (last - first).days + 1, step)]


def stretch(days: Sequence[date]) -> tuple[Days, int]:
    """Return a stretch that shows nearly all `days`, and how many lie outside.

    A report dates some facts to long ago ("since 1991"): the first and last tenth may lie outside when they would more than treble the stretch.
    """
    ordered = sorted(days)
    first, last = ordered[0], ordered[-1]
    tenth = max(len(ordered) // 10, 1 if len(ordered) > 4 else 0)
    core = max((ordered[-1 - tenth] - ordered[tenth]).days, 6)
    if len(ordered) > 4 and (last - first).days > 3 * core:
        middle = ordered[len(ordered) // 2]
        spread = max(sorted(abs((d - middle).days) for d in ordered)[int(0.8 * (len(ordered) - 1))], 3)
        first, last = max(first, middle - timedelta(days=2 * spread)), min(last, middle + timedelta(days=2 * spread))
    if (last - first).days < 6:
        pad = timedelta(days=(6 - (last - first).days + 1) // 2)
        first, last = first - pad, last + pad
    out = Days(first, last)
    return out, sum(not out.holds(d) for d in ordered)


@dataclass(frozen=True, slots=True)
class Values:
    """Values over the height, linear or by decades."""

    low: float
    high: float
    log: bool
    top: float
    bottom: float

    def at(self, value: float) -> float:
        """Return the pixel from the top."""
        low, high, value = (math.log10(max(v, 1e-9)) for v in (self.low, self.high, value)) if self.log else (self.low, self.high, value)
        share = (value - low) / ((high - low) or 1)
        return round(self.bottom - (self.bottom - self.top) * min(max(share, 0.0), 1.0), 1)

    def ticks(self) -> list[tuple[float, float]]:
        """Return positions and values, three to five of them."""
        if self.log:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            decades = [10.0**n for n in range(first, last + 1) if self.low <= 10.0**n <= self.high]
            found = decades[:: max(1, math.ceil(len(decades) / 5))]
            if len(found) < 3:
                found = [m * 10.0**n for n in range(first, last + 1) for m in (1, 2, 5) if self.low <= m * 10.0**n <= self.high]
            return [(self.at(v), v) for v in found]
        step = _round_step((self.high - self.low) / 3)
        count = math.floor(self.high / step) - math.ceil(self.low / step)
        return [(self.at(v), v) for v in ((math.ceil(self.low / step) + n) * step for n in range(count + 1))]


def _round_step(raw: float) -> float:
    size = 10.0 ** math.floor(math.log10(raw or 1))
    return next(m * size for m in (1, 2, 2.5, 5, 10) if m * size >= raw * 0.999)


def values(found: Sequence[float], *, top: float, bottom: float) -> Values:
    """Return the scale for values: by decades where they differ more than thirtyfold and none is zero or below."""
    low, high = min(found), max(found)
    if low > 0 and high / low > 30:
        return Values(low / 1.5, high * 1.5, True, top, bottom)
    low = min(low, 0.0) if low < 0 or high / max(low, 1e-9) > 2 or high == low else low
    spare = (high - low) * 0.12 or abs(high) * 0.2 or 1.0
    return Values(max(low - spare, 0.0) if low >= 0 else low - spare, high + spare, False, top, bottom)


def buckets(first: date, last: date, most: int = 48) -> tuple[list[date], str]:
    """Return the begins of days, weeks or months from first to last, at most about `most`, and which of these they are."""
    span = (last - first).days + 1
    if span <= most:
        return [first + timedelta(days=n) for n in range(span)], "day"
    if span <= 7 * most:
        monday = first - timedelta(days=first.weekday())
        return [monday + timedelta(days=7 * n) for n in range((last - monday).days // 7 + 1)], "week"
    months = [date(n // 12, n % 12 + 1, 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
    if len(months) <= 2 * most:
        return months, "month"
    return [date(year, 1, 1) for year in range(first.year, last.year + 1)], "year"
