"""Charts as SVG text: positions across in percent, so that they fit any width without a script.

A mark says how exact the figure is: a dot is a value as stated, a bar is a range, an arrow goes the way a hedge leaves open ("almost 70" points
down, "more than 700" up), a faint whisker is "about". Shape and colour are the side that says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from dateline.report.scales import Days, Values, buckets, stretch, values
from dateline.report.wording import compact, day, number

SIDES = 6  # Sides with a colour and shape of their own; further ones share the last.
_TOP, _BOTTOM, _HEIGHT = 18.0, 172.0, 200
_PIXEL = 100 / 260  # Percent that a pixel takes on the narrowest panel.
_TALL = 14  # Pixels that a line of words takes, or an arrow.
_LABELLED = 7  # A panel with no more marks than this has their words written beside them.


def side_class(side: str | None, sides: Sequence[str]) -> str:
    """Return the class of a side's colour and shape: s0 is nobody named, s7 any side beyond the first six."""
    if side is None:
        return "s0"
    return f"s{sides.index(side) + 1}" if side in sides[:SIDES] else f"s{SIDES + 1}"


def _ends(mark: Mapping[str, Any]) -> tuple[float, float]:
    low, high = mark["value_min"], mark["value_max"]
    return (low if low is not None else high), (high if high is not None else low)


def time_domain(marks: Sequence[Mapping[str, Any]]) -> tuple[Days | None, int]:
    """Return the stretch of days all panels share, and how many marks lie outside it."""
    days = [mark["day"] for mark in marks]
    return stretch(days) if days else (None, 0)


