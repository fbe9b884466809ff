"""The map of the report page: where the texts name places, on outlines of the world, zoomed to where the news is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.report.outlines import WORLD, Box, countries, project, regions

_WIDE, _TALL = 16, 9  # The frame's proportions on a wide screen; a phone gets a taller one and sees more north and south.
_DETAILED = 170.0  # Map units (60 degrees): a view wider than this gets countries only.
# Kinds of places in four groups, each with a colour and a shape in the legend.
GROUPS = {
    "country": "country", "admin1": "region", "admin2": "region", "district": "settlement", "region": "region", "city": "settlement",
    "village": "settlement", "facility": "site", "natural": "site",
}  # fmt: skip
LEGEND = (("settlement", "town or village"), ("region", "region"), ("country", "country"), ("site", "facility or landmark"))


@dataclass(frozen=True, slots=True)
class WorldMap:
    """Everything the template draws: paths in map units, markers with their place, the first view and how many places lie beyond it."""

    world: str
    detail: tuple[str, str, str] | None
    detail_box: Box
    view: Box
    markers: list[dict[str, Any]]
    beyond: int


def world_map(places: Sequence[Mapping[str, Any]]) -> WorldMap | None:
    """Return the map of places with coordinates, None where there are none."""
    located = [place for place in places if place["lat"] is not None and place["lon"] is not None]
    if not located:
        return None
    most = max(place["mentions"] for place in located)
    markers = []
    for place in located:
        x, y = project(place["lon"], place["lat"])
        radius = 4 + 12 * math.sqrt(place["mentions"] / most) if most > 1 else 6
        markers.append({**place, "x": round(x, 3), "y": round(y, 3), "r": round(radius, 1), "group": GROUPS.get(place["kind"], "site")})
    view = _frame(_focus(markers))
    reach = ((view[2] - view[0]) * 0.3, (view[3] - view[1]) * 0.6)
    around: Box = (view[0] - reach[0], view[1] - reach[1], view[2] + reach[0], view[3] + reach[1])
    detail = regions(around) if view[2] - view[0] <= _DETAILED else None
    beyond = sum(not (view[0] <= m["x"] <= view[2] and view[1] <= m["y"] <= view[3]) for m in markers)
    return WorldMap(countries(), detail, _rounded(around), _rounded(view), markers, beyond)


def _focus(markers: Sequence[Mapping[str, Any]]) -> Box:
    """Return the box that holds three quarters of the mentions; countries count only where nothing finer is named.

    A country is a wide thing with its point somewhere inside: it must not drag the view to the middle of Siberia.
    """
    fine = [m for m in markers if m["group"] != "country"] or list(markers)
    total = sum(m["mentions"] for m in fine)
    centre_x = _median([(m["x"], m["mentions"]) for m in fine])
    centre_y = _median([(m["y"], m["mentions"]) for m in fine])
    by_distance = sorted(fine, key=lambda m: (math.hypot(m["x"] - centre_x, m["y"] - centre_y), m["place_id"]))
    kept: list[Mapping[str, Any]] = []
    count = 0
    for marker in by_distance:
        # What lies far outside the rest is left to the world view, unless it is much of the news.
        if kept and count >= 0.75 * total:
            break
        kept.append(marker)
        count += marker["mentions"]
    return min(m["x"] for m in kept), min(m["y"] for m in kept), max(m["x"] for m in kept), max(m["y"] for m in kept)


def _median(weighted: list[tuple[float, int]]) -> float:
    half = sum(weight for _, weight in weighted) / 2
    count = 0
    for value, weight in sorted(weighted):
        count += weight
        if count >= half:
            return value
    return weighted[-1][0]


def _frame(box: Box) -> Box:
    """Return a box of the frame's proportions around `box`, with room at its edges, inside the world."""
    wide = max((box[2] - box[0]) * 1.3, 8.0, (box[3] - box[1]) * 1.35 * _WIDE / _TALL)
    wide = min(wide, WORLD)
    tall = wide * _TALL / _WIDE
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    left = min(max(x - wide / 2, 0.0), WORLD - wide)
    return left, y - tall / 2, left + wide, y + tall / 2


def _rounded(box: Box) -> Box:
    left, top, right, bottom = (round(v, 3) for v in box)
    return left, top, right, bottom
