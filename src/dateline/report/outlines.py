"""Outlines of countries and of their regions, from Natural Earth, ready to draw.

The file outlines.json.gz is built by training/outlines.py. Coordinates come out in Mercator "map units": the world is 1,000 wide, y grows downward.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # Left, top, right, bottom in map units.

WORLD = 1000.0
_LIMIT = 78.0  # Latitude; Mercator blows up beyond, and little news comes from there.


@cache
def _data() -> dict[str, Any]:
    with gzip.open(Path(__file__).with_name("outlines.json.gz")) as file:
        return dict(json.load(file))


def about() -> str:
    """Return whose outlines these are."""
    return str(_data()["about"])


def project(lon: float, lat: float) -> Point:
    """Return a place in map units.

    >>> project(0.0, 0.0)
    (500.0, 500.0)
    """
    lat = min(max(lat, -_LIMIT), _LIMIT)
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return WORLD * (lon + 180) / 360, WORLD * (0.5 - y / (2 * math.pi))


def _points(packed: Sequence[int], scale: int) -> list[Point]:
    x = y = 0
    out = []
    for n in range(0, len(packed), 2):
        x, y = x + packed[n], y + packed[n + 1]
        out.append(project(x / scale, y / scale))
    return out


def countries() -> str:
    """Return the path of all countries, coarse, for the world view."""
    lines = (_points(ring, 100) for rings in _data()["world"].values() for ring in rings)
    return "".join(path_of(line, places=1, closed=True) for line in lines)


def regions(box: Box) -> tuple[str, str, str]:
    """Return three paths for the countries that touch a box, cut at it: areas, borders between regions, outer borders."""
    # A pixel is about a thousandth of the box: finer coordinates would only make the page heavier.
    places = 3 if box[2] - box[0] < 60 else 2
    areas: list[str] = []
    inner: list[str] = []
    outer: list[str] = []
    for entry in _within(box):
        arcs = [_points(arc, 1000) for arc in entry["arcs"]]
        uses = Counter(n if n >= 0 else ~n for ring in entry["rings"] for n in ring)
        for ring in entry["rings"]:
            cut = clip_area(_joined(ring, arcs), box)
            if len(cut) > 2:
                areas.append(path_of(cut, places=places, closed=True))
        for number, count in sorted(uses.items()):
            for piece in clip_line(arcs[number], box):
                (inner if count > 1 else outer).append(path_of(piece, places=places))
    return "".join(areas), "".join(inner), "".join(outer)


def _within(box: Box) -> Iterator[dict[str, Any]]:
    for _, entry in sorted(_data()["regions"].items()):
        west, south, east, north = entry["box"]
        left, top = project(west, north)
        right, bottom = project(east, south)
        if left < box[2] and right > box[0] and top < box[3] and bottom > box[1]:
            yield entry


def _joined(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    out: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        out += arc[1:] if out else arc
    return out


def clip_area(ring: list[Point], box: Box) -> list[Point]:
    """Return a ring cut at a box (Sutherland and Hodgman 1974)."""
    left, top, right, bottom = box
    for axis, bound, keep_less in ((0, left, False), (0, right, True), (1, top, False), (1, bottom, True)):
        if not ring:
            return []
        out: list[Point] = []
        last = ring[-1]
        last_in = (last[axis] <= bound) if keep_less else (last[axis] >= bound)
        for point in ring:
            inside = (point[axis] <= bound) if keep_less else (point[axis] >= bound)
            if inside != last_in:
                share = (bound - last[axis]) / (point[axis] - last[axis])
                out.append((last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])))
            if inside:
                out.append(point)
            last, last_in = point, inside
        ring = out
    return ring


def clip_line(line: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """Yield the pieces of a line that lie in a box, each with one point beyond at either end."""
    left, top, right, bottom = box
    piece: list[Point] = []
    last: Point | None = None
    for point in line:
        if left <= point[0] <= right and top <= point[1] <= bottom:
            if not piece and last is not None:
                piece.append(last)
            piece.append(point)
        elif piece:
            yield [*piece, point]
            piece = []
        last = point
    if len(piece) > 1:
        yield piece


def path_of(line: Sequence[Point], *, places: int, closed: bool = False) -> str:
    """Return a line as SVG path data: differences of rounded numbers, so that roundings do not add up."""
    scale = 10**places
    out: list[str] = []
    last = (0, 0)
    for x, y in line:
        point = (round(x * scale), round(y * scale))
        if not out:
            out.append(f"M{_short(point[0], places)} {_short(point[1], places)}l")
        elif point != last:
            out.append(f"{_short(point[0] - last[0], places)} {_short(point[1] - last[1], places)} ")
        last = point
    if len(out) < 2:
        return ""
    return "".join(out).replace(" -", "-").rstrip() + ("z" if closed else "")


def _short(value: int, places: int) -> str:
    if value % 10**places == 0:
        return str(value // 10**places)
    text = f"{value / 10**places:.{places}f}".rstrip("0")
    return text.replace("0.", ".", 1) if abs(value) < 10**places else text
