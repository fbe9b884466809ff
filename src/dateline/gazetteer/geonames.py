"""Merge GeoNames dump files, and plain CSV or TSV files, into a collection of places.

Layouts are those of the dump's readme: 19 columns (allCountries, UA, cities500: id, name, asciiname, alternatenames, latitude, longitude, feature
class, feature code, country, cc2, admin1, ..., population, ...), 10 columns (alternateNamesV2), 4 columns (admin1CodesASCII, admin2Codes: code, name,
asciiname, id; no coordinates). Anything else needs a header with at least name, lat and lon. Zip archives are read in place.

Traps: a dump has several rows for one town (the place and its municipality); code tables name regions whose points only another file has; the
alternate names hold links, postal and airport codes beside names.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import ReadError
from dateline.gazetteer.index import ALTERNATE, HISTORIC, PRIMARY, PlaceRow
from dateline.gazetteer.names import fold
from dateline.gazetteer.romanize import romanize
from dateline.gazetteer.sources import VILLAGE, Collection, is_latin, weigh

# Feature classes and codes worth a row; populated places all, of the others what news names.
_KINDS = {
    "ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin2", "RGN": "region", "AREA": "region", "PRK": "natural", "CONT": "region",
    "SEA": "natural", "OCN": "natural", "GULF": "natural", "BAY": "natural", "STRT": "natural", "LK": "natural", "RSV": "natural", "STM": "natural",
    "CNL": "natural", "CHN": "natural", "MT": "natural", "MTS": "natural", "ISL": "natural", "ISLS": "natural", "PEN": "natural", "CAPE": "natural",
    "DSRT": "natural", "VAL": "natural", "PASS": "natural", "AIRP": "facility", "AIRB": "facility", "AIRF": "facility", "DAM": "facility",
    "PSN": "facility", "PS": "facility", "HSP": "facility", "CMPRF": "facility", "PRT": "facility", "MLTB": "facility", "NVB": "facility",
}  # fmt: skip
_GONE = frozenset(("PPLH", "PPLQ", "PPLW", "PPLCH"))  # Historical, abandoned, destroyed.
_NO_NAMES = frozenset(("link", "post", "iata", "icao", "faac", "wkdt", "unlc", "tcid"))
_LARGE = 400_000_000  # Bytes from which only places with a stated population are kept: allCountries would need 10 GB of memory otherwise.
_LOCALITIES = frozenset(("locality", "neighbourhood", "city", "town", "village", "settlement", "hamlet", ""))


def merge(collection: Collection, path: Path) -> int:
    """Merge one file and return how many rows it gave.

    Raises:
        ReadError: The file has none of the layouts, or is no readable zip archive or text.
    """
    try:
        with _lines(path) as (name, lines, size):
            return _merge_lines(collection, name, lines, size)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, csv.Error) as problem:
        raise ReadError(f"The file could not be read: {problem}", where=str(path), remedy="Give a GeoNames dump, its zip, or a CSV.") from problem


def order(paths: Iterable[Path]) -> list[Path]:
    """Return files in the order of merging: places first, then the tables that only add names to them."""
    return sorted(paths, key=lambda path: (path.stem.startswith("alternateNames"), path.stem.startswith("admin"), path.name))


@contextmanager
def _lines(path: Path) -> Iterator[tuple[str, Iterator[str], int]]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            members = [
                info for info in archive.infolist() if info.filename.endswith((".txt", ".csv", ".tsv")) and "readme" not in info.filename.lower()
            ]
            if not members:
                raise zipfile.BadZipFile("it holds no .txt, .csv or .tsv")
            best = max(members, key=lambda info: info.file_size)
            with archive.open(best) as raw:
                yield Path(best.filename).name, iter(io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")), best.file_size
    else:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield path.name, iter(lines), path.stat().st_size


def _merge_lines(collection: Collection, name: str, lines: Iterator[str], size: int) -> int:
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    columns = first.rstrip("\r\n").split("\t")
    rest = _chain(first, lines)
    if len(columns) == 19 and columns[0].isdigit():
        return _merge_dump(collection, rest, only_peopled=size > _LARGE)
    if len(columns) == 10 and columns[0].isdigit():
        return _merge_names(collection, rest)
    if len(columns) == 4 and "." in columns[0] and columns[3].strip().isdigit():
        return _merge_codes(collection, rest)
    return _merge_table(collection, name, rest, "\t" if "\t" in first else ",")


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _fields(lines: Iterable[str], count: int) -> Iterator[list[str]]:
    for line in lines:
        fields = line.rstrip("\r\n").split("\t")
        if len(fields) == count:
            yield fields


def _merge_dump(collection: Collection, lines: Iterable[str], *, only_peopled: bool) -> int:
    kept = 0
    for fields in _fields(lines, 19):
        number, name, ascii_name, others, lat, lon, feature_class, code, country, _, admin1, *_ = fields
        people = int(fields[14] or 0)
        if feature_class == "P":
            if code in _GONE or (only_peopled and not people):
                continue
            kind = "village" if people < VILLAGE and not code.startswith("PPLA") and code != "PPLC" else "city"
        elif code in _KINDS and not (only_peopled and _KINDS[code] in ("natural", "facility")):
            kind = _KINDS[code]
        else:
            continue
        region = f"{country}.{admin1}" if admin1 and admin1 != "00" else ""
        names = {other: ALTERNATE for other in (ascii_name, *others.split(",")) if is_latin(other)} | {name: PRIMARY}
        if kind == "admin1" and (at := collection.region_number(region)) is not None:
            known = collection.places[at]
            known.geonames = int(number)
            known.lat, known.lon = float(lat), float(lon)
            known.names = names | known.names
            collection.by_geonames[int(number)] = at
        elif int(number) in collection.by_geonames:
            place = collection.places[collection.by_geonames[int(number)]]
            place.names = names | place.names
            place.population = people or place.population
        elif feature_class == "P" and (position := collection.own_near(fold(name), float(lat), float(lon))) >= 0:
            own = collection.places[position]
            own.lat, own.lon, own.geonames, own.population = float(lat), float(lon), int(number), people or own.population
            own.names = names | own.names
            collection.by_geonames[int(number)] = position
        else:
            weight = weigh(people) if feature_class == "P" else weigh(people, 3000)
            collection.add(PlaceRow(name, kind, country, float(lat), float(lon), names, people, weight, region, geonames=int(number)))
        kept += 1
    return kept


def _merge_names(collection: Collection, lines: Iterable[str]) -> int:
    kept = 0
    for _, number, language, name, _, _, _, historic, _, _ in _fields(lines, 10):
        position = collection.by_geonames.get(int(number))
        if position is None or language in _NO_NAMES or not is_latin(name):
            continue
        names = collection.places[position].names
        if name not in names:
            names[name] = HISTORIC if historic.strip() == "1" else ALTERNATE
            kept += 1
    return kept


def _merge_codes(collection: Collection, lines: Iterable[str]) -> int:
    districts = {(place.admin1, fold(place.name)): n for n, place in enumerate(collection.places) if place.kind == "admin2"}
    kept = 0
    for code, name, ascii_name, number in _fields(lines, 4):
        region, _, district = code.rpartition(".") if code.count(".") == 2 else ("", "", "")
        position = districts.get((region, fold(name))) if district else collection.region_number(code)
        if position is None:
            continue
        place = collection.places[position]
        if not district:
            place.names.setdefault(name, ALTERNATE)
            place.names.setdefault(ascii_name, ALTERNATE)
        place.geonames = place.geonames or int(number)
        collection.by_geonames.setdefault(place.geonames, position)
        kept += 1
    return kept


_COLUMNS = {
    "name": ("name",), "lat": ("lat", "latitude"), "lon": ("lon", "lng", "longitude"), "kind": ("kind", "placetype", "type"),
    "country": ("country", "countrycode", "country_code", "iso"), "admin1": ("admin1",), "population": ("population", "pop"),
    "geonames": ("geonames_id", "geonameid", "geonames"), "names": ("names", "aliases", "alternatenames"),
}  # fmt: skip


def _merge_table(collection: Collection, name: str, lines: Iterable[str], delimiter: str) -> int:
    table = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=delimiter)
    header = {column.strip().lower(): column for column in table.fieldnames or ()}
    found = {key: next((header[n] for n in names if n in header), None) for key, names in _COLUMNS.items()}
    if not (found["name"] and found["lat"] and found["lon"]):
        raise ReadError(
            "The file has neither GeoNames' columns nor a header with name, lat and lon.", where=name,
            remedy="Give it a header line: name,kind,country,admin1,lat,lon,names,population (only name, lat and lon must be filled).",
        )  # fmt: skip
    kept = 0
    for row in table:
        cell = {key: (row.get(column) or "").strip() if column else "" for key, column in found.items()}
        try:
            lat, lon, people = float(cell["lat"]), float(cell["lon"]), int(float(cell["population"] or 0))
        except ValueError:
            continue
        if cell["name"] and -90 <= lat <= 90 and -180 <= lon <= 180:
            _add_row(collection, cell, lat, lon, max(people, 0))
            kept += 1
    return kept


def _add_row(collection: Collection, cell: dict[str, str], lat: float, lon: float, people: int) -> None:
    number = int(cell["geonames"]) if cell["geonames"].isdigit() else 0
    others = [other.strip() for other in cell["names"].split("|")]
    position = collection.by_geonames.get(number, -1) if number else -1
    if position < 0:
        position = collection.own_near(fold(cell["name"] if is_latin(cell["name"]) else romanize(cell["name"], "UA")), lat, lon)
        if position >= 0:
            # The project's own tables are rounded; a table of the user's is taken to be exact.
            own = collection.places[position]
            own.lat, own.lon, own.geonames, own.population = lat, lon, number or own.geonames, people or own.population
    country = cell["country"] or (collection.places[position].country if position >= 0 else collection.country_at(lat, lon))
    name = cell["name"] if is_latin(cell["name"]) else romanize(cell["name"], country)
    names = {other: ALTERNATE for other in others if is_latin(other)} | {name: PRIMARY}
    if position >= 0:
        place = collection.places[position]
        place.names = names | place.names
        return
    placetype = cell["kind"].lower()
    settled = "village" if people < VILLAGE else "city"
    kind = settled if placetype in _LOCALITIES else {"county": "admin2", "region": "admin1"}.get(placetype, placetype)
    if kind == "admin1" and cell["kind"] == "region":
        return  # Regions of such tables carry no code to tell them from those that are known.
    kind = kind if kind in ("country", "admin1", "admin2", "city", "village", "district", "facility", "natural", "region") else settled
    collection.add(PlaceRow(name, kind, country, lat, lon, names, people, weigh(people), cell["admin1"], geonames=number))
