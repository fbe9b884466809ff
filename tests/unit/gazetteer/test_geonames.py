"""GeoNames' layouts and plain tables are merged; anything else is refused with what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from dateline.errors import ReadError
from dateline.gazetteer import geonames
from dateline.gazetteer.index import ALTERNATE, HISTORIC, PRIMARY, PlaceRow
from dateline.gazetteer.sources import Collection


def dump(number: int, name: str, feature: str, code: str, **more: object) -> str:
    fields = [str(number), name, str(more.get("ascii", name)), str(more.get("others", "")), str(more.get("lat", 51.2)), str(more.get("lon", 35.2)),
              feature, code, str(more.get("country", "RU")), "", str(more.get("admin1", "41")), "", "", "", str(more.get("people", 0)), "", "150",
              "Europe/Moscow", "2024-01-01"]  # fmt: skip
    return "\t".join(fields) + "\n"


@pytest.fixture
def collection() -> Collection:
    collection = Collection()
    collection.add(PlaceRow("Kursk Oblast", "admin1", "RU", 50.0, 35.0, {"Kursk Oblast": PRIMARY}, 0, 6.0, "RU.41"))
    collection.add(PlaceRow("Sudzha", "city", "RU", 51.19, 35.27, {"Sudzha": PRIMARY}, 6036, 3.8, "RU.41", geonames=485239))
    return collection


def test_dump_adds_places_and_leaves_out_what_is_gone(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "RU.txt"
    path.write_text(
        dump(1, "Loknya", "P", "PPL", others="Loknia,Локня", people=210)
        + dump(2, "Old Farm", "P", "PPLQ")
        + dump(3, "Some Hotel", "S", "HTL")
        + dump(4, "Psel", "H", "STM"),
        encoding="utf-8",
    )
    assert geonames.merge(collection, path) == 2
    added = {place.name: place for place in collection.places[2:]}
    assert set(added) == {"Loknya", "Psel"}
    assert added["Loknya"].kind == "village"
    assert added["Loknya"].names == {"Loknya": PRIMARY, "Loknia": ALTERNATE}
    assert added["Psel"].kind == "natural"


def test_dump_enriches_what_is_known(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "RU.txt"
    path.write_text(
        dump(485239, "Sudzha", "P", "PPLA2", others="Sudja", people=5127) + dump(538555, "Kursk", "A", "ADM1", lat=51.75, lon=36.0), "utf-8"
    )
    geonames.merge(collection, path)
    assert len(collection.places) == 2
    assert collection.places[1].population == 5127
    assert "Sudja" in collection.places[1].names
    assert (collection.places[0].lat, collection.places[0].geonames) == (51.75, 538555)


def test_alternate_names_follow_ids_and_skip_links(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "alternateNamesV2.txt"
    rows = [("1", "485239", "en", "Sudzhah", "", "", "", ""), ("2", "485239", "de", "Sudscha", "", "", "", "1"),
            ("3", "485239", "link", "https://example.org/Sudzha", "", "", "", ""), ("4", "99", "en", "Nowhere", "", "", "", "")]  # fmt: skip
    path.write_text("".join("\t".join((*row, "", "")) + "\n" for row in rows), "utf-8")
    assert geonames.merge(collection, path) == 2
    assert collection.places[1].names == {"Sudzha": PRIMARY, "Sudzhah": ALTERNATE, "Sudscha": HISTORIC}


def test_code_tables_name_regions(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "admin1CodesASCII.txt"
    path.write_text("RU.41\tKurskaya Oblast’\tKurskaya Oblast'\t538555\nRU.99\tNowhere\tNowhere\t5\n", "utf-8")
    assert geonames.merge(collection, path) == 1
    assert collection.places[0].geonames == 538555


def test_zip_is_read_in_place(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "RU.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "words " * 1000)
        archive.writestr("RU.txt", dump(7, "Guyevo", "P", "PPL"))
    assert geonames.merge(collection, path) == 1
    assert collection.places[-1].name == "Guyevo"


def test_table_with_a_header(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    head = "name,kind,country,lat,lon,names,population\n"
    path.write_text(head + "Hill 202,natural,UA,48.1,37.2,Height 202,\nNo Point,city,UA,,,,\nMad,city,UA,99,0,,\n", "utf-8")
    assert geonames.merge(collection, path) == 1
    place = collection.places[-1]
    assert (place.name, place.kind, place.names) == ("Hill 202", "natural", {"Hill 202": PRIMARY, "Height 202": ALTERNATE})


def test_cyrillic_table_is_romanized(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "ua.tsv"
    path.write_text("name\tplacetype\tlat\tlon\tcountry\taliases\nГусарівка\tlocality\t49.3\t37.0\tUA\tГусаровка\n", "utf-8")
    geonames.merge(collection, path)
    assert collection.places[-1].name == "Husarivka"


def test_exact_points_replace_our_rounded_ones(collection: Collection, tmp_path: Path) -> None:
    number = collection.add(PlaceRow("Gornal", "village", "RU", 51.06, 35.22, {"Gornal": PRIMARY}, 0, 2.7, "RU.41"))
    collection.own["gornal"] = [number]
    path = tmp_path / "RU.txt"
    path.write_text(dump(8, "Gornal’", "P", "PPL", lat=51.0655, lon=35.2081, people=450), "utf-8")
    geonames.merge(collection, path)
    place = collection.places[number]
    assert len(collection.places) == 3
    assert (place.lat, place.lon, place.geonames, place.population) == (51.0655, 35.2081, 8, 450)


@pytest.mark.parametrize(
    ("name", "content"), [("x.txt", b"just words\nand more\n"), ("x.zip", b"no zip"), ("x.csv", b"a,b\n1,2\n"), ("x.tsv", b"\xff\xfe\x00a\tb\n")]
)
def test_other_files_are_refused(collection: Collection, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError):
        geonames.merge(collection, path)
    assert len(collection.places) == 2
