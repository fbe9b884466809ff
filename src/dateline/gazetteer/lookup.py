"""Look places up by name in the built index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from dateline.gazetteer import index
from dateline.gazetteer.names import fold, skeleton
from dateline.ids import stable_id
from dateline.model import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer as found by one name.

    Attributes:
        number: Row in the index; equal numbers are equal places within one build.
        kind: One of model.PLACE_KINDS.
        admin1_code: "UA.05"; "" where unknown. `admin1` is that region's name.
        admin2: Row of the district it lies in, -1 where unknown.
        population: None where no source gives one.
        weight: Orders places of one name: about log10 of the people who live there, higher for countries and regions.
        name_type: How it bears the name it was found by, one of index.NAME_TYPES.
    """

    number: int
    name: str
    kind: str
    country: str | None
    admin1_code: str
    admin1: str | None
    admin2: int
    lat: float
    lon: float
    population: int | None
    weight: float
    capital: bool
    geonames_id: int | None
    name_type: str

    @property
    def place(self) -> Place:
        """The record that facts carry."""
        return _place(self)


@lru_cache(maxsize=50_000)
def _place(entry: Entry) -> Place:
    by_value = (entry.kind, entry.country, entry.name, entry.lat, entry.lon)
    return Place(
        place_id=f"geonames:{entry.geonames_id}" if entry.geonames_id else stable_id("place", *by_value),
        name=entry.name,
        kind=entry.kind,
        country=entry.country,
        admin1=entry.admin1,
        lat=entry.lat,
        lon=entry.lon,
        population=entry.population,
        geonames_id=entry.geonames_id,
    )


class Gazetteer:
    """An open index. Cheap to make, safe to share between threads, and its pages are shared between processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._header, self._columns = index.read(path)
        self.sources: dict[str, str] = self._header["sources"]
        self._regions: dict[str, str] = dict(self._header["regions"])
        # One cache an instance: equal names come again and again within a batch of news.
        self.lookup = lru_cache(maxsize=50_000)(self._lookup)
        self.lookup_spelling = lru_cache(maxsize=50_000)(self._lookup_spelling)
        self.has = lru_cache(maxsize=50_000)(self._has)
        self._entry = lru_cache(maxsize=100_000)(self._make_entry)
        columns = self._columns
        self._buckets, self._key_start, self._keys = columns["bucket"], columns["key_start"], columns["key_blob"]
        self._post_start, self._post_place, self._post_type = columns["post_start"], columns["post_place"], columns["post_type"]
        self._mask: int = self._header["mask"]

    def __len__(self) -> int:
        return int(self._header["places"])

    @property
    def names(self) -> int:
        """How many distinct folded names it knows."""
        return int(self._header["keys"])

    def _find(self, key: str) -> int:
        raw = key.encode("utf-8", "surrogatepass")
        bucket = crc32(raw) & self._mask
        starts = self._key_start
        for position in range(self._buckets[bucket], self._buckets[bucket + 1]):
            if self._keys[starts[position] : starts[position + 1]] == raw:
                return position
        return -1

    def _has(self, name: str) -> bool:
        """Return whether any place bears the name (folded: case, accents, apostrophes and hyphens do not matter)."""
        key = fold(name)
        return bool(key) and self._find(key) >= 0

    def _lookup(self, name: str) -> tuple[Entry, ...]:
        return self._entries(fold(name))

    def _lookup_spelling(self, name: str) -> tuple[Entry, ...]:
        """Return places whose name differs from `name` only by the way of romanizing it, those with Ukrainian and Russian names first."""
        key = fold(name)
        if len(key) <= 4:
            return ()
        for family, mark in index.MARKS.items():
            bones = skeleton(key, family)
            if len(bones) > 2 and (found := self._entries(mark + bones)):
                return found
        return ()

    def _entries(self, key: str) -> tuple[Entry, ...]:
        position = self._find(key) if key else -1
        if position < 0:
            return ()
        return tuple(
            self._entry(self._post_place[post], self._post_type[post]) for post in range(self._post_start[position], self._post_start[position + 1])
        )

    def entry(self, number: int) -> Entry:
        """Return the place of one row."""
        return self._entry(number, index.PRIMARY)

    def _make_entry(self, number: int, name_type: int) -> Entry:
        columns = self._columns
        start, end = columns["name_start"][number], columns["name_start"][number + 1]
        code, region = self._header["regions"][columns["admin1"][number]]
        return Entry(
            number=number,
            name=bytes(columns["name_blob"][start:end]).decode(),
            kind=self._header["kinds"][columns["kind"][number]],
            country=self._header["countries"][columns["country"][number]] or None,
            admin1_code=code,
            admin1=region or None,
            admin2=columns["admin2"][number] - 1,
            lat=round(columns["lat"][number], 5),
            lon=round(columns["lon"][number], 5),
            population=columns["population"][number] or None,
            weight=columns["weight"][number],
            capital=bool(columns["capital"][number]),
            geonames_id=columns["geonames"][number] or None,
            name_type=index.NAME_TYPES[name_type],
        )
