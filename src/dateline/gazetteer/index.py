"""The gazetteer as one file: columns of numbers and blobs of names, read through mmap so that worker processes share the pages.

Layout: a magic line, the length of a JSON header, the header (format version, row counts, string tables, the offset of every section), then the
sections, each aligned to 8 bytes. Names are looked up by a hash table of folded keys: `bucket` gives the first key of a bucket, keys of a bucket lie
together, and each key points to its postings (place number and how it bears the name). Nothing is decoded before it is asked for.
"""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from dateline.errors import EnvironmentProblem

MAGIC = b"DATELINE-GAZETTEER\n"
VERSION = 1

# How a place bears a name, strongest first; a posting keeps the smallest.
PRIMARY, ALTERNATE, HISTORIC, BARE, SKELETON = range(5)
MARKS = {"slavic": "~", "arabic": "^"}  # What the keys of skeletons begin with.
NAME_TYPES = ("primary", "alternate", "historic", "bare", "skeleton")

# Typecodes of memoryview.cast, by section. Little-endian as on every machine Python 3.11 wheels of spaCy exist for.
SECTIONS: Mapping[str, Any] = {
    "lat": "f", "lon": "f", "population": "I", "weight": "f", "kind": "B", "country": "H", "admin1": "H", "admin2": "I", "geonames": "I",
    "capital": "B", "name_start": "I", "name_blob": "B", "bucket": "I", "key_start": "I", "key_blob": "B", "post_start": "I",
    "post_place": "I", "post_type": "B",
}  # fmt: skip


@dataclass(slots=True)
class PlaceRow:
    """One place on its way into the index. `names` maps a name as written to one of the name types; `weight` ranks places of one name."""

    name: str
    kind: str
    country: str
    lat: float
    lon: float
    names: dict[str, int]
    population: int = 0
    weight: float = 0.0
    admin1: str = ""
    admin2: int = 0
    geonames: int = 0
    capital: bool = False


def _postings(places: Sequence[PlaceRow]) -> dict[str, dict[int, int]]:
    """Return folded key -> {place number: strongest name type}."""
    from dateline.gazetteer.names import family_of, fold, skeleton, without_article

    keys: dict[str, dict[int, int]] = {}
    for number, place in enumerate(places):
        for written, name_type in place.names.items():
            key = fold(written)
            if len(key) < 2:
                continue
            types = keys.setdefault(key, {})
            types[number] = min(name_type, types.get(number, SKELETON))
            family = family_of(place.country)
            if family and name_type in (PRIMARY, ALTERNATE) and key.isascii():
                types = keys.setdefault(MARKS[family] + skeleton(key, family), {})
                types.setdefault(number, SKELETON)
                if family == "arabic" and (bare := fold(without_article(written))):
                    keys.setdefault(bare, {}).setdefault(number, ALTERNATE)
    return keys


def _strings(parts: Sequence[bytes]) -> tuple[np.ndarray[Any, Any], bytes]:
    starts = np.zeros(len(parts) + 1, dtype="<u4")
    np.cumsum([len(part) for part in parts], out=starts[1:])
    return starts, b"".join(parts)


