"""Macros that users call in their own SQL."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import World


@pytest.mark.parametrize(
    ("points", "km"),
    [
        ("50.45, 30.52, 50.45, 30.52", 0),
        ("0, 0, 0, 180", 20015.1),  # Half the way round the earth: the argument of asin must not pass 1.
        ("50.45, 30.52, 55.75, 37.62", 755),  # Kyiv to Moscow.
        ("-89.9, 10, 89.9, -170", 20015.1),
    ],
)
def test_distance_km(world: World, points: str, km: float) -> None:
    assert world.select(f"SELECT distance_km({points})")[0][0] == pytest.approx(km, abs=1)


def test_distance_to_the_unknown_is_unknown(world: World) -> None:
    assert world.select("SELECT distance_km(1, 2, NULL, 4)") == [(None,)]


@pytest.mark.parametrize(
    ("modifier", "written", "unit", "words"),
    [
        ("almost", "70", "count", "almost 70"),
        ("around", "20", "percent", "around 20%"),
        (None, "20 percent", "percent", "20 percent"),
        ("or more", "70", "person", "70 or more"),
        ("about", "1,000", "km2", "about 1,000 km2"),
        (None, "a dozen", "person", "a dozen"),
    ],
)
def test_approx_text(world: World, modifier: str | None, written: str, unit: str, words: str) -> None:
    assert world.con.execute("SELECT approx_text(?, ?, ?)", [modifier, written, unit]).fetchall() == [(words,)]


@pytest.mark.parametrize(
    ("low", "high", "approx", "allowed"),
    [
        (70, 70, "exact", (70, 70)),
        (70, 70, "below", (63, 70)),
        (100, 100, "about", (90, 110)),
        (700, 700, "above", (700, math.inf)),
        (700, 700, "at_least", (700, math.inf)),
        (10, 10, "at_most", (0, 10)),
        (24, None, "about", (21.6, math.inf)),  # "dozens"
        (None, 5, "exact", (0, 5)),
        (-10, -10, "about", (-11, -9)),
        (-10, -10, "at_most", (-math.inf, -10)),
        (1, 3, "exact", (1, 3)),
    ],
)
def test_allowed_range(world: World, low: float | None, high: float | None, approx: str, allowed: tuple[float, float]) -> None:
    sql = "SELECT figure_low($1::DOUBLE, $2::DOUBLE, $3), figure_high($1::DOUBLE, $2::DOUBLE, $3)"
    assert world.con.execute(sql, [low, high, approx]).fetchall()[0] == pytest.approx(allowed)


@pytest.mark.parametrize(
    ("begin", "end", "day"),
    [
        ("2025-04-27", "2025-04-28", "2025-04-27"),
        ("2025-04-26 18:00", "2025-04-27 06:00", "2025-04-27"),  # A night is of the day it ends in.
        ("2025-04-26 00:00", "2025-04-27 00:00", "2025-04-26"),
        ("2025-04-01", "2025-05-01", None),
        ("2025-04-28", "2025-04-27", None),
        (None, "2025-04-27", None),
    ],
)
def test_single_day(world: World, begin: str | None, end: str, day: str | None) -> None:
    assert world.con.execute("SELECT single_day(?::TIMESTAMP, ?::TIMESTAMP)::VARCHAR", [begin, end]).fetchall() == [(day,)]


@pytest.mark.parametrize(
    ("url", "quote", "link"),
    [
        ("https://a.example/x", "Six-day war, over", "https://a.example/x#:~:text=Six%2Dday%20war%2C%20over"),
        ("https://a.example/x#part", "Over", "https://a.example/x#part:~:text=Over"),
        ("https://a.example/x", None, "https://a.example/x"),
        ("javascript:alert(1)", "Over", "file.txt:3"),
        ('https://a.example/"><script>', "Over", "file.txt:3"),
        (None, "Over", "file.txt:3"),
        (
            "https://a.example/x",
            "one two three four five six seven\neight nine ten eleven twelve thirteen fourteen fifteen",
            "https://a.example/x#:~:text=one%20two%20three%20four%20five%20six,ten%20eleven%20twelve%20thirteen%20fourteen%20fifteen",
        ),
    ],
)
def test_deep_link(world: World, url: str | None, quote: str | None, link: str) -> None:
    assert world.con.execute("SELECT deep_link(?, 'file.txt:3', ?)", [url, quote]).fetchall() == [(link,)]


def test_excerpt_counts_characters_not_bytes(world: World) -> None:
    world.document("d1", "Łódź 😀 said: “nine” killed. More.")
    assert world.select("SELECT excerpt('d1', 13, 19)") == [("“nine”",)]
    assert world.select("SELECT excerpt('nowhere', 0, 3)") == [(None,)]


def test_offsets_are_code_points_even_in_emoji_and_combining_marks(world: World) -> None:
    text = "a😀e\u0301 👨‍👩‍👧 b"
    world.document("d1", text)
    for start in range(len(text)):
        assert world.con.execute("SELECT excerpt('d1', ?, ?)", [start, start + 1]).fetchall() == [(text[start],)]
