"""Read how an article says where one place lies by another: "X, Y", "Y's X", "X, a town in northern Y", "X, 60 km west of Y", "X near Y".

What is said is a constraint on the places that both names could mean: it is right or wrong of each pair of them. How much it weighs is fitted
(place_weights.csv, "context"), since some of these readings are wrong ("the man from X died near Y"). Words: place_relations.csv.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.gazetteer import Entry
from dateline.gazetteer.sources import kilometres
from dateline.resources import rows

_LONGEST = 110  # Characters between two names that are said to belong together.
_NEAR_KM = 60.0
_SLACK_KM = 12.0  # Distances are measured from somewhere in a town to somewhere in another, and rounded.
_WIDE = frozenset(("country", "region", "natural"))  # Too large for their point to say where their edge is.
_COUNTED = frozenset(("unit", "teen", "ten", "scale"))


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a name's place is said to lie by that of another name.

    Attributes:
        kind: "inside", "loose" (inside, said in more words), "listed" (inside, or one after the other in a list), "at" (distance, direction or
            both) or "near".
        km: Stated distance, None without one.
        bearing: Stated direction in degrees from north, seen from the other place; None without one.
    """

    kind: str
    km: float | None = None
    bearing: float | None = None


@cache
def _words(use: str) -> dict[str, str]:
    return {row["word"]: row["value"] for row in rows("place_relations.csv") if row["use"] == use}


@cache
def _numbers() -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in rows("number_words.csv") if row["role"] in _COUNTED and row["value"]}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


# What may stand between a preposition and the other name: "the city of", "the besieged eastern town of".
_LANDMARK = r"(?:the\s(?:[\w'’-]{1,20}\s){0,4}(?:of\s)?)?$"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    number = rf"(?P<number>\d{{1,4}}(?:\.\d{{1,2}})?|\b(?:{_any(_numbers())})\b)(?:\s?(?:-|–|to)\s?(?P<upper>\d{{1,4}}))?"
    unit = rf"[\s-]?(?P<unit>{_any(_words('unit'))})\b(?:\s?\([^()]{{1,24}}\))?"
    bearing = rf"\b(?P<bearing>{_any(_words('bearing'))})\b"
    before = r"^(?:\s[\w-]{1,16}(?=,))?(?:,|\s\()?\s?(?:(?!(?:and|or|but|while|when|as)\b)[\w-]{1,16}\s){0,5}?"
    measured = rf"{number}{unit}\s(?:(?:to\s|in\s)?(?:the\s)?{bearing}\s)?(?:of|from|away\sfrom|outside)"
    # A group's name may not occur twice: the direction without a distance has its own.
    at = rf"{before}(?:{measured}|{bearing.replace('bearing', 'way')}\sof)\s{_LANDMARK}"
    near = rf"^(?:,|\s\()?\s?(?:(?:an?|the|in|at)\s)?(?:[\w-]{{1,16}}\s){{0,3}}(?:{_any(_words('near'))})\s{_LANDMARK}"
    head = rf"(?:(?:an?|the|in\sthe|its|this|that)\s(?:(?!(?:{_any(_words('bearing'))})\b)[\w-]{{1,16}}\s){{0,2}})?"
    part = rf"(?:the\s)?(?:(?:{_any(_words('part'))})[\s-]){{0,3}}(?:of\s|parts?\sof\s)?(?:the\s)?(?:(?:country|region|province|state)\sof\s)?"
    inside = rf"^(?:,|\s\()?\s?{head}(?:{_any(_words('noun'))})?\s?(?:in|of|within|inside)\s{part}$"
    return re.compile(at, re.IGNORECASE), re.compile(near, re.IGNORECASE), re.compile(inside, re.IGNORECASE)


_APPOSED = frozenset((", ", " ("))
_PLAIN_IN = frozenset((", in ", " in ", ", in the ", " in the ", "region, ", "county, "))


def stated(between: str) -> Relation | None:
    """Return what the words between two names say about the first by the second, None where they say nothing.

    >>> stated(", about 60 km (37 miles) west of the city of ")
    Relation(kind='at', km=60.0, bearing=270.0)
    >>> stated(", a border village in northern ").kind, stated(" and "), stated(" near ").kind
    ('loose', None, 'near')
    """
    if between in _APPOSED or between in _PLAIN_IN or between.strip().lower() in ("region,", "county,"):
        return Relation("inside")
    if len(between) > _LONGEST or "\n" in between or ";" in between or ". " in between:
        return None
    at, near, inside = _patterns()
    if inside.match(between) is not None:
        return Relation("loose")  # Before directions: "in the south of" is inside, "south of" is not.
    if (found := at.match(between)) is not None:
        return _at(found)
    return Relation("near") if near.match(between) is not None else None


def _at(found: re.Match[str]) -> Relation:
    way = found["bearing"] or found["way"]
    bearing = float(_words("bearing")[way.lower()]) if way else None
    if not found["number"]:
        return Relation("at", None, bearing)
    count = _numbers().get(found["number"].lower())
    count = float(found["number"]) if count is None else count
    if found["upper"]:
        count = (count + float(found["upper"])) / 2
    return Relation("at", count * float(_words("unit")[found["unit"].lower()]), bearing)


def holds(relation: Relation, entry: Entry, other: Entry) -> bool | None:
    """Return whether a place lies by another as stated; None where nothing can be said (a town is in no other town)."""
    if relation.kind in ("inside", "loose", "listed"):
        return _inside(entry, other)
    if other.kind in _WIDE or entry.kind in _WIDE:
        return None
    km = kilometres(entry.lat, entry.lon, other.lat, other.lon)
    if relation.kind == "near":
        return km <= _NEAR_KM
    near = km <= 250.0 if relation.km is None else abs(km - relation.km) <= _SLACK_KM + 0.35 * relation.km
    return near and (relation.bearing is None or km < 5 or _turn(_bearing(other, entry), relation.bearing) <= 60)


def _inside(entry: Entry, other: Entry) -> bool | None:
    if other.kind == "country":
        return entry.country == other.country and entry.kind != "country"
    if other.kind == "admin1":
        return entry.admin1_code == other.admin1_code and entry.kind != "admin1"
    if other.kind == "admin2":
        return entry.admin2 == other.number
    return None


def _bearing(start: Entry, end: Entry) -> float:
    p, q, turn = math.radians(start.lat), math.radians(end.lat), math.radians(end.lon - start.lon)
    return math.degrees(math.atan2(math.sin(turn) * math.cos(q), math.cos(p) * math.sin(q) - math.sin(p) * math.cos(q) * math.cos(turn))) % 360


def _turn(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)