def figure_panel(marks: Sequence[Mapping[str, Any]], domain: Days, sides: Sequence[str], words: Mapping[str, Mapping[str, Any]]) -> Markup:
    """Return the chart of one kind and unit; `words` gives for each figure its `said` and the `label` that screen readers say."""
    scale = values([end for mark in marks for end in _ends(mark)], top=_TOP, bottom=_BOTTOM)
    out = [f'<svg class="chart" height="{_HEIGHT}" role="group" aria-label="Figures over time; arrow keys move between marks">']
    for y, value in scale.ticks():
        out.append(f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/><text class="tick" x="0" y="{y - 3}">{compact(value)}</text>')
    for x, label in domain.ticks():
        anchor = "end" if x > 88 else "middle"
        out.append(f'<line class="tickmark" x1="{x}%" x2="{x}%" y1="{_BOTTOM + 4}" y2="{_BOTTOM + 9}"/>')
        out.append(f'<text class="tick" x="{x}%" y="{_HEIGHT - 6}" text-anchor="{anchor}">{label}</text>')
    shifts = _dodge(marks)
    spots = [_spot(mark, scale, domain, shift) for mark, shift in zip(marks, shifts, strict=True)]
    taken: list[tuple[float, float, float]] = []
    for n, mark in enumerate(marks):
        known = words[mark["figure_id"]]
        out.append(_mark(mark, scale, domain, side_class(mark["side"], sides), shifts[n], known, 0 if n == 0 else -1))
        if len(marks) <= _LABELLED:
            out.append(_beside(spots[n], [*spots[:n], *spots[n + 1 :]], shifts[n], str(known["said"]), taken))
    out.append("</svg>")
    return Markup("".join(out))


def _dodge(marks: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return pixels to the side for marks that would lie on one another, in the order given."""
    met: dict[tuple[date, float, float], int] = {}
    out = []
    for mark in marks:
        low, high = _ends(mark)
        key = (mark["day"], low, high)
        place = met.get(key, 0)
        met[key] = place + 1
        out.append(((place + 1) // 2) * 9 * (1 if place % 2 else -1))
    return out


def _mark(mark: Mapping[str, Any], scale: Values, domain: Days, css: str, shift: int, known: Mapping[str, Any], tab: int) -> str:
    low, high = _ends(mark)
    x, y_low, y_high = domain.at(mark["day"]), scale.at(low), scale.at(high)
    parts = []
    approx = mark["approx"]
    if low != high:
        parts.append(f'<line class="range" x1="{x}%" x2="{x}%" y1="{y_low}" y2="{y_high}"/>')
        parts.append(f'<use href="#m-end" x="{x}%" y="{y_low}"/><use href="#m-end" x="{x}%" y="{y_high}"/>')
    else:
        hint = "up" if approx in ("above", "at_least") or mark["value_max"] is None else "down" if approx in ("below", "at_most") else ""
        hint = "up" if mark["value_max"] is None else "down" if mark["value_min"] is None else hint or ("about" if approx == "about" else "")
        if hint:
            parts.append(f'<use href="#m-{hint}" x="{x}%" y="{y_low}"/>')
        parts.append(f'<use href="#m-{css}" x="{x}%" y="{y_low}"/>')
    classes = css + ("" if mark["dated"] else " undated") + (" denied" if mark["denied"] else "")
    classes += "" if domain.holds(mark["day"]) else " outside"
    move = f' transform="translate({shift},0)"' if shift else ""
    repeats = f' data-n="{mark["reports"]}"' if mark["reports"] > 1 else ""
    return (
        f'<a href="#f-{escape(mark["figure_id"])}" class="{classes}" tabindex="{tab}" aria-label="{escape(known["label"])}"{repeats}{move}>'
        f"{''.join(parts)}</a>"
    )


def _spot(mark: Mapping[str, Any], scale: Values, domain: Days, shift: int) -> tuple[float, float]:
    """Return where the middle of a mark stands: percent across, pixels down."""
    low, high = _ends(mark)
    y = scale.at((low + high) / 2) if not scale.log else (scale.at(low) + scale.at(high)) / 2
    return domain.at(mark["day"]) + shift * _PIXEL, y


def _beside(spot: tuple[float, float], others: Sequence[tuple[float, float]], shift: int, label: str, taken: list[tuple[float, float, float]]) -> str:
    """Write the words of a mark beside it, to a side where neither a mark nor other words stand; left out where there is none."""
    x, y = spot
    short = label if len(label) <= 26 else label[:25] + "…"
    wide = 4 + 7 * _PIXEL * len(short)
    right, left = ("start", 10, x + 2, x + wide), ("end", -10, x - wide, x - 2)
    for anchor, dx, begin, end in (left, right) if x > 55 else (right, left):
        if begin < 0 or end > 100 or any(begin < other < end and abs(y - height) < _TALL for other, height in others):
            continue
        if any(begin < other_end and end > other_begin and abs(y - height) < _TALL for other_begin, other_end, height in taken):
            continue
        taken.append((begin, end, y))
        across = round(x - shift * _PIXEL, 2)
        return f'<text class="word" x="{across}%" y="{y + 4}" dx="{dx + shift}" text-anchor="{anchor}" aria-hidden="true">{escape(short)}</text>'
    return ""


def strip(days: Mapping[date, int], first: date, last: date, *, height: int = 28, top: int | None = None, what: str = "Reports") -> Markup:
    """Return bars of counts by day, week or month, with a title each; `top` makes several strips comparable."""
    begins, name = buckets(first, last)
    sums = [0] * len(begins)
    for d, count in days.items():
        sums[max(bisect_right(begins, d) - 1, 0)] += count
    most = top or max(sums, default=1) or 1
    width = 100 / len(begins)
    out = [f'<svg class="strip" height="{height}" role="img" aria-label="{what} by {name}, {day(first)} to {day(last)}">']
    for n, count in enumerate(sums):
        if count:
            tall = max(2.0, round((height - 2) * count / most, 1))
            out.append(
                f'<rect x="{n * width:.2f}%" width="{max(width * 0.82, 0.4):.2f}%" y="{height - tall:.1f}" height="{tall}">'
                f"<title>{day(begins[n])} ({name}): {number(count)}</title></rect>"
            )
    out.append(f'<line class="base" x1="0" x2="100%" y1="{height - 0.5}" y2="{height - 0.5}"/></svg>')
    return Markup("".join(out))


def strip_top(series: Sequence[Mapping[date, int]], first: date, last: date) -> int:
    """Return the highest bar that any of the series has."""
    begins, _ = buckets(first, last)
    most = 1
    for days in series:
        sums = [0] * len(begins)
        for d, count in days.items():
            sums[max(bisect_right(begins, d) - 1, 0)] += count
        most = max(most, *sums)
    return most


def history(results: Sequence[Mapping[str, Any]]) -> Markup:
    """Return one square a run, oldest first: met, missed by a warning, missed by a critical expectation."""
    out = [f'<svg class="history" width="{len(results) * 11}" height="12" role="img" aria-label="{_history_words(results)}">']
    for n, result in enumerate(results):
        css = "met" if result["success"] else "missed" if result["severity"] == "critical" else "warned"
        shape = (
            f'<rect x="{n * 11}" y="3" width="8" height="8"/>' if css == "met" else f'<path d="M{n * 11},11 l4.5,-9 l4.5,9z"/>'
            if css == "warned" else f'<path d="M{n * 11},2 h3 l1.5,2.5 l1.5,-2.5 h3 l-3,4.5 l3,4.5 h-3 l-1.5,-2.5 l-1.5,2.5 h-3 l3,-4.5z"/>'
        )  # fmt: skip
        out.append(f'<g class="{css}">{shape}<title>{escape(result["run_id"])}: {number(result["unexpected"] or 0)} missed</title></g>')
    out.append("</svg>")
    return Markup("".join(out))


def _history_words(results: Sequence[Mapping[str, Any]]) -> str:
    missed = sum(not r["success"] for r in results)
    return f"{len(results)} runs, missed in {missed}"


def spark(points: Sequence[tuple[str, Any, float]], height: int = 44) -> Markup:
    """Return one dot and bar a run, oldest first, from zero up."""
    most = max((value for _, _, value in points), default=0.0) or 1.0
    width = 100 / max(len(points), 12)
    out = [f'<svg class="strip" height="{height}" role="img" aria-label="{len(points)} runs, last {points[-1][2]:.1f}">']
    for n, (run, _, value) in enumerate(points):
        tall = round((height - 4) * value / most, 1)
        out.append(
            f'<rect x="{n * width + width * 0.1:.2f}%" width="{width * 0.8:.2f}%" y="{height - 1 - tall:.1f}" height="{max(tall, 1)}">'
            f"<title>{escape(run)}: {value:.1f}</title></rect>"
        )
    out.append(f'<line class="base" x1="0" x2="100%" y1="{height - 0.5}" y2="{height - 0.5}"/></svg>')
    return Markup("".join(out))


def duel(low: Mapping[str, Any], high: Mapping[str, Any], sides: Sequence[str]) -> Markup:
    """Return two rival figures on one axis, each as it leaves itself open."""
    ends = [end for figure in (low, high) for end in _ends(figure)]
    first, last = min(0.0, *ends), max(ends)
    room = (last - first) * 1.15 or 1.0

    def at(value: float) -> float:
        return round(2 + 94 * (value - first) / room, 2)

    out = ['<svg class="duel" height="62" role="img" aria-label="Both figures on one axis">', '<line class="base" x1="0" x2="100%" y1="43" y2="43"/>']
    out += [
        f'<text class="tick" x="{at(v)}%" y="58" text-anchor="{anchor}">{compact(v)}</text>' for v, anchor in ((first, "start"), (last, "middle"))
    ]
    for n, figure in enumerate((low, high)):
        a, b = _ends(figure)
        y = 12 + 20 * n
        css = side_class(figure["side"], sides)
        out.append(f'<g class="{css}">')
        if a != b:
            out.append(f'<line class="range" x1="{at(a)}%" x2="{at(b)}%" y1="{y}" y2="{y}"/>')
        open_right = figure["approx"] in ("above", "at_least") or figure["value_max"] is None
        if open_right or figure["approx"] in ("below", "at_most"):
            out.append(f'<use href="#m-{"right" if open_right else "left"}" x="{at(a)}%" y="{y}"/>')
        elif figure["approx"] == "about":
            out.append(f'<use href="#m-wide" x="{at(a)}%" y="{y}"/>')
        out.append(f'<use href="#m-{css}" x="{at(a)}%" y="{y}"/>' if a == b else "")
        out.append("</g>")
    out.append("</svg>")
    return Markup("".join(out))