def write(path: Path, places: Sequence[PlaceRow], *, admin1_names: Mapping[str, str], kinds: Sequence[str], sources: Mapping[str, str]) -> None:
    """Write the index in one step: a reader sees the old file or the new one; two writers at once both succeed.

    Args:
        path: Where it goes; its folder is made.
        places: All places; `admin2` of a row is the number of its district's row plus one, 0 for none.
        admin1_names: Names of first-level regions by code ("UA.05").
        kinds: The kinds that `PlaceRow.kind` may name.
        sources: What it was made of, with versions; a reader sees them as `Gazetteer.sources`.
    """
    postings = _postings(places)
    bits = max(8, (len(postings) * 2).bit_length() - 1)
    mask = (1 << bits) - 1
    keys = sorted(((crc32(raw := key.encode()) & mask, raw, found) for key, found in postings.items()), key=lambda item: item[:2])
    del postings
    buckets = np.zeros(mask + 2, dtype="<u4")
    np.cumsum(np.bincount([bucket for bucket, _, _ in keys], minlength=mask + 1), out=buckets[1:])
    # Within a key, the strongest claim to the name first: kind of name, then weight.
    ranked = [sorted(found.items(), key=lambda item: (item[1] == SKELETON, -places[item[0]].weight, item[1])) for _, _, found in keys]
    post_start = np.zeros(len(keys) + 1, dtype="<u4")
    np.cumsum([len(found) for found in ranked], out=post_start[1:])
    countries = sorted({place.country for place in places})
    regions = ["", *sorted({place.admin1 for place in places} - {""})]
    country_number = {code: n for n, code in enumerate(countries)}
    region_number = {code: n for n, code in enumerate(regions)}
    kind_number = {kind: n for n, kind in enumerate(kinds)}
    name_start, name_blob = _strings([place.name.encode() for place in places])
    key_start, key_blob = _strings([raw for _, raw, _ in keys])
    columns: dict[str, Any] = {
        "lat": [p.lat for p in places],
        "lon": [p.lon for p in places],
        "population": [p.population for p in places],
        "weight": [p.weight for p in places],
        "kind": [kind_number[p.kind] for p in places],
        "country": [country_number[p.country] for p in places],
        "admin1": [region_number[p.admin1] for p in places],
        "admin2": [p.admin2 for p in places],
        "geonames": [p.geonames for p in places],
        "capital": [p.capital for p in places],
        "name_start": name_start,
        "name_blob": name_blob,
        "bucket": buckets,
        "key_start": key_start,
        "key_blob": key_blob,
        "post_start": post_start,
        "post_place": [number for found in ranked for number, _ in found],
        "post_type": [name_type for found in ranked for _, name_type in found],
    }
    _write_sections(
        path,
        columns,
        {
            "version": VERSION,
            "places": len(places),
            "keys": len(keys),
            "mask": mask,
            "kinds": list(kinds),
            "countries": countries,
            "regions": [[code, admin1_names.get(code, "")] for code in regions],
            "sources": dict(sources),
        },
    )


_DTYPES = {"f": "<f4", "I": "<u4", "H": "<u2", "B": "u1"}


def _write_sections(path: Path, columns: Mapping[str, Any], header: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {name: columns[name] if isinstance(columns[name], bytes) else np.asarray(columns[name], dtype=_DTYPES[code]).tobytes()
            for name, code in SECTIONS.items()}  # fmt: skip
    offset, sections = 0, {}
    for name, raw in data.items():
        sections[name] = [offset, len(raw)]
        offset += -(-len(raw) // 8) * 8
    head = json.dumps({**header, "sections": sections}, ensure_ascii=False).encode()
    head += b" " * (-(len(MAGIC) + 8 + len(head)) % 8)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(MAGIC + len(head).to_bytes(8, "little") + head)
            for raw in data.values():
                out.write(raw)
                out.write(b"\0" * (-len(raw) % 8))
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read(path: Path) -> tuple[dict[str, Any], dict[str, memoryview]]:
    """Return the header and the sections of an index file; the sections are views into shared, read-only pages.

    Raises:
        EnvironmentProblem: The file is absent, cut short, or of another version.
    """
    remedy = "Run `dateline gazetteer build` to make it anew."
    try:
        with path.open("rb") as file:
            pages = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if bytes(pages[: len(MAGIC)]) != MAGIC:
            raise EnvironmentProblem("This is not a gazetteer index.", where=str(path), remedy=remedy)
        begin = len(MAGIC) + 8
        length = int.from_bytes(pages[len(MAGIC) : begin], "little")
        header = json.loads(bytes(pages[begin : begin + length]))
        base = begin + length
        if header["version"] != VERSION:
            raise EnvironmentProblem(
                f"The gazetteer index has version {header['version']}, this program reads {VERSION}.", where=str(path), remedy=remedy
            )
        views = {}
        for name, (offset, size) in header["sections"].items():
            if base + offset + size > len(pages):
                raise EnvironmentProblem("The gazetteer index is cut short.", where=str(path), remedy=remedy)
            views[name] = pages[base + offset : base + offset + size].cast(SECTIONS[name])
    except (OSError, ValueError, KeyError) as problem:
        raise EnvironmentProblem(f"The gazetteer index could not be read: {problem}", where=str(path), remedy=remedy) from problem
    return header, views
