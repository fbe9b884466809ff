"""The index gives back what was written, refuses what it did not write, and survives two writers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dateline.errors import EnvironmentProblem
from dateline.gazetteer import Gazetteer
from dateline.gazetteer.index import ALTERNATE, BARE, PRIMARY, PlaceRow, write
from dateline.model import PLACE_KINDS

ROWS = [
    PlaceRow("Ruritania", "country", "RR", 50.0, 10.0, {"Ruritania": PRIMARY, "Kingdom of Ruritania": ALTERNATE}, 1_000_000, 6.0),
    PlaceRow("Strelsau Oblast", "admin1", "RR", 50.5, 10.5, {"Strelsau Oblast": PRIMARY, "Strelsau": BARE}, 0, 5.2, "RR.01"),
    PlaceRow("Strelsau", "city", "RR", 50.52, 10.54, {"Strelsau": PRIMARY, "Štrelzava": ALTERNATE}, 90_000, 4.95, "RR.01", 4, 77, True),
    PlaceRow("Zenda District", "admin2", "RR", 50.9, 10.9, {"Zenda District": PRIMARY}, 0, 4.0, "RR.01"),
    PlaceRow("Kharkiv", "city", "UA", 49.98, 36.25, {"Kharkiv": PRIMARY}, 1_430_000, 6.2),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "cache" / "small.idx"
    write(target, ROWS, admin1_names={"RR.01": "Strelsau Oblast"}, kinds=PLACE_KINDS, sources={"here": "1"})
    return target


def test_lookup_gives_every_bearer_of_a_name_greatest_first(path: Path) -> None:
    found = Gazetteer(path).lookup("STRELSAU")
    assert [(entry.name, entry.kind, entry.name_type) for entry in found] == [
        ("Strelsau Oblast", "admin1", "bare"),
        ("Strelsau", "city", "primary"),
    ]


def test_an_entry_has_its_fields(path: Path) -> None:
    (entry,) = Gazetteer(path).lookup("Strelzava")
    assert (entry.country, entry.admin1, entry.admin1_code, entry.admin2) == ("RR", "Strelsau Oblast", "RR.01", 3)
    assert (entry.lat, entry.lon, entry.population, entry.geonames_id, entry.capital) == (50.52, 10.54, 90_000, 77, True)
    assert entry.place.place_id == "geonames:77"


def test_unknown_population_and_country_are_none(path: Path) -> None:
    assert Gazetteer(path).lookup("Zenda District")[0].population is None


def test_ids_do_not_depend_on_the_build(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.idx"
    write(other, ROWS[::-1], admin1_names={}, kinds=PLACE_KINDS, sources={})
    name = "Ruritania"
    assert Gazetteer(path).lookup(name)[0].place.place_id == Gazetteer(other).lookup(name)[0].place.place_id


def test_has_and_spelling(path: Path) -> None:
    gaz = Gazetteer(path)
    assert gaz.has("kingdom of ruritania")
    assert not gaz.has("Graustark")
    assert gaz.lookup("Kharkov") == ()
    assert [entry.name for entry in gaz.lookup_spelling("Kharkov")] == ["Kharkiv"]


@pytest.mark.parametrize("damage", ["empty", "cut", "foreign"])
def test_a_damaged_file_is_refused(path: Path, damage: str) -> None:
    raw = path.read_bytes()
    path.write_bytes({"empty": b"", "cut": raw[: len(raw) // 2], "foreign": b"PK" + raw[2:]}[damage])
    with pytest.raises(EnvironmentProblem) as problem:
        Gazetteer(path)
    assert "dateline gazetteer build" in str(problem.value)


def test_two_writers_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "shared.idx"

    def make(_: int) -> None:
        write(target, ROWS, admin1_names={}, kinds=PLACE_KINDS, sources={})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(8)))
    assert len(Gazetteer(target)) == len(ROWS)
    assert [file.name for file in tmp_path.iterdir()] == ["shared.idx"]


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write(tmp_path / "bad.idx", ROWS, admin1_names={}, kinds=("city",), sources={})
    assert list(tmp_path.iterdir()) == []
