"""The project's own tables hold what they promise, and the built gazetteer knows what news names."""

from __future__ import annotations

import pycountry
import pytest

from dateline import gazetteer
from dateline.gazetteer.build import OWN_TABLES
from dateline.gazetteer.sources import kilometres, strip_generic
from dateline.model import PLACE_KINDS
from dateline.resources import rows

CODES = {country.alpha_2 for country in pycountry.countries} | {"XK", ""}


@pytest.mark.parametrize("table", OWN_TABLES)
def test_rows_are_sound(table: str) -> None:
    for row in rows(table):
        assert None not in row and None not in row.values(), row
        assert row["kind"] in PLACE_KINDS, row
        assert row["country"] in CODES, row
        assert not row["admin1"] or row["admin1"].startswith(row["country"] + "."), row
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row


def test_no_row_twice() -> None:
    seen: set[tuple[str, ...]] = set()
    for table in OWN_TABLES:
        for row in rows(table):
            key = (row["name"], row["country"], row["admin1"], row["kind"], row["lat"])
            assert key not in seen, key
            seen.add(key)


def test_every_country_is_there_once() -> None:
    found = [row["country"] for row in rows("countries.csv")]
    assert sorted(found) == sorted({country.alpha_2 for country in pycountry.countries} | {"XK"})


def test_every_regional_demonym_has_its_place() -> None:
    gaz = gazetteer.load()
    for row in rows("place_demonyms.csv"):
        kinds = {"region", "admin1"} if row["kind"] in ("region", "admin1") else {row["kind"]}
        assert any(entry.kind in kinds for entry in gaz.lookup(row["place"])), row


@pytest.mark.parametrize(
    ("name", "expected", "country", "lat", "lon"),
    [
        ("Kharkov", "Kharkiv", "UA", 49.98, 36.25),
        ("Artemivsk", "Bakhmut", "UA", 48.59, 38.0),
        ("Chasov Yar", "Chasiv Yar", "UA", 48.59, 37.84),
        ("Avdeevka", "Avdiivka", "UA", 48.14, 37.75),
        ("Dnepropetrovsk", "Dnipro", "UA", 48.46, 35.04),
        ("Donbass", "Donbas", "UA", 48.3, 38.0),
        ("Al-Fashir", "El Fasher", "SD", 13.63, 25.35),
        ("Burma", "Myanmar", "MM", 21.0, 96.0),
        ("Gornal", "Gornal", "RU", 51.06, 35.22),
        ("Stalingrad", "Volgograd", "RU", 48.72, 44.5),
    ],
)
def test_old_and_other_names(name: str, expected: str, country: str, lat: float, lon: float) -> None:
    found = [entry for entry in gazetteer.load().lookup(name) if entry.name == expected and entry.country == country]
    assert found, [entry.name for entry in gazetteer.load().lookup(name)]
    assert kilometres(found[0].lat, found[0].lon, lat, lon) < 60


def test_a_region_has_its_bare_name() -> None:
    types = {entry.kind: entry.name_type for entry in gazetteer.load().lookup("Kursk") if entry.country == "RU"}
    assert types == {"admin1": "bare", "city": "primary"}


@pytest.mark.parametrize(
    ("full", "bare"),
    [("Kursk Oblast", "Kursk"), ("Provincia di Cuneo", "Cuneo"), ("Cook County", "Cook"), ("Province of Diyala", "Diyala"), ("Bavaria", "Bavaria")],
)
def test_generic_words_are_stripped(full: str, bare: str) -> None:
    assert strip_generic(full, {"oblast", "provincia", "county", "province"}) == bare
