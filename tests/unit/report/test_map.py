"""The map: outlines are there, cut to the view, and the view goes where the news is."""

from __future__ import annotations

import re

import pytest

from dateline.report.outlines import about, clip_area, clip_line, countries, path_of, project, regions
from dateline.report.worldmap import world_map

UKRAINE = (22.0, 44.0, 40.5, 52.5)


def _place(name: str, lat: float | None, lon: float | None, mentions: int = 1, kind: str = "city") -> dict:
    return {"place_id": name, "name": name, "lat": lat, "lon": lon, "mentions": mentions, "kind": kind}


def _inside(path: str, lon: float, lat: float) -> bool:
    """Say whether a point lies in path data, by the even-odd rule."""
    px, py = project(lon, lat)
    odd = False
    for ring in path.split("M")[1:]:
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", ring.replace("z", ""))]
        x, y = numbers[0], numbers[1]
        points = [(x, y)]
        for n in range(2, len(numbers) - 1, 2):
            x, y = x + numbers[n], y + numbers[n + 1]
            points.append((x, y))
        for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
            if (y1 > py) != (y2 > py) and px < (x2 - x1) * (py - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


@pytest.mark.parametrize(("lon", "lat", "land"), [(30.5, 50.4, True), (25.35, 13.63, True), (-40.0, 30.0, False), (34.0, 43.3, False)])
def test_land_is_land_and_sea_is_sea(lon: float, lat: float, land: bool) -> None:
    assert _inside(countries(), lon, lat) is land


def test_regions_cover_the_box_and_stay_near_it() -> None:
    left, top = project(UKRAINE[0], UKRAINE[3])
    right, bottom = project(UKRAINE[2], UKRAINE[1])
    areas, inner, outer = regions((left, top, right, bottom))
    assert _inside(areas, 36.2, 51.7)
    assert _inside(areas, 34.2, 45.2)
    assert not _inside(areas, 31.0, 45.6)  # The Black Sea off Odesa.
    assert inner.count("M") > 20
    assert outer.count("M") > 2


def test_areas_and_lines_are_cut_at_the_box() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    cut = clip_area(square, (5.0, 5.0, 20.0, 20.0))
    assert set(cut) == {(5.0, 5.0), (10.0, 5.0), (10.0, 10.0), (5.0, 10.0)}
    assert clip_area(square, (50.0, 50.0, 60.0, 60.0)) == []
    assert list(clip_line([(0, 0), (4, 0), (8, 0)], (3.0, -1.0, 5.0, 1.0))) == [[(0, 0), (4, 0), (8, 0)]]


def test_paths_are_differences_that_do_not_drift() -> None:
    assert path_of([(1.0, 2.0), (1.5, 1.5), (0.5, 2.0)], places=1, closed=True) == "M1 2l.5-.5-1 .5z"


def test_the_view_goes_to_the_news_and_tells_what_lies_beyond() -> None:
    places = [_place("Pokrovsk", 48.28, 37.18, 20), _place("Sumy", 50.9, 34.8, 10), _place("Auckland", -36.85, 174.76, 1)]
    drawn = world_map(places)
    assert drawn is not None
    assert drawn.beyond == 1
    assert drawn.detail is not None
    assert drawn.view[2] - drawn.view[0] < 60


def test_a_country_does_not_drag_the_view() -> None:
    drawn = world_map([_place("Russia", 60.0, 100.0, 50, "country"), _place("Gornal", 51.06, 35.28, 2, "village")])
    assert drawn is not None
    x, y = project(35.28, 51.06)
    assert drawn.view[0] < x < drawn.view[2]
    assert drawn.view[1] < y < drawn.view[3]


def test_places_without_coordinates_have_no_mark() -> None:
    assert world_map([]) is None
    assert world_map([_place("somewhere", None, None)]) is None
    one = world_map([_place("Lyman", 48.99, 37.8)])
    assert one is not None
    assert [m["r"] for m in one.markers] == [6]


def test_the_source_is_named() -> None:
    assert "Natural Earth" in about()
